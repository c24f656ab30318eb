import { z } from 'zod';
import { dueOf, ruleOn } from '../calendar/clocks.ts';
import { dayOf, endOfDay } from '../calendar/days.ts';
import type { Calendar, ClockRule } from '../calendar/model.ts';
import { evidenceRows, evidenceTable } from '../duties/model.ts';
import type { Query, Reach, RecordType, Row, Situation } from '../ledger/record.ts';
import type { RaisingPolicy } from './handling-model.ts';
import { registerRows, registerTable } from '../register/numbers.ts';
import {
  MatterCommand,
  type MatterCommand as Command,
  type MatterEvent,
  type MatterFacts,
  type MatterSettings,
  type MatterState,
  type Place,
  type Procedure,
  type Status,
} from './model.ts';
import { type SpellRow, spellRows } from './counted.ts';
import { newCode, nextNumber } from './number.ts';
import type { ClockDocument } from './policy.ts';
import { type PetitionRow, petitionRow, withPetitionFacts } from './petition-facts.ts';
import { photosFor } from './photos.ts';
import { openRaising } from './raising.ts';
import { plainName } from '../policy-changes/model.ts';
import { matters } from './rules.ts';
import { coUnits, ofCoHandlers } from './sharing.ts';
import { keysOf } from './text.ts';

export interface MatterRow {
  county: number;
  id: string;
  number: string;
  channel: string;
  procedure: string;
  subject: string | null;
  township: string | null;
  village: string | null;
  grid: string | null;
  area: string;
  unit: string;
  dispatched: boolean;
  first_unit: string | null;
  leader: string | null;
  handler: string | null;
  official: string | null;
  about: string[] | null;
  household: string | null;
  resident: string | null;
  anonymous: boolean;
  category: string | null;
  status: string;
  open: boolean;
  disposition: string | null;
  received_at: string;
  registered_at: string;
  dispatched_at: string | null;
  acknowledged_at: string | null;
  first_answered_at: string | null;
  resolved_at: string | null;
  closed_at: string | null;
  closed_by: string | null;
  clock: string | null;
  due: string | null;
  work_due: string | null;
  paused: boolean;
  recheck_on: string | null;
  returns: number;
  reopenings: number;
  unreached: number;
  return_asked: boolean;
  extension_asked: string | null;
  to_tell: string[];
  papers_owed: number;
  score: number | null;
  delay: string | null;
  decided_at: string | null;
  decided_unit: string | null;
  came_back: string | null;
  disposed_at: string | null;
  policy: string | null;
  guide: string | null;
  raised_to: string | null;
  ask_on: string | null;
  read_at: string | null;
  read_by: string | null;
  merged_into: string | null;
  along: number;
  persons: number;
  repeats: number;
}

export interface MatterTables {
  matter: MatterRow;
  petition: PetitionRow;
  matter_spell: SpellRow;
  matter_part: {
    county: number;
    matter: string;
    place: number;
    unit: string;
    task: string;
    due: string;
    state: string;
    asked_at: string;
    answered_at: string | null;
  };
  matter_bounce: {
    county: number;
    matter: string;
    place: number;
    township: string | null;
    category: string | null;
    from_unit: string;
    better_unit: string;
    returned_at: string;
    decided_at: string | null;
    decided_unit: string | null;
  };
  matter_raising: {
    county: number;
    matter: string;
    place: number;
    rung: string;
    name: string;
    body: string | null;
    ground: string;
    reason: string;
    ask_on: string;
    unit: string | null;
    meeting: string | null;
    asked: number;
    state: string;
    raised_at: string;
    raised_by: string;
  };
  matter_text: {
    county: number;
    id: string;
    registered_at: string;
    text: string;
    pairs: string;
  };
  matter_note: {
    county: number;
    id: string;
    reporter: string | null;
    confidential: boolean;
    measures: string | null;
    said: string | null;
  };
}

