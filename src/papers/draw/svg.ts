import { UNITS, outlineOf } from './fonts.ts';
import { type Ink, type Item, MM_PER_POINT, type Page } from './page.ts';

const inks: Record<Ink, string> = { black: '#000', red: '#d71718', grey: '#666' };

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const mm = (length: number): string => length.toFixed(2);

/** What stands where no face has a glyph, as in the PDF. */
const LACKING = '〓'.codePointAt(0)!;

/**
 * Pages as pictures in millimetres, exactly as the PDF has them, whatever fonts a machine has: each glyph is its outline. The
 * words lie over it unseen, to be selected, found and read aloud. Beside a form it shows where the seal goes as well.
 */
export function svgsOf(pages: readonly Page[], seal: boolean): string[] {
  // An outline that was drawn on one page is known to the others.
  const known = new Set<string>();
  return pages.map((page) => {
    const defined: string[] = [];
    const body = page.items.map((item) => drawn(item, seal, known, defined)).join('');
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${page.width} ${page.height}" width="${page.width}mm" height="${page.height}mm">${defined.length === 0 ? '' : `<defs>${defined.join('')}</defs>`}${body}</svg>`;
  });
}

function drawn(item: Item, seal: boolean, known: Set<string>, defined: string[]): string {
  switch (item.kind) {
    case 'text': {
      const size = item.size * MM_PER_POINT;
      const scale = size / UNITS;
      let at = 0;
      const uses: string[] = [];
      for (const sign of item.text) {
        const code = sign.codePointAt(0)!;
        const outline = outlineOf(item.face, code) ?? outlineOf(item.face, LACKING)!;
        const id = `${item.face}-${code.toString(16)}`;
        if (outline.path !== '') {
          if (!known.has(id)) {
            known.add(id);
            defined.push(`<path id="${id}" d="${outline.path}"/>`);
          }
          uses.push(`<use href="#${id}" x="${Math.round(at)}"/>`);
        }
        at += outline.advance + item.gap / scale;
      }
      const length = [...item.text].length > 1 ? ` textLength="${mm(item.width - item.gap)}"` : '';
      return `<g fill="${inks[item.ink]}" transform="translate(${mm(item.x)} ${mm(item.y)}) scale(${scale.toFixed(6)} ${(-scale).toFixed(6)})">${uses.join('')}</g><text x="${mm(item.x)}" y="${mm(item.y)}" font-size="${size.toFixed(3)}" fill-opacity="0" xml:space="preserve"${length}>${escaped(item.text)}</text>`;
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
