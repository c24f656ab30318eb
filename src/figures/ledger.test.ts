import fc from 'fast-check';
import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { dayOf, startOfDay } from '../calendar/days.ts';
import type { MatterRow } from '../matters/tables.ts';
import { xlsxExport } from './exports.ts';
import { spanOf } from './ledger.ts';
import { mask } from '../matters/tables.ts';
import { columns } from './ledger-sheet.ts';
import { invented, take, unzipped } from './testing.ts';

const now = new Date().toISOString();
const month = dayOf(now).slice(0, 7);
const lastMonth = dayOf(new Date(Date.parse(spanOf(month).from) - 1).toISOString()).slice(0, 7);
let county: TestCounty;
let all: MatterRow[];
let confidential: Set<string>;
let clerk: Client;

beforeAll(async () => {
  county = await startCounty();
  const matters = fc.sample(invented(now), { numRuns: 300, seed: 11 });
  const ids = await take(county, matters);
  confidential = new Set(ids.filter((_, i) => matters[i]!.confidential));
  all = (await county.database.pool.query<MatterRow>('select * from matter')).rows;
  clerk = await county.as('clerk');
});
afterAll(() => county.stop());

/** The lines of a month by the plain rule: registered in it, or before it and open when it began. */
const expected = (of: string, mine: (row: MatterRow) => boolean) => {
  const from = startOfDay(`${of}-01`);
  const rows = all.filter(mine);
  return {
    registered: rows.filter((r) => dayOf(r.registered_at).startsWith(of)),
    carried: rows.filter((r) => r.registered_at < from && (r.closed_at === null || r.closed_at >= from)),
  };
};
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).toSorted();

