import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { SESSION_COOKIE } from '../app/server.ts';
import { LANGUAGE_COOKIE } from '../language/saying.ts';

let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.stop());

const register = async (subject: string, body = ''): Promise<string> => {
  const id = county.newId();
  await (
    await county.as('clerk')
  ).post(`/api/matters/${id}/register`, { channel: 'phone', subject, body, area: county.places.village });
  return id;
};

test('[C2] [C4] proposes category and unit with confidence, and learns from what people decide', async () => {
  const clerk = await county.as('clerk');
  const id = await register('水渠堵了，浇不上地', '二组十几户的麦子都旱着，灌溉渠淤满了。');
  const first = (await clerk.get(`/api/matters/${id}/proposals`)).body;
  expect(first.categories[0]).toMatchObject({ name: expect.stringContaining('水利'), confidence: expect.any(Number) });
  expect(first.categories[0].because.length).toBeGreaterThan(0);
  expect(first.units[0]).toMatchObject({ name: expect.any(String), because: [expect.stringContaining('派单目录')] });
  for (const { confidence } of [...first.categories, ...first.units]) {
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
  }

  // The county decides otherwise for hedgehog lamps, a thing no catalogue knows.
  for (let i = 0; i < 6; i++) {
    const strange = await register(`刺猬灯第${i}盏不亮`, '刺猬灯又坏了。');
    await clerk.post(`/api/matters/${strange}/dispatch`, { unit: county.units.works, category: '0107' });
  }
  const next = await register('门口的刺猬灯坏了');
  const { categories, units } = (await clerk.get(`/api/matters/${next}/proposals`)).body;
  expect(categories[0].id).toBe('0107');
  expect(categories[0].because.join()).toContain('刺猬');
  expect(units[0].id).toBe(county.units.works);
});

test('[L11] [C2] says in English where a proposal comes from', async () => {
  const clerk = await county.as('clerk');
  const id = await register('水渠堵了，浇不上地');
  const { cookie } = clerk;
  const ask = (path: string) =>
    county.app.request(path, { headers: { cookie: `${SESSION_COOKIE}=${cookie}; ${LANGUAGE_COOKIE}=en` } });
  const { units } = (await (await ask(`/api/matters/${id}/proposals`)).json()) as {
    units: { because: readonly string[] }[];
  };
  const said = units.flatMap(({ because }) => because);
  expect(said.some((line) => line.startsWith('Routing catalogue: '))).toBe(true);
  expect(said.join()).not.toMatch(/派单目录|类别是/);
});
