import { z } from 'zod';
import type { ClockRule } from '../calendar/model.ts';
import type { TakenNumber } from '../register/model.ts';
import { type IssuedPaper, type PaperText, type Served, type ServedWords, Serving } from '../register/model.ts';

/** Words and shapes of the petition procedure as acts of a matter (信访工作条例; rows C5 C13; PET-02 PET-12). */

const sentence = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);

/** The three outcomes of a written opinion (信访工作条例 第三十二条). */
export const Outcome = z.enum(['supported', 'explained', 'not-supported']);
export type Outcome = z.infer<typeof Outcome>;
export const outcomeNames: Record<Outcome, string> = {
  supported: '予以支持',
  explained: '合理但缺乏依据，解释说明',
  'not-supported': '不予支持',
};

/** How a petition is sent on: for the unit to handle, or with a report due to whoever sent it. */
export const Letter = z.enum(['forwarding', 'assignment']);
export type Letter = z.infer<typeof Letter>;

/** One level up, and two. */
export const ReviewLevel = z.enum(['review', 're-review']);
export type ReviewLevel = z.infer<typeof ReviewLevel>;
export const levelNames: Record<ReviewLevel, string> = { review: '复查', 're-review': '复核' };

export const ReviewOutcome = z.enum(['upheld', 'changed', 'sent-back']);
export type ReviewOutcome = z.infer<typeof ReviewOutcome>;
export const reviewOutcomeNames: Record<ReviewOutcome, string> = {
  upheld: '维持',
  changed: '变更',
  'sent-back': '撤销，发回重新办理',
};

/** What a review tells its matter; given by the review alone, never from outside. */
const Followed = z.object({
  review: z.uuid(),
  level: ReviewLevel,
  what: z.enum(['asked', 'paused', 'resumed', 'answered', 'over']),
  /** asked: the clock of the answer. */
  rule: z.unknown().optional(),
  /** paused: why. */
  reason: z.string().optional(),
  /** over: how it ended, and from which day the person may go on. */
  outcome: z.enum([...ReviewOutcome.options, 'refused', 'withdrawn']).optional(),
  receivedOn: z.iso.date().optional(),
});

export const petitionCommands = [
  z.object({ kind: z.literal('matter.accept'), note: z.string().trim().max(1_000).optional() }),
  z.object({
    kind: z.literal('matter.refuse'),
    /** One of the county's lawful grounds. */
    ground: z.string().min(1).max(40),
    reason: sentence(4, 2_000),
    /** Where the person has to go instead, where the ground asks for it. */
    where: z.string().trim().max(200).optional(),
    /** The number of the matter that a re-review ended, where the ground rests on it. */
    earlier: z.string().trim().max(40).optional(),
  }),
  z.object({ kind: z.literal('matter.uphold-refusal'), reason: sentence(4, 2_000) }),
  /** What was written wrong in a document is mended by another that names it; the decision stays. */
  z.object({
    kind: z.literal('matter.correct-paper'),
    paper: z.int().min(1),
    /** What it said and what it should say. */
    correction: sentence(4, 2_000),
    reason: sentence(4, 1_000),
  }),
  /** The decision itself was wrong: the written opinion is taken back, and it is worked on again. */
  z.object({ kind: z.literal('matter.revoke-opinion'), reason: sentence(4, 1_000) }),
  Serving.extend({ kind: z.literal('matter.serve') }),
  z.object({ kind: z.literal('matter.receive'), paper: z.int().min(1) }),
  Followed.extend({ kind: z.literal('matter.follow-review') }),
] as const;

/** Acts that only the house itself gives: there is no way in for them. */
export const innerCommands: readonly string[] = ['matter.follow-review', 'matter.forget', 'matter.hear-meeting'];

/** A document on an event, with its words in the personal part. */
interface WithPaper {
  paper?: IssuedPaper;
  personal?: { text?: string; paper?: PaperText };
}

