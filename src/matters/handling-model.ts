import { z } from 'zod';
import type { ClockRule } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';
import { day, sentence } from './shapes.ts';

/**
 * Acts of handling a matter among several: co-handlers with a part each (row C8, ORG-14), hand-over upward and across
 * (row C9, J3 PET-06), and coming back by itself or because a policy changed (row C7, J6 LED-06).
 * Decided in `sharing.ts`, `raising.ts` and `returning.ts`.
 */

/** Of a matter's parts; more hands than these answer to nobody. */
export const MOST_PARTS = 12;
const part = z.int().min(0).max(99);

export const PartState = z.enum(['asked', 'declined', 'answered', 'dropped', 'left']);
export type PartState = z.infer<typeof PartState>;
export const partNames: Record<PartState, string> = {
  asked: '等答复',
  declined: '说不归自己管，等裁定',
  answered: '已答复',
  dropped: '不用办了',
  left: '没有答复，主办单位先办结了',
};

/** Why the level that has it cannot settle it alone. */
export const RaiseGround = z.enum(['common', 'beyond', 'departments', 'county-line', 'prefecture-line', 'apart']);
export type RaiseGround = z.infer<typeof RaiseGround>;
export const groundNames: Record<RaiseGround, string> = {
  common: '共性问题，本级解决不了',
  beyond: '超出本级权限',
  departments: '跨部门、跨行业',
  'county-line': '跨县',
  'prefecture-line': '跨州（市）',
  apart: '人户分离、人事分离、人企分离',
};

export const RaiseState = z.enum(['asked', 'passed-on', 'decided', 'returned', 'over']);
export type RaiseState = z.infer<typeof RaiseState>;
export const raiseNames: Record<RaiseState, string> = {
  asked: '等上面的话',
  'passed-on': '又往上报了',
  decided: '上面已有意见',
  returned: '退回本级办',
  over: '事情已经办完',
};

export const handlingCommands = [
  z.object({
    kind: z.literal('matter.share'),
    unit: z.uuid(),
    /** What this unit is to do, in words the unit can be held to. */
    task: sentence(4, 500),
    due: day,
  }),
  z.object({ kind: z.literal('matter.answer-part'), part, text: sentence(10, 5_000) }),
  z.object({
    kind: z.literal('matter.decline-part'),
    part,
    reason: sentence(4, 1_000),
    betterUnit: z.uuid().optional(),
  }),
  z.object({ kind: z.literal('matter.decide-part'), part, unit: z.uuid(), ground: sentence(4, 1_000) }),
  z.object({ kind: z.literal('matter.ask-part-again'), part, reason: sentence(4, 500), due: day }),
  z.object({ kind: z.literal('matter.drop-part'), part, reason: sentence(4, 500) }),
  z.object({
    kind: z.literal('matter.raise'),
    rung: z.string().max(40),
    /** Which body, where the rung lies outside the county. */
    body: z.string().trim().max(80).optional(),
    /** Whose joint meeting, where the rung is one; without it the one that is for the matter's place. */
    unit: z.uuid().optional(),
    ground: RaiseGround,
    reason: sentence(4, 1_000),
    /** The day it is asked after. */
    askOn: day,
  }),
  z.object({
    kind: z.literal('matter.hear-above'),
    outcome: z.enum(['waiting', 'decided', 'returned']),
    words: sentence(4, 2_000),
    askOn: day.optional(),
  }),
  /** What a meeting decided on a matter that was handed to it; follows from its minutes. */
  z.object({
    kind: z.literal('matter.hear-meeting'),
    meeting: z.uuid(),
    task: z.int().min(0).max(99),
    /** Whose meeting it was, and what it is called. */
    of: z.uuid(),
    name: z.string().max(120),
    words: z.string().max(500),
    /** Who leads from now on, and until when. */
    unit: z.uuid(),
    official: z.uuid(),
    due: day,
    parts: z.array(z.uuid()).max(MOST_PARTS),
  }),
  z.object({ kind: z.literal('matter.take-up') }),
  z.object({
    kind: z.literal('matter.reconsider'),
    /** The change of the policy that stood in the way. */
    change: z.uuid(),
    words: sentence(4, 1_000),
  }),
] as const;

