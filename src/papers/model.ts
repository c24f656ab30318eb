import { z } from 'zod';
import type { Desk } from '../contract/route.ts';
import type { Reach } from '../ledger/record.ts';

/**
 * Papers (公文、文书): what is served, sent and kept on paper, in the form of GB/T 9704-2012.
 * Rows L7 C20; mechanisms PET-04, 2:K9.
 *
 * A feature says what is on a paper ({@link PaperSource}: values for the template's fields, tables, whose affair it is);
 * this feature draws it: preview, docx, PDF, print. How a paper reads stands in the policy document `papers`.
 */
export const PaperKind = z.enum([
  'accepted',
  'not-accepted',
  'forward',
  'assign',
  'extension',
  'opinion',
  'review',
  're-review',
  'supervision',
  'mediation',
  'minutes',
  'ledger',
]);
export type PaperKind = z.infer<typeof PaperKind>;
export const paperNames: Record<PaperKind, string> = {
  accepted: '受理告知书',
  'not-accepted': '不予受理告知书',
  forward: '转送函',
  assign: '交办函',
  extension: '延期告知书',
  opinion: '处理意见书',
  review: '复查意见书',
  're-review': '复核意见书',
  supervision: '督办单',
  mediation: '调解协议书',
  minutes: '会议纪要',
  ledger: '民情台账',
};

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

/** 文号: the unit's word, the year in 〔〕 and a running number without leading noughts. */
export const PaperNumber = z.object({
  word: z.string().min(1).max(20),
  year: z.int().min(2000).max(2999),
  serial: z.int().min(1),
});
export type PaperNumber = z.infer<typeof PaperNumber>;
export const sayPaperNumber = ({ word, year, serial }: PaperNumber): string => `${word}〔${year}〕${serial}号`;

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
  /** The matter it belongs to, so that it stands in its file. */
  readonly matter?: string;
  /** It says who asked that the handling unit not learn of them: opened only by who may know. */
  readonly namesReporter: boolean;
  /** Whose files are read by drawing it (households, or the records themselves), for the read audit. */
  readonly reads?: readonly string[];
}

/** A feature's papers: which it can give, and what it knows for one. Named in `app/features.ts`. */
export interface PaperSource {
  /** The kind of record: matter, review, order, dispute, meeting. */
  readonly subject: string;
  readonly kinds: readonly PaperKind[];
  /**
   * @param id of the record
   * @returns undefined where there is no such record, it does not stand so that this paper could be given, or the asker may
   * not draw it
   */
  draft(desk: Desk, id: string, kind: PaperKind): Promise<PaperDraft | undefined>;
  /** Which of its kinds fit the record as it stands, the likeliest first; empty for who may draw none. */
  fitting(desk: Desk, id: string): Promise<readonly PaperKind[]>;
}

/** Where a paper's affair lies, as it stood when it was issued. */
export interface PaperOf {
  readonly chain: readonly string[];
  readonly units: readonly string[];
  readonly matter?: string;
  readonly subject?: string;
  readonly record?: string;
}

/** A file kept outside the ledger: the hash is that of its encrypted box. */
export interface Kept {
  readonly id: string;
  readonly hash: string;
}

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
export const PaperCommand = z.discriminatedUnion('kind', [
  /** Given by the house itself once the files are drawn: nobody sends a paper from outside. */
  z.object({
    kind: z.literal('paper.issue'),
    paper: Paper.extend({ number: PaperNumber }),
    unit: z.uuid(),
    series: z.string().max(20),
    namesReporter: z.boolean(),
    of: z.object({
      chain: z.array(z.uuid()),
      units: z.array(z.uuid()),
      matter: z.uuid().optional(),
      subject: z.string().max(20).optional(),
      record: z.string().max(120).optional(),
    }),
    pages: z.int().min(1),
    /** PDF first, then docx. */
    files: z.array(z.object({ id: z.uuid(), hash: Hash })).length(2),
    /** SHA-256 of the two files as they are handed out. */
    hashes: z.object({ pdf: Hash, docx: Hash }),
  }),
  z.object({
    kind: z.literal('paper.void'),
    reason: z.string().trim().min(4, '写明为什么作废').max(300),
  }),
]);
export type PaperCommand = z.infer<typeof PaperCommand>;

export type PaperEvent =
  | {
      kind: 'paper.issued';
      paperKind: PaperKind;
      number: PaperNumber;
      series: string;
      unit: string;
      dated: string;
      namesReporter: boolean;
      of: PaperOf;
      pages: number;
      files: readonly Kept[];
      hashes: { pdf: string; docx: string };
      /** What stands on it names people. */
      personal?: { paper: Paper };
    }
  | { kind: 'paper.voided'; reason: string };

export type PaperState =
  | { readonly status: 'none' }
  | (Omit<Extract<PaperEvent, { kind: 'paper.issued' }>, 'kind' | 'personal'> & {
      readonly status: 'issued' | 'voided';
      readonly paper?: Paper;
      readonly issuedAt: string;
      readonly issuedBy: string;
      readonly voided?: { readonly at: string; readonly by: string; readonly reason: string };
    });

export interface PaperFacts {
  /** The number that comes next in its series; undefined when the unit is not there or closed. */
  readonly next: number | undefined;
  readonly year: number;
}

export const paperRefusals = {
  'paper.unknown': '没有找到这份文书。',
  'paper.no-draft': '没有这件事，或者它现在还不能出这种文书。',
  'paper.exists': '这份文书已经发出了。',
  'paper.number-taken': '文号刚被别人用了，请再发一次。',
  'paper.not-your-unit': '文书以单位的名义发出，请由本单位的人来出。',
  'paper.open-fields': '还有空着没填的地方，请补上再发出。',
  'paper.date': '成文日期不能晚于今天。',
  'paper.already-void': '这份文书已经作废了。',
  'paper.gone': '文件已按规定删除，只留下登记。',
} as const;
