import { strFromU8, unzipSync } from 'fflate';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routesOf } from '../app/features.ts';
import { type Answer, type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { newId } from '../ledger/ids.ts';
import { rebuild } from '../ledger/rebuild.ts';

let county: TestCounty;
const NAME = '蔺知秋';
const PHONE = '13522223333';
const HEAD = '蔺家户主名';
/** What would tell who it was: a name, also masked, a telephone, or the household it ties the matter to. */
let household: string;
let confidential: string;
let open: string;
let number: string;
let code: string;

beforeAll(async () => {
  county = await startCounty();
  household = newId();
  const resident = newId();
  const [clerk, field] = await Promise.all([county.as('clerk'), county.as('field')]);
  await done(
    field.post(`/api/households/${household}/register`, {
      area: county.places.grid,
      address: '河沿 9 号',
      contact: county.id('field'),
      residents: [{ id: resident, name: HEAD, relation: '户主' }],
    }),
  );
  const register = async (subject: string, reporter: object): Promise<{ id: string; told: Record<string, string> }> => {
    const id = newId();
    const { body } = await done(
      clerk.post(`/api/matters/${id}/register`, {
        channel: 'phone',
        subject,
        body: `${subject}，说了三回都没有人管。`,
        area: county.places.village,
        household,
        resident,
        official: county.id('field'),
        reporter,
      }),
    );
    await done(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water }));
    return { id, told: body.told };
  };
  const first = await register('水利站王建军收了清淤的钱不干活', { name: NAME, phone: PHONE, confidential: true });
  ({ id: confidential } = first);
  [number, code] = [first.told['number']!, first.told['code']!];
  ({ id: open } = await register('北渠闸门关不严', { name: NAME, phone: PHONE }));
});
afterAll(() => county.stop());

const textOf = ({ body }: Answer): string =>
  typeof body === 'string'
    ? body
    : body instanceof Uint8Array
      ? Buffer.from(body).toString('utf8')
      : JSON.stringify(body);
const SECRET = new RegExp(`${NAME}|蔺\\*\\*|${PHONE}|${HEAD}`);

test('[C19] the unit and the person complained of never learn who spoke in confidence: every route that is read, lists, searches, exports', async () => {
  const routes = Object.keys(routesOf(() => Promise.reject(new Error('founded'))));
  // Only the confidential matter is left: what is shown of it may hold nothing of who it was.
  await county.database.pool.query('delete from matter where county = $1 and id = $2', [county.county, open]);
  await county.database.pool.query('delete from matter_note where county = $1 and id = $2', [county.county, open]);
  const fill: Readonly<Record<string, string>> = {
    id: confidential,
    number,
    file: `${confidential}.json`,
    photo: newId(),
  };
  let seen = 0;
  for (const key of ['handler', 'field', 'leader']) {
    const by = await county.as(key);
    for (const address of routes.filter((a) => a.startsWith('GET'))) {
      // A household's own file is read by who answers for it; that it raised this matter must not stand there.
      const own = /\/api\/(households|people|search|services)|visits|\/api\/sync/.test(address);
      const path = address
        .slice(4)
        .replace(/:(\w+)/g, (_, name: string) => fill[name] ?? (own && name === 'id' ? household : newId()));
      const asked = own
        ? address
            .slice(4)
            .replace(':id', household)
            .replace(/:(\w+)/g, newId())
        : path;
      for (const question of [
        asked,
        `${asked}?q=${encodeURIComponent('清淤')}&household=${household}&township=${county.places.liuhe}&month=${new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)}`,
      ]) {
        const text = textOf(await by.get(question));
        if (own) expect(text.includes('清淤') && text.includes(household), `${key} ${question}`).toBe(false);
        else if (text.includes('清淤') || text.includes(confidential)) {
          seen += 1;
          expect(text, `${key} ${question}`).not.toMatch(SECRET);
          expect(text.replaceAll(`household=${household}`, ''), `${key} ${question}`).not.toContain(household);
        }
      }
    }
  }
  // Lists, pages, ledgers and exports did show the matter itself.
  expect(seen).toBeGreaterThan(15);
}, 120_000);

