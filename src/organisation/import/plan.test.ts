import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AreaState, AssignmentState, OfficialState, UnitState } from '../model.ts';
import { AssignmentRules } from '../model.ts';
import { organisationPolicies } from '../policies.ts';
import type { Draft } from './draft.ts';
import { type Cell, type SheetData, dayIn, letterOf } from './layout.ts';
import { type Known, type Plan, importOrganisation } from './plan.ts';
import { faultsFile, readSheets, templateFile } from './xlsx.ts';

const rules = AssignmentRules.parse(organisationPolicies[0]!.standard.document);
const nobody: Known = { areas: [], units: [], officials: [], assignments: [], households: [] };
const of = { county: 990101, actor: 'administrator', at: '2026-01-05T02:00:00.000Z', today: '2026-01-05' };
const plan = (sheets: readonly SheetData[], known: Known = nobody): Plan =>
  importOrganisation(sheets, known, rules, of);

/** The county as it is after a plan was carried out. */
function after(done: Plan, before: Known = nobody): Known {
  const all = [...done.additions, ...done.changes];
  const merge = <S>(record: string, was: readonly { id: string; state: S }[]) => {
    const changed = new Map(
      all.filter((d) => d.record === record).map((d) => [d.id, { id: d.id, state: d.state as S }]),
    );
    return [...was.filter((w) => !changed.has(w.id)), ...changed.values()];
  };
  return {
    areas: merge<AreaState>('area', before.areas),
    units: merge<UnitState>('unit', before.units),
    officials: merge<OfficialState>('official', before.officials),
    assignments: merge<AssignmentState>('assignment', before.assignments),
    households: before.households,
  };
}

const areaSheet = (...rows: Cell[][]): SheetData => ({
  sheet: '行政区划',
  data: [['区划代码', '名称', '上级代码', '级别', '类别'], ...rows],
});
const whole: SheetData[] = [
  areaSheet(
    // Children before parents: files are sorted as somebody liked.
    ['99010110120101', '第一网格', '990101101201', '网格', null],
    ['990101101201', '柳河村', '990101101', '村', null],
    ['990101101202', '北渠村', '990101101', '村', '村'],
    ['990101101', '柳河镇', '990101', '乡镇', '镇'],
    ['990101', '清河县', null, '县', '县'],
  ),
  {
    sheet: '单位',
    data: [
      ['全县单位一览表'],
      ['单位代码', '单位名称', '上级单位', '类别', '服务区域', '负责人'],
      ['S01', '水利股', 'W01', '内设机构', '清河县', null],
      ['W01', '水利局', null, '部门', '990101', '陈涛'],
      ['T01', '柳河镇人民政府', null, '乡镇政府', '柳河镇', null],
    ],
  },
  {
    sheet: '干部',
    data: [
      ['姓名', '单位', '职务', '工作电话', '角色', '区域'],
      ['陈涛', '水利局', '局长', '19000000001', '承办人', null],
      ['王建军', 'T01', '干事', '19000000002', '驻村干部', '柳河镇/柳河村'],
      ['王建军', 'T01', '干事', '19000000002', '受理员', '柳河镇'],
    ],
  },
  {
    sheet: '包联',
    data: [
      ['干部', '电话', '类型', '村/户', '角色', '起', '止'],
      ['王建军', null, '包村', '柳河村', '综合联村干部', '2026年1月1日', null],
      ['陈涛', null, '部门包村', '990101101202', '部门包村', new Date('2025-06-01T00:00:00Z'), null],
      ['王建军', null, '包村', '北渠村', '总负责', '2024-01-01', '2025-12-31'],
    ],
  },
];
const stateOf = <S>(done: Plan, record: string, fits: (s: S) => boolean) =>
  done.additions.find((d) => d.record === record && fits(d.state as S)) as Draft<S> | undefined;

