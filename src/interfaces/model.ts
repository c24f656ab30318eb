import { z } from 'zod';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Interfaces to other systems (row L5): addresses that are told of events (webhooks), keys by which other
 * systems file requests (Open311), and the provider officials may sign in with (OpenID Connect).
 */

/** What an address can be told of: steps of a matter that say nothing about a person. */
export const EventKind = z.enum([
  'matter.registered',
  'matter.classified',
  'matter.dispatched',
  'matter.acknowledged',
  'matter.returned',
  'matter.adjudicated',
  'matter.suspended',
  'matter.resumed',
  'matter.extension-granted',
  'matter.disposed',
  'matter.resolved',
  'matter.confirmed',
  'matter.denied',
  'matter.reopened',
]);
export type EventKind = z.infer<typeof EventKind>;

const name = z.string().trim().min(2).max(60);
/** Shared with the receiver; long enough that nobody guesses it. */
const secret = z.string().min(24, '密钥至少 24 个字符').max(200);

export const WebhookCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('webhook.add'),
    name,
    address: z.url({ protocol: /^https?$/ }).max(500),
    kinds: z.array(EventKind).min(1).max(EventKind.options.length),
    secret,
  }),
  z.object({ kind: z.literal('webhook.pause') }),
  z.object({ kind: z.literal('webhook.resume') }),
  z.object({ kind: z.literal('webhook.change-secret'), secret }),
  z.object({ kind: z.literal('webhook.remove') }),
]);
export type WebhookCommand = z.infer<typeof WebhookCommand>;

/** The secret stands in the vault: it comes along in backups, encrypted, and in no table. */
interface Shared {
  readonly secret: string;
}

export type WebhookEvent =
  | { kind: 'webhook.added'; name: string; address: string; kinds: readonly EventKind[]; personal?: Shared }
  | { kind: 'webhook.paused' }
  | { kind: 'webhook.resumed' }
  | { kind: 'webhook.secret-changed'; personal?: Shared }
  | { kind: 'webhook.removed' };

export interface WebhookState {
  readonly state: 'none' | 'active' | 'paused' | 'removed';
  readonly name: string;
  readonly address: string;
  readonly kinds: readonly EventKind[];
  /** Absent when there is none or it was erased: then nothing is sent. */
  readonly secret: string | undefined;
  readonly addedAt: string;
}

export interface WebhookFacts {
  readonly settings: WebhookSettings;
}

/** Where events may be sent at all. Without it an address typed here could reach inside the server's own network. */
export const WebhookSettings = z.object({
  /** `host` for the usual port, `host:port` for another. */
  hosts: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/, '写成 example.gov.cn 或 10.1.2.3:8443'),
    )
    .max(100),
  /** Whether this machine itself may be addressed. */
  loopback: z.boolean(),
});
export type WebhookSettings = z.infer<typeof WebhookSettings>;

export const ApiKeyCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('api-key.issue'), name, hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  z.object({ kind: z.literal('api-key.revoke') }),
]);
export type ApiKeyCommand = z.infer<typeof ApiKeyCommand>;

export type ApiKeyEvent = { kind: 'api-key.issued'; name: string; hash: string } | { kind: 'api-key.revoked' };

export interface ApiKeyState {
  readonly state: 'none' | 'issued' | 'revoked';
  readonly name: string;
  readonly hash: string;
  readonly issuedAt: string;
}

/** The provider officials may sign in with. Its client secret is never here: it is OIDC_CLIENT_SECRET of the environment. */
export const OidcSettings = z
  .object({
    /** Null: no such sign-in. */
    issuer: z
      .url({ protocol: /^https?$/ })
      .max(300)
      .nullable(),
    clientId: z.string().trim().max(200),
    /** What the button says: 用统一身份认证登录. */
    name: z.string().trim().min(2).max(40),
    /** Which claim of the ID token is an account's login. */
    loginClaim: z.enum(['preferred_username', 'sub', 'email', 'name', 'employee_number']),
    /** Whether the provider may be reached without TLS, inside a network of one's own. */
    insecure: z.boolean(),
  })
  .superRefine(({ issuer, clientId, insecure }, context) => {
    if (issuer === null) return;
    if (clientId === '') context.addIssue({ code: 'custom', path: ['clientId'], message: '请填客户端标识' });
    if (!insecure && !issuer.startsWith('https:'))
      context.addIssue({ code: 'custom', path: ['issuer'], message: '请用 https 地址，或者允许不加密' });
  });
export type OidcSettings = z.infer<typeof OidcSettings>;

export const interfacePolicies: readonly PolicyKind[] = [
  {
    name: 'webhooks',
    title: '事件推送允许的地址',
    schema: WebhookSettings,
    standard: { document: { hosts: [], loopback: false } satisfies WebhookSettings, source: '系统初始设置' },
  },
  {
    name: 'oidc',
    title: '统一身份认证登录',
    schema: OidcSettings,
    standard: {
      document: {
        issuer: null,
        clientId: '',
        name: '统一身份认证',
        loginClaim: 'preferred_username',
        insecure: false,
      } satisfies OidcSettings,
      source: '系统初始设置',
    },
  },
];

export const interfaceRefusals = {
  'webhook.unknown': '没有找到这个推送地址，可能已经删除。请刷新看看。',
  'webhook.exists': '这个推送地址已经加过了。',
  'webhook.not-allowed': '这个网址不在允许的地址里。请先在“规则”的“事件推送允许的地址”里加上它的主机和端口。',
  'webhook.not-paused': '推送没有暂停。',
  'webhook.paused': '推送已经暂停了。',
  'webhook.nothing-failed': '没有推送失败、需要重来的事件。',
  'api-key.exists': '这把钥匙已经发过了。',
  'api-key.unknown': '没有找到这把钥匙，或者已经收回。',
} as const;
