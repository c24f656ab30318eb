import { z } from 'zod';
import { may } from '../access/access.ts';
import type { Actor } from '../access/model.ts';
import { dayOf } from '../calendar/days.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Routes, raw, route } from '../contract/route.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import type { Reach } from '../ledger/record.ts';
import type { SheetData } from '../organisation/import/layout.ts';
import { XLSX, emptyFile, faultsFile, readSheets } from '../organisation/import/xlsx.ts';
import { teamChecks, teamCoverage, teamGaps } from './coverage.ts';
import { carryOut, planOf, teamSheets } from './import.ts';
import { MemberCommand, TeamCommand } from './model.ts';
import * as reads from './reads.ts';

const Id = z.object({ id: z.uuid() });
const Flag = z.stringbool().default(false);
const Paged = {
  limit: z.coerce.number().int().min(1).max(200).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};
/** The fault list as it is answered: everything is in the report file, the screen shows the first ones. */
const FAULTS_SHOWN = 500;

/** Of the commands that are possible, those this reader may give. */
const canDo = (actor: Actor, possible: readonly string[], reach: Reach): string[] =>
  possible.filter((kind) => may(actor, kind, reach));

const summaries = {
  'team.found': 'Found a team, or a group within a team; an ended one goes on',
  'team.amend': 'Change a team’s name, purpose or campaign',
  'team.take-place': 'Give a team a village, a household or an enterprise to work in',
  'team.leave-place': 'Take a place from a team',
  'team.end': 'End a team or group',
  'member.join': 'An official joins a team or group for a time',
  'member.transfer': 'Move a member to another group or role from a day on, with the reason',
  'member.leave': 'A member leaves, with the reason',
};

const Upload = z.object({ file: z.instanceof(File).optional(), dryRun: Flag, campaign: z.uuid().optional() });
async function sheetsOf(file: File | undefined): Promise<readonly SheetData[] | Refusal> {
  if (file === undefined) return refuse('import.no-file', 'file');
  return (await readSheets(Buffer.from(await file.arrayBuffer()))) ?? refuse('import.not-xlsx', 'file');
}
const download = (file: Buffer, name: string) =>
  raw(XLSX, new Uint8Array(file), {
    headers: { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` },
  });

const Coverage = z.object({ campaign: z.uuid().optional(), area: z.uuid().optional(), day: z.iso.date().optional() });

const teamRoutes = {
  'GET /api/teams': route({
    action: 'team.read',
    summary: 'Teams, or the groups of one; with their leader and how many members and places they have',
    query: z.object({ parent: z.uuid().optional(), campaign: z.uuid().optional(), ended: Flag, ...Paged }),
    async handle({ query, county, actor, now }, { query: { parent, campaign, ...page } }) {
      return {
        teams: await reads.teamsOf(query, county, {
          day: dayOf(now),
          parent: parent ?? null,
          campaign: campaign ?? null,
          ...page,
        }),
        can: canDo(actor, ['team.found', 'team.import'], { areas: [] }),
      };
    },
  }),
  'GET /api/teams/mine': route({
    action: 'team.read',
    summary: 'My way through teams, latest first',
    handle: async ({ query, county, actor }) => ({
      stays: actor.kind === 'official' ? await reads.staysOf(query, county, actor.id) : [],
    }),
  }),
  'GET /api/teams/coverage': route({
    action: 'team.read',
    summary: 'Which places, households, teams and groups lack their links, each with its denominator',
    query: Coverage,
    async handle({ query, county, now }, { query: { campaign, area, day = dayOf(now) } }) {
      const asked = { day, campaign: campaign ?? null, area: area ?? null };
      return { day, checks: await teamCoverage(query, county, asked) };
    },
  }),
  'GET /api/teams/coverage/:gap': route({
    action: 'team.read',
    summary: 'What one check of the teams misses',
    params: z.object({ gap: z.enum(teamChecks) }),
    query: Coverage.extend(Paged),
    async handle({ query, county, now }, { params, query: { campaign, area, day = dayOf(now), ...page } }) {
      const asked = { day, campaign: campaign ?? null, area: area ?? null };
      return { gaps: await teamGaps(query, county, asked, params.gap, page) };
    },
  }),
  'GET /api/teams/template': route({
    action: 'team.import',
    summary: 'An empty file in the layout of the teams’ import',
    handle: async () => download(await emptyFile(teamSheets), '工作队导入模板.xlsx'),
  }),
  'POST /api/teams/import': route({
    action: 'team.import',
    summary: 'Import teams, groups, members and places from an xlsx file; with dryRun only say what would change',
    body: Upload,
    perMinute: 20,
    async handle(desk, { body }) {
      const sheets = await sheetsOf(body.file);
      if (isRefusal(sheets)) return sheets;
      const plan = await planOf(desk, sheets, body.campaign ?? null);
      const overtaken = body.dryRun ? [] : await carryOut(desk, plan);
      const { counts, added, changed, faults } = plan;
      return {
        done: !body.dryRun,
        counts,
        added,
        changed,
        faults: faults.slice(0, FAULTS_SHOWN),
        faultCount: faults.length,
        overtaken,
      };
    },
  }),
  'POST /api/teams/import/report': route({
    action: 'team.import',
    summary: 'The rows of a file that cannot be taken, as an xlsx file to mend and import again',
    body: Upload,
    perMinute: 20,
    async handle(desk, { body }) {
      const sheets = await sheetsOf(body.file);
      if (isRefusal(sheets)) return sheets;
      const { faults } = await planOf(desk, sheets, body.campaign ?? null);
      return download(await faultsFile(sheets, faults), '工作队导入问题清单.xlsx');
    },
  }),
  'GET /api/teams/:id': route({
    action: 'team.read',
    summary: 'A team or group with its groups, members past and present, and places',
    params: Id,
    async handle({ query, county, actor, now }, { params }) {
      const day = dayOf(now);
      const team = await reads.teamOf(query, county, params.id, day);
      if (team === undefined) return refuse('access.denied');
      const { chain, ...line } = team;
      const [groups, members, places] = await Promise.all([
        reads.teamsOf(query, county, { day, parent: team.id, campaign: null, ended: true, limit: 500, offset: 0 }),
        reads.membersOf(query, county, team.id),
        reads.placesOf(query, county, team.id),
      ]);
      const open = [
        ...(team.parent === null ? ['team.found'] : []),
        'team.amend',
        'team.take-place',
        'team.leave-place',
        'team.end',
        'member.join',
        'member.transfer',
        'member.leave',
      ];
      const can = canDo(actor, team.ended ? ['team.found'] : open, { areas: chain });
      return { ...line, groupList: groups, memberList: members, placeList: places, can };
    },
  }),
} satisfies Routes;

const commands: object = {
  ...commandRoutes('team', '/api/teams', TeamCommand, summaries),
  ...commandRoutes('team-member', '/api/members', MemberCommand, summaries),
};

export const campaignRoutes = { ...teamRoutes, ...commands } satisfies Routes;
