import type { Category, CategoryTree } from './model.ts';
import type { LabelWords } from './proposal.ts';

/** A category and all above it, itself first. Empty when the tree does not have it. */
export function lineOf({ categories }: CategoryTree, id: string): Category[] {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const line: Category[] = [];
  for (let at = byId.get(id); at !== undefined; at = at.parent === undefined ? undefined : byId.get(at.parent))
    line.push(at);
  return line;
}

/** As a person reads it: 水利 › 农村饮水 › 水质. Empty when the tree does not have it. */
export const pathOf = (tree: CategoryTree, id: string): string =>
  lineOf(tree, id)
    .map(({ name }) => name)
    .toReversed()
    .join(' › ');

/**
 * What the tree itself says of each category a matter can be put into: its own words, all below it, and the names
 * above it, so that sisters stand together against strangers. Labels are the categories at the level asked for, and
 * those above it that end earlier.
 * @param level 1 to 3, counted from the top
 */
export function wordsOfTree(tree: CategoryTree, level: 1 | 2 | 3): LabelWords[] {
  const children = Map.groupBy(tree.categories, ({ parent }) => parent);
  const own = ({ name, words = [] }: Category) => [name, ...words];
  const below = (category: Category): string[] => [
    ...own(category),
    ...(children.get(category.id) ?? []).flatMap(below),
  ];

  const labels = (siblings: readonly Category[], at: number, above: readonly string[]): LabelWords[] =>
    siblings.flatMap((category) => {
      const inner = children.get(category.id) ?? [];
      if (at === level || inner.length === 0) return [{ label: category.id, words: [...above, ...below(category)] }];
      return labels(inner, at + 1, [...above, ...own(category)]);
    });
  return labels(children.get(undefined) ?? [], 1, []);
}
