import { describe, expect, test } from 'vitest';
import { DutiesPolicy, dutyPolicies } from '../duties/model.ts';
import type { Decider } from '../ledger/decider.ts';
import { isRefusal } from '../ledger/decider.ts';
import {
  type CampaignCommand,
  type CampaignFacts,
  type FormFacts,
  type MemberCommand,
  type MemberFacts,
  type OccasionCommand,
  type OccasionFacts,
  type TeamCommand,
  type TeamFacts,
  Templates,
  campaignRefusals,
} from './model.ts';
import { campaigns, forms, members, occasions, teams } from './rules.ts';
import { campaignPolicies } from './templates.ts';

/**
 * Every refusal of teams, members, occasions, forms and campaigns, each by the smallest change of what is accepted: so a
 * rule that is taken away, or that refuses what it should not, fails here.
 */
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [county, town, village, household, firm] = [id(1), id(2), id(3), id(4), id(5)];
const { templates } = Templates.parse(campaignPolicies[0]!.standard.document);
const plan = (code: string) => templates.find((t) => t.code === code)!;
const document = DutiesPolicy.parse(dutyPolicies[0]!.standard.document);
const stamp = { actor: id(90), at: '2026-01-01T01:00:00.000Z', version: 1 };

/** What a record says after these events, to one command with these facts: a code, or the kinds of its events. */
function says<S, C, E extends { kind: string }, F>(
  decider: Decider<S, C, E, F>,
  events: readonly E[],
  command: C,
  facts: F,
): string {
  const state = events.reduce((s, e) => decider.evolve(s, e, stamp), decider.initial);
  const decided = decider.decide(state, command, facts);
  return isRefusal(decided)
    ? [decided.refused, decided.field].filter((x) => x !== undefined).join(' ')
    : decided.map((e) => e.kind).join(' ');
}

type Case = readonly [expected: string, said: () => string];

// ---- teams
const found = {
  kind: 'team.found',
  parent: null,
  name: '一队',
  purpose: '',
  area: town,
  campaign: null,
  since: '2026-01-01',
  until: '2026-12-31',
} as const satisfies TeamCommand;
const above = { parent: null, since: '2026-01-01', until: '2026-12-31', chain: [county, town], ended: false };
const teamFacts: TeamFacts = {
  chain: [county, town],
  parent: undefined,
  nameTaken: false,
  campaignKnown: true,
  placeChain: [county, town, village],
  below: 0,
};
const founded = { ...found, kind: 'team.founded', chain: [county, town] } as const;
const taken = { kind: 'team.place-taken', place: 'village', target: village, since: '2026-02-01' } as const;
const team = (
  command: TeamCommand,
  facts: Partial<TeamFacts> = {},
  events: Parameters<typeof teams.evolve>[1][] = [],
) => says(teams, events, command, { ...teamFacts, ...facts });
const group = { ...found, parent: id(10) };
const take = { kind: 'team.take-place', place: 'village', target: village, since: '2026-02-01' } as const;
const amend = { kind: 'team.amend', name: '二队' } as const;
const leaveOn = (until: string) => ({ kind: 'team.leave-place', place: 'village', target: village, until }) as const;

