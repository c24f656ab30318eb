import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Choices } from '../../app/ui/choices.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { GoingTabs, goingTitle } from '../../app/ui/tabs.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { firstRoutes } from '../first.ts';
import { t } from './english.ts';

type Answer = AnswerOf<(typeof firstRoutes)['GET /api/visits/first']>;
type By = Answer['by'];

const ways: readonly (readonly [By, string])[] = [
  ['village', t('按村')],
  ['grid', t('按网格')],
  ['township', t('按乡镇')],
];

/** Where to go first, place by place, with the count behind each reason. */
export function First() {
  const { by = 'village' } = useSearch({ strict: false }) as { by?: By };
  const navigate = useNavigate();
  const found = useQuery({
    queryKey: ['first', by],
    queryFn: ({ signal }) => ask<Answer>('GET /api/visits/first', { query: { by }, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <main className="page wide">
      <header>
        <h1>{goingTitle()}</h1>
      </header>
      <GoingTabs />
      <p className="lead">
        {t(
          '五个去处：群众中间、偏远地方、困难大和矛盾多的地方、要解决问题的地方、工作推不动的地方。占得多的先去；只数事，不评人，也不给地方贴牌子。',
        )}
      </p>
      <div className="filters">
        <Choices
          label={t('怎么分')}
          of={ways}
          chosen={by}
          onChoose={(way) => void navigate({ to: '/going/first', search: { by: way } as never })}
        />
      </div>
      <Arrived of={found}>
        {({ places, all }) =>
          places.length === 0 ? (
            <Empty title={t('还没有住户。')}>{t('登记了住户，各处该不该先去就在这里。')}</Empty>
          ) : (
            <>
              <Sheet>
                <thead>
                  <tr>
                    <th>{t('地方')}</th>
                    <th className="num">{t('占几个去处')}</th>
                    <th>{t('先去，因为')}</th>
                    <th className="num">{t('共多少户')}</th>
                  </tr>
                </thead>
                <tbody>
                  {places.map((place) => (
                    <tr key={place.id}>
                      <td className="what">
                        {place.name} {place.village !== null && <small>{place.village}</small>}
                      </td>
                      <td className="num">{place.holds}</td>
                      <td>{place.why.join(t('；'))}</td>
                      <td className="num">{place.households}</td>
                    </tr>
                  ))}
                </tbody>
              </Sheet>
              {all > places.length && (
                <p className="lead">{t('一共 {all} 处，列出前 {n} 处。', { all, n: places.length })}</p>
              )}
            </>
          )
        }
      </Arrived>
    </main>
  );
}
