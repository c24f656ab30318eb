import { dueOf } from '../calendar/clocks.ts';
import { dayOf } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { isRefusal } from '../ledger/decider.ts';
import type { Policies, Query, Situation } from '../ledger/record.ts';
import { NO_NUMBER } from '../register/model.ts';
import { takeNumber } from '../register/numbers.ts';
import type { MatterCommand, MatterFacts, MatterState } from './model.ts';
import { readNumber } from './number.ts';
import type { PetitionFacts, PetitionSettings, ReviewLevel } from './petition-model.ts';
import { paperOf, paperUnit, rightedBy, standingOpinion } from './petition.ts';
import { matters } from './rules.ts';

/** Acts of the procedure that must know something from outside, and `register`, which may go on from an earlier matter. */
const asking = new Set<MatterCommand['kind']>([
  'matter.accept',
  'matter.refuse',
  'matter.uphold-refusal',
  'matter.correct-paper',
  'matter.revoke-opinion',
  'matter.serve',
  'matter.receive',
  'matter.follow-review',
  'matter.dispatch',
  'matter.adjudicate',
  'matter.decide-extension',
  'matter.resolve',
]);

/** Whether somebody leads an organ: holds the post of a head or a leader, or is the head of that unit. */
export async function leads(
  query: Query,
  county: number,
  official: string,
  unit: string | undefined,
  day: string,
): Promise<boolean> {
  const rows = await query(
    'matter.leads',
    `select from post where county = $1 and official::text = $2 and role in ('head', 'leader')
        and since <= $4::date and (until is null or until > $4::date)
     union all select from unit where county = $1 and id = $3 and head::text = $2 limit 1`,
    [county, official, unit ?? null, day],
  );
  return rows.length > 0;
}

/** Adds to a command's facts what the petition procedure asks. */
export async function withPetitionFacts(
  situation: Situation<MatterState, MatterCommand>,
  facts: MatterFacts,
): Promise<MatterFacts> {
  const { county, command, state, query, policies, at, actor } = situation;
  if (command.kind === 'matter.register' && command.after !== undefined) {
    const known = await query('matter.after', 'select from matter where county = $1 and id = $2', [
      county,
      command.after,
    ]);
    return { ...facts, afterKnown: known.length > 0 };
  }
  if (state.status === 'none' || state.procedure !== 'petition' || !asking.has(command.kind)) return facts;
  const settings = policies.get<PetitionSettings>('petitions');
  const heads =
    (command.kind === 'matter.decide-extension' || command.kind === 'matter.revoke-opinion') &&
    (await leads(query, county, actor, state.unit, dayOf(at)));
  const [ended] =
    command.kind === 'matter.refuse' && command.earlier !== undefined
      ? await query<{ review: string; number: string }>(
          'matter.ended-by',
          `select r.id as review, p.number from review r
             join served_paper p on p.county = r.county and p.id = r.id and p.kind = 're-review'
            where r.county = $1 and r.matter_number = $2 and r.level = 're-review' and r.outcome = 'upheld' and p.received_on is not null`,
          [county, readNumber(command.earlier) ?? ''],
        )
      : [];
  const petition: PetitionFacts = {
    settings,
    taken: NO_NUMBER,
    heads,
    ...(ended === undefined ? {} : { ended }),
  };
  const kind = paperOf(state, command);
  // A number is taken only for what will stand; a refused command leaves no gap behind.
  if (kind === undefined || isRefusal(matters.decide(state, command, { ...facts, petition })))
    return { ...facts, petition };
  const reviewedBy =
    kind === 'opinion' ? await reviewBodyOf(query, county, state.unit ?? state.desk, state.units, policies) : undefined;
  return {
    ...facts,
    petition: {
      ...petition,
      ...(reviewedBy === undefined ? {} : { reviewedBy }),
      taken: await takeNumber(situation, kind, paperUnit(state, kind, rightedBy(state, command)), dayOf(at)),
    },
  };
}

/** What the rule document `reviews` says of who reviews. */
export interface ReviewingPolicy {
  readonly bodies: readonly {
    readonly level: ReviewLevel;
    readonly of: string;
    readonly by: 'parent' | 'county';
    readonly name: string;
  }[];
}

/** A unit as the choice of who reviews its opinions sees it. */
export interface Reviewed {
  readonly unit_kind: string | null;
  readonly parent: string | null;
  readonly parent_name: string | null;
  readonly desk: string;
  readonly desk_name: string | null;
}

/** Who reviews at a level: the first line of the policy whose unit has not handled it. */
export function reviewingBody(
  policy: ReviewingPolicy,
  level: ReviewLevel | null,
  of: Reviewed,
  handled: readonly string[],
): { readonly keeper: string; readonly body: string } | undefined {
  const lines = policy.bodies
    .filter((line) => line.level === level && (line.of === 'any' || line.of === of.unit_kind))
    .flatMap(({ by, name }) =>
      by === 'county'
        ? [{ keeper: of.desk, body: name === '' ? (of.desk_name ?? '') : name }]
        : of.parent === null
          ? []
          : [{ keeper: of.parent, body: name === '' ? (of.parent_name ?? '') : name }],
    );
  return lines.find(({ keeper }) => !handled.includes(keeper)) ?? lines.at(-1);
}

async function reviewBodyOf(
  query: Query,
  county: number,
  unit: string,
  handled: readonly string[],
  policies: Policies,
): Promise<string | undefined> {
  const [row] = await query<Reviewed>(
    'matter.reviewed',
    `select u.kind as unit_kind, u.parent, up.name as parent_name, c.desk, d.name as desk_name
       from county c left join unit u on u.county = c.county and u.id = $2
       left join unit up on up.county = c.county and up.id = u.parent
       left join unit d on d.county = c.county and d.id = c.desk where c.county = $1`,
    [county, unit],
  );
  const body =
    row === undefined ? '' : reviewingBody(policies.get<ReviewingPolicy>('reviews'), 'review', row, handled)?.body;
  return body === '' ? undefined : body;
}

/** What a review asks of a petition: who handled it, which opinion was served, and until when the next level may be asked. */
export interface PetitionRow {
  county: number;
  id: string;
  number: string;
  status: string;
  unit: string | null;
  units: string[];
  hands: string[];
  accepted_at: string | null;
  opinion: string | null;
  opinion_on: string | null;
  opinion_received_on: string | null;
  opinion_outcome: string | null;
  refused: string | null;
  remedy_level: string | null;
  remedy_since: string | null;
  remedy_until: string | null;
  remedy_of: string | null;
  review: string | null;
  after: string | null;
}

export function petitionRow(county: number, id: string, state: MatterState, calendar: Calendar): PetitionRow {
  const opinion = standingOpinion(state);
  const until = state.remedy === undefined ? undefined : dueOf(state.remedy.clock, calendar);
  return {
    county,
    id,
    number: state.number,
    status: state.status,
    unit: state.unit ?? null,
    units: [...state.units],
    hands: [...state.hands],
    accepted_at: state.acceptedAt ?? null,
    opinion: opinion?.number ?? null,
    opinion_on: opinion?.on ?? null,
    opinion_received_on: opinion?.receivedOn ?? null,
    opinion_outcome: opinion?.fields['outcome'] ?? null,
    refused: state.refusal?.ground ?? null,
    remedy_level: state.remedy?.level ?? null,
    remedy_since: state.remedy?.clock.startedAt ?? null,
    remedy_until: until === undefined || until.paused ? null : until.due,
    remedy_of: state.remedy?.of ?? null,
    review: state.review ?? null,
    after: state.after ?? null,
  };
}
