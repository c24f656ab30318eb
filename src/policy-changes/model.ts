import { z } from 'zod';
import { Day } from '../calendar/model.ts';

/**
 * A policy that changed, announced by somebody or by the library itself (row C7; LED-06, J6): the matters it stood in the
 * way of are proposed to a person, one click each, and the resident is told.
 */
const Words = (min: number, max: number) =>
  z.string().trim().min(min, `至少写 ${min} 个字`).max(max, `最多 ${max} 个字`);

/**
 * A policy's name as SQL compares it: the same but for book marks, spaces and full stops.
 * @param name a column or parameter, as SQL
 */
export const plainName = (name: string): string => `translate(${name}, '《》〈〉 　。', '')`;

export const PolicyChangeCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('policy-change.announce'),
    /** The policy as units named it when they said no. */
    policy: Words(2, 300),
    guide: z.uuid().optional(),
    what: Words(2, 1_000),
    source: Words(2, 300),
    validFrom: Day,
  }),
  z.object({ kind: z.literal('policy-change.pass-over'), matter: z.uuid(), reason: Words(4, 500) }),
]);
export type PolicyChangeCommand = z.infer<typeof PolicyChangeCommand>;

export type PolicyChangeEvent =
  | {
      kind: 'policy-change.announced';
      policy: string;
      guide?: string;
      what: string;
      source: string;
      validFrom: string;
    }
  | { kind: 'policy-change.passed-over'; matter: string; reason: string };

export interface PolicyChange {
  readonly status: 'announced';
  readonly policy: string;
  readonly guide: string | undefined;
  readonly what: string;
  readonly source: string;
  readonly validFrom: string;
  readonly announcedAt: string;
  readonly announcedBy: string;
  readonly passedOver: readonly { readonly matter: string; readonly reason: string; readonly by: string }[];
}
export type PolicyChangeState = { readonly status: 'none' } | PolicyChange;

export interface PolicyChangeFacts {
  /** pass-over: the matter named, where it lies and whose it is. */
  readonly matter: { readonly chain: readonly string[]; readonly unit: string; readonly barred: boolean } | undefined;
}

export const policyChangeRefusals = {
  'policy-change.exists': '这次变动已经登记了。',
  'policy-change.unknown': '没有找到这次变动。',
  'policy-change.no-matter': '没有找到这件事。',
  'policy-change.passed': '这件事已经看过了。',
} as const;
