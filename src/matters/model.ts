import { z } from 'zod';
import type { Calendar, ClockRule, ClockRun } from '../calendar/model.ts';
import {
  type Bounce,
  type HandlingEvent,
  type Part,
  type Raising,
  type RaisingPolicy,
  handlingCommands,
  handlingRefusals,
} from './handling-model.ts';
import {
  Letter,
  Outcome,
  type PetitionEvent,
  type PetitionFacts,
  type ReviewLevel,
  type ReviewOutcome,
  petitionCommands,
  petitionRefusals,
} from './petition-model.ts';
import {
  type IssuedPaper,
  type OwedClock,
  type Paper,
  type PaperText,
  type PastClock,
  servedRefusals,
} from '../register/model.ts';
import { day, sentence } from './shapes.ts';
import type { Spell } from './spells.ts';

export * from './petition-model.ts';
export * from '../register/model.ts';

/**
 * A matter: something a resident, a place or a sweep raised that needs an answer; the unit of the ledger.
 * Rows C1 C2 C4 C5 C6 C7 C10 C11 C14; mechanisms LED-06 LED-08 LED-09 LED-11 LED-12 CHN-* P3 P4 ORG-13.
 *
 * Done is not closed: a unit resolves, and only the resident's own word, given by them or heard by an
 * independent call-back, closes.
 */

/** How it reached us (C1). One form for all, the channel is kept. */
export const Channel = z.enum([
  'visit',
  'outreach',
  'talk',
  'informant',
  'web',
  'card',
  'phone',
  'hall',
  'letter',
  'mailbox',
  'box',
  'board',
  'deputy',
  'media',
  'sweep',
  'superior',
]);
export type Channel = z.infer<typeof Channel>;
export const channelNames: Record<Channel, string> = {
  visit: '走访',
  outreach: '下访',
  talk: '政策宣讲',
  informant: '信息员',
  web: '网上说事',
  card: '扫联系卡',
  phone: '来电',
  hall: '来访',
  letter: '来信',
  mailbox: '书记县长信箱',
  box: '意见箱',
  board: '网上留言',
  deputy: '代表委员',
  media: '群团媒体',
  sweep: '矛盾排查',
  superior: '上级交办',
};

/** Which set of deadlines applies: an order of the hotline kind, or the petition procedure. */
export const Procedure = z.enum(['order', 'petition']);
export type Procedure = z.infer<typeof Procedure>;
export const procedureNames: Record<Procedure, string> = { order: '接诉即办', petition: '信访程序' };

/** The four ways a matter can go (C7). */
export const Disposition = z.enum(['solvable', 'deferred', 'not-permitted', 'unfounded']);
export type Disposition = z.infer<typeof Disposition>;
export const dispositionNames: Record<Disposition, string> = {
  solvable: '能解决',
  deferred: '暂时解决不了',
  'not-permitted': '政策不允许',
  unfounded: '反映的情况不属实',
};

export const Status = z.enum(['registered', 'dispatched', 'handling', 'deferred', 'resolved', 'reviewing', 'closed']);
export type Status = z.infer<typeof Status>;
export const statusNames: Record<Status, string> = {
  registered: '待派单',
  dispatched: '待签收',
  handling: '办理中',
  deferred: '待条件',
  resolved: '办结待群众认可',
  reviewing: '复查复核中',
  closed: '已销号',
};

/** Who raised it. Nothing is asked that is not needed; anonymous means nothing is kept. */
export const Reporter = z.object({
  name: z.string().trim().max(40).optional(),
  phone: z
    .string()
    .trim()
    .regex(/^[0-9+\- ]{5,20}$/, '电话要写全：手机号，或区号加座机号')
    .optional(),
  /** Asked that the handling unit does not learn who it was. */
  confidential: z.boolean().optional(),
});
export type Reporter = z.infer<typeof Reporter>;

