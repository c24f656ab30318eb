import { z } from 'zod';
import { canDo } from '../access/access.ts';
import { dayOf } from '../calendar/days.ts';
import { Carried, commandRoutes, give } from '../contract/commands.ts';
import { type Desk, type Routes, raw, route } from '../contract/route.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import { boardOf, cardOf, plateOf } from './cards.ts';
import { checkCodes, coverage, gaps } from './coverage.ts';
import type { SheetData } from './import/layout.ts';
import { carryOut, planOf, shown } from './import/run.ts';
import { XLSX, faultsFile, readSheets, templateFile } from './import/xlsx.ts';
import { AreaCommand, AssignmentCommand, type AssignmentRules, OfficialCommand, UnitCommand } from './model.ts';
import { ASSIGNMENT_RULES } from './policies.ts';
import { printRoutes } from './print.ts';
import * as reads from './reads.ts';

const Id = z.object({ id: z.uuid() });
const Text = z.object({
  q: z.string().trim().min(1).max(40),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
const Flag = z.stringbool().default(false);
const Paged = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};

const rulesOf = ({ policies }: Desk): AssignmentRules => policies.get<AssignmentRules>(ASSIGNMENT_RULES);

const summaries = {
  'area.add': 'Add an area below its parent; a closed one opens again',
  'area.rename': 'Rename an area',
  'area.close': 'Close an area that has nothing open below and no households',
  'unit.add': 'Add a unit; a closed one opens again',
  'unit.rename': 'Rename a unit',
  'unit.move': 'Put a unit under another parent or for another area',
  'unit.lead': 'Say who leads a unit and who takes what is dispatched to it',
  'unit.close': 'Close a unit without units below or officials',
  'official.register': 'Register an official; a retired one comes back',
  'official.amend': 'Amend name, title, unit, phone or photo',
  'official.give-post': 'Give a post: a role in a unit for an area',
  'official.end-post': 'End a post',
  'official.retire': 'Retire an official, which ends their posts',
  'assignment.make': 'Bind an official to a village, a household or a contact point',
  'assignment.end': 'End an assignment; before its fixed years are over with a reason',
};

const areaRoutes = {
  'GET /api/areas': route({
    action: 'organisation.read',
    summary: 'The areas directly below one, or the county',
    query: z.object({ parent: z.uuid().optional(), closed: Flag }),
    async handle({ query, county, now }, { query: asked }) {
      return { areas: await reads.areasBelow(query, county, asked.parent, dayOf(now), asked.closed) };
    },
  }),
  'GET /api/areas/search': route({
    action: 'organisation.read',
    summary: 'Find areas by name, pinyin or initials',
    query: Text,
    handle: async ({ query, county }, { query: { q, limit } }) => ({
      areas: await reads.findAreas(query, county, q, limit),
    }),
  }),
  'GET /api/areas/:id': route({
    action: 'organisation.read',
    summary: 'An area with its path and the officials bound to it',
    params: Id,
    async handle(desk, { params }) {
      const { query, county, actor } = desk;
      const today = dayOf(desk.now);
      const area = await reads.areaOf(query, county, params.id, today);
      if (area === undefined) return refuse('access.denied');
      const [path, assignments] = await Promise.all([
        reads.pathOf(query, county, area.chain),
        reads.assignmentsOf(query, county, { area: area.id, ended: false, today, limit: 200 }),
      ]);
      const possible = area.closed
        ? ['area.add']
        : [
            'area.add',
            'area.rename',
            ...(area.parent === null ? [] : ['area.move']),
            ...(area.below === 0 ? ['area.close'] : []),
          ];
      return { ...area, path, assignments, can: canDo(actor, [...possible, 'assignment.make'], { areas: area.chain }) };
    },
  }),
  'GET /api/areas/:id/board': route({
    action: 'organisation.read',
    summary: 'What a village’s notice board shows',
    params: Id,
    async handle(desk, { params }) {
      return (
        (await boardOf(desk.query, desk.county, desk.publicUrl, params.id, rulesOf(desk), dayOf(desk.now))) ??
        refuse('access.denied')
      );
    },
  }),
  'POST /api/areas/:id/move': route({
    action: 'area.move',
    summary: 'Put an area, with all below it, under another parent',
    params: Id,
    body: AreaCommand.options[2].omit({ kind: true }).extend(Carried.shape),
    async handle(desk, { params, body }) {
      const { parent, ...carried } = body;
      const moved = await give(desk, 'area', params.id, { kind: 'area.move', parent } as { kind: string }, carried);
      // Unchanged may mean that an earlier move stopped half-way: what is below still has to follow.
      const resumed = isRefusal(moved) && moved.refused === 'area.unchanged';
      if (isRefusal(moved) && !resumed) return moved;
      let followed = 0;
      for (const below of await reads.descendantsOf(desk.query, desk.county, params.id)) {
        const verdict = await give(desk, 'area', below.id, { kind: 'area.move', parent: below.parent } as {
          kind: string;
        });
        if (!isRefusal(verdict)) followed += 1;
        else if (verdict.refused !== 'area.unchanged') return verdict;
      }
      return resumed && followed === 0 ? moved : { ...moved, moved: followed };
    },
  }),
} satisfies Routes;

const unitRoutes = {
  'GET /api/units': route({
    action: 'organisation.read',
    summary: 'The units directly below one, or those without a parent; or those that serve an area',
    query: z.object({ parent: z.uuid().optional(), area: z.uuid().optional(), closed: Flag }),
    handle: async ({ query, county }, { query: { parent, area, closed } }) => ({
      units: await reads.unitsBelow(query, county, parent, area, closed),
    }),
  }),
  'GET /api/units/search': route({
    action: 'organisation.read',
    summary: 'Find units by name, pinyin or initials',
    query: Text,
    handle: async ({ query, county }, { query: { q, limit } }) => ({
      units: await reads.findUnits(query, county, q, limit),
    }),
  }),
  'GET /api/units/:id': route({
    action: 'organisation.read',
    summary: 'A unit with its officials and the villages it has taken on',
    params: Id,
    async handle({ query, county, actor, now }, { params }) {
      const unit = await reads.unitOf(query, county, params.id);
      if (unit === undefined) return refuse('access.denied');
      const today = dayOf(now);
      const [officials, assignments] = await Promise.all([
        reads.officialsOf(query, county, { unit: unit.id, retired: false, limit: 500, offset: 0, today }),
        reads.assignmentsOf(query, county, { unit: unit.id, ended: false, today, limit: 200 }),
      ]);
      const open = [
        'unit.add',
        'unit.rename',
        'unit.move',
        'unit.lead',
        ...(unit.below === 0 && unit.officials === 0 ? ['unit.close'] : []),
      ];
      return { ...unit, members: officials, assignments, can: canDo(actor, unit.closed ? ['unit.add'] : open, {}) };
    },
  }),
  'GET /api/units/:id/plate': route({
    action: 'organisation.read',
    summary: 'What a unit’s door plate shows',
    params: Id,
    handle: async ({ query, county, publicUrl, now }, { params }) =>
      (await plateOf(query, county, publicUrl, params.id, dayOf(now))) ?? refuse('access.denied'),
  }),
} satisfies Routes;

const officialRoutes = {
  'GET /api/officials': route({
    action: 'organisation.read',
    summary: 'Officials of a unit or bound to an area',
    query: z.object({ unit: z.uuid().optional(), area: z.uuid().optional(), retired: Flag, ...Paged }),
    handle: async ({ query, county, now }, { query: of }) => ({
      officials: await reads.officialsOf(query, county, { ...of, today: dayOf(now) }),
    }),
  }),
  'GET /api/officials/search': route({
    action: 'organisation.read',
    summary: 'Find officials by name, pinyin or initials',
    query: Text,
    handle: async ({ query, county }, { query: { q, limit } }) => ({
      officials: await reads.findOfficials(query, county, q, limit),
    }),
  }),
  'GET /api/officials/:id': route({
    action: 'organisation.read',
    summary: 'An official with posts and assignments',
    params: Id,
    async handle({ query, county, actor, now }, { params }) {
      const official = await reads.officialOf(query, county, params.id);
      if (official === undefined) return refuse('access.denied');
      const [posts, assignments] = await Promise.all([
        reads.postsOf(query, county, official.id),
        reads.assignmentsOf(query, county, { official: official.id, ended: true, today: dayOf(now), limit: 500 }),
      ]);
      const ending = posts.some((p) => p.until === null) ? ['official.end-post'] : [];
      const possible = official.retired
        ? ['official.register']
        : ['official.amend', 'official.give-post', ...ending, 'official.retire'];
      return { ...official, posts, assignments, can: canDo(actor, possible, { officials: [official.id] }) };
    },
  }),
  'GET /api/officials/:id/card': route({
    action: 'organisation.read',
    summary: 'An official’s contact card with its QR code',
    params: Id,
    handle: async ({ query, county, publicUrl, now }, { params }) =>
      (await cardOf(query, county, publicUrl, params.id, dayOf(now))) ?? refuse('access.denied'),
  }),
  'GET /api/cards/:id': route({
    action: 'portal.use',
    summary: 'The public card a resident sees after scanning',
    params: Id,
    perMinute: 60,
    async handle({ query, county, publicUrl, now }, { params }) {
      const card = await cardOf(query, county, publicUrl, params.id, dayOf(now));
      if (card === undefined) return refuse('access.denied');
      const { official, name, title, unit, phone, photo, villages } = card;
      return { official, name, title, unit, phone, photo, villages };
    },
  }),
} satisfies Routes;

const assignmentRoutes = {
  'GET /api/assignments': route({
    action: 'organisation.read',
    summary: 'Assignments of an official, at an area or of a unit',
    query: z.object({
      official: z.uuid().optional(),
      area: z.uuid().optional(),
      unit: z.uuid().optional(),
      ended: Flag,
      limit: Paged.limit,
    }),
    handle: async ({ query, county, now }, { query: of }) => ({
      assignments: await reads.assignmentsOf(query, county, { ...of, today: dayOf(now) }),
    }),
  }),
  'GET /api/assignments/:id': route({
    action: 'organisation.read',
    summary: 'One assignment',
    params: Id,
    async handle({ query, county, actor, now }, { params }) {
      const [found] = await reads.assignmentsOf(query, county, {
        id: params.id,
        ended: true,
        today: dayOf(now),
        limit: 1,
      });
      if (found === undefined) return refuse('access.denied');
      const { chain, ...assignment } = found;
      const reach = { areas: chain ?? [], officials: [assignment.official] };
      return {
        ...assignment,
        can: canDo(actor, assignment.until === null ? ['assignment.end'] : ['assignment.make'], reach),
      };
    },
  }),
  'GET /api/coverage': route({
    action: 'organisation.read',
    summary: 'Which places, households, officials and departments lack their links',
    query: z.object({ area: z.uuid().optional(), day: z.iso.date().optional() }),
    async handle(desk, { query: { area, day = dayOf(desk.now) } }) {
      return { day, checks: await coverage(desk.query, desk.county, area ?? null, day, rulesOf(desk)) };
    },
  }),
  'GET /api/coverage/:check': route({
    action: 'organisation.read',
    summary: 'What one check misses',
    params: z.object({ check: z.enum(checkCodes) }),
    query: z.object({ area: z.uuid().optional(), day: z.iso.date().optional(), ...Paged }),
    async handle(desk, { params, query: { area, day = dayOf(desk.now), ...page } }) {
      return { gaps: await gaps(desk.query, desk.county, area ?? null, day, rulesOf(desk), params.check, page) };
    },
  }),
} satisfies Routes;

const Upload = z.object({ file: z.instanceof(File).optional(), dryRun: Flag });

async function sheetsOf(file: File | undefined): Promise<readonly SheetData[] | Refusal> {
  if (file === undefined) return refuse('import.no-file', 'file');
  return (await readSheets(Buffer.from(await file.arrayBuffer()))) ?? refuse('import.not-xlsx', 'file');
}
const download = (file: Buffer, name: string) =>
  raw(XLSX, new Uint8Array(file), {
    headers: { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` },
  });

const importRoutes = {
  'POST /api/organisation/import': route({
    action: 'organisation.import',
    summary: 'Import areas, units, officials and assignments from an xlsx file; with dryRun only say what would change',
    body: Upload,
    perMinute: 20,
    async handle(desk, { body }) {
      const sheets = await sheetsOf(body.file);
      if (isRefusal(sheets)) return sheets;
      const plan = await planOf(desk, sheets);
      const overtaken = body.dryRun ? [] : await carryOut(desk, plan);
      return {
        done: !body.dryRun,
        counts: plan.counts,
        faults: shown(plan.faults),
        faultCount: plan.faults.length,
        overtaken,
      };
    },
  }),
  'POST /api/organisation/import/report': route({
    action: 'organisation.import',
    summary: 'The rows of a file that cannot be taken, as an xlsx file to mend and import again',
    body: Upload,
    perMinute: 20,
    async handle(desk, { body }) {
      const sheets = await sheetsOf(body.file);
      if (isRefusal(sheets)) return sheets;
      return download(await faultsFile(sheets, (await planOf(desk, sheets)).faults), '导入问题清单.xlsx');
    },
  }),
  'GET /api/organisation/template': route({
    action: 'organisation.import',
    summary: 'An empty file in the layout of the import',
    handle: async () => download(await templateFile(), '组织机构导入模板.xlsx'),
  }),
} satisfies Routes;

/** Commands of the four kinds of records; moving an area takes what is below along and stands above. */
const commands: object = {
  ...commandRoutes('area', '/api/areas', AreaCommand, summaries),
  ...commandRoutes('unit', '/api/units', UnitCommand, summaries),
  ...commandRoutes('official', '/api/officials', OfficialCommand, summaries),
  ...commandRoutes('assignment', '/api/assignments', AssignmentCommand, summaries),
};

export const organisationRoutes = {
  ...commands,
  ...areaRoutes,
  ...unitRoutes,
  ...officialRoutes,
  ...assignmentRoutes,
  ...importRoutes,
  ...printRoutes,
} satisfies Routes;
