import { z } from 'zod';
import { may, scopeOf } from '../access/access.ts';
import { type NameOf, namesOf, placeOf } from '../access/directory.ts';
import { recordReading } from '../access/readings.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { Day } from '../calendar/model.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { followId } from '../ledger/ids.ts';
import { Form, OutreachCommand, type OutreachPolicy, type OutreachState, formNames } from './model.ts';
import { bookable, possible, standing } from './rules.ts';
import { OUTREACH_ROW, type OutreachRow, outreachScope, reachOf } from './tables.ts';

const Id = z.object({ id: z.uuid() });
const MOST = 300;
/** Public receptions are shown this far ahead. */
const AHEAD_DAYS = 92;

const statusNames: Readonly<Record<string, string>> = { arranged: '已安排', cancelled: '已取消', held: '已去过' };

const idsOf = (rows: readonly OutreachRow[]): (string | null)[] =>
  rows.flatMap((r) => [r.township, r.village, r.grid, ...r.who, ...r.went]);

const listed = (row: OutreachRow, names: NameOf) => ({
  id: row.id,
  form: row.form,
  formName: formNames[row.form as Form],
  status: row.status,
  statusName: statusNames[row.status] ?? row.status,
  place: placeOf(names, [row.township, row.village, row.grid]),
  spot: row.spot,
  day: row.day,
  from: row.starts,
  to: row.ends,
  who: row.who.map((id) => ({ id, name: names(id) })),
  went: row.went.map((id) => ({ id, name: names(id) })),
  about: row.about,
  places: row.places,
  booked: row.booked,
  reason: row.reason,
  result: row.result,
  taken: row.taken,
  solved: row.solved,
  agreed: row.agreed,
});

/** Receptions everybody may know of: when, where, who sits there, how many places are left. Nothing of who booked. */
export async function receptions(desk: Desk, id: string | null = null) {
  const today = dayOf(desk.now);
  const rows = await desk.query<OutreachRow & { people: { name: string; title: string }[] }>(
    'outreach.receptions',
    `select x.*, coalesce((select json_agg(json_build_object('name', f.name, 'title', f.title) order by f.name)
                            from official f where f.county = $1 and f.id = any(x.who)), '[]') as people
       from (${OUTREACH_ROW} where o.county = $1 and o.form = 'reception' and o.day between $2 and $3
                and ($4::uuid is null or o.id = $4)) x
      order by x.day, x.starts, x.id limit 100`,
    [desk.county, today, addDays(today, AHEAD_DAYS), id],
  );
  const names = await namesOf(desk.query, desk.county, idsOf(rows));
  return rows.map((row) => ({
    id: row.id,
    status: row.status,
    place: placeOf(names, [row.township, row.village, row.grid]),
    spot: row.spot,
    day: row.day,
    from: row.starts,
    to: row.ends,
    about: row.about,
    reason: row.reason,
    people: row.people,
    left: Math.max(0, row.places - row.booked),
    open: row.status === 'arranged' && row.booked < row.places,
  }));
}
export type Reception = Awaited<ReturnType<typeof receptions>>[number];

const Period = z.object({ from: Day.optional(), to: Day.optional() });
/** A year back unless asked otherwise. */
const periodOf = ({ from, to }: z.infer<typeof Period>, now: string) => ({
  from: from ?? addDays(dayOf(now), -365),
  to: to ?? addDays(dayOf(now), AHEAD_DAYS),
});

