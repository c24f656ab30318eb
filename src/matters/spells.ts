import type { MatterState } from './model.ts';

/*
 * When a matter was in hand (row C16, PET-13): from its registration, its reopening or its leaving a merge, until it
 * was closed or handled with another. Stock and flow of any period are read off these spells, and because each one
 * begins once and ends at most once, they balance.
 */

export interface Spell {
  readonly came: 'registered' | 'reopened' | 'unmerged';
  readonly cameAt: string;
  readonly went?: 'closed' | 'merged';
  readonly wentAt?: string;
}

const inHand = (state: MatterState): boolean =>
  state.status !== 'none' && state.status !== 'closed' && state.merged === undefined;

const later = (at: string, than: string | undefined): string => (than === undefined || at > than ? at : than);

/** The state after an event at an instant, with what that event means for being in hand. */
export function keepSpells(before: MatterState, after: MatterState, at: string): MatterState {
  const is = inHand(after);
  if (inHand(before) === is) return after;
  const last = after.spells.at(-1);
  if (is) {
    const came = before.status === 'none' ? 'registered' : before.status === 'closed' ? 'reopened' : 'unmerged';
    // Times come from several machines: no spell begins before the last one ended.
    return { ...after, spells: [...after.spells, { came, cameAt: later(at, last?.wentAt) }] };
  }
  if (last === undefined) return after;
  const went = after.merged === undefined ? 'closed' : 'merged';
  return { ...after, spells: [...after.spells.slice(0, -1), { ...last, went, wentAt: later(at, last.cameAt) }] };
}
