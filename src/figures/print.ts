import { html, raw as markup } from 'hono/html';
import { raw } from '../contract/route.ts';

/** Paper, ink and seal, as they come out of a printer: the tokens' light colours, sizes in points. */
const STYLE = `
:root { --ink: #1f2328; --ink-2: #565c64; --line: #8f887b; --wash: #f3efe7; --paper: #faf8f4; --seal: #b3261e; --act: #1f4e79;
  --font: "PingFang SC", "MiSans", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", system-ui, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 9pt/1.45 var(--font); font-variant-numeric: tabular-nums; line-break: strict; overflow-wrap: anywhere; }
h1, h2, p { margin: 0; }
.hint { padding: 4mm 0; text-align: center; color: var(--ink-2); }
.page { background: #fff; margin: 0 auto 8mm; padding: 10mm; }
.wide { width: 297mm; } .tall { width: 210mm; }
h1 { font-size: 17pt; font-weight: 600; letter-spacing: .12em; text-align: center; }
h1::after { content: ""; display: block; width: 28mm; border-bottom: .5mm solid var(--seal); margin: 2mm auto 3mm; }
h2 { font-size: 11pt; font-weight: 600; margin: 5mm 0 1.5mm; }
table { width: 100%; border-collapse: collapse; }
th, td { border: .2mm solid var(--line); padding: 1.2mm 1.4mm; text-align: left; vertical-align: top; }
th { background: var(--wash); font-weight: 600; text-align: center; vertical-align: middle; }
thead { display: table-header-group; } tfoot { display: table-row-group; } tr { break-inside: avoid; }
thead tr.top th { border: 0; background: none; font-weight: 400; padding: 0 0 2mm; }
.under { display: flex; justify-content: space-between; color: var(--ink-2); }
td.number { white-space: nowrap; } td.right, th.right { text-align: right; } td.middle { text-align: center; }
.late { color: var(--seal); } .carried { color: var(--ink-2); }
.seal { display: flex; justify-content: space-between; margin-top: 8mm; break-inside: avoid; }
.seal span { min-width: 60mm; }
.lead { color: var(--ink-2); margin: 1mm 0 2mm; }
.bar { display: block; height: 2.6mm; background: var(--act); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
@media print { body { background: #fff; } .hint { display: none; } .page { width: auto; margin: 0; padding: 0; } }
`;

/** A sheet for the printer; what is long runs over several, with its head on each. */
export const sheetPage = (title: string, across: boolean, body: unknown) =>
  raw(
    'text/html; charset=utf-8',
    String(html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<style>${markup(STYLE)} @page { size: A4 ${across ? 'landscape' : 'portrait'}; margin: 10mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 8pt; } }</style></head>
<body><p class="hint">按 Ctrl + P（苹果电脑按 ⌘ + P）打印，纸张和页边距已设好。</p><main class="page ${across ? 'wide' : 'tall'}">${body}</main></body></html>`),
    { headers: { 'cache-control': 'no-store' } },
  );

export const seal = (unit: string, day: string) =>
  html`<div class="seal"><span>填报单位：${unit}</span><span>负责人签字：</span><span>（盖章处）${sayDate(day)}</span></div>`;

/** 2026年11月21日 */
export const sayDate = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};
export const sayMonth = (month: string): string => {
  const [year, number] = month.split('-').map(Number);
  return `${year}年${number}月`;
};
