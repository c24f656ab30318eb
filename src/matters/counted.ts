import { dueOf } from '../calendar/clocks.ts';
import { countWorking, dayNumberAt, timeOf, workingDays } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import type { MatterState } from './model.ts';
import type { MatterRow } from './tables.ts';

/**
 * What statistics count of a matter, as one bit each (row C16). Kept as bits because a count then is one pass over
 * narrow rows, grouped by what is true of them: of a year's 200,000 matters a few hundred groups are left to add up.
 */
export const marks = [
  /** The first answer was given. */
  'answered',
  /** A result stands. */
  'resolved',
  'closed',
  /** The result that stands came before the clock of its stage ended, or after. */
  'in-time',
  'out-of-time',
  'returned',
  'returned-again',
  'reopened',
  'reopened-twice',
  'reopened-more',
  /** Goes on from an earlier matter. */
  'goes-on',
  /** Raised again while it was in hand. */
  'repeated',
  'joint',
  'review',
  're-review',
  'lawful-end',
  'by-resident',
  'solvable',
  'deferred',
  'not-permitted',
  'unfounded',
  /** Handed up or across, and not given back. */
  'above',
  'scored',
  'classified',
  /** A petition that was not accepted. */
  'refused',
] as const;
export type Mark = (typeof marks)[number];

/** The bit of each mark. */
export const bitOf = (mark: Mark): number => 1 << marks.indexOf(mark);

/** One time a matter was in hand, with what is counted of it: the row of `matter_spell`. */
export interface SpellRow {
  county: number;
  matter: string;
  place: number;
  came: string;
  came_at: string;
  went: string | null;
  went_at: string;
  township: string | null;
  village: string | null;
  grid: string | null;
  unit: string;
  channel: string;
  category: string | null;
  marks: number;
  persons: number;
  returns: number;
  reopenings: number;
  repeats: number;
  score: number | null;
  due: string | null;
  answered_s: number | null;
  resolved_s: number | null;
  closed_s: number | null;
  answered_wd: number | null;
  resolved_wd: number | null;
  closed_wd: number | null;
}

/** Still in hand. */
const NEVER = 'infinity';

/** The rows of a matter, from the row its lists read. */
export function spellRows(state: MatterState, row: MatterRow, calendar: Calendar): SpellRow[] {
  const marked = marksOf(state, row, calendar);
  const days = workingDays(calendar);
  const from = timeOf(row.registered_at);
  const seconds = (at: string | null): number | null =>
    at === null ? null : Math.max(0, Math.floor((timeOf(at) - from) / 1000));
  const working = (at: string | null): number | null =>
    at === null ? null : countWorking(dayNumberAt(from) + 1, dayNumberAt(timeOf(at)), days);
  const { county, id: matter, township, village, grid, unit, channel, category } = row;
  const { persons, returns, reopenings, repeats, score, work_due: due } = row;
  const counted = {
    township,
    village,
    grid,
    unit,
    channel,
    category,
    marks: marked,
    persons,
    returns,
    reopenings,
    repeats,
    score,
    due,
    answered_s: seconds(row.first_answered_at),
    resolved_s: seconds(row.resolved_at),
    closed_s: seconds(row.closed_at),
    answered_wd: working(row.first_answered_at),
    resolved_wd: working(row.resolved_at),
    closed_wd: working(row.closed_at),
  };
  return state.spells.map(({ came, cameAt, went, wentAt }, place) => ({
    county,
    matter,
    place,
    came,
    came_at: cameAt,
    went: went ?? null,
    went_at: wentAt ?? NEVER,
    ...counted,
  }));
}

function marksOf(state: MatterState, row: MatterRow, calendar: Calendar): number {
  const { reopenings, returns } = row;
  const inTime = keptItsClock(state, calendar);
  const true_: Record<Mark, boolean> = {
    answered: row.first_answered_at !== null,
    resolved: row.resolved_at !== null,
    closed: !row.open,
    'in-time': inTime === true,
    'out-of-time': inTime === false,
    returned: returns > 0,
    'returned-again': returns > 1,
    reopened: reopenings > 0,
    'reopened-twice': reopenings > 1,
    'reopened-more': reopenings > 2,
    'goes-on': state.after !== undefined,
    repeated: row.repeats > 0,
    joint: row.persons > 1,
    review: state.reviews.some(({ level }) => level === 'review'),
    're-review': state.reviews.some(({ level }) => level === 're-review'),
    'lawful-end': row.closed_by === 'lawful-end',
    'by-resident': row.closed_by === 'resident',
    solvable: row.disposition === 'solvable',
    deferred: row.disposition === 'deferred',
    'not-permitted': row.disposition === 'not-permitted',
    unfounded: row.disposition === 'unfounded',
    above: state.raisings.some((raising) => raising.state !== 'returned'),
    scored: row.score !== null,
    classified: row.category !== null,
    refused: state.refusal !== undefined,
  };
  return marks.reduce((sum, mark) => (true_[mark] ? sum + bitOf(mark) : sum), 0);
}

/** Whether the stage that ended with the result that stands ended inside its clock; undefined where none ran. */
function keptItsClock({ past, resolvedAt }: MatterState, calendar: Calendar): boolean | undefined {
  if (resolvedAt === undefined) return undefined;
  const stage = past.findLast(({ clock }) => clock.stoppedAt === resolvedAt);
  if (stage === undefined) return undefined;
  const due = dueOf(stage.clock, calendar);
  return due.paused || resolvedAt <= due.due;
}
