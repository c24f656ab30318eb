import { randomBytes } from 'node:crypto';
import { chainOf, placedAt } from '../access/directory.ts';
import { dayOf } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { isRefusal } from '../ledger/decider.ts';
import { followId } from '../ledger/ids.ts';
import type { Query, Reach, RecordType } from '../ledger/record.ts';
import { NO_NUMBER } from '../register/model.ts';
import { registerRows, registerTable, takeNumber } from '../register/numbers.ts';
import { mediators } from './mediators.ts';
import {
  type Dispute,
  DisputeCommand,
  type DisputeCommand as DCommand,
  type DisputeEvent,
  type DisputeFacts,
  type DisputeState,
  type DisputesPolicy,
  type Mediation,
  type MediationType,
  MediatorCommand,
  type MediatorCommand as MCommand,
  type MediatorEvent,
  type MediatorFacts,
  type MediatorState,
  type SituationFacts,
  type Sweep,
  SweepCommand,
  type SweepCommand as SCommand,
  type SweepEvent,
  type SweepFacts,
  type SweepState,
  type SweepsPolicy,
  sweepStream,
} from './model.ts';
import { owedRows, owedTable } from '../owed/model.ts';
import { disputes, disputesOwed, isOver } from './rules.ts';
import { periodOf, sweeps, sweepsOwed } from './sweeps.ts';

const placed = (row: string): readonly string[] =>
  ['county_area', 'township', 'village', 'grid'].map((level) => `${row}.${level}`);

/** Where a sweep, a dispute, a mediator lies and whose it is, as columns of the rows called `s`, `d`, `m`. */
export const sweepScope = { areas: placed('s'), units: ['s.unit'], officials: ['s.returned_by'] };
export const disputeScope = { areas: placed('d'), units: ['d.unit', 'd.hand_to'], officials: ['d.person'] };

export const mediatorScope = { areas: placed('m'), units: ['m.unit'], officials: [] };

/** The parties of a dispute at most; a key is made for each there may be. */
const PARTIES = 6;

async function unitOf(query: Query, county: number, unit: string): Promise<{ area: string; kind: string } | undefined> {
  const [row] = await query<{ area: string; kind: string; parent: string | null }>(
    'disputes.unit',
    'select area, kind, parent from unit where county = $1 and id = $2 and not closed',
    [county, unit],
  );
  return row === undefined ? undefined : { area: row.area, kind: row.parent === null ? row.kind : 'section' };
}

/** Whether an official at work belongs to a unit or one of its sections. */
const worksIn = async (query: Query, county: number, official: string, unit: string, day: string): Promise<boolean> =>
  (
    await query(
      'disputes.works-in',
      `select from official o where o.county = $1 and o.id = $2 and not o.retired
          and exists (select from unit u where u.county = $1 and (u.id = $3 or u.parent = $3)
                         and (u.id = o.unit or exists (select from post p where p.county = $1 and p.official = o.id and p.unit = u.id
                                and p.since <= $4::date and (p.until is null or p.until > $4::date))))`,
      [county, official, unit, day],
    )
  ).length > 0;

async function situationFacts(
  query: Query,
  county: number,
  today: string,
  policy: DisputesPolicy,
  told: { area: string; by: { unit: string; person: string } | undefined } | undefined,
): Promise<SituationFacts> {
  if (told === undefined) return { chain: undefined, unitKnown: false, personOfUnit: false, policy };
  const { area, by } = told;
  return {
    policy,
    chain: await chainOf(query, county, area),
    unitKnown: by !== undefined && (await unitOf(query, county, by.unit)) !== undefined,
    personOfUnit: by !== undefined && (await worksIn(query, county, by.person, by.unit, today)),
  };
}

