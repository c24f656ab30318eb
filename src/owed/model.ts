import type { Day, Instant } from '../calendar/model.ts';
import type { Row } from '../ledger/record.ts';

/**
 * What is owed today (rows C15 I2 C10 C5 K1 E1 C13 D3): one read table, which every record type with something to be done
 * until a day writes in its own `rows`, as evidence is. The first page reads it, and reminders are planned from the same
 * list, so that what is shown and what is called to mind cannot differ. Matters have a list of their own.
 */
export const owedKinds = [
  'instruction',
  'assignment',
  'supervision',
  'judge',
  'task',
  'minutes',
  'dispute',
  'take',
  'mediation',
  'term',
  'review',
  'serve',
  'adopt',
  'hard-case',
  'own-act',
  'hotspot',
  'suggestion',
  'follow',
  'promise',
  'sweep',
  'sweep-day',
  'pair-measure',
  'pair-consent',
  'pair-review',
  'measure',
  'tell-back',
  'outreach',
] as const;
export type OwedKind = (typeof owedKinds)[number];
export const owedNames: Readonly<Record<OwedKind, string>> = {
  instruction: '批示，报结果',
  assignment: '交办，报结果',
  supervision: '督办，报结果',
  judge: '已报结果，等我认定',
  task: '会上定的',
  minutes: '开会，写纪要',
  dispute: '纠纷，到日子化解',
  take: '请我们接手，答复接不接',
  mediation: '调解，到日子调完',
  term: '协议，看履行了没有',
  review: '复查复核，出意见书',
  serve: '意见书，送到本人手里',
  adopt: '请我包的案，答复包不包',
  'hard-case': '包的案，到日子办结',
  'own-act': '包的案，亲自去做一次',
  hotspot: '热点，一起整改',
  suggestion: '建议，答复',
  follow: '采纳的建议，说办得怎样',
  promise: '答应群众的，到日子兑现',
  sweep: '矛盾排查，报结果',
  'sweep-day': '每天的排查，报结果',
  'pair-measure': '结对帮扶的措施，到日子做完',
  'pair-consent': '结对的同意快到期，问愿不愿意续',
  'pair-review': '结对帮扶，到日子看一看',
  measure: '调研提的措施，答复办得怎样',
  'tell-back': '单位答复了，告诉问的人',
  outreach: '下访，去了写结果',
};

/** What is between one person and a household or a day of theirs: nobody above is called to mind of it one by one. */
export const ownKinds: readonly OwedKind[] = ['promise', 'pair-measure', 'pair-consent', 'tell-back', 'outreach'];
/** Of these, what is on a page of its own for who leads the unit and would bury everything else on the first. */
export const quietKinds: readonly OwedKind[] = ['pair-measure', 'pair-consent'];

export interface Owed {
  /** Which of the record's debts, the same however often it is worked out. */
  readonly run: string;
  readonly kind: OwedKind;
  readonly unit?: string | undefined;
  readonly official?: string | undefined;
  readonly due?: Day | undefined;
  /** Since when: nothing is called to mind before. */
  readonly since: Instant;
  readonly number?: string | undefined;
  readonly title?: string | undefined;
  readonly matter?: string | undefined;
}

/** The read table every record type with debts names among its `tables`. */
export const owedTable = { name: 'owed', key: ['county', 'stream', 'place'] } as const;

/** Rows for it, made in the record's own `rows`: `owed: owedRows(county, 'order', stream, [...])`. */
export const owedRows = (county: number, record: string, stream: string, owed: readonly Owed[]): Row[] =>
  owed.map(({ kind, unit, official, due, number, title, matter }, place) => ({
    county,
    stream,
    place,
    record,
    kind,
    unit: unit ?? null,
    official: official ?? null,
    due: due ?? null,
    number: number ?? null,
    title: title ?? null,
    matter: matter ?? null,
  }));
