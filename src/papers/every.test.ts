import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { strFromU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import { getDocumentProxy } from 'unpdf';
import { describe, expect, test, vi } from 'vitest';
import { docxOf } from './draw/docx.ts';
import { draw } from './draw/draw.ts';
import { MM_PER_POINT } from './draw/page.ts';
import { type Paper, PaperKind, sayPaperNumber } from './model.ts';
import { order, sampleOf } from './testing.ts';

// Fonts are unpacked with the first paper, on a busy machine slowly.
vi.setConfig({ testTimeout: 90_000 });

const kinds = PaperKind.options;
/** Which have a red head: what goes out as a document, a letter or minutes. */
const RED: ReadonlySet<PaperKind> = new Set(['forwarding', 'assignment', 'supervision', 'minutes']);

describe('every kind of paper by its template', () => {
  test.each(kinds)(
    '[L7] %s: A4, the text inside its margins, its faces, its number, no place left open',
    async (kind) => {
      const paper = sampleOf(kind);
      const { pdf, lacking } = draw({ kind: 'pdf', paper });
      expect(lacking).toEqual([]);
      const document = await getDocumentProxy(new Uint8Array(pdf!));
      const words: string[] = [];
      const fonts = new Set<string>();
      const [wide, high] = kind === 'ledger' ? [297, 210] : [210, 297];
      // The foot with the page's number stands under the text; a sheet across has its margins turned.
      const margins =
        kind === 'ledger' ? { left: 35, right: 37, top: 28, bottom: 20 } : { left: 28, right: 26, top: 37, bottom: 35 };
      for (let n = 1; n <= document.numPages; n++) {
        const page = await document.getPage(n);
        const [, , width, height] = page.view as [number, number, number, number];
        expect([width * MM_PER_POINT, height * MM_PER_POINT].map(Math.round)).toEqual([wide, high]);
        await page.getOperatorList();
        for (const item of (await page.getTextContent()).items) {
          if (!('str' in item) || item.str.trim() === '') continue;
          words.push(item.str);
          fonts.add((page.commonObjs.get(item.fontName) as { name: string }).name.replace(/^[A-Z]{6}\+/, ''));
          const [, , , , x, y] = item.transform as number[];
          if (/^— \d+ —$/.test(item.str)) continue;
          const [from, top] = [x! * MM_PER_POINT, (height - y!) * MM_PER_POINT];
          // A red head may stand higher than the text and reach as far as its rules.
          const head = paper.head !== undefined && paper.head.includes(item.str) && n === 1;
          if (head) continue;
          expect(from, item.str).toBeGreaterThanOrEqual(margins.left - 0.3);
          // Punctuation at a line's end may hang by half a character.
          expect(from + item.width * MM_PER_POINT, item.str).toBeLessThanOrEqual(wide! - margins.right + 3);
          expect(top, item.str).toBeGreaterThanOrEqual(margins.top);
          expect(top, item.str).toBeLessThanOrEqual(high! - margins.bottom + 1.5);
        }
      }
      const all = words.join('').replaceAll(/\s/g, '');
      expect(all).toContain(paper.title.replaceAll(/\s/g, ''));
      if (paper.form !== 'sheet') expect(all).toContain(sayPaperNumber(paper.number!));
      expect(all).not.toMatch(/＿＿＿＿(?!＿)|\{|\}|undefined/);
      // Served papers and sheets have no red on them; the others have.
      const svg = draw({ kind: 'svg', paper, seal: false }).svg.join('');
      expect(/#d71718/i.test(svg)).toBe(RED.has(kind));
      // The place of the seal is shown beside the form and on no paper; a sheet says in words where it goes.
      if (kind !== 'ledger') {
        expect(svg).not.toContain('盖章处');
        expect(draw({ kind: 'svg', paper, seal: true }).svg.join('').includes('盖章处')).toBe(paper.sealed);
      }
      expect(fonts.size).toBeGreaterThan(1);
    },
  );

  test('[L7] every page of every kind is drawn: pictures to be looked at', async () => {
    const library = await PDFiumLibrary.init();
    const folder = process.env['MINQING_ARTIFACTS'] ?? join(tmpdir(), 'minqing-screens');
    mkdirSync(folder, { recursive: true });
    for (const kind of kinds) {
      const document = await library.loadDocument(Buffer.from(draw({ kind: 'pdf', paper: sampleOf(kind) }).pdf!));
      for (const page of document.pages()) {
        const { data } = await page.render({
          scale: 1.2,
          render: async ({ data: raw, width, height }) =>
            await sharp(raw, { raw: { width, height, channels: 4 } })
              .png()
              .toBuffer(),
        });
        writeFileSync(join(folder, `kind-${kind}-${page.number + 1}.png`), data);
        const grey = await sharp(data).greyscale().raw().toBuffer();
        expect(grey.filter((level) => level < 128).length / grey.length).toBeGreaterThan(0.0005);
      }
      document.destroy();
    }
    library.destroy();
  });
});

/** An element of a part. */
interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
}

/** Reads XML strictly: what does not nest, or an entity or character that XML has not, throws. */
function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  let at = 0;
  for (const found of xml.matchAll(/<\?[^?]*\?>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/g)) {
    const between = xml.slice(at, found.index);
    at = found.index + found[0].length;
    if (/[<>]|&(?!amp;|lt;|gt;|quot;|#)/.test(between)) throw new Error(`not well-formed: ${between.slice(0, 60)}`);
    // oxlint-disable-next-line no-control-regex
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(between))
      throw new Error('a character XML has not');
    const [, close, name, attributes, empty] = found;
    if (name === undefined) continue;
    if (close === '/') {
      if (open.pop()!.name !== name) throw new Error(`${name} closes out of order`);
      continue;
    }
    const element: Element = {
      name,
      attributes: Object.fromEntries([...attributes!.matchAll(/([\w:.-]+)="([^"]*)"/g)].map((m) => [m[1]!, m[2]!])),
      children: [],
    };
    open.at(-1)!.children.push(element);
    if (empty !== '/') open.push(element);
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('elements are left open');
  return root.children[0]!;
}

/** Children in the order ECMA-376 part 1 (transitional) asks for, of the elements a paper uses. */
const sequences: Readonly<Record<string, readonly string[]>> = {
  'w:sectPr':
    'headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid'.split(
      ' ',
    ),
  'w:pPr':
    'pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange'.split(
      ' ',
    ),
  'w:rPr':
    'rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath'.split(
      ' ',
    ),
  'w:tblPr':
    'tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook'.split(
      ' ',
    ),
  'w:tcPr':
    'cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark'.split(' '),
  'w:tblBorders': 'top left start bottom right end insideH insideV'.split(' '),
  'w:tcBorders': 'top start left bottom end right insideH insideV tl2br tr2bl'.split(' '),
  'w:pBdr': 'top left bottom right between bar'.split(' '),
  'w:tbl': 'tblPr tblGrid tr'.split(' '),
  'w:tr': 'tblPrEx trPr tc'.split(' '),
  'w:style':
    'name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal rsid pPr rPr tblPr trPr tcPr tblStylePr'.split(
      ' ',
    ),
  'w:docDefaults': 'rPrDefault pPrDefault'.split(' '),
  'w:font': 'altName panose1 charset family notTrueType pitch sig embedRegular'.split(' '),
  'w:settings':
    'writeProtection view zoom mirrorMargins alignBordersAndEdges defaultTabStop evenAndOddHeaders bookFoldPrinting drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery characterSpacingControl noLineBreaksAfter noLineBreaksBefore footnotePr endnotePr compat rsids themeFontLang clrSchemeMapping decimalSymbol listSeparator'.split(
      ' ',
    ),
};

const all = (element: Element): Element[] => [element, ...element.children.flatMap(all)];
const TYPES = 'application/vnd.openxmlformats-officedocument.wordprocessingml.';
const typesOf: Readonly<Record<string, string>> = {
  'word/document.xml': `${TYPES}document.main+xml`,
  'word/styles.xml': `${TYPES}styles+xml`,
  'word/settings.xml': `${TYPES}settings+xml`,
  'word/fontTable.xml': `${TYPES}fontTable+xml`,
};

/** What is wrong with a Word file by the rules of its packing (ECMA-376 part 2) and of its parts' schema. */
function faultsOf(docx: Uint8Array): string[] {
  const files = Object.fromEntries(Object.entries(unzipSync(docx)).map(([name, bytes]) => [name, strFromU8(bytes)]));
  const faults: string[] = [];
  const trees = new Map(Object.entries(files).map(([name, xml]) => [name, parse(xml)]));
  const types = trees.get('[Content_Types].xml');
  if (types === undefined) return ['no content types'];
  const overrides = new Map(
    types.children
      .filter(({ name }) => name === 'Override')
      .map(({ attributes: a }) => [a['PartName']!.slice(1), a['ContentType']!]),
  );
  const defaults = new Set(types.children.filter((c) => c.name === 'Default').map((c) => c.attributes['Extension']!));
  for (const part of overrides.keys()) if (!trees.has(part)) faults.push(`${part} is typed and not there`);
  for (const [part, type] of Object.entries(typesOf)) if (overrides.get(part) !== type) faults.push(`${part}: type`);
  const reached = new Set(['[Content_Types].xml', '_rels/.rels']);
  const follow = (rels: string, base: string): void => {
    const ids = new Set<string>();
    for (const { attributes: a } of trees.get(rels)?.children ?? []) {
      const target = `${base}${a['Target']}`;
      if (ids.has(a['Id']!)) faults.push(`${rels}: ${a['Id']} twice`);
      ids.add(a['Id']!);
      if (!trees.has(target)) faults.push(`${rels}: ${target} is not there`);
      reached.add(target);
      if (!overrides.has(target) && !defaults.has(target.split('.').at(-1)!)) faults.push(`${target} has no type`);
      const own = target.replace(/([^/]+)$/, '_rels/$1.rels');
      if (trees.has(own)) {
        reached.add(own);
        follow(own, target.replace(/[^/]+$/, ''));
      }
    }
  };
  follow('_rels/.rels', '');
  for (const part of trees.keys()) if (!reached.has(part)) faults.push(`${part} is reached from nowhere`);
  const rels = new Map(
    trees.get('word/_rels/document.xml.rels')!.children.map(({ attributes: a }) => [a['Id']!, a['Type']!]),
  );
  for (const [part, tree] of trees)
    for (const element of all(tree)) {
      const sequence = sequences[element.name];
      if (sequence !== undefined) {
        let from = 0;
        for (const child of element.children) {
          const place = sequence.indexOf(child.name.replace('w:', ''));
          // References of heads and feet come in any order among themselves.
          const rank = /(header|footer)Reference/.test(child.name) ? 1 : place;
          if (place === -1) faults.push(`${part}: ${element.name} has no ${child.name}`);
          else if (rank < from) faults.push(`${part}: ${child.name} out of order in ${element.name}`);
          from = Math.max(from, rank);
        }
      }
      const id = element.attributes['r:id'];
      if (id !== undefined) {
        const wanted = element.name === 'w:headerReference' ? '/header' : '/footer';
        if (rels.get(id)?.endsWith(wanted) !== true) faults.push(`${part}: ${element.name} ${id}`);
      }
      if (element.name === 'w:tc' && element.children.at(-1)?.name !== 'w:p')
        faults.push(`${part}: a cell without text`);
      if (element.name === 'w:tr') {
        const cells = element.children.filter(({ name }) => name === 'w:tc').length;
        if (cells === 0) faults.push(`${part}: a row without cells`);
      }
    }
  const body = trees.get('word/document.xml')!.children[0]!;
  if (body.name !== 'w:body' || body.children.at(-1)?.name !== 'w:sectPr')
    faults.push('the section does not end the body');
  if (body.children.filter(({ name }) => name === 'w:sectPr').length !== 1) faults.push('sections');
  for (const { name } of body.children)
    if (!['w:p', 'w:tbl', 'w:sectPr'].includes(name)) faults.push(`${name} in the body`);
  return faults;
}

describe('a Word file as its standard wants it', () => {
  test.each(kinds)('[L7] %s: parts, types, relations, and every element in its place', (kind) => {
    expect(faultsOf(docxOf(sampleOf(kind)))).toEqual([]);
    const document = strFromU8(unzipSync(docxOf(sampleOf(kind)))['word/document.xml']!);
    // Red in the head alone, and only where there is one.
    const { head } = sampleOf(kind);
    const red = /D71718/.test(document) || (sampleOf(kind).form === 'letter' && head !== undefined);
    expect(red).toBe(RED.has(kind));
  });

  test('[L7] signs that XML has a use for, and characters it has none for, keep the file whole', () => {
    const nasty = '<w:p>&amp;"\'\u0000\u000b\ufffe𠮷]]>';
    const paper: Paper = {
      ...order,
      title: nasty,
      addressee: nasty,
      issuer: '&<>',
      attachments: [nasty],
      copies: ['a&b'],
      note: '<',
      blocks: [
        { kind: 'text', text: nasty },
        { kind: 'table', table: { head: ['&'], rows: [['<'], []] } },
        { kind: 'signatures', labels: ['<&>'] },
      ],
    };
    expect(faultsOf(docxOf(paper))).toEqual([]);
  });

  test('[L7] the judge itself finds what is wrong', () => {
    expect(() => parse('<a><b></a></b>')).toThrow('out of order');
    expect(() => parse('<a>&nbsp;</a>')).toThrow('not well-formed');
    expect(sequences['w:sectPr']!.indexOf('pgSz')).toBeLessThan(sequences['w:sectPr']!.indexOf('docGrid'));
  });
});
