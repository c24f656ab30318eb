import { z } from 'zod';

/**
 * The catalogue: into which categories matters fall, and which unit is competent for which (rows A7, C2).
 * Both are policy documents: a county publishes its own, dated and with a source. Here are only their shapes and
 * what makes one sound; a fault names the row and the field, as `categories.12.parent`.
 */

/**
 * Never reused and never changed, so that a matter of ten years ago still says what it was about. A child's id begins
 * with its parent's: all matters of a branch are found by one prefix.
 */
const CategoryId = z.string().regex(/^[0-9a-z][0-9a-z-]{0,39}$/, '类别编号只用小写字母、数字和短横线');

export const Category = z.object({
  id: CategoryId,
  name: z.string().trim().min(1).max(40),
  /** The category one level up; a first-level category has none. */
  parent: CategoryId.optional(),
  /** How residents speak of it: what proposals are made from before anything was decided. */
  words: z.array(z.string().trim().min(2).max(20)).max(60).optional(),
});
export type Category = z.infer<typeof Category>;

const DEEPEST = 3;

export const CategoryTree = z
  .object({ categories: z.array(Category).min(1).max(2_000) })
  .superRefine(({ categories }, context) => {
    const byId = new Map<string, Category>();
    const fault = (row: number, field: keyof Category, message: string) =>
      context.addIssue({ code: 'custom', path: ['categories', row, field], message });

    categories.forEach((category, row) => {
      if (byId.has(category.id)) fault(row, 'id', `类别编号“${category.id}”重复`);
      else byId.set(category.id, category);
    });
    const names = new Set<string>();
    categories.forEach(({ name, parent }, row) => {
      if (parent !== undefined && !byId.has(parent)) fault(row, 'parent', `上级类别“${parent}”不存在`);
      else if (depth(byId, categories[row]!) > DEEPEST) fault(row, 'parent', `类别最多三级，且不能以自己的下级为上级`);
      else if (parent !== undefined && !categories[row]!.id.startsWith(parent))
        fault(row, 'id', `下级类别的编号要以上级的“${parent}”开头`);
      const place = JSON.stringify([parent ?? null, name]);
      if (names.has(place)) fault(row, 'name', `同一上级下有两个“${name}”`);
      names.add(place);
    });
  });
export type CategoryTree = z.infer<typeof CategoryTree>;

/** Levels from the top; one more than the deepest allowed where parents go round in a circle. */
function depth(byId: ReadonlyMap<string, Category>, category: Category): number {
  let levels = 1;
  for (let at = category.parent; at !== undefined && levels <= DEEPEST; at = byId.get(at)?.parent) levels++;
  return levels;
}

/** The level of government that is responsible: each level answers for its own questions (ORG-13). */
export const RouteLevel = z.enum(['county', 'township', 'village']);
export type RouteLevel = z.infer<typeof RouteLevel>;

export const RoutingRule = z.object({
  category: CategoryId,
  level: RouteLevel,
  /** Only for matters in this area and what lies in it; everywhere when absent. */
  area: z.string().min(1).max(60).optional(),
  unit: z.object({
    /** A stable word for what kind of unit it is, as `water`: the organisation knows which unit that is here. */
    kind: z.string().regex(/^[a-z][a-z-]{0,39}$/, '单位类型只用小写字母和短横线'),
    name: z.string().trim().min(2).max(60),
  }),
});
export type RoutingRule = z.infer<typeof RoutingRule>;

export const RoutingCatalogue = z
  .object({ rules: z.array(RoutingRule).max(20_000) })
  .superRefine(({ rules }, context) => {
    const seen = new Set<string>();
    rules.forEach(({ category, level, area }, row) => {
      const place = JSON.stringify([category, level, area ?? null]);
      if (seen.has(place))
        context.addIssue({
          code: 'custom',
          path: ['rules', row, 'category'],
          message: `同一类别、层级和地区有两条规则`,
        });
      seen.add(place);
    });
  });
export type RoutingCatalogue = z.infer<typeof RoutingCatalogue>;

export interface Fault {
  /** As `rules.3.category`. */
  readonly field: string;
  readonly message: string;
}

/** Rules for categories the tree does not have: the two documents are published apart and may drift apart. */
export const strayRules = ({ categories }: CategoryTree, { rules }: RoutingCatalogue): Fault[] => {
  const known = new Set(categories.map(({ id }) => id));
  return rules.flatMap(({ category }, row) =>
    known.has(category) ? [] : [{ field: `rules.${row}.category`, message: `类别“${category}”不在类别树中` }],
  );
};
