import { html } from 'hono/html';
import type { Raw } from '../contract/route.ts';
import { sayDate, sayMonth, sheetPage } from '../figures/print.ts';
import type { Bulletin } from './api.ts';

/** The monthly bulletin (每月通报): stock and flow, closed and really settled apart, each leader's share and own acts. */
export function bulletinPage(b: Bulletin): Raw {
  const title = `${b.name}${b.month === null ? '进展' : `${sayMonth(b.month)}`}通报`;
  const { flow } = b;
  const cleared = flow.settled + flow.trial + flow.ended;
  return sheetPage(
    title,
    false,
    html`
<h1>${title}</h1>
<p class="under"><span>${b.place}　依据：${b.source}</span><span>${sayDate(b.period.from)}至${sayDate(b.period.to)}</span></p>
<h2>存量和增量</h2>
<table><thead><tr><th>期初</th><th>新进</th><th>销号</th><th>期末</th></tr></thead>
<tbody><tr><td class="middle">${flow.opening} 件</td><td class="middle">${flow.came} 件</td><td class="middle">${flow.cleared} 件</td><td class="middle">${flow.closing} 件</td></tr></tbody></table>
<p class="lead">${b.definitions.stock}${b.definitions.came}（满 ${b.olderThan} 天）</p>
<h2>销号的，是不是真解决了（到期末累计 ${cleared} 件）</h2>
<table><thead><tr><th>真解决</th><th>还在看</th><th>只是了结</th></tr></thead>
<tbody><tr><td class="middle">${flow.settled} / ${cleared}</td><td class="middle">${flow.trial} / ${cleared}</td><td class="middle">${flow.ended} / ${cleared}</td></tr></tbody></table>
<p class="lead">${b.definitions.settled}${b.definitions.trial}${b.definitions.ended}${b.definitions.cleared}</p>
<h2>逐月</h2>
<table><thead><tr><th>月份</th><th>期初</th><th>新进</th><th>销号</th><th>期末</th><th>累计真解决</th></tr></thead><tbody>
${b.months.map((m) => html`<tr><td>${sayMonth(m.month)}</td><td class="middle">${m.opening}</td><td class="middle">${m.came}</td><td class="middle">${m.cleared}</td><td class="middle">${m.closing}</td><td class="middle">${m.settled}</td></tr>`)}
</tbody></table>
<h2>各位领导</h2>
<table><thead><tr><th rowspan="2">包案领导</th><th rowspan="2">分到</th><th rowspan="2">还没有销号</th><th colspan="3">销号</th><th colspan="3">做了几次</th></tr>
<tr><th>真解决</th><th>还在看</th><th>只是了结</th><th>本人</th><th>待本人确认</th><th>由别人</th></tr></thead><tbody>
${b.leaders.map((l) => html`<tr><td>${l.name ?? '还没有分'}</td><td class="middle">${l.share}</td><td class="middle">${l.remaining}</td><td class="middle">${l.settled}</td><td class="middle">${l.trial}</td><td class="middle">${l.ended}</td><td class="middle">${l.own}</td><td class="middle">${l.said}</td><td class="middle">${l.delegated}</td></tr>`)}
</tbody></table>
<p class="lead">“做了几次”数这一期。按姓名排，不排名次。数字由逐件记录算出，不另填报；群众来不来反映，不进任何一个数。</p>`,
  );
}
