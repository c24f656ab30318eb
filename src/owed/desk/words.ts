import { sayDate } from '../../app/ui/time.ts';
import type { OwedLine } from './answers.ts';
import { t } from './english.ts';

/** By when, in few words. */
export const dueWords = ({ due, late, today }: Pick<OwedLine, 'due' | 'late' | 'today'>): string =>
  due === null
    ? t('等回话')
    : late
      ? t('超期，原定 {day}', { day: sayDate(due) })
      : today
        ? t('今天到期')
        : t('{day} 到期', { day: sayDate(due) });
