import { z } from 'zod';
import type { Calendar, ClockRule, ClockRun } from '../calendar/model.ts';
import {
  type IssuedPaper,
  type OwedClock,
  type Paper,
  type PaperText,
  type PastClock,
  ReviewLevel,
  ReviewOutcome,
  type Served,
  type ServedWords,
  Serving,
} from '../matters/model.ts';
import type { TakenNumber } from '../register/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Review and re-review (复查 复核; row C13; PET-02 三级终结, PET-12): a petition whose written opinion the person does not
 * accept is looked at again one level up, and once more above that, each time by people who never handled it. After
 * the re-review the same facts and reasons have had their hearing; a new fact is a new matter that goes on from it.
 */

const sentence = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);
const time = z.string().regex(/^\d{2}:\d{2}$/, '时间写成 09:30 这样');

export const ReviewCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('review.ask'),
    matter: z.uuid(),
    /** What the person does not accept, and why, in their words. */
    words: sentence(4, 5_000),
    /** Asked after the limit: what kept them. */
    lateReason: z.string().trim().max(500).optional(),
  }),
  z.object({ kind: z.literal('review.accept'), reviewer: z.uuid() }),
  z.object({ kind: z.literal('review.refuse'), ground: z.string().min(1).max(40), reason: sentence(4, 2_000) }),
  z.object({
    kind: z.literal('review.arrange-hearing'),
    day: z.iso.date('日期写成 2026-11-17 这样'),
    from: time,
    to: time,
    place: sentence(2, 120),
    chair: sentence(2, 40),
    /** Who is invited, as people call them. */
    persons: sentence(2, 500),
  }),
  z.object({
    kind: z.literal('review.hold-hearing'),
    present: sentence(2, 500),
    minutes: sentence(10, 20_000),
  }),
  z.object({ kind: z.literal('review.cancel-hearing'), reason: sentence(4, 500) }),
  z.object({
    kind: z.literal('review.answer'),
    outcome: ReviewOutcome,
    findings: sentence(4, 5_000),
    basis: sentence(2, 2_000),
    /** The opinion in plain words. */
    text: sentence(10, 5_000),
  }),
  Serving.extend({ kind: z.literal('review.serve') }),
  z.object({ kind: z.literal('review.receive'), paper: z.int().min(1) }),
  z.object({ kind: z.literal('review.withdraw'), reason: z.string().trim().max(500).optional() }),
]);
export type ReviewCommand = z.infer<typeof ReviewCommand>;

export const ReviewStatus = z.enum(['asked', 'reviewing', 'answered', 'over', 'refused', 'withdrawn']);
export type ReviewStatus = z.infer<typeof ReviewStatus>;
export const reviewStatusNames: Record<ReviewStatus, string> = {
  asked: '待受理',
  reviewing: '复查复核中',
  answered: '有了意见，待送达',
  over: '已送达',
  refused: '没有受理',
  withdrawn: '本人撤回',
};

export type ReviewEvent =
  | {
      kind: 'review.asked';
      level: ReviewLevel;
      matter: string;
      matterNumber: string;
      /** Of a re-review: the review before it. */
      before?: string;
      chain: readonly string[];
      /** The unit that reviews, or keeps the file for a body above the county. */
      keeper: string;
      /** The organ as its paper names it. */
      body: string;
      /** Everyone who handled the petition or reviewed it before. */
      hands: readonly string[];
      /** Asked after the limit. */
      late: boolean;
      rule: ClockRule;
      /** Whether the time of a hearing is left out of the limit at this level. */
      hearingStops: boolean;
      personal?: { words?: string; lateReason?: string; subject?: string };
    }
  | { kind: 'review.accepted'; reviewer: string }
  | { kind: 'review.refused'; ground: string; name: string; personal?: { text?: string } }
  | {
      kind: 'review.hearing-arranged';
      day: string;
      from: string;
      to: string;
      place: string;
      chair: string;
      personal?: { persons?: string };
    }
  | { kind: 'review.hearing-held'; personal?: { present?: string; minutes?: string } }
  | { kind: 'review.hearing-cancelled'; reason: string }
  | {
      kind: 'review.answered';
      outcome: ReviewOutcome;
      paper: IssuedPaper;
      personal?: { text?: string; paper?: PaperText };
    }
  | ({ kind: 'review.served'; personal?: ServedWords } & Served)
  | { kind: 'review.withdrawn'; personal?: { text?: string } };

export interface Hearing {
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly place: string;
  readonly chair: string;
  readonly persons: string;
  readonly arrangedAt: string;
  readonly held?: { readonly at: string; readonly present: string; readonly minutes: string };
  readonly cancelled?: string;
}

export interface Review {
  readonly status: ReviewStatus;
  readonly level: ReviewLevel;
  readonly matter: string;
  readonly matterNumber: string;
  readonly before?: string;
  readonly chain: readonly string[];
  readonly keeper: string;
  readonly body: string;
  readonly hands: readonly string[];
  readonly askedBy: string;
  readonly askedAt: string;
  readonly late: boolean;
  readonly hearingStops: boolean;
  readonly words: string;
  readonly lateReason?: string;
  readonly subject?: string;
  readonly reviewer?: string;
  /** Who did something in it: none of them reviews it once more. */
  readonly acted: readonly string[];
  readonly clock?: ClockRun;
  readonly past: readonly PastClock[];
  readonly owed: readonly OwedClock[];
  readonly hearings: readonly Hearing[];
  readonly papers: readonly Paper[];
  readonly outcome?: ReviewOutcome;
  readonly opinion?: string;
  readonly answeredAt?: string;
  readonly refusal?: { readonly name: string; readonly text: string };
}
export type ReviewState = { readonly status: 'none' } | Review;

