import { z } from 'zod';
import { canDo, may, scopeOf } from '../../access/access.ts';
import { namesOf } from '../../access/directory.ts';
import { actorName } from '../../access/model.ts';
import { recordReading } from '../../access/readings.ts';
import { scopeValues, withinSql } from '../../access/scope-sql.ts';
import { addDays, dayOf, isWorkingDay, weekday } from '../../calendar/days.ts';
import { type Calendar, Day } from '../../calendar/model.ts';
import { commandRoutes, give } from '../../contract/commands.ts';
import { type Desk, type Routes, route } from '../../contract/route.ts';
import { isRefusal, refuse } from '../../ledger/decider.ts';
import {
  HALL_POLICY,
  HallDeskCommand,
  type HallDeskState,
  type HallPolicy,
  TicketCommand,
  type TicketState,
} from './model.ts';
import { ticketSheet } from './print.ts';
import { type Queued, isKeptOn, nextOf, orderOf, possibleAtDesk, possibleOfTicket } from './rules.ts';
import { deskReach, deskScope, mattersOf, ticketReach, ticketScope } from './tables.ts';

const Id = z.object({ id: z.uuid() });
const Area = z.object({ area: z.uuid() });
/** Two who press "next" at once meet; the later one takes the one after. */
const TRIES = 20;

interface DeskRow {
  readonly id: string;
  readonly area: string;
  readonly code: string;
  readonly unit: string;
  readonly form: 'permanent' | 'duty';
  readonly weekdays: readonly number[];
  readonly starts: string;
  readonly ends: string;
  readonly duties: readonly string[];
  readonly people: readonly string[];
  readonly sitting: string | null;
  readonly since: string | null;
  readonly waiting: number;
}

const policyOf = (desk: Desk): HallPolicy => desk.policies.get<HallPolicy>(HALL_POLICY);

interface QueueRow extends Queued {
  readonly number: string;
  readonly status: string;
  readonly taken_at: string;
  readonly called_at: string | null;
  readonly desk: string;
}

/** Who waits, was called, is served or missed their turn at a desk today. */
const queueAt = (desk: Desk, id: string): Promise<QueueRow[]> =>
  desk.query<QueueRow>(
    'hall.queue',
    `select id, number, first, queued_at as "queuedAt", status, taken_at, called_at, desk from ticket
      where county = $1 and day = $2 and status <> 'done' and ($3 = desk or (status = 'serving' and $3 = any(desks)))
      order by queued_at, id`,
    [desk.county, dayOf(desk.now), id],
  );

/** How many served first were called one after the other at this desk just now. */
async function rowAt(desk: Desk, id: string): Promise<number> {
  const rows = await desk.query<{ first: boolean }>(
    'hall.called',
    `select first from ticket where county = $1 and day = $2 and desk = $3 and called_at is not null
      order by called_at desc limit 30`,
    [desk.county, dayOf(desk.now), id],
  );
  const other = rows.findIndex((r) => !r.first);
  return other < 0 ? rows.length : other;
}

/** What the screen in the hall shows: numbers and desks, and nothing of anybody. */
export async function screenOf(desk: Desk, area: string) {
  const today = dayOf(desk.now);
  const { shown, name, firstFor, firstInRow } = policyOf(desk);
  const [calls, desks] = await Promise.all([
    desk.query<{ number: string; code: string; unit: string; called_at: string; status: string }>(
      'hall.calls',
      `select t.number, d.code, u.short_name as unit, t.called_at, t.status from ticket t
         join hall_desk d on d.county = t.county and d.id = t.desk
         join unit u on u.county = d.county and u.id = d.unit
        where t.county = $1 and t.area = $2 and t.day = $3 and t.status in ('called', 'serving') and t.called_at is not null
        order by t.called_at desc, t.number limit $4`,
      [desk.county, area, today, shown],
    ),
    desk.query<{ code: string; unit: string; duties: string[]; manned: boolean; waiting: number }>(
      'hall.desks-now',
      `select d.code, u.short_name as unit, d.duties, (d.sitting is not null and d.since >= $4::timestamptz) as manned,
              (select count(*)::int from ticket t where t.county = d.county and t.day = $3 and t.desk = d.id
                  and t.status = 'waiting') as waiting
         from hall_desk d join unit u on u.county = d.county and u.id = d.unit
        where d.county = $1 and d.area = $2 and d.status = 'open' order by d.code`,
      [desk.county, area, today, `${today}T00:00:00+08:00`],
    ),
  ]);
  return {
    name,
    now: desk.now,
    firstFor: firstInRow === 0 ? [] : firstFor,
    calls: calls.map((c) => ({
      number: c.number,
      desk: c.code,
      unit: c.unit,
      at: c.called_at,
      called: c.status === 'called',
    })),
    desks,
    waiting: desks.reduce((sum, d) => sum + d.waiting, 0),
  };
}

