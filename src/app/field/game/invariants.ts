import { expect } from 'vitest';
import { addDays, dayOf } from '../../../calendar/days.ts';
import { verifyCounty } from '../../../ledger/seal.ts';
import type { TestPhone } from '../testing.ts';
import { PHONES } from './moves.ts';
import type { World } from './world.ts';

/** What must be so when the game is over, whatever was played. */
export async function judge(world: World): Promise<void> {
  everyItemHasItsEnd(world);
  await nothingLostNothingTwice(world);
  await nothingOnAWrongDay(world);
  for (let i = 0; i < PHONES; i++) {
    await filesAreTheScope(world, i);
    await visitsAsTheServerSays(world, i);
    await restAsTheServerSays(world, i);
  }
  const { faults } = await verifyCounty(world.county.database.pool, world.county.county);
  expect(faults).toEqual([]);
}

/** Every item reaches a final state that a person can read. */
function everyItemHasItsEnd(world: World): void {
  for (const phone of world.phones)
    for (const item of phone.outbox.all()) {
      expect(['accepted', 'refused'], `${item.kind}: ${item.why}`).toContain(item.state);
      if (item.state === 'refused') expect(item.why, item.code).toMatch(/[\u4e00-\u9fff]{4}/);
    }
}

/** What was accepted stands in the ledger once, in its writer's name; what was refused does not stand there at all. */
async function nothingLostNothingTwice(world: World): Promise<void> {
  const { county } = world;
  const { rows } = await county.database.pool.query<{ id: string; verdict: { accepted?: boolean } }>(
    'select id, verdict from command where county = $1',
    [county.county],
  );
  const verdicts = new Map(rows.map((row) => [row.id, row.verdict]));
  const { rows: events } = await county.database.pool.query<{ command: string; stream: string }>(
    'select command, stream from event where county = $1 and command is not null',
    [county.county],
  );
  const written = new Set(events.map(({ command, stream }) => `${command} ${stream}`));
  const histories = new Map<string, string[]>();
  for (const stream of new Set(world.noted.map((one) => one.stream)))
    histories.set(
      stream,
      (await county.ledger.history(county.county, stream)).map((event) => JSON.stringify(event)),
    );
  for (const { id, words, stream, kind, phone, accepted } of world.noted) {
    const item = phone.outbox.find(id);
    const said = histories.get(stream)!.filter((event) => words !== '' && event.includes(words)).length;
    const about = `${kind} ${words}`;
    expect(said, `${about} twice`).toBeLessThanOrEqual(1);
    // A phone that was wiped holds nothing: what it was told then is what counts.
    if (item?.state === 'accepted' || (accepted && item === undefined)) {
      expect(verdicts.get(id), `${about} lost`).toMatchObject({ accepted: true });
      expect(written, `${about} lost`).toContain(`${id} ${stream}`);
      if (words !== '') expect(said, `${about} lost`).toBe(1);
    }
    if (item?.state === 'refused') {
      expect(verdicts.get(id)?.accepted, `${about} done and refused`).not.toBe(true);
      expect(said, `${about} done and refused`).toBe(0);
    }
  }
  // The same event of the same command in the same record twice: needs are the exception, each is an event of its own.
  const { rows: twice } = await county.database.pool.query(
    `select command, stream, kind from event where county = $1 and command is not null and kind not in ('need.raised', 'visit.need-raised')
      group by command, stream, kind having count(*) > 1`,
    [county.county],
  );
  expect(twice).toEqual([]);
}

/**
 * What was written lies on the day it was written, whatever the phone's clock did, or its writer was asked. Only a clock
 * that was set twice without a contact in between can leave no trace.
 */
async function nothingOnAWrongDay({ county, noted, settings }: World): Promise<void> {
  const { rows } = await county.database.pool.query<{ command: string; at: string; recorded_at: string }>(
    'select command, at, recorded_at from event where county = $1 and command = any($2)',
    [county.county, noted.map(({ id }) => id)],
  );
  const by = new Map(rows.map((row) => [row.command, row]));
  for (const { id, at, met, kind, words, phone, undated } of noted) {
    const event = by.get(id);
    if (event === undefined || undated === true) continue;
    const recorded = Date.parse(event.recorded_at);
    if (settings.get(phone)!.filter((set) => set >= met && set <= recorded).length > 1) continue;
    expect(dayOf(new Date(event.at).toISOString()), `${kind} ${words}`).toBe(dayOf(new Date(at).toISOString()));
  }
}

