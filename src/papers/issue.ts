import { may } from '../access/access.ts';
import { recordReadings } from '../access/readings.ts';
import { dayOf } from '../calendar/days.ts';
import { type Carried, give } from '../contract/commands.ts';
import type { Desk } from '../contract/route.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import { newId } from '../ledger/ids.ts';
import type { Accepted } from '../ledger/ledger.ts';
import { sha256 } from '../ledger/vault.ts';
import type { z } from 'zod';
import { docxOf } from './draw/docx.ts';
import { drawn } from './draw/workshop.ts';
import { DOCX, PDF, dropFiles, keepFile } from './files.ts';
import { paperOf } from './fill.ts';
import { type Drawing, type Paper, type PaperSource, type PaperState, readPaperNumber } from './model.ts';
import { ACTING, type Act, type Acting, type House, actAt, draftOf } from './of-acts.ts';
import { type RegisteredRow, wordOf, nextSerial } from '../register/numbers.ts';
import { type PaperPolicy, templateOf } from './templates.ts';

/** What a paper is drawn with: a desk has it, and so has the house itself. */
export type Drawer = Pick<Desk, 'county' | 'query' | 'ledger' | 'vault' | 'policies' | 'now'>;

type Numbered = Paper & { number: NonNullable<Paper['number']> };

async function unitOf(house: House, id: string): Promise<{ name: string; short: string }> {
  const [unit] = await house.query<{ name: string; short: string }>(
    'papers.unit',
    'select name, short_name as short from unit where county = $1 and id = $2',
    [house.county, id],
  );
  return unit ?? { name: '', short: '' };
}

/**
 * The paper of an act, put together from what the act recorded and the template in force.
 * @param named whether it may say who raised the matter
 */
export async function paperOfAct(drawer: Drawer, act: Act, named: boolean): Promise<Paper> {
  const { kind, unit, on } = act.paper;
  const [draft, { name }] = await Promise.all([draftOf(drawer, act, named), unitOf(drawer, unit)]);
  const policy = drawer.policies.get<PaperPolicy>('papers');
  return paperOf({ kind, policy, draft, unit: name, number: readPaperNumber(act.paper.number), date: on });
}

/** A paper about no act, as a source has it, with the number that comes next. */
export async function paperOfSource(
  desk: Desk,
  source: PaperSource,
  id: string,
): Promise<{ paper: Numbered; draft: NonNullable<Awaited<ReturnType<PaperSource['draft']>>> } | undefined> {
  const draft = await source.draft(desk, id);
  if (draft === undefined) return undefined;
  const policy = desk.policies.get<PaperPolicy>('papers');
  const { kind } = source;
  const unit = await unitOf(desk, draft.unit);
  const date = dayOf(desk.now);
  const year = Number(date.slice(0, 4));
  const serial = await nextSerial(desk.query, desk.county, draft.unit, {
    series: templateOf(policy, kind).series,
    year,
  });
  const number = { word: wordOf(policy, kind, unit), year, serial };
  const paper = paperOf({ kind, policy, draft, unit: unit.name, number, date });
  return { paper: { ...paper, number }, draft };
}

const hashOf = (bytes: Uint8Array): string => sha256(Buffer.from(bytes)).toString('hex');

/** Draws both files and keeps them for the record that is about to name them. */
async function draw(drawer: Drawer, id: string, paper: Paper): Promise<Drawing> {
  const pdf = await drawn({ kind: 'pdf', paper });
  const docx = docxOf(paper);
  const files = [await keepFile(drawer, id, PDF, pdf.pdf!), await keepFile(drawer, id, DOCX, docx)];
  return { pages: pdf.pages, files, hashes: { pdf: hashOf(pdf.pdf!), docx: hashOf(docx) } };
}

type Standing = Exclude<PaperState, { status: 'none' }>;
/** A paper with its files. */
export type Kept = Standing & { readonly drawing: Drawing };

/**
 * A paper of the register with its files. It is drawn when it is first asked for, from its act and once for good: whoever
 * comes second finds what the first one kept.
 * @returns undefined where what stood on it was erased before it was drawn
 */
