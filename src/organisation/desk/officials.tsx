import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { line } from '../../app/ui/inputs.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { type Hit, picker } from '../../app/ui/pickers.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt } from '../../app/ui/time.ts';
import type { OfficialLine } from '../reads.ts';
import { useChange } from './change.ts';
import { Tabs } from './tabs.tsx';
import { t } from './english.ts';

const PAGE = 100;

/** Officials of the county, a unit or a place; found by name, pinyin or initials. */
export function Officials() {
  const { unit, area } = useSearch({ strict: false }) as { unit?: string; area?: string };
  const [typed, setTyped] = useState('');
  const [adding, setAdding] = useState(false);
  const me = useMe();
  const navigate = useNavigate();
  const change = useChange();
  const q = useDeferredValue(typed.trim());
  const list = useInfiniteQuery({
    queryKey: ['officials', 'of', unit, area],
    queryFn: async ({ pageParam }) =>
      (
        await ask<{ officials: OfficialLine[] }>('GET /api/officials', {
          query: { unit, area, limit: PAGE, offset: pageParam },
        })
      ).officials,
    initialPageParam: 0,
    getNextPageParam: (last, all) => (last.length < PAGE ? undefined : all.length * PAGE),
  });
  const found = useQuery({
    queryKey: ['officials', 'find', q],
    queryFn: async ({ signal }) =>
      (await ask<{ officials: Hit[] }>('GET /api/officials/search', { query: { q, limit: 50 }, signal })).officials,
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
  const all = list.data?.pages.flat() ?? [];
  return (
    <main className="page">
      <header>
        <h1>{t('机构人员')}</h1>
      </header>
      <Tabs />
      <div className="filters">
        <input
          data-filter
          className="plain"
          type="search"
          placeholder={t('姓名、拼音或首字母：wjj')}
          aria-label={t('找干部')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {(unit !== undefined || area !== undefined) && (
          <Link to="/officials" search={{}}>
            {t('看全县的')}
          </Link>
        )}
        {hasRole(me, 'administrator') && (
          <button type="button" className="plain" onClick={() => setAdding(true)}>
            {t('登记一位干部')}
          </button>
        )}
      </div>
      {adding && (
        <ShortForm
          fields={[
            line({ name: 'name', label: t('姓名') }),
            picker({ name: 'unit', label: t('单位'), sort: 'units', placeholder: t('打单位名称、拼音或首字母') }),
            line({ name: 'title', label: t('职务'), optional: true }),
            line({ name: 'phone', label: t('工作电话'), hint: t('会印在联系卡上'), optional: true, type: 'tel' }),
          ]}
          consequence={({ name, unitName }) =>
            t('登记{name}{what}', {
              name: String(name ?? ''),
              what: typeof unitName === 'string' ? t('，{unitName}', { unitName }) : '',
            })
          }
          send={async (values) => {
            const id = newId();
            await change(
              { of: 'officials', id, verb: 'register', body: { title: '', phone: '', ...values } },
              t('已登记{n}，接着给岗位。', { n: String(values['name']) }),
              { of: 'officials', id, verb: 'retire', body: { until: dayAt(Date.now()) } },
            );
            return id;
          }}
          onDone={(id) => void navigate({ to: '/officials/$id', params: { id: id as string }, search: {} })}
          onClose={() => setAdding(false)}
        />
      )}
      {list.error !== null && <Trouble error={list.error} again={() => void list.refetch()} />}
      {list.isPending && <Waiting lines={10} />}
      {q === '' ? (
        <table className="sheet">
          <thead>
            <tr>
              <th>{t('姓名')}</th>
              <th>{t('职务')}</th>
              <th>{t('单位')}</th>
              <th className="num">{t('工作电话')}</th>
            </tr>
          </thead>
          <tbody>
            {all.map((o) => (
              <tr key={o.id}>
                <td className="nowrap">
                  <Link to="/officials/$id" params={{ id: o.id }} search={{}}>
                    {o.name}
                  </Link>
                </td>
                <td>{o.title}</td>
                <td>{o.unit.name}</td>
                <td className="num">{o.phone}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <table className="sheet">
          <tbody>
            {(found.data ?? []).map((o) => (
              <tr key={o.id}>
                <td className="nowrap">
                  <Link to="/officials/$id" params={{ id: o.id }} search={{}}>
                    {o.name}
                  </Link>
                </td>
                <td>{o.within}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {q !== '' && found.data?.length === 0 && <Empty title={t('没有找到')}>{t('换成姓，或拼音首字母试试。')}</Empty>}
      {q === '' && list.hasNextPage && (
        <p className="more">
          <button type="button" className="plain" onClick={() => void list.fetchNextPage()}>
            {t('接着看下面的')}
          </button>
        </p>
      )}
    </main>
  );
}
