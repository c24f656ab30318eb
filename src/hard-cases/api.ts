import { z } from 'zod';
import { may, mayAtAll, scopeOf } from '../access/access.ts';
import { namesOf, placeOf } from '../access/directory.ts';
import { actorName } from '../access/model.ts';
import { recordReading } from '../access/readings.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { addDays, dayOf, startOfDay } from '../calendar/days.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { actName, actStateName, groundName, standName, type standNames, t } from './english.ts';
import {
  ageOn,
  bandOf,
  cameOn,
  clearedOn,
  flowOf,
  itemsOf,
  monthsOf,
  standingOn,
  type Campaign,
  type Item,
  type Standing,
} from './figures.ts';
import { BacklogCommand, HardCaseCommand, type HardCaseState, type HardCasesPolicy, hardCaseStream } from './model.ts';
import { bulletinPage } from './print.ts';
import { possible, waitingOf } from './rules.ts';
import { backlogScope, hardCaseScope, matterScope, reachOfCase } from './tables.ts';

const Id = z.object({ id: z.uuid() });
const MOST = 300;
const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

const policyOf = (desk: Desk): HardCasesPolicy => desk.policies.get<HardCasesPolicy>('hard-cases');

// Cases

interface CaseRow {
  readonly id: string;
  readonly matter: string;
  readonly number: string;
  readonly subject: string | null;
  readonly township: string | null;
  readonly village: string | null;
  readonly unit: string;
  readonly leader: string;
  readonly status: 'proposed' | 'declined' | 'adopted' | 'ended';
  readonly adopted_on: string | null;
  readonly until: string | null;
  readonly put_off: number;
  readonly hand_to: string | null;
  readonly handed_over: number;
  readonly own: number;
  readonly said: number;
  readonly delegated: number;
  readonly last_own: string | null;
  readonly end_asked: boolean;
  readonly ended_on: string | null;
  readonly open: boolean;
  readonly closed_on: string | null;
  readonly registered_on: string;
  readonly reopenings: number;
}

const CASE_ROW = `
  select h.id, h.matter, m.number, m.subject, m.township, m.village, m.unit, h.leader, h.status, h.adopted_on, h.until, h.put_off,
         h.hand_to, h.handed_over, h.own, h.said, h.delegated, h.last_own, h.end_asked, h.ended_on, m.open, m.reopenings,
         (m.closed_at at time zone 'Asia/Shanghai')::date as closed_on,
         (m.registered_at at time zone 'Asia/Shanghai')::date as registered_on
    from hard_case h join matter m on m.county = h.county and m.id = h.matter`;

/** What a case is waiting for now. */
function standOf(row: Pick<CaseRow, 'status' | 'open' | 'hand_to' | 'end_asked'>): keyof typeof standNames {
  if (!row.open) return 'closed';
  if (row.status !== 'adopted') return row.status;
  if (row.hand_to !== null) return 'passing';
  return row.end_asked ? 'ending' : 'adopted';
}

/** Since when the leader has done nothing in person: from the last own act, else from the adoption. */
const quietOf = (row: CaseRow, today: string): number | null =>
  row.status !== 'adopted' || !row.open || row.adopted_on === null
    ? null
    : ageOn(row.last_own ?? row.adopted_on, today);

const Shown = z.enum(['current', 'mine', 'quiet', 'asked', 'over', 'all']);

