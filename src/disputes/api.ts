import { z } from 'zod';
import { may, mayAtAll, scopeOf } from '../access/access.ts';
import { namesOf, placeOf } from '../access/directory.ts';
import { unitsOf } from '../access/model.ts';
import { recordReading } from '../access/readings.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { commandRoutes, give } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { isRefusal, refuse } from '../ledger/decider.ts';
import { backgroundName, gradeName, mediationName, modeName, statusName, t, termName } from './english.ts';
import {
  type Dispute,
  DisputeCommand,
  type DisputeState,
  type DisputeStatus,
  type DisputesPolicy,
  type Grade,
  type Mediation,
  MediationType,
  type MediatorBackground,
  MediatorCommand,
  type Mode,
  SweepCommand,
  type SweepsPolicy,
  sweepStream,
} from './model.ts';
import { possible } from './rules.ts';
import { periodOf, periodsOn } from './sweeps.ts';
import { confidedTo, disputeScope, isDispute, mediatorScope, reachOfDispute, sweepScope } from './tables.ts';

const Id = z.object({ id: z.uuid() });
const Key = z.string().min(16).max(64);
const PER_MINUTE = 120;
const MOST = 300;

const policyOf = (desk: Desk): DisputesPolicy => desk.policies.get<DisputesPolicy>('disputes');
const namedBy = (list: readonly { id: string; name: string }[]) => (id: string) =>
  list.find((one) => one.id === id)?.name ?? id;

// Disputes

interface DisputeRow {
  readonly id: string;
  readonly township: string | null;
  readonly village: string | null;
  readonly grid: string | null;
  readonly mode: Mode;
  readonly about: string;
  readonly grade: Grade;
  readonly signs: readonly string[];
  readonly subject: string | null;
  readonly unit: string;
  readonly person: string;
  readonly due: string;
  readonly status: DisputeStatus;
  readonly open: boolean;
  readonly registered_on: string;
  readonly settled_on: string | null;
  readonly hand_to: string | null;
  readonly hand_by: string | null;
  readonly mediation: MediationType | null;
  readonly terms: number;
  readonly terms_open: number;
  readonly next_term: string | null;
  readonly reopenings: number;
}

const DisputeFilter = z.object({
  show: z.enum(['open', 'over', 'all']).default('open'),
  grade: z.enum(['plain', 'watch', 'urgent']).optional(),
  mediation: MediationType.optional(),
  sweep: z.uuid().optional(),
  mediator: z.uuid().optional(),
  mine: z.enum(['1']).optional(),
});

async function listDisputes(desk: Desk, filter: z.output<typeof DisputeFilter>) {
  const today = dayOf(desk.now);
  const rows = await desk.query<DisputeRow>(
    'disputes.list',
    `select d.id, d.township, d.village, d.grid, d.mode, d.about, d.grade, d.signs, d.subject, d.unit, d.person, d.due,
            d.status, d.open, d.registered_on, d.settled_on, d.hand_to, d.hand_by, d.mediation, d.terms, d.terms_open,
            d.next_term, d.reopenings
       from dispute d
      where d.county = $1 and ($2 = 'all' or d.open = ($2 = 'open')) and ($3::text is null or d.grade = $3)
        and ($4::text is null or d.mediation = $4) and ($5::uuid is null or d.sweep = $5)
        and ($6::uuid is null or exists (select from mediation m where m.county = d.county and m.dispute = d.id and m.mediator = $6))
        and ($7::uuid[] is null or d.unit = any($7) or d.hand_to = any($7))
        and ${withinSql(9, disputeScope)}
      order by d.open desc, (d.open and d.grade = 'urgent') desc, (case when d.open then coalesce(least(d.next_term, d.hand_by), d.due) end) < $8::date desc,
               (case when d.open then coalesce(d.next_term, d.due) else d.settled_on end) , d.id
      limit ${MOST}`,
    [
      desk.county,
      filter.show,
      filter.grade ?? null,
      filter.mediation ?? null,
      filter.sweep ?? null,
      filter.mediator ?? null,
      filter.mine === undefined ? null : unitsOf(desk.actor),
      today,
      ...scopeValues(scopeOf(desk.actor, 'dispute.read')),
    ],
  );
  const names = await namesOf(
    desk.query,
    desk.county,
    rows.flatMap((r) => [r.township, r.village, r.grid, r.unit, r.person, r.hand_to]),
  );
  const policy = policyOf(desk);
  const [about, sign] = [namedBy(policy.abouts), namedBy(policy.signs)];
  return rows.map((r) => ({
    id: r.id,
    place: placeOf(names, [r.township, r.village, r.grid]),
    mode: modeName(r.mode),
    about: about(r.about),
    grade: r.grade,
    gradeName: gradeName(r.grade),
    signs: r.signs.map(sign),
    subject: r.subject,
    unit: names(r.unit),
    person: names(r.person),
    /** The next day something is owed by: a term, else the day set for the whole. */
    due: r.next_term ?? r.due,
    dueOf: r.next_term === null ? ('dispute' as const) : ('term' as const),
    late: r.open && (r.next_term ?? r.due) < today,
    status: r.status,
    statusName: statusName(r.status),
    open: r.open,
    registeredOn: r.registered_on,
    settledOn: r.settled_on,
    handTo: names(r.hand_to),
    handBy: r.hand_by,
    handLate: r.hand_by !== null && r.hand_by < today,
    mediation: r.mediation === null ? null : mediationName(r.mediation),
    terms: r.terms,
    termsOpen: r.terms_open,
    reopenings: r.reopenings,
  }));
}

