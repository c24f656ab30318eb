import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Stop, alongTheWay, doorAlone, houseOf, isNamedIn, walkFrom } from './route.ts';

const stop = fc.record<Stop>({
  village: fc.constantFrom(null, '柳河村', '北渠村'),
  grid: fc.constantFrom(null, '一组', '二组', '十组', '十二组', '第2网格（水岸名居）'),
  address: fc
    .tuple(fc.constantFrom('', '水岸名居', '三组'), fc.integer({ min: 1, max: 130 }))
    .map(([at, n]) => `${at}${n}号`),
});

test('the order of the way is one order: whichever way the list came, it is walked the same', () => {
  fc.assert(
    fc.property(fc.array(stop, { maxLength: 20 }), (stops) => {
      const walked = stops.toSorted(alongTheWay);
      expect(stops.toReversed().toSorted(alongTheWay)).toEqual(walked);
      for (const [i, next] of walked.slice(1).entries()) expect(alongTheWay(walked[i]!, next)).toBeLessThanOrEqual(0);
    }),
  );
});

test('[B1] a walk begins where one says, loses no door, and leaves no group to come back to', () => {
  fc.assert(
    fc.property(fc.array(stop, { minLength: 1, maxLength: 20 }), fc.nat(), (stops, n) => {
      const { village, grid } = stops[n % stops.length]!;
      const walked = walkFrom(stops, { village, grid });
      expect(walked.toSorted(alongTheWay)).toEqual(stops.toSorted(alongTheWay));
      expect([walked[0]!.village, walked[0]!.grid]).toEqual([village, grid]);
      for (const of of [(s: Stop) => `${s.village}`, (s: Stop) => `${s.village} ${s.grid}`]) {
        const runs = walked.map(of).filter((place, i, all) => place !== all[i - 1]);
        expect(new Set(runs).size).toBe(runs.length);
      }
      expect(walkFrom(stops.toReversed(), { village, grid }).map(houseOf)).toEqual(walked.map(houseOf));
    }),
  );
  expect(walkFrom([{ village: '北渠村', grid: '一组', address: '1号' }], undefined)).toHaveLength(1);
});

test('groups and houses follow each other as they are counted, not as they are spelled', () => {
  const at = (grid: string, address: string): Stop => ({ village: '柳河村', grid, address });
  const walk = [
    at('一组', '2号'),
    at('一组', '12号'),
    at('二组', '1号'),
    at('九组', '1号'),
    at('十组', '1号'),
    at('十二组', '1号'),
    at('二十组', '1号'),
  ];
  expect(walk.toReversed().toSorted(alongTheWay)).toEqual(walk);
});

test('a group is named once', () => {
  fc.assert(
    fc.property(stop, (s) => {
      expect(houseOf(s).endsWith(s.address)).toBe(true);
      expect(s.address.endsWith(doorAlone(s))).toBe(true);
      expect(doorAlone(s)).not.toBe('');
    }),
  );
  expect(isNamedIn('第2网格（水岸名居）', '水岸名居1栋1单元502室')).toBe(true);
  expect(doorAlone({ grid: '第2网格（水岸名居）', address: '水岸名居1栋1单元502室' })).toBe('1栋1单元502室');
  expect(houseOf({ village: '柳河村', grid: '三组', address: '12号' })).toBe('三组 12号');
});