async function listCases(desk: Desk, show: z.infer<typeof Shown>, leader: string | undefined) {
  const today = dayOf(desk.now);
  const { quietDays } = policyOf(desk);
  const rows = await desk.query<CaseRow>(
    'hard-cases.list',
    `${CASE_ROW} where h.county = $1
        and case $2 when 'current' then m.open and h.status <> 'ended'
                    when 'mine' then m.open and h.status <> 'ended' and ($3::uuid in (h.leader, h.hand_to) or $3 = any(h.team))
                    when 'quiet' then m.open and h.status = 'adopted' and coalesce(h.last_own, h.adopted_on) <= $4::date
                    when 'asked' then m.open and (h.status in ('proposed', 'declined') or h.hand_to is not null or h.end_asked)
                    when 'over' then not m.open or h.status = 'ended'
                    else true end
        and ($5::uuid is null or h.leader = $5)
        and ${withinSql(6, hardCaseScope)}
      order by m.open desc, h.status = 'adopted', h.until nulls first, m.registered_at, h.id limit ${MOST}`,
    [
      desk.county,
      show,
      desk.actor.kind === 'official' ? desk.actor.id : null,
      addDays(today, -quietDays),
      leader ?? null,
      ...scopeValues(scopeOf(desk.actor, 'hard-case.read')),
    ],
  );
  const names = await namesOf(
    desk.query,
    desk.county,
    rows.flatMap((r) => [r.township, r.village, r.unit, r.leader, r.hand_to]),
  );
  return rows.map((row) => {
    const quiet = quietOf(row, today);
    return {
      id: row.id,
      matter: row.matter,
      number: row.number,
      subject: row.subject,
      place: placeOf(names, [row.township, row.village]),
      unit: names(row.unit),
      leader: row.leader,
      leaderName: names(row.leader),
      status: row.status,
      stands: standName(standOf(row)),
      open: row.open && row.status !== 'ended',
      days: ageOn(row.registered_on, row.closed_on ?? today),
      adoptedOn: row.adopted_on,
      until: row.until,
      late: row.open && row.status === 'adopted' && row.until !== null && row.until < today,
      putOff: row.put_off,
      handTo: names(row.hand_to),
      handedOver: row.handed_over,
      own: row.own,
      said: row.said,
      delegated: row.delegated,
      lastOwn: row.last_own,
      quiet: quiet !== null && quiet >= quietDays ? quiet : null,
      reopenings: row.reopenings,
    };
  });
}

// Campaigns

interface BacklogRow {
  readonly id: string;
  readonly name: string;
  readonly area: string;
  readonly older_than: number;
  readonly reopened: number;
  readonly starts: string;
  readonly until: string;
  readonly ended_on: string | null;
  readonly words: string | null;
  readonly source: string;
  readonly stock: number;
}

async function backlogsOf(desk: Desk, id?: string): Promise<BacklogRow[]> {
  return await desk.query<BacklogRow>(
    'backlogs.list',
    `select b.id, b.name, b.area, b.older_than, b.reopened, b.starts, b.until, b.ended_on, b.words, b.source, b.stock
       from backlog b where b.county = $1 and ($2::uuid is null or b.id = $2) and ${withinSql(3, backlogScope)}
      order by b.ended_on is not null, b.starts desc, b.id limit 50`,
    [desk.county, id ?? null, ...scopeValues(scopeOf(desk.actor, 'backlog.read'))],
  );
}

const campaignOf = (row: BacklogRow): Campaign => ({ from: row.starts, olderThan: row.older_than });

/** The last day a campaign counts: its end, or today. */
const lastDay = (row: BacklogRow, today: string): string => row.ended_on ?? today;

async function itemsIn(desk: Desk, row: BacklogRow): Promise<Item[]> {
  return await itemsOf(desk.query, desk.county, row.id, {
    area: row.area,
    from: row.starts,
    olderThan: row.older_than,
    reopened: row.reopened,
    until: lastDay(row, dayOf(desk.now)),
  });
}

interface ActCount {
  readonly leader: string;
  readonly own: number;
  readonly said: number;
  readonly delegated: number;
}

/** Acts for the cases of a campaign from one day to another, by leader. */
const actsOf = async (desk: Desk, id: string, from: string, to: string): Promise<ReadonlyMap<string, ActCount>> =>
  new Map(
    (
      await desk.query<ActCount>(
        'backlogs.acts',
        `select x.leader, (count(*) filter (where x.state = 'own'))::int as own, (count(*) filter (where x.state = 'said'))::int as said,
                (count(*) filter (where x.state = 'delegated'))::int as delegated
           from hard_case_act x join hard_case h on h.county = x.county and h.id = x.hard_case
           join backlog_item i on i.county = h.county and i.matter = h.matter and i.backlog = $2
          where x.county = $1 and x.day between $3 and $4 group by x.leader`,
        [desk.county, id, from, to],
      )
    ).map((row) => [row.leader, row]),
  );

