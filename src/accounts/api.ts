import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { mayAtAll } from '../access/access.ts';
import { type Role, roleName } from '../access/model.ts';
import { give } from '../contract/commands.ts';
import { type Desk, type Raw, type Routes, raw, route } from '../contract/route.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import { placeInWords } from './device.ts';
import { attempt, forgive } from './limits.ts';
import { type AccountState, Login, Password, SESSION_COOKIE, type SignInSettings, accountStream } from './model.ts';
import { accountPages } from './page-routes.ts';
import { additionOptions, checkAddition, checkSignIn, passkeysPossible, signInOptions } from './passkeys.ts';
import { hashPassword, oneTimePassword, verifyPassword } from './passwords.ts';
import { endSession, endSessionOf, endSessions, sessionsOf } from './sessions.ts';
import { type Found, Founding, setUp } from './setup.ts';
import { type SignedIn, type Wait, begin, roomsOf, setPassword, signIn, waitInWords } from './sign-in.ts';
import type { AccountTables } from './tables.ts';

const Id = z.object({ id: z.uuid() });
const Base64 = z.string().max(4000);
const Text = z.string().max(100);

/** A passkey's answer as browsers give it; what it says is checked by the library. */
const Made = z.object({
  id: Base64,
  rawId: Base64,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.record(Text, z.unknown()),
  response: z.object({
    clientDataJSON: Base64,
    attestationObject: z.string().max(20_000),
    transports: z.array(Text).max(8).optional(),
  }),
});
const Shown = Made.extend({
  response: z.object({
    clientDataJSON: Base64,
    authenticatorData: Base64,
    signature: Base64,
    userHandle: Base64.optional(),
  }),
});

const settingsOf = (desk: Desk): SignInSettings => desk.policies.get<SignInSettings>('sign-in');

/** Routes here that need an official are given to officials only by the access table. */
function officialOf({ actor }: Desk): { id: string; name: string; roles: Role[] } {
  if (actor.kind !== 'official') throw new Error('an official is needed here');
  return { id: actor.id, name: actor.name, roles: [...new Set(actor.standings.map((s) => s.role))] };
}

const ownAccount = async (desk: Desk): Promise<{ id: string; state: AccountState; version: number }> => {
  const id = accountStream(officialOf(desk).id);
  return { id, ...(await desk.ledger.read<AccountState>(desk.county, 'account', id)) };
};

const waited = ({ refused, minutes }: Wait): Raw =>
  raw('application/json', JSON.stringify({ refused, message: waitInWords(minutes), minutes }), {
    status: 429,
    headers: { 'retry-after': String(minutes * 60), 'cache-control': 'no-store' },
  });

const isWait = (verdict: Refusal): verdict is Wait => 'minutes' in verdict;

const welcome = (verdict: SignedIn | Refusal | Wait) => {
  if (isRefusal(verdict)) return isWait(verdict) ? waited(verdict) : verdict;
  return { official: verdict.official, rooms: verdict.rooms, room: verdict.rooms[0]! };
};

/**
 * Signing in and out, one's own password, passkeys and sessions, the administrator's side, the first set-up.
 * @param found makes the county at the first set-up
 */
