import { namesOf } from '../access/directory.ts';
import type { Meeting } from '../meetings/model.ts';
import { sayChineseDay } from './draw/words.ts';
import type { PaperDraft } from './model.ts';
import type { House } from './of-acts.ts';
import { inOrder } from './words.ts';

/** Minutes of a meeting as a paper: what was decided, who does it and by when, who was there. */
export async function minutesDraft(
  house: House,
  state: Meeting,
): Promise<Pick<PaperDraft, 'fields' | 'unit' | 'tables'>> {
  const { minutes } = state;
  const { present = [], absent = [], items = [], guests } = minutes ?? {};
  const nameOf = await namesOf(house.query, house.county, [
    state.chair,
    state.recorder,
    state.by,
    ...present,
    ...absent.map(({ official }) => official),
    ...state.tasks.flatMap(({ unit, official }) => [unit, official]),
  ]);
  const names = (ids: readonly string[]): string => ids.map((one) => nameOf(one) ?? '').join('、');
  const topics = items.map(({ words }, i) => `${inOrder(i + 1)}、${words}`);
  return {
    fields: {
      会议名称: state.name,
      会议时间: `${sayChineseDay(state.day)}${state.from}`,
      会议地点: state.place,
      主持人: nameOf(state.chair) ?? '',
      议定事项: topics.length === 0 ? '会议听取了情况汇报，议定事项见下表。' : topics.join('\n'),
      出席: names(present),
      请假: absent.map(({ official, why }) => `${nameOf(official) ?? ''}（${why}）`).join('、') || '无',
      列席: guests === undefined || guests === '' ? '无' : guests,
      记录人: nameOf(state.recorder ?? state.by) ?? '',
    },
    unit: state.unit,
    tables:
      state.tasks.length === 0
        ? []
        : [
            {
              head: ['序号', '议定的事', '谁来办', '完成日期'],
              widths: [1.4, 6.2, 3.2, 4.2],
              rows: state.tasks.map(({ words, unit, official, due }, i) => [
                String(i + 1),
                words,
                `${nameOf(unit) ?? ''}\n${nameOf(official) ?? ''}`,
                sayChineseDay(due),
              ]),
            },
          ],
  };
}
