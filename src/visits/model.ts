import { z } from 'zod';
import { Day, Instant } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * A visit: one official, one household, one conversation, and what the household says of the note of it.
 * Rows B1 and B2; mechanisms H6, H9 (an entry counts once the resident has signed), P2 (not at home → revisit).
 */
export const Contact = z.enum(['met', 'phone', 'not-at-home', 'leaflet']);
export type Contact = z.infer<typeof Contact>;

export const contactNames: Record<Contact, string> = {
  met: '当面',
  phone: '电话',
  'not-at-home': '没人在家',
  leaflet: '留了单子',
};

/** How a household confirmed the note. A refusal is an answer too, and is kept. */
export const Means = z.enum(['signature', 'code', 'card']);
export type Means = z.infer<typeof Means>;

/** Why somebody else's hand signs for a household. */
export const ProxyReason = z.enum(['cannot-write', 'cannot-see', 'unwell', 'minors-only']);
export type ProxyReason = z.infer<typeof ProxyReason>;
export const proxyReasonNames: Record<ProxyReason, string> = {
  'cannot-write': '不会写字、写不了',
  'cannot-see': '看不清',
  unwell: '卧病、不方便',
  'minors-only': '家里只有孩子，监护人签',
};

/** Strokes as drawn on glass: compact JSON, at most 40 KB. */
const Strokes = z.string().min(2).max(40_000);
const Sentence = z.string().trim().min(2).max(500);
const Comment = z.string().trim().max(500);

const Need = z.object({
  words: Sentence,
  category: z.string().trim().max(60).optional(),
  /** Whose need it is, when it is one person's. */
  resident: z.uuid().optional(),
});

export const VisitCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('visit.record'),
    household: z.uuid(),
    contact: Contact,
    /** What was said, in the resident's words. Empty only when nobody was talked to. */
    note: z.string().trim().max(5_000),
    /** Needs to be raised as matters, each in one sentence. */
    needs: z.array(Need).max(20).default([]),
    /** What the official promised, with the last day for it. */
    promises: z
      .array(z.object({ what: Sentence, by: Day }))
      .max(20)
      .default([]),
    /** When they met, as the device knew it (instant, UTC). */
    metAt: Instant,
    withWhom: z.array(z.uuid()).max(30).default([]),
    /** Policies explained to them, by their ids in the library of texts (row B10). */
    explained: z.array(z.uuid()).max(10).optional(),
  }),
  z.object({
    kind: z.literal('visit.countersign'),
    means: Means,
    by: z.uuid(),
    /** What proves it: the strokes, the one-time code said aloud, or the number read from the card. */
    signature: Strokes.optional(),
    code: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    card: z.string().trim().min(4).max(40).optional(),
    /** From the link that only the household was shown; stands for the code on the resident's own phone. */
    key: z.string().max(64).optional(),
    comment: Comment.optional(),
    /** Whose hand it is, when the one who speaks cannot sign: read aloud to them, signed before them. */
    proxy: z
      .object({
        name: z.string().trim().min(2).max(40),
        /** Who they are to the household: 邻居, 女儿, 监护人. */
        relation: z.string().trim().min(1).max(20),
        why: ProxyReason,
      })
      .optional(),
  }),
  z.object({ kind: z.literal('visit.decline'), by: z.uuid(), reason: Comment, key: z.string().max(64).optional() }),
  z.object({ kind: z.literal('visit.correct'), note: z.string().trim().min(2).max(5_000) }),
  z.object({
    kind: z.literal('visit.keep-promise'),
    /** Place in the visit's list of promises, from 0. */
    promise: z.int().min(0).max(19),
    how: Sentence,
  }),
  /** Why a promise could not be kept so far. It stays open and in sight until it is kept. */
  z.object({ kind: z.literal('visit.explain-promise'), promise: z.int().min(0).max(19), why: Sentence }),
  /** The entry was never right: another door, pressed by mistake. It counts for nothing any more and stays readable. */
  z.object({ kind: z.literal('visit.withdraw'), reason: Sentence }),
]);
export type VisitCommand = z.infer<typeof VisitCommand>;

/** One-time means by which the household can speak without the writer's hand. Opened by the vault only. */
export interface Voucher {
  readonly code: string;
  readonly key: string;
}

