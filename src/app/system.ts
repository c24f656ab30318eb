import type { Hono } from 'hono';
import { withinLimit } from '../accounts/limits.ts';
import type { Found } from '../accounts/setup.ts';
import { actorOf, identifier } from '../accounts/sessions.ts';
import { commonRefusals } from '../contract/refusals.ts';
import type { Desk, Routes } from '../contract/route.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { Policies } from '../ledger/record.ts';
import { openVault } from '../ledger/vault.ts';
import { policyReader } from '../policy/tables.ts';
import type { Database } from '../storage/database.ts';
import { WORDS } from '../sync/model.ts';
import { type Doors, commandRoutesByKind, decideDeferred } from '../sync/upload.ts';
import { foundCounty } from './county.ts';
import { type Version, policyKinds, records, routesOf, sentences, sentencesInEnglish } from './features.ts';
import { reactions } from './reactions.ts';
import { type Ground, type Standing, deskOf, serverOf } from './server.ts';

export interface County {
  readonly county: number;
  readonly name: string;
  readonly prefix: string;
}

export interface System {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly policies: Standing['policies'];
  /** The policies in force, read anew whatever was held. */
  freshPolicies(county: number): Promise<Policies>;
  readonly vault: ReturnType<typeof openVault>;
  readonly publicUrl: string;
  /** The counties kept here. */
  counties(): Promise<County[]>;
  /** Decides what newer phones said before this version knew their words. @returns how many have their verdict now */
  decideDeferred(county: number): Promise<number>;
  /** The server of one county. Without a county it waits for the first set-up and serves what is founded then. */
  serve(county?: number): Promise<Hono>;
}

/** Before the first set-up; keys still begin with a county. */
const NO_COUNTY = 0;
/** What the first unit is called until the administrator renames it. */
const DESK = '群众工作部';

/** The counties somebody can sign in to: a set-up broken off half-way leaves one that nobody can. */
export async function countiesInUse(database: Database): Promise<County[]> {
  const { rows } = await database.pool.query<County>(
    `select county, name, prefix from county c
      where exists (select from account a where a.county = c.county) order by county`,
  );
  return rows;
}

export interface Opening {
  readonly key: Uint8Array;
  readonly publicUrl: string;
  /** Absent: this version. */
  readonly version?: Version;
}

/** Puts the house together on a database that has its tables. */
export function openSystem(database: Database, options: Opening): System {
  const vault = openVault(Buffer.from(options.key));
  const reader = policyReader(
    async <R extends object>(name: string, text: string, values: readonly unknown[]) =>
      (await database.pool.query<R>({ name, text, values: [...values] })).rows,
    policyKinds,
  );
  const ledger = new Ledger({ pool: database.pool, vault, types: records, policies: reader.of, react: reactions });
  const ground: Ground = {
    pool: database.pool,
    db: database.kysely,
    ledger,
    vault,
    publicUrl: options.publicUrl,
    policies: reader.of,
  };
  let doors: Doors | undefined;
  return {
    database,
    ledger,
    vault,
    publicUrl: options.publicUrl,
    policies: reader.of,
    freshPolicies(county) {
      reader.forget(county);
      return reader.of(county);
    },
    async counties() {
      const { rows } = await database.pool.query<County>('select county, name, prefix from county order by county');
      return rows;
    },
    async decideDeferred(county) {
      const now = new Date().toISOString();
      const deskOfOne = async (official: string): Promise<Desk | undefined> => {
        const actor = await actorOf(ledger.query, county, official, now);
        return actor && (await deskOf(ground, county, actor, now));
      };
      doors ??= {
        routes: commandRoutesByKind(
          routesOf(() => Promise.reject(new Error('nothing is founded here')), options.version) as Routes,
        ),
        say: { ...commonRefusals, ...sentences },
        known: options.version?.words ?? WORDS,
      };
      return await decideDeferred({ county, query: ledger.query, vault, now }, deskOfOne, doors);
    },
    async serve(county) {
      let served = county;
      const found: Found = async (_, founding) => {
        const made = await foundCounty(database, ledger, {
          ...founding.county,
          desk: DESK,
          administrator: founding.administrator,
        });
        served = made.county;
        return { county: made.county, official: made.administrator };
      };
      const identify = identifier({
        query: ledger.query,
        county: () => served ?? NO_COUNTY,
        policies: reader.of,
      });
      const standing: Standing = {
        get county() {
          return served ?? NO_COUNTY;
        },
        async founded() {
          // Another process on this database may have been the one that was set up.
          if (served === undefined) {
            const [first] = await countiesInUse(database);
            served = first?.county;
          }
          return served !== undefined;
        },
        ...ground,
        identify,
        withinLimit: (key, perMinute, now) => withinLimit(ledger.query, served ?? NO_COUNTY, key, perMinute, now),
      };
      return serverOf(standing, routesOf(found, options.version), sentences, sentencesInEnglish);
    },
  };
}
