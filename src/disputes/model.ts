import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import { idOf } from '../ledger/ids.ts';
import type { IssuedPaper, Paper, PaperText, TakenNumber } from '../register/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Sweeps for disputes, disputes followed to their end, mediation of three kinds, and the register of mediators.
 * Rows E1 E2; mechanisms DIS-01…06, DIS-12…14, 2:A5, 2:B29, 2:B33, 2:B37.
 *
 * A sweep looks for situations, never for people: there is no field for what somebody is like, and a grade follows from
 * signs of the situation alone.
 */
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);
/** Strokes as drawn on glass: compact JSON, at most 40 KB. */
const Strokes = z.string().min(2).max(40_000);
const Key = z.string().max(64);
const Party = z.int().min(0).max(5);

/** Every month; every day of a set period; in a phase the county sets; or whenever somebody comes upon it. */
export const Mode = z.enum(['month', 'day', 'phase', 'any']);
export type Mode = z.infer<typeof Mode>;
export const modeNames: Record<Mode, string> = {
  month: '每月排查',
  day: '每日排查',
  phase: '集中排查',
  any: '平时发现',
};
const SweepMode = z.enum(['month', 'day', 'phase']);
export type SweepMode = z.infer<typeof SweepMode>;

/** How pressing a situation is; it follows from its signs. */
export const grades = ['plain', 'watch', 'urgent'] as const;
export type Grade = (typeof grades)[number];
export const gradeNames: Record<Grade, string> = { plain: '一般', watch: '要留意', urgent: '要马上去' };

/** People's mediation is the base; the other two follow where it does not reach (DIS-05). */
export const MediationType = z.enum(['people', 'administrative', 'judicial']);
export type MediationType = z.infer<typeof MediationType>;
export const mediationNames: Record<MediationType, string> = {
  people: '人民调解',
  administrative: '行政调解',
  judicial: '司法调解',
};

export type DisputeStatus = 'open' | 'asking' | 'mediating' | 'agreed' | 'failed' | 'settled' | 'elsewhere' | 'matter';
export const disputeStatusNames: Record<DisputeStatus, string> = {
  open: '待化解',
  asking: '问各方愿不愿意调解',
  mediating: '调解中',
  agreed: '有协议，看履行',
  failed: '没有调成',
  settled: '已化解',
  elsewhere: '走别的法定途径',
  matter: '转为诉求办理',
};

// What was found

/** What is said of a situation; the same for a sweep's finding and for what somebody came upon. */
const Situation = {
  /** A kind of the disputes policy. */
  about: z.string().min(1).max(40),
  /** What it is about, in a line without names. */
  subject: Words(4, 80),
  words: Words(4, 2_000),
  area: z.uuid(),
  spot: z.string().trim().max(120).optional(),
  /** Signs of the situation, by id of the disputes policy. */
  signs: z.array(z.string().min(1).max(40)).max(12),
} as const;
/** Who answers for it, and until when: no finding is without (LED-10). */
const Responsible = { unit: z.uuid(), person: z.uuid(), due: Day } as const;

const OfSweep = {
  unit: z.uuid(),
  mode: SweepMode,
  /** A month 2026-11, a day 2026-11-26, or the id of a phase. */
  period: z.string().min(1).max(40),
} as const;

export const SweepCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sweep.find'),
    ...OfSweep,
    ...Situation,
    /** Between people it is a dispute; what asks something of an office is a matter. */
    into: z.enum(['dispute', 'matter']),
    /** The unit, person and date that answer for the dispute found. */
    by: z.object({ unit: z.uuid(), person: z.uuid(), due: Day }).optional(),
  }),
  z.object({
    kind: z.literal('sweep.return'),
    ...OfSweep,
    /** Where they looked and whom they asked. A nil return says it too. */
    looked: Words(4, 500),
  }),
  /** The period came and the return is owed. Given by the house itself, never by a person. */
  z.object({ kind: z.literal('sweep.ask'), ...OfSweep }),
]);
export type SweepCommand = z.infer<typeof SweepCommand>;

