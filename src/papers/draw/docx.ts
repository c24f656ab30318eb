import { strToU8, zipSync } from 'fflate';
import { type Block, type Paper, type Table, sayPaperNumber } from '../model.ts';
import { A4, LINE, MM_PER_POINT, SIZE, TEXT } from './page.ts';
import { faced } from './layout.ts';
import type { Face } from './fonts.ts';
import { sayChineseDay } from './words.ts';

/**
 * A paper as a Word file (ECMA-376), so that an office can go on with it. Same geometry as the PDF: 22 lines to a page by the
 * section's grid, 28 characters to a line by their distance; fonts are named as the standard names them, each with another to take where a machine has it not.
 * Written here: the parts it needs are few, and the usual library for it is 23 MB where this needs the zip writer only.
 */

/**
 * Names as office machines know them, each with the one to take where it is missing: the standard speaks of a list, but Word
 * takes the whole value for one name of at most 31 characters (MS-OI29500, 2.1.262).
 */
const fontNames: Readonly<Record<Face, { name: string; other: string; pitch: string; family: string }>> = {
  fang: { name: '仿宋', other: '仿宋_GB2312', pitch: 'fixed', family: 'modern' },
  title: {
    name: '方正小标宋简体',
    other: '方正小标宋_GBK',
    pitch: 'auto',
    family: 'roman',
  },
  kai: { name: '楷体', other: '楷体_GB2312', pitch: 'fixed', family: 'modern' },
  hei: { name: '黑体', other: 'SimHei', pitch: 'fixed', family: 'modern' },
  song: { name: '宋体', other: 'SimSun', pitch: 'auto', family: 'auto' },
};

const twips = (mm: number): number => Math.round((mm / 25.4) * 1440);
const escaped = (text: string): string =>
  text
    // XML 1.0 has no place for control characters.
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const LINE_TWIPS = twips(LINE);
/**
 * So much closer than 三号 is wide stand characters of the text, in 20ths of a point: 28 of them then fill a line. Said on each
 * run and not as a grid of characters: LibreOffice gives a sign that is wider than its cell two of them, 14 in a line.
 */
const CLOSER = Math.floor((TEXT.width / TEXT.characters / MM_PER_POINT - SIZE.body) * 20);