test('[C19] those who take it in know; a clerk of the unit it is with, or whoever is named in it, does not', async () => {
  const who = async (key: string) => (await done((await county.as(key)).get(`/api/matters/${confidential}`))).body;
  expect((await who('clerk')).reporter).toMatchObject({ name: NAME, phone: PHONE, shown: true });
  for (const key of ['handler', 'waterhead', 'field'])
    expect(await who(key)).toMatchObject({ reporter: { name: null, phone: null, shown: false }, household: null });
  // A clerk who holds a post in the unit it went to is of that unit.
  const id = county.id('clerk');
  await county.give('official', id, {
    kind: 'official.give-post',
    role: 'handler',
    unit: county.units.water,
    area: null,
    title: '',
    since: '2025-01-01',
  });
  const anew = await county.as('clerk', { anew: true });
  expect((await anew.get(`/api/matters/${confidential}`)).body.reporter).toMatchObject({ name: null, shown: false });
});

test('[C19] nothing readable in the tables tells who spoke in confidence, and a rebuild gives the same', async () => {
  const { database, ledger, system } = county;
  await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
  for (const table of ['matter', 'matter_text', 'matter_note', 'evidence']) {
    const { rows } = await database.pool.query<{ t: string }>(
      `select t::text from "${table}" t where county = $1 and ${table === 'evidence' ? 'stream' : 'id'} = $2`,
      [county.county, confidential],
    );
    for (const { t } of rows) {
      expect(t).not.toMatch(SECRET);
      expect(t).not.toContain(household);
    }
  }
  const { rows } = await database.pool.query<{ household: string | null }>(
    'select household from matter where county = $1 and id = $2',
    [county.county, open],
  );
  expect(rows[0]!.household).toBe(household);
});

