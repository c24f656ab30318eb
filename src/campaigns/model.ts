import { z } from 'zod';
import { Role } from '../access/model.ts';
import { Day } from '../calendar/model.ts';
import { type Counted, type DutiesPolicy, type EvidenceKind, outKinds } from '../duties/model.ts';
import { levels, unitTypes } from '../organisation/model.ts';

/**
 * Teams (工作队) and groups (工作组) beside the organisation tree (row A6; J1, 2:E3), and campaigns (活动) with their
 * stages, parties, quotas, forms and end (row B5; H8, Y1–Y7, J1–J5, VIS-01, 2:D1, 2:E1, 2:M23).
 *
 * Nothing here is a figure somebody typed: a campaign says what is asked, visits and occasions say what was done.
 */
const Id = z.uuid();
const Name = z.string().trim().min(1).max(60);
const Reason = z.string().trim().min(2).max(300);
/** A calendar month, `2026-11`. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

// ---- teams -----------------------------------------------------------------------------------------------------

export const placeKinds = ['village', 'household', 'enterprise'] as const;
export type PlaceKind = (typeof placeKinds)[number];
export const placeKindNames: Readonly<Record<PlaceKind, string>> = {
  village: '村（社区）',
  household: '户',
  enterprise: '企业',
};

export const memberRoles = ['leader', 'deputy', 'member'] as const;
export type MemberRole = (typeof memberRoles)[number];

const Place = { place: z.enum(placeKinds), target: Id };

export const TeamCommand = z.discriminatedUnion('kind', [
  /** Founds a team, or a group within a team; founding one that was ended lets it go on. */
  z.object({
    kind: z.literal('team.found'),
    /** The team a group belongs to; null for a team. */
    parent: Id.nullable(),
    name: Name,
    /** What it is for, in a sentence. */
    purpose: z.string().trim().max(200),
    /** The county or township it works in. */
    area: Id,
    /** The campaign it works for, if any. */
    campaign: Id.nullable(),
    since: Day,
    /** Its last day, when it is known. */
    until: Day.nullable(),
  }),
  z.object({
    kind: z.literal('team.amend'),
    name: Name.optional(),
    purpose: z.string().trim().max(200).optional(),
    campaign: Id.nullable().optional(),
  }),
  z.object({ kind: z.literal('team.take-place'), ...Place, since: Day }),
  z.object({ kind: z.literal('team.leave-place'), ...Place, until: Day }),
  z.object({ kind: z.literal('team.end'), until: Day }),
]);
export type TeamCommand = z.infer<typeof TeamCommand>;

export interface TeamPlace {
  readonly place: PlaceKind;
  readonly target: string;
  readonly since: string;
  readonly until: string | null;
}

export type TeamEvent =
  | {
      kind: 'team.founded';
      parent: string | null;
      name: string;
      purpose: string;
      area: string;
      /** The area's path, from the county down. */
      chain: readonly string[];
      campaign: string | null;
      since: string;
      until: string | null;
    }
  | { kind: 'team.amended'; name: string; purpose: string; campaign: string | null }
  | { kind: 'team.place-taken'; place: PlaceKind; target: string; since: string }
  | { kind: 'team.place-left'; place: PlaceKind; target: string; until: string }
  | { kind: 'team.ended'; until: string };

export interface TeamState {
  readonly stage: 'none' | 'open' | 'ended';
  readonly parent: string | null;
  readonly name: string;
  readonly purpose: string;
  readonly area: string;
  readonly chain: readonly string[];
  readonly campaign: string | null;
  readonly since: string;
  readonly until: string | null;
  readonly places: readonly TeamPlace[];
  readonly undo?: TeamCommand;
}

