import { dayOf } from '../calendar/days.ts';
import { DUTIES_POLICY, type DutiesPolicy, dutyPolicies, evidenceRows, evidenceTable } from '../duties/model.ts';
import type { Query, RecordType, Row } from '../ledger/record.ts';
import { readDocument } from '../policy/model.ts';
import { documentOn, policyStream } from '../policy/tables.ts';
import {
  CAMPAIGN_TEMPLATES,
  CampaignCommand,
  type CampaignEvent,
  type CampaignFacts,
  type CampaignState,
  FormCommand,
  type FormEvent,
  type FormFacts,
  type FormState,
  type HandedOver,
  MemberCommand,
  type MemberEvent,
  type MemberFacts,
  type MemberRole,
  type MemberState,
  type Move,
  OccasionCommand,
  type OccasionEvent,
  type OccasionFacts,
  type OccasionKind,
  type OccasionState,
  type PlaceKind,
  type Plan,
  TeamCommand,
  type TeamEvent,
  type TeamFacts,
  type TeamState,
  type Templates,
} from './model.ts';
import { lastDayOf } from './plan.ts';
import { campaigns, forms, members, occasions, teams } from './rules.ts';
import { current } from './rules/member.ts';

export interface TeamRow {
  county: number;
  id: string;
  parent: string | null;
  name: string;
  purpose: string;
  area: string;
  chain: string[];
  campaign: string | null;
  since: string;
  until: string | null;
  ended: boolean;
}
export interface TeamPlaceRow {
  county: number;
  team: string;
  place: PlaceKind;
  target: string;
  since: string;
  until: string | null;
}
export interface TeamMemberRow {
  county: number;
  id: string;
  place: number;
  official: string;
  team: string;
  role: MemberRole;
  since: string;
  until: string | null;
  reason: string | null;
}
export interface CampaignRow {
  county: number;
  id: string;
  name: string;
  code: string;
  area: string;
  chain: string[];
  since: string;
  until: string | null;
  planned: string | null;
  ended: boolean;
  before: string | null;
  handed: HandedOver | null;
  plan: Plan;
  moves: Move[];
}
export interface OccasionRow {
  county: number;
  id: string;
  kind: OccasionKind;
  area: string;
  chain: string[];
  day: string;
  title: string;
  officials: string[];
  people: number;
  amount: number;
  unit: string | null;
}

/** Read rows are typed here and travel as plain JSON. */
const plain = <R extends object>(row: R): Row => row as unknown as Row;

export const teamRecord: RecordType<TeamState, TeamCommand, TeamEvent, TeamFacts> = {
  name: 'team',
  decider: teams,
  commands: TeamCommand,
  tables: [
    { name: 'team', key: ['county', 'id'] },
    { name: 'team_place', key: ['county', 'team', 'place', 'target', 'since'] },
  ],

  async facts({ county, stream, state, command, query }) {
    const named = command.kind === 'team.found' ? command : state;
    const place = command.kind === 'team.take-place' ? command : undefined;
    const name = command.kind === 'team.amend' ? (command.name ?? state.name) : named.name;
    const campaign = command.kind === 'team.amend' ? (command.campaign ?? null) : named.campaign;
    const [row] = await query<{
      chain: string[] | null;
      parent: TeamFacts['parent'] | null;
      nameTaken: boolean;
      campaignKnown: boolean;
      placeChain: string[] | null;
      below: number;
    }>(
      'team.facts',
      `select (select chain from area where county = $1 and id = $3 and not closed) as chain,
              (select jsonb_build_object('parent', parent, 'since', since, 'until', until, 'chain', chain, 'ended', ended)
                 from team where county = $1 and id = $4) as parent,
              exists (select from team where county = $1 and id <> $2 and parent is not distinct from $4::uuid
                                         and name = $5 and not ended) as "nameTaken",
              exists (select from campaign where county = $1 and id = $6) as "campaignKnown",
              case $7::text
                when 'village' then (select chain from area where county = $1 and id = $8 and level = 'village' and not closed)
                when 'household' then (select array_remove(array[county_area, township, village, grid], null) from household
                                        where county = $1 and id = $8 and not moved)
                when 'enterprise' then (select a.chain from unit u join area a on a.county = $1 and a.id = u.area
                                         where u.county = $1 and u.id = $8 and u.kind = 'enterprise' and not u.closed)
              end as "placeChain",
              (select count(*)::int from team where county = $1 and parent = $2 and not ended) as below`,
      [
        county,
        stream,
        named.area === '' ? null : named.area,
        named.parent,
        name,
        campaign,
        place?.place ?? null,
        place?.target ?? null,
      ],
    );
    const { chain, parent, placeChain, ...rest } = row!;
    return { ...rest, chain: chain ?? [], parent: parent ?? undefined, placeChain: placeChain ?? undefined };
  },

  reach: (state, _command, facts) => ({ areas: state.stage === 'none' ? (facts?.chain ?? []) : state.chain }),

  rows(county, stream, state) {
    if (state.stage === 'none') return {};
    const { stage, places, undo: _, chain, ...fields } = state;
    const row: TeamRow = { county, id: stream, ...fields, chain: [...chain], ended: stage === 'ended' };
    return {
      team: [plain(row)],
      // What was taken back on the day before it began never was.
      team_place: places
        .filter((p) => p.until === null || p.until >= p.since)
        .map((p) => plain({ county, team: stream, ...p } satisfies TeamPlaceRow)),
    };
  },

  told: ({ undo }) => ({ undo }),
};

