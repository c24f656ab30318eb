import { z } from 'zod';
import { scopeOf } from '../access/access.ts';
import { addDays, dayOf, daysBetween } from '../calendar/days.ts';
import { Day } from '../calendar/model.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import {
  type DiaryRow,
  type Period,
  type Spoken,
  coverage,
  diaryOf,
  notMet,
  promiseCounts,
  themes,
  visitCounts,
} from './counts.ts';
import { weekOf } from './diary-days.ts';
import { answeredFor } from './standing.ts';
import { visitTables } from './tables.ts';
import { doorIn } from './today.ts';

const MAX_DAYS = 400;
const NOT_MET_SHOWN = 200;

/** @param month e.g. 2026-11 */
export const monthOf = (month: string): Period => {
  const from = `${month}-01`;
  // The 28th and four days are in the next month, whatever the length of this one.
  return { from, to: addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1) };
};

/** Entries under their days, earliest first: the weekly sorting that nobody has to do. */
function daysOf(rows: readonly DiaryRow[]) {
  return [...Map.groupBy(rows, (r) => r.met_on)].map(([day, entries]) => ({
    day,
    entries: entries.map((v) => ({
      id: v.id,
      household: v.household,
      head: v.head,
      address: v.address,
      contact: v.contact,
      metAt: v.met_at,
      note: v.note,
      status: v.status,
      needs: v.needs,
    })),
  }));
}

/** Everything a summary says follows from the entries: nothing is typed a second time (row B2). */
async function summaryOf(desk: Desk, spoken: Spoken, period: Period) {
  const { scope } = spoken;
  const db = visitTables(desk.db as never);
  const [officials, promises, kinds, covered, missing] = await Promise.all([
    visitCounts(db, desk.county, scope, period),
    promiseCounts(db, desk.county, scope, period, dayOf(desk.now)),
    themes(db, desk.county, scope, period),
    coverage(db, desk.county, spoken, period, 'village'),
    notMet(db, desk.county, spoken, period, NOT_MET_SHOWN),
  ]);
  const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
    rows.reduce((total, row) => total + of(row), 0);
  const contacts = {
    met: sum(officials, (o) => o.met),
    phone: sum(officials, (o) => o.phone),
    notAtHome: sum(officials, (o) => o.notAtHome),
    leaflet: sum(officials, (o) => o.leaflet),
  };
  const answers = {
    signed: sum(officials, (o) => o.signed),
    proxied: sum(officials, (o) => o.proxied),
    declined: sum(officials, (o) => o.declined),
    unsigned: sum(officials, (o) => o.unsigned),
  };
  const households = { met: sum(covered, (c) => c.met), all: sum(covered, (c) => c.all) };
  return {
    ...period,
    contacts,
    answers,
    needs: sum(officials, (o) => o.needs),
    promises: { made: promises.made, kept: promises.kept, late: promises.late, overdue: promises.overdue },
    themes: kinds.map(({ category, count }) => ({ category, count })),
    households,
    notMet: missing.map(({ id, head, address, village }) => ({ id, head, address: doorIn(address, village), village })),
    officials: officials.map(
      ({ official, name, met, phone, notAtHome, leaflet, signed, declined, unsigned, needs }) => ({
        official,
        name,
        met,
        phone,
        notAtHome,
        leaflet,
        signed,
        declined,
        unsigned,
        needs,
      }),
    ),
  };
}

/**
 * What is counted for the asker: their own entries, against every household they answer for, as today's list has it;
 * those of their places, for a head.
 */
export async function spokenFor(desk: Desk): Promise<Spoken> {
  const scope = scopeOf(desk.actor, 'visit.count');
  const [official] = scope.officials;
  return {
    scope,
    own: official === undefined ? [] : await answeredFor(desk.query, desk.county, official, dayOf(desk.now)),
  };
}

export const diaryRoutes = {
  'GET /api/diary': route({
    action: 'visit.read',
    summary: 'My entries by day',
    query: z.object({ from: Day.optional(), to: Day.optional() }),
    async handle(desk, { query }) {
      const to = query.to ?? dayOf(desk.now);
      const from = query.from ?? weekOf(to).from;
      if (from > to || daysBetween(from, to) > MAX_DAYS || desk.actor.kind !== 'official')
        return refuse('input.invalid', 'from');
      return {
        from,
        to,
        days: daysOf(await diaryOf(visitTables(desk.db as never), desk.county, desk.actor.id, { from, to })),
      };
    },
  }),
  'GET /api/diary/week/:day': route({
    action: 'visit.count',
    summary: 'The week a day lies in, Monday to Sunday: my entries sorted, and what they come to',
    params: z.object({ day: Day }),
    async handle(desk, { params: { day } }) {
      if (desk.actor.kind !== 'official') return refuse('access.denied');
      const period = weekOf(day);
      const rows = await diaryOf(visitTables(desk.db as never), desk.county, desk.actor.id, period);
      return { ...(await summaryOf(desk, await spokenFor(desk), period)), days: daysOf(rows) };
    },
  }),
  'GET /api/diary/month/:month': route({
    action: 'visit.count',
    summary: 'The monthly summary of my visits, or of the places I answer for',
    params: z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) }),
    handle: async (desk, { params: { month } }) => await summaryOf(desk, await spokenFor(desk), monthOf(month)),
  }),
} satisfies Routes;
