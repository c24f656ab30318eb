import { html } from 'hono/html';
import { z } from 'zod';
import { type Desk, type Raw, type Routes, raw, route } from '../../contract/route.ts';
import { languageTag } from '../../language/saying.ts';
import { placeOfTicket, screenOf } from '../../reception/hall/api.ts';
import { hallScript, hallStyle } from './assets.ts';
import { t } from './english.ts';
import { type Html, page, sorry } from './page.ts';

type Screen = Awaited<ReturnType<typeof screenOf>>;
type Place = NonNullable<Awaited<ReturnType<typeof placeOfTicket>>>;

/** What the script says, in the language of the page. */
const words = () =>
  JSON.stringify({
    now: t('请'),
    to: t('到 {desk} 号窗口'),
    desk: t('{desk} 号窗口'),
    waiting: t('{n} 人在等'),
    nobody: t('没有人在等'),
    empty: t('没有人值守'),
    none: t('还没有叫号'),
    lost: t('连不上，正在再试'),
    loud: t('开声音'),
    quiet: t('关声音'),
  });

/** The screen in the hall, whole as it stands now; its script keeps it so. */
async function screenPage({ name, calls, desks, firstFor }: Screen, area: string): Promise<Raw> {
  const [first, ...before] = calls;
  const text = await html`<!doctype html>
<html lang="${languageTag()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${t('叫号屏')} · ${name}</title>
<link rel="stylesheet" href="${hallStyle.path}">
<script src="${hallScript.path}" defer></script>
</head>
<body data-area="${area}" data-words="${words()}">
<header><h1>${name}</h1><time id="clock"></time></header>
<main>
<section class="now${first === undefined ? ' none' : ''}" id="now" aria-live="polite">${
    first === undefined
      ? html`<b>${t('还没有叫号')}</b>`
      : html`<p>${t('请')}</p><b>${first.number}</b><p>${t('到 {desk} 号窗口', { desk: first.desk })}</p><p class="unit">${first.unit}</p>`
  }</section>
<ol class="before" id="before">${before.map((c) => html`<li>${c.number}<span>${t('{desk} 号窗口', { desk: c.desk })}</span></li>`)}</ol>
</main>
<ul class="desks" id="desks">${desks.map(
    (d) =>
      html`<li><b>${d.code} ${d.unit}</b><span>${
        !d.manned ? t('没有人值守') : d.waiting === 0 ? t('没有人在等') : t('{n} 人在等', { n: d.waiting })
      }</span></li>`,
  )}</ul>
<footer><span>${t('取了号请坐，叫到再来。')}${firstFor.length === 0 ? '' : t('{who}优先', { who: firstFor.join('、') })}</span>
<span id="lost" role="status"></span><button type="button" id="sound" aria-pressed="false">${t('开声音')}</button></footer>
</body>
</html>
`;
  return raw('text/html; charset=utf-8', String(text), { headers: { 'cache-control': 'no-store' } });
}

const stands = ({ status, over, ahead, desk }: Place): Html => {
  if (over && status !== 'done') return html`<p class="lead">${t('这个号是以前的，请重新取号。')}</p>`;
  switch (status) {
    case 'waiting':
      return html`<p class="lead"><strong>${ahead === 0 ? t('下一个就是您') : t('前面还有 {ahead} 位', { ahead })}</strong></p>`;
    case 'called':
      return html`<p class="lead"><strong>${t('正在叫您，请到 {desk} 号窗口', { desk })}</strong></p>`;
    case 'serving':
      return html`<p class="lead">${t('正在 {desk} 号窗口接待', { desk })}</p>`;
    case 'missed':
      return html`<p class="lead"><strong>${t('过号了，请到窗口说一声，重新排。')}</strong></p>`;
    case 'done':
      return html`<p class="lead">${t('办完了。')}</p>`;
  }
};

/** How often a phone that shows a place in the queue asks again, in seconds. */
const AGAIN_S = 15;

/** The hall for those who wait in it: the screen, and one's own place from outside (row D2). */
export const hallPages = {
  'GET /hall/:area': route({
    action: 'portal.use',
    summary: 'The screen in the hall: numbers called, desks, how many wait; nothing of anybody',
    params: z.object({ area: z.uuid().catch('00000000-0000-4000-8000-000000000000') }),
    handle: async (desk, { params: { area } }) => await screenPage(await screenOf(desk, area), area),
  }),
  'GET /hall.css': route({ action: 'portal.use', summary: 'The look of the hall’s screen', handle: hallStyle.serve }),
  'GET /hall.js': route({
    action: 'portal.use',
    summary: 'What keeps the hall’s screen as things stand',
    handle: hallScript.serve,
  }),
  'GET /ticket/:id': route({
    action: 'portal.use',
    summary: 'How many stand before a ticket, for whoever holds its slip',
    params: z.object({ id: z.uuid().catch('00000000-0000-4000-8000-000000000000') }),
    query: z.object({ k: z.string().max(40).default('') }),
    async handle(desk: Desk, { params: { id }, query: { k } }) {
      const found = await placeOfTicket(desk, id, k);
      const path = `/ticket/${id}?k=${encodeURIComponent(k)}`;
      if (found === undefined)
        return await sorry(
          desk,
          path,
          404,
          t('没有这个号'),
          t('号不对，或者已经过了当天。请看手里的小票，重新扫一下。'),
        );
      const shown = await page(desk, {
        title: t('我的号'),
        path,
        body: html`<h1>${t('您的号是 {number}', { number: found.number })}</h1>
${stands(found)}<p>${t('{desk} 号窗口', { desk: found.desk })} ${found.unit}</p><p class="hint">${t('这个页面每十五秒自己更新。')}</p>`,
      });
      return { ...shown, headers: { ...shown.headers, refresh: String(AGAIN_S) } };
    },
  }),
} satisfies Routes;