export const sweepRecord: RecordType<SweepState, SCommand, SweepEvent, SweepFacts> = {
  name: 'sweep',
  decider: sweeps,
  commands: SweepCommand,
  tables: [
    { name: 'sweep', key: ['county', 'id'] },
    { name: 'sweep_finding', key: ['county', 'sweep', 'place'] },
    owedTable,
  ],
  async facts({ county, stream, command, actor, units, at, query, policies }) {
    const policy = policies.get<SweepsPolicy>('sweeps');
    const today = dayOf(at);
    const { unit: id, mode, period } = command;
    const unit = await unitOf(query, county, id);
    const swept = unit !== undefined && (policy.kinds as readonly string[]).includes(unit.kind);
    return {
      actor,
      today,
      units,
      unitChain: swept ? await chainOf(query, county, unit.area) : undefined,
      period: stream === sweepStream(county, id, mode, period) ? periodOf(mode, period, policy) : undefined,
      found: await situationFacts(
        query,
        county,
        today,
        policies.get<DisputesPolicy>('disputes'),
        command.kind === 'sweep.find' ? { area: command.area, by: command.by } : undefined,
      ),
    };
  },
  reach: (state, command, facts) =>
    state.status === 'none'
      ? { areas: facts?.unitChain ?? [], units: command === undefined ? [] : [command.unit] }
      : reachOfSweep(state),
  rows: (county, stream, state) =>
    state.status === 'none'
      ? {}
      : {
          sweep: [
            {
              county,
              id: stream,
              ...placedAt(state.chain),
              unit: state.unit,
              mode: state.mode,
              period: state.period,
              name: state.name,
              due: state.due,
              returned_on: state.returned?.day ?? null,
              returned_by: state.returned?.official ?? null,
              looked: state.returned?.looked ?? null,
              late: state.returned?.late ?? false,
              found: state.findings.length,
            },
          ],
          owed: owedRows(county, 'sweep', stream, sweepsOwed(state)),
          sweep_finding: state.findings.map(({ into, about, grade, day, version }, place) => ({
            county,
            sweep: stream,
            place,
            target: into,
            record: followId(stream, version, 0),
            about,
            grade,
            day,
          })),
        },
};

export const reachOfSweep = (state: Sweep): Reach => ({
  areas: state.chain,
  units: [state.unit],
  officials: state.returned === undefined ? [] : [state.returned.official],
});

export const disputeRecord: RecordType<DisputeState, DCommand, DisputeEvent, DisputeFacts> = {
  name: 'dispute',
  decider: disputes,
  commands: DisputeCommand,
  tables: [
    { name: 'dispute', key: ['county', 'id'] },
    { name: 'mediation', key: ['county', 'dispute', 'place'] },
    { name: 'dispute_term', key: ['county', 'dispute', 'place'] },
    registerTable,
    owedTable,
  ],
  async facts(situation) {
    const { county, stream, state, command, actor, units, at, query, policies } = situation;
    const today = dayOf(at);
    const asked = command.kind === 'dispute.register' ? { area: command.area, by: command } : undefined;
    const answering =
      state.status === 'none' ? undefined : command.kind === 'dispute.take' ? state.handOver?.unit : state.unit;
    const facts: DisputeFacts = {
      dispute: stream,
      taken: NO_NUMBER,
      actor,
      today,
      units,
      found: await situationFacts(query, county, today, policies.get<DisputesPolicy>('disputes'), asked),
      unitKnown: command.kind === 'dispute.hand-over' && (await unitOf(query, county, command.unit)) !== undefined,
      personOfUnit:
        (command.kind === 'dispute.assign' || command.kind === 'dispute.take') &&
        answering !== undefined &&
        (await worksIn(query, county, command.person, answering, today)),
      mediator:
        command.kind === 'dispute.open-mediation' || command.kind === 'dispute.change-mediator'
          ? await mediatorNow(query, county, command.mediator, today)
          : undefined,
      keys:
        command.kind === 'dispute.open-mediation'
          ? Array.from({ length: PARTIES }, () => randomBytes(16).toString('base64url'))
          : [],
    };
    if (command.kind !== 'dispute.sign' || state.status === 'none') return facts;
    const signed = disputes.decide(state, command, facts);
    // The agreement is numbered by the signature that makes it bind, and by no other.
    if (isRefusal(signed) || !signed.some(({ kind }) => kind === 'agreement.bound')) return facts;
    const [mediator] = await query<{ name: string | null }>(
      'disputes.mediator-name',
      'select name from mediator where county = $1 and id = $2',
      [county, state.mediation!.mediator],
    );
    return {
      ...facts,
      taken: await takeNumber(situation, 'mediation', state.unit, today),
      ...(mediator?.name == null ? {} : { mediatorName: mediator.name }),
    };
  },
  reach(state, command, facts) {
    if (state.status !== 'none')
      return { ...reachOfDispute(state), ...(facts === undefined ? {} : { record: facts.dispute }) };
    return {
      areas: facts?.found.chain ?? [],
      units: command?.kind === 'dispute.register' ? [command.unit] : [],
    };
  },
  rows: (county, stream, state, policies) =>
    state.status === 'none'
      ? {}
      : {
          ...rowsOf(county, stream, state),
          served_paper: registerRows(
            county,
            stream,
            state.papers,
            { record: 'dispute', chain: state.chain, units: [state.unit], officials: [state.person] },
            policies.get<Calendar>('calendar'),
          ),
        },
};

export const reachOfDispute = (state: Dispute): Reach => ({
  areas: state.chain,
  units: state.handOver === undefined ? [state.unit] : [state.unit, state.handOver.unit],
  officials: [state.person],
});