export const memberRecord: RecordType<MemberState, MemberCommand, MemberEvent, MemberFacts> = {
  name: 'team-member',
  decider: members,
  commands: MemberCommand,
  tables: [{ name: 'team_member', key: ['county', 'id', 'place'] }],

  async facts({ county, stream, state, command, query }) {
    const official = command.kind === 'member.join' ? command.official : state.official;
    const team = command.kind === 'member.leave' ? null : command.team;
    const since = command.kind === 'member.leave' ? null : command.since;
    const [row] = await query<
      Omit<MemberFacts, 'team' | 'chain'> & { team: MemberFacts['team'] | null; chain: string[] | null }
    >(
      'team-member.facts',
      `select exists (select from official where county = $1 and id = $3 and not retired) as "officialAtWork",
              (select jsonb_build_object('since', since, 'until', until, 'ended', ended, 'chain', chain)
                 from team where county = $1 and id = $4) as team,
              (select chain from team where county = $1 and id = coalesce($6::uuid, $4)) as chain,
              exists (select from team_member where county = $1 and id <> $2 and official = $3 and team = $4
                                                and (until is null or until >= $5::date)) as doubled,
              exists (select from team_member where county = $1 and id <> $2 and team = $4 and role = 'leader'
                                                and (until is null or until >= $5::date)) as led`,
      [county, stream, official === '' ? null : official, team, since, current(state)?.team ?? null],
    );
    const { team: found, chain, ...rest } = row!;
    return { ...rest, team: found ?? undefined, chain: chain ?? [] };
  },

  // Who answers for the team the official is in decides, else for the one they join.
  reach: (state, _command, facts) => ({
    areas: facts?.chain ?? [],
    officials: state.official === '' ? [] : [state.official],
  }),

  rows: (county, stream, { official, stays }) => ({
    team_member: stays.flatMap((stay, place) =>
      stay.until !== null && stay.until < stay.since
        ? []
        : [plain({ county, id: stream, place, official, ...stay } satisfies TeamMemberRow)],
    ),
  }),

  told: ({ undo }) => ({ undo }),
};

const occasionRecord: RecordType<OccasionState, OccasionCommand, OccasionEvent, OccasionFacts> = {
  name: 'occasion',
  decider: occasions,
  commands: OccasionCommand,
  tables: [{ name: 'occasion', key: ['county', 'id'] }, evidenceTable],

  async facts({ county, command, actor, at, query }) {
    const first = command.kind === 'occasion.record' ? command : undefined;
    const [row] = await query<{ chain: string[] | null; known: number; enterpriseKnown: boolean }>(
      'occasion.facts',
      `select (select chain from area where county = $1 and id = $2 and not closed) as chain,
              (select count(*)::int from official where county = $1 and id = any($3::uuid[]) and not retired) as known,
              exists (select from unit where county = $1 and id = $4 and kind = 'enterprise' and not closed) as "enterpriseKnown"`,
      [county, first?.area ?? null, first?.colleagues ?? [], first?.unit ?? null],
    );
    const colleaguesKnown = first === undefined || row!.known === new Set(first.colleagues).size;
    const { chain, enterpriseKnown } = row!;
    return { actor, today: dayOf(at), chain: chain ?? [], colleaguesKnown, enterpriseKnown };
  },

  reach: (state, _command, facts) => ({
    areas: state.stage === 'none' ? (facts?.chain ?? []) : state.chain,
    // Only who wrote it down takes it back; whoever took part may do so too.
    officials: state.stage === 'none' ? (facts === undefined ? [] : [facts.actor]) : state.officials,
  }),

  rows(county, stream, state) {
    if (state.stage !== 'held') return {};
    const { stage: _, type, chain, officials, ...fields } = state;
    const row: OccasionRow = {
      county,
      id: stream,
      kind: type,
      chain: [...chain],
      officials: [...officials],
      ...fields,
    };
    // Written once, it counts for everyone who took part.
    const evidence = evidenceRows(
      county,
      stream,
      officials.map((official) => ({
        official,
        kind: type,
        day: state.day,
        amount: type === 'aid' ? state.amount : 1,
        area: chain.at(-1) ?? null,
        subject: state.unit,
        confirmed: false,
      })),
    );
    return { occasion: [plain(row)], evidence };
  },
};

