import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MatterState } from '../matters/model.ts';
import { type TestCounty, startCounty } from './testing.ts';

let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.stop());

test('[B2] [C1] [C12] what a household says at the door becomes a matter, is handled, told, and closed by their own word', async () => {
  const [field, clerk, handler, portal] = await Promise.all([
    county.as('field'),
    county.as('clerk'),
    county.as('handler'),
    county.as(),
  ]);
  const household = county.newId();
  const resident = county.newId();
  const made = await clerk.post(`/api/households/${household}/register`, {
    area: county.places.grid,
    address: '二组 12 号',
    residents: [{ id: resident, name: '陈秀英', relation: '户主', bornYear: 1958, phone: '19000001234' }],
    contact: county.id('field'),
  });
  expect(made.body).toMatchObject({ accepted: true });

  const visit = county.newId();
  const recorded = await field.post(`/api/visits/${visit}/record`, {
    household,
    contact: 'met',
    note: '渠堵了快俩月了，麦子浇不上。',
    metAt: new Date(Date.now() - 3 * 86_400_000).toISOString(),
    needs: [{ words: '二组水渠堵了，浇不上地', resident }],
    promises: [],
    withWhom: [resident],
  });
  expect(recorded.body).toMatchObject({ accepted: true, followed: [{ record: 'matter' }] });
  const matter = recorded.body.followed[0].stream;
  expect(
    (
      await field.post(`/api/visits/${visit}/countersign`, {
        means: 'signature',
        by: resident,
        signature: '{"w":300,"h":120,"s":[[20,60,34,48]]}',
      })
    ).body,
  ).toMatchObject({ accepted: true });

  const seen = (await clerk.get(`/api/matters/${matter}`)).body;
  expect(seen).toMatchObject({
    subject: '二组水渠堵了，浇不上地',
    channel: '走访',
    place: '柳河镇 柳河村 柳河村第一网格',
    reporter: { name: '陈秀英' },
  });
  await clerk.post(`/api/matters/${matter}/dispatch`, { unit: county.units.water, category: '0301' });
  await handler.post(`/api/matters/${matter}/acknowledge`, {
    leader: county.id('waterhead'),
    handler: county.id('handler'),
    measures: '到现场看看，安排挖机清淤',
  });
  await handler.post(`/api/matters/${matter}/dispose`, { disposition: 'solvable', cause: '渠道淤积，能清' });
  await handler.post(`/api/matters/${matter}/resolve`, { answer: '北渠清淤三百二十米，昨天下午已经通水。' });

  // The official's list says what to look at; the resident's own word closes it.
  const today = (await field.get('/api/visits/today')).body;
  expect(JSON.stringify(today)).toContain('说办好了，去看看办好没有');
  const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
  const ledger = (await clerk.get(`/api/ledger?month=${month}&village=${county.places.village}`)).body;
  expect(JSON.stringify(ledger)).toContain('二组水渠堵了');

  // The slip the resident was given opens the matter on their own phone, without an account.
  const { state } = await county.ledger.read<MatterState>(county.county, 'matter', matter);
  const form = (fields: Record<string, string>) => ({
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const entered = await portal.send('POST', '/progress', form({ number: state.number, code: state.told!.code }));
  expect(entered.status).toBe(303);
  const cookie = entered.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
  const page = await portal.send('GET', entered.headers.get('location')!, { headers: { cookie } });
  expect(page.body).toContain('北渠清淤三百二十米');
});
