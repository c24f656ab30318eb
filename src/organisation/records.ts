import { dayOf } from '../calendar/days.ts';
import type { Query, RecordType, Row } from '../ledger/record.ts';
import {
  AreaCommand,
  type AreaEvent,
  type AreaFacts,
  type AreaState,
  AssignmentCommand,
  type AssignmentEvent,
  type AssignmentFacts,
  type AssignmentRules,
  type AssignmentState,
  type Level,
  OfficialCommand,
  type OfficialEvent,
  type OfficialFacts,
  type OfficialState,
  UnitCommand,
  type UnitEvent,
  type UnitFacts,
  type UnitState,
  type UnitType,
} from './model.ts';
import { spell } from './pinyin.ts';
import { ASSIGNMENT_RULES } from './policies.ts';
import { postsOf } from './rules/official.ts';
import { areas, assignments, officials, units } from './rules.ts';
import type { AreaRow, AssignmentRow, OfficialRow, PostRow, UnitRow } from './tables.ts';

/** Read rows are typed here and travel as plain JSON. */
const plain = <R extends object>(row: R): Row => row as unknown as Row;

export const areaRecord: RecordType<AreaState, AreaCommand, AreaEvent, AreaFacts> = {
  name: 'area',
  decider: areas,
  commands: AreaCommand,
  tables: [{ name: 'area', key: ['county', 'id'] }],

  async facts({ county, stream, state, command, query }) {
    const parent = command.kind === 'area.add' || command.kind === 'area.move' ? command.parent : state.parent;
    const name = command.kind === 'area.add' || command.kind === 'area.rename' ? command.name : state.name;
    const code = command.kind === 'area.add' ? command.code : state.code;
    const [row] = await query<
      Omit<AreaFacts, 'parent'> & { level: Level | null; chain: string[] | null; closed: boolean | null }
    >(
      'area.facts',
      `select p.level, p.chain, p.closed,
              exists (select from area where county = $1 and id <> $2 and parent is not distinct from $3::uuid
                                         and name = $4 and not closed) as "nameTaken",
              exists (select from area where county = $1 and id <> $2 and code = $5 and not closed) as "codeTaken",
              exists (select from area where county = $1 and id <> $2 and parent is null and not closed) as "rootTaken",
              (select count(*)::int from area where county = $1 and parent = $2 and not closed) as below,
              exists (select from household where county = $1 and not moved and $2 in (township, village, grid)) as inhabited
         from (select 1) one left join area p on p.county = $1 and p.id = $3`,
      [county, stream, parent, name, code],
    );
    const { level, chain, closed, ...rest } = row!;
    return { ...rest, parent: level === null ? undefined : { level, chain: chain!, closed: closed! } };
  },

  reach: (state, _command, facts) => ({ areas: state.stage === 'none' ? (facts?.parent?.chain ?? []) : state.above }),

  rows(county, stream, state) {
    if (state.stage === 'none') return {};
    const { parent, level, type, name, code, above, stage } = state;
    const row: AreaRow = {
      county,
      id: stream,
      parent,
      level,
      kind: type,
      name,
      code,
      chain: [...above, stream],
      ...spell(name),
      closed: stage === 'closed',
    };
    return { area: [plain(row)] };
  },

  told: ({ undo }) => ({ undo }),
};

export const unitRecord: RecordType<UnitState, UnitCommand, UnitEvent, UnitFacts> = {
  name: 'unit',
  decider: units,
  commands: UnitCommand,
  tables: [{ name: 'unit', key: ['county', 'id'] }],

  async facts({ county, stream, state, command, query }) {
    const placed = command.kind === 'unit.add' || command.kind === 'unit.move' ? command : state;
    const name = command.kind === 'unit.add' || command.kind === 'unit.rename' ? command.name : state.name;
    const code = command.kind === 'unit.add' ? (command.code ?? null) : state.code;
    const named = command.kind === 'unit.lead' ? [command.head, command.reception].filter((id) => id !== null) : [];
    const [row] = await query<Omit<UnitFacts, 'parentPath' | 'self'> & { path: string[] | null }>(
      'unit.facts',
      `with recursive up as (
         select id, parent from unit where county = $1 and id = $3 and not closed
         union select u.id, u.parent from unit u join up on u.id = up.parent where u.county = $1
       )
       select (select array_agg(id) from up) as path,
              exists (select from area where county = $1 and id = $4 and not closed) as "areaOpen",
              exists (select from unit where county = $1 and id <> $2 and parent is not distinct from $3::uuid
                                         and name = $5 and not closed) as "nameTaken",
              exists (select from unit where county = $1 and id <> $2 and code = $6 and not closed) as "codeTaken",
              (select count(*)::int from unit where county = $1 and parent = $2 and not closed) as below,
              (select count(*)::int from official where county = $1 and unit = $2 and not retired) as officials,
              coalesce((select array_agg(id) from official where county = $1 and id = any($7::uuid[]) and not retired), '{}') as "atWork"`,
      [county, stream, placed.parent, placed.area === '' ? null : placed.area, name, code, named],
    );
    const { path, ...rest } = row!;
    return { ...rest, parentPath: path ?? undefined, self: stream };
  },

  reach: () => ({}),

  rows(county, stream, state) {
    if (state.stage === 'none') return {};
    const { parent, name, shortName, type, area, head, reception, stage, code } = state;
    const row: UnitRow = {
      county,
      id: stream,
      parent,
      name,
      short_name: shortName,
      kind: type,
      area,
      head,
      reception,
      ...spell(name),
      closed: stage === 'closed',
      code,
    };
    return { unit: [plain(row)] };
  },

  told: ({ undo }) => ({ undo }),
};

