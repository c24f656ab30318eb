import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { rebuild } from '../ledger/rebuild.ts';

let county: TestCounty;
let field: Client;
let leader: Client;
let handler: Client;
const today = dayOf(new Date().toISOString());

beforeAll(async () => {
  county = await startCounty();
  [field, leader, handler] = await Promise.all([county.as('field'), county.as('leader'), county.as('handler')]);
  await county.publish('outreach', { noticeDays: 0, places: 20, recordDays: 90, periods: [] });
});
afterAll(() => county.stop());

const opened = async (by: Client, more: object = {}): Promise<string> => {
  const id = newId();
  await done(
    by.post(`/api/studies/${id}/open`, {
      topic: '水渠为什么年年清、年年堵',
      question: '管护的人、钱、办法各缺什么',
      area: county.places.village,
      until: addDays(today, 60),
      ...more,
    }),
  );
  return id;
};

const visited = async (by: Client, contact = 'met'): Promise<void> => {
  const household = newId();
  await county.give('household', household, {
    kind: 'household.register',
    area: county.places.grid,
    address: household,
    contact: by.official,
    residents: [{ id: newId(), name: '张桂兰', relation: '户主' }],
  });
  const visit = {
    household,
    contact,
    note: contact === 'met' ? '说水渠' : '',
    needs: [],
    promises: [],
    metAt: new Date().toISOString(),
    withWhom: [],
  };
  await done(by.post(`/api/visits/${newId()}/record`, visit));
};

test('[B9] days in the field come from the visits and outreaches themselves; only what nothing tells of is noted', async () => {
  const id = await opened(field);
  const days = async () => (await field.get(`/api/studies/${id}`)).body;
  expect((await days()).daysInAll).toBe(0);
  await visited(field, 'not-at-home');
  expect((await days()).daysInAll).toBe(0);
  expect((await field.post(`/api/studies/${id}/leave-out`, { day: today })).body.refused).toBe('study.day-not-known');
  await visited(field);
  await visited(field);
  expect((await days()).days).toMatchObject([{ day: today, amount: 1, visits: 2, outreaches: 0 }]);
  // The visits tell of this day: the form does not take it again.
  const note = { day: today, amount: 1, where: '水利站', seen: '看台账' };
  expect((await field.post(`/api/studies/${id}/note-day`, note)).body).toMatchObject({
    refused: 'study.day-known',
    field: 'day',
  });
  await done(field.post(`/api/studies/${id}/leave-out`, { day: today }));
  expect((await days()).daysInAll).toBe(0);
  await done(field.post(`/api/studies/${id}/note-day`, { ...note, amount: 0.5 }));
  expect((await days()).daysInAll).toBe(0.5);
  expect((await field.post(`/api/studies/${id}/note-day`, { ...note, day: addDays(today, -1) })).body.refused).toBe(
    'study.day-outside',
  );
  const row = (await field.get('/api/studies?mine=1')).body.rows.find((r: { id: string }) => r.id === id);
  expect(row.days).toBe(0.5);
});

test('[B9] an outreach in the place counts as a day of whoever went; one elsewhere does not', async () => {
  const id = await opened(leader, { area: county.places.liuhe });
  const went = async (area: string): Promise<void> => {
    const outreach = newId();
    const arranged = { form: 'reception', area, spot: '广场', day: today, from: '09:00', to: '11:00', about: '听意见' };
    await done(leader.post(`/api/outreaches/${outreach}/arrange`, { ...arranged, who: [county.id('leader')] }));
    await done(
      leader.post(`/api/outreaches/${outreach}/conclude`, { went: [county.id('leader')], result: '听了五户' }),
    );
  };
  await went(county.places.farVillage);
  expect((await leader.get(`/api/studies/${id}`)).body.daysInAll).toBe(0);
  await went(county.places.otherVillage);
  expect((await leader.get(`/api/studies/${id}`)).body.days).toMatchObject([{ day: today, outreaches: 1, amount: 1 }]);
});

