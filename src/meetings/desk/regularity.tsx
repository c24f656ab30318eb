import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { List } from '../../app/ui/list.tsx';
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
                <Choices
                  of={data.templates.map((one) => [one.id, one.name] as const)}
                  label={t('哪种会')}
                  chosen={data.template.id}
                  onChoose={(key) => void navigate({ to: '/meetings/regularity', search: { kind: key } as never })}
                />
              </div>
              <List
                rows={data.rows}
                keyOf={({ unit }) => unit}
                columns={[
                  { name: t('单位'), is: 'what', cell: (row) => row.name },
                  ...data.periods.map((period, at) => ({
                    name: period.name,
                    cell: (row: Regularity['rows'][number]) => {
                      const one = row.at[at] ?? null;
                      if (one !== null)
                        return (
                          <Link to="/meetings/$id" params={{ id: one.id }} search={{}}>
                            {sayDate(one.day)}
                          </Link>
                        );
                      return period.over ? (
                        <span className="late">{t('没有开')}</span>
                      ) : (
                        <span className="quiet">{t('还没到期')}</span>
                      );
                    },
                  })),
                  {
                    name: t('开了'),
                    is: 'number',
                    cell: (row) => t('{held}/{owed} 期', { held: row.held, owed: row.owed }),
                  },
                ]}
              />
              <p className="lead">{data.template.source}</p>
            </>
          )
        }
      </Arrived>
    </main>
  );
}
