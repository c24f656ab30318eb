import { chainOf, placedAt } from '../access/directory.ts';
import type { RecordType } from '../ledger/record.ts';
import {
  type Hotspot,
  HotspotCommand,
  type HotspotCommand as Command,
  type HotspotEvent,
  type HotspotFacts,
  type HotspotPolicy,
  type HotspotState,
} from './model.ts';
import { owedRows, owedTable } from '../owed/model.ts';
import { hotspots, hotspotsOwed } from './rules.ts';

/** Where a hot spot lies and whose it is, as columns of the row called `h`. */
export const hotspotScope = {
  areas: ['h.county_area', 'h.township', 'h.village', 'h.grid'],
  units: ['h.unit'],
  officials: [],
};

export const reachOf = (state: Hotspot) => ({
  areas: state.chain,
  units: state.fix === undefined ? [] : [state.fix.unit],
});

export const hotspotRecord: RecordType<HotspotState, Command, HotspotEvent, HotspotFacts> = {
  name: 'hotspot',
  decider: hotspots,
  commands: HotspotCommand,
  tables: [
    { name: 'hotspot', key: ['county', 'id'] },
    { name: 'hotspot_matter', key: ['county', 'hotspot', 'matter'] },
    owedTable,
  ],
  async facts({ county, state, command, actor, units, at, query, policies }) {
    const chain = command.kind === 'hotspot.raise' ? await chainOf(query, county, command.area) : undefined;
    const place = command.kind === 'hotspot.raise' ? command.area : state.status === 'none' ? undefined : state.area;
    const known =
      'matters' in command && place !== undefined
        ? await query<{ id: string }>(
            'hotspots.matters',
            `select m.id from matter m join area a on a.county = m.county and a.id = m.area
              where m.county = $1 and m.id = any($2::uuid[]) and $3::uuid = any(a.chain)`,
            [county, command.matters, place],
          )
        : [];
    const unit =
      command.kind === 'hotspot.fix' &&
      (
        await query('hotspots.unit', 'select from unit where county = $1 and id = $2 and not closed', [
          county,
          command.unit,
        ])
      ).length > 0;
    return {
      actor,
      at,
      units,
      chain,
      unitKnown: unit,
      known: new Set(known.map(({ id }) => id)),
      settings: policies.get<HotspotPolicy>('hotspots'),
    };
  },
  reach: (state, _command, facts) =>
    state.status === 'none' ? (facts?.chain === undefined ? {} : { areas: facts.chain }) : reachOf(state),
  rows: (county, stream, state) => (state.status === 'none' ? {} : rowsOf(county, stream, state)),
};

const rowsOf = (county: number, stream: string, state: Hotspot) => ({
  hotspot: [
    {
      county,
      id: stream,
      ...placedAt(state.chain),
      area: state.area,
      status: state.status,
      title: state.title,
      raised_on: state.raisedOn,
      unit: state.fix?.unit ?? null,
      due: state.fix?.due ?? null,
      matters: state.matters.length,
      heard: Object.keys(state.heard).length,
      holds: Object.values(state.heard).filter(({ outcome }) => outcome === 'holds').length,
    },
  ],
  owed: owedRows(county, 'hotspot', stream, hotspotsOwed(state)),
  hotspot_matter: state.matters.map((matter) => ({
    county,
    hotspot: stream,
    matter,
    outcome: state.heard[matter]?.outcome ?? null,
  })),
});
