import { z } from 'zod';
import { Channel } from '../matters/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Statistics of casework for any period, place, unit, channel and category (row C16; PET-01, PET-13, LED-14, DIS-10,
 * 2:B30 and 2:B34 as a statistic only). They measure the handling, never who came, and put no place before another.
 */

/** What a county sets for its statistics (policy document `statistics`). */
export const StatisticsPolicy = z.object({
  /** From which share on each of the four shares counts as reached, 0 to 1. */
  share: z.number().min(0).max(1),
  /** Categories of the first level that concern reform and development. */
  reform: z.array(z.string().min(1).max(80)).max(60),
  /** Levels that count as the grassroots. */
  grassroots: z.array(z.enum(['village', 'township'])).min(1),
  /** Ratings of fewer people are not told: one of them could be guessed. */
  smallest: z.int().min(2).max(100),
  /** From this rating on (1 to 5) somebody counts as satisfied. */
  pleased: z.int().min(1).max(5),
});
export type StatisticsPolicy = z.infer<typeof StatisticsPolicy>;

export const statisticsPolicies: readonly PolicyKind[] = [
  {
    name: 'statistics',
    title: '统计口径',
    schema: StatisticsPolicy,
    standard: {
      source:
        '“4 个 80%”是信访性质的四个占比，80% 照原文；哪些类别算改革发展中的问题、哪几级算基层，原文没有列，按民生问题清单（LED-13）初始设置；评分最少人数和几分算满意为初始设置。可信度 C，请按本地口径核对',
      document: {
        share: 0.8,
        reform: ['01', '02', '03', '04', '05', '07', '08', '11'],
        grassroots: ['village', 'township'],
        smallest: 5,
        pleased: 4,
      } satisfies StatisticsPolicy,
    },
  },
];

export const PeriodKind = z.enum(['month', 'quarter', 'half', 'year', 'free']);
export type PeriodKind = z.infer<typeof PeriodKind>;

export const By = z.enum(['unit', 'township', 'village', 'category', 'channel', 'month']);
export type By = z.infer<typeof By>;

/** Which matters are counted. */
export const Asked = z.object({
  period: PeriodKind.default('month'),
  /** Any day of the month, quarter, half-year or year; without it today. */
  day: z.iso.date().optional(),
  /** Of a free period, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** A place and all below it. */
  area: z.uuid().optional(),
  unit: z.uuid().optional(),
  channel: Channel.optional(),
  /** A category and all below it. */
  category: z.string().min(1).max(80).optional(),
});
export type Asked = z.infer<typeof Asked>;

export const PeriodQuery = Asked.extend({ by: By.default('unit') });
export type PeriodQuery = z.infer<typeof PeriodQuery>;

/** The group of those that have no category or no place. */
export const NONE = '-';

export const LinesQuery = Asked.extend({
  /** The figure whose records are listed, and whether those it counts or those it is a share of. */
  figure: z.string().min(1).max(40).default('batches'),
  side: z.enum(['value', 'of']).default('value'),
  /** One group only. */
  by: By.optional(),
  key: z.string().min(1).max(80).optional(),
  after: z.string().max(120).optional(),
  size: z.coerce.number().int().min(1).max(100).default(50),
});
export type LinesQuery = z.infer<typeof LinesQuery>;
