import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import { idOf } from '../ledger/ids.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Hard cases that a leader adopts and owns to the end, and campaigns to clear old ones.
 * Rows D3 D4; mechanisms PET-03 (“真包”，不“假包”、不“转包”), PET-04, PET-05, PET-10, PET-13, 2:F2.
 *
 * What is adopted is a matter; there is no list of persons. A case ends by the resident's word, which the matter
 * itself tells, or by the end the procedure has; nothing here can close a matter.
 */
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);

/** What a leader does in person (PET-03: 亲自协调、亲自处理). */
export const ActSort = z.enum(['met', 'site', 'coordinated', 'answered']);
export type ActSort = z.infer<typeof ActSort>;
export const actNames: Record<ActSort, string> = {
  met: '和本人见面谈',
  site: '到现场',
  coordinated: '召集协调',
  answered: '当面答复',
};

/** The ends a procedure has besides the resident's word. */
export const EndGround = z.enum(['re-review', 'judgment']);
export type EndGround = z.infer<typeof EndGround>;
export const groundNames: Record<EndGround, string> = {
  're-review': '复核意见，程序终结',
  judgment: '生效的裁判',
};

const Team = z.array(z.object({ official: z.uuid(), task: Words(2, 80) })).max(12);

export const HardCaseCommand = z.discriminatedUnion('kind', [
  /** Somebody asks a leader to adopt it. */
  z.object({
    kind: z.literal('hard-case.propose'),
    matter: z.uuid(),
    leader: z.uuid(),
    reason: Words(4, 500),
    /** The campaign it is a share of; the house itself fills it. */
    backlog: z.uuid().optional(),
  }),
  /** A leader takes it up: by their own act, with team, plan and day. */
  z.object({ kind: z.literal('hard-case.adopt'), matter: z.uuid(), team: Team, plan: Words(10, 2_000), until: Day }),
  z.object({ kind: z.literal('hard-case.decline'), reason: Words(4, 500) }),
  z.object({
    kind: z.literal('hard-case.plan'),
    team: Team,
    plan: Words(10, 2_000),
    until: Day,
    reason: Words(4, 500),
  }),
  z.object({
    kind: z.literal('hard-case.act'),
    sort: ActSort,
    day: Day,
    words: Words(4, 2_000),
    /** Who did it, when it was not the leader. */
    by: z.uuid().optional(),
  }),
  /** The leader says whether what was written down on their behalf was so. */
  z.object({
    kind: z.literal('hard-case.vouch'),
    act: z.int().min(0).max(999),
    mine: z.boolean(),
  }),
  z.object({ kind: z.literal('hard-case.hand-over'), leader: z.uuid(), reason: Words(4, 500) }),
  z.object({ kind: z.literal('hard-case.take'), team: Team, plan: Words(10, 2_000), until: Day }),
  z.object({
    kind: z.literal('hard-case.ask-end'),
    ground: EndGround,
    /** The number of the opinion or judgment. */
    document: Words(4, 120),
    day: Day,
    words: Words(10, 1_000),
  }),
  z.object({ kind: z.literal('hard-case.decide-end'), grant: z.boolean(), reason: Words(4, 500) }),
  /** A new fact opens what the procedure had ended. */
  z.object({ kind: z.literal('hard-case.reopen'), reason: Words(4, 500) }),
]);
export type HardCaseCommand = z.infer<typeof HardCaseCommand>;

export interface TeamMember {
  readonly official: string;
  readonly task: string;
}
interface Undertaken {
  leader: string;
  team: readonly TeamMember[];
  until: string;
  day: string;
  personal?: { plan: string };
}
interface OfMatter {
  matter: string;
  chain: readonly string[];
  unit: string;
}

export type HardCaseEvent =
  | ({
      kind: 'hard-case.proposed';
      leader: string;
      by: string;
      reason: string;
      day: string;
      backlog?: string;
    } & OfMatter)
  | ({ kind: 'hard-case.adopted' } & OfMatter & Undertaken)
  | { kind: 'hard-case.declined'; leader: string; reason: string; day: string }
  | {
      kind: 'hard-case.planned';
      team: readonly TeamMember[];
      until: string;
      reason: string;
      personal?: { plan: string };
    }
  | {
      kind: 'hard-case.acted';
      sort: ActSort;
      day: string;
      by: string;
      writtenBy: string;
      personal?: { words: string };
    }
  | { kind: 'hard-case.vouched'; act: number; mine: boolean; day: string }
  | { kind: 'hard-case.handed-over'; from: string; to: string; reason: string; day: string }
  | { kind: 'hard-case.kept'; from: string; to: string; reason: string; day: string }
  | ({ kind: 'hard-case.taken'; from: string } & Undertaken)
  | { kind: 'hard-case.end-asked'; ground: EndGround; document: string; day: string; personal?: { words: string } }
  | { kind: 'hard-case.end-refused'; reason: string }
  | { kind: 'hard-case.ended'; ground: EndGround; document: string; day: string; reason: string }
  | { kind: 'hard-case.reopened'; reason: string; day: string };

