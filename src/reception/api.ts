import { z } from 'zod';
import { canDo, may, scopeOf } from '../access/access.ts';
import { type NameOf, namesOf } from '../access/directory.ts';
import { actorName } from '../access/model.ts';
import { recordReading } from '../access/readings.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { addDays, dayOf, daysBetween, isWorkingDay } from '../calendar/days.ts';
import { type Calendar, Day } from '../calendar/model.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { DUTIES_POLICY, type DutiesPolicy } from '../duties/model.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import { followId } from '../ledger/ids.ts';
import { monthEnd } from './busy.ts';
import { figureRecords, figuresIn, whats } from './figures.ts';
import {
  Month,
  RECEPTION_POLICY,
  ReceptionCommand,
  type ReceptionPolicy,
  type ReceptionState,
  RotaCommand,
  type RotaState,
} from './model.ts';
import { slotsOf } from './plan.ts';
import { rotaSheet } from './print.ts';
import { clashesOf, possibleOf } from './rota.ts';
import { freeSlots, isUsed, outcomeOf, possible, standing } from './rules.ts';
import {
  RECEPTION_ROW,
  type ReceptionRow,
  aboutPeople,
  reachOf,
  receptionScope,
  rotaScope,
  rotaStream,
} from './tables.ts';

const Id = z.object({ id: z.uuid() });
const MOST = 400;
/** What is announced is shown this far ahead. */
const AHEAD_DAYS = 92;

const idsOf = (rows: readonly ReceptionRow[]): (string | null)[] =>
  rows.flatMap((r) => [r.township, r.official, r.planned, ...r.substitutions.map((s) => s.instead)]);

const listed = (row: ReceptionRow, names: NameOf, today: string) => ({
  id: row.id,
  day: row.day,
  from: row.starts,
  to: row.ends,
  spot: row.spot,
  rank: row.rank,
  status: row.status,
  outcome: outcomeOf(row.status, row.day, today),
  official: { id: row.official, name: names(row.official) },
  planned: { id: row.planned, name: names(row.planned) },
  why: row.substitutions.at(-1)?.reason ?? null,
  reason: row.reason,
  slots: slotsOf({ from: row.starts, to: row.ends, slotMinutes: row.slot_minutes }).length,
  booked: row.held_slots.length,
  missed: row.missed,
  batches: row.batches,
  people: row.people,
  taken: row.taken,
  answered: row.answered,
  confirmed: row.confirmed,
  promises: row.promises,
  kept: row.kept,
});

/**
 * Reception days everybody may know of: when, where, who sits there and who was to, which turns are free. Nothing of
 * who booked.
 */
export async function openReceptions(desk: Desk, id: string | null = null) {
  const today = dayOf(desk.now);
  const rows = await desk.query<ReceptionRow & { name: string; title: string; unit: string; planned_name: string }>(
    'reception.open',
    `select x.*, o.name, o.title, u.short_name as unit, p.name as planned_name
       from (${RECEPTION_ROW} where r.county = $1 and r.day between $2 and $3 and ($4::uuid is null or r.id = $4)) x
       join official o on o.county = $1 and o.id = x.official
       join unit u on u.county = $1 and u.id = o.unit
       join official p on p.county = $1 and p.id = x.planned
      order by x.day, x.starts, x.spot, x.id limit 400`,
    [desk.county, today, addDays(today, AHEAD_DAYS), id],
  );
  return rows.map((row) => {
    const held = new Set(row.held_slots);
    const slots = slotsOf({ from: row.starts, to: row.ends, slotMinutes: row.slot_minutes });
    const free = row.status === 'announced' ? slots.filter((slot) => !held.has(slot)) : [];
    return {
      id: row.id,
      day: row.day,
      from: row.starts,
      to: row.ends,
      spot: row.spot,
      rank: row.rank,
      status: row.status,
      reason: row.reason,
      official: { name: row.name, title: row.title, unit: row.unit },
      /** Whose day it was, where somebody else sits; and why. */
      instead: row.official === row.planned ? null : row.planned_name,
      why: row.official === row.planned ? null : (row.substitutions.at(-1)?.reason ?? null),
      free,
    };
  });
}
export type OpenReception = Awaited<ReturnType<typeof openReceptions>>[number];

