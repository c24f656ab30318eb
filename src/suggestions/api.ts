import { z } from 'zod';
import { canDo, may, scopeOf } from '../access/access.ts';
import { namesOf, placeOf } from '../access/directory.ts';
import { recordReading } from '../access/readings.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { dayOf } from '../calendar/days.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { sayNumber } from '../matters/number.ts';
import {
  type Outcome,
  type Suggestion,
  SuggestionCommand,
  SuggestionSpan,
  type SuggestionState,
  type SuggestionStatus,
  type SuggestionsPolicy,
  outcomeNames,
  suggestionChannelNames,
  suggestionStatusNames,
} from './model.ts';
import { possible } from './rules.ts';
import { reachOf, suggestionScope } from './tables.ts';

const Id = z.object({ id: z.uuid() });
const MOST = 300;
const LISTED = 60;

interface Row {
  readonly id: string;
  readonly number: string;
  readonly status: SuggestionStatus;
  readonly title: string | null;
  readonly area: string;
  readonly unit: string | null;
  readonly filed_on: string;
  readonly screen_by: string;
  readonly answer_by: string | null;
  readonly outcome: Outcome | null;
  readonly follow_by: string | null;
  readonly done_on: string | null;
  readonly thanked: boolean;
}

/** Until when the next step is due, and whose it is. */
const dueOf = (row: Row): string | null =>
  row.status === 'filed'
    ? row.screen_by
    : row.status === 'sent'
      ? row.answer_by
      : row.status === 'answered'
        ? row.follow_by
        : null;

/** The suggestion of a number, for whoever is known to hold its key. */
export async function suggestionByNumber(desk: Desk, number: string) {
  const [row] = await desk.query<{ id: string }>(
    'suggestions.by-number',
    'select id from suggestion where county = $1 and number = $2',
    [desk.county, number],
  );
  if (row === undefined) return undefined;
  const { state } = await desk.ledger.read<SuggestionState>(desk.county, 'suggestion', row.id);
  if (state.status === 'none') return undefined;
  const names = await namesOf(desk.query, desk.county, [state.unit]);
  const matter =
    state.status === 'matter'
      ? (
          await desk.query<{ number: string }>(
            'suggestions.matter',
            `select m.number from matter m join event e on e.county = m.county and e.stream = m.id and e.version = 1
              where m.county = $1 and e.data->>'origin' = $2`,
            [desk.county, `suggestion ${row.id}`],
          )
        )[0]
      : undefined;
  return {
    id: row.id,
    state,
    unit: names(state.unit),
    matter: matter?.number ?? null,
    /** The desk as whoever made it sits at it. */
    theirs: { ...desk, actor: { kind: 'resident' as const, record: number } },
  };
}

/** Adopted suggestions whose maker said yes to the public list, the newest first; a name only where they said yes to that. */
export async function listedSuggestions(desk: Desk) {
  const rows = await desk.query<{ id: string; unit: string | null }>(
    'suggestions.listed',
    `select s.id, u.short_name as unit from suggestion s left join unit u on u.county = s.county and u.id = s.unit
      where s.county = $1 and s.listed order by s.answered_on desc, s.id limit ${LISTED}`,
    [desk.county],
  );
  const all = await Promise.all(
    rows.map(async ({ id, unit }) => {
      const { state } = await desk.ledger.read<SuggestionState>(desk.county, 'suggestion', id);
      if (state.status === 'none' || state.told === undefined || state.answer === undefined) return undefined;
      return {
        title: state.told.title,
        name: state.named ? (state.told.name ?? null) : null,
        unit,
        outcome: state.answer.outcome,
        words: state.answer.words,
        became: state.followed.at(-1)?.words ?? null,
        done: state.status === 'done',
      };
    }),
  );
  return all.filter((one) => one !== undefined);
}

