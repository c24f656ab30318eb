import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { ASCENT, DESCENT, type Face, type Outline, UNITS, fontNameOf, outlineOf, subsetOf } from './fonts.ts';
import { type Ink, type Item, MM_PER_POINT, type Mark, type Page } from './page.ts';

/**
 * Pages as a PDF 1.7 file with the glyphs they need and no others. Written here so that the glyphs drawn in the preview are
 * those of the file. The same pages give the same bytes.
 */

/** What stands where a face has no glyph: the printers' own sign for it (得号). */
const LACKING = '〓';

/** The place of each glyph in one embedded font, given out as characters come. */
class Embedded {
  readonly face: Face;
  readonly name: string;
  readonly #places = new Map<string, number>();
  readonly #glyphs: Outline[] = [];
  readonly #signs: string[] = [];
  constructor(face: Face, name: string) {
    this.face = face;
    this.name = name;
  }

  encode(text: string): string {
    let hex = '';
    for (const sign of text) {
      let place = this.#places.get(sign);
      if (place === undefined) {
        const outline = outlineOf(this.face, sign.codePointAt(0)!) ?? outlineOf(this.face, LACKING.codePointAt(0)!)!;
        this.#glyphs.push(outline);
        this.#signs.push(sign);
        place = this.#glyphs.length;
        this.#places.set(sign, place);
      }
      hex += place.toString(16).padStart(4, '0');
    }
    return hex;
  }

  get widths(): string {
    return this.#glyphs.map(({ advance }) => advance).join(' ');
  }
  get file(): Buffer {
    return subsetOf(this.#glyphs);
  }
  /** Which character each glyph is, so that text can be found and copied, the lacking ones too. */
  get toUnicode(): string {
    const lines = this.#signs.map(
      (sign, i) =>
        `<${(i + 1).toString(16).padStart(4, '0')}> <${Buffer.from(sign, 'utf16le').swap16().toString('hex')}>`,
    );
    const parts: string[] = [];
    for (let i = 0; i < lines.length; i += 100) {
      const some = lines.slice(i, i + 100);
      parts.push(`${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`);
    }
    return `/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Signs def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n${parts.join('\n')}\nendcmap\nend\nend`;
  }
}

const inks: Record<Ink, string> = { black: '0 g 0 G', red: '0.84 0.09 0.09 rg 0.84 0.09 0.09 RG', grey: '0.4 g 0.4 G' };
const points = (mm: number): string => (mm / MM_PER_POINT).toFixed(2);

/** A text of the file's own dictionaries, in UTF-16 with its mark. */
const worded = (text: string): string => `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;

export interface About {
  readonly title: string;
  /** The unit it comes from. */
  readonly author: string;
  /** The day it bears, not the moment it was drawn: a file drawn again is the same file. */
  readonly date: string;
  readonly marks?: readonly Mark[];
}

export function pdfOf(pages: readonly Page[], about: About): Buffer {
  const objects: Buffer[] = [];
  const put = (text: string | Buffer): number =>
    objects.push(Buffer.isBuffer(text) ? text : Buffer.from(text, 'latin1'));
  const stream = (data: Buffer, more: string = '', packed: boolean = true): number => {
    const bytes = packed ? deflateSync(data) : data;
    return put(
      Buffer.concat([
        Buffer.from(`<< ${more}${packed ? '/Filter /FlateDecode ' : ''}/Length ${bytes.length} >>\nstream\n`, 'latin1'),
        bytes,
        Buffer.from('\nendstream', 'latin1'),
      ]),
    );
  };
  const later = (): number => put('');
  const set = (number: number, text: string): void => {
    objects[number - 1] = Buffer.from(text, 'latin1');
  };

  const catalog = later();
  const tree = later();
  const resources = later();
  const fonts = new Map<Face, Embedded>();
  const pictures = new Map<Uint8Array, { name: string; object: number }>();
  const pictureOf = (bytes: Uint8Array): string => {
    let found = pictures.get(bytes);
    if (found === undefined) {
      const { width, height, components } = jpegSize(bytes);
      const space = components === 1 ? '/DeviceGray' : components === 4 ? '/DeviceCMYK' : '/DeviceRGB';
      const object = stream(
        Buffer.from(bytes),
        `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace ${space} /BitsPerComponent 8 /Filter /DCTDecode `,
        false,
      );
      pictures.set(bytes, (found = { name: `P${pictures.size + 1}`, object }));
    }
    return found.name;
  };
  const fontOf = (face: Face): Embedded => {
    let font = fonts.get(face);
    if (font === undefined) fonts.set(face, (font = new Embedded(face, `F${fonts.size + 1}`)));
    return font;
  };

  const numbers = pages.map((page) => {
    const text = page.items.map((item) => drawn(item, page.height, fontOf, pictureOf)).join('');
    const content = stream(Buffer.from(text, 'latin1'));
    return put(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${points(page.width)} ${points(page.height)}] /Resources ${resources} 0 R /Contents ${content} 0 R >>`,
    );
  });
  set(tree, `<< /Type /Pages /Count ${numbers.length} /Kids [${numbers.map((n) => `${n} 0 R`).join(' ')}] >>`);

  const named = [...fonts.values()].map((font) => {
    const file = font.file;
    const name = `${tagOf(file)}+${fontNameOf(font.face)}`;
    const program = stream(file, `/Length1 ${file.length} `);
    const descriptor = put(
      `<< /Type /FontDescriptor /FontName /${name} /Flags 4 /FontBBox [-200 -400 1200 1200] /ItalicAngle 0 /Ascent ${ASCENT} /Descent ${DESCENT} /CapHeight 733 /StemV 80 /FontFile2 ${program} 0 R >>`,
    );
    const cid = put(
      `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ${descriptor} 0 R /DW ${UNITS} /W [1 [${font.widths}]] /CIDToGIDMap /Identity >>`,
    );
    const unicode = stream(Buffer.from(font.toUnicode, 'latin1'));
    const whole = put(
      `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [${cid} 0 R] /ToUnicode ${unicode} 0 R >>`,
    );
    return `/${font.name} ${whole} 0 R`;
  });
  const shown = [...pictures.values()].map(({ name, object }) => `/${name} ${object} 0 R`);
  set(resources, `<< /Font << ${named.join(' ')} >> /XObject << ${shown.join(' ')} >> >>`);

  const outline = outlineOfMarks(about.marks ?? [], numbers, later, set);
  set(
    catalog,
    `<< /Type /Catalog /Pages ${tree} 0 R /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >>${outline === undefined ? '' : ` /Outlines ${outline} 0 R /PageMode /UseOutlines`} >>`,
  );
  const made = about.date.replaceAll('-', '');
  const info = put(
    `<< /Title ${worded(about.title)} /Author ${worded(about.author)} /Creator ${worded('民情')} /CreationDate (D:${made}000000+08'00') >>`,
  );
  return written(objects, catalog, info);
}