export interface TeamFacts {
  /** The path of the area named; empty when it is closed or not there. */
  readonly chain: readonly string[];
  /** The team a group is founded in: its own parent, period and path; undefined when it is not there. */
  readonly parent:
    | {
        readonly parent: string | null;
        readonly since: string;
        readonly until: string | null;
        readonly chain: readonly string[];
        readonly ended: boolean;
      }
    | undefined;
  readonly nameTaken: boolean;
  readonly campaignKnown: boolean;
  /** The path of the place named; undefined when it is not there, closed, or of another kind. */
  readonly placeChain: readonly string[] | undefined;
  /** Groups of it that are still open. */
  readonly below: number;
}

export const MemberCommand = z.discriminatedUnion('kind', [
  /** An official joins a team or group for a time; joining again after having left goes on in the same history. */
  z.object({
    kind: z.literal('member.join'),
    official: Id,
    team: Id,
    role: z.enum(memberRoles),
    since: Day,
  }),
  /** Goes to another group, or takes another role in the same one, from a day on. What was before stays written. */
  z.object({
    kind: z.literal('member.transfer'),
    team: Id,
    role: z.enum(memberRoles),
    since: Day,
    reason: Reason,
  }),
  z.object({ kind: z.literal('member.leave'), until: Day, reason: Reason }),
]);
export type MemberCommand = z.infer<typeof MemberCommand>;

export interface Stay {
  readonly team: string;
  readonly role: MemberRole;
  readonly since: string;
  readonly until: string | null;
  /** Why it began or ended, where that was asked. */
  readonly reason: string | null;
}

export type MemberEvent =
  | { kind: 'member.joined'; official: string; team: string; role: MemberRole; since: string }
  | { kind: 'member.transferred'; team: string; role: MemberRole; since: string; reason: string }
  | { kind: 'member.left'; until: string; reason: string };

export interface MemberState {
  readonly official: string;
  /** In the order they began; only the last one may be open. */
  readonly stays: readonly Stay[];
  readonly undo?: MemberCommand;
}

export interface MemberFacts {
  readonly officialAtWork: boolean;
  readonly team:
    | {
        readonly since: string;
        readonly until: string | null;
        readonly ended: boolean;
        readonly chain: readonly string[];
      }
    | undefined;
  /** The path of the team the official is in now: who may move somebody away answers for where they are. */
  readonly chain: readonly string[];
  /** The same official is a member of that team by another record, on that day or later. */
  readonly doubled: boolean;
  /** The team has a leader on that day or later, who is another. */
  readonly led: boolean;
}

// ---- occasions -------------------------------------------------------------------------------------------------

/**
 * What is done besides visits and has no record of its own elsewhere: of the six contents of J2 branch, deeds, mediation
 * and firms; symposia; the deeds and aid of 2:M23. Policy talks and field studies are recorded by their own feature.
 */
export const occasionKinds = ['symposium', 'branch', 'deed', 'mediation', 'firm', 'aid'] as const;
export type OccasionKind = (typeof occasionKinds)[number];
export const occasionKindNames: Readonly<Record<OccasionKind, string>> = {
  symposium: '座谈会',
  branch: '帮支部',
  deed: '办实事',
  mediation: '调解纠纷',
  firm: '帮企业',
  aid: '帮扶款物',
};

export const OccasionCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('occasion.record'),
    type: z.enum(occasionKinds),
    area: Id,
    day: Day,
    /** What it was, in a sentence that names nobody. */
    title: z.string().trim().min(2).max(100),
    /** Colleagues who took part besides the one who writes it down: it is written once for all of them. */
    colleagues: z.array(Id).max(50).default([]),
    /** How many residents were there. */
    people: z.int().min(0).max(100_000).default(0),
    /** 元, for aid. */
    amount: z.int().min(0).max(1_000_000_000).default(0),
    /** The enterprise that was helped. */
    unit: Id.optional(),
  }),
  z.object({ kind: z.literal('occasion.withdraw'), reason: Reason }),
]);
export type OccasionCommand = z.infer<typeof OccasionCommand>;

export type OccasionEvent =
  | {
      kind: 'occasion.recorded';
      type: OccasionKind;
      area: string;
      chain: readonly string[];
      day: string;
      title: string;
      officials: readonly string[];
      people: number;
      amount: number;
      unit: string | null;
    }
  | { kind: 'occasion.withdrawn'; reason: string };