async function readDispute(desk: Desk, id: string): Promise<{ state: Dispute; version: number } | undefined> {
  if (!(await isDispute(desk.query, desk.county, id))) return undefined;
  const { state, version } = await desk.ledger.read<DisputeState>(desk.county, 'dispute', id);
  return state.status === 'none' ? undefined : { state, version };
}

/** The agreement as both sides read it. */
const agreementOf = ({ agreement, parties }: Mediation, today: string) =>
  agreement === undefined
    ? null
    : {
        facts: agreement.facts ?? '',
        terms: agreement.terms.map(({ by, due, what, state, words, on }, place) => ({
          place,
          by,
          byName: parties[by]?.name ?? null,
          due,
          what: what ?? '',
          state,
          stateName: termName(state),
          late: (state === 'owed' || state === 'performed') && due < today,
          words: words ?? null,
          on: on ?? null,
        })),
        signed: agreement.signed,
        bound: agreement.bound ?? null,
        confirmBy: agreement.confirmBy ?? null,
        court:
          agreement.court === undefined
            ? null
            : {
                court: agreement.court.court,
                asked: agreement.court.asked,
                confirmed: agreement.court.confirmed ?? null,
                document: agreement.court.document ?? null,
              },
      };

/** A mediation as the unit that holds it reads it: everything. */
const confided = (mediation: Mediation, names: (id: string) => string | null, today: string) => ({
  type: mediation.type,
  typeName: mediationName(mediation.type),
  mediator: names(mediation.mediator),
  parties: mediation.parties.map(({ name, phone }, party) => ({
    party,
    name: name ?? null,
    phone: phone ?? null,
    consents: mediation.consents.includes(party),
    signed: mediation.agreement?.signed.includes(party) ?? false,
  })),
  sessions: mediation.sessions.map(({ day, where, present, said, note }) => ({
    day,
    where: where ?? null,
    present: present.map((party) => mediation.parties[party]?.name ?? null),
    said: said.map(({ party, words }) => ({ name: mediation.parties[party]?.name ?? null, words })),
    note: note ?? null,
  })),
  agreement: agreementOf(mediation, today),
  outcome: mediation.outcome ?? null,
});

const mediatorNames = async (desk: Desk, ids: readonly string[]): Promise<(id: string) => string | null> => {
  const rows = await desk.query<{ id: string; name: string | null }>(
    'disputes.mediator-names',
    'select id, name from mediator where county = $1 and id = any($2::uuid[])',
    [desk.county, [...new Set(ids)]],
  );
  return (id) => rows.find((r) => r.id === id)?.name ?? null;
};

// Parties, each behind their own key

