import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportables, recordExport } from '../app/operations/export.ts';
import { type TestCounty, done, startCounty } from '../app/testing.ts';
import { dayOf } from '../calendar/days.ts';
import { fingerprint, rebuild } from '../ledger/rebuild.ts';
import { sealAll, verifyCounty } from '../ledger/seal.ts';
import { forgetHouseholds } from './retention.ts';
import { forgetMatters } from '../matters/retention.ts';
import { keptSince } from './tables.ts';

let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
}, 60_000);
afterAll(() => county.stop());

async function household(name: string): Promise<string> {
  const id = county.newId();
  const { body } = await (
    await county.as('field')
  ).post(`/api/households/${id}/register`, {
    area: county.places.grid,
    address: `${name}家门牌`,
    contact: county.id('field'),
    residents: [{ id: county.newId(), name, relation: '户主', bornYear: 1950, phone: '13912345678' }],
  });
  expect(body).toMatchObject({ accepted: true });
  return id;
}
/** Runs the mechanism as on a day so many years and days from now. */
async function forget(years: number, days = 0): Promise<number> {
  const now = new Date();
  now.setUTCFullYear(now.getUTCFullYear() + years);
  now.setUTCDate(now.getUTCDate() + days);
  const policies = await county.system.policies(county.county);
  return await forgetHouseholds(county.ledger, policies, county.county, dayOf(now.toISOString()), now.toISOString());
}
const moved = async (id: string, away = true) =>
  (await county.as('clerk')).post(`/api/households/${id}/amend`, { moved: away });
const proof = async () => {
  await sealAll(county.database.pool, county.county);
  return await verifyCounty(county.database.pool, county.county);
};
/** Everything the database holds as text, to look for a name in. */
async function holds(word: string): Promise<string[]> {
  const { rows } = await county.database.pool.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = current_schema()',
  );
  const found = [];
  for (const { name } of rows) {
    const { rows: hits } = await county.database.pool.query(`select from "${name}" t where t::text like $1 limit 1`, [
      `%${word}%`,
    ]);
    if (hits.length > 0) found.push(name);
  }
  return found;
}

