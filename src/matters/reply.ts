import { wordsOf } from './text.ts';

/**
 * Four simple signs of an answer that is one (row C10; LED-11: every person a reply that is one). It speaks of what was
 * asked; it says what was done or will be done, and by when or whom to ask; it gives a reason where something is not
 * done; it is written in words a villager uses.
 */
export type SignKey = 'answered' | 'complete' | 'reasoned' | 'plain';

/** One sign: whether it is there, and what in the answer (or missing from it) says so. */
export interface ReplySign {
  readonly key: SignKey;
  readonly holds: boolean;
  /** The words of the answer, or of the question where the answer has none of them, that were looked at. */
  readonly seen: readonly string[];
}

/** What is looked at in an answer before it goes to the resident. */
export interface ReplyMarks extends Readonly<Record<SignKey, boolean>> {
  readonly signs: readonly ReplySign[];
  /** What to mend, in sentences; empty when nothing is. */
  readonly advice: readonly string[];
}

/** Words that fill an answer without saying anything. */
const EMPTY_PHRASES = [
  '高度重视',
  '正在积极',
  '进一步',
  '切实',
  '感谢您对我们工作的',
  '予以支持和理解',
  '按照相关规定',
  '相关部门',
  '积极协调',
  '加大力度',
  '依法依规处理',
];
const DONE = /已|完成|办好|修好|换|清|装|补|发放|到账|通(水|电|车|气)|退|整改|查处|罚|停工|恢复|拆|铺|建成|解决/;
const WILL = /将|计划|预计|下(周|月|个月|半年)|明年|月底|年底|\d+\s*(月|日|天|个工作日)|之前|以内/;
const NOT = /不能|不予|无法|暂时|未能|不符合|不属于|没有办法|办不了|不允许/;
const REASON = /因为|由于|因|所以|根据|依据|规定|条例|办法|原因|属于|需要先|要等|经核实|经查|经调查/;

/** How much of a question is looked through for the words an answer shares with it. */
const QUESTION = 600;

/**
 * Marks an answer by simple signs, each with what was seen. It advises the writer before sending; it decides nothing
 * and scores nobody.
 * @param asked the matter's subject and body
 */
export function markReply(asked: string, answer: string): ReplyMarks {
  const question = wordsOf(asked);
  const said = new Set(wordsOf(answer));
  // A short question has few words to meet; a long one is met by naming its thing twice.
  const answered =
    question.filter((word) => said.has(word)).length >= Math.min(2, Math.ceil(new Set(question).size / 10));
  const refusing = NOT.exec(answer)?.[0];
  const reason = REASON.exec(answer)?.[0];
  const result = [DONE.exec(answer)?.[0], WILL.exec(answer)?.[0], refusing].filter((word) => word !== undefined);
  const empty = EMPTY_PHRASES.filter((phrase) => answer.includes(phrase));
  const shared = sharedRuns(asked.slice(0, QUESTION), answer);
  const signs: ReplySign[] = [
    { key: 'answered', holds: answered, seen: answered ? shared : [] },
    { key: 'complete', holds: answer.trim().length >= 15 && result.length > 0, seen: result },
    {
      key: 'reasoned',
      holds: refusing === undefined || reason !== undefined,
      seen: refusing === undefined ? [] : reason === undefined ? [refusing] : [refusing, reason],
    },
    { key: 'plain', holds: empty.length < 2, seen: empty },
  ];
  const marks = Object.fromEntries(signs.map(({ key, holds }) => [key, holds])) as Record<SignKey, boolean>;
  return { ...marks, signs, advice: signs.filter(({ holds }) => !holds).map(mendingOf) };
}

function mendingOf({ key, seen }: ReplySign): string {
  switch (key) {
    case 'answered':
      return '好像没说到群众问的那件事，请对着问题回答。';
    case 'complete':
      return '没说清楚办了什么、什么时候办好，请写明结果或日期。';
    case 'reasoned':
      return '说了办不了，没说为什么，请写明原因或依据。';
    case 'plain':
      return `“${seen.join('”“')}”这类话群众听不出意思，请换成实在话。`;
  }
}

/** The longest pieces of Chinese that stand in both texts, at most two, none inside the other. */
function sharedRuns(asked: string, answer: string): string[] {
  const found: string[] = [];
  for (const [run] of asked.matchAll(/\p{Script=Han}+/gu)) {
    for (let from = 0; from < run.length - 1; from++) {
      let to = from + 2;
      if (!answer.includes(run.slice(from, to))) continue;
      while (to < run.length && answer.includes(run.slice(from, to + 1))) to += 1;
      found.push(run.slice(from, to));
      from = to - 1;
    }
  }
  const longest = found.toSorted((a, b) => b.length - a.length);
  return longest.filter((one, i) => !longest.slice(0, i).some((other) => other.includes(one))).slice(0, 2);
}
