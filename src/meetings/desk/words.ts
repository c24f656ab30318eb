import type { AnswerOf } from '../../contract/route.ts';
import type { meetingRoutes } from '../api.ts';
import { t } from './english.ts';

type Routes = typeof meetingRoutes;
export type List = AnswerOf<Routes['GET /api/meetings']>;
export type Whole = AnswerOf<Routes['GET /api/meetings/:id']>;
export type Regularity = AnswerOf<Routes['GET /api/meetings/regularity']>;
export type Groups = AnswerOf<Routes['GET /api/standing-groups']>;
export type Group = AnswerOf<Routes['GET /api/standing-groups/:id']>;
export type Lines = AnswerOf<Routes['GET /api/responsibilities']>;

/** Lines of a text that say something. */
export const linesOf = (text: unknown): string[] =>
  (typeof text === 'string' ? text : '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Topics, one a line; “name：words” below a topic is what somebody said on it. */
export function itemsOf(text: unknown, remarks: boolean) {
  const items: { words: string; remarks?: { who: string; words: string }[] }[] = [];
  for (const line of linesOf(text)) {
    const said = remarks ? /^([^：:]{1,12})[：:]\s*(.{2,})$/.exec(line) : null;
    const last = items.at(-1);
    if (said === null || last === undefined) items.push({ words: line });
    else (last.remarks ??= []).push({ who: said[1]!, words: said[2]! });
  }
  return items;
}

export const taskClass = (task: { state: string; late: boolean }): string =>
  task.state === 'kept' ? 'nowrap yes' : task.late ? 'nowrap late' : 'nowrap';

export const sources: Readonly<Record<string, string>> = {
  task: t('上次定的'),
  overdue: t('超期'),
  referred: t('报来研究'),
  crossing: t('跨县'),
  order: t('督办超期'),
  hotspot: t('热点'),
};
