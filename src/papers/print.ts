import { html, raw as markup } from 'hono/html';
import { raw } from '../contract/route.ts';

/** A paper's pages for the printer: each at its true size, its margins drawn on it. */
export const printPage = (title: string, pages: readonly string[], across: boolean) =>
  raw(
    'text/html; charset=utf-8',
    String(html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<style>${markup(`@page { size: A4 ${across ? 'landscape' : 'portrait'}; margin: 0; }
body { margin: 0; background: #ddd; font: 10pt system-ui, sans-serif; }
.hint { padding: 4mm; text-align: center; color: #444; }
svg { display: block; margin: 0 auto 6mm; background: #fff; }
@media print { body { background: #fff; } .hint { display: none; } svg { margin: 0; break-after: page; } svg:last-of-type { break-after: auto; } }`)}</style></head>
<body><p class="hint">按 Ctrl + P（苹果电脑按 ⌘ + P）打印；边距画在纸上，缩放选 100%。</p><main>${pages.map((page) => markup(page))}</main></body></html>`),
    { headers: { 'cache-control': 'no-store' } },
  );
