import { dueOf, ruleOn } from '../calendar/clocks.ts';
import { dayOf } from '../calendar/days.ts';
import type { Calendar, ClockRule } from '../calendar/model.ts';
import { placedAt } from '../access/directory.ts';
import type { Query, Reach, RecordType, Situation } from '../ledger/record.ts';
import type { MatterSettings, PetitionSettings, ReviewLevel } from '../matters/model.ts';
import { type Reviewed, reviewingBody } from '../matters/petition-facts.ts';
import { NO_NUMBER } from '../register/model.ts';
import { registerRows, registerTable, takeNumber } from '../register/numbers.ts';
import { isRefusal } from '../ledger/decider.ts';
import {
  type Review,
  ReviewCommand,
  type ReviewCommand as Command,
  type ReviewEvent,
  type ReviewFacts,
  type ReviewState,
  type ReviewsPolicy,
} from './model.ts';
import { owedRows, owedTable } from '../owed/model.ts';
import { reviews, reviewsOwed } from './rules.ts';

export interface ReviewRow {
  id: string;
  level: ReviewLevel;
  matter: string;
  matter_number: string;
  before: string | null;
  keeper: string;
  body: string;
  asked_by: string | null;
  reviewer: string | null;
  status: string;
  open: boolean;
  asked_at: string;
  due: string | null;
  paused: boolean;
  hearing_on: string | null;
  answered_at: string | null;
  outcome: string | null;
  received_on: string | null;
  papers_owed: number;
}

/** Where a review lies and whose it is. */
export const reviewScope = {
  areas: ['r.county_area', 'r.township', 'r.village', 'r.grid'],
  units: ['r.keeper'],
  officials: ['r.reviewer', 'r.asked_by'],
  apart: 'r.matter',
};

export const reviewRecord: RecordType<ReviewState, Command, ReviewEvent, ReviewFacts> = {
  name: 'review',
  decider: reviews,
  commands: ReviewCommand,
  tables: [{ name: 'review', key: ['county', 'id'] }, registerTable, owedTable],
  facts,
  reach(state, _command, found) {
    if (state.status !== 'none') return reachOf(state);
    const { petition } = found ?? {};
    return petition === undefined ? {} : { areas: petition.chain, record: petition.number };
  },
  rows(county, id, state, policies) {
    if (state.status === 'none') return {};
    const calendar = policies.get<Calendar>('calendar');
    // Answered, it is still owed until it is in the person's hands.
    const clock = state.clock ?? state.owed[0]?.clock;
    const due = clock === undefined ? undefined : dueOf(clock, calendar);
    const open = ['asked', 'reviewing', 'answered'].includes(state.status);
    const hearing = state.hearings.findLast((h) => h.cancelled === undefined);
    return {
      review: [
        {
          county,
          id,
          level: state.level,
          matter: state.matter,
          matter_number: state.matterNumber,
          before: state.before ?? null,
          ...placedAt(state.chain),
          keeper: state.keeper,
          body: state.body,
          asked_by: state.askedBy.includes(':') ? null : state.askedBy,
          reviewer: state.reviewer ?? null,
          hands: [...state.hands],
          acted: [...state.acted],
          status: state.status,
          open,
          asked_at: state.askedAt,
          due: due === undefined || due.paused ? null : due.due,
          paused: due?.paused ?? false,
          hearing_on: hearing?.day ?? null,
          answered_at: state.answeredAt ?? null,
          outcome: state.outcome ?? null,
          received_on: state.papers.at(-1)?.receivedOn ?? null,
          papers_owed: state.owed.length,
        },
      ],
      owed: owedRows(county, 'review', id, reviewsOwed(state, calendar)),
      served_paper: registerRows(
        county,
        id,
        state.papers,
        {
          record: 'review',
          matter: state.matter,
          chain: state.chain,
          units: [state.keeper],
          barred: state.hands,
          owed: state.owed,
        },
        calendar,
      ),
    };
  },
};

export const reachOf = (state: Review): Reach => ({
  areas: state.chain,
  matter: state.matter,
  units: [state.keeper],
  officials: [state.askedBy, ...(state.reviewer === undefined ? [] : [state.reviewer])].filter(
    (id) => !id.includes(':'),
  ),
  record: state.matterNumber,
});

/** Whether the id is a review's: the ledger must not be asked to read another kind of record as one. */
export const isReview = async (query: Query, county: number, id: string): Promise<boolean> =>
  (await query('reviews.is-review', 'select from review where county = $1 and id = $2', [county, id])).length > 0;

