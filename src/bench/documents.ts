import { docxOf } from '../papers/draw/docx.ts';
import { draw } from '../papers/draw/draw.ts';
import type { CaseFile, FileEntry } from '../papers/draw/file.ts';
import { jpegOf } from './picture.ts';
import { letter, order, paperFor } from '../papers/testing.ts';
import type { Paper } from '../papers/model.ts';
import { type Report, round, say, timed } from './figures.ts';

/**
 * Documents: letters per second as Word and as PDF, one after another in one thread as the server draws them, of three forms
 * in turn (a served paper of two pages, a letter and an order of three), each with another number and name; and the whole
 * file of a matter of 200 pages with papers and pictures.
 */
const LETTERS = 300;
const PAGES = 200;

const forms = [paperFor(), letter, order];
const nth = (i: number): Paper => {
  const form = forms[i % forms.length]!;
  return { ...form, number: { word: '清水', year: 2026, serial: i + 1 }, addressee: `${form.addressee}${i}` };
};

export async function run(quick: boolean): Promise<Report> {
  const many = quick ? LETTERS / 10 : LETTERS;
  // The fonts are unpacked with the first paper; that is told apart.
  const first = await timed(async () => draw({ kind: 'pdf', paper: nth(0) }));
  say(`first letter, fonts unpacked: ${first.seconds.toFixed(2)} s`);
  for (let i = 0; i < forms.length; i++) draw({ kind: 'pdf', paper: nth(i) });
  const before = process.cpuUsage();
  const pdf = await timed(async () => {
    let bytes = 0;
    for (let i = 0; i < many; i++) bytes += draw({ kind: 'pdf', paper: nth(i) }).pdf!.length;
    return bytes;
  });
  const pdfCpu = process.cpuUsage(before);
  say(`${many} letters as PDF: ${pdf.seconds.toFixed(2)} s, ${Math.round(pdf.result / many / 1024)} KiB each`);
  const cpu = process.cpuUsage();
  const docx = await timed(async () => {
    let bytes = 0;
    for (let i = 0; i < many; i++) bytes += docxOf(nth(i)).length;
    return bytes;
  });
  say(`${many} letters as Word: ${docx.seconds.toFixed(2)} s, ${Math.round(docx.result / many / 1024)} KiB each`);
  const { user, system } = process.cpuUsage(cpu);
  const file = await fileOf(PAGES);
  const dossier = await timed(async () => draw({ kind: 'file', file }));
  say(
    `a file of ${dossier.result.pages} pages: ${dossier.seconds.toFixed(2)} s, ${Math.round(dossier.result.pdf!.length / 1024)} KiB`,
  );
  return {
    docx_per_s: round(many / docx.seconds, 1),
    pdf_per_s: round(many / pdf.seconds, 1),
    dossier_s: round(dossier.seconds),
    dossier_pages: dossier.result.pages,
    first_letter_s: round(first.seconds),
    // What one costs of a core, whatever else the machine did meanwhile.
    docx_cpu_ms: round((user + system) / 1_000 / many),
    pdf_cpu_ms: round((pdfCpu.user + pdfCpu.system) / 1_000 / many),
    letters: many,
  };
}

/** A matter's file of at least so many pages: of every ten entries six are steps, three papers, one a picture. */
async function fileOf(pages: number): Promise<CaseFile> {
  const picture = await jpegOf(1_200, 900);
  const entry = (i: number): FileEntry => {
    const base = { title: `第 ${i + 1} 步`, day: '2026-11-06', by: '水利局', number: '', paragraphs: [] };
    if (i % 10 === 9) return { ...base, title: `照片 ${i}`, picture };
    if (i % 10 >= 6) return { ...base, title: '转送函', number: `清水转〔2026〕${i}号`, paper: nth(i) };
    return { ...base, paragraphs: [letter.blocks[0]!.kind === 'text' ? letter.blocks[0]!.text : ''] };
  };
  const of = (many: number): CaseFile => ({
    unit: '清河县水利局',
    number: 'QH 2611 0482 3',
    title: '柳河村东头机耕路雨后积水',
    day: '2026-11-26',
    reader: '群众工作部 吴静',
    facts: [['编号', 'QH 2611 0482 3']],
    entries: Array.from({ length: many }, (_, i) => entry(i)),
    leftOut: [],
    proof: {
      events: Array.from({ length: many }, (_, i) => ({
        what: `第 ${i + 1} 步`,
        at: '2026-11-06 09:00',
        place: i + 1,
        hash: 'a'.repeat(64),
      })),
      files: [],
      checkpoint: null,
      how: ['核对的方法见手册。'],
    },
  });
  let many = 40;
  while (draw({ kind: 'file', file: of(many) }).pages < pages) many += 10;
  return of(many);
}
