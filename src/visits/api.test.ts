import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { rebuild } from '../ledger/rebuild.ts';
import type { History } from '../ledger/ledger.ts';
import { monthOf } from './diary.ts';
import { weekOf } from './diary-days.ts';
import type { Contact } from './model.ts';

let county: TestCounty;
let field: Client;
let head: Client;
let nobody: Client;
const now = new Date().toISOString();
const today = dayOf(now);

beforeAll(async () => {
  county = await startCounty();
  [field, head, nobody] = await Promise.all([county.as('field'), county.as('head'), county.as()]);
});
afterAll(() => county.stop());

interface Home {
  readonly id: string;
  readonly adult: string;
  readonly child: string;
}
let doors = 0;

async function home(area = county.places.grid, contact = county.id('field')): Promise<Home> {
  const [id, adult, child] = [newId(), newId(), newId()];
  const residents = [
    { id: adult, name: '张桂兰', relation: '户主', bornYear: 1944 },
    { id: child, name: '张小宝', relation: '孙子', bornYear: Number(today.slice(0, 4)) - 8 },
  ];
  await county.give('household', id, {
    kind: 'household.register',
    area,
    address: `${(doors += 1)} 号`,
    residents,
    contact,
  });
  return { id, adult, child };
}

const visitOf = (household: string, more: object = {}) => ({
  household,
  contact: 'met',
  note: '水渠堵了，稻田进不了水。',
  needs: [],
  promises: [],
  metAt: now,
  withWhom: [],
  ...more,
});
async function visited(at: Home, more: object = {}): Promise<string> {
  const id = newId();
  const answer = await field.post(`/api/visits/${id}/record`, visitOf(at.id, more));
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200, body: { accepted: true } });
  return id;
}
const keyOf = async (visit: string): Promise<string> => {
  const { body } = await field.get(`/api/visits/${visit}/link`);
  return new URL(body.url).searchParams.get('k')!;
};

