import { chainOf, placedAt } from '../access/directory.ts';
import { dayOf } from '../calendar/days.ts';
import type { RecordType } from '../ledger/record.ts';
import { newCode } from '../matters/number.ts';
import { newTicket, prefixOf } from '../matters/ticket.ts';
import {
  type Suggestion,
  SuggestionCommand,
  type SuggestionCommand as Command,
  type SuggestionEvent,
  type SuggestionFacts,
  type SuggestionState,
  type SuggestionsPolicy,
} from './model.ts';
import { owedRows, owedTable } from '../owed/model.ts';
import { isListed, suggestions, suggestionsOwed } from './rules.ts';

/** Where a suggestion lies and whose it is, as columns of the row called `s`. */
export const suggestionScope = {
  areas: ['s.county_area', 's.township', 's.village', 's.grid'],
  units: ['s.unit'],
  officials: [],
};

export const suggestionRecord: RecordType<SuggestionState, Command, SuggestionEvent, SuggestionFacts> = {
  name: 'suggestion',
  decider: suggestions,
  commands: SuggestionCommand,
  tables: [{ name: 'suggestion', key: ['county', 'id'] }, owedTable],
  async facts({ county, state, command, actor, units, at, query, policies }) {
    const unit =
      command.kind === 'suggestion.send'
        ? command.unit
        : command.kind === 'suggestion.return'
          ? command.betterUnit
          : undefined;
    const files = command.kind === 'suggestion.file' && state.status === 'none';
    const chain = files ? await chainOf(query, county, command.area) : undefined;
    return {
      actor,
      at,
      units,
      chain,
      unitKnown:
        unit !== undefined &&
        (
          await query('suggestions.unit', 'select from unit where county = $1 and id = $2 and not closed', [
            county,
            unit,
          ])
        ).length > 0,
      policy: policies.get<SuggestionsPolicy>('suggestions'),
      fresh:
        chain === undefined
          ? undefined
          : { number: newTicket(await prefixOf(query, county), 'J', at), code: newCode() },
    };
  },
  reach: (state, _command, found) => (state.status === 'none' ? { areas: found?.chain ?? [] } : reachOf(state)),
  rows: (county, stream, state) => (state.status === 'none' ? {} : rowsOf(county, stream, state)),
  told: (state, command) =>
    command.kind === 'suggestion.file' && state.status !== 'none'
      ? { number: state.number, code: state.told?.code }
      : {},
};

export const reachOf = (state: Suggestion) => ({
  areas: state.chain,
  units: state.unit === undefined ? [] : [state.unit],
  record: state.number,
});

const rowsOf = (county: number, stream: string, state: Suggestion) => ({
  owed: owedRows(county, 'suggestion', stream, suggestionsOwed(state)),
  suggestion: [
    {
      county,
      id: stream,
      number: state.number,
      ...placedAt(state.chain),
      area: state.area,
      channel: state.channel,
      status: state.status,
      // The words' own line stands here while they are kept; who said them never does.
      title: state.told?.title ?? null,
      anonymous: state.anonymous,
      unit: state.unit ?? null,
      filed_on: dayOf(state.filedAt),
      screen_by: state.screenBy,
      screened_on: state.screenedOn ?? null,
      answer_by: state.answerBy ?? null,
      answered_on: state.answer?.on ?? null,
      outcome: state.answer?.outcome ?? null,
      follow_by: state.answer === undefined || state.answer.outcome === 'not' ? null : state.answer.followBy,
      done_on: state.followed.find(({ done }) => done)?.on ?? null,
      thanked: state.thanks !== undefined,
      listed: isListed(state),
    },
  ],
});
