import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import { getDocumentProxy } from 'unpdf';
import { describe, expect, test, vi } from 'vitest';
import type { Paper } from '../model.ts';
import { BODY, letter, minutes, order, paperFor, sheet } from '../testing.ts';
import { evenLines } from './boxes.ts';
import { NOT_FIRST, NOT_LAST, breakLines, signsOf } from './breaks.ts';
import { docxOf } from './docx.ts';
import { draw } from './draw.ts';
import { MM_PER_POINT } from './page.ts';

// Fonts are unpacked with the first paper, on a busy machine slowly.
vi.setConfig({ testTimeout: 90_000 });

/** Text as a PDF reader finds it: lengths in millimetres from the upper left corner, sizes in points. */
interface Found {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly font: string;
}

async function read(
  paper: Paper,
): Promise<{ pages: { width: number; height: number; found: Found[] }[]; bytes: Uint8Array }> {
  const bytes = draw({ kind: 'pdf', paper }).pdf!;
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const pages = [];
  for (let n = 1; n <= document.numPages; n++) {
    const page = await document.getPage(n);
    const [, , width, height] = page.view as [number, number, number, number];
    await page.getOperatorList();
    const { items } = await page.getTextContent();
    const found = items.flatMap((item): Found[] => {
      if (!('str' in item) || item.str === '') return [];
      const [size, , , , x, y] = item.transform as number[];
      const font = (page.commonObjs.get(item.fontName) as { name: string }).name;
      return [
        {
          text: item.str,
          x: x! * MM_PER_POINT,
          y: (height - y!) * MM_PER_POINT,
          width: item.width * MM_PER_POINT,
          size: size!,
          font,
        },
      ];
    });
    pages.push({ width: width * MM_PER_POINT, height: height * MM_PER_POINT, found });
  }
  return { pages, bytes };
}

const all = { served: paperFor(), letter, order, minutes, sheet, unsealed: paperFor({ sealed: false }) };
/** Base lines of the grid: full characters stand in the middle of 22 lines of 225 / 22 mm. */
const gridLine = (n: number): number =>
  37 + (n * 225) / 22 + (225 / 22 - 16 * MM_PER_POINT) / 2 + 0.88 * 16 * MM_PER_POINT;
const bodyOf = (found: readonly Found[]): Found[] => found.filter(({ size }) => Math.abs(size - 16) < 0.01);

