import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../calendar/days.ts';
import { type TestCounty, done, startCounty } from '../testing.ts';
import { newId } from '../ui/client.ts';
import { TestPhone } from './testing.ts';

let county: TestCounty;
const today = dayOf(new Date().toISOString());
beforeAll(async () => {
  county = await startCounty();
}, 120_000);
afterAll(() => county.stop());

const phoneOf = async (who: string): Promise<TestPhone> => {
  const phone = await new TestPhone(county, await county.as(who)).open();
  expect(await phone.contact()).toBe(true);
  await phone.fetchAlong();
  return phone;
};

describe('what goes along besides households', () => {
  const part = fc.constantFrom('morning', 'afternoon', 'day');
  const written = fc.record({
    ago: fc.integer({ min: -1, max: 34 }),
    part,
    kind: fc.constantFrom('植树', '清淤渠道', '种花'),
    amount: fc.constantFrom(0, 0.5, 12),
  });
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('record' as const), written }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('correct' as const), of: fc.nat(9), written }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), of: fc.nat(9) }) },
  );

  test(
    '[B13] [B4] whatever labour is written without network, the phone says what the server says, and shows what the server shows',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
          const phone = await phoneOf('field');
          const server = await county.as('field');
          const streams: string[] = [];
          const refusedHere: { kind: string; stream: string; data: object; code: string | undefined }[] = [];
          for (const one of steps) {
            const begins = one.do === 'record';
            if (!begins && streams.length === 0) continue;
            const stream = begins ? newId() : streams[one.of % streams.length]!;
            const data =
              one.do === 'withdraw'
                ? {}
                : {
                    day: addDays(today, -one.written.ago),
                    part: one.written.part,
                    village: county.places.village,
                    outputs: [{ kind: one.written.kind, amount: one.written.amount }],
                    note: '',
                  };
            const command = { kind: `labour.${one.do}`, stream, data };
            const item = await phone.write(command);
            if (item.state === 'refused') refusedHere.push({ ...command, code: item.code });
            else {
              expect(item.state).toBe('stored');
              if (begins) streams.push(stream);
            }
          }
          type Mine = { days: number; waiting: number; entries: { id: string; day: string; part: string }[] };
          const seen = phone.local.without('GET /api/labours/mine', '/api/labours/mine', {}) as Mine;
          expect(await phone.contact()).toBe(true);
          // What the phone let through, the server took.
          expect(phone.outbox.all().map(({ state }) => state)).toEqual(phone.outbox.all().map(() => 'accepted'));
          const told = (await server.get('/api/labours/mine')).body as Mine;
          expect([seen.days, seen.waiting]).toEqual([told.days, told.waiting]);
          const keyed = ({ entries }: Mine) =>
            entries.map(({ id, day, part: half }) => `${id} ${day} ${half}`).toSorted();
          expect(keyed(seen)).toEqual(keyed(told));
          // What it refused at the end of the day for good, the server would have refused: half a day is one's once.
          for (const { kind, stream, data, code } of refusedHere)
            if (kind === 'labour.record' && code !== 'labour.half-taken')
              expect((await server.post(`/api/labours/${stream}/record`, data)).body.refused).toBe(code);
          for (const stream of streams) await server.post(`/api/labours/${stream}/withdraw`, {});
        }),
        { numRuns: 8, endOnFailure: true },
      );
    },
  );

  test('[B13] [B10] a talk held without network has its page at once, and its question becomes a matter in the evening', async () => {
    const guide = newId();
    const clerk = await county.as('clerk');
    await done(
      clerk.post(`/api/guides/${guide}/publish`, {
        title: '冬灌补助',
        gist: '每亩补助二十元，村里统一报。',
        source: '县水利局〔2026〕3 号',
        validFrom: addDays(today, -30),
      }),
    );
    const phone = await phoneOf('field');
    const talk = newId();
    const held = { area: county.places.village, way: 'group', day: today, where: '院坝', guides: [guide], came: 12 };
    expect((await phone.write({ kind: 'talk.hold', stream: talk, data: { ...held, guides: [newId()] } })).code).toBe(
      'talk.guide-unknown',
    );
    await phone.write({ kind: 'talk.hold', stream: talk, data: held });
    await phone.write({ kind: 'talk.ask', stream: talk, data: { words: '外村承包的地算不算' } });
    const page = phone.local.without('GET /api/talks/:id', `/api/talks/${talk}`, { id: talk });
    expect(page).toMatchObject({
      came: 12,
      guides: [{ title: '冬灌补助' }],
      questions: [{ words: '外村承包的地算不算' }],
    });
    expect(await phone.contact()).toBe(true);
    const told = (await (await county.as('field')).get(`/api/talks/${talk}`)).body;
    expect(told).toMatchObject({ came: 12, questions: [{ words: '外村承包的地算不算' }] });
    expect((await clerk.get(`/api/matters/${told.questions[0].matter}`)).status).toBe(200);
  });

  test('[B13] once the server’s answer knows of it, nothing is shown twice', async () => {
    const phone = await phoneOf('field');
    const occasion = newId();
    const data = { type: 'deed', area: county.places.village, day: today, title: '修好了井台' };
    await phone.write({ kind: 'occasion.record', stream: occasion, data });
    const shown = () =>
      (
        phone.local.without('GET /api/occasions', '/api/occasions?limit=20', {}) as { occasions: { id: string }[] }
      ).occasions.filter(({ id }) => id === occasion);
    expect(shown()).toHaveLength(1);
    expect(await phone.contact()).toBe(true);
    expect(shown()).toHaveLength(1);
    await phone.fetchAlong();
    expect(shown()).toHaveLength(1);
  });

  test('[B13] [A1] without network a place is found as the server finds it: by name, pinyin and initials', async () => {
    const phone = await phoneOf('field');
    const clerk = await county.as('clerk');
    const { rows } = await county.database.pool.query<{ id: string; name: string; pinyin: string; initials: string }>(
      `select id, name, pinyin, initials from area where county = $1 and level in ('village', 'grid') and not closed`,
      [county.county],
    );
    expect(rows.length).toBeGreaterThan(2);
    const small = new Set(rows.map(({ id }) => id));
    const typed = rows.flatMap(({ name, pinyin, initials }) => [
      name,
      name.slice(0, 2),
      name.slice(-2),
      pinyin.slice(0, 4),
      initials.toUpperCase(),
    ]);
    for (const q of new Set(typed)) {
      const path = `/api/areas/search?q=${encodeURIComponent(q)}`;
      const of = (answer: unknown) =>
        (answer as { areas: { id: string }[] }).areas.filter(({ id }) => small.has(id)).map((a) => JSON.stringify(a));
      const here = of(phone.local.without('GET /api/areas/search', path, {}));
      expect([q, ...here.toSorted()]).toEqual([q, ...of((await clerk.get(path)).body).toSorted()]);
      expect(here).not.toEqual([]);
    }
  });
});