export type HandlingCommand = z.infer<(typeof handlingCommands)[number]>;
export type HandlingKind = HandlingCommand['kind'];

interface Words {
  text: string;
}

export type HandlingEvent =
  | { kind: 'matter.shared'; unit: string; task: string; due: string }
  | { kind: 'matter.part-answered'; part: number; unit: string; personal?: Words }
  | { kind: 'matter.part-declined'; part: number; unit: string; reason: string; betterUnit?: string }
  | { kind: 'matter.part-decided'; part: number; from: string; unit: string; ground: string }
  | { kind: 'matter.part-asked-again'; part: number; unit: string; reason: string; due: string }
  | { kind: 'matter.part-dropped'; part: number; unit: string; reason: string }
  | {
      kind: 'matter.raised';
      rung: string;
      name: string;
      body?: string;
      /** A joint meeting: whose, and the next one that is called, on whose agenda it is put. */
      unit?: string;
      next?: { meeting: string; day: string };
      ground: RaiseGround;
      reason: string;
      askOn: string;
    }
  | {
      kind: 'matter.heard-above';
      outcome: 'waiting' | 'decided' | 'returned';
      askOn?: string;
      /** The meeting that decided it, and as which of its tasks. */
      meeting?: string;
      task?: number;
      name?: string;
      personal?: Words;
    }
  /** `before`: a meeting decided on it before the day it was put off to. */
  | { kind: 'matter.taken-up'; recheckOn: string; before?: true }
  | { kind: 'matter.reconsidered'; change: string; policy: string; what: string; rule: ClockRule; personal?: Words };

/** What one unit does of a matter another leads. */
export interface Part {
  readonly unit: string;
  readonly task: string;
  readonly due: string;
  readonly state: PartState;
  /** When this unit was asked, and asked last. */
  readonly since: string;
  readonly askedAt: string;
  readonly answeredAt?: string;
  readonly answer?: string;
  readonly declined?: { readonly reason: string; readonly betterUnit?: string; readonly at: string };
  /** Units that have said once that it is not theirs. */
  readonly declinedBy: readonly string[];
}

/** One hand-over upward or across. The unit that has the matter keeps it. */
export interface Raising {
  readonly rung: string;
  readonly name: string;
  readonly body?: string;
  /** Whose joint meeting it waits for, and the one that is called. */
  readonly unit?: string;
  readonly next?: { readonly meeting: string; readonly day: string };
  /** The meeting that decided it. */
  readonly meeting?: string;
  readonly ground: RaiseGround;
  readonly reason: string;
  readonly askOn: string;
  readonly at: string;
  readonly by: string;
  readonly state: RaiseState;
  /** How often it was asked after. */
  readonly asked: number;
  readonly words?: string;
}

/** One "not ours" of the unit that leads, and what was decided. */
export interface Bounce {
  readonly from: string;
  readonly betterUnit: string;
  readonly reason: string;
  readonly at: string;
  readonly decided?: { readonly unit: string; readonly ground: string; readonly by: string; readonly at: string };
}

/** One rung of the ladder upward. */
export const Rung = z.object({
  id: z.string().regex(/^[a-z][a-z-]{0,39}$/, '编号只用小写字母和短横线'),
  name: z.string().trim().min(2).max(40),
  /** Outside the county: the body is named by whoever hands it over. */
  outside: z.boolean(),
  /** A joint meeting of a unit of this county: what is handed to it stands on its agenda, and its minutes answer. */
  meeting: z.boolean().optional(),
  /** One of these has to have been asked before: upward goes step by step (逐级). */
  after: z.array(z.string()).optional(),
  /** In how many days it is asked after, unless another day is given. */
  days: z.int().min(1).max(60),
});
export type Rung = z.infer<typeof Rung>;
export const RaisingPolicy = z.object({
  rungs: z.array(Rung).min(1).max(20),
  /** No day to ask after lies further off, in days. */
  mostDays: z.int().min(1).max(180),
});
export type RaisingPolicy = z.infer<typeof RaisingPolicy>;

