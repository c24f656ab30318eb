import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import type { IssuedPaper, Paper, PaperKind, TakenNumber } from '../register/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Instructions from leaders and higher levels and supervision orders (批示、交办、督办), each followed to its end, which
 * its giver judges; and the monthly check of them all (一月一查一通报).
 * Rows C15 I2; mechanisms PET-09 (source, instruction, due, reply; completion by source), SUP-01 (instruction, item, unit,
 * status, overdue; a bulletin each month), CHN-02 (how many letters the leaders read and instructed).
 */
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);
export const Month = z.string().regex(/^2\d{3}-(0[1-9]|1[0-2])$/, '月份写成 2026-11 这样');

export const OrderForm = z.enum(['instruction', 'assignment', 'supervision']);
export type OrderForm = z.infer<typeof OrderForm>;
export const formNames: Record<OrderForm, string> = { instruction: '批示', assignment: '交办', supervision: '督办' };

/** What an order is on paper: an assignment goes out as a letter, the others as a supervision order. */
export const paperOfForm = (form: OrderForm): PaperKind => (form === 'assignment' ? 'assignment' : 'supervision');

/** What an inspector found in a month. */
export const Finding = z.enum(['on-track', 'slow', 'stalled']);
export type Finding = z.infer<typeof Finding>;
export const findingNames: Record<Finding, string> = { 'on-track': '正常推进', slow: '进度慢', stalled: '没有进展' };

export const orderStatusNames = {
  open: '在办',
  reported: '已报结果，等认定',
  done: '办结',
  withdrawn: '撤回',
} as const;

export const OrderCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('order.issue'),
    form: OrderForm,
    /** Where it comes from, by the county's list of sources. */
    source: z.string().max(40),
    /** Who gave it, as the paper says. */
    from: Words(2, 60),
    /** The giver, where they work here: they judge whether it is done. Else whoever wrote it down does, by their word. */
    giver: z.uuid().optional(),
    text: Words(4, 2_000),
    unit: z.uuid(),
    person: z.uuid().optional(),
    due: Day,
    matter: z.uuid().optional(),
    /** The number on the paper it came on. */
    reference: z.string().trim().max(60).optional(),
  }),
  z.object({ kind: z.literal('order.take-up'), person: z.uuid() }),
  z.object({ kind: z.literal('order.feed-back'), words: Words(4, 3_000), final: z.boolean() }),
  z.object({ kind: z.literal('order.remind'), words: Words(2, 500) }),
  z.object({
    kind: z.literal('order.judge'),
    done: z.boolean(),
    words: Words(1, 1_000),
    /** Not done: until when it is to be done now. */
    due: Day.optional(),
  }),
  z.object({ kind: z.literal('order.change-due'), due: Day, reason: Words(4, 500) }),
  z.object({ kind: z.literal('order.withdraw'), reason: Words(4, 500) }),
  z.object({ kind: z.literal('order.check'), month: Month, finding: Finding, words: Words(2, 500) }),
]);
export type OrderCommand = z.infer<typeof OrderCommand>;

interface Said {
  words: string;
}

export type OrderEvent =
  | {
      kind: 'order.issued';
      number: string;
      form: OrderForm;
      source: string;
      sourceName: string;
      from: string;
      giver?: string;
      unit: string;
      person?: string;
      due: string;
      matter?: string;
      matterNumber?: string;
      reference?: string;
      chain: readonly string[];
      /** What it is on paper, with the order's own number; none of orders of before. */
      paper?: IssuedPaper;
      personal?: Said;
    }
  | { kind: 'order.taken-up'; person: string }
  | { kind: 'order.fed-back'; final: boolean; personal?: Said }
  | { kind: 'order.reminded'; personal?: Said }
  | { kind: 'order.judged'; done: boolean; onTime: boolean; due?: string; personal?: Said }
  | { kind: 'order.due-changed'; from: string; due: string; reason: string }
  | { kind: 'order.withdrawn'; reason: string }
  | { kind: 'order.checked'; month: string; finding: Finding; words: string };

export interface Order {
  readonly status: 'open' | 'reported' | 'done' | 'withdrawn';
  readonly number: string;
  readonly form: OrderForm;
  readonly source: string;
  readonly sourceName: string;
  readonly from: string;
  readonly giver: string | undefined;
  readonly issuedBy: string;
  readonly issuedAt: string;
  readonly unit: string;
  readonly person: string | undefined;
  readonly due: string;
  /** The first day set, from which on time is said. */
  readonly firstDue: string;
  readonly matter: string | undefined;
  readonly matterNumber: string | undefined;
  readonly reference: string | undefined;
  readonly chain: readonly string[];
  readonly text: string | undefined;
  readonly reportedAt: string | undefined;
  readonly doneAt: string | undefined;
  readonly onTime: boolean | undefined;
  readonly reminders: number;
  readonly sentBack: number;
  readonly checks: readonly { readonly month: string; readonly finding: Finding; readonly words: string }[];
  readonly papers: readonly Paper[];
}
export type OrderState = { readonly status: 'none' } | Order;