async function opened(desk: Desk, id: string, key: string) {
  const found = await readDispute(desk, id);
  const party = found?.state.mediation?.parties.findIndex((p) => p.key !== undefined && p.key === key) ?? -1;
  if (found === undefined || party < 0) return refuse('dispute.key-wrong');
  return { ...found, party, theirs: { ...desk, actor: { kind: 'resident', record: id } } satisfies Desk };
}

/**
 * What one party sees on its own phone: the mediation, its own words, and the agreement that binds both. What the other
 * side said to the mediator is not among it.
 */
export const partyRoutes = {
  'GET /api/mediation/:id': route({
    action: 'portal.use',
    summary: 'A mediation as one party reads it behind its link: its own words and the agreement',
    params: Id,
    query: z.object({ k: Key }),
    perMinute: PER_MINUTE,
    async handle(desk, { params: { id }, query: { k } }) {
      const found = await opened(desk, id, k);
      if (isRefusal(found)) return found;
      const { state, party } = found;
      const mediation = state.mediation!;
      const today = dayOf(desk.now);
      const [names, mediator] = await Promise.all([
        namesOf(desk.query, desk.county, [state.unit, state.person]),
        mediatorNames(desk, [mediation.mediator]),
      ]);
      const { ways } = policyOf(desk);
      return {
        id,
        party,
        name: mediation.parties[party]?.name ?? null,
        others: mediation.parties.flatMap(({ name }, i) => (i === party ? [] : [name ?? null])),
        status: state.status,
        statusName: statusName(state.status),
        type: mediationName(mediation.type),
        mediator: mediator(mediation.mediator),
        unit: names(state.unit),
        person: names(state.person),
        consented: mediation.consents.includes(party),
        sessions: mediation.sessions.map(({ day, where, said }) => ({
          day,
          where: where ?? null,
          said: said.filter((s) => s.party === party).map(({ words }) => words),
        })),
        agreement: agreementOf(mediation, today),
        signed: mediation.agreement?.signed.includes(party) ?? false,
        ways: state.status === 'failed' ? ways.filter(({ id: way }) => state.ways.includes(way)) : [],
      };
    },
  }),
  'POST /api/mediation/:id/consent': route({
    action: 'portal.use',
    summary: 'A party says whether it agrees to the mediation, or takes its consent back',
    params: Id,
    body: z.object({ k: Key, agrees: z.boolean(), command: z.uuid().optional() }),
    perMinute: PER_MINUTE,
    handle: (desk, { params: { id }, body: { k, command, ...said } }) =>
      speak(desk, id, k, { kind: 'dispute.consent', ...said }, command),
  }),
  'POST /api/mediation/:id/sign': route({
    action: 'portal.use',
    summary: 'A party signs the agreement as it reads',
    params: Id,
    body: z.object({ k: Key, command: z.uuid().optional() }),
    perMinute: PER_MINUTE,
    handle: (desk, { params: { id }, body: { k, command } }) => speak(desk, id, k, { kind: 'dispute.sign' }, command),
  }),
  'POST /api/mediation/:id/term': route({
    action: 'portal.use',
    summary: 'A party says whether the other side did what was agreed',
    params: Id,
    body: z.object({
      k: Key,
      term: z.int().min(0).max(19),
      done: z.boolean(),
      words: z.string().trim().max(500).default(''),
      command: z.uuid().optional(),
    }),
    perMinute: PER_MINUTE,
    handle: (desk, { params: { id }, body: { k, command, ...said } }) =>
      speak(desk, id, k, { kind: 'dispute.say-term', ...said }, command),
  }),
} satisfies Routes;

async function speak(desk: Desk, id: string, key: string, said: { kind: string }, command: string | undefined) {
  const found = await opened(desk, id, key);
  if (isRefusal(found)) return found;
  return await give(found.theirs, 'dispute', id, { ...said, party: found.party, key } as { kind: string }, { command });
}

// Sweeps

interface SweepRow {
  readonly unit: string;
  readonly name: string;
  readonly kind: string;
  readonly sweep: string | null;
  readonly returned_on: string | null;
  readonly looked: string | null;
  readonly late: boolean | null;
  readonly found: number | null;
}

