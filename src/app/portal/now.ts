import { dayOf } from '../../calendar/days.ts';
import { sayDay } from '../../calendar/explain.ts';
import type { MatterState } from '../../matters/model.ts';
import { JUST_LATE, spaced } from './words.ts';
import { t } from './english.ts';

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
      const text = promised === undefined ? t('正在看该转给哪个单位。') : t('{promised}转给该管的单位。', { promised });
      return { head: t('{unit}收到了', { unit }), text, tone: 'act' };
    }
    case 'dispatched':
    case 'handling': {
      if (paused !== undefined) {
        return {
          head: t('{unit}先停下来了', { unit }),
          text: t('原因：{reason}。停的日子不算，恢复了接着算。', { reason: paused.reason }),
          tone: 'act',
        };
      }
      const text =
        promised === undefined ? '' : t('答应{spaced}办完。现在不用您做什么。', { spaced: spaced(promised) });
      return {
        head: state.status === 'dispatched' ? t('已经转给{unit}', { unit }) : t('{unit}正在办', { unit }),
        text,
        tone: 'act',
      };
    }
    case 'deferred': {
      const text =
        state.recheckOn === undefined
          ? ''
          : t('{recheckOn}再看一次，结果写在这里。', { recheckOn: sayDay(state.recheckOn, dayOf(seen.now)) });
      return { head: t('现在还办不了，没有忘'), text, tone: 'act' };
    }
    case 'resolved':
      return {
        head: t('{unit}{what}，请您看看', { unit, what: isDone(state) ? t('说办好了') : t('有答复了') }),
        text: state.answer ?? '',
        tone: 'act',
      };
    default: {
      const again =
        seen.reopenUntil === undefined
          ? ''
          : t('要是又不行了，{reopenUntil}可以重新打开。', { reopenUntil: seen.reopenUntil });
      const by = state.closedBy === 'resident' ? t('您说办好了。') : t('回访时您说办好了。');
      return { head: t('这件事办完了'), text: `${by}${again}`, tone: 'yes' };
    }
  }
}

/** The unit says that it is done, and not that it cannot or may not be. */
export const isDone = (state: MatterState): boolean =>
  state.disposition === 'solvable' || state.disposition === undefined;

function overdue(state: MatterState, unit: string, late: string): Now {
  const head = late === JUST_LATE ? t('今天刚过了期限，{unit}', { unit }) : t('{unit}晚了 {late}，', { unit, late });
  return {
    head: t('{head}还没{what}', { head, what: state.status === 'registered' ? t('转给办事的单位') : t('办完') }),
    text:
      state.delay === undefined
        ? t('晚了要说明原因，现在还没有说明。这件事已经列在超期公示里。')
        : t('原因：{delay}', { delay: state.delay }),
    tone: 'seal',
  };
}