/** Several raise one matter: how many they are, and who of them speaks for all. */
export const Joint = z.object({
  persons: z.int('人数写整数').min(2, '联名至少两个人').max(100_000),
  representatives: z
    .array(z.object({ name: z.string().trim().min(1, '写上代表的姓名').max(40), phone: Reporter.shape.phone }))
    .min(1, '推选代表，写上姓名')
    .max(100),
});
export type Joint = z.infer<typeof Joint>;

/** How many pictures go with what is said: enough to show it, few enough to be sent from a village. */
export const MOST_PHOTOS = 4;

/** A picture the event vouches for: the hash is that of its encrypted box. */
export interface Photo {
  readonly id: string;
  /** SHA-256 of the box, hex. */
  readonly hash: string;
}

/** Told how: the resident has to hear of it, not only the system. */
export const Means = z.enum(['phone', 'visit', 'letter', 'message']);
export const meansNames: Record<z.infer<typeof Means>, string> = {
  phone: '电话',
  visit: '上门',
  letter: '书面',
  message: '短信',
};

/** What a person must hear of by any means. `whereabouts`: which unit their petition was sent on to. */
export const ToTell = z.enum(['extension', 'answer', 'deferral', 'whereabouts', 'raising', 'reconsideration']);
export type ToTell = z.infer<typeof ToTell>;

const score = z.int().min(1).max(5);
/** Of officials a matter complains of by name, at most. */
const MOST_ABOUT = 10;

