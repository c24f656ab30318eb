import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Part, Segments, To, Top } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { addDays } from '../../calendar/days.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { reachedRoutes } from '../reached.ts';
import { today } from './answers.ts';
import { t } from './english.ts';

type Answer = AnswerOf<(typeof reachedRoutes)['GET /api/visits/reached']>;
type Span = 'today' | 'yesterday' | 'week' | 'month';

const spanOf = (span: Span, day: string): { from: string; to: string } =>
  span === 'yesterday'
    ? { from: addDays(day, -1), to: addDays(day, -1) }
    : { from: span === 'week' ? addDays(day, -6) : span === 'month' ? `${day.slice(0, 7)}-01` : day, to: day };

/** On the phone of whoever answers for a place: who was reached, who was not, what was promised. */
export function ReachedScreen({ from: back }: { from?: string }) {
  const [span, setSpan] = useState<Span>('today');
  const period = spanOf(span, today());
  const found = useQuery({
    queryKey: ['reached', period.from, period.to],
    queryFn: ({ signal }) => ask<Answer>('GET /api/visits/reached', { query: period, signal }),
  });
  return (
    <>
      <Top title={t('走到没走到')} {...(back === undefined ? {} : { from: back })} />
      <div className="order">
        <Segments<Span>
          label={t('哪段日子')}
          options={[
            ['today', t('今天')],
            ['yesterday', t('昨天')],
            ['week', t('七天')],
            ['month', t('本月')],
          ]}
          value={span}
          onChange={setSpan}
        />
      </div>
      {found.isPending ? (
        <Waiting lines={8} />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : (
        <Shown of={found.data} />
      )}
    </>
  );
}

const Villages = ({ of }: { of: Answer['villages'] }) => (
  <ul className="rows">
    {of.map((v) => (
      <li key={v.id} className="row">
        <strong>{v.name ?? t('没有分村的')}</strong>
        <span className="quiet">
          <b>{v.met}</b>/{v.all}
          {t(' 户')}
        </span>
      </li>
    ))}
  </ul>
);

function Shown({ of: { counts, villages, closed, promises } }: { of: Answer }) {
  const open = promises.filter(({ keptOn }) => keptOn === null);
  // Villages nobody went to are many on most days: one line says how many, a touch says which.
  const [gone, notGone] = [villages.filter(({ met }) => met > 0), villages.filter(({ met }) => met === 0)];
  if (counts.met + counts.closed + counts.promises === 0)
    return <Empty title={t('这段日子还没有走访。')}>{t('没有网的手机，连上网才传。')}</Empty>;
  return (
    <>
      <dl className="figures">
        <div>
          <dt>{t('走到')}</dt>
          <dd>
            <b>{counts.met}</b>/{counts.all}
            {t(' 户')}
          </dd>
        </div>
        <div>
          <dt>{t('没见到')}</dt>
          <dd>
            <b>{counts.closed}</b>
            {t(' 户')}
          </dd>
        </div>
        <div>
          <dt>{t('带回')}</dt>
          <dd>
            <b>{counts.needs}</b>
            {t(' 件')}
          </dd>
        </div>
        <div>
          <dt>{t('答应')}</dt>
          <dd>
            <b>{counts.promises}</b>
            {t(' 件')}
          </dd>
        </div>
      </dl>
      {villages.length > 1 && (
        <>
          {gone.length > 0 && (
            <Part title={t('各村走到')}>
              <Villages of={gone} />
            </Part>
          )}
          {notGone.length > 0 && (
            <details className="part">
              <summary>{t('这段日子没去的 {n} 个村', { n: notGone.length })}</summary>
              <Villages of={notGone} />
            </details>
          )}
        </>
      )}
      {closed.length > 0 && (
        <Part title={t('没见到的')}>
          <ul className="rows">
            {closed.map((door) => (
              <li key={door.household}>
                <To href={`/field/household/${door.household}`} className="row">
                  <strong>{door.head === null ? (door.place ?? '') : t('{head}家', { head: door.head })}</strong>
                  <span className={door.late ? 'late' : 'quiet'}>
                    {door.revisitBy !== null && t('{by}前补访', { by: sayDate(door.revisitBy) })}
                  </span>
                  <p className="quiet">
                    {[door.head === null ? null : door.place, door.officials.join(t('、'))]
                      .filter((part) => part !== null)
                      .join(' · ')}
                  </p>
                </To>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {open.length > 0 && (
        <Part title={t('答应了还没办的')}>
          <ul className="rows">
            {open.map((p, i) => (
              <li key={`${p.visit} ${i}`} className="row">
                <strong>{p.what ?? p.place ?? ''}</strong>
                <span className={p.late ? 'late' : 'quiet'}>{t('{by}前', { by: sayDate(p.by) })}</span>
                <p className="quiet">
                  {[p.head === null ? null : t('{head}家', { head: p.head }), p.official]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </p>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}
