import { z } from 'zod';
import { canDo, may, mayAtAll } from '../access/access.ts';
import { dayOf, daysBetween } from '../calendar/days.ts';
import { Day } from '../calendar/model.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, raw, route } from '../contract/route.ts';
import { evidenceKinds } from '../duties/model.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import type { SheetData } from '../organisation/import/layout.ts';
import { XLSX, emptyFile, faultsFile, readSheets } from '../organisation/import/xlsx.ts';
import { teamChecks, teamCoverage, teamGaps } from './coverage.ts';
import { havesOf } from './haves.ts';
import { carryOut, planOf, teamSheets } from './import.ts';
import { type Part, amountOf, counted as countedOf, covers, figuresOf, owingOf } from './figures.ts';
import {
  CAMPAIGN_TEMPLATES,
  CampaignCommand,
  FormCommand,
  MemberCommand,
  OccasionCommand,
  type Plan,
  type Quota,
  TeamCommand,
  type Templates,
  measures,
  occasionKindNames,
  ruleOf,
} from './model.ts';
import { leadersOf, unmetOf, wentOf } from './going.ts';
import { isMovable, lastDayOf, stagesOf } from './plan.ts';
import {
  type Situation,
  askedByDuties,
  countingOf,
  partsOf,
  reachedOf,
  situationOf,
  teamsFor,
  wentTo,
} from './counting.ts';
import * as reads from './reads.ts';

const Id = z.object({ id: z.uuid() });
const Flag = z.stringbool().default(false);
const Paged = {
  limit: z.coerce.number().int().min(1).max(200).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};
/** The fault list as it is answered: everything is in the report file, the screen shows the first ones. */
const FAULTS_SHOWN = 500;

const summaries = {
  'team.found': 'Found a team, or a group within a team; an ended one goes on',
  'team.amend': 'Change a team’s name, purpose or campaign',
  'team.take-place': 'Give a team a village, a household or an enterprise to work in',
  'team.leave-place': 'Take a place from a team',
  'team.end': 'End a team or group',
  'member.join': 'An official joins a team or group for a time',
  'member.transfer': 'Move a member to another group or role from a day on, with the reason',
  'member.leave': 'A member leaves, with the reason',
  'campaign.start': 'Start a campaign from a template, with the county’s own amounts',
  'campaign.move': 'Move part of a figure to another month of the period; the sum stays',
  'campaign.end': 'End a campaign; nothing counts after that day',
  'campaign.continue': 'Let what a campaign that is over asks for live on as duties of the county',
  'form.fill': 'Say what a visit’s campaigns ask besides the diary, by choosing',
  'occasion.record': 'Write down a symposium, a deed and the like, once for all who took part',
  'occasion.withdraw': 'Take back what was written down by mistake',
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

/** Longest period a team's going out is counted for. */
const MOST_DAYS = 3_660;

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
  'GET /api/teams/:id/going': route({
    action: 'campaign.count',
    summary:
      'How far a team and its groups went to the households of their places, with denominators, who was excused, and where nobody was met; for those who lead it and whoever counts its place',
    params: Id,
    query: z.object({ from: Day.optional(), to: Day.optional(), ...Paged }),
    async handle({ query, county, actor, now }, { params, query: asked }) {
      const today = dayOf(now);
      const to = asked.to ?? today;
      const from = asked.from ?? `${to.slice(0, 7)}-01`;
      const team = await reads.teamOf(query, county, params.id, today);
      const leaders = team === undefined ? [] : await leadersOf(query, county, params.id, today);
      if (team === undefined || !may(actor, 'campaign.count', { areas: team.chain, officials: leaders }))
        return refuse('access.denied');
      if (from > to || daysBetween(from, to) > MOST_DAYS) return refuse('input.invalid', 'from');
      const period = { from, to, today };
      const [rows, unmet] = await Promise.all([
        wentOf(query, county, params.id, period),
        unmetOf(query, county, actor, params.id, period, asked),
      ]);
      return { from, to, rows, unmet };
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
      const leaders = await leadersOf(query, county, team.id, day);
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
      const counts = may(actor, 'campaign.count', { areas: chain, officials: leaders });
      return { ...line, groupList: groups, memberList: members, placeList: places, counts, can };
    },
  }),
} satisfies Routes;

