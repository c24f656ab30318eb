import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf, newId } from '../ledger/ids.ts';
import { type LabourFacts, type LabourState, type Part, daysOf } from './model.ts';
import { labours, overlaps } from './rules.ts';

const today = dayOf(new Date().toISOString());
const SIGNATURE = '[[[1,2],[30,40]]]';
let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
  // A second official of the same village: the one who may confirm.
  await county.give('assignment', idOf('assignment', 'neighbour'), {
    kind: 'assignment.make',
    official: county.id('otherfield'),
    type: 'village',
    area: county.places.village,
    household: null,
    unit: null,
    role: '综合联村干部',
    since: '2025-01-01',
  });
});
afterAll(() => county.stop());

const entry = (change: object = {}) => ({
  day: addDays(today, -1),
  part: 'morning',
  village: county.places.village,
  outputs: [{ kind: '清淤渠道', amount: 12.5 }],
  note: '和二组的人一起清渠',
  ...change,
});
const write = async (who: string, body: object, id = newId()) => ({
  id,
  ...(await (await county.as(who)).post(`/api/labours/${id}/record`, body)),
});

describe('labour of officials', () => {
  test('[B4] half a day is written down, the village confirms it, and nobody confirms their own', async () => {
    const { id, body } = await write('field', entry());
    expect(body.accepted, JSON.stringify(body)).toBe(true);
    const field = await county.as('field');
    expect((await field.post(`/api/labours/${id}/confirm`)).body.refused).toBe('labour.own-confirmation');
    expect((await (await county.as('farfield')).post(`/api/labours/${id}/confirm`)).status).toBe(404);
    const neighbour = await county.as('otherfield');
    const waiting = (await neighbour.get('/api/labours/waiting')).body.entries;
    expect(waiting).toMatchObject([{ id, name: '王建军', villageName: '柳河村', days: 0.5, status: 'open' }]);
    expect((await field.get('/api/labours/waiting')).body.entries).toEqual([]);
    expect((await neighbour.post(`/api/labours/${id}/confirm`)).body.accepted).toBe(true);
    expect((await field.post(`/api/labours/${id}/correct`, entry({ part: 'day' }))).body.refused).toBe(
      'labour.confirmed',
    );
    const mine = (await field.get('/api/labours/mine')).body;
    expect(mine).toMatchObject({
      days: 0.5,
      waiting: 0,
      outputs: [{ kind: '清淤渠道', unit: '米', amount: 12.5 }],
      entries: [{ id, status: 'confirmed', confirmedBy: '赵小兰', mine: true }],
    });
  });

  test('[B4] the village sends it back, the worker puts it right, somebody of the village signs on glass', async () => {
    const day = addDays(today, -3);
    const { id } = await write('field', entry({ day, part: 'day', outputs: [{ kind: '植树', amount: 4000 }] }));
    const [field, neighbour] = [await county.as('field'), await county.as('otherfield')];
    await neighbour.post(`/api/labours/${id}/return`, { reason: '是 40 棵，不是 4000 棵' });
    const sign = { signer: '张老三', office: '二组组长', signature: SIGNATURE };
    expect((await field.post(`/api/labours/${id}/sign`, sign)).body.refused).toBe('labour.returned');
    const put = entry({ day, part: 'afternoon', outputs: [{ kind: '植树', amount: 40 }] });
    expect((await field.post(`/api/labours/${id}/correct`, put)).body.accepted).toBe(true);
    expect((await field.post(`/api/labours/${id}/sign`, { ...sign, signer: '王建军' })).body.refused).toBe(
      'labour.own-confirmation',
    );
    expect((await field.post(`/api/labours/${id}/sign`, sign)).body.accepted).toBe(true);
    const mine = (await field.get('/api/labours/mine')).body;
    expect(mine.entries.find((e: { id: string }) => e.id === id)).toMatchObject({
      status: 'confirmed',
      confirmedBy: '二组组长 张老三',
      outputs: [{ kind: '植树', amount: 40 }],
    });
  });

  test('[B4] no half-day twice, nothing in the future or long past, only kinds of the list', async () => {
    const day = addDays(today, -5);
    expect((await write('clerk', entry({ day, part: 'morning' }))).body.accepted).toBe(true);
    expect((await write('clerk', entry({ day, part: 'day' }))).body).toMatchObject({
      refused: 'labour.half-taken',
      field: 'part',
    });
    expect((await write('clerk', entry({ day, part: 'afternoon' }))).body.accepted).toBe(true);
    for (const [change, refused] of [
      [{ day: addDays(today, 1) }, 'labour.in-future'],
      [{ day: addDays(today, -32) }, 'labour.too-late'],
      [{ day: addDays(today, -6), outputs: [{ kind: '喝茶', amount: 1 }] }, 'labour.kind-unknown'],
      [{ day: addDays(today, -6), village: county.places.grid }, 'labour.village-unknown'],
    ] as const)
      expect((await write('clerk', entry(change))).body.refused).toBe(refused);
  });

  test('[B4] outputs add up by kind for person, unit, place and county, only what the village confirmed', async () => {
    const kinds = ['整修山塘', '清淤渠道', '维修道路'];
    const workers = ['field', 'otherfield', 'farfield', 'handler', 'otherhandler'];
    const written = fc.sample(
      fc.record({
        who: fc.constantFrom(...workers),
        far: fc.boolean(),
        kind: fc.constantFrom(...kinds),
        amount: fc.integer({ min: 1, max: 500 }).map((n) => n / 10),
        confirmed: fc.boolean(),
      }),
      { numRuns: 20, seed: 4 },
    );
    const before = await oracle();
    const sums = new Map<string, number>();
    const taken = new Map<string, number>();
    for (const { who, far, kind, amount, confirmed } of written) {
      const back = 8 + (taken.get(who) ?? 0);
      taken.set(who, (taken.get(who) ?? 0) + 1);
      const { id, body } = await write(
        who,
        entry({
          day: addDays(today, -back),
          part: 'afternoon',
          village: far ? county.places.farVillage : county.places.village,
          outputs: [{ kind, amount }],
        }),
      );
      expect(body.accepted, JSON.stringify(body)).toBe(true);
      if (!confirmed) continue;
      const head = await county.as(far ? 'farhead' : 'head');
      expect((await head.post(`/api/labours/${id}/confirm`)).body.accepted).toBe(true);
      sums.set(kind, (sums.get(kind) ?? 0) + amount);
    }
    const after = await oracle();
    for (const by of ['official', 'unit', 'village', 'township'] as const)
      for (const kind of kinds)
        expect(after[by].get(kind) ?? 0, `${by} ${kind}`).toBeCloseTo(
          (before[by].get(kind) ?? 0) + (sums.get(kind) ?? 0),
          6,
        );
  });

  /** Outputs by kind, summed over the rows of each breakdown as a leader is shown them. */
  async function oracle() {
    const leader = await county.as('leader');
    const of = async (by: string): Promise<Map<string, number>> => {
      const { body } = await leader.get(`/api/labours/totals?by=${by}&from=${addDays(today, -40)}`);
      const sums = new Map<string, number>();
      for (const { kind, amount } of body.rows.flatMap((r: { outputs: object[] }) => r.outputs))
        sums.set(kind, (sums.get(kind) ?? 0) + amount);
      const all = new Map(body.all.outputs.map((o: { kind: string; amount: number }) => [o.kind, o.amount]));
      for (const [kind, amount] of sums) expect(all.get(kind)).toBeCloseTo(amount, 6);
      return sums;
    };
    const [official, unit, village, township] = await Promise.all(['official', 'unit', 'village', 'township'].map(of));
    return { official: official!, unit: unit!, village: village!, township: township! };
  }

  test('[B4] an entry is evidence for the labour duty, vouched for once the village confirmed it; one sent back is none', async () => {
    const evidence = async (stream: string) =>
      await county.ledger.query<object>(
        'test.evidence',
        'select official, kind, day, amount::float8 as amount, area, confirmed from evidence where county = $1 and stream = $2',
        [county.county, stream],
      );
    const day = addDays(today, -2);
    const { id } = await write('farfield', entry({ day, part: 'morning', village: county.places.farVillage }));
    const row = { official: county.id('farfield'), kind: 'labour', day, amount: 0.5, area: county.places.farVillage };
    expect(await evidence(id)).toEqual([{ ...row, confirmed: false }]);
    const head = await county.as('farhead');
    await head.post(`/api/labours/${id}/return`, { reason: '那天没看见您' });
    expect(await evidence(id)).toEqual([]);
    const back = entry({ day, part: 'morning', village: county.places.farVillage, note: '和三组的人一起' });
    await (await county.as('farfield')).post(`/api/labours/${id}/correct`, back);
    await head.post(`/api/labours/${id}/confirm`);
    expect(await evidence(id)).toEqual([{ ...row, confirmed: true }]);
    const duties = (await (await county.as('farfield')).get('/api/duties/mine')).body;
    expect(JSON.stringify(duties)).toContain('参加劳动');
  });

  test('[B4] the yearly sheet prints what the village confirmed, for the worker and their township’s head', async () => {
    const year = today.slice(0, 4);
    const own = String((await (await county.as('field')).get(`/print/labour?year=${year}`)).body);
    expect(own).toContain(`${year}年度干部述劳表`);
    expect(own).toContain('王建军');
    // How much the year asks, from the duties, with where that stands: in a township more than in an office.
    const asked = (await (await county.as('field')).get('/api/duties/mine')).body.duties.find(
      (d: { duty: string }) => d.duty === 'labour',
    );
    expect(asked.owed).toBe(24);
    expect(own).toContain(`全年应劳动 24 天，已做 ${asked.filled} 天，还差 ${24 - asked.filled} 天`);
    const office = String((await (await county.as('handler')).get(`/print/labour?year=${year}`)).body);
    expect(office).toContain('全年应劳动 10 天');
    expect(office).toContain('依据：公开报道引述的干部参加劳动制度');
    // Of a year before anybody stood in a post nothing is asked.
    expect(String((await (await county.as('field')).get('/print/labour?year=2010')).body)).not.toContain('全年应劳动');
    const others = `/print/labour?year=${year}&official=${county.id('field')}`;
    expect((await (await county.as('head')).get(others)).status).toBe(200);
    expect((await (await county.as('farhead')).get(others)).status).toBe(404);
    expect((await (await county.as('handler')).get(others)).status).toBe(404);
  });
});

