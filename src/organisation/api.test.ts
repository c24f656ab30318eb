import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { readSheets } from './import/xlsx.ts';

let county: TestCounty;
let admin: Client;
let clerk: Client;
beforeAll(async () => {
  county = await startCounty();
  admin = await county.as('administrator');
  clerk = await county.as('clerk');
});
afterAll(() => county.stop());

const post = async (path: string, body: object) => {
  const answer = await admin.post(path, body);
  expect(answer.body).toMatchObject({ accepted: true });
  return answer.body;
};
/** Takes the last change back by what the answer says. */
const undo = (base: string, id: string, answer: { told: { undo: { kind: string } } }) => {
  const { kind, ...fields } = answer.told.undo;
  return post(`${base}/${id}/${kind.slice(kind.indexOf('.') + 1)}`, fields);
};

describe('areas', () => {
  test('[A1] the tree is read one level at a time, with counts', async () => {
    const roots = await clerk.get('/api/areas');
    expect(roots.body.areas.map((a: { name: string }) => a.name)).toEqual(['清河县']);
    const { body } = await clerk.get(`/api/areas?parent=${county.places.liuhe}`);
    expect(body.areas).toMatchObject([
      { name: '柳河村', below: 1, officials: 1 },
      { name: '北渠村', below: 1 },
    ]);
  });

  test('[A1] an area has exactly one path, and is found by name, pinyin and initials', async () => {
    const { body } = await clerk.get(`/api/areas/${county.places.grid}`);
    expect(body.path.map((p: { name: string }) => p.name)).toEqual(['清河县', '柳河镇', '柳河村', '柳河村第一网格']);
    for (const q of ['柳河村', 'liuhecun', 'lhc', 'LHC', '河村']) {
      const found = await clerk.get(`/api/areas/search?q=${encodeURIComponent(q)}`);
      expect(found.body.areas[0]).toMatchObject({ id: county.places.village, within: '清河县 / 柳河镇' });
    }
    expect((await clerk.get('/api/areas/search?q=%25')).body.areas).toEqual([]);
  });

  test('[A1] added, renamed, closed, and each taken back', async () => {
    const id = county.newId();
    await post(`/api/areas/${id}/add`, { parent: county.places.liuhe, type: '村', name: '新村', code: '990101101299' });
    const renamed = await post(`/api/areas/${id}/rename`, { name: '新庄村' });
    await undo('/api/areas', id, renamed);
    const closed = await post(`/api/areas/${id}/close`, {});
    expect((await clerk.get(`/api/areas/${id}`)).body).toMatchObject({ name: '新村', closed: true });
    await undo('/api/areas', id, closed);
    expect((await clerk.get(`/api/areas/${id}`)).body).toMatchObject({ name: '新村', closed: false });
  });

  test('[A1] moving a village takes its grids along', async () => {
    const [village, grid] = [county.newId(), county.newId()];
    await post(`/api/areas/${village}/add`, { parent: county.places.liuhe, type: '村', name: '移动村', code: 'm1' });
    await post(`/api/areas/${grid}/add`, { parent: village, type: '网格', name: '第一网格', code: 'm2' });
    const moved = await post(`/api/areas/${village}/move`, { parent: county.places.chengguan });
    expect(moved.moved).toBe(1);
    const path = async () => (await clerk.get(`/api/areas/${grid}`)).body.path.map((p: { name: string }) => p.name);
    expect(await path()).toEqual(['清河县', '城关镇', '移动村', '第一网格']);
    await undo('/api/areas', village, moved);
    expect(await path()).toEqual(['清河县', '柳河镇', '移动村', '第一网格']);
    const wrong = await admin.post(`/api/areas/${grid}/move`, { parent: county.places.liuhe });
    expect(wrong).toMatchObject({ status: 422, body: { refused: 'area.wrong-level', field: 'parent' } });
  });

  test('[A1] two writers cannot both take a name', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        admin.post(`/api/areas/${county.newId()}/add`, {
          parent: county.places.liuhe,
          type: '村',
          name: '抢名村',
          code: `race${n}`,
        }),
      ),
    );
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    expect(answers.filter((a) => a.body.refused === 'area.name-taken')).toHaveLength(3);
  });

  test('[A1] only an administrator changes the tree, and sees that they may', async () => {
    expect((await clerk.post(`/api/areas/${county.places.village}/rename`, { name: '别的村' })).status).toBe(404);
    expect((await clerk.get(`/api/areas/${county.places.village}`)).body.can).toEqual([]);
    expect((await admin.get(`/api/areas/${county.places.village}`)).body.can).toContain('area.rename');
    expect((await (await county.as()).get('/api/areas')).status).toBe(401);
  });
});

