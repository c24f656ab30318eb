import { z } from 'zod';
import { addDays, dayOf } from '../calendar/days.ts';
import { give } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { isRefusal, refuse } from '../ledger/decider.ts';
import { readingsOf, recordReading } from '../access/readings.ts';
import type { Recorded, VisitState, VisitsPolicy } from './model.ts';
import { isAdult, talked } from './rules.ts';
import { householdOf, isVisit } from './tables.ts';

const Id = z.object({ id: z.uuid() });
const Key = z.string().min(16).max(64);
/** A key of 128 bits is not guessed; this spares the server. A whole village may share one address. */
const PER_MINUTE = 120;
/** How many of the newest looks into a file are told. */
const READINGS = 101;

/** The visit a household's link opens, and the desk as that household sits at it. */
async function opened(desk: Desk, id: string, key: string) {
  const found = await readVisit(desk, id);
  if (found === undefined || found.state.voucher === undefined || found.state.voucher.key !== key)
    return refuse('visit.key-wrong');
  const { signDays } = desk.policies.get<VisitsPolicy>('visits');
  if (dayOf(desk.now) > addDays(dayOf(found.state.vouchedAt), signDays)) return refuse('visit.link-ended');
  return { ...found, theirs: { ...desk, actor: { kind: 'resident', record: id } } satisfies Desk };
}

/** A recorded visit; undefined when the id is none. */
export async function readVisit(desk: Desk, id: string): Promise<{ state: Recorded; version: number } | undefined> {
  if (!(await isVisit(desk.query, desk.county, id))) return undefined;
  const { state, version } = await desk.ledger.read<VisitState>(desk.county, 'visit', id);
  return state.status === 'none' ? undefined : { state, version };
}

/** What the household's last word was, without what only its file holds (strokes, card). */
export const answerOf = ({ answer }: Recorded, names: ReadonlyMap<string, string>) => {
  if (answer.said === 'nothing') return { said: answer.said };
  const by = { by: answer.by, name: names.get(answer.by) ?? null, at: answer.at };
  return answer.said === 'signed'
    ? { said: answer.said, ...by, means: answer.means, comment: answer.comment, proxy: answer.proxy ?? null }
    : { said: answer.said, ...by, reason: answer.reason };
};

/** The household's own phone: reads the note behind the link it was shown, signs or declines it. No account. */
export const signRoutes = {
  'GET /api/sign/:id': route({
    action: 'portal.use',
    summary: 'The note as the household is asked to sign it, with the code to say aloud',
    params: Id,
    query: z.object({ k: Key }),
    perMinute: PER_MINUTE,
    async handle(desk, { params: { id }, query: { k } }) {
      const found = await opened(desk, id, k);
      if (isRefusal(found)) return found;
      const { state, theirs } = found;
      const household = await householdOf(desk.query, desk.county, state.household);
      const [official] = await desk.query<{ name: string; title: string }>(
        'visits.official',
        'select name, title from official where county = $1 and id = $2',
        [desk.county, state.official],
      );
      await recordReading(theirs, state.household, '用签字链接看走访记录');
      const year = Number(dayOf(desk.now).slice(0, 4));
      const residents = household?.residents ?? [];
      return {
        id,
        official: official === undefined ? null : { name: official.name, title: official.title },
        contact: state.contact,
        metAt: state.metAt,
        note: state.note,
        needs: state.needs.map((n) => n.words),
        promises: state.promises.map(({ what, by, kept, told }) => ({
          what,
          by,
          kept: kept !== undefined,
          told: told.at(-1)?.why ?? null,
        })),
        withdrawn: state.withdrawn ?? null,
        answer: answerOf(state, new Map(residents.map((r) => [r.id, r.name]))),
        signers:
          state.withdrawn === undefined && talked(state.contact)
            ? residents.filter((r) => isAdult(r.bornYear, year)).map(({ id, name }) => ({ id, name }))
            : [],
        code: state.voucher?.code ?? null,
      };
    },
  }),
  'GET /api/sign/:id/readings': route({
    action: 'portal.use',
    summary: 'Who looked at the file of the household that holds this link',
    params: Id,
    query: z.object({ k: Key }),
    perMinute: PER_MINUTE,
    async handle(desk, { params: { id }, query: { k } }) {
      const found = await opened(desk, id, k);
      if (isRefusal(found)) return found;
      return { readings: await readingsOf(found.theirs, [found.state.household], READINGS) };
    },
  }),
  'POST /api/sign/:id': route({
    action: 'portal.use',
    summary: 'The household signs the note',
    params: Id,
    body: z.object({
      k: Key,
      by: z.uuid(),
      comment: z.string().trim().max(500).optional(),
      command: z.uuid().optional(),
    }),
    perMinute: PER_MINUTE,
    async handle(desk, { params: { id }, body: { k, by, comment, command } }) {
      const found = await opened(desk, id, k);
      if (isRefusal(found)) return found;
      const given = {
        kind: 'visit.countersign',
        means: 'code',
        by,
        key: k,
        ...(comment === undefined ? {} : { comment }),
      };
      return await give(found.theirs, 'visit', id, given, { command });
    },
  }),
  'POST /api/sign/:id/decline': route({
    action: 'portal.use',
    summary: 'The household does not accept the note, and may say why',
    params: Id,
    body: z.object({
      k: Key,
      by: z.uuid(),
      reason: z.string().trim().max(500).default(''),
      command: z.uuid().optional(),
    }),
    perMinute: PER_MINUTE,
    async handle(desk, { params: { id }, body: { k, by, reason, command } }) {
      const found = await opened(desk, id, k);
      if (isRefusal(found)) return found;
      const given = { kind: 'visit.decline', by, reason, key: k } as { kind: string };
      return await give(found.theirs, 'visit', id, given, { command });
    },
  }),
} satisfies Routes;
