import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { secureHeaders } from 'hono/secure-headers';
import type { Kysely } from 'kysely';
import type { Pool } from 'pg';
import { z } from 'zod';
import { mayAtAll } from '../access/access.ts';
import type { Actor } from '../access/model.ts';
import { inputWords } from '../contract/input-words.ts';
import { languageOf, speaking } from '../contract/language.ts';
import { commonInEnglish, faultInEnglish } from '../contract/refusals-english.ts';
import { type Sentences, commonRefusals, statusOf } from '../contract/refusals.ts';
import type { Desk, Raw, Routes } from '../contract/route.ts';
import { LANGUAGE_COOKIE, type Language, language, languageTag, sayingBy } from '../language/saying.ts';
import { unstorable } from '../contract/storable.ts';
import { type Refusal, isRefusal } from '../ledger/decider.ts';
import { newId } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Policies } from '../ledger/record.ts';
import type { Vault } from '../ledger/vault.ts';

/** What a desk stands on, whoever sits at it. All state is in the database: any process can die at any time. */
export interface Ground {
  readonly pool: Pool;
  // oxlint-disable-next-line no-explicit-any
  readonly db: Kysely<any>;
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly publicUrl: string;
  policies(county: number): Promise<Policies>;
}
/** What the server stands on. */
export interface Standing extends Ground {
  readonly county: number;
  /** Whether there is a county to serve by now; until then only sign-in and set-up answer. Absent: there is one. */
  founded?(): Promise<boolean>;
  /** Who holds this session token; anyone when none or ended. */
  identify(token: string | undefined, now: string): Promise<Actor>;
  /** Counts one request against a limit; false when it is used up. */
  withinLimit(key: string, perMinute: number, now: string): Promise<boolean>;
}

// What a schema says of a fault reaches people: in their language.
z.config(inputWords);

const BODY_LIMIT = 2_000_000;
/** What is said with a few pictures, straight from a phone's camera. */
const PICTURES_LIMIT = 42_000_000;
/** Import files are read whole before they are taken in row by row. */
const FILE_LIMIT = 200_000_000;
export const SESSION_COOKIE = 'mq';
/** What answers before the first set-up. */
const EARLY = new Set(['/setup', '/api/setup', '/sign-in', '/sign-in.js']);

type Request = Pick<Desk, 'address' | 'header' | 'cookie' | 'setCookie'>;
/** The house's own work has no cookies and no address. */
const nobodysRequest: Request = {
  address: '',
  header: () => undefined,
  cookie: () => undefined,
  setCookie: () => undefined,
};

/** What every route works at. @param request what it came with; nothing where the house itself does what somebody asked before */
export const deskOf = async (
  { pool, db, ledger, vault, publicUrl, policies }: Ground,
  county: number,
  actor: Actor,
  now: string,
  request: Request = nobodysRequest,
): Promise<Desk> => ({
  county,
  actor,
  now,
  pool,
  db,
  ledger,
  vault,
  publicUrl,
  query: ledger.query,
  policies: await policies(county),
  ...request,
});

/**
 * The HTTP server: each route becomes who → may they → is it well-formed → do it → present it.
 * Refusals answer 4xx with a code, the field and a sentence; anything thrown is a 500 with a number to report.
 * @param sentences of refusals, by code
 * @param english of the same
 */
