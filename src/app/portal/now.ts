import { dayOf } from '../../calendar/days.ts';
import { sayDay } from '../../calendar/explain.ts';
import { levelName } from '../../matters/english.ts';
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
  const petition = petitionNow(state, seen);
  // A review is the affair of another body: the unit that handled it is not late with it.
  if (petition !== undefined && state.status === 'reviewing') return petition;
  if (late !== undefined && state.status !== 'resolved') return overdue(state, unit, late);
  if (petition !== undefined) return petition;
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

/** Where a petition stands in what only its procedure knows. */
function petitionNow(state: MatterState, { unit, promised }: Seen): Now | undefined {
  if (state.status === 'reviewing') {
    const level = levelName(state.reviews.at(-1)?.level ?? 'review');
    return {
      head: t('上一级正在{level}', { level }),
      text: t('由没有经办过的人看，下面写着看到哪一步。'),
      tone: 'act',
    };
  }
  if (state.closedBy === 'lawful-end')
    return { head: t('复核以后信访程序终结了'), text: t('下面写着为什么，和有新的事实怎么办。'), tone: 'seal' };
  if (state.status === 'resolved' && state.refusal !== undefined)
    return {
      head: t('{unit}不受理，请您看看', { unit }),
      text: t('{reason}不认可就点“不认可”，由受理的单位裁定。', { reason: state.answer ?? '' }),
      tone: 'act',
    };
  if (state.objectedAt !== undefined)
    return {
      head: t('您不认可不受理的理由，正在裁定由谁受理'),
      text: promised === undefined ? '' : t('{promised}有结果。', { promised }),
      tone: 'act',
    };
  const deciding =
    state.procedure === 'petition' &&
    state.acceptedAt === undefined &&
    (state.status === 'dispatched' || state.status === 'handling');
  return deciding
    ? {
        head: t('{unit}正在看受不受理', { unit }),
        text: promised === undefined ? '' : t('{promised}书面告诉您。', { promised }),
        tone: 'act',
      }
    : undefined;
}

/** The unit says that it is done, and not that it cannot or may not be. */
export const isDone = (state: MatterState): boolean =>
  state.refusal === undefined && (state.disposition === 'solvable' || state.disposition === undefined);

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
