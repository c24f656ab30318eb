import type { CategoryTree } from '../catalogue/model.ts';
import type { Desk } from '../contract/route.ts';

export interface Categories {
  /** A category's own name; a name taken over from outside stands for itself. */
  name(id: string): string;
  /** As a person reads it, from the top: 城乡建设 › 市政道路. */
  path(id: string): string;
  /** Each category and the first-level one above it, side by side, as SQL takes them. */
  readonly ids: readonly string[];
  readonly tops: readonly string[];
}

/** The county's category tree, as figures read it: made once for each tree. */
export function categoriesOf(desk: Desk): Categories {
  const tree = desk.policies.get<CategoryTree>('categories');
  let made = read.get(tree);
  if (made === undefined) read.set(tree, (made = readTree(tree)));
  return made;
}
const read = new WeakMap<CategoryTree, Categories>();

function readTree({ categories }: CategoryTree): Categories {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const line = (id: string): string[] => {
    const found = byId.get(id);
    return found === undefined ? [] : [...(found.parent === undefined ? [] : line(found.parent)), id];
  };
  const name = (id: string): string => byId.get(id)?.name ?? id;
  const paths = new Map(categories.map(({ id }) => [id, line(id).map(name).join(' › ')]));
  return {
    name,
    path: (id) => paths.get(id) ?? id,
    ids: categories.map(({ id }) => id),
    tops: categories.map(({ id }) => line(id)[0]!),
  };
}
