import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Carried, commandRoutes, give } from '../contract/commands.ts';
import { type Routes, route } from '../contract/route.ts';
import { isRefusal, refuse } from '../ledger/decider.ts';
import { newId } from '../ledger/ids.ts';
import { retryFailed } from './deliver.ts';
import { ApiKeyCommand, WebhookCommand } from './model.ts';
import { deliveriesOf, issuedKeys, keyHash, webhooksWithProgress } from './tables.ts';

const Id = z.object({ id: z.uuid() });
const [, revoke] = ApiKeyCommand.options;

export const webhookRoutes = {
  ...commandRoutes('webhook', '/api/webhooks', WebhookCommand, {
    'webhook.add': 'Add an address that is told of events; its secret signs what is sent',
    'webhook.pause': 'Stop telling; what happens meanwhile waits',
    'webhook.resume': 'Go on telling from where it stopped',
    'webhook.change-secret': 'Sign with another secret from now on',
    'webhook.remove': 'Remove the address and what waits for it',
  }),
  'GET /api/webhooks': route({
    action: 'webhook.read',
    summary: 'Addresses told of events, what waits for each and what went wrong',
    async handle({ query, county }) {
      const rows = await webhooksWithProgress(query, county);
      return {
        webhooks: rows.map((w) => ({
          id: w.id,
          name: w.name,
          address: w.address,
          kinds: w.kinds,
          state: w.state,
          addedAt: w.added_at,
          waiting: w.waiting,
          failed: w.failed,
          deliveredAt: w.delivered_at,
          fault: w.fault,
          can: [
            w.state === 'active' ? 'webhook.pause' : 'webhook.resume',
            'webhook.change-secret',
            'webhook.remove',
            ...(w.failed > 0 ? ['webhook.retry'] : []),
          ],
        })),
      };
    },
  }),
  'GET /api/webhooks/:id/deliveries': route({
    action: 'webhook.read',
    summary: 'What an address was told and is to be told, newest first; delivered ones are kept for thirty days',
    params: Id,
    query: z.object({
      state: z.enum(['waiting', 'delivered', 'failed']).optional(),
      before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    async handle({ query, county }, { params, query: { state, before, limit } }) {
      const rows = await deliveriesOf(query, county, params.id, { state, before, limit: limit + 1 });
      return {
        deliveries: rows.slice(0, limit).map((d) => ({
          seq: d.seq,
          kind: d.kind,
          number: d.number,
          at: d.at,
          state: d.state,
          attempts: d.attempts,
          nextAt: d.state === 'waiting' ? d.next_at : null,
          answered: d.answered,
          fault: d.fault,
          deliveredAt: d.delivered_at,
        })),
        next: rows.length > limit ? rows[limit - 1]!.seq : null,
      };
    },
  }),
  'POST /api/webhooks/:id/retry': route({
    action: 'webhook.retry',
    summary: 'Try again what was given up after many attempts',
    params: Id,
    async handle({ pool, county, now }, { params }) {
      const many = await retryFailed(pool, county, params.id, now);
      return many === 0 ? refuse('webhook.nothing-failed') : { again: many };
    },
  }),
  'GET /api/api-keys': route({
    action: 'api-key.read',
    summary: 'Keys other systems file requests with; the keys themselves are stored nowhere',
    async handle({ query, county }) {
      const rows = await issuedKeys(query, county);
      return {
        keys: rows.map(({ id, name, issued_at, revoked }) => ({
          id,
          name,
          issuedAt: issued_at,
          revoked,
          can: revoked ? [] : ['api-key.revoke'],
        })),
      };
    },
  }),
  'POST /api/api-keys': route({
    action: 'api-key.issue',
    summary: 'Issue a key for a system; it is shown this once',
    body: z.object({ name: z.string().trim().min(2).max(60) }).extend(Carried.shape),
    async handle(desk, { body: { name, ...carried } }) {
      const key = `mq_${randomBytes(24).toString('base64url')}`;
      const id = newId();
      const command = { kind: 'api-key.issue', name, hash: keyHash(key) };
      // The device's command id is not used: sent twice, it would answer with a key that is not the stored one.
      const verdict = await give(desk, 'api-key', id, command, { device: carried.device });
      return isRefusal(verdict) ? verdict : { id, key };
    },
  }),
  ...commandRoutes(
    'api-key',
    '/api/api-keys',
    { options: [revoke] },
    { 'api-key.revoke': 'Take a key back: from now on it opens nothing' },
  ),
} satisfies Routes;
