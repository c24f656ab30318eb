import { z } from 'zod';
import { may, scopeOf } from '../access/access.ts';
import { dayOf, daysBetween } from '../calendar/days.ts';
import { Day } from '../calendar/model.ts';
import { type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { coverage } from './counts.ts';
import { spokenFor } from './diary.ts';
import { visitTables } from './tables.ts';

/**
 * Who was reached, who was not, and what was promised (rows B1, B2, B6): what whoever answers for a place looks at in
 * the evening. $1 county, $2 first and $3 last day, then the asker's scope: $4 all, $5 areas, $6 officials.
 */
const SEEN = (of: string): string =>
  `($4 or ${of}.county_area = any($5::uuid[]) or ${of}.township = any($5::uuid[]) or ${of}.village = any($5::uuid[])
    or ${of}.grid = any($5::uuid[]) or ${of}.official = any($6::uuid[]))`;

/** So many of each list are told; the counts are of all. */
const SHOWN = 300;
const MAX_DAYS = 366;

interface Placed {
  readonly chain: readonly (string | null)[];
  readonly officials: readonly string[];
}

interface DoorRow extends Placed {
  readonly household: string;
  readonly place: string | null;
  readonly head: string | null;
  readonly address: string | null;
  readonly names: readonly string[];
  readonly called: boolean;
  readonly signed: number;
  readonly needs: number;
  readonly revisit: string | null;
}
interface PromiseRow extends Placed {
  readonly visit: string;
  readonly household: string;
  readonly place: string | null;
  readonly head: string | null;
  readonly name: string | null;
  readonly what: string;
  readonly due: string;
  readonly kept: string | null;
}

/** A household each, whoever went and however often: one that was met in the end was reached. */
const DOORS = `
  select x.household, x.village, x.grid, bool_or(x.contact = 'met') as met, bool_or(x.contact = 'phone') as called,
         (count(*) filter (where x.status = 'signed'))::int as signed, sum(x.needs)::int as needs,
         max(x.revisit_by) filter (where x.contact = 'not-at-home') as revisit,
         array[x.county_area, x.township, x.village, x.grid] as chain, array_agg(distinct x.official) as officials,
         max(x.met_at) as last
    from visit x where x.county = $1 and x.met_on between $2::date and $3::date and ${SEEN('x')}
   group by x.household, x.county_area, x.township, x.village, x.grid`;
const PROMISES = `
  select p.* from promise p where p.county = $1 and p.made_on between $2::date and $3::date and ${SEEN('p')}`;

const listOf = (which: string): string => `
  select x.household, a.name as place, h.head, h.address, x.called, x.signed, x.needs, x.revisit, x.chain, x.officials,
         (select coalesce(json_agg(o.name order by o.name), '[]') from official o
           where o.county = $1 and o.id = any(x.officials)) as names
    from (${DOORS}) x
    left join household h on h.county = $1 and h.id = x.household
    left join area a on a.county = $1 and a.id = coalesce(x.grid, x.village)
   where ${which} order by a.name, x.last, x.household limit ${SHOWN}`;

const present = (ids: readonly (string | null)[]): string[] => ids.filter((id) => id !== null);
const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((n, row) => n + of(row), 0);

export const reachedRoutes = {
  'GET /api/visits/reached': route({
    action: 'visit.count',
    summary: 'Who was reached in a period, who was not, and what was promised; names only for who may open them',
    query: z.object({ from: Day.optional(), to: Day.optional() }),
    async handle(desk, { query: asked }) {
      const today = dayOf(desk.now);
      const to = asked.to ?? asked.from ?? today;
      const from = asked.from ?? to;
      if (from > to || daysBetween(from, to) > MAX_DAYS) return refuse('input.invalid', 'from');
      const { all, areas, officials } = scopeOf(desk.actor, 'visit.count');
      const values = [desk.county, from, to, all, areas, officials];
      const [covered, doors, met, closed, promised, promises] = await Promise.all([
        coverage(visitTables(desk.db as never), desk.county, await spokenFor(desk), { from, to }, 'village'),
        desk.query<{ village: string | null; closed: number; signed: number; needs: number }>(
          'visits.reached-counts',
          `select x.village, (count(*) filter (where not x.met and x.revisit is not null))::int as closed,
                  (count(*) filter (where x.met and x.signed > 0))::int as signed, sum(x.needs)::int as needs
             from (${DOORS}) x group by x.village`,
          values,
        ),
        desk.query<DoorRow>('visits.reached-met', listOf('x.met'), values),
        desk.query<DoorRow>('visits.reached-closed', listOf('not x.met and x.revisit is not null'), values),
        desk.query<{ village: string | null; made: number; kept: number }>(
          'visits.reached-promised',
          `select x.village, count(*)::int as made, count(x.kept_on)::int as kept from (${PROMISES}) x group by x.village`,
          values,
        ),
        desk.query<PromiseRow>(
          'visits.reached-promises',
          `select p.visit, p.household, a.name as place, h.head, o.name, p.what, p.due, p.kept_on as kept,
                  array[p.county_area, p.township, p.village, p.grid] as chain, array[p.official] as officials
             from (${PROMISES}) p
             left join household h on h.county = p.county and h.id = p.household
             left join official o on o.county = p.county and o.id = p.official
             left join area a on a.county = p.county and a.id = coalesce(p.grid, p.village)
            order by p.kept_on is not null, p.due, p.visit, p.place limit ${SHOWN}`,
          values,
        ),
      ]);
      const opens = (row: Placed): boolean =>
        may(desk.actor, 'visit.read', { areas: present(row.chain), officials: row.officials });
      const seen = (door: DoorRow) => ({
        household: door.household,
        head: opens(door) ? door.head : null,
        address: opens(door) ? door.address : null,
        place: door.place,
        officials: door.names,
      });
      return {
        from,
        to,
        counts: {
          met: sum(covered, (c) => c.met),
          all: sum(covered, (c) => c.all),
          closed: sum(doors, (d) => d.closed),
          signed: sum(doors, (d) => d.signed),
          needs: sum(doors, (d) => d.needs),
          promises: sum(promised, (p) => p.made),
          kept: sum(promised, (p) => p.kept),
        },
        villages: covered
          .map(({ id, name, met: reached, all: households }) => {
            const door = doors.find(({ village }) => village === id);
            return {
              id,
              name,
              met: reached,
              all: households,
              closed: door?.closed ?? 0,
              needs: door?.needs ?? 0,
              promises: promised.find(({ village }) => village === id)?.made ?? 0,
            };
          })
          .toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'zh')),
        reached: met.map((door) => ({ ...seen(door), signed: door.signed > 0, needs: door.needs })),
        closed: closed.map((door) => ({
          ...seen(door),
          revisitBy: door.revisit,
          late: door.revisit! < today,
          called: door.called,
        })),
        promises: promises.map((p) => ({
          visit: p.visit,
          household: p.household,
          head: opens(p) ? p.head : null,
          place: p.place,
          official: p.name,
          what: opens(p) ? p.what : null,
          by: p.due,
          keptOn: p.kept,
          late: p.kept === null && p.due < today,
        })),
        shown: SHOWN,
      };
    },
  }),
} satisfies Routes;