export interface SweepPeriod {
  readonly mode: SweepMode;
  readonly period: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Last day for the return. */
  readonly due: string;
}

export interface SituationTold {
  readonly about: string;
  readonly area: string;
  readonly chain: readonly string[];
  readonly signs: readonly string[];
  readonly grade: Grade;
}
interface Told {
  subject: string;
  words: string;
  spot?: string;
}
export interface Answerable {
  readonly unit: string;
  readonly person: string;
  readonly due: string;
}

export type SweepEvent =
  | ({ kind: 'sweep.begun'; unit: string; chain: readonly string[] } & SweepPeriod)
  | ({
      kind: 'sweep.found';
      into: 'dispute' | 'matter';
      day: string;
      official: string;
      by?: Answerable;
      personal?: Told;
    } & SituationTold)
  | { kind: 'sweep.returned'; day: string; official: string; looked: string; found: number; late: boolean };

export interface Finding {
  readonly into: 'dispute' | 'matter';
  readonly about: string;
  readonly grade: Grade;
  readonly day: string;
  readonly subject: string | undefined;
  /** The version of the event, by which the record that followed is named. */
  readonly version: number;
}
export interface Sweep extends SweepPeriod {
  readonly status: 'begun' | 'returned';
  readonly unit: string;
  readonly chain: readonly string[];
  readonly findings: readonly Finding[];
  readonly returned:
    | { readonly day: string; readonly official: string; readonly looked: string; readonly late: boolean }
    | undefined;
}
export type SweepState = { readonly status: 'none' } | Sweep;

export interface SweepFacts {
  readonly actor: string;
  readonly today: string;
  readonly units: readonly string[];
  /** The unit's area and all that contain it; undefined when there is no such unit. */
  readonly unitChain: readonly string[] | undefined;
  /** The period named, when the policy knows it and the record is the one of that unit and period. */
  readonly period: SweepPeriod | undefined;
  readonly found: SituationFacts;
}

/** What has to be known of a situation and of who is to answer for it. */
export interface SituationFacts {
  readonly chain: readonly string[] | undefined;
  readonly unitKnown: boolean;
  readonly personOfUnit: boolean;
  readonly policy: DisputesPolicy;
}

/** The record of one unit's sweep in one period: a second return of the same is the same record. */
export const sweepStream = (county: number, unit: string, mode: string, period: string): string =>
  idOf('sweep', String(county), unit, mode, period);

// A dispute to its end

const Term = z.object({
  /** Which party does it. */
  by: Party,
  what: Words(2, 300),
  due: Day,
});

