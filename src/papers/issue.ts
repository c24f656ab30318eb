import { may } from '../access/access.ts';
import { unitsOf } from '../access/model.ts';
import { recordReadings } from '../access/readings.ts';
import { dayOf } from '../calendar/days.ts';
import { type Carried, give } from '../contract/commands.ts';
import type { Desk } from '../contract/route.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import type { Accepted } from '../ledger/ledger.ts';
import { sha256 } from '../ledger/vault.ts';
import { z } from 'zod';
import { docxOf } from './draw/docx.ts';
import { drawn } from './draw/workshop.ts';
import { DOCX, PDF, keepFile } from './files.ts';
import { type Changes, fieldsOf, meaningOf, openFields, paperOf, wordOf, filled, OPEN } from './fill.ts';
import { type FieldValues, type Paper, type PaperDraft, PaperKind, type PaperSource } from './model.ts';
import { nextSerial } from './tables.ts';
import type { PaperPolicy } from './templates.ts';

/** What somebody asks to be drawn: for which record, and what they wrote themselves. */
export const Asked = z.object({
  paperKind: PaperKind,
  /** The record it is about; without it the paper is filled in by hand. */
  subject: z.object({ kind: z.string().max(20), id: z.string().min(1).max(120) }).optional(),
  /** Values of fields, over those that are known. */
  fields: z.record(z.string().max(40), z.string().max(8_000)).default({}),
  title: z.string().trim().min(1).max(200).optional(),
  addressee: z.string().trim().max(300).optional(),
  body: z.string().trim().min(1).max(20_000).optional(),
  attachments: z.array(z.string().trim().min(1).max(120)).max(20).optional(),
  copies: z.array(z.string().trim().min(1).max(60)).max(40).optional(),
  issuer: z.string().trim().max(20).optional(),
  urgency: z.enum(['特急', '加急']).optional(),
  note: z.string().trim().max(200).optional(),
  /** 成文日期; today without it. */
  date: z.iso.date().optional(),
});
export type Asked = z.infer<typeof Asked>;

export interface Prepared {
  readonly draft: PaperDraft;
  readonly paper: Paper & { number: NonNullable<Paper['number']> };
  readonly series: string;
  readonly open: readonly string[];
  readonly values: FieldValues;
  readonly policy: PaperPolicy;
}

/** Puts a paper together from what is known and what was written. Its number is the one that comes next. */
export async function prepare(desk: Desk, sources: readonly PaperSource[], asked: Asked): Promise<Prepared | Refusal> {
  const { paperKind: kind } = asked;
  const draft = await draftFor(desk, sources, asked);
  if (draft === undefined) return refuse('paper.no-draft', 'subject');
  const policy = desk.policies.get<PaperPolicy>('papers');
  const [unit] = await desk.query<{ name: string; short: string }>(
    'papers.unit',
    'select name, short_name as short from unit where county = $1 and id = $2 and not closed',
    [desk.county, draft.unit],
  );
  if (unit === undefined) return refuse('paper.no-draft', 'subject');
  const date = asked.date ?? dayOf(desk.now);
  if (date > dayOf(desk.now)) return refuse('paper.date', 'date');
  const { series } = policy.kinds[kind];
  const year = Number(date.slice(0, 4));
  const serial = (await nextSerial(desk.query, desk.county, draft.unit, series, year)) ?? 1;
  const number = { word: wordOf(policy, kind, unit), year, serial };
  const values: FieldValues = { ...draft.fields, ...asked.fields };
  const changes: Changes = { ...asked, date };
  const paper = paperOf({ kind, policy, draft: { ...draft, fields: values }, unit: unit.name, number, changes });
  const template = policy.kinds[kind];
  const shown = { 单位: unit.name, ...values };
  const words = [paper.title, paper.addressee ?? '', ...paper.blocks.map((b) => (b.kind === 'text' ? b.text : ''))];
  return {
    draft,
    paper: { ...paper, number },
    series,
    // Of a text that was written by hand only what is still open in it counts.
    open: words.some((text) => text.includes(OPEN)) ? openFields(template, shown) : [],
    values: shown,
    policy,
  };
}