async function shown(desk: Desk, id: string, state: Suggestion, version: number) {
  const reach = reachOf(state);
  const asksWho =
    may(desk.actor, 'suggestion.contact', reach) || (state.share && may(desk.actor, 'suggestion.answer', reach));
  if (asksWho && !state.anonymous) await recordReading(desk, id, '建议人和联系方式');
  const names = await namesOf(desk.query, desk.county, [
    ...state.chain,
    state.unit,
    ...state.returns.flatMap(({ unit, betterUnit }) => [unit === '' ? undefined : unit, betterUnit]),
  ]);
  const { told, answer } = state;
  const today = dayOf(desk.now);
  const policy = desk.policies.get<SuggestionsPolicy>('suggestions');
  return {
    id,
    version,
    number: sayNumber(state.number),
    status: state.status,
    statusName: suggestionStatusNames[state.status],
    channel: suggestionChannelNames[state.channel],
    title: told?.title ?? null,
    words: told?.words ?? null,
    place: placeOf(names, state.chain.length === 1 ? state.chain : state.chain.slice(1)),
    filedOn: dayOf(state.filedAt),
    who: {
      anonymous: state.anonymous,
      shown: asksWho,
      share: state.share,
      name: asksWho ? (told?.name ?? null) : null,
      phone: asksWho ? (told?.phone ?? null) : null,
    },
    screenBy: state.screenBy,
    screenedOn: state.screenedOn ?? null,
    screenLate: state.status === 'filed' && state.screenBy < today,
    unit: names(state.unit),
    note: state.note ?? null,
    answerBy: state.answerBy ?? null,
    answerLate: state.status === 'sent' && (state.answerBy ?? today) < today,
    returns: state.returns.map(({ unit, reason, betterUnit }) => ({
      unit: names(unit === '' ? undefined : unit),
      reason,
      betterUnit: names(betterUnit),
    })),
    aside: state.aside ?? null,
    answer:
      answer === undefined
        ? null
        : {
            outcome: answer.outcome,
            outcomeName: outcomeNames[answer.outcome],
            words: answer.words,
            on: answer.on,
            followBy: answer.followBy,
          },
    followed: state.followed,
    thanks: state.thanks === undefined ? null : { words: state.thanks.words, on: state.thanks.on },
    listed: state.listed,
    named: state.named,
    /** A letter of thanks to begin from. */
    letter: policy.letter.replaceAll('{title}', told?.title ?? '').replaceAll('{unit}', names(state.unit) ?? ''),
    can: canDo(desk.actor, possible(state), reach),
  };
}

