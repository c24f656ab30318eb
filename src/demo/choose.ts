/** Which story is told when, where and by whom. */
import { daysToNewYear, monthOf } from './days.ts';
import type { Random } from './random.ts';
import type { Circumstance } from './words/circumstances.ts';
import type { Story } from './words/story.ts';
import { STORIES } from './words/stories/index.ts';

const OUT_OF_SEASON = 0.1;
const TRIES = 40;

type Weighted = readonly (readonly [Story, number])[];
const tables = new Map<string, Weighted>();

const nearNewYear = (day: number): boolean => {
  const left = daysToNewYear(day);
  return left > 0 && left <= 60;
};

const weightOf = (story: Story, month: number, newYear: boolean): number => {
  const inSeason = story.newYear === true ? newYear : story.months?.includes(month) !== false;
  return (story.weight ?? 1) * (inSeason ? 1 : OUT_OF_SEASON);
};

/** Drawn by weight and season from what is told in such a place by such a household. */
export const chooseStory = (random: Random, day: number, urban: boolean, circumstance: Circumstance): Story => {
  const [month, newYear] = [monthOf(day), nearNewYear(day)];
  const key = `${month}/${newYear}/${urban}`;
  let table = tables.get(key);
  if (table === undefined) {
    const elsewhere = urban ? 'village' : 'town';
    table = STORIES.filter(({ where }) => where !== elsewhere).map(
      (story) => [story, weightOf(story, month, newYear)] as const,
    );
    tables.set(key, table);
  }
  for (let i = 0; i < TRIES; i++) {
    const story = random.weighted(table);
    if (story.of === undefined || story.of.includes(circumstance)) return story;
  }
  return random.weighted(table.filter(([{ of }]) => of === undefined));
};
