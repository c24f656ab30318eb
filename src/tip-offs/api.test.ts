import fc from 'fast-check';
import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountStream } from '../accounts/model.ts';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf, newId } from '../ledger/ids.ts';
import { rebuild } from '../ledger/rebuild.ts';
import { readersOf } from './conflict.ts';
import { tipOffs } from './rules.ts';
import { circleStream } from './tables.ts';

let county: TestCounty;
let leader: Client;
let anyone: Client;
/** Three of discipline inspection, and one of them who sits in the water bureau as well. */
let first: Client;
let second: Client;
let third: Client;
let water: Client;
let commission: string;
const WORDS = '三组清淤的钱领了两回，工只干了一回，名单上有人没来过。';
const NAME = '程默言';
const PHONE = '13611112222';

beforeAll(async () => {
  county = await startCounty();
  [leader, anyone] = await Promise.all([county.as('leader'), county.as()]);
  commission = idOf('unit', 'commission');
  await county.give('unit', commission, {
    kind: 'unit.add',
    parent: null,
    type: 'department',
    name: '县纪委监委',
    area: county.places.root,
  });
  const inspector = async (key: string, name: string, unit: string, role = 'inspector') => {
    const id = idOf('official', key);
    await county.give('official', id, { kind: 'official.register', name, title: '', unit, phone: '19000000001' });
    await county.give('official', id, {
      kind: 'official.give-post',
      role,
      unit,
      area: county.places.root,
      title: '',
      since: '2025-01-01',
    });
    await county.give('account', accountStream(id), {
      kind: 'account.open',
      official: id,
      login: key,
      hash: '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
      mustChange: false,
    });
    county.people.set(key, id);
    return await county.as(key);
  };
  first = await inspector('tipone', '顾长河', commission);
  second = await inspector('tiptwo', '柯明远', commission);
  third = await inspector('tipthree', '段思齐', county.units.works);
  water = await inspector('tipwater', '闵向东', county.units.water);
  const circle = circleStream(county.county);
  const propose = (key: string, seat = 'keeper') =>
    leader.post(`/api/tip-circle/${circle}/propose`, { official: county.id(key), seat, reason: '分管信访举报' });
  const confirm = (by: Client, key: string) =>
    by.post(`/api/tip-circle/${circle}/confirm`, { official: county.id(key) });
  // Whoever runs the system is not fit, nobody confirms what they proposed or themselves.
  expect((await propose('administrator')).body.refused).toBe('tip-circle.unfit');
  expect((await propose('handler')).body.refused).toBe('tip-circle.unfit');
  await done(propose('tipone'));
  expect((await confirm(leader, 'tipone')).body.refused).toBe('tip-circle.alone');
  expect((await confirm(first, 'tipone')).body.refused).toBe('tip-circle.alone');
  expect((await confirm(await county.as('administrator'), 'tipone')).status).toBe(404);
  await done(confirm(second, 'tipone'));
  for (const key of ['tiptwo', 'tipwater']) {
    await done(propose(key));
    await done(confirm(first, key));
  }
  await done(propose('tipthree', 'alternate'));
  await done(confirm(second, 'tipthree'));
});
afterAll(() => county.stop());

const filed = async (more: object = {}) => {
  const id = newId();
  const { body } = await done(
    anyone.post(`/api/tip-offs/${id}/file`, {
      about: '水利局 李强',
      words: WORDS,
      class: 'benefit-funds',
      name: NAME,
      phone: PHONE,
      ...more,
    }),
  );
  return {
    id,
    number: body.told.number as string,
    code: body.told.code as string,
    upward: body.told.upward as boolean,
  };
};
const read = (by: Client, id: string) => by.get(`/api/tip-offs/${id}`);
const sees = async (by: Client, id: string): Promise<boolean> => {
  const [page, list] = [await read(by, id), await by.get('/api/tip-offs')];
  const listed = list.status === 200 && list.body.rows.some((r: { id: string }) => r.id === id);
  expect(page.status === 200).toBe(listed);
  return listed;
};
const everyRole = [
  'field',
  'clerk',
  'countyclerk',
  'handler',
  'waterhead',
  'head',
  'leader',
  'inspector',
  'administrator',
  'auditor',
];

