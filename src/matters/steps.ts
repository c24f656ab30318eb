import type { ClockRule, ClockRun } from '../calendar/model.ts';
import type { MatterState } from './model.ts';

/* What the rules of a matter and of its acts are made of. */

export const start = (rule: ClockRule, at: string): ClockRun => ({
  rule,
  startedAt: at,
  suspensions: [],
  extensions: [],
});

export const given = <K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } =>
  (value === undefined || value === '' ? {} : { [key]: value }) as { [k in K]?: V };

/** Whether the clock stands still now. */
export const isSuspended = (state: MatterState): boolean =>
  state.clock?.suspensions.some((s) => s.to === undefined) ?? false;

export const withOne = <T>(list: readonly T[], one: T): readonly T[] => (list.includes(one) ? list : [...list, one]);

export const onClock = <S extends MatterState>(state: S, change: (clock: ClockRun) => ClockRun): S =>
  state.clock === undefined ? state : { ...state, clock: change(state.clock) };

export const closeSuspension = (clock: ClockRun, at: string): ClockRun => ({
  ...clock,
  suspensions: clock.suspensions.map((s) => (s.to === undefined ? { ...s, to: at } : s)),
});