describe('how long what is known of a household is kept', () => {
  test('the day is counted back in whole years, and a day is never kept short', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2024-01-01'), max: new Date('2060-12-31'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 30 }),
        (date, householdYears) => {
          const today = date.toISOString().slice(0, 10);
          const since = keptSince(today, { householdYears });
          // Against the calendar itself: so many birthdays of that day have passed, and of the day after not.
          const real = new Date(`${since}T00:00:00Z`);
          expect(real.toISOString().slice(0, 10)).toBe(since);
          const whole = new Date(real);
          whole.setUTCFullYear(whole.getUTCFullYear() + householdYears);
          expect(whole.toISOString().slice(0, 10) <= today).toBe(true);
          const next = new Date(real);
          next.setUTCDate(next.getUTCDate() + 1);
          next.setUTCFullYear(next.getUTCFullYear() + householdYears);
          expect(next.toISOString().slice(0, 10) > today).toBe(true);
        },
      ),
    );
  });

  test('[L3] [L2] years after it moved away its file is erased, nowhere readable, and the chain is whole: erased, not broken', async () => {
    const id = await household('欧阳夜莺');
    const stays = await household('司马云雀');
    await moved(id);
    expect(await forget(3, -2)).toBe(0);
    const before = (await proof()).erased;
    expect(await holds('夜莺')).not.toEqual([]);
    expect(await forget(3, 1)).toBe(1);
    expect(await holds('夜莺')).toEqual([]);
    expect(await holds('ouyang')).toEqual([]);
    expect(await holds('云雀')).not.toEqual([]);
    const after = await proof();
    expect(after.faults).toEqual([]);
    expect(after.erased).toBeGreaterThan(before);
    const clerk = await county.as('clerk');
    expect((await clerk.get(`/api/households/${id}`)).body).toMatchObject({
      address: '（已删除）',
      residents: [],
      can: [],
    });
    expect((await clerk.post(`/api/households/${id}/amend`, { moved: false })).body.refused).toBe('household.unknown');
    expect((await clerk.get(`/api/households/${stays}`)).body.head).toBe('司马云雀');
    // Again there is nothing to do, and what is made again from the ledger is the same.
    expect(await forget(3, 1)).toBe(0);
    const { pool } = county.database;
    const live = await fingerprint(pool, county.ledger, county.county);
    await rebuild(pool, county.ledger, county.county, await county.system.policies(county.county));
    expect(await fingerprint(pool, county.ledger, county.county)).toEqual(live);
  });

  test('[L3] who came back, or has something open, is kept; broken off half-way the rest is erased the next time', async () => {
    const [back, busy, half] = [await household('诸葛杜鹃'), await household('上官画眉'), await household('公孙白鹭')];
    for (const id of [back, busy, half]) await moved(id);
    await moved(back, false);
    await (
      await county.as('clerk')
    ).post(`/api/matters/${county.newId()}/register`, {
      channel: 'phone',
      subject: '老屋的电线垂下来了',
      area: county.places.grid,
      household: busy,
    });
    // The event stands, the boxes were not erased yet: as after a power cut.
    const at = new Date(Date.now() + 4 * 366 * 86_400_000).toISOString();
    await county.ledger.execute({
      county: county.county,
      id: county.newId(),
      record: 'household',
      stream: half,
      command: { kind: 'household.forget' },
      at,
      actor: 'system:retention',
      permit: () => true,
    });
    const boxes = async () =>
      (await county.database.pool.query('select from vault where stream = $1', [half])).rows.length;
    expect(await boxes()).toBeGreaterThan(0);
    expect(await forget(3, 1)).toBe(0);
    expect(await boxes()).toBe(0);
    expect(await holds('杜鹃')).not.toEqual([]);
    expect(await holds('画眉')).not.toEqual([]);
    expect((await proof()).faults).toEqual([]);
  });

  test('[L3] [C19] what it said in confidence is kept while open and erased with it, pictures too; no table ever tells whose it was', async () => {
    const [id, matter, photo] = [await household('赫连白鹇'), county.newId(), county.newId()];
    const { pool } = county.database;
    const clerk = await county.as('clerk');
    const post = async (by: string, verb: string, body: object = {}) =>
      await done((await county.as(by)).post(`/api/matters/${matter}/${verb}`, body));
    await post('clerk', 'register', {
      channel: 'phone',
      subject: '朱鹮家的低保有人冒领',
      body: '领钱的是朱鹮的表哥',
      area: county.places.grid,
      household: id,
      reporter: { name: '赫连白鹇', phone: '13912345678', confidential: true },
    });
    await pool.query(
      `insert into file (county, id, stream, type, bytes, box, small, made_at) values ($1, $2, $3, 'image/jpeg', 1, '\\x00', '\\x00', now())`,
      [county.county, photo, matter],
    );
    await moved(id);
    // Open: whoever handles it must be able to reach them.
    expect(await forget(3, 1)).toBe(0);
    await post('clerk', 'dispatch', { unit: county.units.water });
    const people = { leader: county.id('waterhead'), handler: county.id('handler') };
    await post('handler', 'acknowledge', { ...people, measures: '查发放的单子' });
    await post('handler', 'dispose', { disposition: 'solvable', cause: '单子上有人代领。' });
    await post('handler', 'resolve', { answer: '已经追回，朱鹮家从下月起自己领。' });
    await post('countyclerk', 'call-back', { outcome: 'confirmed', words: '朱鹮家收到了' });
    expect(await forget(3, 1)).toBe(1);
    expect(await holds('白鹇')).toEqual([]);
    expect(await holds('朱鹮')).not.toEqual([]);
    // Of all tables only the ledger knows whose it was.
    const tied: string[] = [];
    for (const name of (await county.ledger.tables()).keys())
      if (
        (
          await pool.query(`select from "${name}" t where t::text like $1 and t::text like $2`, [
            `%${id}%`,
            `%${matter}%`,
          ])
        ).rows.length > 0
      )
        tied.push(name);
    expect(tied).toEqual([]);
    const later = new Date(Date.now() + 4 * 366 * 86_400_000).toISOString();
    expect(await forgetMatters(county.ledger, county.county, later)).toBe(1);
    expect(await holds('朱鹮')).toEqual([]);
    const { rows: left } = await pool.query(
      'select 1 from vault where stream = $1 union all select 1 from file where stream = $1',
      [matter],
    );
    expect(left).toEqual([]);
    expect((await proof()).faults).toEqual([]);
    expect(await forgetMatters(county.ledger, county.county, later)).toBe(0);
    expect((await clerk.get(`/api/matters/${matter}`)).body).toMatchObject({ subject: '（内容已按规定删除）' });
    const live = await fingerprint(pool, county.ledger, county.county);
    await rebuild(pool, county.ledger, county.county, await county.system.policies(county.county));
    expect(await fingerprint(pool, county.ledger, county.county)).toEqual(live);
  });

  test('[L3] no official can have a file erased before its time', async () => {
    const id = await household('端木喜鹊');
    for (const key of ['field', 'clerk', 'head', 'administrator'])
      expect([401, 403, 404]).toContain((await (await county.as(key)).post(`/api/households/${id}/forget`)).status);
    expect((await (await county.as('clerk')).get(`/api/households/${id}`)).body.head).toBe('端木喜鹊');
  });
});

