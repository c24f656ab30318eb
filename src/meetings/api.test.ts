import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf, toNumber } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { rebuild } from '../ledger/rebuild.ts';

let county: TestCounty;
let clerk: Client;
let head: Client;
let field: Client;
let handler: Client;
let leader: Client;
const today = dayOf(new Date().toISOString());
const yesterday = addDays(today, -1);

beforeAll(async () => {
  county = await startCounty();
  [clerk, head, field, handler, leader] = await Promise.all([
    county.as('clerk'),
    county.as('head'),
    county.as('field'),
    county.as('handler'),
    county.as('leader'),
  ]);
});
afterAll(() => county.stop());

const call = async (by: Client, more: object = {}): Promise<string> => {
  const id = newId();
  await done(
    by.post(`/api/meetings/${id}/call`, {
      template: 'weekly',
      unit: county.units.liuhe,
      day: yesterday,
      from: '08:30',
      place: '镇政府二楼会议室',
      chair: county.id('head'),
      recorder: county.id('clerk'),
      invited: [county.id('field'), county.id('otherfield')],
      ...more,
    }),
  );
  return id;
};
const taken = () => ({ leader: county.id('handler'), handler: county.id('handler'), measures: '先到现场看过再定' });
const everybody = () => ['head', 'clerk', 'field', 'otherfield'].map((key) => county.id(key));
const hold = (by: Client, id: string, more: object = {}) =>
  by.post(`/api/meetings/${id}/hold`, { present: everybody(), absent: [], ...more });
const page = async (by: Client, id: string) => (await done(by.get(`/api/meetings/${id}`))).body;

test('[K1] meeting → minutes → decisions → tasks → reported → checked at the next meeting of the series', async () => {
  const first = await call(clerk);
  const decision = {
    words: '十二月五日前修好北渠分水闸',
    unit: county.units.water,
    official: county.id('handler'),
    due: addDays(today, 9),
  };
  expect((await hold(clerk, first, { decisions: [{ ...decision, due: yesterday }] })).body).toMatchObject({
    refused: 'meeting.due-past',
    field: 'decisions.0.due',
  });
  // Whoever was called is present or absent with a reason: nobody just is not there.
  expect((await hold(clerk, first, { present: [county.id('head'), county.id('clerk')] })).body.refused).toBe(
    'meeting.nobody-unaccounted',
  );
  expect((await hold(clerk, first, { present: [county.id('clerk')] })).body.refused).toBe('meeting.chair-away');
  await done(
    hold(clerk, first, {
      present: everybody().slice(0, 3),
      absent: [{ official: county.id('otherfield'), why: '下村处理渠水' }],
      documents: ['县防汛办通知'],
      items: [{ words: '上周诉求办理' }, { words: '冬灌准备' }],
      decisions: [decision],
    }),
  );
  const held = await page(clerk, first);
  expect(held.minutes).toMatchObject({
    present: [{ name: '张敏' }, { name: '李芳' }, { name: '王建军' }],
    absent: [{ name: '赵小兰', why: '下村处理渠水' }],
    documents: ['县防汛办通知'],
    items: [{ words: '上周诉求办理' }, { words: '冬灌准备' }],
  });
  expect(held.tasks).toMatchObject([{ words: decision.words, unit: '水利局', official: '李强', state: 'open' }]);

  // The unit sees it among its tasks and says how far it is; another unit cannot.
  expect((await handler.get('/api/meetings')).body.tasks).toMatchObject([{ meeting: first, task: 0 }]);
  const other = await county.as('otherhandler');
  expect(
    (await other.post(`/api/meetings/${first}/report-task`, { task: 0, step: 'done', words: '替他们说的' })).status,
  ).toBe(404);
  await done(handler.post(`/api/meetings/${first}/report-task`, { task: 0, step: 'done', words: '闸板换好了' }));

  // Said to be done is not kept: it stands on the next meeting's agenda until the meeting says so.
  const next = await call(clerk, { day: today });
  const agenda = (await page(clerk, next)).agenda as { source: string; of: { words: string; report: string } | null }[];
  expect(agenda.filter(({ source }) => source === 'task')).toMatchObject([
    { of: { words: decision.words, report: '闸板换好了' } },
  ]);
  const check = { task: 0, at: next, outcome: 'again', words: '还有一处漏水' };
  expect((await clerk.post(`/api/meetings/${first}/check-task`, check)).body.refused).toBe('meeting.due-needed');
  expect(
    (await clerk.post(`/api/meetings/${first}/check-task`, { ...check, at: first, outcome: 'kept' })).body.refused,
  ).toBe('meeting.other-series');
  expect((await handler.post(`/api/meetings/${first}/check-task`, { ...check, outcome: 'kept' })).body.refused).toBe(
    'meeting.hand-checked',
  );
  await done(clerk.post(`/api/meetings/${first}/check-task`, { ...check, due: addDays(today, 5) }));
  expect((await page(clerk, first)).tasks[0]).toMatchObject({ state: 'doing', due: addDays(today, 5), open: true });
  await done(clerk.post(`/api/meetings/${first}/check-task`, { ...check, outcome: 'kept', words: '去看过，不漏了' }));
  expect((await page(clerk, first)).tasks[0]).toMatchObject({
    state: 'kept',
    open: false,
    checks: [{ outcome: 'again' }, { outcome: 'kept', words: '去看过，不漏了' }],
  });
  expect((await page(clerk, next)).checked).toMatchObject([{ meeting: first, state: 'kept' }]);
  expect((await handler.get('/api/meetings')).body.tasks).toEqual([]);
});

