import { dayOf } from '../../calendar/days.ts';
import { sayDay } from '../../calendar/explain.ts';
import type { MatterState } from '../../matters/model.ts';
import { JUST_LATE, spaced } from './words.ts';

export interface Now {
  readonly head: string;
  readonly text: string;
  readonly tone: 'act' | 'seal' | 'yes';
}

export interface Seen {
  /** What the unit that answers for it is called. */
  readonly unit: string;
  readonly now: string;
  /** In words: until when it is promised, how late it is, and until when it can be opened again. */
  readonly promised: string | undefined;
  readonly late: string | undefined;
  readonly reopenUntil: string | undefined;
}

/** What stands in the box above everything: where it is, and what is asked of the resident. */
export function nowOf(state: MatterState, seen: Seen): Now {
  const { unit, promised, late } = seen;
  if (late !== undefined && state.status !== 'resolved') return overdue(state, unit, late);
  const paused = state.clock?.suspensions.find((s) => s.to === undefined);
  switch (state.status) {
    case 'registered': {
      const text = promised === undefined ? '正在看该转给哪个单位。' : `${promised}转给该管的单位。`;
      return { head: `${unit}收到了`, text, tone: 'act' };
    }
    case 'dispatched':
    case 'handling': {
      if (paused !== undefined) {
        return { head: `${unit}先停下来了`, text: `原因：${paused.reason}。停的日子不算，恢复了接着算。`, tone: 'act' };
      }
      const text = promised === undefined ? '' : `答应${spaced(promised)}办完。现在不用您做什么。`;
      return { head: state.status === 'dispatched' ? `已经转给${unit}` : `${unit}正在办`, text, tone: 'act' };
    }
    case 'deferred': {
      const text =
        state.recheckOn === undefined ? '' : `${sayDay(state.recheckOn, dayOf(seen.now))}再看一次，结果写在这里。`;
      return { head: '现在还办不了，没有忘', text, tone: 'act' };
    }
    case 'resolved':
      return {
        head: `${unit}${isDone(state) ? '说办好了' : '有答复了'}，请您看看`,
        text: state.answer ?? '',
        tone: 'act',
      };
    default: {
      const again = seen.reopenUntil === undefined ? '' : `要是又不行了，${seen.reopenUntil}可以重新打开。`;
      const by = state.closedBy === 'resident' ? '您说办好了。' : '回访时您说办好了。';
      return { head: '这件事办完了', text: `${by}${again}`, tone: 'yes' };
    }
  }
}

/** The unit says that it is done, and not that it cannot or may not be. */
export const isDone = (state: MatterState): boolean =>
  state.disposition === 'solvable' || state.disposition === undefined;

function overdue(state: MatterState, unit: string, late: string): Now {
  const head = late === JUST_LATE ? `今天刚过了期限，${unit}` : `${unit}晚了 ${late}，`;
  return {
    head: `${head}还没${state.status === 'registered' ? '转给办事的单位' : '办完'}`,
    text:
      state.delay === undefined ? '晚了要说明原因，现在还没有说明。这件事已经列在超期公示里。' : `原因：${state.delay}`,
    tone: 'seal',
  };
}
