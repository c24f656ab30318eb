import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { Due } from '../../app/ui/due.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { share } from '../../app/ui/share.ts';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { HardCaseTabs } from '../../app/ui/tabs.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { t } from './english.ts';
import type { Cases, Leaders } from './words.ts';

const shows = [
  ['current', t('在办的')],
  ['mine', t('我包的、我参加的')],
  ['asked', t('等答复的')],
  ['quiet', t('久没有亲自做的')],
  ['over', t('有结果的')],
] as const;

/** Hard cases: who owns each, and what they did in person beside what others did. */
export function HardCases() {
  const me = useMe();
  const navigate = useNavigate();
  const { show = 'current' } = useSearch({ strict: false }) as { show?: string };
  const found = useQuery({
    queryKey: ['hard-cases', show],
    queryFn: ({ signal }) => ask<Cases>('GET /api/hard-cases', { query: { show }, signal }),
  });
  return (
    <main className="page wide">
      <header>
        <h1>{t('包案积案')}</h1>
      </header>
      <HardCaseTabs />
      <p className="lead">
        {t('一件难事，一位领导包到底。亲自做的和别人替做的分开数；要交给别人，写明原因，等人家接下才算。')}
      </p>
      <div className="filters">
        <Choices
          of={shows}
          chosen={show}
          onChoose={(key) => void navigate({ to: '/hard-cases', search: { show: key } as never })}
        />
      </div>
      <Arrived of={found}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('这里没有包案')}>{t('从“积案”里挑一件，领导自己包下，或者请一位领导包。')}</Empty>
          ) : (
            <List rows={data.rows} columns={columns} keyOf={({ id }) => id} faded={({ open }) => !open} />
          )
        }
      </Arrived>
      {hasRole(me, 'clerk', 'head', 'leader', 'inspector', 'auditor') && <ByLeader />}
    </main>
  );
}

/** In person, waiting for the leader's word, by others: always the three together. */
const Acts = ({ own, said, delegated }: { own: number; said: number; delegated: number }) => (
  <>
    <b>{own}</b> / {delegated}
    {said > 0 && <small> {t('待确认 {n}', { n: said })}</small>}
  </>
);

const columns: readonly Column<Cases['rows'][number]>[] = [
  {
    name: t('什么事'),
    is: 'what',
    cell: (row) => (
      <Link to="/hard-cases/$id" params={{ id: row.id }} search={{}}>
        {row.subject ?? row.number}
      </Link>
    ),
    under: (row) =>
      [row.place, row.unit, row.reopenings > 0 ? t('重开 {n} 次', { n: row.reopenings }) : null]
        .filter((part) => part !== null)
        .join(' · '),
  },
  {
    name: t('包案领导'),
    cell: (row) => row.leaderName,
    under: (row) => row.handedOver > 0 && t('转过 {n} 手', { n: row.handedOver }),
  },
  { name: t('多少天了'), is: 'number', cell: (row) => row.days },
  { name: t('亲自 / 别人'), is: 'number', cell: (row) => <Acts {...row} /> },
  {
    name: t('最近亲自做'),
    cell: (row) => (row.lastOwn === null ? (row.adoptedOn === null ? '' : t('还没有')) : sayDate(row.lastOwn)),
    under: (row) => row.quiet !== null && t('{n} 天没有', { n: row.quiet }),
    tone: (row) => row.quiet !== null && 'late',
  },
  { name: t('到哪一步'), is: 'words', cell: (row) => row.stands, under: (row) => row.handTo },
  {
    name: t('哪天前'),
    cell: (row) => row.until !== null && <Due day={row.until} still={row.open} />,
    under: (row) => row.putOff > 0 && t('改过 {n} 次', { n: row.putOff }),
  },
];

const leaders = (quietDays: number): readonly Column<Leaders['rows'][number]>[] => [
  { name: t('包案领导'), is: 'what', cell: (row) => row.name },
  { name: t('在办的'), is: 'number', cell: (row) => row.current },
  { name: t('有结果的'), is: 'number', cell: (row) => row.over },
  { name: t('亲自 / 别人'), is: 'number', cell: (row) => <Acts {...row} /> },
  { name: t('接手来的'), is: 'number', cell: (row) => row.passed },
  {
    name: t('{n} 天没有亲自做', { n: quietDays }),
    is: 'number',
    cell: (row) => share(row.quiet, row.current),
    tone: (row) => row.quiet > 0 && 'late',
  },
  {
    name: t('过了日子'),
    is: 'number',
    cell: (row) => share(row.late, row.current),
    tone: (row) => row.late > 0 && 'late',
  },
];

/** By name, not by rank. */
function ByLeader() {
  const { data } = useQuery({
    queryKey: ['hard-cases', 'leaders'],
    queryFn: ({ signal }) => ask<Leaders>('GET /api/hard-cases/leaders', { signal }),
  });
  if (data === undefined || data.rows.length === 0) return null;
  return (
    <>
      <h2>{t('各位领导')}</h2>
      <div className="counts-by">
        <List rows={data.rows} columns={leaders(data.quietDays)} keyOf={({ leader }) => leader} />
      </div>
    </>
  );
}
