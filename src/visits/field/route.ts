import { inOrder } from '../../language/in-order.ts';

/** What the list needs of a household to put it on the way. */
export interface Stop {
  readonly village: string | null;
  readonly grid: string | null;
  readonly address: string;
}

const where = ({ village, grid, address }: Stop): string[] => [village ?? '', grid ?? '', address];

/** The order of a walk: village by village, group by group, house after house. The distance itself is not known. */
export function alongTheWay(a: Stop, b: Stop): number {
  const [one, other] = [where(a), where(b)];
  return one.map((part, i) => inOrder(part, other[i]!)).find((order) => order !== 0) ?? 0;
}

/** Where a walk begins, chosen by hand: nobody's position is asked for. */
export interface Start {
  readonly village: string | null;
  readonly grid: string | null;
}

/**
 * The stops in the order of a walk that begins at a chosen group: its village first, its group first in it, then on the
 * way one goes, and last what lies before it. Without a start, the whole way from its beginning.
 */
export function walkFrom<S extends Stop>(stops: readonly S[], start: Start | undefined): S[] {
  const walk = stops.toSorted(alongTheWay);
  if (start === undefined) return walk;
  const villages = turned([...Map.groupBy(walk, (s) => s.village)], ([village]) => village === start.village);
  return villages.flatMap(([village, of]) =>
    village === start.village
      ? turned([...Map.groupBy(of, (s) => s.grid)], ([grid]) => grid === start.grid).flatMap(([, houses]) => houses)
      : of,
  );
}

/** The same round, begun elsewhere. */
function turned<T>(round: readonly T[], first: (item: T) => boolean): T[] {
  const at = Math.max(0, round.findIndex(first));
  return [...round.slice(at), ...round.slice(0, at)];
}

/** Whether an address names its group already: 水岸名居1栋 that of 第2网格（水岸名居）, 三组12号 that of 三组. */
export function isNamedIn(grid: string | null | undefined, address: string): boolean {
  if (grid === null || grid === undefined) return true;
  const short = /（(.+)）/.exec(grid)?.[1] ?? grid;
  return address.startsWith(short) || address.startsWith(grid);
}

/** The house alone, for a list that names the group above it. */
export function doorAlone({ grid, address }: Pick<Stop, 'grid' | 'address'>): string {
  const short = grid === null ? '' : (/（(.+)）/.exec(grid)?.[1] ?? grid);
  return short !== '' && address.startsWith(short) && address.length > short.length
    ? address.slice(short.length)
    : address;
}

/** The house as one says it in the village, with its group where the address does not name it. */
export const houseOf = ({ grid, address }: Stop): string => (isNamedIn(grid, address) ? address : `${grid} ${address}`);