interface Look {
  readonly face?: Face;
  readonly size?: number;
  readonly red?: boolean;
}
const run = (text: string, { face = 'fang', size = SIZE.body, red = false }: Look = {}): string => {
  const { name } = fontNames[face];
  return `<w:r><w:rPr><w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="${name}" w:cs="${name}" w:hint="eastAsia"/>${red ? '<w:color w:val="D71718"/>' : ''}${size === SIZE.body ? `<w:spacing w:val="${CLOSER}"/>` : ''}<w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/></w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
};
/** Signs as runs, one for each stretch of one face. */
function runs(signs: readonly { text: string; face: Face }[]): string {
  let out = '';
  for (let from = 0; from < signs.length;) {
    let to = from + 1;
    while (to < signs.length && signs[to]!.face === signs[from]!.face) to++;
    out += run(
      signs
        .slice(from, to)
        .map(({ text }) => text)
        .join(''),
      { face: signs[from]!.face },
    );
    from = to;
  }
  return out;
}

/** A paragraph with its properties in the order the schema asks for. */
const p = (inner: string, properties: string = ''): string =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${inner}</w:p>`;
const justify = (how: 'both' | 'center' | 'right' | 'left'): string => `<w:jc w:val="${how}"/>`;
/** Indents are in characters of the grid, so that they follow it. */
const indent = (first: number, left: number = 0, right: number = 0): string =>
  `<w:ind${left === 0 ? '' : ` w:leftChars="${left * 100}" w:left="${left * 320}"`}${right === 0 ? '' : ` w:rightChars="${right * 100}" w:right="${right * 320}"`}${first > 0 ? ` w:firstLineChars="${first * 100}" w:firstLine="${first * 320}"` : first < 0 ? ` w:hangingChars="${-first * 100}" w:hanging="${-first * 320}"` : ''}/>`;
const exactly = (mm: number): string => `<w:spacing w:line="${twips(mm)}" w:lineRule="exact"/>`;
const below = (sizePoints: number, gap: number = 4): string =>
  `<w:pBdr><w:bottom w:val="single" w:sz="${sizePoints}" w:space="${gap}" w:color="D71718"/></w:pBdr>`;
const empty = (lines: number): string => p('').repeat(lines);

const TAB = '<w:r><w:tab/></w:r>';

function headOf(paper: Paper): string {
  const number = paper.number === undefined ? '' : sayPaperNumber(paper.number);
  const urgent = paper.urgency === undefined ? '' : run(paper.urgency, { face: 'hei' });
  const tab = `<w:tabs><w:tab w:val="right" w:pos="${twips(TEXT.width) - 320}"/></w:tabs>`;
  // One character in at both ends by stops, not by an indent: the rule below runs as wide as the text.
  const ends = `<w:tabs><w:tab w:val="left" w:pos="320"/><w:tab w:val="right" w:pos="${twips(TEXT.width) - 320}"/></w:tabs>`;
  switch (paper.form) {
    case 'document':
      return [
        p(urgent),
        empty(2),
        p(run(paper.head ?? '', { face: 'title', size: headSize(paper.head ?? '', 44), red: true }), justify('center')),
        empty(2),
        // 7.2.6: with who signed, the number at the left and the name at the right, each one character in.
        paper.issuer === undefined
          ? p(run(number), below(16) + justify('center'))
          : p(`${TAB}${run(number)}${TAB}${run('签发人：')}${run(paper.issuer, { face: 'kai' })}`, below(16) + ends),
        empty(2),
      ].join('');
    case 'letter':
      // The head itself stands in the first page's header.
      return [
        p(urgent + (urgent === '' ? '' : TAB) + run(number), urgent === '' ? justify('right') : tab),
        empty(2),
      ].join('');
    case 'minutes':
      return [
        empty(3),
        p(
          run(paper.head ?? paper.title, { face: 'title', size: headSize(paper.head ?? paper.title, 40), red: true }),
          justify('center'),
        ),
        empty(1),
        p(run(number), justify('center')),
        p(`${TAB}${run(paper.unit ?? '')}${TAB}${run(sayChineseDay(paper.date))}`, below(16) + ends),
        empty(1),
      ].join('');
    default:
      return '';
  }
}

/** As large as fits into one line, at most so many points. */
const headSize = (head: string, most: number): number =>
  Math.min(most, Math.floor((TEXT.width - 4) / MM_PER_POINT / Math.max(1, [...head].length)));

function titleOf(paper: Paper): string {
  const size = paper.form === 'sheet' ? 18 : SIZE.title;
  const title = paper.title
    .split('\n')
    .map((line) => p(run(line, { face: 'title', size }), justify('center')))
    .join('');
  const number =
    paper.form === 'served' && paper.number !== undefined ? p(run(sayPaperNumber(paper.number)), justify('right')) : '';
  const to =
    paper.addressee === undefined || paper.addressee === ''
      ? ''
      : empty(1) + p(run(`${paper.addressee}：`), justify('both'));
  return title + number + to;
}

function blockOf(block: Block, sheet: boolean): string {
  switch (block.kind) {
    case 'text':
      return block.text
        .split('\n')
        .filter((text) => text.trim() !== '')
        .map((text) =>
          sheet
            ? p(run(text, { size: 10.5 }), exactly(6) + justify('both'))
            : p(runs(faced(text)), '<w:kinsoku/><w:overflowPunct w:val="0"/>' + indent(2) + justify('both')),
        )
        .join('');
    case 'table':
      return tableOf(block.table, sheet);
    case 'signatures':
      return (
        empty(1) +
        block.labels.map((label) => p(run(`${label}${'＿'.repeat(10)}`), exactly(LINE * 1.5) + indent(2))).join('')
      );
  }
}

function tableOf({ title, head, rows, widths }: Table, sheet: boolean): string {
  const size = sheet ? 9 : 12;
  const wide = twips(sheet ? TEXT.height : TEXT.width);
  const parts = head.map((_, i) => widths?.[i] ?? 1);
  const sum = parts.reduce((a, b) => a + b, 0);
  const columns = parts.map((part) => Math.round((part / sum) * wide));
  const line = exactly(sheet ? 4.6 : 6.6);
  const cell = (text: string, width: number, face: Face, middle: boolean): string =>
    `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${middle ? '<w:vAlign w:val="center"/>' : ''}</w:tcPr>${text
      .split('\n')
      .map((part) => p(run(part, { face, size }), line + justify(middle ? 'center' : 'left')))
      .join('')}</w:tc>`;
  const border = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
    .join('');
  return `${title === undefined ? '' : p(run(title, { face: 'hei', size: size + 2 }), justify('center'))}<w:tbl><w:tblPr><w:tblW w:w="${wide}" w:type="dxa"/><w:tblBorders>${border}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${columns.map((w) => `<w:gridCol w:w="${w}"/>`).join('')}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${head.map((text, i) => cell(text, columns[i]!, 'hei', true)).join('')}</w:tr>${rows
    .map((row) => `<w:tr>${head.map((_, i) => cell(row[i] ?? '', columns[i]!, 'fang', false)).join('')}</w:tr>`)
    .join('')}</w:tbl>${p('', exactly(3))}`;
}

function attachmentsOf({ attachments }: Paper): string {
  if (attachments.length === 0) return '';
  return (
    empty(1) +
    attachments
      .map((name, i) => {
        const number = attachments.length === 1 ? '' : `${i + 1}．`;
        return i === 0
          ? p(run(`附件：${number}${name}`), indent(-3.5, 5.5))
          : p(run(`${number}${name}`), indent(-1.5, 6.5));
      })
      .join('')
  );
}

/** 署名 and 成文日期 (7.3.5): with a seal the day four characters in and the unit in the middle above it. */
function signedOf(paper: Paper): string {
  if (paper.unit === undefined || paper.form === 'minutes') return '';
  const day = sayChineseDay(paper.date);
  if (paper.form === 'sheet')
    return p(
      run(`填报单位：${paper.unit}`, { size: 10.5 }) +
        TAB +
        run(`负责人签字：`, { size: 10.5 }) +
        TAB +
        run(`（盖章处）${day}`, { size: 10.5 }),
      `<w:tabs><w:tab w:val="left" w:pos="${twips(100)}"/><w:tab w:val="right" w:pos="${twips(TEXT.height)}"/></w:tabs>`,
    );
  const unitLength = [...paper.unit].length;
  // Figures are half as wide as characters.
  const dayLength = [...day].reduce((sum, sign) => sum + (/\d/.test(sign) ? 0.5 : 1), 0);
  const keep = '<w:keepNext/>';
  if (!paper.sealed) {
    const dayRight = Math.max(2, 2 + unitLength - 2 - dayLength);
    const unitRight = dayLength > unitLength - 2 ? 4 + dayLength - unitLength : 2;
    return (
      p('', keep) +
      p(run(paper.unit), keep + indent(0, 0, unitRight) + justify('right')) +
      p(run(day), indent(0, 0, dayRight) + justify('right'))
    );
  }
  const unitRight = Math.max(0, 4 + (dayLength - unitLength) / 2);
  const dayRight = unitRight === 0 ? (unitLength - dayLength) / 2 : 4;
  return (
    p('', keep).repeat(2) +
    p(run(paper.unit), keep + indent(0, 0, unitRight) + justify('right')) +
    p(run(day), indent(0, 0, dayRight) + justify('right'))
  );
}

/** What a frame hangs on: without a paragraph after it LibreOffice leaves it out. It takes no room. */
const ANCHOR =
  '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>';

/** 7.3.5.5: no page holds only who signs and the day. The last words of the text go along with them. */
function heldOn(text: string, signed: string): string {
  const last = text.lastIndexOf('<w:p>');
  // A long paragraph parts by itself; held on, LibreOffice would carry the whole of it over.
  const words = text.slice(last).replaceAll(/<[^>]*>/g, '').length;
  if (signed === '' || !text.endsWith('</w:p>') || words > 3 * TEXT.characters) return text + signed;
  const held = text
    .slice(last)
    .replace(/^<w:p>(?:<w:pPr>)?/, (begun) =>
      begun.endsWith('<w:pPr>') ? '<w:p><w:pPr><w:keepNext/>' : '<w:p><w:pPr><w:keepNext/></w:pPr>',
    );
  return text.slice(0, last) + held + signed;
}

/** 版记: at the foot of the last page; told from the page's edge, or LibreOffice sets it where the text ends. */
function footOf({ copies, printed, form }: Paper): string {
  const shown = form === 'letter' ? undefined : printed;
  if (copies.length === 0 && shown === undefined) return '';
  const wide = twips(TEXT.width);
  const rule = (side: string, size: number): string =>
    form === 'letter' ? '' : `<w:${side} w:val="single" w:sz="${size}" w:space="0" w:color="000000"/>`;
  const row = (inner: string, top: number, bottom: number): string =>
    `<w:tr><w:tc><w:tcPr><w:tcW w:w="${wide}" w:type="dxa"/><w:tcBorders>${rule('top', top)}${rule('bottom', bottom)}</w:tcBorders></w:tcPr>${inner}</w:tc></w:tr>`;
  const small = { size: SIZE.small };
  const rows: string[] = [];
  // Widths of rules come in eighths of a point: 0.35 mm is 8, 0.25 mm is 6.
  if (copies.length > 0)
    rows.push(
      row(
        p(run(`抄送：${copies.join('，')}。`, small), `<w:ind w:left="1120" w:right="280" w:hanging="840"/>`),
        8,
        shown === undefined ? 8 : 6,
      ),
    );
  if (shown !== undefined)
    rows.push(
      row(
        p(
          run(shown.unit, small) + TAB + run(`${sayChineseDay(shown.date)}印发`, small),
          `<w:tabs><w:tab w:val="right" w:pos="${wide - 280}"/></w:tabs><w:ind w:left="280" w:right="280"/>`,
        ),
        copies.length > 0 ? 6 : 8,
        8,
      ),
    );
  return `<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="${twips(TEXT.left)}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/><w:tblW w:w="${wide}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="${wide}"/></w:tblGrid>${rows.join('')}</w:tbl>${ANCHOR}`;
}

/** 页码 in 四号宋体 between dashes, right on odd pages and left on even ones, one character from the edge. */
const numberFoot = (odd: boolean): string => {
  const look = `<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>`;
  const text = (t: string): string => `<w:r>${look}<w:t xml:space="preserve">${t}</w:t></w:r>`;
  const field = `<w:r>${look}<w:fldChar w:fldCharType="begin"/></w:r><w:r>${look}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r>${look}<w:fldChar w:fldCharType="separate"/></w:r>${text('1')}<w:r>${look}<w:fldChar w:fldCharType="end"/></w:r>`;
  return `${XML}<w:ftr ${NS}>${p(text('— ') + field + text(' —'), `<w:ind w:${odd ? 'right' : 'left'}="280"/>${justify(odd ? 'right' : 'left')}`)}</w:ftr>`;
};
/** A letter's red head, 30 mm from the edge, over a double rule of 170 mm: seven more than the text on either side. */
const letterHead = (head: string): string =>
  `${XML}<w:hdr ${NS}>${p(
    run(head, { face: 'title', size: headSize(head, 40), red: true }),
    `<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="11" w:color="D71718"/></w:pBdr><w:ind w:left="-${twips(7)}" w:right="-${twips(7)}"/>${justify('center')}`,
  )}</w:hdr>`;
/** The first page of a letter has the lower double rule in place of a number. */
const letterFoot = (): string =>
  `${XML}<w:ftr ${NS}>${p('', `<w:pBdr><w:top w:val="thinThickSmallGap" w:sz="24" w:space="1" w:color="D71718"/></w:pBdr><w:ind w:left="-${twips(7)}" w:right="-${twips(7)}"/>`)}</w:ftr>`;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const NS =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

function section(paper: Paper): string {
  const sheet = paper.form === 'sheet';
  const size = sheet
    ? `<w:pgSz w:w="${twips(A4.height)}" w:h="${twips(A4.width)}" w:orient="landscape"/><w:pgMar w:top="${twips(28)}" w:right="${twips(37)}" w:bottom="${twips(26)}" w:left="${twips(35)}" w:header="851" w:footer="${twips(14)}" w:gutter="0"/>`
    : `<w:pgSz w:w="${twips(A4.width)}" w:h="${twips(A4.height)}"/><w:pgMar w:top="${twips(TEXT.top)}" w:right="${twips(A4.width - TEXT.left - TEXT.width)}" w:bottom="${twips(A4.height - TEXT.top - TEXT.height)}" w:left="${twips(TEXT.left)}" w:header="${twips(30)}" w:footer="${twips(A4.height - TEXT.top - TEXT.height - 7 - SIZE.small * MM_PER_POINT)}" w:gutter="0"/>`;
  const feet = `${paper.form === 'letter' ? '<w:headerReference w:type="first" r:id="rId13"/><w:footerReference w:type="first" r:id="rId12"/>' : ''}<w:footerReference w:type="default" r:id="rId10"/><w:footerReference w:type="even" r:id="rId11"/>`;
  const grid = sheet ? '' : `<w:docGrid w:type="lines" w:linePitch="${LINE_TWIPS}"/>`;
  return `<w:sectPr>${feet}${size}${paper.form === 'letter' ? '<w:titlePg/>' : ''}${grid}</w:sectPr>`;
}

const styles = `${XML}<w:styles ${NS}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋" w:cs="Times New Roman"/><w:sz w:val="${SIZE.body * 2}"/><w:szCs w:val="${SIZE.body * 2}"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="0"/><w:snapToGrid/></w:pPr><w:rPr><w:sz w:val="${SIZE.body * 2}"/></w:rPr></w:style></w:styles>`;

const fontTable = `${XML}<w:fonts ${NS}>${Object.values(fontNames)
  .map(
    ({ name, other, pitch, family }) =>
      `<w:font w:name="${name}"><w:altName w:val="${other}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="${pitch === 'auto' ? 'variable' : pitch}"/></w:font>`,
  )
  .join('')}</w:fonts>`;

/** A letter's number on the standard's place, red rule or not, in a file that opens in any office. */
export function docxOf(paper: Paper): Uint8Array {
  const sheet = paper.form === 'sheet';
  const body = [
    headOf(paper),
    titleOf(paper),
    ...(paper.form === 'minutes' ? [empty(1)] : []),
    heldOn([...paper.blocks.map((block) => blockOf(block, sheet)), attachmentsOf(paper)].join(''), signedOf(paper)),
    paper.note === undefined || paper.note === '' ? '' : p(run(`（${paper.note}）`), indent(2)),
    footOf(paper),
    section(paper),
  ].join('');
  const properties = `${XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(paper.title.replaceAll('\n', ''))}</dc:title><dc:creator>${escaped(paper.unit ?? '')}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${paper.date}T00:00:00Z</dcterms:created></cp:coreProperties>`;
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/word/settings.xml" ContentType="${TYPE}.settings+xml"/><Override PartName="/word/fontTable.xml" ContentType="${TYPE}.fontTable+xml"/><Override PartName="/word/footer1.xml" ContentType="${TYPE}.footer+xml"/><Override PartName="/word/footer2.xml" ContentType="${TYPE}.footer+xml"/><Override PartName="/word/footer3.xml" ContentType="${TYPE}.footer+xml"/><Override PartName="/word/header1.xml" ContentType="${TYPE}.header+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    'word/document.xml': `${XML}<w:document ${NS}><w:body>${body}</w:body></w:document>`,
    'word/styles.xml': styles,
    'word/fontTable.xml': fontTable,
    'word/settings.xml': `${XML}<w:settings ${NS}><w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val="${LINE_TWIPS}"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:balanceSingleByteDoubleByteWidth/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`,
    'word/footer1.xml': numberFoot(true),
    'word/footer2.xml': numberFoot(false),
    'word/footer3.xml': letterFoot(),
    'word/header1.xml': letterHead(paper.head ?? ''),
    'word/_rels/document.xml.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${OFFICE}/settings" Target="settings.xml"/><Relationship Id="rId3" Type="${OFFICE}/fontTable" Target="fontTable.xml"/><Relationship Id="rId10" Type="${OFFICE}/footer" Target="footer1.xml"/><Relationship Id="rId11" Type="${OFFICE}/footer" Target="footer2.xml"/><Relationship Id="rId12" Type="${OFFICE}/footer" Target="footer3.xml"/><Relationship Id="rId13" Type="${OFFICE}/header" Target="header1.xml"/></Relationships>`,
    'docProps/core.xml': properties,
  };
  // A fixed day in the archive: the same paper gives the same bytes.
  const mtime = new Date(`${archivable(paper.date)}T04:00:00Z`);
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, [strToU8(text), { mtime }]])), {
    level: 6,
  });
}

/** An archive holds days of 1980 to 2099 only (fflate refuses others); a paper may be dated outside of them. */
const archivable = (day: string): string =>
  day < '1980-01-02' ? '1980-01-02' : day > '2099-12-30' ? '2099-12-30' : day;