export type VisitEvent =
  | {
      kind: 'visit.recorded';
      household: string;
      /** Areas that contain the household, from the county down. */
      chain: readonly string[];
      official: string;
      contact: Contact;
      metAt: string;
      withWhom: readonly string[];
      promises: readonly { by: string }[];
      explained?: readonly string[];
      personal?: { note: string; promises: readonly string[]; voucher?: Voucher };
    }
  | {
      /** Carries all that a matter needs, so that one can be registered from it. */
      kind: 'need.raised';
      /** Place among the needs of this visit, from 0. */
      index: number;
      household: string;
      village: string | null;
      /** The smallest area known: where the matter lies. */
      area: string;
      official: string;
      metAt: string;
      category?: string;
      resident?: string;
      personal?: { words: string };
    }
  | { kind: 'revisit.due'; household: string; by: string }
  | {
      kind: 'visit.countersigned';
      means: Means;
      by: string;
      proxied?: ProxyReason;
      personal?: {
        signature?: string;
        card?: string;
        comment?: string;
        proxy?: { name: string; relation: string };
      };
    }
  | { kind: 'visit.code-missed' }
  | { kind: 'visit.declined'; by: string; personal?: { reason: string } }
  | { kind: 'visit.corrected'; personal?: { note: string; voucher?: Voucher } }
  | { kind: 'promise.kept'; promise: number; late: boolean; personal?: { how: string } }
  | { kind: 'promise.explained'; promise: number; personal?: { why: string } }
  | { kind: 'visit.withdrawn'; reason: string };

export interface Promised {
  readonly what: string;
  readonly by: string;
  readonly kept:
    | { readonly at: string; readonly official: string; readonly how: string; readonly late: boolean }
    | undefined;
  /** What was said of it while it could not be kept, oldest first. */
  readonly told: readonly { readonly on: string; readonly why: string }[];
}

/** What the household said last of the note as it reads now. */
export type Answer =
  | { readonly said: 'nothing' }
  | {
      readonly said: 'signed';
      readonly by: string;
      readonly at: string;
      readonly means: Means;
      readonly comment: string;
      /** Whose hand signed, where it was not their own. */
      readonly proxy: { readonly name: string; readonly relation: string; readonly why: ProxyReason } | undefined;
    }
  | { readonly said: 'declined'; readonly by: string; readonly at: string; readonly reason: string };

export interface Recorded {
  readonly status: 'recorded';
  readonly household: string;
  readonly chain: readonly string[];
  readonly official: string;
  readonly contact: Contact;
  readonly metAt: string;
  readonly recordedAt: string;
  readonly note: string;
  /** How often the note was corrected. */
  readonly corrections: number;
  readonly withWhom: readonly string[];
  readonly needs: readonly {
    readonly words: string;
    readonly category: string | undefined;
    readonly resident: string | undefined;
  }[];
  readonly promises: readonly Promised[];
  readonly revisitBy: string | undefined;
  readonly explained: readonly string[];
  readonly answer: Answer;
  readonly voucher: Voucher | undefined;
  /** Since when the voucher counts. */
  readonly vouchedAt: string;
  /** Wrong codes said since the voucher was made. */
  readonly misses: number;
  readonly withdrawn: { readonly at: string; readonly reason: string } | undefined;
}
export type VisitState = { readonly status: 'none' } | Recorded;

export interface Member {
  readonly id: string;
  readonly bornYear: number | null;
}

/** What the decider must know from outside: nothing it could look up itself. */
export interface VisitFacts {
  /** Who gives the command: an official, or `resident:<visit>` who holds the visit's key. */
  readonly actor: string;
  /** Of the visited household; undefined when it is unknown or has moved away. */
  readonly household:
    | { readonly chain: readonly string[]; readonly contact: string | null; readonly residents: readonly Member[] }
    | undefined;
  /** Of one that has moved away: who may hear that it has. */
  readonly gone?: { readonly chain: readonly string[]; readonly contact: string | null } | undefined;
  readonly at: string;
  readonly revisitDays: number;
  /** Fresh randomness for a note that can be signed. */
  readonly voucher: Voucher;
  /** The visit's own id: a resident's key is for this one record. */
  readonly visit: string;
  /** Whether an official at work bears the name of who is to sign for another. */
  readonly proxyWorksHere: boolean;
}

/** After so many wrong codes only the link, a signature or a corrected note can help. */
export const MISSES_ALLOWED = 5;

/** Age from which a resident signs for the household (民法典第十七条); only the year of birth is kept. */
export const ADULT_AGE = 18;