export const MatterCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('matter.register'),
    channel: Channel,
    procedure: Procedure.optional(),
    subject: sentence(2, 120),
    body: z.string().trim().max(20_000).optional(),
    /** The smallest area known: a grid, a village, a township, or the county itself. */
    area: z.uuid(),
    /** The spot in the reporter's words. */
    spot: z.string().trim().max(200).optional(),
    reporter: Reporter.optional(),
    household: z.uuid().optional(),
    resident: z.uuid().optional(),
    /** The official it is addressed to (contact card) or who wrote it down (visit). */
    official: z.uuid().optional(),
    category: z.string().max(80).optional(),
    /** Where it came from in the house: the visit and its need. */
    origin: z.string().max(120).optional(),
    /** When the resident said it, if earlier than now. */
    receivedAt: z.iso.datetime().optional(),
    /** Pictures taken in before, by id; the house adds what it knows of them. */
    photos: z.array(z.uuid()).max(MOST_PHOTOS).optional(),
    /** The earlier matter that this one goes on from with a new fact or reason. */
    after: z.uuid().optional(),
    joint: Joint.optional(),
    /** Officials it complains of by name: none of them sees or handles it. */
    about: z.array(z.uuid()).max(MOST_ABOUT).optional(),
  }),
  /** Who it complains of, said or put right later. */
  z.object({ kind: z.literal('matter.name-persons'), about: z.array(z.uuid()).max(MOST_ABOUT) }),
  z.object({
    kind: z.literal('matter.classify'),
    category: z.string().min(1).max(80),
    area: z.uuid().optional(),
  }),
  z.object({
    kind: z.literal('matter.dispatch'),
    unit: z.uuid(),
    category: z.string().min(1).max(80).optional(),
    /** The clock rule by which it is to be handled; without it the procedure's usual one. */
    clock: z.string().max(60).optional(),
    note: z.string().trim().max(500).optional(),
    /** Petitions: forwarded, or assigned with a report due. */
    letter: Letter.optional(),
  }),
  z.object({
    kind: z.literal('matter.acknowledge'),
    leader: z.uuid(),
    handler: z.uuid(),
    measures: sentence(4, 1_000),
  }),
  z.object({ kind: z.literal('matter.plan'), leader: z.uuid(), handler: z.uuid(), measures: sentence(4, 1_000) }),
  z.object({ kind: z.literal('matter.return'), reason: sentence(4, 1_000), betterUnit: z.uuid() }),
  z.object({ kind: z.literal('matter.adjudicate'), unit: z.uuid(), ground: sentence(4, 1_000) }),
  z.object({ kind: z.literal('matter.progress'), note: sentence(2, 2_000) }),
  z.object({ kind: z.literal('matter.suspend'), reason: sentence(4, 500) }),
  z.object({ kind: z.literal('matter.resume'), note: z.string().trim().max(500).optional() }),
  z.object({ kind: z.literal('matter.ask-extension'), days: z.int().min(1).max(90), reason: sentence(4, 1_000) }),
  z.object({
    kind: z.literal('matter.decide-extension'),
    grant: z.boolean(),
    reason: z.string().trim().max(1_000).optional(),
  }),
  z.object({ kind: z.literal('matter.tell'), what: ToTell, means: Means }),
  z.object({
    kind: z.literal('matter.dispose'),
    disposition: Disposition,
    /** Why it is so, in plain words. */
    cause: sentence(4, 2_000),
    /** deferred: what will be done until it can be solved. */
    plan: z.string().trim().max(2_000).optional(),
    /** deferred: the day it is looked at again. */
    recheckOn: day.optional(),
    /** not-permitted: the policy that stands in the way. */
    policy: z.string().trim().max(300).optional(),
    /** not-permitted: the same policy in the county's library, where it stands there. */
    guide: z.uuid().optional(),
  }),
  z.object({ kind: z.literal('matter.answer'), text: sentence(10, 5_000) }),
  z.object({
    kind: z.literal('matter.resolve'),
    answer: sentence(10, 5_000),
    /** Petitions: what the written opinion says beside the answer. */
    outcome: Outcome.optional(),
    findings: z.string().trim().max(5_000).optional(),
    basis: z.string().trim().max(2_000).optional(),
    /** Why a co-handler's part is not waited for. */
    unanswered: sentence(4, 500).optional(),
  }),
  z.object({
    kind: z.literal('matter.confirm'),
    score: score.optional(),
    comment: z.string().trim().max(500).optional(),
  }),
  z.object({ kind: z.literal('matter.deny'), reason: sentence(2, 1_000) }),
  z.object({
    kind: z.literal('matter.call-back'),
    outcome: z.enum(['confirmed', 'denied', 'unreached']),
    score: score.optional(),
    words: z.string().trim().max(1_000).optional(),
  }),
  z.object({ kind: z.literal('matter.rate'), score, comment: z.string().trim().max(500).optional() }),
  z.object({ kind: z.literal('matter.reopen'), reason: sentence(2, 1_000) }),
  z.object({
    kind: z.literal('matter.instruct'),
    text: z.string().trim().max(1_000),
    /** Until when the leader wants to hear what came of it: it is followed up as an instruction. */
    due: day.optional(),
  }),
  z.object({ kind: z.literal('matter.explain-delay'), reason: sentence(4, 300) }),
  ...petitionCommands,
  /** Given by the mechanism of retention alone: what was said in a closed matter is erased. */
  z.object({ kind: z.literal('matter.forget') }),
  ...handlingCommands,
  // Several as one, and one as several: decided in together.ts.
  z.object({ kind: z.literal('matter.merge'), into: z.uuid() }),
  z.object({ kind: z.literal('matter.unmerge'), reason: sentence(4, 300) }),
  z.object({
    kind: z.literal('matter.split'),
    /** The id the part will have. */
    part: z.uuid(),
    subject: sentence(2, 120),
    body: z.string().trim().max(20_000).optional(),
    area: z.uuid().optional(),
    spot: z.string().trim().max(200).optional(),
  }),
  z.object({
    kind: z.literal('matter.raise-again'),
    channel: Channel,
    words: z.string().trim().max(1_000).optional(),
  }),
  z.object({ kind: z.literal('matter.make-joint'), joint: Joint }),
  z.object({ kind: z.literal('matter.take-along'), matter: z.uuid() }),
  z.object({ kind: z.literal('matter.let-go'), matter: z.uuid() }),
  z.object({
    kind: z.literal('matter.follow'),
    from: z.uuid(),
    event: z.object({ kind: z.literal('matter.followed') }).loose(),
  }),
]);
export type MatterCommand = z.infer<typeof MatterCommand>;