describe('a PDF by GB/T 9704-2012', () => {
  test('[L7] A4, margins 37 and 28 mm, 22 lines of 28 characters of 三号', async () => {
    const { pages } = await read(paperFor());
    for (const page of pages) {
      expect(page.width).toBeCloseTo(210, 1);
      expect(page.height).toBeCloseTo(297, 1);
      for (const { x, y, width } of bodyOf(page.found)) {
        expect(x).toBeGreaterThanOrEqual(28 - 0.05);
        expect(x + width).toBeLessThanOrEqual(28 + 156 + 0.3);
        const line = Math.round((y - gridLine(0)) / (225 / 22));
        expect(line).toBeGreaterThanOrEqual(0);
        expect(line).toBeLessThan(22);
        expect(Math.abs(y - gridLine(line))).toBeLessThan(0.02);
      }
    }
    // A line of Chinese only holds 28 characters.
    const { pages: full } = await read(paperFor({ blocks: [{ kind: 'text', text: '民'.repeat(26 + 28 * 3) }] }));
    const lines = full[0]!.found.filter(({ text }) => /^民+$/.test(text)).map(({ text }) => text.length);
    expect(lines).toEqual([26, 28, 28, 28]);
    // 22 lines on a page that is full.
    const { pages: long } = await read(paperFor({ blocks: [{ kind: 'text', text: '民'.repeat(28 * 60) }] }));
    expect(new Set(bodyOf(long[1]!.found).map(({ y }) => y.toFixed(1))).size).toBe(22);
  });

  test('[L7] title 二号, headings in their own faces, two characters in, number at the right', async () => {
    const { pages } = await read(paperFor());
    const [first] = pages;
    const title = first!.found.find(({ text }) => text === '信访事项受理告知书')!;
    expect(title.size).toBeCloseTo(22, 2);
    expect(title.font).toContain('NotoSerifSC-700');
    expect(title.x + title.width / 2).toBeCloseTo(28 + 78, 0);
    const heading = first!.found.find(({ text }) => text === '一、受理的事项')!;
    expect(heading.font).toContain('NotoSansSC-500');
    expect(heading.x).toBeCloseTo(28 + (2 * 156) / 28, 1);
    const second = first!.found.find(({ text }) => text.startsWith('（一）'))!;
    expect(second.text).toBe('（一）办理的时限。');
    expect(second.font).toContain('NotoSerifSC-560');
    const number = first!.found.find(({ text }) => text.includes('〔2026〕'))!;
    expect(number.text).toBe('清水受告〔2026〕12号');
    expect(number.x + number.width).toBeCloseTo(28 + 156, 0);
  });

  test('[L7] unit in the middle above the day, four characters from the edge; without a seal two and two', async () => {
    const { pages } = await read(paperFor());
    const last = pages.at(-1)!.found;
    const unit = last.find(({ text }) => text === '清河县水利局')!;
    const day = last.find(({ text }) => text === '2026年11月6日')!;
    const em = 156 / 28;
    expect(28 + 156 - (day.x + day.width)).toBeCloseTo(4 * em, 0);
    expect(unit.x + unit.width / 2).toBeCloseTo(day.x + day.width / 2, 0);
    expect(day.y - unit.y).toBeCloseTo(225 / 22, 1);
    // Two lines are free for the seal, no more: its top is within a line of the text.
    const above = Math.max(
      ...bodyOf(last)
        .filter(({ y }) => y < unit.y - 1)
        .map(({ y }) => y),
    );
    expect(unit.y - above).toBeCloseTo((3 * 225) / 22, 1);
    const { pages: plain } = await read(paperFor({ sealed: false, unit: '清河县人民政府办公室' }));
    const office = plain.at(-1)!.found.find(({ text }) => text === '清河县人民政府办公室')!;
    const date = plain.at(-1)!.found.find(({ text }) => text === '2026年11月6日')!;
    expect(28 + 156 - (office.x + office.width)).toBeCloseTo(2 * em, 0);
    expect(date.x - office.x).toBeCloseTo(2 * em, 1);
  });

  test('[L7] page numbers 四号 between dashes, 7 mm under the text, right on odd and left on even pages', async () => {
    const { pages } = await read(paperFor());
    expect(pages.length).toBe(2);
    for (const [i, page] of pages.entries()) {
      const number = page.found.find(({ text }) => text === `— ${i + 1} —`)!;
      expect(number.size).toBeCloseTo(14, 2);
      expect(number.y - 0.43 * 14 * MM_PER_POINT).toBeCloseTo(37 + 225 + 7, 1);
      const em = 14 * MM_PER_POINT;
      if (i % 2 === 0) expect(28 + 156 - (number.x + number.width)).toBeCloseTo(em, 0);
      else expect(number.x - 28).toBeCloseTo(em, 1);
    }
  });

  test('[L7] a red head and a red rule where they belong, and nowhere else', async () => {
    const reds = async (paper: Paper) => {
      const bytes = draw({ kind: 'pdf', paper }).pdf!;
      const library = await PDFiumLibrary.init();
      try {
        const document = await library.loadDocument(Buffer.from(bytes));
        const rows: number[] = [];
        const scale = 3;
        const picture = await document.getPage(0).render({ scale, render: 'bitmap' });
        for (let y = 0; y < picture.height; y++) {
          let red = 0;
          for (let x = 0; x < picture.width; x++) {
            const at = (y * picture.width + x) * 4;
            const [a, b, c] = [picture.data[at]!, picture.data[at + 1]!, picture.data[at + 2]!];
            // Whichever way round the colours come, one is strong and two are weak.
            if (Math.max(a, c) > 170 && b < 90 && Math.min(a, c) < 90) red += 1;
          }
          if (red > picture.width * 0.7) rows.push((y / scale) * MM_PER_POINT);
          else if (red > 0 && rows.length === 0) rows.push(Number.NaN);
        }
        document.destroy();
        return rows.filter((row) => !Number.isNaN(row));
      } finally {
        library.destroy();
      }
    };
    expect(await reds(paperFor())).toEqual([]);
    const rule = await reds(order);
    expect(rule.length).toBeGreaterThan(0);
    // The rule lies 4 mm under the number.
    const { pages } = await read(order);
    const number = pages[0]!.found.find(({ text }) => text === '清督〔2026〕3号')!;
    expect(rule[0]! - (number.y + 0.12 * 16 * MM_PER_POINT)).toBeCloseTo(4, 0);
    const head = pages[0]!.found.find(({ text }) => text === '清河县委督查室')!;
    expect(head.y - 0.88 * head.size * MM_PER_POINT).toBeCloseTo(37 + 35, 0);
    // A letter's double rules: under its head, and 20 mm from the foot.
    const double = await reds(letter);
    expect(double.at(-1)).toBeGreaterThan(297 - 20 - 2);
    expect(double.at(-1)).toBeLessThan(297 - 20 + 1);
    const mark = (await read(letter)).pages[0]!.found.find(({ text }) => text === '清河县群众工作部')!;
    expect(mark.y - 0.88 * mark.size * MM_PER_POINT).toBeCloseTo(30, 0);
    expect((await read(letter)).pages[0]!.found.some(({ text }) => text === '— 1 —')).toBe(false);
  });

  test('[L7] copies and printing stand at the foot of the text on the last page', async () => {
    const { pages } = await read(order);
    const last = pages.at(-1)!.found;
    const copies = last.find(({ text }) => text.startsWith('抄送：'))!;
    const printed = last.find(({ text }) => text === '2026年11月6日印发')!;
    expect(copies.size).toBeCloseTo(14, 2);
    expect(copies.x).toBeCloseTo(28 + 14 * MM_PER_POINT, 1);
    expect(37 + 225 - printed.y).toBeLessThan(4);
    expect(28 + 156 - (printed.x + printed.width)).toBeCloseTo(14 * MM_PER_POINT, 0);
  });

  test('[L7] no word is lost, in any form, and no line begins with what may not', async () => {
    for (const [name, paper] of Object.entries(all)) {
      const { pages } = await read(paper);
      // In the order of reading, without the page numbers between.
      const text = pages
        .flatMap(({ found }) => found.filter((one) => !/^— \d+ —$/.test(one.text)).map((one) => one.text))
        .join('')
        .replace(/\s/g, '');
      for (const block of paper.blocks)
        if (block.kind === 'text')
          for (const part of block.text.split('\n')) expect(text, name).toContain(part.replace(/\s/g, ''));
      for (const { found } of pages) {
        const lines = new Map<string, Found>();
        for (const one of found) {
          const key = one.y.toFixed(1);
          const first = lines.get(key);
          if (first === undefined || one.x < first.x) lines.set(key, one);
        }
        for (const { text: begin, size } of lines.values())
          if (size > 15) expect(NOT_FIRST.has([...begin][0]!), `${name}: ${begin}`).toBe(false);
      }
    }
    const { pages } = await read(sheet);
    expect(pages[0]!.width).toBeCloseTo(297, 1);
    const rows = pages.flatMap(({ found }) => found.filter(({ text }) => text.startsWith('QH 2611')));
    expect(rows).toHaveLength(60);
    // The head stands again on each page.
    for (const { found } of pages.slice(0, -1)) expect(found.some(({ text }) => text === '主要内容')).toBe(true);
  });

  test('[L7] the same paper gives the same bytes; its pictures can be looked at', async () => {
    const library = await PDFiumLibrary.init();
    const folder = process.env['MINQING_ARTIFACTS'] ?? join(tmpdir(), 'minqing-screens');
    mkdirSync(folder, { recursive: true });
    for (const [name, paper] of Object.entries(all)) {
      const first = Buffer.from(draw({ kind: 'pdf', paper }).pdf!);
      expect(first.equals(Buffer.from(draw({ kind: 'pdf', paper }).pdf!))).toBe(true);
      expect(Buffer.from(docxOf(paper)).equals(Buffer.from(docxOf(paper)))).toBe(true);
      const document = await library.loadDocument(first);
      for (const page of document.pages()) {
        const { data } = await page.render({
          scale: 1.4,
          render: async ({ data: raw, width, height }) =>
            await sharp(raw, { raw: { width, height, channels: 4 } })
              .png()
              .toBuffer(),
        });
        writeFileSync(join(folder, `paper-${name}-${page.number + 1}.png`), data);
        const { data: grey } = await sharp(data).greyscale().raw().toBuffer({ resolveWithObject: true });
        const ink = grey.filter((level) => level < 128).length / grey.length;
        expect(ink, `${name} ${page.number + 1}`).toBeGreaterThan(0.001);
        expect(ink).toBeLessThan(0.25);
      }
      document.destroy();
    }
    library.destroy();
  });
});

