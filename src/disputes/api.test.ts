import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { disputePolicies, sweepStream } from './model.ts';

let county: TestCounty;
const today = dayOf(new Date().toISOString());
const SIGNATURE = '[[[1,2],[3,4]]]';
beforeAll(async () => {
  county = await startCounty();
  // Days of a set period are whatever day the test runs on.
  const sweeps = disputePolicies[0]!.standard.document as Record<string, unknown>;
  await county.publish('sweeps', {
    ...sweeps,
    since: addDays(today, -70).slice(0, 7),
    periods: [
      { id: 'now', name: '本次设定的时段', from: addDays(today, -1), to: addDays(today, 3), source: '县里的通知' },
    ],
    phases: [
      {
        id: 'winter',
        name: '冬季大排查',
        from: addDays(today, -9),
        to: addDays(today, 9),
        due: addDays(today, 12),
        source: '县里的通知',
      },
    ],
  });
});
afterAll(() => county.stop());

const finding = (more: object = {}) => ({
  about: 'water',
  subject: '两个组为分水争执',
  words: '上游堵了口子，下游三十户没有水，吵过两回',
  area: county.places.village,
  signs: ['many'],
  into: 'dispute',
  by: { unit: county.units.liuhe, person: county.id('field'), due: addDays(today, 10) },
  ...more,
});
const register = async (by: Client, more: object = {}): Promise<string> => {
  const id = newId();
  const { into: _, by: answerable, ...rest } = finding() as Record<string, unknown> & { by: object };
  await done(by.post(`/api/disputes/${id}/register`, { ...rest, ...answerable, ...more }));
  return id;
};
async function mediator(more: object = {}): Promise<string> {
  const id = newId();
  await done(
    (await county.as('clerk')).post(`/api/mediators/${id}/enrol`, {
      name: '吴守义',
      phone: '19000001234',
      background: 'veteran-member',
      types: ['people'],
      area: county.places.liuhe,
      unit: county.units.liuhe,
      qualification: '做过二十年村支书，2025 年司法局培训',
      abouts: ['water', 'neighbours'],
      until: addDays(today, 300),
      ...more,
    }),
  );
  return id;
}
const keysOf = async (by: Client, dispute: string): Promise<string[]> =>
  ((await by.get(`/api/disputes/${dispute}/link`)).body.links as { url: string }[]).map(({ url }) =>
    new URL(url).searchParams.get('k')!,
  );