export const DisputeCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('dispute.register'),
    ...Situation,
    ...Responsible,
    /** Found by a sweep; the house itself fills it. */
    origin: z.object({ sweep: z.uuid(), mode: SweepMode }).optional(),
  }),
  z.object({ kind: z.literal('dispute.regrade'), signs: Situation.signs, words: Words(4, 500) }),
  /** Another person or day within the unit that has it. */
  z.object({ kind: z.literal('dispute.assign'), person: z.uuid(), due: Day, reason: Words(4, 300) }),
  z.object({
    kind: z.literal('dispute.hand-over'),
    unit: z.uuid(),
    reason: Words(4, 500),
    /** Which kind of mediation is asked for. */
    type: MediationType.optional(),
  }),
  z.object({ kind: z.literal('dispute.take'), person: z.uuid(), due: Day }),
  z.object({ kind: z.literal('dispute.decline'), reason: Words(4, 500) }),
  z.object({
    kind: z.literal('dispute.open-mediation'),
    type: MediationType,
    mediator: z.uuid(),
    parties: z
      .array(
        z.object({
          name: z.string().trim().min(1).max(40),
          phone: z
            .string()
            .trim()
            .regex(/^[0-9+\- ]{5,20}$/, '电话要写全：手机号，或区号加座机号')
            .optional(),
        }),
      )
      .min(2, '至少两方')
      .max(6),
  }),
  z.object({
    kind: z.literal('dispute.consent'),
    party: Party,
    agrees: z.boolean(),
    signature: Strokes.optional(),
    key: Key.optional(),
  }),
  z.object({ kind: z.literal('dispute.change-mediator'), mediator: z.uuid(), reason: Words(4, 300) }),
  z.object({
    kind: z.literal('dispute.hold'),
    day: Day,
    where: Words(2, 80),
    /** Who of the parties came. */
    present: z.array(Party).min(1).max(6),
    /** What each said, as the mediator wrote it down; each party sees their own only. */
    said: z.array(z.object({ party: Party, words: Words(2, 2_000) })).max(6),
    note: z.string().trim().max(2_000).optional(),
  }),
  z.object({
    kind: z.literal('dispute.draft'),
    /** What happened and what is in dispute, as all sides accept it. */
    facts: Words(10, 3_000),
    terms: z.array(Term).min(1, '至少写一条').max(20),
  }),
  z.object({
    kind: z.literal('dispute.sign'),
    party: Party,
    signature: Strokes.optional(),
    key: Key.optional(),
  }),
  z.object({
    kind: z.literal('dispute.fail'),
    reason: Words(4, 1_000),
    /** The lawful ways the parties were told of, by id of the policy. */
    ways: z.array(z.string().min(1).max(40)).min(1, '至少选一条').max(12),
  }),
  z.object({ kind: z.literal('dispute.ask-court'), court: Words(2, 60), day: Day }),
  z.object({
    kind: z.literal('dispute.court-answers'),
    confirmed: z.boolean(),
    document: Words(2, 80),
    day: Day,
  }),
  z.object({
    kind: z.literal('dispute.perform'),
    term: z.int().min(0).max(19),
    done: z.boolean(),
    words: Words(2, 500),
  }),
  z.object({
    kind: z.literal('dispute.say-term'),
    term: z.int().min(0).max(19),
    party: Party,
    done: z.boolean(),
    words: z.string().trim().max(500).default(''),
    signature: Strokes.optional(),
    key: Key.optional(),
  }),
  z.object({ kind: z.literal('dispute.settle'), how: Words(4, 1_000) }),
  z.object({ kind: z.literal('dispute.to-matter'), reason: Words(4, 500) }),
  z.object({
    kind: z.literal('dispute.end'),
    /** The lawful way it took, by id of the policy. */
    way: z.string().min(1).max(40),
    words: Words(4, 500),
  }),
  z.object({ kind: z.literal('dispute.reopen'), reason: Words(4, 500) }),
]);
export type DisputeCommand = z.infer<typeof DisputeCommand>;