export interface OccasionState {
  readonly stage: 'none' | 'held' | 'withdrawn';
  readonly type: OccasionKind;
  readonly area: string;
  readonly chain: readonly string[];
  readonly day: string;
  readonly title: string;
  readonly officials: readonly string[];
  readonly people: number;
  readonly amount: number;
  readonly unit: string | null;
}

export interface OccasionFacts {
  readonly actor: string;
  readonly today: string;
  readonly chain: readonly string[];
  readonly colleaguesKnown: boolean;
  readonly enterpriseKnown: boolean;
}

// ---- forms -----------------------------------------------------------------------------------------------------

/** What a visit says for its campaigns besides the diary entry: choices, by the fact asked for. Asked once for all campaigns. */
export const FormCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('form.fill'),
    visit: Id,
    /** The option chosen, by fact. Given again, it takes the place of what was chosen before. */
    answers: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/), z.string().trim().min(1).max(60)),
  }),
]);
export type FormCommand = z.infer<typeof FormCommand>;
export type FormEvent = {
  kind: 'form.filled';
  visit: string;
  official: string;
  day: string;
  answers: Readonly<Record<string, string>>;
};
export interface FormState {
  readonly visit: string;
  readonly official: string;
  readonly day: string;
  readonly answers: Readonly<Record<string, string>>;
}
export interface FormFacts {
  /** The visit, when somebody was met on it. */
  readonly visit: { readonly official: string; readonly day: string; readonly chain: readonly string[] } | undefined;
  /** Filled in by another record already. */
  readonly filled: boolean;
  /** What the campaigns of that day ask, by fact, with the options. */
  readonly asked: Readonly<Record<string, readonly string[]>>;
}

// ---- campaigns -------------------------------------------------------------------------------------------------

/** How sure a number is: A official page, B quoted, C to be confirmed by the county before use. */
export const Confidence = z.enum(['A', 'B', 'C']);

const GATHERED: readonly EvidenceKind[] = ['policy-talk', 'outreach', 'labour', 'festival-visit', ...occasionKinds];

interface MeasureRule {
  /** What it is counted in. */
  readonly unit: string;
  /** How it is found, in a sentence a person can check it by. */
  readonly how: string;
  /** Which evidence of the duties' engine, and what of it. */
  readonly kinds: readonly EvidenceKind[];
  readonly count: Counted;
  /** What is counted once: the household or firm itself, its village or township, the document, or who was out that day. */
  readonly once: 'subject' | 'village' | 'township' | 'document' | 'person-day';
}

