import { z } from 'zod';
import { idOf } from '../ledger/ids.ts';
import type { PolicyKind } from '../policy/model.ts';

/** The cookie that carries a session's token. */
export const SESSION_COOKIE = 'mq';

/** The account of an official: there is never a second one. */
export const accountStream = (official: string): string => idOf('account', official);

/** What one types to sign in: letters of any script or digits, written in any case and width. */
export const Login = z
  .string()
  .max(64)
  .transform((text) => text.normalize('NFKC').trim().toLowerCase())
  .pipe(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,31}$/u));

/** Longer ones would only cost time to hash. */
export const Password = z.string().max(200);

const Hash = z.string().max(200).startsWith('$argon2id$');
const CredentialId = z.string().min(1).max(1400);

export const Passkey = z.object({
  id: CredentialId,
  /** The public key (COSE, base64url). */
  key: z.string().min(1).max(4000),
  transports: z.array(z.string().max(20)).max(8),
  /** What its owner calls it: 我的手机. */
  name: z.string().trim().min(1).max(40),
});
export type Passkey = z.infer<typeof Passkey>;

export const AccountCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('account.open'),
    official: z.uuid(),
    login: Login,
    hash: Hash,
    /** Whether the password is another person's choice and good for the first sign-in only. */
    mustChange: z.boolean(),
  }),
  z.object({ kind: z.literal('account.set-password'), hash: Hash }),
  z.object({ kind: z.literal('account.reset'), hash: Hash }),
  z.object({ kind: z.literal('account.add-passkey'), passkey: Passkey }),
  z.object({ kind: z.literal('account.drop-passkey'), id: CredentialId }),
  z.object({ kind: z.literal('account.close') }),
]);
export type AccountCommand = z.infer<typeof AccountCommand>;

/** The hash stands in the vault: it comes along in backups, encrypted, and in no table. */
interface Secret {
  readonly hash: string;
}

export type AccountEvent =
  | { kind: 'account.opened'; official: string; login: string; mustChange: boolean; personal?: Secret }
  | { kind: 'account.password-set'; personal?: Secret }
  | { kind: 'account.password-reset'; personal?: Secret }
  | { kind: 'account.passkey-added'; passkey: Passkey }
  | { kind: 'account.passkey-dropped'; id: string }
  | { kind: 'account.closed' };

export interface AccountState {
  readonly state: 'none' | 'open' | 'closed';
  readonly official: string;
  readonly login: string;
  /** Absent when there is none or it was erased: then no password fits. */
  readonly hash: string | undefined;
  readonly mustChange: boolean;
  readonly passkeys: readonly (Passkey & { readonly addedAt: string })[];
  readonly openedAt: string;
}

export interface AccountFacts {
  /** Whether an official in service stands behind the stream. */
  readonly officialKnown: boolean;
  /** Whether another open account has this login. */
  readonly loginTaken: boolean;
  /** Whether the giver of the command is the account's own official. */
  readonly own: boolean;
}

/** How long sessions last and how many wrong passwords are let pass. */
export const SignInSettings = z.object({
  /** A session unused for so long ends. */
  idleHours: z.int().min(1).max(168),
  /** A session ends after so long, used or not. */
  sessionDays: z.int().min(1).max(90),
  /** Wrong passwords from one address for one login before waiting begins. */
  attempts: z.int().min(3).max(20),
  /** How far back wrong passwords count, and the longest wait. */
  attemptMinutes: z.int().min(5).max(60),
});
export type SignInSettings = z.infer<typeof SignInSettings>;

export const accountPolicyKinds: readonly PolicyKind[] = [
  {
    name: 'sign-in',
    title: '登录规则',
    schema: SignInSettings,
    standard: {
      document: { idleHours: 12, sessionDays: 30, attempts: 5, attemptMinutes: 15 } satisfies SignInSettings,
      source: '系统初始设置',
    },
  },
];

export const accountRefusals = {
  'account.no-official': '没有找到这位干部，或者已经离任。请先在机构人员里登记，再开账号。',
  'account.exists': '这位干部已经有账号了。忘记密码的话，请重置密码。',
  'account.login-taken': '这个登录名已经有人用了，请换一个。',
  'account.not-open': '这个账号没有开通或者已经停用，请先开通。',
  'account.own': '不能停用自己的账号，请由另一位管理员来办。',
  'account.wrong-old': '现在的密码不对，请重新输入。',
  'account.must-change': '这是一次性密码。请再输入一遍，并设一个只有您知道的新密码。',
  'account.same-password': '新密码和一次性密码一样，请换一个。',
  'password.short': '密码太短了，请至少用 10 个字符。几个不相干的词连起来，又长又好记。',
  'password.login': '密码不能和登录名一样，请换一个。',
  'password.obvious': '这个密码太常见，容易被人猜到。请换一个，几个不相干的词连起来就很好。',
  'session.wrong': '登录名或密码不对，请检查后再试。忘记密码的话，请联系本单位管理员重置。',
  'session.no-post': '您现在没有在任的岗位，还不能进入系统。请联系本单位管理员。',
  'passkey.unavailable': '这个网址不支持通行密钥（需要 HTTPS 和域名）。请用密码登录。',
  'passkey.failed': '没有验证成功，请再试一次，或者用密码登录。',
  'passkey.known': '这个通行密钥已经添加过了。',
  'passkey.unknown': '没有找到这个通行密钥，可能已经删除。请刷新看看。',
  'passkey.too-many': '最多添加 10 个通行密钥。请先删掉不用的。',
  'setup.link': '设置链接无效、已经用过或者过期了。请重新启动系统，用新打印出来的链接。',
  'setup.done': '系统已经设置好了，请直接登录。',
  'limit.sign-in': '密码错的次数太多，请过几分钟再试。',
} as const;
