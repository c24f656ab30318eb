import type { House } from '../app/operations/open.ts';
import { policyKinds, records } from '../app/features.ts';
import { reactions } from '../app/reactions.ts';
import type { Calendar } from '../calendar/model.ts';
import { addDays, dayOf, startOfDay } from '../calendar/days.ts';
import { loadDemo } from '../demo/load.ts';
import { figuresOf } from '../duties/api.ts';
import { DUTIES_POLICY, type DutiesPolicy, type Evidence, evidenceTable } from '../duties/model.ts';
import { spanOf } from '../duties/periods.ts';
import { type Progress, progressIn } from '../duties/rules.ts';
import { evidenceOf, personsOf } from '../duties/tables.ts';
import { idOf, newId } from '../ledger/ids.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { AnyRecordType } from '../ledger/record.ts';
import { policyReader } from '../policy/tables.ts';
import { type Report, percentile, round, say, timed } from './figures.ts';
import { inFolder, inHouseOf } from './house.ts';

/**
 * Progress of all duties of 1,200 officials over a year, and what one visit costs more for it.
 *
 * The events are visits as the ledger keeps them, taken in whole; the recount reads the year's evidence and works out
 * every duty of everybody in every period. The incremental figures are those a person is shown: each official's own,
 * asked for as their screen asks, over the evidence that was written with each visit. Both must be the same, and the
 * evidence must be what the visits themselves say.
 */
const OFFICIALS = 1_200;
const EACH = 252;
const LIVE = 300;

export const run = (quick: boolean): Promise<Report> =>
  inFolder((folder) =>
    inHouseOf(folder, async (house) => {
      say('making the demo county');
      const { county } = await loadDemo({ ...house.system, database: house.database }, { full: false });
      const today = dayOf(new Date().toISOString());
      const first = addDays(today, -364);
      const officials = await staff(house, county, quick ? OFFICIALS / 10 : OFFICIALS, addDays(first, -30));
      say(`${officials.length} officials go out`);
      await goOut(house, county, officials, first);
      await house.database.pool.query('analyze evidence');
      const { query } = house.system.ledger;
      const policies = await house.system.freshPolicies(county);
      const { duties, markets } = policies.get<DutiesPolicy>(DUTIES_POLICY);
      const calendar = policies.get<Calendar>('calendar');
      // Duties came into force with this year; for a year's worth of figures they are taken as older.
      const terms = { duties: duties.map((d) => ({ ...d, validFrom: '2020-01-01' })), markets, calendar, today };
      const span = spanOf(first, today);
      const figures = async (ids: readonly string[]): Promise<Map<string, readonly Progress[]>> => {
        const [persons, evidence] = await Promise.all([
          personsOf(query, county, ids, { from: addDays(first, -366), to: today }, today, true),
          evidenceOf(query, county, ids, addDays(first, -366), addDays(today, 366)),
        ]);
        const own = Map.groupBy(evidence, (e: Evidence) => e.official);
        return new Map(persons.map((p) => [p.id, progressIn(terms, p, span, own.get(p.id) ?? [])]));
      };
      await figures(officials.slice(0, 20));
      const { seconds, result: whole } = await timed(() => figures(officials));
      say(`recounted ${[...whole.values()].reduce((n, p) => n + p.length, 0)} figures in ${seconds.toFixed(2)} s`);

      const extra = await oneVisitMore(house, county, officials, quick ? LIVE / 10 : LIVE, terms.duties);
      say('comparing with the figures each official is shown');
      const again = await figures(officials);
      let same = true;
      for (const id of officials) {
        const shown = await figuresOf({ query, county, policies, now: new Date().toISOString() }, [id], today, {
          duties: terms.duties,
          markets,
        });
        const present = again.get(id)!.filter((p) => p.owed.period.until >= spanOf(today, today).from);
        if (told(shown[0]!.progress) !== told(present)) same = false;
      }
      const [row] = await query<{ events: number; told: number; wrong: number }>(
        'bench.evidence',
        `select (select count(*)::int from event where county = $1 and kind = 'visit.recorded') as events,
                (select count(*)::int from evidence where county = $1 and kind in ('visit', 'call')) as told,
                (select count(*)::int from visit v
                   full join (select * from evidence where county = $1 and kind in ('visit', 'call')) e on e.county = v.county and e.stream = v.id and e.official = v.official
                    and e.day = v.met_on and e.subject = v.household and (e.kind = 'visit') = (v.contact = 'met')
                  where coalesce(v.county, e.county) = $1
                    and (v.id is null or (v.contact in ('met', 'phone')) <> (e.stream is not null))) as wrong`,
        [county],
      );
      if (row!.wrong > 0) say(`${row!.wrong} visits and evidence do not agree`);
      return {
        events: row!.events,
        evidence: row!.told,
        recount_s: round(seconds),
        equal: same && row!.wrong === 0,
        visit_extra_ms: round(extra.more),
        visit_ms: round(extra.plain),
        own_figures_ms: round(extra.asked),
      };
    }),
  );

const told = (progress: readonly Progress[]): string =>
  JSON.stringify(
    progress.map((p) => [p.duty.id, p.owed.period, p.owed.owed, p.done, p.filled, p.missing, p.outlook, p.projected]),
  );