/** What a figure counts, by the evidence of the duties' engine. None is typed. */
export const measureRules = {
  households: {
    unit: '户',
    how: '当面见到的户，同一户只算一次；电话、没人在家、留单子都不算。',
    kinds: ['visit'],
    count: 'subjects',
    once: 'subject',
  },
  visits: {
    unit: '次',
    how: '当面走访的次数；电话、没人在家、留单子都不算。',
    kinds: ['visit'],
    count: 'entries',
    once: 'document',
  },
  days: {
    unit: '天',
    how: '有当面走访、劳动、活动等下去办事记录的日子，一人一天只算一天。',
    kinds: outKinds,
    count: 'days',
    once: 'person-day',
  },
  villages: {
    unit: '个村',
    how: '当面走访到的村（社区），同一个村只算一次。',
    kinds: ['visit'],
    count: 'subjects',
    once: 'village',
  },
  townships: {
    unit: '个乡镇',
    how: '当面走访到的乡镇，同一个乡镇只算一次。',
    kinds: ['visit'],
    count: 'subjects',
    once: 'township',
  },
  firms: {
    unit: '家',
    how: '记下“帮企业”的企业，同一家只算一次。',
    kinds: ['firm'],
    count: 'subjects',
    once: 'subject',
  },
  solved: {
    unit: '件',
    how: '走访时记下的诉求，办结并且销号的件数，按销号那天算；重开的不算。',
    kinds: ['hard-problem'],
    count: 'subjects',
    once: 'document',
  },
  activities: {
    unit: '场',
    how: '记下的各类活动，几个人一起办的只算一场。',
    kinds: GATHERED,
    count: 'subjects',
    once: 'document',
  },
  deeds: {
    unit: '件',
    how: '记下的实事，几个人一起办的只算一件。',
    kinds: ['deed'],
    count: 'subjects',
    once: 'document',
  },
  symposia: {
    unit: '场',
    how: '记下的座谈会，几个人一起开的只算一场。',
    kinds: ['symposium'],
    count: 'subjects',
    once: 'document',
  },
  talks: {
    unit: '场',
    how: '记下的政策宣讲，几个人一起讲的只算一场。',
    kinds: ['policy-talk'],
    count: 'subjects',
    once: 'document',
  },
  reports: {
    unit: '篇',
    how: '交出的调研报告，一篇只算一次。',
    kinds: ['study-report'],
    count: 'subjects',
    once: 'document',
  },
  aid: {
    unit: '元',
    how: '记下的帮扶款物折成的钱数，一笔只算一次。',
    kinds: ['aid'],
    count: 'amount',
    once: 'document',
  },
} as const satisfies Record<string, MeasureRule>;
export type Measure = keyof typeof measureRules;
export const measures = Object.keys(measureRules) as [Measure, ...Measure[]];
export const ruleOf = (measure: Measure): MeasureRule => measureRules[measure];

const Code = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/);
const Title = z.string().trim().min(1).max(60);
const Text = z.string().trim().max(300);

/** Who takes part: those who hold such posts, or the members of the campaign's teams. */
export const Party = z.object({
  code: Code,
  title: Title,
  by: z.enum(['post', 'team']),
  roles: z.array(Role).max(8).default([]),
  /** The level of the place the post is for; any, when unset. */
  level: z.enum(levels).optional(),
  /** The kind of unit the post is in; any, when unset. */
  unit: z.enum(unitTypes).optional(),
  /** Words in the title of the post or the official; any, when left empty. A deputy is not meant. */
  titles: z.array(z.string().trim().min(1).max(40)).max(20).optional(),
});
export type Party = z.infer<typeof Party>;

export const Stage = z.object({
  code: Code,
  title: Title,
  /** How long it lasts, in months; stages follow one another. */
  months: z.int().min(1).max(36),
  what: Text.default(''),
});

/**
 * What a standing institution keeps everywhere (三有两评, H6): each with all there must be and how many there are. Found in
 * what was written down, never reported.
 */
export const haves = ['cards', 'diaries', 'ledgers', 'review-meetings', 'resident-reviews'] as const;
export type Have = (typeof haves)[number];

export const Quota = z.object({
  code: Code,
  title: Title,
  measure: z.enum(measures),
  amount: z.int().min(1).max(1_000_000_000),
  /** Who owes it: each person of a party, each group, each team, or all together. */
  of: z.enum(['person', 'group', 'team', 'campaign']),
  /** The party, for what each person owes. */
  party: Code.optional(),
  /** For the whole campaign, or anew each month. */
  per: z.enum(['whole', 'month']),
  /** Dates of the month that must be among the days, e.g. the 28th (Y2); the others are each one's own choice. */
  dates: z.array(z.int().min(1).max(31)).max(10).default([]),
  /** Months from the beginning in which it is not asked: Y1 asks two days in the months outside the theme month. */
  after: z.int().min(0).max(36).default(0),
  source: Text,
  confidence: Confidence,
});
export type Quota = z.infer<typeof Quota>;