test('[K1] the agenda is drawn from the data: matters over their date, matters sent here, and what people add', async () => {
  const [late, sent] = [newId(), newId()];
  for (const [matter, subject] of [
    [late, '北渠分水闸漏水'],
    [sent, '跨镇公路路灯没人管'],
  ] as const) {
    await done(
      clerk.post(`/api/matters/${matter}/register`, { channel: 'phone', subject, area: county.places.village }),
    );
    await done(clerk.post(`/api/matters/${matter}/dispatch`, { unit: county.units.water }));
  }
  await county.database.pool.query(
    `update matter set work_due = now() - interval '2 days' where county = $1 and id = $2`,
    [county.county, late],
  );
  await done(handler.post(`/api/matters/${sent}/acknowledge`, taken()));
  const handUp = { rung: 'joint', unit: county.units.liuhe, ground: 'departments', reason: '三家都说不归自己' };
  const askOn = addDays(today, 10);
  expect((await handler.post(`/api/matters/${sent}/raise`, { ...handUp, unit: newId(), askOn })).body).toMatchObject({
    refused: 'matter.no-unit',
  });
  await done(handler.post(`/api/matters/${sent}/raise`, { ...handUp, askOn }));

  const joint = await call(clerk, { template: 'joint-quarterly' });
  const drawn = (await page(clerk, joint)).agenda as {
    source: string;
    ref: string;
    matter: { subject: string } | null;
  }[];
  expect(drawn.filter(({ source }) => source === 'referred')).toMatchObject([
    { ref: sent, matter: { subject: '跨镇公路路灯没人管' } },
  ]);
  expect(drawn.filter(({ source }) => source === 'overdue')).toMatchObject([
    { ref: late, matter: { subject: '北渠分水闸漏水' } },
  ]);
  // Somebody who is called reads the number; the words of a matter only who may read the matter.
  const guest = await call(clerk, { template: 'joint-quarterly', invited: [county.id('otherhandler')] });
  const seen = (await page(await county.as('otherhandler'), guest)).agenda as {
    source: string;
    matter: { number: string; subject: string | null };
  }[];
  expect(seen.find(({ source }) => source === 'overdue')!.matter).toMatchObject({ subject: null });
  expect(seen.find(({ source }) => source === 'overdue')!.matter.number).toMatch(/^QH/);

  const items = [
    ...drawn.map(({ source, ref, ...rest }) => ({
      source,
      ...(ref === null ? { words: (rest as unknown as { words: string }).words } : { ref }),
    })),
    { source: 'typed', words: '冬季取暖检查' },
  ];
  await done(clerk.post(`/api/meetings/${joint}/set-agenda`, { items }));
  await done(clerk.post(`/api/meetings/${joint}/draw`, {}));
  expect((await page(clerk, joint)).agenda.map((a: { words: string }) => a.words)).toContain('冬季取暖检查');
  // Held without a word on it, it waits for the next one.
  expect((await clerk.get('/api/meetings')).body.waiting).toMatchObject([{ id: sent }]);
  await done(hold(clerk, joint));
  expect((await clerk.get('/api/meetings')).body.waiting).toMatchObject([{ id: sent }]);
});

