import { dayOf } from '../calendar/days.ts';
import { idOf } from '../ledger/ids.ts';
import type { Policies, Query, RecordType } from '../ledger/record.ts';
import {
  type PolicyCommand as Command,
  PolicyCommand,
  type PolicyEvent,
  type PolicyFacts,
  type PolicyKind,
  type PolicyState,
  readDocument,
} from './model.ts';
import { policies } from './rules.ts';

export interface PolicyTables {
  policy: {
    county: number;
    id: string;
    name: string;
    version: number;
    valid_from: string;
    source: string;
    reason: string;
    document: unknown;
    published_at: string;
    published_by: string;
  };
}

/** The record that holds all versions of one document. */
export const policyStream = (county: number, name: string): string => idOf('policy', String(county), name);

export const policyRecord = (
  kinds: readonly PolicyKind[],
): RecordType<PolicyState, Command, PolicyEvent, PolicyFacts> => ({
  name: 'policy',
  decider: policies,
  commands: PolicyCommand,
  tables: [{ name: 'policy', key: ['county', 'id', 'version'] }],
  facts({ county, stream, command }) {
    const kind = kinds.find((k) => k.name === command.name);
    if (kind === undefined || stream !== policyStream(county, command.name))
      return { fault: { code: 'policy.unknown', field: 'name' } };
    const parsed = kind.schema.safeParse(command.document);
    if (parsed.success) return { fault: undefined };
    return {
      fault: { code: 'policy.malformed', field: ['document', ...(parsed.error.issues[0]?.path ?? [])].join('.') },
    };
  },
  reach: () => ({}),
  rows: (county, stream, state) => ({
    policy: state.versions.map((v) => ({
      county,
      id: stream,
      name: state.name,
      version: v.version,
      valid_from: v.validFrom,
      source: v.source,
      reason: v.reason,
      document: v.document,
      published_at: v.publishedAt,
      published_by: v.publishedBy,
    })),
  }),
});

/** How long a process may go on with documents it has read, so that other processes' changes arrive. */
const FRESH_MS = 2_000;

/**
 * The document in force on a day. Where this version of the program cannot read what was published, the latest before it
 * that it can read goes on, and before all of them the standard: one document that does not fit must not stop the county.
 * The page of rules and the doctor say that it does not.
 */
export async function documentOn<T>(query: Query, county: number, kind: PolicyKind, day: string): Promise<T> {
  for (let back = 0; ; back++) {
    const [row] = await query<{ document: unknown }>(
      'policy.document-on',
      `select document from policy where county = $1 and id = $2 and valid_from <= $3::date
        order by version desc limit 1 offset $4`,
      [county, policyStream(county, kind.name), day, back],
    );
    if (row === undefined) return kind.schema.parse(kind.standard.document) as T;
    const read = readDocument<T>(kind, row.document);
    if (read !== undefined) return read;
  }
}

/**
 * Reads the documents in force and keeps them for a moment.
 * What a county has not published stands as its kind's standard.
 */
export function policyReader(query: Query, kinds: readonly PolicyKind[]) {
  const held = new Map<number, { at: number; signature: string; policies: Policies }>();
  const read = async (county: number, now: number): Promise<Policies> => {
    const versions = await query<{ id: string; version: number }>(
      'policy.versions',
      `select id, max(version) as version from policy
        where county = $1 and valid_from <= (now() at time zone 'Asia/Shanghai')::date group by id order by id`,
      [county],
    );
    const signature = versions.map((v) => `${v.id}:${v.version}`).join(' ');
    const kept = held.get(county);
    if (kept?.signature === signature) {
      kept.at = now;
      return kept.policies;
    }
    const rows = await query<{ name: string; document: unknown }>(
      'policy.documents',
      `select name, document from policy p join jsonb_to_recordset($2::jsonb) as v(id uuid, version int) using (id, version)
        where county = $1`,
      [county, JSON.stringify(versions)],
    );
    const published = new Map(rows.map((row) => [row.name, row.document]));
    const documents = new Map<string, unknown>();
    for (const kind of kinds) {
      const document = published.get(kind.name);
      const read = document === undefined ? kind.schema.parse(kind.standard.document) : readDocument(kind, document);
      documents.set(kind.name, read ?? (await documentOn(query, county, kind, dayOf(new Date(now).toISOString()))));
    }
    const policies: Policies = {
      get<T>(name: string): T {
        if (!documents.has(name)) throw new Error(`no policy document "${name}" is registered`);
        return documents.get(name) as T;
      },
    };
    held.set(county, { at: now, signature, policies });
    return policies;
  };
  return {
    async of(county: number): Promise<Policies> {
      const now = Date.now();
      const kept = held.get(county);
      return kept !== undefined && now - kept.at < FRESH_MS ? kept.policies : await read(county, now);
    },
    /** After a document was published here: the next reader reads anew. */
    forget(county: number): void {
      const kept = held.get(county);
      if (kept !== undefined) kept.at = 0;
    },
  };
}