export const accountRoutes = (found: Found) =>
  ({
    ...accountPages(found),

    'POST /api/session': route({
      action: 'session.open',
      summary: 'Sign in with a password',
      perMinute: 60,
      body: z.object({ login: Login.catch('-'), password: Password, next: Password.optional() }),
      handle: async (desk, { body }) => welcome(await signIn(desk, body)),
    }),
    'GET /api/session': route({
      action: 'session.use',
      summary: 'Who is signed in: name, unit, posts, rooms',
      handle: (desk) => me(desk),
    }),
    'DELETE /api/session': route({
      action: 'session.open',
      summary: 'Sign out',
      async handle(desk) {
        const token = desk.cookie(SESSION_COOKIE);
        if (token !== undefined) await endSession(desk.query, desk.county, token);
        desk.setCookie(SESSION_COOKIE, undefined);
        return { ended: true };
      },
    }),
    'GET /api/sessions': route({
      action: 'session.use',
      summary: 'My open sessions: device, place, last use',
      async handle(desk) {
        const { query, county, now } = desk;
        const open = await sessionsOf(
          query,
          county,
          officialOf(desk).id,
          desk.cookie(SESSION_COOKIE),
          now,
          settingsOf(desk),
        );
        return open.map((s) => ({
          id: s.id,
          device: s.device,
          place: placeInWords(s.address),
          openedAt: new Date(s.opened_at).toISOString(),
          seenAt: new Date(s.seen_at).toISOString(),
          current: s.current,
        }));
      },
    }),
    'DELETE /api/sessions/:id': route({
      action: 'session.use',
      summary: 'End one of my sessions',
      params: Id,
      async handle(desk, { params }) {
        const ended = await endSessionOf(desk.query, desk.county, officialOf(desk).id, params.id);
        return ended ? { ended: true } : refuse('access.denied');
      },
    }),

    'POST /api/session/passkey/options': route({
      action: 'session.open',
      summary: 'A challenge for signing in with a passkey',
      perMinute: 60,
      handle: (desk) => signInOptions(desk),
    }),
    'POST /api/session/passkey': route({
      action: 'session.open',
      summary: 'Sign in with a passkey',
      perMinute: 60,
      body: z.object({ response: Shown }),
      async handle(desk, { body }) {
        const checked = await checkSignIn(desk, body.response as AuthenticationResponseJSON);
        return isRefusal(checked) ? checked : welcome(await begin(desk, checked.account, checked.official));
      },
    }),

    'GET /api/account': route({
      action: 'session.use',
      summary: 'My account: login and passkeys',
      async handle(desk) {
        const { id, state } = await ownAccount(desk);
        return {
          id,
          login: state.login,
          openedAt: state.openedAt,
          passkeysPossible: passkeysPossible(desk.publicUrl),
          passkeys: await passkeysOf(desk, state),
          can: [
            'account.set-password',
            'account.add-passkey',
            ...(state.passkeys.length > 0 ? ['account.drop-passkey'] : []),
          ],
        };
      },
    }),
    'POST /api/account/password': route({
      action: 'account.set-password',
      summary: 'Change my password; my other sessions end',
      body: z.object({ old: Password, new: Password }),
      async handle(desk, { body }) {
        const { id, state, version } = await ownAccount(desk);
        const { query, county, address, now } = desk;
        const minutes = await attempt(query, county, state.login, address, now, settingsOf(desk));
        if (minutes > 0) return waited({ refused: 'limit.sign-in', minutes });
        if (!(await verifyPassword(body.old, state.hash))) return refuse('account.wrong-old', 'old');
        await forgive(query, county, state.login, address);
        const set = await setPassword(desk, id, state, version, body.new, 'new');
        return isRefusal(set) ? set : { changed: true };
      },
    }),
    'GET /api/account/passkeys': route({
      action: 'session.use',
      summary: 'My passkeys',
      handle: async (desk) => await passkeysOf(desk, (await ownAccount(desk)).state),
    }),
    'POST /api/account/passkeys/options': route({
      action: 'account.add-passkey',
      summary: 'A challenge for adding a passkey',
      perMinute: 30,
      async handle(desk) {
        const { id, state } = await ownAccount(desk);
        return await additionOptions(desk, id, state, officialOf(desk).name);
      },
    }),
    'POST /api/account/passkeys': route({
      action: 'account.add-passkey',
      summary: 'Add a passkey',
      perMinute: 30,
      body: z.object({ name: z.string().trim().min(1).max(40), response: Made }),
      async handle(desk, { body }) {
        const { id } = await ownAccount(desk);
        const passkey = await checkAddition(desk, id, body.name, body.response as RegistrationResponseJSON);
        if (isRefusal(passkey)) return passkey;
        return await give(desk, 'account', id, { kind: 'account.add-passkey', passkey } as { kind: string });
      },
    }),
    'DELETE /api/account/passkeys/:id': route({
      action: 'account.drop-passkey',
      summary: 'Drop one of my passkeys',
      params: z.object({ id: z.string().min(1).max(1400) }),
      async handle(desk, { params }) {
        const command = { kind: 'account.drop-passkey', id: params.id };
        return await give(desk, 'account', accountStream(officialOf(desk).id), command);
      },
    }),

    'GET /api/accounts': route({
      action: 'account.open',
      summary: 'Accounts of the county, by login',
      query: z.object({
        official: z.uuid().optional(),
        /** The last account of the page before. */
        after: z.uuid().optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      async handle({ db, county, actor }, { query }) {
        let select = (db as Kysely<AccountTables>)
          .selectFrom('account as a')
          .innerJoin('official as o', (join) =>
            join.onRef('o.county', '=', 'a.county').onRef('o.id', '=', 'a.official'),
          )
          .select(['a.id', 'a.official', 'o.name', 'a.login', 'a.state', 'a.must_change', 'a.passkeys', 'a.opened_at'])
          .where('a.county', '=', county);
        if (query.official !== undefined) select = select.where('a.official', '=', query.official);
        if (query.after !== undefined) {
          const last = sql`(select l.login, l.id from account l where l.county = ${county} and l.id = ${query.after})`;
          select = select.where(sql<boolean>`(a.login, a.id) > ${last}`);
        }
        const rows = await select.orderBy('a.login').orderBy('a.id').limit(query.limit).execute();
        const asked = actor.kind === 'official' ? actor.id : '';
        return rows.map((a) => ({
          id: a.id,
          official: a.official,
          name: a.name,
          login: a.login,
          state: a.state,
          mustChange: a.must_change,
          passkeys: a.passkeys.length,
          openedAt: new Date(a.opened_at).toISOString(),
          can: (a.state === 'closed'
            ? ['account.open']
            : ['account.reset', ...(a.official === asked ? [] : ['account.close'])]
          ).filter((action) => mayAtAll(actor, action)),
        }));
      },
    }),
    // These two take no command id from the client: sent again they would answer with another password than the first.
    'POST /api/accounts': route({
      action: 'account.open',
      summary: 'Open an official’s account; answers the one-time password, shown this once',
      body: z.object({ official: z.uuid(), login: Login }),
      handle: (desk, { body }) =>
        withOneTimePassword(desk, accountStream(body.official), (hash) => ({
          kind: 'account.open',
          ...body,
          hash,
          mustChange: true,
        })),
    }),
    'POST /api/accounts/:id/reset': route({
      action: 'account.reset',
      summary: 'Give a new one-time password, shown this once; all sessions of the account end',
      params: Id,
      handle: (desk, { params }) => withOneTimePassword(desk, params.id, (hash) => ({ kind: 'account.reset', hash })),
    }),
    'POST /api/accounts/:id/close': route({
      action: 'account.close',
      summary: 'Close an account; all its sessions end',
      params: Id,
      async handle(desk, { params }) {
        const verdict = await give(desk, 'account', params.id, { kind: 'account.close' });
        if (!isRefusal(verdict)) await endSessions(desk.query, desk.county, params.id);
        return verdict;
      },
    }),

    'POST /api/setup': route({
      action: 'session.open',
      summary: 'First set-up, by the one-time link: makes the county and its administrator',
      perMinute: 20,
      body: Founding.extend({ token: z.string().max(64) }),
      async handle(desk, { body: { token, ...founding } }) {
        return welcome(await setUp(desk, found, token, founding));
      },
    }),
  }) satisfies Routes;

async function withOneTimePassword(desk: Desk, account: string, command: (hash: string) => { kind: string }) {
  const password = oneTimePassword();
  const verdict = await give(desk, 'account', account, command(await hashPassword(password)));
  if (isRefusal(verdict)) return verdict;
  await endSessions(desk.query, desk.county, account);
  return { account, version: verdict.version, password };
}

async function passkeysOf({ query, county }: Desk, state: AccountState) {
  const used = await query<{ credential: string; used_at: Date | string }>(
    'passkey.used',
    'select credential, used_at from passkey_use where county = $1 and credential = any($2::text[])',
    [county, state.passkeys.map((p) => p.id)],
  );
  return state.passkeys.map(({ id, name, addedAt }) => {
    const use = used.find((u) => u.credential === id);
    return { id, name, addedAt, usedAt: use === undefined ? addedAt : new Date(use.used_at).toISOString() };
  });
}

async function me(desk: Desk) {
  const { id, name, roles } = officialOf(desk);
  const [person] = await desk.query<{ title: string; unit: string | null; county_name: string | null; posts: Post[] }>(
    'account.me',
    `select o.title, w.name as unit, c.name as county_name,
            (select coalesce(jsonb_agg(jsonb_build_object('role', p.role, 'unit', u.name, 'area', a.name, 'title', p.title)
                                       order by p.place), '[]')
               from post p
               left join unit u on u.county = p.county and u.id = p.unit
               left join area a on a.county = p.county and a.id = p.area
              where p.county = o.county and p.official = o.id
                and p.since <= d.day and (p.until is null or d.day < p.until)) as posts
       from official o
       left join unit w on w.county = o.county and w.id = o.unit
       left join county c on c.county = o.county
      cross join (select ($3::timestamptz at time zone 'Asia/Shanghai')::date as day) d
      where o.county = $1 and o.id = $2`,
    [desk.county, id, desk.now],
  );
  return {
    official: id,
    name,
    title: person?.title ?? '',
    unit: person?.unit ?? '',
    county: person?.county_name ?? '',
    roles: roles.map((role) => ({ role, name: roleName(role) })),
    posts: (person?.posts ?? []).map((p) => ({ ...p, roleName: roleName(p.role) })),
    rooms: roomsOf(roles),
  };
}

interface Post {
  readonly role: Role;
  readonly unit: string | null;
  readonly area: string | null;
  readonly title: string;
}
