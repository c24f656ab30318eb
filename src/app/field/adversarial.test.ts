import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canDo } from '../../access/access.ts';
import type { Actor } from '../../access/model.ts';
import { commonRefusals } from '../../contract/refusals.ts';
import type { Routes } from '../../contract/route.ts';
import { WORDS } from '../../sync/model.ts';
import { forgetPacked } from '../../sync/pull.ts';
import { type TestCounty, startCounty } from '../testing.ts';
import { newId } from '../ui/client.ts';
import type { Item } from './outbox.ts';
import { TestPhone, keepBackup } from './testing.ts';

let county: TestCounty;
let home: { id: string; resident: string };
beforeAll(async () => {
  county = await startCounty();
  home = await register('陈秀英');
}, 120_000);
afterAll(() => county.stop());

async function register(head: string, area = county.places.grid): Promise<{ id: string; resident: string }> {
  const ids = { id: newId(), resident: newId() };
  const clerk = await county.as('clerk');
  const made = await clerk.post(`/api/households/${ids.id}/register`, {
    area,
    address: '二组 12 号',
    residents: [{ id: ids.resident, name: head, relation: '户主', bornYear: 1950 }],
  });
  expect(made.body).toMatchObject({ accepted: true });
  return ids;
}
const phoneOf = async (who = 'field'): Promise<TestPhone> => {
  const phone = await new TestPhone(county, await county.as(who)).open();
  expect(await phone.contact()).toBe(true);
  return phone;
};
const visit = (more: Record<string, unknown> = {}) => ({
  kind: 'visit.record',
  stream: newId(),
  data: {
    household: home.id,
    contact: 'met',
    note: '渠堵了',
    needs: [],
    promises: [],
    metAt: new Date().toISOString(),
    withWhom: [],
    ...more,
  },
});
const upload = async (device: string, commands: object[], clock = Date.now()) =>
  (
    await (
      await county.as('field')
    ).post('/api/sync/commands', { device, app: 'test', clock, commands: commands.map((c) => JSON.stringify(c)) })
  ).body as {
    verdicts: { id: string; verdict: string; code?: string; message?: string }[];
  };
const sent = (command: { kind: string; stream: string; data: object }, more: object = {}) => ({
  id: newId(),
  at: Date.now(),
  ...command,
  ...more,
});
const atAgo = (ms: number): string => new Date(Date.now() - ms).toISOString();
/** The routes of a version that knew everything but that. */
const without =
  (action: string) =>
  (all: Routes): Routes =>
    Object.fromEntries(Object.entries(all).filter(([, route]) => route.action !== action));
/** The page is opened again, and finds that item so on the disk. */
const keptAs = async (phone: TestPhone, item: Item): Promise<void> => {
  const bytes = new TextEncoder().encode(JSON.stringify(item));
  await phone.disk.write([{ drawer: 'item', key: item.id, bytes }]);
  await phone.open();
};
const notesOf = async (): Promise<string[]> =>
  ((await (await county.as('field')).get(`/api/households/${home.id}/visits`)).body.visits as { note: string }[]).map(
    (v) => v.note,
  );