const Period = z.string().regex(/^\d{4}-\d{2}$/);
const MATTER = 'hard-problem';

/** A quota in words: what is asked of whom, and how it is counted. */
const sayQuota = (quota: Quota, plan: Plan) => ({
  code: quota.code,
  title: quota.title,
  measure: quota.measure,
  unit: ruleOf(quota.measure).unit,
  how: ruleOf(quota.measure).how,
  amount: quota.amount,
  of: quota.of,
  party: plan.parties.find((p) => p.code === quota.party)?.title ?? null,
  per: quota.per,
  dates: quota.dates,
  after: quota.after,
  movable: isMovable(quota) && !plan.standing,
  source: quota.source,
  confidence: quota.confidence,
});

const sayPlan = (plan: Plan, from: string) => ({
  code: plan.code,
  title: plan.title,
  aim: plan.aim,
  source: plan.source,
  confidence: plan.confidence,
  standing: plan.standing,
  scale: plan.scale,
  stages: stagesOf(plan, from),
  until: lastDayOf(plan, from),
  parties: plan.parties.map(({ code, title, by }) => ({ code, title, by })),
  quotas: plan.quotas.map((q) => sayQuota(q, plan)),
  form: plan.form.map(({ code, title, options }) => ({ code, title, options })),
  bulletin: plan.bulletin,
  links: plan.links,
  handOver:
    plan.handOver === null
      ? null
      : { title: plan.handOver.title, quotas: plan.handOver.quotas.map((q) => sayQuota(q, plan)) },
});

/** Whether the asker may see a campaign's figures: of all of it, or of a place within it. */
async function mayCount(desk: Desk, situation: Situation, area: string | undefined): Promise<boolean> {
  const { query, county, actor } = desk;
  const [row] = await query<{ chain: string[]; leaders: string[] }>(
    'campaign.reach',
    `select chain, coalesce((select array_agg(m.official) from team_member m join team t on t.county = $1 and t.id = m.team
              left join team p on p.county = $1 and p.id = t.parent
             where m.county = $1 and m.role in ('leader', 'deputy') and m.until is null and t.parent is null
               and coalesce(t.campaign, p.campaign) = $3), '{}') as leaders
       from area where county = $1 and id = $2`,
    [county, area ?? situation.area, situation.id],
  );
  if (row === undefined || !row.chain.includes(situation.area)) return false;
  return may(actor, 'campaign.count', { areas: row.chain, officials: area === undefined ? row.leaders : [] });
}

/** What an official owes in a campaign and has done, and their group's figures. */
async function mineOf(desk: Desk, id: string) {
  const { query, county, actor, now } = desk;
  if (actor.kind !== 'official') return undefined;
  const situation = await situationOf(query, county, id, now);
  if (situation === undefined) return undefined;
  const all = await partsOf(query, county, situation);
  const own = all.filter((p) => p.official === actor.id);
  const mine = own.findLast((p) => p.until === null || p.until >= situation.today) ?? own.at(-1);
  if (mine === undefined) return undefined;
  const counting = await countingOf(
    desk,
    situation,
    (p) => p.official === actor.id || (mine.group !== null && p.group === mine.group),
  );
  const { held, today } = situation;
  const { plan } = held;
  const month = today.slice(0, 7);
  const askedBy = await askedByDuties(desk, actor.id);
  const duties = plan.quotas
    .filter((q) => q.of === 'person' && q.party === mine.party)
    .flatMap((q) => {
      const owing = owingOf(
        held,
        q,
        counting.parts.filter((p) => p.official === actor.id),
        counting.attributed.filter(({ e }) => e.official === actor.id),
        counting.people,
        today,
        counting.working,
      );
      const now = owing.find((o) => o.period === (q.per === 'whole' ? 'whole' : month));
      return now === undefined
        ? []
        : [
            {
              ...sayQuota(q, plan),
              askedBy: askedBy(q) ?? null,
              owed: now.owed,
              done: now.done,
              missing: now.missing,
              fixed: now.fixed,
            },
          ];
    });
  const group = counting.teams.find((t) => t.id === mine.group);
  const groupFigures =
    group === undefined
      ? []
      : figuresOf(
          { ...held, plan: { ...plan, quotas: plan.quotas.filter((q) => q.of === 'group') } },
          [group],
          counting.parts,
          counting.attributed,
          counting.people,
          today,
          counting.working,
        ).map((f) => ({
          ...f,
          ...sayQuota(
            plan.quotas.find((q) => q.code === f.quota)!,
            plan,
          ),
        }));
  const myPlaces = group === undefined ? [] : await placesOfGroup(desk, group.id, counting);
  const stage = stagesOf(plan, held.from).find((s) => s.from <= today && (s.until === null || s.until >= today));
  return {
    id,
    name: situation.name,
    aim: plan.aim,
    from: held.from,
    until: held.until,
    over: held.until !== null && held.until < today,
    stage: stage ?? null,
    team: counting.teams.find((t) => t.id === mine.team)?.name ?? null,
    group: group === undefined ? null : { id: group.id, name: group.name },
    duties,
    groupFigures,
    places: myPlaces,
    form: plan.form.map(({ code, title, options }) => ({ code, title, options })),
  };
}