const teamCases: readonly Case[] = [
  ['team.founded', () => team(found)],
  ['team.founded', () => team(group, { parent: above })],
  ['team.exists', () => team(found, {}, [founded])],
  ['team.founded', () => team(found, {}, [founded, { kind: 'team.ended', until: '2026-06-30' }])],
  ['team.missing', () => team(amend)],
  ['team.ended', () => team(amend, {}, [founded, { kind: 'team.ended', until: '2026-06-30' }])],
  ['team.no-area area', () => team(found, { chain: [] })],
  ['team.no-area area', () => team(found, { chain: [county, town, village] })],
  ['team.ends-early until', () => team({ ...found, until: '2025-12-31' })],
  ['team.founded', () => team({ ...found, until: '2026-01-01' })],
  ['team.no-parent parent', () => team(group)],
  ['team.no-parent parent', () => team(group, { parent: { ...above, ended: true } })],
  ['team.group-in-group parent', () => team(group, { parent: { ...above, parent: id(11) } })],
  ['team.outside area', () => team(group, { parent: { ...above, chain: [county, id(12)] } })],
  ['team.outside since', () => team({ ...group, since: '2025-12-31' }, { parent: above })],
  ['team.outside until', () => team({ ...group, until: '2027-01-01' }, { parent: above })],
  ['team.outside until', () => team({ ...group, until: null }, { parent: above })],
  ['team.founded', () => team({ ...group, until: null }, { parent: { ...above, until: null } })],
  ['team.name-taken name', () => team(found, { nameTaken: true })],
  ['team.no-campaign campaign', () => team({ ...found, campaign: id(20) }, { campaignKnown: false })],
  ['team.founded', () => team(found, { campaignKnown: false })],
  ['team.amended', () => team(amend, {}, [founded])],
  ['team.unchanged', () => team({ kind: 'team.amend', name: '一队' }, {}, [founded])],
  ['team.amended', () => team({ kind: 'team.amend', purpose: '驻村' }, {}, [founded])],
  ['team.name-taken name', () => team(amend, { nameTaken: true }, [founded])],
  [
    'team.no-campaign campaign',
    () => team({ kind: 'team.amend', campaign: id(20) }, { campaignKnown: false }, [founded]),
  ],
  ['team.place-taken', () => team(take, {}, [founded])],
  ['team.no-place target', () => team(take, { placeChain: undefined }, [founded])],
  ['team.place-outside target', () => team(take, { placeChain: [county, id(12), village] }, [founded])],
  ['team.place-taken target', () => team(take, {}, [founded, taken])],
  [
    'team.place-taken',
    () =>
      team({ ...take, since: '2026-04-01' }, {}, [
        founded,
        taken,
        { ...leaveOn('2026-03-31'), kind: 'team.place-left' },
      ]),
  ],
  [
    'team.place-taken target',
    () =>
      team({ ...take, since: '2026-03-31' }, {}, [
        founded,
        taken,
        { ...leaveOn('2026-03-31'), kind: 'team.place-left' },
      ]),
  ],
  ['team.place-taken', () => team({ ...take, target: household, place: 'household' }, {}, [founded, taken])],
  ['member.outside since', () => team({ ...take, since: '2025-12-31' }, {}, [founded])],
  ['member.outside since', () => team({ ...take, since: '2027-01-01' }, {}, [founded])],
  ['team.place-left', () => team(leaveOn('2026-03-31'), {}, [founded, taken])],
  ['team.place-not-taken target', () => team(leaveOn('2026-03-31'), {}, [founded])],
  ['team.place-left', () => team(leaveOn('2026-01-31'), {}, [founded, taken])],
  ['team.ends-early until', () => team(leaveOn('2026-01-30'), {}, [founded, taken])],
  ['team.ended', () => team({ kind: 'team.end', until: '2025-12-31' }, {}, [founded])],
  ['team.ends-early until', () => team({ kind: 'team.end', until: '2025-12-30' }, {}, [founded])],
  ['team.has-groups', () => team({ kind: 'team.end', until: '2026-06-30' }, { below: 1 }, [founded])],
];

// ---- members
const join = {
  kind: 'member.join',
  official: id(30),
  team: id(10),
  role: 'member',
  since: '2026-02-01',
} as const satisfies MemberCommand;
const joined = { ...join, kind: 'member.joined' } as const;
const left = { kind: 'member.left', until: '2026-04-30', reason: '回原单位' } as const;
const memberFacts: MemberFacts = {
  officialAtWork: true,
  team: { since: '2026-01-01', until: '2026-12-31', ended: false, chain: [county] },
  chain: [county],
  doubled: false,
  led: false,
};
const transfer = {
  kind: 'member.transfer',
  team: id(11),
  role: 'member',
  since: '2026-03-01',
  reason: '调剂',
} as const satisfies MemberCommand;
const member = (
  command: MemberCommand,
  facts: Partial<MemberFacts> = {},
  events: Parameters<typeof members.evolve>[1][] = [],
) => says(members, events, command, { ...memberFacts, ...facts });
const gone = (until: string) => ({ kind: 'member.leave', until, reason: '回原单位' }) as const;