async function draftFor(
  desk: Desk,
  sources: readonly PaperSource[],
  { subject, paperKind }: Asked,
): Promise<PaperDraft | undefined> {
  if (subject !== undefined) {
    const source = sources.find((s) => s.subject === subject.kind && s.kinds.includes(paperKind));
    return await source?.draft(desk, subject.id, paperKind);
  }
  const unit = unitsOf(desk.actor).find((own) => may(desk.actor, 'paper.issue', { units: [own] }));
  if (unit === undefined) return undefined;
  const [found] = await desk.query<{ chain: string[] }>(
    'papers.unit-chain',
    'select a.chain from unit u join area a on a.county = u.county and a.id = u.area where u.county = $1 and u.id = $2',
    [desk.county, unit],
  );
  return { fields: {}, unit, reach: { areas: found?.chain ?? [], units: [unit] }, namesReporter: false };
}

/** What the form beside the preview shows: fields with what is known of them, and the text they make. */
export function formOf({ paper, open, values, policy }: Prepared) {
  const template = policy.kinds[paper.kind];
  return {
    kind: paper.kind,
    fields: fieldsOf(template)
      .filter((name) => name !== '单位')
      .map((name) => ({ name, meaning: meaningOf(paper.kind, name), value: values[name] ?? '' })),
    open,
    title: paper.title,
    addressee: paper.addressee ?? '',
    body: filled(template.body, values),
    attachments: paper.attachments,
    copies: paper.copies,
    issuer: paper.issuer ?? '',
    note: paper.note ?? '',
    date: paper.date,
    unit: paper.unit ?? '',
    form: paper.form,
    source: template.source,
    confidence: template.confidence,
  };
}

/**
 * Issues a paper: takes its number, draws both files with it, keeps them and records all of it. One at a time for each unit
 * and series, over all processes, so that numbers have no gaps and nobody's paper has to be drawn twice.
 */
export async function issue(
  desk: Desk,
  sources: readonly PaperSource[],
  id: string,
  asked: Asked,
  carried: z.output<typeof Carried>,
): Promise<(Accepted & { readonly lacking: readonly string[] }) | Refusal> {
  const first = await prepare(desk, sources, asked);
  // From outside, what is not there and what is not one's own look alike.
  if (isRefusal(first)) return first.refused === 'paper.no-draft' ? refuse('access.denied') : first;
  if (!may(desk.actor, 'paper.issue', { units: [first.draft.unit] })) return refuse('access.denied');
  return await inTurn(() => locked(desk, sources, id, asked, carried, first));
}

/** One paper at a time in a process, as there is one thread that draws: so many waiting hold no connections. */
let turn: Promise<unknown> = Promise.resolve();
const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const next = turn.then(work, work);
  turn = next.catch(() => undefined);
  return next;
};

async function locked(
  desk: Desk,
  sources: readonly PaperSource[],
  id: string,
  asked: Asked,
  carried: z.output<typeof Carried>,
  first: Prepared,
): ReturnType<typeof issue> {
  const client = await desk.pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [
      desk.county,
      `paper ${first.draft.unit} ${first.series} ${first.paper.number.year}`,
    ]);
    const prepared = await prepare(desk, sources, asked);
    if (isRefusal(prepared)) return prepared;
    const { draft, paper, series, open } = prepared;
    if (open.length > 0) return refuse('paper.open-fields', open[0]!);
    const pdf = await drawn({ kind: 'pdf', paper });
    const docx = docxOf(paper);
    const files = [await keepFile(desk, id, PDF, pdf.pdf!), await keepFile(desk, id, DOCX, docx)];
    const verdict = await give(
      desk,
      'paper',
      id,
      {
        kind: 'paper.issue',
        paper,
        unit: draft.unit,
        series,
        namesReporter: draft.namesReporter,
        of: {
          chain: draft.reach.areas ?? [],
          units: draft.reach.units ?? [draft.unit],
          ...(draft.matter === undefined ? {} : { matter: draft.matter }),
          ...(asked.subject === undefined ? {} : { subject: asked.subject.kind, record: asked.subject.id }),
        },
        pages: pdf.pages,
        files,
        hashes: { pdf: hashOf(pdf.pdf!), docx: hashOf(docx) },
      } as { kind: string },
      carried,
    );
    if (isRefusal(verdict)) return verdict;
    if (draft.reads !== undefined && draft.reads.length > 0) await recordReadings(desk, draft.reads, '出文书');
    return { ...verdict, lacking: pdf.lacking };
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

const hashOf = (bytes: Uint8Array): string => sha256(Buffer.from(bytes)).toString('hex');
