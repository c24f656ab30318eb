import { expect, test } from 'vitest';
import { workingDays } from '../calendar/days.ts';
import { type Attributed, type Part, figuresOf } from './figures.ts';
import { Plan } from './model.ts';

const stay = (team: string, since: string, until: string): Part => ({
  official: 'a',
  party: 'p',
  group: null,
  team,
  since,
  until,
});
const parts = [stay('one', '2026-01-01', '2026-02-28'), stay('two', '2026-03-01', '2026-04-30')];
const seen = (n: number, day: string, part: Part): Attributed => ({
  part,
  e: {
    stream: `v${n}`,
    place: 0,
    official: 'a',
    kind: 'visit',
    day,
    amount: 1,
    area: null,
    subject: `h${n}`,
    confirmed: false,
    township: null,
    village: null,
  },
});
const quota = { title: '走访', amount: 4, source: '测试', confidence: 'C' } as const;
const plan = Plan.parse({
  code: 'x',
  title: '某活动',
  aim: '',
  source: '测试',
  confidence: 'C',
  stages: [{ code: 's', title: '一段', months: 4 }],
  parties: [{ code: 'p', title: '队员', by: 'team' }],
  quotas: [
    { ...quota, code: 'later', measure: 'visits', of: 'campaign', per: 'month', after: 1 },
    { ...quota, code: 'each', measure: 'visits', of: 'person', party: 'p', per: 'month' },
  ],
});

test('[B5] what is asked after the first month counts from there, is due month by month, and a person’s figures stand with their last team', () => {
  const figures = figuresOf(
    { plan, from: '2026-01-01', planned: '2026-04-30', until: '2026-04-30', moves: [] },
    [
      { id: 'one', parent: null },
      { id: 'two', parent: null },
    ],
    parts,
    [seen(1, '2026-01-10', parts[0]!), seen(2, '2026-02-10', parts[0]!), seen(3, '2026-03-10', parts[1]!)],
    new Map(),
    '2026-03-15',
    workingDays({ years: {} }),
  );
  const of = (code: string, team: string | null) => figures.find((f) => f.quota === code && f.team === team)!;
  expect(of('later', null)).toMatchObject({ target: 12, done: 2, due: 8 });
  expect(of('each', 'two')).toMatchObject({ target: 12, done: 3 });
  expect(of('each', 'one')).toMatchObject({ target: 0, done: 0 });
});
