import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Happening, MatterStory } from './model.ts';
import { type Moment, moments } from './moments.ts';

const instant = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();

/** A matter of which only the times matter here. */
const matter = (id: number, at: number, gaps: readonly number[]): MatterStory => {
  let now = at;
  return {
    kind: 'matter',
    id: String(id),
    at: instant(at),
    registeredAt: instant(at),
    channel: 'web',
    area: '',
    reporter: { confidential: false },
    subject: '',
    body: '',
    category: '',
    categoryName: '',
    unit: '',
    grade: '7-days',
    steps: gaps.map((gap) => ({ at: instant((now += gap)), by: 'reporter', kind: 'progress', text: '' })),
  };
};

test('all that happens is told once, in order of time, and each matter in its own order', () => {
  const stories = fc.array(fc.tuple(fc.nat(500), fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 6 })), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(stories, (drawn) => {
      const happenings: Happening[] = drawn
        .toSorted((a, b) => a[0] - b[0])
        .map(([at, gaps], id) => matter(id, at, gaps));
      const told: Moment[] = [...moments(happenings)];
      expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).toSorted());
      for (const happening of happenings as MatterStory[]) {
        const own = told.filter((moment) => 'matter' in moment && moment.matter === happening);
        expect(own.map(({ kind }) => kind)).toEqual(['register', ...happening.steps.map(() => 'step')]);
        expect(own.flatMap((moment) => (moment.kind === 'step' ? [moment.step] : []))).toEqual(happening.steps);
      }
      expect(told).toHaveLength(happenings.reduce((sum, one) => sum + 1 + (one as MatterStory).steps.length, 0));
    }),
  );
});
