import { Link } from '@tanstack/react-router';
import { sayNumber } from '../../matters/number-words.ts';
import { Due } from '../../app/ui/due.tsx';
import type { Column } from '../../app/ui/list.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { t } from './english.ts';
import { type BulletinOf, type Check, findings } from './words.ts';

type Item = Pick<
  Check['items'][number] & BulletinOf['items'][number],
  'number' | 'what' | 'source' | 'unit' | 'due' | 'late' | 'status' | 'finding' | 'words'
> &
  Partial<Pick<Check['items'][number], 'order' | 'matter'>>;

/** What was checked in a month, one a row: in the check itself and in the bulletin that comes of it. */
export const checked: readonly Column<Item>[] = [
  {
    name: t('事项'),
    is: 'what',
    cell: ({ order, matter, what }) =>
      typeof order === 'string' ? (
        <Link to="/orders/$id" params={{ id: order }} search={{}}>
          {what}
        </Link>
      ) : typeof matter === 'string' ? (
        <Link to="/matters/$id" params={{ id: matter }} search={{}}>
          {what}
        </Link>
      ) : (
        what
      ),
    under: ({ number }) => sayNumber(number),
  },
  { name: t('来源'), cell: ({ source }) => source },
  { name: t('责任单位'), cell: ({ unit }) => unit },
  {
    name: t('期限'),
    cell: ({ due, late }) => due !== null && (late ? <Due day={due} /> : sayDate(due)),
  },
  { name: t('状态'), cell: ({ status }) => status },
  {
    name: t('本月查的情况'),
    is: 'words',
    cell: ({ finding, words }) =>
      finding !== null && (
        <>
          <b className={finding === 'stalled' ? 'late' : undefined}>{findings[finding]}</b> {words}
        </>
      ),
  },
];
