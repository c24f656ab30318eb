import { z } from 'zod';
import { may, scopeOf } from '../access/access.ts';
import { actorName } from '../access/model.ts';
import { dayOf, daysBetween } from '../calendar/days.ts';
import { Day } from '../calendar/model.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { LabourCommand, type LabourPolicy } from './model.ts';
import { type LabourAsked, sheetOf } from './print.ts';
import { type EntryRow, entriesOf, labourTables, totals, villagesFor, waitingIn } from './tables.ts';

const WAITING_SHOWN = 200;
const Year = z.coerce.number().int().min(2000).max(2100);

const yearOf = (desk: Desk): number => Number(dayOf(desk.now).slice(0, 4));

/** Outputs of entries by kind, in the policy's order and units. */
function summed(entries: readonly Pick<EntryRow, 'outputs'>[], kinds: LabourPolicy['kinds']) {
  const sums = new Map<string, number>();
  for (const { kind, amount } of entries.flatMap((e) => e.outputs)) sums.set(kind, (sums.get(kind) ?? 0) + amount);
  const known = kinds.filter(({ name }) => sums.has(name));
  // A kind taken off the list keeps what was done of it.
  const gone = [...sums.keys()]
    .filter((name) => !kinds.some((k) => k.name === name))
    .map((name) => ({ name, unit: '' }));
  return [...known, ...gone].map(({ name, unit }) => ({
    kind: name,
    unit,
    amount: Math.round((sums.get(name) ?? 0) * 10) / 10,
  }));
}

const shown = (desk: Desk, e: EntryRow) => {
  const mine = actorName(desk.actor) === e.official;
  return {
    id: e.id,
    official: e.official,
    name: e.official_name,
    unit: e.unit_name,
    village: e.village,
    villageName: e.village_name,
    day: e.day,
    part: e.part,
    days: e.days,
    note: e.note,
    status: e.status,
    reason: e.reason,
    confirmedBy: e.confirmed_name ?? e.signer,
    outputs: e.outputs.map(({ kind, amount }) => ({ kind, amount: Number(amount) })),
    mine,
  };
};

const sumDays = (entries: readonly EntryRow[], confirmed: boolean): number =>
  entries.filter((e) => (e.status === 'confirmed') === confirmed).reduce((sum, e) => sum + e.days, 0);

/** One worker's year as the field room and the printed sheet show it. */
async function yearFor(desk: Desk, official: string, year: number) {
  const entries = await entriesOf(desk.query, desk.county, official, year);
  const { kinds } = desk.policies.get<LabourPolicy>('labour');
  return {
    year,
    days: sumDays(entries, true),
    waiting: sumDays(entries, false),
    outputs: summed(
      entries.filter((e) => e.status === 'confirmed'),
      kinds,
    ),
    entries,
  };
}

/** @param asked what a year's duties ask of somebody, in days; given by the app */
export const labourRoutesOf = (asked: LabourAsked) =>
  ({
    'GET /api/labours/mine': route({
      action: 'labour.record',
      summary: 'My labour of a year: days, outputs by kind, entries; and what the form needs: kinds and my villages',
      query: z.object({ year: Year.optional() }),
      async handle(desk, { query }) {
        if (desk.actor.kind !== 'official') return refuse('access.denied');
        const { entries, ...year } = await yearFor(desk, desk.actor.id, query.year ?? yearOf(desk));
        return {
          ...year,
          entries: entries.map((e) => shown(desk, e)),
          kinds: desk.policies.get<LabourPolicy>('labour').kinds.map(({ name, unit }) => ({ name, unit })),
          writtenWithin: desk.policies.get<LabourPolicy>('labour').writtenWithin,
          villages: await villagesFor(desk.query, desk.county, desk.actor.id, dayOf(desk.now)),
        };
      },
    }),
    'GET /api/labours/waiting': route({
      action: 'labour.confirm',
      summary: 'Labour in my villages that waits for the village’s word',
      async handle(desk) {
        if (desk.actor.kind !== 'official') return refuse('access.denied');
        const scope = scopeOf(desk.actor, 'labour.confirm');
        const rows = await waitingIn(desk.query, desk.county, scope, desk.actor.id, WAITING_SHOWN);
        const { kinds } = desk.policies.get<LabourPolicy>('labour');
        return { entries: rows.map((e) => shown(desk, e)), kinds: kinds.map(({ name, unit }) => ({ name, unit })) };
      },
    }),
    'GET /api/labours/totals': route({
      action: 'labour.count',
      summary: 'Labour days and outputs by kind in a period: by person, unit, village or township, and all together',
      query: z.object({
        from: Day.optional(),
        to: Day.optional(),
        by: z.enum(['official', 'unit', 'village', 'township']).default('unit'),
      }),
      async handle(desk, { query: { by, ...period } }) {
        const to = period.to ?? dayOf(desk.now);
        const from = period.from ?? `${to.slice(0, 4)}-01-01`;
        if (from > to || daysBetween(from, to) > 3_660) return refuse('input.invalid', 'from');
        const rows = await totals(
          labourTables(desk.db as never),
          desk.county,
          scopeOf(desk.actor, 'labour.count'),
          { from, to },
          by,
        );
        const { kinds } = desk.policies.get<LabourPolicy>('labour');
        return {
          from,
          to,
          by,
          kinds: kinds.map(({ name, unit }) => ({ name, unit })),
          rows: rows.map(({ id, name, entries, people, days, waiting, outputs }) => ({
            id,
            name,
            entries,
            people,
            days,
            waiting,
            outputs,
          })),
          all: {
            days: rows.reduce((sum, r) => sum + r.days, 0),
            waiting: rows.reduce((sum, r) => sum + r.waiting, 0),
            outputs: summed(rows, kinds),
          },
        };
      },
    }),
    'GET /print/labour': route({
      action: 'labour.read',
      summary: 'The yearly 述劳 sheet of an official, for printing: one’s own, or of one’s unit or place',
      query: z.object({ year: Year.optional(), official: z.uuid().optional() }),
      async handle(desk, { query }) {
        if (desk.actor.kind !== 'official') return refuse('access.denied');
        const wanted = query.official ?? desk.actor.id;
        const [person] = await desk.query<{
          id: string;
          name: string;
          title: string;
          unit: string;
          unit_name: string;
          chain: string[];
        }>(
          'labour.person',
          `select o.id, o.name, o.title, o.unit, u.name as unit_name, a.chain from official o
           join unit u on u.county = o.county and u.id = o.unit
           join area a on a.county = o.county and a.id = u.area
          where o.county = $1 and o.id = $2`,
          [desk.county, wanted],
        );
        const reach = {
          areas: person?.chain ?? [],
          units: person === undefined ? [] : [person.unit],
          officials: [wanted],
        };
        if (person === undefined || !may(desk.actor, 'labour.read', reach)) return refuse('access.denied');
        const year = query.year ?? yearOf(desk);
        const [done, owed] = await Promise.all([yearFor(desk, wanted, year), asked(desk, wanted, String(year))]);
        return sheetOf(person, done, dayOf(desk.now), owed);
      },
    }),
    ...commandRoutes('labour', '/api/labours', LabourCommand, {
      'labour.record': 'Write down half a day or a day of labour: where, what, how much',
      'labour.correct': 'The worker puts it right before the village has confirmed it',
      'labour.withdraw': 'The worker takes it back before the village has confirmed it',
      'labour.confirm': 'An official of the village, not the worker, says that it was so',
      'labour.sign': 'Somebody who speaks for the village signs on the worker’s phone',
      'labour.return': 'The village sends it back with a reason',
    }),
  }) satisfies Routes;