export interface Place {
  readonly area: string;
  /** Every area that contains it, from the county down to itself. */
  readonly chain: readonly string[];
}

/** Words of a resident or about one: kept apart from the event, and gone when they must be. */
interface Told {
  subject: string;
  body?: string;
  spot?: string;
  name?: string;
  phone?: string;
  code: string;
  representatives?: Joint['representatives'];
}
interface Votes {
  likes: number;
  dislikes: number;
}
interface Words {
  text: string;
}

export type MatterEvent =
  | HandlingEvent
  | {
      kind: 'matter.registered';
      number: string;
      channel: Channel;
      procedure: Procedure;
      place: Place;
      /** The unit that answers for it until it is dispatched. */
      desk: string;
      anonymous: boolean;
      confidential: boolean;
      household?: string;
      resident?: string;
      official?: string;
      category?: string;
      origin?: string;
      /** How many agreed and disagreed, where it was written on a board. */
      votes?: Votes;
      receivedAt: string;
      /** Until when it has to be dispatched. */
      rule: ClockRule;
      /** From when that limit runs, where not from the registration: a petition's from receipt. */
      clockFrom?: string;
      /** How long the whole may take, whatever becomes of its stages. */
      overall?: ClockRule;
      /** The earlier matter it goes on from with something new. */
      after?: string;
      /** Pictures, kept outside the ledger. */
      files?: readonly Photo[];
      /** How many raise it together; who speaks for them is personal. */
      persons?: number;
      about?: readonly string[];
      personal?: Told;
    }
  | { kind: 'matter.persons-named'; about: readonly string[] }
  | { kind: 'matter.classified'; category: string; place?: Place }
  | {
      kind: 'matter.dispatched';
      unit: string;
      category?: string;
      leader?: string;
      handler?: string;
      rule: ClockRule;
      note?: string;
      paper?: IssuedPaper;
      personal?: { paper?: PaperText };
    }
  | { kind: 'matter.acknowledged'; leader: string; handler: string; measures: string; rule?: ClockRule }
  | { kind: 'matter.planned'; leader: string; handler: string; measures: string }
  | { kind: 'matter.returned'; from: string; betterUnit: string; reason: string }
  | {
      kind: 'matter.adjudicated';
      from: string;
      unit: string;
      ground: string;
      leader?: string;
      handler?: string;
      /** Where a refusal is overruled while nobody's work runs: the clock for accepting it. */
      rule?: ClockRule;
    }
  | { kind: 'matter.progressed'; personal?: Words }
  | { kind: 'matter.suspended'; reason: string }
  | { kind: 'matter.resumed'; note?: string }
  | { kind: 'matter.extension-asked'; days: number; reason: string }
  | {
      kind: 'matter.extension-granted';
      days: number;
      reason: string;
      askedBy: string;
      paper?: IssuedPaper;
      personal?: { paper?: PaperText };
    }
  | { kind: 'matter.extension-refused'; days: number; reason: string; askedBy: string }
  | { kind: 'matter.told'; what: ToTell; means: z.infer<typeof Means> }
  | {
      kind: 'matter.disposed';
      disposition: Disposition;
      plan?: string;
      recheckOn?: string;
      policy?: string;
      guide?: string;
      personal?: Words;
    }
  | { kind: 'matter.answered'; personal?: Words }
  /** No rule where the answer was given elsewhere and is only taken over: nobody here promised a day. */
  | {
      kind: 'matter.resolved';
      unit: string;
      rule?: ClockRule;
      unanswered?: string;
      outcome?: Outcome;
      paper?: IssuedPaper;
      personal?: Words & { paper?: PaperText };
    }
  | { kind: 'matter.confirmed'; by: 'resident' | 'call-back'; score?: number; personal?: Words }
  | { kind: 'matter.denied'; by: 'resident' | 'call-back'; rule: ClockRule; personal?: Words }
  | { kind: 'matter.unreached' }
  | { kind: 'matter.rated'; score: number; personal?: Words }
  | { kind: 'matter.reopened'; rule: ClockRule; personal?: Words }
  | { kind: 'matter.instructed'; text: string; due?: string; unit?: string; leader?: string }
  | { kind: 'matter.delay-explained'; reason: string }
  | { kind: 'matter.merged'; into: string; number: string }
  | { kind: 'matter.unmerged'; from: string; cause: 'asked' | 'denied' | 'reopened'; reason?: string }
  | { kind: 'matter.took-along'; matter: string }
  | { kind: 'matter.let-go'; matter: string }
  /** What was done on the main matter, as this one hears of it. */
  | {
      kind: 'matter.followed';
      what: 'unit' | 'pause' | 'go-on' | 'extension' | 'disposition' | 'answer' | 'result';
      status?: 'dispatched' | 'handling' | 'deferred';
      unit?: string;
      leader?: string;
      handler?: string;
      measures?: string;
      disposition?: Disposition;
      recheckOn?: string;
      rule?: ClockRule;
      /** The rule starts anew even where one of a unit's runs: a petition was accepted. */
      fresh?: boolean;
      /** Why the clock stands still. */
      paused?: string;
      extension?: { days: number; reason: string };
      personal?: Words;
    }
  | {
      kind: 'matter.split-off';
      part: string;
      area: string;
      personal?: { subject: string; body?: string; spot?: string };
    }
  | { kind: 'matter.raised-again'; channel: Channel; personal?: Words }
  | { kind: 'matter.made-joint'; persons: number; personal?: { representatives: Joint['representatives'] } }
  | { kind: 'matter.forgotten' }
  | PetitionEvent;

