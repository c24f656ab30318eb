import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, dayOf, weekday } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { fingerprint, rebuild } from '../ledger/rebuild.ts';
import { DutiesPolicy, dutyPolicies } from './model.ts';

let county: TestCounty;
let field: Client;
let head: Client;
const today = dayOf(new Date().toISOString());
const monday = addDays(today, 1 - weekday(today));
const households: string[] = [];

const visit = async (client: Client, household: string, contact: string, day = today): Promise<string> => {
  const id = newId();
  const { status, body } = await client.post(`/api/visits/${id}/record`, {
    household,
    contact,
    note: contact === 'met' || contact === 'phone' ? '说了家里的情况。' : '',
    // Shortly after midnight: it has passed on whatever day this runs.
    metAt: `${addDays(day, -1)}T16:01:00.000Z`,
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return id;
};
// Answers are of every shape.
// oxlint-disable-next-line no-explicit-any
const mine = async (client: Client, duty: string): Promise<any> => {
  const { body } = await client.get('/api/duties/mine');
  return (body.duties as { duty: string }[]).find((d) => d.duty === duty);
};

beforeAll(async () => {
  county = await startCounty();
  field = await county.as('field');
  head = await county.as('head');
  // The weekly pattern, so that what a week asks for does not depend on the day this runs.
  const plain = await (
    await county.as('administrator')
  ).post('/api/policies/calendar/publish', {
    document: { years: [] },
    validFrom: '2020-01-01',
    source: '测试',
    reason: '不放假的日历',
  });
  expect(plain.status).toBe(200);
  await county.system.freshPolicies(county.county);
  for (let n = 0; n < 4; n++) {
    const id = newId();
    households.push(id);
    const { status } = await field.post(`/api/households/${id}/register`, {
      area: county.places.grid,
      address: `${n + 1} 号`,
      contact: county.id('field'),
      residents: [{ id: newId(), name: `户主${n}`, relation: '户主', bornYear: 1960 }],
    });
    expect(status).toBe(200);
  }
});
afterAll(() => county.stop());

describe('[B3] what an official owes', () => {
  test('visits are matched to every duty they serve; doors found closed and leaflets to none', async () => {
    const before = await mine(field, 'village-days');
    expect([before.owed > 0, before.done]).toEqual([true, 0]);
    const met = await visit(field, households[0]!, 'met');
    await visit(field, households[1]!, 'phone');
    await visit(field, households[2]!, 'not-at-home');
    await visit(field, households[3]!, 'leaflet');
    const days = await mine(field, 'village-days');
    expect(days.done).toBe(1);
    expect(days.evidence).toEqual([
      expect.objectContaining({ stream: met, kind: 'visit', name: '入户走访', day: today, subject: households[0] }),
    ]);
    expect(days.why.join('')).toContain('每周 4 天');
    expect(days.why.at(-1)).toMatch(new RegExp(`应完成 ${days.owed} 天。$`));
    expect(days.counted[0]).toContain('已有 1 天：今天');
    expect(days.source).toContain('每周不得少于 4 天');
    const coverage = await mine(field, 'coverage');
    expect([coverage.owed, coverage.done]).toEqual([4, 1]);
    expect((await mine(field, 'diary-week')).done).toBe(2);
  });

  test('[B12] nothing can be typed as done: no route or command takes a figure', async () => {
    const routes = Object.keys((await import('./api.ts')).dutyRoutes).filter((r) => !r.startsWith('GET'));
    expect(routes.toSorted()).toEqual([
      'POST /api/duties/preview',
      'POST /api/exceptions/:id/ask',
      'POST /api/exceptions/:id/decide',
      'POST /api/exceptions/:id/grant',
      'POST /api/exceptions/:id/shorten',
    ]);
  });

  test('the month shows days off, fixed dates and days out', async () => {
    const { body } = await field.get('/api/duties/mine');
    expect(body.month.days.length).toBeGreaterThanOrEqual(28);
    const now = body.month.days.find((d: { day: string }) => d.day === today);
    expect(now.done).toBe(2);
    const quiet = body.month.days.filter((d: { noMeetings: boolean }) => d.noMeetings);
    expect(quiet).toHaveLength(1);
  });

  test('the figures of a past week can be asked for; of the far past not', async () => {
    const { body } = await field.get(`/api/duties/mine?day=${addDays(monday, -7)}`);
    const week = body.duties.find((d: { duty: string }) => d.duty === 'village-days');
    expect([week.period.from, week.outlook]).toEqual([addDays(monday, -7), 'missed']);
    expect((await field.get('/api/duties/mine?day=1999-01-01')).status).toBe(422);
  });
});

describe('[B3] leave and transfer', () => {
  const ask = (client: Client, id: string, over: object) =>
    client.post(`/api/exceptions/${id}/ask`, {
      type: 'leave',
      from: monday,
      until: addDays(monday, 6),
      reason: '年休假',
      ...over,
    });

  test('asked by oneself, decided by another, and then the week asks for nothing', async () => {
    const id = newId();
    expect((await ask(field, id, { official: county.id('field') })).status).toBe(200);
    expect((await mine(field, 'village-days')).owed).toBeGreaterThan(0);
    expect((await field.post(`/api/exceptions/${id}/decide`, { approve: true, reason: '同意' })).status).toBe(404);
    const farHead = await county.as('farhead');
    expect((await farHead.post(`/api/exceptions/${id}/decide`, { approve: true, reason: '同意' })).status).toBe(404);
    const listed = await head.get('/api/duties/exceptions');
    expect(listed.body.rows[0]).toMatchObject({ id, stage: 'asked', reason: '年休假', can: ['exception.decide'] });
    expect((await head.post(`/api/exceptions/${id}/decide`, { approve: true, reason: '同意' })).status).toBe(200);
    const freed = await mine(field, 'village-days');
    expect([freed.owed, freed.outlook]).toEqual([0, 'none']);
    expect(freed.excused).toEqual([expect.objectContaining({ type: 'leave', name: '请假' })]);
    expect(freed.why.join('')).toContain('请假');
    const again = await head.post(`/api/exceptions/${id}/decide`, { approve: false, reason: '不同意' });
    expect(again.body.refused).toBe('exception.decided');
    // Called back on the first day: the week counts again, but for that day.
    expect(
      (await head.post(`/api/exceptions/${id}/shorten`, { until: addDays(monday, -1), reason: '没有休' })).status,
    ).toBe(200);
    expect((await mine(field, 'village-days')).owed).toBeGreaterThan(0);
  });

  test('nobody grants or approves their own, nobody asks for another', async () => {
    const own = newId();
    expect((await ask(head, own, { official: county.id('head') })).status).toBe(200);
    const self = await head.post(`/api/exceptions/${own}/decide`, { approve: true, reason: '同意' });
    expect(self.body.refused).toBe('exception.own');
    const grant = await head.post(`/api/exceptions/${newId()}/grant`, {
      official: county.id('head'),
      type: 'leave',
      from: today,
      until: today,
      reason: '休假',
    });
    expect(grant.body.refused).toBe('exception.own');
    const other = await ask(field, newId(), { official: county.id('otherfield') });
    expect(other.body.refused).toBe('access.denied');
    const leader = await county.as('leader');
    expect((await leader.post(`/api/exceptions/${own}/decide`, { approve: false, reason: '节后再休' })).status).toBe(
      200,
    );
  });

  test('what makes no sense is refused with the field to mend', async () => {
    const official = county.id('field');
    const told = async (over: object) => {
      const { body } = await ask(field, newId(), { official, ...over });
      return [body.refused, body.field];
    };
    expect(await told({ until: addDays(monday, -1) })).toEqual(['exception.ends-early', 'until']);
    expect(await told({ until: addDays(monday, 500) })).toEqual(['exception.too-long', 'until']);
    expect(await told({ type: 'acting' })).toEqual(['exception.acting-missing', 'actingFor']);
    expect(await told({ type: 'waiver' })).toEqual(['exception.duty-missing', 'duty']);
    expect(await told({ type: 'waiver', duty: 'nothing' })).toEqual(['exception.duty-unknown', 'duty']);
  });

  test('a head notes that one official acts for another, and the duties follow', async () => {
    expect(await mine(await county.as('inspector'), 'reception-leaders')).toBeUndefined();
    const leader = await county.as('leader');
    const { status } = await leader.post(`/api/exceptions/${newId()}/grant`, {
      official: county.id('inspector'),
      type: 'acting',
      actingFor: county.id('leader'),
      from: today,
      until: addDays(today, 30),
      reason: '主持工作',
    });
    // Their own absence is somebody else's to decide; who stands in for them is theirs to note.
    expect(status).toBe(200);
    expect((await mine(await county.as('inspector'), 'reception-leaders')).owed).toBeGreaterThan(0);
  });
});

describe('[B3] what supervisors see', () => {
  test('a head sees figures and reasons of their own places, and no documents', async () => {
    const { body } = await head.get('/api/duties/progress?period=week');
    const names = body.officials.map((o: { name: string }) => o.name);
    expect(names).toContain('王建军');
    expect(names).not.toContain('孙大伟');
    const wang = body.officials.find((o: { name: string }) => o.name === '王建军');
    expect(wang.duties.find((d: { duty: string }) => d.duty === 'village-days').done).toBe(1);
    expect(JSON.stringify(body)).not.toMatch(/evidence|stream|subject|household/);
    const total = body.totals.find((t: { duty: string }) => t.duty === 'village-days');
    expect(total.people).toBe(Object.values(total.outlooks as Record<string, number>).reduce((a, b) => a + b, 0));
    // By unit and name, never by how much somebody did.
    const keys = body.officials.map((o: { unit: string; name: string }) => `${o.unit} ${o.name}`);
    expect(new Set(keys.map((k: string) => k.split(' ')[0])).size).toBe(1);
  });

  test('the leader sees all townships; an official without places sees none', async () => {
    const leader = await county.as('leader');
    const { body } = await leader.get('/api/duties/progress?period=week');
    expect(body.officials.map((o: { township: string | null }) => o.township)).toEqual(
      expect.arrayContaining(['柳河镇', '城关镇']),
    );
    expect((await field.get('/api/duties/progress')).status).toBe(404);
  });
});

describe('[B3] [B6] what the head of a department sees', () => {
  test('figures and reasons of the staff of the unit they lead and of nobody else, and no documents', async () => {
    const lead = await county.as('waterhead');
    const { status, body } = await lead.get('/api/duties/led?period=month');
    expect(status).toBe(200);
    // Led are the unit's own; the one who leads is not their own staff.
    expect(body.staff).toBe(1);
    expect(body.officials.every((o: { name: string }) => o.name === '李强')).toBe(true);
    for (const total of body.totals as { people: number; outlooks: Record<string, number> }[])
      expect(total.people).toBe(Object.values(total.outlooks).reduce((a, b) => a + b, 0));
    expect(JSON.stringify(body)).not.toMatch(/evidence|stream|subject|household/);
    // Who leads nothing sees nobody, and leading gives no view of places.
    expect((await (await county.as('handler')).get('/api/duties/led')).body).toMatchObject({ staff: 0, officials: [] });
    expect((await lead.get('/api/duties/progress')).status).toBe(404);
    expect((await (await county.as()).get('/api/duties/led')).status).not.toBe(200);
  });

  test('a section below the unit is its head’s too', async () => {
    const [section, official] = [county.newId(), county.newId()];
    await county.give('unit', section, {
      kind: 'unit.add',
      parent: county.units.water,
      name: '水利股',
      type: 'section',
      area: county.places.root,
    });
    await county.give('official', official, {
      kind: 'official.register',
      name: '石小兵',
      unit: section,
      title: '股长',
      phone: '',
    });
    const lead = await county.as('waterhead');
    expect((await lead.get('/api/duties/led')).body.staff).toBe(2);
  });
});

describe('[B3] the document', () => {
  test('a change is previewed before it is published, and counts from then on', async () => {
    const document = DutiesPolicy.parse(dutyPolicies[0]!.standard.document);
    const changed = {
      ...document,
      duties: document.duties.map((d) => (d.id === 'diary-month' ? { ...d, amount: 9 } : d)),
    };
    const admin = await county.as('administrator');
    const { body } = await admin.post('/api/duties/preview', { document: changed });
    const row = body.duties.find((d: { duty: string }) => d.duty === 'diary-month');
    expect([row.changed, row.before.people, row.after.people]).toEqual([true, row.after.people, row.before.people]);
    expect(row.after.owed).toBeGreaterThan(row.before.owed);
    expect(body.duties.filter((d: { changed: boolean }) => d.changed)).toHaveLength(1);
    expect((await mine(field, 'diary-month')).owed).toBe(1);
    const published = await admin.post('/api/policies/duties/publish', {
      document: changed,
      validFrom: today,
      source: '县委办公室通知',
      reason: '先试一个月',
    });
    expect(published.status).toBe(200);
    await county.system.freshPolicies(county.county);
    expect((await mine(field, 'diary-month')).owed).toBe(9);
    // What was owed last week is told by the rules of last week.
    const before = await field.get(`/api/duties/mine?day=${addDays(`${today.slice(0, 7)}-01`, -1)}`);
    expect(before.body.duties.find((d: { duty: string }) => d.duty === 'diary-month').owed).toBe(1);
    const broken = await admin.post('/api/duties/preview', { document: { ...document, duties: [{ id: 'x' }] } });
    expect(broken.body.refused).toBe('policy.malformed');
  });
});

test('[B3] evidence rebuilt from the ledger is the evidence written with each visit', async () => {
  const { system, county: key } = county;
  const before = await fingerprint(system.database.pool, county.ledger, key);
  await rebuild(system.database.pool, county.ledger, key, await system.freshPolicies(key));
  expect(await fingerprint(system.database.pool, county.ledger, key)).toEqual(before);
  expect(Number(before['evidence']!.split(':')[0])).toBe(2);
});