test('[K1] of a talk heart to heart only that it took place is kept, whatever is sent', async () => {
  const id = await call(clerk, { template: 'heart-to-heart' });
  await fc.assert(
    fc.asyncProperty(
      fc.record(
        {
          documents: fc.constant(['谈话提纲']),
          items: fc.constant([{ words: '他说了自己的难处' }]),
          decisions: fc.constant([
            { words: '以后要注意', unit: county.units.water, official: county.id('handler'), due: addDays(today, 3) },
          ]),
        },
        { requiredKeys: [] },
      ),
      async (more) => {
        const answer = await hold(clerk, id, more);
        if (Object.keys(more).length > 0) expect(answer.body.refused).toBe('meeting.only-held');
      },
    ),
    { numRuns: 8, examples: [[{ items: [{ words: '他说了自己的难处' }] }]] },
  );
  const agenda = await clerk.post(`/api/meetings/${id}/set-agenda`, { items: [{ source: 'typed', words: '谈思想' }] });
  expect(['meeting.only-held', 'meeting.over']).toContain(agenda.body.refused);
  const events = await county.ledger.history(county.county, id);
  expect(JSON.stringify(events)).not.toMatch(/难处|提纲|注意/);
  // What each person said is kept only where the form asks for it.
  const weekly = await call(clerk);
  const spoken = { items: [{ words: '冬灌', remarks: [{ who: '王建军', words: '闸口先修' }] }] };
  expect((await hold(clerk, weekly, spoken)).body.refused).toBe('meeting.no-remarks');
  const talk = await call(clerk, { template: 'discussion' });
  await done(hold(clerk, talk, spoken));
  expect((await page(clerk, talk)).minutes.items).toMatchObject([{ remarks: [{ who: '王建军' }] }]);
  // A committee says of each decision who takes it.
  const committee = await call(clerk, { template: 'committee' });
  const due = {
    words: '修渠用款三万元',
    unit: county.units.water,
    official: county.id('handler'),
    due: addDays(today, 9),
  };
  expect((await hold(clerk, committee, { decisions: [due] })).body.refused).toBe('meeting.who-decides');
  await done(hold(clerk, committee, { decisions: [{ ...due, by: 'together' }] }));
  expect((await page(clerk, committee)).tasks).toMatchObject([{ by: '集体议定' }]);
});

test('[K1] a meeting held is evidence for those who came and for nobody else; regularity equals a count by hand', async () => {
  const id = await call(clerk, { template: 'month-summary' });
  const evidence = () =>
    county.ledger.query<{ official: string; kind: string; day: string }>(
      'test.meeting-evidence',
      'select official, kind, day from evidence where county = $1 and stream = $2',
      [county.county, id],
    );
  expect(await evidence()).toEqual([]);
  await done(
    hold(clerk, id, {
      present: everybody().slice(0, 3),
      absent: [{ official: county.id('otherfield'), why: '请假' }],
    }),
  );
  const rows = await evidence();
  expect(rows.map((r) => r.official).toSorted()).toEqual(everybody().slice(0, 3).toSorted());
  expect(new Set(rows.map((r) => `${r.kind} ${r.day}`))).toEqual(new Set([`month-summary ${yesterday}`]));

  // Weekly meetings on some days of the past weeks, in any order: which weeks had one is counted again by hand.
  const days = [8, 9, 23, 36].map((n) => addDays(today, -n));
  for (const day of days) {
    const weekly = await call(clerk, { day });
    await done(hold(clerk, weekly));
  }
  const { periods, rows: units } = (await leader.get('/api/meetings/regularity?template=weekly')).body;
  const monday = (day: string): number => {
    const n = toNumber(day);
    return n - ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7);
  };
  const held = (await leader.get('/api/meetings')).body.rows.filter(
    (r: { template: string; status: string; unit: string }) => r.template === 'weekly' && r.status === 'held',
  ) as { day: string }[];
  const weeks = new Set(held.map(({ day }) => monday(day)));
  const liuhe = units.find((u: { unit: string }) => u.unit === county.units.liuhe);
  expect(liuhe.at.map((one: unknown) => one !== null)).toEqual(
    periods.map(({ from }: { from: string }) => weeks.has(monday(from))),
  );
  expect(liuhe.held).toBe(
    periods.filter(({ from, until }: { from: string; until: string }) => until < today && weeks.has(monday(from)))
      .length,
  );
  expect(units.find((u: { unit: string }) => u.unit === county.units.chengguan)).toMatchObject({ held: 0 });
});

