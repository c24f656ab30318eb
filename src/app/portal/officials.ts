import { html } from 'hono/html';
import { z } from 'zod';
import { type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { language } from '../../language/saying.ts';
import { t } from './english.ts';
import { Fields, text, uuid } from './form.ts';
import { type Html, page, sorry } from './page.ts';
import {
  type Contact,
  type Named,
  boardOf,
  contactOf,
  findOfficials,
  findVillages,
  postsOf,
  townships,
  villageOf,
  villagesOf,
} from './places.ts';
import { joined } from './words.ts';

const call = (phone: string, name: string): Html | string =>
  phone === ''
    ? html`<span class="hint">${t('没有登记电话')}</span>`
    : html`<a class="button small" href="tel:${phone}" aria-label="${t('给{name}打电话 {phone}', { name, phone })}">${phone}</a>`;

const person = (official: Contact, role: string): Html =>
  html`<li><div><a href="/card/${official.id}"><b>${official.name}</b></a>
<span>${joined(' · ', official.unit, role)}</span></div>${call(official.phone, official.name)}</li>`;

const people = (list: readonly (Contact & { role?: string })[]): Html =>
  html`<ul class="people">${list.map((o) => person(o, o.role ?? o.title))}</ul>`;

/** Places to tap. */
const choice = (heading: string, places: readonly Named[], addressOf: (id: string) => string): Html =>
  html`<h2>${heading}</h2>
<ul class="places">${places.map((p) => html`<li><a href="${addressOf(p.id)}">${p.name}</a></li>`)}</ul>`;

const addressOf = (q: string, township?: string, village?: string): string => {
  const query = new URLSearchParams({
    ...(q === '' ? {} : { q }),
    ...(township === undefined ? {} : { township }),
    ...(village === undefined ? {} : { village }),
  });
  return query.size === 0 ? '/officials' : `/officials?${query}`;
};

/** The board of one village, or of a township with its villages to choose from. */
async function board(desk: Desk, township: Named, village: string | undefined): Promise<Html> {
  const villages = await villagesOf(desk, township.id);
  const chosen = villages.find((v) => v.id === village);
  const posts = await postsOf(desk, township.id);
  const another = html`<a href="/officials">${t('换一个乡镇')}</a>`;
  const others = html`<p class="hint">${another}　<a href="${addressOf('', township.id)}">${t('{township}的其他村', { township: township.name })}</a></p>`;
  const above = posts.length === 0 ? '' : html`<h2>${township.name}</h2>${people(posts)}`;
  if (chosen === undefined) {
    const ask = choice(t('{township}哪个村、社区', { township: township.name }), villages, (id) =>
      addressOf('', township.id, id),
    );
    return html`${ask}<p class="hint">${another}</p>${above}`;
  }
  const own = await boardOf(desk, chosen.id);
  return html`<h2>${chosen.name}</h2>
${own.length === 0 ? html`<p class="empty">${t('这个村还没有登记联系干部。有事直接说出来，会转给该管的单位。')}</p>` : people(own)}
${above}
<p class="actions"><a class="button main" href="/say?village=${chosen.id}">${t('说件事')}</a></p>
${others}`;
}

/** Villages and officials of that name. */
async function found(desk: Desk, typed: string): Promise<Html> {
  const [villages, officials] = await Promise.all([findVillages(desk, typed), findOfficials(desk, typed)]);
  if (villages.length + officials.length === 0)
    return html`<p class="empty">${t('没有找到“{typed}”。少写一个字再试，或者', { typed })}<a href="/officials">${t('按乡镇找')}</a>${t('。')}</p>`;
  return html`${
    villages.length === 0
      ? ''
      : html`<h2>${t('村、社区')}</h2><ul class="places">${villages.map(
          (v) =>
            html`<li><a href="${addressOf('', v.township, v.id)}">${v.name} <small>${v.townshipName}</small></a></li>`,
        )}</ul>`
  }${officials.length === 0 ? '' : html`<h2>${t('干部')}</h2>${people(officials)}`}`;
}

async function officialsPage(desk: Desk, sent: { q: string; township: string; village: string }): Promise<Raw> {
  const towns = await townships(desk);
  const village = sent.village === '' ? undefined : await villageOf(desk, sent.village);
  const township = towns.find((t) => t.id === (village?.township ?? sent.township));
  const ask = () => choice(t('您在哪个乡镇、街道'), towns, (id) => addressOf('', id));
  const shown = () => (township === undefined ? ask() : board(desk, township, village?.id));
  const answer = sent.q === '' ? await shown() : await found(desk, sent.q);
  return await page(desk, {
    title: t('找干部'),
    path: addressOf(sent.q, township?.id, village?.id),
    open: true,
    body: html`<h1>${t('找干部')}</h1>
<form method="get" action="/officials" class="find" role="search"><label for="q">${t('村名，或者干部的名字')}</label>
<div class="line"><input id="q" name="q" type="search" maxlength="20" placeholder="${t('汉字、拼音都行')}" value="${sent.q}">
<button type="submit">${t('找')}</button></div></form>
${answer}`,
  });
}

export const officialRoutes = {
  'GET /officials': route({
    action: 'portal.use',
    summary: 'Who is responsible for a village, and how to reach them',
    query: Fields,
    handle: (desk, { query }) =>
      officialsPage(desk, {
        q: text(query, 'q').slice(0, 20),
        township: uuid(query, 'township') ?? '',
        village: uuid(query, 'village') ?? '',
      }),
  }),
  'GET /card/:official': route({
    action: 'portal.use',
    summary: 'A contact card that was scanned: who this is, and a request addressed to them',
    params: z.object({ official: z.uuid().catch('00000000-0000-4000-8000-000000000000') }),
    async handle(desk, { params: { official } }) {
      const found = await contactOf(desk, official);
      if (found === undefined) {
        return await sorry(
          desk,
          '/officials',
          404,
          t('这张卡已经不用了'),
          html`${t('卡上的干部可能调动了。')}<a href="/officials">${t('看看现在是谁')}</a>${t('。')}`,
        );
      }
      const villages = found.villages.map((v) => v.name).join(language() === 'en' ? ', ' : '、');
      return await page(desk, {
        title: found.name,
        path: `/card/${found.id}`,
        open: true,
        body: html`<section class="card"><p class="no">${t('民情联系卡')}</p><h1>${found.name}</h1>
<p>${joined(' ', found.unit, found.title)}</p>
${villages === '' ? '' : html`<p class="hint">${t('联系：{villages}', { villages })}</p>`}</section>
<p class="actions"><a class="button main" href="/say?official=${found.id}">${t('说件事给{name}', { name: found.name })}</a>
${found.phone === '' ? '' : html`<a class="button" href="tel:${found.phone}">${t('打电话 {phone}', { phone: found.phone })}</a>`}</p>
<p class="hint">${t('说的事有编号、有期限，{name}调走了也有人接着办。', { name: found.name })}</p>`,
      });
    },
  }),
} satisfies Routes;