/** Officials in the demo county's units, each stationed in a village for longer than a year. */
async function staff({ system, database }: House, county: number, count: number, since: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ unit: string; village: string }>(
    `select distinct on (v.id) u.id as unit, v.id as village from area v
       join area t on t.county = v.county and t.id = v.parent
       join unit u on u.county = v.county and u.area = t.id and u.kind = 'township'
      where v.county = $1 and v.level = 'village' order by v.id`,
    [county],
  );
  const ids = Array.from({ length: count }, (_, n) => idOf('bench official', String(n)));
  const at = startOfDay(since);
  await system.ledger.take(
    county,
    ids.flatMap((id, n) => {
      const { unit, village } = rows[n % rows.length]!;
      const stamp = (version: number) => ({ actor: id, at, version });
      return [
        {
          county,
          id: idOf('bench history', id),
          record: 'official',
          stream: id,
          events: [
            { kind: 'official.registered', name: `干部${n}`, title: '', unit, phone: '', code: null, stamp: stamp(1) },
            {
              kind: 'official.post-given',
              place: 1,
              role: n % 10 === 0 ? 'head' : 'field',
              unit,
              area: village,
              title: '',
              since,
              stamp: stamp(2),
            },
          ],
        },
      ];
    }),
  );
  return ids;
}

/** Each goes to households of the county on most days of the year. */
async function goOut({ system, database }: House, county: number, officials: readonly string[], first: string) {
  const { rows } = await database.pool.query<{ id: string; chain: string[] }>(
    `select id, array_remove(array[county_area, township, village, grid], null) as chain from household where county = $1 order by id`,
    [county],
  );
  const contacts = ['met', 'met', 'met', 'phone', 'not-at-home'] as const;
  let n = 0;
  for (const official of officials) {
    await system.ledger.take(
      county,
      Array.from({ length: EACH }, (_, i) => {
        n += 1;
        const { id: household, chain } = rows[(n * 7919) % rows.length]!;
        const metAt = new Date(
          Date.parse(startOfDay(addDays(first, Math.floor((i * 364) / EACH)))) + 36_000_000,
        ).toISOString();
        const contact = contacts[(n * 31) % contacts.length]!;
        const stream = idOf('bench visit', official, String(i));
        const event = {
          kind: 'visit.recorded',
          household,
          chain,
          official,
          contact,
          metAt,
          withWhom: [],
          promises: [],
          personal: { note: contact === 'not-at-home' ? '' : '家里都好。', promises: [] },
          stamp: { actor: official, at: metAt, version: 1 },
        };
        return { county, id: stream, record: 'visit', stream, events: [event] };
      }),
    );
  }
}

/** One visit with duties and one without by turns, in milliseconds; with duties the official's own figures are asked for as well. */
async function oneVisitMore(
  { system, database }: House,
  county: number,
  officials: readonly string[],
  count: number,
  duties: DutiesPolicy['duties'],
) {
  const without = records.map((type): AnyRecordType =>
    type.name === 'visit'
      ? {
          ...type,
          tables: type.tables.filter((t) => t.name !== evidenceTable.name),
          rows: (...given) => {
            const { evidence: _, ...rows } = type.rows(...given);
            return rows;
          },
        }
      : type,
  );
  const plain = new Ledger({
    pool: database.pool,
    vault: system.vault,
    types: without,
    policies: policyReader(system.ledger.query, policyKinds).of,
    react: reactions,
  });
  const { rows } = await database.pool.query<{ id: string }>(
    'select id from household where county = $1 and not moved order by id limit 1000',
    [county],
  );
  const policies = await system.freshPolicies(county);
  const at = new Date().toISOString();
  const one = async (ledger: Ledger, i: number): Promise<string> => {
    const stream = newId();
    const verdict = await ledger.execute({
      county,
      id: newId(),
      record: 'visit',
      stream,
      command: {
        kind: 'visit.record',
        household: rows[i % rows.length]!.id,
        contact: 'met',
        note: '家里都好。',
        needs: [],
        promises: [],
        metAt: at,
        withWhom: [],
      } as { kind: string },
      at,
      actor: officials[i % officials.length]!,
      permit: () => true,
    });
    if (!('accepted' in verdict)) throw new Error(`refused: ${verdict.refused}`);
    return stream;
  };
  const times = { with: [] as number[], without: [] as number[], asked: [] as number[] };
  const bare: string[] = [];
  for (let i = -20; i < count; i++) {
    const n = i + 20;
    const a = await timed(() => one(plain, n));
    bare.push(a.result);
    const b = await timed(() => one(system.ledger, n));
    const c = await timed(() =>
      figuresOf(
        { query: system.ledger.query, county, policies, now: new Date().toISOString() },
        [officials[n % officials.length]!],
        dayOf(at),
        { duties, markets: [] },
      ),
    );
    // The first ones warm up plans and code.
    if (i < 0) continue;
    times.without.push(a.seconds * 1000);
    times.with.push(b.seconds * 1000);
    times.asked.push(c.seconds * 1000);
  }
  // What was written without its evidence is not part of the county whose figures are compared.
  await database.pool.query('delete from visit where county = $1 and id = any($2::uuid[])', [county, bare]);
  const middle = (values: readonly number[]): number => percentile(values, 0.5);
  return {
    plain: middle(times.without),
    asked: middle(times.asked),
    more: middle(times.with) + middle(times.asked) - middle(times.without),
  };
}