describe('going out by list', () => {
  test('[B1] not at home makes a revisit due that only a real contact settles; coverage counts real contacts only', async () => {
    const at = await home();
    const row = async () =>
      (await field.get('/api/visits/today')).body.rows.find((r: { household: string }) => r.household === at.id);
    const covered = async () => {
      const { body } = await field.get(`/api/visits/coverage?by=official&from=${today}&to=${today}`);
      return { met: body.met as number, all: body.all as number };
    };
    expect(await row()).toMatchObject({ group: 'unseen', why: expect.arrayContaining(['还没见过']) });
    const before = await covered();
    expect(before.all).toBeGreaterThan(0);

    await visited(at, { contact: 'not-at-home', note: '' });
    expect(await row()).toMatchObject({
      group: 'revisit',
      why: [
        expect.stringMatching(/^今天没人在家，.+前补访$/),
        `家里有 ${Number(today.slice(0, 4)) - 1944} 岁的老人`,
        '还没见过',
      ],
    });
    await visited(at, { contact: 'phone' });
    await visited(at, { contact: 'leaflet', note: '' });
    expect(await row()).toMatchObject({ group: 'revisit' });
    expect(await covered()).toEqual(before);

    await visited(at, { metAt: new Date(Date.parse(now) + 1_000).toISOString() });
    expect(await row()).toBeUndefined();
    expect(await covered()).toEqual({ met: before.met + 1, all: before.all });
    const { body } = await field.get('/api/visits/today');
    expect(body.progress.month).toMatchObject({ met: expect.any(Number), all: expect.any(Number) });
    expect(body.progress.gone).toBeGreaterThan(0);
    // Every household of a village one is assigned to counts, whoever keeps contact with it, and counts alike everywhere.
    await home(county.places.grid, county.id('head'));
    const { month } = (await field.get('/api/visits/today')).body.progress;
    expect(month.all).toBe(body.progress.month.all + 1);
    expect((await field.get(`/api/diary/month/${today.slice(0, 7)}`)).body.households).toEqual(month);
    expect((await covered()).all).toBe(month.all);
  });

  test('[B1] a promise comes first on the list and on the household’s page until it is kept', async () => {
    const at = await home();
    const visit = await visited(at, { promises: [{ what: '问镇里修渠', by: today }] });
    const { body } = await field.get('/api/visits/today');
    expect(body.rows[0]).toMatchObject({
      household: at.id,
      group: 'promise',
      why: expect.arrayContaining(['今天要兑现“问镇里修渠”']),
    });
    expect((await field.get(`/api/households/${at.id}/visits`)).body).toMatchObject({
      promises: [{ visit, promise: 0, what: '问镇里修渠', by: today, keptOn: null, late: false }],
      visits: [{ id: visit, status: 'unsigned', officialName: '王建军' }],
      can: ['visit.record'],
    });
    await field.post(`/api/visits/${visit}/keep-promise`, { promise: 0, how: '挖机来了，渠通了' });
    expect((await field.get(`/api/households/${at.id}/visits`)).body.promises).toMatchObject([
      { keptOn: today, late: false },
    ]);
    expect(
      (await field.get('/api/visits/today')).body.rows.map((r: { household: string }) => r.household),
    ).not.toContain(at.id);
  });

  test('[B1] coverage and revisits agree with counting by hand, whatever happened', async () => {
    const contacts: Contact[] = ['met', 'phone', 'not-at-home', 'leaflet'];
    const houses = await Promise.all(
      Array.from({ length: 4 }, () => home(county.places.otherGrid, county.id('otherfield'))),
    );
    const other = await county.as('otherfield');
    const done: { house: string; contact: Contact; ago: number; n: number }[] = [];
    let n = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            house: fc.constantFrom(...houses.map((h) => h.id)),
            contact: fc.constantFrom(...contacts),
            ago: fc.nat(40),
          }),
          { maxLength: 5 },
        ),
        fc.nat(40),
        async (visits, since) => {
          const taken = visits.map((v) => ({ ...v, n: (n += 1) }));
          done.push(...taken);
          await county.ledger.take(county.county, taken.map(historyOf));

          const from = addDays(today, -since);
          const met = new Set(done.filter((v) => v.contact === 'met' && v.ago <= since).map((v) => v.house));
          const { body } = await other.get(`/api/visits/coverage?by=village&from=${from}&to=${today}`);
          expect(body.rows).toEqual([{ id: county.places.otherVillage, name: '北渠村', met: met.size, all: 4 }]);

          // A closed door is owed until somebody was met after it.
          const owed = houses.filter(({ id }) => {
            const order = done.filter((v) => v.house === id).toSorted((a, b) => b.ago - a.ago || a.n - b.n);
            const last = order.findLastIndex((v) => v.contact === 'met');
            const metToday = order[last]?.ago === 0;
            // Thirty days after its own day a revisit is one of the long unseen; only the last closed door sets the day.
            const closed = order.slice(last + 1).filter((v) => v.contact === 'not-at-home');
            return !metToday && closed.length > 0 && closed.at(-1)!.ago <= 7 + 30;
          });
          const list = (await other.get('/api/visits/today')).body.rows as { household: string; group: string }[];
          expect(new Set(list.filter((r) => r.group === 'revisit').map((r) => r.household))).toEqual(
            new Set(owed.map((h) => h.id)),
          );
        },
      ),
      { numRuns: 25, endOnFailure: true },
    );
  });

  function historyOf({
    house,
    contact,
    ago,
    n: nth,
  }: {
    house: string;
    contact: Contact;
    ago: number;
    n: number;
  }): History {
    const day = addDays(today, -ago);
    // Two visits of one day follow each other in the order they were made.
    const metAt = new Date(Date.parse(`${day}T00:00:00+08:00`) + nth * 1_000).toISOString();
    const { root, liuhe, otherVillage, otherGrid } = county.places;
    const stamp = { actor: county.id('otherfield'), at: metAt };
    const note = contact === 'met' ? '聊了收成' : '';
    return {
      county: county.county,
      id: newId(),
      record: 'visit',
      stream: newId(),
      events: [
        {
          kind: 'visit.recorded',
          household: house,
          chain: [root, liuhe, otherVillage, otherGrid],
          official: county.id('otherfield'),
          contact,
          metAt,
          withWhom: [],
          promises: [],
          personal: { note, promises: [] },
          stamp: { ...stamp, version: 1 },
        } as never,
        ...(contact === 'not-at-home'
          ? [{ kind: 'revisit.due', household: house, by: addDays(day, 7), stamp: { ...stamp, version: 2 } } as never]
          : []),
      ],
    };
  }
});