const memberCases: readonly Case[] = [
  ['member.joined', () => member(join)],
  ['member.in-team', () => member(join, {}, [joined])],
  ['member.joined', () => member({ ...join, since: '2026-05-01' }, {}, [joined, left])],
  ['member.early since', () => member({ ...join, since: '2026-04-30' }, {}, [joined, left])],
  ['member.other official', () => member({ ...join, official: id(31), since: '2026-05-01' }, {}, [joined, left])],
  ['member.no-official official', () => member(join, { officialAtWork: false })],
  ['member.no-team team', () => member(join, { team: undefined })],
  ['member.no-team team', () => member(join, { team: { ...memberFacts.team!, ended: true } })],
  ['member.outside since', () => member({ ...join, since: '2025-12-31' })],
  ['member.outside since', () => member({ ...join, since: '2027-01-01' })],
  ['member.doubled team', () => member(join, { doubled: true })],
  ['member.led role', () => member({ ...join, role: 'leader' }, { led: true })],
  ['member.joined', () => member({ ...join, role: 'deputy' }, { led: true })],
  ['member.missing', () => member(transfer)],
  ['member.missing', () => member(gone('2026-03-01'))],
  ['member.transferred', () => member(transfer, {}, [joined])],
  ['member.unchanged team', () => member({ ...transfer, team: id(10) }, {}, [joined])],
  ['member.transferred', () => member({ ...transfer, team: id(10), role: 'leader' }, {}, [joined])],
  ['member.led role', () => member({ ...transfer, role: 'leader' }, { led: true }, [joined])],
  ['member.early since', () => member({ ...transfer, since: '2026-01-31' }, {}, [joined])],
  ['member.transferred', () => member({ ...transfer, since: '2026-02-01' }, {}, [joined])],
  ['member.left', () => member(gone('2026-01-31'), {}, [joined])],
  ['member.early until', () => member(gone('2026-01-30'), {}, [joined])],
];

// ---- occasions and forms
const record = {
  kind: 'occasion.record',
  type: 'symposium',
  area: village,
  day: '2026-03-01',
  title: '院坝座谈',
  colleagues: [id(31)],
  people: 12,
  amount: 0,
} as const satisfies OccasionCommand;
const occasionFacts: OccasionFacts = {
  actor: id(30),
  today: '2026-03-01',
  chain: [county, town, village],
  colleaguesKnown: true,
  enterpriseKnown: false,
};
const held = { ...record, kind: 'occasion.recorded', chain: [county], officials: [id(30)], unit: null } as const;
const occasion = (
  command: OccasionCommand,
  facts: Partial<OccasionFacts> = {},
  events: Parameters<typeof occasions.evolve>[1][] = [],
) => says(occasions, events, command, { ...occasionFacts, ...facts });
const withdraw = { kind: 'occasion.withdraw', reason: '记错了' } as const;
const visit = { official: id(30), day: '2026-03-01', chain: [county] };
const fill = { kind: 'form.fill', visit: id(40), answers: { 'help-given': '讲清了政策' } } as const;
const formFacts: FormFacts = { visit, filled: false, asked: { 'help-given': ['讲清了政策', '当场办了'] } };
const form = (
  command: { kind: 'form.fill'; visit: string; answers: Record<string, string> },
  facts: Partial<FormFacts> = {},
  events: Parameters<typeof forms.evolve>[1][] = [],
) => says(forms, events, command, { ...formFacts, ...facts });

