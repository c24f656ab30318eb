import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import { useKeys } from '../../app/ui/keys.ts';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { Empty, Trouble, Waiting, isMissing } from '../../app/ui/states.tsx';
import type { MatterItem } from '../present.ts';
import { AlikeInInbox } from './inbox-alike.tsx';
import { MatterPane } from './matter-pane.tsx';
import { useToday } from './queries.ts';
import { Row } from './row.tsx';
import { t } from './english.ts';

/** Below this the list stands alone and a matter opens on its own page. */
const wide = '(min-width: 861px)';

const fits = (item: MatterItem, pieces: readonly string[]): boolean => {
  const text = [
    item.number,
    item.number.replaceAll(' ', ''),
    item.subject,
    item.place,
    item.unit,
    item.handler,
    item.channel,
    item.statusName,
  ]
    .join(' ')
    .toLowerCase();
  return pieces.every((piece) => text.includes(piece));
};

/** What needs me today, in the order it hurts, beside the matter in hand. */
export function Today({ owed }: { owed: ReactNode }) {
  const me = useMe();
  const { data, error, refetch } = useToday();
  const navigate = useNavigate();
  const { m } = useSearch({ strict: false }) as { m?: string };
  const [filter, setFilter] = useState('');
  const pieces = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((piece) => piece !== '');
  const groups = (data?.groups ?? [])
    .map((group) => ({ ...group, shown: group.items.filter((item) => fits(item, pieces)) }))
    .filter((group) => group.shown.length > 0);
  const order = groups.flatMap((group) => group.shown.map((item) => item.id));
  const chosen = m ?? order[0];

  const choose = (id: string | undefined) => {
    if (id !== undefined) void navigate({ to: '/', search: { m: id }, replace: true, resetScroll: false });
  };
  const move = (by: number) => choose(order[Math.min(order.length - 1, Math.max(0, order.indexOf(chosen ?? '') + by))]);
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => chosen !== undefined && void navigate({ to: '/matters/$id', params: { id: chosen }, search: {} }),
    Escape: () => (document.activeElement as HTMLElement | null)?.blur(),
  });
  useEffect(() => {
    document.querySelector(`[data-row="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  // Somebody who runs the system and handles no matters begins with places and people.
  if (isMissing(error)) return <Navigate to="/organisation" search={{}} replace />;
  return (
    <main className="today">
      <section className="list" aria-label={t('今天要我办')}>
        <div className="list-head">
          <h1>{t('今天要我办')}</h1>
          <input
            data-filter
            type="search"
            placeholder={t('筛选：水渠 柳河 王建军')}
            aria-label={t('筛选')}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </div>
        <AlikeInInbox enabled={hasRole(me, 'clerk', 'head')} />
        {error !== null && <Trouble error={error} again={() => void refetch()} />}
        {data === undefined && error === null && <Waiting lines={12} />}
        {pieces.length === 0 && owed}
        {groups.map((group) => (
          <div key={group.key}>
            <h2 className={group.key === 'late' ? 'late' : undefined}>
              {group.title}{' '}
              <span>
                {group.total > group.items.length
                  ? t('{total} 件，先列 {n} 件', { total: group.total, n: group.items.length })
                  : group.total}
              </span>
            </h2>
            {group.shown.map((item) => (
              <Row
                key={item.id}
                item={item}
                on={item.id === chosen}
                onChoose={(event: MouseEvent) => {
                  if (!matchMedia(wide).matches || event.ctrlKey || event.metaKey) return;
                  event.preventDefault();
                  choose(item.id);
                }}
              />
            ))}
          </div>
        ))}
        {data !== undefined &&
          order.length === 0 &&
          (filter === '' ? (
            <Empty title={t('没有等着办的诉求')}>
              {hasRole(me, 'clerk') ? t('有人来说事，按 n 登记。') : t('新派来的事会出现在这里。')}
            </Empty>
          ) : (
            <Empty title={t('没有符合的')}>{t('换个词，或清空筛选框。找所有的事，用左边的搜索。')}</Empty>
          ))}
      </section>
      {chosen === undefined ? <div /> : <MatterPane id={chosen} />}
    </main>
  );
}
