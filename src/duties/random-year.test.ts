import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { addDays } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import {
  type DutyTemplate,
  DutiesPolicy,
  type Evidence,
  type Excused,
  type HeldPost,
  type Person,
  dutyPolicies,
} from './model.ts';
import { countSlowly, daysAround } from './testing.ts';

/**
 * A random year let happen through the records themselves: visits corrected, labour put right, sent back, confirmed and
 * withdrawn, occasions taken back, leave shortened, somebody transferred in the middle. What HTTP says of every duty is
 * compared with counting by hand from what was let happen.
 */
const YEAR = 2025;
const FIRST = `${YEAR}-01-01`;

let seed = 20_261_127;
const random = (): number => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return seed / 4_294_967_296;
};
const below = (n: number): number => Math.floor(random() * n);
const one = <T>(list: readonly T[]): T => list[below(list.length)]!;

let county: TestCounty;
let duties: readonly DutyTemplate[] = [];
const people = new Map<string, Person>();
/** By record: what it amounts to once everything that befell it is over. */
const happened: Evidence[] = [];
const befell = { withdrawn: 0, returned: 0, corrected: 0, confirmed: 0, shortened: 0 };
const at = (day: string, hour = 12): string => `${day}T${String(hour - 8).padStart(2, '0')}:00:00.000Z`;

let orders = 0;
async function done(
  record: string,
  stream: string,
  command: { kind: string } & Record<string, unknown>,
  day: string,
  actor: string,
  hour?: number,
) {
  const verdict = await county.ledger.execute({
    county: county.county,
    id: idOf('random year', String(orders++)),
    record,
    stream,
    command,
    at: at(day, hour),
    actor,
    permit: () => true,
  });
  if (isRefusal(verdict)) throw new Error(`${command.kind} ${verdict.refused} ${verdict.field ?? ''}`);
}

const evidence = (over: Pick<Evidence, 'stream' | 'official' | 'kind' | 'day'> & Partial<Evidence>): Evidence => ({
  place: 0,
  amount: 1,
  area: null,
  subject: null,
  confirmed: false,
  ...over,
});