const Period = z.object({ from: Day.optional(), to: Day.optional() });
const monthOf = (now: string): string => dayOf(now).slice(0, 7);
/** What duties owe is reckoned period by period: so many days at most. */
const MOST_DAYS = 1_100;
const spanIn = ({ from, to }: z.infer<typeof Period>, now: string): { from: string; to: string } | Refusal => {
  const month = monthOf(now);
  const span = { from: from ?? `${month}-01`, to: to ?? monthEnd(month) };
  const days = daysBetween(span.from, span.to);
  return days < 0 || days > MOST_DAYS ? refuse('reception.span', 'from') : span;
};

const receptionDuties = (desk: Desk) =>
  desk.policies
    .get<DutiesPolicy>(DUTIES_POLICY)
    .duties.filter((d) => d.inUse && d.evidence.kinds.includes('reception'));

export const rotaRoutes = {
  'GET /api/rotas': route({
    action: 'rota.read',
    summary: 'The rotas of a month: for my places every reception duty in use, planned or not; else those published',
    query: z.object({ month: Month.optional() }),
    async handle(desk, { query }) {
      const month = query.month ?? monthOf(desk.now);
      const rows = await desk.query<{
        id: string;
        area: string;
        duty: string;
        duty_name: string;
        status: string;
        entries: number;
        published_at: string | null;
      }>(
        'rota.list',
        `select id, area, duty, duty_name, status, entries, published_at from rota r
          where county = $1 and month = $2 and ${withinSql(3, rotaScope)} order by duty_name, id`,
        [desk.county, month, ...scopeValues(scopeOf(desk.actor, 'rota.read'))],
      );
      const mine = await plannableAreas(desk);
      const names = await namesOf(desk.query, desk.county, [...rows.map((r) => r.area), ...mine]);
      const open = mine.flatMap((area) =>
        receptionDuties(desk).map((duty) => ({
          id: rotaStream(desk.county, area, duty.id, month),
          area,
          duty: duty.id,
          dutyName: duty.name,
          source: duty.source,
        })),
      );
      const known = new Set(rows.map((r) => r.id));
      return {
        month,
        today: dayOf(desk.now),
        rows: rows.map((r) => ({
          id: r.id,
          area: r.area,
          place: names(r.area),
          duty: r.duty,
          dutyName: r.duty_name,
          status: r.status,
          entries: r.entries,
          publishedAt: r.published_at,
        })),
        open: open.filter((o) => !known.has(o.id)).map((o) => ({ ...o, place: names(o.area) })),
      };
    },
  }),
  'GET /api/rotas/:id': route({
    action: 'rota.read',
    summary: 'One rota with what speaks against each line, and whose days could not be placed',
    params: Id,
    async handle(desk, { params: { id } }) {
      const found = await rotaFor(desk, id);
      if (found === undefined) return refuse('access.denied');
      const { state, version } = found;
      const [about, names] = await Promise.all([
        aboutPeople(desk.query, desk.county, state),
        namesOf(desk.query, desk.county, [
          state.area,
          ...state.entries.map((e) => e.official),
          ...state.short.map((s) => s.official),
        ]),
      ]);
      const calendar = desk.policies.get<Calendar>('calendar');
      const policy = desk.policies.get<ReceptionPolicy>(RECEPTION_POLICY);
      const facts = { ...about, at: desk.now, policy };
      return {
        id,
        version,
        area: state.area,
        place: names(state.area),
        duty: state.duty,
        dutyName: state.dutyName,
        month: state.month,
        status: state.status,
        publishedAt: state.publishedAt ?? null,
        noticeDays: policy.noticeDays,
        entries: state.entries.map((e) => ({
          ...e,
          name: names(e.official),
          clashes:
            state.status === 'published'
              ? []
              : clashesOf(e, state.entries, facts, (day) => isWorkingDay(day, calendar)),
        })),
        short: state.short.map((s) => ({ ...s, name: names(s.official) })),
        can: canDo(desk.actor, possibleOf(state), { areas: state.chain }),
      };
    },
  }),
  'GET /api/rotas/:id/sheet': route({
    action: 'rota.read',
    summary: 'A rota to put up on the wall',
    params: Id,
    async handle(desk, { params: { id } }) {
      const found = await rotaFor(desk, id);
      if (found === undefined) return refuse('access.denied');
      return await rotaSheet(desk, found.state);
    },
  }),
  ...commandRoutes('rota', '/api/rotas', RotaCommand, {
    'rota.draft': 'Plan a month from a reception duty; a draft is planned anew',
    'rota.put': 'One more day in a draft',
    'rota.move': 'Another day, time, place or person in a draft',
    'rota.drop': 'Take a line out of a draft',
    'rota.publish': 'Publish: each line becomes a reception day that can be booked',
  }),
} satisfies Routes;

