import { html } from 'hono/html';
import type { Raw } from '../contract/route.ts';
import type { LeaderPage } from './leader.ts';
import { sayDate, seal, sheetPage } from './print.ts';
import type { Figure, Figures } from './statistics.ts';

/** The lines of the comparison: what is said, and how a period's figures answer it. */
const lines: readonly { title: string; of: string; say: (f: Figures) => string }[] = [
  { title: '登记', of: '', say: (f) => `${f.registered.value} 件` },
  { title: '有答复', of: '占登记', say: (f) => sayShare(f.answered) },
  { title: '首次答复用时（中位数）', of: '按有答复的', say: (f) => sayDays(f.medianDays.value, f.medianDays.n) },
  { title: '答复超过 15 天', of: '占有答复', say: (f) => sayShare(f.late15) },
  { title: '已销号', of: '占登记', say: (f) => sayShare(f.closed) },
  { title: '退单的', of: '占登记', say: (f) => sayShare(f.returned) },
  { title: '群众要求重办的', of: '占登记', say: (f) => sayShare(f.reopened) },
  {
    title: '满意（4 分以上）',
    of: '占评分的',
    say: ({ satisfaction: s }) =>
      s.suppressed ? `评分不足 5 人（${s.n} 人），不公布` : `${percent(s.share)}（${s.pleased}/${s.n}）`,
  },
];

const percent = (share: number | null | undefined): string => (share == null ? '—' : `${(share * 100).toFixed(1)}%`);
const sayShare = ({ value, of, share }: Figure): string => `${percent(share)}（${value}/${of ?? 0}）`;
const sayDays = (days: number | null, n: number): string =>
  days === null ? '还没有答复' : `${days.toFixed(1)} 天（${n} 件）`;

/** One sheet a leader reads in a minute. */
export function leaderPage(page: LeaderPage, county: string): Raw {
  const title = `${county}民情一页纸`;
  const widest = Math.max(1, ...page.late.map(({ late }) => late));
  return sheetPage(
    title,
    false,
    html`
<h1>${title}</h1>
<p class="under"><span>本月 ${page.now.from} 至 ${page.now.to}，同上月同期 ${page.before.from} 至 ${page.before.to} 比</span><span>${sayDate(page.today)}</span></p>
<h2>本月和上月同期</h2>
<table><thead><tr><th></th><th>本月</th><th>上月同期</th><th>分母</th></tr></thead><tbody>
${lines.map(({ title: name, of, say }) => html`<tr><td>${name}</td><td class="right">${say(page.thisMonth)}</td><td class="right">${say(page.lastMonth)}</td><td>${of}</td></tr>`)}
</tbody></table>
<h2>超期最多的单位</h2>
${
  page.late.length === 0
    ? html`<p class="lead">现在没有超期的诉求。</p>`
    : html`<table><thead><tr><th>单位</th><th>超期</th><th style="width: 40%"></th><th>在办</th><th>最久超期</th></tr></thead><tbody>
${page.late.map(({ name, late, open, longest }) => html`<tr><td>${name}</td><td class="right late">${late} 件</td><td><i class="bar" style="width: ${(late / widest) * 100}%"></i></td><td class="right">${open} 件</td><td class="right">${longest} 天</td></tr>`)}
</tbody></table>`
}
<h2>涨得最快的问题</h2>
${
  page.hot.length === 0
    ? html`<p class="lead">本月还没有登记。</p>`
    : html`<table><thead><tr><th>类别</th><th>本月</th><th>上月同期</th><th>占本月登记</th></tr></thead><tbody>
${page.hot.map((hot) => html`<tr><td>${hot.name}</td><td class="right">${hot.now} 件</td><td class="right">${hot.before} 件</td><td class="right">${percent(hot.of === 0 ? null : hot.now / hot.of)}</td></tr>`)}
</tbody></table>`
}
<p class="lead">${page.definitions.days}</p>
${seal(county, page.today)}`,
  );
}