describe('units and officials', () => {
  test('[A1] a section stands below its unit, and a unit never below itself', async () => {
    const section = county.newId();
    const { water } = county.units;
    await post(`/api/units/${section}/add`, { parent: water, type: 'section', name: '水利股', area: county.root });
    expect((await clerk.get(`/api/units?parent=${water}`)).body.units).toMatchObject([
      { name: '水利股', shortName: '水利股' },
    ]);
    const circle = await admin.post(`/api/units/${water}/move`, { parent: section, area: county.root });
    expect(circle.body).toMatchObject({ refused: 'unit.circle', field: 'parent' });
    expect((await clerk.get(`/api/units/search?q=slj`)).body.units).toMatchObject([{ id: water, name: '水利局' }]);
    expect((await clerk.get(`/api/units/${water}`)).body).toMatchObject({ head: { name: '陈局' }, below: 1 });
  });

  test('[A1] an official is registered, given a post, and each step is taken back', async () => {
    const id = county.newId();
    await post(`/api/officials/${id}/register`, {
      name: '曾小红',
      title: '干事',
      unit: county.units.liuhe,
      phone: '19000000077',
    });
    const given = await post(`/api/officials/${id}/give-post`, {
      role: 'clerk',
      unit: county.units.liuhe,
      area: county.places.liuhe,
      title: '',
      since: '2026-01-01',
    });
    await undo('/api/officials', id, given);
    const amended = await post(`/api/officials/${id}/amend`, { title: '副镇长' });
    await undo('/api/officials', id, amended);
    const { body } = await clerk.get(`/api/officials/${id}`);
    expect(body).toMatchObject({ title: '干事', posts: [{ role: 'clerk', until: '2025-12-31' }] });
    expect((await clerk.get('/api/officials/search?q=zengxh')).body.officials).toEqual([]);
    expect((await clerk.get('/api/officials/search?q=zengxiao')).body.officials).toMatchObject([{ id }]);
    const listed = await clerk.get(`/api/officials?unit=${county.units.liuhe}`);
    expect(listed.body.officials.map((o: { id: string }) => o.id)).toContain(id);
  });
});

describe('assignments', () => {
  test('[A3] a township head binds officials to their own villages only', async () => {
    const head = await county.as('head');
    const make = (area: string) => ({
      official: county.id('otherfield'),
      type: 'village',
      area,
      household: null,
      unit: null,
      role: '总负责',
      since: '2026-01-01',
    });
    expect((await head.post(`/api/assignments/${county.newId()}/make`, make(county.places.farVillage))).status).toBe(
      404,
    );
    const id = county.newId();
    expect((await head.post(`/api/assignments/${id}/make`, make(county.places.village))).body).toMatchObject({
      accepted: true,
    });
    expect((await head.post(`/api/assignments/${county.newId()}/make`, make(county.places.village))).body.refused).toBe(
      'assignment.doubled',
    );
    expect((await head.get(`/api/assignments/${id}`)).body).toMatchObject({ role: '总负责', can: ['assignment.end'] });
    const ended = await head.post(`/api/assignments/${id}/end`, { until: '2026-02-01' });
    expect(ended.body.told.undo).toMatchObject({ kind: 'assignment.make', role: '总负责' });
    await undo('/api/assignments', id, ended.body);
  });

  test('[A3] a department takes on three villages at most and stays three years', async () => {
    const make = (area: string) => ({
      official: county.id('handler'),
      type: 'department',
      area,
      household: null,
      unit: county.units.water,
      role: '部门包村',
      since: '2026-01-01',
    });
    const id = county.newId();
    await post(`/api/assignments/${id}/make`, make(county.places.village));
    const locked = await admin.post(`/api/assignments/${id}/end`, { until: '2027-01-01' });
    expect(locked).toMatchObject({ status: 422, body: { refused: 'assignment.locked', field: 'reason' } });
    const detail = await clerk.get(`/api/assignments?unit=${county.units.water}`);
    expect(detail.body.assignments).toMatchObject([{ lockedUntil: '2029-01-01', areaName: '柳河村' }]);
  });

  test('[A3] coverage says what is missing out of how many, and where', async () => {
    const { body } = await clerk.get('/api/coverage?day=2026-06-15');
    const checks = Object.fromEntries(body.checks.map((c: { code: string }) => [c.code, c]));
    expect(checks['village-lead'].missing).toBe(checks['village-lead'].total - 1);
    expect(checks['department-villages']).toMatchObject({ total: 3, missing: 3 });
    const gaps = await clerk.get(`/api/coverage/village-links?area=${county.places.chengguan}&day=2026-06-15`);
    expect(gaps.body.gaps).toMatchObject([
      { name: '东关社区', within: '城关镇', detail: '总负责、管片副职、党建联村干部' },
    ]);
  });
});

