import type { Story } from '../story.ts';
import { FIELDS } from './fields.ts';
import { LABOUR } from './labour.ts';
import { LAND } from './land.ts';
import { ROADS } from './roads.ts';
import { SAFETY } from './safety.ts';
import { SCHOOL } from './school.ts';
import { TOWN_LIFE } from './town.ts';
import { UTILITIES } from './utilities.ts';
import { WELFARE } from './welfare.ts';

export const STORIES: readonly Story[] = [
  ...FIELDS, ...ROADS, ...UTILITIES, ...TOWN_LIFE, ...WELFARE, ...LABOUR, ...SCHOOL, ...LAND, ...SAFETY,
];