/** Everything the page and the printed bulletin say of a campaign in one month, or until now. */
async function bulletinOf(desk: Desk, row: BacklogRow, month: string | undefined) {
  const policy = policyOf(desk);
  const today = dayOf(desk.now);
  const campaign = campaignOf(row);
  const last = lastDay(row, today);
  const months = monthsOf(row.starts, last);
  const chosen = month === undefined ? undefined : months.find((m) => m.month === month);
  const [from, to] = chosen === undefined ? [row.starts, last] : [chosen.from, chosen.to];
  const items = await itemsIn(desk, row);
  const acts = await actsOf(desk, row.id, from, to);
  const leaders = [...new Set([...items.map((i) => i.leader), ...acts.keys()])];
  const names = await namesOf(desk.query, desk.county, [...leaders, row.area]);
  return {
    id: row.id,
    name: row.name,
    place: names(row.area),
    olderThan: row.older_than,
    reopened: row.reopened,
    from: row.starts,
    until: row.until,
    endedOn: row.ended_on,
    words: row.words,
    source: row.source,
    today,
    month: chosen?.month ?? null,
    period: { from, to },
    settledMonths: policy.settledMonths,
    definitions: {
      stock: t('存量：行动第一天符合条件的，名单定了不再变。'),
      came: t('新进：行动期间满了这个天数还没有销号的，和销号后又重开的。'),
      cleared: t('销号：群众认可，或者按法定程序了结。后来重开的，按一直没有销号算。'),
      settled: t('真解决：群众认可，而且 {n} 个月没有反复。', { n: policy.settledMonths }),
      trial: t('还在看：群众认可了，还不满 {n} 个月。', { n: policy.settledMonths }),
      ended: t('只是了结：按法定程序走完，群众没有说解决了。'),
    },
    flow: flowOf(items, campaign, from, to, policy),
    months: months.map((m) => ({ month: m.month, ...flowOf(items, campaign, m.from, m.to, policy) })),
    leaders: leaders
      .map((leader) => {
        const share = items.filter((i) => i.leader === leader);
        const at = share.map((item) => standingOn(item, campaign, to, policy));
        const count = (...wanted: Standing[]): number => at.filter((standing) => wanted.includes(standing)).length;
        const done = leader === null ? undefined : acts.get(leader);
        return {
          leader,
          name: leader === null ? null : names(leader),
          share: count('remaining', 'settled', 'trial', 'ended'),
          remaining: count('remaining'),
          settled: count('settled'),
          trial: count('trial'),
          ended: count('ended'),
          own: done?.own ?? 0,
          said: done?.said ?? 0,
          delegated: done?.delegated ?? 0,
        };
      })
      .filter(({ leader, share }) => leader !== null || share > 0)
      .toSorted(
        (a, b) =>
          Number(a.leader === null) - Number(b.leader === null) || (a.name ?? '').localeCompare(b.name ?? '', 'zh-CN'),
      ),
  };
}
export type Bulletin = Awaited<ReturnType<typeof bulletinOf>>;

const Kinds = z.enum(['stock', 'came', 'cleared', 'settled', 'trial', 'ended', 'remaining', 'unshared']);

