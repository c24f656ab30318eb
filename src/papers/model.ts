import { z } from 'zod';
import type { Desk } from '../contract/route.ts';
import type { Reach } from '../ledger/record.ts';
import { PaperKind, PaperNumber, type TakenNumber } from '../register/model.ts';

/**
 * Papers (公文、文书): what is served, sent and kept on paper, in the form of GB/T 9704-2012.
 * Rows L7 C20; mechanisms PET-04, 2:K9.
 *
 * A feature says what is on a paper ({@link PaperSource}: values for the template's fields, tables, whose affair it is);
 * this feature draws it: preview, docx, PDF, print. How a paper reads stands in the policy document `papers`.
 */
export { NO_NUMBER, PaperKind, PaperNumber, paperNames, readPaperNumber, sayPaperNumber } from '../register/model.ts';

/**
 * The form of the head and foot, as the standard has them: a document with red head and rule (文件), a letter (信函
 * format, section 10.1: double red rules, no number on the first page), minutes (纪要, 10.3), a served paper without red
 * head (title first), a sheet across (A4 turned).
 */
export const PaperForm = z.enum(['document', 'letter', 'minutes', 'served', 'sheet']);
export type PaperForm = z.infer<typeof PaperForm>;

/** Rows under a head; widths are parts of the text's width, equal without them. */
export const Table = z.object({
  title: z.string().max(120).optional(),
  head: z.array(z.string().max(60)).min(1).max(16),
  rows: z.array(z.array(z.string().max(4_000)).max(16)).max(4_000),
  widths: z.array(z.number().positive()).max(16).optional(),
});
export type Table = z.infer<typeof Table>;

/** A piece of the body. A text's line breaks begin new paragraphs; its level (一、（一）1.（1）) is read off its beginning. */
export const Block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().max(20_000) }),
  z.object({ kind: z.literal('table'), table: Table }),
  /** Lines to sign on, each with what stands before it. */
  z.object({ kind: z.literal('signatures'), labels: z.array(z.string().max(40)).min(1).max(12) }),
]);
export type Block = z.infer<typeof Block>;

/** A paper as it is drawn: every word of it is here, so the same data give the same file. */
export const Paper = z.object({
  kind: PaperKind,
  form: PaperForm,
  /** 发文机关标志: what stands in red on top; only documents, letters and minutes have it. */
  head: z.string().max(60).optional(),
  number: PaperNumber.optional(),
  /** 签发人: only on what goes up to a higher body. */
  issuer: z.string().max(20).optional(),
  /** 紧急程度: 特急, 加急. */
  urgency: z.enum(['特急', '加急']).optional(),
  title: z.string().min(1).max(200),
  /** 主送: without the colon. */
  addressee: z.string().max(300).optional(),
  blocks: z.array(Block).max(200),
  /** 附件: names only, without numbers and full stops. */
  attachments: z.array(z.string().min(1).max(120)).max(20).default([]),
  /** 发文机关署名; minutes and sheets have none. */
  unit: z.string().max(60).optional(),
  /** 成文日期. */
  date: z.iso.date(),
  /** Whether a seal is put over the unit and the date: its place is left free. */
  sealed: z.boolean().default(true),
  /** 附注, without brackets. */
  note: z.string().max(200).optional(),
  /** 抄送. */
  copies: z.array(z.string().min(1).max(60)).max(40).default([]),
  /** 印发机关 and 印发日期. */
  printed: z.object({ unit: z.string().max(60), date: z.iso.date() }).optional(),
});
export type Paper = z.infer<typeof Paper>;

/** Values of a template's named fields. What is not known yet is left out: the form asks for it. */
export type FieldValues = Readonly<Record<string, string>>;

/** What a feature knows for a paper about one of its records. */
export interface PaperDraft {
  readonly fields: FieldValues;
  /** The unit (id) in whose name it goes out and whose number it takes. */
  readonly unit: string;
  /** Who signs it, where that is not the unit itself: the committee whose office the unit is. */
  readonly signer?: string;
  readonly addressee?: string;
  readonly issuer?: string;
  readonly urgency?: '特急' | '加急';
  readonly attachments?: readonly string[];
  readonly copies?: readonly string[];
  /** Put where the template says {表格}; without that at the end. */
  readonly tables?: readonly Table[];
  readonly signatures?: readonly string[];
  /** Whose affair the paper is: as the record's own. */
  readonly reach: Reach;
  /** Whose files are read by drawing it (households, or the records themselves), for the read audit. */
  readonly reads?: readonly string[];
}