test('[C19] anonymous or in confidence, a number and a code without an account show how it goes', async () => {
  const anyone: Client = await county.as();
  const post = (path: string, fields: Record<string, string>) =>
    anyone.send('POST', path, {
      body: new URLSearchParams(fields),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  expect((await post('/progress', { number, code: code === '000000' ? '111111' : '000000' })).status).toBe(422);
  const opened = await post('/progress', { number, code });
  const cookie = opened.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const page = await anyone.send('GET', opened.headers.get('location')!, { headers: { cookie } });
  expect(page.body).toContain('清淤');
  const nameless = newId();
  const { body } = await done(
    anyone.post(`/api/matters/${nameless}/register`, {
      channel: 'web',
      subject: '路灯坏了一个月',
      area: county.places.village,
    }),
  );
  expect((await post('/progress', { number: body.told.number, code: body.told.code })).status).toBe(303);
  const { rows } = await county.database.pool.query<{ actor: string }>(
    'select actor from event where county = $1 and stream = $2',
    [county.county, nameless],
  );
  expect(rows).toEqual([{ actor: 'anyone' }]);
});

/** Every word of an answer, also of a PDF, a Word file and a sheet; and the name it would be saved under. */
async function allWords({ body, headers }: Answer): Promise<string> {
  const name = decodeURIComponent(headers.get('content-disposition') ?? '');
  if (!(body instanceof Uint8Array)) return `${name}\n${typeof body === 'string' ? body : JSON.stringify(body)}`;
  if ((headers.get('content-type') ?? '').includes('pdf'))
    return `${name}\n${(await extractText(await getDocumentProxy(new Uint8Array(body)), { mergePages: true })).text.replaceAll(/\s/g, '')}`;
  if (body[0] === 0x50 && body[1] === 0x4b)
    return `${name}\n${Object.values(unzipSync(body))
      .map((part) => strFromU8(part).replaceAll(/<[^>]*>/g, ''))
      .join('\n')}`;
  return `${name}\n${Buffer.from(body).toString('utf8')}`;
}

test('[C19] [L7] [C20] neither do its papers, its whole file, what an order says of it, nor any export, whatever they are saved as', async () => {
  const [clerk, handler, inspector] = [
    await county.as('clerk'),
    await county.as('handler'),
    await county.as('inspector'),
  ];
  const WHO = '诸葛晚晴';
  const id = newId();
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const act = (by: Client, verb: string, body: object = {}) => done(by.post(`/api/matters/${id}/${verb}`, body));
  await done(
    clerk.post(`/api/matters/${id}/register`, {
      channel: 'letter',
      subject: '水利站王建军收钱不办事',
      body: '清淤的钱交了一年，王建军没有来过。',
      area: county.places.village,
      official: county.id('field'),
      reporter: { name: WHO, phone: '13533334444', confidential: true },
    }),
  );
  await act(clerk, 'dispatch', { unit: county.units.water, letter: 'assignment' });
  const people = { leader: county.id('waterhead'), handler: county.id('handler') };
  await act(handler, 'acknowledge', { ...people, measures: '查账、问人' });
  await act(handler, 'accept');
  await act(handler, 'dispose', { disposition: 'solvable', cause: '账上有这笔钱，没有干活。' });
  await act(handler, 'resolve', {
    answer: '钱已经退回，沟由水利站下周清完。',
    outcome: 'supported',
    findings: '收款单据在，没有施工记录。',
    basis: '县水利工程管理办法第九条',
  });
  const page = (await done(clerk.get(`/api/matters/${id}`))).body;
  for (const paper of page.papers.filter((p: { kind: string }) => ['acceptance', 'opinion'].includes(p.kind)))
    await act(clerk, 'serve', { paper: paper.version, way: 'handed', on: today, receiver: WHO });
  const order = newId();
  await done(
    inspector.post(`/api/orders/${order}/issue`, {
      form: 'supervision',
      source: 'inspectorate',
      from: '县委督查室',
      text: '查清收钱不办事的事，书面报告。',
      unit: county.units.water,
      due: today,
      matter: id,
    }),
  );
  const month = today.slice(0, 7);
  // The clerk of its township serves its papers and does know.
  const { body: known } = await done(clerk.get(`/api/matters/${id}/papers`));
  expect(known.papers).toHaveLength(4);
  const opened = await Promise.all(
    known.papers.map(async (p: { id: string }) => await allWords(await done(clerk.get(`/api/papers/${p.id}/pdf`)))),
  );
  expect(opened.filter((text) => text.includes(WHO))).toHaveLength(2);
  let seen = 0;
  for (const key of ['handler', 'waterhead', 'field', 'leader']) {
    const by = await county.as(key);
    const paths = [
      '/api/papers',
      `/api/papers?of=${id}`,
      `/api/papers?of=${order}`,
      `/api/matters/${id}/papers`,
      `/api/matters/${id}/dossier`,
      ...['csv', 'jsonl', 'xlsx'].map((form) => `/api/matters/export.${form}`),
      `/api/ledger.xlsx?month=${month}`,
      `/print/ledger?month=${month}`,
      `/api/orders/${order}`,
      ...known.papers.flatMap((p: { id: string }) =>
        ['', '/pdf', '/docx', '/print'].map((f) => `/api/papers/${p.id}${f}`),
      ),
    ];
    for (const path of paths) {
      const answer = await by.get(path);
      const text = await allWords(answer);
      if (answer.status === 200) seen += 1;
      expect(text, `${key} ${path}`).not.toMatch(/晚晴|诸葛\*|13533334444/);
    }
    const tried = await by.post('/api/papers/rehearse', { record: 'matter', id, command: { kind: 'matter.resolve' } });
    expect(await allWords(tried)).not.toMatch(/晚晴|诸葛\*|13533334444/);
  }
  expect(seen).toBeGreaterThan(25);
}, 120_000);