beforeAll(async () => {
  county = await startCounty();
  const { places, units } = county;
  const document = DutiesPolicy.parse(dutyPolicies[0]!.standard.document);
  // As they ship, in force a year earlier.
  duties = document.duties.map((d) => ({ ...d, validFrom: '2020-01-01' }));
  const published = await (
    await county.as('administrator')
  ).post('/api/policies/duties/publish', {
    document: { duties, markets: [] },
    validFrom: '2020-01-01',
    source: '测试',
    reason: '早一年生效',
  });
  expect(published.status).toBe(200);
  await county.system.freshPolicies(county.county);

  const [town, village, root] = [
    [places.root, places.liuhe],
    [places.root, places.liuhe, places.village],
    [places.root],
  ];
  const township = { unit: units.liuhe, unitType: 'township', leads: false, since: FIRST, until: null } as const;
  const posts: Record<string, HeldPost[]> = {
    field: [{ ...township, role: 'field', title: '', areas: town, level: 'township' }],
    head: [{ ...township, role: 'head', title: '', areas: town, level: 'township' }],
    waterhead: [
      {
        ...township,
        unit: units.water,
        unitType: 'department',
        leads: true,
        role: 'handler',
        title: '局长',
        areas: root,
        level: 'county',
      },
    ],
    leader: [
      {
        ...township,
        unit: units.desk,
        unitType: 'department',
        role: 'leader',
        title: '',
        areas: root,
        level: 'county',
      },
    ],
    // In a village until the middle of May, in a county office from then on.
    otherfield: [
      { ...township, role: 'field', title: '', areas: town, level: 'township', until: `${YEAR}-05-14` },
      {
        ...township,
        unit: units.water,
        unitType: 'department',
        role: 'handler',
        title: '',
        areas: root,
        level: 'county',
        since: `${YEAR}-05-15`,
      },
    ],
  };
  const mover = county.id('otherfield');
  const admin = county.id('administrator');
  const [{ place }] = (await county.ledger.query<{ place: number }>(
    'test.post',
    'select place from post where county = $1 and official = $2 order by place limit 1',
    [county.county, mover],
  )) as [{ place: number }];
  const bound = await county.ledger.query<{ official: string; type: 'village'; since: string; until: string | null }>(
    'test.bound',
    'select official, kind as type, since, until from assignment where county = $1',
    [county.county],
  );
  for (const key of Object.keys(posts)) {
    const id = county.id(key);
    const assignments = bound
      .filter((b) => b.official === id)
      .map(({ type, since, until }) => ({ type, since, until }));
    people.set(key, {
      id,
      name: '',
      title: '',
      posts: posts[key]!,
      assignments,
      exceptions: [],
      acting: [],
      households: [],
    });
  }
  await done('official', mover, { kind: 'official.end-post', place, until: `${YEAR}-05-14` }, `${YEAR}-05-14`, admin);
  const next = { role: 'handler', unit: units.water, area: null, title: '', since: `${YEAR}-05-15` };
  await done('official', mover, { kind: 'official.give-post', ...next }, `${YEAR}-05-15`, admin);

  const homes = Array.from({ length: 8 }, (_, n) => idOf('random home', String(n)));
  for (const [n, id] of homes.entries()) {
    const household = {
      area: places.grid,
      address: `${n + 1} 号`,
      contact: county.id('field'),
      residents: [{ id: idOf('resident', id), name: '户主', relation: '户主', bornYear: 1960 }],
    };
    await done('household', id, { kind: 'household.register', ...household }, FIRST, county.id('field'));
  }
  const [{ households }] = (await county.ledger.query<{ households: string[] }>(
    'test.homes',
    'select array_agg(id) as households from household where county = $1 and contact = $2',
    [county.county, county.id('field')],
  )) as [{ households: string[] }];
  people.set('field', { ...people.get('field')!, households });

  const keys = [...people.keys()];
  const official = (): string => people.get(one(keys))!.id;
  const day = (): string =>
    below(6) === 0 ? `${YEAR}-${String(1 + below(12)).padStart(2, '0')}-28` : addDays(FIRST, below(365));
  const other = (than: string): string => [...people.values()].find((p) => p.id !== than)!.id;

  for (let i = 0; i < 330; i++) {
    const [id, who, on, household] = [idOf('random visit', String(i)), official(), day(), one(homes)];
    const contact = one(['met', 'met', 'met', 'phone', 'not-at-home', 'leaflet'] as const);
    const talked = contact === 'met' || contact === 'phone';
    const note = talked ? '说了家里的情况。' : '';
    const visit = { household, contact, note, needs: [], promises: [], metAt: at(on, 9), withWhom: [] };
    await done('visit', id, { kind: 'visit.record', ...visit }, on, who);
    if (talked && below(6) === 0) {
      befell.corrected += 1;
      await done('visit', id, { kind: 'visit.correct', note: '改正：说了庄稼的情况。' }, addDays(on, 1), who);
    }
    if (talked)
      happened.push(
        evidence({
          stream: id,
          official: who,
          kind: contact === 'met' ? 'visit' : 'call',
          day: on,
          subject: household,
        }),
      );
  }

  const busy = new Set<string>();
  const parts = { morning: 0.5, afternoon: 0.5, day: 1 } as const;
  for (let i = 0; i < 200; i++) {
    const [id, who] = [idOf('random labour', String(i)), official()];
    let on = day();
    if (busy.has(`${who} ${on}`)) continue;
    busy.add(`${who} ${on}`);
    let part = one(['morning', 'afternoon', 'day'] as const);
    const written = () => ({
      day: on,
      part,
      village: places.village,
      outputs: [{ kind: '植树', amount: 1 + below(9) }],
      note: '',
    });
    await done('labour', id, { kind: 'labour.record', ...written() }, on, who);
    let stands = true;
    let confirmed = false;
    const fate = below(6);
    if (fate === 0) {
      befell.withdrawn += 1;
      stands = false;
      await done('labour', id, { kind: 'labour.withdraw' }, on, who, 14);
    } else if (fate === 1) {
      befell.returned += 1;
      stands = false;
      await done('labour', id, { kind: 'labour.return', reason: '不是这一天' }, on, other(who), 14);
      if (below(2) === 0) {
        // Put right to the day before, where that day is free.
        const before = addDays(on, -1);
        if (before >= FIRST && !busy.has(`${who} ${before}`)) {
          on = before;
          busy.add(`${who} ${on}`);
        }
        part = one(['morning', 'day'] as const);
        befell.corrected += 1;
        stands = true;
        await done('labour', id, { kind: 'labour.correct', ...written() }, addDays(on, 2), who);
      }
    }
    if (stands && below(3) > 0) {
      confirmed = true;
      befell.confirmed += 1;
      await done('labour', id, { kind: 'labour.confirm' }, addDays(on, 3), other(who));
    }
    if (stands)
      happened.push(evidence({ stream: id, official: who, kind: 'labour', day: on, amount: parts[part], confirmed }));
  }

  for (let i = 0; i < 60; i++) {
    const [id, who, on] = [idOf('random occasion', String(i)), official(), day()];
    const type = one(['symposium', 'deed', 'branch'] as const);
    const colleague = other(who);
    const held = { type, area: places.village, day: on, title: '座谈', colleagues: [colleague], people: 3, amount: 0 };
    await done('occasion', id, { kind: 'occasion.record', ...held }, on, who);
    if (below(4) === 0) {
      befell.withdrawn += 1;
      await done('occasion', id, { kind: 'occasion.withdraw', reason: '记错了' }, addDays(on, 1), who);
    } else
      for (const [n, each] of [who, colleague].entries())
        happened.push(evidence({ stream: id, place: n, official: each, kind: type, day: on }));
  }

  for (const [key, person] of people) {
    const exceptions: Excused[] = [];
    for (let i = 0; i < 4; i++) {
      const [id, from] = [idOf('random leave', key, String(i)), day()];
      let until = addDays(from, below(30));
      const duty = i === 3 ? 'labour' : null;
      const type = duty === null ? one(['leave', 'training', 'transfer', 'secondment'] as const) : ('waiver' as const);
      const wanted = { official: person.id, type, from, until, reason: '事由写明', ...(duty === null ? {} : { duty }) };
      await done('exception', id, { kind: 'exception.grant', ...wanted }, from, admin);
      if (below(2) === 0) {
        const earlier = addDays(from, below(12) - 1);
        if (earlier < until) {
          befell.shortened += 1;
          until = earlier;
          await done('exception', id, { kind: 'exception.shorten', until, reason: '提前回来' }, from, admin);
        }
      }
      if (until >= from) exceptions.push({ id, type, from, until, duty, reason: '' });
    }
    people.set(key, { ...person, exceptions });
  }
  expect(village).toHaveLength(3);
}, 120_000);
afterAll(() => county.stop());