/** 陈建国 → 陈**: enough to find the paper beside it, not enough to tell a stranger who it was. */
export const mask = (name: string): string => `${[...name][0] ?? ''}**`;

/** Which columns say where a matter lies and whose it is. */
export const matterColumns = {
  areas: ['township', 'village', 'grid'],
  units: ['unit'],
  officials: ['official', 'handler', 'leader'],
  apart: 'id',
} as const;

/**
 * Whose affair a matter is for what is asked of it: a unit with a part sees the matter and answers for its part;
 * everything else is the lead's.
 */
export function reachOf(state: MatterState, action?: string, placed?: readonly string[]): Reach {
  const lead = state.unit ?? state.desk;
  const units =
    action === 'matter.read'
      ? [lead, ...coUnits(state)]
      : action !== undefined && ofCoHandlers.has(action)
        ? coUnits(state)
        : [lead];
  return {
    areas: state.status === 'none' ? (placed ?? []) : state.place.chain,
    units,
    officials: [state.official, state.handler, state.leader].filter((o) => o !== undefined),
    record: state.number,
    without: state.about,
  };
}

export const matterRecord: RecordType<MatterState, Command, MatterEvent, MatterFacts> = {
  name: 'matter',
  decider: matters,
  commands: MatterCommand,
  tables: [
    { name: 'matter', key: ['county', 'id'] },
    { name: 'matter_text', key: ['county', 'id'] },
    { name: 'matter_note', key: ['county', 'id'] },
    { name: 'matter_part', key: ['county', 'matter', 'place'] },
    { name: 'matter_bounce', key: ['county', 'matter', 'place'] },
    { name: 'matter_raising', key: ['county', 'matter', 'place'] },
    { name: 'matter_spell', key: ['county', 'matter', 'place'] },
    { name: 'petition', key: ['county', 'id'] },
    registerTable,
    evidenceTable,
  ],
  facts: async (situation) => await withPetitionFacts(situation, await facts(situation)),
  reach: (state, command, found) => reachOf(state, command?.kind, found?.place?.chain),
  rows(county, id, state, policies) {
    if (state.status === 'none') return {};
    const calendar = policies.get<Calendar>('calendar');
    const row = matterRow(county, id, state, calendar);
    const { told } = state;
    const text = [told?.subject, told?.body, told?.spot].filter((t) => t !== undefined).join('\n');
    const { registered_at } = row;
    // Not even masked where it was left in confidence.
    const reporter = told?.name === undefined || state.confidential ? null : mask(told.name);
    const note = {
      county,
      id,
      reporter,
      confidential: state.confidential,
      measures: state.measures ?? null,
      said: state.said ?? null,
    };
    return {
      matter: [row as unknown as Row],
      // The query code and the reporter never stand here: search must not find people by what they told in confidence.
      matter_text:
        text === '' ? [] : [{ county, id, registered_at, text, pairs: pairsOnce(told!, text, registered_at) }],
      // Who led it had a hard problem settled: only once it is closed, and no longer when it comes back.
      evidence: evidenceRows(
        county,
        id,
        state.leader === undefined || state.closedAt === undefined
          ? []
          : [
              {
                official: state.leader,
                kind: 'hard-problem',
                day: dayOf(state.closedAt),
                amount: 1,
                area: state.place.area,
                subject: null,
                confirmed: state.closedBy === 'resident',
              },
            ],
      ),
      petition: state.procedure === 'petition' ? [petitionRow(county, id, state, calendar) as unknown as Row] : [],
      served_paper: registerRows(
        county,
        id,
        state.papers,
        {
          record: 'matter',
          matter: id,
          chain: state.place.chain,
          units: [state.unit ?? state.desk, state.desk],
          owed: state.owed,
        },
        calendar,
      ),
      matter_note:
        note.reporter === null && note.measures === null && note.said === null && !note.confidential ? [] : [note],
      matter_part: state.shares.map((part, place) => ({
        county,
        matter: id,
        place,
        unit: part.unit,
        task: part.task,
        due: part.due,
        state: part.state,
        asked_at: part.askedAt,
        answered_at: part.answeredAt ?? null,
      })),
      matter_bounce: state.bounces.map((bounce, place) => ({
        county,
        matter: id,
        place,
        township: row.township,
        category: row.category,
        from_unit: bounce.from,
        better_unit: bounce.betterUnit,
        returned_at: bounce.at,
        decided_at: bounce.decided?.at ?? null,
        decided_unit: bounce.decided?.unit ?? null,
      })),
      matter_spell: spellRows(state, row, calendar) as unknown as Row[],
      matter_raising: state.raisings.map((raising, place) => ({
        county,
        matter: id,
        place,
        rung: raising.rung,
        name: raising.name,
        body: raising.body ?? null,
        ground: raising.ground,
        reason: raising.reason,
        ask_on: raising.askOn,
        unit: raising.unit ?? null,
        meeting: raising.meeting ?? null,
        asked: raising.asked,
        state: raising.state,
        raised_at: raising.at,
        raised_by: raising.by,
      })),
    };
  },
  told: (state, command) =>
    command.kind === 'matter.register' ? { number: state.number, code: state.told?.code } : {},
};

