import type { PolicyKind } from '../policy/model.ts';
import { DEFAULT_ROUTES } from './default-routes.ts';
import { DEFAULT_TREE } from './default-tree.ts';
import { CategoryTree, RoutingCatalogue } from './model.ts';

const SOURCE = '随系统提供的模板，由县里确认或修改';

export const cataloguePolicies: readonly PolicyKind[] = [
  { name: 'categories', title: '诉求分类', schema: CategoryTree, standard: { document: DEFAULT_TREE, source: SOURCE } },
  {
    name: 'routing',
    title: '派单目录',
    schema: RoutingCatalogue,
    standard: { document: DEFAULT_ROUTES, source: SOURCE },
  },
];
