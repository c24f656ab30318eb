import { z } from 'zod';
import type { PolicyKind } from '../policy/model.ts';

/**
 * What forms ask of officials (row B12; J13: no added burden): how many, how many fields, how many minutes, by role and
 * measured from use; and whether a form asks for something the system has already.
 */
export const BurdenPolicy = z.object({
  /** Nothing is shown of fewer people than this: nobody's minutes can be told. */
  group: z.int().min(3).max(100),
  /** Whole weeks looked back on. */
  weeks: z.int().min(1).max(52),
});
export type BurdenPolicy = z.infer<typeof BurdenPolicy>;

export const burdenPolicies: readonly PolicyKind[] = [
  {
    name: 'burden',
    title: '填表负担',
    schema: BurdenPolicy,
    standard: {
      source: '系统初始设置：少于 5 人的不显示，往回看 4 周。使用前请按本地规定核对',
      document: { group: 5, weeks: 4 },
    },
  },
];