/** Of the matters named, those the asker may read, with what a list says of them; the oldest first. */
async function mattersOf(desk: Desk, ids: readonly string[]) {
  const rows = await desk.query<{
    id: string;
    number: string;
    subject: string | null;
    township: string | null;
    village: string | null;
    unit: string;
    open: boolean;
    registered_on: string;
    closed_on: string | null;
    closed_by: string | null;
    reopenings: number;
    hard_case: string | null;
    leader: string | null;
    case_status: string | null;
  }>(
    'backlogs.matters',
    `select m.id, m.number, m.subject, m.township, m.village, m.unit, m.open, m.closed_by, m.reopenings,
            (m.registered_at at time zone 'Asia/Shanghai')::date as registered_on,
            (m.closed_at at time zone 'Asia/Shanghai')::date as closed_on, h.id as hard_case, h.leader, h.status as case_status
       from matter m left join hard_case h on h.county = m.county and h.matter = m.id
      where m.county = $1 and m.id = any($2::uuid[]) and ${withinSql(3, matterScope)}
      order by m.registered_at, m.id limit ${MOST}`,
    [desk.county, ids, ...scopeValues(scopeOf(desk.actor, 'matter.read'))],
  );
  const names = await namesOf(
    desk.query,
    desk.county,
    rows.flatMap((r) => [r.township, r.village, r.unit, r.leader]),
  );
  const today = dayOf(desk.now);
  return rows.map((r) => ({
    matter: r.id,
    number: r.number,
    subject: r.subject,
    place: placeOf(names, [r.township, r.village]),
    unit: names(r.unit),
    open: r.open,
    registeredOn: r.registered_on,
    days: ageOn(r.registered_on, r.closed_on ?? today),
    closedOn: r.closed_on,
    closedBy: r.closed_by,
    reopenings: r.reopenings,
    hardCase: r.hard_case,
    leaderName: names(r.leader),
    adopted: r.case_status === 'adopted',
  }));
}

