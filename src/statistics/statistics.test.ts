import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { fingerprint, rebuild } from '../ledger/rebuild.ts';
import { unzipped } from '../figures/testing.ts';
import type { Figure, Group, Statistics } from './figures.ts';
import { hiddenOf } from './figures.ts';
import { periodsOf } from './period.ts';
import { idOf } from '../ledger/ids.ts';
import type { MatterEvent, MatterSettings } from '../matters/model.ts';
import { writeNumber } from '../matters/number.ts';
import type { ClockDocument } from '../matters/policy.ts';
import { clocksOn } from '../matters/tables.ts';
import { type Known, committee, drawn, foundCommittee, live } from './testing.ts';

const now = new Date().toISOString();
const today = dayOf(now);
let county: TestCounty;
let all: Known[];
let leader: Client;

beforeAll(async () => {
  county = await startCounty({ since: '2024-01-01' });
  await foundCommittee(county);
  all = await live(county, fc.sample(drawn, { numRuns: 700, seed: 16 }), now, '统计');
  leader = await county.as('leader');
}, 60_000);
afterAll(() => county.stop());

const rulesOf = async (of: TestCounty) => {
  const policies = await of.system.policies(of.county);
  return {
    clocks: clocksOn(policies.get<ClockDocument>('clocks'), '2026-01-01'),
    settings: policies.get<MatterSettings>('matters'),
  };
};

type Query = Record<string, string>;
const address = (path: string, query: object): string => `${path}?${new URLSearchParams(query as Query).toString()}`;
const ask = async (client: Client, query: object): Promise<Statistics> => {
  const { status, body } = await client.get(address('/api/statistics/period', query));
  expect(status).toBe(200);
  return body as Statistics;
};
const figuresOf = (answer: Statistics): Map<string, Figure> =>
  new Map(answer.sections.flatMap(({ figures }) => figures.map((figure) => [figure.id, figure])));

/** Every line of a figure, page after page. */
async function linesOf(client: Client, query: object, size = 41) {
  const lines: { id: string; line: string; adds: number }[] = [];
  let after: string | undefined;
  do {
    const { status, body } = await client.get(
      address('/api/statistics/lines', { ...query, size: String(size), ...(after === undefined ? {} : { after }) }),
    );
    expect([status, query]).toEqual([200, query]);
    lines.push(...body.lines);
    after = body.next;
  } while (after !== undefined);
  expect(new Set(lines.map(({ line }) => line)).size).toBe(lines.length);
  return lines;
}

/** The same questions asked plainly of what each matter went through. */
const startOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);
const inDays = (at: string, from: string, to: string): boolean =>
  Date.parse(at) >= startOf(from) && Date.parse(at) < startOf(addDays(to, 1));
const top = (category: string | null): string =>
  category === null ? '-' : category === '外来分类' ? category : category.slice(0, 2);
const done = (m: Known) => m.resolvedAt !== undefined || m.status === 'closed';
const judged = (m: Known) => m.disposition !== undefined;
const closed = (m: Known) => m.status === 'closed';
const inTownship = (m: Known) => m.unit === county.units.liuhe;
const inVillage = (m: Known) => m.unit === committee;
const grass = (m: Known) => inTownship(m) || inVillage(m);
const dueOver = (m: Known) =>
  (m.status === 'dispatched' || m.status === 'handling') && m.due !== undefined && m.due < new Date().toISOString();
