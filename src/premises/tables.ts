import { atWork, placedAt } from '../access/directory.ts';
import { evidenceRows, evidenceTable } from '../duties/model.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import {
  type Checklist,
  type Kind,
  PremiseCommand,
  type PremiseCommand as Command,
  type PremiseEvent,
  type PremiseFacts,
  type PremiseState,
  type PremisesPolicy,
  premiseStream,
} from './model.ts';
import { premises } from './rules.ts';

export const premiseRecord: RecordType<PremiseState, Command, PremiseEvent, PremiseFacts> = {
  name: 'premise',
  decider: premises,
  commands: PremiseCommand,
  tables: [{ name: 'premise_item', key: ['county', 'id', 'item'] }, evidenceTable],
  async facts({ county, stream, command, at, query, policies }) {
    const [area] = await query<{ chain: string[]; level: string; kind: string }>(
      'premises.area',
      'select chain, level, kind from area where county = $1 and id = $2 and not closed',
      [county, command.area],
    );
    const list = policies.get<PremisesPolicy>('premises').lists.find((l) => l.id === command.list);
    return {
      at,
      chain: area?.chain,
      fits:
        area !== undefined &&
        list !== undefined &&
        isAsked(list.of, area) &&
        list.items.some((i) => i.id === command.item) &&
        stream === premiseStream(county, command.area, command.list),
      atWork:
        command.kind === 'premise.charge' && (await atWork(query, county, [command.official])).has(command.official),
    };
  },
  reach: (state, _command, facts) => ({ areas: state.status === 'none' ? (facts?.chain ?? []) : state.chain }),
  rows: (county, stream, state) =>
    state.status === 'none'
      ? {}
      : {
          premise_item: Object.entries(state.items).map(([item, one]) => ({
            county,
            id: stream,
            item,
            ...placedAt(state.chain),
            area: state.area,
            list: state.list,
            state: one.state ?? null,
            checked_on: one.on ?? null,
            note: one.note,
            checked_by: one.by ?? null,
            official: one.official ?? null,
            due: one.due ?? null,
          })),
          evidence: evidenceRows(
            county,
            stream,
            state.looks.map(({ official, on }) => ({
              official,
              kind: 'place-check' as const,
              day: on,
              amount: 1,
              area: state.area,
              subject: null,
              confirmed: false,
            })),
          ),
        },
};

/** Levels of areas and what they are called in law, of each kind of place; no names means all of that level. */
const placesOf: Readonly<Record<Kind, { level: string; names: readonly string[] | null }>> = {
  county: { level: 'county', names: null },
  township: { level: 'township', names: null },
  village: { level: 'village', names: ['村'] },
  community: { level: 'village', names: ['社区'] },
  'village-or-community': { level: 'village', names: null },
};

export function isAsked(of: Kind, { level, kind }: { level: string; kind: string }): boolean {
  const { level: wanted, names } = placesOf[of];
  return level === wanted && (names === null || names.includes(kind));
}

export interface ItemRow {
  readonly area: string;
  readonly name: string;
  readonly township: string | null;
  readonly within: string | null;
  readonly item: string;
  readonly state: string | null;
  readonly checked_on: string | null;
  readonly note: string | null;
  readonly official: string | null;
  readonly official_name: string | null;
  readonly due: string | null;
}

/** Every item of a list at every place it is asked of, in the whole county or below one area: the denominator is all. */
export const itemsOf = async (
  query: Query,
  county: number,
  list: Checklist,
  below: string | null,
): Promise<ItemRow[]> => {
  const { level, names } = placesOf[list.of];
  return await query<ItemRow>(
    'premises.items',
    `select a.id as area, a.name, a.chain[2] as township, t.name as within, i.item, s.state, s.checked_on, s.note, s.official,
            f.name as official_name, s.due
       from area a
      cross join unnest($5::text[]) with ordinality i(item, n)
       left join area t on t.county = $1 and t.id = a.parent
       left join premise_item s on s.county = $1 and s.area = a.id and s.list = $6 and s.item = i.item
       left join official f on f.county = $1 and f.id = s.official
      where a.county = $1 and not a.closed and a.level = $2 and ($3::text[] is null or a.kind = any($3))
        and ($4::uuid is null or $4 = any(a.chain))
      order by t.name nulls first, a.name, a.id, i.n`,
    [county, level, names, below, list.items.map((i) => i.id), list.id],
  );
};