export const raisingPolicy: PolicyKind = {
  name: 'raising',
  title: '上报和跨界协调',
  schema: RaisingPolicy,
  standard: {
    source:
      '个别问题组里办，共性问题报队长，队里办不了的书面报活动办或县直部门；跨县的由州联席会议牵头协调、跨州的逐级报请省联办协调。天数为初始设置，由县里确认或修改',
    document: {
      rungs: [
        { id: 'team', name: '工作队（队长）', outside: false, days: 5 },
        { id: 'office', name: '群众工作部门', outside: false, days: 7 },
        { id: 'county', name: '县级分管领导', outside: false, days: 7 },
        { id: 'joint', name: '联席会议', outside: false, meeting: true, days: 15 },
        { id: 'prefecture', name: '州（市）联席会议', outside: true, days: 20 },
        { id: 'province', name: '省联席会议办公室', outside: true, after: ['prefecture'], days: 30 },
      ],
      mostDays: 60,
    } satisfies RaisingPolicy,
  },
};

export const handlingRefusals = {
  'matter.parts-many': '协办单位太多了。请合并任务，或者把这件事拆开。',
  'matter.part-own': '主办单位自己的活不用协办，直接办就是。',
  'matter.part-twice': '这个单位已经在协办，等它答复；要改任务，先撤掉原来的。',
  'matter.part-late': '协办的日子不能晚于主办的期限，请往前挪。',
  'matter.part-past': '协办的日子要从今天起，请往后挪。',
  'matter.no-part': '没有这一项协办。',
  'matter.part-not-yours': '这一项是别的单位协办的。',
  'matter.part-answered': '这一项已经答复了。',
  'matter.part-not-open': '这一项已经不用办了。',
  'matter.part-not-declined': '协办单位没有说不归自己管，不用裁定。',
  'matter.part-not-answered': '协办单位还没有答复，不用再问。',
  'matter.part-waits': '已经说了不归自己管，等裁定；裁定之前仍由本单位协办。',
  'matter.part-declined-once': '本单位已经说过一次不归自己管，裁定以后不能再推，请办理。',
  'matter.parts-open': '还有协办单位没有答复。等他们答复；等不了的，写明为什么先办结。',
  'matter.no-rung': '没有这一级，请从列出的里面选。',
  'matter.body-missing': '报给县外的，要写明是哪个单位。',
  'matter.rung-skipped': '往上报要一级一级来：先报州（市）联席会议，再报省里。',
  'matter.meeting-decides':
    '这件事在等联席会议研究，会上定了会自动记在这里。等不及的，可以收回由本级办，或者报给别的一级。',
  'matter.ask-past': '去问结果的日子要在今天以后。',
  'matter.ask-far': '去问结果的日子太远了，请定近一些，到时候可以再定。',
  'matter.ask-missing': '还要等的，定好下次哪天去问。',
  'matter.not-raised': '这件事没有往上报，或者上面已有意见。',
  'matter.not-deferred': '只有暂时解决不了的事，才到日子回来再看。',
  'matter.recheck-early': '还没有到回头再看的日子。条件提前有了，直接改处置。',
  'matter.not-barred': '只有因政策办不了的事，才因政策变了重新办。',
  'matter.no-change': '没有找到这次政策变动，或者和这件事不是同一条政策。',
  'matter.unit-empty': '这个单位还没有人上岗，派过去没有人接。请先在“机构人员”里安排人，或者派给别的单位。',
} as const;