export const visitRefusals = {
  'visit.exists': '这次走访已经记过了。',
  'visit.unknown': '没有找到这次走访。',
  'visit.household-unknown': '没有找到这一户，或者已经搬走。请重新选择。',
  'visit.needs-without-contact': '没有见到人，也没有通电话，不能替群众提需求。请补访后再记。',
  'visit.promise-without-contact': '没有说上话，不能记承诺。请补访后再记。',
  'visit.explained-without-contact': '没有说上话，不能记讲了政策。',
  'visit.note-missing': '请写下群众说了什么。',
  'visit.in-future': '走访时间不能晚于现在，请核对手机时间。',
  'visit.promise-past': '承诺的日期不能早于走访当天。',
  'visit.not-of-household': '只能由这一户登记在册的人签。请从名单里选。',
  'visit.not-adult': '未成年人不能替家里签。请找一位成年人。',
  'visit.nobody-met': '这次没有说上话，没有可签的内容。',
  'visit.own-signature': '不能由记录人自己签。',
  'visit.already-signed': '群众已经签过了。内容改过之后才需要再签。',
  'visit.declined-stands': '群众不认可这份记录。请先改记录再请群众签，或者由群众用自己的链接改签。',
  'visit.signature-missing': '请让群众在屏幕上签名。',
  'visit.code-missing': '请输入群众报的 6 位验证码。',
  'visit.card-missing': '请刷卡或输入卡号。',
  'visit.code-wrong': '验证码不对，请群众再看一遍。连错 5 次后要换别的签法。',
  'visit.code-locked': '验证码连错 5 次，已经停用。请群众打开链接签，或者在屏幕上签名。',
  'visit.key-wrong': '链接无效。请联系走访您的干部重新出示二维码。',
  'visit.link-ended': '链接已经过期。请联系走访您的干部。',
  'visit.proxy-by-hand': '代签要在屏幕上签，写清是谁、和这家什么关系。',
  'visit.proxy-official': '干部不能代群众签。请找家里人、邻居或者监护人。',
  'visit.withdrawn': '这份记录已经撤回了。',
  'visit.signed-stands': '群众已经签过字，不能撤回。写错了的，改好再请他们签。',
  'visit.carries': '这次走访带出了诉求或者承诺，不能撤回。写错了的，改记录；诉求和承诺各自办完。',
  'visit.not-the-writer': '只有记录人可以改这份记录。',
  'visit.promise-unknown': '没有这一条承诺。',
  'visit.promise-kept': '这一条承诺已经记为兑现了。',
} as const;

/** What a county decides about visits. */
export const VisitsPolicy = z.object({
  /** A door found closed is tried again within this many days. */
  revisitDays: z.int().min(1).max(90),
  /** A household not met for this long stands on the list by that alone. */
  longUnseenDays: z.int().min(1).max(730),
  /** Households on one day's list. */
  dailyList: z.int().min(1).max(200),
  /** A signing link works this long. */
  signDays: z.int().min(1).max(365),
});
export type VisitsPolicy = z.infer<typeof VisitsPolicy>;

/** From how much on a place is gone to first for one of the five reasons of 2:B14, and which places are far. */
export const WhereFirstPolicy = z.object({
  /** Among the people: this share of a place's households (per cent) was not met for as long as `visits` calls long. */
  unseenPercent: z.int().min(1).max(100),
  /** Where life is hard: so many households registered for a service. */
  needs: z.int().min(1).max(1_000),
  /** Where people are at odds: so many open disputes. */
  disputes: z.int().min(1).max(1_000),
  /** Where people need something solved: so many open matters. */
  open: z.int().min(1).max(1_000),
  /** Where the work does not move: so many matters and promises past their day. */
  stalled: z.int().min(1).max(1_000),
  /** Far places by their code, with what makes them far: the county says so, no distance is known. */
  remote: z.array(z.object({ code: z.string().min(1).max(40), why: z.string().trim().min(2).max(60) })).max(500),
});
export type WhereFirstPolicy = z.infer<typeof WhereFirstPolicy>;

export const visitPolicies: readonly PolicyKind[] = [
  {
    name: 'where-first',
    title: '先去哪里',
    schema: WhereFirstPolicy,
    standard: {
      source:
        '领导带头下基层要去群众中间、偏远地方、困难大和矛盾多的地方、群众需要解决问题的地方、工作推不动的地方（可信度 B）；几户几件起算是系统初始设置，偏远的地方由县里写，使用前请按本地规定核对',
      document: { unseenPercent: 50, needs: 3, disputes: 1, open: 3, stalled: 1, remote: [] },
    },
  },
  {
    name: 'visits',
    title: '走访',
    schema: VisitsPolicy,
    standard: {
      source: '系统初始设置，使用前请按本地规定核对',
      document: { revisitDays: 7, longUnseenDays: 60, dailyList: 20, signDays: 30 },
    },
  },
];