/** What a campaign is handed over into: read anew, so that no version published a moment ago is lost. */
async function handingOf(
  query: Query,
  county: number,
  campaign: string,
  today: string,
): Promise<CampaignFacts['handing']> {
  const kind = dutyPolicies.find(({ name }) => name === DUTIES_POLICY)!;
  const policy = policyStream(county, DUTIES_POLICY);
  const [before, now, later] = await Promise.all([
    query('campaign.continued', 'select id from campaign where county = $1 and before = $2', [county, campaign]),
    documentOn<DutiesPolicy>(query, county, kind, today),
    // Versions before the one in force never come into force any more.
    query<{ document: unknown; validFrom: string }>(
      'campaign.duties-to-come',
      `select document, valid_from as "validFrom" from policy
        where county = $1 and id = $2 and valid_from > $3::date
          and version > coalesce((select max(version) from policy where county = $1 and id = $2 and valid_from <= $3::date), 0)
        order by version`,
      [county, policy, today],
    ),
  ]);
  const toCome = later.flatMap(({ document, validFrom }) => {
    const read = readDocument<DutiesPolicy>(kind, document);
    return read === undefined ? [] : [{ document: read, validFrom }];
  });
  return {
    campaign,
    policy,
    continued: before.length > 0,
    documents: [{ document: now, validFrom: today }, ...toCome],
  };
}

export const campaignRecord: RecordType<CampaignState, CampaignCommand, CampaignEvent, CampaignFacts> = {
  name: 'campaign',
  decider: campaigns,
  commands: CampaignCommand,
  tables: [{ name: 'campaign', key: ['county', 'id'] }],

  async facts({ county, stream, command, at, query, policies }) {
    const { templates } = policies.get<Templates>(CAMPAIGN_TEMPLATES);
    const template = command.kind === 'campaign.start' ? templates.find((t) => t.code === command.template) : undefined;
    const [row] = await query<{
      chain: string[] | null;
      team: { group: boolean } | null;
    }>(
      'campaign.facts',
      `select (select chain from area where county = $1 and id = $3 and not closed) as chain,
              (select jsonb_build_object('group', t.parent is not null) from team t
                 left join team p on p.county = $1 and p.id = t.parent
                where t.county = $1 and t.id = $4 and coalesce(t.campaign, p.campaign) = $2) as team`,
      [
        county,
        stream,
        command.kind === 'campaign.start' ? command.area : null,
        command.kind === 'campaign.move' ? command.team : null,
      ],
    );
    const { chain, team } = row!;
    const today = dayOf(at);
    return {
      template,
      chain: chain ?? [],
      today,
      team: team ?? undefined,
      handing: command.kind === 'campaign.continue' ? await handingOf(query, county, stream, today) : undefined,
    };
  },

  reach: (state, _command, facts) => ({ areas: state.stage !== 'none' ? state.chain : (facts?.chain ?? []) }),

  rows(county, stream, state) {
    if (state.stage === 'none' || state.plan === undefined) return {};
    const { name, area, chain, from, until, plan, moves, ended, before, handed = null } = state;
    const row: CampaignRow = {
      county,
      id: stream,
      name,
      code: plan.code,
      area,
      chain: [...chain],
      since: from,
      until,
      planned: lastDayOf(plan, from),
      ended: ended !== undefined,
      before,
      handed,
      plan,
      moves: [...moves],
    };
    return { campaign: [plain(row)] };
  },
};

const formRecord: RecordType<FormState, FormCommand, FormEvent, FormFacts> = {
  name: 'form',
  decider: forms,
  commands: FormCommand,
  tables: [{ name: 'visit_form', key: ['county', 'id'] }],

  async facts({ county, stream, command, query }) {
    const [row] = await query<{ visit: FormFacts['visit'] | null; filled: boolean; forms: Plan['form'] | null }>(
      'form.facts',
      `select (select jsonb_build_object('official', official, 'day', met_on,
                        'chain', array_remove(array[county_area, township, village, grid], null))
                 from visit where county = $1 and id = $3 and contact = 'met') as visit,
              exists (select from visit_form where county = $1 and visit = $3 and id <> $2) as filled,
              (select jsonb_agg(f) from visit v
                 join campaign c on c.county = $1 and c.since <= v.met_on and (c.until is null or c.until >= v.met_on)
                cross join jsonb_array_elements(c.plan -> 'form') f
                where v.county = $1 and v.id = $3) as forms`,
      [county, stream, command.visit],
    );
    const asked: Record<string, string[]> = {};
    for (const { fact, options } of row!.forms ?? []) asked[fact] = [...(asked[fact] ?? []), ...options];
    return { visit: row!.visit ?? undefined, filled: row!.filled, asked };
  },

  reach: (state, _command, facts) => ({
    areas: facts?.visit?.chain ?? [],
    officials: facts?.visit === undefined ? (state.official === '' ? [] : [state.official]) : [facts.visit.official],
  }),

  rows: (county, stream, { visit, official, day, answers }) => ({
    visit_form: visit === '' ? [] : [{ county, id: stream, visit, official, day, answers }],
  }),
};

export const campaignRecords = [teamRecord, memberRecord, occasionRecord, formRecord, campaignRecord] as const;