/** A paper that no act of a record gives: numbered when it is issued. Named in `app/features.ts`. */
export interface PaperSource {
  /** The kind of thing it is about, and the only kind of paper it gives. */
  readonly subject: string;
  readonly kind: PaperKind;
  /** @returns undefined where there is no such thing, or the asker may not draw it */
  draft(desk: Desk, id: string): Promise<PaperDraft | undefined>;
}

/** Where a paper's affair lies, as it stood when it was issued. */
export interface PaperOf {
  readonly chain: readonly string[];
  readonly units: readonly string[];
  readonly matter?: string;
  readonly subject?: string;
  readonly record?: string;
  /** The event of the record whose paper it is. */
  readonly act?: number;
}

/** A file kept outside the ledger: the hash is that of its encrypted box. */
export interface Kept {
  readonly id: string;
  readonly hash: string;
}

/** What was drawn of a paper and is kept. */
export interface Drawing {
  readonly pages: number;
  /** PDF first, then docx. */
  readonly files: readonly Kept[];
  /** SHA-256 of the two files as they are handed out. */
  readonly hashes: { readonly pdf: string; readonly docx: string };
}

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Of = z.object({
  chain: z.array(z.uuid()),
  units: z.array(z.uuid()),
  matter: z.uuid().optional(),
  subject: z.string().max(20).optional(),
  record: z.string().max(120).optional(),
  act: z.int().min(1).optional(),
});
/** The paper of an act on its way to being kept. */
export interface GivenPaper {
  readonly paper: Paper & { readonly number: PaperNumber };
  readonly series: string;
  readonly unit: string;
  readonly of: PaperOf;
}
/** Both are given by the house itself: nobody sends a paper from outside. */
export const innerPaperCommands: readonly string[] = ['paper.issue', 'paper.keep'];
export const PaperCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paper.issue'), paper: Paper, unit: z.uuid(), of: Of }),
  z.object({
    kind: z.literal('paper.keep'),
    /** The paper of an act, which has its number already; absent for one that was issued here. The house puts it together. */
    given: z.custom<GivenPaper>((given) => typeof given === 'object' && given !== null).optional(),
    pages: z.int().min(1),
    files: z.array(z.object({ id: z.uuid(), hash: Hash })).length(2),
    hashes: z.object({ pdf: Hash, docx: Hash }),
  }),
  z.object({
    kind: z.literal('paper.void'),
    reason: z.string().trim().min(4, '写明为什么作废').max(300),
  }),
]);
export type PaperCommand = z.infer<typeof PaperCommand>;

export type PaperEvent =
  | ({
      kind: 'paper.issued';
      paperKind: PaperKind;
      number: PaperNumber;
      series: string;
      unit: string;
      dated: string;
      of: PaperOf;
      /** What stands on it names people. */
      personal?: { paper: Paper };
      // Papers of before: drawn before they were numbered, and told whether they name who asked for confidence.
      namesReporter?: boolean;
    } & Partial<Drawing>)
  | ({ kind: 'paper.drawn' } & Drawing)
  | { kind: 'paper.voided'; reason: string };

export type PaperState =
  | { readonly status: 'none' }
  | (Omit<Extract<PaperEvent, { kind: 'paper.issued' }>, 'kind' | 'personal' | keyof Drawing> & {
      readonly status: 'issued' | 'voided';
      readonly paper?: Paper;
      readonly drawing?: Drawing;
      readonly issuedAt: string;
      readonly issuedBy: string;
      readonly voided?: { readonly at: string; readonly by: string; readonly reason: string };
    });

export interface PaperFacts {
  /** issue: the number taken. */
  readonly taken: TakenNumber;
}

export const paperRefusals = {
  'paper.unknown': '没有找到这份文书。',
  'paper.no-draft': '没有这件事，或者它现在还不能出这种文书。',
  'paper.exists': '这份文书已经发出了。',
  'paper.gives-none': '这一步不出文书。',
  'paper.not-your-unit': '文书以单位的名义发出，请由本单位的人来出。',
  'paper.act-stands':
    '这份文书是办理的一步，不能单独作废。写错了的在那件事上“更正文书”，意见错了的由负责人“撤销处理意见”。',
  'paper.already-void': '这份文书已经作废了。',
  'paper.gone': '文件已按规定删除，只留下登记。',
} as const;