export interface ReviewFacts {
  readonly actor: string;
  readonly at: string;
  readonly calendar: Calendar;
  readonly policy: ReviewsPolicy;
  readonly announceDays: number;
  /** ask: the petition as it stands, and who would review it; undefined when there is none. */
  readonly petition?: {
    readonly number: string;
    readonly status: string;
    readonly subject: string | null;
    readonly level: ReviewLevel | undefined;
    readonly until: string | undefined;
    readonly before: string | undefined;
    readonly served: boolean;
    readonly hands: readonly string[];
    readonly chain: readonly string[];
    readonly keeper: string;
    readonly body: string;
  };
  /** ask: the clock of the answer. */
  readonly rule?: ClockRule;
  /** accept: whether the person named works in the reviewing unit. */
  readonly reviewerOfUnit: boolean;
  /** answer: the number of its document, and who re-reviews it if the person asks, as its paper names it. */
  readonly taken: TakenNumber;
  readonly reviewedBy?: string;
  readonly remedyDays?: number;
}

/** What a county decides about reviews. */
export const ReviewsPolicy = z.object({
  /**
   * Who reviews what, the first line that fits: petitions handled by units of a kind, at a level. `parent`: the unit
   * above the handling one; `county`: the county's desk for its review committee, or for a body above the county.
   */
  bodies: z
    .array(
      z.object({
        level: ReviewLevel,
        of: z.enum(['section', 'township', 'department', 'enterprise', 'any']),
        by: z.enum(['parent', 'county']),
        /** The organ as its paper names it; empty for the unit's own name. */
        name: z.string().trim().max(60),
      }),
    )
    .min(2)
    .max(40),
  clocks: z.object({ review: z.string(), 're-review': z.string() }),
  /** Whether the time of a hearing is left out of the limit. */
  hearingStops: z.object({ review: z.boolean(), 're-review': z.boolean() }),
  /** A hearing is held within so many days of being arranged, so that it cannot stop the clock for long. */
  hearingWithinDays: z.int().min(1).max(180),
  grounds: z
    .array(z.object({ id: z.string().min(1).max(40), name: z.string().trim().min(2).max(120) }))
    .min(1)
    .max(20),
});
export type ReviewsPolicy = z.infer<typeof ReviewsPolicy>;

export const reviewPolicies: readonly PolicyKind[] = [
  {
    name: 'reviews',
    title: '复查复核',
    schema: ReviewsPolicy,
    standard: {
      source:
        '《信访工作条例》：向原办理机关的上一级机关请求复查，再向复查机关的上一级请求复核，听证所需时间不计算在复核期限内（A）；由谁复查复核、听证最迟几天内开，是本系统的默认值，由县里确认或修改（C）',
      document: {
        bodies: [
          { level: 'review', of: 'section', by: 'parent', name: '' },
          { level: 'review', of: 'any', by: 'county', name: '县人民政府信访事项复查复核委员会' },
          { level: 're-review', of: 'section', by: 'county', name: '县人民政府信访事项复查复核委员会' },
          { level: 're-review', of: 'any', by: 'county', name: '上一级人民政府信访事项复查复核委员会' },
        ],
        clocks: { review: 'petition.review', 're-review': 'petition.re-review' },
        hearingStops: { review: false, 're-review': true },
        hearingWithinDays: 30,
        grounds: [
          { id: 'late', name: '没有正当理由，超过了请求的期限' },
          { id: 'other-way', name: '应当通过诉讼、仲裁、行政复议解决' },
          { id: 'not-opinion', name: '请求的不是这份处理意见里的事' },
        ],
      } satisfies ReviewsPolicy,
    },
  },
];

export const reviewRefusals = {
  'review.unknown': '没有找到这次复查复核。',
  'review.exists': '这次复查复核已经提出过了。',
  'review.no-petition': '没有找到这件信访事项，或者它不走信访程序。',
  'review.not-served': '还没有收到书面的处理意见，或者已经没有可以请求复查、复核的意见。收到意见以后再提。',
  'review.not-now': '这件事现在不在可以请求复查、复核的时候，请先看它走到哪一步。',
  'review.late': '已经过了请求的期限。有不可抗力之类正当理由的，请写明是什么耽误了。',
  'review.no-clock': '规则里没有复查复核的时限，请联系管理员。',
  'review.not-independent': '经办过这件事或者上一次复查的人不能再复查复核，请换一位。',
  'review.not-of-unit': '这个人不在复查复核的单位，请选本单位的人。',
  'review.not-accepted': '还没有受理，先定由谁复查复核。',
  'review.accepted': '已经受理了。',
  'review.ground-unknown': '没有这种不受理的理由，请从列出的理由里选。',
  'review.hearing-past': '听证的日子要在今天以后。',
  'review.hearing-far': '听证排得太远，请排近一些。',
  'review.hearing-times': '结束的时间要晚于开始的时间。',
  'review.hearing-pending': '听证已经定了，先开完或者取消。',
  'review.no-hearing': '没有定过听证。',
  'review.hearing-early': '听证还没有到日子，开完再写记录。',
  'review.not-answered': '还没有意见，等有了意见再送达。',
  'review.closed': '这次复查复核已经结束。',
} as const;