export const officialRecord: RecordType<OfficialState, OfficialCommand, OfficialEvent, OfficialFacts> = {
  name: 'official',
  decider: officials,
  commands: OfficialCommand,
  tables: [
    { name: 'official', key: ['county', 'id'] },
    { name: 'post', key: ['county', 'official', 'place'] },
  ],

  async facts({ county, command, query }) {
    const unit = 'unit' in command ? (command.unit ?? null) : null;
    const area = 'area' in command ? command.area : null;
    const [row] = await query<OfficialFacts>(
      'official.facts',
      `select exists (select from unit where county = $1 and id = $2 and not closed) as "unitOpen",
              exists (select from area where county = $1 and id = $3 and not closed) as "areaOpen"`,
      [county, unit, area],
    );
    return row!;
  },

  reach: () => ({}),

  rows(county, stream, state) {
    if (state.stage === 'none') return {};
    const { name, title, unit, phone, photo, stage, code } = state;
    const row: OfficialRow = {
      county,
      id: stream,
      name,
      ...spell(name, 'person'),
      title,
      unit,
      phone,
      photo,
      retired: stage === 'retired',
      code,
    };
    const posts = postsOf(state).map((post): PostRow => ({ county, official: stream, ...post }));
    return { official: [plain(row)], post: posts.map(plain) };
  },

  told: ({ undo }) => ({ undo }),
};

export const assignmentRecord: RecordType<AssignmentState, AssignmentCommand, AssignmentEvent, AssignmentFacts> = {
  name: 'assignment',
  decider: assignments,
  commands: AssignmentCommand,
  tables: [{ name: 'assignment', key: ['county', 'id'] }],

  async facts({ county, stream, state, command, query, policies, at }) {
    const target = command.kind === 'assignment.make' ? command : state;
    const rules = policies.get<AssignmentRules>(ASSIGNMENT_RULES);
    const row = await assignmentFacts(query, county, stream, target, dayOf(at));
    const suits = rules.matching.find((m) => m.class === rules.classes[target.unit ?? ''])?.need;
    const need = rules.needs[target.area ?? ''];
    return { ...row, mismatch: suits !== undefined && need !== undefined && suits !== need, rules };
  },

  reach: (state, command, facts) => {
    const official = command?.kind === 'assignment.make' ? command.official : state.official;
    return { areas: facts?.areas ?? [], officials: [official] };
  },

  rows(county, stream, state) {
    if (state.stage === 'none') return {};
    const { official, type, area, household, unit, role, since, until, lockedUntil } = state;
    const row: AssignmentRow = {
      county,
      id: stream,
      official,
      kind: type,
      area,
      household,
      unit,
      role,
      since,
      until,
      locked_until: lockedUntil,
    };
    return { assignment: [plain(row)] };
  },

  told: ({ undo }) => ({ undo }),
};

type Target = Pick<AssignmentState, 'official' | 'type' | 'area' | 'household' | 'unit' | 'role'>;

async function assignmentFacts(query: Query, county: number, stream: string, t: Target, today: string) {
  const [row] = await query<
    Omit<AssignmentFacts, 'mismatch' | 'rules' | 'areaLevel' | 'unitType'> & {
      level: Level | null;
      type: UnitType | null;
    }
  >(
    'assignment.facts',
    `with live as (
       select a.* from assignment a
        where a.county = $1 and a.id <> $2 and (a.until is null or a.until > $9::date)
          and (a.official = $3 or a.kind = 'department')
     )
     select exists (select from official where county = $1 and id = $3 and not retired) as "officialAtWork",
            (select level from area where county = $1 and id = $5 and not closed) as level,
            coalesce((select chain from area where county = $1 and id = coalesce(
                       $5, (select coalesce(grid, village) from household where county = $1 and id = $6),
                       (select area from unit where county = $1 and id = $7))), '{}') as areas,
            exists (select from household where county = $1 and id = $6 and not moved) as "householdKnown",
            (select kind from unit where county = $1 and id = $7 and not closed) as type,
            exists (select from live where official = $3 and kind = $4 and role = $8 and area is not distinct from $5::uuid
                       and household is not distinct from $6::uuid and unit is not distinct from $7::uuid) as doubled,
            (select count(distinct area)::int from live
              where kind = 'department' and unit = $7 and area <> $5) as "villagesOfDepartment",
            (select count(distinct l.unit)::int from live l
               join area v on v.county = $1 and v.id = l.area
               join area here on here.county = $1 and here.id = $5 and here.parent = v.parent
              where l.kind = 'department' and l.unit <> $7) as "departmentsInTownship"`,
    [county, stream, t.official === '' ? null : t.official, t.type, t.area, t.household, t.unit, t.role, today],
  );
  const { level, type, ...rest } = row!;
  return { ...rest, areaLevel: level ?? undefined, unitType: type ?? undefined };
}

export const organisationRecords = [areaRecord, unitRecord, officialRecord, assignmentRecord] as const;
