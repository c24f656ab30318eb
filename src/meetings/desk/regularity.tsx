import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { MeetingTabs } from '../../app/ui/tabs.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { t } from './english.ts';
import type { Regularity } from './words.ts';

/** Which units held their regular meeting in which of the last periods: each tick opens the meeting. */
export function MeetingRegularity() {
  const { kind = '' } = useSearch({ strict: false }) as { kind?: string };
  const navigate = useNavigate();
  const found = useQuery({
    queryKey: ['meetings', 'regularity', kind],
    queryFn: ({ signal }) => ask<Regularity>('GET /api/meetings/regularity', { query: { template: kind }, signal }),
  });
  return (
    <main className="page wide">
      <header>
        <h1>{t('按期开了没有')}</h1>
      </header>
      <MeetingTabs />
      <p className="lead">{t('该按期开的会，最近几期开了没有。没有到期的不算。')}</p>
      <Arrived of={found}>
        {(data) =>
          data.template === null ? (
            <Empty title={t('没有要按期开的会')}>{t('在规则里给会议定上周期和单位。')}</Empty>
          ) : (
            <>
              <div className="filters">
                {data.templates.map(({ id, name }) => (
                  <button
                    key={id}
                    type="button"
                    className={`plain${id === data.template.id ? ' first' : ''}`}
                    aria-pressed={id === data.template.id}
                    onClick={() => void navigate({ to: '/meetings/regularity', search: { kind: id } as never })}
                  >
                    {name}
                  </button>
                ))}
              </div>
              <div className="scroll">
                <table className="sheet">
                  <thead>
                    <tr>
                      <th>{t('单位')}</th>
                      {data.periods.map((p) => (
                        <th key={p.from}>{p.name}</th>
                      ))}
                      <th className="num">{t('开了')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.rows.map((row) => (
                      <tr key={row.unit}>
                        <td className="nowrap">{row.name}</td>
                        {row.at.map((one, i) => (
                          <td key={data.periods[i]!.from} className="nowrap">
                            {one !== null ? (
                              <Link to="/meetings/$id" params={{ id: one.id }} search={{}}>
                                {sayDate(one.day)}
                              </Link>
                            ) : data.periods[i]!.over ? (
                              <span className="late">{t('没有开')}</span>
                            ) : (
                              <span className="quiet">{t('还没到期')}</span>
                            )}
                          </td>
                        ))}
                        <td className="num">{t('{held}/{owed} 期', { held: row.held, owed: row.owed })}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <p className="lead">{data.template.source}</p>
            </>
          )
        }
      </Arrived>
    </main>
  );
}