describe('cards and boards', () => {
  test('[A4] a card leads to a request addressed to its official', async () => {
    const { body } = await clerk.get(`/api/officials/${county.id('field')}/card`);
    expect(body).toMatchObject({
      name: '王建军',
      unit: '柳河镇人民政府',
      villages: ['柳河村'],
      link: `http://localhost:8080/card/${county.id('field')}`,
    });
    expect(body.qr).toMatch(/^<svg/);
    const anyone = await (await county.as()).get(`/api/cards/${county.id('field')}`);
    expect(anyone.body).toEqual({
      official: county.id('field'),
      name: '王建军',
      title: '',
      unit: '柳河镇人民政府',
      phone: '19000000001',
      photo: null,
      villages: ['柳河村'],
    });
    expect((await (await county.as()).get(`/api/cards/${county.newId()}`)).status).toBe(404);
  });

  test('[A4] the board shows the four links, and a gap as a gap', async () => {
    const { body } = await clerk.get(`/api/areas/${county.places.village}/board`);
    expect(body.links.map((l: { title: string }) => l.title)).toEqual([
      '联村主要领导',
      '联片副职',
      '综合联村干部',
      '党建联村干部',
    ]);
    expect(body.links[2].people).toMatchObject([{ name: '王建军' }]);
    expect(body.links[3].people).toEqual([]);
    expect((await clerk.get(`/api/areas/${county.places.liuhe}/board`)).status).toBe(404);
  });

  test('[A4] card, cards, board and plate print from the same data, and names are written as text', async () => {
    const id = county.newId();
    await post(`/api/officials/${id}/register`, {
      name: '<b>粗体</b>',
      title: '',
      unit: county.units.works,
      phone: '',
    });
    for (const path of [
      `card/${county.id('field')}`,
      `cards?area=${county.places.liuhe}`,
      `board/${county.places.village}`,
      `plate/${county.units.liuhe}`,
    ]) {
      const { status, body, headers } = await clerk.get(`/print/${path}`);
      expect([path, status, headers.get('content-type')]).toEqual([path, 200, 'text/html; charset=utf-8']);
      expect(body).toContain('王建军');
      expect(body).toContain('<svg');
      expect(body).toContain('@page');
    }
    const plate = await clerk.get(`/print/plate/${county.units.works}`);
    expect(plate.body).toContain('&lt;b&gt;粗体');
    expect(plate.body).not.toContain('<b>粗体');
  });
});