/** The files on a phone are those of the places its official answers for, and of households they still owe something. */
async function filesAreTheScope(world: World, i: number): Promise<void> {
  const { county, ground, phones } = world;
  const official = world.whoHas(i);
  const { village, otherVillage } = county.places;
  const villages =
    official === 'field' ? [village] : world.bound === undefined ? [otherVillage] : [village, otherVillage];
  const { rows } = await county.database.pool.query<{ id: string }>(
    `select h.id from household h where h.county = $1 and not h.moved
       and (h.village = any($2::uuid[]) or h.contact = $3
         or exists (select from promise p where p.county = $1 and p.household = h.id and p.official = $3 and p.kept_on is null))`,
    [county.county, villages, county.id(official)],
  );
  const held = ground.homes.flatMap(({ id }) => (phones[i]!.phone.store.has(id) ? [id] : []));
  expect(held.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
}

/** Today's list, the diary and each household's visits: worked out from the files here, asked of the server there. */
async function visitsAsTheServerSays(world: World, i: number): Promise<void> {
  const server = await world.client(world.whoHas(i));
  const answer = <A>(...given: Parameters<TestPhone['answer']>): Promise<A> =>
    world.ask(i, (phone) => phone.answer(...given) as A);
  const { store } = world.phones[i]!.phone;
  expect(await answer('GET /api/visits/today')).toEqual((await server.get('/api/visits/today')).body);
  const from = addDays(dayOf(new Date(world.ground.chance.now).toISOString()), -10);
  interface Diary {
    days: { entries: { household: string }[] }[];
  }
  const diary = (await server.get(`/api/diary?from=${from}`)).body as Diary;
  // One's own visits to a household that is no longer carried are the server's to tell.
  const carried = diary.days.flatMap((d) => d.entries).filter((e) => store.has(e.household));
  const here = (await answer<Diary>('GET /api/diary', {}, { from })).days.flatMap((d) => d.entries);
  expect(here).toEqual(carried);
  for (const { id } of world.ground.homes) {
    if (!store.has(id)) continue;
    const asked = await server.get(`/api/households/${id}/visits`);
    if (asked.status === 200) expect(await answer('GET /api/households/:id/visits', { id })).toEqual(asked.body);
  }
}

/** The address of a route's answer, by its path. */
const addresses: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/labours\/mine$/, 'GET /api/labours/mine'],
  [/^\/api\/labours\/waiting$/, 'GET /api/labours/waiting'],
  [/^\/api\/talks\/([0-9a-f-]{36})$/, 'GET /api/talks/:id'],
  [/^\/api\/talks\?/, 'GET /api/talks'],
  [/^\/api\/guides$/, 'GET /api/guides'],
  [/^\/api\/visits\/first$/, 'GET /api/visits/first'],
  [/^\/api\/studies\/([0-9a-f-]{36})$/, 'GET /api/studies/:id'],
  [/^\/api\/studies\?/, 'GET /api/studies'],
  [/^\/api\/outreaches\/([0-9a-f-]{36})$/, 'GET /api/outreaches/:id'],
  [/^\/api\/outreaches\?/, 'GET /api/outreaches'],
  [/^\/api\/occasions\?/, 'GET /api/occasions'],
  [/^\/api\/assignments\?/, 'GET /api/assignments'],
  [/^\/api\/campaigns\/mine$/, 'GET /api/campaigns/mine'],
  [/^\/api\/duties\/mine$/, 'GET /api/duties/mine'],
  [/^\/api\/households\/([0-9a-f-]{36})\/gifts$/, 'GET /api/households/:id/gifts'],
];

/** What goes along of other features: with all sent and fetched, each answer here is the server's, nothing on top of it twice. */
async function restAsTheServerSays(world: World, i: number): Promise<void> {
  const server = await world.client(world.whoHas(i));
  for (const { path } of await world.ask(i, ({ local }) => local.wanted())) {
    const found = addresses.map(([at, to]) => [at.exec(path), to] as const).find(([m]) => m !== null);
    if (found === undefined) throw new Error(`the game does not know whose answer ${path} is`);
    const [match, address] = found;
    const asked = await server.get(path);
    const id = match![1];
    const here = await world.ask(i, ({ local }) => local.without(address, path, id === undefined ? {} : { id }));
    if (asked.status === 200) expect(here, path).toEqual(asked.body);
  }
}
