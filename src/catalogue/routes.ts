import type { CategoryTree, RouteLevel, RoutingCatalogue, RoutingRule } from './model.ts';
import type { LabelWords } from './proposal.ts';
import { lineOf } from './tree.ts';

export interface Place {
  /** The level that should answer. */
  readonly level: RouteLevel;
  /** The area of the matter and all above it, nearest first. */
  readonly areas: readonly string[];
}

const UPWARD: readonly RouteLevel[] = ['village', 'township', 'county'];

/**
 * The rule that says which unit is competent. The special goes before the general: first the nearest category, then
 * the level asked for and those above it, then the nearest area. Nothing when no rule reaches the matter.
 */
export function findRoute(
  catalogue: RoutingCatalogue,
  tree: CategoryTree,
  category: string,
  place: Place,
): RoutingRule | undefined {
  const levels = UPWARD.slice(UPWARD.indexOf(place.level));
  for (const { id } of lineOf(tree, category)) {
    const rules = catalogue.rules.filter((rule) => rule.category === id);
    for (const level of levels) {
      for (const area of [...place.areas, undefined]) {
        const rule = rules.find((r) => r.level === level && r.area === area);
        if (rule !== undefined) return rule;
      }
    }
  }
  return undefined;
}

/** How a category is told to the learner of units: as a certain sign, with all above it. */
export const categoryTags = (tree: CategoryTree, category: string): string[] =>
  lineOf(tree, category).map(({ id }) => `category:${id}`);

/**
 * What the routing catalogue says of each kind of unit: its name and the categories it answers for, so that units
 * are proposed from the first day as the catalogue has it, and as the decisions have it later.
 */
export const wordsOfRoutes = ({ rules }: RoutingCatalogue): LabelWords[] =>
  [...Map.groupBy(rules, ({ unit }) => unit.kind)].map(([label, own]) => ({
    label,
    words: [...new Set(own.map(({ unit }) => unit.name))],
    tags: [...new Set(own.map(({ category }) => `category:${category}`))],
  }));