export const outreachRoutes = {
  'GET /api/receptions': route({
    action: 'portal.use',
    summary: 'Receptions on site that are announced: when, where, who, and how many places are left',
    handle: (desk) => receptions(desk),
  }),
  'GET /api/outreaches': route({
    action: 'outreach.read',
    summary: 'Outreaches I may see, those to come first, then the latest; `mine` for those I go on',
    query: Period.extend({
      mine: z.enum(['1']).optional(),
      form: Form.optional(),
      status: z.enum(['arranged', 'cancelled', 'held']).optional(),
    }),
    async handle(desk, { query }) {
      const { from, to } = periodOf(query, desk.now);
      const mine = query.mine === undefined || desk.actor.kind !== 'official' ? null : desk.actor.id;
      const rows = await desk.query<OutreachRow>(
        'outreach.list',
        `${OUTREACH_ROW} where o.county = $1 and o.day between $2 and $3 and ($4::uuid is null or $4 = any(o.who || o.went))
            and ($5::text is null or o.form = $5) and ($6::text is null or o.status = $6) and ${withinSql(8, outreachScope)}
          order by o.day < $7::date, case when o.day >= $7::date then o.day end, o.day desc, o.starts, o.id limit ${MOST}`,
        [
          desk.county,
          from,
          to,
          mine,
          query.form ?? null,
          query.status ?? null,
          dayOf(desk.now),
          ...scopeValues(scopeOf(desk.actor, 'outreach.read')),
        ],
      );
      const names = await namesOf(desk.query, desk.county, idsOf(rows));
      const { periods, noticeDays, places } = desk.policies.get<OutreachPolicy>('outreach');
      return { today: dayOf(desk.now), noticeDays, places, periods, rows: rows.map((row) => listed(row, names)) };
    },
  }),
  'GET /api/outreaches/figures': route({
    action: 'outreach.count',
    summary:
      'By township: outreaches held, what was taken and what came of it; contacts made going out for each one that came in',
    query: Period,
    async handle(desk, { query }) {
      const to = query.to ?? dayOf(desk.now);
      const from = query.from ?? `${to.slice(0, 4)}-01-01`;
      return { from, to, rows: await figures(desk, from, to) };
    },
  }),
  'GET /api/outreaches/:id': route({
    action: 'outreach.read',
    summary: 'One outreach: who booked, what was taken and what became of it. The reading is recorded',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state, version } = await desk.ledger.read<OutreachState>(desk.county, 'outreach', id);
      if (state.status === 'none' || !may(desk.actor, 'outreach.read', reachOf(state))) return refuse('access.denied');
      await recordReading(desk, id, '下访记录');
      const matters = state.taken.map((one) => followId(id, one.version, 0));
      const [names, found] = await Promise.all([
        namesOf(desk.query, desk.county, [...state.chain, ...state.who, ...state.went, state.arrangedBy]),
        desk.query<{ id: string; number: string; subject: string | null; status: string }>(
          'outreach.became',
          'select id, number, subject, status from matter where county = $1 and id = any($2::uuid[])',
          [desk.county, [...matters, ...state.matters]],
        ),
      ]);
      const known = new Map(found.map((m) => [m.id, m]));
      const today = dayOf(desk.now);
      const reach = reachOf(state);
      return {
        id,
        version,
        form: state.form,
        formName: formNames[state.form],
        status: state.status,
        statusName: statusNames[state.status] ?? state.status,
        place: state.chain.slice(1).map(names).join(' '),
        spot: state.spot,
        day: state.day,
        from: state.from,
        to: state.to,
        about: state.about,
        period: state.period ?? null,
        periodName:
          desk.policies.get<OutreachPolicy>('outreach').periods.find((p) => p.id === state.period)?.name ?? null,
        places: state.places,
        who: state.who.map((person) => ({ id: person, name: names(person) })),
        went: state.went.map((person) => ({ id: person, name: names(person) })),
        arrangedBy: names(state.arrangedBy),
        reason: state.reason ?? null,
        absence: state.absence ?? null,
        result: state.result ?? null,
        bookings: standing(state).map((b) => ({
          turn: b.turn,
          name: b.name ?? null,
          phone: b.phone ?? null,
          number: b.number ?? null,
          about: b.about ?? null,
          taken: state.taken.some((one) => one.turn === b.turn),
        })),
        taken: state.taken.map((one, i) => ({
          matter: matters[i]!,
          number: known.get(matters[i]!)?.number ?? null,
          status: known.get(matters[i]!)?.status ?? null,
          words: one.words,
          turn: one.turn ?? null,
          solved: one.solved,
          how: one.how ?? null,
        })),
        cases: state.matters.map((matter) => ({
          matter,
          number: known.get(matter)?.number ?? null,
          subject: known.get(matter)?.subject ?? null,
          status: known.get(matter)?.status ?? null,
          result: state.cases[matter] ?? null,
        })),
        bookable: bookable(state, today),
        can: possible(state, today).filter((action) => may(desk.actor, action, reach)),
      };
    },
  }),
  ...commandRoutes('outreach', '/api/outreaches', OutreachCommand, {
    'outreach.arrange':
      'Arrange to go down: in a set period, with a case in hand, or for a reception that is announced',
    'outreach.change': 'Another day, time or spot, with the reason everybody reads',
    'outreach.cancel': 'Call it off, with the reason everybody reads',
    'outreach.book': 'Book a place of a reception, by telephone or by a matter’s number; gives the turn and a code',
    'outreach.unbook': 'Take a booking back by its code',
    'outreach.take': 'Write down what somebody said; it becomes a matter',
    'outreach.conclude': 'Who went, and what came of it',
  }),
} satisfies Routes;