describe('the diary', () => {
  test('[B2] the resident signs on glass, and a corrected note must be signed again', async () => {
    const at = await home();
    const visit = await visited(at);
    const signature = JSON.stringify([
      [
        [10, 12],
        [11, 14],
      ],
    ]);
    const sign = (by: string) => field.post(`/api/visits/${visit}/countersign`, { means: 'signature', by, signature });
    expect(await sign(at.child)).toMatchObject({ status: 422, body: { refused: 'visit.not-adult' } });
    expect(await sign(at.adult)).toMatchObject({ status: 200 });
    expect((await field.get(`/api/visits/${visit}`)).body).toMatchObject({
      answer: { said: 'signed', name: '张桂兰', means: 'signature' },
    });
    expect((await field.get(`/api/visits/${visit}/signature`)).body).toEqual({ signature, card: null });
    await field.post(`/api/visits/${visit}/correct`, { note: '水渠上月就堵了。' });
    expect((await field.get(`/api/visits/${visit}/signature`)).status).toBe(404);
    expect((await field.get(`/api/visits/${visit}`)).body).toMatchObject({
      note: '水渠上月就堵了。',
      corrections: 1,
      answer: { said: 'nothing' },
      can: expect.arrayContaining(['visit.countersign']),
    });
    const { rows } = await county.database.pool.query(`select data::text from event where stream = $1`, [visit]);
    expect(JSON.stringify(rows)).not.toContain('水渠');
  });

  test('[B2] without an account the resident reads, comments and signs on their own phone by the link', async () => {
    const at = await home();
    const visit = await visited(at, { needs: [{ words: '修水渠' }] });
    const k = await keyOf(visit);
    const shown = await nobody.get(`/api/sign/${visit}?k=${k}`);
    expect(shown.body).toMatchObject({
      note: '水渠堵了，稻田进不了水。',
      needs: ['修水渠'],
      signers: [{ id: at.adult, name: '张桂兰' }],
      code: expect.stringMatching(/^\d{6}$/),
    });
    expect(await nobody.get(`/api/sign/${visit}?k=${'x'.repeat(22)}`)).toMatchObject({
      status: 409,
      body: { refused: 'visit.key-wrong' },
    });
    expect(await nobody.post(`/api/sign/${visit}`, { k, by: at.adult, comment: '说得对' })).toMatchObject({
      status: 200,
    });
    expect((await field.get(`/api/visits/${visit}`)).body.answer).toMatchObject({
      said: 'signed',
      means: 'code',
      comment: '说得对',
    });
    const readings = await (await county.as('clerk')).get(`/api/households/${at.id}/readings`);
    expect(readings.body.readings.map((r: { reader: string }) => r.reader)).toContain(`resident:${visit}`);
  });

  test('[B2] or says the code, which dies after five wrong ones; or refuses and says why', async () => {
    const at = await home();
    const visit = await visited(at);
    const k = await keyOf(visit);
    const { code } = (await nobody.get(`/api/sign/${visit}?k=${k}`)).body;
    const say = (said: string) =>
      field.post(`/api/visits/${visit}/countersign`, { means: 'code', by: at.adult, code: said });
    const wrong = code === '000000' ? '000001' : '000000';
    for (let i = 0; i < 5; i += 1)
      expect(await say(wrong)).toMatchObject({ status: 422, body: { refused: 'visit.code-wrong' } });
    expect(await say(code)).toMatchObject({ status: 409, body: { refused: 'visit.code-locked' } });
    expect(await nobody.post(`/api/sign/${visit}/decline`, { k, by: at.adult, reason: '不是这样说的' })).toMatchObject({
      status: 200,
    });
    expect((await field.get(`/api/visits/${visit}`)).body.answer).toMatchObject({
      said: 'declined',
      reason: '不是这样说的',
    });

    const second = await visited(at);
    const good = (await nobody.get(`/api/sign/${second}?k=${await keyOf(second)}`)).body.code;
    expect(
      await field.post(`/api/visits/${second}/countersign`, { means: 'code', by: at.adult, code: good }),
    ).toMatchObject({ status: 200 });
  });

  test('a signing link ends after the days of the policy', async () => {
    const at = await home();
    const { root, liuhe, village, grid } = county.places;
    const old = (days: number) => {
      const [stream, stamp] = [
        newId(),
        { actor: county.id('field'), at: new Date(Date.parse(now) - days * 86_400_000).toISOString(), version: 1 },
      ];
      const event = {
        kind: 'visit.recorded',
        household: at.id,
        chain: [root, liuhe, village, grid],
        official: county.id('field'),
        contact: 'met',
        metAt: stamp.at,
        withWhom: [],
        promises: [],
        personal: { note: '聊了收成', promises: [], voucher: { code: '123456', key: 'k'.repeat(22) } },
        stamp,
      };
      return { county: county.county, id: newId(), record: 'visit', stream, events: [event] } satisfies History;
    };
    const [alive, ended] = [old(30), old(31)];
    await county.ledger.take(county.county, [alive, ended]);
    expect((await nobody.get(`/api/sign/${alive.stream}?k=${'k'.repeat(22)}`)).status).toBe(200);
    expect((await nobody.get(`/api/sign/${ended.stream}?k=${'k'.repeat(22)}`)).body).toMatchObject({
      refused: 'visit.link-ended',
    });
    expect(await nobody.post(`/api/sign/${ended.stream}`, { k: 'k'.repeat(22), by: at.adult })).toMatchObject({
      body: { refused: 'visit.link-ended' },
    });
  });

  test('[B1] [B2] [B6] an entry that was never right is withdrawn: readable, and counted by nobody; not what the household vouched for', async () => {
    const [at, closed] = [await home(), await home()];
    const wrong = await visited(at, { note: '记到别家了' });
    const shut = await visited(closed, { contact: 'not-at-home', note: '' });
    const rates = async () => {
      const { body } = await field.get(`/api/rates?by=official&from=${today}&to=${today}`);
      const [own] = body.rows as {
        contact: { value: number; of: number };
        coverage: { value: number };
        waiting: number;
      }[];
      return { met: own!.contact.value, doors: own!.contact.of, covered: own!.coverage.value, waiting: own!.waiting };
    };
    const evidence = async () =>
      (
        await county.database.pool.query('select from evidence where county = $1 and stream = $2', [
          county.county,
          wrong,
        ])
      ).rows.length;
    const before = await rates();
    expect(await evidence()).toBe(1);
    expect((await head.post(`/api/visits/${wrong}/withdraw`, { reason: '替他撤' })).status).toBe(404);
    expect((await field.post(`/api/visits/${wrong}/withdraw`, { reason: '记到别家了' })).status).toBe(200);
    expect((await field.post(`/api/visits/${shut}/withdraw`, { reason: '敲错了门' })).status).toBe(200);
    expect(await rates()).toEqual({
      met: before.met - 1,
      doors: before.doors - 2,
      covered: before.covered - 1,
      waiting: before.waiting - 1,
    });
    expect(await evidence()).toBe(0);
    const row = (await field.get('/api/visits/today')).body.rows.find(
      (r: { household: string }) => r.household === closed.id,
    );
    expect(row?.group, 'no revisit is owed any more').not.toBe('revisit');
    // It stays readable, with why, and nothing more is done with it.
    expect((await field.get(`/api/visits/${wrong}`)).body).toMatchObject({
      contact: 'withdrawn',
      note: '记到别家了',
      withdrawn: { reason: '记到别家了' },
      can: [],
    });
    const { body } = await field.get(`/api/households/${at.id}/visits`);
    expect(body.visits.map((v: { contact: string }) => v.contact)).toEqual(['withdrawn']);
    for (const again of [
      field.post(`/api/visits/${wrong}/correct`, { note: '再改一改' }),
      field.post(`/api/visits/${wrong}/withdraw`, { reason: '再撤一次' }),
      field.post(`/api/visits/${wrong}/countersign`, { means: 'signature', by: at.adult, signature: '[[1,2],[3,4]]' }),
    ])
      expect(await again).toMatchObject({ status: 409, body: { refused: 'visit.withdrawn' } });

    const signed = await visited(at);
    await field.post(`/api/visits/${signed}/countersign`, {
      means: 'signature',
      by: at.adult,
      signature: '[[1,2],[3,4]]',
    });
    expect((await field.post(`/api/visits/${signed}/withdraw`, { reason: '不想要了' })).body.refused).toBe(
      'visit.signed-stands',
    );
    for (const more of [
      { needs: [{ words: '装一盏路灯' }] },
      { promises: [{ what: '问镇里', by: addDays(today, 3) }] },
    ])
      expect(
        (await field.post(`/api/visits/${await visited(at, more)}/withdraw`, { reason: '不想要了' })).body.refused,
      ).toBe('visit.carries');
  });

  test('[B1] [B2] a promise that cannot be kept is explained and stays in sight of the household until it is kept', async () => {
    const at = await home();
    const visit = await visited(at, { promises: [{ what: '把桥修好', by: addDays(today, 3) }] });
    const key = await keyOf(visit);
    expect((await field.post(`/api/visits/${visit}/explain-promise`, { promise: 0, why: '要等汛期过去' })).status).toBe(
      200,
    );
    expect((await nobody.get(`/api/sign/${visit}?k=${key}`)).body.promises).toEqual([
      { what: '把桥修好', by: addDays(today, 3), kept: false, told: '要等汛期过去' },
    ]);
    expect((await field.get(`/api/households/${at.id}/visits`)).body.promises).toMatchObject([
      { keptOn: null, told: '要等汛期过去' },
    ]);
    expect((await field.get('/api/owed')).body.rows).toContainEqual(expect.objectContaining({ id: visit }));
    await field.post(`/api/visits/${visit}/keep-promise`, { promise: 0, how: '修好了' });
    expect(
      (await field.post(`/api/visits/${visit}/explain-promise`, { promise: 0, why: '要等汛期过去' })).body.refused,
    ).toBe('visit.promise-kept');
  });

  test('[B2] who cannot sign has somebody sign for them, told apart in the entry and the summary; an official never', async () => {
    const at = await home();
    const visit = await visited(at);
    const proxy = { name: '刘婶', relation: '邻居', why: 'cannot-write' };
    const sign = (more: object) =>
      field.post(`/api/visits/${visit}/countersign`, {
        means: 'signature',
        by: at.adult,
        signature: '[[1,2],[3,4]]',
        proxy,
        ...more,
      });
    expect((await sign({ proxy: { ...proxy, name: '赵小兰' } })).body).toMatchObject({
      refused: 'visit.proxy-official',
      field: 'proxy.name',
    });
    expect((await sign({ means: 'card', card: '622848' })).body.refused).toBe('visit.proxy-by-hand');
    expect((await sign({ signature: undefined })).body.refused).toBe('visit.signature-missing');
    // A child is spoken for by a guardian, and by nobody else.
    expect((await sign({ by: at.child })).body.refused).toBe('visit.not-adult');
    const month = async () =>
      (await field.get(`/api/diary/month/${today.slice(0, 7)}`)).body.answers as { signed: number; proxied: number };
    const before = await month();
    expect((await sign({ comment: '说得对' })).status).toBe(200);
    expect((await field.get(`/api/visits/${visit}`)).body.answer).toMatchObject({
      said: 'signed',
      comment: '说得对',
      proxy,
    });
    expect(await month()).toMatchObject({ signed: before.signed + 1, proxied: before.proxied + 1 });
    // The household's own word stands over another's hand.
    const key = await keyOf(visit);
    expect(
      (await nobody.post(`/api/sign/${visit}/decline`, { k: key, by: at.adult, reason: '没念给我听' })).status,
    ).toBe(200);
    expect(await month()).toMatchObject({ signed: before.signed, proxied: before.proxied });
    const children = await visited(at);
    expect(
      (
        await field.post(`/api/visits/${children}/countersign`, {
          means: 'signature',
          by: at.child,
          signature: '[[1,2],[3,4]]',
          proxy: { name: '张建国', relation: '监护人', why: 'minors-only' },
        })
      ).status,
    ).toBe(200);
  });

  test('[B2] the same entry sent twice from the phone is there once', async () => {
    const at = await home();
    const [id, command] = [newId(), newId()];
    const send = () => field.post(`/api/visits/${id}/record`, { ...visitOf(at.id), command });
    const [first, again] = [await send(), await send()];
    expect(again.body).toEqual(first.body);
    expect((await field.get(`/api/households/${at.id}/visits`)).body.visits).toHaveLength(1);
  });

  test('[B2] weekly sorting and monthly summary follow from the entries; the head sees the sum', async () => {
    const at = await home();
    const month = today.slice(0, 7);
    const before = (await field.get(`/api/diary/month/${month}`)).body;
    await visited(at, {
      needs: [{ words: '修水渠', category: '农田水利' }],
      promises: [{ what: '问镇里', by: today }],
    });
    await visited(at, { contact: 'not-at-home', note: '' });
    const after = (await field.get(`/api/diary/month/${month}`)).body;
    expect(after.contacts).toEqual({
      ...before.contacts,
      met: before.contacts.met + 1,
      notAtHome: before.contacts.notAtHome + 1,
    });
    expect(after.needs).toBe(before.needs + 1);
    expect(after.promises.made).toBe(before.promises.made + 1);
    expect(after.answers.unsigned).toBe(before.answers.unsigned + 1);
    expect(after.households).toEqual({ met: before.households.met + 1, all: before.households.all });
    expect(after.themes).toContainEqual({ category: '农田水利', count: expect.any(Number) });
    expect(before.notMet.map((h: { id: string }) => h.id)).toContain(at.id);
    expect(after.notMet.map((h: { id: string }) => h.id)).not.toContain(at.id);

    const week = (await field.get(`/api/diary/week/${today}`)).body;
    expect(week).toMatchObject(weekOf(today));
    const entries = week.days.flatMap((d: { entries: { contact: string }[] }) => d.entries);
    expect(entries.filter(({ contact }: { contact: string }) => contact !== 'withdrawn').length).toBe(
      week.contacts.met + week.contacts.phone + week.contacts.notAtHome + week.contacts.leaflet,
    );

    const whole = (await head.get(`/api/diary/month/${month}`)).body;
    expect(whole.officials.map((o: { name: string }) => o.name)).toContain('王建军');
    expect(whole.households.all).toBeGreaterThanOrEqual(after.households.all);
    expect((await (await county.as('farhead')).get(`/api/diary/month/${month}`)).body.officials).toEqual([]);
    expect((await field.get('/api/diary')).body.days.at(-1)).toMatchObject({ day: today });
  });

  test('another township’s officials neither read nor write here', async () => {
    const at = await home();
    const visit = await visited(at);
    const far = await county.as('farfield');
    for (const path of [`/api/visits/${visit}`, `/api/visits/${visit}/link`, `/api/households/${at.id}/visits`]) {
      expect(await far.get(path)).toMatchObject({ status: 404, body: { refused: 'access.denied' } });
    }
    expect(await far.post(`/api/visits/${newId()}/record`, visitOf(at.id))).toMatchObject({ status: 404 });
    expect(await far.post(`/api/visits/${visit}/correct`, { note: '改一改' })).toMatchObject({ status: 404 });
    expect((await nobody.get(`/api/visits/${visit}`)).status).toBe(401);
  });
});

test('rebuilt from the ledger, the read tables are the same', async () => {
  const { database, ledger, system } = county;
  const tables = ['visit', 'promise', 'household', 'resident', 'resident_need'];
  const all = async () => {
    const rows: Record<string, unknown> = {};
    for (const t of tables) rows[t] = (await database.pool.query(`select t::text as row from ${t} t order by 1`)).rows;
    return rows;
  };
  const before = await all();
  expect(before['visit']).not.toEqual([]);
  await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
  expect(await all()).toEqual(before);
});

test('weeks begin on Monday and months end on their last day', () => {
  expect(weekOf('2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
  expect(monthOf('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  expect(monthOf('2026-12')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
});
