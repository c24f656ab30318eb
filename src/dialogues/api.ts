import { z } from 'zod';
import { canDo, may, scopeOf } from '../access/access.ts';
import { type NameOf, namesOf } from '../access/directory.ts';
import { recordReading } from '../access/readings.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { Day } from '../calendar/model.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import {
  DIALOGUE_POLICY,
  DialogueCommand,
  type DialoguePolicy,
  type DialogueState,
  type Hidden,
  type Question,
} from './model.ts';
import { isOpen, isWaiting, possible } from './rules.ts';
import { DIALOGUE_ROW, type DialogueRow, dialogueScope, matterOf, reachOf } from './tables.ts';

const Id = z.object({ id: z.uuid() });
const MOST = 200;
/** The record of a session stands on the portal for so long; the ledger keeps it. */
const BACK_DAYS = 366;

const idsOf = (rows: readonly DialogueRow[]): string[] => rows.flatMap((r) => [...r.guests, ...r.units]);

/** A session in a list: when, who, and how many were asked, answered, handed on. */
const listed = (row: DialogueRow, names: NameOf) => ({
  id: row.id,
  form: row.form,
  title: row.title,
  about: row.about,
  day: row.day,
  from: row.starts,
  to: row.ends,
  phone: row.phone,
  status: row.status,
  reason: row.reason,
  guests: row.guests.map(names),
  units: row.units.map(names),
  asked: row.asked,
  hidden: row.hidden,
  live: row.live,
  later: row.later,
  handedOn: row.handed_on,
  promises: row.promises,
  kept: row.kept,
  median: row.median,
});

/** Sessions everybody may know of: those to come first, then the latest. */
export async function openDialogues(desk: Desk) {
  const today = dayOf(desk.now);
  const rows = await desk.query<DialogueRow>(
    'dialogue.open',
    `${DIALOGUE_ROW} where d.county = $1 and d.day >= $2
      order by d.day < $3::date, case when d.day >= $3::date then d.day end, d.day desc, d.starts, d.id limit ${MOST}`,
    [desk.county, addDays(today, -BACK_DAYS), today],
  );
  const names = await namesOf(desk.query, desk.county, idsOf(rows));
  return rows.map((row) => ({
    ...listed(row, names),
    open: isOpen({ status: row.status, day: row.day }, today),
  }));
}

/** What whoever asked a question, or reads the session, may see of it. */
const publicOf = (q: Question, names: NameOf, today: string) => ({
  question: q.question,
  via: q.via,
  words: q.words,
  answer:
    q.answer === undefined
      ? null
      : {
          official: names(q.answer.official),
          unit: names(q.answer.unit),
          words: q.answer.words,
          promised:
            q.answer.promised === undefined
              ? null
              : {
                  ...q.answer.promised,
                  kept: q.followed?.kept ?? null,
                  words: q.followed?.words ?? null,
                  late: q.followed?.kept !== true && q.answer.promised.by < today,
                },
        },
  handedOn: q.handedOn !== undefined,
  heard: q.heard === undefined ? null : dayOf(q.heard.at),
});

/** What was announced of a session and how it stands, as residents and the desk both see it. */
const announced = (id: string, state: Exclude<DialogueState, { status: 'none' }>) => ({
  id,
  form: state.form,
  title: state.title,
  about: state.about,
  day: state.day,
  from: state.from,
  to: state.to,
  phone: state.phone ?? null,
  status: state.status,
  reason: state.reason ?? null,
  words: state.words ?? null,
});

/** One session as everybody sees it: the questions that are shown, and how many are not, by reason. */
export async function openDialogue(desk: Desk, id: string) {
  const { state } = await desk.ledger.read<DialogueState>(desk.county, 'dialogue', id);
  if (state.status === 'none') return undefined;
  const names = await namesOf(
    desk.query,
    desk.county,
    state.guests.flatMap((g) => [g.official, g.unit]),
  );
  const today = dayOf(desk.now);
  const hidden = new Map<Hidden, number>();
  for (const q of state.questions)
    if (q.hidden !== undefined) hidden.set(q.hidden.reason, (hidden.get(q.hidden.reason) ?? 0) + 1);
  const shown = state.questions.filter((q) => q.state === 'shown');
  return {
    ...announced(id, state),
    open: isOpen(state, today),
    guests: state.guests.map((g) => ({ name: names(g.official), unit: names(g.unit) })),
    asked: state.questions.length,
    answered: state.questions.filter((q) => q.answer !== undefined).length,
    handedOn: state.questions.filter((q) => q.handedOn !== undefined).length,
    waiting: state.questions.filter((q) => q.state === 'new').length,
    hidden: [...hidden].map(([reason, n]) => ({ reason, n })),
    questions: shown.map((q) => publicOf(q, names, today)),
    /** What became of one's own question, by its number and code; undefined for a wrong one. */
    own(question: number, code: string) {
      const q = state.questions.find((one) => one.question === question);
      if (q === undefined || q.code === '' || q.code !== code) return undefined;
      return {
        ...publicOf(q, names, today),
        state: q.state,
        hidden: q.hidden ?? null,
        said: q.heard?.words ?? null,
      };
    },
  };
}

