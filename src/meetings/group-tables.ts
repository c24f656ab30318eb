import { atWork, chainOf, placedAt } from '../access/directory.ts';
import { idOf } from '../ledger/ids.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import { responsibilities, standingGroups } from './groups.ts';
import {
  type ResponsibilitiesPolicy,
  ResponsibilityCommand,
  type ResponsibilityEvent,
  type ResponsibilityFacts,
  type ResponsibilityState,
  StandingGroupCommand,
  type StandingGroupEvent,
  type StandingGroupFacts,
  type StandingGroupState,
} from './model.ts';
import { unitChain } from './tables.ts';

const unitKnown = async (query: Query, county: number, unit: string): Promise<boolean> =>
  (await query('meetings.unit', 'select from unit where county = $1 and id = $2 and not closed', [county, unit]))
    .length > 0;

export const standingGroupRecord: RecordType<
  StandingGroupState,
  StandingGroupCommand,
  StandingGroupEvent,
  StandingGroupFacts
> = {
  name: 'standing-group',
  decider: standingGroups,
  commands: StandingGroupCommand,
  tables: [
    { name: 'standing_group', key: ['county', 'id'] },
    { name: 'standing_seat', key: ['county', 'standing_group', 'place'] },
  ],
  async facts({ county, command, at, query }) {
    return {
      at,
      chain: command.kind === 'standing-group.found' ? await chainOf(query, county, command.area) : undefined,
      officeKnown:
        (command.kind === 'standing-group.found' || command.kind === 'standing-group.amend') &&
        (await unitKnown(query, county, command.office)),
      personKnown:
        command.kind === 'standing-group.seat' &&
        (await atWork(query, county, [command.official])).has(command.official),
    };
  },
  reach: (state, _command, found) => ({ areas: state.status === 'none' ? (found?.chain ?? []) : state.chain }),
  rows(county, stream, state) {
    if (state.status === 'none') return {};
    return {
      standing_group: [
        {
          county,
          id: stream,
          ...placedAt(state.chain),
          form: state.form,
          name: state.name,
          status: state.status,
          area: state.area,
          office: state.office,
          since: state.since,
          until: state.until ?? null,
        },
      ],
      standing_seat: state.seats.map(({ official, seat, since, until }, place) => ({
        county,
        standing_group: stream,
        place,
        official,
        seat,
        since,
        until: until ?? null,
      })),
    };
  },
};

/** The record of who answers for a field of work in a unit. */
export const responsibilityStream = (county: number, unit: string, field: string): string =>
  idOf('responsibility', String(county), unit, field);

export const responsibilityRecord: RecordType<
  ResponsibilityState,
  ResponsibilityCommand,
  ResponsibilityEvent,
  ResponsibilityFacts
> = {
  name: 'responsibility',
  decider: responsibilities,
  commands: ResponsibilityCommand,
  tables: [{ name: 'responsibility', key: ['county', 'id'] }],
  async facts({ county, stream, command, query, policies }) {
    const { unit, field, principal, deputy, liaison } = command;
    return {
      own: stream === responsibilityStream(county, unit, field),
      chain: await unitChain(query, county, unit),
      fieldKnown: policies.get<ResponsibilitiesPolicy>('responsibilities').fields.some(({ id }) => id === field),
      people: await atWork(query, county, [principal, deputy, liaison]),
    };
  },
  reach: (state, command, found) => ({
    areas: state.status === 'none' ? (found?.chain ?? []) : state.chain,
    units: state.status === 'none' ? (command === undefined ? [] : [command.unit]) : [state.unit],
  }),
  rows(county, stream, state) {
    if (state.status === 'none') return {};
    const { principal, deputy, liaison, since } = state.terms.at(-1)!;
    return {
      responsibility: [{ county, id: stream, unit: state.unit, field: state.field, principal, deputy, liaison, since }],
    };
  },
};
