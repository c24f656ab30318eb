import { z } from 'zod';
import { RouteLevel, type RoutingCatalogue } from '../catalogue/model.ts';

/**
 * Changes of the routing catalogue that somebody proposes from what bounced, and somebody else decides (rows A7, C4;
 * ORG-13). What is accepted is published as a new version of the catalogue, dated and explained like every other.
 */
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);

export const RouteChangeCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('route-change.propose'),
    category: z.string().min(1).max(40),
    level: RouteLevel,
    /** Only for this place and what lies in it; everywhere when absent. */
    area: z.uuid().optional(),
    unit: z.uuid(),
    reason: Words(4, 500),
  }),
  z.object({ kind: z.literal('route-change.accept'), words: Words(2, 500) }),
  z.object({ kind: z.literal('route-change.decline'), words: Words(2, 500) }),
]);
export type RouteChangeCommand = z.infer<typeof RouteChangeCommand>;

export type RouteChangeEvent =
  | {
      kind: 'route-change.proposed';
      category: string;
      level: RouteLevel;
      area?: string;
      unit: string;
      unitName: string;
      /** What the organisation calls this kind of unit. */
      unitKind: string;
      beforeName?: string;
      reason: string;
      /** Matters of this category that bounced within a year, and those decided to this unit. */
      seen: number;
      upheld: number;
    }
  /** Carries the catalogue as it is published by this. */
  | {
      kind: 'route-change.accepted';
      words: string;
      policy: string;
      validFrom: string;
      document: RoutingCatalogue;
      reason: string;
    }
  | { kind: 'route-change.declined'; words: string };

export interface RouteChange {
  readonly state: 'proposed' | 'accepted' | 'declined';
  readonly category: string;
  readonly level: RouteLevel;
  readonly area: string | undefined;
  readonly unit: string;
  readonly unitName: string;
  readonly unitKind: string;
  readonly beforeName: string | undefined;
  readonly reason: string;
  readonly seen: number;
  readonly upheld: number;
  readonly proposedAt: string;
  readonly proposedBy: string;
  readonly decidedAt: string | undefined;
  readonly decidedBy: string | undefined;
  readonly answer: string | undefined;
}
export type RouteChangeState = { readonly state: 'none' } | RouteChange;

export interface RouteChangeFacts {
  readonly actor: string;
  readonly at: string;
  readonly categoryKnown: boolean;
  readonly areaKnown: boolean;
  readonly unit: { readonly id: string; readonly name: string; readonly kind: string } | undefined;
  /** Whom the catalogue in force names for this category, level and place. */
  readonly before: string | undefined;
  readonly seen: number;
  readonly upheld: number;
  /** accept: the catalogue with the change, and the record it is published in. */
  readonly document: RoutingCatalogue | undefined;
  readonly policy: string;
}

export const routeChangeRefusals = {
  'route-change.exists': '这条建议已经提了。',
  'route-change.unknown': '没有找到这条建议。',
  'route-change.no-category': '没有这个类别，请重新选。',
  'route-change.no-area': '没有这个地方，请重新选。',
  'route-change.no-unit': '没有这个单位，或者已经撤销，请重新选择。',
  'route-change.same': '目录里本来就是这个单位，不用改。',
  'route-change.own': '不能自己提、自己定，请换一位负责人定。',
  'route-change.over': '这条建议已经定了。',
} as const;
