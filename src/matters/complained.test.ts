import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noticeRules } from '../app/notices.ts';
import { routesOf } from '../app/features.ts';
import { type Answer, type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { rebuild } from '../ledger/rebuild.ts';
import { sealAll } from '../ledger/seal.ts';
import { followEvents } from '../notices/follow.ts';
import { framesOf } from '../sync/frames.ts';
import { unready } from '../notices/ways.ts';

/**
 * Whoever a matter complains of sees nothing of it on any route that is read, in no list, search, export, notice or file,
 * whatever their post; and neither leads, handles, calls back, reviews nor is told of it.
 */
let county: TestCounty;
let clerk: Client;
const today = dayOf(new Date().toISOString());
/** Written nowhere but in that one matter. */
const markOf = (): string => `桩号${newId().slice(-6)}`;
/** What a session knows of its person is read anew after this long. */
const FRESH_MS = 2_100;
/** Everybody whose post lets them read the matter otherwise, each complained of in turn. */
const PERSONS = ['handler', 'waterhead', 'otherhandler', 'clerk', 'head', 'leader', 'inspector', 'field', 'auditor'];

beforeAll(async () => {
  county = await startCounty();
  clerk = await county.as('countyclerk');
});
afterAll(() => county.stop());

interface Case {
  readonly mark: string;
  readonly matter: string;
  readonly number: string;
  readonly code: string;
  readonly order: string;
}

/** A matter in hand with a part, an order, a hand-up and a task of a meeting: everything that could tell of it. */
async function made(more: object = {}): Promise<Case> {
  const [matter, order, mark] = [newId(), newId(), markOf()];
  const subject = `${mark}收了清淤的钱不干活`;
  const { body } = await done(
    clerk.post(`/api/matters/${matter}/register`, {
      channel: 'phone',
      subject,
      body: `${subject}，说了三回都没有人管。`,
      area: county.places.village,
      official: county.id('field'),
      ...more,
    }),
  );
  await done(clerk.post(`/api/matters/${matter}/dispatch`, { unit: county.units.water }));
  await done(
    clerk.post(`/api/matters/${matter}/share`, {
      unit: county.units.works,
      task: `看${subject}`,
      due: addDays(today, 3),
    }),
  );
  const by = more === undefined || !('about' in more) ? 'inspector' : 'countyclerk';
  await done(
    (await county.as(by)).post(`/api/orders/${order}/issue`, {
      form: 'supervision',
      source: 'inspectorate',
      from: '督查室',
      text: `查清${subject}`,
      unit: county.units.water,
      due: addDays(today, 5),
      matter,
    }),
  );
  return { mark, matter, order, number: body.told.number, code: body.told.code };
}

const textOf = ({ body }: Answer): string =>
  typeof body === 'string'
    ? body
    : body instanceof Uint8Array
      ? Buffer.from(body).toString('utf8')
      : JSON.stringify(body);

/** What somebody reads of a matter, over every route there is; its search with its own words and number as well. */
async function seenBy(by: Client, { mark, matter, number, order }: Case): Promise<string[]> {
  const routes = Object.keys(routesOf(() => Promise.reject(new Error('founded')))).filter((a) => a.startsWith('GET'));
  const pretty = number.replace(/^([A-Z]+)(\d{4})(\d+)(\d)$/, '$1 $2 $3 $4');
  const found: string[] = [];
  for (const address of routes) {
    // A person's own door as somebody of the public is another matter.
    if (/\/api\/(lookup|services|tickets)|\/open311\/|^GET \/(m|my|d)\//.test(address)) continue;
    for (const id of address.includes(':id') ? [matter, order] : ['']) {
      const path = address
        .slice(4)
        .replace(':id', id)
        .replace(/:(\w+)/g, (_, name: string) => (name === 'number' ? number : newId()));
      for (const query of address.endsWith('/api/search') || address === 'GET /api/matters'
        ? [`?q=${encodeURIComponent(mark)}`, `?q=${number}`, '']
        : ['']) {
        const answer = await by.get(`${path}${query}`);
        if (answer.status !== 200) continue;
        const text = textOf(answer);
        // What was asked for may be said back; nothing else of the matter may.
        const told = [mark, number, pretty, matter].filter(
          (one) => !decodeURIComponent(query).includes(one.replaceAll(' ', '')),
        );
        if (told.some((one) => text.includes(one))) found.push(`${address}${query}`);
      }
    }
  }
  return found;
}

// Every route there is, for each person: on a busy machine that takes its time.
describe('[C19] whoever a matter complains of', { timeout: 120_000 }, () => {
  test.each(PERSONS)('%s: not on any route, list, search, export or notice; and was there before', async (person) => {
    const by = await county.as(person);
    const of = await made();
    // Before anybody is named, those whose post it is do see it: the test below would find it if it were there.
    if (person !== 'field') expect((await by.get(`/api/matters/${of.matter}`)).status, 'before').toBe(200);
    expect((await clerk.post(`/api/matters/${of.matter}/name-persons`, { about: [newId()] })).body.refused).toBe(
      'matter.about-unknown',
    );
    // Who has it in hand is replaced first.
    const named = await clerk.post(`/api/matters/${of.matter}/name-persons`, { about: [county.id(person)] });
    if (named.status !== 200) {
      expect(named.body.refused).toBe('matter.about-handles');
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, FRESH_MS));
    expect(await seenBy(await county.as(person), of)).toEqual([]);
    const self = await county.as(person);
    for (const act of ['acknowledge', 'progress', 'call-back', 'instruct', 'raise', 'tell', 'name-persons'])
      expect((await self.post(`/api/matters/${of.matter}/${act}`, {})).status, act).not.toBe(200);
    expect((await self.get(`/api/orders/${of.order}`)).status).toBe(404);
    // Everybody else sees it as before.
    const other = person === 'inspector' ? 'leader' : 'inspector';
    expect((await (await county.as(other)).get(`/api/matters/${of.matter}`)).body).toMatchObject({
      about: [{ id: county.id(person) }],
    });
  });

  test('is told nothing by notice or reminder, and what the matter was before is taken from nobody else', async () => {
    const carriers = { mail: unready('mail'), sms: unready('sms') };
    const pass = async (days: number): Promise<void> => {
      await sealAll(county.database.pool, county.county);
      const at = new Date(Date.now() + days * 86_400_000).toISOString();
      await followEvents(county.system, county.county, noticeRules, carriers, at);
    };
    await pass(0);
    const { matter, order } = await made({ about: [county.id('handler'), county.id('inspector')] });
    for (const days of [0, 4, 6, 9, 16, 20, 30, 40]) await pass(days);
    const { rows } = await county.database.pool.query<{ official: string }>(
      'select distinct official from notice where stream = any($1::uuid[])',
      [[matter, order]],
    );
    const told = rows.map(({ official }) => official);
    expect(told.length).toBeGreaterThan(0);
    expect(told).not.toContain(county.id('handler'));
    expect(told).not.toContain(county.id('inspector'));
  });

  test('neither leads nor handles it, and no unit led by them is given it; a part split off complains of them too', async () => {
    const { matter } = await made({ about: [county.id('handler')] });
    const waterhead = await county.as('waterhead');
    const plan = { leader: county.id('waterhead'), handler: county.id('handler'), measures: '先到现场看过' };
    expect((await waterhead.post(`/api/matters/${matter}/acknowledge`, plan)).body).toMatchObject({
      refused: 'matter.about-handles',
      field: 'handler',
    });
    await done(waterhead.post(`/api/matters/${matter}/acknowledge`, { ...plan, handler: county.id('waterhead') }));
    const part = newId();
    await done(clerk.post(`/api/matters/${matter}/split`, { part, subject: '还占了渠边的地' }));
    expect((await (await county.as('handler')).get(`/api/matters/${part}`)).status).toBe(404);
    expect((await clerk.get(`/api/matters/${part}`)).body.about).toMatchObject([{ id: county.id('handler') }]);

    const head = newId();
    await done(
      clerk.post(`/api/matters/${head}/register`, {
        channel: 'letter',
        procedure: 'order',
        subject: '局长不签字',
        area: county.places.village,
        about: [county.id('waterhead')],
      }),
    );
    const sent = await clerk.post(`/api/matters/${head}/dispatch`, { unit: county.units.water });
    // Where the unit has somebody else to answer for it that one does; nobody who is complained of ever stands there.
    if (sent.status === 200) {
      const { four } = (await clerk.get(`/api/matters/${head}`)).body;
      expect([four.leader, four.handler]).not.toContain('陈局');
    } else expect(sent.body.refused).toBe('matter.about-handles');
  });

  test('a phone that carried it has it no more from its next contact on', async () => {
    const device = newId();
    let cursor: unknown;
    let scope: unknown;
    /** The matters the phone is told to carry; undefined where it keeps those it has. */
    const contact = async (): Promise<string[] | undefined> => {
      const { status, body } = await (
        await county.as('field')
      ).post('/api/sync/pull', {
        device,
        app: 'test',
        clock: Date.now(),
        ...(cursor === undefined ? {} : { cursor, scope }),
      });
      expect(status).toBe(200);
      const stream = (async function* () {
        yield body as Uint8Array;
      })();
      const { value: first } = await framesOf(stream).next();
      const head = JSON.parse(gunzipSync(first!).toString('utf8')) as Record<string, unknown>;
      ({ cursor, scope } = head);
      return (head['matters'] as { id: string }[] | undefined)?.map(({ id }) => id);
    };
    const { matter } = await made();
    expect(await contact()).toContain(matter);
    expect(await contact()).toBeUndefined();
    await done(clerk.post(`/api/matters/${matter}/name-persons`, { about: [county.id('field')] }));
    const carried = await contact();
    expect(carried).toBeDefined();
    expect(carried).not.toContain(matter);
  });

  test('and is kept out by the read tables as they are made again', async () => {
    const of = await made({ about: [county.id('leader')] });
    const { database, ledger, system } = county;
    await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
    expect(await seenBy(await county.as('leader'), of)).toEqual([]);
  });
});