describe('a Word file', () => {
  const parts = (paper: Paper) =>
    Object.fromEntries(Object.entries(unzipSync(docxOf(paper))).map(([name, bytes]) => [name, strFromU8(bytes)]));
  const number = (xml: string, pattern: RegExp): number => Number(pattern.exec(xml)?.[1]);

  test.each(['1900-01-01', '1979-12-31', '1980-01-01', '2099-12-31', '2100-01-01', '2999-12-31'])(
    '[L7] a paper of %s is a Word file, whether or not an archive can hold that day',
    (date) => {
      const { 'word/document.xml': document } = parts({ ...letter, date });
      expect(document).toContain('<w:body>');
    },
  );

  test('[L7] the same page: A4, margins, grid of 22 lines of 28 characters, fonts by the standard’s names', () => {
    const files = parts(paperFor());
    const document = files['word/document.xml']!;
    const mm = (twips: number): number => (twips / 1440) * 25.4;
    expect(mm(number(document, /w:pgSz w:w="(\d+)"/))).toBeCloseTo(210, 1);
    expect(mm(number(document, /w:pgMar w:top="(\d+)"/))).toBeCloseTo(37, 1);
    expect(mm(number(document, /w:left="(\d+)" w:header/))).toBeCloseTo(28, 1);
    expect(mm(number(document, /w:pgMar[^>]* w:right="(\d+)"/))).toBeCloseTo(26, 1);
    expect(mm(number(document, /w:linePitch="(\d+)"/)) * 22).toBeCloseTo(225, 0);
    // Said on the runs, as LibreOffice sets 14 characters to a line of a grid narrower than they are.
    expect(document).toMatch(/<w:docGrid w:type="lines"/);
    const pitch = 16 + number(document, /w:spacing w:val="(-?\d+)"\/><w:sz w:val="32"/) / 20;
    expect(Math.floor(156 / (pitch * MM_PER_POINT))).toBe(28);
    expect(pitch * 28 * MM_PER_POINT).toBeCloseTo(155.6, 1);
    expect(document).toContain('w:eastAsia="仿宋"');
    expect(document).toContain('w:eastAsia="方正小标宋简体"');
    expect(document).toContain('w:eastAsia="黑体"');
    expect(document).toContain('w:eastAsia="楷体"');
    for (const [, other] of files['word/fontTable.xml']!.matchAll(/w:altName w:val="([^"]*)"/g))
      expect(other).toMatch(/^[^,;]{1,31}$/);
    expect(files['word/fontTable.xml']).toContain('w:altName w:val="仿宋_GB2312"');
    expect(files['word/settings.xml']).toContain('evenAndOddHeaders');
    expect(files['word/footer1.xml']).toContain('w:jc w:val="right"');
    expect(files['word/footer2.xml']).toContain('w:jc w:val="left"');
    expect(document).not.toContain('D71718');
  });

  test('[L7] red head and rule, number, who signed, copies; every word of the body', () => {
    for (const paper of Object.values(all)) {
      const files = parts(paper);
      const words = [...files['word/document.xml']!.matchAll(/<w:t [^>]*>([^<]*)<\/w:t>/g)].map((m) => m[1]).join('');
      for (const block of paper.blocks)
        if (block.kind === 'text')
          for (const part of block.text.split('\n')) expect(words).toContain(part.trim().replaceAll('&', '&amp;'));
      for (const [name, xml] of Object.entries(files)) {
        // Every element that opens closes, in order.
        const stack: string[] = [];
        for (const [, close, tag, empty] of xml.matchAll(/<(\/?)([\w:]+)[^>]*?(\/?)>/g)) {
          if (empty === '/') continue;
          if (close === '/') expect(stack.pop(), name).toBe(tag);
          else stack.push(tag!);
        }
        expect(stack, name).toEqual([]);
      }
    }
    const document = parts(order)['word/document.xml']!;
    expect(document).toContain('D71718');
    expect(document).toMatch(/w:bottom w:val="single" w:sz="16"[^>]*w:color="D71718"/);
    expect(document).toContain('清督〔2026〕3号');
    expect(document).toContain('签发人：');
    expect(document).toContain('抄送：县委办公室，县政府办公室。');
    const files = parts(letter);
    expect(files['word/document.xml']).toContain('w:titlePg');
    expect(files['word/header1.xml']).toContain('清河县群众工作部');
  });
});

