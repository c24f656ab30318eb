import { z } from 'zod';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Look-alikes (row C3): which matters are about the same thing as one that is being written down or stands in the
 * inbox, each with its reason in words. A person decides; what is done about it are acts of the matter
 * (`matters/together.ts`).
 */

/** A look-alike as a screen shows it. */
export interface AlikeItem {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly statusName: string;
  readonly unit: string | null;
  readonly registered: string;
  /** 0.5 to 1. */
  readonly score: number;
  readonly reason: string;
  /** The main matter it is handled with, where it is merged. */
  readonly mergedInto: string | null;
}

/** Matters in the inbox that look like one. */
export interface AlikeGroup {
  readonly items: readonly AlikeItem[];
  /** What the group would be handled with: the one that has come furthest, else the oldest. */
  readonly main: string;
}

/** What a resident is told while writing; null where nothing is told. */
export interface AlikeTold {
  readonly sentence: string | null;
}

/** What a county sets. */
export const AlikePolicy = z.object({
  /** Residents hear of others' matters only where so many say the same: of fewer they might tell who. */
  tellFrom: z.int().min(2).max(100),
  /** For so many days back. */
  tellDays: z.int().min(1).max(365),
});
export type AlikePolicy = z.infer<typeof AlikePolicy>;

export const alikePolicies: readonly PolicyKind[] = [
  {
    name: 'alike',
    title: '相似的事',
    schema: AlikePolicy,
    standard: {
      document: { tellFrom: 3, tellDays: 90 },
      source: '本系统的默认值，由县里确认或修改：同样的事不到 3 件，不告诉别的群众，免得猜出是谁说的',
    },
  },
];
