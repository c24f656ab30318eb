import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { dutyRoutes } from '../api.ts';
import { t } from './english.ts';
import { MyDuties } from './mine.tsx';
import { Tabs } from './tabs.tsx';

type Progress = AnswerOf<(typeof dutyRoutes)['GET /api/duties/progress']>;
type Figure = Progress['officials'][number]['duties'][number];

const kinds = {
  day: t('今天'),
  week: t('本周'),
  'ten-days': t('本旬'),
  month: t('本月'),
  quarter: t('本季度'),
  'half-year': t('本半年'),
  year: t('今年'),
} as const;

/** For whoever answers for places, how far their officials are; for everybody else, their own duties. */
export function Duties() {
  const me = useMe();
  if (me === undefined) return <Waiting />;
  return hasRole(me, 'head', 'leader', 'inspector') ? <DutyProgress /> : <MyDuties />;
}

/** The staff of the units one leads. */
export const LedDuties = () => <DutyProgress led />;

/** Totals, who is behind, and the reasons on record: of one's places, or of the units one leads. */
function DutyProgress({ led = false }: { led?: boolean }) {
  const search = useSearch({ strict: false }) as { period?: string; day?: string; behind?: string };
  const { period = 'month', day, behind } = search;
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({
    queryKey: ['duty-progress', led, period, day],
    queryFn: ({ signal }) =>
      ask<Progress>(led ? 'GET /api/duties/led' : 'GET /api/duties/progress', {
        query: { period, ...(day === undefined ? {} : { day }) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const set = (more: Record<string, string | undefined>) => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...more }).filter(([, v]) => v !== undefined && v !== ''),
    );
    void navigate({
      to: led ? '/duties/led' : '/duties',
      search: next as Record<string, string>,
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <main className="page">
      <header>
        <h1>{t('任务')}</h1>
      </header>
      <Tabs />
      <p className="lead">{t('这里看各人的进度和原因，不看各人的文书。按单位和姓名排，不排名次。')}</p>
      <div className="filters">
        <select
          className="plain"
          aria-label={t('哪一期')}
          value={period}
          onChange={(e) => set({ period: e.target.value })}
        >
          {Object.entries(kinds).map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </select>
        <span className="span">
          <input
            className="plain"
            type="date"
            aria-label={t('哪天所在的')}
            value={day ?? data?.day ?? ''}
            onChange={(e) => set({ day: e.target.value })}
          />
        </span>
        <label className="tick">
          <input
            type="checkbox"
            checked={behind === '1'}
            onChange={(e) => set({ behind: e.target.checked ? '1' : undefined })}
          />
          {t('只看没跟上的')}
        </label>
      </div>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={10} />}
      {data !== undefined &&
        (data.totals.length === 0 ? (
          <Empty title={t('这一期没有定量的任务。')}>{t('换一期看看；任务在“规则”的“任务定量”里定。')}</Empty>
        ) : (
          <>
            <h2>
              {data.period.name}{' '}
              <small>
                {data.behind === 0
                  ? t('{n} 人都跟得上。', { n: data.officials.length })
                  : t('{n} 人里有 {m} 人没跟上。', { n: data.officials.length, m: data.behind })}
              </small>
            </h2>
            <Totals totals={data.totals} />
            <People progress={data} behind={behind === '1'} />
          </>
        ))}
    </main>
  );
}

const Totals = ({ totals }: { totals: Progress['totals'] }) => (
  <div className="counts-by">
    <Sheet>
      <thead>
        <tr>
          <th>{t('任务')}</th>
          <th>{t('规定')}</th>
          <th className="num">{t('该完成的人')}</th>
          <th className="num">{t('完成了')}</th>
          <th className="num">{t('正在做')}</th>
          <th className="num">{t('跟不上')}</th>
          <th className="num">{t('没赶上')}</th>
          <th className="num">
            {t('已完成')} / {t('应完成')}
          </th>
        </tr>
      </thead>
      <tbody>
        {totals.map(({ duty, name, rule, people, outlooks, filled, owed, measure }) => {
          const n = (...of: string[]): number => of.reduce((sum, o) => sum + (outlooks[o] ?? 0), 0);
          const late = n('behind', 'late');
          return (
            <tr key={duty}>
              <td className="nowrap">{name}</td>
              <td>{rule}</td>
              <td className="num">{people}</td>
              <td className="num">{n('met')}</td>
              <td className="num">{n('open', 'ahead-of-time')}</td>
              <td className={`num ${late > 0 ? 'soon' : 'quiet'}`}>{late}</td>
              <td className={`num ${n('missed') > 0 ? 'late' : 'quiet'}`}>{n('missed')}</td>
              <td className="num">
                {round(filled)} / {round(owed)} {measure}
              </td>
            </tr>
          );
        })}
      </tbody>
    </Sheet>
  </div>
);

const round = (n: number): number => Math.round(n * 10) / 10;

const tones: Record<string, string> = { late: 'soon', behind: 'soon', missed: 'late', none: 'quiet' };

function People({ progress, behind }: { progress: Progress; behind: boolean }) {
  const shown = progress.officials.filter((o) => !behind || o.behind);
  if (shown.length === 0) return <Empty title={t('都跟上了。')}>{t('没有人落下。')}</Empty>;
  const duties = progress.totals.filter(
    (d) => d.people > 0 || shown.some((o) => o.duties.some((f) => f.duty === d.duty)),
  );
  return (
    <div className={duties.length > 3 ? 'wide-sheet' : undefined} tabIndex={duties.length > 3 ? 0 : undefined}>
      <Sheet>
        <thead>
          <tr>
            <th>{t('姓名')}</th>
            {duties.map((d) => (
              <th key={d.duty} className="num">
                {d.name}
              </th>
            ))}
            <th className="after">{t('原因')}</th>
          </tr>
        </thead>
        {[...Map.groupBy(shown, (o) => o.unit)].map(([unit, people]) => (
          <tbody key={unit}>
            <tr className="heads">
              <th colSpan={duties.length + 2} scope="rowgroup">
                {unit}
              </th>
            </tr>
            {people.map((o) => (
              <tr key={o.id}>
                <td>
                  {o.name} <small>{o.title}</small>
                </td>
                {duties.map((d) => (
                  <Cell key={d.duty} figure={o.duties.find((f) => f.duty === d.duty)} />
                ))}
                <td className="after">
                  {o.reasons.map((r) => `${r.name} ${sayDate(r.from)}—${sayDate(r.until)}`).join('；')}
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </Sheet>
    </div>
  );
}

const Cell = ({ figure }: { figure: Figure | undefined }) =>
  figure === undefined ? (
    <td className="num quiet nothing">—</td>
  ) : (
    <td className={`num ${tones[figure.outlook] ?? ''}`}>
      {figure.filled} / {figure.owed} {figure.measure}
    </td>
  );