/** Where a ticket stands in its queue, for whoever holds its key. Undefined for a wrong one. */
export async function placeOfTicket(desk: Desk, id: string, key: string) {
  const { state } = await desk.ledger.read<TicketState>(desk.county, 'ticket', id);
  if (state.status === 'none' || state.key === '' || state.key !== key) return undefined;
  const [row, queue, inRow] = await Promise.all([
    desk.query<{ code: string; unit: string }>(
      'hall.desk-of-ticket',
      `select d.code, u.short_name as unit from hall_desk d join unit u on u.county = d.county and u.id = d.unit
        where d.county = $1 and d.id = $2`,
      [desk.county, state.desk],
    ),
    queueAt(desk, state.desk),
    rowAt(desk, state.desk),
  ]);
  const waiting = orderOf(
    queue.filter((q) => q.status === 'waiting'),
    inRow,
    policyOf(desk),
  );
  return {
    number: state.number,
    status: state.status,
    over: state.day !== dayOf(desk.now),
    ahead: Math.max(
      0,
      waiting.findIndex((q) => q.id === id),
    ),
    desk: row[0]?.code ?? '',
    unit: row[0]?.unit ?? '',
  };
}

const Period = z.object({ from: Day.optional(), to: Day.optional() });

export const hallRoutes = {
  'GET /api/halls/:area/screen': route({
    action: 'portal.use',
    summary: 'What the screen in the hall shows: numbers called, desks, how many wait; asked for again every moment',
    params: Area,
    handle: (desk, { params: { area } }) => screenOf(desk, area),
  }),
  'GET /api/hall-desks': route({
    action: 'hall-desk.read',
    summary: 'The desks of the halls I may see: who keeps them, who sits there now, how many wait',
    async handle(desk) {
      const today = dayOf(desk.now);
      const rows = await desk.query<DeskRow>(
        'hall.desks',
        `select d.id, d.area, d.code, d.unit, d.form, d.weekdays, d.starts, d.ends, d.duties, d.people,
                case when d.since >= $3::timestamptz then d.sitting end as sitting, d.since,
                (select count(*)::int from ticket t where t.county = d.county and t.day = $2 and t.desk = d.id
                    and t.status = 'waiting') as waiting
           from hall_desk d where d.county = $1 and d.status = 'open' and ${withinSql(4, deskScope)}
          order by d.area, d.code`,
        [desk.county, today, `${today}T00:00:00+08:00`, ...scopeValues(scopeOf(desk.actor, 'hall-desk.read'))],
      );
      const names = await namesOf(
        desk.query,
        desk.county,
        rows.flatMap((r) => [r.area, r.unit, r.sitting, ...r.people]),
      );
      const calendar = desk.policies.get<Calendar>('calendar');
      const me = actorName(desk.actor);
      const scope = scopeOf(desk.actor, 'hall-desk.open');
      const { name, firstFor } = policyOf(desk);
      return {
        today,
        me,
        name,
        firstFor,
        areas: scope.areas,
        rows: rows.map((r) => ({
          id: r.id,
          area: r.area,
          place: names(r.area),
          code: r.code,
          unit: { id: r.unit, name: names(r.unit) },
          form: r.form,
          weekdays: r.weekdays,
          from: r.starts,
          to: r.ends,
          duties: r.duties,
          people: r.people.map((id) => ({ id, name: names(id) })),
          sitting: r.sitting === null ? null : { id: r.sitting, name: names(r.sitting) },
          keptToday: isKeptOn(r, weekday(today), isWorkingDay(today, calendar)),
          waiting: r.waiting,
          mine: r.people.includes(me),
        })),
      };
    },
  }),
  'GET /api/hall-desks/:id': route({
    action: 'hall-desk.read',
    summary: 'One desk: its queue in the order it will be called, and what is at it now',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state } = await desk.ledger.read<HallDeskState>(desk.county, 'hall-desk', id);
      if (state.status === 'none' || !may(desk.actor, 'hall-desk.read', deskReach(state)))
        return refuse('access.denied');
      const [queue, inRow, names] = await Promise.all([
        queueAt(desk, id),
        rowAt(desk, id),
        namesOf(desk.query, desk.county, [state.unit, state.sitting?.official, ...state.people]),
      ]);
      const today = dayOf(desk.now);
      const here = state.sitting !== undefined && dayOf(state.sitting.since) === today ? state.sitting : undefined;
      const shown = (q: QueueRow) => ({
        id: q.id,
        number: q.number,
        first: q.first,
        status: q.status,
        takenAt: q.taken_at,
        calledAt: q.called_at,
        joint: q.desk !== id,
      });
      const waiting = new Map(queue.map((q) => [q.id, q]));
      return {
        id,
        area: state.area,
        code: state.code,
        unit: { id: state.unit, name: names(state.unit) },
        form: state.form,
        weekdays: state.weekdays,
        from: state.from,
        to: state.to,
        duties: state.duties,
        people: state.people.map((person) => ({ id: person, name: names(person) })),
        status: state.status,
        sitting: here === undefined ? null : { id: here.official, name: names(here.official), since: here.since },
        me: actorName(desk.actor),
        waiting: orderOf(
          queue.filter((q) => q.status === 'waiting'),
          inRow,
          policyOf(desk),
        ).map((q) => shown(waiting.get(q.id)!)),
        now: queue.filter((q) => q.status === 'called' || q.status === 'serving').map(shown),
        missed: queue.filter((q) => q.status === 'missed').map(shown),
        can: canDo(desk.actor, possibleAtDesk(state, actorName(desk.actor), today), deskReach(state)),
      };
    },
  }),
  'POST /api/hall-desks/:id/next': route({
    action: 'ticket.call',
    summary: 'Call whose turn it is at this desk; two who press at once call two',
    params: Id,
    body: z.object({ seconds: z.int().min(0).max(86_400).optional() }),
    async handle(desk, { params: { id } }) {
      const { state } = await desk.ledger.read<HallDeskState>(desk.county, 'hall-desk', id);
      if (state.status === 'none' || !may(desk.actor, 'ticket.call', deskReach(state))) return refuse('access.denied');
      if (state.status === 'closed') return refuse('hall-desk.closed');
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const [queue, inRow] = await Promise.all([queueAt(desk, id), rowAt(desk, id)]);
        const next = nextOf(
          queue.filter((q) => q.status === 'waiting'),
          inRow,
          policyOf(desk),
        );
        if (next === undefined) return refuse('hall-desk.nobody-waiting');
        const { version, state: ticket } = await desk.ledger.read<TicketState>(desk.county, 'ticket', next.id);
        if (ticket.status !== 'waiting') continue;
        // The version it was chosen at: whoever was called meanwhile is not called twice.
        const verdict = await give(desk, 'ticket', next.id, { kind: 'ticket.call' }, { expected: version });
        if (!isRefusal(verdict)) return { ticket: next.id, number: ticket.number };
        if (verdict.refused !== 'ledger.conflict' && verdict.refused !== 'ticket.not-waiting') return verdict;
      }
      return refuse('ledger.conflict');
    },
  }),
  'GET /api/tickets/figures': route({
    action: 'hall-desk.count',
    summary:
      'By desk: tickets, received, waiting time (median and 90th percentile), handled jointly, what came of it, days kept',
    query: Period,
    async handle(desk, { query }) {
      const to = query.to ?? dayOf(desk.now);
      const from = query.from ?? `${to.slice(0, 7)}-01`;
      return { from, to, ...(await figures(desk, from, to)) };
    },
  }),
  'GET /api/tickets/records': route({
    action: 'hall-desk.count',
    summary: 'The tickets one figure counts',
    query: Period.extend({
      desk: z.uuid().optional(),
      what: z.enum(['taken', 'received', 'missed', 'joint', 'moved', 'registered']).default('taken'),
    }),
    async handle(desk, { query }) {
      const to = query.to ?? dayOf(desk.now);
      const from = query.from ?? `${to.slice(0, 7)}-01`;
      const rows = await desk.query<{
        id: string;
        day: string;
        number: string;
        code: string;
        status: string;
        wait: number | null;
        matters: { id: string; number: string }[];
      }>(
        `hall.records-${query.what}`,
        `select t.id, t.day, t.number, d.code, t.status, ${WAIT} as wait,
                coalesce((select json_agg(json_build_object('id', m.id, 'number', m.number) order by m.number) from matter m
                           where m.county = t.county and m.id = any(t.matters)), '[]') as matters
           from ticket t join hall_desk d on d.county = t.county and d.id = t.desk
          where t.county = $1 and t.day between $2 and $3 and ($4::uuid is null or t.desk = $4)
            and ${withinSql(5, ticketScope)} and ${COUNTED[query.what]}
          order by t.day, t.taken_at, t.id limit 500`,
        [desk.county, from, to, query.desk ?? null, ...scopeValues(scopeOf(desk.actor, 'hall-desk.count'))],
      );
      return { from, to, what: query.what, rows };
    },
  }),
  'GET /api/tickets/:id': route({
    action: 'ticket.read',
    summary: 'One ticket: the desks that sit with it, what they said, the matters it became. The reading is recorded',
    params: Id,
    async handle(desk, { params: { id } }) {
      const found = await ticketFor(desk, id, 'ticket.read');
      if (found === undefined) return refuse('access.denied');
      const { state, version } = found;
      await recordReading(desk, id, '大厅接待记录');
      const matters = mattersOf(id, state);
      const [desks, known] = await Promise.all([
        desk.query<{ id: string; code: string; unit: string; area: string; status: string }>(
          'hall.desks-of-ticket',
          `select d.id, d.code, u.short_name as unit, d.area, d.status from hall_desk d
             join unit u on u.county = d.county and u.id = d.unit
            where d.county = $1 and d.area = $2 order by d.code`,
          [desk.county, state.area],
        ),
        desk.query<{ id: string; number: string; status: string }>(
          'hall.became',
          'select id, number, status from matter where county = $1 and id = any($2::uuid[])',
          [desk.county, matters],
        ),
      ]);
      const nameOf = (of: string): string => {
        const d = desks.find((one) => one.id === of);
        return d === undefined ? '' : `${d.code} ${d.unit}`;
      };
      return {
        id,
        version,
        number: state.number,
        first: state.first,
        status: state.status,
        takenAt: state.takenAt,
        receivedAt: state.receivedAt ?? null,
        desk: { id: state.desk, name: nameOf(state.desk) },
        desks: state.desks.map((d) => ({ id: d, name: nameOf(d) })),
        others: desks
          .filter((d) => d.status === 'open' && !state.desks.includes(d.id))
          .map((d) => ({ id: d.id, name: nameOf(d.id) })),
        transfers: state.transfers,
        misses: state.misses,
        notes: state.notes.map((n) => ({ desk: nameOf(n.desk), words: n.words })),
        matters: matters.map((m) => ({
          id: m,
          number: known.find((k) => k.id === m)?.number ?? null,
          status: known.find((k) => k.id === m)?.status ?? null,
        })),
        can: canDo(desk.actor, possibleOfTicket(state, dayOf(desk.now)), ticketReach(state)),
      };
    },
  }),
  'GET /api/tickets/:id/slip': route({
    action: 'ticket.take',
    summary: 'The slip of a ticket: its number, the desk, and a QR code to look at one’s place from outside',
    params: Id,
    async handle(desk, { params: { id } }) {
      const found = await ticketFor(desk, id, 'ticket.take');
      if (found === undefined) return refuse('access.denied');
      const place = await placeOfTicket(desk, id, found.state.key);
      return await ticketSheet(desk, id, found.state, {
        ...policyOf(desk),
        unit: place?.unit ?? '',
        desk: place?.desk ?? '',
        ahead: place?.ahead ?? 0,
      });
    },
  }),
  ...commandRoutes('hall-desk', '/api/hall-desks', HallDeskCommand, {
    'hall-desk.open': 'Set up a desk of a department in the hall',
    'hall-desk.amend': 'Change what it takes care of, when, and who sits there',
    'hall-desk.close': 'Take a desk out of the hall',
    'hall-desk.sit': 'Their own act: somebody of the list sits there now',
    'hall-desk.rise': 'Their own act: they leave',
  }),
  ...commandRoutes('ticket', '/api/tickets', TicketCommand, {
    'ticket.take': 'Take a number for a desk; gives the number and a key to look at one’s place',
    'ticket.call': 'Call a number; the screen shows it',
    'ticket.receive': 'They stand at the desk',
    'ticket.miss': 'They did not come',
    'ticket.requeue': 'They came after all: to the end of the queue',
    'ticket.join': 'Another desk sits with them',
    'ticket.transfer': 'To another desk, with the reason; the place in the queue is kept',
    'ticket.note': 'What a desk says to it',
    'ticket.register': 'What they came with becomes a matter, or is linked to one raised before',
    'ticket.finish': 'Done at the desks',
  }),
} satisfies Routes;