test('[I7] only the named few who are free of it see a tip-off: no post, no administrator, nobody complained of, nor their unit', async () => {
  const { id } = await filed();
  expect(await sees(first, id)).toBe(true);
  expect(await sees(second, id)).toBe(true);
  // The water bureau is named: its own inspector sees nothing; the alternate is not needed.
  expect(await sees(water, id)).toBe(false);
  expect(await sees(third, id)).toBe(false);
  for (const key of everyRole) {
    const other = await county.as(key);
    expect((await read(other, id)).status, key).toBe(404);
    expect((await other.post(`/api/tip-offs/${id}/start`, { plan: '替他们查一查' })).status, key).toBe(404);
    expect((await other.post(`/api/tip-offs/${id}/reporter/ask`, { reason: '想知道是谁说的' })).status, key).toBe(404);
  }
  // What may not be seen answers like what is not there.
  const missing = await read(water, newId());
  expect((await read(water, id)).body).toEqual(missing.body);
  // Each reading is recorded, and those who may read see who did.
  const { readings } = (await done(first.get(`/api/tip-offs/${id}/readings`))).body;
  expect(readings.map((r: { name: string }) => r.name)).toEqual(expect.arrayContaining(['顾长河', '柯明远']));
  expect((await water.get(`/api/tip-offs/${id}/readings`)).status).toBe(404);
});

