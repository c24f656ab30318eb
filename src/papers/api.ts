import { z } from 'zod';
import { canDo, may, mayAtAll, scopeOf } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import { actorName, unitsOf } from '../access/model.ts';
import { recordReadingOnce } from '../access/readings.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { Carried, commandRoutes } from '../contract/commands.ts';
import { memberOf } from '../contract/member.ts';
import { type Desk, type Raw, type Routes, raw, route } from '../contract/route.ts';
import { type Recorded, type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import { type Dispute, type DisputesPolicy, agreementOnPaper } from '../disputes/model.ts';
import { wayName } from '../matters/english.ts';
import { type Paper as ActPaper, drawnUp, type rightedNames, type wayNames } from '../matters/model.ts';
import { opennessOf } from './access.ts';
import { drawn } from './draw/workshop.ts';
import { dossierOf } from './dossier.ts';
import { DOCX, PDF, keptFile } from './files.ts';
import { type Kept, issue, kept, paperOfAct, paperOfSource, registered } from './issue.ts';
import {
  NO_NUMBER,
  PaperCommand,
  PaperKind,
  type PaperSource,
  innerPaperCommands,
  paperNames,
  sayPaperNumber,
} from './model.ts';
import { ACTING, type Act, actAt } from './of-acts.ts';
import { matterFor } from './of-matter.ts';
import { printPage } from './print.ts';
import type { RegisteredRow } from '../register/numbers.ts';

const ONE_READING_MINUTES = 10;
/** Papers of a list at most; more are found by kind, unit and year. */
const MOST = 200;

/** A paper of the register the asker may know of. */
const member = memberOf<RegisteredRow>(async (desk, id, action) => {
  const row = await registered(desk, id);
  return row !== undefined && may(desk.actor, action, reachOf(row)) && !row.barred.includes(actorName(desk.actor))
    ? row
    : undefined;
});

const reachOf = (row: RegisteredRow) => ({
  areas: [row.county_area, row.township, row.village, row.grid].filter((area) => area !== null),
  units: row.units,
  officials: row.officials,
  ...(row.matter === null ? {} : { matter: row.matter }),
});

/** A file's name says which paper it is and nothing of whom it is about. */
const nameOf = (row: Pick<RegisteredRow, 'kind' | 'number'>, ending: string): string =>
  `${paperNames[row.kind as PaperKind]}-${row.number}.${ending}`;

const attached = (name: string): Readonly<Record<string, string>> => ({
  'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  'cache-control': 'no-store',
});

/** That it was opened stands in the file of whom the paper is about. */
async function noted(desk: Desk, matter: string | null, what: string): Promise<void> {
  if (matter === null) return;
  const [row] = await desk.query<{ household: string | null }>(
    'papers.whose',
    'select household from matter where county = $1 and id = $2',
    [desk.county, matter],
  );
  await recordReadingOnce(desk, row?.household ?? matter, what, ONE_READING_MINUTES);
}

/** The paper as it is kept, for who may open it; the opening is noted. */
async function opened(desk: Desk, row: RegisteredRow): Promise<Kept | Refusal> {
  if ((await opennessOf(desk, row)) !== 'open') return refuse('access.denied');
  const paper = await kept(desk, row);
  if (paper === undefined) return refuse('paper.gone');
  await noted(desk, row.matter, `文书：${paperNames[row.kind as PaperKind]}`);
  return paper;
}

async function handedOut(desk: Desk, row: RegisteredRow, which: 'pdf' | 'docx'): Promise<Raw | Refusal> {
  const paper = await opened(desk, row);
  if ('refused' in paper) return paper;
  const bytes = await keptFile(desk, row.paper, paper.drawing.files[which === 'pdf' ? 0 : 1]!.id);
  if (bytes === undefined) return refuse('paper.gone');
  return raw(which === 'pdf' ? PDF : DOCX, bytes, { headers: attached(nameOf(row, which)) });
}

type Listed = RegisteredRow & {
  readonly pages: number | null;
  readonly pdf_hash: string | null;
  readonly docx_hash: string | null;
  readonly voided_at: string | null;
  readonly voided_by: string | null;
  readonly void_reason: string | null;
  readonly righted_number: string | null;
};

/** Papers as a list shows them: which, when, by whom, how they reached the person; never what stands on them. */
async function listed(desk: Desk, rows: readonly Listed[]) {
  const names = await namesOf(
    desk.query,
    desk.county,
    rows.flatMap((row) => [row.unit, row.to_unit, row.issued_by, row.voided_by]).filter((id) => id?.includes('-')),
  );
  return rows.map((row) => ({
    id: row.paper,
    kind: row.kind as PaperKind,
    name: paperNames[row.kind as PaperKind],
    number: row.number,
    serial: row.serial,
    unit: names(row.unit) ?? '',
    toUnit: names(row.to_unit),
    record: row.record,
    recordId: row.id,
    version: row.version,
    matter: row.matter,
    dated: row.issued_on,
    issuedAt: row.issued_at,
    issuedBy: names(row.issued_by) ?? '',
    /** How it reached the person; null for what is not served, and until it was tried. */
    way: row.way === null ? null : wayName(row.way as keyof typeof wayNames),
    receivedOn: row.received_on,
    due: row.due,
    /** It was put right: how, when, and by which paper. */
    righted:
      row.righted === null
        ? null
        : {
            how: row.righted as keyof typeof rightedNames,
            on: row.righted_on!,
            by: row.righted_by,
            number: row.righted_number,
          },
    voided:
      row.voided_at === null
        ? null
        : { at: row.voided_at, by: names(row.voided_by) ?? '', reason: row.void_reason ?? '' },
  }));
}
export type PaperItem = Awaited<ReturnType<typeof listed>>[number];

const scoped = {
  areas: ['s.township', 's.village', 's.grid'],
  units: ['s.unit', 's.units[]'],
  officials: ['s.officials[]'],
  apart: 's.matter',
};

async function papersWhere(desk: Desk, name: string, condition: string, values: readonly unknown[]): Promise<Listed[]> {
  return await desk.query<Listed>(
    `papers.list-${name}`,
    `select s.*, p.pages, p.pdf_hash, p.docx_hash, p.voided_at, p.voided_by, p.void_reason, r.number as righted_number
       from served_paper s left join paper p on p.county = s.county and p.id = s.paper
       left join served_paper r on r.county = s.county and r.paper = s.righted_by
      where s.county = $1 and ${withinSql(2, scoped)} and not ($6 = any(s.barred)) ${condition}
      order by s.issued_at desc nulls last, s.paper desc limit ${MOST}`,
    [desk.county, ...scopeValues(scopeOf(desk.actor, 'paper.read')), actorName(desk.actor), ...values],
  );
}

const About = z.object({ subject: z.object({ kind: z.string().max(20), id: z.string().min(1).max(120) }) });

/** @param sources papers that no act of a record gives */
export const paperRoutesOf = (sources: readonly PaperSource[]) => {
  const sourceOf = ({ subject }: z.output<typeof About>): PaperSource | undefined =>
    sources.find((one) => one.subject === subject.kind);
  return {
    'GET /api/papers': route({
      action: 'paper.read',
      summary: 'Papers I may know of, newest first: the register of numbers',
      query: z.object({
        kind: PaperKind.optional(),
        unit: z.uuid().optional(),
        /** Of this record alone: a review, an order, a dispute, a meeting. */
        of: z.uuid().optional(),
        year: z.coerce.number().int().min(2000).max(2999).optional(),
      }),
      async handle(desk, { query }) {
        const rows = await papersWhere(
          desk,
          'all',
          `and ($7::text is null or s.kind = $7) and ($8::uuid is null or s.unit = $8)
           and ($9::int is null or extract(year from s.issued_on) = $9) and ($10::uuid is null or s.id = $10)`,
          [query.kind ?? null, query.unit ?? null, query.year ?? null, query.of ?? null],
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
      summary: 'Papers of a matter, of its reviews and of orders about it, with how they were served',
      params: z.object({ id: z.uuid() }),
      async handle(desk, { params: { id } }) {
        const known = await matterFor(desk, id);
        if (known === undefined) return refuse('access.denied');
        const rows = mayAtAll(desk.actor, 'paper.read')
          ? await papersWhere(desk, 'of-matter', 'and s.matter = $7', [id])
          : [];
        return { papers: await listed(desk, rows), dossier: may(desk.actor, 'matter.dossier', known.reach) };
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
    'POST /api/papers/rehearse': route({
      action: 'paper.rehearse',
      summary: 'The paper that a step would give if it were done now: a picture of each page. Nothing is done',
      body: z.object({
        record: z.enum(ACTING),
        id: z.uuid(),
        /** The step as it would be sent. */
        command: z.looseObject({ kind: z.string().max(60) }),
      }),
      perMinute: 240,
      async handle(desk, { body }) {
        const { record, id } = body;
        const type = desk.ledger.types.find(({ name }) => name === record)!;
        const parsed = type.commands.safeParse(body.command);
        if (!parsed.success) return refuse('input.invalid', `command.${parsed.error.issues[0]?.path.join('.') ?? ''}`);
        const tried = await desk.ledger.rehearse({
          county: desk.county,
          record,
          stream: id,
          command: parsed.data as { kind: string },
          at: desk.now,
          actor: actorName(desk.actor),
          units: unitsOf(desk.actor),
          permit: (action, reach) => may(desk.actor, action, reach),
        });
        if (isRefusal(tried)) return tried;
        const paper = await givenBy(desk, id, tried);
        if (paper === undefined) return refuse('paper.gives-none');
        const before = await desk.ledger.history(desk.county, id);
        const act: Act = { record, id, state: tried.state, events: [...before, ...tried.events], paper };
        const row = { record, id, kind: paper.kind, to_unit: paper.toUnit ?? null };
        const openness = await opennessOf(desk, row, tried.state);
        if (openness === 'closed') return refuse('access.denied');
        await noted(desk, record === 'matter' ? id : null, '起草文书');
        const put = await paperOfAct(desk, act, openness === 'open');
        const { svg, pages, lacking } = await drawn({ kind: 'svg', paper: put, seal: true });
        const number = paper.number === '' ? null : paper.number;
        return { name: paperNames[put.kind], number, pages, svg, lacking, across: put.form === 'sheet' };
      },
    }),
    'POST /api/papers/preview': route({
      action: 'paper.issue',
      summary: 'A paper that no step gives, as it would be issued: a picture of each page, characters without a glyph',
      body: About,
      perMinute: 240,
      async handle(desk, { body }) {
        const source = sourceOf(body);
        const found = source === undefined ? undefined : await paperOfSource(desk, source, body.subject.id);
        if (found === undefined) return refuse('paper.no-draft', 'subject');
        const { paper } = found;
        const { svg, pages, lacking } = await drawn({ kind: 'svg', paper, seal: true });
        const number = sayPaperNumber(paper.number);
        return { name: paperNames[paper.kind], number, pages, svg, lacking, across: paper.form === 'sheet' };
      },
    }),
    'POST /api/papers/:id/issue': route({
      action: 'paper.issue',
      summary: 'Issues a paper that no step gives: takes its number, draws it, keeps it as it is',
      params: z.object({ id: z.uuid() }),
      body: About.extend(Carried.shape),
      perMinute: 240,
      async handle(desk, { params, body }) {
        const { subject, ...carried } = body;
        const source = sourceOf({ subject });
        if (source === undefined) return refuse('access.denied');
        return await issue(desk, source, params.id, subject.id, carried);
      },
    }),
    ...commandRoutes(
      'paper',
      '/api/papers',
      { options: PaperCommand.options.filter((option) => !innerPaperCommands.includes(option.shape.kind.value)) },
      {
        'paper.void':
          'Declares a paper void that was issued here, with the reason. Its number is not given again; the paper of a step stands',
      },
    ),
    'GET /api/papers/:id': member({
      action: 'paper.read',
      summary: 'A paper: its number, who gave it, how it was served, and its pages for who may open it',
      async handle(desk, row, { params }) {
        const rows = await papersWhere(desk, 'one', 'and s.paper = $7', [params.id]);
        const openness = await opennessOf(desk, row);
        const paper = openness === 'open' ? await opened(desk, row) : undefined;
        const standing = paper === undefined || 'refused' in paper ? undefined : paper;
        // Drawn just now, it has its pages and hashes.
        const fresh = standing === undefined ? rows : await papersWhere(desk, 'one', 'and s.paper = $7', [params.id]);
        const [item] = await listed(desk, fresh);
        if (item === undefined) return refuse('access.denied');
        const seen = standing?.paper ?? (openness === 'masked' ? await maskedOf(desk, row) : undefined);
        const shown = seen === undefined ? undefined : await drawn({ kind: 'svg', paper: seen, seal: false });
        const own = item.record === 'paper' && item.voided === null;
        return {
          ...item,
          pages: fresh[0]!.pages,
          pdfHash: fresh[0]!.pdf_hash,
          docxHash: fresh[0]!.docx_hash,
          /** `masked`: shown without whoever asked for confidence; `gone`: what stood on it was erased. */
          open: openness === 'open' && standing?.paper === undefined ? ('gone' as const) : openness,
          title: standing?.paper?.title ?? null,
          lacking: shown?.lacking ?? [],
          svg: shown?.svg ?? [],
          can: own ? canDo(desk.actor, ['paper.void'], { units: [row.unit] }) : [],
        };
      },
    }),
    'GET /api/papers/:id/pdf': member({
      action: 'paper.read',
      summary: 'The paper as it was drawn, as PDF. The reading is recorded',
      handle: (desk, row) => handedOut(desk, row, 'pdf'),
    }),
    'GET /api/papers/:id/docx': member({
      action: 'paper.read',
      summary: 'The paper as it was drawn, as a Word file. The reading is recorded',
      handle: (desk, row) => handedOut(desk, row, 'docx'),
    }),
    'GET /api/papers/:id/print': member({
      action: 'paper.read',
      summary: 'The paper for the printer. The reading is recorded',
      async handle(desk, row) {
        const paper = await opened(desk, row);
        if ('refused' in paper) return paper;
        if (paper.paper === undefined) return refuse('paper.gone');
        const { svg } = await drawn({ kind: 'svg', paper: paper.paper, seal: false });
        return printPage(nameOf(row, '').slice(0, -1), svg, paper.paper.form === 'sheet');
      },
    }),
  } satisfies Routes;
};

/** The paper of a matter's act without whoever raised it: what the unit that must not know them gets to see. */
async function maskedOf(desk: Desk, row: RegisteredRow) {
  const act = await actAt(desk, 'matter', row.id, row.version);
  return act === undefined ? undefined : await paperOfAct(desk, act, false);
}

/** The paper that what was tried would give; of a draft of an agreement the paper it becomes once all have signed. */
async function givenBy(
  desk: Desk,
  id: string,
  { events, state }: { readonly events: readonly Recorded<{ kind: string }>[]; readonly state: unknown },
): Promise<ActPaper | undefined> {
  const { papers } = state as { papers?: readonly ActPaper[] };
  const given = papers?.find(({ version }) => events.some((e) => e.stamp.version === version));
  const last = events.at(-1);
  if (given !== undefined || last?.kind !== 'agreement.drafted') return given;
  const dispute = state as Dispute;
  const [mediator] = await desk.query<{ name: string | null }>(
    'papers.mediator',
    'select name from mediator where county = $1 and id = $2',
    [desk.county, dispute.mediation!.mediator],
  );
  const today = dayOf(desk.now);
  const { confirmDays } = desk.policies.get<DisputesPolicy>('disputes');
  const { paper, personal } = agreementOnPaper(dispute, dispute.mediation!.agreement!, {
    today,
    confirmBy: addDays(today, confirmDays),
    taken: NO_NUMBER,
    ...(mediator?.name == null ? {} : { mediatorName: mediator.name }),
  });
  return drawnUp(paper, last.stamp, personal.paper);
}
