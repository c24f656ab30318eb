import { html } from 'hono/html';
import type { Raw } from '../contract/route.ts';
import { dayOf } from '../calendar/days.ts';
import { sayNumber } from '../matters/number-words.ts';
import { sayDate, sayMonth, seal, sheetPage } from '../figures/print.ts';
import { type BulletinItem, type BulletinState, type SourceFigures, findingNames } from './model.ts';

const share = (part: number, of: number): string => (of === 0 ? '—' : `${Math.round((100 * part) / of)}%`);

/** 一月一通报, for the printer. */
export function bulletinPage(county: string, month: string, state: BulletinState): Raw {
  const title = `${county}批示件和重要信访事项办理情况通报`;
  if (state.status === 'none')
    return sheetPage(title, true, html`<h1>${title}</h1><p class="lead">${sayMonth(month)}的通报还没有发。</p>`);
  const late = state.items.filter((item) => item.late);
  return sheetPage(
    title,
    true,
    html`<h1>${title}</h1>
<p class="under"><span>${sayMonth(month)}</span><span>${sayDate(dayOf(state.at))}</span></p>
<p>${state.words}</p>
<h2>今年各来源办结情况</h2>
<table><thead><tr><th>来源</th><th>下达</th><th>撤回</th><th>办结</th><th>办结率</th><th>按时办结</th><th>在办</th><th>超期没报</th></tr></thead><tbody>
${state.sources.map(sourceRow)}
</tbody></table>
<h2>逐件情况（${state.items.length} 件，超期 ${late.length} 件）</h2>
<table><thead><tr><th>编号</th><th>事项</th><th>来源</th><th>责任单位</th><th>期限</th><th>状态</th><th>本月查的情况</th></tr></thead><tbody>
${state.items.map(itemRow)}
</tbody></table>
${seal(`${county}督查室`, dayOf(state.at))}`,
  );
}

const sourceRow = (f: SourceFigures) => html`<tr><td>${f.name}</td><td class="right">${f.given}</td>
<td class="right">${f.withdrawn}</td><td class="right">${f.done}</td><td class="right">${share(f.done, f.given - f.withdrawn)}</td>
<td class="right">${f.onTime}</td><td class="right">${f.open}</td><td class="right ${f.late > 0 ? 'late' : ''}">${f.late}</td></tr>`;

const itemRow = (item: BulletinItem) => html`<tr><td class="number">${sayNumber(item.number)}</td><td>${item.what}</td>
<td>${item.source}</td><td>${item.unit}</td><td class="number">${item.due ?? ''}</td>
<td class="${item.late ? 'late' : ''}">${item.status}${item.late ? '，超期' : ''}</td>
<td>${item.finding === null ? item.words : `${findingNames[item.finding]}。${item.words}`}</td></tr>`;
