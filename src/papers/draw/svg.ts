import type { Face } from './fonts.ts';
import { type Ink, type Item, MM_PER_POINT, type Page } from './page.ts';

/** Fonts of people's machines, nearest first; each line is set to its own width, so that any of them breaks alike. */
const families: Readonly<Record<Face, string>> = {
  fang: 'FangSong, 仿宋, STFangsong, FangSong_GB2312, "Noto Serif SC", "Noto Serif CJK SC", SimSun, serif',
  title: '方正小标宋简体, "Noto Serif SC", "Noto Serif CJK SC", STZhongsong, SimSun, serif',
  kai: 'KaiTi, 楷体, STKaiti, "Noto Serif SC", serif',
  hei: 'SimHei, 黑体, "Noto Sans SC", "Noto Sans CJK SC", STHeiti, sans-serif',
  song: 'SimSun, 宋体, "Noto Serif SC", serif',
};
const inks: Record<Ink, string> = { black: '#000', red: '#d71718', grey: '#666' };
const weights: Partial<Record<Face, number>> = { title: 700 };

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const mm = (length: number): string => length.toFixed(2);

/** A page as a picture in millimetres, exactly as the PDF has it; beside a form it shows where the seal goes as well. */
export function svgOf(page: Page, seal: boolean): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${page.width} ${page.height}" width="${page.width}mm" height="${page.height}mm">${page.items.map((item) => drawn(item, seal)).join('')}</svg>`;
}

function drawn(item: Item, seal: boolean): string {
  switch (item.kind) {
    case 'text': {
      const size = (item.size * MM_PER_POINT).toFixed(3);
      const length =
        [...item.text].length > 1 ? ` textLength="${mm(item.width - item.gap)}" lengthAdjust="spacing"` : '';
      return `<text x="${mm(item.x)}" y="${mm(item.y)}" font-size="${size}" font-family='${families[item.face]}'${weights[item.face] === undefined ? '' : ` font-weight="${weights[item.face]}"`} fill="${inks[item.ink]}" xml:space="preserve"${length}>${escaped(item.text)}</text>`;
    }
    case 'rule':
      return `<line x1="${mm(item.x)}" y1="${mm(item.y)}" x2="${mm(item.toX)}" y2="${mm(item.toY)}" stroke="${inks[item.ink]}" stroke-width="${item.weight}"/>`;
    case 'picture':
      return `<image x="${mm(item.x)}" y="${mm(item.y)}" width="${mm(item.width)}" height="${mm(item.height)}" href="data:image/jpeg;base64,${Buffer.from(item.bytes).toString('base64')}"/>`;
    case 'seal':
      return seal
        ? `<g fill="none" stroke="#d71718" stroke-width="0.3" opacity="0.45"><circle cx="${mm(item.x)}" cy="${mm(item.y)}" r="${item.radius}" stroke-dasharray="2 1.5"/></g><text x="${mm(item.x)}" y="${mm(item.y - 11)}" font-size="4" text-anchor="middle" fill="#d71718" opacity="0.6">盖章处</text>`
        : '';
  }
}
