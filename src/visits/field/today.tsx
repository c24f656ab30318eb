import { useQuery } from '@tanstack/react-query';
import { Foot, To, Top } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayMoment } from '../../app/ui/time.ts';
import { type Entry, type Today, today, useDiary } from './answers.ts';
import { contactWords, statusWords } from './words.ts';

type Row = Today['rows'][number];

/** Where to go today and why, and what has been done of it. */
export function TodayScreen() {
  const list = useQuery({ queryKey: ['today'], queryFn: ({ signal }) => ask<Today>('GET /api/visits/today', { signal }) });
  const day = today();
  const diary = useDiary(day, day);
  const done = diary.data?.days[0]?.entries ?? [];
  const villages = [...new Set(list.data?.rows.map((row) => row.village))].filter((name) => name !== null);
  return (
    <>
      <Top title={villages.length === 1 ? `今天 · ${villages[0]}` : '今天'} />
      {list.isPending ? <Waiting lines={8} /> : list.isError ? <Trouble error={list.error} again={() => void list.refetch()} /> : <List list={list.data} done={done} />}
      <Foot><To href="/field/write" className="button">记一笔</To></Foot>
    </>
  );
}

function List({ list: { rows, progress }, done }: { list: Today; done: readonly Entry[] }) {
  const promised = rows.filter((row) => row.group === 'promise');
  const others = rows.filter((row) => row.group !== 'promise');
  const { toGo, gone, month } = progress;
  return (
    <>
      <p className="sum">
        <span>要去 <b>{toGo}</b> 户</span>
        <span>去了 <b>{gone}</b> 户</span>
        <span>本月 <b>{month.met}</b>/{month.all} 户</span>
      </p>
      {rows.length === 0 && (month.all === 0
        ? <Empty title="还没有联系的户。">请乡镇的受理员给您分好村、分好户，名单就会出现在这里。</Empty>
        : <Empty title="今天该去的都去了。">路上遇见谁、接到电话，也可以记一笔。</Empty>)}
      <Group title="答应过的" rows={promised} />
      <Group title="该去的" rows={others} />
      {done.length > 0 && (
        <>
          <h2 className="head">今天去了的</h2>
          <ul className="rows">{done.toReversed().map((entry) => <Done key={entry.id} entry={entry} />)}</ul>
        </>
      )}
    </>
  );
}

function Group({ title, rows }: { title: string; rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <>
      <h2 className="head">{title}</h2>
      <ul className="rows">
        {rows.map((row) => {
          const [first = '', ...more] = row.why;
          return (
            <li key={row.household}>
              <To href={`/field/household/${row.household}`} className="row">
                <strong>{row.head} 家</strong>
                <span className="far">{row.address}</span>
                <p className={/过期/.test(first) ? 'late' : row.group === 'promise' ? 'own' : 'why'}>{first}</p>
                {more.length > 0 && <p className="quiet clip">{more.join('；')}</p>}
              </To>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Done({ entry }: { entry: Entry }) {
  const words = [contactWords[entry.contact as keyof typeof contactWords], entry.needs > 0 ? `记了 ${entry.needs} 件事` : '', statusWords[entry.status] ?? ''];
  return (
    <li>
      <To href={`/field/visit/${entry.id}`} className="row done">
        <strong>{entry.head} 家</strong>
        <span className="far">{sayMoment(entry.metAt).replace('今天 ', '')}</span>
        <p className={entry.status === 'declined' ? 'late' : entry.status === 'signed' ? 'yes' : 'quiet'}>{words.filter((w) => w !== '').join(' · ')}</p>
      </To>
    </li>
  );
}