test('[B3] after a random year of corrections, withdrawals, leave and a transfer every duty is what counting by hand gives', async () => {
  for (const [what, n] of Object.entries(befell)) expect(n, what).toBeGreaterThan(3);
  const calendar = (await county.system.policies(county.county)).get<Calendar>('calendar');
  let compared = 0;
  let owing = 0;
  let met = 0;
  for (const [key, person] of people) {
    const client = await county.as(key);
    for (let day = FIRST; day <= `${YEAR}-12-31`; day = addDays(day, 15)) {
      const { body } = await client.get(`/api/duties/mine?day=${day}`);
      const told = new Map((body.duties as { duty: string }[]).map((d) => [d.duty, d]));
      for (const duty of duties) {
        if (!duty.inUse) continue;
        const slow = countSlowly(duty, person, day, happened, calendar);
        const { owed, done: did, filled, missing } = (told.get(duty.id) ?? {}) as Record<string, number>;
        const around = daysAround(duty.period, day);
        const story = `${key} ${duty.id} ${around[0]}…${around.at(-1)}`;
        if (slow === undefined) {
          expect(told.has(duty.id), story).toBe(false);
          continue;
        }
        expect({ owed, done: did, filled, missing }, story).toEqual({
          owed: slow.owed,
          done: slow.done,
          filled: slow.filled,
          missing: slow.missing,
        });
        compared += 1;
        if (slow.owed > 0) owing += 1;
        if (slow.owed > 0 && slow.missing === 0) met += 1;
      }
    }
  }
  // Of no use if nobody owed, or nobody ever did.
  expect(compared).toBeGreaterThan(500);
  expect(owing).toBeGreaterThan(250);
  expect(met).toBeGreaterThan(40);
});
