import { z } from 'zod';
import { canDo, may, mayAtAll, scopeOf } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import { recordReadingOnce } from '../access/readings.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { Carried, commandRoutes } from '../contract/commands.ts';
import { memberOf } from '../contract/member.ts';
import { type Desk, type Raw, type Routes, raw, route } from '../contract/route.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import type { MatterState } from '../matters/model.ts';
import { docxOf } from './draw/docx.ts';
import { drawn } from './draw/workshop.ts';
import { dossierOf } from './dossier.ts';
import { DOCX, PDF, keptFile } from './files.ts';
import { Asked, formOf, issue, prepare } from './issue.ts';
import { PaperCommand, PaperKind, type PaperSource, type PaperState, paperNames, sayPaperNumber } from './model.ts';
import { matterFor, seesReporter } from './of-matter.ts';
import { printPage } from './print.ts';
import { type PaperRow, ownUnit, reachOfPaper } from './tables.ts';

const ONE_READING_MINUTES = 10;
/** Papers of a list at most; more are found by unit and year. */
const MOST = 200;

type Issued = Exclude<PaperState, { status: 'none' }>;

async function find(desk: Desk, id: string, action: string): Promise<Issued | undefined> {
  // A stream of another kind of record is no paper.
  const read = await desk.ledger.read<PaperState>(desk.county, 'paper', id).catch(() => undefined);
  if (read === undefined || read.state.status === 'none') return undefined;
  return may(desk.actor, action, reachOfPaper(read.state)) ? read.state : undefined;
}
const member = memberOf<Issued>(find);

/** Whether the asker may open the paper itself: one that names who asked for confidence, only who may know them. */
async function mayOpen(desk: Desk, paper: Pick<Issued, 'namesReporter' | 'of'>): Promise<boolean> {
  if (!paper.namesReporter) return true;
  if (paper.of.matter === undefined) return false;
  const read = await desk.ledger.read<MatterState>(desk.county, 'matter', paper.of.matter);
  return read.state.status !== 'none' && seesReporter(desk.actor, read.state);
}

/** A file's name says which paper it is and nothing of whom it is about. */
const nameOf = (paper: Pick<Issued, 'paperKind' | 'number'>, ending: string): string =>
  `${paperNames[paper.paperKind]}-${sayPaperNumber(paper.number)}.${ending}`;

const attached = (name: string): Readonly<Record<string, string>> => ({
  'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  'cache-control': 'no-store',
});

/** What opening does: it is allowed, and it is noted in the file of whom the paper is about. */
async function opened(desk: Desk, paper: Issued): Promise<Refusal | undefined> {
  if (!(await mayOpen(desk, paper))) return refuse('access.denied');
  const about = paper.of.matter;
  if (about !== undefined) {
    const [row] = await desk.query<{ household: string | null }>(
      'papers.whose',
      'select household from matter where county = $1 and id = $2',
      [desk.county, about],
    );
    await recordReadingOnce(desk, row?.household ?? about, `文书：${paperNames[paper.paperKind]}`, ONE_READING_MINUTES);
  }
  return undefined;
}

async function handedOut(desk: Desk, paper: Issued, id: string, which: 'pdf' | 'docx'): Promise<Raw | Refusal> {
  const refused = await opened(desk, paper);
  if (refused !== undefined) return refused;
  const bytes = await keptFile(desk, id, paper.files[which === 'pdf' ? 0 : 1]!.id);
  if (bytes === undefined) return refuse('paper.gone');
  return raw(which === 'pdf' ? PDF : DOCX, bytes, { headers: attached(nameOf(paper, which)) });
}

/** Papers as a list shows them: which, when, by whom; never what stands on them. */
async function listed(desk: Desk, rows: readonly PaperRow[]) {
  const names = await namesOf(
    desk.query,
    desk.county,
    rows.flatMap((row) => [row.unit, row.issued_by, row.voided_by]).filter((id) => id !== null && id.includes('-')),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as PaperKind,
    name: paperNames[row.kind as PaperKind],
    number: sayPaperNumber({ word: row.word, year: row.year, serial: row.serial }),
    serial: row.serial,
    unit: names(row.unit) ?? '',
    matter: row.matter,
    dated: row.dated,
    issuedAt: row.issued_at,
    issuedBy: names(row.issued_by) ?? '',
    pages: row.pages,
    pdfHash: row.pdf_hash,
    docxHash: row.docx_hash,
    namesReporter: row.names_reporter,
    voided:
      row.voided_at === null
        ? null
        : { at: row.voided_at, by: names(row.voided_by) ?? '', reason: row.void_reason ?? '' },
  }));
}
export type PaperItem = Awaited<ReturnType<typeof listed>>[number];