export function serverOf(standing: Standing, routes: Routes, sentences: Sentences, english: Sentences = {}): Hono {
  const app = new Hono({ strict: false });
  const sentencesIn: Readonly<Record<Language, Sentences>> = {
    zh: { ...commonRefusals, ...sentences },
    en: { ...commonInEnglish, ...english },
  };
  const say = (code: string): string => sentencesIn[language()][code] ?? sentencesIn.zh[code] ?? code;
  app.use((c, next) => speaking(languageOf({ cookie: (name) => getCookie(c, name) }), next));
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        scriptSrc: ["'self'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'same-origin',
      // Counties run it in their own network without certificates as well; a proxy adds HSTS where there is TLS.
      strictTransportSecurity: false,
    }),
  );

  const refusal = (c: Context, { refused, field }: Refusal, message?: string): Response | Promise<Response> => {
    // A person who opened an address in the browser gets a page, not the answer for a program.
    if (wantsPage(c)) {
      if (refused === 'access.sign-in') return c.redirect(`/sign-in?to=${encodeURIComponent(c.req.path)}`, 303);
      return c.html(sorryPage(message ?? say(refused)), statusOf(refused, field));
    }
    return c.json(
      { refused, ...(field === undefined ? {} : { field }), message: message ?? say(refused) },
      statusOf(refused, field),
    );
  };

  // Counted while it comes in: a body that does not say its length is stopped all the same.
  const tooLarge = (c: Context): Response | Promise<Response> =>
    refusal(c, { refused: 'input.too-large', field: 'body' });
  const limitOf = (maxSize: number): MiddlewareHandler => {
    const counted = bodyLimit({ maxSize, onError: tooLarge });
    return (c, next) => {
      if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
      const length = c.req.header('content-length');
      // Node itself reads no more than a body says it has: only one that does not say need be read through here.
      if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next);
      return Number(length) > maxSize ? Promise.resolve(tooLarge(c)) : next();
    };
  };
  const small = limitOf(BODY_LIMIT);
  const file = limitOf(FILE_LIMIT);
  const pictures = limitOf(PICTURES_LIMIT);
  app.use((c, next) =>
    /\/import(\/|$)/.test(c.req.path) ? file(c, next) : c.req.path === '/say' ? pictures(c, next) : small(c, next),
  );

  app.use(async (c, next) => {
    if (standing.founded === undefined || EARLY.has(c.req.path) || (await standing.founded())) return await next();
    return c.req.path.startsWith('/api/') ? refusal(c, { refused: 'setup.needed' }) : c.redirect('/sign-in', 303);
  });

  for (const [address, route] of Object.entries(routes)) {
    const space = address.indexOf(' ');
    const method = address.slice(0, space);
    const path = address.slice(space + 1);
    app.on(method, path, async (c) => {
      const now = new Date().toISOString();
      const token = getCookie(c, SESSION_COOKIE);
      const actor = await standing.identify(token, now);
      if (!mayAtAll(actor, route.action)) {
        return refusal(c, { refused: actor.kind === 'anyone' ? 'access.sign-in' : 'access.denied' });
      }
      // Browsers send Origin with every write; a foreign one (or `null`) is another site using our cookie.
      const origin = c.req.header('origin');
      if (method !== 'GET' && origin !== undefined && hostOf(origin) !== c.req.header('host')) {
        return refusal(c, { refused: 'access.denied' });
      }
      const address = addressOf(c);
      if (route.perMinute !== undefined && !(await standing.withinLimit(`${path} ${address}`, route.perMinute, now))) {
        return refusal(c, { refused: 'limit.too-many' });
      }

      const sent: { params: unknown; query: unknown; body: unknown } = {
        params: undefined,
        query: undefined,
        body: undefined,
      };
      const given = {
        params: (): Read => ({ value: c.req.param() }),
        query: (): Read => ({ value: c.req.query() }),
        body: () => bodyOf(c),
      };
      for (const part of ['params', 'query', 'body'] as const) {
        const schema = route[part];
        if (schema === undefined) continue;
        const read = await given[part]();
        const fault = 'fault' in read ? read.fault : unstorable(read.value, part);
        if (fault !== undefined) return refusal(c, part === 'params' ? { ...fault, refused: 'access.denied' } : fault);
        const parsed = schema.safeParse('value' in read ? read.value : undefined);
        if (!parsed.success) {
          const issue = parsed.error.issues[0]!;
          const field = [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys : [])].join('.') || part;
          // A record nobody could have named answers like one nobody may see.
          if (part === 'params') return refusal(c, { refused: 'access.denied', field });
          return refusal(c, { refused: 'input.invalid', field }, sayFault(say('input.invalid'), field, issue.message));
        }
        sent[part] = parsed.data;
      }

      const desk = await deskOf(standing, standing.county, actor, now, {
        address,
        header: (name) => c.req.header(name),
        cookie: (name) => getCookie(c, name),
        setCookie: (name, value, maxAge) =>
          setCookie(c, name, value ?? '', {
            path: '/',
            // The rooms' scripts speak the language that was chosen; nothing else in a cookie is theirs to read.
            httpOnly: name !== LANGUAGE_COOKIE,
            sameSite: 'Lax',
            secure: new URL(standing.publicUrl).protocol === 'https:',
            maxAge: value === undefined ? 0 : (maxAge ?? 86_400),
          }),
      });
      const answer = (await route.handle(desk, sent)) as unknown;
      if (answer === null || typeof answer !== 'object') return c.json(answer ?? null);
      if (isRaw(answer)) {
        c.header('content-type', answer.type);
        for (const [name, value] of Object.entries(answer.headers ?? {})) c.header(name, value);
        return c.body(answer.body as string, answer.status ?? 200);
      }
      if (isRefusal(answer)) return refusal(c, answer);
      c.header('cache-control', 'no-store');
      return c.json(answer);
    });
  }

  app.onError((error, c) => {
    const number = newId().slice(-12);
    console.error(
      JSON.stringify({ level: 'error', number, path: c.req.path, message: error.message, stack: error.stack }),
    );
    return c.json(
      {
        refused: 'server.error',
        message: `${say('server.error')}${language() === 'en' ? ` (${number})` : `（${number}）`}`,
      },
      500,
    );
  });
  app.notFound((c) => refusal(c, { refused: 'route.unknown' }));
  return app;
}

