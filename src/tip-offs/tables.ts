import { idOf } from '../ledger/ids.ts';
import { dayOf } from '../calendar/days.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import { newCode } from '../matters/number.ts';
import { newTicket, prefixOf } from '../matters/ticket.ts';
import {
  FindingCommand,
  type FindingEvent,
  type FindingFacts,
  type FindingState,
  type Keeper,
  type TipCircle,
  TipCircleCommand,
  type TipCircleEvent,
  type TipCircleFacts,
  TipOffCommand,
  type TipOffEvent,
  type TipOffFacts,
  type TipOffState,
  type TipOffsPolicy,
  TipReporterCommand,
  type TipReporterEvent,
  type TipReporterFacts,
  type TipReporterState,
} from './model.ts';
import { findings, tipReporters } from './reporter.ts';
import { tipCircles, tipOffs } from './rules.ts';

/** The one record of who is named. */
export const circleStream = (county: number): string => idOf('tip circle', String(county));
/** The box with who reported, beside a tip-off. */
export const reporterStream = (tipOff: string): string => idOf('tip reporter', tipOff);

/** Posts that hold now, of whoever runs the system: such a person reads no tip-off, whatever else they are. */
const RUNS_SYSTEM = `exists (select from post p where p.county = o.county and p.official = o.id and p.role = 'administrator'
                            and (p.until is null or p.until >= (now() at time zone 'Asia/Shanghai')::date))`;

/** The named few as they are now, with their units, all units above those, and what these are called. */
export async function circleOf(query: Query, county: number): Promise<Keeper[]> {
  return await query<Keeper>(
    'tip-offs.circle',
    `select k.official, k.seat, o.name,
            coalesce(array_agg(distinct u.id) filter (where u.id is not null), '{}') as units,
            coalesce(array_agg(distinct u.name) filter (where u.id is not null), '{}')
              || coalesce(array_agg(distinct u.short_name) filter (where u.id is not null), '{}') as "unitNames"
       from tip_keeper k
       join official o on o.county = k.county and o.id = k.official and not o.retired
       left join lateral (
         with recursive own as (
           select w.* from unit w where w.county = k.county
              and (w.id = o.unit or w.id in (select p.unit from post p where p.county = k.county and p.official = k.official
                                                and (p.until is null or p.until >= (now() at time zone 'Asia/Shanghai')::date)))
           union
           select w.* from unit w join own on w.county = own.county and w.id = own.parent
         ) select * from own
       ) u on true
      where k.county = $1 and not ${RUNS_SYSTEM}
      group by k.official, k.seat, o.name`,
    [county],
  );
}

/** Units of these officials, and all units below those units and below the ones named. */
async function unitsOf(
  query: Query,
  county: number,
  officials: readonly string[],
  units: readonly string[],
): Promise<string[]> {
  if (officials.length === 0 && units.length === 0) return [];
  const rows = await query<{ id: string }>(
    'tip-offs.units',
    `with recursive near as (
       select u.id from unit u where u.county = $1
          and (u.id = any($3::uuid[])
               or u.id in (select o.unit from official o where o.county = $1 and o.id = any($2::uuid[]))
               or u.id in (select p.unit from post p where p.county = $1 and p.official = any($2::uuid[])
                              and (p.until is null or p.until >= (now() at time zone 'Asia/Shanghai')::date)))
       union
       select u.id from unit u join near on u.county = $1 and u.parent = near.id
     ) select id from near`,
    [county, officials, units],
  );
  return rows.map(({ id }) => id);
}

export const tipCircleRecord: RecordType<TipCircle, TipCircleCommand, TipCircleEvent, TipCircleFacts> = {
  name: 'tip-circle',
  decider: tipCircles,
  commands: TipCircleCommand,
  tables: [{ name: 'tip_keeper', key: ['county', 'official'] }],
  async facts({ county, state, command, actor, query }) {
    const seat =
      command.kind === 'tip-circle.propose'
        ? command.seat
        : state.proposed.find((p) => p.official === command.official)?.seat;
    const roles = seat === 'alternate' ? ['inspector', 'leader'] : ['inspector'];
    const fit = await query(
      'tip-circle.fit',
      `select from official o where o.county = $1 and o.id = $2 and not o.retired and not ${RUNS_SYSTEM}
          and exists (select from post p where p.county = o.county and p.official = o.id and p.role = any($3::text[])
                         and (p.until is null or p.until >= (now() at time zone 'Asia/Shanghai')::date))`,
      [county, command.official, roles],
    );
    return { actor, fit: fit.length > 0 };
  },
  reach: (state) => ({ officials: state.keepers.map(({ official }) => official) }),
  rows: (county, _stream, state) => ({
    tip_keeper: state.keepers.map(({ official, seat, since }) => ({ county, official, seat, since })),
  }),
};

