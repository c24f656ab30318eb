import { z } from 'zod';

/**
 * A policy document: what a county decides and may change without a programmer. Clock rules, the working
 * calendar, the category tree, the routing catalogue, settings. Each version is dated, sourced and explained,
 * and never overwritten: what was in force on a day can be read back (rows A7, C2, C5).
 */
export const PolicyCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('policy.publish'),
    name: z.string().regex(/^[a-z][a-z-]{1,40}$/),
    document: z.unknown(),
    /** First day in force. */
    validFrom: z.iso.date(),
    /** The notice, regulation or decision it rests on. */
    source: z.string().trim().min(2).max(500),
    /** Why it is changed now. */
    reason: z.string().trim().min(2).max(500),
  }),
]);
export type PolicyCommand = z.infer<typeof PolicyCommand>;

export interface PolicyVersion {
  readonly version: number;
  readonly document: unknown;
  readonly validFrom: string;
  readonly source: string;
  readonly reason: string;
  readonly publishedAt: string;
  readonly publishedBy: string;
}

export type PolicyEvent = {
  kind: 'policy.published';
  name: string;
  document: unknown;
  validFrom: string;
  source: string;
  reason: string;
};

export interface PolicyState {
  readonly name: string;
  readonly versions: readonly PolicyVersion[];
}

export interface PolicyFacts {
  /** Whether the document has the shape its owner asks for; else the field that does not fit. */
  readonly fault: { readonly field: string; readonly code: 'policy.unknown' | 'policy.malformed' } | undefined;
}

/** A kind of policy document: its name, its shape, and what stands before anyone published one. */
export interface PolicyKind {
  readonly name: string;
  readonly title: string;
  readonly schema: z.ZodType;
  readonly standard: { readonly document: unknown; readonly source: string };
  /**
   * Brings a document published under an earlier shape to today's; what fits today's it gives back as it is. Whoever takes
   * something away from a schema writes here what becomes of it in documents that are published already.
   */
  readonly upcast?: (document: unknown) => unknown;
}

/**
 * A published document as today's program reads it.
 * @returns undefined where it does not fit today's schema, though it was brought to it
 */
export function readDocument<T = unknown>(kind: PolicyKind, document: unknown): T | undefined {
  return kind.schema.safeParse(kind.upcast === undefined ? document : kind.upcast(document)).data as T | undefined;
}

export const policyRefusals = {
  'policy.unknown': '没有这种规则文件。',
  'policy.malformed': '规则文件有误，请改正标出的地方再发布。',
  'policy.unchanged': '和现行的一样，不用再发布。',
} as const;