export const dialogueRoutes = {
  'GET /api/dialogues/open': route({
    action: 'portal.use',
    summary: 'Live sessions everybody may know of, those to come first',
    handle: (desk) => openDialogues(desk),
  }),
  'GET /api/dialogues': route({
    action: 'dialogue.read',
    summary: 'Live sessions I may see, those to come first; with questions, answers, reply time and promises',
    query: z.object({ from: Day.optional(), to: Day.optional() }),
    async handle(desk, { query }) {
      const today = dayOf(desk.now);
      const rows = await desk.query<DialogueRow>(
        'dialogue.list',
        `${DIALOGUE_ROW} where d.county = $1 and d.day between $2 and $3 and ${withinSql(5, dialogueScope)}
          order by d.day < $4::date, case when d.day >= $4::date then d.day end, d.day desc, d.starts, d.id limit ${MOST}`,
        [
          desk.county,
          query.from ?? addDays(today, -BACK_DAYS),
          query.to ?? addDays(today, BACK_DAYS),
          today,
          ...scopeValues(scopeOf(desk.actor, 'dialogue.read')),
        ],
      );
      const names = await namesOf(desk.query, desk.county, idsOf(rows));
      const { areas, all } = scopeOf(desk.actor, 'dialogue.announce');
      const { noticeDays } = desk.policies.get<DialoguePolicy>(DIALOGUE_POLICY);
      return { today, noticeDays, areas: all ? [] : areas, rows: rows.map((row) => listed(row, names)) };
    },
  }),
  'GET /api/dialogues/:id': route({
    action: 'dialogue.read',
    summary: 'One live session with every question, shown or not, and its reason. The reading is recorded',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state, version } = await desk.ledger.read<DialogueState>(desk.county, 'dialogue', id);
      if (state.status === 'none' || !may(desk.actor, 'dialogue.read', reachOf(state))) return refuse('access.denied');
      await recordReading(desk, id, '热线和对话里的提问');
      const matters = state.questions.flatMap((q) => matterOf(id, q) ?? []);
      const [names, found] = await Promise.all([
        namesOf(desk.query, desk.county, [
          ...state.guests.flatMap((g) => [g.official, g.unit]),
          ...state.questions.map((q) => q.area),
        ]),
        desk.query<{ id: string; number: string; status: string }>(
          'dialogue.became',
          'select id, number, status from matter where county = $1 and id = any($2::uuid[])',
          [desk.county, matters],
        ),
      ]);
      const known = new Map(found.map((m) => [m.id, m]));
      const today = dayOf(desk.now);
      return {
        ...announced(id, state),
        version,
        beganAt: state.beganAt ?? null,
        closedAt: state.closedAt ?? null,
        guests: state.guests.map((g) => ({ ...g, name: names(g.official), unitName: names(g.unit) })),
        questions: state.questions.map((q) => {
          const matter = matterOf(id, q);
          return {
            ...publicOf(q, names, today),
            area: names(q.area),
            name: q.name ?? null,
            phone: q.phone ?? null,
            askedAt: q.askedAt,
            state: q.state,
            hidden: q.hidden ?? null,
            waiting: isWaiting(q),
            matter: matter ?? null,
            number: matter === undefined ? null : (known.get(matter)?.number ?? null),
            said: q.heard?.words ?? null,
          };
        }),
        can: canDo(desk.actor, possible(state, today), reachOf(state)),
      };
    },
  }),
  ...commandRoutes(
    'dialogue',
    '/api/dialogues',
    // What the house tells itself has no door.
    { options: DialogueCommand.options.filter((option) => option.shape.kind.value !== 'dialogue.hear-answer') },
    {
      'dialogue.announce': 'Announce a live session with its guests; questions can be asked at once',
      'dialogue.change': 'Another day or time, with the reason everybody reads',
      'dialogue.cancel': 'Call it off; what was asked becomes a matter each',
      'dialogue.ask': 'Ask; gives the question’s number and a code to see what became of it',
      'dialogue.show': 'Show a question as it was asked',
      'dialogue.hide': 'Do not show a question, with the reason; nothing is deleted',
      'dialogue.begin': 'Begin to answer',
      'dialogue.answer': 'An answer by one of the guests, with what was promised',
      'dialogue.close': 'End the answers; what is open becomes a matter each',
      'dialogue.follow': 'What became of a promise',
      'dialogue.publish': 'Publish the record',
    },
  ),
} satisfies Routes;
