import type { Circumstance } from './circumstances.ts';
import type { Category } from './categories.ts';
import type { UnitKey } from './units.ts';
import type { Grade } from '../model.ts';

/** One kind of thing people come with, told by patterns with `{slots}`. */
export interface Story {
  readonly category: Category;
  readonly unit: UnitKey;
  /** Where a hurried clerk sends it by mistake. */
  readonly wrong?: readonly UnitKey[];
  readonly grade?: Grade;
  /** Where it happens; both when absent. */
  readonly where?: 'village' | 'town';
  /** Who tells it, where not anyone could. */
  readonly of?: readonly Circumstance[];
  /** Months of its season; outside it the story is told ten times less. */
  readonly months?: readonly number[];
  /** Told mostly in the two months before the lunar new year. */
  readonly newYear?: true;
  /** How common it is, 1 when absent. */
  readonly weight?: number;
  /** Words of its own for its own slots. */
  readonly slots?: Readonly<Record<string, readonly string[]>>;
  readonly subject: readonly string[];
  /** The resident's words. */
  readonly body: readonly string[];
  /** The handler's notes. */
  readonly progress: readonly string[];
  /** Answers when it could be done. */
  readonly answer: readonly string[];
  /** Answers when it cannot be done yet, is not permitted by policy, or has no ground; rare without. */
  readonly deferred?: readonly string[];
  readonly policy?: readonly string[];
  readonly unfounded?: readonly string[];
}
