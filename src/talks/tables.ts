import { chainOf, placedAt } from '../access/directory.ts';
import { evidenceRows, evidenceTable } from '../duties/model.ts';
import { followId } from '../ledger/ids.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import { owedRows, owedTable } from '../owed/model.ts';
import {
  GuideCommand,
  type GuideEvent,
  type GuideState,
  type Talk,
  TalkCommand,
  type TalkCommand as Command,
  type TalkEvent,
  type TalkFacts,
  type TalkState,
} from './model.ts';
import { guides, talks, talksOwed } from './rules.ts';

/** Where a talk lies and whose it is, as columns of the row called `t`. */
export const talkScope = {
  areas: ['t.county_area', 't.township', 't.village', 't.grid'],
  units: [],
  officials: ['t.official'],
};

export const guideRecord: RecordType<GuideState, GuideCommand, GuideEvent, unknown> = {
  name: 'guide',
  decider: guides,
  commands: GuideCommand,
  tables: [{ name: 'guide', key: ['county', 'id'] }],
  facts: () => ({}),
  reach: () => ({}),
  rows: (county, stream, state) =>
    state.status === 'none'
      ? {}
      : {
          guide: [
            {
              county,
              id: stream,
              title: state.title,
              gist: state.gist,
              source: state.source,
              valid_from: state.validFrom,
              valid_until: state.validUntil ?? null,
              withdrawn: state.status === 'withdrawn',
              reason: state.reason ?? null,
              version: state.version,
            },
          ],
        },
};

export const talkRecord: RecordType<TalkState, Command, TalkEvent, TalkFacts> = {
  name: 'talk',
  decider: talks,
  commands: TalkCommand,
  tables: [
    { name: 'talk', key: ['county', 'id'] },
    { name: 'talk_question', key: ['county', 'talk', 'place'] },
    owedTable,
    evidenceTable,
  ],
  async facts({ county, state, command, actor, at, query }) {
    const area = command.kind === 'talk.hold' ? command.area : state.status === 'none' ? undefined : state.area;
    return {
      actor,
      at,
      chain: area === undefined ? undefined : await chainOf(query, county, area),
      guides: command.kind === 'talk.hold' ? await inForce(query, county, command.guides, command.day) : new Set(),
    };
  },
  reach: (state, _command, facts) => (state.status === 'none' ? { areas: facts?.chain ?? [] } : reachOf(state)),
  rows: (county, stream, state) => (state.status === 'none' ? {} : rowsOf(county, stream, state)),
};

export const reachOf = (state: Talk) => ({ areas: state.chain, officials: [state.official] });

function rowsOf(county: number, stream: string, state: Talk) {
  const placed = placedAt(state.chain);
  return {
    talk: [
      {
        county,
        id: stream,
        ...placed,
        official: state.official,
        way: state.way,
        day: state.day,
        place: state.where,
        guides: state.guides,
        came: state.came ?? null,
        asked: state.questions.length,
        answered: state.questions.filter((q) => q.answer !== undefined).length,
        told: state.questions.filter((q) => q.told !== undefined).length,
      },
    ],
    evidence: evidenceRows(county, stream, [
      {
        official: state.official,
        kind: 'policy-talk',
        day: state.day,
        amount: 1,
        area: state.area,
        subject: null,
        confirmed: false,
      },
    ]),
    owed: owedRows(county, 'talk', stream, talksOwed(state)),
    talk_question: state.questions.map((q, place) => ({
      county,
      talk: stream,
      place,
      matter: followId(stream, q.version, 0),
      guide: q.guide ?? null,
    })),
  };
}

async function inForce(
  query: Query,
  county: number,
  ids: readonly string[],
  day: string,
): Promise<ReadonlySet<string>> {
  const rows = await query<{ id: string }>(
    'talks.in-force',
    `select id from guide where county = $1 and id = any($2::uuid[]) and not withdrawn and valid_from <= $3::date
        and (valid_until is null or valid_until >= $3::date)`,
    [county, ids, day],
  );
  return new Set(rows.map(({ id }) => id));
}