test('[B9] findings lead to measures of a unit, and the unit itself says what became of each', async () => {
  const id = await opened(leader);
  expect(
    (await leader.post(`/api/studies/${id}/report`, { title: '水渠管护调查', text: '字'.repeat(30) })).body.refused,
  ).toBe('study.nothing-found');
  await done(leader.post(`/api/studies/${id}/find`, { words: '每组每年只有 300 元管护费，没有专人' }));
  const propose = { finding: 0, words: '按亩定管护费，聘渠长', unit: county.units.water, due: addDays(today, 30) };
  expect((await leader.post(`/api/studies/${id}/propose`, { ...propose, finding: 3 })).body.refused).toBe(
    'study.finding-unknown',
  );
  await done(leader.post(`/api/studies/${id}/propose`, propose));
  await done(leader.post(`/api/studies/${id}/propose`, { ...propose, unit: county.units.works, words: '修三处漏点' }));
  const waiting = (await handler.get('/api/studies')).body.waiting;
  expect(waiting).toMatchObject([{ study: id, measure: 0, words: '按亩定管护费，聘渠长' }]);
  expect(
    (await handler.post(`/api/studies/${id}/answer-measure`, { measure: 1, step: 'done', words: '不是我们的' })).body
      .refused,
  ).toBe('study.measure-other-unit');
  expect(
    (await field.post(`/api/studies/${id}/answer-measure`, { measure: 0, step: 'done', words: '替他们说' })).status,
  ).toBe(404);
  await done(
    handler.post(`/api/studies/${id}/answer-measure`, { measure: 0, step: 'taken-up', words: '纳入明年预算' }),
  );
  await done(handler.post(`/api/studies/${id}/answer-measure`, { measure: 0, step: 'done', words: '聘了 12 名渠长' }));
  expect(
    (await handler.post(`/api/studies/${id}/answer-measure`, { measure: 0, step: 'not-taken', words: '又不办了' })).body
      .refused,
  ).toBe('study.measure-over');
  const { findings } = (await leader.get(`/api/studies/${id}`)).body;
  expect(findings[0].measures).toMatchObject([
    { unit: '水利局', state: 'done', answer: '聘了 12 名渠长' },
    { unit: '住建局', state: 'proposed' },
  ]);
  const row = (await leader.get('/api/studies?mine=1')).body.rows.find((r: { id: string }) => r.id === id);
  expect(row).toMatchObject({ measures: 2, answered: 1, done: 1, late: 0 });
});

test('[B9] each finding is of a kind, which its author says then or later; kinds are counted in a study, by author and over all', async () => {
  const before = (await leader.get('/api/studies/findings')).body.found as Record<string, number>;
  const id = await opened(leader, { area: county.places.liuhe });
  const kinds = ['policy', 'practice', 'problem', undefined] as const;
  const given = fc.sample(fc.array(fc.constantFrom(...kinds), { minLength: 4, maxLength: 9 }), 1)[0]!;
  for (const [i, sort] of given.entries())
    await done(leader.post(`/api/studies/${id}/find`, { words: `看到的第 ${i} 件事`, ...(sort && { sort }) }));
  const counted = (of: readonly (string | undefined)[]): Record<string, number> =>
    Object.fromEntries([...Map.groupBy(of, (sort) => sort ?? 'unsorted')].map(([sort, all]) => [sort, all.length]));
  const row = async () =>
    (await leader.get('/api/studies?mine=1')).body.rows.find((r: { id: string }) => r.id === id) as object;
  expect(await row()).toMatchObject({ findings: given.length, found: counted(given) });
  expect((await leader.get(`/api/studies/${id}`)).body.findings.map((f: { sort: string | null }) => f.sort)).toEqual(
    given.map((sort) => sort ?? null),
  );
  // Said later, or mended: by the author, and of a finding that stands.
  const sort = (by: Client, finding: number, as: string) =>
    by.post(`/api/studies/${id}/classify`, { finding, sort: as });
  expect((await sort(leader, given.length, 'practice')).body).toMatchObject({
    refused: 'study.finding-unknown',
    field: 'finding',
  });
  expect((await sort(await county.as('head'), 0, 'practice')).status).toBe(404);
  expect((await sort(leader, 0, 'hearsay')).status).toBe(422);
  await done(sort(leader, 0, 'practice'));
  const mended = given.with(0, 'practice');
  expect(await row()).toMatchObject({ found: counted(mended) });
  // Over all studies: as many of each kind as were written, and the list of a kind has them all and nothing else.
  const all = (await leader.get('/api/studies/findings')).body;
  for (const kind of [...kinds.slice(0, 3), 'unsorted'] as string[]) {
    const more = mended.filter((s) => (s ?? 'unsorted') === kind).length;
    expect(all.found[kind] ?? 0, kind).toBe((before[kind] ?? 0) + more);
    const { rows } = (await leader.get(`/api/studies/findings?sort=${kind}`)).body;
    expect(rows).toHaveLength(all.found[kind] ?? 0);
    expect(rows.every((r: { sort: string | null }) => (r.sort ?? 'unsorted') === kind)).toBe(true);
  }
  // Whoever may not read the study finds nothing of it here either.
  const { rows } = (await field.get('/api/studies/findings')).body;
  expect(rows.some((r: { study: string }) => r.study === id)).toBe(false);
  const author = (await leader.get('/api/studies/figures')).body.rows.find(
    (r: { author: string }) => r.author === county.id('leader'),
  );
  const own = (await leader.get(`/api/studies?mine=1&year=${today.slice(0, 4)}`)).body.rows as {
    status: string;
    found: Record<string, number>;
  }[];
  for (const kind of ['policy', 'practice', 'problem', 'unsorted'])
    expect(author.found[kind] ?? 0).toBe(own.reduce((n, s) => n + (s.found[kind] ?? 0), 0));
  // Given up, its findings are looked up no longer.
  await done(leader.post(`/api/studies/${id}/drop`, { reason: '并到别的题目' }));
  expect((await leader.get('/api/studies/findings')).body.found).toEqual(before);
});