describe('sweeps', () => {
  test('[E1] monthly, daily in a set period, and in a phase; a nil return is a return; who has not swept stands there', async () => {
    const [field, head, handler, leader] = await Promise.all(
      ['field', 'head', 'handler', 'leader'].map((k) => county.as(k)),
    );
    const { liuhe, water } = county.units;
    const month = today.slice(0, 7);
    const mine = (await field!.get('/api/sweeps/mine')).body;
    expect(mine.rows.map((r: { mode: string; period: string }) => `${r.mode} ${r.period}`)).toEqual(
      expect.arrayContaining([`day ${today}`, 'phase winter', `month ${month}`]),
    );
    // Nobody else's unit, and no period there is not.
    const daily = sweepStream(county.county, liuhe, 'day', today);
    const looked = '走了两个组，问了组长和小卖部';
    expect(
      (await handler!.post(`/api/sweeps/${daily}/return`, { unit: liuhe, mode: 'day', period: today, looked })).status,
    ).toBe(404);
    const far = sweepStream(county.county, liuhe, 'day', addDays(today, 30));
    expect(
      (await field!.post(`/api/sweeps/${far}/return`, { unit: liuhe, mode: 'day', period: addDays(today, 30), looked }))
        .body.refused,
    ).toBe('sweep.period-unknown');
    // A nil return says where they looked all the same.
    const nil = await field!.post(`/api/sweeps/${daily}/return`, {
      unit: liuhe,
      mode: 'day',
      period: today,
      looked: '',
    });
    expect(nil.status).toBe(422);
    await done(field!.post(`/api/sweeps/${daily}/return`, { unit: liuhe, mode: 'day', period: today, looked }));
    expect(
      (await field!.post(`/api/sweeps/${daily}/return`, { unit: liuhe, mode: 'day', period: today, looked })).body
        .refused,
    ).toBe('sweep.returned');
    const days = (await leader!.get('/api/sweeps?mode=day')).body;
    expect(days.figures).toMatchObject({ units: 5, returned: 1, nil: 1, owing: 4 });
    expect(days.rows.find((r: { unit: string }) => r.unit === liuhe)).toMatchObject({
      returnedOn: today,
      found: 0,
      looked,
    });
    expect(days.rows.find((r: { unit: string }) => r.unit === water)).toMatchObject({ returnedOn: null, sweep: null });
    // A head sees the units of their own places; what the county asks of others is not theirs.
    expect((await head!.get('/api/sweeps?mode=day')).body.figures).toMatchObject({ units: 1, returned: 1 });
    expect((await leader!.get('/api/sweeps?mode=phase')).body).toMatchObject({
      period: { name: '冬季大排查' },
      figures: { returned: 0 },
    });
    expect((await leader!.get('/api/sweeps')).body).toMatchObject({
      period: { mode: 'month', period: month },
      figures: { owing: 5 },
    });
  });

  test('[E1] each finding has unit, person and day, and becomes a dispute or a matter that is followed to its end', async () => {
    const [field, leader, head] = await Promise.all(['field', 'leader', 'head'].map((k) => county.as(k)));
    const { liuhe } = county.units;
    const of = { unit: liuhe, mode: 'phase', period: 'winter' };
    const sweep = sweepStream(county.county, liuhe, 'phase', 'winter');
    const find = (more: object) => field!.post(`/api/sweeps/${sweep}/find`, { ...of, ...finding(), ...more });
    expect((await find({ by: undefined })).body).toMatchObject({ refused: 'sweep.answerable-missing' });
    const by = { unit: liuhe, person: county.id('field'), due: addDays(today, 10) };
    expect((await find({ by: { ...by, person: county.id('handler') } })).body).toMatchObject({
      refused: 'dispute.person-unknown',
      field: 'by.person',
    });
    expect((await find({ signs: ['bad-people'] })).body.refused).toBe('dispute.sign-unknown');
    // The more pressing the situation, the sooner the day.
    expect((await find({ signs: ['blows'], by })).body.refused).toBe('dispute.due-too-late');
    await done(find({ signs: ['blows', 'many'], by: { ...by, due: addDays(today, 2) } }));
    await done(find({ into: 'matter', by: undefined, about: 'other', subject: '桥栏杆断了没人修', signs: [] }));
    await done(field!.post(`/api/sweeps/${sweep}/return`, { ...of, looked: '三个组都走了一遍，问了十来户' }));
    expect((await find({})).body.refused).toBe('sweep.returned');

    const { rows } = (await field!.get(`/api/disputes?sweep=${sweep}`)).body;
    expect(rows).toMatchObject([
      {
        grade: 'urgent',
        mode: '集中排查',
        unit: '柳河镇人民政府',
        person: '王建军',
        due: addDays(today, 2),
        subject: '两个组为分水争执',
      },
    ]);
    const matters = (await leader!.get('/api/matters?channel=sweep')).body.matters;
    expect(matters).toMatchObject([{ subject: '桥栏杆断了没人修' }]);
    // Settled on the spot it counts as found and settled; come up again it does not.
    const id = rows[0].id as string;
    await done(field!.post(`/api/disputes/${id}/settle`, { how: '两个组长当场说好：单日上游放，双日下游放' }));
    expect((await leader!.get('/api/sweeps?mode=phase')).body.figures).toMatchObject({
      returned: 1,
      disputes: 1,
      settled: 1,
    });
    await done(head!.post(`/api/disputes/${id}/reopen`, { reason: '第三天又堵上了' }));
    expect((await leader!.get('/api/sweeps?mode=phase')).body.figures).toMatchObject({ disputes: 1, settled: 0 });
    // The situation may grow worse or calm down; what is said is of the situation.
    await done(field!.post(`/api/disputes/${id}/regrade`, { signs: ['again'], words: '两个组都在等镇里，没有再动手' }));
    expect((await head!.get(`/api/disputes/${id}`)).body).toMatchObject({ grade: 'watch', reopenings: 1 });
    // What asks something of an office becomes a matter, with its number and clock.
    const passed = (await done(field!.post(`/api/disputes/${id}/to-matter`, { reason: '要水利局定分水口的高低' })))
      .body;
    expect(passed.followed).toMatchObject([{ record: 'matter' }]);
    expect((await leader!.get('/api/matters?channel=sweep')).body.matters).toHaveLength(2);
  });
});