describe('the monthly ledger', () => {
  test('[C12] holds what was registered in the month and what was still open before it, by village and by unit', async () => {
    for (const of of [month, lastMonth]) {
      for (const [query, mine] of [
        [`village=${county.places.village}`, (r: MatterRow) => r.village === county.places.village],
        [`township=${county.places.liuhe}`, (r: MatterRow) => r.township === county.places.liuhe],
      ] as const) {
        const { body } = await clerk.get(`/api/ledger?month=${of}&${query}`);
        const wanted = expected(of, mine);
        expect(ids(body.rows.filter((r: { carried: boolean }) => !r.carried))).toEqual(ids(wanted.registered));
        expect(ids(body.rows.filter((r: { carried: boolean }) => r.carried))).toEqual(ids(wanted.carried));
        expect(body.rows.map((r: { serial: number }) => r.serial)).toEqual(
          body.rows.map((_: unknown, i: number) => i + 1),
        );
        const rows = [...wanted.registered, ...wanted.carried];
        expect(body.totals).toEqual({
          lines: rows.length,
          registered: wanted.registered.length,
          carried: wanted.carried.length,
          closed: rows.filter((r) => !r.open).length,
          resolved: rows.filter((r) => r.status === 'resolved').length,
          open: rows.filter((r) => r.open).length,
          late: rows.filter((r) => r.open && r.due !== null && r.due < new Date().toISOString()).length,
        });
      }
    }
    const handler = await county.as('handler');
    const water = await handler.get(`/api/ledger?month=${month}&unit=${county.units.water}`);
    const wanted = expected(month, (r) => r.unit === county.units.water);
    expect(ids(water.body.rows)).toEqual(ids([...wanted.registered, ...wanted.carried]));
    expect(water.body.of).toBe('水利局');
  });

  test('[C12] a section’s ledger holds what its department handed to its people', async () => {
    const section = county.newId();
    await county.give('unit', section, {
      kind: 'unit.add',
      parent: county.units.water,
      type: 'section',
      name: '农村饮水股',
      area: county.root,
    });
    const leader = await county.as('leader');
    expect((await leader.get(`/api/ledger?month=${month}&unit=${section}`)).body.totals.lines).toBe(0);
    await county.database.pool.query('update official set unit = $1 where id = $2', [section, county.id('handler')]);
    const wanted = expected(month, (r) => r.unit === county.units.water && r.handler === county.id('handler'));
    const { body } = await leader.get(`/api/ledger?month=${month}&unit=${section}`);
    expect(ids(body.rows)).toEqual(ids([...wanted.registered, ...wanted.carried]));
    expect(body.rows.length).toBeGreaterThan(0);
    await county.database.pool.query('update official set unit = $1 where id = $2', [
      county.units.water,
      county.id('handler'),
    ]);
  });

  test('[C12] a line has every column of the accustomed form', async () => {
    const { body } = await clerk.get(`/api/ledger?month=${month}&village=${county.places.village}`);
    const closed = body.rows.find(
      (r: { status: string; reporter: string }) => r.status === '已销号' && !['匿名', '保密'].includes(r.reporter),
    );
    expect(closed).toMatchObject({
      number: expect.stringMatching(/^QH \d{4} \d+ \d$/),
      registered: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      place: '柳河镇 柳河村',
      reporter: '陈**',
      subject: expect.stringContaining('路灯不亮'),
      leader: '陈局',
      handler: '李强',
      measures: '先看现场再修',
      result: expect.stringMatching(/办结；灯已经换好/),
      opinion: expect.stringMatching(/认可/),
    });
    expect(body.rows.map((r: { category: string }) => r.category)).toContain('城乡建设 › 市政道路 › 路灯照明');
  });

  test('[C12] [C19] [L1] who spoke is masked, told only to who may know, and a phone number never', async () => {
    const reporters = async (key: string, query: string) => {
      const { body } = await (await county.as(key)).get(`/api/ledger?month=${month}&${query}`);
      expect(JSON.stringify(body)).not.toMatch(/13800000000|陈建国/);
      return body.rows as { id: string; reporter: string }[];
    };
    const named = (rows: { id: string; reporter: string }[]) => rows.filter(({ reporter }) => reporter === '陈**');
    const anonymous = new Set(all.filter((r) => r.anonymous).map((r) => r.id));
    const clerks = await reporters('clerk', `village=${county.places.village}`);
    expect(ids(named(clerks))).toEqual(ids(clerks.filter(({ id }) => !anonymous.has(id) && !confidential.has(id))));
    const handlers = await reporters('handler', `unit=${county.units.water}`);
    expect(ids(named(handlers))).toEqual(ids(handlers.filter(({ id }) => !anonymous.has(id) && !confidential.has(id))));
    expect(handlers.some(({ id }) => confidential.has(id) && !anonymous.has(id))).toBe(true);
    const leaders = await reporters('leader', `township=${county.places.liuhe}`);
    expect(named(leaders)).toEqual([]);
    expect(leaders.every(({ reporter }) => ['匿名', '保密', '—'].includes(reporter))).toBe(true);
    // Another township's clerk sees none of it.
    const far = await (await county.as('farclerk')).get(`/api/ledger?month=${month}&village=${county.places.village}`);
    expect(far.body.totals.lines).toBe(0);
    expect((await (await county.as()).get(`/api/ledger?month=${month}`)).status).toBe(401);
  });

  test('[C12] the index says how many lines each village and unit has', async () => {
    const { body } = await (await county.as('leader')).get(`/api/ledger/index?month=${month}`);
    for (const { id, lines, carried } of body.villages) {
      const wanted = expected(month, (r) => r.village === id);
      expect([carried, lines]).toEqual([wanted.carried.length, wanted.carried.length + wanted.registered.length]);
    }
    for (const { id, registered } of body.units)
      expect(registered).toBe(expected(month, (r) => r.unit === id).registered.length);
    expect(body.villages.map((v: { name: string }) => v.name).toSorted()).toEqual(
      ['东关社区', '北渠村', '柳河村'].toSorted(),
    );
  });

  test('[C12] [L4] prints and exports in the accustomed form: title, head on every page, seal place, A4 across', async () => {
    const query = `month=${month}&village=${county.places.village}`;
    const { body } = await clerk.get(`/api/ledger?${query}`);
    const page = await clerk.get(`/print/ledger?${query}`);
    expect(page.body).toContain('size: A4 landscape');
    expect(page.body).toContain('柳河村民情台账');
    expect(page.body).toContain('（盖章处）');
    expect(page.body).toContain('display: table-header-group');
    for (const { number } of body.rows) expect(page.body).toContain(number);
    expect(page.body).not.toMatch(/13800000000|陈建国/);

    const file = await clerk.get(`/api/ledger.xlsx?${query}`);
    expect(file.headers.get('content-type')).toContain('spreadsheetml');
    const sheet = (await readExcel(Buffer.from(file.body)))[0]!.data;
    expect(sheet[0]![0]).toBe(`柳河村民情台账（${Number(month.slice(0, 4))}年${Number(month.slice(5))}月）`);
    expect(sheet[3]!.slice(1)).toEqual(columns.map(({ title }) => title));
    expect(sheet.slice(4, -1).map((row) => row[1])).toEqual(body.rows.map((r: { number: string }) => r.number));
    expect(String(sheet.at(-1)![0])).toContain(`合计 ${body.totals.lines} 件`);
    const parts = unzipped(file.body);
    const setUp = parts.get('xl/worksheets/sheet1.xml')!;
    expect(setUp).toMatch(/<pageSetup [^>]*fitToHeight="0" paperSize="9" orientation="landscape"\/>/);
    expect(setUp).toContain('fitToPage="1"');
    expect(parts.get('xl/workbook.xml')!.match(/<definedNames/g)).toHaveLength(1);
    expect(parts.get('xl/workbook.xml')).toContain("'民情台账'!$1:$4");
    // A spreadsheet program refuses a file in which one attribute stands twice.
    for (const [tag] of setUp.matchAll(/<[a-zA-Z][^>]*>/g)) {
      const names = [...tag.matchAll(/\s([\w:]+)="/g)].map(([, name]) => name);
      expect([tag, new Set(names).size]).toEqual([tag, names.length]);
    }
  });
});

describe('exports', () => {
  test('[L4] hold every record of the filter, once, streamed in three forms', async () => {
    const query = `township=${county.places.liuhe}`;
    const wanted = all.filter((r) => r.township === county.places.liuhe);
    const { body: text } = await clerk.get(`/api/matters/export.jsonl?${query}`);
    const rows = text
      .trim()
      .split('\n')
      .map((line: string) => JSON.parse(line));
    expect(ids(rows)).toEqual(ids(wanted));
    expect(text).not.toMatch(/13800000000|陈建国/);

    const csv = await clerk.get(`/api/matters/export.csv?${query}`);
    expect(csv.headers.get('content-disposition')).toContain('.csv');
    const lines = csv.body
      .replace(/^\uFEFF/, '')
      .trim()
      .split('\r\n');
    expect(lines[0]).toBe(columns.map(({ title }) => title).join(','));
    expect(lines.length - 1).toBe(wanted.length);

    const xlsx = await clerk.get(`/api/matters/export.xlsx?${query}`);
    const sheet = (await readExcel(Buffer.from(xlsx.body)))[0]!.data;
    expect(sheet.length - 5).toBe(wanted.length);
    expect(
      (await (await county.as('farclerk')).get(`/api/matters/export.csv?${query}`)).body.trim().split('\r\n'),
    ).toHaveLength(1);
    expect((await (await county.as()).get('/api/matters/export.csv')).status).toBe(401);
  });

  test('[L4] export what a list shows: the same filter, words included, gives the same records', async () => {
    for (const query of ['when=late&sort=due', 'sort=due', 'channel=phone&sort=oldest', 'q=路灯不亮&channel=web']) {
      const listed: { id: string }[] = [];
      let after: string | undefined;
      do {
        const { body } = await clerk.get(
          `/api/matters?${query}&size=100${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`,
        );
        listed.push(...body.matters);
        after = body.next;
      } while (after !== undefined);
      const { body } = await clerk.get(`/api/matters/export.jsonl?${query}`);
      expect(
        ids(
          body
            .trim()
            .split('\n')
            .map((line: string) => JSON.parse(line)),
        ),
      ).toEqual(ids(listed));
      expect(listed.length).toBeGreaterThan(0);
    }
  });

  test('[L4] what a spreadsheet cannot hold is said in its last line; a cell never runs as a formula', async () => {
    const file = await xlsxExport(await deskOf('countyclerk'), {}, dayOf(now), 10);
    const sheet = (await readExcel(Buffer.from(file.body as Uint8Array)))[0]!.data;
    expect(sheet.length).toBe(4 + 10 + 1);
    expect(String(sheet.at(-1)![0])).toContain('只导出了前 10 件');
    await clerk.post(`/api/matters/${county.newId()}/register`, {
      command: county.newId(),
      channel: 'hall',
      subject: '=HYPERLINK("x")',
      area: county.places.village,
    });
    const csv = await clerk.get(`/api/matters/export.csv?channel=hall`);
    expect(csv.body).toContain(`"'=HYPERLINK(""x"")"`);
  });

  test('[L1] a masked name keeps one character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        (name) => [...mask(name)].length === 3 && mask(name).endsWith('**'),
      ),
    );
  });
});

/** What a route is handed, for one official. */
async function deskOf(key: string) {
  const policies = await county.system.policies(county.county);
  return {
    county: county.county,
    pool: county.database.pool,
    db: county.database.kysely,
    query: county.ledger.query,
    ledger: county.ledger,
    vault: county.system.vault,
    policies,
    now,
    publicUrl: '',
    address: '',
    header: () => undefined,
    cookie: () => undefined,
    setCookie: () => {},
    actor: {
      kind: 'official' as const,
      id: county.id(key),
      name: key,
      standings: [{ role: 'clerk' as const, areas: [county.root], everywhere: true }],
    },
  };
}
