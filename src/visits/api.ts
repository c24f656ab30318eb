import { z } from 'zod';
import { may } from '../access/access.ts';
import { actorName } from '../access/model.ts';
import type { Action } from '../access/table.ts';
import { dayOf, daysBetween } from '../calendar/days.ts';
import { Day } from '../calendar/model.ts';
import { commandRoutes } from '../contract/commands.ts';
import { Id, memberOf } from '../contract/member.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import type { Accepted } from '../ledger/ledger.ts';
import type { ResidentsPolicy } from '../residents/model.ts';
import { recordReading } from '../access/readings.ts';
import { coverage } from './counts.ts';
import { diaryRoutes, monthOf, spokenFor } from './diary.ts';
import { VisitCommand, type VisitEvent, type VisitsPolicy } from './model.ts';
import { rateRoutes } from './rates.ts';
import { firstRoutes } from './first.ts';
import { reachedRoutes } from './reached.ts';
import { contactOf, possible } from './rules.ts';
import { answerOf, readVisit, signRoutes } from './sign.ts';
import { householdsOf } from './standing.ts';
import { historyOf, householdOf, promisesTo, reachOf, reachOfHousehold, visitTables } from './tables.ts';
import { listFor } from './today.ts';

const HISTORY = 200;

/** Reasons of other features to look in on households, in words for the list: household → sentences. */
export type Reasons = (desk: Desk, households: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;

/** The list an official goes by today, and how far they are with it and with the month. */
async function todayOf(
  desk: Desk,
  official: string,
  reasons: readonly Reasons[] = [],
  festival: readonly Reasons[] = [],
) {
  const today = dayOf(desk.now);
  const mine = await householdsOf(desk.query, desk.county, official, today);
  const households = mine.map((h) => h.household);
  const [more, feast] = await Promise.all([together(reasons), together(festival)]);
  async function together(all: readonly Reasons[]): Promise<(household: string) => readonly string[]> {
    const said = await Promise.all(all.map((of) => of(desk, households)));
    return (household) => said.flatMap((of) => of.get(household) ?? []);
  }
  const { services } = desk.policies.get<ResidentsPolicy>('residents');
  const gone = mine.filter((h) => h.wentToday).length;
  const rows = listFor(
    mine.map((h) => ({ ...h, reasons: more(h.household), festival: feast(h.household) })),
    today,
    desk.policies.get<VisitsPolicy>('visits'),
    new Map(services.map((s) => [s.name, s.weight])),
    gone,
  );
  const own = mine.filter((h) => h.own);
  return {
    day: today,
    rows,
    progress: {
      /** Still to go to today, gone to today, and of all households those met this month. */
      toGo: rows.length,
      gone,
      month: { met: own.filter((h) => h.metThisMonth).length, all: own.length },
    },
  };
}

/** The visit with its household, if the asker may do this to it. */
async function visitFor(desk: Desk, id: string, action: Action) {
  const found = await readVisit(desk, id);
  if (found === undefined) return undefined;
  const household = await householdOf(desk.query, desk.county, found.state.household);
  const reach = reachOf(found.state, household?.contact ?? null);
  return may(desk.actor, action, reach) ? { ...found, household, reach } : undefined;
}

const commands = (): object => {
  const made: Routes = {
    ...commandRoutes('visit', '/api/visits', VisitCommand, {
      'visit.record': 'Write down a visit',
      'visit.countersign': 'The household signs: on glass, by the code it was shown, or by card',
      'visit.decline': 'The household does not accept the note',
      'visit.correct': 'The writer corrects the note; a signature given before is void',
      'visit.keep-promise': 'Note that a promise was kept, and how',
      'visit.explain-promise': 'Say why a promise could not be kept so far; it stays open and in sight',
      'visit.withdraw': 'The writer withdraws an entry that was never right; it counts for nothing and stays readable',
    }),
  };
  const sign = made['POST /api/visits/:id/countersign']!;
  const signed: Routes = {
    'POST /api/visits/:id/countersign': {
      ...sign,
      async handle(desk, sent) {
        const verdict = (await sign.handle(desk, sent)) as Accepted | Refusal;
        // A wrong code is kept in the ledger, so it was accepted; to whoever typed it, it is wrong.
        if (!isRefusal(verdict) && verdict.told['signed'] === false) return refuse('visit.code-wrong', 'code');
        return verdict;
      },
    },
  };
  return { ...made, ...signed };
};

const member = memberOf(visitFor);

/**
 * @param reasons what else calls for a visit, e.g. open matters of a household; composed by the app
 * @param festival what visits before a festival call for
 */
export const visitRoutesOf = (reasons: readonly Reasons[] = [], festival: readonly Reasons[] = []) =>
  ({
    ...reachedRoutes,
    ...firstRoutes,
    'GET /api/visits/today': route({
      action: 'visit.record',
      summary: 'Where I should go today, why, and how far I am',
      handle: (desk) =>
        desk.actor.kind === 'official' ? todayOf(desk, desk.actor.id, reasons, festival) : refuse('access.denied'),
    }),
    'GET /api/visits/coverage': route({
      action: 'visit.count',
      summary: 'Households met in person in a period, of all: by official, grid, village or township',
      query: z.object({
        from: Day.optional(),
        to: Day.optional(),
        by: z.enum(['official', 'grid', 'village', 'township']).default('village'),
      }),
      async handle(desk, { query: { by, ...period } }) {
        const to = period.to ?? dayOf(desk.now);
        const from = period.from ?? monthOf(to.slice(0, 7)).from;
        if (from > to || daysBetween(from, to) > 3_660) return refuse('input.invalid', 'from');
        const rows = await coverage(
          visitTables(desk.db as never),
          desk.county,
          await spokenFor(desk),
          { from, to },
          by,
        );
        return {
          from,
          to,
          by,
          rows: rows.map(({ id, name, met, all }) => ({ id, name, met, all })),
          met: rows.reduce((sum, r) => sum + r.met, 0),
          all: rows.reduce((sum, r) => sum + r.all, 0),
        };
      },
    }),
    'GET /api/visits/:id': member({
      action: 'visit.read',
      summary: 'One visit: the note, needs, promises, and what the household said of it. The reading is recorded',
      async handle(desk, found, { params: { id } }) {
        const { state, version, household, reach } = found;
        await recordReading(desk, state.household, '走访记录');
        const names = new Map(household?.residents.map((r) => [r.id, r.name]));
        return {
          id,
          version,
          household: state.household,
          head: household?.head ?? null,
          official: state.official,
          contact: contactOf(state),
          withdrawn: state.withdrawn ?? null,
          metAt: state.metAt,
          recordedAt: state.recordedAt,
          note: state.note,
          corrections: state.corrections,
          withWhom: state.withWhom.map((person) => ({ id: person, name: names.get(person) ?? null })),
          needs: state.needs.map(({ words, category, resident }) => ({
            words,
            category: category ?? null,
            resident: resident ?? null,
          })),
          promises: state.promises.map(({ what, by, kept, told }) => ({
            what,
            by,
            told: told.map(({ on, why }) => ({ on, why })),
            kept: kept === undefined ? null : { at: kept.at, how: kept.how, late: kept.late },
          })),
          revisitBy: state.revisitBy ?? null,
          answer: answerOf(state, names),
          can: possible(state, actorName(desk.actor)).filter((action) => may(desk.actor, action, reach)),
        };
      },
    }),
    'GET /api/visits/:id/link': member({
      action: 'visit.countersign',
      summary: 'The address the household opens on its own phone to read and sign; shown to it as a QR code',
      handle(desk, found, { params: { id } }) {
        const key = found.state.voucher?.key;
        if (key === undefined) return refuse('visit.nobody-met');
        return { url: `${desk.publicUrl}/sign/${id}?k=${key}` };
      },
    }),
    'GET /api/visits/:id/signature': member({
      action: 'visit.read',
      summary: 'The strokes or card that vouch for the note as it reads now. The reading is recorded',
      async handle(desk, found, { params: { id } }) {
        if (found.state.answer.said !== 'signed') return refuse('access.denied');
        await recordReading(desk, found.state.household, '走访签字');
        // The fold leaves strokes aside: they are long, and looked at rarely.
        const history = (await desk.ledger.history(desk.county, id)) as unknown as readonly VisitEvent[];
        const signed = history.findLast((e) => e.kind === 'visit.countersigned');
        return { signature: signed?.personal?.signature ?? null, card: signed?.personal?.card ?? null };
      },
    }),
    'GET /api/households/:id/visits': route({
      action: 'household.read',
      summary: 'What was promised this household, then the history of visits. The reading is recorded',
      params: Id,
      async handle(desk, { params: { id } }) {
        const household = await householdOf(desk.query, desk.county, id);
        const reach = reachOfHousehold(household);
        if (household === undefined || !may(desk.actor, 'household.read', reach)) return refuse('access.denied');
        await recordReading(desk, id, '走访历史');
        const [promises, history] = await Promise.all([
          promisesTo(desk.query, desk.county, id),
          historyOf(desk.query, desk.county, id, HISTORY),
        ]);
        const today = dayOf(desk.now);
        return {
          promises: promises.map((p) => ({
            visit: p.visit,
            promise: p.place,
            what: p.what,
            by: p.due,
            madeOn: p.made_on,
            official: p.official_name,
            keptOn: p.kept_on,
            late: p.late ?? p.due < today,
            told: p.told,
          })),
          visits: history.map((v) => ({
            id: v.id,
            official: v.official,
            officialName: v.official_name,
            contact: v.contact,
            metAt: v.met_at,
            note: v.note,
            status: v.status,
            needs: v.needs,
            revisitBy: v.revisit_by,
          })),
          can: may(desk.actor, 'visit.record', reach) ? ['visit.record'] : [],
        };
      },
    }),
    ...commands(),
    ...signRoutes,
    ...diaryRoutes,
    ...rateRoutes,
  }) satisfies Routes;

export const visitRoutes = visitRoutesOf();