describe('the adversarial list', () => {
  test('[B13] a duplicate is answered twice and done once', async () => {
    const command = sent(visit({ note: '只有一次' }));
    const [first, second] = [await upload(newId(), [command, command]), await upload(newId(), [command])];
    expect([...first.verdicts, ...second.verdicts].map((v) => v.verdict)).toEqual(['accepted', 'accepted', 'accepted']);
    expect((await notesOf()).filter((n) => n === '只有一次')).toHaveLength(1);
  });

  test('[B13] out of order: what follows before its beginning is refused in words, and goes through when it comes again after it', async () => {
    const begun = visit({ note: '先写的' });
    const corrected = { kind: 'visit.correct', stream: begun.stream, data: { note: '后改的' } };
    const early = await upload(newId(), [sent(corrected)]);
    expect(early.verdicts).toMatchObject([{ verdict: 'refused', message: expect.stringMatching(/[一-龥]/) }]);
    const late = await upload(newId(), [sent(begun), sent(corrected)]);
    expect(late.verdicts.map((v) => v.verdict)).toEqual(['accepted', 'accepted']);
    expect(await notesOf()).toContain('后改的');
  });

  test('[B13] a field that nobody asks for any more is kept aside, sealed, and the command is taken', async () => {
    const command = sent(visit({ note: '旧手机写的', mood: { smiling: true } }));
    const { verdicts } = await upload(newId(), [command]);
    expect(verdicts).toMatchObject([{ verdict: 'accepted' }]);
    const { rows } = await county.database.pool.query<{ fields: string[]; box: Buffer }>(
      'select fields, box from command_aside where county = $1 and command = $2',
      [county.county, command.id],
    );
    expect(rows[0]?.fields).toEqual(['mood']);
    expect(county.system.vault.open(rows[0]!.box)).toEqual({ mood: { smiling: true } });
  });

  test('[B13] a kind that this server does not take is refused in words, and holds up no other record', async () => {
    const phone = await phoneOf();
    const unknown = await phone.write({ kind: 'drone.fly', stream: newId(), data: { height: 3 } });
    const known = await phone.write(visit({ note: '照常' }));
    expect(await phone.contact()).toBe(true);
    expect(phone.outbox.find(unknown.id)).toMatchObject({
      state: 'refused',
      why: expect.stringContaining('更新'),
      data: { height: 3 },
    });
    expect(phone.outbox.find(known.id)).toMatchObject({ state: 'accepted' });
  });

  test('[B13] an old app against a newer server: every age of it is let in, and what it leaves out has its default', async () => {
    for (const app of ['', '0.0.1', 'field-old']) {
      const { needs: _n, promises: _p, withWhom: _w, ...old } = visit().data;
      const client = await county.as('field');
      const answer = await client.post('/api/sync/commands', {
        device: newId(),
        app,
        clock: Date.now(),
        commands: [JSON.stringify(sent({ ...visit(), data: old }))],
        unheardOf: 1,
      });
      expect(answer.body.verdicts).toMatchObject([{ verdict: 'accepted' }]);
    }
  });

  test('[B13] one poisoned command among good ones is refused alone', async () => {
    const good = [visit({ note: '好一' }), visit({ note: '好二' })];
    const { verdicts } = await upload(newId(), [
      sent(good[0]!),
      sent({ kind: 'visit.record', stream: newId(), data: { household: 'nonsense', note: 3 } }),
      sent({ kind: 'visit.record', stream: newId(), data: { ...visit().data, note: 'nul \u0000' } }),
      sent({ kind: '__proto__', stream: newId(), data: {} }),
      sent({ kind: 'official.retire', stream: county.id('clerk'), data: {} }),
      sent(good[1]!),
    ]);
    expect(verdicts.map((v) => v.verdict).toSorted()).toEqual([
      'accepted',
      'accepted',
      'refused',
      'refused',
      'refused',
      'refused',
    ]);
    for (const v of verdicts) if (v.verdict !== 'accepted') expect(v.message).toMatch(/[一-龥]{4}/);
    expect(await notesOf()).toEqual(expect.arrayContaining(['好一', '好二']));
  });

  test('[B13] words that look like code are words: quotes, statements and markup come back as they were written', async () => {
    const odd = [
      `O'Brien "说"; drop table visit; --`,
      '<script>alert(1)</script> & \\u0000',
      '𠮷家 ‮反着写 ${now} %s \\',
    ];
    const { verdicts } = await upload(
      newId(),
      odd.map((note) => sent(visit({ note }))),
    );
    expect(verdicts.map((v) => v.verdict)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(await notesOf()).toEqual(expect.arrayContaining(odd));
    const phone = await phoneOf();
    const there = phone.answer<{ visits: { note: string }[] }>('GET /api/households/:id/visits', { id: home.id });
    expect(there.visits.map((v) => v.note)).toEqual(expect.arrayContaining(odd));
  });

  test('[B13] access lost while offline: the phone forgets the files, and its notes come back refused with the reason, not lost', async () => {
    const assignment = newId();
    await county.give('assignment', assignment, {
      kind: 'assignment.make',
      official: county.id('otherfield'),
      type: 'village',
      area: county.places.village,
      household: null,
      unit: null,
      role: '综合联村干部',
      since: '2025-01-01',
    });
    await new Promise((next) => setTimeout(next, 2_100));
    const phone = await phoneOf('otherfield');
    expect(phone.phone.store.has(home.id)).toBe(true);
    phone.fates = ['lost-going', 'lost-going'];
    const item = await phone.write(visit({ note: '写的时候还归我' }));
    await phone.outbox.flush();
    expect(item.state).toBe('stored');
    await county.give('assignment', assignment, { kind: 'assignment.end', until: '2025-02-01', reason: '轮换' });
    await new Promise((next) => setTimeout(next, 2_100));
    expect(await phone.contact()).toBe(true);
    expect(phone.phone.store.has(home.id)).toBe(false);
    // Nor does the disk hold what was to be forgotten.
    expect((await phone.open()).phone.store.has(home.id)).toBe(false);
    expect(phone.outbox.find(item.id)).toMatchObject({
      state: 'refused',
      code: 'access.denied',
      data: { note: '写的时候还归我' },
    });
  });

  test.each([365, -365])(
    '[B13] a clock that is %i days off does no harm: the note is taken and lies on the right day',
    async (days) => {
      const phone = await new TestPhone(county, await county.as('field')).open();
      phone.ahead = days * 86_400_000;
      expect(await phone.contact()).toBe(true);
      expect(Math.abs(phone.phone.now() - Date.now())).toBeLessThan(2_000);
      const wrong = Date.now() + phone.ahead;
      const command = {
        ...visit({ note: `钟差 ${days} 天`, metAt: new Date(wrong - 3_600_000).toISOString() }),
        clocked: ['metAt'],
        at: wrong - 3_600_000,
      };
      const { verdicts } = await upload(phone.device, [{ id: newId(), ...command }], wrong);
      expect(verdicts).toMatchObject([{ verdict: 'accepted' }]);
      const { rows } = await county.database.pool.query<{ met_at: string }>(
        'select met_at from visit where note = $1',
        [`钟差 ${days} 天`],
      );
      expect(Math.abs(Date.parse(String(rows[0]!.met_at)) - (Date.now() - 3_600_000))).toBeLessThan(10_000);
    },
  );

  test('[B13] a clock that was set after writing, the page closed in between: where the day is not known its writer is asked, not the clock', async () => {
    const phone = await phoneOf();
    // The last contact was five days ago, this was written two days later, and the clock was set forward by a day since.
    const day = 86_400_000;
    const known = { ahead: 0, contact: Date.now() - 5 * day, after: 0, before: 0, setBefore: 0, setAfter: 0 };
    const item = await phone.write({ ...visit({ note: '钟改过', metAt: atAgo(3 * day) }), clocked: ['metAt'] });
    const asWritten = { at: atAgo(3 * day), known: { ...known, settings: 0 } };
    phone.ahead = day;
    await keptAs(phone, { ...item, ...asWritten });
    expect(await phone.contact()).toBe(true);
    expect(phone.outbox.find(item.id)).toMatchObject({
      state: 'refused',
      code: 'sync.when-unknown',
      why: expect.stringContaining('哪天'),
      at: asWritten.at,
    });
    // A file says nothing of the clock now: what was known at the contact before is all there is, and nothing speaks against it.
    const told = (await (await county.as('clerk')).post('/api/sync/rescue/import', phone.rescueFile())).body;
    expect(told).toMatchObject({ accepted: 1, undated: 0 });
    const { rows } = await county.database.pool.query<{ met_at: string }>(
      `select met_at from visit where note = '钟改过'`,
    );
    expect(Math.abs(Date.parse(rows[0]!.met_at) - (Date.now() - 3 * day))).toBeLessThan(60_000);
  });

  test('[B13] its writer says when it was, and there it lies', async () => {
    const phone = await phoneOf();
    const day = 86_400_000;
    const known = { ahead: 0, contact: Date.now() - 5 * day, after: 0, before: 0, setBefore: 1, setAfter: 1 };
    const command = sent({ ...visit({ note: '问过才知道' }), clocked: ['metAt'] } as never, { known });
    expect((await upload(phone.device, [command])).verdicts).toMatchObject([{ code: 'sync.when-unknown' }]);
    const said = { ...command, chosen: Date.now() - 4 * day };
    expect((await upload(phone.device, [said])).verdicts).toMatchObject([{ verdict: 'accepted' }]);
    const { rows } = await county.database.pool.query<{ met_at: string }>(
      `select met_at from visit where note = '问过才知道'`,
    );
    expect(Math.abs(Date.parse(rows[0]!.met_at) - (Date.now() - 4 * day))).toBeLessThan(60_000);
    // What was decided once is not asked about when it comes again.
    expect((await upload(phone.device, [command])).verdicts).toMatchObject([{ verdict: 'accepted' }]);
  });

  test('[B13] a file cannot be asked: what it brings is taken on the day the phone showed, and both who brings and who wrote it are told', async () => {
    const phone = await phoneOf();
    const item = await phone.write(visit({ note: '文件里的' }));
    const known = { ahead: 0, contact: Date.now() - 5 * 86_400_000, after: 0, setBefore: 1, settings: 1 };
    await keptAs(phone, { ...item, known });
    const told = (await (await county.as('clerk')).post('/api/sync/rescue/import', phone.rescueFile())).body;
    expect(told).toMatchObject({ accepted: 1, undated: 1 });
    expect(await phone.contact()).toBe(true);
    expect(phone.outbox.find(item.id)).toMatchObject({ state: 'accepted', undated: true });
  });

  test('[B13] what the rules here refuse fails at once and loudly: the writer is told why, and nothing is queued', async () => {
    const phone = await phoneOf();
    const item = await phone.write(visit({ note: '' }));
    expect(item).toMatchObject({ state: 'refused', field: 'note', why: expect.stringMatching(/[一-龥]{4}/) });
    expect(phone.outbox.all()).toEqual([]);
    expect(await phone.contact()).toBe(true);
    expect(phone.uploads).toEqual([]);
  });

  test('[B13] a phone that is a year ahead drops nothing early: a server restored tomorrow still gets it back', async () => {
    const phone = await phoneOf();
    const putBack = await keepBackup(county);
    const item = await phone.write(visit({ note: '钟快一年时写的' }));
    await phone.contact();
    phone.ahead = 365 * 86_400_000;
    await phone.contact();
    expect(phone.outbox.find(item.id)).toMatchObject({ confirmed: true });
    phone.ahead = 0;
    await putBack();
    forgetPacked();
    expect(await phone.contact()).toBe(true);
    expect((await notesOf()).filter((n) => n === '钟快一年时写的')).toHaveLength(1);
  });

  test('[B13] too much for one phone: it warns when it carries many, and carries only its own when there are more', async () => {
    const limits = { historyDays: 200, forgetDays: 14, keepDays: 30 };
    for (let i = 0; i < 101; i++) {
      await county.give('household', newId(), {
        kind: 'household.register',
        area: county.places.grid,
        address: `九组 ${i} 号`,
        residents: [{ id: newId(), name: '周多多', relation: '户主' }],
      });
    }
    await county.publish('sync', { ...limits, mostHouseholds: 50_000, manyHouseholds: 100 });
    const many = await phoneOf();
    expect(many.phone.state.warning).toBe('many');
    expect(many.phone.store.size).toBeGreaterThan(100);
    await county.publish('sync', { ...limits, mostHouseholds: 100, manyHouseholds: 100 });
    const own = await phoneOf();
    expect(own.phone.state.warning).toBe('own-only');
    expect(own.phone.store.has(home.id)).toBe(true);
    await county.publish('sync', { ...limits, mostHouseholds: 20_000, manyHouseholds: 8_000 });
  });

  test('[B13] a server restored from yesterday’s backup gets back what it had accepted since, once', async () => {
    const phone = await phoneOf();
    const putBack = await keepBackup(county);
    const item = await phone.write(visit({ note: '备份之后写的' }));
    await phone.contact();
    await phone.contact();
    expect(phone.outbox.find(item.id)).toMatchObject({ state: 'accepted', confirmed: true });
    await putBack();
    forgetPacked();
    expect(await notesOf()).not.toContain('备份之后写的');
    expect(await phone.contact()).toBe(true);
    expect((await notesOf()).filter((n) => n === '备份之后写的')).toHaveLength(1);
    expect(phone.outbox.find(item.id)).toMatchObject({ state: 'accepted' });
  });

  test('[B13] what a restored server refused as the network brought it once more comes back refused, not as kept', async () => {
    const moving = await register('李桂兰');
    const phone = await phoneOf();
    const putBack = await keepBackup(county);
    const item = await phone.write(visit({ household: moving.id }));
    await phone.outbox.flush();
    expect(phone.outbox.find(item.id)).toMatchObject({ state: 'accepted' });
    await putBack();
    forgetPacked();
    const clerk = await county.as('clerk');
    await clerk.post(`/api/households/${moving.id}/amend`, { area: county.places.otherGrid });
    await phone.deliverAgain(phone.uploads.length - 1);
    expect(await phone.contact()).toBe(true);
    expect(phone.outbox.find(item.id)).toMatchObject({ state: 'refused', why: expect.stringMatching(/\S{4}/) });
  });
});

describe('a conflict', () => {
  test('[B13] on the version that was read comes back to the writer, and both can be read', async () => {
    const [here, there] = [await phoneOf(), await phoneOf()];
    const begun = visit({ note: '原来的话' });
    await here.write(begun);
    await here.contact();
    await there.contact();
    const seen = there.answer<{ version: number }>('GET /api/visits/:id', { id: begun.stream });
    await here.write({
      kind: 'visit.correct',
      stream: begun.stream,
      data: { note: '这台改的' },
      expected: seen.version,
    });
    const other = await there.write({
      kind: 'visit.correct',
      stream: begun.stream,
      data: { note: '那台改的' },
      expected: seen.version,
    });
    await here.contact();
    await there.contact();
    expect(there.outbox.find(other.id)).toMatchObject({
      state: 'refused',
      code: 'ledger.conflict',
      data: { note: '那台改的' },
    });
    const now = there.answer<{ version: number; note: string }>('GET /api/visits/:id', { id: begun.stream });
    expect(now.note).toBe('这台改的');
    const mended = await there.outbox.mend(other.id, { note: '那台改的' }, now.version);
    await there.contact();
    expect(there.outbox.find(mended!.id)).toMatchObject({ state: 'accepted' });
    expect(await notesOf()).toContain('那台改的');
  });
});

describe('a rescue file', () => {
  test('[B13] is taken in by anybody’s hand in its owner’s name, once; a changed or foreign one is not', async () => {
    const phone = await phoneOf();
    const item = await phone.write(visit({ note: '手机要坏了' }));
    const file = phone.rescueFile();
    const clerk = await county.as('clerk');
    const taken = await clerk.post('/api/sync/rescue/import', file);
    expect(taken.body).toMatchObject({
      accepted: 1,
      mine: false,
      official: '王建军',
      verdicts: [{ id: item.id, verdict: 'accepted' }],
    });
    expect(JSON.stringify(taken.body)).not.toContain('手机要坏了');
    await clerk.post('/api/sync/rescue/import', file);
    expect(await phone.contact()).toBe(true);
    expect(phone.outbox.find(item.id)).toMatchObject({ state: 'accepted' });
    expect((await notesOf()).filter((n) => n === '手机要坏了')).toHaveLength(1);
    const { rows } = await county.database.pool.query<{ actor: string }>('select actor from event where command = $1', [
      item.id,
    ]);
    expect(rows).toEqual([{ actor: county.id('field') }]);

    const forged = phone.rescueFile(randomBytes(32).toString('base64'));
    expect((await clerk.post('/api/sync/rescue/import', forged)).body).toMatchObject({ refused: 'sync.rescue-broken' });
  });
});

describe('a post for the whole county', () => {
  /** A team for a place nobody knows: who reaches the whole county is told so, anyone else is turned away. */
  const nowhere = () => ({
    kind: 'team.found',
    stream: newId(),
    data: {
      parent: null,
      name: '工作队',
      purpose: '帮村',
      area: newId(),
      campaign: null,
      since: '2026-11-01',
      until: null,
    },
  });
  const DENIED = commonRefusals['access.denied'];
  const toldAtOnce = async (who: string): Promise<string> =>
    (await (await county.as(who)).post(`/api/teams/${newId()}/found`, nowhere().data)).body.message;

  test('[B13] keeps its reach at a pull: on the phone its holder may what they may at the desk', async () => {
    const may = async (who: string) =>
      canDo((await phoneOf(who)).phone.state.settings!.actor as Actor, ['team.found'], { areas: [] });
    expect(await may('countyclerk')).toEqual(['team.found']);
    expect(await may('clerk')).toEqual([]);
  });

  test.each(['countyclerk', 'clerk'])(
    '[B13] has the same reach in a rescue file, and after waiting for an upgrade, as at once: %s',
    async (who) => {
      const atOnce = await toldAtOnce(who);
      expect(atOnce === DENIED).toBe(who === 'clerk');
      const phone = await phoneOf(who);
      await phone.write(nowhere());
      const { body } = await (await county.as(who)).post('/api/sync/rescue/import', phone.rescueFile());
      expect(body.verdicts).toMatchObject([{ verdict: 'refused', message: atOnce }]);

      await county.restart(undefined, { version: { words: WORDS - 1, routes: without('team.found') } });
      const later = await phoneOf(who);
      const item = await later.write(nowhere());
      await later.contact();
      expect(later.outbox.find(item.id)).toMatchObject({ code: 'sync.deferred' });
      await county.restart();
      await county.system.decideDeferred(county.county);
      const { deferred } = (await (await county.as(who)).get('/api/sync/deferred')).body;
      expect(deferred).toMatchObject([{ id: item.id, state: 'refused', message: atOnce }]);
    },
  );
});

describe('the first answer breaks off', () => {
  test.each(['lost-coming', 'cut'] as const)(
    '[B13] (%s): the key of rescue files is told once more, and what waits can leave the phone as a file',
    async (fate) => {
      const phone = await new TestPhone(county, await county.as('field')).open();
      phone.fates = [fate];
      expect(await phone.contact()).toBe(false);
      expect(phone.rescueFile()).toBeUndefined();
      expect(await phone.contact()).toBe(true);
      const item = await phone.write(visit({ note: `头一次没传完 ${fate}` }));
      const taken = await (await county.as('clerk')).post('/api/sync/rescue/import', phone.rescueFile());
      expect(taken.body).toMatchObject({ verdicts: [{ id: item.id, verdict: 'accepted' }] });
    },
  );
});

describe('a lost phone', () => {
  test('[B13] is locked from another: its session ends, it gets nothing more, and says when it has forgotten', async () => {
    const phone = await phoneOf('farfield');
    const mine = await county.as('farfield');
    const far = await county.as('clerk');
    expect((await far.post(`/api/sync/devices/${phone.device}/lock`, {})).status).toBe(404);
    const admin = await county.as('administrator');
    expect((await admin.post(`/api/sync/devices/${phone.device}/lock`, {})).body).toMatchObject({ locked: true });
    // Its session is over; without one it still learns what to do.
    expect((await mine.get('/api/session')).status).toBe(401);
    const nobody = await county.as();
    expect((await nobody.post('/api/sync/standing', { device: phone.device })).body).toEqual({ locked: true });
    await phone.phone.wipe();
    await nobody.post('/api/sync/standing', { device: phone.device, wiped: true });
    const { devices } = (await admin.get('/api/sync/devices')).body as {
      devices: { id: string; wipedAt: string | null; households: number }[];
    };
    expect(devices.find((d) => d.id === phone.device)).toMatchObject({ households: 0, wipedAt: expect.any(String) });
    expect(phone.disk.cells.size).toBe(0);
  });
});

describe('the read audit', () => {
  test('[B13] says once for a household, phone and day that the file went to a phone', async () => {
    const one = await register('独一户');
    const phone = await phoneOf();
    await phone.contact();
    await phone.contact();
    const clerk = await county.as('clerk');
    const { readings } = (await clerk.get(`/api/households/${one.id}/readings`)).body as {
      readings: { reader: string; what: string }[];
    };
    expect(readings.filter((r) => r.what.includes('存入手机'))).toEqual([
      expect.objectContaining({ reader: county.id('field') }),
    ]);
    // Opened without network: told at the next contact.
    phone.answer('GET /api/households/:id', { id: one.id });
    await phone.contact();
    const after = (await clerk.get(`/api/households/${one.id}/readings`)).body as typeof readings extends infer R
      ? { readings: R }
      : never;
    expect(after.readings.some((r) => r.what.includes('在手机上看'))).toBe(true);
  });
});