export interface OrderFacts {
  readonly actor: string;
  readonly at: string;
  readonly units: readonly string[];
  /** issue: the number taken, the unit that issues it, the source, the chain of the place it lies in, the matter's number. */
  readonly taken: TakenNumber;
  readonly issuer?: string;
  readonly source?: { readonly id: string; readonly name: string };
  readonly chain?: readonly string[];
  readonly unitKnown: boolean;
  readonly matterNumber?: string;
  readonly matterKnown: boolean;
  /** issue, take-up: whether the official named belongs to the unit. */
  readonly personOfUnit: boolean;
  /** issue: whether the giver named works here; judge and the like: whether the giver still does. */
  readonly giverAtWork: boolean;
}

export const BulletinCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bulletin.publish'), month: Month, words: Words(4, 3_000) }),
]);
export type BulletinCommand = z.infer<typeof BulletinCommand>;

/** One line of a bulletin: what was to be done, by whom, how far it is. No word of a resident. */
export interface BulletinItem {
  readonly order: string | null;
  readonly matter: string | null;
  readonly number: string;
  readonly what: string;
  readonly source: string;
  readonly unit: string;
  readonly due: string | null;
  readonly status: string;
  readonly late: boolean;
  readonly over: boolean;
  readonly finding: Finding | null;
  readonly words: string;
}
export interface SourceFigures {
  readonly source: string;
  readonly name: string;
  readonly given: number;
  readonly withdrawn: number;
  readonly done: number;
  readonly onTime: number;
  readonly open: number;
  readonly late: number;
}
export interface Bulletin {
  readonly month: string;
  readonly words: string;
  readonly items: readonly BulletinItem[];
  readonly sources: readonly SourceFigures[];
}
export type BulletinEvent = { kind: 'bulletin.published' } & Bulletin;
export type BulletinState =
  | { readonly status: 'none' }
  | ({ readonly status: 'published'; readonly at: string; readonly by: string } & Bulletin);
export interface BulletinFacts {
  readonly at: string;
  readonly own: boolean;
  readonly items: readonly BulletinItem[];
  readonly sources: readonly SourceFigures[];
}

export const orderRefusals = {
  'order.exists': '这一件已经下达了。',
  'order.unknown': '没有找到这一件。',
  'order.source-unknown': '没有这个来源，请从列出的里面选。',
  'order.unit-unknown': '没有这个单位，或者已经撤销，请重新选择。',
  'order.person-unknown': '这个人不在承办单位，请选本单位的人。',
  'order.giver-unknown': '没有找到这位领导，请重新选，或者只写姓名职务。',
  'order.matter-unknown': '没有找到这件事，请重新选。',
  'order.due-past': '要结果的日子要从今天起。',
  'order.own-unit': '不能替上级给自己单位下达、再自己认定。请由别的单位登记。',
  'order.not-giver': '办没办好由交办的人说了算，请他本人认定。',
  'order.not-unit': '这一件是别的单位承办的。',
  'order.over': '这一件已经了结。',
  'order.not-reported': '承办单位还没有报结果。',
  'order.due-missing': '没办好的，要写明现在要哪天前办好。',
  'order.checked-already': '这个月已经查过这一件了。',
  'order.month-coming': '这个月还没有到。',
  'bulletin.published': '这个月的通报已经发了。',
  'bulletin.month-coming': '这个月还没有到，不能发通报。',
  'bulletin.misplaced': '通报的地址不对，请从“一月一查”页面发。',
} as const;

export const OrdersPolicy = z.object({
  sources: z
    .array(
      z.object({
        id: z.string().regex(/^[a-z][a-z-]{0,39}$/, '编号只用小写字母和短横线'),
        name: z.string().trim().min(2).max(40),
        /** Usual days until a result is wanted. */
        days: z.int().min(1).max(180),
      }),
    )
    .min(1)
    .max(40),
  /** Reminded so many days before it is due. */
  remindDays: z.array(z.int().min(0).max(60)).max(10),
  /** Of matters, these are looked at each month: raised again so often, or late by so many days. */
  major: z.object({ reopenings: z.int().min(1).max(20), lateDays: z.int().min(1).max(365) }),
});
export type OrdersPolicy = z.infer<typeof OrdersPolicy>;

/** The source an instruction written on a matter comes from. */
export const LEADER_SOURCE = 'county-leader';

export const orderPolicies: readonly PolicyKind[] = [
  {
    name: 'orders',
    title: '批示、交办和督办',
    schema: OrdersPolicy,
    standard: {
      source:
        '国家、省、州交办案件和主要领导批示件分来源统计办结率；上级和县级领导批示件、重要信访事项一月一查一通报。天数和“重要”的界线为初始设置，由县里确认或修改',
      document: {
        sources: [
          { id: 'nation', name: '国家交办', days: 60 },
          { id: 'province', name: '省交办', days: 45 },
          { id: 'prefecture', name: '州（市）交办', days: 30 },
          { id: 'prefecture-leader', name: '州（市）领导批示', days: 30 },
          { id: 'county-first', name: '县主要领导批示', days: 15 },
          { id: LEADER_SOURCE, name: '县乡领导批示', days: 15 },
          { id: 'inspectorate', name: '督查室督办', days: 10 },
        ],
        remindDays: [5, 2, 0],
        major: { reopenings: 2, lateDays: 15 },
      } satisfies OrdersPolicy,
    },
  },
];