/** The record as the rules and the read tables see it. */
export interface MatterState {
  readonly status: 'none' | Status;
  readonly number: string;
  readonly channel: Channel;
  readonly procedure: Procedure;
  readonly place: Place;
  readonly desk: string;
  readonly anonymous: boolean;
  readonly confidential: boolean;
  readonly household?: string;
  readonly resident?: string;
  readonly official?: string;
  readonly category?: string;
  readonly origin?: string;
  readonly votes?: Votes;
  readonly told?: Told;
  readonly files?: readonly Photo[];
  readonly receivedAt: string;
  readonly registeredAt: string;
  /** The unit that answers for it now. */
  readonly unit?: string;
  readonly units: readonly string[];
  readonly leader?: string;
  readonly handler?: string;
  readonly measures?: string;
  readonly dispatchedAt?: string;
  /** Since when it is with the unit that has it now, and the units that have said once that it is not theirs. */
  readonly withUnitSince?: string;
  readonly returnedBy: readonly string[];
  readonly acknowledgedAt?: string;
  readonly firstAnsweredAt?: string;
  readonly resolvedAt?: string;
  readonly closedAt?: string;
  /** The clock that runs now; what it waits for follows from the status. */
  readonly clock?: ClockRun;
  readonly returnAsked?: {
    readonly from: string;
    readonly betterUnit: string;
    readonly reason: string;
    readonly at: string;
  };
  readonly extensionAsked?: {
    readonly days: number;
    readonly reason: string;
    readonly by: string;
    readonly at: string;
  };
  readonly disposition?: Disposition;
  readonly recheckOn?: string;
  readonly disposedAt?: string;
  /** The policy that stands in the way, and its place in the county's library. */
  readonly policy?: string;
  readonly guide?: string;
  /** Changes of that policy for which it was taken up again. */
  readonly reconsidered: readonly string[];
  /** It came back by itself, or because the policy changed, and nobody has decided anew. */
  readonly cameBack?: 'recheck' | 'policy';
  /** What other units do of it. */
  readonly shares: readonly Part[];
  readonly raisings: readonly Raising[];
  readonly bounces: readonly Bounce[];
  /** Leaders who read it: who, and when first. */
  readonly readBy: readonly { readonly by: string; readonly at: string; readonly text: string }[];
  readonly returns: number;
  readonly reopenings: number;
  readonly unreached: number;
  readonly answer?: string;
  /** What the unit told the resident last: a reason, an interim word, the answer. */
  readonly said?: string;
  readonly score?: number;
  readonly closedBy?: 'resident' | 'call-back' | 'lawful-end';
  readonly delay?: string;
  readonly lastInstruction?: string;
  /** When a person last decided its category or its unit. */
  readonly decidedAt?: string;
  /** What the resident must still hear of from a person. */
  readonly toTell: readonly ToTell[];
  /** Everyone who handled it: none of them can be the independent call-back. */
  readonly hands: readonly string[];
  /** The earlier matter it goes on from with something new. */
  readonly after?: string;
  /** The clock of the whole, beside that of the stage: it never begins anew. */
  readonly overall?: ClockRun;
  /** Clocks that have run, in the order they ended: nothing is lost when a matter goes back. */
  readonly past: readonly PastClock[];
  /** What the person must still be told or brought in writing, each with its limit. */
  readonly owed: readonly OwedClock[];
  /** Every document drawn up, with its tries to serve it. */
  readonly papers: readonly Paper[];
  /** Petitions: when the competent organ accepted it. */
  readonly acceptedAt?: string;
  readonly refusal?: {
    readonly ground: string;
    readonly name: string;
    readonly where?: string;
    /** The re-review that ended the same matter. */
    readonly review?: string;
    readonly at: string;
    readonly upheldAt?: string;
  };
  /** Since when the person's objection to a refusal waits for the desk's word. */
  readonly objectedAt?: string;
  /** A refusal was overruled: the unit takes it. */
  readonly mustAccept?: true;
  /** Until when the person may ask one level up, and after which review. */
  readonly remedy?: { readonly level: ReviewLevel; readonly clock: ClockRun; readonly of?: string };
  /** The review under way. */
  readonly review?: string;
  readonly reviews: readonly {
    readonly id: string;
    readonly level: ReviewLevel;
    readonly outcome?: ReviewOutcome | 'refused' | 'withdrawn';
  }[];
  /** The main matter it is handled with, and what it was before. */
  readonly merged?: {
    readonly into: string;
    readonly number: string;
    readonly at: string;
    readonly before: Partial<MatterState>;
  };
  /** Matters handled with this one. */
  readonly along: readonly string[];
  /** Matters split off from it. */
  readonly parts: readonly string[];
  readonly joint?: Joint;
  /** Officials it complains of. */
  readonly about: readonly string[];
  /** How often it was raised again while it was in hand: a mark on the handling. */
  readonly repeats: number;
  /** What was said in it was erased. */
  readonly forgotten?: true;
  /** Each time it was in hand, in their order. */
  readonly spells: readonly Spell[];
}

