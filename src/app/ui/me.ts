import { useQuery } from '@tanstack/react-query';
import type { Role } from '../../access/model.ts';
import { ask } from './ask.ts';

/** Who is signed in, as GET /api/session answers. */
export interface Me {
  readonly official: string;
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly county: string;
  readonly roles: readonly { readonly role: Role; readonly name: string }[];
  readonly rooms: readonly string[];
}

export const useMe = (): Me | undefined =>
  useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => ask<Me>('GET /api/session', { signal }),
    staleTime: 5 * 60_000,
  }).data;

/** Whether one of my posts is among these. */
export const hasRole = (me: Me | undefined, ...roles: readonly Role[]): boolean =>
  me?.roles.some(({ role }) => roles.includes(role)) ?? false;
