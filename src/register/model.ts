import { z } from 'zod';
import { addDays, dayOf } from '../calendar/days.ts';
import type { ClockRule, ClockRun } from '../calendar/model.ts';
import type { Stamp } from '../ledger/decider.ts';

/**
 * Documents that have to reach somebody in writing, and the proof that they did (row C5; PET-02 送达).
 * One that is drawn up is not yet served: a limit that runs from receipt starts only with the proof.
 */

export const PaperKind = z.enum([
  'acceptance',
  'refusal',
  'forwarding',
  'assignment',
  'extension',
  'opinion',
  'review',
  're-review',
  'supervision',
  'mediation',
  'minutes',
  'ledger',
  'correction',
  'revocation',
]);
export type PaperKind = z.infer<typeof PaperKind>;
export const paperNames: Record<PaperKind, string> = {
  acceptance: '受理告知书',
  refusal: '不予受理告知书',
  forwarding: '转送函',
  assignment: '交办函',
  extension: '延期告知书',
  opinion: '处理意见书',
  review: '复查意见书',
  're-review': '复核意见书',
  supervision: '督办单',
  mediation: '调解协议书',
  minutes: '会议纪要',
  ledger: '民情台账',
  correction: '更正通知书',
  revocation: '撤销通知书',
};

/** 文号: the unit's word, the year in 〔〕 and a running number without leading noughts. */
export const PaperNumber = z.object({
  word: z.string().min(1).max(20),
  year: z.int().min(2000).max(2999),
  serial: z.int().min(1),
});
export type PaperNumber = z.infer<typeof PaperNumber>;
export const sayPaperNumber = ({ word, year, serial }: PaperNumber): string => `${word}〔${year}〕${serial}号`;

/** A number as it was written, taken apart; undefined where it is none. */
export function readPaperNumber(number: string): PaperNumber | undefined {
  const parts = /^(.{1,20})〔(\d{4})〕(\d+) ?号$/.exec(number);
  return parts === null ? undefined : { word: parts[1]!, year: Number(parts[2]), serial: Number(parts[3]) };
}

/** A number's place: counted from 1 without gaps for each unit, series and year. */
export interface PaperPlace {
  readonly series: string;
  readonly year: number;
  readonly serial: number;
}
/** A number that was taken for a paper, as an act records it. */
export interface TakenNumber {
  readonly number: string;
  readonly place: PaperPlace;
}
/** While it is only asked whether an act may be done. */
export const NO_NUMBER: TakenNumber = { number: '', place: { series: '', year: 0, serial: 0 } };

