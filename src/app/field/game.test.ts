import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayOf } from '../../calendar/days.ts';
import { forgetPacked } from '../../sync/pull.ts';
import { type TestCounty, startCounty } from '../testing.ts';
import { newId } from '../ui/client.ts';
import { isHeld } from './outbox.ts';
import { type Fate, TestPhone, keepBackup } from './testing.ts';

/** Printed with every failure; set it to play that failure again. */
const SEED = Number(process.env['SYNC_SEED'] ?? 20_261_126);
const RUNS = Number(process.env['SYNC_RUNS'] ?? 12);

let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
}, 120_000);
afterAll(() => county.stop());

const fate = fc.constantFrom<Fate>('ok', 'ok', 'lost-going', 'lost-coming', 'cut');
const phone = fc.nat({ max: 2 });
type Step =
  | {
      do: 'record';
      phone: number;
      home: number;
      contact: 'met' | 'phone' | 'not-at-home';
      promise: boolean;
      back: number;
    }
  | { do: 'correct' | 'keep'; phone: number; which: number; careful: boolean }
  | { do: 'contact'; phone: number; fates: readonly Fate[] }
  | { do: 'crash'; phone: number; torn: boolean }
  | { do: 'again'; phone: number; which: number }
  | { do: 'scope' }
  | { do: 'desk'; home: number }
  | { do: 'move'; home: number }
  | { do: 'backup' }
  | { do: 'restore' };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('record' as const),
      phone,
      home: fc.nat({ max: 4 }),
      contact: fc.constantFrom('met' as const, 'phone' as const, 'not-at-home' as const),
      promise: fc.boolean(),
      back: fc.nat({ max: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('correct' as const, 'keep' as const),
      phone,
      which: fc.nat({ max: 20 }),
      careful: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('contact' as const), phone, fates: fc.array(fate, { maxLength: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), phone, torn: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const), phone, which: fc.nat({ max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('scope' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('desk' as const), home: fc.nat({ max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), home: fc.nat({ max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('backup' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const) }) },
);

/** What one run left: every command a phone was told was accepted, unless the phone itself is gone. */
async function play(steps: readonly Step[]): Promise<void> {
  const clerk = await county.as('clerk');
  const homes: string[] = [];
  for (let i = 0; i < 5; i++) {
    const id = newId();
    homes.push(id);
    const made = await clerk.post(`/api/households/${id}/register`, {
      area: i < 3 ? county.places.grid : county.places.otherGrid,
      address: `${i} 号`,
      residents: [{ id: newId(), name: `陈秀${'甲乙丙丁戊'[i]}`, relation: '户主', bornYear: 1950 + i }],
    });
    expect(made.body).toMatchObject({ accepted: true });
  }
  const assignment = newId();
  let scopedAt = 0;
  const bind = (id: string) => {
    scopedAt = Date.now();
    return county.give('assignment', id, {
      kind: 'assignment.make',
      official: county.id('otherfield'),
      type: 'village',
      area: county.places.village,
      household: null,
      unit: null,
      role: '综合联村干部',
      since: '2025-01-01',
    });
  };
  let bound: string | undefined = assignment;
  await bind(assignment);
  // Two phones of one official, and one of a colleague who has the same village for a while.
  const phones = [
    await new TestPhone(county, await county.as('field')).open(),
    await new TestPhone(county, await county.as('field')).open(),
    await new TestPhone(county, await county.as('otherfield')).open(),
  ];
  for (const p of phones) expect(await p.contact()).toBe(true);
  let putBack: (() => Promise<void>) | undefined;
  let boundThen: string | undefined;
  const written: string[] = [];

  for (const s of steps) {
    const now = new Date().toISOString();
    if (s.do === 'record') {
      const item = await phones[s.phone]!.write({
        kind: 'visit.record',
        stream: newId(),
        data: {
          household: homes[s.home]!,
          contact: s.contact,
          note: s.contact === 'not-at-home' ? '' : '说了几句话',
          needs: [],
          promises:
            s.promise && s.contact !== 'not-at-home' ? [{ what: '带一份表来', by: addDays(dayOf(now), 3) }] : [],
          metAt: new Date(Date.now() - s.back * 86_400_000).toISOString(),
          withWhom: [],
        },
      });
      if (item.state !== 'refused') written.push(item.stream);
    } else if (s.do === 'correct' || s.do === 'keep') {
      const stream = written[s.which % Math.max(1, written.length)];
      if (stream === undefined) continue;
      const p = phones[s.phone]!;
      const seen = p.answer<{ version: number } | undefined>('GET /api/visits/:id', { id: stream });
      await p.write(
        s.do === 'correct'
          ? {
              kind: 'visit.correct',
              stream,
              data: { note: `改成第 ${s.which} 句` },
              ...(s.careful && seen !== undefined ? { expected: seen.version } : {}),
            }
          : { kind: 'visit.keep-promise', stream, data: { promise: 0, how: '送到家里了' } },
      );
    } else if (s.do === 'contact') {
      const p = phones[s.phone]!;
      p.fates = [...s.fates];
      await p.contact();
      p.fates = [];
    } else if (s.do === 'crash') {
      const p = phones[s.phone]!;
      if (s.torn) {
        // Power fails in the middle of a contact: nothing after this moment reaches the disk.
        p.disk.failing = true;
        await p.contact().catch(() => false);
      }
      await p.open();
    } else if (s.do === 'again') await phones[s.phone]!.deliverAgain(s.which);
    else if (s.do === 'scope') {
      if (bound === undefined) await bind((bound = newId()));
      else {
        await county.give('assignment', bound, { kind: 'assignment.end', until: '2025-02-01', reason: '轮换' });
        scopedAt = Date.now();
        bound = undefined;
      }
    } else if (s.do === 'desk')
      await clerk.post(`/api/households/${homes[s.home]}/amend`, { address: `${s.home} 号之 ${newId().slice(-3)}` });
    else if (s.do === 'move')
      await clerk.post(`/api/households/${homes[s.home]}/amend`, { area: county.places.otherGrid });
    else if (s.do === 'backup') {
      putBack = await keepBackup(county);
      boundThen = bound;
    } else if (putBack !== undefined) {
      await putBack();
      forgetPacked();
      bound = boundThen;
      scopedAt = Date.now();
    }
  }

  // A process goes on for two seconds with whom it found behind a session: until then a new scope is not seen.
  await new Promise((next) => setTimeout(next, Math.max(0, scopedAt + 2_100 - Date.now())));
  // The evening: the line holds, and everyone looks until there is nothing new.
  for (let round = 0; round < 4; round++) {
    for (const p of phones) expect(await p.contact()).toBe(true);
    // What waits behind something that was refused waits for a person, who reads why and lets go of it.
    for (const p of phones)
      for (const item of p.outbox.all())
        if (isHeld(item, p.outbox.all()))
          for (const other of p.outbox.all())
            if (other.stream === item.stream && other.state === 'refused') await p.outbox.drop(other.id);
  }

  for (const p of phones) expect(await p.contact()).toBe(true);

  const { rows: commands } = await county.database.pool.query<{ id: string; verdict: { accepted?: boolean } }>(
    'select id, verdict from command where county = $1',
    [county.county],
  );
  const verdicts = new Map(commands.map((c) => [c.id, c.verdict]));
  for (const p of phones) {
    // Every item reaches a final state that a person can read.
    for (const item of p.outbox.all()) {
      expect(['accepted', 'refused']).toContain(item.state);
      if (item.state === 'refused') expect(item.why).toMatch(/[\u4e00-\u9fff]{4}/);
      // Nothing accepted is lost, also not by a server that was restored.
      if (item.state === 'accepted') expect(verdicts.get(item.id)).toMatchObject({ accepted: true });
    }
    // A command that a phone was told was accepted is so, or was refused for good by the server as it was restored.
    const accepted = new Set(p.seen.flatMap((v) => (v.verdict === 'accepted' ? [v.id] : [])));
    for (const id of accepted) expect(verdicts.has(id)).toBe(true);
  }
  // None is applied twice.
  const { rows: twice } = await county.database.pool.query(
    `select command, kind from event where county = $1 and record = 'visit' and kind <> 'need.raised' group by command, kind having count(*) > 1`,
    [county.county],
  );
  expect(twice).toEqual([]);

  // All phones converge: what each answers by itself is what the server answers to its official.
  for (const [i, p] of phones.entries()) {
    const server = await county.as(i < 2 ? 'field' : 'otherfield');
    const today = (await server.get('/api/visits/today')).body;
    expect(p.answer('GET /api/visits/today')).toEqual(today);
    const from = addDays(dayOf(new Date().toISOString()), -10);
    // One's own visits to a household that is no longer carried are the server's to tell.
    const diary = (await server.get(`/api/diary?from=${from}`)).body as {
      days: { entries: { household: string }[] }[];
    };
    const carried = diary.days.flatMap((d) => d.entries).filter((e) => p.phone.store.has(e.household));
    const here = p.answer<typeof diary>('GET /api/diary', {}, { from }).days.flatMap((d) => d.entries);
    expect(here).toEqual(carried);
    const { rows: inReach } = await county.database.pool.query<{ id: string }>(
      `select h.id from household h where h.county = $1 and not h.moved and h.id = any($2::uuid[])
         and (h.village = any($3::uuid[]) or exists (select from promise p where p.county = $1 and p.household = h.id and p.official = $4 and p.kept_on is null))`,
      [
        county.county,
        homes,
        i < 2
          ? [county.places.village]
          : bound === undefined
            ? [county.places.otherVillage]
            : [county.places.village, county.places.otherVillage],
        county.id(i < 2 ? 'field' : 'otherfield'),
      ],
    );
    expect(homes.filter((id) => p.phone.store.has(id)).toSorted()).toEqual(inReach.map((r) => r.id).toSorted());
    for (const { id } of inReach) {
      const asked = await server.get(`/api/households/${id}/visits`);
      if (asked.status === 200) expect(p.answer('GET /api/households/:id/visits', { id })).toEqual(asked.body);
    }
  }
  if (bound !== undefined)
    await county.give('assignment', bound, { kind: 'assignment.end', until: '2025-02-01', reason: '轮换' });
}

test(
  '[B13] a game of phones, lines, crashes, scopes and a restored server: nothing accepted is lost, nothing done twice, all converge',
  { timeout: 600_000 },
  async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), play), {
      seed: SEED,
      numRuns: RUNS,
      endOnFailure: true,
    });
  },
);