export type DisputeEvent =
  | ({
      kind: 'dispute.registered';
      mode: Mode;
      sweep?: string;
      day: string;
      unit: string;
      person: string;
      due: string;
      personal?: Told;
    } & SituationTold)
  | { kind: 'dispute.regraded'; signs: readonly string[]; grade: Grade; personal?: { words: string } }
  | { kind: 'dispute.assigned'; person: string; due: string; reason: string }
  | { kind: 'dispute.handed-over'; unit: string; reason: string; type?: MediationType; answerBy: string }
  | { kind: 'dispute.taken'; unit: string; from: string; person: string; due: string }
  | { kind: 'dispute.declined'; unit: string; reason: string }
  | {
      kind: 'mediation.opened';
      /** Until when it is to be brought to an end. */
      endBy?: string;
      type: MediationType;
      mediator: string;
      parties: number;
      personal?: { parties: readonly { name: string; phone?: string; key: string }[] };
    }
  | { kind: 'mediation.consented'; party: number; how: 'glass' | 'key'; personal?: { signature?: string } }
  | { kind: 'mediation.refused'; party: number; how: 'glass' | 'key' }
  | { kind: 'mediation.mediator-changed'; mediator: string; reason: string }
  | {
      kind: 'mediation.held';
      day: string;
      present: readonly number[];
      personal?: { where: string; said: readonly { party: number; words: string }[]; note?: string };
    }
  | {
      kind: 'agreement.drafted';
      terms: readonly { by: number; due: string }[];
      personal?: { facts: string; whats: readonly string[] };
    }
  | { kind: 'agreement.signed'; party: number; how: 'glass' | 'key'; personal?: { signature?: string } }
  /** All have signed: it binds from this day. */
  | {
      kind: 'agreement.bound';
      day: string;
      confirmBy: string;
      /** The agreement on paper; none of those of before. */
      paper?: IssuedPaper;
      personal?: { paper?: PaperText };
    }
  | { kind: 'mediation.failed'; ways: readonly string[]; personal?: { reason: string } }
  | { kind: 'court.asked'; court: string; day: string }
  | { kind: 'court.answered'; confirmed: boolean; document: string; day: string }
  | { kind: 'term.performed'; term: number; day: string; personal?: { words: string } }
  | {
      kind: 'term.confirmed';
      term: number;
      party: number;
      day: string;
      personal?: { words: string; signature?: string };
    }
  | { kind: 'term.broken'; term: number; day: string; due: string; by: 'party' | 'unit'; personal?: { words: string } }
  | { kind: 'dispute.settled'; day: string; personal?: { how: string } }
  | { kind: 'dispute.passed'; reason: string; personal?: Told }
  | { kind: 'dispute.ended'; way: string; day: string; personal?: { words: string } }
  | { kind: 'dispute.reopened'; due: string; personal?: { reason: string } };

export type TermState = 'owed' | 'performed' | 'confirmed' | 'broken';
export const termNames: Record<TermState, string> = {
  owed: '还没有办',
  performed: '说办了，等对方认可',
  confirmed: '对方认可办了',
  broken: '没有办到',
};
export interface AgreedTerm {
  readonly by: number;
  readonly due: string;
  readonly what: string | undefined;
  readonly state: TermState;
  readonly words: string | undefined;
  readonly on: string | undefined;
}
export interface Agreement {
  readonly facts: string | undefined;
  readonly terms: readonly AgreedTerm[];
  /** Who has signed this text. */
  readonly signed: readonly number[];
  /** Since when it binds; undefined until all have signed. */
  readonly bound: string | undefined;
  readonly confirmBy: string | undefined;
  readonly court:
    | {
        readonly court: string;
        readonly asked: string;
        readonly confirmed?: boolean;
        readonly document?: string;
        readonly day?: string;
      }
    | undefined;
}
export interface Mediation {
  readonly type: MediationType;
  readonly mediator: string;
  /** The unit that opened it. */
  readonly unit: string;
  readonly endBy?: string;
  readonly parties: readonly { readonly name?: string; readonly phone?: string; readonly key?: string }[];
  readonly consents: readonly number[];
  readonly sessions: readonly {
    readonly day: string;
    readonly present: readonly number[];
    readonly where?: string;
    readonly said: readonly { readonly party: number; readonly words: string }[];
    readonly note?: string;
  }[];
  readonly agreement: Agreement | undefined;
  readonly outcome: 'agreed' | 'failed' | 'refused' | 'handed-over' | 'broken' | undefined;
}