type Plain = { value: (m: Known) => boolean | number; of?: (m: Known) => boolean };
const everything = () => true;
const plain: Record<string, Plain> = {
  batches: { value: everything },
  persons: { value: (m) => m.persons },
  joint: { value: (m) => m.persons > 1, of: everything },
  first: { value: (m) => !m.goesOn, of: everything },
  'goes-on': { value: (m) => m.goesOn, of: everything },
  repeated: { value: (m) => m.repeats > 0, of: everything },
  repeats: { value: (m) => m.repeats },
  answered: { value: (m) => m.answeredAt !== undefined, of: everything },
  resolved: { value: done, of: everything },
  'in-time': { value: (m) => m.inTime === true, of: (m) => m.inTime !== undefined || dueOver(m) },
  closed: { value: closed, of: everything },
  'by-resident': { value: (m) => m.closedBy === 'resident', of: closed },
  'by-call-back': { value: (m) => m.closedBy === 'call-back', of: closed },
  'level-village': { value: (m) => done(m) && inVillage(m) && !m.above, of: done },
  'level-township': { value: (m) => done(m) && inTownship(m) && !m.above, of: done },
  'level-county': { value: (m) => done(m) && !grass(m) && !m.above, of: done },
  'level-above': { value: (m) => done(m) && m.above, of: done },
  'four-reform': {
    value: (m) => ['01', '02', '03', '04', '05', '07', '08', '11'].includes(top(m.category)),
    of: (m) => m.category !== null,
  },
  'four-founded': { value: (m) => judged(m) && m.disposition !== 'unfounded', of: judged },
  'four-solvable': { value: (m) => m.disposition === 'solvable' || m.disposition === 'deferred', of: judged },
  'four-grassroots': {
    value: (m) => (m.disposition === 'solvable' || m.disposition === 'deferred') && grass(m) && !m.above,
    of: judged,
  },
  returned: { value: (m) => m.returns > 0, of: everything },
  'returned-again': { value: (m) => m.returns > 1, of: everything },
  returns: { value: (m) => m.returns },
  'reopened-once': { value: (m) => m.reopenings === 1, of: everything },
  'reopened-twice': { value: (m) => m.reopenings === 2, of: everything },
  'reopened-more': { value: (m) => m.reopenings > 2, of: everything },
  reopenings: { value: (m) => m.reopenings },
  review: { value: () => false, of: everything },
  're-review': { value: () => false, of: () => false },
  refused: { value: () => false, of: everything },
  'lawful-end': { value: () => false, of: closed },
  'not-permitted': { value: (m) => m.disposition === 'not-permitted', of: judged },
  unfounded: { value: (m) => m.disposition === 'unfounded', of: judged },
  scored: { value: (m) => m.score !== undefined, of: closed },
};
const sumOf = (some: readonly Known[], value: Plain['value']): number =>
  some.reduce((sum, m) => sum + Number(value(m)), 0);

/** Was it in hand just before an instant? Walked through from its first move. */
const inHandAt = (m: Known, instant: number): boolean => {
  let is = false;
  for (const { at, what } of m.moves)
    if (Date.parse(at) < instant) is = what === 'registered' || what === 'reopened' || what === 'unmerged';
  return is;
};
const plainFlow = (some: readonly Known[], from: string, to: string) => {
  const moved = (what: string) =>
    some.reduce((n, m) => n + m.moves.filter((move) => move.what === what && inDays(move.at, from, to)).length, 0);
  return {
    opening: some.filter((m) => inHandAt(m, startOf(from))).length,
    registered: moved('registered'),
    reopened: moved('reopened'),
    unmerged: moved('unmerged'),
    closed: moved('closed'),
    merged: moved('merged'),
    closing: some.filter((m) => inHandAt(m, startOf(addDays(to, 1)))).length,
  };
};

const periods = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 420 }), fc.integer({ min: 0, max: 420 }))
    .map(([a, b]) => ({ period: 'free', from: addDays(today, -Math.max(a, b)), to: addDays(today, -Math.min(a, b)) })),
  fc.record({
    period: fc.constantFrom('month', 'quarter', 'half', 'year'),
    day: fc.integer({ min: 0, max: 500 }).map((ago) => addDays(today, -ago)),
  }),
);
interface Narrow {
  readonly query: Query;
  readonly keeps: (m: Known) => boolean;
}
const narrows = (): fc.Arbitrary<Narrow> => {
  const { places, units } = county;
  return fc
    .tuple(
      fc.constantFrom<Narrow>(
        { query: {}, keeps: everything },
        { query: { area: places.root }, keeps: everything },
        { query: { area: places.liuhe }, keeps: (m) => m.township === places.liuhe },
        { query: { area: places.otherVillage }, keeps: (m) => m.village === places.otherVillage },
      ),
      fc.constantFrom<Narrow>(
        { query: {}, keeps: everything },
        { query: { unit: units.works }, keeps: (m) => m.unit === units.works },
        { query: { channel: 'phone' }, keeps: (m) => m.channel === 'phone' },
        { query: { category: '01' }, keeps: (m) => top(m.category) === '01' },
      ),
    )
    .map(([a, b]) => ({ query: { ...a.query, ...b.query }, keeps: (m) => a.keeps(m) && b.keeps(m) }));
};