/** What the rules must know from outside. */
export interface MatterFacts {
  /** Who gives the command, the units they hold posts in, and when. */
  readonly actor: string;
  readonly units: readonly string[];
  readonly at: string;
  readonly calendar: Calendar;
  /** register, classify: where the named area lies; undefined when there is none. */
  readonly place?: Place;
  /** register: the number and query code to give, and the unit whose desk takes it. */
  readonly fresh?: { readonly number: string; readonly code: string; readonly desk: string };
  /** register: the pictures named, as they were taken in for this record. */
  readonly photos?: readonly Photo[];
  /** dispatch, return, adjudicate: the unit named; undefined when there is none or it is closed. */
  readonly unit?: { readonly id: string; readonly head?: string; readonly reception?: string };
  /** acknowledge, plan: officials named who belong to the responsible unit. */
  readonly people?: ReadonlySet<string>;
  /** The ladder upward. */
  readonly raising: RaisingPolicy;
  /** raise, to a joint meeting: whose, what it is called, and the next one that is called. */
  readonly joint?: { readonly unit: string; readonly name: string; readonly next?: { meeting: string; day: string } };
  /** register, name-persons: whether everybody named works here. */
  readonly aboutKnown?: boolean;
  /** hear-meeting: of the units with a part, those there are, and whether the official named is of the leading one. */
  readonly partUnits?: ReadonlySet<string>;
  readonly officialKnown?: boolean;
  /** instruct: the name and post of whoever instructs. */
  readonly leader?: string;
  /** reconsider: the announced change, if it is one of the policy in this matter's way. */
  readonly change?: { readonly policy: string; readonly what: string };
  /** merge: the matter named; undefined when there is none. */
  readonly main?: {
    readonly number: string;
    readonly status: Status;
    readonly procedure: Procedure;
    readonly mergedInto: string | undefined;
  };
  /** merge, split: this matter's own id. */
  readonly self?: string;
  /** split: whether there is a record under the part's id. */
  readonly partTaken?: boolean;
  /** The clock rules in force that may start now, by id. */
  readonly clocks: ReadonlyMap<string, ClockRule>;
  readonly settings: MatterSettings;
  /** What the petition procedure needs, for its acts. */
  readonly petition?: PetitionFacts;
  /** register: whether the earlier matter named is there. */
  readonly afterKnown?: boolean;
}