/** A group's villages and how many of their households the group has met. */
async function placesOfGroup({ query, county }: Desk, group: string, counting: Awaited<ReturnType<typeof countingOf>>) {
  const met = counting.attributed
    .filter(({ e, part }) => part.group === group && e.kind === 'visit')
    .flatMap(({ e }) => e.subject ?? []);
  return await query<{ id: string; name: string; all: number; reached: number }>(
    'campaign.group-places',
    `select a.id, a.name, count(h.id)::int as "all", (count(h.id) filter (where h.id = any($3::uuid[])))::int as reached
       from team_place tp join area a on a.county = $1 and a.id = tp.target
       left join household h on h.county = $1 and h.village = a.id and not h.moved
      where tp.county = $1 and tp.team = $2 and tp.place = 'village' and tp.until is null
      group by a.id, a.name order by a.name, a.id`,
    [county, group, [...new Set(met)]],
  );
}

/** What visits of the campaign said to what it asks: each option with its count, out of all its visits. */
async function formCounts({ query, county }: Desk, plan: Plan, visits: readonly string[]) {
  if (plan.form.length === 0) return [];
  const rows = await query<{ fact: string; option: string; n: number }>(
    'campaign.form-counts',
    `select a.key as fact, a.value as option, count(*)::int as n from visit_form f cross join jsonb_each_text(f.answers) a
      where f.county = $1 and f.visit = any($2::uuid[]) group by a.key, a.value`,
    [county, visits],
  );
  return plan.form.map(({ fact, title, options }) => ({
    title,
    visits: visits.length,
    options: options.map((name) => ({ name, n: rows.find((r) => r.fact === fact && r.option === name)?.n ?? 0 })),
  }));
}

