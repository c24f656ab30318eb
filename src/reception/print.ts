import { html } from 'hono/html';
import { dayOf, weekday } from '../calendar/days.ts';
import type { Desk, Raw } from '../contract/route.ts';
import { sayDate, sayMonth, sheetPage } from '../figures/print.ts';
import type { Rota } from './model.ts';

const WEEKDAYS = '一二三四五六日';

/** The rota for the wall: one line for each day, who sits where, and how to book. */
export async function rotaSheet(desk: Desk, { entries, month, dutyName, status, area }: Rota): Promise<Raw> {
  const people = await desk.query<{ id: string; name: string; title: string; unit: string }>(
    'rota.people',
    `select o.id, o.name, o.title, u.short_name as unit from official o
       join unit u on u.county = o.county and u.id = o.unit
      where o.county = $1 and o.id = any($2::uuid[])`,
    [desk.county, [...new Set(entries.map((e) => e.official))]],
  );
  const [place] = await desk.query<{ name: string }>(
    'rota.place',
    'select name from area where county = $1 and id = $2',
    [desk.county, area],
  );
  const known = new Map(people.map((p) => [p.id, p]));
  const title = `${place?.name ?? ''}${sayMonth(month)}${dutyName}安排表`;
  return sheetPage(
    title,
    false,
    html`<h1>${title}</h1>
${status === 'draft' ? html`<p class="lead late">这是草稿，还没有公布。</p>` : ''}
<table><thead><tr><th>日期</th><th>时间</th><th>接访领导</th><th>职务</th><th>地点</th></tr></thead><tbody>
${entries.map((e) => {
  const who = known.get(e.official);
  return html`<tr><td class="number">${sayDate(e.day)}（周${WEEKDAYS[weekday(e.day) - 1]!}）</td><td class="number">${e.from}–${e.to}</td><td class="number">${who?.name ?? ''}</td><td>${[who?.unit, who?.title].filter((part) => part !== undefined && part !== '').join(' ')}</td><td>${e.spot}</td></tr>`;
})}
</tbody></table>
<p class="lead">可以先约：打开 ${desk.publicUrl}/reception-days，或者到窗口、打电话请工作人员代约。没有约的，当天直接来也接待。领导临时来不了的，由谁代替、为什么，网上同一页写明。</p>
<p class="lead">${sayDate(dayOf(desk.now))}打印</p>`,
  );
}