test('[B9] which villages were gone to is read off the visits and outreaches; a day left out is not among them', async () => {
  const id = await opened(field, { area: county.places.liuhe });
  await visited(field);
  const sites = async () => (await field.get(`/api/studies/${id}`)).body.sites;
  const there = await sites();
  expect(there).toMatchObject([{ name: '柳河村' }]);
  await visited(field);
  expect((await sites())[0].visits).toBe(there[0].visits + 1);
  await done(field.post(`/api/studies/${id}/leave-out`, { day: today }));
  expect(await sites()).toEqual([]);
});

test('[B9] the report is the author’s own: nobody writes days, findings or the report for another', async () => {
  const id = await opened(field);
  const head = await county.as('head');
  for (const [verb, body] of [
    ['note-day', { day: today, amount: 1, where: '村里', seen: '看了看' }],
    ['find', { words: '替他写的发现' }],
    ['report', { title: '替他写的报告', text: '字'.repeat(30) }],
  ] as const)
    expect((await head.post(`/api/studies/${id}/${verb}`, body)).status, verb).toBe(404);
  await done(field.post(`/api/studies/${id}/find`, { words: '闸口漏水没人管' }));
  await done(field.post(`/api/studies/${id}/report`, { title: '北渠管护的三个问题', text: '字'.repeat(300) }));
  expect((await head.get(`/api/studies/${id}`)).body.report).toMatchObject({
    title: '北渠管护的三个问题',
    revisions: 0,
  });
  await done(field.post(`/api/studies/${id}/report`, { title: '北渠管护的三个问题', text: '改'.repeat(300) }));
  expect((await head.get(`/api/studies/${id}`)).body.report).toMatchObject({ revisions: 1, text: '改'.repeat(300) });
});

test('[B9] what duties count of a study is what it says: its days once, its report once, also after a revision', async () => {
  const id = await opened(field);
  await done(field.post(`/api/studies/${id}/find`, { words: '渠长没有人愿意当' }));
  const evidence = () =>
    county.ledger.query<{ kind: string; day: string; amount: number }>(
      'test.evidence',
      'select kind, day, amount from evidence where county = $1 and stream = $2 and official = $3 order by kind',
      [county.county, id, county.id('field')],
    );
  expect(await evidence()).toEqual([]);
  for (const text of ['字'.repeat(40), '改'.repeat(40)])
    await done(field.post(`/api/studies/${id}/report`, { title: '渠长为什么难当', text }));
  // The visits of the first test were made today, in this place.
  expect(await evidence()).toMatchObject([
    { kind: 'study-day', day: today, amount: 1 },
    { kind: 'study-report', day: today, amount: 1 },
  ]);
});