/** What was said at registration is cut into pairs once, not before and after every step of the matter. */
const pairsOnce = (told: object, text: string, registeredAt: string): string => {
  let pairs = cut.get(told);
  if (pairs === undefined) cut.set(told, (pairs = keysOf(text, registeredAt)));
  return pairs;
};
const cut = new WeakMap<object, string>();

/** The matter as lists and ledgers read it. */
function matterRow(county: number, id: string, state: MatterState, calendar: Calendar): MatterRow {
  const due = state.clock === undefined ? undefined : dueOf(state.clock, calendar);
  // What was put off is owed on the day set for looking again; its old clock stands still until then.
  const putOff = state.status === 'deferred' && state.recheckOn !== undefined;
  const stage = putOff ? endOfDay(state.recheckOn!) : due === undefined || due.paused ? null : due.due;
  // What somebody must be told in writing is owed as much as the stage itself: the earlier of the two is the day to keep.
  const ends = state.owed.reduce<string | null>((earliest, { clock }) => {
    const owed = dueOf(clock, calendar);
    return owed.paused || (earliest !== null && earliest <= owed.due) ? earliest : owed.due;
  }, stage);
  const [, township, village, grid] = state.place.chain;
  const raised = openRaising(state);
  const working = state.status === 'dispatched' || state.status === 'handling';
  return {
    county,
    id,
    number: state.number,
    channel: state.channel,
    procedure: state.procedure,
    subject: state.told?.subject ?? null,
    township: township ?? null,
    village: village ?? null,
    grid: grid ?? null,
    area: state.place.area,
    unit: state.unit ?? state.desk,
    dispatched: state.unit !== undefined,
    first_unit: state.units[0] ?? null,
    leader: state.leader ?? null,
    handler: state.handler ?? null,
    official: state.official ?? null,
    about: state.about.length === 0 ? null : [...state.about],
    // What was said in confidence is tied to nobody's file: lists, phones, exports and the house's own page follow these.
    household: state.confidential ? null : (state.household ?? null),
    resident: state.confidential ? null : (state.resident ?? null),
    anonymous: state.anonymous,
    category: state.category ?? null,
    status: state.status,
    open: state.status !== 'closed',
    disposition: state.disposition ?? null,
    received_at: state.receivedAt,
    registered_at: state.registeredAt,
    dispatched_at: state.dispatchedAt ?? null,
    acknowledged_at: state.acknowledgedAt ?? null,
    first_answered_at: state.firstAnsweredAt ?? null,
    resolved_at: state.resolvedAt ?? null,
    closed_at: state.closedAt ?? null,
    closed_by: state.closedBy ?? null,
    clock: putOff ? 'recheck' : (state.clock?.rule.id ?? null),
    due: ends,
    work_due: working ? ends : null,
    paused: !putOff && (due?.paused ?? false),
    recheck_on: state.recheckOn ?? null,
    returns: state.returns,
    reopenings: state.reopenings,
    unreached: state.unreached,
    return_asked: state.returnAsked !== undefined,
    extension_asked: state.extensionAsked?.by ?? null,
    to_tell: [...state.toTell],
    papers_owed: state.owed.filter((o) => o.paper > 0).length,
    score: state.score ?? null,
    delay: state.delay ?? null,
    decided_at: state.decidedAt ?? null,
    decided_unit: state.decidedAt === undefined ? null : (state.unit ?? null),
    came_back: state.cameBack ?? null,
    disposed_at: state.disposedAt ?? null,
    policy: state.policy ?? null,
    guide: state.guide ?? null,
    raised_to: raised?.rung ?? null,
    ask_on: raised?.askOn ?? null,
    read_at: state.readBy[0]?.at ?? null,
    // Only a person reads; what the house itself noted has no reader.
    read_by: state.readBy.find(({ by }) => z.uuid().safeParse(by).success)?.by ?? null,
    merged_into: state.merged?.into ?? null,
    along: state.along.length,
    persons: state.joint?.persons ?? 1,
    repeats: state.repeats,
  };
}

