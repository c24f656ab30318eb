import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Foot, Segments, To, Top } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayMoment } from '../../app/ui/time.ts';
import { type Entry, type Today, today, useDiary } from './answers.ts';
import { FirstLine } from './first.tsx';
import { type Start, doorAlone, houseOf, walkFrom } from './route.ts';
import { contactWords, statusWords } from './words.ts';
import { t } from './english.ts';

type Row = Today['rows'][number];
const orders = ['weight', 'way', 'unseen'] as const;
type Order = 'weight' | 'way' | 'unseen';

const groupNames: Record<Row['group'], string> = {
  promise: t('答应过的'),
  reason: t('有事要去说的'),
  festival: t('节前要慰问的'),
  revisit: t('要补访的'),
  need: t('登记了要关照的'),
  unseen: t('久没见的'),
};
const ORDER = 'minqing:list-order';
const START = 'minqing:walk-start';

/** Where to go today and why, and what has been done of it. */
export function TodayScreen({ owed }: { owed?: ReactNode }) {
  const list = useQuery({
    queryKey: ['today'],
    queryFn: ({ signal }) => ask<Today>('GET /api/visits/today', { signal }),
  });
  const day = today();
  const diary = useDiary(day, day);
  const done = diary.data?.days[0]?.entries ?? [];
  const villages = [...new Set(list.data?.rows.map((row) => row.village))].filter((name) => name !== null);
  return (
    <>
      <Top title={villages.length === 1 ? t('今天 · {what}', { what: villages[0] }) : t('今天')} />
      {list.isPending ? (
        <Waiting lines={8} />
      ) : list.isError ? (
        <Trouble error={list.error} again={() => void list.refetch()} />
      ) : (
        <>
          {owed}
          <FirstLine />
          <List list={list.data} done={done} />
        </>
      )}
      <Foot>
        <To href="/field/write" className="button">
          {t('记一笔')}
        </To>
      </Foot>
    </>
  );
}