describe('an export is a reading', () => {
  const readings = async (id: string) =>
    (await (await county.as('clerk')).get(`/api/households/${id}/readings`)).body.readings as {
      reader: string;
      what: string;
      why: string | null;
    }[];

  test('[L4] [L1] each household whose file leaves by a command, and each whose matter leaves by the browser, can learn of it', async () => {
    const id = await household('令狐黄鹂');
    const { pool } = county.database;
    expect(
      await recordExport(pool, county.county, exportables['households']!, new Date().toISOString()),
    ).toBeGreaterThan(0);
    expect(await readings(id)).toMatchObject([
      { reader: 'system:export', what: '导出的住户', why: '在服务器上用命令导出' },
    ]);
    expect(await recordExport(pool, county.county, exportables['events']!, new Date().toISOString())).toBe(0);

    const clerk = await county.as('clerk');
    for (const subject of ['水渠堵了', '路灯坏了'])
      await clerk.post(`/api/matters/${county.newId()}/register`, {
        channel: 'phone',
        subject,
        area: county.places.grid,
        household: id,
      });
    for (const form of ['csv', 'jsonl', 'xlsx'])
      expect((await clerk.get(`/api/matters/export.${form}`)).status).toBe(200);
    const noted = (await readings(id)).filter(({ what }) => what === '导出的台账');
    // One for each file, though two matters were in it.
    expect(noted.map(({ reader }) => reader)).toEqual([1, 2, 3].map(() => county.id('clerk')));
    // Another township's export holds nothing of theirs.
    await (await county.as('farclerk')).get('/api/matters/export.csv');
    expect((await readings(id)).filter(({ what }) => what === '导出的台账')).toHaveLength(3);
  });
});

describe('one’s own data', () => {
  test('[L3] [L1] a clerk prints everything held about a household, the printing is recorded with who asked, and what is wrong is corrected', async () => {
    const id = await household('澹台鹧鸪');
    const [clerk, field] = await Promise.all([county.as('clerk'), county.as('field')]);
    const { body: file } = await field.get(`/api/households/${id}`);
    const [{ id: resident }] = file.residents;
    await field.post(`/api/visits/${county.newId()}/record`, {
      household: id,
      contact: 'met',
      note: '屋后的沟堵了，一下雨就进水。',
      needs: [{ words: '清一清屋后的沟', resident }],
      promises: [{ what: '三天内来看沟', by: dayOf(new Date(Date.now() + 3 * 86_400_000).toISOString()) }],
      metAt: new Date().toISOString(),
      withWhom: [resident],
    });
    await field.post(`/api/households/${id}/residents/consent`, {
      resident,
      what: 'needs',
      needs: ['独居老人关照'],
      until: dayOf(new Date(Date.now() + 90 * 86_400_000).toISOString()),
    });
    const why = '户主本人，看了身份证';
    const sheet = await clerk.get(`/api/households/${id}/held?why=${encodeURIComponent(why)}`);
    expect(sheet.headers.get('content-type')).toContain('text/html');
    for (const held of [
      '澹台鹧鸪家门牌',
      '13912345678',
      '1950',
      '独居老人关照',
      '屋后的沟堵了',
      '三天内来看沟',
      '清一清屋后的沟',
      '柳河镇人民政府 王建军',
      why,
      '满 3 年',
    ])
      expect(sheet.body, held).toContain(held);
    const { body } = await clerk.get(`/api/households/${id}/readings`);
    expect(body.readings).toContainEqual(
      expect.objectContaining({ reader: county.id('clerk'), what: '全部信息，打印给本人', why }),
    );
    await clerk.post(`/api/households/${id}/residents/amend`, { resident, name: '澹台鹧鸪鸟', phone: '13800001111' });
    const corrected = (await clerk.get(`/api/households/${id}/held`)).body as string;
    expect(corrected).toContain('澹台鹧鸪鸟');
    expect(corrected).toContain('13800001111');
    expect(corrected).not.toContain('13912345678');
  });
});
