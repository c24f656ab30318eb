import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { choice, date, line, select } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { PageWaiting } from '../../app/ui/states.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { t } from './english.ts';
import { type Place, stateOf, states } from './words.ts';

/** One place: all its lists, item by item. */
export function PremisesOfPlace() {
  const { area } = useParams({ strict: false }) as { area: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['premises', area],
    queryFn: ({ signal }) => ask<Place>('GET /api/premises/:area', { params: { area }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  return (
    <main className="page">
      <header>
        <h1>{data.name}</h1>
        <div className="tools">
          <Link to="/premises" search={{}}>
            {t('所有清单')}
          </Link>
          <a className="plain-link" href={`/print/premises/${area}`} target="_blank" rel="noreferrer">
            {t('打印公示牌')}
          </a>
        </div>
      </header>
      {data.lists.map((list, place) => {
        const item = select({
          name: 'item',
          label: t('哪一项'),
          options: list.items.map((i) => [i.id, i.name] as const),
        });
        const data_ = (values: object) => ({ ...values, list: list.id, area });
        return (
          <section key={list.id}>
            <h2>{list.title}</h2>
            <Acts
              stream={list.stream}
              query="premises"
              can={data.can}
              acts={{
                'premise.check': {
                  // One page, one main action: the first list’s.
                  ...(place === 0 ? {} : { minor: true as const }),
                  name: t('看一项'),
                  button: t('记下'),
                  initial: { state: 'there', on: dayAt(Date.now()) },
                  fields: [
                    item,
                    choice({ name: 'state', label: t('怎么样'), options: Object.entries(states) }),
                    line({ name: 'note', label: t('看到什么'), hint: t('不用照片，写一句就行') }),
                    date({ name: 'on', label: t('哪天看的') }),
                  ],
                  data: data_,
                },
                'premise.charge': {
                  name: t('定谁负责'),
                  button: t('定下'),
                  fields: [
                    item,
                    picker({
                      name: 'official',
                      label: t('谁负责'),
                      sort: 'officials',
                      placeholder: t('打名字、拼音或首字母'),
                    }),
                    date({ name: 'due', label: t('什么时候补齐') }),
                  ],
                  data: data_,
                },
              }}
            />
            <Sheet>
              <tbody>
                {list.items.map((one) => (
                  <tr key={one.id}>
                    <td className="nowrap">{one.name}</td>
                    <td className={one.state === 'there' ? 'nowrap yes' : 'nowrap'}>{stateOf(one.state)}</td>
                    <td className="words">{one.note}</td>
                    <td className="nowrap">{one.on === null ? '' : sayDate(one.on)}</td>
                    <td className={one.late ? 'nowrap late' : 'nowrap'}>
                      {[one.official ?? '', one.due === null ? '' : t('{day} 前', { day: sayDate(one.due) })]
                        .filter((part) => part !== '')
                        .join(' · ')}
                    </td>
                  </tr>
                ))}
              </tbody>
            </Sheet>
          </section>
        );
      })}
    </main>
  );
}