export interface Dispute extends SituationTold {
  readonly status: DisputeStatus;
  readonly mode: Mode;
  readonly sweep: string | undefined;
  readonly registeredOn: string;
  readonly subject: string | undefined;
  readonly words: string | undefined;
  readonly spot: string | undefined;
  /** Who answers for it now: at every moment one unit, one person, one day. */
  readonly unit: string;
  readonly person: string;
  readonly due: string;
  /** Asked of another unit; until it takes it, the first one answers. */
  readonly handOver:
    | { readonly unit: string; readonly reason: string; readonly type?: MediationType; readonly answerBy: string }
    | undefined;
  /** The mediation under way or ended last, and those before it. */
  readonly mediation: Mediation | undefined;
  readonly past: readonly Mediation[];
  /** Agreements that bind, on paper. */
  readonly papers: readonly Paper[];
  readonly ways: readonly string[];
  readonly failure: string | undefined;
  readonly settledOn: string | undefined;
  readonly how: string | undefined;
  readonly way: string | undefined;
  readonly reopenings: number;
  /** The version of the event by which it became a matter. */
  readonly passedAt: number | undefined;
}
export type DisputeState = { readonly status: 'none' } | Dispute;

const partyWords = ['甲方', '乙方', '丙方', '丁方', '戊方', '己方'];
/** 甲方, 乙方, …: what the parties are called on paper. */
export const partyWord = (place: number): string => partyWords[place] ?? `第${place + 1}方`;

/** The agreement as its paper has it: who, about what, and each term with who does it by when. */
export function agreementOnPaper(
  state: Dispute,
  { facts: found, terms }: Agreement,
  at: {
    readonly today: string;
    readonly confirmBy: string;
    readonly taken: TakenNumber;
    readonly mediatorName?: string;
  },
): { readonly paper: IssuedPaper; readonly personal: { readonly paper: PaperText } } {
  const { parties, type } = state.mediation!;
  const who = (place: number): string => {
    const name = parties[place]?.name;
    return name === undefined ? partyWord(place) : `${partyWord(place)}（${name}）`;
  };
  return {
    paper: {
      kind: 'mediation',
      ...at.taken,
      on: at.today,
      unit: state.unit,
      fields: {
        type,
        confirmBy: at.confirmBy,
        until: terms
          .map(({ due }) => due)
          .toSorted()
          .at(-1)!,
        ...(at.mediatorName === undefined ? {} : { mediator: at.mediatorName }),
      },
    },
    personal: {
      paper: {
        ...(state.subject === undefined ? {} : { subject: state.subject }),
        ...(found === undefined ? {} : { findings: found }),
        parties: parties.map(({ name }, place) => `${partyWord(place)}：${name ?? ''}`).join('\n'),
        terms: terms.map(({ by, due, what }) => `${who(by)}于${due}以前：${what ?? ''}`).join('\n'),
      },
    },
  };
}

export interface DisputeFacts {
  /** The record itself: what a party's key opens. */
  readonly dispute: string;
  readonly actor: string;
  readonly today: string;
  readonly units: readonly string[];
  readonly found: SituationFacts;
  /** hand-over: the unit named is there. */
  readonly unitKnown: boolean;
  /** assign, take: the person named works in the unit that is to answer. */
  readonly personOfUnit: boolean;
  /** open-mediation, change-mediator: the mediator named, when they may mediate now. */
  readonly mediator: { readonly types: readonly MediationType[]; readonly official: string | undefined } | undefined;
  /** Fresh randomness, one for each party there may be. */
  readonly keys: readonly string[];
  /** sign: the number of the agreement, where this signature is the last; and who mediated, by name. */
  readonly taken: TakenNumber;
  readonly mediatorName?: string;
}

