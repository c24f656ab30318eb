import { html } from 'hono/html';
import type { Desk, Raw } from '../contract/route.ts';
import { sayDate, seal, sheetPage } from '../figures/print.ts';
import { partNames } from './model.ts';
import type { EntryRow } from './tables.ts';

interface Person {
  readonly name: string;
  readonly title: string;
  readonly unit_name: string;
}
interface Year {
  readonly year: number;
  readonly days: number;
  readonly waiting: number;
  readonly outputs: readonly { readonly kind: string; readonly unit: string; readonly amount: number }[];
  readonly entries: readonly EntryRow[];
}

/** What a duty asked of somebody in a year, in days; more than one where several duties ask for labour. */
export interface Asked {
  readonly days: number;
  /** Before days of leave and the like were taken off. */
  readonly whole: number;
  readonly filled: number;
  readonly missing: number;
  readonly source: string;
}
/** Who knows it: given by the app, for it is reckoned by the duties. */
export type LabourAsked = (desk: Desk, official: string, year: string) => Promise<readonly Asked[]>;

const askedOf = ({ days, whole, filled, missing, source }: Asked) =>
  html`<p class="lead">全年应劳动 ${days} 天${whole === days ? '' : `（${whole} 天，扣去请假等不在岗的日子）`}，已做 ${filled} 天，${missing === 0 ? '做够了' : `还差 ${missing} 天`}。依据：${source}。</p>`;

/** The yearly report on labour (述劳): what was done, with the village that vouched for each day. Only vouched days count. */
export function sheetOf(
  person: Person,
  { year, days, waiting, outputs, entries }: Year,
  today: string,
  asked: readonly Asked[],
): Raw {
  const title = `${year}年度干部述劳表`;
  const confirmed = entries.filter((e) => e.status === 'confirmed').toReversed();
  const units = new Map(outputs.map(({ kind, unit }) => [kind, unit]));
  const done = (e: EntryRow): string =>
    e.outputs.map(({ kind, amount }) => `${kind} ${Number(amount)} ${units.get(kind) ?? ''}`.trim()).join('；');
  return sheetPage(
    title,
    false,
    html`
<h1>${title}</h1>
<p class="under"><span>姓名：${person.name}　　职务：${person.title === '' ? '—' : person.title}</span><span>单位：${person.unit_name}</span></p>
<h2>全年合计</h2>
<table><thead><tr><th>劳动天数（村里已确认）</th>${outputs.map(({ kind, unit }) => html`<th>${kind}（${unit}）</th>`)}</tr></thead>
<tbody><tr><td class="middle">${days} 天</td>${outputs.map(({ amount }) => html`<td class="middle">${amount}</td>`)}</tr></tbody></table>
${asked.map(askedOf)}
${waiting === 0 ? '' : html`<p class="lead">另有 ${waiting} 天还没有得到村里确认，不计入。</p>`}
<h2>逐次明细</h2>
${
  confirmed.length === 0
    ? html`<p class="lead">这一年还没有村里确认过的劳动。</p>`
    : html`<table><thead><tr><th>日期</th><th>时段</th><th>村（社区）</th><th>做了什么</th><th>村里确认人</th></tr></thead><tbody>
${confirmed.map((e) => html`<tr><td class="number">${e.day}</td><td class="number">${partNames[e.part]}</td><td>${e.village_name}</td><td>${done(e)}${e.note === '' ? '' : html`<br>${e.note}`}</td><td>${e.confirmed_name ?? e.signer}</td></tr>`)}
</tbody></table>`
}
<h2>本人述劳</h2>
<table><tbody><tr><td style="height: 45mm"></td></tr></tbody></table>
${seal(person.unit_name, today)}
<p class="lead">打印日期：${sayDate(today)}。数字由逐次记录算出，不另填报。</p>`,
  );
}
