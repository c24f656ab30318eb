import { dayNumberAt } from '../calendar/days.ts';
import type { ClockKnown } from './model.ts';

/** A phone's clock is not believed before this: nothing waits on a phone for longer. */
const OLDEST_MS = 60 * 86_400_000;
/** A clock that is off by less than this is right enough; what it said is left as it is. */
export const WRONG_MS = 2 * 60_000;

/** What a phone says of when something was written. */
export interface Said {
  /** By the phone's clock (ms). */
  readonly at: number;
  readonly ago?: number | undefined;
  readonly known?: ClockKnown | undefined;
  readonly chosen?: number | undefined;
}
export interface Dated {
  /** By the server's clock (ms), never later than now. */
  readonly at: number;
  /** The day it lies on is known. Where it is not, `at` is what the phone's clock makes of it, and a person is asked. */
  readonly sure: boolean;
}

/**
 * When something was written on a phone, by the server's clock. The phone's clock may have been set between the writing
 * and the sending, and the page closed meanwhile; what is known then is how far off the clock was at the contact before
 * and is now, that the writing lies between that contact and now, and whether the clock was seen to have been set. A
 * reading of the clock that no other agrees with is dropped; what remains must lie on one day, or nobody knows the day.
 * @param clock what the phone's clock shows now (ms); undefined where it came as a file and nobody can say
 */
export function whenWritten(said: Said, clock: number | undefined, now: number): Dated {
  const { at, ago, known, chosen } = said;
  if (chosen !== undefined) {
    const near = Math.min(now, Math.max(chosen, now - OLDEST_MS));
    return { at: near, sure: Math.abs(near - chosen) < WRONG_MS };
  }
  if (known === undefined) {
    // An older phone says no more: its clock is taken to have been as wrong then as now, or as the monotonic one says.
    const by = ago !== undefined ? now - ago : clock === undefined ? at : at + (now - clock);
    return { at: Math.min(now, Math.max(by, now - OLDEST_MS)), sure: true };
  }
  const latest = now - known.before;
  const earliest = Math.min(known.contact + known.after, latest);
  const within = (time: number): number => Math.min(latest, Math.max(earliest, time));
  const offs = offsetsOf(known, clock === undefined ? undefined : clock - now);
  const fits = offs.map((off) => at - off).filter((time) => Math.abs(within(time) - time) < WRONG_MS);
  const days = new Set((fits.length > 0 ? fits.map(within) : [earliest, latest]).map(dayNumberAt));
  const best = within(fits.at(-1) ?? at - (clock === undefined ? known.ahead : clock - now));
  return { at: Math.max(best, now - OLDEST_MS), sure: days.size === 1 && best >= now - OLDEST_MS };
}

/** How far ahead the clock may have been at the writing (ms), the likeliest last. */
function offsetsOf({ ahead, setBefore, setAfter }: ClockKnown, ahead2: number | undefined): number[] {
  const before = setBefore === 0 ? [ahead] : [];
  if (ahead2 === undefined) return before;
  const after = setAfter === 0 ? [ahead2] : [];
  // Seen to have been set, and yet as it was: it was set twice at least, and in between nobody knows how far off it was.
  if (Math.abs(ahead2 - ahead) < WRONG_MS) return setBefore + setAfter === 0 ? after : [];
  return [...before, ...after];
}