const scoped = { areas: ['township', 'village', 'grid'], units: ['unit', 'units[]'], officials: [], apart: 'matter' };

async function papersWhere(
  desk: Desk,
  name: string,
  condition: string,
  values: readonly unknown[],
): Promise<PaperRow[]> {
  return await desk.query<PaperRow>(
    `papers.list-${name}`,
    `select * from paper where county = $1 and ${withinSql(2, scoped)} ${condition} order by issued_at desc, id desc limit ${MOST}`,
    [desk.county, ...scopeValues(scopeOf(desk.actor, 'paper.read')), ...values],
  );
}

/** @param sources the features' papers */
export const paperRoutesOf = (sources: readonly PaperSource[]) =>
  ({
    'GET /api/papers': route({
      action: 'paper.read',
      summary: 'Issued papers I may see, newest first: the register of numbers',
      query: z.object({
        kind: PaperKind.optional(),
        unit: z.uuid().optional(),
        year: z.coerce.number().int().min(2000).max(2999).optional(),
      }),
      async handle(desk, { query }) {
        const rows = await papersWhere(
          desk,
          'all',
          'and ($6::text is null or kind = $6) and ($7::uuid is null or unit = $7) and ($8::int is null or year = $8)',
          [query.kind ?? null, query.unit ?? null, query.year ?? null],
        );
        return {
          papers: await listed(desk, rows),
          kinds: PaperKind.options.map((kind) => ({ kind, name: paperNames[kind] })),
          may: mayAtAll(desk.actor, 'paper.issue'),
        };
      },
    }),
    'GET /api/matters/:id/papers': route({
      action: 'matter.read',
      summary: 'Papers of a matter: those issued, and those I can give now, the likeliest first',
      params: z.object({ id: z.uuid() }),
      async handle(desk, { params: { id } }) {
        const known = await matterFor(desk, id);
        if (known === undefined) return refuse('access.denied');
        const fitting = await Promise.all(
          sources.filter(({ subject }) => subject === 'matter').map((source) => source.fitting(desk, id)),
        );
        const rows = mayAtAll(desk.actor, 'paper.read')
          ? await papersWhere(desk, 'of-matter', 'and matter = $6', [id])
          : [];
        return {
          papers: await listed(desk, rows),
          fitting: fitting.flat().map((kind) => ({ kind, name: paperNames[kind] })),
          dossier: may(desk.actor, 'matter.dossier', known.reach),
        };
      },
    }),
    'GET /api/matters/:id/dossier': route({
      action: 'matter.dossier',
      summary: 'The whole file of a matter as one PDF, with index and proof. The reading is recorded',
      params: z.object({ id: z.uuid() }),
      perMinute: 30,
      async handle(desk, { params: { id } }) {
        const known = await matterFor(desk, id);
        if (known === undefined || !may(desk.actor, 'matter.dossier', known.reach)) return refuse('access.denied');
        const file = await dossierOf(desk, id, known);
        const { pdf } = await drawn({ kind: 'file', file });
        return raw(PDF, pdf!, { headers: attached(`一案一卷-${known.state.number}.pdf`) });
      },
    }),
    'POST /api/papers/draft': route({
      action: 'paper.issue',
      summary: 'What the form of a paper shows: its fields with what is known, and the text they make',
      body: Asked,
      async handle(desk, { body }) {
        const prepared = await prepare(desk, sources, body);
        if (isRefusal(prepared)) return prepared;
        await noted(desk, prepared.draft.reads);
        return formOf(prepared);
      },
    }),
    'POST /api/papers/preview': route({
      action: 'paper.issue',
      summary:
        'The paper as it would be issued: a picture of each page, what is still open, which characters have no glyph',
      body: Asked,
      perMinute: 240,
      async handle(desk, { body }) {
        const prepared = await prepare(desk, sources, body);
        if (isRefusal(prepared)) return prepared;
        await noted(desk, prepared.draft.reads);
        const { svg, pages, lacking } = await drawn({ kind: 'svg', paper: prepared.paper, seal: true });
        return {
          number: sayPaperNumber(prepared.paper.number),
          pages,
          svg,
          open: prepared.open,
          lacking,
          across: prepared.paper.form === 'sheet',
        };
      },
    }),
    'POST /api/papers/draft-file': route({
      action: 'paper.issue',
      summary: 'The draft as a Word file, without taking a number',
      body: Asked,
      async handle(desk, { body }) {
        const prepared = await prepare(desk, sources, body);
        if (isRefusal(prepared)) return prepared;
        await noted(desk, prepared.draft.reads);
        const { number: _, ...unnumbered } = prepared.paper;
        return raw(DOCX, docxOf(unnumbered), { headers: attached(`${paperNames[body.paperKind]}-草稿.docx`) });
      },
    }),
    'POST /api/papers/:id/issue': route({
      action: 'paper.issue',
      summary: 'Issues a paper: takes its number, draws it, keeps it as it is',
      params: z.object({ id: z.uuid() }),
      body: Asked.extend(Carried.shape),
      perMinute: 240,
      async handle(desk, { params, body }) {
        const { command, expected, device, seconds, ...asked } = body;
        return await issue(desk, sources, params.id, asked, { command, expected, device, seconds });
      },
    }),
    ...commandRoutes(
      'paper',
      '/api/papers',
      // Papers are issued by the route above, which draws them first.
      { options: PaperCommand.options.filter((option) => option.shape.kind.value !== 'paper.issue') },
      { 'paper.void': 'Declares an issued paper void, with the reason. Its number is not given again' },
    ),
    'GET /api/papers/:id': member({
      action: 'paper.read',
      summary: 'An issued paper: its number, who issued it, and its pages for who may open it',
      async handle(desk, paper, { params }) {
        const rows = await papersWhere(desk, 'one', 'and id = $6', [params.id]);
        const [item] = await listed(desk, rows);
        if (item === undefined) return refuse('access.denied');
        const open = await mayOpen(desk, paper);
        if (open) await opened(desk, paper);
        const shown =
          !open || paper.paper === undefined
            ? undefined
            : await drawn({ kind: 'svg', paper: paper.paper, seal: false });
        return {
          ...item,
          open,
          title: open ? (paper.paper?.title ?? null) : null,
          svg: shown?.svg ?? [],
          can: paper.status === 'issued' ? canDo(desk.actor, ['paper.void'], ownUnit(paper)) : [],
        };
      },
    }),
    'GET /api/papers/:id/pdf': member({
      action: 'paper.read',
      summary: 'The paper as it was issued, as PDF. The reading is recorded',
      handle: (desk, paper, { params }) => handedOut(desk, paper, params.id, 'pdf'),
    }),
    'GET /api/papers/:id/docx': member({
      action: 'paper.read',
      summary: 'The paper as it was issued, as a Word file. The reading is recorded',
      handle: (desk, paper, { params }) => handedOut(desk, paper, params.id, 'docx'),
    }),
    'GET /api/papers/:id/print': member({
      action: 'paper.read',
      summary: 'The paper for the printer. The reading is recorded',
      async handle(desk, paper) {
        const refused = await opened(desk, paper);
        if (refused !== undefined) return refused;
        if (paper.paper === undefined) return refuse('paper.gone');
        const { svg } = await drawn({ kind: 'svg', paper: paper.paper, seal: false });
        return printPage(nameOf(paper, '').slice(0, -1), svg, paper.paper.form === 'sheet');
      },
    }),
  }) satisfies Routes;

/** Whoever draws a paper of one record reads in its file; of a long list only the issued one counts. */
async function noted(desk: Desk, reads: readonly string[] | undefined): Promise<void> {
  if (reads?.length === 1) await recordReadingOnce(desk, reads[0]!, '起草文书', ONE_READING_MINUTES);
}
