import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Labour of officials beside residents (row B4, mechanism H7): half-days, what was done in kinds and units, and the
 * village's word that it was so. An entry is one person's own share, so that outputs add up.
 */
export const Part = z.enum(['morning', 'afternoon', 'day']);
export type Part = z.infer<typeof Part>;
export const partNames: Record<Part, string> = { morning: '上午', afternoon: '下午', day: '一整天' };
/** Days a part counts for. */
export const daysOf = (part: Part): number => (part === 'day' ? 1 : 0.5);

const Output = z.object({
  /** A kind of the labour policy. */
  kind: z.string().trim().min(1).max(30),
  /** In the kind's unit, to a tenth: the worker's own share. */
  amount: z.number().min(0).max(100_000),
});
const written = {
  day: Day,
  part: Part,
  village: z.uuid(),
  outputs: z.array(Output).min(1).max(6),
  /** With whom, where exactly; may be left out. */
  note: z.string().trim().max(500).default(''),
};
/** Strokes as drawn on glass: compact JSON, at most 40 KB. */
const Strokes = z.string().min(2).max(40_000);

export const LabourCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('labour.record'), ...written }),
  z.object({ kind: z.literal('labour.correct'), ...written }),
  z.object({ kind: z.literal('labour.withdraw') }),
  /** An official of the village, not the worker, says that it was so. */
  z.object({ kind: z.literal('labour.confirm') }),
  /** Somebody who speaks for the village and has no account signs on the worker's glass. */
  z.object({
    kind: z.literal('labour.sign'),
    signer: z.string().trim().min(2).max(30),
    /** What they are in the village: 村支书, 组长. */
    office: z.string().trim().min(2).max(30),
    signature: Strokes,
  }),
  z.object({ kind: z.literal('labour.return'), reason: z.string().trim().min(2).max(300) }),
]);
export type LabourCommand = z.infer<typeof LabourCommand>;

export interface Written {
  readonly day: string;
  readonly part: Part;
  /** Areas that contain the village, from the county down to it. */
  readonly chain: readonly string[];
  readonly outputs: readonly { readonly kind: string; readonly amount: number }[];
  readonly note: string;
}

export type LabourEvent =
  | ({ kind: 'labour.recorded'; official: string; unit: string } & Written)
  | ({ kind: 'labour.corrected' } & Written)
  | { kind: 'labour.withdrawn' }
  | { kind: 'labour.confirmed'; means: 'account'; by: string }
  | { kind: 'labour.confirmed'; means: 'signature'; personal?: { signer: string; office: string; signature: string } }
  | { kind: 'labour.returned'; by: string; reason: string };

export type Standing =
  | { readonly is: 'open' }
  | { readonly is: 'returned'; readonly reason: string; readonly by: string }
  | {
      readonly is: 'confirmed';
      readonly at: string;
      /** The village's official; undefined where somebody signed on glass. */
      readonly by: string | undefined;
      readonly signer: string;
    };

export interface Labour extends Written {
  readonly status: 'recorded';
  readonly official: string;
  readonly unit: string;
  readonly standing: Standing;
}
export type LabourState = { readonly status: 'none' | 'withdrawn' } | Labour;

export interface LabourFacts {
  readonly actor: string;
  readonly actorName: string;
  /** The worker's unit; undefined when the actor is no official. */
  readonly unit: string | undefined;
  /** Areas from the county down to the village named; undefined when it is none. */
  readonly chain: readonly string[] | undefined;
  readonly kinds: readonly string[];
  /** Halves of that day this worker has written in other entries. */
  readonly taken: readonly Part[];
  readonly today: string;
  /** First day that may still be written down. */
  readonly earliest: string;
}

export const labourRefusals = {
  'labour.exists': '这次劳动已经记过了。',
  'labour.unknown': '没有找到这次劳动，或者已经撤回。',
  'labour.village-unknown': '没有这个村（社区）。请重新选择。',
  'labour.kind-unknown': '没有这一种劳动。请从清单里选；清单由管理员维护。',
  'labour.amount': '请写做了多少，至少 0.1。',
  'labour.kind-twice': '同一种劳动写了两次，请合成一行。',
  'labour.in-future': '还没有到那一天。请劳动以后再记。',
  'labour.too-late': '过去太久了，不能再补记。请找乡镇核实后另行说明。',
  'labour.half-taken': '那半天已经记过一次劳动。请改日子，或者去改那一条。',
  'labour.not-the-worker': '只有本人可以改自己的劳动记录。',
  'labour.confirmed': '村里已经确认过，不能再改。',
  'labour.own-confirmation': '自己的劳动不能自己确认。请村里的干部来确认。',
  'labour.returned': '村里已经退回，等本人改好再确认。',
} as const;

/** What a county decides about labour: kinds with their units, and how long it may be written down afterwards. */
export const LabourPolicy = z.object({
  kinds: z
    .array(z.object({ name: z.string().trim().min(1).max(30), unit: z.string().trim().min(1).max(10) }))
    .min(1)
    .max(40)
    .refine((kinds) => new Set(kinds.map((k) => k.name)).size === kinds.length, '劳动种类重名了'),
  /** Days after which it can no longer be written down. */
  writtenWithin: z.int().min(1).max(366),
});
export type LabourPolicy = z.infer<typeof LabourPolicy>;

export const labourPolicies: readonly PolicyKind[] = [
  {
    name: 'labour',
    title: '干部参加劳动',
    schema: LabourPolicy,
    standard: {
      source:
        '干部参加劳动的通行做法：山塘、渠道、道路、责任田按种类和单位计数（可信度 B）；其余种类和补记期限为系统初始设置，使用前请按本地规定核对',
      document: {
        kinds: [
          { name: '整修山塘', unit: '处' },
          { name: '清淤渠道', unit: '米' },
          { name: '维修道路', unit: '处' },
          { name: '责任田', unit: '亩' },
          { name: '抢种抢收', unit: '亩' },
          { name: '植树', unit: '棵' },
          { name: '清理环境', unit: '处' },
          { name: '帮工', unit: '户' },
        ],
        writtenWithin: 31,
      },
    },
  },
];