export const disputeRoutes = {
  'GET /api/sweeps/mine': route({
    action: 'sweep.read',
    summary: 'What my units sweep now: this month, the last one, days of a set period, phases; and what was returned',
    async handle(desk) {
      const today = dayOf(desk.now);
      const policy = desk.policies.get<SweepsPolicy>('sweeps');
      const units = await desk.query<{ id: string; name: string; area: string; area_name: string }>(
        'sweeps.my-units',
        `select u.id, u.short_name as name, u.area, a.name as area_name from unit u join area a on a.county = u.county and a.id = u.area
          where u.county = $1 and u.id = any($2::uuid[]) and not u.closed and u.parent is null and u.kind = any($3::text[])
          order by u.name`,
        [desk.county, unitsOf(desk.actor), policy.kinds],
      );
      const periods = periodsOn(today, policy);
      const asked = units.flatMap((unit) =>
        periods.map((period) => ({
          unit,
          period,
          id: sweepStream(desk.county, unit.id, period.mode, period.period),
        })),
      );
      const held = await desk.query<{ id: string; returned_on: string | null; late: boolean; found: number }>(
        'sweeps.held',
        'select id, returned_on, late, found from sweep where county = $1 and id = any($2::uuid[])',
        [desk.county, asked.map(({ id }) => id)],
      );
      const of = new Map(held.map((row) => [row.id, row]));
      const { abouts, signs, days } = policyOf(desk);
      return {
        today,
        abouts,
        signs: signs.map(({ id, name, grade }) => ({ id, name, grade })),
        days,
        can: (['sweep.find', 'sweep.return', 'dispute.register'] as const).filter((action) =>
          mayAtAll(desk.actor, action),
        ),
        rows: asked
          .map(({ unit, period, id }) => ({
            id,
            unit: unit.id,
            unitName: unit.name,
            area: unit.area,
            areaName: unit.area_name,
            mode: period.mode,
            modeName: modeName(period.mode),
            period: period.period,
            name: period.name,
            due: period.due,
            found: of.get(id)?.found ?? 0,
            returnedOn: of.get(id)?.returned_on ?? null,
            late: of.get(id)?.returned_on == null ? period.due < today : of.get(id)!.late,
          }))
          // The last month stays only while it is owed; a day that was returned is done with the next morning.
          .filter(
            (row) =>
              row.returnedOn === null ||
              (row.mode === 'month' && row.period === today.slice(0, 7)) ||
              (row.mode === 'day' && row.period === today) ||
              row.mode === 'phase',
          ),
      };
    },
  }),
  'GET /api/sweeps': route({
    action: 'sweep.count',
    summary: 'Who has swept in a period, who found nothing, and who has not returned it yet',
    query: z.object({
      mode: z.enum(['month', 'day', 'phase']).default('month'),
      period: z.string().max(40).optional(),
    }),
    async handle(desk, { query }) {
      const today = dayOf(desk.now);
      const policy = desk.policies.get<SweepsPolicy>('sweeps');
      const running = policy.phases.findLast(({ from }) => from <= today) ?? policy.phases[0];
      const usual = query.mode === 'month' ? today.slice(0, 7) : query.mode === 'day' ? today : (running?.id ?? '');
      const period = periodOf(query.mode, query.period ?? usual, policy);
      const choices = {
        day: policy.periods.map(({ id, name, from, to }) => ({ id, name, from, to })),
        phase: policy.phases.map(({ id, name, from, to, due }) => ({ id, name, from, to, due })),
        since: policy.since,
      };
      if (period === undefined) return { today, period: null, choices, rows: [], figures: null };
      const rows = await desk.query<SweepRow>(
        'sweeps.coverage',
        `select s.unit, s.name, s.kind, s.sweep, s.returned_on, s.looked, s.late, s.found from (
           select u.id as unit, u.name, u.kind, w.id as sweep, w.returned_on, w.looked, w.late, w.found, w.returned_by,
                  a.chain[1] as county_area, a.chain[2] as township, a.chain[3] as village, a.chain[4] as grid
             from unit u join area a on a.county = u.county and a.id = u.area
             left join sweep w on w.county = u.county and w.unit = u.id and w.mode = $2 and w.period = $3
            where u.county = $1 and not u.closed and u.parent is null and u.kind = any($4::text[])
         ) s where ${withinSql(5, sweepScope)}
         order by s.returned_on is not null, coalesce(s.found, 0) desc, s.kind desc, s.name, s.unit`,
        [desk.county, period.mode, period.period, policy.kinds, ...scopeValues(scopeOf(desk.actor, 'sweep.count'))],
      );
      const returned = rows.filter((r) => r.returned_on !== null);
      const settled = await desk.query<{ found: number; settled: number }>(
        'sweeps.settled',
        `select count(*)::int as found, (count(*) filter (where d.status = 'settled'))::int as settled
           from dispute d where d.county = $1 and d.sweep = any($2::uuid[])`,
        [desk.county, rows.flatMap((r) => r.sweep ?? [])],
      );
      return {
        today,
        period,
        choices,
        figures: {
          units: rows.length,
          returned: returned.length,
          nil: returned.filter((r) => r.found === 0).length,
          late: returned.filter((r) => r.late === true).length,
          owing: rows.length - returned.length,
          overdue: period.due < today ? rows.length - returned.length : 0,
          disputes: settled[0]!.found,
          settled: settled[0]!.settled,
        },
        rows: rows.map((r) => ({
          unit: r.unit,
          name: r.name,
          sweep: r.sweep,
          returnedOn: r.returned_on,
          looked: r.looked,
          late: r.late ?? false,
          found: r.found ?? 0,
        })),
      };
    },
  }),
  'GET /api/disputes': route({
    action: 'dispute.read',
    summary:
      'Disputes I may read, the most pressing situations first; what my units are asked to take, and terms due soon',
    query: DisputeFilter,
    async handle(desk, { query }) {
      const today = dayOf(desk.now);
      const policy = policyOf(desk);
      const rows = await listDisputes(desk, query);
      const terms = await desk.query<{
        dispute: string;
        place: number;
        due: string;
        state: string;
        subject: string | null;
      }>(
        'disputes.terms',
        `select t.dispute, t.place, t.due, t.state, d.subject from dispute_term t
           join dispute d on d.county = t.county and d.id = t.dispute
          where t.county = $1 and d.status = 'agreed' and d.unit = any($2::uuid[]) and t.state in ('owed', 'performed')
            and t.due <= $3::date order by t.due, t.dispute, t.place limit 100`,
        [desk.county, unitsOf(desk.actor), addDays(today, policy.remindDays)],
      );
      return {
        today,
        abouts: policy.abouts,
        signs: policy.signs,
        days: policy.days,
        can: mayAtAll(desk.actor, 'dispute.register') ? (['dispute.register'] as const) : [],
        rows,
        reminders: terms.map(({ dispute, place, due, state, subject }) => ({
          dispute,
          term: place,
          due,
          late: due < today,
          waits: state === 'performed' ? ('other' as const) : ('doing' as const),
          subject,
        })),
      };
    },
  }),
  'GET /api/disputes/figures': route({
    action: 'dispute.count',
    summary: 'Disputes registered in a year: how they ended, by kind of mediation, agreements and how they were kept',
    query: z.object({
      year: z
        .string()
        .regex(/^2\d{3}$/)
        .optional(),
    }),
    async handle(desk, { query }) {
      const year = query.year ?? dayOf(desk.now).slice(0, 4);
      const values = [desk.county, year, ...scopeValues(scopeOf(desk.actor, 'dispute.count'))];
      const [all] = await desk.query<
        Record<'found' | 'open' | 'settled' | 'elsewhere' | 'matter' | 'reopened', number>
      >(
        'disputes.figures',
        `select count(*)::int as found, (count(*) filter (where d.open))::int as open,
                (count(*) filter (where d.status = 'settled'))::int as settled,
                (count(*) filter (where d.status = 'elsewhere'))::int as elsewhere,
                (count(*) filter (where d.status = 'matter'))::int as matter,
                (count(*) filter (where d.reopenings > 0))::int as reopened
           from dispute d where d.county = $1 and to_char(d.registered_on, 'YYYY') = $2 and ${withinSql(3, disputeScope)}`,
        values,
      );
      const types = await desk.query<{
        type: MediationType;
        opened: number;
        bound: number;
        confirmed: number;
        broken: number;
        handed: number;
      }>(
        'disputes.by-mediation',
        `select m.type, count(*)::int as opened, count(m.bound_on)::int as bound,
                (count(*) filter (where m.confirmed))::int as confirmed,
                (count(*) filter (where m.outcome = 'broken'))::int as broken,
                (count(*) filter (where m.outcome = 'handed-over'))::int as handed
           from mediation m join dispute d on d.county = m.county and d.id = m.dispute
          where m.county = $1 and to_char(d.registered_on, 'YYYY') = $2 and ${withinSql(3, disputeScope)}
          group by m.type`,
        values,
      );
      const of = new Map(types.map((row) => [row.type, row]));
      return {
        year,
        found: all!.found,
        open: all!.open,
        settled: all!.settled,
        elsewhere: all!.elsewhere,
        matter: all!.matter,
        reopened: all!.reopened,
        mediations: MediationType.options.map((type) => ({
          type,
          name: mediationName(type),
          opened: of.get(type)?.opened ?? 0,
          bound: of.get(type)?.bound ?? 0,
          confirmed: of.get(type)?.confirmed ?? 0,
          broken: of.get(type)?.broken ?? 0,
          handed: of.get(type)?.handed ?? 0,
        })),
      };
    },
  }),
  'GET /api/disputes/:id': route({
    action: 'dispute.read',
    summary:
      'One dispute; what the parties said and agreed is shown to the unit that holds it, and the reading recorded',
    params: Id,
    async handle(desk, { params: { id } }) {
      const found = await readDispute(desk, id);
      if (found === undefined || !may(desk.actor, 'dispute.read', reachOfDispute(found.state)))
        return refuse('access.denied');
      const { state, version } = found;
      const today = dayOf(desk.now);
      const inside = may(desk.actor, 'dispute.confide', confidedTo(state));
      const all = state.mediation === undefined ? state.past : [...state.past, state.mediation];
      if (inside) await recordReading(desk, id, '纠纷和调解记录');
      const [names, mediator, history] = await Promise.all([
        namesOf(desk.query, desk.county, [...state.chain, state.unit, state.person, state.handOver?.unit]),
        mediatorNames(
          desk,
          all.map((m) => m.mediator),
        ),
        historyOf(desk, id),
      ]);
      const policy = policyOf(desk);
      const units = unitsOf(desk.actor);
      const reach = reachOfDispute(state);
      return {
        id,
        version,
        today,
        status: state.status,
        statusName: statusName(state.status),
        mode: modeName(state.mode),
        about: namedBy(policy.abouts)(state.about),
        grade: state.grade,
        gradeName: gradeName(state.grade),
        signs: state.signs.map((sign) => ({ id: sign, name: namedBy(policy.signs)(sign) })),
        subject: state.subject ?? null,
        words: state.words ?? null,
        spot: state.spot ?? null,
        place: state.chain.length === 1 ? names(state.chain[0]) : placeOf(names, state.chain.slice(1)),
        registeredOn: state.registeredOn,
        unit: state.unit,
        unitName: names(state.unit),
        personName: names(state.person),
        due: state.due,
        late: !['settled', 'elsewhere', 'matter', 'agreed'].includes(state.status) && state.due < today,
        handOver:
          state.handOver === undefined
            ? null
            : {
                unit: state.handOver.unit,
                unitName: names(state.handOver.unit),
                reason: state.handOver.reason,
                type: state.handOver.type === undefined ? null : mediationName(state.handOver.type),
                answerBy: state.handOver.answerBy,
                late: state.handOver.answerBy < today,
              },
        reopenings: state.reopenings,
        failure: inside ? (state.failure ?? null) : null,
        ways: policy.ways.filter(({ id: way }) => state.ways.includes(way)),
        settledOn: state.settledOn ?? null,
        how: inside ? (state.how ?? null) : null,
        way: state.way === undefined ? null : namedBy(policy.ways)(state.way),
        /** The words of the mediation are kept from everybody else. */
        inside,
        mediations: all.map((m) => ({
          typeName: mediationName(m.type),
          mediator: mediator(m.mediator),
          sessions: m.sessions.length,
          consents: m.consents.length,
          parties: m.parties.length,
          bound: m.agreement?.bound ?? null,
          outcome: m.outcome ?? null,
        })),
        mediation: inside && state.mediation !== undefined ? confided(state.mediation, mediator, today) : null,
        earlier: inside ? state.past.map((m) => confided(m, mediator, today)) : [],
        history: history.map(({ kind, at, actor, name }) => ({
          kind,
          at,
          who: name ?? (actor.startsWith('resident:') ? t('当事人') : t('系统')),
        })),
        choices: {
          signs: policy.signs.map(({ id: sign, name }) => ({ id: sign, name })),
          ways: policy.ways,
          days: policy.days[state.grade],
        },
        can: possible(state, units).filter((action) => may(desk.actor, action, reach)),
      };
    },
  }),
  'GET /api/disputes/:id/link': route({
    action: 'dispute.consent',
    summary: 'The addresses the parties open on their own phones, one for each',
    params: Id,
    async handle(desk, { params: { id } }) {
      const found = await readDispute(desk, id);
      if (found?.state.mediation === undefined || !may(desk.actor, 'dispute.confide', confidedTo(found.state)))
        return refuse('access.denied');
      return {
        links: found.state.mediation.parties.map(({ name, key }, party) => ({
          party,
          name: name ?? null,
          url: key === undefined ? null : `${desk.publicUrl}/mediation/${id}?k=${key}`,
        })),
      };
    },
  }),
  'GET /api/mediators': route({
    action: 'mediator.read',
    summary:
      'The register of mediators with their qualification, where they mediate, and how many cases each has in hand',
    query: z.object({
      type: MediationType.optional(),
      about: z.string().max(40).optional(),
      area: z.uuid().optional(),
    }),
    async handle(desk, { query }) {
      const today = dayOf(desk.now);
      const rows = await desk.query<{
        id: string;
        township: string | null;
        village: string | null;
        name: string | null;
        phone: string | null;
        background: MediatorBackground;
        types: MediationType[];
        unit: string;
        qualification: string;
        abouts: string[];
        until: string;
        enrolled: boolean;
        county_area: string;
        grid: string | null;
        in_hand: number;
        in_all: number;
        bound: number;
      }>(
        'mediators.list',
        `select m.id, m.county_area, m.township, m.village, m.grid, m.name, m.phone, m.background, m.types, m.unit, m.qualification, m.abouts,
                m.until, m.enrolled,
                (select count(*)::int from mediation x where x.county = m.county and x.mediator = m.id and x.outcome is null and x.bound_on is null) as in_hand,
                (select count(*)::int from mediation x where x.county = m.county and x.mediator = m.id) as in_all,
                (select count(*)::int from mediation x where x.county = m.county and x.mediator = m.id and x.bound_on is not null) as bound
           from mediator m
          where m.county = $1 and m.enrolled and (m.township is null or ${withinSql(6, mediatorScope)}) and ($2::text is null or $2 = any(m.types))
            and ($3::text is null or m.abouts = '{}' or $3 = any(m.abouts))
            and ($4::uuid is null or exists (select from area a where a.county = m.county and a.id = $4
                   and coalesce(m.grid, m.village, m.township, m.county_area) = any(a.chain)))
          order by m.until < $5::date, in_hand, m.name, m.id limit ${MOST}`,
        [
          desk.county,
          query.type ?? null,
          query.about ?? null,
          query.area ?? null,
          today,
          ...scopeValues(scopeOf(desk.actor, 'mediator.read')),
        ],
      );
      const names = await namesOf(
        desk.query,
        desk.county,
        rows.flatMap((r) => [r.county_area, r.township, r.village, r.grid, r.unit]),
      );
      const { abouts } = policyOf(desk);
      const about = namedBy(abouts);
      const callers = mayAtAll(desk.actor, 'dispute.open-mediation') || mayAtAll(desk.actor, 'mediator.enrol');
      return {
        today,
        abouts,
        can: mayAtAll(desk.actor, 'mediator.enrol') ? (['mediator.enrol'] as const) : [],
        rows: rows.map((r) => ({
          id: r.id,
          name: r.name,
          phone: callers ? r.phone : null,
          background: backgroundName(r.background),
          backgroundId: r.background,
          types: r.types,
          typeNames: r.types.map((type) => mediationName(type)),
          place: r.township === null ? names(r.county_area) : placeOf(names, [r.township, r.village, r.grid]),
          area: r.grid ?? r.village ?? r.township ?? r.county_area,
          unit: names(r.unit),
          unitId: r.unit,
          qualification: r.qualification,
          abouts: r.abouts.map(about),
          aboutIds: r.abouts,
          until: r.until,
          over: r.until < today,
          inHand: r.in_hand,
          inAll: r.in_all,
          bound: r.bound,
        })),
      };
    },
  }),
  ...partyRoutes,
  ...commandRoutes(
    'sweep',
    '/api/sweeps',
    // What the house tells itself has no door.
    { options: SweepCommand.options.filter((option) => option.shape.kind.value !== 'sweep.ask') },
    {
      'sweep.find':
        'What was found, with the unit, person and day that answer for it; it becomes a dispute or a matter',
      'sweep.return': 'The return of a period: where they looked and whom they asked, also when nothing was found',
    },
  ),
  ...commandRoutes(
    'dispute',
    '/api/disputes',
    DisputeCommand,
    {
      'dispute.register': 'Register a dispute somebody came upon, with the unit, person and day that answer for it',
      'dispute.regrade': 'The situation has changed: its signs, and so how pressing it is',
      'dispute.assign': 'Another person or day within the unit, with the reason',
      'dispute.hand-over': 'Ask another unit to take it; the first one answers until it is taken',
      'dispute.take': 'Take what another unit handed over, naming the person and the day',
      'dispute.decline': 'Say no to a hand-over, with the reason; nothing has moved',
      'dispute.open-mediation': 'Open a mediation with its mediator and parties; each is asked for its consent',
      'dispute.consent': 'A party consents to the mediation or refuses it',
      'dispute.change-mediator': 'Another mediator, with the reason',
      'dispute.hold': 'Write down a session: who came, what each said',
      'dispute.draft': 'Write the agreement: what happened, and terms each with its day; signatures begin anew',
      'dispute.sign': 'A party signs the agreement; the last signature makes it bind',
      'dispute.fail': 'Mediation did not succeed: the reason, and the lawful ways the parties were told of',
      'dispute.ask-court': 'Note that judicial confirmation was asked for',
      'dispute.court-answers': 'Note what the court decided',
      'dispute.perform': 'Note that a term was carried out, or after its day that it was not',
      'dispute.say-term': 'The other side says whether a term was carried out',
      'dispute.settle': 'Settled on the spot without a written agreement: how, in what both sides say',
      'dispute.to-matter': 'It asks something of an office: it becomes a matter',
      'dispute.end': 'The parties took a lawful way of their own',
      'dispute.reopen': 'It has come up again',
    },
    { 'dispute.register': ['origin'] },
  ),
  ...commandRoutes('mediator', '/api/mediators', MediatorCommand, {
    'mediator.enrol': 'Enter somebody into the register of mediators',
    'mediator.amend': 'Amend what the register says of a mediator',
    'mediator.leave': 'A mediator leaves the register',
  }),
} satisfies Routes;

/** What happened to a dispute, step by step; words of the parties are not among it. */
const historyOf = async (desk: Desk, id: string) =>
  await desk.query<{ kind: string; at: string; actor: string; name: string | null }>(
    'disputes.history',
    `select e.kind, e.at, e.actor, o.name from event e
       left join official o on o.county = e.county and o.id::text = e.actor
      where e.county = $1 and e.stream = $2 order by e.version limit 500`,
    [desk.county, id],
  );
