import { randomInt } from 'node:crypto';
import { atWork, chainOf, placedAt } from '../access/directory.ts';
import { evidenceRows, evidenceTable } from '../duties/model.ts';
import { followId } from '../ledger/ids.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import { owedRows, owedTable } from '../owed/model.ts';
import {
  type Arranged,
  OutreachCommand,
  type OutreachCommand as Command,
  type OutreachEvent,
  type OutreachFacts,
  type OutreachPolicy,
  type OutreachState,
} from './model.ts';
import { outreaches, outreachesOwed, standing } from './rules.ts';

/** Where an outreach lies and whose it is, as columns of the row called `o`. */
export const outreachScope = {
  areas: ['o.county_area', 'o.township', 'o.village', 'o.grid'],
  units: [],
  officials: ['o.who[]', 'o.went[]', 'o.arranged_by'],
};

export const outreachRecord: RecordType<OutreachState, Command, OutreachEvent, OutreachFacts> = {
  name: 'outreach',
  decider: outreaches,
  commands: OutreachCommand,
  tables: [
    { name: 'outreach', key: ['county', 'id'] },
    { name: 'outreach_item', key: ['county', 'outreach', 'place'] },
    owedTable,
    evidenceTable,
  ],
  async facts({ county, state, command, actor, at, query, policies }) {
    const people =
      command.kind === 'outreach.arrange' ? command.who : command.kind === 'outreach.conclude' ? command.went : [];
    const area = command.kind === 'outreach.arrange' ? command.area : state.status === 'none' ? undefined : state.area;
    return {
      actor,
      at,
      chain: area === undefined ? undefined : await chainOf(query, county, area),
      people: await atWork(query, county, people),
      matters: command.kind === 'outreach.arrange' ? await mattersAmong(query, county, command.matters) : new Set(),
      numberKnown:
        command.kind === 'outreach.book' && command.number !== undefined
          ? await isNumber(query, county, command.number)
          : false,
      policy: policies.get<OutreachPolicy>('outreach'),
      code: newCode(),
    };
  },
  reach: (state, command, facts) =>
    state.status === 'none'
      ? {
          areas: facts?.chain ?? [],
          officials: command?.kind === 'outreach.arrange' ? command.who : [],
        }
      : reachOf(state),
  rows: (county, stream, state) => (state.status === 'none' ? {} : rowsOf(county, stream, state)),
  told(state, command): Record<string, unknown> {
    const booking = state.status === 'none' ? undefined : state.bookings.at(-1);
    return command.kind === 'outreach.book' && booking !== undefined ? { turn: booking.turn, code: booking.code } : {};
  },
};

/** Read off one screen and typed into another: nothing that looks like something else. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const newCode = (): string => Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]!).join('');

export const reachOf = (state: Arranged) => ({
  areas: state.chain,
  officials: [...new Set([...state.who, ...state.went, state.arrangedBy])],
});

function rowsOf(county: number, stream: string, state: Arranged) {
  const placed = placedAt(state.chain);
  return {
    outreach: [
      {
        county,
        id: stream,
        ...placed,
        form: state.form,
        status: state.status,
        spot: state.spot,
        day: state.day,
        starts: state.from,
        ends: state.to,
        who: state.who,
        went: state.went,
        arranged_by: state.arrangedBy,
        about: state.about,
        period: state.period ?? null,
        matters: state.matters,
        places: state.places,
        booked: standing(state).length,
        reason: state.reason ?? null,
        result: state.result ?? null,
      },
    ],
    owed: owedRows(county, 'outreach', stream, outreachesOwed(state)),
    // Who went, and nobody who was only to go.
    evidence: evidenceRows(
      county,
      stream,
      state.status === 'held'
        ? state.went.map((official) => ({
            official,
            kind: 'outreach' as const,
            day: state.day,
            amount: 1,
            area: state.area,
            subject: null,
            confirmed: false,
          }))
        : [],
    ),
    outreach_item: state.taken.map((one, place) => ({
      county,
      outreach: stream,
      place,
      ...placed,
      day: state.day,
      form: state.form,
      official: one.by,
      solved: one.solved,
      matter: followId(stream, one.version, 0),
    })),
  };
}

async function mattersAmong(query: Query, county: number, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await query<{ id: string }>(
    'outreach.matters',
    'select id from matter where county = $1 and id = any($2::uuid[])',
    [county, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

const isNumber = async (query: Query, county: number, number: string): Promise<boolean> =>
  (
    await query('outreach.number', 'select from matter where county = $1 and number = $2', [
      county,
      number.replaceAll(/\s/g, '').toUpperCase(),
    ])
  ).length > 0;

/** An outreach in a list. */
export interface OutreachRow {
  readonly id: string;
  readonly form: string;
  readonly status: string;
  readonly spot: string;
  readonly day: string;
  readonly starts: string;
  readonly ends: string;
  readonly who: readonly string[];
  readonly went: readonly string[];
  readonly about: string;
  readonly period: string | null;
  readonly places: number;
  readonly booked: number;
  readonly reason: string | null;
  readonly result: string | null;
  readonly township: string | null;
  readonly village: string | null;
  readonly grid: string | null;
  readonly taken: number;
  readonly solved: number;
  readonly agreed: number;
}

/** Columns of an outreach with what was taken on it: how many, said to be solved, and found so by the residents. */
export const OUTREACH_ROW = `
  select o.id, o.form, o.status, o.spot, o.day, o.starts, o.ends, o.who, o.went, o.about, o.period, o.places, o.booked,
         o.reason, o.result, o.township, o.village, o.grid, i.taken, i.solved, i.agreed
    from outreach o
   cross join lateral (
     select count(*)::int as taken, (count(*) filter (where n.solved))::int as solved,
            (count(*) filter (where n.solved and m.status = 'closed'))::int as agreed
       from outreach_item n left join matter m on m.county = n.county and m.id = n.matter
      where n.county = o.county and n.outreach = o.id
   ) i`;
