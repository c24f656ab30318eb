import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { OutreachTabs } from '../../app/ui/tabs.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { ArrangeForm } from './arrange.tsx';
import { t } from './english.ts';
import { type Figures, type Line, type List, forms, stands } from './words.ts';

/** Where officials go down to, what came of it, and each township's share. */
export function Outreaches() {
  const me = useMe();
  const queries = useQueryClient();
  const [arranging, setArranging] = useState(false);
  const found = useQuery({
    queryKey: ['outreaches'],
    queryFn: ({ signal }) => ask<List>('GET /api/outreaches', { signal }),
  });
  const { data } = found;
  const mayArrange = hasRole(me, 'field', 'clerk', 'head', 'leader');
  const coming = data?.rows.filter((row) => row.day >= data.today && row.status === 'arranged') ?? [];
  const past = data?.rows.filter((row) => !coming.includes(row)) ?? [];
  return (
    <main className="page wide">
      <header>
        <h1>{t('下访')}</h1>
        <div className="tools">
          {mayArrange && (
            <button
              type="button"
              className="plain first"
              aria-expanded={arranging}
              onClick={() => setArranging(!arranging)}
            >
              {t('排一次下访')}
            </button>
          )}
        </div>
      </header>
      <OutreachTabs />
      <p className="lead">
        {t(
          '干部到群众跟前去：时段里集中去，带着一件事去，或者到现场接待。排好了，群众在网上看得到；收下的每一件都上台账。',
        )}
      </p>
      {arranging && data !== undefined && (
        <ArrangeForm
          list={data}
          onClose={() => setArranging(false)}
          onDone={() => {
            setArranging(false);
            void queries.invalidateQueries({ queryKey: ['outreaches'] });
          }}
        />
      )}
      <Arrived of={found}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('还没有排过下访')}>
              {t('点“排一次下访”，写上哪天、到哪里、谁去。现场接访会自动上群众页面，可以预约。')}
            </Empty>
          ) : (
            <>
              {coming.length > 0 && <Lines title={t('接下来')} rows={coming} today={data.today} />}
              {past.length > 0 && <Lines title={t('去过的')} rows={past} today={data.today} />}
            </>
          )
        }
      </Arrived>
      {hasRole(me, 'clerk', 'head', 'leader', 'inspector') && <Townships />}
    </main>
  );
}

const Lines = ({ title, rows, today }: { title: string; rows: readonly Line[]; today: string }) => (
  <>
    <h2>{title}</h2>
    <Sheet>
      <thead>
        <tr>
          <th>{t('什么时候')}</th>
          <th>{t('结果')}</th>
          <th>{t('怎么去')}</th>
          <th>{t('到哪里')}</th>
          <th>{t('什么事')}</th>
          <th>{t('谁去')}</th>
          <th className="num">{t('约了')}</th>
          <th className="num">{t('收了')}</th>
          <th className="num">{t('说当场办了')}</th>
          <th className="num">{t('群众认可')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className={row.status === 'cancelled' ? 'over' : undefined}>
            <td className="nowrap">
              {sayDate(row.day)}
              <small className="under">
                {row.from}–{row.to}
              </small>
            </td>
            <td className={stands(row, today) === t('没写结果') ? 'late nowrap' : 'nowrap'}>{stands(row, today)}</td>
            <td className="nowrap">{forms[row.form]}</td>
            <td>
              {row.place}
              <small className="under">{row.spot}</small>
            </td>
            <td className="what">
              <Link to="/outreach/$id" params={{ id: row.id }} search={{}}>
                {row.about}
              </Link>
            </td>
            <td>{(row.went.length > 0 ? row.went : row.who).map((p) => p.name).join('、')}</td>
            <td className="num">{row.form === 'reception' ? `${row.booked}/${row.places}` : ''}</td>
            <td className="num">{row.taken}</td>
            <td className="num">{row.solved}</td>
            <td className={`num${row.agreed > 0 ? ' yes' : ''}`}>{row.agreed}</td>
          </tr>
        ))}
      </tbody>
    </Sheet>
  </>
);

/** Every township, also where nobody went. */
function Townships() {
  const { data } = useQuery({
    queryKey: ['outreaches', 'figures'],
    queryFn: ({ signal }) => ask<Figures>('GET /api/outreaches/figures', { signal }),
  });
  if (data === undefined || data.rows.length === 0) return null;
  return (
    <>
      <h2>{t('各乡镇')}</h2>
      <p className="lead">
        {t('{from} 到 {to}。“出去”是当面走访的和下访收下的，“进来”是群众自己找来的。', {
          from: sayDate(data.from),
          to: sayDate(data.to),
        })}
      </p>
      <div className="counts-by">
        <Sheet>
          <thead>
            <tr>
              <th>{t('乡镇')}</th>
              <th className="num">{t('排了')}</th>
              <th className="num">{t('去了')}</th>
              <th className="num">{t('没写结果')}</th>
              <th className="num">{t('收了')}</th>
              <th className="num">{t('说当场办了')}</th>
              <th className="num">{t('群众认可')}</th>
              <th className="num">{t('出去')}</th>
              <th className="num">{t('进来')}</th>
              <th className="num">{t('每进来 1 件，出去')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.township}>
                <td>{row.name}</td>
                <td className="num">{row.arranged}</td>
                <td className="num">{row.held}</td>
                <td className={`num${row.unwritten > 0 ? ' late' : ''}`}>{row.unwritten}</td>
                <td className="num">{row.taken}</td>
                <td className="num">{row.solved}</td>
                <td className="num">{row.agreed}</td>
                <td className="num">{row.outward}</td>
                <td className="num">{row.inward}</td>
                <td className="num">{row.inward === 0 ? '—' : (row.outward / row.inward).toFixed(1)}</td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      </div>
    </>
  );
}
