import { describe, expect, test } from 'vitest';
import { DEFAULT_ROUTES } from './default-routes.ts';
import { DEFAULT_TREE } from './default-tree.ts';
import { CategoryTree, RoutingCatalogue, strayRules } from './model.ts';
import { findRoute } from './routes.ts';
import { pathOf, wordsOfTree } from './tree.ts';

const faults = (shape: typeof CategoryTree | typeof RoutingCatalogue, value: unknown) =>
  shape.safeParse(value).error?.issues.map(({ path, message }) => `${path.join('.')}：${message}`) ?? [];

describe('a category tree', () => {
  test('[C2] names the row and the field at fault', () => {
    const categories = [
      { id: '1', name: '水利' },
      { id: '1', name: '交通' },
      { id: '2', name: '饮水', parent: '9' },
      { id: '3', name: '水利' },
      { id: '4', name: '环', parent: '5' },
      { id: '5', name: '环', parent: '4' },
    ];
    expect(faults(CategoryTree, { categories })).toEqual([
      'categories.1.id：类别编号“1”重复',
      'categories.2.parent：上级类别“9”不存在',
      'categories.3.name：同一上级下有两个“水利”',
      'categories.4.parent：类别最多三级，且不能以自己的下级为上级',
      'categories.5.parent：类别最多三级，且不能以自己的下级为上级',
    ]);
  });

  test('[C2] has three levels and no fourth', () => {
    const chain = ['a', 'ab', 'abc', 'abcd'].map((id, i, all) => ({
      id,
      name: id,
      ...(i > 0 && { parent: all[i - 1] }),
    }));
    expect(faults(CategoryTree, { categories: chain.slice(0, 3) })).toEqual([]);
    expect(faults(CategoryTree, { categories: chain })).toEqual([
      'categories.3.parent：类别最多三级，且不能以自己的下级为上级',
    ]);
  });

  test('[C2] keeps a branch under one prefix', () => {
    const categories = [
      { id: '1', name: '水利' },
      { id: '21', name: '饮水', parent: '1' },
    ];
    expect(faults(CategoryTree, { categories })).toEqual(['categories.1.id：下级类别的编号要以上级的“1”开头']);
  });

  test('[C2] stands before a county publishes its own, sound and whole', () => {
    expect(faults(CategoryTree, DEFAULT_TREE)).toEqual([]);
    const at = (length: number) => DEFAULT_TREE.categories.filter(({ id }) => id.length === length).length;
    expect([at(2), at(4), at(6)]).toEqual([15, 94, 275]);
    expect(pathOf(DEFAULT_TREE, '030102')).toBe('水利 › 农村饮水 › 饮水水质');
    expect(pathOf(DEFAULT_TREE, 'nowhere')).toBe('');
  });

  test('[C2] tells the learner of each category its own words, those below it and the names above it', () => {
    const tree: CategoryTree = {
      categories: [
        { id: '1', name: '水利', words: ['水渠'] },
        { id: '11', name: '饮水', parent: '1' },
        { id: '111', name: '水质', parent: '11', words: ['发黄'] },
        { id: '2', name: '其他' },
      ],
    };
    const other = { label: '2', words: ['其他'] };
    expect(wordsOfTree(tree, 1)).toEqual([{ label: '1', words: ['水利', '水渠', '饮水', '水质', '发黄'] }, other]);
    expect(wordsOfTree(tree, 2)).toEqual([{ label: '11', words: ['水利', '水渠', '饮水', '水质', '发黄'] }, other]);
    expect(wordsOfTree(tree, 3)).toEqual([{ label: '111', words: ['水利', '水渠', '饮水', '水质', '发黄'] }, other]);
  });
});

describe('a routing catalogue', () => {
  const unit = (kind: string) => ({ kind, name: `${kind} 局` });

  test('[C2] names the row of a rule said twice, and of one for a category the tree does not have', () => {
    const rules = [
      { category: '03', level: 'county' as const, unit: unit('water') },
      { category: '03', level: 'county' as const, unit: unit('land') },
      { category: '99', level: 'county' as const, area: 'hill', unit: unit('land') },
    ];
    expect(faults(RoutingCatalogue, { rules })).toEqual(['rules.1.category：同一类别、层级和地区有两条规则']);
    expect(strayRules(DEFAULT_TREE, { rules })).toEqual([
      { field: 'rules.2.category', message: '类别“99”不在类别树中' },
    ]);
  });

  test('[C2] answers with the nearest category, then the nearest level, then the nearest area', () => {
    const catalogue: RoutingCatalogue = {
      rules: [
        { category: '03', level: 'county', unit: unit('water') },
        { category: '0301', level: 'township', unit: unit('township') },
        { category: '0301', level: 'township', area: 'hill', unit: unit('station') },
        { category: '030102', level: 'county', unit: unit('health') },
      ],
    };
    const kind = (category: string, level: 'county' | 'township' | 'village', ...areas: string[]) =>
      findRoute(catalogue, DEFAULT_TREE, category, { level, areas })?.unit.kind;
    expect(kind('030202', 'village')).toBe('water');
    expect(kind('0301', 'county', 'hill')).toBe('water');
    expect(kind('030101', 'village', 'plain')).toBe('township');
    expect(kind('030101', 'village', 'grid', 'hill')).toBe('station');
    expect(kind('030102', 'village', 'hill')).toBe('health');
    expect(kind('0401', 'county')).toBeUndefined();
  });

  test('[C2] has, as it ships, a county unit for every category', () => {
    expect(faults(RoutingCatalogue, DEFAULT_ROUTES)).toEqual([]);
    expect(strayRules(DEFAULT_TREE, DEFAULT_ROUTES)).toEqual([]);
    const lost = DEFAULT_TREE.categories.filter(
      ({ id }) => findRoute(DEFAULT_ROUTES, DEFAULT_TREE, id, { level: 'county', areas: [] }) === undefined,
    );
    expect(lost).toEqual([]);
    const kindOf = (id: string) =>
      findRoute(DEFAULT_ROUTES, DEFAULT_TREE, id, { level: 'county', areas: [] })?.unit.kind;
    expect(['030102', '050401', '090301', '040401', '130301'].map(kindOf)).toEqual([
      'water',
      'insurance',
      'gas',
      'traffic',
      'police',
    ]);
  });
});