function written(objects: readonly Buffer[], catalog: number, info: number): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let at = parts[0]!.length;
  const places = objects.map((object, i) => {
    const begin = at;
    const part = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    parts.push(part);
    at += part.length;
    return `${String(begin).padStart(10, '0')} 00000 n \n`;
  });
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  const id = hash.digest('hex').slice(0, 32);
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${objects.length + 1} /Root ${catalog} 0 R /Info ${info} 0 R /ID [<${id}> <${id}>] >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

function drawn(
  item: Item,
  height: number,
  fontOf: (face: Face) => Embedded,
  pictureOf: (bytes: Uint8Array) => string,
): string {
  switch (item.kind) {
    case 'text': {
      const font = fontOf(item.face);
      return `${inks[item.ink]} BT /${font.name} ${item.size} Tf ${(item.gap / MM_PER_POINT).toFixed(3)} Tc ${points(item.x)} ${points(height - item.y)} Td <${font.encode(item.text)}> Tj ET\n`;
    }
    case 'rule':
      return `${inks[item.ink]} ${points(item.weight)} w ${points(item.x)} ${points(height - item.y)} m ${points(item.toX)} ${points(height - item.toY)} l S\n`;
    case 'picture':
      return `q ${points(item.width)} 0 0 ${points(item.height)} ${points(item.x)} ${points(height - item.y - item.height)} cm /${pictureOf(item.bytes)} Do Q\n`;
    case 'seal':
      return '';
  }
}

/** Six letters before a font's name say that it is a part of it, and which. */
const tagOf = (file: Buffer): string =>
  [...createHash('sha256').update(file).digest().subarray(0, 6)]
    .map((b) => String.fromCodePoint(65 + (b % 26)))
    .join('');

function outlineOfMarks(
  marks: readonly Mark[],
  pages: readonly number[],
  later: () => number,
  set: (number: number, text: string) => void,
): number | undefined {
  if (marks.length === 0) return undefined;
  const root = later();
  const own = marks.map(() => later());
  for (const [i, { title, page }] of marks.entries()) {
    const before = own[i - 1] === undefined ? '' : ` /Prev ${own[i - 1]} 0 R`;
    const after = own[i + 1] === undefined ? '' : ` /Next ${own[i + 1]} 0 R`;
    set(own[i]!, `<< /Title ${worded(title)} /Parent ${root} 0 R${before}${after} /Dest [${pages[page]} 0 R /Fit] >>`);
  }
  set(root, `<< /Type /Outlines /First ${own[0]} 0 R /Last ${own.at(-1)} 0 R /Count ${own.length} >>`);
  return root;
}

/** Width and height of a JPEG, from its frame header. @throws Error where there is none */
export function jpegSize(bytes: Uint8Array): { width: number; height: number; components: number } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < file.length;) {
    const marker = file[at + 1]!;
    if (file[at] !== 0xff) break;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7), components: file[at + 9]! };
    at += 2 + file.readUInt16BE(at + 2);
  }
  throw new Error('a picture of a file is not a JPEG');
}

/** Characters that no face has, of all the text on these pages, each once. */
export function lackingIn(pages: readonly Page[]): string[] {
  const lacking = new Set<string>();
  for (const { items } of pages)
    for (const item of items)
      if (item.kind === 'text')
        for (const sign of item.text) if (outlineOf(item.face, sign.codePointAt(0)!) === undefined) lacking.add(sign);
  return [...lacking];
}