/** What an event says of a document it draws up; words of or about a person stand in the event's personal part. */
export interface IssuedPaper {
  readonly kind: PaperKind;
  /** 文号, e.g. 清信受〔2026〕12 号. */
  readonly number: string;
  /** Its place among the numbers of its unit; papers of before there was one count by the county. */
  readonly place?: PaperPlace;
  /** The day it bears, in Shanghai. */
  readonly on: string;
  /** The unit whose paper it is. */
  readonly unit: string;
  /** The unit it goes to; absent when it goes to whoever raised the matter. */
  readonly toUnit?: string;
  /** The document of the same record that it puts right, by its version. */
  readonly of?: number;
  /** Dates, days, grounds and names of offices, by name of the field; nothing personal. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Words of a document that are somebody's or about somebody, by name of the field. */
export type PaperText = Readonly<Record<string, string>>;

/** How it was brought to somebody. `posted` is on its way; `returned` came back; the others are proof. */
export const ServeWay = z.enum([
  'handed',
  'household',
  'left',
  'posted',
  'delivered',
  'returned',
  'electronic',
  'announced',
]);
export type ServeWay = z.infer<typeof ServeWay>;
export const wayNames: Record<ServeWay | 'portal' | 'acknowledged', string> = {
  handed: '当面送达，本人签收',
  household: '同住的成年家属签收',
  left: '本人拒收，留置送达',
  posted: '邮寄出去了',
  delivered: '邮件已妥投',
  returned: '邮件退回来了',
  electronic: '电子送达（本人同意）',
  announced: '公告送达',
  portal: '本人在网上收下',
  acknowledged: '单位签收',
};

/** The fields of a service, for a command of any record that serves documents. */
export const Serving = z.object({
  /** The document: the version of the event that drew it up. */
  paper: z.int().min(1),
  way: ServeWay,
  /** The day it was handed over, left, posted, delivered, came back, arrived or was put up. */
  on: z.iso.date('日期写成 2026-11-17 这样'),
  /** Who signed for it. */
  receiver: z.string().trim().max(60).optional(),
  /** Of the postal item. */
  tracking: z.string().trim().max(60).optional(),
  /** Who saw that it was left. */
  witness: z.string().trim().max(100).optional(),
  /** Where it was put up or sent to, why it came back. */
  note: z.string().trim().max(300).optional(),
});
export type Serving = z.infer<typeof Serving>;

/** One try at bringing it, as the event tells it. */
export interface Served {
  readonly paper: number;
  readonly way: ServeWay | 'portal' | 'acknowledged';
  readonly on: string;
  readonly tracking?: string;
  readonly note?: string;
  /** The day on which it counts as received; absent while it is under way or when it came back. */
  readonly receivedOn?: string;
}
export interface ServedWords {
  readonly receiver?: string;
  readonly witness?: string;
}

/** A document as the record holds it. */
export interface Paper extends IssuedPaper {
  /** The version of the event that drew it up: its name within the record. */
  readonly version: number;
  readonly text: PaperText;
  readonly tries: readonly (Served & ServedWords & { readonly by: string; readonly at: string })[];
  readonly receivedOn?: string;
  /** It was put right: by which later document or act, and how. It stays what it was, under its number. */
  readonly righted?: Righted;
  /** Whose act drew it up, and when. */
  readonly by: string;
  readonly at: string;
}

/** How a wrong document is put right: what stands on it is mended, it is taken back, or the desk decided otherwise. */
export const rightedNames = { corrected: '已更正', revoked: '已撤销', overruled: '已改定' } as const;
export interface Righted {
  readonly how: keyof typeof rightedNames;
  /** The version of the event that did it. */
  readonly by: number;
  readonly on: string;
}
/** Whether a document still says what is so. */
export const stands = ({ righted }: Pick<Paper, 'righted'>): boolean =>
  righted === undefined || righted.how === 'corrected';

/** The documents after one of them was put right. */
export const putRight = (papers: readonly Paper[], version: number, righted: Righted): readonly Paper[] =>
  papers.map((paper) => (paper.version === version ? { ...paper, righted } : paper));

export const servedRefusals = {
  'served.revoked': '这份文书已经撤销，不用再送。',
  'served.unknown': '没有这份文书，请刷新再选。',
  'served.served': '这份文书已经有送达证明了。',
  'served.future': '送达的日子不能晚于今天。',
  'served.before': '送达的日子不能早于文书落款的日子。',
  'served.receiver-missing': '请写明是谁签收的。',
  'served.tracking-missing': '请写邮件号，退回和妥投都要凭它查。',
  'served.witness-missing': '拒收留置的，要写明见证人。',
  'served.note-missing': '请写明发到哪里、张贴在哪里，或者为什么退回。',
  'served.not-posted': '没有寄出的记录，先记下邮寄和邮件号。',
} as const;

/** What each way must say to be a proof. */
const asked: Partial<
  Record<ServeWay, readonly ['receiver' | 'tracking' | 'witness' | 'note', keyof typeof servedRefusals]>
> = {
  handed: ['receiver', 'served.receiver-missing'],
  household: ['receiver', 'served.receiver-missing'],
  left: ['witness', 'served.witness-missing'],
  posted: ['tracking', 'served.tracking-missing'],
  returned: ['note', 'served.note-missing'],
  electronic: ['note', 'served.note-missing'],
  announced: ['note', 'served.note-missing'],
};

/**
 * Judges one try at serving a document.
 * @param announceDays after so many days what was put up counts as received
 * @returns what is to be written down, or which refusal and field
 */
export function serve(
  papers: readonly Paper[],
  given: Serving,
  now: string,
  announceDays: number,
): { served: Served; personal: ServedWords } | { fault: keyof typeof servedRefusals; field: string } {
  const paper = papers.find((p) => p.version === given.paper);
  if (paper === undefined || paper.toUnit !== undefined) return { fault: 'served.unknown', field: 'paper' };
  if (paper.receivedOn !== undefined) return { fault: 'served.served', field: 'paper' };
  if (!stands(paper)) return { fault: 'served.revoked', field: 'paper' };
  if (given.on > dayOf(now)) return { fault: 'served.future', field: 'on' };
  if (given.on < paper.on) return { fault: 'served.before', field: 'on' };
  const need = asked[given.way];
  if (need !== undefined && (given[need[0]] ?? '') === '') return { fault: need[1], field: need[0] };
  const last = paper.tries.at(-1);
  if ((given.way === 'delivered' || given.way === 'returned') && last?.way !== 'posted')
    return { fault: 'served.not-posted', field: 'way' };
  const { receiver, witness, tracking, note } = given;
  return {
    served: {
      paper: given.paper,
      way: given.way,
      on: given.on,
      ...(tracking === undefined ? {} : { tracking }),
      ...(note === undefined ? {} : { note }),
      ...(given.way === 'posted' || given.way === 'returned'
        ? {}
        : { receivedOn: given.way === 'announced' ? addDays(given.on, announceDays) : given.on }),
    },
    personal: {
      ...(receiver === undefined || receiver === '' ? {} : { receiver }),
      ...(witness === undefined || witness === '' ? {} : { witness }),
    },
  };
}

/** A document newly drawn up. */
export const drawnUp = (issued: IssuedPaper, { version, actor, at }: Stamp, text: PaperText | undefined): Paper => ({
  ...issued,
  version,
  text: text ?? {},
  tries: [],
  by: actor,
  at,
});

/** The documents after one more try. */
export const afterService = (
  papers: readonly Paper[],
  served: Served,
  words: ServedWords | undefined,
  stamp: { actor: string; at: string },
): readonly Paper[] =>
  papers.map((paper) =>
    paper.version === served.paper
      ? {
          ...paper,
          tries: [...paper.tries, { ...served, ...words, by: stamp.actor, at: stamp.at }],
          ...(served.receivedOn === undefined ? {} : { receivedOn: served.receivedOn }),
        }
      : paper,
  );

/** Those that still have to reach the person. */
export const unserved = (papers: readonly Paper[]): readonly Paper[] =>
  papers.filter((p) => p.toUnit === undefined && p.receivedOn === undefined && stands(p));

/** A clock beside the one of the stage: something the person must still be told, and until when. */
export interface OwedClock {
  /** The document's version; 0 is where the matter went, which may be told by any means. */
  readonly paper: number;
  readonly clock: ClockRun;
}

/** A clock that has run: kept for good, whatever happens later. */
export interface PastClock {
  readonly clock: ClockRun;
  /** The kind of the event that ended it. */
  readonly endedBy: string;
}

/** Starts a rule's clock at an instant. */
export const startClock = (rule: ClockRule, at: string): ClockRun => ({
  rule,
  startedAt: at,
  suspensions: [],
  extensions: [],
});

/** Noon of a day in Shanghai: an instant that lies in it, for clocks that are counted in days. */
export const noonOf = (day: string): string => `${day}T04:00:00.000Z`;
