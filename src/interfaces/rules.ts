import { type Decider, refuse } from '../ledger/decider.ts';
import type {
  ApiKeyCommand,
  ApiKeyEvent,
  ApiKeyState,
  WebhookCommand,
  WebhookEvent,
  WebhookFacts,
  WebhookSettings,
  WebhookState,
} from './model.ts';

const USUAL_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Whether events may be sent to an address: http(s), without a password in it, to a host and port on the list. */
export function addressAllowed(address: string, { hosts }: WebhookSettings): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password } = new URL(address);
  const usual = USUAL_PORTS[protocol];
  if (usual === undefined || username !== '' || password !== '') return false;
  const open = port === '' ? usual : port;
  return hosts.some((host) => host === `${hostname}:${open}` || (host === hostname && open === usual));
}

export const webhooks: Decider<WebhookState, WebhookCommand, WebhookEvent, WebhookFacts> = {
  initial: { state: 'none', name: '', address: '', kinds: [], secret: undefined, addedAt: '' },

  evolve(state, event, { at }) {
    switch (event.kind) {
      case 'webhook.added':
        return {
          state: 'active',
          name: event.name,
          address: event.address,
          kinds: event.kinds,
          secret: event.personal?.secret,
          addedAt: at,
        };
      case 'webhook.paused':
        return { ...state, state: 'paused' };
      case 'webhook.resumed':
        return { ...state, state: 'active' };
      case 'webhook.secret-changed':
        return { ...state, secret: event.personal?.secret };
      case 'webhook.removed':
        return { ...state, state: 'removed', secret: undefined };
      default:
        return state;
    }
  },

  decide(state, command, { settings }) {
    if (command.kind === 'webhook.add') {
      if (state.state !== 'none') return refuse('webhook.exists');
      if (!addressAllowed(command.address, settings)) return refuse('webhook.not-allowed', 'address');
      const { name, address, kinds, secret } = command;
      return [{ kind: 'webhook.added', name, address, kinds: [...new Set(kinds)], personal: { secret } }];
    }
    if (state.state === 'none' || state.state === 'removed') return refuse('webhook.unknown');
    switch (command.kind) {
      case 'webhook.pause':
        return state.state === 'paused' ? refuse('webhook.paused') : [{ kind: 'webhook.paused' }];
      case 'webhook.resume':
        return state.state === 'paused' ? [{ kind: 'webhook.resumed' }] : refuse('webhook.not-paused');
      case 'webhook.change-secret':
        return [{ kind: 'webhook.secret-changed', personal: { secret: command.secret } }];
      case 'webhook.remove':
        return [{ kind: 'webhook.removed' }];
    }
  },
};

export const apiKeys: Decider<ApiKeyState, ApiKeyCommand, ApiKeyEvent, undefined> = {
  initial: { state: 'none', name: '', hash: '', issuedAt: '' },

  evolve(state, event, { at }) {
    switch (event.kind) {
      case 'api-key.issued':
        return { state: 'issued', name: event.name, hash: event.hash, issuedAt: at };
      case 'api-key.revoked':
        return { ...state, state: 'revoked' };
      default:
        return state;
    }
  },

  decide(state, command) {
    if (command.kind === 'api-key.issue') {
      return state.state === 'none'
        ? [{ kind: 'api-key.issued', name: command.name, hash: command.hash }]
        : refuse('api-key.exists');
    }
    return state.state === 'issued' ? [{ kind: 'api-key.revoked' }] : refuse('api-key.unknown');
  },
};