async function ticketFor(desk: Desk, id: string, action: 'ticket.read' | 'ticket.take') {
  const { state, version } = await desk.ledger.read<TicketState>(desk.county, 'ticket', id);
  return state.status === 'none' || !may(desk.actor, action, ticketReach(state)) ? undefined : { state, version };
}

/** Minutes from taking the number to standing at a desk. */
const WAIT = `(extract(epoch from t.received_at - t.taken_at) / 60)::float8`;
const COUNTED = {
  taken: 'true',
  received: 't.received_at is not null',
  missed: `t.received_at is null and t.status = 'missed'`,
  joint: 'cardinality(t.desks) - t.transfers > 1',
  moved: 't.transfers > 0',
  registered: 'cardinality(t.matters) > 0',
} as const;

export interface HallFigure {
  readonly desk: string;
  readonly code: string;
  readonly unit: string;
  readonly taken: number;
  readonly received: number;
  readonly missed: number;
  readonly joint: number;
  readonly moved: number;
  readonly registered: number;
  readonly matters: number;
  readonly answered: number;
  readonly confirmed: number;
  /** Minutes until half, and until nine of ten of those received stood at a desk; null where nobody was. */
  readonly median: number | null;
  readonly p90: number | null;
  readonly manned: number;
}

async function figures(desk: Desk, from: string, to: string) {
  const scope = scopeValues(scopeOf(desk.actor, 'hall-desk.count'));
  const counted = `
    count(*)::int as taken, ${Object.entries(COUNTED)
      .filter(([what]) => what !== 'taken')
      .map(([what, when]) => `(count(*) filter (where ${when}))::int as ${what}`)
      .join(', ')},
    percentile_cont(0.5) within group (order by ${WAIT}) as median,
    percentile_cont(0.9) within group (order by ${WAIT}) as p90,
    coalesce(sum(cardinality(t.matters)), 0)::int as matters,
    coalesce(sum((select count(*) from matter m where m.county = t.county and m.id = any(t.matters)
                     and m.first_answered_at is not null)), 0)::int as answered,
    coalesce(sum((select count(*) from matter m where m.county = t.county and m.id = any(t.matters)
                     and m.status = 'closed')), 0)::int as confirmed`;
  const where = `t.county = $1 and t.day between $2 and $3 and ${withinSql(4, ticketScope)}`;
  const [rows, [total], kept] = await Promise.all([
    desk.query<Omit<HallFigure, 'code' | 'unit' | 'manned'>>(
      'hall.figures',
      `select t.desk, ${counted} from ticket t where ${where} group by t.desk`,
      [desk.county, from, to, ...scope],
    ),
    desk.query<Omit<HallFigure, 'desk' | 'code' | 'unit' | 'manned'>>(
      'hall.figures-total',
      `select ${counted} from ticket t where ${where}`,
      [desk.county, from, to, ...scope],
    ),
    desk.query<{
      id: string;
      code: string;
      unit: string;
      form: 'permanent' | 'duty';
      weekdays: number[];
      status: string;
      opened_on: string;
      manned: number;
    }>(
      'hall.figures-kept',
      `select d.id, d.code, u.short_name as unit, d.form, d.weekdays, d.status, d.opened_on,
              (select count(distinct day)::int from hall_manned m where m.county = d.county and m.desk = d.id
                  and m.day between $2 and $3) as manned
         from hall_desk d join unit u on u.county = d.county and u.id = d.unit
        where d.county = $1 and ${withinSql(4, deskScope)} order by d.code, d.id`,
      [desk.county, from, to, ...scope],
    ),
  ]);
  const calendar = desk.policies.get<Calendar>('calendar');
  const today = dayOf(desk.now);
  const last = to < today ? to : today;
  const byDesk = new Map(rows.map((r) => [r.desk, r]));
  const nothing = {
    taken: 0,
    received: 0,
    missed: 0,
    joint: 0,
    moved: 0,
    registered: 0,
    matters: 0,
    answered: 0,
    confirmed: 0,
    median: null,
    p90: null,
  };
  return {
    total: total!,
    rows: kept
      .filter((d) => d.status === 'open' || byDesk.has(d.id))
      .map((d) => {
        let due = 0;
        for (let day = from > d.opened_on ? from : d.opened_on; day <= last; day = addDays(day, 1))
          if (isKeptOn(d, weekday(day), isWorkingDay(day, calendar))) due += 1;
        return {
          ...(byDesk.get(d.id) ?? nothing),
          desk: d.id,
          code: d.code,
          unit: d.unit,
          form: d.form,
          manned: d.manned,
          /** Days it was to be kept, up to today. */
          due,
        };
      }),
  };
}
