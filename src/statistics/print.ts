import { html } from 'hono/html';
import type { Raw } from '../contract/route.ts';
import { seal, sheetPage } from '../figures/print.ts';
import { type Statistics, flowName } from './figures.ts';
import { t } from './english.ts';
import { flows } from './measures.ts';
import { byName, columnsOf, sayChange, sayData, sayDays, sayTarget, sayTold } from './words.ts';

/** The statistics of a period on paper, A4 across: every share with its denominator, every measure with how it is worked out. */
export function statisticsPage(found: Statistics, county: string, today: string): Raw {
  const { period, compared, sections, durations, flow, groups, by, since } = found;
  const title = t('{county}信访和民情诉求统计', { county });
  const columns = columnsOf(by);
  return sheetPage(
    title,
    true,
    html`<h1>${title}</h1>
<p class="under"><span>${period.name}${t('（{from} 至 {to}）', { from: period.from, to: period.to })}</span><span>${t('情况截至 {day}', { day: today })}</span></p>
<p class="lead">${sayData('year', compared.year, since)}${sayData('before', compared.before, since)}</p>
<table><thead><tr><th></th><th>${t('指标')}</th><th>${t('本期')}</th><th>${t('占什么的')}</th><th>${t('上年同期')}</th><th>${t('同比')}</th>${compared.before === null ? '' : html`<th>${t('上一期')}</th><th>${t('环比')}</th>`}<th></th></tr></thead><tbody>
${sections.map(({ name, figures }) =>
  figures.map(
    (figure, i) => html`<tr>${i === 0 ? html`<td rowspan="${figures.length}">${name}</td>` : ''}<td>${figure.name}</td>
<td class="right">${sayTold(figure)}</td><td>${figure.ofName ?? ''}</td>
<td class="right">${figure.year === null ? '' : sayTold(figure.year)}</td><td>${sayChange(figure, figure.year)}</td>
${compared.before === null ? '' : html`<td class="right">${figure.before === null ? '' : sayTold(figure.before)}</td><td>${sayChange(figure, figure.before)}</td>`}<td>${sayTarget(figure)}</td></tr>`,
  ),
)}
</tbody></table>
<h2>${t('存量和流量')}</h2>
<table><thead><tr>${flows.map((part) => html`<th>${flowName(part)}</th>`)}</tr></thead><tbody><tr>${flows.map((part) => html`<td class="middle">${flow[part]}</td>`)}</tr></tbody></table>
<p class="lead">${flow.says}</p>
<h2>${t('用了多久')}</h2>
<table><thead><tr><th></th><th>${t('件数')}</th><th>${t('中位数（天）')}</th><th>${t('十件里九件不超过（天）')}</th><th>${t('中位数（工作日）')}</th><th>${t('十件里九件不超过（工作日）')}</th></tr></thead><tbody>
${durations.map((d) => html`<tr><td>${d.name}</td><td class="right">${d.n}</td><td class="right">${sayDays(d.median)}</td><td class="right">${sayDays(d.ninetieth)}</td><td class="right">${d.medianWorking ?? '—'}</td><td class="right">${d.ninetiethWorking ?? '—'}</td></tr>`)}
</tbody></table>
<h2>${t('按{what}', { what: byName[by]!() })}</h2>
<table><thead><tr><th>${byName[by]!()}</th>${columns.map(({ name }) => html`<th>${name}</th>`)}</tr></thead><tbody>
${groups.map((group) => html`<tr><td>${group.name}</td>${columns.map((column) => html`<td class="right">${column.say(group)}</td>`)}</tr>`)}
</tbody></table>
<h2>${t('怎么算的')}</h2>
${sections.map(({ figures }) => figures.map(({ name, says }) => html`<p class="lead">${name}${t('：')}${says}</p>`))}
${durations.map(({ name, says }) => html`<p class="lead">${name}${t('：')}${says}</p>`)}
${seal(county, today)}`,
  );
}