describe('import', () => {
  const send = async (
    client: Client,
    path: string,
    sheets: { sheet: string; data: (string | null)[][] }[],
    fields: Record<string, string> = {},
  ) => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(await writeXlsxFile(sheets).toBuffer())], '组织机构.xlsx'));
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return await client.send('POST', path, { body: form });
  };
  const sheets = [
    {
      sheet: '行政区划',
      data: [
        ['区划代码', '名称', '上级代码', '级别', '类别'],
        ['990101103', '东河镇', '990101', '乡镇', null],
        ['990101103201', '东河村', '990101103', '村', null],
        ['990101104', '柳河镇', '990101', null, null],
      ],
    },
    {
      sheet: '单位',
      data: [
        ['单位名称', '类别', '服务区域'],
        ['东河镇人民政府', '乡镇政府', '东河镇'],
      ],
    },
    {
      sheet: '干部',
      data: [
        ['姓名', '单位', '工作电话', '角色', '区域'],
        ['郝爱民', '东河镇人民政府', '19000000088', '驻村干部', '东河镇/东河村'],
      ],
    },
    {
      sheet: '包联',
      data: [
        ['干部', '类型', '村/户', '角色', '起'],
        ['郝爱民', '包村', '东河村', '总负责', '2026-01-01'],
      ],
    },
  ];

  test('[A1] tried first, then taken, then the same again changes nothing', async () => {
    const tried = await send(admin, '/api/organisation/import', sheets, { dryRun: 'true' });
    expect(tried.body).toMatchObject({
      done: false,
      faultCount: 1,
      counts: { areas: { rows: 3, added: 2, faulty: 1 }, assignments: { added: 1 } },
    });
    expect((await clerk.get('/api/areas/search?q=dhz')).body.areas).toEqual([]);

    const taken = await send(admin, '/api/organisation/import', sheets);
    expect(taken.body.faults).toMatchObject([
      { sheet: '行政区划', row: 4, column: { letter: 'B', header: '名称' }, value: '柳河镇' },
    ]);
    const [hit] = (await clerk.get('/api/officials/search?q=ham')).body.officials;
    const { body } = await clerk.get(`/api/officials/${hit.id}`);
    expect(body).toMatchObject({
      posts: [{ areaName: '东河村' }],
      assignments: [{ areaName: '东河村', role: '总负责' }],
    });

    const again = await send(admin, '/api/organisation/import', sheets);
    for (const count of Object.values(again.body.counts)) expect(count).toMatchObject({ added: 0, changed: 0 });
  });

  test('[A1] a changed name becomes a rename through the ledger', async () => {
    const renamed = [
      { ...sheets[0]!, data: sheets[0]!.data.map((row) => row.map((c) => (c === '东河村' ? '东湖村' : c))) },
    ];
    expect((await send(admin, '/api/organisation/import', renamed)).body.counts.areas).toMatchObject({
      added: 0,
      changed: 1,
    });
    expect((await clerk.get('/api/areas/search?q=东湖村')).body.areas).toHaveLength(1);
  });

  test('[A1] the report file holds the bad rows, and the template opens', async () => {
    const report = await send(admin, '/api/organisation/import/report', sheets);
    const read = (await readSheets(Buffer.from(report.body)))!;
    expect(read.map((s) => [s.sheet, s.data.length])).toEqual([['行政区划', 2]]);
    expect(await readSheets(Buffer.from((await admin.get('/api/organisation/template')).body))).toHaveLength(5);
  });

  test('[A1] what is no xlsx, or nobody may import, is refused', async () => {
    const form = new FormData();
    form.set('file', new File(['区划代码'], 'a.csv'));
    expect((await admin.send('POST', '/api/organisation/import', { body: form })).body.refused).toBe('import.not-xlsx');
    expect((await admin.send('POST', '/api/organisation/import', { body: new FormData() })).body.refused).toBe(
      'import.no-file',
    );
    expect((await send(clerk, '/api/organisation/import', sheets)).status).toBe(404);
  });
});

test('[A1] the read tables are the fold of the ledger', async () => {
  const { rebuild, fingerprint } = await import('../ledger/rebuild.ts');
  const { pool } = county.database;
  const before = await fingerprint(pool, county.ledger, county.county);
  await rebuild(pool, county.ledger, county.county, await county.system.policies(county.county));
  expect(await fingerprint(pool, county.ledger, county.county)).toEqual(before);
});
