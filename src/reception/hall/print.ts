import { html, raw as markup } from 'hono/html';
import QRCode from 'qrcode';
import { sayInstant } from '../../calendar/explain.ts';
import { type Desk, type Raw, raw } from '../../contract/route.ts';
import type { HallPolicy, Ticket } from './model.ts';

/** A slip as thermal printers cut it: 80 mm wide, black on white. */
const STYLE = `
* { box-sizing: border-box; } body { margin: 0; font: 11pt/1.5 "Noto Sans SC", "Microsoft YaHei", system-ui, sans-serif; color: #000; background: #fff; }
main { width: 72mm; margin: 0 auto; padding: 4mm 0; text-align: center; } p { margin: 0; }
h1 { font-size: 46pt; line-height: 1.2; margin: 2mm 0; letter-spacing: .05em; } .desk { font-size: 15pt; font-weight: 600; }
svg { width: 34mm; height: 34mm; margin: 3mm auto 1mm; display: block; } small { font-size: 9pt; }
@page { size: 80mm auto; margin: 4mm; }`;

/** The slip of a ticket: number, desk, how many stand before it, and its address as a QR code. No name on it. */
export async function ticketSheet(
  desk: Desk,
  id: string,
  { number, key, first, takenAt }: Ticket,
  { name, unit, desk: code, ahead }: HallPolicy & { unit: string; desk: string; ahead: number },
): Promise<Raw> {
  const picture = await QRCode.toString(`${desk.publicUrl}/ticket/${id}?k=${key}`, { type: 'svg', margin: 0 });
  return raw(
    'text/html; charset=utf-8',
    String(html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${number}</title>
<style>${markup(STYLE)}</style></head>
<body><main><p>${name}</p><h1>${number}</h1><p class="desk">${code} 号窗口 ${unit}</p>
<p>前面还有 ${ahead} 位${first ? '，优先' : ''}</p>${markup(picture)}<p><small>扫一扫，看排到哪里</small></p>
<p><small>${sayInstant(takenAt, desk.now)}取号，当天有效；过号了找窗口重新排</small></p></main></body></html>`),
    { headers: { 'cache-control': 'no-store' } },
  );
}
