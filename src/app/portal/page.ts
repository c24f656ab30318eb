import { html } from 'hono/html';
import { type Desk, type Raw, raw } from '../../contract/route.ts';
import { language, languageTag } from '../../language/saying.ts';
import { type Look, lookOf } from '../../contract/look.ts';
import { script, style } from './assets.ts';
import { t } from './english.ts';
import { switchTo } from './look.ts';

export type Html = ReturnType<typeof html>;
/** What may stand inside a page: markup, text, or nothing. */
export type Part = Html | string | readonly Part[];

const TYPE = 'text/html; charset=utf-8';
/** Pages hold what one person typed or may see: no shared memory keeps them. */
const UNCACHED = { 'cache-control': 'no-store' };

/** A page of lines on ink blue, inside the page: one request less on a slow network. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E" +
  "%3Crect width='8' height='8' rx='1.5' fill='%231f4e79'/%3E" +
  "%3Cpath d='M2 2.5h4M2 4h4M2 5.5h2.5' stroke='%23fff' stroke-width='.8'/%3E%3C/svg%3E";

interface CountyName {
  readonly name: string;
  readonly prefix: string;
}

async function countyOf(desk: Desk): Promise<CountyName> {
  const [county] = await desk.query<CountyName>('portal.county', 'select name, prefix from county where county = $1', [
    desk.county,
  ]);
  return county ?? { name: '', prefix: '' };
}

export interface Page {
  readonly title: string;
  /** Where this page is, for the way back after a switch of type size or colours. */
  readonly path: string;
  readonly body: Part;
  readonly status?: Raw['status'];
  /** The first page has its own head; others lead back to it. */
  readonly home?: boolean;
  /** May stand in a search engine and in the browser's memory: holds nothing of one person. */
  readonly open?: boolean;
}

/** One page of the portal, whole: it needs no script, and little else. */
export async function page(
  desk: Desk,
  { title, path, body, status = 200, home = false, open = false }: Page,
): Promise<Raw> {
  const county = await countyOf(desk);
  const look = lookOf(desk);
  const text = await html`<!doctype html>
<html lang="${languageTag()}"${look.large ? html` data-type="large"` : ''}${look.dark ? html` data-theme="dark"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${open ? '' : html`<meta name="robots" content="noindex">`}
<title>${home ? `${county.name} ${title}` : `${title} · ${county.name}`}</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="${style.path}">
<script src="${script.path}" defer></script>
</head>
<body${home ? html` class="home"` : ''}>
<a class="skip" href="#main">${t('跳到正文')}</a>
<header class="top"><div>
${home ? html`<b>${county.name}</b>` : html`<a class="back" href="/"><i aria-hidden="true">‹</i>${county.name}</a>`}
${switches(look, path)}
</div></header>
<main id="main">
${body as Html}
</main>
<footer><a href="/help">${t('怎么用，信息怎么保管')}</a>${home ? html`<a href="/sign-in">${t('干部登录')}</a>` : html`<a href="/">${t('回首页')}</a>`}</footer>
</body>
</html>
`;
  return raw(TYPE, String(text), { status, headers: UNCACHED });
}

const switches = (look: Look, path: string): Html =>
  html`<nav class="look" aria-label="${t('显示方式')}">
${turn('type', look.large, ['large', 'plain'], [t('大字'), t('标准字')], path)}
${turn('theme', look.dark, ['dark', 'light'], [t('深色'), t('浅色')], path)}
${otherLanguage(path)}
</nav>`;

/** Written in the language it leads to, for whoever cannot read this one. */
const otherLanguage = (path: string): Html =>
  language() === 'en'
    ? html`<a href="${switchTo('lang', 'zh', path)}" lang="zh-CN" hreflang="zh-CN">中文</a>`
    : html`<a href="${switchTo('lang', 'en', path)}" lang="en" hreflang="en">English</a>`;

/** One switch: a link that sets the cookie; a script reads from it what to change in place. */
const turn = (
  what: 'type' | 'theme',
  isOn: boolean,
  [on, off]: readonly [string, string],
  words: readonly [string, string],
  path: string,
): Html =>
  html`<a href="${switchTo(what, isOn ? off : on, path)}" data-look="${what}" data-on="${on}" data-off="${off}"
 data-words="${words.join('|')}">${words[isOn ? 1 : 0]}</a>`;

/** A page that says in one breath what is wrong and what to do. */
export const sorry = (
  desk: Desk,
  path: string,
  status: 404 | 409 | 422 | 429,
  title: string,
  what: Part,
): Promise<Raw> =>
  page(desk, {
    title,
    path,
    status,
    body: html`<h1>${title}</h1><p class="lead">${what as Html}</p><p><a class="button" href="/">${t('回首页')}</a></p>`,
  });

export const tooMany = (desk: Desk, path: string): Promise<Raw> =>
  sorry(desk, path, 429, t('请稍等一分钟'), t('这个网络上刚才操作得太频繁。过一分钟再试；刚填的内容，按“返回”还在。'));

export const goTo = (address: string): Raw =>
  raw(TYPE, '', { status: 303, headers: { location: address, ...UNCACHED } });
