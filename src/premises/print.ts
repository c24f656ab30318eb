import { html, raw as markup } from 'hono/html';
import type { Premises } from './api.ts';

const STYLE = `
:root { --ink: #1f2328; --ink-2: #565c64; --line: #d9d2c4; --act: #1f4e79; --yes: #256b3c;
  --font: "PingFang SC", "MiSans", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif; }
@page { size: A4 landscape; margin: 10mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 277mm; color: var(--ink); font: 13pt/1.5 var(--font); print-color-adjust: exact; }
.hint { text-align: center; color: var(--ink-2); font-size: 10pt; }
header { background: var(--act); color: #fff; text-align: center; padding: 6mm; }
h1 { margin: 0; font-size: 30pt; font-weight: 600; letter-spacing: .08em; line-height: 1.25; }
header p { margin: 0; font-size: 14pt; }
section { break-inside: avoid; margin-top: 6mm; }
h2 { font-size: 18pt; margin: 0 0 2mm; }
table { width: 100%; border-collapse: collapse; }
td { border-bottom: .25mm solid var(--line); padding: 2mm 3mm; vertical-align: top; }
td:first-child { width: 55mm; font-weight: 600; font-size: 15pt; }
td:nth-child(2) { width: 26mm; white-space: nowrap; }
.there { color: var(--yes); }
.open { color: var(--ink-2); }
footer { margin-top: 6mm; color: var(--ink-2); font-size: 11pt; text-align: right; }
@media print { .hint { display: none; } }
`;

const words: Readonly<Record<string, string>> = { there: '有', partly: '不全', missing: '没有' };

const sayDay = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year} 年 ${month} 月 ${date} 日`;
};

/** The lists of one place, large enough to hang up. @param day when it stood so: a board must say how old it is */
export const premisesPage = async (place: Premises, day: string): Promise<string> =>
  String(
    await html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${place.name}阵地建设</title><style>${markup(STYLE)}</style></head><body>
<p class="hint">按 Ctrl + P（苹果电脑按 ⌘ + P）打印，纸张和页边距已设好。</p>
<header><p>${place.within ?? ''}</p><h1>${place.name}阵地建设</h1></header>
${place.lists.map(
  (list) => html`<section><h2>${list.title}</h2><table><tbody>
${list.items.map(
  (item) => html`<tr><td>${item.name}</td>
<td class="${item.state === 'there' ? 'there' : 'open'}">${item.state === null ? '还没看' : words[item.state]}</td>
<td>${item.note}${item.official === null ? '' : html` 负责：${item.official}${item.due === null ? '' : `，${sayDay(item.due)}前`}`}</td>
<td>${item.on === null ? '' : sayDay(item.on)}</td></tr>`,
)}</tbody></table></section>`,
)}
<footer>${sayDay(day)}</footer></body></html>`,
  );