/** Facts the system has once a visit is written down: no form may ask for one of them again (row B12). */
export const knownFacts = [
  'household',
  'address',
  'householder',
  'residents',
  'phone',
  'needs',
  'promises',
  'note',
  'contact',
  'day',
  'official',
  'unit',
  'team',
  'village',
  'signature',
  // The same facts by other words.
  'name',
  'head',
  'age',
  'born-year',
  'tel',
  'mobile',
  'telephone',
  'date',
  'time',
  'writer',
  'recorder',
  'visitor',
  'department',
  'grid',
  'area',
  'kind-of-contact',
  'visit-count',
  'households-visited',
] as const;

/** One thing a visit of the campaign must say besides its diary entry: a choice, never free text about people. */
export const FormItem = z.object({
  code: Code,
  title: Title,
  /** The fact it asks for, by a word of its own. */
  fact: Code,
  options: z.array(Title).min(2).max(20),
});

export const Plan = z
  .object({
    code: Code,
    title: Title,
    aim: Text,
    source: Text,
    confidence: Confidence,
    /** Whether it goes on until somebody ends it: an institution, not a campaign. */
    standing: z.boolean().default(false),
    stages: z.array(Stage).min(1).max(12),
    parties: z.array(Party).max(10),
    keeps: z.array(z.enum(haves)).max(haves.length).optional(),
    quotas: z.array(Quota).max(20),
    form: z.array(FormItem).max(10).default([]),
    /** What the bulletin (活动简报) reports, in its order. */
    bulletin: z
      .array(z.object({ title: Title, measure: z.enum(measures) }))
      .max(20)
      .default([]),
    /** Where else its parts are kept; said, not built again. */
    links: z
      .array(z.object({ title: Title, to: z.string().max(60) }))
      .max(10)
      .default([]),
    /** How large the document's own campaign was; said before it is started, never asked of a smaller county. */
    scale: z
      .array(z.object({ title: Title, amount: z.int().min(1) }))
      .max(6)
      .default([]),
    /** What goes on when it has ended (Y1). */
    handOver: z
      .object({ title: Title, quotas: z.array(Quota).min(1).max(10) })
      .nullable()
      .default(null),
  })
  .superRefine((plan, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const known = new Set<string>(knownFacts);
    const asked = new Set<string>();
    plan.form.forEach((item, i) => {
      if (known.has(item.fact) || asked.has(item.fact)) fault(['form', i, 'fact'], 'asks for what is known already');
      asked.add(item.fact);
    });
    const parties = new Set(plan.parties.map((p) => p.code));
    const all = [...plan.quotas.entries(), ...(plan.handOver?.quotas.entries() ?? [])];
    for (const [i, quota] of all) {
      if ((quota.of === 'person') !== (quota.party !== undefined && parties.has(quota.party)))
        fault(['quotas', i, 'party'], 'what each person owes names its party');
      if (quota.dates.length > 0 && (quota.of !== 'person' || quota.measure !== 'days' || quota.per !== 'month'))
        fault(['quotas', i, 'dates'], 'fixed dates are among the days somebody owes each month');
    }
    if (new Set(plan.quotas.map((q) => q.code)).size < plan.quotas.length) fault(['quotas'], 'two of one code');
  });
export type Plan = z.infer<typeof Plan>;

/** The templates a county starts campaigns from. */
export const Templates = z.object({ templates: z.array(Plan).max(60) }).superRefine(({ templates }, context) => {
  if (new Set(templates.map((t) => t.code)).size < templates.length)
    context.addIssue({ code: 'custom', path: ['templates'], message: 'two of one code' });
});
export type Templates = z.infer<typeof Templates>;

/**
 * A published document as today's schema takes it: what a form of it asked that the system knows by now, or asks twice, is
 * not asked any more (row B12). @param document of any shape
 */
export function withoutKnownFacts(document: unknown): unknown {
  const found = Asking.safeParse(document);
  if (!found.success) return document;
  const known = new Set<string>(knownFacts);
  const templates = found.data.templates.map((plan) => {
    const asked = new Set(known);
    return { ...plan, form: plan.form.filter(({ fact }) => !asked.has(fact) && asked.add(fact)) };
  });
  return { ...found.data, templates };
}
/** As much of any document of templates as has to be known to bring it up to date. */
const Asking = z.looseObject({
  templates: z.array(z.looseObject({ form: z.array(z.looseObject({ fact: z.string() })).default([]) })),
});
export const CAMPAIGN_TEMPLATES = 'campaign-templates';

