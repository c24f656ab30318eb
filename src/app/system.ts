import type { Hono } from 'hono';
import { withinLimit } from '../accounts/limits.ts';
import { identifier } from '../accounts/sessions.ts';
import type { Actor } from '../access/model.ts';
import { Ledger } from '../ledger/ledger.ts';
import { openVault } from '../ledger/vault.ts';
import { policyReader } from '../policy/tables.ts';
import type { Database } from '../storage/database.ts';
import { policyKinds, records, routes, sentences } from './features.ts';
import { reactions } from './reactions.ts';
import { type Standing, serverOf } from './server.ts';

export interface County {
  readonly county: number;
  readonly name: string;
  readonly prefix: string;
}

export interface System {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly policies: Standing['policies'];
  readonly vault: ReturnType<typeof openVault>;
  /** The counties kept here. */
  counties(): Promise<County[]>;
  /** The server of one county. */
  serve(county: number): Promise<Hono>;
}

/** Puts the house together on a database that has its tables. */
export function openSystem(database: Database, options: { key: Uint8Array; publicUrl: string }): System {
  const vault = openVault(Buffer.from(options.key));
  const reader = policyReader(
    async <R extends object>(name: string, text: string, values: readonly unknown[]) =>
      (await database.pool.query<R>({ name, text, values: [...values] })).rows,
    policyKinds,
  );
  const ledger = new Ledger({ pool: database.pool, vault, types: records, policies: reader.of, react: reactions });
  return {
    database,
    ledger,
    vault,
    policies: reader.of,
    async counties() {
      const { rows } = await database.pool.query<County>('select county, name, prefix from county order by county');
      return rows;
    },
    async serve(county) {
      const root = await rootArea(database, county);
      const identify = identifier({ query: ledger.query, county: () => county, policies: reader.of });
      const standing: Standing = {
        county,
        pool: database.pool,
        db: database.kysely,
        ledger,
        vault,
        publicUrl: options.publicUrl,
        policies: reader.of,
        async identify(token, now) {
          return everywhere(await identify(token, now), root);
        },
        withinLimit: (key, perMinute, now) => withinLimit(ledger.query, county, key, perMinute, now),
      };
      return serverOf(standing, routes, sentences);
    },
  };
}

/** A post for the whole county reaches every record in it, also those whose place is not known. */
export const everywhere = (actor: Actor, root: string | undefined): Actor =>
  actor.kind !== 'official'
    ? actor
    : { ...actor, standings: actor.standings.map((s) => (root !== undefined && s.areas.includes(root) ? { ...s, everywhere: true } : s)) };

async function rootArea(database: Database, county: number): Promise<string | undefined> {
  const { rows } = await database.pool.query<{ id: string }>(
    `select id from area where county = $1 and level = 'county' and not closed limit 1`,
    [county],
  );
  return rows[0]?.id;
}