const writtenCases: readonly Case[] = [
  ['occasion.recorded', () => occasion(record)],
  ['occasion.exists', () => occasion(record, {}, [held])],
  ['occasion.missing', () => occasion(withdraw)],
  ['occasion.withdrawn', () => occasion(withdraw, {}, [held])],
  [
    // The event and the refusal have one name; the second of them writes nothing.
    'occasion.withdrawn',
    () => occasion(withdraw, {}, [held, { kind: 'occasion.withdrawn', reason: '记错了' }]),
  ],
  ['occasion.no-area area', () => occasion(record, { chain: [] })],
  ['occasion.in-future day', () => occasion({ ...record, day: '2026-03-02' })],
  ['occasion.no-colleague colleagues', () => occasion(record, { colleaguesKnown: false })],
  ['occasion.amount-missing amount', () => occasion({ ...record, type: 'aid' })],
  ['occasion.recorded', () => occasion({ ...record, type: 'aid', amount: 500 })],
  ['occasion.unit-missing unit', () => occasion({ ...record, type: 'firm' })],
  ['occasion.unit-missing unit', () => occasion({ ...record, type: 'firm', unit: firm })],
  ['occasion.recorded', () => occasion({ ...record, type: 'firm', unit: firm }, { enterpriseKnown: true })],
  ['form.filled', () => form(fill)],
  ['form.no-visit visit', () => form(fill, { visit: undefined })],
  ['form.filled', () => form(fill, { filled: true })],
  ['form.not-asked answers', () => form({ ...fill, answers: { 'help-given': '别的' } })],
  ['form.not-asked answers', () => form({ ...fill, answers: { other: '当场办了' } })],
  ['form.not-asked answers', () => form({ ...fill, answers: { 'to-string': '当场办了' } })],
  ['form.other-visit visit', () => form({ ...fill, visit: id(41) }, {}, [{ ...fill, ...visit, kind: 'form.filled' }])],
];

// ---- campaigns
const facts: CampaignFacts = {
  template: plan('villages-firms'),
  chain: [county, town],
  today: '2026-03-10',
  team: { group: false },
  handing: { campaign: id(50), continued: false, policy: id(51), documents: [{ document, validFrom: '2026-03-10' }] },
};
const start = {
  kind: 'campaign.start',
  template: 'villages-firms',
  name: '驻百村',
  area: town,
  from: '2026-01-01',
  amounts: {},
} as const satisfies CampaignCommand;
const started = (code: string, from = '2026-01-01', until: string | null = '2026-12-31') =>
  ({
    kind: 'campaign.started',
    name: code,
    area: town,
    chain: [county, town],
    from,
    until,
    plan: plan(code),
    before: null,
  }) as const;
const campaign = (
  command: CampaignCommand,
  over: Partial<CampaignFacts> = {},
  events: Parameters<typeof campaigns.evolve>[1][] = [started('villages-firms')],
) => says(campaigns, events, command, { ...facts, ...over });
const move = {
  kind: 'campaign.move',
  quota: 'team-solved',
  team: id(10),
  from: '2026-04',
  to: '2026-06',
  amount: 1,
  reason: '农忙',
} as const satisfies CampaignCommand;
const all = { ...move, quota: 'villages', team: null } as const;
const end = (on: string) => ({ kind: 'campaign.end', on, reason: '提前完成' }) as const;
const over = [started('six-visits', '2025-01-01', '2025-12-31')];
const handOver = { kind: 'campaign.continue' } as const;
const handed = {
  kind: 'campaign.handed-over',
  on: '2026-03-01',
  duties: ['x'],
  policy: id(51),
  documents: [],
  source: '测试',
  reason: '测试',
} as const;