test('[I7] a tip-off about one of the few, by name, by unit or by the directory, is kept from them; too few are left: it goes up', async () => {
  const byName = await filed({ about: '顾长河收了别人的烟' });
  expect(await sees(first, byName.id)).toBe(false);
  expect(await sees(second, byName.id)).toBe(true);
  const byUnit = await filed({ about: '县纪委监委的人' });
  expect(await sees(first, byUnit.id)).toBe(false);
  expect(await sees(second, byUnit.id)).toBe(false);
  // One keeper is left and the alternate comes in, so that nobody decides alone.
  expect(await sees(water, byUnit.id)).toBe(true);
  expect(await sees(third, byUnit.id)).toBe(true);
  expect(byUnit.upward).toBe(false);
  const all = await filed({ about: '县纪委监委、水利局、住建局' });
  expect(all.upward).toBe(true);
  const told = await anyone.send('POST', '/tip-off', {
    body: new URLSearchParams({ about: '县纪委监委、水利局、住建局', words: WORDS }),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(told.body).toContain('12388');
  // Found out later from the directory: whoever shares a unit with the person loses it at once.
  const later = await filed({ about: '一个姓李的办事员' });
  expect(await sees(water, later.id)).toBe(true);
  await done(first.post(`/api/tip-offs/${later.id}/concern`, { officials: [county.id('handler')], units: [] }));
  expect(await sees(water, later.id)).toBe(false);
  expect((await first.post(`/api/tip-offs/${later.id}/admit`, { official: county.id('tipwater') })).body.refused).toBe(
    'tip-off.unfit-reader',
  );
  // Who steps back is out, and is not let in again.
  await done(second.post(`/api/tip-offs/${later.id}/step-back`, { reason: '是我表弟' }));
  expect(await sees(second, later.id)).toBe(false);
  expect((await first.post(`/api/tip-offs/${later.id}/admit`, { official: county.id('tiptwo') })).body.refused).toBe(
    'tip-off.unfit-reader',
  );
});

test('[I7] who reported stands apart: opened by two persons with a reason, for hours, each time recorded, and nowhere else', async () => {
  const { id } = await filed();
  const box = (by: Client, act: string, body: object = {}) => by.post(`/api/tip-offs/${id}/reporter/${act}`, body);
  expect((await box(first, 'open')).body.refused).toBe('tip-reporter.closed');
  expect((await box(first, 'ask', { reason: '想' })).status).toBe(422);
  await done(box(first, 'ask', { reason: '要当面核对领款名单' }));
  expect((await box(first, 'grant')).body.refused).toBe('tip-reporter.alone');
  expect((await box(first, 'open')).body.refused).toBe('tip-reporter.closed');
  expect((await box(water, 'grant')).status).toBe(404);
  await done(box(second, 'grant'));
  expect((await done(box(first, 'open'))).body).toMatchObject({ name: NAME, phone: PHONE });
  const page = (await done(read(second, id))).body;
  expect(page.reporter.box.log.map((l: { what: string }) => l.what)).toEqual([
    'tip-reporter.asked',
    'tip-reporter.granted',
    'tip-reporter.opened',
  ]);
  expect(JSON.stringify(page)).not.toMatch(new RegExp(`${NAME}|${PHONE}`));
  const { readings } = (await done(second.get(`/api/tip-offs/${id}/readings`))).body;
  expect(readings.some((r: { what: string; name: string }) => r.what === '举报人姓名电话' && r.name === '顾长河')).toBe(
    true,
  );
  // In no row of any table, readable; nor in any event.
  const { rows: tables } = await county.database.pool.query<{ table_name: string }>(
    `select table_name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'`,
  );
  for (const { table_name } of tables) {
    const { rows } = await county.database.pool.query(`select 1 from "${table_name}" t where t::text ~ $1 limit 1`, [
      `${NAME}|${PHONE}|${WORDS.slice(0, 8)}`,
    ]);
    expect(rows.length, table_name).toBe(0);
  }
  // After its hours it is shut again.
  await county.database.pool.query('select 1');
  const { state } = await county.ledger.read<{ granted: { until: string } }>(
    county.county,
    'tip-reporter',
    idOf('tip reporter', id),
  );
  expect(Date.parse(state.granted.until) - Date.now()).toBeLessThanOrEqual(24 * 3_600_000);
});

test('[I7] nothing on any route, export, search or feed tells a person or unit complained of that there is a tip-off', async () => {
  const routes = Object.keys((await import('../app/features.ts')).routesOf(() => Promise.reject(new Error('founded'))));
  const lists = routes.filter((address) => address.startsWith('GET') && !address.includes('/:'));
  const shownTo = async (key: string | undefined) => {
    const by = await county.as(key);
    const all: string[] = [];
    for (const address of lists) {
      const path = address.slice(4);
      for (const question of [`${path}?q=${encodeURIComponent('清淤')}`]) {
        const { body, headers } = await by.get(question);
        // A workbook is packed with the time it was made at; what it says is inside.
        const sheet = (headers.get('content-type') ?? '').includes('sheet');
        const said = sheet ? await readExcel(Buffer.from(body as Uint8Array)) : body;
        all.push(
          `${question} ${(typeof said === 'string' ? said : said instanceof Uint8Array ? Buffer.from(said).toString('utf8') : JSON.stringify(said)).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z|\d\d:\d\d|[0-9a-f]{8}-[0-9a-f-]{27}|q=[^"&]*|刚刚|\d+ ?(?:分钟|秒)[前钟]?|"seconds":[\d.]+/g, '…')}`,
        );
      }
    }
    return all;
  };
  const keys = ['handler', 'tipwater', 'administrator', undefined];
  const before = await Promise.all(keys.map(shownTo));
  const { id, number } = await filed({ words: '清淤的钱领了两回，这里有个词叫夜鹭。', about: '水利局 李强 陈局' });
  await done(
    first.post(`/api/tip-offs/${id}/concern`, { officials: [county.id('handler')], units: [county.units.water] }),
  );
  await done(first.post(`/api/tip-offs/${id}/start`, { plan: '先看名单再走访夜鹭' }));
  const after = await Promise.all(keys.map(shownTo));
  for (const [i, key] of keys.entries()) {
    expect(after[i]!.join('\n'), key ?? 'anyone').not.toMatch(new RegExp(`夜鹭|${number}|${id}`));
    const changed = after[i]!.filter((line, at) => line !== before[i]![at]).map((line) => line.slice(0, 120));
    // The form itself has a fresh number for sending once; nothing else may differ.
    expect(
      changed.filter((line) => !/^\/(tip-off|suggest|say)\b|^\/api\/(session|account|sync)/.test(line)),
      key ?? 'anyone',
    ).toEqual([]);
  }
  // The ledger as it is exported: events without their words, and nobody's name.
  const { rows } = await county.database.pool.query<{ data: unknown; actor: string }>(
    'select data, actor from event where county = $1 and stream = $2 order by version',
    [county.county, id],
  );
  expect(JSON.stringify(rows)).not.toMatch(/夜鹭|水利|李强/);
  expect(JSON.stringify(rows)).not.toContain(county.id('handler'));
  expect(rows[0]!.actor).toBe('anyone');
}, 120_000);

test('[I7] verification before any record: nothing on a person until found true, heard and agreed to by a second one', async () => {
  const { id, number, code } = await filed();
  const handler = await county.as('handler');
  const findingsOf = async () =>
    (await done(handler.get('/api/findings'))).body.rows as { id: string; mine: boolean; words: string }[];
  const act = (by: Client, verb: string, body: object) => by.post(`/api/tip-offs/${id}/${verb}`, body);
  const decision = { official: county.id('handler'), words: '诫勉谈话，退回多领的钱' };
  const conclusion = {
    finding: 'substantiated',
    words: '名单与工日对过，三人没来过',
    answer: '您说的是真的，多领的钱已经退回。',
    decisions: [decision],
  };
  expect((await act(first, 'conclude', conclusion)).body.refused).toBe('tip-off.not-verifying');
  await done(act(first, 'start', { plan: '对名单、问当天干活的人' }));
  expect((await act(first, 'conclude', conclusion)).body.refused).toBe('tip-off.not-concerned');
  await done(act(first, 'concern', { officials: [county.id('handler')], units: [] }));
  expect((await act(first, 'conclude', conclusion)).body).toMatchObject({ refused: 'tip-off.unheard' });
  await done(act(first, 'hear', { official: county.id('handler'), on: '2026-11-20', words: '他说是会计报错了' }));
  expect((await act(first, 'conclude', { ...conclusion, finding: 'not' })).body.refused).toBe('tip-off.nothing-true');
  await done(act(first, 'conclude', conclusion));
  expect((await act(first, 'approve', { agree: true })).body.refused).toBe('tip-off.alone');
  expect(await findingsOf()).toEqual([]);
  const evidence = () =>
    county.database.pool.query('select from finding where county = $1', [county.county]).then((r) => r.rows.length);
  expect(await evidence()).toBe(0);
  // The reporter is not told of what one person found.
  const progress = async () => {
    const opened = await anyone.send('POST', '/progress', {
      body: new URLSearchParams({ number, code }),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const cookie = opened.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    expect(opened.headers.get('location')).toBe(`/tip-off/${number}`);
    return (await anyone.send('GET', `/tip-off/${number}`, { headers: { cookie } })).body as string;
  };
  expect(await progress()).toContain('正在核实');
  await done(act(second, 'approve', { agree: true }));
  expect(await progress()).toContain('您说的是真的，多领的钱已经退回。');
  const [finding] = await findingsOf();
  expect(finding).toMatchObject({ mine: true, words: decision.words });
  expect(JSON.stringify(finding)).not.toMatch(new RegExp(`${number}|${NAME}|名单与工日|${id}`));
  // It is the person's own to read and appeal; those who decided do not review it.
  expect((await (await county.as('waterhead')).get('/api/findings')).body.rows).toEqual([]);
  await done(handler.post(`/api/findings/${finding!.id}/appeal`, { words: '钱是会计误报，当天就退了，有收据。' }));
  const review = { uphold: false, words: '收据属实，撤销原决定。' };
  expect((await first.post(`/api/findings/${finding!.id}/review`, review)).body.refused).toBe('finding.same-person');
  expect((await water.post(`/api/findings/${finding!.id}/review`, review)).body.refused).toBe('finding.same-person');
  await done(third.post(`/api/findings/${finding!.id}/review`, review));
  expect(await findingsOf()).toEqual([]);
});

test('[I7] what is found untrue leaves nothing on anybody: no decision, no word for a false or malicious claim', async () => {
  const { id } = await filed();
  const act = (by: Client, verb: string, body: object) => by.post(`/api/tip-offs/${id}/${verb}`, body);
  const rows = async () =>
    (await county.database.pool.query('select from finding where county = $1', [county.county])).rows.length;
  const before = await rows();
  await done(act(first, 'start', { plan: '对名单、问当天干活的人' }));
  for (const finding of ['malicious', 'false', '诬告', 'vexatious'])
    expect(
      (
        await act(first, 'conclude', {
          finding,
          words: '查过了，都没有这样的一回事',
          answer: '查过了，没有这回事，谢谢您留心。',
        })
      ).status,
    ).toBe(422);
  await done(
    act(first, 'conclude', {
      finding: 'not',
      words: '对过名单，工都干了，人也都来过',
      answer: '对过名单，工都干了，谢谢您留心。',
    }),
  );
  await done(act(second, 'approve', { agree: true }));
  expect(await rows()).toBe(before);
  expect((await done(read(first, id))).body).toMatchObject({ status: 'not', concluded: { decisions: [] } });
  expect((await act(first, 'note', { words: '再写一点' })).body.refused).toBe('tip-off.over');
});

test('[I7] whoever is taken off or comes to run the system loses all at once; a rebuild gives the same', async () => {
  const { id } = await filed();
  const { database, ledger, system } = county;
  await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
  expect(await sees(first, id)).toBe(true);
  await county.give('official', county.id('tiptwo'), {
    kind: 'official.give-post',
    role: 'administrator',
    unit: commission,
    area: county.places.root,
    title: '',
    since: '2025-01-01',
  });
  const anew = await county.as('tiptwo', { anew: true });
  expect((await read(anew, id)).status).toBe(404);
  expect((await anew.get('/api/tip-offs')).body.rows).toEqual([]);
  await done(
    leader.post(`/api/tip-circle/${circleStream(county.county)}/remove`, {
      official: county.id('tipone'),
      reason: '调离',
    }),
  );
  expect((await read(first, id)).status).toBe(404);
});

test('[I7] whatever a tip-off is about: nobody near reads it, and no alternate where two keepers are free (brute force)', () => {
  const names = ['甲子', '乙丑', '丙寅', '丁卯', '戊辰'];
  const keeper = fc.record({
    seat: fc.constantFrom('keeper' as const, 'alternate' as const),
    units: fc.subarray(['u1', 'u2', 'u3']),
  });
  fc.assert(
    fc.property(
      fc.array(keeper, { maxLength: 5 }),
      fc.subarray(names),
      fc.subarray(['u1', 'u2', 'u3']),
      fc.subarray(['0', '1', '2', '3', '4']),
      (keepers, said, units, officials) => {
        const circle = keepers.map((k, i) => ({
          ...k,
          official: String(i),
          name: names[i]!,
          unitNames: k.units.map((u) => `单位${u}`),
        }));
        const { readers, upward } = readersOf(circle, { about: said.join('、'), words: '', officials, units });
        for (const [i, k] of circle.entries()) {
          const near =
            said.includes(names[i]!) || officials.includes(String(i)) || k.units.some((u) => units.includes(u));
          if (near) expect(readers).not.toContain(String(i));
          const free = circle.filter(
            (c, at) =>
              c.seat === 'keeper' &&
              !said.includes(names[at]!) &&
              !officials.includes(String(at)) &&
              !c.units.some((u) => units.includes(u)),
          );
          if (!near) expect(readers.includes(String(i))).toBe(k.seat === 'keeper' || free.length < 2);
        }
        expect(upward).toBe(readers.length < 2);
      },
    ),
  );
});

test('[I7] in any order of steps nobody alone reaches a finding, and none on a person stands before hearing and a second word', () => {
  const kinds = ['start', 'hear', 'conclude', 'approve', 'note'] as const;
  const step = fc.record({ kind: fc.constantFrom(...kinds), by: fc.constantFrom('a', 'b'), decide: fc.boolean() });
  const policy = { answerDays: 60, openHours: 24, appealDays: 30, expiresMonths: 24, above: '12388' };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      const circle = ['a', 'b'].map((official) => ({
        official,
        seat: 'keeper' as const,
        name: `人${official}${official}`,
        units: [],
        unitNames: [],
      }));
      let state = tipOffs.initial;
      let version = 0;
      let found: string | undefined;
      let heard = false;
      const give = (command: Parameters<typeof tipOffs.decide>[1], actor: string) => {
        const at = '2026-11-20T01:00:00.000Z';
        const verdict = tipOffs.decide(state, command, {
          actor,
          at,
          circle,
          unitsOf: [],
          readers: ['a', 'b'],
          known: true,
          policy,
          fresh: { number: 'QHT1', code: '123456' },
        });
        if (isRefusal(verdict)) return verdict;
        for (const event of verdict) {
          if (event.kind === 'tip-off.heard') heard = true;
          if (event.kind === 'tip-off.concluded') found = actor;
          if (event.kind === 'tip-off.closed') {
            expect(actor).not.toBe(found);
            if ((event.personal?.decisions ?? []).length > 0) expect(heard).toBe(true);
          }
          state = tipOffs.evolve(state, event, { actor, at, version: (version += 1) });
        }
        return verdict;
      };
      give(
        {
          kind: 'tip-off.file',
          channel: 'portal',
          about: '某人',
          words: '某件不该做的事情',
          class: 'other',
          named: false,
        },
        'anyone',
      );
      give({ kind: 'tip-off.concern', officials: ['x'], units: [] }, 'a');
      for (const { kind, by, decide } of steps) {
        const command = {
          start: { kind: 'tip-off.start' as const, plan: '先核对' },
          hear: { kind: 'tip-off.hear' as const, official: 'x', on: '2026-11-20', words: '他说了' },
          conclude: {
            kind: 'tip-off.conclude' as const,
            finding: 'substantiated' as const,
            words: '核对过了属实',
            answer: '核对过了属实',
            decisions: decide ? [{ official: 'x', words: '谈话提醒' }] : [],
          },
          approve: { kind: 'tip-off.approve' as const, agree: decide },
          note: { kind: 'tip-off.note' as const, words: '记一笔' },
        }[kind];
        give(command, by);
      }
    }),
  );
});
