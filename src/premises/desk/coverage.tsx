import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { Arrived, Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { PlaceTabs } from '../../app/ui/tabs.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { t } from './english.ts';
import { type Coverage, type One, stateOf, sure } from './words.ts';

/** Every checklist with how far it stands; one of them opened to what is missing where. */
export function PremisesCoverage() {
  const { list } = useSearch({ strict: false }) as { list?: string };
  return (
    <main className="page wide">
      <header>
        <h1>{t('阵地建设')}</h1>
        {list !== undefined && (
          <div className="tools">
            <Link to="/premises" search={{}}>
              {t('所有清单')}
            </Link>
          </div>
        )}
      </header>
      <PlaceTabs />
      {list === undefined ? <Lists /> : <OneList key={list} id={list} />}
    </main>
  );
}

const share = (some: number, all: number) => (
  <>
    {some}/{all}
    <span className="share">{all === 0 ? '' : `${Math.round((100 * some) / all)}%`}</span>
  </>
);

function Lists() {
  const found = useQuery({
    queryKey: ['premises', 'coverage'],
    queryFn: ({ signal }) => ask<Coverage>('GET /api/premises/coverage', { signal }),
  });
  return (
    <>
      <p className="lead">
        {t('每个地方该有的，按文件列成清单。分母是所有该有的地方，没去看过的也算缺。点一张清单，看哪里缺什么。')}
      </p>
      <Arrived of={found}>
        {(data) => (
          <Sheet>
            <thead>
              <tr>
                <th>{t('清单')}</th>
                <th>{t('问哪些地方')}</th>
                <th className="num">{t('都有了')}</th>
                <th>{t('每一项')}</th>
                <th>{t('期限')}</th>
                <th>{t('出处')}</th>
              </tr>
            </thead>
            <tbody>
              {data.lists.map((list) => (
                <tr key={list.id}>
                  <td>
                    <Link to="/premises" search={{ list: list.id }}>
                      {list.title}
                    </Link>
                  </td>
                  <td className="nowrap">{list.of}</td>
                  <td className={`num ${list.complete === list.places && list.places > 0 ? '' : 'soon'}`}>
                    {share(list.complete, list.places)}
                  </td>
                  <td>{list.items.map((item) => `${item.name} ${item.there}`).join('，')}</td>
                  <td className={list.due !== null && list.due < data.today ? 'nowrap late' : 'nowrap'}>
                    {list.due === null ? '' : t('{day} 前', { day: sayDate(list.due) })}
                  </td>
                  <td>
                    <small>
                      {list.source}（{sure[list.confidence]}）
                    </small>
                  </td>
                </tr>
              ))}
            </tbody>
          </Sheet>
        )}
      </Arrived>
    </>
  );
}

function OneList({ id }: { id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['premises', 'coverage', id],
    queryFn: ({ signal }) => ask<One>('GET /api/premises/coverage/:list', { params: { list: id }, signal }),
  });
  if (data === undefined) return error === null ? <Waiting /> : <Trouble error={error} again={() => void refetch()} />;
  return (
    <>
      <h2>{data.title}</h2>
      <p className="lead">
        {data.source}（{sure[data.confidence]}）
      </p>
      <Sheet className="counts">
        <thead>
          <tr>
            <th>{t('缺什么')}</th>
            <th className="num">{t('有')}</th>
            <th className="num">{t('不全')}</th>
            <th className="num">{t('没有')}</th>
            <th className="num">{t('还没看')}</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((item) => (
            <tr key={item.id}>
              <td>{item.name}</td>
              <td className="num">{share(item.there, data.places)}</td>
              <td className="num">{item.partly}</td>
              <td className="num">{item.missing}</td>
              <td className="num">{item.unseen}</td>
            </tr>
          ))}
        </tbody>
      </Sheet>
      <h2>{t('各地')}</h2>
      <Sheet className="counts">
        <tbody>
          {data.groups.map((group) => (
            <tr key={group.name}>
              <td>{group.name}</td>
              <td className="num">{share(group.complete, group.places)}</td>
            </tr>
          ))}
        </tbody>
      </Sheet>
      <h2>{t('还缺的')}</h2>
      {data.gaps.length === 0 ? (
        <Empty title={t('一项不缺')} />
      ) : (
        <Sheet>
          <thead>
            <tr>
              <th>{t('地方')}</th>
              <th>{t('缺什么')}</th>
              <th>{t('现在怎样')}</th>
              <th>{t('看到的')}</th>
              <th>{t('谁负责')}</th>
              <th>{t('什么时候')}</th>
            </tr>
          </thead>
          <tbody>
            {data.gaps.map((gap) => (
              <tr key={`${gap.area} ${gap.item}`}>
                <td className="nowrap">
                  <Link to="/premises/$area" params={{ area: gap.area }} search={{}}>
                    {gap.name}
                  </Link>{' '}
                  <small>{gap.within}</small>
                </td>
                <td className="nowrap">{gap.item}</td>
                <td className="nowrap">{stateOf(gap.state)}</td>
                <td className="what">{gap.note}</td>
                <td className="nowrap">{gap.official}</td>
                <td className={gap.late ? 'nowrap late' : 'nowrap'}>
                  {gap.due === null ? '' : t('{day} 前', { day: sayDate(gap.due) })}
                </td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
    </>
  );
}