const campaignCases: readonly Case[] = [
  ['campaign.started', () => campaign(start, {}, [])],
  ['campaign.exists', () => campaign(start)],
  ['campaign.no-template template', () => campaign(start, { template: undefined }, [])],
  ['campaign.no-area area', () => campaign(start, { chain: [] }, [])],
  ['campaign.no-area area', () => campaign(start, { chain: [county, town, village] }, [])],
  ['campaign.no-quota amounts', () => campaign({ ...start, amounts: { nothing: 1 } }, {}, [])],
  ['campaign.missing', () => campaign(end('2026-03-01'), {}, [])],
  ['campaign.missing', () => campaign(handOver, {}, [])],
  ['campaign.ended', () => campaign(end('2026-01-01'))],
  ['campaign.ended', () => campaign(end('2026-12-31'))],
  ['campaign.ends-early on', () => campaign(end('2025-12-31'))],
  ['campaign.ends-late on', () => campaign(end('2027-01-01'))],
  ['campaign.ended', () => campaign(end('2031-01-01'), {}, [started('three-haves', '2026-01-01', null)])],
  ['campaign.moved', () => campaign(move)],
  ['campaign.moved', () => campaign(all)],
  ['campaign.no-quota quota', () => campaign({ ...move, quota: 'nothing' })],
  ['campaign.fixed quota', () => campaign({ ...move, quota: 'grassroots-days' }, {}, [started('six-visits')])],
  ['campaign.fixed quota', () => campaign({ ...move, quota: 'month-households' }, {}, [started('six-visits')])],
  [
    'campaign.fixed quota',
    () => campaign({ ...move, quota: 'visits' }, {}, [started('three-haves', '2026-01-01', null)]),
  ],
  ['campaign.no-team team', () => campaign({ ...move, team: null })],
  ['campaign.no-team team', () => campaign({ ...all, team: id(10) })],
  ['campaign.no-team team', () => campaign(move, { team: undefined })],
  ['campaign.no-team team', () => campaign(move, { team: { group: true } })],
  ['campaign.no-team team', () => campaign({ ...move, quota: 'group-days' })],
  ['campaign.moved', () => campaign({ ...move, quota: 'group-days' }, { team: { group: true } })],
  ['campaign.same-month to', () => campaign({ ...move, to: '2026-04' })],
  ['campaign.no-month from', () => campaign({ ...move, from: '2027-04' })],
  ['campaign.no-month to', () => campaign({ ...move, to: '2027-04' })],
  ['campaign.month-over from', () => campaign({ ...move, from: '2026-02' })],
  ['campaign.month-over to', () => campaign({ ...move, to: '2026-02' })],
  ['campaign.moved', () => campaign({ ...move, from: '2026-03' })],
  ['campaign.too-much amount', () => campaign({ ...move, amount: 2 })],
  ['campaign.ended', () => campaign(move, { today: '2027-01-01' })],
  ['campaign.month-over from', () => campaign(move, { today: '2026-12-31' })],
  ['campaign.handed-over', () => campaign(handOver, {}, over)],
  ['campaign.running', () => campaign(handOver, {}, [started('six-visits', '2025-03-11', '2026-03-10')])],
  ['campaign.handed-over', () => campaign(handOver, {}, [started('six-visits', '2025-03-10', '2026-03-09')])],
  ['campaign.running', () => campaign(handOver, {}, [started('six-visits', '2025-01-01', null)])],
  ['campaign.nothing-after', () => campaign(handOver, {}, [started('five-people', '2025-01-01', '2025-12-31')])],
  // The event and the refusal have one name: refused, nothing is published a second time.
  ['campaign.handed-over', () => campaign(handOver, {}, [...over, handed])],
  [
    'campaign.no-duty',
    () =>
      campaign(
        handOver,
        {
          handing: {
            ...facts.handing!,
            documents: [
              {
                document: {
                  ...document,
                  duties: Array.from({ length: 200 }, (_, n) => ({ ...document.duties[0]!, id: `duty-${n}` })),
                },
                validFrom: '2026-03-10',
              },
            ],
          },
        },
        over,
      ),
  ],
];

