import type { z } from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../calendar/days.ts';
import type { Routes } from '../../contract/route.ts';
import { forgetRefused } from '../../sync/deferred.ts';
import { WORDS } from '../../sync/model.ts';
import type { Version } from '../features.ts';
import { type TestCounty, done, startCounty } from '../testing.ts';
import { newId } from '../ui/client.ts';
import { sentOf } from './outbox.ts';
import { TestPhone } from './testing.ts';

/**
 * A phone of this version meets the server of the version before, that knew neither labour nor which policies were
 * explained on a visit; then the server is upgraded: this version opens the same database.
 */
const before: Version = {
  words: WORDS - 1,
  routes(all) {
    const known = Object.entries(all).filter(([, { action }]) => !action.startsWith('labour.'));
    return Object.fromEntries(
      known.map(([address, route]) => [
        address,
        route.action === 'visit.record' ? { ...route, body: withoutField(route.body!, 'explained') } : route,
      ]),
    ) as Routes;
  },
};
/** The same schema as one that has never heard of a field. */
const withoutField = (schema: z.ZodType, field: string) =>
  ({
    safeParse: (given: Record<string, unknown>) =>
      schema.safeParse(Object.fromEntries(Object.entries(given).filter(([name]) => name !== field))),
  }) as unknown as z.ZodType;

let county: TestCounty;
let home: string;
let guide: string;
const today = dayOf(new Date().toISOString());
beforeAll(async () => {
  county = await startCounty();
  const clerk = await county.as('clerk');
  home = newId();
  await done(
    clerk.post(`/api/households/${home}/register`, {
      area: county.places.grid,
      address: '二组 12 号',
      residents: [{ id: newId(), name: '陈秀英', relation: '户主' }],
    }),
  );
  guide = newId();
  await done(
    clerk.post(`/api/guides/${guide}/publish`, {
      title: '冬灌补助',
      gist: '每亩补助二十元，村里统一报。',
      source: '县水利局〔2026〕3 号',
      validFrom: today,
    }),
  );
}, 120_000);
afterAll(() => county.stop());
beforeEach(() => county.restart(undefined, { version: before }));

const phoneOf = async (): Promise<TestPhone> => {
  const phone = await new TestPhone(county, await county.as('field', { anew: true })).open();
  expect(await phone.contact()).toBe(true);
  return phone;
};
const upgrade = () => county.restart();
const visit = (more: object) => ({
  kind: 'visit.record',
  stream: newId(),
  data: { household: home, contact: 'met', note: '说了补助', metAt: new Date().toISOString(), ...more },
});
const labour = (part: string, more: object = {}) => ({
  kind: 'labour.record',
  stream: newId(),
  data: {
    day: today,
    part,
    village: county.places.village,
    outputs: [{ kind: '植树', amount: 3 }],
    note: '栽树',
    ...more,
  },
});
const mine = async () =>
  (await (await county.as('field')).get('/api/sync/deferred')).body.deferred as {
    id: string;
    state: string;
    message: string | null;
    kept: boolean;
  }[];