/** The unit that answers now, as the reach of what is told in confidence: nobody else reads it. */
export const confidedTo = (state: Dispute): Reach => ({ units: [state.unit] });

const mediationsOf = (state: Dispute): readonly Mediation[] =>
  state.mediation === undefined ? state.past : [...state.past, state.mediation];

function rowsOf(county: number, stream: string, state: Dispute) {
  const all = mediationsOf(state);
  const bound = state.mediation?.agreement?.bound === undefined ? undefined : state.mediation.agreement;
  const open = state.status === 'agreed' ? (bound?.terms ?? []).filter((t) => t.state !== 'confirmed') : [];
  return {
    dispute: [
      {
        county,
        id: stream,
        ...placedAt(state.chain),
        mode: state.mode,
        sweep: state.sweep ?? null,
        about: state.about,
        grade: state.grade,
        signs: state.signs,
        subject: state.subject ?? null,
        unit: state.unit,
        person: state.person,
        due: state.due,
        status: state.status,
        open: !isOver(state),
        registered_on: state.registeredOn,
        settled_on: state.settledOn ?? null,
        hand_to: state.handOver?.unit ?? null,
        hand_by: state.handOver?.answerBy ?? null,
        mediation: state.mediation?.type ?? null,
        mediator: state.mediation?.outcome === undefined ? (state.mediation?.mediator ?? null) : null,
        mediations: all.length,
        terms: bound?.terms.length ?? 0,
        terms_open: open.length,
        next_term: open.map((t) => t.due).toSorted()[0] ?? null,
        reopenings: state.reopenings,
        matter: state.passedAt === undefined ? null : followId(stream, state.passedAt, 0),
      },
    ],
    owed: owedRows(county, 'dispute', stream, disputesOwed(state)),
    mediation: all.map(({ type, mediator, unit, sessions, outcome, agreement }, place) => ({
      county,
      dispute: stream,
      place,
      type,
      mediator,
      unit,
      sessions: sessions.length,
      outcome: outcome ?? null,
      bound_on: agreement?.bound ?? null,
      confirmed: agreement?.court?.confirmed ?? null,
    })),
    dispute_term: (bound?.terms ?? []).map(({ due, state: stands }, place) => ({
      county,
      dispute: stream,
      place,
      due,
      state: stands,
    })),
  };
}

async function mediatorNow(query: Query, county: number, id: string, today: string): Promise<DisputeFacts['mediator']> {
  const [row] = await query<{ types: MediationType[]; official: string | null }>(
    'disputes.mediator',
    'select types, official from mediator where county = $1 and id = $2 and enrolled and until >= $3::date',
    [county, id, today],
  );
  return row === undefined ? undefined : { types: row.types, official: row.official ?? undefined };
}

export const mediatorRecord: RecordType<MediatorState, MCommand, MediatorEvent, MediatorFacts> = {
  name: 'mediator',
  decider: mediators,
  commands: MediatorCommand,
  tables: [{ name: 'mediator', key: ['county', 'id'] }],
  async facts({ county, command, at, query, policies }) {
    const abouts = new Set(policies.get<DisputesPolicy>('disputes').abouts.map(({ id }) => id));
    const today = dayOf(at);
    if (command.kind === 'mediator.leave')
      return { today, abouts, chain: undefined, unitKnown: false, officialKnown: false };
    const { area, unit, official } = command;
    return {
      today,
      abouts,
      chain: await chainOf(query, county, area),
      unitKnown: (await unitOf(query, county, unit)) !== undefined,
      officialKnown:
        official === undefined ||
        (
          await query('disputes.official', 'select from official where county = $1 and id = $2 and not retired', [
            county,
            official,
          ])
        ).length > 0,
    };
  },
  reach: (state, command, facts) => ({
    areas: state.status !== 'none' ? state.chain : command?.kind === 'mediator.enrol' ? (facts?.chain ?? []) : [],
  }),
  rows: (county, stream, state) =>
    state.status === 'none'
      ? {}
      : {
          mediator: [
            {
              county,
              id: stream,
              ...placedAt(state.chain),
              name: state.name ?? null,
              phone: state.phone ?? null,
              background: state.background,
              types: state.types,
              unit: state.unit,
              qualification: state.qualification,
              abouts: state.abouts,
              official: state.official ?? null,
              since: state.since,
              until: state.until,
              enrolled: state.status === 'enrolled',
            },
          ],
        },
};

export const disputeRecords = [disputeRecord, mediatorRecord, sweepRecord];

/** Whether the id is a dispute's: the ledger must not be asked to read another kind of record as one. */
export const isDispute = async (query: Query, county: number, id: string): Promise<boolean> =>
  (await query('disputes.is-dispute', 'select from dispute where county = $1 and id = $2', [county, id])).length > 0;