/** Which field, and what is wrong with it, behind the sentence that something is. */
const sayFault = (sentence: string, field: string, message: string): string =>
  language() === 'en' ? `${sentence} (${field}: ${faultInEnglish(message)})` : `${sentence}（${field}：${message}）`;

const isRaw = (answer: object): answer is Raw => 'raw' in answer && answer.raw === true;

/** A part of a request as it was sent, or why it cannot be read. */
type Read = { readonly value: unknown } | { readonly fault: Refusal };

const isForm = (c: Context): boolean =>
  /multipart\/form-data|x-www-form-urlencoded/.test(c.req.header('content-type') ?? '');

async function bodyOf(c: Context): Promise<Read> {
  if (isForm(c)) {
    try {
      return { value: await c.req.parseBody({ all: true }) };
    } catch {
      return { fault: { refused: 'input.form', field: 'body' } };
    }
  }
  const text = await c.req.text();
  if (text === '') return { value: {} };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { fault: { refused: 'input.json', field: 'body' } };
  }
}

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : '');

const wantsPage = (c: Context): boolean =>
  c.req.method === 'GET' && !c.req.path.startsWith('/api') && (c.req.header('accept') ?? '').includes('text/html');

const sorry = sayingBy({ 打不开: 'This does not open', 回首页: 'Home' });

const sorryPage = (message: string) => html`<!doctype html>
<html lang="${languageTag()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${sorry('打不开')}</title>
<link rel="stylesheet" href="/portal.css">
</head>
<body><main id="main"><h1>${sorry('打不开')}</h1><p class="lead">${message}</p><p><a class="button" href="/">${sorry('回首页')}</a></p></main></body>
</html>`;

/**
 * Where a request came from, for limits. A proxy on this machine says whom it speaks for; anyone else's word for
 * another address is not taken.
 */
const addressOf = (c: Context): string => {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  const peer = env?.incoming?.socket?.remoteAddress ?? 'unknown';
  const local = peer === '::1' || /^(::ffff:)?127\./.test(peer);
  const told = local ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return told === undefined || told === '' ? peer : told.slice(0, 64);
};