export interface OutreachFigure {
  readonly township: string | null;
  readonly name: string | null;
  readonly arranged: number;
  readonly held: number;
  readonly cancelled: number;
  /** Its day is over and nobody wrote what came of it. */
  readonly unwritten: number;
  readonly taken: number;
  readonly solved: number;
  /** Of those said to be solved, how many the resident found done. */
  readonly agreed: number;
  /** Contacts made by going out: people met at their door, and what was taken on outreaches. */
  readonly outward: number;
  /** Matters that came in by themselves. */
  readonly inward: number;
}

const OUTWARD = ['visit', 'outreach', 'talk', 'informant'];

/** Every township has its row, also where nobody went: the denominator is all of them. */
async function figures(desk: Desk, from: string, to: string): Promise<OutreachFigure[]> {
  const scope = scopeOf(desk.actor, 'outreach.count');
  return await desk.query<OutreachFigure>(
    'outreach.figures',
    `with seen as (
       select id, name from area t where county = $1 and level = 'township' and not closed
          and ${withinSql(5, { areas: ['t.id'], units: [], officials: [] })}
     ), went as (
       select o.township, count(*)::int as arranged, (count(*) filter (where status = 'held'))::int as held,
              (count(*) filter (where status = 'cancelled'))::int as cancelled,
              (count(*) filter (where status = 'arranged' and day < $4::date))::int as unwritten
         from outreach o where county = $1 and day between $2 and $3 group by 1
     ), items as (
       select i.township, count(*)::int as taken, (count(*) filter (where solved))::int as solved,
              (count(*) filter (where solved and m.status = 'closed'))::int as agreed
         from outreach_item i left join matter m on m.county = i.county and m.id = i.matter
        where i.county = $1 and i.day between $2 and $3 group by 1
     ), doors as (
       select township, count(*)::int as n from visit
        where county = $1 and met_on between $2 and $3 and contact = 'met' group by 1
     ), came as (
       select township, count(*)::int as n from matter
        where county = $1 and registered_at >= ($2::date::timestamp at time zone 'Asia/Shanghai')
          and registered_at < (($3::date + 1)::timestamp at time zone 'Asia/Shanghai') and channel <> all($9::text[]) group by 1
     )
     select s.id as township, s.name, coalesce(w.arranged, 0) as arranged, coalesce(w.held, 0) as held,
            coalesce(w.cancelled, 0) as cancelled, coalesce(w.unwritten, 0) as unwritten, coalesce(i.taken, 0) as taken,
            coalesce(i.solved, 0) as solved, coalesce(i.agreed, 0) as agreed,
            coalesce(d.n, 0) + coalesce(i.taken, 0) as outward, coalesce(c.n, 0) as inward
       from seen s left join went w on w.township = s.id left join items i on i.township = s.id
            left join doors d on d.township = s.id left join came c on c.township = s.id
      order by s.name, s.id`,
    [desk.county, from, to, dayOf(desk.now), ...scopeValues(scope), OUTWARD],
  );
}
