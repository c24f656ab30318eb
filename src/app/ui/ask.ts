import { call } from './client.ts';

type Asked = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown; signal?: AbortSignal };

/**
 * Calls a route by its address and says what shape of answer the screen reads. For parts used by several
 * rooms and features, which may not know the composition's list of routes; `call` is stricter where it can be used.
 */
export function ask<Answer>(
  address: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`,
  asked: Asked = {},
): Promise<Answer> {
  return call(address as never, asked as never) as Promise<Answer>;
}