describe('mediation', () => {
  test('[E2] people’s mediation: consent, sessions, an agreement both sign, terms kept, and the last yes settles it', async () => {
    const [field, head, leader, nobody] = await Promise.all(
      ['field', 'head', 'leader', undefined].map((k) => county.as(k)),
    );
    const id = await register(field!);
    const wu = await mediator();
    const parties = [{ name: '陈大河', phone: '13911112222' }, { name: '周小满' }];
    const open = { type: 'people', mediator: wu, parties };
    expect((await field!.post(`/api/disputes/${id}/open-mediation`, { ...open, type: 'judicial' })).body.refused).toBe(
      'dispute.mediator-type',
    );
    await done(field!.post(`/api/disputes/${id}/open-mediation`, open));
    const held = {
      day: today,
      where: '村调解室',
      present: [0, 1],
      said: [
        { party: 0, words: '口子是去年就堵的' },
        { party: 1, words: '我家秧都干了' },
      ],
    };
    expect((await field!.post(`/api/disputes/${id}/hold`, held)).body.refused).toBe('dispute.consent-missing');
    expect((await field!.post(`/api/disputes/${id}/consent`, { party: 0, agrees: true })).body.refused).toBe(
      'dispute.signature-missing',
    );
    await done(field!.post(`/api/disputes/${id}/consent`, { party: 0, agrees: true, signature: SIGNATURE }));
    // The other side answers on its own phone.
    const keys = await keysOf(field!, id);
    expect((await nobody!.post(`/api/mediation/${id}/consent`, { k: 'x'.repeat(22), agrees: true })).body.refused).toBe(
      'dispute.key-wrong',
    );
    await done(nobody!.post(`/api/mediation/${id}/consent`, { k: keys[1], agrees: true }));
    await done(field!.post(`/api/disputes/${id}/hold`, held));
    await done(
      field!.post(`/api/disputes/${id}/draft`, {
        facts: '上游去年堵了分水口，下游三十户插秧缺水。',
        terms: [
          { by: 0, what: '三天内拆掉堵口的石头', due: today },
          { by: 1, what: '清淤时出四个工', due: addDays(today, 20) },
        ],
      }),
    );
    // Each party reads the whole agreement, and of what was said only its own words.
    const theirs = (await nobody!.get(`/api/mediation/${id}?k=${keys[1]}`)).body;
    expect(theirs).toMatchObject({ name: '周小满', others: ['陈大河'], mediator: '吴守义' });
    expect(theirs.sessions).toMatchObject([{ said: ['我家秧都干了'] }]);
    expect(JSON.stringify(theirs)).not.toContain('口子是去年就堵的');
    expect(JSON.stringify(theirs)).not.toContain('13911112222');
    await done(field!.post(`/api/disputes/${id}/sign`, { party: 0, signature: SIGNATURE }));
    expect((await head!.get(`/api/disputes/${id}`)).body.status).toBe('mediating');
    await done(nobody!.post(`/api/mediation/${id}/sign`, { k: keys[1] }));
    const bound = (await field!.get(`/api/disputes/${id}`)).body;
    expect(bound).toMatchObject({
      status: 'agreed',
      mediation: { agreement: { bound: today, confirmBy: addDays(today, 30) } },
    });
    expect((await field!.post(`/api/disputes/${id}/settle`, { how: '都说好了不用再看' })).body.refused).toBe(
      'dispute.bound',
    );

    // Judicial confirmation is noted.
    await done(field!.post(`/api/disputes/${id}/ask-court`, { court: '清河县人民法院', day: today }));
    await done(
      field!.post(`/api/disputes/${id}/court-answers`, {
        confirmed: true,
        document: '（2026）清 01 民特 7 号',
        day: today,
      }),
    );
    // Terms due soon are called to mind; whether one was kept, the other side says.
    const reminders = (await field!.get('/api/disputes')).body.reminders as { dispute: string; term: number }[];
    expect(reminders.filter((r) => r.dispute === id)).toMatchObject([{ term: 0, waits: 'doing' }]);
    await done(field!.post(`/api/disputes/${id}/perform`, { term: 0, done: true, words: '今天上午一起拆的' }));
    expect((await nobody!.post(`/api/mediation/${id}/term`, { k: keys[0], term: 0, done: true })).body.refused).toBe(
      'dispute.term-own',
    );
    await done(nobody!.post(`/api/mediation/${id}/term`, { k: keys[1], term: 0, done: true, words: '水来了' }));
    await done(field!.post(`/api/disputes/${id}/say-term`, { term: 1, party: 0, done: true, signature: SIGNATURE }));
    expect((await field!.get(`/api/disputes/${id}`)).body).toMatchObject({ status: 'settled', settledOn: today });
    const figures = (await leader!.get('/api/disputes/figures')).body;
    expect(figures.mediations.find((m: { type: string }) => m.type === 'people')).toMatchObject({
      bound: 1,
      confirmed: 1,
      broken: 0,
    });
  });

  test('[E2] what parties say is the holding unit’s alone: a leader, an inspector, a clerk elsewhere never read it', async () => {
    const field = await county.as('field');
    const id = await register(field);
    const wu = await mediator();
    await done(
      field.post(`/api/disputes/${id}/open-mediation`, {
        type: 'people',
        mediator: wu,
        parties: [{ name: '白鹭一' }, { name: '白鹭二' }],
      }),
    );
    for (const party of [0, 1])
      await done(field.post(`/api/disputes/${id}/consent`, { party, agrees: true, signature: SIGNATURE }));
    await done(
      field.post(`/api/disputes/${id}/hold`, {
        day: today,
        where: '镇司法所',
        present: [0, 1],
        said: [{ party: 0, words: '白鹭飞过水田' }],
      }),
    );
    for (const who of ['leader', 'inspector']) {
      const client = await county.as(who);
      const { status, body } = await client.get(`/api/disputes/${id}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ inside: false, mediation: null, earlier: [], can: [] });
      expect(JSON.stringify(body)).not.toContain('白鹭');
    }
    for (const who of ['farclerk', 'farfield', 'handler', 'auditor', 'administrator'])
      expect((await (await county.as(who)).get(`/api/disputes/${id}`)).status).toBe(404);
    // What is read is written down.
    const { rows } = await county.database.pool.query<{ n: number }>(
      `select count(*)::int as n from read_audit where subject = $1 and reader = $2`,
      [id, county.id('field')],
    );
    await field.get(`/api/disputes/${id}`);
    const after = await county.database.pool.query<{ n: number }>(
      `select count(*)::int as n from read_audit where subject = $1 and reader = $2`,
      [id, county.id('field')],
    );
    expect(after.rows[0]!.n).toBeGreaterThan(rows[0]!.n);
  });

  test('[E2] three kinds linked: handed over without a gap, declined and taken, and a refusal leads to the lawful ways', async () => {
    const [field, handler, other, nobody] = await Promise.all(
      ['field', 'handler', 'otherhandler', undefined].map((k) => county.as(k)),
    );
    const id = await register(field!);
    const { water, works, liuhe } = county.units;
    await done(
      field!.post(`/api/disputes/${id}/hand-over`, {
        unit: works,
        reason: '要行政机关认定界线',
        type: 'administrative',
      }),
    );
    // Asked is not taken: it stays, and the giver can go on.
    expect((await field!.get(`/api/disputes/${id}`)).body).toMatchObject({
      unit: liuhe,
      handOver: { unit: works, type: '行政调解' },
    });
    await done(
      field!.post(`/api/disputes/${id}/assign`, {
        person: county.id('otherfield'),
        due: addDays(today, 5),
        reason: '王建军去培训',
      }),
    );
    expect(
      (await field!.post(`/api/disputes/${id}/hand-over`, { unit: water, reason: '换一家问问' })).body.refused,
    ).toBe('dispute.hand-over-pending');
    expect(
      (await handler!.post(`/api/disputes/${id}/take`, { person: county.id('handler'), due: addDays(today, 5) }))
        .status,
    ).toBe(404);
    await done(other!.post(`/api/disputes/${id}/decline`, { reason: '这段渠归水利局管' }));
    expect((await field!.get(`/api/disputes/${id}`)).body).toMatchObject({ unit: liuhe, handOver: null });
    await done(
      field!.post(`/api/disputes/${id}/hand-over`, { unit: water, reason: '住建局说归水利局', type: 'administrative' }),
    );
    expect((await handler!.get('/api/disputes?mine=1')).body.rows.map((r: { id: string }) => r.id)).toContain(id);
    await done(handler!.post(`/api/disputes/${id}/take`, { person: county.id('handler'), due: addDays(today, 7) }));
    expect((await handler!.get(`/api/disputes/${id}`)).body).toMatchObject({
      unit: water,
      personName: '李强',
      status: 'open',
    });
    expect((await field!.post(`/api/disputes/${id}/settle`, { how: '我们来说说看' })).status).toBe(404);

    const expert = await mediator({
      name: '李工',
      background: 'official',
      types: ['administrative'],
      unit: water,
      area: county.places.root,
      abouts: [],
    }).catch(() => undefined);
    // The register is kept by whoever has the place: the county's own is entered by the county.
    expect(expert).toBeUndefined();
    const mediatorId = newId();
    await done(
      (await county.as('countyclerk')).post(`/api/mediators/${mediatorId}/enrol`, {
        name: '李工',
        phone: '19000005678',
        background: 'official',
        types: ['administrative'],
        area: county.places.root,
        unit: water,
        qualification: '水利局水政科，持行政调解证',
        abouts: [],
        official: county.id('handler'),
        until: addDays(today, 200),
      }),
    );
    await done(
      handler!.post(`/api/disputes/${id}/open-mediation`, {
        type: 'administrative',
        mediator: mediatorId,
        parties: [{ name: '上游组' }, { name: '下游组' }],
      }),
    );
    const keys = await keysOf(handler!, id);
    await done(nobody!.post(`/api/mediation/${id}/consent`, { k: keys[0], agrees: false }));
    const failed = (await handler!.get(`/api/disputes/${id}`)).body;
    expect(failed.status).toBe('failed');
    expect(failed.ways.map((w: { id: string }) => w.id)).toEqual(
      expect.arrayContaining(['ruling', 'arbitration', 'court']),
    );
    expect(
      (await nobody!.get(`/api/mediation/${id}?k=${keys[1]}`)).body.ways.map((w: { name: string }) => w.name),
    ).toContain('向法院起诉');
    await done(handler!.post(`/api/disputes/${id}/end`, { way: 'court', words: '下游组 11 月 20 日起诉，法院已立案' }));
    expect((await handler!.get(`/api/disputes/${id}`)).body).toMatchObject({ status: 'elsewhere', way: '向法院起诉' });
    const register_ = (await field!.get('/api/mediators?type=administrative')).body.rows;
    expect(register_).toMatchObject([{ name: '李工', place: '清河县', inAll: 1, inHand: 0, bound: 0 }]);
  });

  test('[E2] a term that is not kept opens the dispute again, with the agreement on record', async () => {
    const field = await county.as('field');
    const id = await register(field);
    const wu = await mediator();
    await done(
      field.post(`/api/disputes/${id}/open-mediation`, {
        type: 'people',
        mediator: wu,
        parties: [{ name: '甲' }, { name: '乙' }],
      }),
    );
    for (const party of [0, 1])
      await done(field.post(`/api/disputes/${id}/consent`, { party, agrees: true, signature: SIGNATURE }));
    const terms = [{ by: 0, what: '还清 1200 元', due: today }];
    await done(field.post(`/api/disputes/${id}/draft`, { facts: '借了 1200 元，说好秋后还，没有还。', terms }));
    await done(field.post(`/api/disputes/${id}/sign`, { party: 0, signature: SIGNATURE }));
    // Another text: signatures begin anew.
    await done(field.post(`/api/disputes/${id}/draft`, { facts: '借了 1200 元，说好秋后还，还了 200 元。', terms }));
    await done(field.post(`/api/disputes/${id}/sign`, { party: 1, signature: SIGNATURE }));
    expect((await field.get(`/api/disputes/${id}`)).body.status).toBe('mediating');
    await done(field.post(`/api/disputes/${id}/sign`, { party: 0, signature: SIGNATURE }));
    expect(
      (await field.post(`/api/disputes/${id}/perform`, { term: 0, done: false, words: '说没有钱' })).body.refused,
    ).toBe('dispute.term-not-due');
    const not = { term: 0, party: 1, done: false, words: '说是没有钱', signature: SIGNATURE };
    expect((await field.post(`/api/disputes/${id}/say-term`, not)).body.refused).toBe('dispute.term-not-due');
    await done(field.post(`/api/disputes/${id}/perform`, { term: 0, done: true, words: '说昨天还了' }));
    await done(field.post(`/api/disputes/${id}/say-term`, not));
    const again = (await field.get(`/api/disputes/${id}`)).body;
    expect(again).toMatchObject({ status: 'open', reopenings: 1, mediation: null });
    expect(again.earlier).toMatchObject([{ outcome: 'broken', agreement: { terms: [{ state: 'broken' }] } }]);
    expect(again.can).toContain('dispute.open-mediation');
  });
});