const playRoutes = {
  'GET /api/campaigns': route({
    action: 'campaign.read',
    summary: 'Campaigns, those that run first',
    async handle({ query, county, actor, now }) {
      const today = dayOf(now);
      const campaigns = await reads.campaignsOf(query, county);
      const over = (c: { until: string | null }): boolean => c.until !== null && c.until < today;
      return {
        campaigns: campaigns.map((c) => ({ ...c, over: over(c) })).toSorted((a, b) => Number(a.over) - Number(b.over)),
        // Whoever may start one in any place is asked for the place when they do.
        can: mayAtAll(actor, 'campaign.start') ? ['campaign.start'] : [],
      };
    },
  }),
  'GET /api/campaigns/templates': route({
    action: 'campaign.read',
    summary: 'Templates a campaign can be started from, each with its source',
    handle: ({ policies, now }) => ({
      templates: policies.get<Templates>(CAMPAIGN_TEMPLATES).templates.map((t) => sayPlan(t, dayOf(now))),
    }),
  }),
  'GET /api/campaigns/preview/:code': route({
    action: 'campaign.read',
    summary: 'What a template would ask of whom, if it were started in a place on a day',
    params: z.object({ code: z.string().max(40) }),
    query: z.object({ area: z.uuid().optional(), from: z.iso.date().optional() }),
    async handle({ query, county, policies, now }, { params, query: { area, from = dayOf(now) } }) {
      const plan = policies.get<Templates>(CAMPAIGN_TEMPLATES).templates.find((t) => t.code === params.code);
      if (plan === undefined) return refuse('campaign.no-template');
      const [place] = await query<{ id: string; chain: string[] }>(
        'campaign.place',
        'select id, chain from area where county = $1 and not closed and (id = $2 or ($2::uuid is null and parent is null)) limit 1',
        [county, area ?? null],
      );
      if (place === undefined) return refuse('campaign.no-area', 'area');
      const until = lastDayOf(plan, from);
      const situation: Situation = {
        id: NOBODYS,
        name: plan.title,
        area: place.id,
        chain: place.chain,
        held: { plan, from, planned: until, until, moves: [] },
        ended: false,
        before: null,
        handed: null,
        today: dayOf(now),
      };
      const parts = await partsOf(query, county, situation);
      const people = (party: string): number =>
        new Set(parts.filter((p) => p.party === party).map((p) => p.official)).size;
      return {
        ...sayPlan(plan, from),
        parties: plan.parties.map((p) => ({ code: p.code, title: p.title, by: p.by, people: people(p.code) })),
      };
    },
  }),
  'GET /api/campaigns/mine': route({
    action: 'campaign.read',
    summary: 'Campaigns I take part in: what I still have to do, and my group',
    async handle(desk) {
      const running = (await reads.campaignsOf(desk.query, desk.county)).filter(
        (c) => (c.until === null || c.until >= dayOf(desk.now)) && c.from <= dayOf(desk.now),
      );
      const mine = [];
      for (const { id } of running) {
        const found = await mineOf(desk, id);
        if (found !== undefined) mine.push(found);
      }
      return { campaigns: mine };
    },
  }),
  'GET /api/campaigns/:id': route({
    action: 'campaign.read',
    summary: 'A campaign: its plan, stages, teams and moved figures, without counts',
    params: Id,
    async handle(desk, { params }) {
      const { query, county, actor, now } = desk;
      const situation = await situationOf(query, county, params.id, now);
      if (situation === undefined) return refuse('access.denied');
      const { held, today } = situation;
      const [teams, [place], names, [next]] = await Promise.all([
        teamsFor(query, county, params.id),
        query<{ name: string }>('campaign.area', 'select name from area where county = $1 and id = $2', [
          county,
          situation.area,
        ]),
        query<{ id: string; name: string }>(
          'campaign.movers',
          'select id, name from official where county = $1 and id::text = any($2::text[])',
          [county, held.moves.map((m) => m.by)],
        ),
        query<{ id: string }>('campaign.next', 'select id from campaign where county = $1 and before = $2', [
          county,
          params.id,
        ]),
      ]);
      const over = held.until !== null && held.until < today;
      const possible = [
        ...(over || held.planned === null ? [] : ['campaign.move']),
        ...(situation.ended || over ? [] : ['campaign.end']),
        ...(over && held.plan.handOver !== null && situation.handed === null && next === undefined
          ? ['campaign.continue']
          : []),
        'team.found',
      ];
      return {
        id: params.id,
        name: situation.name,
        area: situation.area,
        areaName: place?.name ?? '',
        from: held.from,
        until: held.until,
        planned: held.planned,
        ended: situation.ended,
        over,
        before: situation.before,
        next: next?.id ?? null,
        handed: situation.handed === null ? null : await wentTo(desk, situation.handed),
        today,
        plan: sayPlan(held.plan, held.from),
        teams,
        moves: held.moves.map((m) => ({ ...m, by: names.find((n) => n.id === m.by)?.name ?? null })),
        counts: await mayCount(desk, situation, undefined),
        can: canDo(actor, possible, { areas: situation.chain }),
      };
    },
  }),
  'GET /api/campaigns/:id/figures': route({
    action: 'campaign.count',
    summary: 'How far a campaign is: each figure with its denominator, by month, of all, of teams and of groups',
    params: Id,
    async handle(desk, { params }) {
      const situation = await situationOf(desk.query, desk.county, params.id, desk.now);
      if (situation === undefined || !(await mayCount(desk, situation, undefined))) return refuse('access.denied');
      const counting = await countingOf(desk, situation);
      const { teams, parts, attributed, people, working } = counting;
      const { held, today } = situation;
      return {
        today,
        taking: held.plan.parties.map((p) => ({
          code: p.code,
          title: p.title,
          people: new Set(parts.filter((x) => x.party === p.code).map((x) => x.official)).size,
        })),
        figures: figuresOf(held, teams, parts, attributed, people, today, working),
        keeps: await havesOf(desk.query, desk.county, counting),
        form: await formCounts(
          desk,
          held.plan,
          attributed.filter(({ e }) => e.kind === 'visit').map(({ e }) => e.stream),
        ),
        bulletin: held.plan.bulletin.map(({ title, measure }) => ({
          title,
          measure,
          unit: ruleOf(measure).unit,
          how: ruleOf(measure).how,
          done: amountOf(measure, attributed),
        })),
      };
    },
  }),
  'GET /api/campaigns/:id/reached': route({
    action: 'campaign.count',
    summary: 'Which townships, villages and households were reached, out of how many, and which villages were not',
    params: Id,
    query: z.object({ area: z.uuid().optional(), ...Paged }),
    async handle(desk, { params, query: { area, ...page } }) {
      const situation = await situationOf(desk.query, desk.county, params.id, desk.now);
      if (situation === undefined || !(await mayCount(desk, situation, area))) return refuse('access.denied');
      const counting = await countingOf(desk, situation);
      return await reachedOf(desk.query, desk.county, counting, area ?? situation.area, page);
    },
  }),
  'GET /api/campaigns/:id/records': route({
    action: 'campaign.count',
    summary: 'The records behind a figure, each once, oldest first',
    params: Id,
    query: z.object({
      measure: z.enum(measures).default('households'),
      team: z.uuid().optional(),
      party: z.string().max(40).optional(),
      month: Period.optional(),
      ...Paged,
    }),
    async handle(desk, { params, query: { measure, team, party, month, limit, offset } }) {
      const situation = await situationOf(desk.query, desk.county, params.id, desk.now);
      if (situation === undefined || !(await mayCount(desk, situation, undefined))) return refuse('access.denied');
      const { attributed } = await countingOf(desk, situation);
      const all = countedOf(
        measure,
        attributed.filter(
          ({ part }) =>
            (team === undefined || part.team === team || part.group === team) &&
            (party === undefined || part.party === party),
        ),
      ).filter(({ e }) => month === undefined || e.day.startsWith(month));
      const page = all.slice(offset, offset + limit);
      const named = await desk.query<{ id: string; name: string }>(
        'campaign.names',
        `select id, name from official where county = $1 and id = any($2::uuid[])
         union all select id, name from area where county = $1 and id = any($2::uuid[])`,
        [desk.county, page.flatMap(({ e }) => [e.official, e.village ?? e.area].filter((x) => x !== null))],
      );
      const name = new Map(named.map((n) => [n.id, n.name]));
      return {
        how: ruleOf(measure).how,
        all: all.length,
        records: page.map(({ e }) => ({
          record: e.stream,
          kind: e.kind === MATTER ? 'matter' : e.kind,
          kindName: e.kind === MATTER ? '诉求销号' : evidenceKinds[e.kind].name,
          day: e.day,
          officialName: name.get(e.official) ?? '',
          placeName: name.get(e.village ?? e.area ?? '') ?? '',
          amount: e.amount,
        })),
      };
    },
  }),
  'GET /api/campaigns/:id/mine': route({
    action: 'campaign.read',
    summary: 'What I owe in a campaign and have done, and my group’s figures',
    params: Id,
    handle: async (desk, { params }) => ({ mine: (await mineOf(desk, params.id)) ?? null }),
  }),
  'GET /api/forms/due': route({
    action: 'form.read',
    summary: 'My visits of the last month that say not yet what my campaigns ask, each fact once',
    async handle({ query, county, actor, now }) {
      const official = actor.kind === 'official' ? actor.id : null;
      const rows = await query<{
        visit: string;
        day: string;
        head: string | null;
        form: string | null;
        answers: Record<string, string> | null;
        asked: readonly { campaign: string; item: Plan['form'][number] }[];
      }>(
        'campaign.forms-due',
        `select v.id as visit, v.met_on as day, h.head, f.id as form, f.answers,
                jsonb_agg(jsonb_build_object('campaign', c.id, 'item', item) order by c.since, c.id) as asked
           from visit v
           join campaign c on c.county = $1 and c.since <= v.met_on and (c.until is null or c.until >= v.met_on)
                          and c.area in (v.county_area, v.township)
          cross join jsonb_array_elements(c.plan -> 'form') item
           left join household h on h.county = $1 and h.id = v.household
           left join visit_form f on f.county = $1 and f.visit = v.id
          where v.county = $1 and v.official = $2 and v.contact = 'met' and v.met_on > $3::date - 30
          group by v.id, v.met_on, v.met_at, h.head, f.id, f.answers order by v.met_at desc limit 200`,
        [county, official, dayOf(now)],
      );
      // Only those are asked who take part in the campaign on that day.
      const taking = new Map<string, readonly Part[]>();
      for (const id of new Set(rows.flatMap((r) => r.asked.map((q) => q.campaign)))) {
        const situation = (await situationOf(query, county, id, now))!;
        taking.set(
          id,
          (await partsOf(query, county, situation)).filter((p) => p.official === official),
        );
      }
      const due = rows.flatMap(({ answers, asked, ...visit }) => {
        const mine = asked.filter(({ campaign }) => taking.get(campaign)!.some((p) => covers(p, visit.day)));
        const once = new Map(mine.map(({ item }) => [item.fact, item]));
        const items = [...once.values()].filter(({ fact }) => answers === null || !Object.hasOwn(answers, fact));
        return items.length === 0
          ? []
          : [{ ...visit, items: items.map(({ fact, title, options }) => ({ fact, title, options })) }];
      });
      return { due: due.slice(0, 20), left: due.length };
    },
  }),
  'GET /api/occasions': route({
    action: 'occasion.read',
    summary: 'Symposia, deeds and the like I took part in, latest first',
    query: z.object(Paged),
    async handle({ query, county, actor }, { query: page }) {
      const occasions = await query<{
        id: string;
        kind: string;
        day: string;
        title: string;
        areaName: string;
        people: number;
        amount: number;
        officials: number;
      }>(
        'campaign.occasions',
        `select o.id, o.kind, o.day, o.title, a.name as "areaName", o.people, o.amount, cardinality(o.officials) as officials
           from occasion o join area a on a.county = $1 and a.id = o.area
          where o.county = $1 and o.officials @> array[$2::uuid] order by o.day desc, o.id limit $3 offset $4`,
        [county, actor.kind === 'official' ? actor.id : null, page.limit, page.offset],
      );
      return {
        occasions: occasions.map((o) => ({
          ...o,
          kindName: occasionKindNames[o.kind as keyof typeof occasionKindNames],
          amount: Number(o.amount),
        })),
      };
    },
  }),
} satisfies Routes;

/** No record has this id: a preview has no teams yet. */
const NOBODYS = '00000000-0000-4000-8000-000000000000';

const commands: object = {
  ...commandRoutes('team', '/api/teams', TeamCommand, summaries),
  ...commandRoutes('team-member', '/api/members', MemberCommand, summaries),
  ...commandRoutes('campaign', '/api/campaigns', CampaignCommand, summaries),
  ...commandRoutes('form', '/api/forms', FormCommand, summaries),
  ...commandRoutes('occasion', '/api/occasions', OccasionCommand, summaries),
};

export const campaignRoutes = { ...teamRoutes, ...playRoutes, ...commands } satisfies Routes;
