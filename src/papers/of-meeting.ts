import { may } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import type { Desk } from '../contract/route.ts';
import { type Meeting, type MeetingState } from '../meetings/model.ts';
import { sayChineseDay } from './draw/words.ts';
import type { PaperSource } from './model.ts';

const inChinese = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
/** 一 … 九十九, for the order of a paper's headings. */
export const ordinal = (n: number): string =>
  n <= 10
    ? inChinese[n - 1]!
    : `${n >= 20 ? inChinese[Math.floor(n / 10) - 1] : ''}十${n % 10 === 0 ? '' : inChinese[(n % 10) - 1]}`;

/** A meeting that was held and keeps minutes; undefined else, and for who may not read it. */
async function heldMeeting(desk: Desk, id: string): Promise<Meeting | undefined> {
  const read = await desk.ledger.read<MeetingState>(desk.county, 'meeting', id).catch(() => undefined);
  const state = read?.state;
  if (state === undefined || state.status !== 'held' || state.minutes === undefined || state.keeps === 'held')
    return undefined;
  const reach = { areas: state.chain, units: [state.unit], officials: [...state.invited, state.by] };
  return may(desk.actor, 'meeting.read', reach) && may(desk.actor, 'paper.issue', { units: [state.unit] })
    ? state
    : undefined;
}

/** Minutes of a meeting as a paper: what was decided, who does it and by when, who was there. */
export const meetingPapers: PaperSource = {
  subject: 'meeting',
  kinds: ['minutes'],
  fitting: async (desk, id) => ((await heldMeeting(desk, id)) === undefined ? [] : ['minutes']),
  async draft(desk, id) {
    const state = await heldMeeting(desk, id);
    const minutes = state?.minutes;
    if (state === undefined || minutes === undefined) return undefined;
    const nameOf = await namesOf(desk.query, desk.county, [
      state.chair,
      state.recorder,
      ...minutes.present,
      ...minutes.absent.map(({ official }) => official),
      ...state.tasks.flatMap(({ unit, official }) => [unit, official]),
    ]);
    const names = (ids: readonly string[]): string => ids.map((one) => nameOf(one) ?? '').join('、');
    const topics = minutes.items.map(({ words }, i) => `${ordinal(i + 1)}、${words}`);
    return {
      fields: {
        会议名称: state.name,
        会议时间: `${sayChineseDay(state.day)}${state.from}`,
        会议地点: state.place,
        主持人: nameOf(state.chair) ?? '',
        议定事项: topics.length === 0 ? '会议听取了情况汇报，议定事项见下表。' : topics.join('\n'),
        出席: names(minutes.present),
        请假: minutes.absent.map(({ official, why }) => `${nameOf(official) ?? ''}（${why}）`).join('、') || '无',
        列席: minutes.guests === undefined || minutes.guests === '' ? '无' : minutes.guests,
        记录人: nameOf(state.recorder ?? state.by) ?? '',
      },
      unit: state.unit,
      reach: { areas: state.chain, units: [state.unit, ...state.tasks.map(({ unit }) => unit)] },
      namesReporter: false,
      tables:
        state.tasks.length === 0
          ? []
          : [
              {
                head: ['序号', '议定的事', '谁来办', '完成日期'],
                widths: [1, 7, 4, 3],
                rows: state.tasks.map(({ words, unit, official, due }, i) => [
                  String(i + 1),
                  words,
                  `${nameOf(unit) ?? ''}\n${nameOf(official) ?? ''}`,
                  sayChineseDay(due),
                ]),
              },
            ],
    };
  },
};