async function facts(situation: Situation<ReviewState, Command>): Promise<ReviewFacts> {
  const { county, command, state, query, policies, at, actor } = situation;
  const settings = policies.get<PetitionSettings>('petitions');
  const base: ReviewFacts = {
    actor,
    at,
    calendar: policies.get<Calendar>('calendar'),
    policy: policies.get<ReviewsPolicy>('reviews'),
    announceDays: settings.announceDays,
    reviewerOfUnit: false,
    taken: NO_NUMBER,
  };
  const day = dayOf(at);
  switch (command.kind) {
    case 'review.ask': {
      if (state.status !== 'none') return base;
      const petition = await petitionOf(query, county, command.matter, base.policy);
      if (petition === undefined) return base;
      const rules = policies.get<{ rules: readonly ClockRule[] }>('clocks').rules;
      const rule = petition.level === undefined ? undefined : ruleOn(rules, base.policy.clocks[petition.level], day);
      return { ...base, petition, ...(rule === undefined ? {} : { rule }) };
    }
    case 'review.accept': {
      if (state.status === 'none') return base;
      const found = await query(
        'reviews.of-unit',
        `select from post p join unit u on u.county = p.county and u.id = p.unit
          where p.county = $1 and (u.id = $2 or u.parent = $2) and p.official = $3
            and p.since <= $4::date and (p.until is null or p.until > $4::date)
            -- Nobody reviews a petition that complains of them.
            and not exists (select from matter m where m.county = $1 and m.id = $5 and m.about @> array[p.official]) limit 1`,
        [county, state.keeper, command.reviewer, day, state.matter],
      );
      return { ...base, reviewerOfUnit: found.length > 0 };
    }
    case 'review.answer': {
      // A number is taken only for what will stand.
      if (state.status === 'none' || isRefusal(reviews.decide(state, command, base))) return base;
      const reviewedBy = state.level === 'review' ? await nextBody(query, county, state, base.policy) : undefined;
      const rules = policies.get<{ rules: readonly ClockRule[] }>('clocks').rules;
      const { askReReview } = policies.get<MatterSettings>('matters').clocks;
      const ask = reviewedBy === undefined ? undefined : ruleOn(rules, askReReview, day);
      return {
        ...base,
        taken: await takeNumber(situation, state.level, state.keeper, day),
        ...(reviewedBy === undefined ? {} : { reviewedBy }),
        ...(ask === undefined ? {} : { remedyDays: ask.amount }),
      };
    }
    default:
      return base;
  }
}

interface Found extends Reviewed {
  number: string;
  status: string;
  subject: string | null;
  level: ReviewLevel | null;
  until: string | null;
  before: string | null;
  opinion_received_on: string | null;
  hands: string[];
  units: string[];
  chain: string[];
  earlier: string[];
}

/** The petition a review is asked of, and who reviews it: the first line of the policy whose unit has not handled it. */
async function petitionOf(
  query: Query,
  county: number,
  matter: string,
  policy: ReviewsPolicy,
): Promise<ReviewFacts['petition']> {
  const [row] = await query<Found>(
    'reviews.petition',
    `select p.number, p.status, m.subject, p.remedy_level as level, p.remedy_until as until, p.remedy_of as before,
            p.opinion_received_on, p.hands, p.units, a.chain, u.kind as unit_kind, u.parent, up.name as parent_name,
            c.desk, d.name as desk_name,
            coalesce((select array_agg(distinct x) from review r, unnest(r.hands || r.acted) x
                       where r.county = p.county and r.id = p.remedy_of), '{}') as earlier
       from petition p
       join matter m on m.county = p.county and m.id = p.id
       join area a on a.county = p.county and a.id = m.area
       join county c on c.county = p.county
       left join unit u on u.county = p.county and u.id = p.unit
       left join unit up on up.county = p.county and up.id = u.parent
       left join unit d on d.county = p.county and d.id = c.desk
      where p.county = $1 and p.id = $2`,
    [county, matter],
  );
  if (row === undefined) return undefined;
  const chosen = reviewingBody(policy, row.level, row, row.units);
  return {
    number: row.number,
    status: row.status,
    subject: row.subject,
    level: row.level ?? undefined,
    until: row.until ?? undefined,
    before: row.before ?? undefined,
    served: row.opinion_received_on !== null,
    hands: [...new Set([...row.hands, ...row.earlier])],
    chain: row.chain,
    keeper: chosen?.keeper ?? row.desk,
    body: chosen?.body ?? row.desk_name ?? '',
  };
}

/** Who would look at a review's answer once more, as its paper names it. */
async function nextBody(
  query: Query,
  county: number,
  state: Review,
  policy: ReviewsPolicy,
): Promise<string | undefined> {
  const [row] = await query<Reviewed & { units: string[] }>(
    'reviews.next-body',
    `select p.units, u.kind as unit_kind, u.parent, up.name as parent_name, c.desk, d.name as desk_name
       from county c
       left join petition p on p.county = c.county and p.id = $2
       left join unit u on u.county = p.county and u.id = p.unit
       left join unit up on up.county = c.county and up.id = u.parent
       left join unit d on d.county = c.county and d.id = c.desk where c.county = $1`,
    [county, state.matter],
  );
  const body = row === undefined ? '' : reviewingBody(policy, 're-review', row, row.units ?? [])?.body;
  return body === '' ? undefined : body;
}