/** Own: done by the leader, who says so; delegated: done by somebody of the team; said: waits for the leader's word. */
export type ActState = 'own' | 'delegated' | 'said' | 'denied';
export const actStateNames: Record<ActState, string> = {
  own: '本人做的',
  delegated: '由别人做的',
  said: '等本人确认',
  denied: '本人说没有做',
};
export interface Act {
  readonly sort: ActSort;
  readonly day: string;
  readonly by: string;
  readonly writtenBy: string;
  readonly state: ActState;
  readonly words: string | undefined;
  /** Whose case it was then. */
  readonly leader: string;
}
export interface HandOver {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly day: string;
  readonly outcome: 'waiting' | 'taken' | 'kept';
  readonly answeredOn: string | undefined;
  readonly why: string | undefined;
}

export interface HardCase {
  readonly status: 'proposed' | 'declined' | 'adopted' | 'ended';
  readonly matter: string;
  readonly chain: readonly string[];
  readonly unit: string;
  readonly backlog: string | undefined;
  /** Who was asked to adopt it, until they do; then the leader who owns it. */
  readonly leader: string;
  readonly proposal: { readonly by: string; readonly reason: string; readonly day: string } | undefined;
  readonly refusals: readonly { readonly leader: string; readonly reason: string; readonly day: string }[];
  readonly adoptedOn: string | undefined;
  readonly team: readonly TeamMember[];
  readonly plan: string | undefined;
  readonly until: string | undefined;
  /** How often the day was put off, with the reason each time. */
  readonly changes: readonly { readonly until: string; readonly reason: string }[];
  readonly acts: readonly Act[];
  readonly handOvers: readonly HandOver[];
  readonly endAsked:
    | {
        readonly by: string;
        readonly ground: EndGround;
        readonly document: string;
        readonly day: string;
        readonly words: string | undefined;
      }
    | undefined;
  readonly ended:
    | { readonly ground: EndGround; readonly document: string; readonly day: string; readonly reason: string }
    | undefined;
}
export type HardCaseState = { readonly status: 'none' } | HardCase;

export interface HardCaseFacts {
  readonly actor: string;
  readonly today: string;
  /** The matter named or adopted; undefined when there is none, or it is not the record's own. */
  readonly matter: { readonly chain: readonly string[]; readonly unit: string; readonly open: boolean } | undefined;
  /** Officials at work among those the command names. */
  readonly people: ReadonlySet<string>;
}

/** One case for a matter: it cannot be adopted by two at once. */
export const hardCaseStream = (matter: string): string => idOf('hard-case', matter);

// A campaign to clear old cases

export const BacklogCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('backlog.open'),
    name: Words(4, 60),
    area: z.uuid(),
    /** Registered at least so many days ago. */
    olderThan: z.int().min(1).max(3_650),
    /** Only those that came back at least so often. */
    reopened: z.int().min(0).max(20).default(0),
    until: Day,
    /** The notice it rests on. */
    source: Words(2, 300),
  }),
  z.object({ kind: z.literal('backlog.share'), matters: z.array(z.uuid()).min(1).max(200), leader: z.uuid() }),
  z.object({ kind: z.literal('backlog.end'), words: Words(4, 500) }),
]);
export type BacklogCommand = z.infer<typeof BacklogCommand>;

export type BacklogEvent =
  | {
      kind: 'backlog.opened';
      name: string;
      area: string;
      chain: readonly string[];
      olderThan: number;
      reopened: number;
      from: string;
      until: string;
      source: string;
      /** What met the criteria on the first day; later nothing is added or taken away. */
      stock: readonly string[];
    }
  | {
      kind: 'backlog.shared';
      leader: string;
      by: string;
      matters: readonly string[];
      /** Those among them whose leader is to be asked: the others are theirs already. */
      asked: readonly string[];
      name: string;
    }
  | { kind: 'backlog.ended'; day: string; words: string };