/** What a county sets for itself (policy document `matters`). */
export const MatterSettings = z.object({
  /** Channels handled by the petition procedure; all others are orders. */
  petitionChannels: z.array(Channel),
  clocks: z.object({
    /** Desk: from registration to dispatch. */
    dispatchOrder: z.string(),
    dispatchPetition: z.string(),
    /** Unit: from dispatch to its result. */
    order: z.string(),
    /** Unit: petition accepted or not, then its result. */
    acceptPetition: z.string(),
    resolvePetition: z.string(),
    /** Unit: how long it may say "not ours". */
    return: z.string(),
    /** Desk: from the unit's result to the resident's word. */
    confirm: z.string(),
    /** The whole, from registration or receipt to the answer, beside the stages. */
    overallOrder: z.string().default('desk.overall-order'),
    overallPetition: z.string().default('desk.overall-petition'),
    /** Until when a person may ask one level up. */
    askReview: z.string().default('petition.ask-review'),
    askReReview: z.string().default('petition.ask-re-review'),
  }),
  /** Rules a dispatcher may choose from, e.g. 2 hours, 24 hours, 7 days, 15 days. */
  grades: z.array(z.string()).min(1),
  /** Days after closing in which the resident can reopen. */
  reopenDays: z.int().min(1).max(3650),
  /** Sum of extensions for rules whose source names no limit, in days. */
  maxExtensionDays: z.int().min(0).max(365),
  /** How many at the most speak for those who raise a matter together. */
  mostRepresentatives: z.int().min(1).max(100).default(5),
});
export type MatterSettings = z.infer<typeof MatterSettings>;