export const hardCaseRoutes = {
  'GET /api/hard-cases': route({
    action: 'hard-case.read',
    summary:
      'Hard cases and the leaders who own them: what each did in person, what is late, quiet or waits for an answer',
    query: z.object({ show: Shown.default('current'), leader: z.uuid().optional() }),
    async handle(desk, { query }) {
      return {
        today: dayOf(desk.now),
        quietDays: policyOf(desk).quietDays,
        rows: await listCases(desk, query.show, query.leader),
        can: (['hard-case.adopt', 'hard-case.propose'] as const).filter((action) => mayAtAll(desk.actor, action)),
      };
    },
  }),
  'GET /api/hard-cases/leaders': route({
    action: 'hard-case.count',
    summary: 'By leader: cases owned, what was done in person and what by others, cases passed on, how they ended',
    async handle(desk) {
      const today = dayOf(desk.now);
      const { quietDays } = policyOf(desk);
      const rows = await desk.query<{
        leader: string;
        name: string | null;
        current: number;
        over: number;
        own: number;
        said: number;
        delegated: number;
        passed: number;
        quiet: number;
        late: number;
      }>(
        'hard-cases.leaders',
        `select h.leader, o.name,
                (count(*) filter (where h.status = 'adopted' and m.open))::int as current,
                (count(*) filter (where h.adopted_on is not null and (not m.open or h.status = 'ended')))::int as over,
                sum(h.own)::int as own, sum(h.said)::int as said, sum(h.delegated)::int as delegated, sum(h.handed_over)::int as passed,
                (count(*) filter (where h.status = 'adopted' and m.open and coalesce(h.last_own, h.adopted_on) <= $2::date))::int as quiet,
                (count(*) filter (where h.status = 'adopted' and m.open and h.until < $3::date))::int as late
           from hard_case h join matter m on m.county = h.county and m.id = h.matter
           left join official o on o.county = h.county and o.id = h.leader
          where h.county = $1 and h.adopted_on is not null and ${withinSql(4, hardCaseScope)}
          group by h.leader, o.name order by o.name, h.leader`,
        [desk.county, addDays(today, -quietDays), today, ...scopeValues(scopeOf(desk.actor, 'hard-case.count'))],
      );
      return {
        today,
        quietDays,
        rows: rows.map(({ leader, name, current, over, own, said, delegated, passed, quiet, late }) => ({
          leader,
          name,
          current,
          over,
          own,
          said,
          delegated,
          passed,
          quiet,
          late,
        })),
      };
    },
  }),
  'GET /api/hard-cases/:id': route({
    action: 'hard-case.read',
    summary: 'One hard case: who owns it, plan and day, what was done by whom, hand-overs with reasons, how it ends',
    params: Id,
    async handle(desk, { params: { id } }) {
      const [known] = await desk.query<CaseRow>('hard-cases.one', `${CASE_ROW} where h.county = $1 and h.id = $2`, [
        desk.county,
        id,
      ]);
      if (known === undefined) return refuse('access.denied');
      const { state, version } = await desk.ledger.read<HardCaseState>(desk.county, 'hard-case', id);
      if (state.status === 'none' || !may(desk.actor, 'hard-case.read', reachOfCase(state)))
        return refuse('access.denied');
      await recordReading(desk, state.matter, '领导包案');
      const today = dayOf(desk.now);
      const names = await namesOf(desk.query, desk.county, [
        ...state.chain,
        known.unit,
        state.leader,
        state.proposal?.by,
        state.endAsked?.by,
        ...state.team.map((m) => m.official),
        ...state.refusals.map((r) => r.leader),
        ...state.acts.flatMap((a) => [a.by, a.writtenBy]),
        ...state.handOvers.flatMap((h) => [h.from, h.to]),
      ]);
      const count = (stands: string): number => state.acts.filter((act) => act.state === stands).length;
      const quiet = quietOf(known, today);
      const waiting = waitingOf(state);
      return {
        id,
        version,
        today,
        matter: state.matter,
        number: known.number,
        subject: known.subject,
        place: placeOf(names, state.chain.slice(1)) || names(state.chain[0]),
        unit: names(known.unit),
        registeredOn: known.registered_on,
        days: ageOn(known.registered_on, known.closed_on ?? today),
        reopenings: known.reopenings,
        status: state.status,
        stands: standName(standOf(known)),
        matterOpen: known.open,
        closedOn: known.closed_on,
        leader: state.leader,
        leaderName: names(state.leader),
        proposal:
          state.proposal === undefined
            ? null
            : { by: names(state.proposal.by), reason: state.proposal.reason, day: state.proposal.day },
        refusals: state.refusals.map(({ leader, reason, day }) => ({ name: names(leader), reason, day })),
        adoptedOn: state.adoptedOn ?? null,
        until: state.until ?? null,
        late: known.open && state.status === 'adopted' && state.until !== undefined && state.until < today,
        plan: state.plan ?? null,
        team: state.team.map(({ official, task }) => ({ official, name: names(official), task })),
        changes: state.changes.map(({ until, reason }) => ({ until, reason })),
        own: count('own'),
        said: count('said'),
        delegated: count('delegated'),
        quiet: quiet !== null && quiet >= policyOf(desk).quietDays ? quiet : null,
        acts: state.acts.map((act, place) => ({
          place,
          sortName: actName(act.sort),
          day: act.day,
          by: names(act.by),
          writtenBy: act.writtenBy === act.by ? null : names(act.writtenBy),
          state: act.state,
          stateName: actStateName(act.state),
          words: act.words ?? null,
          mine: act.state === 'said' && act.by === actorName(desk.actor),
        })),
        handOvers: state.handOvers.map(({ from, to, reason, day, outcome, answeredOn, why }) => ({
          from: names(from),
          to: names(to),
          reason,
          day,
          outcome,
          answeredOn: answeredOn ?? null,
          why: why ?? null,
        })),
        waitingFor: waiting === undefined ? null : names(waiting.to),
        endAsked:
          state.endAsked === undefined
            ? null
            : {
                by: names(state.endAsked.by),
                ground: groundName(state.endAsked.ground),
                document: state.endAsked.document,
                day: state.endAsked.day,
                words: state.endAsked.words ?? null,
              },
        ended:
          state.ended === undefined
            ? null
            : {
                ground: groundName(state.ended.ground),
                document: state.ended.document,
                day: state.ended.day,
                reason: state.ended.reason,
              },
        can: possible(state, actorName(desk.actor), known.open).filter((action) =>
          may(desk.actor, action, reachOfCase(state)),
        ),
      };
    },
  }),
  'GET /api/backlog': route({
    action: 'backlog.read',
    summary: 'Matters that have been open for long, by age, with the leader who adopted each',
    query: z.object({
      band: z.coerce.number().int().min(0).max(7).optional(),
      township: z.uuid().optional(),
      unadopted: z.enum(['1']).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
      offset: z.coerce.number().int().min(0).max(100_000).default(0),
    }),
    async handle(desk, { query: { band, township, unadopted, limit, offset } }) {
      const today = dayOf(desk.now);
      const policy = policyOf(desk);
      const ages = policy.ages.toSorted((a, b) => a - b);
      const oldest = Math.max(policy.backlogDays, band === undefined ? 0 : (ages[band] ?? 0));
      const youngest = band === undefined ? undefined : ages[band + 1];
      const scope = scopeValues(scopeOf(desk.actor, 'matter.read'));
      const days = await desk.query<{ id: string; registered_on: string }>(
        'backlog.ages',
        `select m.id, (m.registered_at at time zone 'Asia/Shanghai')::date as registered_on
           from matter m where m.county = $1 and m.open and m.registered_at < $2::timestamptz
            and ($3::uuid is null or m.township = $3) and ${withinSql(4, matterScope)}`,
        [desk.county, startOfDay(addDays(today, 1 - policy.backlogDays)), township ?? null, ...scope],
      );
      const rows = await desk.query<{ id: string }>(
        'backlog.rows',
        `select m.id from matter m left join hard_case h on h.county = m.county and h.matter = m.id
          where m.county = $1 and m.open and m.registered_at < $2::timestamptz
            and ($3::timestamptz is null or m.registered_at >= $3) and ($4::uuid is null or m.township = $4)
            and (not $5::boolean or h.status is null or h.status <> 'adopted')
            and ${withinSql(8, matterScope)}
          order by m.registered_at, m.id limit $6 offset $7`,
        [
          desk.county,
          startOfDay(addDays(today, 1 - oldest)),
          youngest === undefined ? null : startOfDay(addDays(today, 1 - youngest)),
          township ?? null,
          unadopted !== undefined,
          limit + 1,
          offset,
          ...scope,
        ],
      );
      const bands = days.map((d) => bandOf(ageOn(d.registered_on, today), ages));
      const matters = await mattersOf(
        desk,
        rows.slice(0, limit).map(({ id }) => id),
      );
      return {
        today,
        backlogDays: policy.backlogDays,
        total: days.length,
        bands: ages.map((from, n) => ({
          band: n,
          from,
          to: ages[n + 1] ?? null,
          count: bands.filter((b) => b === n).length,
        })),
        // Where a case of that matter will stand, so that a screen can adopt it or have it adopted.
        rows: matters.map((m) => ({ ...m, stream: hardCaseStream(m.matter) })),
        more: rows.length > limit,
        can: (['hard-case.adopt', 'hard-case.propose', 'backlog.open'] as const).filter((action) =>
          mayAtAll(desk.actor, action),
        ),
      };
    },
  }),
  'GET /api/backlogs': route({
    action: 'backlog.read',
    summary: 'Campaigns to clear old cases, each with its stock and how it stands',
    async handle(desk) {
      const today = dayOf(desk.now);
      const policy = policyOf(desk);
      const rows = await backlogsOf(desk);
      const names = await namesOf(
        desk.query,
        desk.county,
        rows.map((r) => r.area),
      );
      return {
        today,
        rows: await Promise.all(
          rows.map(async (row) => ({
            id: row.id,
            name: row.name,
            place: names(row.area),
            olderThan: row.older_than,
            from: row.starts,
            until: row.until,
            endedOn: row.ended_on,
            flow: flowOf(await itemsIn(desk, row), campaignOf(row), row.starts, lastDay(row, today), policy),
          })),
        ),
        can: mayAtAll(desk.actor, 'backlog.open') ? (['backlog.open'] as const) : [],
      };
    },
  }),
  'GET /api/backlogs/:id': route({
    action: 'backlog.read',
    summary: 'A campaign’s bulletin: stock and flow, closed and really settled apart, and each leader’s share',
    params: Id,
    query: z.object({ month: Month.optional() }),
    async handle(desk, { params: { id }, query: { month } }) {
      const [row] = await backlogsOf(desk, id);
      if (row === undefined) return refuse('access.denied');
      const areas = await desk.query<{ chain: string[] }>(
        'backlogs.chain',
        'select chain from area where county = $1 and id = $2',
        [desk.county, row.area],
      );
      const reach = { areas: areas[0]?.chain ?? [] };
      return {
        ...(await bulletinOf(desk, row, month)),
        can:
          row.ended_on === null
            ? (['backlog.share', 'backlog.end'] as const).filter((action) => may(desk.actor, action, reach))
            : [],
      };
    },
  }),
  'GET /api/backlogs/:id/records': route({
    action: 'backlog.read',
    summary: 'The matters behind a figure of the bulletin',
    params: Id,
    query: z.object({
      what: Kinds.default('remaining'),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      leader: z.uuid().optional(),
    }),
    async handle(desk, { params: { id }, query: { what, from, to, leader } }) {
      const [row] = await backlogsOf(desk, id);
      if (row === undefined) return refuse('access.denied');
      const policy = policyOf(desk);
      const campaign = campaignOf(row);
      const day = to ?? lastDay(row, dayOf(desk.now));
      const since = from ?? row.starts;
      const items = (await itemsIn(desk, row)).filter((i) => leader === undefined || i.leader === leader);
      const holds = (item: Item): boolean => {
        const standing = standingOn(item, campaign, day, policy);
        switch (what) {
          case 'stock':
            return item.stock;
          case 'came': {
            const came = cameOn(item, campaign);
            return !item.stock && came !== undefined && since <= came && came <= day;
          }
          case 'cleared': {
            const cleared = clearedOn(item);
            return standing !== 'outside' && cleared !== undefined && since <= cleared && cleared <= day;
          }
          case 'unshared':
            return standing === 'remaining' && item.leader === null;
          default:
            return standing === what;
        }
      };
      const wanted = items.filter(holds);
      const matters = await mattersOf(
        desk,
        wanted.map(({ matter }) => matter),
      );
      const of = new Map(wanted.map((item) => [item.matter, item]));
      const names = await namesOf(
        desk.query,
        desk.county,
        wanted.map((item) => item.leader),
      );
      return {
        what,
        count: wanted.length,
        rows: matters.map((m) => ({
          ...m,
          shareOf: names(of.get(m.matter)?.leader),
          standing: standingOn(of.get(m.matter)!, campaign, day, policy),
        })),
      };
    },
  }),
  'GET /api/backlogs/:id/print': route({
    action: 'backlog.read',
    summary: 'The monthly bulletin of a campaign, for the printer',
    params: Id,
    query: z.object({ month: Month.optional() }),
    async handle(desk, { params: { id }, query: { month } }) {
      const [row] = await backlogsOf(desk, id);
      return row === undefined ? refuse('access.denied') : bulletinPage(await bulletinOf(desk, row, month));
    },
  }),
  ...commandRoutes(
    'hard-case',
    '/api/hard-cases',
    HardCaseCommand,
    {
      'hard-case.propose': 'Ask a leader to adopt a matter',
      'hard-case.adopt': 'A leader adopts a matter by their own act, with team, plan and day',
      'hard-case.decline': 'Say no to what one was asked, with the reason; it stays where it was',
      'hard-case.plan': 'Another team, plan or day, with the reason',
      'hard-case.act': 'What was done: by the leader in person, or by somebody of the team',
      'hard-case.vouch': 'The leader says whether what was written down for them was so',
      'hard-case.hand-over': 'Ask another leader to take it, with the reason; until then it stays',
      'hard-case.take': 'Take a case over, with team, plan and day',
      'hard-case.ask-end': 'Ask for the end the procedure has, with the document',
      'hard-case.decide-end': 'Decide on that end; never by the leader, the team or whoever asked',
      'hard-case.reopen': 'A new fact opens it again',
    },
    { 'hard-case.propose': ['backlog'] },
  ),
  ...commandRoutes('backlog', '/api/backlogs', BacklogCommand, {
    'backlog.open': 'Open a campaign: the criteria and the stock of this day are kept for good',
    'backlog.share': 'Give matters of it to a leader, who is asked to adopt them',
    'backlog.end': 'End the campaign, with what came of it',
  }),
} satisfies Routes;
