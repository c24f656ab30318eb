import { dueOf } from '../calendar/clocks.ts';
import { dayOf } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { isRefusal } from '../ledger/decider.ts';
import type { Query, Row, Situation } from '../ledger/record.ts';
import type { MatterCommand, MatterFacts, MatterState } from './model.ts';
import { readNumber, takeRuns } from './number.ts';
import type { PetitionFacts, PetitionSettings } from './petition-model.ts';
import { paperOf } from './petition.ts';
import { matters } from './rules.ts';
import { type PaperKind, type Paper, paperNumber } from './served.ts';

/** Acts of the procedure that must know something from outside, and `register`, which may go on from an earlier matter. */
const asking = new Set<MatterCommand['kind']>([
  'matter.accept',
  'matter.refuse',
  'matter.uphold-refusal',
  'matter.serve',
  'matter.receive',
  'matter.follow-review',
  'matter.dispatch',
  'matter.adjudicate',
  'matter.decide-extension',
  'matter.resolve',
]);

/** The next number of a kind of document in a year: taken for what will stand, so that no number is missing. */
export async function nextPaperNumber(
  query: Query,
  county: number,
  settings: PetitionSettings,
  kind: PaperKind,
  day: string,
): Promise<string> {
  const series = `paper ${kind} ${day.slice(0, 4)}`;
  const taken = await takeRuns(query, county, new Map([[series, 1]]));
  return paperNumber(settings.numbers[kind], day, taken.get(series)!);
}

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
  { county, command, state, query, policies, at, actor }: Situation<MatterState, MatterCommand>,
  facts: MatterFacts,
): Promise<MatterFacts> {
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
    command.kind === 'matter.decide-extension' && (await leads(query, county, actor, state.unit, dayOf(at)));
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
    paperNumber: '',
    heads,
    ...(ended === undefined ? {} : { ended }),
  };
  const kind = paperOf(state, command);
  // A number is taken only for what will stand; a refused command leaves no gap behind.
  if (kind === undefined || isRefusal(matters.decide(state, command, { ...facts, petition })))
    return { ...facts, petition };
  return {
    ...facts,
    petition: { ...petition, paperNumber: await nextPaperNumber(query, county, settings, kind, dayOf(at)) },
  };
}

export interface PaperRow {
  county: number;
  id: string;
  version: number;
  kind: string;
  number: string;
  issued_on: string;
  unit: string;
  due: string | null;
  received_on: string | null;
  way: string | null;
}

/** A row for each document of a record, matter or review: one table for both. */
export const paperTable = { name: 'served_paper', key: ['county', 'id', 'version'] } as const;

export const paperRows = (
  county: number,
  id: string,
  papers: readonly Paper[],
  owed: MatterState['owed'],
  calendar: Calendar,
): readonly Row[] =>
  papers.map((paper): PaperRow & Row => {
    const clock = owed.find((o) => o.paper === paper.version)?.clock;
    const due = clock === undefined ? undefined : dueOf(clock, calendar);
    return {
      county,
      id,
      version: paper.version,
      kind: paper.kind,
      number: paper.number,
      issued_on: paper.on,
      unit: paper.unit,
      due: due === undefined || due.paused ? null : due.due,
      received_on: paper.receivedOn ?? null,
      way: paper.tries.at(-1)?.way ?? null,
    };
  });

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
  const opinion = state.papers.findLast((p) => p.kind === 'opinion');
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