describe('a phone that is newer than its server', () => {
  test('[B13] a kind the server does not know is kept there sealed, decided by itself after the upgrade, and the phone is told', async () => {
    const phone = await phoneOf();
    const begun = labour('morning');
    const first = await phone.write(begun);
    const then = await phone.write({
      kind: 'labour.correct',
      stream: begun.stream,
      data: { ...begun.data, note: '栽了三棵' },
    });
    const other = await phone.write(visit({}));
    expect(await phone.contact()).toBe(true);
    for (const { id } of [first, then])
      expect(phone.outbox.find(id)).toMatchObject({
        state: 'sent',
        why: expect.stringContaining('已存服务器，等待升级'),
      });
    expect(phone.outbox.find(other.id)).toMatchObject({ state: 'accepted' });
    expect(await mine()).toEqual(expect.arrayContaining([expect.objectContaining({ id: first.id, state: 'waiting' })]));
    // What was said lies there sealed.
    const { rows } = await county.database.pool.query('select * from command_deferred where id = $1', [then.id]);
    expect(JSON.stringify(rows)).not.toContain('栽了三棵');

    await upgrade();
    expect(await county.system.decideDeferred(county.county)).toBe(2);
    // No phone has said a word since.
    const told = (await (await county.as('field')).get('/api/labours/mine')).body;
    expect(told.entries).toMatchObject([{ id: begun.stream, note: '栽了三棵' }]);
    expect(await mine()).toMatchObject([{ state: 'accepted' }, { state: 'accepted' }]);
    expect(await phone.contact()).toBe(true);
    for (const { id } of [first, then]) expect(phone.outbox.find(id)).toMatchObject({ state: 'accepted' });
    expect(await county.system.decideDeferred(county.county)).toBe(0);
    expect((await (await county.as('field')).get('/api/labours/mine')).body.entries).toHaveLength(1);
    await done((await county.as('field')).post(`/api/labours/${begun.stream}/withdraw`, {}));
  });

  test('[B13] half a command is never decided: one with a field the server does not know waits whole, and is done whole', async () => {
    const phone = await phoneOf();
    const record = visit({ note: '讲了冬灌', explained: [guide] });
    const first = await phone.write(record);
    const later = await phone.write({ kind: 'visit.correct', stream: record.stream, data: { note: '讲了冬灌补助' } });
    expect(await phone.contact()).toBe(true);
    for (const { id } of [first, later])
      expect(phone.outbox.find(id)).toMatchObject({ state: 'sent', code: 'sync.deferred' });
    const seen = async () =>
      ((await (await county.as('field')).get(`/api/households/${home}/visits`)).body.visits as { note: string }[]).map(
        ({ note }) => note,
      );
    expect(await seen()).not.toContain('讲了冬灌');

    await upgrade();
    // Here the phone asks first: what it brings again and what was kept are one.
    expect(await phone.contact()).toBe(true);
    for (const { id } of [first, later]) expect(phone.outbox.find(id)).toMatchObject({ state: 'accepted' });
    await county.system.decideDeferred(county.county);
    expect((await seen()).filter((note) => note === '讲了冬灌补助')).toHaveLength(1);
    const state = (await county.ledger.read<{ explained: string[] }>(county.county, 'visit', record.stream)).state;
    expect(state.explained).toEqual([guide]);
  });

  test('[B13] a phone that never comes back: its owner reads elsewhere what became of it, a refusal in words', async () => {
    const phone = await phoneOf();
    const good = await phone.write(labour('afternoon'));
    const bad = await phone.write(labour('day', { outputs: [{ kind: '没有这一种', amount: 3 }] }));
    expect(await phone.contact()).toBe(true);
    await upgrade();
    await county.system.decideDeferred(county.county);
    const found = new Map((await mine()).map((one) => [one.id, one]));
    expect(found.get(good.id)).toMatchObject({ state: 'accepted', message: null });
    expect(found.get(bad.id)).toMatchObject({ state: 'refused', message: expect.stringMatching(/[一-龥]{4}/) });
    // Nobody else reads it.
    const others = (await (await county.as('otherfield')).get('/api/sync/deferred')).body;
    expect(others.deferred).toEqual([]);
    // Should it come back after all, it hears the same.
    expect(await phone.contact()).toBe(true);
    expect(phone.outbox.find(good.id)).toMatchObject({ state: 'accepted' });
    expect(phone.outbox.find(bad.id)).toMatchObject({ state: 'refused' });
  });

  test('[B13] the words of what was refused are kept until its writer was told and could write it anew, not for good', async () => {
    const { query } = county.ledger;
    const forget = (days: number) =>
      forgetRefused(
        query,
        county.county,
        { toldDays: 30, untoldDays: 180 },
        new Date(Date.now() + days * 86_400_000).toISOString(),
      );
    const phone = await phoneOf();
    const bad = { outputs: [{ kind: '没有这一种', amount: 3 }] };
    const told = await phone.write(labour('day', bad));
    const untold = await phone.write(labour('morning', { ...bad, day: addDays(today, -1) }));
    expect(await phone.contact()).toBe(true);
    await upgrade();
    await county.system.decideDeferred(county.county);
    const boxes = async () =>
      (
        await query<{ id: string; kept: boolean; code: string }>(
          'test',
          'select id, box is not null as kept, code from command_deferred where county = $1 and id = any($2)',
          [county.county, [told.id, untold.id]],
        )
      ).toSorted((a, b) => (a.id === told.id ? -1 : b.id === told.id ? 1 : 0));
    // One of them comes up again from the phone, and is told there.
    const sent = JSON.stringify(sentOf(phone.outbox.find(told.id)!, phone.outbox.watch));
    const body = { device: phone.device, app: 'test', words: WORDS, clock: Date.now(), commands: [sent] };
    const again = (await (await county.as('field')).post('/api/sync/commands', body)).body;
    expect(again.verdicts).toMatchObject([{ verdict: 'refused' }]);
    await forget(29);
    expect(await boxes()).toMatchObject([{ kept: true }, { kept: true }]);
    await forget(31);
    expect(await boxes()).toMatchObject([
      { kept: false, code: 'labour.kind-unknown' },
      { kept: true, code: 'labour.kind-unknown' },
    ]);
    await forget(179);
    expect(await boxes()).toMatchObject([{ kept: false }, { kept: true }]);
    await forget(181);
    expect(await boxes()).toMatchObject([{ kept: false }, { kept: false }]);
    // What remains can be read, the words cannot.
    const found = (await mine()).find(({ id }) => id === untold.id);
    expect(found).toMatchObject({ state: 'refused', kept: false, message: expect.stringMatching(/[一-龥]{4}/) });
  });

  test('[B13] who looks after the system sees what waits: whose, which kind, from which version and since when, and not a word of it', async () => {
    const phone = await phoneOf();
    const item = await phone.write(labour('afternoon', { day: addDays(today, -2), note: '只有本人知道的' }));
    expect(await phone.contact()).toBe(true);
    for (const who of ['administrator', 'inspector']) {
      const { body } = await (await county.as(who)).get('/api/sync/deferred');
      const one = body.deferred.find(({ id }: { id: string }) => id === item.id);
      expect(one).toMatchObject({
        officialName: '王建军',
        mine: false,
        kindName: '记劳动',
        words: WORDS,
        app: 'test',
        state: 'waiting',
        receivedAt: expect.any(String),
        toldAt: null,
      });
      expect(body.known).toBe(WORDS - 1);
      expect(JSON.stringify(body)).not.toContain('只有本人知道的');
    }
    // That somebody else looked tells its writer nothing; that the writer looks does.
    const refused = await phone.write(labour('day', { outputs: [{ kind: '没有这一种', amount: 3 }] }));
    await phone.contact();
    await upgrade();
    await county.system.decideDeferred(county.county);
    const toldAt = async () => {
      const { deferred } = (await (await county.as('administrator')).get('/api/sync/deferred')).body;
      return deferred.find(({ id }: { id: string }) => id === refused.id).toldAt as string | null;
    };
    expect([await toldAt(), await toldAt()]).toEqual([null, null]);
    await mine();
    expect(await toldAt()).toEqual(expect.any(String));
  });

  test('[B13] a server that is newer, but not new enough, keeps what it still does not know', async () => {
    const phone = await phoneOf();
    phone.words = WORDS + 1;
    const item = await phone.write({ kind: 'drone.fly', stream: newId(), data: { height: 3 } });
    expect(await phone.contact()).toBe(true);
    await upgrade();
    expect(await county.system.decideDeferred(county.county)).toBe(0);
    expect(await phone.contact()).toBe(true);
    expect(phone.outbox.find(item.id)).toMatchObject({ state: 'sent', code: 'sync.deferred' });
  });
});
