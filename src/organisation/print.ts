import { html, raw as markup } from 'hono/html';
import { z } from 'zod';
import { dayOf } from '../calendar/days.ts';
import { type Routes, raw, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { type Board, type Card, type Plate, boardOf, cardOf, cardSheet, plateOf } from './cards.ts';
import type { AssignmentRules } from './model.ts';
import { ASSIGNMENT_RULES } from './policies.ts';

/** Paper and ink; the seal's red is one thin line under the name of the place. Sizes are what a print shop cuts. */
const STYLE = `
:root { --ink: #1f2328; --ink-2: #565c64; --line: #d9d2c4; --paper: #faf8f4; --seal: #b3261e;
  --font: "PingFang SC", "MiSans", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 10.5pt/1.5 var(--font); font-variant-numeric: tabular-nums; line-break: strict; }
h1, h2, p, dl, dd { margin: 0; }
.hint { padding: 4mm 0; text-align: center; color: var(--ink-2); }
.page { background: #fff; margin: 8mm auto; }
.qr svg { display: block; width: 100%; height: auto; }
.cards { display: grid; grid-template-columns: repeat(2, 90mm); grid-auto-rows: 54mm; gap: 0; width: 180mm; }
.card { width: 90mm; height: 54mm; padding: 6mm; border: .2mm dashed var(--line); display: grid; grid-template-columns: 1fr 24mm; column-gap: 4mm; break-inside: avoid; overflow: hidden; }
.card h1 { font-size: 17pt; font-weight: 600; letter-spacing: .12em; line-height: 1.3; }
.card .title { color: var(--ink-2); font-size: 9pt; }
.card .unit { border-top: .3mm solid var(--seal); margin-top: 2mm; padding-top: 2mm; font-size: 9.5pt; }
.card .phone { font-size: 12pt; font-weight: 600; }
.card .villages { font-size: 8.5pt; color: var(--ink-2); max-height: 2.9em; overflow: hidden; }
.card .qr p { font-size: 7pt; color: var(--ink-2); text-align: center; margin-top: 1mm; }
.board, .plate { width: 277mm; min-height: 186mm; padding: 8mm 14mm; }
.board h1, .plate h1 { font-size: 30pt; font-weight: 600; letter-spacing: .1em; text-align: center; }
.board .within, .plate .within { text-align: center; color: var(--ink-2); font-size: 13pt; }
.board h1::after, .plate h1::after { content: ""; display: block; width: 36mm; border-bottom: .6mm solid var(--seal); margin: 3mm auto 5mm; }
table { width: 100%; border-collapse: collapse; }
th, td { border-bottom: .25mm solid var(--line); padding: 1.5mm 3mm; text-align: left; font-size: 16pt; vertical-align: middle; }
th { font-size: 12pt; font-weight: 500; color: var(--ink-2); }
td.qr { width: 29mm; } tbody tr { height: 27mm; } td.phone { font-weight: 600; white-space: nowrap; } td.none { color: var(--ink-2); }
.people { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8mm; }
.person { display: grid; grid-template-columns: 28mm 1fr; gap: 5mm; break-inside: avoid; }
.person img, .person .blank { width: 28mm; height: 36mm; object-fit: cover; border: .25mm solid var(--line); }
.person h2 { font-size: 18pt; letter-spacing: .1em; line-height: 1.3; } .person .qr { width: 20mm; margin-top: 2mm; }
.foot { margin-top: 5mm; text-align: center; color: var(--ink-2); font-size: 11pt; }
@media print { body { background: #fff; } .hint { display: none; } .page { margin: 0; } }
`;

const pageOf = (title: string, size: string, body: unknown): string =>
  String(html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<style>${markup(STYLE)} @page { size: ${size}; margin: 10mm; }</style></head>
<body><p class="hint">按 Ctrl + P（苹果电脑按 ⌘ + P）打印，纸张和页边距已设好。</p>${body}</body></html>`);

const cardHtml = (card: Card) => html`<article class="card">
  <div>
    <h1>${card.name}</h1><p class="title">${card.title}</p>
    <p class="unit">${card.unit}</p><p class="phone">${card.phone}</p>
    ${card.villages.length === 0 ? '' : html`<p class="villages">联系：${card.villages.join('、')}</p>`}
  </div>
  <div class="qr">${markup(card.qr)}<p>扫码找我反映</p></div>
</article>`;

/** A visiting card by itself, or many cut from A4 sheets, ten to a sheet. */
export const cardsPage = (title: string, cards: readonly Card[]): string =>
  pageOf(title, 'A4 portrait', html`<main class="page cards">${cards.map(cardHtml)}</main>`);

export const boardPage = (board: Board): string =>
  pageOf(`${board.name}干部联村公示牌`, 'A4 landscape', html`<main class="page board">
  <p class="within">${board.within}</p><h1>${board.name}干部联村公示牌</h1>
  <table><thead><tr><th>职责</th><th>姓名</th><th>职务</th><th>电话</th><th>扫码反映</th></tr></thead><tbody>
  ${board.links.map(({ title, people }) =>
    people.length === 0
      ? html`<tr><td>${title}</td><td class="none" colspan="4">待定</td></tr>`
      : people.map((p) => html`<tr><td>${title}</td><td>${p.name}</td><td>${p.title}</td><td class="phone">${p.phone}</td><td class="qr">${markup(p.qr)}</td></tr>`),
  )}
  </tbody></table><p class="foot">有事请打电话，或扫码写下您的诉求，办理到哪一步随时可查。</p></main>`);

export const platePage = (plate: Plate): string =>
  pageOf(`${plate.name}便民服务牌`, 'A4 landscape', html`<main class="page plate"><h1>${plate.name}</h1><div class="people">
  ${plate.people.map((p) => html`<section class="person">
    ${p.photo === null ? html`<div class="blank"></div>` : html`<img src="${p.photo}" alt="">`}
    <div><h2>${p.name}</h2><p>${p.title}</p>${p.duties === '' ? '' : html`<p>分管：${p.duties}</p>`}<p><strong>${p.phone}</strong></p><div class="qr">${markup(p.qr)}</div></div>
  </section>`)}
  </div></main>`);

const HTML = 'text/html; charset=utf-8';
const page = (body: string) => raw(HTML, body, { headers: { 'cache-control': 'no-store' } });

export const printRoutes = {
  'GET /print/card/:official': route({
    action: 'organisation.read',
    summary: 'An official’s contact card, for printing',
    params: z.object({ official: z.uuid() }),
    async handle({ query, county, publicUrl, now }, { params }) {
      const card = await cardOf(query, county, publicUrl, params.official, dayOf(now));
      return card === undefined ? refuse('access.denied') : page(cardsPage(`${card.name}联系卡`, [card]));
    },
  }),
  'GET /print/cards': route({
    action: 'organisation.read',
    summary: 'The contact cards of a unit or an area, ten to a sheet',
    query: z.object({ unit: z.uuid().optional(), area: z.uuid().optional() }),
    async handle({ query, county, publicUrl, now }, { query: of }) {
      if (of.unit === undefined && of.area === undefined) return refuse('access.denied');
      const cards = await cardSheet(query, county, publicUrl, of, dayOf(now));
      return cards.length === 0 ? refuse('access.denied') : page(cardsPage('联系卡', cards));
    },
  }),
  'GET /print/board/:area': route({
    action: 'organisation.read',
    summary: 'A village’s notice board, for printing',
    params: z.object({ area: z.uuid() }),
    async handle({ query, county, publicUrl, policies, now }, { params }) {
      const rules = policies.get<AssignmentRules>(ASSIGNMENT_RULES);
      const board = await boardOf(query, county, publicUrl, params.area, rules, dayOf(now));
      return board === undefined ? refuse('access.denied') : page(boardPage(board));
    },
  }),
  'GET /print/plate/:unit': route({
    action: 'organisation.read',
    summary: 'A unit’s door plate, for printing',
    params: z.object({ unit: z.uuid() }),
    async handle({ query, county, publicUrl, now }, { params }) {
      const plate = await plateOf(query, county, publicUrl, params.unit, dayOf(now));
      return plate === undefined ? refuse('access.denied') : page(platePage(plate));
    },
  }),
} satisfies Routes;
