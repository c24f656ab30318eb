import { type Mark, bitOf, marks } from '../matters/counted.ts';
import { t } from './english.ts';
import type { StatisticsPolicy } from './model.ts';

/*
 * What is counted, each measure in one place: its name, how it is worked out, and the test of what it counts and of what
 * it is a share of. Figures are added up and their records listed by the same test, so that the two cannot differ.
 */

/** What is asked of a matter beside its own marks, when somebody looks. */
const asked = ['overdue', 'pleased', 'reform', 'village', 'township'] as const;
export type Flag = Mark | (typeof asked)[number];

/** The bit of a mark, or of what is asked when somebody looks: those stand above the marks. */
export const flag = (name: Flag): number => {
  const place = asked.findIndex((one) => one === name);
  return place === -1 ? bitOf(name as Mark) : 1 << (marks.length + place);
};
const bits = (flags: readonly Flag[]): number => flags.reduce((sum, name) => sum | flag(name), 0);

/** Which matters: those with all of these, at least one of each of those, and none of the others. */
export interface Test {
  readonly all?: readonly Flag[];
  readonly any?: readonly (readonly Flag[])[];
  readonly none?: readonly Flag[];
}

/** A test as bits: `flags & all = all`, each `flags & any <> 0`, `flags & none = 0`. */
export const masks = ({ all = [], any = [], none = [] }: Test) => ({
  all: bits(all),
  any: any.map(bits),
  none: bits(none),
});
export type Masks = ReturnType<typeof masks>;

export const meets = (flags: number, { all, any, none }: Masks): boolean =>
  (flags & all) === all && (flags & none) === 0 && any.every((one) => (flags & one) !== 0);

/** What is added up instead of matters. */
export type Sum = 'persons' | 'returns' | 'reopenings' | 'repeats';

export const sections = ['came', 'handled', 'level', 'four', 'again', 'review', 'pleased'] as const;
export type Section = (typeof sections)[number];

export interface Measure {
  readonly id: string;
  readonly section: Section;
  readonly name: string;
  /** How it is worked out, in a sentence. */
  readonly says: string;
  readonly value: Test;
  readonly sum?: Sum;
  /** What it is a share of, and how those are called. */
  readonly of?: Test;
  readonly ofName?: string;
}

const everything: Test = {};
const done: Test = { any: [['resolved', 'closed']] };
const judged: Test = { any: [['solvable', 'deferred', 'not-permitted', 'unfounded']] };
const closed: Test = { all: ['closed'] };