test('[K1] who was neither called nor has to do with it reads nothing of a meeting; nobody calls one elsewhere', async () => {
  const id = await call(clerk);
  for (const key of ['otherhandler', 'farclerk', 'administrator', 'farfield']) {
    const other = await county.as(key);
    expect((await other.get(`/api/meetings/${id}`)).status, key).toBe(404);
    const rows = (await other.get('/api/meetings')).body.rows;
    expect(
      rows.some((r: { id: string }) => r.id === id),
      key,
    ).toBe(false);
  }
  expect((await page(field, id)).can).toEqual([]);
  const far = await county.as('farclerk');
  expect(
    (
      await far.post(`/api/meetings/${newId()}/call`, {
        template: 'weekly',
        unit: county.units.liuhe,
        day: today,
        from: '09:00',
        place: '会议室',
        chair: county.id('head'),
        invited: [county.id('field')],
      })
    ).status,
  ).toBe(404);
  const before = (await leader.get('/api/meetings')).body;
  const { database, ledger, system } = county;
  // Minutes of matters that were late by hand stand apart: only the meetings' own rows are compared.
  await rebuild(database.pool, ledger, county.county, await system.policies(county.county));
  expect((await leader.get('/api/meetings')).body).toEqual(before);
});

test('[A2] a leading group has one chair at a time, deputies, members and a liaison, each with a period, and says what it lacks', async () => {
  const id = newId();
  const found = {
    form: 'leading',
    name: '柳河镇群众工作领导小组',
    purpose: '领导全镇群众工作，半年考核一次',
    area: county.places.liuhe,
    office: county.units.liuhe,
    source: '镇党委〔2026〕3 号',
    since: addDays(today, -30),
  };
  expect((await (await county.as('farclerk')).post(`/api/standing-groups/${id}/found`, found)).status).toBe(404);
  await done(head.post(`/api/standing-groups/${id}/found`, found));
  const read = async () => (await done(field.get(`/api/standing-groups/${id}`))).body;
  expect((await read()).lacks).toEqual(['组长', '副组长', '成员', '联络员']);
  const seat = (key: string, as: string, since = addDays(today, -30)) =>
    head.post(`/api/standing-groups/${id}/seat`, { official: county.id(key), seat: as, since });
  await done(seat('head', 'chair'));
  await done(seat('leader', 'deputy'));
  await done(seat('clerk', 'liaison'));
  await done(seat('field', 'member'));
  expect((await seat('otherfield', 'chair')).body.refused).toBe('standing-group.chair-taken');
  expect((await seat('field', 'deputy')).body.refused).toBe('standing-group.seated');
  expect((await read()).lacks).toEqual([]);
  await done(
    head.post(`/api/standing-groups/${id}/unseat`, { official: county.id('head'), until: yesterday, reason: '调动' }),
  );
  expect((await read()).lacks).toEqual(['组长']);
  await done(seat('otherfield', 'chair', today));
  const { seats } = await read();
  expect(seats.filter((s: { seat: string }) => s.seat === 'chair')).toMatchObject([
    { name: '张敏', until: yesterday, now: false },
    { name: '赵小兰', until: null, now: true },
  ]);
  // Its meetings stand under it, in one series whichever unit calls them.
  const meeting = await call(clerk, { template: 'leading-group', group: id });
  await done(hold(clerk, meeting));
  expect((await read()).meetings).toMatchObject([{ id: meeting, status: 'held' }]);
  expect((await field.get('/api/standing-groups')).body.groups).toMatchObject([
    { id, chair: '赵小兰', deputies: ['何书记'], members: 1, liaisons: ['李芳'], meetings: 1, lacks: [] },
  ]);
  await done(head.post(`/api/standing-groups/${id}/end`, { until: today, reason: '机构调整' }));
  expect((await field.get('/api/standing-groups')).body.groups).toEqual([]);
});