describe('[B5] [A6] what is asked of the rules', () => {
  test.each([
    ['teams', teamCases],
    ['members', memberCases],
    ['occasions and forms', writtenCases],
    ['campaigns', campaignCases],
  ] as const)('%s: each rule refuses what it is there for, and nothing beside it', (_, cases) => {
    expect(cases.map(([, said]) => said())).toEqual(cases.map(([expected]) => expected));
  });

  test('every refusal there is has a case', () => {
    const cases = [...teamCases, ...memberCases, ...writtenCases, ...campaignCases];
    const given = new Set(cases.map(([expected]) => expected.split(' ')[0]!));
    expect(Object.keys(campaignRefusals).filter((code) => !given.has(code))).toEqual([]);
  });

  test('what has the name of its event is told apart: refused is refused', () => {
    const state = (events: Parameters<typeof campaigns.evolve>[1][]) =>
      events.reduce((s, e) => campaigns.evolve(s, e, stamp), campaigns.initial);
    expect(campaigns.decide(state([...over, handed]), handOver, facts)).toMatchObject({
      refused: 'campaign.handed-over',
    });
    const before = { ...facts, handing: { ...facts.handing!, continued: true } };
    expect(campaigns.decide(state(over), handOver, before)).toMatchObject({ refused: 'campaign.handed-over' });
    const ended = state([started('villages-firms'), { kind: 'campaign.ended', on: '2026-02-01', reason: '提前完成' }]);
    expect(campaigns.decide(ended, end('2026-01-15'), facts)).toMatchObject({ refused: 'campaign.ended' });
    const gone = [held, { kind: 'occasion.withdrawn', reason: '记错了' }] as const;
    const withdrawn = gone.reduce((s, e) => occasions.evolve(s, e, stamp), occasions.initial);
    expect(occasions.decide(withdrawn, withdraw, occasionFacts)).toMatchObject({ refused: 'occasion.withdrawn' });
    expect(forms.decide(forms.initial, fill, { ...formFacts, filled: true })).toMatchObject({ refused: 'form.filled' });
    const open = [founded, { kind: 'team.ended', until: '2026-06-30' }] as const;
    const over2 = open.reduce((s, e) => teams.evolve(s, e, stamp), teams.initial);
    expect(teams.decide(over2, amend, teamFacts)).toMatchObject({ refused: 'team.ended' });
    const held2 = teams.evolve(teams.evolve(teams.initial, founded, stamp), taken, stamp);
    expect(teams.decide(held2, take, teamFacts)).toMatchObject({ refused: 'team.place-taken' });
  });

  test('who took part is written once, whoever names themselves as well', () => {
    const twice = { ...record, colleagues: [id(30), id(31), id(31)] };
    expect(occasions.decide(occasions.initial, twice, occasionFacts)).toMatchObject([
      { officials: [id(30), id(31)], day: '2026-03-01', unit: null },
    ]);
  });

  test('handed over once more into what stands already, nothing is published', () => {
    const state = over.reduce((s, e) => campaigns.evolve(s, e, stamp), campaigns.initial);
    const give = (into: DutiesPolicy) => {
      const handing = { ...facts.handing!, documents: [{ document: into, validFrom: '2026-03-10' }] };
      const [event] = campaigns.decide(state, handOver, { ...facts, handing }) as unknown as [
        { duties: string[]; documents: { document: DutiesPolicy; validFrom: string }[] },
      ];
      return event;
    };
    const first = give(document);
    expect(first.documents).toHaveLength(1);
    expect(first.documents[0]!.document.duties).toHaveLength(document.duties.length + 1);
    expect(first.documents[0]!.document.duties.at(-1)).toMatchObject({ id: first.duties[0], validFrom: '2026-03-10' });
    const again = give(first.documents[0]!.document);
    expect(again.duties).toEqual(first.duties);
    expect(again.documents).toEqual([]);
  });
});
