import { z } from 'zod';
import { may } from '../access/access.ts';
import { actorName, unitsOf } from '../access/model.ts';
import { give } from '../contract/commands.ts';
import { type Sentences, commonRefusals } from '../contract/refusals.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import { language } from '../language/saying.ts';
import { type MatterCommand, type MatterState, matterRefusals } from './model.ts';
import { sayNumber } from './number-words.ts';
import { matterRefusalsInEnglish } from './refusals-english.ts';
import { matterRecord } from './tables.ts';

/** So many at once: a page of the list. */
const MOST = 100;

const Act = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('matter.dispatch'), unit: z.uuid(), note: z.string().trim().max(500).optional() }),
  z.object({ kind: z.literal('matter.classify'), category: z.string().min(1).max(80) }),
  z.object({ kind: z.literal('matter.merge'), into: z.uuid() }),
]);
type Act = z.output<typeof Act>;

/** What becomes of one of many: done, would be done, or why not. */
interface Row {
  readonly id: string;
  readonly number: string | null;
  readonly subject: string | null;
  /** Null where it is (or would be) done. */
  readonly refused: string | null;
  /** The refusal in words. */
  readonly sentence: string | null;
}

/** The matter as it is, where the asker may do this to it. */
async function readFor(desk: Desk, id: string, action: string): Promise<MatterState | undefined> {
  const { state } = await desk.ledger.read<MatterState>(desk.county, 'matter', id);
  return state.status !== 'none' && may(desk.actor, action, matterRecord.reach(state, undefined, undefined))
    ? state
    : undefined;
}

/** What the rules would say, asked in the same way as when it is done, and nothing written. */
async function tried(desk: Desk, id: string, state: MatterState, act: Act): Promise<Refusal | undefined> {
  const verdict = await desk.ledger.rehearse({
    county: desk.county,
    record: 'matter',
    stream: id,
    command: act as MatterCommand,
    at: desk.now,
    actor: actorName(desk.actor),
    units: unitsOf(desk.actor),
    // Whether they may was asked when it was read.
    permit: () => true,
  });
  return isRefusal(verdict) ? verdict : undefined;
}

/** A refusal and its sentence, in the language of the request. */
function said(refused: string | null): Pick<Row, 'refused' | 'sentence'> {
  if (refused === null) return { refused, sentence: null };
  const chinese: Sentences = { ...commonRefusals, ...matterRefusals };
  const english: Sentences = matterRefusalsInEnglish;
  return { refused, sentence: (language() === 'en' ? english[refused] : undefined) ?? chinese[refused] ?? refused };
}

export const bulkRoutes = {
  'POST /api/matters/bulk': route({
    action: 'matter.bulk',
    summary: 'One act on many matters: a preview of what would become of each, or done, with a verdict for each',
    body: z.object({
      ids: z.array(z.uuid()).min(1).max(MOST),
      act: Act,
      preview: z.boolean(),
      /** Made by the device: the same press sent twice is done once. */
      once: z.uuid().optional(),
    }),
    async handle(desk, { body: { ids, act, preview, once } }) {
      if (act.kind === 'matter.merge' && (await readFor(desk, act.into, 'matter.merge')) === undefined)
        return refuse('matter.no-main', 'into');
      const rows: Row[] = [];
      for (const id of new Set(ids)) {
        // The main matter may be among those marked: it is what the others go into.
        if (act.kind === 'matter.merge' && id === act.into) continue;
        const state = await readFor(desk, id, act.kind);
        if (state === undefined) {
          rows.push({ id, number: null, subject: null, ...said('access.denied') });
          continue;
        }
        const verdict = preview
          ? await tried(desk, id, state, act)
          : await give(desk, 'matter', id, act, once === undefined ? {} : { command: idOf('bulk', once, id) });
        rows.push({
          id,
          number: sayNumber(state.number),
          subject: state.told?.subject ?? null,
          ...said(verdict !== undefined && isRefusal(verdict) ? verdict.refused : null),
        });
      }
      return { rows, done: rows.filter(({ refused }) => refused === null).length };
    },
  }),
} satisfies Routes;