function List({ list: { rows, progress }, done }: { list: Today; done: readonly Entry[] }) {
  // For the measurement of how long the room takes to open.
  useEffect(() => void performance.mark('今天'), []);
  const [order, setOrder] = useState<Order>(orders.find((kept) => kept === localStorage.getItem(ORDER)) ?? 'weight');
  const choose = (chosen: Order): void => {
    localStorage.setItem(ORDER, chosen);
    setOrder(chosen);
  };
  const { toGo, gone, month } = progress;
  return (
    <>
      <p className="sum">
        <span>
          {t('要去 ')}
          <b>{toGo}</b>
          {t(' 户')}
        </span>
        <span>
          {t('去了 ')}
          <b>{gone}</b>
          {t(' 户')}
        </span>
        <span>
          {t('本月见了 ')}
          <b>{month.met}</b>/{month.all}
          {t(' 户')}
        </span>
      </p>
      {rows.length === 0 &&
        (month.all === 0 ? (
          <Empty title={t('还没有联系的户。')}>{t('请乡镇的受理员给您分好村、分好户，名单就会出现在这里。')}</Empty>
        ) : (
          <Empty title={t('今天该去的都去了。')}>{t('路上遇见谁、接到电话，也可以记一笔。')}</Empty>
        ))}
      {rows.length > 1 && (
        <div className="order">
          <Segments<Order>
            label={t('按什么排')}
            options={[
              ['weight', t('按轻重')],
              ['way', t('按顺路')],
              ['unseen', t('按久没见')],
            ]}
            value={order}
            onChange={choose}
          />
        </div>
      )}
      {order === 'way' ? (
        <ByWay rows={rows} />
      ) : order === 'unseen' ? (
        <ByUnseen rows={rows} />
      ) : (
        <ByWeight rows={rows} />
      )}
      {done.length > 0 && (
        <>
          <h2 className="head">{t('今天去了的')}</h2>
          <ul className="rows">
            {done.toReversed().map((entry) => (
              <Done key={entry.id} entry={entry} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** What weighs most first: a word given, something to be told, a closed door, a need, a long time. */
const ByWeight = ({ rows }: { rows: readonly Row[] }) => {
  const several = new Set(rows.map((row) => row.village)).size > 1;
  return [...Map.groupBy(rows, (row) => row.group)].map(([group, of]) => (
    <Group key={group} title={groupNames[group]}>
      {of.map((row) => (
        <Household
          key={row.household}
          row={row}
          where={[several ? row.village : null, houseOf(row)].filter((part) => part !== null).join(' ')}
        />
      ))}
    </Group>
  ));
};

const placeOf = (row: Row, several: boolean): string =>
  [several ? row.village : null, row.grid].filter((part) => part !== null).join(' ') || '没有分组的';

/** As one walks: village by village, group by group, house after house, from where one says one begins. */
const ByWay = ({ rows }: { rows: readonly Row[] }) => {
  const several = new Set(rows.map((row) => row.village)).size > 1;
  const places = new Map<string, Start>(
    walkFrom(rows, undefined).map(({ village, grid }) => [JSON.stringify([village, grid]), { village, grid }]),
  );
  const [from, setFrom] = useState(() => localStorage.getItem(START) ?? '');
  const start = places.get(from);
  return (
    <>
      {places.size > 1 && (
        <label className="start">
          <span>{t('从哪里走起')}</span>
          <select
            value={start === undefined ? '' : from}
            onChange={(event) => {
              localStorage.setItem(START, event.target.value);
              setFrom(event.target.value);
            }}
          >
            <option value="">{t('从头走')}</option>
            {[...places].map(([key, place]) => (
              <option key={key} value={key}>
                {placeOf(place as Row, several)}
              </option>
            ))}
          </select>
        </label>
      )}
      {[...Map.groupBy(walkFrom(rows, start), (row) => placeOf(row, several))].map(([place, of]) => (
        <Group key={place} title={place}>
          {of.map((row) => (
            <Household key={row.household} row={row} where={doorAlone(row)} />
          ))}
        </Group>
      ))}
    </>
  );
};

/** Whoever was not met for longest comes first. */
const ByUnseen = ({ rows }: { rows: readonly Row[] }) => {
  const several = new Set(rows.map((row) => row.village)).size > 1;
  return (
    <Group title={t('最久没见的在前')}>
      {rows
        .toSorted((a, b) => (a.lastMet ?? '').localeCompare(b.lastMet ?? ''))
        .map((row) => (
          <Household
            key={row.household}
            row={row}
            where={[several ? row.village : null, houseOf(row)].filter((part) => part !== null).join(' ')}
          />
        ))}
    </Group>
  );
};

const Group = ({ title, children }: { title: string; children: readonly ReactNode[] }) => (
  <>
    <h2 className="head">
      {title}
      <small>{t('{n} 户', { n: children.length })}</small>
    </h2>
    <ul className="rows">{children}</ul>
  </>
);

function Household({ row: { household, head, group, why, late }, where }: { row: Row; where: string }) {
  const [first = '', ...more] = why;
  return (
    <li>
      <To href={`/field/household/${household}`} className="row">
        <strong>{t('{head}家', { head })}</strong>
        <span className="far">{where}</span>
        <p className={late ? 'late' : group === 'promise' ? 'own' : 'why'}>{first}</p>
        {more.length > 0 && <p className="quiet clip">{more.join(t('；'))}</p>}
      </To>
    </li>
  );
}

function Done({ entry }: { entry: Entry }) {
  const words = [
    contactWords[entry.contact as keyof typeof contactWords],
    entry.needs > 0 ? t('记了 {needs} 件事', { needs: entry.needs }) : '',
    statusWords[entry.status] ?? '',
  ];
  return (
    <li>
      <To href={`/field/visit/${entry.id}`} className="row done">
        <strong>{t('{head}家', { head: entry.head })}</strong>
        <span className="far">{sayMoment(entry.metAt).replace(t('今天 '), '')}</span>
        <p className={entry.status === 'declined' ? 'late' : entry.status === 'signed' ? 'yes' : 'quiet'}>
          {words.filter((w) => w !== '').join(' · ')}
        </p>
      </To>
    </li>
  );
}
