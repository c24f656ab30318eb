import { z } from 'zod';
import { Day } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Hot spots (row C17; mechanisms P6, 2:B27, LED-15): a topic rising in what people sent us gets a cause and one fix for
 * all who raised it; and each of them is asked whether it holds. Found in matters alone, never in what people say
 * elsewhere; and nothing here says anything about the persons.
 */
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);

/** How many matters one hot spot can hold. */
export const MOST_MATTERS = 500;

export const Outcome = z.enum(['holds', 'not', 'unreached']);
export type Outcome = z.infer<typeof Outcome>;
export const outcomeNames: Record<Outcome, string> = { holds: '管用了', not: '还不行', unreached: '没联系上' };

export const HotspotStatus = z.enum(['raised', 'explained', 'fixing', 'fixed', 'settled', 'dropped']);
export type HotspotStatus = z.infer<typeof HotspotStatus>;
export const hotspotStatusNames: Record<HotspotStatus, string> = {
  raised: '找原因',
  explained: '定办法',
  fixing: '在整改',
  fixed: '逐个回访',
  settled: '都问过，管用',
  dropped: '不算热点',
};

export const HotspotCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hotspot.raise'),
    title: Words(4, 100),
    area: z.uuid(),
    matters: z.array(z.uuid()).min(1, '至少一件').max(MOST_MATTERS),
  }),
  z.object({ kind: z.literal('hotspot.take-in'), matters: z.array(z.uuid()).min(1).max(MOST_MATTERS) }),
  z.object({ kind: z.literal('hotspot.explain'), cause: Words(6, 2_000) }),
  z.object({
    kind: z.literal('hotspot.fix'),
    /** One measure for all, not an answer to each. */
    measure: Words(6, 2_000),
    unit: z.uuid(),
    due: Day,
  }),
  z.object({ kind: z.literal('hotspot.report'), words: Words(4, 2_000), done: z.boolean() }),
  z.object({
    kind: z.literal('hotspot.hear'),
    matter: z.uuid(),
    outcome: Outcome,
    words: z.string().trim().max(1_000).optional(),
  }),
  z.object({ kind: z.literal('hotspot.settle') }),
  z.object({ kind: z.literal('hotspot.drop'), reason: Words(4, 300) }),
]);
export type HotspotCommand = z.infer<typeof HotspotCommand>;

export type HotspotEvent =
  | { kind: 'hotspot.raised'; title: string; area: string; chain: readonly string[]; matters: readonly string[] }
  | { kind: 'hotspot.took-in'; matters: readonly string[] }
  | { kind: 'hotspot.explained'; cause: string }
  | { kind: 'hotspot.fix-decided'; measure: string; unit: string; due: string }
  | { kind: 'hotspot.reported'; unit: string; words: string; done: boolean }
  | { kind: 'hotspot.heard'; matter: string; outcome: Outcome; personal?: { words: string } }
  | { kind: 'hotspot.settled' }
  | { kind: 'hotspot.dropped'; reason: string };

export interface Hotspot {
  readonly status: HotspotStatus;
  readonly title: string;
  readonly area: string;
  readonly chain: readonly string[];
  readonly matters: readonly string[];
  readonly raisedOn: string;
  readonly cause: string | undefined;
  readonly fix:
    | { readonly measure: string; readonly unit: string; readonly due: string; readonly decidedBy: string }
    | undefined;
  readonly reports: readonly {
    readonly day: string;
    readonly words: string;
    readonly done: boolean;
    readonly by: string;
  }[];
  /** The last word of each matter's person since the fix was reported done. */
  readonly heard: Readonly<
    Record<
      string,
      { readonly outcome: Outcome; readonly words: string | undefined; readonly day: string; readonly times: number }
    >
  >;
  readonly reason: string | undefined;
}
export type HotspotState = { readonly status: 'none' } | Hotspot;

export interface HotspotFacts {
  readonly actor: string;
  readonly at: string;
  readonly units: readonly string[];
  readonly chain: readonly string[] | undefined;
  readonly unitKnown: boolean;
  /** raise, take-in: which of the matters named there are, in that place. */
  readonly known: ReadonlySet<string>;
  readonly settings: HotspotPolicy;
}

export const hotspotRefusals = {
  'hotspot.exists': '这个热点已经立了。',
  'hotspot.unknown': '没有找到这个热点。',
  'hotspot.place-unknown': '没有找到这个地方，请重新选。',
  'hotspot.matter-unknown': '有一件诉求不在这个地方，或者没有找到，请刷新以后再选。',
  'hotspot.no-cause': '先写清原因，再定办法：不知道为什么，改不到根上。',
  'hotspot.no-fix': '还没有定办法。',
  'hotspot.unit-unknown': '没有找到这个单位，请重新选。',
  'hotspot.due-past': '整改的日子要在今天以后。',
  'hotspot.other-unit': '这个办法是别的单位在落实，由他们来报。',
  'hotspot.not-done': '整改的单位还没有报办完，等报了再一个个问。',
  'hotspot.own-work': '落实整改的单位不能自己问管不管用，请换受理员或督查员来问。',
  'hotspot.not-of-it': '这件诉求不在这个热点里。',
  'hotspot.words-missing': '请记下群众说的话。',
  'hotspot.not-all-heard': '还有人没有问到，每一位都问过才能了结。',
  'hotspot.still-not': '还有人说不行，接着整改，别急着了结。',
  'hotspot.over': '这个热点已经了结了。',
} as const;

/** What a county sets for finding and following hot spots. */
export const HotspotPolicy = z.object({
  /** How far back topics are looked for. */
  days: z.int().min(14).max(730),
  /** Fewer persons are no hot spot. */
  people: z.int().min(3).max(1_000),
  /** Whoever was not reached so often has been asked. */
  tries: z.int().min(1).max(10),
});
export type HotspotPolicy = z.infer<typeof HotspotPolicy>;

export const hotspotPolicies: readonly PolicyKind[] = [
  {
    name: 'hotspots',
    title: '热点',
    schema: HotspotPolicy,
    standard: {
      document: { days: 120, people: 3, tries: 2 },
      source: '热点堵点举一反三；天数、人数和联系次数为本系统的默认值，由县里确认或修改',
    },
  },
];
