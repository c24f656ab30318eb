import { randomInt } from 'node:crypto';
import { chainOf, placedAt } from '../access/directory.ts';
import { followId } from '../ledger/ids.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import {
  DIALOGUE_POLICY,
  DialogueCommand,
  type DialogueEvent,
  type DialogueFacts,
  type DialoguePolicy,
  type DialogueState,
  type GuestOf,
  type Question,
  type Session,
} from './model.ts';
import { dialogues } from './rules.ts';

/** Where a session lies and whose it is, as columns of the row called `d`. */
export const dialogueScope = {
  areas: ['d.county_area', 'd.township'],
  units: ['d.units[]'],
  officials: ['d.guests[]', 'd.announced_by'],
};

export const dialogueRecord: RecordType<DialogueState, DialogueCommand, DialogueEvent, DialogueFacts> = {
  name: 'dialogue',
  decider: dialogues,
  commands: DialogueCommand,
  tables: [
    { name: 'dialogue', key: ['county', 'id'] },
    { name: 'dialogue_question', key: ['county', 'dialogue', 'place'] },
  ],
  async facts({ county, state, command, actor, at, query, policies }) {
    const named = 'area' in command ? command.area : undefined;
    const area = named ?? (state.status === 'none' ? undefined : state.area);
    const [chain, guests] = await Promise.all([
      area === undefined ? undefined : chainOf(query, county, area),
      guestsAtWork(query, county, command.kind === 'dialogue.announce' ? command.guests : []),
    ]);
    return { actor, at, chain, guests, code: newCode(), policy: policies.get<DialoguePolicy>(DIALOGUE_POLICY) };
  },
  reach: (state, _command, facts) => (state.status === 'none' ? { areas: facts?.chain ?? [] } : reachOf(state)),
  rows: (county, stream, state) => (state.status === 'none' ? {} : rowsOf(county, stream, state)),
  told(state, command): Record<string, unknown> {
    const asked = state.status === 'none' ? undefined : state.questions.at(-1);
    return command.kind === 'dialogue.ask' && asked !== undefined ? { question: asked.question, code: asked.code } : {};
  },
};

export const reachOf = (state: Session) => ({
  areas: state.chain,
  units: state.guests.map((g) => g.unit),
  officials: [...state.guests.map((g) => g.official), state.announcedBy],
});

/** The matter a question became; undefined where it became none. */
export const matterOf = (stream: string, q: Question): string | undefined =>
  q.handedOn === undefined ? undefined : followId(stream, q.handedOn, 0);

async function guestsAtWork(query: Query, county: number, guests: readonly GuestOf[]): Promise<ReadonlySet<string>> {
  if (guests.length === 0) return new Set();
  const rows = await query<{ official: string; unit: string }>(
    'dialogue.guests',
    `select g.official, g.unit from jsonb_to_recordset($2::jsonb) as g(official uuid, unit uuid)
       join official o on o.county = $1 and o.id = g.official and not o.retired
       join unit u on u.county = $1 and u.id = g.unit and not u.closed`,
    [county, JSON.stringify(guests)],
  );
  return new Set(rows.map((r) => `${r.official} ${r.unit}`));
}

/** Read off one screen and typed into another: nothing that looks like something else. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const newCode = (): string => Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]!).join('');

function rowsOf(county: number, stream: string, state: Session) {
  return {
    dialogue: [
      {
        county,
        id: stream,
        ...placedAt(state.chain),
        form: state.form,
        title: state.title,
        about: state.about,
        day: state.day,
        starts: state.from,
        ends: state.to,
        phone: state.phone ?? null,
        guests: state.guests.map((g) => g.official),
        units: [...new Set(state.guests.map((g) => g.unit))],
        announced_by: state.announcedBy,
        status: state.status,
        reason: state.reason ?? null,
        began_at: state.beganAt ?? null,
        closed_at: state.closedAt ?? null,
      },
    ],
    dialogue_question: state.questions.map((q) => ({
      county,
      dialogue: stream,
      place: q.question,
      via: q.via,
      state: q.state,
      hidden: q.hidden?.reason ?? null,
      asked_at: q.askedAt,
      answered_at: q.answer?.at ?? null,
      unit: q.answer?.unit ?? null,
      matter: matterOf(stream, q) ?? null,
      heard_at: q.heard?.at ?? null,
      promised: q.answer?.promised?.what ?? null,
      due: q.answer?.promised?.by ?? null,
      kept: q.followed?.kept ?? null,
    })),
  };
}

/** A session in a list, with what came of its questions. */
export interface DialogueRow {
  readonly id: string;
  readonly form: 'hotline' | 'online';
  readonly title: string;
  readonly about: string;
  readonly day: string;
  readonly starts: string;
  readonly ends: string;
  readonly phone: string | null;
  readonly guests: readonly string[];
  readonly units: readonly string[];
  readonly status: Session['status'];
  readonly reason: string | null;
  readonly asked: number;
  readonly hidden: number;
  readonly live: number;
  readonly later: number;
  readonly handed_on: number;
  readonly promises: number;
  readonly kept: number;
  readonly median: number | null;
}

/**
 * Columns of a session with its questions counted: asked (all of them), not shown, answered in the session, answered
 * later by the unit, handed on, promised and kept; the middle time from the question, or the beginning where it was
 * asked before, to its answer (minutes, of those answered in the session).
 */
export const DIALOGUE_ROW = `
  select d.id, d.form, d.title, d.about, d.day, d.starts, d.ends, d.phone, d.guests, d.units, d.status, d.reason,
         q.asked, q.hidden, q.live, q.later, q.handed_on, q.promises, q.kept, q.median
    from dialogue d
   cross join lateral (
     select count(*)::int as asked, (count(*) filter (where n.state = 'hidden'))::int as hidden,
            (count(*) filter (where n.answered_at is not null))::int as live,
            (count(*) filter (where n.answered_at is null and n.heard_at is not null))::int as later,
            (count(*) filter (where n.matter is not null))::int as handed_on,
            (count(*) filter (where n.promised is not null))::int as promises,
            (count(*) filter (where n.kept))::int as kept,
            percentile_cont(0.5) within group (
              order by (extract(epoch from n.answered_at - greatest(n.asked_at, d.began_at)) / 60)::float8) as median
       from dialogue_question n where n.county = d.county and n.dialogue = d.id
   ) q`;