describe('statistics of a period', () => {
  test('[C16] equal a plain count of what happened, whatever period, place, unit, channel and category', async () => {
    await fc.assert(
      fc.asyncProperty(periods, narrows(), async (period, { query, keeps }) => {
        const answer = await ask(leader, { ...period, ...query });
        const { from, to } = answer.period;
        const mine = all.filter((m) => keeps(m) && inDays(m.registeredAt, from, to));
        const figures = figuresOf(answer);
        expect(new Set([...Object.keys(plain), 'pleased'])).toEqual(new Set(figures.keys()));
        for (const [id, { value, of }] of Object.entries(plain)) {
          const figure = figures.get(id)!;
          const wanted = of === undefined ? mine : mine.filter(of);
          expect([id, figure.value, figure.of]).toEqual([
            id,
            sumOf(of === undefined ? mine : wanted, value),
            of === undefined ? undefined : wanted.length,
          ]);
          if (figure.of !== undefined) expect(figure.share).toBe(figure.of === 0 ? null : figure.value! / figure.of);
          if (figure.target !== undefined)
            expect(figure.target).toEqual({ share: 0.8, reached: figure.of === 0 ? null : figure.share! >= 0.8 });
        }
        const raters = mine.filter((m) => m.score !== undefined);
        const pleased = figures.get('pleased')!;
        expect(pleased.of).toBe(raters.length);
        if (raters.length < 5) expect([pleased.value, pleased.share, pleased.suppressed]).toEqual([null, null, true]);
        else expect(pleased.value).toBe(raters.filter((m) => m.score! >= 4).length);

        const flow = plainFlow(all.filter(keeps), from, to);
        expect(answer.flow).toMatchObject(flow);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  test('[C16] [D4] stock and flow balance for every period and every group, and one period’s end is the next one’s beginning', async () => {
    await fc.assert(
      fc.asyncProperty(
        periods,
        narrows(),
        fc.constantFrom('unit', 'township', 'village', 'category', 'channel'),
        async (period, { query }, by) => {
          const answer = await ask(leader, { ...period, ...query, by });
          for (const flow of [answer.flow, ...answer.groups.map((group) => group.flow!)])
            expect(flow.opening + flow.registered + flow.reopened + flow.unmerged - flow.closed - flow.merged).toBe(
              flow.closing,
            );
          for (const part of ['opening', 'registered', 'reopened', 'unmerged', 'closed', 'merged', 'closing'] as const)
            expect(answer.groups.reduce((sum, { flow }) => sum + flow![part], 0)).toBe(answer.flow[part]);
          const after = addDays(answer.period.to, 1);
          const next = await ask(leader, { period: 'free', from: after, to: addDays(after, 20), ...query });
          expect(next.flow.opening).toBe(answer.flow.closing);
        },
      ),
      { numRuns: 25 },
    );
    // What the property is about did happen.
    for (const what of ['reopened', 'unmerged', 'closed', 'merged'])
      expect(all.some(({ moves }) => moves.some((move) => move.what === what))).toBe(true);
  }, 120_000);

  test('[C16] every figure and every denominator opens to exactly its records', async () => {
    const query = { period: 'free', from: addDays(today, -300), to: addDays(today, -10) };
    const answer = await ask(leader, { ...query, by: 'unit' });
    let opened = 0;
    for (const figure of figuresOf(answer).values()) {
      if (figure.opens.value) {
        const lines = await linesOf(leader, { ...query, figure: figure.id });
        expect([figure.id, lines.reduce((sum, { adds }) => sum + adds, 0)]).toEqual([figure.id, figure.value]);
        if (figure.counts === 'matters') expect([figure.id, lines.length]).toEqual([figure.id, figure.value]);
        opened += 1;
      }
      if (figure.opens.of) {
        const lines = await linesOf(leader, { ...query, figure: figure.id, side: 'of' });
        expect([figure.id, 'of', lines.length]).toEqual([figure.id, 'of', figure.of]);
      }
    }
    expect(opened).toBe(Object.keys(plain).length);
    for (const part of ['opening', 'registered', 'reopened', 'unmerged', 'closed', 'merged', 'closing'] as const)
      expect([part, (await linesOf(leader, { ...query, figure: `flow-${part}` })).length]).toEqual([
        part,
        answer.flow[part],
      ]);
    for (const { id, n } of answer.durations)
      expect([id, (await linesOf(leader, { ...query, figure: `days-${id}` })).length]).toEqual([id, n]);
    const refused = await leader.get(address('/api/statistics/lines', { figure: 'pleased' }));
    expect([refused.status, refused.body.refused]).toEqual([422, 'statistics.no-figure']);
  }, 120_000);

  test('[C16] each group counts its own and opens to its own', async () => {
    const query = { period: 'free', from: addDays(today, -400), to: today };
    const keyOf: Record<string, (m: Known) => string> = {
      unit: (m) => m.unit,
      township: (m) => m.township,
      village: (m) => m.village ?? '-',
      category: (m) => top(m.category),
      channel: (m) => m.channel,
      month: (m) => dayOf(m.registeredAt).slice(0, 7),
    };
    for (const [by, key] of Object.entries(keyOf)) {
      const { groups } = await ask(leader, { ...query, by });
      const wanted = Map.groupBy(
        all.filter((m) => inDays(m.registeredAt, query.from, query.to)),
        key,
      );
      for (const [name, mine] of wanted) {
        const group = groups.find((one: Group) => one.key === name)!;
        for (const id of ['batches', 'persons', 'answered', 'in-time', 'closed', 'returned']) {
          const { value, of } = plain[id]!;
          expect([by, name, id, group.figures[id]!.value, group.figures[id]!.of]).toEqual([
            by,
            name,
            id,
            sumOf(mine, value),
            of === undefined ? undefined : mine.filter(of).length,
          ]);
        }
      }
      expect(groups.reduce((sum: number, group: Group) => sum + group.figures['batches']!.value!, 0)).toBe(
        [...wanted.values()].flat().length,
      );
      for (const group of groups.slice(0, 3)) {
        const narrowed = { ...query, by, key: group.key };
        expect((await linesOf(leader, { ...narrowed, figure: 'batches' })).length).toBe(
          group.figures['batches']!.value,
        );
        expect((await linesOf(leader, { ...narrowed, figure: 'in-time', side: 'of' })).length).toBe(
          group.figures['in-time']!.of,
        );
        if (group.flow !== null)
          expect((await linesOf(leader, { ...narrowed, figure: 'flow-closing' })).length).toBe(group.flow.closing);
      }
    }
  }, 120_000);

  test('[C16] median and ninth tenth of days, in calendar and in working days', async () => {
    const { workdays, holidays } = { workdays: new Set<string>(), holidays: new Set<string>() };
    const calendar = (await county.system.policies(county.county)).get<{
      years: Record<string, { holidays: string[]; workdays: string[] }>;
    }>('calendar');
    for (const year of Object.values(calendar.years)) {
      for (const day of year.workdays) workdays.add(day);
      for (const day of year.holidays) holidays.add(day);
    }
    const works = (day: string): boolean => {
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
      return workdays.has(day) || (!holidays.has(day) && weekday !== 0 && weekday !== 6);
    };
    const working = (from: string, to: string): number => {
      let n = 0;
      for (let day = addDays(dayOf(from), 1); day <= dayOf(to); day = addDays(day, 1)) if (works(day)) n += 1;
      return n;
    };
    const nth = (values: number[], q: number): number | null =>
      values.length === 0 ? null : values.toSorted((a, b) => a - b)[Math.ceil(q * values.length) - 1]!;
    await fc.assert(
      fc.asyncProperty(periods, async (period) => {
        const answer = await ask(leader, period);
        const mine = all.filter((m) => inDays(m.registeredAt, answer.period.from, answer.period.to));
        const ends = {
          answered: (m: Known) => m.answeredAt,
          resolved: (m: Known) => m.resolvedAt,
          closed: (m: Known) => m.closedAt,
        };
        for (const told of answer.durations) {
          const ended = mine.filter((m) => ends[told.id](m) !== undefined);
          const days = ended.map(
            (m) => Math.floor((Date.parse(ends[told.id](m)!) - Date.parse(m.registeredAt)) / 1000) / 86_400,
          );
          const workdaysOf = ended.map((m) => working(m.registeredAt, ends[told.id](m)!));
          expect(told).toMatchObject({
            n: ended.length,
            median: nth(days, 0.5),
            ninetieth: nth(days, 0.9),
            medianWorking: nth(workdaysOf, 0.5),
            ninetiethWorking: nth(workdaysOf, 0.9),
          });
        }
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  test('[C16] set beside the year before and the period before, and says so where there is nothing to compare', async () => {
    const first = all.map((m) => m.registeredAt).toSorted()[0]!;
    const month = await ask(leader, { period: 'month', day: today });
    const last = await ask(leader, {
      period: 'free',
      from: month.compared.before!.from,
      to: month.compared.before!.to,
    });
    const [batches, then] = [figuresOf(month).get('batches')!, figuresOf(last).get('batches')!];
    expect(batches.before).toMatchObject({ value: then.value });
    expect(batches.before!.change).toBeCloseTo((batches.value! - then.value!) / then.value!, 12);
    const share = figuresOf(month).get('answered')!;
    if (share.share != null && share.before?.share != null)
      expect(share.before.change).toBeCloseTo(share.share - share.before.share, 12);

    // The year before the first matter was never counted: it is not zero, it is unknown.
    const early = await ask(leader, { period: 'month', day: addDays(dayOf(first), 40) });
    expect(early.compared.year.data).toBe('none');
    expect(figuresOf(early).get('batches')!.year).toBeNull();
    const begun = await ask(leader, { period: 'year', day: addDays(dayOf(first), 366) });
    expect(['part', 'whole']).toContain(begun.compared.year.data);
    if (begun.compared.year.data === 'part') expect(figuresOf(begun).get('batches')!.year!.change).toBeNull();
    // From nothing there is no share of more, and never an endless one.
    const nobody = await ask(leader, { period: 'month', day: today, area: county.places.grid });
    for (const figure of figuresOf(nobody).values()) {
      expect(figure.value === 0 || figure.suppressed).toBeTruthy();
      for (const compared of [figure.year, figure.before]) expect(compared?.change ?? null).toBeNull();
    }
    expect(JSON.stringify(nobody)).not.toMatch(/Infinity|NaN/);
  });

  test('[C16] what few people rated is not told, and cannot be taken from the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { maxLength: 12 }), fc.integer({ min: 2, max: 8 }), (counts, smallest) => {
        const groups = counts.map((n, i) => ({ key: String(i), n }));
        const hidden = hiddenOf(groups, smallest);
        for (const { key, n } of groups) if (n > 0 && n < smallest) expect(hidden.has(key)).toBe(true);
        const untold = groups.filter(({ key, n }) => n > 0 && hidden.has(key));
        const sum = untold.reduce((all_, { n }) => all_ + n, 0);
        const told = groups.filter(({ key, n }) => n > 0 && !hidden.has(key));
        // Either nobody is hidden, or those hidden are several and enough, or all there are.
        if (untold.length > 0 && told.length > 0) {
          expect(untold.length).toBeGreaterThan(1);
          expect(sum).toBeGreaterThanOrEqual(smallest);
        }
      }),
    );
  });

  test('[C16] a spreadsheet of plain values with a sheet that says how each is worked out', async () => {
    const query = { period: 'free', from: addDays(today, -300), to: today, by: 'unit' };
    const answer = await ask(leader, query);
    const { status, body, headers } = await leader.get(address('/api/statistics/period.xlsx', query));
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain('xlsx');
    const files = unzipped(body as Uint8Array);
    const sheets = [...files].filter(([name]) => /worksheets\/sheet\d+\.xml$/.test(name)).map(([, xml]) => xml);
    expect(sheets.length).toBe(3);
    expect(sheets.join('')).not.toContain('<f>');
    const strings = files.get('xl/sharedStrings.xml')!;
    for (const figure of figuresOf(answer).values()) {
      expect(strings).toContain(figure.name);
      expect(strings).toContain(figure.says.slice(0, 20));
    }
    const batches = figuresOf(answer).get('batches')!.value!;
    expect(sheets[0]).toContain(`<v>${batches}</v>`);
    expect(files.get('xl/workbook.xml')).toContain('怎么算的');
  });

  test('[C16] on paper every share has its denominator, and nothing is ranked', async () => {
    const query = { period: 'free', from: addDays(today, -300), to: today, by: 'township' };
    const answer = await ask(leader, query);
    const page = await leader.get(address('/print/statistics', query));
    expect(page.headers.get('content-type')).toContain('text/html');
    for (const figure of figuresOf(answer).values())
      if (figure.share != null) expect(page.body).toContain(`（${figure.value}/${figure.of}）`);
    expect(page.body).toContain('期初存量');
    expect(`${page.body}${JSON.stringify(answer)}`).not.toMatch(/排名|名次|第一名/);
    // By name, whatever the counts are.
    const names = answer.groups.map(({ name }) => name);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'zh')));
  });

  test('[C16] [L1] each counts, and lists, within their own posts only', async () => {
    const query = { period: 'free', from: addDays(today, -400), to: today };
    const clerk = await county.as('clerk');
    const handler = await county.as('handler');
    const mine = all.filter((m) => inDays(m.registeredAt, query.from, query.to));
    const value = async (client: Client) => figuresOf(await ask(client, query)).get('batches')!.value;
    expect(await value(clerk)).toBe(mine.filter((m) => m.township === county.places.liuhe).length);
    expect(await value(handler)).toBe(mine.filter((m) => m.unit === county.units.water).length);
    expect((await linesOf(handler, { ...query, figure: 'batches' })).length).toBe(await value(handler));
    const beyond = await ask(clerk, { ...query, area: county.places.chengguan });
    expect(figuresOf(beyond).get('batches')!.value).toBe(0);
    expect(beyond.flow.closing).toBe(0);
    for (const path of [
      '/api/statistics/period',
      '/api/statistics/lines?figure=batches',
      '/print/statistics',
      '/api/statistics/period.xlsx',
    ]) {
      expect((await (await county.as()).get(path)).status).toBe(401);
      expect((await (await county.as('field')).get(path)).status).toBe(404);
    }
  });

  test('[C16] rebuilding from the ledger gives the same rows', async () => {
    const { pool } = county.database;
    const print = async () => (await fingerprint(pool, county.ledger, county.county))['matter_spell'];
    const before = await print();
    await rebuild(pool, county.ledger, county.county, await county.system.policies(county.county));
    expect(await print()).toBe(before);
    expect(before!.startsWith('0:')).toBe(false);
  });
});

describe('what the petition procedure adds', () => {
  test('[C16] [C13] reviews, re-reviews, refusals and the lawful end are counted, and open to their records', async () => {
    const { clocks, settings } = await rulesOf(county);
    const rule = clocks.get(settings.clocks.resolvePetition)!;
    const petition = async (n: number, more: readonly MatterEvent[]): Promise<void> => {
      const { places, units } = county;
      const events: MatterEvent[] = [
        {
          kind: 'matter.registered',
          number: writeNumber('QH', '2402', 900_000 + n),
          channel: 'letter',
          procedure: 'petition',
          place: { area: places.village, chain: [places.root, places.liuhe, places.village] },
          desk: units.desk,
          anonymous: true,
          confidential: false,
          receivedAt: '2024-02-05T01:00:00.000Z',
          rule,
          personal: { subject: '土地补偿算少了', code: '12345678' },
        },
        { kind: 'matter.dispatched', unit: units.works, rule },
        ...more,
      ];
      const stream = idOf('petition', String(n));
      const at = (i: number) => new Date(Date.parse('2024-02-05T01:00:00.000Z') + i * 86_400_000).toISOString();
      await county.ledger.take(county.county, [
        {
          county: county.county,
          id: idOf('take', stream),
          record: 'matter',
          stream,
          events: events.map((event, i) => ({ ...event, stamp: { actor: 'system:test', at: at(i), version: i + 1 } })),
        },
      ]);
    };
    const works = county.units.works;
    const resolved: readonly MatterEvent[] = [
      { kind: 'matter.accepted', rule },
      {
        kind: 'matter.acknowledged',
        leader: county.id('waterhead'),
        handler: county.id('handler'),
        measures: '核对面积',
      },
      { kind: 'matter.disposed', disposition: 'not-permitted', policy: '补偿标准' },
      { kind: 'matter.resolved', unit: works, rule, outcome: 'not-supported', personal: { text: '按标准已经补足。' } },
    ];
    const followed = (level: 'review' | 're-review', outcome: 'upheld' | 'changed'): readonly MatterEvent[] => [
      { kind: 'matter.review-followed', review: idOf(level), level, what: 'asked', rule },
      {
        kind: 'matter.review-followed',
        review: idOf(level),
        level,
        what: 'over',
        outcome,
        ...(outcome === 'changed' ? { rule } : {}),
      },
    ];
    await petition(1, [...resolved, ...followed('review', 'upheld'), ...followed('re-review', 'upheld')]);
    await petition(2, [...resolved, ...followed('review', 'changed')]);
    await petition(3, resolved);
    await petition(4, [
      { kind: 'matter.refused', unit: works, ground: 'court', name: '应当通过诉讼', final: false, rule },
    ]);
    await petition(5, []);

    const query = { period: 'month', day: '2024-02-01' };
    const figures = figuresOf(await ask(leader, query));
    const told = (id: string) => [figures.get(id)!.value, figures.get(id)!.of];
    expect(told('batches')).toEqual([5, undefined]);
    expect(told('review')).toEqual([2, 5]);
    expect(told('re-review')).toEqual([1, 2]);
    expect(told('refused')).toEqual([1, 5]);
    expect(told('lawful-end')).toEqual([1, 1]);
    expect(told('reopened-once')).toEqual([1, 5]);
    expect(told('not-permitted')).toEqual([3, 3]);
    for (const id of ['review', 're-review', 'refused', 'lawful-end'])
      expect((await linesOf(leader, { ...query, figure: id })).length).toBe(figures.get(id)!.value);
    // The lawful end goes out of stock as a closing does.
    const { flow } = await ask(leader, { period: 'free', from: '2024-02-01', to: '2024-03-31' });
    expect(flow).toMatchObject({ opening: 0, registered: 5, closed: 1, closing: 4 });
  });
});

describe('periods', () => {
  test('[C16] a running period is set beside the same part of earlier ones; a past one beside the whole', () => {
    const at = '2026-11-26T04:00:00.000Z';
    expect(periodsOf({ period: 'month' }, at)).toMatchObject({
      now: { from: '2026-11-01', to: '2026-11-26' },
      before: { from: '2026-10-01', to: '2026-10-26' },
      year: { from: '2025-11-01', to: '2025-11-26' },
      running: true,
    });
    expect(periodsOf({ period: 'quarter', day: '2026-08-15' }, at)).toMatchObject({
      now: { from: '2026-07-01', to: '2026-09-30' },
      before: { from: '2026-04-01', to: '2026-06-30' },
      year: { from: '2025-07-01', to: '2025-09-30' },
      running: false,
    });
    expect(periodsOf({ period: 'half' }, at)).toMatchObject({
      now: { from: '2026-07-01', to: '2026-11-26' },
      before: { from: '2026-01-01', to: '2026-05-26' },
    });
    expect(periodsOf({ period: 'year' }, at)).toMatchObject({
      now: { from: '2026-01-01', to: '2026-11-26' },
      year: { from: '2025-01-01', to: '2025-11-26' },
      before: undefined,
    });
    // 30 days of a month that is compared to February are all of February.
    expect(periodsOf({ period: 'month' }, '2026-03-30T04:00:00.000Z').before).toMatchObject({ to: '2026-02-28' });
    expect(periodsOf({ period: 'free', from: '2026-05-10', to: '2026-05-01' }, at)).toMatchObject({
      now: { from: '2026-05-01', to: '2026-05-10' },
      before: { from: '2026-04-21', to: '2026-04-30' },
    });
  });

  test('[C16] every day lies in its period, and what is compared is never longer', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('month', 'quarter', 'half', 'year'),
        fc.integer({ min: 0, max: 4_000 }),
        fc.integer({ min: 0, max: 4_000 }),
        (period, day, now_) => {
          const asked = addDays('2018-01-01', day);
          const found = periodsOf(
            { period: period as 'month', day: asked },
            `${addDays('2018-01-01', now_)}T04:00:00.000Z`,
          );
          expect(found.now.from <= asked).toBe(true);
          if (!found.running) expect(asked <= found.now.to).toBe(true);
          for (const compared of [found.year, found.before]) {
            if (compared === undefined) continue;
            expect(compared.from <= compared.to).toBe(true);
            expect(compared.to < found.now.from).toBe(true);
          }
        },
      ),
    );
  });
});