/** All measures that are counts or sums, in the order they are read. */
export function measuresOf(policy: StatisticsPolicy): readonly Measure[] {
  const registered = { of: everything, ofName: t('登记') };
  const ofDone = { of: done, ofName: t('有结果') };
  const ofJudged = { of: judged, ofName: t('定了处置') };
  const ofClosed = { of: closed, ofName: t('已销号') };
  return [
    {
      id: 'batches',
      section: 'came',
      name: t('批次（件次）'),
      says: t('所选日子里登记的诉求，一件算一批；几个人联名提的一件也是一批。'),
      value: everything,
    },
    {
      id: 'persons',
      section: 'came',
      name: t('人次'),
      says: t('同样这些诉求的人数之和：联名的按登记的人数，其余每件按一人。'),
      value: everything,
      sum: 'persons',
    },
    {
      id: 'joint',
      section: 'came',
      name: t('联名的'),
      says: t('两个人以上一起提的，按件算。'),
      value: { all: ['joint'] },
      ...registered,
    },
    {
      id: 'first',
      section: 'came',
      name: t('初次来的'),
      says: t('登记时没有接着原来哪一件的。'),
      value: { none: ['goes-on'] },
      ...registered,
    },
    {
      id: 'goes-on',
      section: 'came',
      name: t('接着原来那件又来的'),
      says: t('登记时写明接着原来哪一件、有新的事实或理由的。'),
      value: { all: ['goes-on'] },
      ...registered,
    },
    {
      id: 'repeated',
      section: 'came',
      name: t('办理中又来催过的'),
      says: t('还没办完群众又来反映的件数。是办理的记号，不是人的记号；不另算一批。'),
      value: { all: ['repeated'] },
      ...registered,
    },
    {
      id: 'repeats',
      section: 'came',
      name: t('又来催的次数'),
      says: t('这些诉求一共被催了多少次。'),
      value: { all: ['repeated'] },
      sum: 'repeats',
    },
    {
      id: 'answered',
      section: 'handled',
      name: t('有答复的'),
      says: t('已经给过第一次答复的。'),
      value: { all: ['answered'] },
      ...registered,
    },
    {
      id: 'resolved',
      section: 'handled',
      name: t('有结果的'),
      says: t('已经办结或销号、现在仍然算数的；重办的不算。'),
      value: done,
      ...registered,
    },
    {
      id: 'in-time',
      section: 'handled',
      name: t('按期办结'),
      says: t(
        '办结时没有超过当时那一段的时限（暂停、延期已算）；分母是按期的、超期办结的，加上现在已经超期还没办结的。',
      ),
      value: { all: ['in-time'] },
      of: { any: [['in-time', 'out-of-time', 'overdue']] },
      ofName: t('到了期的'),
    },
    {
      id: 'closed',
      section: 'handled',
      name: t('已销号'),
      says: t('群众自己或回访认可、或者依法终结的；重开的不算。'),
      value: closed,
      ...registered,
    },
    {
      id: 'by-resident',
      section: 'handled',
      name: t('群众自己认可'),
      says: t('销号的里面，群众自己说办好了的。'),
      value: { all: ['closed', 'by-resident'] },
      ...ofClosed,
    },
    {
      id: 'by-call-back',
      section: 'handled',
      name: t('回访认可'),
      says: t('销号的里面，没有经办过的人回访时群众说办好了的。'),
      value: { all: ['closed'], none: ['by-resident', 'lawful-end'] },
      ...ofClosed,
    },
    {
      id: 'level-village',
      section: 'level',
      name: t('村（社区）'),
      says: t('有结果的里面，由管一个村（社区）的单位办的，没有往上报。'),
      value: { any: [['resolved', 'closed']], all: ['village'], none: ['above'] },
      ...ofDone,
    },
    {
      id: 'level-township',
      section: 'level',
      name: t('乡镇'),
      says: t('有结果的里面，由管一个乡镇的单位办的，没有往上报。'),
      value: { any: [['resolved', 'closed']], all: ['township'], none: ['above'] },
      ...ofDone,
    },
    {
      id: 'level-county',
      section: 'level',
      name: t('县'),
      says: t('有结果的里面，由县直单位办的，没有往上报。'),
      value: { any: [['resolved', 'closed']], none: ['village', 'township', 'above'] },
      ...ofDone,
    },
    {
      id: 'level-above',
      section: 'level',
      name: t('往上报过'),
      says: t('有结果的里面，报给上一级或联席会议、没有退回来的。只是统计，往上报不是过错。'),
      value: { any: [['resolved', 'closed']], all: ['above'] },
      ...ofDone,
    },
    {
      id: 'four-reform',
      section: 'four',
      name: t('改革发展中的问题'),
      says: t('分了类的里面，类别属于改革发展问题的；哪些类别算，由“统计口径”定。'),
      value: { all: ['classified', 'reform'] },
      of: { all: ['classified'] },
      ofName: t('分了类'),
    },
    {
      id: 'four-founded',
      section: 'four',
      name: t('有道理或有实际困难'),
      says: t('定了处置的里面，没有定成“不属实”的。'),
      value: { any: [['solvable', 'deferred', 'not-permitted']] },
      ...ofJudged,
    },
    {
      id: 'four-solvable',
      section: 'four',
      name: t('经过努力能解决'),
      says: t('定了处置的里面，能解决的和暂时解决不了、有打算的。'),
      value: { any: [['solvable', 'deferred']] },
      ...ofJudged,
    },
    {
      id: 'four-grassroots',
      section: 'four',
      name: t('基层应该也能解决'),
      says: t('定了处置的里面，能解决或有打算、由基层单位办、没有往上报的；哪几级算基层，由“统计口径”定。'),
      value: { any: [['solvable', 'deferred'], policy.grassroots], none: ['above'] },
      ...ofJudged,
    },
    {
      id: 'returned',
      section: 'again',
      name: t('退过单的'),
      says: t('承办单位说不归自己管、退过一次以上的。'),
      value: { all: ['returned'] },
      ...registered,
    },
    {
      id: 'returned-again',
      section: 'again',
      name: t('退过两次以上的'),
      says: t('在单位之间来回推了的。'),
      value: { all: ['returned-again'] },
      ...registered,
    },
    {
      id: 'returns',
      section: 'again',
      name: t('退单次数'),
      says: t('这些诉求一共被退了多少次。'),
      value: { all: ['returned'] },
      sum: 'returns',
    },
    {
      id: 'reopened-once',
      section: 'again',
      name: t('重办一次的'),
      says: t('群众说没办好、复查改变了或销号后重开，回去重办过一次。'),
      value: { all: ['reopened'], none: ['reopened-twice'] },
      ...registered,
    },
    {
      id: 'reopened-twice',
      section: 'again',
      name: t('重办两次的'),
      says: t('回去重办过两次。'),
      value: { all: ['reopened-twice'], none: ['reopened-more'] },
      ...registered,
    },
    {
      id: 'reopened-more',
      section: 'again',
      name: t('重办三次以上的'),
      says: t('回去重办过三次或更多。'),
      value: { all: ['reopened-more'] },
      ...registered,
    },
    {
      id: 'reopenings',
      section: 'again',
      name: t('重办次数'),
      says: t('这些诉求一共回去重办了多少次。'),
      value: { all: ['reopened'] },
      sum: 'reopenings',
    },
    {
      id: 'review',
      section: 'review',
      name: t('请求过复查'),
      says: t('不服处理意见、请求过复查的。'),
      value: { all: ['review'] },
      ...registered,
    },
    {
      id: 're-review',
      section: 'review',
      name: t('请求过复核'),
      says: t('不服复查意见、又请求复核的；分母是请求过复查的。'),
      value: { all: ['re-review'] },
      of: { any: [['review', 're-review']] },
      ofName: t('请求过复查'),
    },
    {
      id: 'refused',
      section: 'review',
      name: t('不予受理'),
      says: t('走信访程序、书面告知不予受理而且没有被改过来的。'),
      value: { all: ['refused'] },
      ...registered,
    },
    {
      id: 'lawful-end',
      section: 'review',
      name: t('依法终结'),
      says: t('复核意见维持、程序依法走完的；有新的事实或理由可以再提。'),
      value: { all: ['closed', 'lawful-end'] },
      ...ofClosed,
    },
    {
      id: 'not-permitted',
      section: 'review',
      name: t('政策不允许'),
      says: t('定了处置的里面，定成“政策不允许”的。'),
      value: { all: ['not-permitted'] },
      ...ofJudged,
    },
    {
      id: 'unfounded',
      section: 'review',
      name: t('情况不属实'),
      says: t('定了处置的里面，定成“反映的情况不属实”的。'),
      value: { all: ['unfounded'] },
      ...ofJudged,
    },
    {
      id: 'scored',
      section: 'pleased',
      name: t('评了分的'),
      says: t('群众自己评了 1 至 5 分的；分母是已销号的。'),
      value: { all: ['scored', 'closed'] },
      ...ofClosed,
    },
    {
      id: 'pleased',
      section: 'pleased',
      name: t('满意'),
      says: t(
        '评 {pleased} 分以上的占评了分的。不足 {smallest} 人评分时不公布，分开看时也不让人从合计里减出来；谁打了几分不列。',
        { pleased: policy.pleased, smallest: policy.smallest },
      ),
      value: { all: ['scored', 'closed', 'pleased'] },
      of: { all: ['scored', 'closed'] },
      ofName: t('评了分'),
    },
  ];
}

/** How long it took. */
export const timings = ['answered', 'resolved', 'closed'] as const;
export type Timing = (typeof timings)[number];
export const timingTest: Readonly<Record<Timing, Test>> = {
  answered: { all: ['answered'] },
  resolved: { all: ['resolved'] },
  closed: { all: ['closed'] },
};

/** What of stock and flow is told, in the order of the sum. */
export const flows = ['opening', 'registered', 'reopened', 'unmerged', 'closed', 'merged', 'closing'] as const;
export type FlowPart = (typeof flows)[number];