export interface Backlog {
  readonly status: 'running' | 'ended';
  readonly name: string;
  readonly area: string;
  readonly chain: readonly string[];
  readonly olderThan: number;
  readonly reopened: number;
  readonly from: string;
  readonly until: string;
  readonly source: string;
  readonly stock: readonly string[];
  readonly shares: Readonly<Record<string, string>>;
  readonly endedOn: string | undefined;
  readonly words: string | undefined;
}
export type BacklogState = { readonly status: 'none' } | Backlog;

export interface BacklogFacts {
  readonly actor: string;
  readonly today: string;
  readonly chain: readonly string[] | undefined;
  /** open: the matters that meet the criteria now. */
  readonly stock: readonly string[];
  /** share: the leader is at work; of the matters named, those that are open in the place, and who leads them. */
  readonly leaderKnown: boolean;
  readonly open: ReadonlySet<string>;
  readonly adopted: ReadonlyMap<string, { readonly leader: string; readonly status: string }>;
}

export const hardCaseRefusals = {
  'hard-case.unknown': '没有找到这件包案。',
  'hard-case.matter-unknown': '没有找到这件事，请重新选。',
  'hard-case.matter-closed': '这件事已经由群众认可销号，不用再包案。',
  'hard-case.leader-unknown': '没有这位领导，或者已经离任，请重新选。',
  'hard-case.team-unknown': '专班名单里有人不在岗，请重新选。',
  'hard-case.adopted': '这件事已经有领导包了。要换人，由包案领导交给别人，并说明原因。',
  'hard-case.not-asked': '没有请您包这件案。',
  'hard-case.not-adopted': '还没有领导包下这件案。',
  'hard-case.not-leader': '只有包案领导本人能做这一步。',
  'hard-case.not-of-team': '只有包案领导和专班的人能记。',
  'hard-case.until-past': '办结的日子要在今天以后。',
  'hard-case.day-outside': '日子要在包案以后、今天以前。',
  'hard-case.act-unknown': '没有这一条。',
  'hard-case.act-answered': '这一条本人已经说过了。',
  'hard-case.hand-over-pending': '已经请别的领导接手，等他答复；接下以前仍由原来的领导负责。',
  'hard-case.hand-over-self': '不能交给自己。',
  'hard-case.end-pending': '已经申请按程序了结，等别人批。',
  'hard-case.no-end-asked': '没有等待批的了结申请。',
  'hard-case.own-request': '包案领导、专班和申请的人不能自己批。请换一位负责人。',
  'hard-case.ended': '这件案已经按法定程序了结。有新的事实，可以重新打开。',
  'hard-case.not-ended': '这件案还没有了结，不用重新打开。',
  'backlog.exists': '这个清案行动已经开了。',
  'backlog.unknown': '没有找到这个清案行动。',
  'backlog.place-unknown': '没有找到这个地方，请重新选。',
  'backlog.until-past': '截止的日子要在今天以后。',
  'backlog.nothing': '按这个条件，现在一件也没有。请改条件。',
  'backlog.too-many': '按这个条件，件数超过一次行动能装下的。请把条件收紧，或者按乡镇分开。',
  'backlog.over': '这个清案行动已经结束了。',
  'backlog.not-in': '有的事不在这个行动里，或者已经销号，请重新选。',
} as const;

export const HardCasesPolicy = z.object({
  /** A matter open for so many days is a backlog case. */
  backlogDays: z.int().min(1).max(3_650),
  /** Ages in days at which the list is cut. */
  ages: z.array(z.int().min(1).max(36_500)).min(1).max(8),
  /** Months without coming back after which what the resident confirmed counts as really settled. */
  settledMonths: z.int().min(0).max(60),
  /** Whose word counts: the resident's own, and what an independent call-back heard. */
  settledBy: z.array(z.enum(['resident', 'call-back'])).min(1),
  /** A leader who did nothing in person for so many days is reminded. */
  quietDays: z.int().min(1).max(365),
});
export type HardCasesPolicy = z.infer<typeof HardCasesPolicy>;

export const hardCasePolicies: readonly PolicyKind[] = [
  {
    name: 'hard-cases',
    title: '领导包案和积案',
    schema: HardCasesPolicy,
    standard: {
      source:
        '领导包案、积案化解和清仓、存量增量分开。多久算积案没有写：按信访 60 天加延期 30 天算 90 天；几个月不反复算真解决、几天没有亲自做要提醒，为初始设置（可信度 C），请按本地规定核对',
      document: {
        backlogDays: 90,
        ages: [90, 180, 365, 730],
        settledMonths: 6,
        settledBy: ['resident', 'call-back'],
        quietDays: 30,
      },
    },
  },
];
