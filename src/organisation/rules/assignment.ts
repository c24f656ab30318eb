import { addDays } from '../../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../../ledger/decider.ts';
import type { AssignmentCommand, AssignmentEvent, AssignmentFacts, AssignmentState } from '../model.ts';

type Make = AssignmentCommand & { kind: 'assignment.make' };

/** 包联: who is bound to which village, household or contact point, as what, and for how long (row A3). */
export const assignments: Decider<AssignmentState, AssignmentCommand, AssignmentEvent, AssignmentFacts> = {
  initial: {
    stage: 'none',
    official: '',
    type: 'village',
    area: null,
    household: null,
    unit: null,
    role: '',
    since: '',
    until: null,
    lockedUntil: null,
  },

  evolve(state, event) {
    switch (event.kind) {
      case 'assignment.made': {
        const { kind: _, reason: __, ...fields } = event;
        const undo = { kind: 'assignment.end' as const, until: addDays(event.since, -1), reason: '录入有误，撤销' };
        return { ...fields, stage: 'running', until: null, undo };
      }
      case 'assignment.ended': {
        const { official, type, area, household, unit, role, since } = state;
        const again = { kind: 'assignment.make' as const, official, type, area, household, unit, role, since };
        return {
          ...state,
          stage: 'ended',
          until: event.until,
          undo: event.reason === null ? again : { ...again, reason: '恢复原来的安排' },
        };
      }
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'assignment.make') {
      if (state.stage === 'running') return refuse('assignment.exists');
      // A new pairing is a new record; the same record only takes an ending back.
      if (state.stage === 'ended' && !sameTarget(state, command)) return refuse('assignment.ended');
      const wrong =
        wrongTarget(command, facts) ?? (command.type === 'department' ? outOfRule(command, facts) : undefined);
      if (wrong !== undefined) return wrong;
      const { official, type, area, household, unit, role, since, reason } = command;
      const lockedUntil = type === 'department' ? yearsLater(since, facts.rules.lockYears) : null;
      return [
        {
          kind: 'assignment.made',
          official,
          type,
          area,
          household,
          unit,
          role,
          since,
          lockedUntil,
          reason: reason ?? null,
        },
      ];
    }
    if (state.stage === 'none') return refuse('assignment.missing');
    if (state.stage === 'ended') return refuse('assignment.ended');
    const { until, reason } = command;
    // Ended on the day before it began, it never was: that is how a mistake is taken back.
    if (until < addDays(state.since, -1)) return refuse('assignment.ends-early', 'until');
    if (state.lockedUntil !== null && until < state.lockedUntil && reason === undefined)
      return refuse('assignment.locked', 'reason');
    return [{ kind: 'assignment.ended', until, reason: reason ?? null }];
  },
};

function wrongTarget({ type, area, household, unit }: Make, facts: AssignmentFacts): Refusal | undefined {
  if (!facts.officialAtWork) return refuse('assignment.no-official', 'official');
  switch (type) {
    case 'village':
      if (facts.areaLevel !== 'village') return refuse('assignment.no-area', 'area');
      if (household !== null || unit !== null) return refuse('assignment.one-target');
      break;
    case 'household':
      if (household === null || !facts.householdKnown) return refuse('assignment.no-household', 'household');
      if (area !== null || unit !== null) return refuse('assignment.one-target');
      break;
    case 'contact-point': {
      if ((area === null) === (unit === null) || household !== null) return refuse('assignment.one-target');
      const place = facts.areaLevel === 'township' || facts.areaLevel === 'village';
      if (area !== null && !place) return refuse('assignment.no-area', 'area');
      if (unit !== null && facts.unitType !== 'enterprise') return refuse('assignment.no-unit', 'unit');
      break;
    }
    case 'department':
      if (facts.areaLevel !== 'village') return refuse('assignment.no-area', 'area');
      if (unit === null || facts.unitType !== 'department') return refuse('assignment.no-unit', 'unit');
      if (household !== null) return refuse('assignment.one-target', 'household');
      break;
  }
  return facts.doubled ? refuse('assignment.doubled') : undefined;
}

function outOfRule(
  { reason }: Make,
  { rules, villagesOfDepartment, departmentsInTownship, mismatch }: AssignmentFacts,
) {
  if (villagesOfDepartment >= rules.villagesPerDepartment.max) return refuse('assignment.department-full', 'unit');
  if (departmentsInTownship >= rules.departmentsPerTownship.max) return refuse('assignment.township-full', 'area');
  if (mismatch && reason === undefined) return refuse('assignment.mismatch', 'reason');
  return undefined;
}

const sameTarget = (state: AssignmentState, c: Make): boolean =>
  state.official === c.official &&
  state.type === c.type &&
  state.area === c.area &&
  state.household === c.household &&
  state.unit === c.unit;

/** The day before which the assignment stays: `since` a number of years on; 29 February ends with February. */
export function yearsLater(since: string, years: number): string {
  const [year, rest] = [Number(since.slice(0, 4)) + years, since.slice(4)];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return `${String(year).padStart(4, '0')}${rest === '-02-29' && !leap ? '-02-28' : rest}`;
}