/** The rules that may start a clock on a day, by id; a rule is found again for each day a command is given on. */
export function clocksOn(document: ClockDocument, day: string): ReadonlyMap<string, ClockRule> {
  const days = clockDays.get(document) ?? new Map<string, ReadonlyMap<string, ClockRule>>();
  clockDays.set(document, days);
  let clocks = days.get(day);
  if (clocks === undefined) {
    const ids = new Set(document.rules.map((r) => r.id));
    const found = [...ids].map((id) => [id, ruleOn(document.rules, id, day)] as const);
    clocks = new Map(found.filter((pair): pair is readonly [string, ClockRule] => pair[1] !== undefined));
    days.set(day, clocks);
  }
  return clocks;
}
const clockDays = new WeakMap<ClockDocument, Map<string, ReadonlyMap<string, ClockRule>>>();

async function facts(situation: Situation<MatterState, Command>): Promise<MatterFacts> {
  const { county, command, state, query, policies, at, actor, units } = situation;
  const base: MatterFacts = {
    actor,
    units,
    at,
    calendar: policies.get<Calendar>('calendar'),
    clocks: clocksOn(policies.get<ClockDocument>('clocks'), dayOf(at)),
    settings: policies.get<MatterSettings>('matters'),
    raising: policies.get<RaisingPolicy>('raising'),
  };
  switch (command.kind) {
    case 'matter.register': {
      const [area] = await query<{ chain: string[]; desk: string | null; prefix: string }>(
        'matter.place',
        `select a.chain, c.prefix,
                coalesce((select u.id from unit u where u.county = $1 and not u.closed and u.kind = 'township'
                            and u.parent is null and u.area = any(a.chain) limit 1), c.desk) as desk
           from area a join county c on c.county = a.county
          where a.county = $1 and a.id = $2 and not a.closed`,
        [county, command.area],
      );
      if (area?.desk == null) return base;
      const place: Place = { area: command.area, chain: area.chain };
      // A number is taken only for what will stand; a refused command leaves none behind.
      if (state.status !== 'none') return { ...base, place };
      return {
        ...base,
        place,
        ...(command.about === undefined ? {} : { aboutKnown: await allKnown(query, county, command.about) }),
        photos: await photosFor(query, county, situation.stream, command.photos),
        fresh: { number: await nextNumber(query, county, area.prefix, at), code: newCode(), desk: area.desk },
      };
    }
    case 'matter.classify': {
      if (command.area === undefined) return base;
      const [area] = await query<{ chain: string[] }>(
        'matter.area',
        'select chain from area where county = $1 and id = $2 and not closed',
        [county, command.area],
      );
      return area === undefined ? base : { ...base, place: { area: command.area, chain: area.chain } };
    }
    case 'matter.dispatch':
    case 'matter.adjudicate':
    case 'matter.share':
    case 'matter.decide-part':
      return { ...base, ...(await unitOf(query, county, command.unit, dayOf(at))) };
    case 'matter.name-persons':
      return { ...base, aboutKnown: await allKnown(query, county, command.about) };
    case 'matter.raise': {
      const rung = base.raising.rungs.find(({ id }) => id === command.rung);
      if (rung?.meeting !== true || state.status === 'none') return base;
      const joint = await jointMeeting(situation, state.place.chain, command.unit);
      return joint === undefined ? base : { ...base, joint };
    }
    case 'matter.hear-meeting': {
      const [found, parts, people] = await Promise.all([
        unitOf(query, county, command.unit, dayOf(at)),
        query<{ id: string }>(
          'matter.part-units',
          'select id from unit where county = $1 and id = any($2::uuid[]) and not closed',
          [county, [command.unit, ...command.parts]],
        ),
        peopleOf(query, county, command.unit, [command.official], dayOf(at)),
      ]);
      return {
        ...base,
        ...found,
        partUnits: new Set(parts.map(({ id }) => id)),
        officialKnown: people.has(command.official),
      };
    }
    case 'matter.instruct': {
      if (command.due === undefined || state.status === 'none') return base;
      const [leader] = await query<{ name: string }>(
        'matter.leader',
        `select trim(f.name || ' ' || coalesce(nullif(f.title, ''), '')) as name from official f
          where f.county = $1 and f.id::text = $2 and not f.retired`,
        [county, actor],
      );
      return {
        ...base,
        ...(leader === undefined ? {} : { leader: leader.name }),
        ...(await unitOf(query, county, state.unit ?? state.desk, dayOf(at))),
      };
    }
    case 'matter.return':
    case 'matter.decline-part':
      return command.betterUnit === undefined
        ? base
        : { ...base, ...(await unitOf(query, county, command.betterUnit, dayOf(at))) };
    case 'matter.reconsider': {
      if (state.status === 'none') return base;
      const [change] = await query<{ policy: string; what: string }>(
        'matter.change',
        `select policy, what from policy_change
          where county = $1 and id = $2 and ((guide is not null and guide = $3) or ${plainName('policy')} = ${plainName('$4::text')})`,
        [county, command.change, state.guide ?? null, state.policy ?? null],
      );
      return change === undefined ? base : { ...base, change };
    }
    case 'matter.acknowledge':
    case 'matter.plan': {
      const unit = state.status === 'none' ? null : (state.unit ?? state.desk);
      return { ...base, people: await peopleOf(query, county, unit, [command.leader, command.handler], dayOf(at)) };
    }
    case 'matter.merge': {
      const [main] = await query<{ number: string; status: Status; procedure: Procedure; merged_into: string | null }>(
        'matter.main',
        'select number, status, procedure, merged_into from matter where county = $1 and id = $2',
        [county, command.into],
      );
      const self = situation.stream;
      if (main === undefined) return { ...base, self };
      const { merged_into: mergedInto, ...rest } = main;
      return { ...base, self, main: { ...rest, mergedInto: mergedInto ?? undefined } };
    }
    case 'matter.split': {
      const [[area], taken] = await Promise.all([
        query<{ chain: string[] }>(
          'matter.area',
          'select chain from area where county = $1 and id = $2 and not closed',
          [county, command.area ?? null],
        ),
        query('matter.part', 'select from event where county = $1 and stream = $2 limit 1', [county, command.part]),
      ]);
      return {
        ...base,
        self: situation.stream,
        partTaken: taken.length > 0,
        ...(area === undefined || command.area === undefined
          ? {}
          : { place: { area: command.area, chain: area.chain } }),
      };
    }
    default:
      return base;
  }
}