test('[A2] seats in any order: never two chairs on one day, by brute force', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          who: fc.constantFrom('field', 'otherfield', 'clerk'),
          day: fc.integer({ min: 0, max: 9 }),
          leave: fc.boolean(),
        }),
        { minLength: 3, maxLength: 8 },
      ),
      async (steps) => {
        const id = newId();
        const day = (n: number) => addDays('2026-06-01', n);
        await done(
          head.post(`/api/standing-groups/${id}/found`, {
            form: 'joint',
            name: '柳河镇信访联席会议',
            purpose: '研究疑难问题',
            area: county.places.liuhe,
            office: county.units.liuhe,
            source: '镇党委决定',
            since: day(0),
          }),
        );
        for (const { who, day: n, leave } of steps) {
          const official = county.id(who);
          await (leave
            ? head.post(`/api/standing-groups/${id}/unseat`, { official, until: day(n), reason: '换人' })
            : head.post(`/api/standing-groups/${id}/seat`, { official, seat: 'chair', since: day(n) }));
        }
        const { seats } = (await field.get(`/api/standing-groups/${id}`)).body as {
          seats: { official: string; since: string; until: string | null }[];
        };
        for (let n = 0; n < 12; n++) {
          const there = seats.filter((s) => s.since <= day(n) && (s.until === null || s.until >= day(n)));
          expect(there.length).toBeLessThanOrEqual(1);
        }
      },
    ),
    { numRuns: 8 },
  );
});

test('[A2] each field of work has three layers of people in every unit it is for; the check shows every gap', async () => {
  const read = async () => (await done(head.get('/api/responsibilities'))).body;
  const before = await read();
  const line = before.lines.find(
    (l: { unit: string; field: string }) => l.unit === county.units.liuhe && l.field === 'mass-work',
  );
  expect(line.people).toMatchObject([
    { layerName: '第一责任人', gap: 'nobody' },
    { layerName: '分管领导', gap: 'nobody' },
    { layerName: '联络员', gap: 'nobody' },
  ]);
  expect(before.gaps).toBe(before.places);
  const assign = {
    unit: county.units.liuhe,
    field: 'mass-work',
    principal: county.id('head'),
    deputy: county.id('otherfield'),
    liaison: county.id('clerk'),
    since: today,
  };
  const at = `/api/responsibilities/${line.id}/assign`;
  expect((await head.post(at, { ...assign, liaison: county.id('head') })).body.refused).toBe(
    'responsibility.same-person',
  );
  expect((await (await county.as('farhead')).post(at, assign)).status).toBe(404);
  await done(head.post(at, assign));
  expect((await head.post(at, assign)).body.refused).toBe('responsibility.unchanged');
  expect((await read()).gaps).toBe(before.gaps - 3);
  // Somebody who leaves is a gap again, without anybody saying so.
  await county.give('official', county.id('otherfield'), { kind: 'official.retire' });
  const after = await read();
  expect(after.gaps).toBe(before.gaps - 2);
  expect(
    after.lines
      .find((l: { id: string }) => l.id === line.id)
      .people.find((p: { layer: string }) => p.layer === 'deputy'),
  ).toMatchObject({ name: '赵小兰', gap: 'left' });
});