export const suggestionRoutes = {
  'GET /api/suggestions': route({
    action: 'suggestion.read',
    summary: 'Suggestions I may read, what waits longest first',
    query: z.object({ show: z.enum(['open', 'answered', 'all']).default('open') }),
    async handle(desk, { query: { show } }) {
      const rows = await desk.query<Row>(
        'suggestions.list',
        `select s.id, s.number, s.status, s.title, s.area, s.unit, s.filed_on, s.screen_by, s.answer_by, s.outcome,
                s.follow_by, s.done_on, s.thanked
           from suggestion s
          where s.county = $1 and ($2 = 'all' or ($2 = 'open') = (s.status in ('filed', 'sent')))
            and ${withinSql(3, suggestionScope)}
          order by case s.status when 'filed' then s.screen_by when 'sent' then s.answer_by end nulls last,
                   s.answered_on desc nulls last, s.filed_on desc, s.id limit ${MOST}`,
        [desk.county, show, ...scopeValues(scopeOf(desk.actor, 'suggestion.read'))],
      );
      const names = await namesOf(
        desk.query,
        desk.county,
        rows.flatMap(({ area, unit }) => [area, unit]),
      );
      const today = dayOf(desk.now);
      return {
        today,
        rows: rows.map((row) => {
          const due = dueOf(row);
          return {
            id: row.id,
            number: sayNumber(row.number),
            status: row.status,
            statusName: suggestionStatusNames[row.status],
            title: row.title,
            place: names(row.area),
            unit: names(row.unit),
            filedOn: row.filed_on,
            due,
            late: due !== null && due < today,
            outcome: row.outcome,
            outcomeName: row.outcome === null ? null : outcomeNames[row.outcome],
            doneOn: row.done_on,
            thanked: row.thanked,
          };
        }),
      };
    },
  }),
  'GET /api/suggestions/figures': route({
    action: 'suggestion.count',
    summary:
      'Of a time: how many came, were looked at in time, answered, adopted and done, each with what it is a share of',
    query: SuggestionSpan,
    async handle(desk, { query: { from, until } }) {
      const today = dayOf(desk.now);
      const span = { from: from ?? `${today.slice(0, 4)}-01-01`, until: until ?? today };
      const [n] = await desk.query<Record<string, number>>(
        'suggestions.figures',
        `select count(*)::int as filed,
                count(*) filter (where s.anonymous)::int as anonymous,
                count(*) filter (where s.screened_on is not null or s.screen_by < $4::date)::int as screen_due,
                count(*) filter (where s.screened_on <= s.screen_by)::int as screened_in_time,
                count(*) filter (where s.answer_by is not null)::int as sent,
                count(*) filter (where s.answer_by is not null and (s.answered_on is not null or s.answer_by < $4::date))::int as answer_due,
                count(*) filter (where s.answered_on <= s.answer_by)::int as answered_in_time,
                count(*) filter (where s.outcome is not null)::int as answered,
                count(*) filter (where s.outcome = 'adopted')::int as adopted,
                count(*) filter (where s.outcome = 'partly')::int as partly,
                count(*) filter (where s.outcome = 'not')::int as not_adopted,
                count(*) filter (where s.done_on is not null)::int as done,
                count(*) filter (where s.thanked)::int as thanked
           from suggestion s
          where s.county = $1 and s.filed_on between $2::date and $3::date and ${withinSql(5, suggestionScope)}`,
        [desk.county, span.from, span.until, today, ...scopeValues(scopeOf(desk.actor, 'suggestion.count'))],
      );
      return {
        ...span,
        filed: n!['filed']!,
        anonymous: n!['anonymous']!,
        screenDue: n!['screen_due']!,
        screenedInTime: n!['screened_in_time']!,
        sent: n!['sent']!,
        answerDue: n!['answer_due']!,
        answeredInTime: n!['answered_in_time']!,
        answered: n!['answered']!,
        adopted: n!['adopted']!,
        partly: n!['partly']!,
        notAdopted: n!['not_adopted']!,
        done: n!['done']!,
        thanked: n!['thanked']!,
      };
    },
  }),
  'GET /api/suggestions/:id': route({
    action: 'suggestion.read',
    summary: 'One suggestion: its words, who has it, the answer with its reasons, what became of it',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state, version } = await desk.ledger.read<SuggestionState>(desk.county, 'suggestion', id);
      if (state.status === 'none' || !may(desk.actor, 'suggestion.read', reachOf(state)))
        return refuse('access.denied');
      return await shown(desk, id, state, version);
    },
  }),
  ...commandRoutes('suggestion', '/api/suggestions', SuggestionCommand, {
    'suggestion.file': 'Take in a suggestion; answers its number and query code',
    'suggestion.send': 'It goes to the unit that can say yes; the answer is due by a day',
    'suggestion.return': 'The unit says another should look into it',
    'suggestion.set-aside': 'It goes no further, and why is told to whoever made it',
    'suggestion.make-matter': 'It asks for something to be done: it goes on the ledger',
    'suggestion.answer': 'Adopted, in part or not, with the reasons in plain words',
    'suggestion.follow': 'What became of what was adopted',
    'suggestion.thank': 'Thanks, in a letter',
    'suggestion.agree': 'Whoever made it says whether the public list may show it, and by name',
  }),
} satisfies Routes;
