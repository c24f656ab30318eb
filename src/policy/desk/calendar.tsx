import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { PageWaiting } from '../../app/ui/states.tsx';
import { dayAt } from '../../app/ui/time.ts';
import type { Calendar, CalendarYear } from '../../calendar/model.ts';
import { type Year, toggled } from './days.ts';
import { MonthGrid } from './month-grid.tsx';
import { PublishForm } from './publish-form.tsx';
import { useDocument } from './queries.ts';
import { Versions } from './versions.tsx';
import { t } from './english.ts';

/** A year of the working calendar as twelve months; every clock counts by it. */
export function CalendarScreen() {
  const me = useMe();
  const search = useSearch({ strict: false }) as { year?: string };
  const navigate = useNavigate();
  const { data, error, refetch } = useDocument<Calendar>('calendar');
  const [drafts, setDrafts] = useState<Record<number, Year>>({});
  const [publishing, setPublishing] = useState(false);
  const number = Number(search.year ?? dayAt(Date.now()).slice(0, 4));
  if (data === undefined) return <PageWaiting error={error} again={refetch} lines={14} />;

  const may = hasRole(me, 'administrator');
  const published = data.document.years[number];
  const year: Year = drafts[number] ?? published ?? { holidays: [], workdays: [], source: '' };
  const changed = drafts[number] !== undefined;
  const go = (to: number) => {
    setPublishing(false);
    void navigate({ to: '/policies/calendar', search: { year: String(to) }, replace: true });
  };
  const document = (source: string): { years: CalendarYear[] } => ({
    years: Object.entries({ ...data.document.years, [number]: { ...year, source } }).map(([y, days]) => ({
      year: Number(y),
      ...days,
    })),
  });
  return (
    <main className="page">
      <header>
        <h1>{t('{title}　{number} 年', { title: data.title, number })}</h1>
        <div className="tools">
          <button type="button" className="plain" onClick={() => go(number - 1)}>
            {number - 1}
          </button>
          <button type="button" className="plain" onClick={() => go(number + 1)}>
            {number + 1}
          </button>
          <Link to="/policies" search={{}}>
            {t('全部规则')}
          </Link>
        </div>
      </header>
      <p className="lead">
        {published === undefined
          ? t('这一年的放假通知还没有录入，先按周一到周五上班算。')
          : t('依据：{source}。', { source: published.source })}
        {may && t('点一天，在放假和上班之间换。')}
      </p>
      <p className="legend">
        <i className="holiday" />
        {t('放假　')}
        <i className="made-up" />
        {t('调休上班　')}
        <i className="off" />
        {t('周末')}
      </p>
      {changed && !publishing && (
        <div className="form-foot more">
          <button type="button" className="plain first" onClick={() => setPublishing(true)}>
            {t('发布 {number} 年的日历', { number })}
          </button>
          <button type="button" className="link" onClick={() => setDrafts({})}>
            {t('恢复原样')}
          </button>
        </div>
      )}
      {publishing && (
        <PublishForm
          name="calendar"
          title={t('{number} 年日历', { number })}
          source={year.source}
          // A day of the county's own stands on its own ground beside the State Council's.
          document={(source) =>
            document([...new Set([year.source, source])].filter((ground) => ground !== '').join(t('；')))
          }
          onDone={() => {
            setPublishing(false);
            setDrafts({});
          }}
          onClose={() => setPublishing(false)}
        />
      )}
      <div className="months">
        {Array.from({ length: 12 }, (_, month) => (
          <MonthGrid
            key={month}
            year={number}
            month={month + 1}
            days={year}
            onToggle={may ? (day) => setDrafts({ ...drafts, [number]: toggled(year, day) }) : undefined}
          />
        ))}
      </div>
      <Versions name="calendar" />
    </main>
  );
}