/** Whether everybody named is or was an official here: a complaint may be of somebody who has left since. */
const allKnown = async (query: Query, county: number, named: readonly string[]): Promise<boolean> =>
  (
    await query('matter.officials', 'select from official where county = $1 and id = any($2::uuid[])', [
      county,
      [...new Set(named)],
    ])
  ).length === new Set(named).size;

/** Of the officials named, those who hold a post in a unit or a section of it. */
async function peopleOf(
  query: Query,
  county: number,
  unit: string | null,
  named: readonly string[],
  day: string,
): Promise<ReadonlySet<string>> {
  const rows = await query<{ official: string }>(
    'matter.people',
    `select distinct p.official from post p join unit u on u.county = p.county and u.id = p.unit
      where p.county = $1 and (u.id = $2 or u.parent = $2) and p.official = any($3::uuid[])
        and p.since <= $4::date and (p.until is null or p.until > $4::date)`,
    [county, unit, named, day],
  );
  return new Set(rows.map(({ official }) => official));
}

/**
 * The joint meeting a matter is handed to: that of the unit named, else of the office of the widest standing joint
 * meeting over its place, else of the county's desk; and the next one that is called.
 */
async function jointMeeting(
  { county, at, query, policies }: Situation<MatterState, Command>,
  chain: readonly string[],
  unit: string | undefined,
): Promise<MatterFacts['joint']> {
  const { templates } = policies.get<{
    templates: readonly { readonly id: string; readonly draws: readonly string[] }[];
  }>('meetings');
  const takes = templates.filter(({ draws }) => draws.includes('referred'));
  const [row] = await query<{ unit: string; name: string; meeting: string | null; day: string | null }>(
    'matter.joint-meeting',
    `select u.id as unit, coalesce(g.name, u.short_name || '联席会议') as name, n.id as meeting, n.day
       from (select coalesce($3::uuid,
                     (select office from standing_group where county = $1 and form = 'joint' and status = 'standing'
                         and area = any($2::uuid[]) order by array_position($2::uuid[], area), since, id limit 1),
                     (select desk from county where county = $1)) as id) w
       join unit u on u.county = $1 and u.id = w.id and not u.closed
       left join lateral (select name from standing_group where county = $1 and office = u.id and form = 'joint'
                             and status = 'standing' order by since, id limit 1) g on true
       left join lateral (select id, day from meeting where county = $1 and unit = u.id and status = 'called'
                             and day >= $4::date and template = any($5::text[]) order by day, starts, id limit 1) n on true`,
    [county, chain, unit ?? null, dayOf(at), takes.map(({ id }) => id)],
  );
  if (row === undefined) return undefined;
  const { meeting, day } = row;
  return { unit: row.unit, name: row.name, ...(meeting === null || day === null ? {} : { next: { meeting, day } }) };
}

/** A unit by id, and who answers for it: its head, else whoever has held a post in it longest. */
async function unitOf(query: Query, county: number, id: string, day: string): Promise<Pick<MatterFacts, 'unit'>> {
  const [unit] = await query<{ head: string | null; reception: string | null }>(
    'matter.unit',
    `select coalesce(u.head, (select p.official from post p join unit w on w.county = p.county and w.id = p.unit
        where p.county = $1 and (w.id = $2 or w.parent = $2) and p.since <= $3::date and (p.until is null or p.until > $3::date)
        order by p.role = 'head' desc, p.role = 'handler' desc, p.since, p.official limit 1)) as head, u.reception
       from unit u where u.county = $1 and u.id = $2 and not u.closed`,
    [county, id, day],
  );
  if (unit === undefined) return {};
  return {
    unit: {
      id,
      ...(unit.head === null ? {} : { head: unit.head }),
      ...(unit.reception === null ? {} : { reception: unit.reception }),
    },
  };
}
