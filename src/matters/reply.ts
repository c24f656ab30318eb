import { wordsOf } from './text.ts';

/** What is looked at in an answer before it goes to the resident (row C10; LED-11: every person a reply that is one). */
export interface ReplyMarks {
  /** It speaks of what was asked. */
  readonly answered: boolean;
  /** It says what was done or will be done, and by when or whom to ask. */
  readonly complete: boolean;
  /** It gives a reason where something is not done. */
  readonly reasoned: boolean;
  /** It is written in words a villager uses. */
  readonly plain: boolean;
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

/**
 * Marks an answer by simple signs, each explained. It advises the writer before sending; it decides nothing and
 * scores nobody.
 * @param asked the matter's subject and body
 */
export function markReply(asked: string, answer: string): ReplyMarks {
  const question = new Set(wordsOf(asked));
  const shared = wordsOf(answer).filter((word) => question.has(word));
  // A short question has few words to meet; a long one is met by naming its thing twice.
  const answered = shared.length >= Math.min(2, Math.ceil(question.size / 10));
  const refuses = NOT.test(answer);
  const complete = answer.trim().length >= 15 && (DONE.test(answer) || WILL.test(answer) || refuses);
  const reasoned = !refuses || REASON.test(answer);
  const empty = EMPTY_PHRASES.filter((phrase) => answer.includes(phrase));
  const plain = empty.length < 2;
  return {
    answered,
    complete,
    reasoned,
    plain,
    advice: [
      ...(answered ? [] : ['好像没说到群众问的那件事，请对着问题回答。']),
      ...(complete ? [] : ['没说清楚办了什么、什么时候办好，请写明结果或日期。']),
      ...(reasoned ? [] : ['说了办不了，没说为什么，请写明原因或依据。']),
      ...(plain ? [] : [`“${empty.join('”“')}”这类话群众听不出意思，请换成实在话。`]),
    ],
  };
}