export const matterRefusals = {
  'matter.unknown': '没有找到这件事。',
  'matter.kept': '没有办完的事不能删除内容。',
  'matter.exists': '这件事已经登记过了。',
  'matter.no-area': '没有这个地方，请重新选择村、社区或网格。',
  'matter.photo-unknown': '有一张照片没有传上来，请重新选照片。',
  'matter.no-unit': '没有这个单位，或者已经撤销，请重新选择。',
  'matter.no-clock': '没有这种时限，请从列出的时限里选。',
  'matter.too-early': '收到的时间不能晚于现在。',
  'matter.already-dispatched': '已经派出去了。要换单位，请由承办单位退单后裁定。',
  'matter.not-dispatched': '还没有派单，先派给承办单位。',
  'matter.already-acknowledged': '已经签收了。',
  'matter.not-acknowledged': '还没有签收，先签收并定好领导、承办人和措施。',
  'matter.not-of-unit': '这个人不在承办单位，请选本单位的人。',
  'matter.return-pending': '已经申请退单，等裁定；裁定之前仍由本单位负责。',
  'matter.return-late': '退单要在派单后两个工作日内提出，现在已过期限，由本单位牵头办理。',
  'matter.return-twice': '本单位已经退过一次，裁定以后不能再退，请牵头办理。',
  'matter.return-same': '不能退给自己，请写明应该由哪个单位办。',
  'matter.no-return': '没有等待裁定的退单。',
  'matter.own-request': '不能审批自己提出的申请，请换一位负责人。',
  'matter.suspended': '计时已经暂停，恢复计时以后再办这一步。',
  'matter.not-suspended': '计时没有暂停。',
  'matter.extension-pending': '已经申请延期，等批复。',
  'matter.no-extension': '没有等待批复的延期申请。',
  'matter.extension-too-long': '超过了允许延长的总天数，请减少天数。',
  'matter.reason-missing': '请写明理由。',
  'matter.about-unknown': '有一位没有找到，或者已经不在岗，请重新选。',
  'matter.about-handles': '这件事反映的就是他，不能由他领导、承办。请换人，或者派给别的单位。',
  'matter.nothing-to-tell': '没有需要告知的事。',
  'matter.plan-missing': '暂时解决不了的，要写清打算怎么办。',
  'matter.recheck-missing': '暂时解决不了的，要定一个回头再看的日子。',
  'matter.recheck-past': '回头再看的日子要在今天以后。',
  'matter.policy-missing': '政策不允许的，要写明是哪条政策。',
  'matter.disposition-missing': '先定好怎么处置：能解决、暂时解决不了、政策不允许、不属实。',
  'matter.deferred': '暂时解决不了的事不能办结。条件有了，先改成“能解决”。',
  'matter.not-resolved': '承办单位还没有办结，等办结后再由群众认可。',
  'matter.resolved': '已经办结，等群众认可。',
  'matter.closed': '已经销号。群众有新的话说，可以重开。',
  'matter.not-closed': '还没有销号。',
  'matter.reopen-late': '已经过了可以重开的期限。请当作新的事再说一次，并写上原来的编号。',
  'matter.not-independent': '经办过这件事的人和单位不能做回访，请换一位。',
  'matter.words-missing': '请记下群众说的话。',
  'matter.already-rated': '已经评过分了。',
  'matter.not-late': '还没有超期，不用说明。',
  'matter.after-unknown': '没有找到原来那件事，请核对编号。',
  ...petitionRefusals,
  ...servedRefusals,
  'matter.feedback-past': '要结果的日子要从今天起。',
  'matter.feedback-empty': '只写“阅”不用定日子。要结果的，请写明要办什么。',
  ...handlingRefusals,
  'matter.merged': '已经并到另一件一起办，请在主件上办这一步；要单独办，先拆出来。',
  'matter.not-merged': '没有并到别的事里。',
  'matter.has-along': '别的事已经并到这一件，它是主件。请把另一件并到这一件。',
  'matter.no-main': '没有找到要并到的那件事，请重新选。',
  'matter.main-merged': '那件事已经并到另一件了，请直接并到它的主件。',
  'matter.main-done': '那件事已经办结或销号，这一件请单独办。',
  'matter.main-behind': '那件事还没有办到这一步，请反过来，把它并到这一件。',
  'matter.petition-alone': '走信访程序的，每一件都要有自己的书面告知和答复，不能并。几个人一起说的，记成联名。',
  'matter.word-pending': '这件事有等着批的退单、延期，或者已经分给几个单位、报给了上级，先了结这些再合并。',
  'matter.too-many-representatives': '代表太多了，请推选不超过规定人数的代表（一般最多 5 人）。',
  'matter.more-than-persons': '代表比联名的人还多，请核对人数。',
} as const;