export type PetitionEvent =
  | ({ kind: 'matter.accepted'; rule: ClockRule } & WithPaper)
  | ({
      kind: 'matter.refused';
      unit: string;
      ground: string;
      /** The ground in words, as it stood in the county's list then. */
      name: string;
      where?: string;
      /** The lawful end: the same facts and reasons were re-reviewed. Then there is no clock: nothing more is owed. */
      final: boolean;
      review?: string;
      rule?: ClockRule;
    } & WithPaper)
  | { kind: 'matter.refusal-upheld'; rule: ClockRule; personal?: { text?: string } }
  | ({ kind: 'matter.paper-corrected'; limit?: ClockRule } & WithPaper)
  | ({ kind: 'matter.opinion-revoked'; rule: ClockRule } & WithPaper)
  | ({ kind: 'matter.served'; personal?: ServedWords; remedy?: ClockRule } & Served)
  | {
      kind: 'matter.review-followed';
      review: string;
      level: ReviewLevel;
      what: 'asked' | 'paused' | 'resumed' | 'answered' | 'over';
      rule?: ClockRule;
      reason?: string;
      outcome?: ReviewOutcome | 'refused' | 'withdrawn';
      receivedOn?: string;
      /** The person's next remedy, where there is one. */
      remedy?: ClockRule;
    };

/** What a county decides about the petition procedure. */
export const PetitionSettings = z.object({
  grounds: z
    .array(
      z.object({
        id: z.string().min(1).max(40),
        name: z.string().trim().min(2).max(120),
        source: z.string().trim().min(2).max(200),
        /** What must be said with it: where to go instead, or which re-review it rests on. */
        asks: z.enum(['nothing', 'where', 'review']),
      }),
    )
    .min(1)
    .max(40),
  /** After so many days a document that was put up in public counts as received. */
  announceDays: z.int().min(1).max(180),
});
export type PetitionSettings = z.infer<typeof PetitionSettings>;

/** What the rules of the procedure must know from outside. */
export interface PetitionFacts {
  readonly settings: PetitionSettings;
  /** The number taken for the document that this command draws up. */
  readonly taken: TakenNumber;
  /** resolve: who reviews the opinion if the person asks, as its paper names it. */
  readonly reviewedBy?: string;
  /** Whether who gives the command leads an organ: its head approves an extension, and takes an opinion back. */
  readonly heads: boolean;
  /** refuse: the re-review named, if it was served and ended the procedure. */
  readonly ended?: { readonly review: string; readonly number: string };
}

export const petitionRefusals = {
  'petition.not-petition': '这件事不走信访程序，不用这一步。',
  'petition.accepted': '已经受理了。',
  'petition.not-accepted': '还没有受理。先出受理告知书，再办这一步。',
  'petition.must-accept': '裁定由本单位受理，不能再以这个理由不受理。',
  'petition.ground-unknown': '没有这种不受理的理由，请从列出的理由里选。',
  'petition.where-missing': '请写明群众应当到哪里去办。',
  'petition.review-missing': '以“复核已经终结”为由的，要写原来那件的编号；复核意见没有送达的不算。',
  'petition.objected': '本人不认可不受理的理由，等裁定由谁受理。',
  'petition.not-objected': '本人没有对不予受理提出异议。',
  'petition.outcome-missing': '处理意见要写明是支持、解释说明，还是不支持。',
  'petition.findings-missing': '处理意见要写明查清了什么。',
  'petition.basis-missing': '处理意见要写明依据。',
  'petition.no-opinion': '没有可以撤销的处理意见书。',
  'petition.paper-revoked': '这份文书已经撤销了，不用更正。',
  'petition.revoke-not-head': '撤销处理意见要由机关负责人决定，请交负责人办。',
  'petition.not-head': '信访延期要由机关负责人批准，请交负责人批。',
  'petition.in-review': '正在复查复核，等有了结果再办这一步。',
  'petition.ended': '复核已经终结。有新的事实或理由，请另外提出，会作为新的一件接着办。',
  'petition.review-over': '这一次复查复核已经结束。',
} as const;
