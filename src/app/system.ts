import type { Hono } from 'hono';
import { withinLimit } from '../accounts/limits.ts';
import type { Found } from '../accounts/setup.ts';
import { actorOf, identifier } from '../accounts/sessions.ts';
import type { Actor } from '../access/model.ts';
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
      const { query } = ledger;
      const [policies, root] = [await reader.of(county), await rootArea(database, county)];
      const common = { county, query, vault, now };
      const deskOf = async (official: string): Promise<Desk | undefined> => {
        const actor = await actorOf(query, county, official, now);
        return (
          actor && {
            ...common,
            ...nobodysRequest,
            actor: everywhere(actor, root),
            policies,
            pool: database.pool,
            db: database.kysely,
            ledger,
            publicUrl: options.publicUrl,
          }
        );
      };
      doors ??= {
        routes: commandRoutesByKind(
          routesOf(() => Promise.reject(new Error('nothing is founded here')), options.version) as Routes,
        ),
        say: { ...commonRefusals, ...sentences },
        known: options.version?.words ?? WORDS,
      };
      return await decideDeferred(common, deskOf, doors);
    },
    async serve(county) {
      let served = county === undefined ? undefined : { county, root: await rootArea(database, county) };
      const found: Found = async (_, founding) => {
        const made = await foundCounty(database, ledger, {
          ...founding.county,
          desk: DESK,
          administrator: founding.administrator,
        });
        served = { county: made.county, root: made.root };
        return { county: made.county, official: made.administrator };
      };
      const identify = identifier({
        query: ledger.query,
        county: () => served?.county ?? NO_COUNTY,
        policies: reader.of,
      });
      const standing: Standing = {
        get county() {
          return served?.county ?? NO_COUNTY;
        },
        async founded() {
          // Another process on this database may have been the one that was set up.
          if (served === undefined) {
            const [first] = await countiesInUse(database);
            if (first !== undefined) served = { county: first.county, root: await rootArea(database, first.county) };
          }
          return served !== undefined;
        },
        pool: database.pool,
        db: database.kysely,
        ledger,
        vault,
        publicUrl: options.publicUrl,
        policies: reader.of,
        async identify(token, now) {
          return everywhere(await identify(token, now), served?.root);
        },
        withinLimit: (key, perMinute, now) =>
          withinLimit(ledger.query, served?.county ?? NO_COUNTY, key, perMinute, now),
      };
      return serverOf(standing, routesOf(found, options.version), sentences, sentencesInEnglish);
    },
  };
}

/** A desk without a request behind it has no cookies and no address. */
const nobodysRequest = {
  address: '',
  header: () => undefined,
  cookie: () => undefined,
  setCookie: () => undefined,
} as const;

/** A post for the whole county reaches every record in it, also those whose place is not known. */
const everywhere = (actor: Actor, root: string | undefined): Actor =>
  actor.kind !== 'official'
    ? actor
    : {
        ...actor,
        standings: actor.standings.map((s) =>
          root !== undefined && s.areas.includes(root) ? { ...s, everywhere: true } : s,
        ),
      };

async function rootArea(database: Database, county: number): Promise<string | undefined> {
  const { rows } = await database.pool.query<{ id: string }>(
    `select id from area where county = $1 and level = 'county' and not closed limit 1`,
    [county],
  );
  return rows[0]?.id;
}
