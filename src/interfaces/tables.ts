import type { Query, RecordType } from '../ledger/record.ts';
import { sha256 } from '../ledger/vault.ts';
import {
  ApiKeyCommand,
  type ApiKeyEvent,
  type ApiKeyState,
  type EventKind,
  WebhookCommand,
  type WebhookEvent,
  type WebhookFacts,
  type WebhookSettings,
  type WebhookState,
} from './model.ts';
import { apiKeys, webhooks } from './rules.ts';

const webhookRecord: RecordType<WebhookState, WebhookCommand, WebhookEvent, WebhookFacts> = {
  name: 'webhook',
  decider: webhooks,
  commands: WebhookCommand,
  tables: [{ name: 'webhook', key: ['county', 'id'] }],
  facts: ({ policies }) => ({ settings: policies.get<WebhookSettings>('webhooks') }),
  reach: () => ({}),
  rows: (county, id, { state, name, address, kinds, addedAt }) =>
    state === 'active' || state === 'paused'
      ? { webhook: [{ county, id, name, address, kinds, state, added_at: addedAt }] }
      : {},
};

const apiKeyRecord: RecordType<ApiKeyState, ApiKeyCommand, ApiKeyEvent, undefined> = {
  name: 'api-key',
  decider: apiKeys,
  commands: ApiKeyCommand,
  tables: [{ name: 'api_key', key: ['county', 'id'] }],
  facts: () => undefined,
  reach: () => ({}),
  rows: (county, id, { state, name, hash, issuedAt }) =>
    state === 'none'
      ? {}
      : { api_key: [{ county, id, name, hash, issued_at: issuedAt, revoked: state === 'revoked' }] },
};

export const interfaceRecords = [webhookRecord, apiKeyRecord] as const;

export const keyHash = (key: string): string => sha256(key).toString('hex');

/** Who holds a key that was issued and not revoked. */
export async function keyHolder(
  query: Query,
  county: number,
  key: string,
): Promise<{ id: string; name: string } | undefined> {
  const [holder] = await query<{ id: string; name: string }>(
    'api-key.holder',
    'select id, name from api_key where county = $1 and hash = $2 and not revoked',
    [county, keyHash(key)],
  );
  return holder;
}

export const issuedKeys = (query: Query, county: number) =>
  query<{ id: string; name: string; issued_at: string; revoked: boolean }>(
    'api-key.list',
    'select id, name, issued_at, revoked from api_key where county = $1 order by issued_at desc, id',
    [county],
  );

export interface WebhookInList {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly kinds: EventKind[];
  readonly state: 'active' | 'paused';
  readonly added_at: string;
  readonly waiting: number;
  readonly failed: number;
  readonly delivered_at: string | null;
  readonly fault: string | null;
}

/** Every address with how its telling goes: what waits, what was given up, and what stood in the way last. */
export const webhooksWithProgress = (query: Query, county: number) =>
  query<WebhookInList>(
    'webhook.list',
    `select w.id, w.name, w.address, w.kinds, w.state, w.added_at, d.waiting, d.failed, d.delivered_at,
            (select fault from webhook_delivery n where n.county = w.county and n.webhook = w.id and n.fault is not null
              order by n.seq desc limit 1) as fault
       from webhook w
      cross join lateral (
            select count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'failed') as failed,
                   max(delivered_at) as delivered_at
              from webhook_delivery d where d.county = w.county and d.webhook = w.id) d
      where w.county = $1 order by w.added_at, w.id`,
    [county],
  );

export interface Delivery {
  readonly seq: number;
  readonly kind: string;
  readonly number: string | null;
  readonly at: string;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly next_at: string;
  readonly answered: number | null;
  readonly fault: string | null;
  readonly delivered_at: string | null;
}

/** What an address was told or is to be told, newest first, before a place of the sealed order. */
export const deliveriesOf = (
  query: Query,
  county: number,
  webhook: string,
  { state, before, limit }: { state?: string | undefined; before?: number | undefined; limit: number },
) =>
  query<Delivery>(
    'webhook.deliveries',
    `select seq, payload->>'kind' as kind, payload->>'number' as number, payload->>'at' as at,
            state, attempts, next_at, answered, fault, delivered_at
       from webhook_delivery
      where county = $1 and webhook = $2 and ($3::text is null or state = $3) and ($4::int8 is null or seq < $4)
      order by seq desc limit $5`,
    [county, webhook, state ?? null, before ?? null, limit],
  );
