/** For tests only: a server of the account routes alone, asked the way browsers on several machines would. */
import type { Found } from './setup.ts';
import { serverOf } from '../app/server.ts';
import type { TestCounty } from '../app/testing.ts';
import { accountRoutes } from './api.ts';
import { withinLimit } from './limits.ts';
import { SESSION_COOKIE, accountRefusals } from './model.ts';
import { identifier } from './sessions.ts';

const nothingToFound: Found = () => Promise.reject(new Error('this county stands already'));

export function accountServer(
  { system, database, ledger }: Pick<TestCounty, 'system' | 'database' | 'ledger'>,
  options: { county: () => number; found?: Found; publicUrl?: string },
) {
  const { query } = ledger;
  const identify = identifier({ query, county: options.county, policies: system.policies });
  const app = serverOf(
    {
      get county() {
        return options.county();
      },
      pool: database.pool,
      db: database.kysely,
      ledger,
      vault: system.vault,
      publicUrl: options.publicUrl ?? 'http://localhost:8080',
      policies: system.policies,
      identify,
      withinLimit: (key, perMinute, now) => withinLimit(query, options.county(), key, perMinute, now),
    },
    accountRoutes(options.found ?? nothingToFound),
    accountRefusals,
  );

  /** A browser: its address, its kind, and the cookie it keeps. */
  const browser = (address = '10.0.0.1', userAgent = '') => {
    let cookie: string | undefined;
    const send = async (method: string, path: string, init: RequestInit = {}) => {
      const headers = new Headers({ 'user-agent': userAgent, ...(init.headers as Record<string, string>) });
      if (cookie !== undefined) headers.set('cookie', `${SESSION_COOKIE}=${cookie}`);
      const answer = await app.request(
        path,
        { ...init, method, headers },
        { incoming: { socket: { remoteAddress: address } } },
      );
      const set = answer.headers.get('set-cookie');
      const given = set === null ? null : /^mq=([^;]*)/.exec(set);
      if (given !== null) cookie = given[1] === '' ? undefined : given[1];
      const json = (answer.headers.get('content-type') ?? '').includes('json');
      return {
        status: answer.status,
        // oxlint-disable-next-line no-explicit-any
        body: (json ? await answer.json() : await answer.text()) as any,
        headers: answer.headers,
      };
    };
    return {
      get token() {
        return cookie;
      },
      get: (path: string) => send('GET', path),
      delete: (path: string) => send('DELETE', path),
      post: (path: string, body: unknown = {}) =>
        send('POST', path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      form: (path: string, fields: Record<string, string>) =>
        send('POST', path, {
          body: new URLSearchParams(fields).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
    };
  };
  return { app, identify, browser };
}
