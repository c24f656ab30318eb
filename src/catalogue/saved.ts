import { z } from 'zod';
import type { Model } from './proposal.ts';

/** A model as JSON: what is kept between two runs of a process. It is derived, and can be learned again at any time. */
export const SavedModel = z.object({
  version: z.literal(1),
  labels: z.array(z.string()),
  amounts: z.array(z.number()),
  traces: z.array(z.tuple([z.int(), z.number(), z.array(z.int()), z.array(z.number())])),
  examples: z.int().nonnegative(),
  sharpness: z.number().positive(),
});
export type SavedModel = z.infer<typeof SavedModel>;

export const save = ({ labels, amounts, traces, examples, sharpness }: Model): SavedModel => ({
  version: 1,
  labels: [...labels],
  amounts: [...amounts],
  traces: [...traces].map(([gram, trace]) => [gram, trace.total, [...trace.labels], [...trace.amounts]]),
  examples,
  sharpness,
});

/** @throws when the value is not a saved model: the caller learns anew. */
export function restore(value: unknown): Model {
  const { version: _, traces, ...rest } = SavedModel.parse(value);
  return {
    ...rest,
    traces: new Map(traces.map(([gram, total, labels, amounts]) => [gram, { total, labels, amounts }])),
  };
}
