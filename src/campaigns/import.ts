import { actorName } from '../access/model.ts';
import { give } from '../contract/commands.ts';
import type { Desk } from '../contract/route.ts';
import { type Decider, type Recorded, isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { History } from '../ledger/ledger.ts';
import {
  BAD_DAY,
  type Columns,
  type Fault,
  type Line,
  type SheetData,
  dayIn,
  readLines,
} from '../organisation/import/layout.ts';
import {
  type MemberCommand,
  type MemberFacts,
  type MemberRole,
  type MemberState,
  type PlaceKind,
  type TeamCommand,
  type TeamFacts,
  type TeamState,
  campaignRefusals,
  placeKindNames,
} from './model.ts';
import { members, teams } from './rules.ts';
import { current } from './rules/member.ts';

/** The three sheets: teams and groups, who is in them, where they work. */
const ofTeams = {
  team: { header: '工作队', required: true, hint: '队名，如“第一工作队”' },
  group: { header: '工作组', hint: '组名；这一行说的是队就不填' },
  area: { header: '区域', required: true, hint: '县或乡镇：区划代码或名称' },
  purpose: { header: '任务', hint: '做什么，一句话' },
  since: { header: '起', required: true, hint: '如 2026-03-01' },
  until: { header: '止', hint: '还没定的不填' },
} as const satisfies Columns;
const ofMembers = {
  team: { header: '工作队', required: true, hint: '队名' },
  group: { header: '工作组', hint: '组名；队长、副队长可不填' },
  name: { header: '姓名', required: true, hint: '已登记的干部' },
  phone: { header: '电话', hint: '有同名时填' },
  role: { header: '职责', hint: '队长、组长、副队长、副组长、队员、组员；不填为组员' },
  since: { header: '起', hint: '不填按队（组）开始的日子' },
} as const satisfies Columns;
const ofPlaces = {
  team: { header: '工作队', required: true, hint: '队名' },
  group: { header: '工作组', hint: '组名' },
  place: { header: '类别', required: true, hint: '村、企业' },
  target: { header: '地点', required: true, hint: '村：区划代码或名称，重名写“乡镇/村”；企业：单位名称' },
  since: { header: '起', hint: '不填按队（组）开始的日子' },
} as const satisfies Columns;
export const teamSheets = [
  { sheet: '队和组', columns: ofTeams },
  { sheet: '队员', columns: ofMembers },
  { sheet: '驻点', columns: ofPlaces },
] as const;

type Draft<S, C> = {
  readonly record: 'team' | 'team-member';
  readonly id: string;
  readonly known: boolean;
  state: S;
  readonly events: Recorded<{ kind: string }>[];
  readonly commands: C[];
};

export interface TeamPlan {
  readonly additions: readonly Draft<unknown, unknown>[];
  readonly changes: readonly Draft<unknown, unknown>[];
  readonly faults: readonly Fault[];
  readonly counts: readonly { readonly sheet: string; readonly rows: number; readonly faulty: number }[];
  readonly added: number;
  readonly changed: number;
}

interface Known {
  readonly areas: readonly { id: string; name: string; code: string; level: string; chain: string[] }[];
  readonly officials: readonly { id: string; name: string; phone: string }[];
  readonly enterprises: readonly { id: string; name: string; chain: string[] }[];
  readonly teams: readonly { id: string; state: TeamState }[];
  readonly members: readonly { id: string; state: MemberState }[];
}

const roleWords: Readonly<Record<string, MemberRole>> = {
  队长: 'leader',
  组长: 'leader',
  副队长: 'deputy',
  副组长: 'deputy',
  队员: 'member',
  组员: 'member',
  '': 'member',
};
const placeWords: Readonly<Record<string, PlaceKind>> = {
  村: 'village',
  社区: 'village',
  [placeKindNames.village]: 'village',
  企业: 'enterprise',
};

/**
 * What a file of teams would change, without doing it (row A6). Pure: each row goes through the deciders the screen goes
 * through; a row that breaks one is reported at its cell, the others are taken. Taken in twice it changes nothing.
 */
function planTeams(
  sheets: readonly SheetData[],
  known: Known,
  of: { county: number; actor: string; at: string; campaign: string | null },
): TeamPlan {
  const faults: Fault[] = [];
  const teamDrafts = new Map<string, Draft<TeamState, TeamCommand>>();
  const memberDrafts = new Map<string, Draft<MemberState, MemberCommand>>();
  for (const { id, state } of known.teams)
    teamDrafts.set(id, { record: 'team', id, known: true, state, events: [], commands: [] });
  for (const { id, state } of known.members)
    memberDrafts.set(id, { record: 'team-member', id, known: true, state, events: [], commands: [] });

  const open = () => [...teamDrafts.values()].filter((t) => t.state.stage === 'open');
  const idBy = new Map<string, string>(open().map((t) => [`${t.state.parent ?? ''} ${t.state.name}`, t.id]));
  const find = (team: string, group: string) => {
    const top = idBy.get(` ${team}`);
    const id = group === '' ? top : top === undefined ? undefined : idBy.get(`${top} ${group}`);
    return id === undefined ? undefined : teamDrafts.get(id)!;
  };
  const areasBy = Map.groupBy(known.areas, (a) => a.name);
  const nameOf = new Map(known.areas.map((a) => [a.id, a.name]));
  const areaIn = (text: string, fits: (level: string) => boolean) => {
    const coded = known.areas.find((a) => a.code === text);
    if (coded !== undefined && fits(coded.level)) return coded;
    const [name, above] = [text.split('/').at(-1)!, text.includes('/') ? text.split('/')[0] : undefined];
    const alike = (areasBy.get(name) ?? []).filter(
      (a) => fits(a.level) && (above === undefined || a.chain.some((c) => nameOf.get(c) === above)),
    );
    return alike.length === 1 ? alike[0] : undefined;
  };

  function attempt<S, C, E extends { kind: string }, F, Field extends string>(
    draft: Draft<S, C>,
    rules: Decider<S, C, E, F>,
    command: C,
    facts: F,
    line: Line<Field>,
    fields: readonly Field[],
  ): boolean {
    const decided = rules.decide(draft.state, command, facts);
    if (isRefusal(decided)) {
      const at = fields.find((f) => f === decided.field) ?? fields[0]!;
      faults.push(line.fault(at, campaignRefusals[decided.refused as keyof typeof campaignRefusals]));
      return false;
    }
    for (const event of decided) {
      const stamp = { actor: of.actor, at: of.at, version: draft.events.length + 1 };
      draft.state = rules.evolve(draft.state, event, stamp);
      if (!draft.known) draft.events.push({ ...event, stamp });
    }
    if (draft.known) draft.commands.push(command);
    return true;
  }

  // ---- teams before their groups, in the order of the file
  const first = readLines(sheets, '队和组', ofTeams);
  for (const line of [...first.lines].sort((a, b) => Number(a.text.group !== '') - Number(b.text.group !== ''))) {
    const { team, group, purpose } = line.text;
    const existing = find(team, group);
    const since = dayIn(line.text.since);
    const until = line.text.until === '' ? null : dayIn(line.text.until);
    if (since === undefined) faults.push(line.fault('since', BAD_DAY));
    else if (until === undefined) faults.push(line.fault('until', BAD_DAY));
    else if (existing === undefined) {
      const area = areaIn(line.text.area, (level) => level === 'county' || level === 'township');
      if (area === undefined) {
        faults.push(line.fault('area', '没有找到这个县或乡镇，请填区划代码或名称。'));
        continue;
      }
      const above = group === '' ? undefined : find(team, '');
      if (group !== '' && above === undefined) {
        faults.push(line.fault('team', `没有“${team}”这个工作队，请先为它写一行。`));
        continue;
      }
      const facts: TeamFacts = {
        chain: area.chain,
        parent: above === undefined ? undefined : { ...above.state, ended: above.state.stage === 'ended' },
        nameTaken: false,
        campaignKnown: true,
        placeChain: undefined,
        below: 0,
      };
      const id = idOf('team', String(of.county), team, group, since);
      const draft: Draft<TeamState, TeamCommand> = {
        record: 'team',
        id,
        known: false,
        state: teams.initial,
        events: [],
        commands: [],
      };
      const command: TeamCommand = {
        kind: 'team.found',
        parent: above?.id ?? null,
        name: group === '' ? team : group,
        purpose,
        area: area.id,
        campaign: group === '' ? of.campaign : null,
        since,
        until,
      };
      if (attempt(draft, teams, command, facts, line, ['team', 'area', 'since', 'until'] as const)) {
        teamDrafts.set(id, draft);
        idBy.set(`${above?.id ?? ''} ${command.name}`, id);
      }
    }
  }

  // ---- members
  const officialsBy = Map.groupBy(known.officials, (o) => o.name);
  const leaders = new Map<string, string>();
  const ways = new Map<string, Draft<MemberState, MemberCommand>>();
  for (const m of memberDrafts.values()) {
    const now = current(m.state);
    if (now === undefined) continue;
    if (now.role === 'leader') leaders.set(now.team, m.id);
    ways.set(`${m.state.official} ${teamDrafts.get(now.team)?.state.parent ?? now.team}`, m);
  }
  const second = readLines(sheets, '队员', ofMembers);
  const written = new Set<string>();
  for (const line of second.lines) {
    const { team, group, name, phone } = line.text;
    const to = find(team, group);
    if (to === undefined) {
      faults.push(line.fault(group === '' ? 'team' : 'group', '没有这个队（组），请先在“队和组”里写上。'));
      continue;
    }
    const alike = (officialsBy.get(name) ?? []).filter((o) => phone === '' || o.phone === phone);
    if (alike.length !== 1) {
      faults.push(
        line.fault(
          'name',
          alike.length === 0 ? '没有这位干部，请先登记，或核对电话。' : '有同名的干部，请填电话区分。',
        ),
      );
      continue;
    }
    const official = alike[0]!.id;
    if (!Object.hasOwn(roleWords, line.text.role)) {
      faults.push(line.fault('role', '请填队长、组长、副队长、副组长、队员或组员。'));
      continue;
    }
    const role = roleWords[line.text.role]!;
    const since = line.text.since === '' ? to.state.since : dayIn(line.text.since);
    if (since === undefined) {
      faults.push(line.fault('since', BAD_DAY));
      continue;
    }
    const top = to.state.parent ?? to.id;
    // One way through the groups of one team is one record, whoever writes it down.
    const own = ways.get(`${official} ${top}`);
    const id = own?.id ?? idOf('team-member', String(of.county), top, official);
    if (written.has(id)) {
      faults.push(line.fault('name', '这位干部在本队已经写过一行，请只留一行。'));
      continue;
    }
    const draft = own ??
      memberDrafts.get(id) ?? {
        record: 'team-member' as const,
        id,
        known: false,
        state: members.initial,
        events: [],
        commands: [],
      };
    const now = current(draft.state);
    written.add(id);
    if (now !== undefined && now.team === to.id && now.role === role) continue;
    const ledBy = leaders.get(to.id);
    const facts: MemberFacts = {
      officialAtWork: true,
      team: { ...to.state, ended: to.state.stage === 'ended' },
      chain: to.state.chain,
      doubled: false,
      led: ledBy !== undefined && ledBy !== id,
    };
    const command: MemberCommand =
      now === undefined
        ? { kind: 'member.join', official, team: to.id, role, since }
        : {
            kind: 'member.transfer',
            team: to.id,
            role,
            since: since < now.since ? now.since : since,
            reason: '表格导入',
          };
    if (!attempt(draft, members, command, facts, line, ['name', 'team', 'role', 'since'] as const)) continue;
    memberDrafts.set(id, draft);
    if (role === 'leader') leaders.set(to.id, id);
    else if (leaders.get(now?.team ?? '') === id) leaders.delete(now!.team);
  }

  // ---- places
  const third = readLines(sheets, '驻点', ofPlaces);
  for (const line of third.lines) {
    const to = find(line.text.team, line.text.group);
    if (to === undefined) {
      faults.push(line.fault(line.text.group === '' ? 'team' : 'group', '没有这个队（组），请先在“队和组”里写上。'));
      continue;
    }
    const place = placeWords[line.text.place];
    if (place === undefined) {
      faults.push(line.fault('place', '请填村或企业；户请在屏幕上选。'));
      continue;
    }
    const found =
      place === 'village'
        ? areaIn(line.text.target, (level) => level === 'village')
        : only(known.enterprises.filter((e) => e.name === line.text.target));
    if (found === undefined) {
      faults.push(line.fault('target', '没有找到，或者有重名，请填区划代码，或写成“乡镇/村”。'));
      continue;
    }
    const since = line.text.since === '' ? to.state.since : dayIn(line.text.since);
    if (since === undefined) {
      faults.push(line.fault('since', BAD_DAY));
      continue;
    }
    if (to.state.places.some((p) => p.target === found.id && p.until === null)) continue;
    const facts: TeamFacts = {
      chain: to.state.chain,
      parent: undefined,
      nameTaken: false,
      campaignKnown: true,
      placeChain: found.chain,
      below: 0,
    };
    attempt(to, teams, { kind: 'team.take-place', place, target: found.id, since }, facts, line, [
      'target',
      'place',
      'since',
    ] as const);
  }

  const all = [...teamDrafts.values(), ...memberDrafts.values()] as Draft<unknown, unknown>[];
  const additions = all.filter((d) => !d.known && d.events.length > 0);
  const changes = all.filter((d) => d.commands.length > 0);
  faults.push(...first.faults, ...second.faults, ...third.faults);
  return {
    additions,
    changes,
    faults: faults.toSorted((a, b) => orderOf(a.sheet) - orderOf(b.sheet) || a.row - b.row),
    counts: [first, second, third].map((part, i) => {
      const { sheet } = teamSheets[i]!;
      const early = new Set(part.faults.map((f) => f.row)).size;
      const faulty = new Set(faults.filter((f) => f.sheet === sheet).map((f) => f.row)).size;
      return { sheet, rows: part.lines.length + early, faulty };
    }),
    added: additions.length,
    changed: changes.length,
  };
}

/** The sheets in the order people fill them. */
const orderOf = (sheet: string): number => teamSheets.findIndex((s) => s.sheet === sheet);

const only = <T>(fits: readonly T[]): T | undefined => (fits.length === 1 ? fits[0] : undefined);

/** What the file would change in this county now. */
export async function planOf(desk: Desk, sheets: readonly SheetData[], campaign: string | null): Promise<TeamPlan> {
  const { query, county } = desk;
  const [areas, officials, enterprises, found, places, stays] = await Promise.all([
    query<Known['areas'][number]>(
      'teams.import.areas',
      'select id, name, code, level, chain from area where county = $1 and not closed',
      [county],
    ),
    query<Known['officials'][number]>(
      'teams.import.officials',
      'select id, name, phone from official where county = $1 and not retired',
      [county],
    ),
    query<Known['enterprises'][number]>(
      'teams.import.enterprises',
      `select u.id, u.name, a.chain from unit u join area a on a.county = $1 and a.id = u.area
        where u.county = $1 and u.kind = 'enterprise' and not u.closed`,
      [county],
    ),
    query<Omit<TeamState, 'stage' | 'places'> & { id: string; ended: boolean }>(
      'teams.import.teams',
      'select id, parent, name, purpose, area, chain, campaign, since, until, ended from team where county = $1',
      [county],
    ),
    query<TeamState['places'][number] & { team: string }>(
      'teams.import.places',
      'select team, place, target, since, until from team_place where county = $1 order by since',
      [county],
    ),
    query<{ id: string; official: string } & MemberState['stays'][number]>(
      'teams.import.members',
      'select id, official, team, role, since, until, reason from team_member where county = $1 order by id, place',
      [county],
    ),
  ]);
  const placesBy = Map.groupBy(places, (p) => p.team);
  return planTeams(
    sheets,
    {
      areas,
      officials,
      enterprises,
      teams: found.map(({ id, ended, ...rest }) => ({
        id,
        state: {
          ...rest,
          stage: ended ? 'ended' : 'open',
          places: (placesBy.get(id) ?? []).map(({ place, target, since, until }) => ({ place, target, since, until })),
        },
      })),
      members: [...Map.groupBy(stays, (s) => s.id)].map(([id, of]) => ({
        id,
        state: {
          official: of[0]!.official,
          stays: of.map(({ team, role, since, until, reason }) => ({ team, role, since, until, reason })),
        },
      })),
    },
    { county, actor: actorName(desk.actor), at: desk.now, campaign },
  );
}

/**
 * Does what the plan says: new records at once, known ones by commands. Interrupted half-way it is finished by importing again.
 * @returns what was refused meanwhile because somebody else changed it
 */
export async function carryOut(desk: Desk, plan: TeamPlan): Promise<string[]> {
  const histories = plan.additions.map(({ record, id, events }): History => ({
    county: desk.county,
    id: idOf('import', String(desk.county), id),
    record,
    stream: id,
    events,
  }));
  await desk.ledger.take(desk.county, histories);
  const refused: string[] = [];
  for (const { record, id, commands } of plan.changes) {
    for (const command of commands) {
      const verdict = await give(desk, record, id, command as { kind: string });
      if (isRefusal(verdict))
        refused.push(campaignRefusals[verdict.refused as keyof typeof campaignRefusals] ?? verdict.refused);
    }
  }
  return refused;
}