describe('[C9] [K1] [A2] a matter handed to a joint meeting', () => {
  const inHand = async (subject: string, more: object = {}): Promise<string> => {
    const id = newId();
    await done(
      clerk.post(`/api/matters/${id}/register`, { channel: 'phone', subject, area: county.places.village, ...more }),
    );
    await done(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water }));
    await done(handler.post(`/api/matters/${id}/acknowledge`, taken()));
    return id;
  };
  // Some who were called above have left work since.
  const convene = (by: Client, more: object) => call(by, { invited: [county.id('field')], ...more });
  const decided = (id: string, more: object) =>
    clerk.post(`/api/meetings/${id}/hold`, {
      present: ['head', 'clerk', 'field'].map((key) => county.id(key)),
      absent: [],
      ...more,
    });
  const raise = (id: string, more: object = {}) =>
    handler.post(`/api/matters/${id}/raise`, {
      rung: 'joint',
      ground: 'departments',
      reason: '路是住建修的，渠是水利管的',
      askOn: addDays(today, 15),
      ...more,
    });
  const onAgenda = async (meeting: string) =>
    (await page(clerk, meeting)).agenda as {
      source: string;
      ref: string;
      matter: { number: string; subject: string | null; raised: { ground: string; reason: string } | null } | null;
      of: { matter: { id: string; statusName: string } | null } | null;
      order: { number: string; unit: string; what: string | null } | null;
      hotspot: { title: string; people: number; place: string; first: string } | null;
    }[];

  test('goes on the agenda of the meeting that is called, by itself; its minutes dispatch it; the next one checks', async () => {
    const group = newId();
    await done(
      clerk.post(`/api/standing-groups/${group}/found`, {
        form: 'joint',
        name: '镇信访联席会议',
        purpose: '研究说不清归谁管的事',
        area: county.places.liuhe,
        office: county.units.liuhe,
        source: '镇党委〔2026〕7 号',
        since: yesterday,
      }),
    );
    const meeting = await convene(clerk, { template: 'petition-joint', group, day: today });
    const id = await inHand('路边渠塌了，路也陷了');
    const before = (await clerk.get(`/api/matters/${id}`)).body;
    await done(raise(id));

    // Nobody put it there: the group over its place was found, and the meeting it had called.
    const line = (await onAgenda(meeting)).filter(({ ref }) => ref === id);
    expect(line).toMatchObject([
      {
        source: 'referred',
        matter: {
          subject: '路边渠塌了，路也陷了',
          raised: { ground: '跨部门、跨行业', reason: '路是住建修的，渠是水利管的' },
        },
      },
    ]);
    const waiting = (await clerk.get(`/api/matters/${id}`)).body;
    expect(waiting.raisings).toMatchObject([
      { to: expect.stringMatching(/镇信访联席会议$/), state: 'asked', meetingDay: today },
    ]);
    // Its unit and its clock are as they were, and nobody writes down for the meeting what it decided.
    expect([waiting.unit, waiting.clock.due]).toEqual([before.unit, before.clock.due]);
    expect(
      (await handler.post(`/api/matters/${id}/hear-above`, { outcome: 'decided', words: '会上说归住建' })).body.refused,
    ).toBe('matter.meeting-decides');
    expect((await clerk.post(`/api/meetings/${meeting}/put-on`, { matter: id })).status).toBe(404);
    expect((await clerk.post(`/api/matters/${id}/hear-meeting`, { meeting })).status).toBe(404);

    const decision = {
      words: '由住建局牵头把路和渠一起修好，水利局出渠的图纸',
      unit: county.units.works,
      official: county.id('otherhandler'),
      due: addDays(today, 3),
      matter: id,
      parts: [county.units.water],
    };
    expect((await decided(meeting, { decisions: [{ ...decision, matter: newId() }] })).body).toMatchObject({
      refused: 'meeting.matter-not-on',
      field: 'decisions.0.matter',
    });
    expect((await decided(meeting, { decisions: [{ ...decision, parts: [newId()] }] })).body).toMatchObject({
      refused: 'meeting.unit-unknown',
      field: 'decisions.0.parts',
    });
    await done(decided(meeting, { decisions: [decision] }));

    // Lead, co-handler and day stand on the matter, said by nobody a second time; the clock runs on from the first day.
    const after = (await clerk.get(`/api/matters/${id}`)).body;
    expect(after).toMatchObject({
      status: 'dispatched',
      unit: county.units.works,
      raisings: [{ state: 'decided', words: decision.words }],
      parts: [{ unit: county.units.water, state: 'asked', due: decision.due }],
    });
    expect(after.clock.due).toBe(before.clock.due);
    expect(after.four.handler).toBe((await page(clerk, meeting)).tasks[0].official);
    expect((await page(clerk, meeting)).tasks).toMatchObject([{ matter: { id }, parts: ['水利局'] }]);

    // The next meeting looks at the task: it is not kept while the matter is not done.
    const next = await convene(clerk, { template: 'petition-joint', group, day: addDays(today, 7) });
    expect((await onAgenda(next)).filter(({ source }) => source === 'task')).toMatchObject([
      { of: { matter: { id } } },
    ]);
    expect((await onAgenda(next)).some(({ source, ref }) => source === 'referred' && ref === id)).toBe(false);
    const kept = { task: 0, at: next, outcome: 'kept', words: '修好了' };
    expect((await clerk.post(`/api/meetings/${meeting}/check-task`, kept)).body.refused).toBe('meeting.matter-open');
    const lead = await county.as('otherhandler');
    await done(
      lead.post(`/api/matters/${id}/acknowledge`, {
        leader: county.id('otherhandler'),
        handler: county.id('otherhandler'),
        measures: '路和渠一起修',
      }),
    );
    await done(lead.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '路基和渠一起修' }));
    await done(handler.post(`/api/matters/${id}/answer-part`, { part: 0, text: '图纸已经给住建局，渠底加了护板。' }));
    await done(lead.post(`/api/matters/${id}/resolve`, { answer: '路和渠都修好了，车能过，水也不漏了。' }));
    await done(clerk.post(`/api/meetings/${meeting}/check-task`, kept));
    expect((await page(clerk, meeting)).tasks[0]).toMatchObject({ state: 'kept' });
  });

  test('with the same unit decided it stays there; taken back before the meeting it is not decided there', async () => {
    const [stays, back, off] = [await inHand('渠口谁来清'), await inHand('渠边树谁来砍'), await inHand('桥头灯坏了')];
    await done(
      handler.post(`/api/matters/${off}/dispose`, {
        disposition: 'deferred',
        cause: '要等灯杆到货',
        plan: '到货就装',
        recheckOn: addDays(today, 20),
      }),
    );
    for (const id of [stays, back, off]) await done(raise(id, { unit: county.units.liuhe }));
    // Called afterwards, it finds what waits.
    const meeting = await convene(clerk, { template: 'petition-joint', day: today });
    await done(handler.post(`/api/matters/${back}/hear-above`, { outcome: 'returned', words: '不用会上定，我们办' }));
    const decide = (matter: string) => ({
      words: '由水利局办，三天内办好',
      unit: county.units.water,
      official: county.id('handler'),
      due: addDays(today, 3),
      matter,
    });
    await done(decided(meeting, { decisions: [stays, back, off].map(decide) }));
    const states = await Promise.all(
      [stays, back, off].map(async (id) => (await clerk.get(`/api/matters/${id}`)).body),
    );
    expect(states.map(({ status, unit, raisings }) => [status, unit, raisings.at(-1).state])).toEqual([
      ['handling', county.units.water, 'decided'],
      ['handling', county.units.water, 'returned'],
      // What was put off is in hand again: the meeting set a day for it.
      ['handling', county.units.water, 'decided'],
    ]);
    expect(states[2].clock.due).not.toBeNull();
  });

  test('the agenda names what crosses a county line, orders over their date and hot spots with their facts', async () => {
    const across = await inHand('渠在县界上，上游不放水');
    await done(raise(across, { rung: 'prefecture', body: '州联席会议', ground: 'county-line' }));
    const order = newId();
    const inspector = await county.as('inspector');
    await done(
      inspector.post(`/api/orders/${order}/issue`, {
        form: 'supervision',
        source: 'inspectorate',
        from: '县委县政府督查室',
        text: '三天内报清渠的进度',
        unit: county.units.water,
        due: today,
        matter: across,
      }),
    );
    await county.database.pool.query(`update given_order set due = $3::date where county = $1 and id = $2`, [
      county.county,
      order,
      yesterday,
    ]);
    const hotspot = newId();
    const heard = await Promise.all(['北渠漏水', '北渠又漏', '北渠漏到路上'].map((subject) => inHand(subject)));
    await done(
      clerk.post(`/api/hotspots/${hotspot}/raise`, { title: '北渠漏水', area: county.places.liuhe, matters: heard }),
    );
    const meeting = await convene(clerk, { template: 'petition-joint', day: today });
    const agenda = await onAgenda(meeting);
    expect(agenda.filter(({ source }) => source === 'crossing')).toMatchObject([
      { ref: across, matter: { raised: { to: '州联席会议', ground: '跨县' } } },
    ]);
    expect(agenda.filter(({ source }) => source === 'order')).toMatchObject([
      { ref: order, order: { unit: '水利局', what: '三天内报清渠的进度' } },
    ]);
    expect(agenda.filter(({ source }) => source === 'hotspot')).toMatchObject([
      { ref: hotspot, hotspot: { title: '北渠漏水', people: 3, place: '柳河镇', first: today } },
    ]);
    // A meeting of another place has none of them.
    const elsewhere = await convene(await county.as('leader'), {
      template: 'petition-joint',
      unit: county.units.chengguan,
    });
    const far = (await done(leader.get(`/api/meetings/${elsewhere}`))).body.agenda as { source: string }[];
    expect(far.filter(({ source }) => ['crossing', 'order', 'hotspot', 'referred'].includes(source))).toEqual([]);
  });
});
