import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pairsOf } from '../matters/text.ts';
import { ALIKE, type Said, likenessOf, rarityOf, sketchOf } from './score.ts';

const places = ['柳河新城', '翠竹花园', '东风小区', '北渠家园', '金山公寓'];
const topics = [
  '楼下餐馆油烟呛人，窗户不敢开',
  '开发商捆绑销售车位，不买不给签合同',
  '物业半夜停水也不通知',
  '工地通宵施工吵得睡不着',
];
const texts = places.flatMap((place) => topics.map((topic) => `${place}${topic}`));
const counts = new Map<number, number>();
for (const text of texts) for (const pair of pairsOf(text)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
// As among many others: what five of forty thousand say is rare.
const rarity = rarityOf(counts, 4_000);
const said = (subject: string, more: Partial<Said> = {}): Said => ({
  subject,
  body: '',
  spot: '',
  at: '2026-03-02T01:00:00.000Z',
  chain: ['county'],
  ...more,
});
const like = (a: Said, b: Said) => likenessOf(sketchOf(a, rarity), sketchOf(b, rarity));
const place = fc.constantFrom(...places);
const topic = fc.constantFrom(...topics);

describe('[C3] how alike two matters are', () => {
  test('is the same from both sides, between 0 and 1, and most of all with itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.constantFrom(...texts), (a, b) => {
        const { score } = like(said(a), said(b));
        expect(score).toBe(like(said(b), said(a)).score);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThan(1);
        expect(score).toBeLessThanOrEqual(like(said(a), said(a)).score);
      }),
    );
  });

  test('the same words of another named place are another matter', () => {
    fc.assert(
      fc.property(place, place, topic, (here, there, what) => {
        fc.pre(here !== there);
        expect(like(said(`${here}${what}`), said(`${there}${what}`)).score).toBeLessThan(ALIKE);
        expect(like(said(`${here}${what}`), said(`投诉${here}：${what}`)).score).toBeGreaterThanOrEqual(ALIKE);
      }),
    );
  });

  test('another matter of the same place is another matter', () => {
    fc.assert(
      fc.property(place, topic, topic, (here, what, other) => {
        fc.pre(what !== other);
        expect(like(said(`${here}${what}`), said(`${here}${other}`)).score).toBeLessThan(ALIKE);
      }),
    );
  });

  test('counts for less the longer apart, and never for less because somebody said it before', () => {
    const [a] = texts;
    const later = (days: number) => new Date(Date.parse('2026-03-02T01:00:00Z') + days * 86_400_000).toISOString();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }), (x, y) => {
        const [near, far] = [Math.min(x, y), Math.max(x, y)];
        const at = (days: number, who?: string) =>
          like(said(a!, { who }), said(`反映${a!}`, { at: later(days), who })).score;
        expect(at(far)).toBeLessThanOrEqual(at(near));
        expect(at(near, 'household')).toBeGreaterThanOrEqual(at(near));
      }),
    );
  });

  test('says why in words that stand in both', () => {
    const { reasons } = like(said('柳河新城楼下餐馆油烟呛人'), said('柳河新城一楼餐馆油烟呛人，天天如此'));
    expect(reasons.names).toEqual(['柳河新城']);
    expect(reasons.phrases.join()).toContain('餐馆油烟呛人');
  });
});
