import type { Keeper } from './model.ts';

/** What a tip-off is about: words in which somebody may be named, and people and units from the directory. */
export interface Concerned {
  readonly about: string;
  readonly words: string;
  readonly officials: readonly string[];
  /** The units themselves and those of the persons. */
  readonly units: readonly string[];
}

/**
 * Whether one of the named few is too near: it is about them or their unit, or one above it, by the directory or by
 * name. A name that merely occurs bars them as well: one reader fewer harms nobody, one too many cannot be undone.
 */
export const isNear = (keeper: Keeper, { about, words, officials, units }: Concerned): boolean =>
  officials.includes(keeper.official) ||
  keeper.units.some((unit) => units.includes(unit)) ||
  `${about}\n${words}`.includes(keeper.name) ||
  keeper.unitNames.some((name) => name.length > 1 && about.includes(name));

/** How many must be free of it, so that no one of them decides alone. */
const ENOUGH = 2;

/**
 * Who may read it: the keepers free of it, and the alternates only where those are fewer than two.
 */
export function readersOf(
  circle: readonly Keeper[],
  concerned: Concerned,
  without: readonly string[] = [],
): { readers: string[]; upward: boolean } {
  const free = circle.filter((keeper) => !isNear(keeper, concerned) && !without.includes(keeper.official));
  const of = (seat: Keeper['seat']): string[] => free.filter((k) => k.seat === seat).map((k) => k.official);
  const keepers = of('keeper');
  const readers = keepers.length >= ENOUGH ? keepers : [...keepers, ...of('alternate')];
  return { readers, upward: readers.length < ENOUGH };
}