export const CampaignCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('campaign.start'),
    template: Code,
    name: Name,
    /** The county or township it is held in. */
    area: Id,
    from: Day,
    /** Amounts that differ from the template's, by quota. */
    amounts: z.record(Code, z.int().min(1).max(1_000_000_000)).default({}),
  }),
  /** Moves part of a figure to another month inside the period; the sum stays (J4, J5). */
  z.object({
    kind: z.literal('campaign.move'),
    quota: Code,
    /** The team or group whose figure it is; null for what all owe together. */
    team: Id.nullable(),
    from: Month,
    to: Month,
    amount: z.int().min(1).max(1_000_000_000),
    reason: Reason,
  }),
  /** Ends it earlier than planned, or a standing one at all. Nothing counts after that day. */
  z.object({ kind: z.literal('campaign.end'), on: Day, reason: Reason }),
  /** What it hands over lives on as duties of the county's document of duties, once it is over (Y1). */
  z.object({ kind: z.literal('campaign.continue') }),
]);
export type CampaignCommand = z.infer<typeof CampaignCommand>;

export interface Move {
  readonly quota: string;
  readonly team: string | null;
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

/** The duties a campaign's amounts live on as, from the day it was handed over. */
export interface HandedOver {
  readonly on: string;
  readonly duties: readonly string[];
}

export type CampaignEvent =
  | {
      kind: 'campaign.started';
      name: string;
      area: string;
      chain: readonly string[];
      from: string;
      /** The last day; null for a standing one. */
      until: string | null;
      /** The template as it was, with the county's own amounts. */
      plan: Plan;
      /** The campaign it goes on from. */
      before: string | null;
    }
  | {
      kind: 'campaign.moved';
      quota: string;
      team: string | null;
      from: string;
      to: string;
      amount: number;
      reason: string;
    }
  | { kind: 'campaign.ended'; on: string; reason: string }
  | {
      kind: 'campaign.handed-over';
      on: string;
      /** The duties it lives on as, by their ids in the document. */
      duties: readonly string[];
      /** The record of the document's versions, and each version to publish: the one from that day on, and those to come. */
      policy: string;
      documents: readonly { readonly document: DutiesPolicy; readonly validFrom: string }[];
      /** What the versions rest on, and why they are published. */
      source: string;
      reason: string;
    };

export interface CampaignState {
  readonly stage: 'none' | 'started';
  readonly name: string;
  readonly area: string;
  readonly chain: readonly string[];
  readonly from: string;
  readonly until: string | null;
  readonly plan: Plan | undefined;
  readonly moves: readonly Move[];
  readonly ended: { readonly on: string; readonly reason: string } | undefined;
  readonly before: string | null;
  readonly handed: HandedOver | undefined;
}

export interface CampaignFacts {
  /** The template named, undefined when there is none. */
  readonly template: Plan | undefined;
  readonly chain: readonly string[];
  readonly today: string;
  /** Whether the team named works for this campaign, and whether it is a group. */
  readonly team: { readonly group: boolean } | undefined;
  /** Asked where it is to be handed over: which campaign it is, whether an earlier version let it go on, and the duties. */
  readonly handing:
    | {
        readonly campaign: string;
        readonly continued: boolean;
        readonly policy: string;
        /** The document of duties in force today, then the versions of it that are published for days to come. */
        readonly documents: readonly { readonly document: DutiesPolicy; readonly validFrom: string }[];
      }
    | undefined;
}

export const campaignRefusals = {
  'team.exists': '这个工作队（组）已经有了。',
  'team.missing': '没有这个工作队（组），请先建立。',
  'team.ended': '这个工作队（组）已经结束。要继续，请先恢复。',
  'team.no-area': '没有找到工作的区域，或者已撤销。请选县或乡镇。',
  'team.no-parent': '没有找到上级工作队，或者已经结束。请另选。',
  'team.group-in-group': '工作组只能设在工作队之下，不能再往下设。',
  'team.outside': '时间或区域超出了上级工作队的范围，请改在它之内。',
  'team.name-taken': '同一队下已有这个名称，请换一个。',
  'team.no-campaign': '没有找到这个活动，请另选，或者先不选。',
  'team.no-place': '没有找到这个地方，或者类别不对。请重新选择。',
  'team.place-outside': '这个地方不在工作队的区域里，请另选。',
  'team.place-taken': '这个地方已经在本队（组）名下，不用再加。',
  'team.place-not-taken': '这个地方不在本队（组）名下。',
  'team.ends-early': '结束日期早于开始日期，请改日期。',
  'team.has-groups': '下面还有没结束的工作组，请先结束它们。',
  'team.unchanged': '和现在一样，不用修改。',
  'member.in-team': '这位干部正在队里。要换组，请用调组。',
  'member.missing': '这位干部不在队里，请先加入。',
  'member.other': '这是另一位干部的记录，请重新加入。',
  'member.no-official': '没有找到这位干部，或者已离任。请另选一位。',
  'member.no-team': '没有找到这个工作队（组），或者已经结束。请另选。',
  'member.outside': '日期不在这个工作队（组）的工作时间里，请改日期。',
  'member.doubled': '这位干部已经在这个队（组）里，不用再加。',
  'member.led': '这个队（组）已有负责人。请先让他改任，再换人。',
  'member.early': '日期早于这一段开始的日期，请改日期。',
  'member.unchanged': '还是原来的组、原来的职责，不用调。',
  'occasion.exists': '这场活动已经记过了。',
  'occasion.missing': '没有找到这场活动。',
  'occasion.no-area': '没有找到这个地方，请重新选择。',
  'occasion.in-future': '日期不能晚于今天，请改日期。',
  'occasion.no-colleague': '同去的人里有不在册或已离任的，请重新选择。',
  'occasion.unit-missing': '请选帮的是哪家企业。',
  'occasion.amount-missing': '请填帮扶款物折成多少元。',
  'occasion.withdrawn': '这场活动已经撤回。',
  'form.no-visit': '没有找到这次走访，或者没有见到人。',
  'form.filled': '这次走访已经记过这一样，请刷新后再改。',
  'form.other-visit': '这是另一次走访的记录，请刷新后再记。',
  'form.not-asked': '现在的活动没有问这一样，或者没有这个选项，请重新选。',
  'campaign.exists': '这个活动已经开始了。',
  'campaign.missing': '没有找到这个活动。',
  'campaign.no-template': '没有找到这个活动模板，请重新选择。',
  'campaign.no-area': '没有找到开展的区域，或者已撤销。请选县或乡镇。',
  'campaign.no-quota': '没有这一项指标，请重新选择。',
  'campaign.fixed': '这一项按月固定，或者按人定的，不能在月份之间挪。',
  'campaign.no-team': '这一项要选本活动的工作队（组）；全体合计的指标不用选。',
  'campaign.no-month': '月份不在活动时间里，请在活动的月份里选。',
  'campaign.month-over': '已经过完的月份不能再改，请在本月和以后的月份之间挪。',
  'campaign.too-much': '挪出的比这个月还有的多，请改小。',
  'campaign.same-month': '挪出和挪入是同一个月，请另选。',
  'campaign.ended': '活动已经结束。',
  'campaign.ends-early': '结束日期早于开始日期，请改日期。',
  'campaign.ends-late': '活动按计划在这之前就结束了，请改日期。',
  'campaign.running': '活动还没有结束，结束后才能转为长期任务。',
  'campaign.nothing-after': '这个活动没有要接着做的长期任务。',
  'campaign.handed-over': '已经转为长期任务了。',
  'campaign.no-duty': '接着做的要求不能按人按月算，请管理员在“任务定量”里另加一项。',
} as const;