export const disputeRefusals = {
  'sweep.period-unknown': '没有这一期排查，请从列出的里面选。',
  'sweep.unit-unknown': '没有这个单位，或者不归它排查。',
  'sweep.not-yours': '只有本单位的人可以报本单位的排查。',
  'sweep.not-begun': '这一期还没有开始。',
  'sweep.returned': '这一期已经报过了。后来发现的，用“记一件纠纷”登记。',
  'sweep.answerable-missing': '每一件都要定好单位、人和日期。',
  'dispute.exists': '这件纠纷已经登记过了。',
  'dispute.unknown': '没有找到这件纠纷。',
  'dispute.place-unknown': '没有找到这个地方，请重新选。',
  'dispute.about-unknown': '没有这一类纠纷，请从列出的里面选。',
  'dispute.sign-unknown': '有一个迹象不在清单里，请重新选。',
  'dispute.unit-unknown': '没有找到这个单位，请重新选。',
  'dispute.person-unknown': '这个人不在负责的单位里，请选那个单位的人。',
  'dispute.due-past': '日期要在今天或者以后。',
  'dispute.due-too-late': '按这种情况，定的日期太远了，请往前定。',
  'dispute.not-yours': '这件纠纷现在由别的单位负责。',
  'dispute.over': '这件纠纷已经有了结果。又起来了的，先重新打开。',
  'dispute.not-over': '这件纠纷还没有结果，不用重新打开。',
  'dispute.hand-over-pending': '已经请别的单位接手，等它答复；接手以前仍由本单位负责。',
  'dispute.hand-over-self': '不能交给自己，请选别的单位。',
  'dispute.no-hand-over': '没有请本单位接手。',
  'dispute.mediating-already': '已经在调解了。要换一种调解，请交给另一家接手，或者先写明没有调成。',
  'dispute.not-mediating': '还没有开始调解。',
  'dispute.mediator-unknown': '没有这位调解员，或者现在不能调解，请从名册里选。',
  'dispute.mediator-type': '这位调解员不做这一种调解，请另选一位。',
  'dispute.party-unknown': '没有这一方。',
  'dispute.consent-missing': '各方都愿意，才能调解。还有一方没有表态。',
  'dispute.consented': '这一方已经同意了。',
  'dispute.signature-missing': '请这一方在屏幕上签字，或者用自己手机上的链接。',
  'dispute.key-wrong': '链接无效。请联系调解员重新要一个。',
  'dispute.day-future': '日子还没有到。',
  'dispute.no-draft': '还没有写好协议，写好了再签。',
  'dispute.signed': '这一方已经签过了。',
  'dispute.bound': '协议已经签好生效，不能再改。没有办到的，写明是哪一条。',
  'dispute.not-bound': '还没有生效的协议。',
  'dispute.way-unknown': '没有这条途径，请从列出的里面选。',
  'dispute.court-late': '协议生效已经过了可以申请司法确认的期限。',
  'dispute.court-asked': '已经申请过司法确认了。',
  'dispute.court-not-asked': '还没有申请司法确认。',
  'dispute.term-unknown': '协议里没有这一条。',
  'dispute.term-over': '这一条已经有结果了。',
  'dispute.term-not-due': '还没有到约定的日子，不能说没有办到。',
  'dispute.term-own': '自己该办的，要由对方说办到了没有。',
  'dispute.not-failed': '先写明没有调成，并告诉各方还有哪些途径。',
  'mediator.exists': '这位调解员已经在名册里。',
  'mediator.unknown': '没有找到这位调解员。',
  'mediator.place-unknown': '没有找到这个地方，请重新选。',
  'mediator.unit-unknown': '没有找到这个单位，请重新选。',
  'mediator.official-unknown': '没有这位干部，或者已经离任。',
  'mediator.until-past': '聘期要到今天以后。',
  'mediator.left': '这位调解员已经不在名册里了。',
} as const;

// Mediators

export const MediatorBackground = z.enum([
  'committee',
  'veteran-member',
  'veteran-official',
  'official',
  'lawyer',
  'doctor',
  'judge',
  'trade',
  'other',
]);
export type MediatorBackground = z.infer<typeof MediatorBackground>;
export const backgroundNames: Record<MediatorBackground, string> = {
  committee: '调委会委员',
  'veteran-member': '老党员',
  'veteran-official': '老干部',
  official: '在职干部',
  lawyer: '律师、法律工作者',
  doctor: '医学专家',
  judge: '法官、法庭人员',
  trade: '行业协会',
  other: '其他',
};

