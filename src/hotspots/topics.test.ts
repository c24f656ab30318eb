import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rarityOf } from '../alike/score.ts';
import { pairsOf } from '../matters/text.ts';
import { type Heard, topicsOf } from './topics.ts';

const matters = [
  ['翠竹花园', '楼下烧烤店油烟呛人，窗户不敢开'],
  ['金山公寓', '电梯三天两头坏，老人上不去楼'],
  ['东风小区', '开发商捆绑销售车位，不买不给签合同'],
] as const;
const START = Date.parse('2026-03-02T01:00:00Z');

/** So many persons of each matter, on so many days, each in words of their own order. */
const crowd = fc.array(
  fc.record({
    matter: fc.integer({ min: 0, max: 2 }),
    person: fc.integer({ min: 0, max: 9 }),
    day: fc.integer({ min: 0, max: 300 }),
    agreed: fc.integer({ min: 0, max: 50 }),
  }),
  { minLength: 3, maxLength: 30 },
);
const heardOf = (said: readonly { matter: number; person: number; day: number; agreed: number }[]): Heard[] =>
  said.map(({ matter, person, day, agreed }, i) => ({
    id: `m${i}`,
    person: `p${person}`,
    subject: `${i % 2 === 0 ? '反映' : '投诉'}${matters[matter]!.join('')}`,
    body: '',
    spot: '',
    at: new Date(START + day * 86_400_000).toISOString(),
    chain: ['county'],
    agreed,
  }));
const rarityFor = (heard: readonly Heard[]) => {
  const counts = new Map<number, number>();
  for (const { subject } of heard) for (const pair of pairsOf(subject)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return rarityOf(counts, 4_000);
};

test('[C17] topics keep matters apart, count each person once, and rank by heat', () => {
  fc.assert(
    fc.property(crowd, (said) => {
      const heard = heardOf(said);
      const topics = topicsOf(heard, rarityFor(heard));
      const byId = new Map(said.map((one, i) => [`m${i}`, one]));
      for (const topic of topics) {
        expect(new Set(topic.ids.map((id) => byId.get(id)!.matter)).size).toBe(1);
        const members = topic.ids.map((id) => byId.get(id)!);
        // The persons of the hottest 60 days, counted anew by looking at every day.
        let most = 0;
        for (const { day } of members)
          most = Math.max(
            most,
            new Set(members.filter((m) => m.day >= day && m.day <= day + 60).map((m) => m.person)).size,
          );
        expect(topic.people).toBe(most);
        expect(topic.place).toContain(matters[members[0]!.matter]![0]);
      }
      expect(topics.map(({ rank }) => rank)).toEqual(topics.map((_, i) => i + 1));
      expect(topics.map(({ heat }) => heat)).toEqual(topics.map(({ heat }) => heat).toSorted((a, b) => b - a));
      // Whoever writes alone makes no topic, however often.
      for (const [n] of matters.entries()) {
        const own = said.filter((one) => one.matter === n);
        if (new Set(own.map(({ person }) => person)).size < 3)
          expect(topics.some(({ ids }) => byId.get(ids[0]!)!.matter === n)).toBe(false);
      }
    }),
  );
});

test('[C17] agreement weighs little, so that nobody makes a topic by clicking', () => {
  const few = heardOf([0, 1, 2].map((person) => ({ matter: 0, person, day: person, agreed: 0 })));
  const many = few.map((one) => ({ ...one, agreed: 10_000 }));
  const [plain] = topicsOf(few, rarityFor(few));
  const [clicked] = topicsOf(many, rarityFor(many));
  expect(clicked!.heat).toBeGreaterThan(plain!.heat);
  expect(clicked!.heat).toBeLessThan(2.5 * plain!.heat);
});