test('[B9] figures are the sum of what each study says, counted again by hand, and a rebuild gives the same', async () => {
  const year = today.slice(0, 4);
  const { rows, asked } = (await leader.get('/api/studies/figures')).body;
  expect(asked).toMatchObject({ topics: { min: 2, max: 3 }, reports: { min: 1, max: 2 } });
  const all = (await leader.get(`/api/studies?year=${year}`)).body.rows as {
    id: string;
    author: string;
    status: string;
  }[];
  for (const figure of rows as { author: string; days: number; topics: number; measures: number; reports: number }[]) {
    const own = await Promise.all(
      all
        .filter((s) => s.author === figure.author && s.status !== 'dropped')
        .map(async ({ id }) => (await leader.get(`/api/studies/${id}`)).body),
    );
    expect(figure).toMatchObject({
      topics: own.length,
      days: own.reduce((n, s) => n + s.daysInAll, 0),
      measures: own.reduce(
        (n, s) => n + s.findings.reduce((m: number, f: { measures: [] }) => m + f.measures.length, 0),
        0,
      ),
      reports: own.filter((s) => s.report !== null).length,
    });
  }
  const before = (await leader.get('/api/studies')).body;
  const { database, ledger, system } = county;
  await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
  expect((await leader.get('/api/studies')).body).toEqual(before);
});

test('[B9] any days noted and left out in any order: the list, the page and a count by hand agree', async () => {
  const id = await opened(field);
  const { ledger } = county;
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.constantFrom(0.5 as const, 1 as const), async (leave, amount) => {
      const study = await opened(field);
      if (leave) await field.post(`/api/studies/${study}/leave-out`, { day: today });
      await field.post(`/api/studies/${study}/note-day`, { day: today, amount, where: '站里', seen: '台账' });
      const page = (await field.get(`/api/studies/${study}`)).body;
      const row = (await field.get('/api/studies?mine=1')).body.rows.find((r: { id: string }) => r.id === study);
      // The visits of the first test are of today and of this place.
      expect(page.daysInAll).toBe(leave ? amount : 1);
      expect(row.days).toBe(page.daysInAll);
    }),
    { numRuns: 6 },
  );
  expect(await ledger.read(county.county, 'study', id)).toMatchObject({ state: { status: 'open' } });
});

test('[B9] [L7] a report of one click: the author’s words, findings with their measures and days, as PDF and Word', async () => {
  const id = await opened(field);
  const at = (as: string, client = field) => client.get(`/api/studies/${id}/report?as=${as}`);
  // Begun only: the question stands in it, and nothing that was not found.
  expect(wordsOf((await at('docx')).body as Uint8Array)).not.toContain('发现和措施');
  await field.post(`/api/studies/${id}/find`, { words: '支渠第三段塌了，水到不了二组' });
  await field.post(`/api/studies/${id}/propose`, {
    finding: 0,
    words: '修好支渠第三段',
    unit: county.units.water,
    due: addDays(today, 20),
  });
  // Before it is handed in, what is known stands in it; afterwards the author's own words do.
  const draft = wordsOf((await at('docx')).body as Uint8Array);
  expect(draft).toContain('支渠第三段塌了');
  expect(draft).toContain('修好支渠第三段');
  expect(draft).toContain('水利局');
  await field.post(`/api/studies/${id}/report`, {
    title: '二组为什么浇不上水',
    text: '一、情况\n渠塌了三段，先修第三段。'.repeat(9),
  });
  const docx = await at('docx');
  expect(docx.headers.get('content-type')).toContain('wordprocessingml');
  const report = wordsOf(docx.body as Uint8Array);
  for (const part of ['二组为什么浇不上水', '渠塌了三段，先修第三段', '发现和措施', '修好支渠第三段', '下去的日子'])
    expect(report).toContain(part);
  const pdf = await at('pdf');
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(
    Buffer.from(pdf.body as Uint8Array)
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  expect(Buffer.from(pdf.body as Uint8Array).equals(Buffer.from((await at('pdf')).body as Uint8Array))).toBe(true);
  // Read by whoever may read the study, by nobody else.
  expect((await at('pdf', await county.as('farfield'))).status).toBe(404);
});

/** Every word of a Word file. */
function wordsOf(file: Uint8Array): string {
  return strFromU8(unzipSync(file)['word/document.xml']!).replaceAll(/<[^>]+>/g, '');
}