const Register = {
  name: z.string().trim().min(1).max(40),
  phone: z
    .string()
    .trim()
    .regex(/^[0-9+\- ]{5,20}$/, '电话要写全：手机号，或区号加座机号'),
  background: MediatorBackground,
  types: z.array(MediationType).min(1, '至少选一种').max(3),
  /** Where they mediate. */
  area: z.uuid(),
  /** The committee or office they belong to. */
  unit: z.uuid(),
  /** Training, certificate, appointment. */
  qualification: Words(2, 300),
  /** Kinds of disputes they know best, by id of the policy; empty means any. */
  abouts: z.array(z.string().min(1).max(40)).max(20),
  official: z.uuid().optional(),
  until: Day,
} as const;

export const MediatorCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mediator.enrol'), ...Register }),
  z.object({ kind: z.literal('mediator.amend'), ...Register }),
  z.object({ kind: z.literal('mediator.leave'), reason: Words(2, 300) }),
]);
export type MediatorCommand = z.infer<typeof MediatorCommand>;

interface Enrolled {
  background: MediatorBackground;
  types: readonly MediationType[];
  area: string;
  chain: readonly string[];
  unit: string;
  qualification: string;
  abouts: readonly string[];
  official?: string;
  until: string;
  personal?: { name: string; phone: string };
}
export type MediatorEvent =
  | ({ kind: 'mediator.enrolled'; since: string } & Enrolled)
  | ({ kind: 'mediator.amended' } & Enrolled)
  | { kind: 'mediator.left'; reason: string; day: string };

export interface Mediator extends Omit<Enrolled, 'personal'> {
  readonly status: 'enrolled' | 'left';
  readonly since: string;
  readonly name: string | undefined;
  readonly phone: string | undefined;
  readonly reason: string | undefined;
}
export type MediatorState = { readonly status: 'none' } | Mediator;

export interface MediatorFacts {
  readonly today: string;
  readonly chain: readonly string[] | undefined;
  readonly unitKnown: boolean;
  readonly officialKnown: boolean;
  readonly abouts: ReadonlySet<string>;
}

// What a county decides

const Span = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().trim().min(2).max(40),
  from: Day,
  to: Day,
});

export const SweepsPolicy = z.object({
  /** Kinds of units that sweep; a section's share is its unit's. */
  kinds: z.array(z.enum(['department', 'township', 'enterprise'])).min(1),
  /** A month's return is due on this day of the next month. */
  monthDue: z.int().min(1).max(28),
  /** First month that is swept. */
  since: z.string().regex(/^\d{4}-\d{2}$/),
  /** Set periods in which every unit sweeps every day, with the notice that set them. */
  periods: z.array(Span.extend({ source: z.string().trim().min(2).max(300) })).max(40),
  /** Phases in which all sweep once for a theme. */
  phases: z.array(Span.extend({ due: Day, source: z.string().trim().min(2).max(300) })).max(40),
});
export type SweepsPolicy = z.infer<typeof SweepsPolicy>;

const Named = z.object({ id: z.string().regex(/^[a-z0-9-]{1,40}$/), name: z.string().trim().min(2).max(40) });
export const DisputesPolicy = z.object({
  abouts: z.array(Named).min(1).max(40),
  /** Signs of a situation and how pressing each makes it. Never of a person. */
  signs: z.array(Named.extend({ grade: z.enum(['watch', 'urgent']) })).max(40),
  /** The day set for a finding is at most so many days ahead, by its grade. */
  days: z.object({ plain: z.int().min(1).max(365), watch: z.int().min(1).max(365), urgent: z.int().min(0).max(365) }),
  /** Within so many days a unit that was asked says whether it takes it. */
  takeDays: z.int().min(0).max(60),
  /** A mediation is to be brought to an end within so many days after it was opened. */
  mediationDays: z.int().min(1).max(365).default(30),
  /** A term is called to mind so many days before it is due. */
  remindDays: z.int().min(0).max(60),
  /** Judicial confirmation is asked for within so many days after the agreement binds. */
  confirmDays: z.int().min(1).max(365),
  /** The lawful ways there are when mediation does not succeed. */
  ways: z
    .array(Named.extend({ how: z.string().trim().min(4).max(300) }))
    .min(1)
    .max(20),
});
export type DisputesPolicy = z.infer<typeof DisputesPolicy>;

