import { expect, test } from 'vitest';
import { addDays, workingDays } from '../calendar/days.ts';
import { type Part, type Placed, attribute, figuresOf } from './figures.ts';
import { Templates } from './model.ts';
import { lastDayOf } from './plan.ts';
import { campaignPolicies } from './templates.ts';

/**
 * 驻百村、连千企、进万家 at the size its document gives: 11 teams, 144 groups, a thousand officials, with the template's own
 * numbers, through its whole year. Counted a second time by sets of texts.
 */
const { templates } = Templates.parse(campaignPolicies[0]!.standard.document);
const plan = templates.find((t) => t.code === 'villages-firms')!;
const [TEAMS, GROUPS, OFFICIALS] = plan.scale.map((s) => s.amount) as [number, number, number];
const FROM = '2025-01-01';
const LAST = lastDayOf(plan, FROM)!;

let seed = 11_144;
const below = (n: number): number => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return Math.floor((seed / 4_294_967_296) * n);
};
const named = (kind: string, n: number): string => `${kind}-${n}`;

test('[B5] [A6] at the size of the document every figure of every team and group is what a plain count gives', () => {
  const daysAround = Array.from({ length: 405 }, (_, n) => addDays(FROM, n - 20));
  const groupOf = (official: number): number => official % GROUPS;
  const teamOf = (group: number): number => group % TEAMS;
  const parts: Part[] = Array.from({ length: OFFICIALS }, (_, i) => ({
    official: named('official', i),
    party: 'teams',
    group: named('group', groupOf(i)),
    team: named('team', teamOf(groupOf(i))),
    since: FROM,
    until: LAST,
  }));
  const teams = [
    ...Array.from({ length: TEAMS }, (_, t) => ({ id: named('team', t), parent: null })),
    ...Array.from({ length: GROUPS }, (_, g) => ({ id: named('group', g), parent: named('team', teamOf(g)) })),
  ];
  const evidence: Placed[] = [];
  const [villages, firms, homes] = [new Set<number>(), new Set<number>(), new Set<number>()];
  const days = new Map<number, Set<string>>();
  const solved = new Map<number, number>();
  for (let n = 0; n < 15_000; n++) {
    const official = below(OFFICIALS);
    // Some before it began and after it ended: they count for nothing.
    const day = daysAround[below(405)]!;
    const kind = (['visit', 'visit', 'visit', 'visit', 'firm', 'hard-problem', 'call'] as const)[below(7)]!;
    const home = below(12_000);
    const firm = below(1_200);
    evidence.push({
      stream: named('record', n),
      place: 0,
      official: named('official', official),
      kind,
      day,
      amount: 1,
      area: null,
      subject: kind === 'firm' ? named('firm', firm) : named('home', home),
      confirmed: true,
      village: named('village', home % 120),
      township: null,
    });
    if (day < FROM || day > LAST) continue;
    const group = groupOf(official);
    if (kind === 'visit') {
      homes.add(home);
      villages.add(home % 120);
    }
    if (kind === 'firm') firms.add(firm);
    if (kind === 'visit' || kind === 'firm') {
      const gone = days.get(group) ?? new Set();
      days.set(group, gone.add(`${official} ${day}`));
    }
    if (kind === 'hard-problem') solved.set(teamOf(group), (solved.get(teamOf(group)) ?? 0) + 1);
  }
  const held = { plan, from: FROM, planned: LAST, until: LAST, moves: [] };
  const attributed = attribute(held, parts, evidence, '2026-06-01');
  const figures = figuresOf(held, teams, parts, attributed, new Map(), '2026-06-01', workingDays({ years: {} }));
  const of = (quota: string) => figures.filter((f) => f.quota === quota);
  const told = (quota: string) => of(quota).map(({ target, done }) => ({ target, done }));
  expect(told('villages')).toEqual([{ target: 100, done: villages.size }]);
  expect(told('firms')).toEqual([{ target: 1_000, done: firms.size }]);
  expect(told('households')).toEqual([{ target: 10_000, done: homes.size }]);
  expect(of('group-days')).toHaveLength(144);
  expect(of('team-solved')).toHaveLength(11);
  for (let g = 0; g < GROUPS; g++)
    expect(of('group-days').find((f) => f.team === named('group', g))).toMatchObject({
      target: 240,
      done: days.get(g)?.size ?? 0,
    });
  for (let t = 0; t < TEAMS; t++)
    expect(of('team-solved').find((f) => f.team === named('team', t))).toMatchObject({
      target: 12,
      done: solved.get(t) ?? 0,
    });
  // Broken down to months, each figure adds up to itself.
  for (const f of figures) {
    expect(f.months.reduce((n, m) => n + m.target, 0)).toBe(f.target);
    expect(f.months.reduce((n, m) => n + m.done, 0)).toBe(f.done);
  }
});