export const tipOffRecord: RecordType<TipOffState, TipOffCommand, TipOffEvent, TipOffFacts> = {
  name: 'tip-off',
  decider: tipOffs,
  commands: TipOffCommand,
  tables: [{ name: 'tip_off', key: ['county', 'id'] }],
  async facts({ county, state, command, actor, at, query, policies }) {
    const circle = await circleOf(query, county);
    const concerned = command.kind === 'tip-off.concern' ? command : state.status === 'none' ? undefined : state;
    const files = command.kind === 'tip-off.file' && state.status === 'none';
    const named = command.kind === 'tip-off.concern' ? [...command.officials, ...command.units] : [];
    return {
      actor,
      at,
      circle,
      unitsOf: await unitsOf(query, county, concerned?.officials ?? [], concerned?.units ?? []),
      readers: state.status === 'none' ? [] : state.readers.filter((who) => circle.some((k) => k.official === who)),
      known:
        named.length === 0 ||
        (
          await query(
            'tip-offs.known',
            `select id from official where county = $1 and id = any($2::uuid[])
             union all select id from unit where county = $1 and id = any($2::uuid[])`,
            [county, named],
          )
        ).length === new Set(named).size,
      policy: policies.get<TipOffsPolicy>('tip-offs'),
      fresh: files ? { number: newTicket(await prefixOf(query, county), 'T', at), code: newCode() } : undefined,
    };
  },
  // Who is named now, and free of it: nobody's post, place or unit opens one.
  reach: (state, _command, found) =>
    state.status === 'none' ? {} : { officials: found?.readers ?? [], record: state.number },
  rows(county, stream, state) {
    if (state.status === 'none') return {};
    return {
      tip_off: [
        {
          county,
          id: stream,
          number: state.number,
          status: state.status,
          filed_on: dayOf(state.filedAt),
          due: state.raised?.due ?? state.due,
          closed_on: state.closedOn ?? null,
          upward: state.upward,
          readers: state.readers,
        },
      ],
    };
  },
  told: (state, command) =>
    command.kind === 'tip-off.file' && state.status !== 'none'
      ? { number: state.number, code: state.code, upward: state.upward }
      : {},
};

/** Those who may read a tip-off now: named, free of it, and running no system. */
export async function readersNow(query: Query, county: number, tipOff: string): Promise<string[]> {
  const rows = await query<{ official: string }>(
    'tip-offs.readers',
    `select k.official from tip_off t join tip_keeper k on k.county = t.county and k.official = any(t.readers)
       join official o on o.county = k.county and o.id = k.official and not o.retired
      where t.county = $1 and t.id = $2 and not ${RUNS_SYSTEM}`,
    [county, tipOff],
  );
  return rows.map(({ official }) => official);
}

export const tipReporterRecord: RecordType<TipReporterState, TipReporterCommand, TipReporterEvent, TipReporterFacts> = {
  name: 'tip-reporter',
  decider: tipReporters,
  commands: TipReporterCommand,
  // No read table: a name is nowhere but in its box.
  tables: [],
  async facts({ county, state, actor, at, query, policies }) {
    return {
      actor,
      at,
      readers: state.status === 'none' ? [] : await readersNow(query, county, state.tipOff),
      hours: policies.get<TipOffsPolicy>('tip-offs').openHours,
    };
  },
  reach: (_state, _command, found) => ({ officials: found?.readers ?? [] }),
  rows: () => ({}),
};

export const findingRecord: RecordType<FindingState, FindingCommand, FindingEvent, FindingFacts> = {
  name: 'finding',
  decider: findings,
  commands: FindingCommand,
  tables: [{ name: 'finding', key: ['county', 'id'] }],
  async facts({ county, state, command, actor, at, query, policies }) {
    const official = command.kind === 'finding.make' ? command.official : state.status === 'none' ? '' : state.official;
    return {
      actor,
      at,
      circle: await circleOf(query, county),
      unitsOf: official === '' ? [] : await unitsOf(query, county, [official], []),
      policy: policies.get<TipOffsPolicy>('tip-offs'),
    };
  },
  reach: (state, command, found) => ({
    officials:
      state.status === 'none'
        ? []
        : command?.kind === 'finding.review'
          ? (found?.circle ?? []).map(({ official }) => official)
          : [state.official],
  }),
  rows: (county, stream, state) =>
    state.status === 'none'
      ? {}
      : {
          finding: [
            {
              county,
              id: stream,
              official: state.official,
              status: state.status,
              made_on: state.madeOn,
              expires_on: state.expiresOn,
              deciders: state.deciders,
            },
          ],
        },
};