export async function kept(drawer: Drawer, row: RegisteredRow): Promise<Kept | undefined> {
  const found = await read(drawer, row.paper);
  if (found?.drawing !== undefined) return found as Kept;
  const act = isActing(row.record) ? await actAt(drawer, row.record, row.id, row.version) : undefined;
  const paper = found?.paper ?? (act === undefined ? undefined : await paperOfAct(drawer, act, true));
  if (paper?.number === undefined) return undefined;
  const drawing = await draw(drawer, row.paper, paper);
  const given = {
    paper,
    series: row.series ?? '',
    unit: row.unit,
    of: {
      chain: [row.county_area, row.township, row.village, row.grid].filter((area) => area !== null),
      units: row.units,
      ...(row.matter === null ? {} : { matter: row.matter }),
      subject: row.record,
      record: row.id,
      act: row.version,
    },
  };
  const verdict = await drawer.ledger.execute({
    county: drawer.county,
    id: newId(),
    record: 'paper',
    stream: row.paper,
    command: { kind: 'paper.keep', ...(found === undefined ? { given } : {}), ...drawing } as { kind: string },
    at: drawer.now,
    actor: 'system:papers',
    permit: () => true,
  });
  // Somebody else drew it meanwhile: theirs is the one that stands.
  if (isRefusal(verdict)) await dropFiles(drawer, drawing.files);
  return (await read(drawer, row.paper)) as Kept | undefined;
}

async function read(drawer: Drawer, id: string): Promise<Standing | undefined> {
  const { state } = await drawer.ledger.read<PaperState>(drawer.county, 'paper', id);
  return state.status === 'none' ? undefined : state;
}

export const isActing = (record: string): record is Acting => (ACTING as readonly string[]).includes(record);

/** Issues a paper that no act gives: its number is taken as it is written down, then it is drawn with it. */
export async function issue(
  desk: Desk,
  source: PaperSource,
  id: string,
  about: string,
  carried: z.output<typeof Carried>,
): Promise<Accepted | Refusal> {
  const found = await paperOfSource(desk, source, about);
  // From outside, what is not there and what is not one's own look alike.
  if (found === undefined) return refuse('access.denied');
  const { paper, draft } = found;
  if (!may(desk.actor, 'paper.issue', { units: [draft.unit] })) return refuse('access.denied');
  const { number: _, ...unnumbered } = paper;
  const verdict = await give(
    desk,
    'paper',
    id,
    {
      kind: 'paper.issue',
      paper: unnumbered,
      unit: draft.unit,
      of: {
        chain: draft.reach.areas ?? [],
        units: draft.reach.units ?? [draft.unit],
        subject: source.subject,
        record: about,
      },
    } as { kind: string },
    carried,
  );
  if (isRefusal(verdict)) return verdict;
  if (draft.reads !== undefined && draft.reads.length > 0) await recordReadings(desk, draft.reads, '出文书');
  const row = await registered(desk, id);
  if (row !== undefined) await kept(desk, row);
  return verdict;
}

/** A paper's row in the register. */
export async function registered(house: House, paper: string): Promise<RegisteredRow | undefined> {
  const [row] = await house.query<RegisteredRow>(
    'papers.registered',
    'select * from served_paper where county = $1 and paper = $2',
    [house.county, paper],
  );
  return row;
}

/** Draws what acts of the last days gave and nobody has opened yet. @returns how many */
export async function drawGiven(drawer: Drawer, most: number, days: number): Promise<number> {
  const rows = await drawer.query<RegisteredRow>(
    'papers.undrawn',
    `select s.* from served_paper s left join paper p on p.county = s.county and p.id = s.paper
      where s.county = $1 and p.pdf is null and s.issued_at > $2::timestamptz - make_interval(days => $3)
      order by s.issued_at limit $4`,
    [drawer.county, drawer.now, days, most],
  );
  let done = 0;
  for (const row of rows) if ((await kept(drawer, row)) !== undefined) done += 1;
  return done;
}
