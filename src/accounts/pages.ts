import { html, raw as unescaped } from 'hono/html';
import { language, languageTag } from '../language/saying.ts';
import type { Look } from '../contract/look.ts';
import { type Raw, raw } from '../contract/route.ts';
import { sayRefusal, t } from './english.ts';
import { style } from './style.ts';

/** A fault to show above a form, and the field it is about. */
export interface Fault {
  readonly message: string;
  readonly field?: string | undefined;
  /** Nothing is wrong yet: this is what to do next. */
  readonly wish?: boolean;
}

type Html = ReturnType<typeof html>;

const TYPE = 'text/html; charset=utf-8';
const UNCACHED = { 'cache-control': 'no-store' };

const PLAIN: Look = { large: false, dark: false };

async function page(
  title: string,
  body: Html,
  status: 200 | 401 | 404 | 409 | 422 | 429 = 200,
  look = PLAIN,
): Promise<Raw> {
  const text = await html`<!doctype html>
<html lang="${languageTag()}"${look.large ? html` data-type="large"` : ''}${look.dark ? html` data-theme="dark"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${title}</title>
<style>${unescaped(style)}</style>
</head>
<body>
${body}
</body>
</html>
`;
  return raw(TYPE, String(text), { status, headers: UNCACHED });
}

const faultOf = (fault: Fault | undefined): Html | string =>
  fault === undefined
    ? ''
    : html`<p class="${fault.wish ? 'note' : 'fault'}" role="alert" id="fault">${sayRefusal(fault.message)}</p>`;

const invalid = (fault: Fault | undefined, ...fields: string[]): Html | string =>
  fault?.field !== undefined && fields.includes(fault.field) ? html` aria-invalid="true" aria-describedby="fault"` : '';

export interface SignInPage {
  /** What the county is called; absent where there is none yet. */
  readonly county: string | undefined;
  readonly login?: string | undefined;
  /** Where to go afterwards, already found to be a page of ours. */
  readonly to?: string | undefined;
  readonly fault?: Fault | undefined;
  readonly status?: 401 | 409 | 422 | 429 | undefined;
  /** The given password is good for one time only: ask for the one to take its place. */
  readonly change?: boolean | undefined;
  readonly passkeys: boolean;
  /** The county's own identity provider, by its name, where one is set. */
  readonly provider?: string | undefined;
  readonly look: Look;
}

/** The page officials sign in on. Passwords need no script. */
export function signInPage(p: SignInPage): Promise<Raw> {
  if (p.county === undefined) {
    return page(
      '民情',
      html`<main><header><h1>${t('还没有设置好')}</h1>
<p class="lead">${t('这是一个新装的系统。请打开启动时打印出来的设置链接，填好县名和第一位管理员，就可以开始用了。')}</p></header>
<p class="hint">${t('找不到链接的话，请在服务器上重新启动，会再打印一个。')}</p></main>`,
    );
  }
  const title = p.change ? t('设一个新密码') : t('干部登录');
  return page(
    `${title} · ${p.county}`,
    html`${switches(p.look)}<main>
<header><p>${p.county} · 民情</p><h1>${title}</h1></header>
${faultOf(p.fault)}
<form method="post" action="/sign-in">
${p.to === undefined ? '' : html`<input type="hidden" name="to" value="${p.to}">`}
<label for="login">${t('登录名')}</label>
<input id="login" name="login" required maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false" value="${p.login ?? ''}"${p.login === undefined ? html` autofocus` : ''}${invalid(p.fault, 'login')}>
<label for="password">${p.change ? t('一次性密码') : t('密码')}</label>
<input id="password" name="password" type="password" required maxlength="200" autocomplete="${p.change ? 'off' : 'current-password'}"${p.login === undefined ? '' : html` autofocus`}${invalid(p.fault, 'password')}>
${p.change ? newPasswordField('next', t('新密码'), p.fault) : ''}
<button type="submit">${p.change ? t('换成新密码，登录') : t('登录')}</button>
</form>
${
  p.passkeys && !p.change
    ? html`<div id="passkey" hidden data-to="${p.to ?? ''}"><div class="or">${t('或者')}</div>
<button type="button" class="second">${t('用指纹、面容或通行密钥登录')}</button>
<p class="fault" id="passkey-fault" role="alert" hidden></p></div>
<script src="/sign-in.js" defer></script>`
    : ''
}
${p.provider === undefined || p.change ? '' : html`<p><a class="button second" href="/sign-in/oidc${p.to === undefined ? '' : `?to=${encodeURIComponent(p.to)}`}">${p.provider}</a></p>`}
${p.fault === undefined ? html`<p class="hint after">${t('忘记密码，请联系本单位管理员重置。')}</p>` : ''}
</main>
<footer>${t('群众说事、查进度不用登录，')}<a href="/">${t('从这里进')}</a></footer>`,
    p.status ?? 200,
    p.look,
  );
}

/** The same switches as on the residents' pages; they come back to this page. */
const switches = (look: Look): Html => {
  const turn = (to: string): string => `/look?${to}&to=/sign-in`;
  return html`<nav aria-label="${t('显示方式')}"><a href="${turn(`type=${look.large ? 'plain' : 'large'}`)}">${look.large ? t('标准字') : t('大字')}</a>
<a href="${turn(`theme=${look.dark ? 'light' : 'dark'}`)}">${look.dark ? t('浅色') : t('深色')}</a>
${language() === 'en' ? html`<a href="${turn('lang=zh')}" lang="zh-CN" hreflang="zh-CN">中文</a>` : html`<a href="${turn('lang=en')}" lang="en" hreflang="en">English</a>`}</nav>`;
};

const newPasswordField = (name: string, label: string, fault: Fault | undefined, field = name): Html =>
  html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="password" required minlength="10" maxlength="200" autocomplete="new-password" aria-describedby="${name}-hint"${fault?.field === field ? html` aria-invalid="true"` : ''}>
<p class="hint" id="${name}-hint">${t('至少 10 个字符。几个不相干的词连起来，又长又好记。')}</p>`;

export interface SetupFields {
  readonly code: string;
  readonly name: string;
  readonly prefix: string;
  readonly person: string;
  readonly login: string;
}

const NO_FIELDS: SetupFields = { code: '', name: '', prefix: '', person: '', login: '' };

/** The page of the first set-up, reached by the one-time link. */
export function setupPage(p: {
  token: string;
  fields?: SetupFields;
  fault?: Fault | undefined;
  status?: 409 | 422;
}): Promise<Raw> {
  const f = p.fields ?? NO_FIELDS;
  return page(
    `${t('第一次设置')} · 民情`,
    html`<main class="long">
<header><p>民情</p><h1>${t('第一次设置')}</h1>
<p class="lead">${t('填好下面几项，系统就可以用了。乡镇、村、干部可以登录以后再导入。这个链接只能用一次。')}</p></header>
${faultOf(p.fault)}
<form method="post" action="/setup">
<input type="hidden" name="token" value="${p.token}">
<h2>${t('哪个县')}</h2>
<div class="pair">
<div class="whole"><label for="name">${t('县（市、区）名')}</label>
<input id="name" name="name" required minlength="2" maxlength="40" placeholder="${t('例如：清河县')}" value="${f.name}"${invalid(p.fault, 'county.name')}></div>
<div><label for="code">${t('行政区划代码')}</label>
<input id="code" name="code" class="short" required pattern="\\d{6}" inputmode="numeric" maxlength="6" placeholder="${t('6 位数字')}" value="${f.code}"${invalid(p.fault, 'county.code')}></div>
<div><label for="prefix">${t('编号字头')}</label>
<input id="prefix" name="prefix" class="short" required pattern="[A-Za-z]{2}" maxlength="2" autocapitalize="characters" placeholder="${t('2 个字母')}" value="${f.prefix}"${invalid(p.fault, 'county.prefix')}>
<p class="hint">${t('每件事的编号都以它开头，例如清河县用 QH。以后不能改。')}</p></div>
</div>
<h2>${t('第一位管理员')}</h2>
<div class="pair">
<div><label for="person">${t('姓名')}</label>
<input id="person" name="person" required minlength="2" maxlength="40" autocomplete="name" value="${f.person}"${invalid(p.fault, 'administrator.name')}></div>
<div><label for="login">${t('登录名')}</label>
<input id="login" name="login" required minlength="2" maxlength="32" autocomplete="username" autocapitalize="none" spellcheck="false" value="${f.login}"${invalid(p.fault, 'administrator.login')}>
<p class="hint">${t('姓名、拼音或手机号都行。')}</p></div>
<div>${newPasswordField('password', t('密码'), p.fault, 'administrator.password')}</div>
</div>
<button type="submit">${t('设置好，进入系统')}</button>
</form></main>`,
    p.status ?? 200,
  );
}

/** In place of the set-up when its link does not open it. */
export const setupClosedPage = (message: string, done: boolean): Promise<Raw> =>
  page(
    `${t('第一次设置')} · 民情`,
    html`<main><header><p>民情</p><h1>${done ? t('已经设置好了') : t('这个链接打不开设置')}</h1><p class="lead">${sayRefusal(message)}</p></header>
${done ? html`<a class="button" href="/sign-in">${t('去登录')}</a>` : ''}</main>`,
    done ? 409 : 404,
  );

export const goTo = (address: string): Raw =>
  raw(TYPE, '', { status: 303, headers: { location: address, ...UNCACHED } });

/** The page asked for before signing in, if it is one of ours: never a way out to another site. */
export function ownPage(to: string | undefined): string | undefined {
  if (to === undefined || to.length > 500 || !/^\/(?![/\\])/.test(to)) return undefined;
  const here = 'http://here.invalid';
  if (!URL.canParse(to, here)) return undefined;
  const { origin, pathname, search, hash } = new URL(to, here);
  if (origin !== here || pathname.startsWith('//') || /^\/(api|sign-in|setup)(\/|$)/.test(pathname)) return undefined;
  return `${pathname}${search}${hash}`;
}