/** The places whose months the asker plans. */
async function plannableAreas(desk: Desk): Promise<string[]> {
  const { all, areas } = scopeOf(desk.actor, 'rota.draft');
  if (!all) return [...areas];
  const [root] = await desk.query<{ id: string }>(
    'rota.root',
    `select id from area where county = $1 and level = 'county' and not closed limit 1`,
    [desk.county],
  );
  return root === undefined ? [] : [root.id];
}

async function rotaFor(desk: Desk, id: string) {
  const { state, version } = await desk.ledger.read<RotaState>(desk.county, 'rota', id);
  return state.status === 'none' || !may(desk.actor, 'rota.read', { areas: state.chain })
    ? undefined
    : { state, version };
}

export const receptionDayRoutes = {
  'GET /api/reception-days/open': route({
    action: 'portal.use',
    summary: 'Leaders’ reception days that are announced: when, where, who, which turns are free',
    handle: (desk) => openReceptions(desk),
  }),
  'GET /api/reception-days': route({
    action: 'reception-day.read',
    summary: 'Reception days I may see, those to come first, then the latest; `mine` for those I sit at',
    query: Period.extend({ mine: z.enum(['1']).optional() }),
    async handle(desk, { query }) {
      const today = dayOf(desk.now);
      const from = query.from ?? addDays(today, -62);
      const to = query.to ?? addDays(today, AHEAD_DAYS);
      const mine = query.mine === undefined ? null : actorName(desk.actor);
      const rows = await desk.query<ReceptionRow>(
        'reception.list',
        `${RECEPTION_ROW} where r.county = $1 and r.day between $2 and $3
            and ($4::text is null or $4 in (r.official::text, r.planned::text)) and ${withinSql(6, receptionScope)}
          order by r.day < $5::date, case when r.day >= $5::date then r.day end, r.day desc, r.starts, r.spot, r.id
          limit ${MOST}`,
        [desk.county, from, to, mine, today, ...scopeValues(scopeOf(desk.actor, 'reception-day.read'))],
      );
      const names = await namesOf(desk.query, desk.county, idsOf(rows));
      const policy = desk.policies.get<ReceptionPolicy>(RECEPTION_POLICY);
      return {
        today,
        me: actorName(desk.actor),
        noticeDays: policy.noticeDays,
        from: policy.from,
        to: policy.to,
        spot: policy.countySpot,
        areas: await plannableAreas(desk),
        rows: rows.map((row) => listed(row, names, today)),
      };
    },
  }),
  'GET /api/reception-days/figures': route({
    action: 'reception-day.count',
    summary:
      'Form and substance, by official: days owed, held, by a substitute, with nobody; people received; matters taken, answered, confirmed',
    query: Period,
    async handle(desk, { query }) {
      const span = spanIn(query, desk.now);
      if (isRefusal(span)) return span;
      return { ...span, today: dayOf(desk.now), ...(await figuresIn(desk, span)) };
    },
  }),
  'GET /api/reception-days/figures/records': route({
    action: 'reception-day.count',
    summary: 'The records one figure counts',
    query: Period.extend({ what: z.enum(whats).default('held'), official: z.uuid().optional() }),
    async handle(desk, { query }) {
      const span = spanIn(query, desk.now);
      if (isRefusal(span)) return span;
      const { what, official = null } = query;
      return { ...span, what, rows: await figureRecords(desk, span, what, official) };
    },
  }),
  'GET /api/reception-days/:id': route({
    action: 'reception-day.read',
    summary: 'One reception day: who booked, who was received and what became of it. The reading is recorded',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state, version } = await desk.ledger.read<ReceptionState>(desk.county, 'reception-day', id);
      if (state.status === 'none' || !may(desk.actor, 'reception-day.read', reachOf(state)))
        return refuse('access.denied');
      await recordReading(desk, id, '接访记录');
      const matters = state.items.map((one) => one.linked ?? followId(id, one.version, 0));
      const [names, found] = await Promise.all([
        namesOf(desk.query, desk.county, [
          ...state.chain,
          state.official,
          state.planned,
          ...state.substitutions.flatMap((s) => [s.instead, s.official]),
          ...state.items.flatMap((i) => [i.by, i.promised?.unit]),
        ]),
        desk.query<{ id: string; number: string; status: string; answered: boolean }>(
          'reception.became',
          `select id, number, status, first_answered_at is not null as answered
             from matter where county = $1 and id = any($2::uuid[])`,
          [desk.county, matters],
        ),
      ]);
      const known = new Map(found.map((m) => [m.id, m]));
      const today = dayOf(desk.now);
      return {
        id,
        version,
        today,
        me: actorName(desk.actor),
        status: state.status,
        outcome: outcomeOf(state.status, state.day, today),
        day: state.day,
        from: state.from,
        to: state.to,
        spot: state.spot,
        place: names(state.area),
        rank: state.rank,
        official: { id: state.official, name: names(state.official) },
        planned: { id: state.planned, name: names(state.planned) },
        substitutions: state.substitutions.map((s) => ({
          instead: names(s.instead),
          official: names(s.official),
          reason: s.reason,
        })),
        reason: state.reason ?? null,
        beganAt: state.beganAt ?? null,
        endedAt: state.endedAt ?? null,
        words: state.words ?? null,
        slots: slotsOf(state).length,
        free: freeSlots(state),
        bookings: standing(state)
          .toSorted((a, b) => (a.slot < b.slot ? -1 : 1))
          .map((b) => ({
            turn: b.turn,
            slot: b.slot,
            name: b.name ?? null,
            phone: b.phone ?? null,
            number: b.number ?? null,
            about: b.about ?? null,
            missed: b.missed,
            waiting: !isUsed(state, b),
          })),
        items: state.items.map((one, i) => {
          const matter = known.get(matters[i]!);
          return {
            item: one.item,
            matter: matters[i]!,
            number: matter?.number ?? null,
            status: matter?.status ?? null,
            answered: matter?.answered ?? false,
            linked: one.linked !== undefined,
            turn: one.turn ?? null,
            people: one.people,
            words: one.words,
            promised:
              one.promised === undefined
                ? null
                : {
                    what: one.promised.what,
                    unit: names(one.promised.unit),
                    by: one.promised.by,
                    late: one.followed?.kept !== true && one.promised.by < today,
                  },
            followed: one.followed === undefined ? null : { kept: one.followed.kept, words: one.followed.words },
          };
        }),
        can: canDo(desk.actor, possible(state, today, actorName(desk.actor)), reachOf(state)),
      };
    },
  }),
  ...commandRoutes('reception-day', '/api/reception-days', ReceptionCommand, {
    'reception-day.announce': 'Announce a day besides the rota',
    'reception-day.change': 'Another day, time or spot, with the reason everybody reads',
    'reception-day.cancel': 'Call it off, with the reason everybody reads',
    'reception-day.substitute': 'Somebody else sits there, with the reason everybody reads',
    'reception-day.book': 'Book a turn, by telephone or by a matter’s number; gives turn, time and a code',
    'reception-day.unbook': 'Take a booking back by its code',
    'reception-day.begin': 'The leader’s own act: they sit there now',
    'reception-day.receive': 'Somebody was received; it becomes a matter, or is linked to one raised before',
    'reception-day.promise': 'What was promised, by which unit and until when',
    'reception-day.follow': 'What became of what was promised',
    'reception-day.miss': 'Who booked did not come',
    'reception-day.end': 'The leader’s own act: it is over',
  }),
} satisfies Routes;

export const receptionRoutes = { ...rotaRoutes, ...receptionDayRoutes };