export const disputePolicies: readonly PolicyKind[] = [
  {
    name: 'sweeps',
    title: '矛盾排查',
    schema: SweepsPolicy,
    standard: {
      source:
        '月排查、敏感时段日排查、分阶段大排查。上报日和各时段起止文件没有写，为初始设置（可信度 C），请按本地通知改',
      document: {
        kinds: ['department', 'township'],
        monthDue: 5,
        since: '2026-09',
        periods: [
          {
            id: '2026-autumn',
            name: '2026 年中秋国庆',
            from: '2026-09-20',
            to: '2026-10-08',
            source: '初始设置，请换成本地通知的文号',
          },
          {
            id: '2027-new-year',
            name: '2027 年元旦',
            from: '2026-12-20',
            to: '2027-01-05',
            source: '初始设置，请换成本地通知的文号',
          },
        ],
        phases: [
          {
            id: '2026-winter',
            name: '年末欠薪和邻里纠纷大排查',
            from: '2026-11-15',
            to: '2026-12-15',
            due: '2026-12-20',
            source: '初始设置，请换成本地通知的文号',
          },
        ],
      },
    },
  },
  {
    name: 'disputes',
    title: '矛盾纠纷和调解',
    schema: DisputesPolicy,
    standard: {
      source:
        '三调联动；一方拒绝就不调解、调不成要告知途径、协议内容、三十日内申请司法确认依人民调解法（可信度 B，使用前请对照现行条文）；调解一般在一个月内调结依《人民调解工作若干规定》（2002 年司法部令第 75 号）第三十三条，按 30 天算（可信度 B，据转载的条文）；类别、迹象和各种天数为初始设置（可信度 C）',
      document: {
        abouts: [
          { id: 'neighbours', name: '邻里' },
          { id: 'family', name: '婚姻家庭' },
          { id: 'land', name: '山林土地' },
          { id: 'water', name: '水源水渠' },
          { id: 'taking', name: '征地拆迁' },
          { id: 'wages', name: '劳动报酬' },
          { id: 'contract', name: '买卖租赁' },
          { id: 'property', name: '物业' },
          { id: 'medical', name: '医患' },
          { id: 'injury', name: '损害赔偿' },
          { id: 'other', name: '其他' },
        ],
        signs: [
          { id: 'blows', name: '可能动手', grade: 'urgent' },
          { id: 'danger', name: '有人身、房屋、用水用电的危险', grade: 'urgent' },
          { id: 'deadline', name: '几天内就到关键日子', grade: 'urgent' },
          { id: 'many', name: '牵涉的人多', grade: 'watch' },
          { id: 'again', name: '说好了又起来', grade: 'watch' },
          { id: 'long', name: '拖了很久', grade: 'watch' },
          { id: 'wider', name: '别处可能有同样的事', grade: 'watch' },
        ],
        days: { plain: 30, watch: 15, urgent: 3 },
        takeDays: 3,
        remindDays: 3,
        confirmDays: 30,
        ways: [
          { id: 'other-mediation', name: '换一种调解', how: '可以请行政机关或者法庭再调解' },
          { id: 'ruling', name: '行政裁决、行政处理', how: '依法归行政机关裁决或处理的，向它申请' },
          { id: 'arbitration', name: '仲裁', how: '劳动、农村土地承包的争议可以申请仲裁' },
          { id: 'court', name: '向法院起诉', how: '随时可以向人民法院起诉，不因为调解过而受影响' },
          { id: 'enforce', name: '申请强制执行', how: '经法院司法确认的协议没有履行，可以向法院申请执行' },
        ],
      },
    },
  },
];
