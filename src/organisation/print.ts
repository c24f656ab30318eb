import { html, raw as markup } from 'hono/html';
import { z } from 'zod';
import { dayOf } from '../calendar/days.ts';
import { type Routes, raw, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { type Board, type BoardPerson, type Card, type Plate, boardOf, cardOf, cardSheet, plateOf } from './cards.ts';
import type { AssignmentRules } from './model.ts';
import { ASSIGNMENT_RULES } from './policies.ts';

/** Paper and ink; the seal's red is one thin line under a name. Sizes are what a print shop cuts. */
const STYLE = `
:root { --ink: #1f2328; --ink-2: #565c64; --line: #d9d2c4; --paper: #faf8f4; --seal: #b3261e; --act: #1f4e79;
  --font: "PingFang SC", "MiSans", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 10.5pt/1.5 var(--font); font-variant-numeric: tabular-nums; line-break: strict; print-color-adjust: exact; }
h1, h2, p, dl, dd { margin: 0; }
.hint { padding: 4mm 0; text-align: center; color: var(--ink-2); }
.page { background: #fff; margin: 8mm auto; }
.page + .page { break-before: page; }
.qr svg { display: block; width: 100%; height: auto; }
.cards { display: grid; grid-template-columns: repeat(2, 90mm); grid-auto-rows: 54mm; gap: 0; width: 180mm; border: dashed var(--line); border-width: .15mm 0 0 .15mm; }
.card { width: 90mm; height: 54mm; padding: 6mm 6mm 5.5mm; border: dashed var(--line); border-width: 0 .15mm .15mm 0; display: grid; grid-template-columns: 1fr 27mm; column-gap: 4mm; break-inside: avoid; overflow: hidden; }
.card > div { display: flex; flex-direction: column; min-width: 0; }
.card .unit { font-size: 9pt; color: var(--ink-2); }
.card h1 { font-size: 20pt; font-weight: 600; letter-spacing: .1em; line-height: 1.3; margin-top: 1mm; }
.card .title { font-size: 10pt; border-bottom: .3mm solid var(--seal); padding-bottom: 2mm; }
.card .phone { font-size: 14pt; font-weight: 600; line-height: 1.3; margin-top: auto; }
.card .villages { font-size: 8.5pt; line-height: 1.45; color: var(--ink-2); margin-top: .5mm; }
.card .qr { justify-content: flex-end; }
.card .qr p { font-size: 8.5pt; text-align: center; margin-top: 1mm; white-space: nowrap; }
.board, .plate { width: 277mm; height: 189mm; display: flex; flex-direction: column; }
.band { background: var(--act); color: #fff; text-align: center; padding: 7mm 10mm 8mm; }
.band h1 { font-size: 34pt; font-weight: 600; letter-spacing: .1em; line-height: 1.25; }
.band p { font-size: 14pt; letter-spacing: .1em; }
.board table { flex: 1; width: 100%; border-collapse: collapse; }
.board.long { height: auto; }
.board th, .board td { border-bottom: .25mm solid var(--line); padding: 1.5mm 4mm; text-align: left; font-size: 16pt; line-height: 1.35; vertical-align: middle; }
.board th { font-size: 12pt; font-weight: 500; color: var(--ink-2); height: 10mm; }
.board :is(th, td):first-child { padding-left: 6mm; }
.board tr { break-inside: avoid; }
.board td.name { font-size: 24pt; font-weight: 600; letter-spacing: .08em; white-space: nowrap; }
.board td.phone { font-size: 22pt; font-weight: 600; white-space: nowrap; }
.board td.none { color: var(--ink-2); }
.board td.qr, .board th.qr { width: calc(var(--qr) + 10mm); text-align: center; padding-right: 6mm; }
.board td.qr svg { width: var(--qr); margin: 0 auto; }
.foot { display: flex; justify-content: space-between; padding: 4mm 6mm; color: var(--ink-2); font-size: 12pt; }
.people { flex: 1; display: grid; grid-template-columns: repeat(3, 1fr); align-content: space-evenly; gap: 6mm 8mm; padding: 4mm 8mm; }
.person { display: grid; grid-template-columns: 32mm 1fr; gap: 5mm; break-inside: avoid; }
.person img, .person .blank { width: 32mm; height: 44mm; object-fit: cover; border: .25mm solid var(--line); }
.person .blank { display: grid; place-items: center; color: var(--ink-2); font-size: 9pt; }
.person h2 { font-size: 22pt; font-weight: 600; letter-spacing: .08em; line-height: 1.25; }
.person .phone { font-size: 14pt; font-weight: 600; }
.person p { font-size: 12pt; }
.person .qr { width: 24mm; margin: 2mm 0 0 -1mm; }
@media print { body { background: #fff; } .hint { display: none; } .page { margin: 0; } }
`;

/** @param paper what `@page` asks for: size and margins, so that a sheet is cut where its lines are */
const pageOf = (title: string, paper: string, body: unknown): string =>
  String(html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<style>${markup(STYLE)} @page { ${paper} }</style></head>
<body><p class="hint">按 Ctrl + P（苹果电脑按 ⌘ + P）打印，纸张和页边距已设好。</p>${body}</body></html>`);

const PORTRAIT = 'size: A4 portrait; margin: 13mm 15mm;';
const LANDSCAPE = 'size: A4 landscape; margin: 10mm;';

const VILLAGES_NAMED = 4;
const villagesOf = (villages: readonly string[]): string =>
  villages.length <= VILLAGES_NAMED + 1
    ? villages.join('、')
    : `${villages.slice(0, VILLAGES_NAMED).join('、')}等 ${villages.length} 个村（社区）`;

/** Cards on one sheet of A4. */
const ON_SHEET = 10;

const cardHtml = (card: Card) => html`<article class="card">
  <div>
    <p class="unit">${card.unit}</p><h1>${card.name}</h1><p class="title">${card.title}</p>
    <p class="phone">${card.phone}</p>
    ${card.villages.length === 0 ? '' : html`<p class="villages">联系：${villagesOf(card.villages)}</p>`}
  </div>
  <div class="qr">${markup(card.qr)}<p>扫码，有事对我说</p></div>
</article>`;

/** Visiting cards to be cut from A4 sheets, ten to a sheet. */
export const cardsPage = (title: string, cards: readonly Card[]): string =>
  pageOf(title, PORTRAIT, html`<main class="page cards">${cards.map(cardHtml)}</main>`);

/** Height left for the rows of one board, and the least a row needs for its code to be read across a road's width. */
const ROWS_MM = 118;
const LEAST_ROW_MM = 20;
const TALLEST_CODE_MM = 28;

/** One row for each person with all they answer for, and one for each duty nobody has, in the order of the rules. */
function rowsOf({ links }: Board) {
  const rows = new Map<string, { duties: string[]; person: BoardPerson | undefined }>();
  for (const { role, title, people } of links) {
    if (people.length === 0) rows.set(role, { duties: [title], person: undefined });
    for (const person of people) {
      const row = rows.get(person.official);
      if (row === undefined) rows.set(person.official, { duties: [title], person });
      else row.duties.push(title);
    }
  }
  return [...rows.values()];
}

/** @param day when it stood so: whoever reads a board must be able to tell how old it is */
export function boardPage(board: Board, day: string): string {
  const rows = rowsOf(board);
  const code = Math.min(TALLEST_CODE_MM, Math.max(LEAST_ROW_MM, ROWS_MM / rows.length) - 4);
  const fits = rows.length * LEAST_ROW_MM <= ROWS_MM;
  const title = `${board.name}干部${board.name.endsWith('社区') ? '联系' : '联村'}公示牌`;
  const [year, month, date] = day.split('-').map(Number);
  return pageOf(
    title,
    LANDSCAPE,
    html`<main class="page board${fits ? '' : ' long'}" style="--qr: ${code.toFixed(1)}mm">
  <div class="band"><p>${board.within}</p><h1>${title}</h1></div>
  <table><thead><tr><th>姓名</th><th>职务</th><th>联系职责</th><th>电话</th><th class="qr">扫码说事</th></tr></thead><tbody>
  ${rows.map(({ duties, person }) =>
    person === undefined
      ? html`<tr><td class="none" colspan="2">待定</td><td>${duties[0]}</td><td colspan="2"></td></tr>`
      : html`<tr><td class="name">${person.name}</td><td>${person.title}</td><td>${duties.flatMap((duty, i) => (i === 0 ? [duty] : [markup('<br>'), duty]))}</td><td class="phone">${person.phone}</td><td class="qr">${markup(person.qr)}</td></tr>`,
  )}
  </tbody></table><p class="foot"><span>有事请打电话，或者扫码写下来；办到哪一步，随时能查。</span><span>${year} 年 ${month} 月 ${date} 日</span></p></main>`,
  );
}

const PEOPLE_ON_PLATE = 6;

/** What someone is charged with besides what their title says already. */
const chargeOf = ({ title, duties }: Plate['people'][number]): string =>
  duties
    .split('、')
    .filter((duty) => duty !== title)
    .join('、');

export function platePage({ name, people }: Plate): string {
  const sheets = Array.from({ length: Math.max(1, Math.ceil(people.length / PEOPLE_ON_PLATE)) }, (_, i) =>
    people.slice(i * PEOPLE_ON_PLATE, (i + 1) * PEOPLE_ON_PLATE),
  );
  return pageOf(
    `${name}便民服务牌`,
    LANDSCAPE,
    sheets.map(
      (
        sheet,
      ) => html`<main class="page plate"><div class="band"><p>便民服务牌</p><h1>${name}</h1></div><div class="people">
  ${sheet.map(
    (p) => html`<section class="person">
    ${p.photo === null ? html`<div class="blank">贴照片</div>` : html`<img src="${p.photo}" alt="">`}
    <div><h2>${p.name}</h2><p>${p.title}</p>${chargeOf(p) === '' ? '' : html`<p>分管：${chargeOf(p)}</p>`}<p class="phone">${p.phone}</p><div class="qr">${markup(p.qr)}</div></div>
  </section>`,
  )}
  </div></main>`,
    ),
  );
}

const HTML = 'text/html; charset=utf-8';
const page = (body: string) => raw(HTML, body, { headers: { 'cache-control': 'no-store' } });

export const printRoutes = {
  'GET /print/card/:official': route({
    action: 'organisation.read',
    summary: 'An official’s contact card, for printing: a sheet of ten to hand out',
    params: z.object({ official: z.uuid() }),
    async handle({ query, county, publicUrl, now }, { params }) {
      const card = await cardOf(query, county, publicUrl, params.official, dayOf(now));
      return card === undefined
        ? refuse('access.denied')
        : page(cardsPage(`${card.name}联系卡`, Array<Card>(ON_SHEET).fill(card)));
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
      return board === undefined ? refuse('access.denied') : page(boardPage(board, dayOf(now)));
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
