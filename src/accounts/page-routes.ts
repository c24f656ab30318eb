import { z } from 'zod';
import { lookOf } from '../contract/look.ts';
import { type Sentences, commonRefusals } from '../contract/refusals.ts';
import { type Desk, type Raw, type Routes, raw, route } from '../contract/route.ts';
import { type Refusal, isRefusal } from '../ledger/decider.ts';
import { Login, Password, accountRefusals } from './model.ts';
import { type SetupFields, goTo, ownPage, setupClosedPage, setupPage, signInPage } from './pages.ts';
import { passkeysPossible } from './passkeys.ts';
import { script } from './script.ts';
import { type Found, Founding, setUp, setupOpen } from './setup.ts';
import { type SignedIn, type Wait, signIn, waitInWords } from './sign-in.ts';
import { anyAccount } from './tables.ts';

const say: Sentences = { ...commonRefusals, ...accountRefusals };

/** A form's fields as they come: whatever is wrong with them is told on the page, not in JSON. */
const Form = z.record(z.string().max(40), z.unknown());
const textOf = (form: Record<string, unknown>, name: string): string => {
  const value = form[name];
  return typeof value === 'string' ? value.slice(0, 500) : '';
};

/** What to write on the set-up form above a field that does not fit. */
const SETUP_FAULTS: Readonly<Record<string, string>> = {
  'county.name': '请填县（市、区）的全名。',
  'county.code': '行政区划代码是 6 位数字，请检查。',
  'county.prefix': '编号字头是 2 个英文字母，请检查。',
  'administrator.name': '请填管理员的姓名。',
  'administrator.login': '登录名要 2 到 32 个字，可以用汉字、字母、数字，以汉字、字母或数字开头。',
  'administrator.password': '密码太长了，请不要超过 200 个字符。',
};

/** The pages before the rooms: sign-in and first set-up, as plain forms that need no script. */
export const accountPages = (found: Found) =>
  ({
    'GET /sign-in': route({
      action: 'portal.use',
      summary: 'The sign-in page',
      query: z.object({ to: z.string().max(500).optional().catch(undefined) }),
      async handle(desk, { query }) {
        return await signInPage({
          county: await countyName(desk),
          to: ownPage(query.to),
          passkeys: passkeysPossible(desk.publicUrl),
          provider: providerOf(desk),
          look: lookOf(desk),
        });
      },
    }),
    'POST /sign-in': route({
      action: 'session.open',
      summary: 'Sign in by the page’s form',
      perMinute: 60,
      body: Form,
      async handle(desk, { body }) {
        const login = textOf(body, 'login');
        const to = ownPage(textOf(body, 'to'));
        const password = Password.catch('').parse(body['password']);
        const next = body['next'] === undefined ? undefined : Password.catch('').parse(body['next']);
        const verdict = await signIn(desk, { login: Login.catch('-').parse(login), password, next });
        if (!isRefusal(verdict)) return goTo(to ?? `/${verdict.rooms[0]}`);
        return await signInPage({
          county: await countyName(desk),
          login,
          to,
          passkeys: passkeysPossible(desk.publicUrl),
          look: lookOf(desk),
          change: verdict.field === 'next',
          fault:
            verdict.refused === 'account.must-change'
              ? { message: messageOf(verdict), wish: true }
              : { message: messageOf(verdict), field: verdict.field },
          status: verdict.refused === 'session.wrong' ? 401 : verdict.refused === 'limit.sign-in' ? 429 : 422,
        });
      },
    }),
    'GET /sign-in.js': route({
      action: 'portal.use',
      summary: 'The sign-in page’s script, for passkeys',
      handle: () => raw('text/javascript; charset=utf-8', script(), { headers: { 'cache-control': 'no-cache' } }),
    }),
    'GET /setup': route({
      action: 'portal.use',
      summary: 'The page of the first set-up, by its one-time link',
      perMinute: 60,
      query: z.object({ token: z.string().max(64).catch('').default('') }),
      async handle(desk, { query: { token } }) {
        return (await closed(desk, token)) ?? (await setupPage({ token }));
      },
    }),
    'POST /setup': route({
      action: 'session.open',
      summary: 'First set-up by the page’s form',
      perMinute: 20,
      body: Form,
      async handle(desk, { body }) {
        const token = textOf(body, 'token').slice(0, 64);
        const shut = await closed(desk, token);
        if (shut !== undefined) return shut;
        const fields: SetupFields = {
          code: textOf(body, 'code'),
          name: textOf(body, 'name'),
          prefix: textOf(body, 'prefix'),
          person: textOf(body, 'person'),
          login: textOf(body, 'login'),
        };
        const { code, name, prefix, person, login } = fields;
        const parsed = Founding.safeParse({
          county: { code, name, prefix },
          administrator: { name: person, login, password: body['password'] },
        });
        if (!parsed.success) {
          const field = parsed.error.issues[0]!.path.join('.');
          return await setupPage({
            token,
            fields,
            fault: { message: SETUP_FAULTS[field] ?? say['input.invalid']!, field },
            status: 422,
          });
        }
        const verdict = await setUp(desk, found, token, parsed.data);
        if (!isRefusal(verdict)) return goTo(`/${verdict.rooms[0]}`);
        const fault = { message: messageOf(verdict), field: verdict.field };
        return await setupPage({ token, fields, fault, status: verdict.field === undefined ? 409 : 422 });
      },
    }),
  }) satisfies Routes;

async function closed(desk: Desk, token: string): Promise<Raw | undefined> {
  if (await anyAccount(desk.query)) return await setupClosedPage(say['setup.done']!, true);
  if (!(await setupOpen(desk.query, token, desk.now))) return await setupClosedPage(say['setup.link']!, false);
  return undefined;
}

const messageOf = (verdict: Exclude<SignedIn | Wait | Refusal, SignedIn>): string =>
  'minutes' in verdict ? waitInWords(verdict.minutes) : (say[verdict.refused] ?? say['input.invalid']!);

async function countyName({ query, county }: Desk): Promise<string | undefined> {
  const [found] = await query<{ name: string }>('account.county-name', 'select name from county where county = $1', [
    county,
  ]);
  return found?.name;
}

/** Whether officials may also come by the county's identity provider, and what it is called. */
const providerOf = (desk: Desk): string | undefined => {
  const { issuer, name } = desk.policies.get<{ issuer: string | null; name: string }>('oidc');
  return issuer === null ? undefined : name;
};