describe('lines', () => {
  const text = fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...'民情台账水利局路面疏通办理意见') },
        { weight: 2, arbitrary: fc.constantFrom(...NOT_FIRST) },
        { weight: 1, arbitrary: fc.constantFrom(...NOT_LAST) },
        { weight: 1, arbitrary: fc.constantFrom('2026', 'QH2611', '12.5', '——', '……', ' ') },
      ),
      { maxLength: 200 },
    )
    .map((parts) => parts.join(''));
  const widthOf = ({ text: sign }: { text: string }): number => (/[ -~]/.test(sign) ? 0.5 : 1);
  const inWord = (sign: string): boolean => /[!-~—…]/.test(sign);
  const mayBreak = (one: string, next: string): boolean =>
    !NOT_LAST.has(one) && !NOT_FIRST.has(next) && !(inWord(one) && inWord(next)) && next !== ' ';

  test('[L7] no character is lost, no line is too long, none begins or ends as it may not', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 30 }), (words, width) => {
        const lines = breakLines(signsOf(words, 'fang'), widthOf, width - 2, width, 1);
        expect(lines.flatMap(({ signs }) => signs.map((s) => s.text)).join('')).toBe(words);
        for (const [i, { signs, stretch }] of lines.entries()) {
          const room = i === 0 ? width - 2 : width;
          // Spaces at a line's end hang over.
          const line = signs
            .map((s) => s.text)
            .join('')
            .replace(/ +$/, '');
          const measured = [...line].reduce((sum, sign) => sum + widthOf({ text: sign }), 0);
          expect(measured + stretch * (signs.length - 1)).toBeLessThanOrEqual(room + 0.02);
          if (i === 0) continue;
          const before = lines[i - 1]!.signs.map((sign) => sign.text);
          // Only where all the line before is of such signs and words is there nowhere else to break.
          const free = before.slice(1).some((sign, n) => mayBreak(before[n]!, sign));
          if (free) {
            expect(NOT_FIRST.has(line[0] ?? '民'), `${before.join('')}|${line}`).toBe(false);
            expect(NOT_LAST.has(before.join('').trimEnd().at(-1) ?? '民'), `${before.join('')}|${line}`).toBe(false);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  test('[L7] a title is broken between words, evenly', () => {
    const width = (part: string): number => [...part].length;
    expect(evenLines('关于督办柳河村机耕路雨后积水影响秋收农机进地问题的通知', width, 20)).toHaveLength(2);
    for (const title of ['关于交办柳河村问题的函', BODY.slice(0, 60)])
      for (const line of evenLines(title, width, 20)) expect(width(line)).toBeLessThanOrEqual(20);
    expect(evenLines(BODY.slice(0, 60), width, 20).join('')).toBe(BODY.slice(0, 60));
    const [first] = evenLines('关于督办柳河村机耕路雨后积水影响秋收农机进地问题的通知', width, 20);
    expect(first!.endsWith('影')).toBe(false);
  });
});