describe('importing an organisation', () => {
  const first = plan(whole);

  test('[A1] a file in the accustomed layout is taken whole, whatever its order', () => {
    expect(first.faults).toEqual([]);
    expect(first.counts).toMatchObject({
      areas: { added: 5 },
      units: { added: 3 },
      officials: { added: 2 },
      assignments: { added: 3 },
    });
    const grid = stateOf<AreaState>(first, 'area', (s) => s.level === 'grid')!;
    expect(grid.state.above).toHaveLength(3);
    const water = stateOf<UnitState>(first, 'unit', (s) => s.name === '水利局')!;
    const chen = stateOf<OfficialState>(first, 'official', (s) => s.name === '陈涛')!;
    expect(water.state.head).toBe(chen.id);
    expect(stateOf<OfficialState>(first, 'official', (s) => s.name === '王建军')!.state.posts).toHaveLength(2);
    const taken = stateOf<AssignmentState>(first, 'assignment', (s) => s.type === 'department')!;
    expect(taken.state).toMatchObject({ unit: water.id, since: '2025-06-01', lockedUntil: '2028-06-01' });
  });

  test('[A1] importing the same file twice changes nothing', () => {
    const second = plan(whole, after(first));
    expect(second.faults).toEqual([]);
    expect(second.additions).toEqual([]);
    expect(second.changes).toEqual([]);
  });

  test('[A1] a changed name is a rename of the same place and the same unit', () => {
    const renamed = whole
      .map((s) => ({
        ...s,
        data: s.data.map((row) =>
          row.map((c) =>
            c === '北渠村' && s.sheet === '行政区划' ? '新渠村' : c === '水利局' && s.sheet === '单位' ? '水务局' : c,
          ),
        ),
      }))
      .slice(0, 2);
    const second = plan(renamed, after(first));
    expect(second.faults).toEqual([]);
    expect(second.additions).toEqual([]);
    expect(second.changes.map((d) => d.commands)).toEqual([
      [{ kind: 'area.rename', name: '新渠村', type: '村' }],
      [{ kind: 'unit.rename', name: '水务局' }],
    ]);
  });

  test('[A1] a bad row is reported at its cell with the mend, and the good rows are taken', () => {
    const done = plan([
      areaSheet(
        ['990101', '清河县', null, null, null],
        ['990101101', '柳河镇', '990101', '村', null],
        ['990101102', '城关镇', '990101', null, null],
        ['990101102', '东关镇', '990101', null, null],
        ['990101103', '城关镇', '990101', null, null],
        ['990101104', null, '990101', null, null],
        ['990101101201', '柳河村', '990101101', null, null],
        ['990101105', '北渠镇', '880000', null, null],
      ),
      {
        sheet: '干部',
        data: [
          ['姓名', '单位'],
          ['王建军', '没有的局'],
        ],
      },
    ]);
    expect(done.additions).toHaveLength(2);
    expect(done.faults.map((f) => [f.sheet, f.row, f.column.letter, f.column.header, f.value])).toEqual([
      ['干部', 2, 'B', '单位', '没有的局'],
      ['行政区划', 3, 'D', '级别', '村'],
      ['行政区划', 5, 'A', '区划代码', '990101102'],
      ['行政区划', 6, 'B', '名称', '城关镇'],
      ['行政区划', 7, 'B', '名称', ''],
      ['行政区划', 8, 'C', '上级代码', '990101101'],
      ['行政区划', 9, 'C', '上级代码', '880000'],
    ]);
    for (const fault of done.faults) expect(fault.message).toMatch(/^[^a-z]*[。]$/);
  });

  test('[A1] a missing column is named', () => {
    const done = plan([
      {
        sheet: '单位',
        data: [
          ['单位名称', '类别'],
          ['水利局', '部门'],
        ],
      },
    ]);
    expect(done.faults.map((f) => f.message)).toEqual(['缺少“服务区域”一列，请按模板补上。']);
  });

  test('[A1] whatever stands in the cells, each row is taken, known or reported, and never thrown at', () => {
    const cell = fc.oneof(
      fc.constantFrom('1', '2', '3', '清河县', '柳河镇', '柳河村', '县', '镇', '村', '网格', '', '/'),
      fc.string({ maxLength: 70 }),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 5, maxLength: 5 }), { maxLength: 12 }), (rows) => {
        const done = plan([areaSheet(...rows)]);
        const { rows: all, added, changed, faulty } = done.counts.areas;
        expect(changed).toBe(0);
        expect(added + faulty).toBe(all);
        const again = plan([areaSheet(...rows)], after(done));
        expect(again.additions).toEqual([]);
        expect(again.changes).toEqual([]);
      }),
    );
  });

  test('[A1] two people of one name in one unit are told apart by staff number, not guessed', () => {
    const sheet: SheetData = {
      sheet: '干部',
      data: [
        ['姓名', '单位', '工作电话'],
        ['李明', 'W01', '19000000005'],
        ['李明', 'W01', '19000000006'],
      ],
    };
    const done = plan([...whole.slice(0, 2), sheet]);
    expect(done.faults.filter((f) => f.sheet === '干部').map((f) => f.column.header)).toEqual(['工作电话']);
  });
});

describe('the files', () => {
  test('[A1] the template is read back with every column and no row', async () => {
    const sheets = (await readSheets(await templateFile()))!;
    const done = plan(sheets);
    expect(done.faults).toEqual([]);
    expect(done.counts).toMatchObject({
      areas: { rows: 0 },
      units: { rows: 0 },
      officials: { rows: 0 },
      assignments: { rows: 0 },
    });
  });

  test('[A1] the report holds the bad rows only, and mended it can be imported', async () => {
    const bad = [areaSheet(['990101', '清河县', null, null, null], ['990101101', '柳河镇', '990101', '村', null])];
    const report = (await readSheets(await faultsFile(bad, plan(bad).faults)))!;
    expect(report).toHaveLength(1);
    expect(report[0]!.data[1]).toEqual([
      '990101101',
      '柳河镇',
      '990101',
      '村',
      null,
      '3',
      '级别：按上级代码推定是乡镇一级，请核对级别或上级代码。',
    ]);
    const mended = [{ ...report[0]!, data: report[0]!.data.map((row, i) => (i === 1 ? row.with(3, '乡镇') : row)) }];
    const done = plan(mended, after(plan(bad)));
    expect(done.faults).toEqual([]);
    expect(done.additions).toHaveLength(1);
  });

  test('a file that is no xlsx is not read', async () => {
    expect(await readSheets(Buffer.from('区划代码,名称'))).toBeUndefined();
  });
});

test('days as people write them', () => {
  expect(['2026-1-5', '2026/01/05', '2026.1.5', '2026年1月5日'].map(dayIn)).toEqual(Array(4).fill('2026-01-05'));
  expect(['2026-2-30', '昨天', '26-1-1'].map(dayIn)).toEqual([undefined, undefined, undefined]);
});

test('columns are lettered as a spreadsheet letters them', () => {
  expect([0, 25, 26, 701, 702].map(letterOf)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
});