const parts: readonly Part[] = ['morning', 'afternoon', 'day'];
const facts = (change: Partial<LabourFacts>): LabourFacts => ({
  actor: 'worker',
  actorName: '王建军',
  unit: 'unit',
  chain: ['county', 'town', 'village'],
  kinds: ['植树'],
  taken: [],
  today: '2026-11-20',
  earliest: '2026-10-20',
  ...change,
});

describe('the rules of labour', () => {
  test('[B4] of any entries of one day at most one whole day is accepted', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 6 }), (wanted) => {
        const taken: Part[] = [];
        for (const part of wanted) {
          const verdict = labours.decide(
            { status: 'none' },
            {
              kind: 'labour.record',
              day: '2026-11-19',
              part,
              village: newId(),
              outputs: [{ kind: '植树', amount: 1 }],
              note: '',
            },
            facts({ taken }),
          );
          if (!isRefusal(verdict)) taken.push(part);
          else expect(taken.some((t) => overlaps(t, part))).toBe(true);
        }
        expect(taken.reduce((sum, part) => sum + daysOf(part), 0)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('[B4] whatever is tried, the worker never confirms by their own account, and a confirmed entry stands', () => {
    const act = fc.record({
      kind: fc.constantFrom('correct', 'withdraw', 'confirm', 'sign', 'return'),
      actor: fc.constantFrom('worker', 'village'),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const at = { at: '2026-11-20T01:00:00.000Z', version: 1 };
        const written = {
          day: '2026-11-19',
          part: 'day' as const,
          village: newId(),
          outputs: [{ kind: '植树', amount: 2 }],
          note: '',
        };
        const first = labours.decide({ status: 'none' }, { kind: 'labour.record', ...written }, facts({}));
        let state: LabourState = (first as never[]).reduce(
          (s, e) => labours.evolve(s, e, { ...at, actor: 'worker' }),
          labours.initial,
        );
        for (const { kind, actor } of acts) {
          const command = {
            kind: `labour.${kind}`,
            ...(kind === 'correct' ? written : {}),
            ...(kind === 'sign' ? { signer: '张老三', office: '组长', signature: SIGNATURE } : {}),
            ...(kind === 'return' ? { reason: '数目不对' } : {}),
          } as never;
          const was: LabourState = state;
          const verdict = labours.decide(state, command, facts({ actor }));
          if (was.status === 'recorded' && was.standing.is === 'confirmed') expect(isRefusal(verdict)).toBe(true);
          if (isRefusal(verdict)) continue;
          for (const event of verdict) state = labours.evolve(state, event, { ...at, actor });
          if (state.status === 'recorded' && state.standing.is === 'confirmed')
            expect(state.standing.by).not.toBe('worker');
        }
      }),
    );
  });
});
