import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { sayNumber } from '../../matters/number-words.ts';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { type CommandKind, give } from '../../app/ui/client.ts';
import type { Values } from '../../app/ui/form.tsx';
import { amount, choice, date, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { PageWaiting, sentenceOf } from '../../app/ui/states.tsx';
import { sayDate, sayDay, sayMoment } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { sittingFields } from './days.tsx';
import { t } from './english.ts';
import { type Whole, outcomes } from './words.ts';

const reasonField = line({ name: 'reason', label: t('原因'), hint: t('群众会看到') });
const promiseFields = (asked?: (values: Values) => boolean) => {
  const when = asked === undefined ? {} : { asked };
  return [
    paragraph({ name: 'what', label: t('答应了什么'), placeholder: t('如“十天内查清，补发到卡上”'), ...when }),
    picker({ name: 'unit', label: t('哪个单位办'), sort: 'units', placeholder: t('打名称、拼音或首字母'), ...when }),
    date({ name: 'by', label: t('到哪天'), ...when }),
  ];
};
const promiseOf = ({ what, unit, by }: Values): Values => ({ promised: { what, unit, by } });

/** What can be done now besides beginning and ending, each as one short form. */
const actsFor = (one: Whole): Partial<Record<CommandKind, Act>> => ({
  'reception-day.receive': {
    name: t('接待一位'),
    button: t('记下，上台账'),
    initial: { people: 1, promising: 'no' },
    fields: [
      select({
        name: 'turn',
        label: t('约过的号'),
        hint: t('没约的不用选'),
        optional: true,
        options: one.bookings
          .filter((b) => b.waiting)
          .map((b) => [String(b.turn), [b.slot, b.name ?? b.phone ?? b.number ?? ''].join(' ')] as const),
      }),
      paragraph({ name: 'words', label: t('说了什么'), hint: t('按原话写'), rows: 3 }),
      line({ name: 'name', label: t('怎么称呼'), optional: true, asked: ({ turn }) => turn === undefined }),
      line({ name: 'phone', label: t('电话'), optional: true, asked: ({ turn }) => turn === undefined }),
      amount({ name: 'people', label: t('一起来了几个人'), min: 1, max: 200, unit: t('人') }),
      picker({
        name: 'area',
        label: t('哪里的事'),
        sort: 'areas',
        optional: true,
        placeholder: t('村、社区；不填就算接访的地方'),
      }),
      line({
        name: 'number',
        label: t('以前说过的，写编号'),
        hint: t('写了就连到那一件，不另立新的'),
        optional: true,
      }),
      choice({
        name: 'promising',
        label: t('答应了什么没有'),
        options: [
          ['no', t('没有')],
          ['yes', t('答应了')],
        ],
      }),
      ...promiseFields(({ promising }) => promising === 'yes'),
    ],
    data: ({ turn, promising, what, unit, by, ...values }) => ({
      ...values,
      ...(turn === undefined ? {} : { turn: Number(turn) }),
      ...(promising === 'yes' ? promiseOf({ what, unit, by }) : {}),
    }),
    says: () => t('已上台账'),
  },
  'reception-day.miss': {
    name: t('约了没来'),
    button: t('记下没来'),
    fields: [
      select({
        name: 'turn',
        label: t('哪一位'),
        options: one.bookings
          .filter((b) => b.waiting)
          .map((b) => [String(b.turn), [b.slot, b.name ?? b.phone ?? b.number ?? ''].join(' ')] as const),
      }),
    ],
    data: ({ turn }) => ({ turn: Number(turn) }),
  },
  'reception-day.promise': {
    name: t('补记答应的事'),
    button: t('记下'),
    fields: [
      select({
        name: 'item',
        label: t('哪一件'),
        options: one.items
          .filter((i) => i.promised === null)
          .map((i) => [String(i.item), i.words.slice(0, 30)] as const),
      }),
      ...promiseFields(),
    ],
    data: ({ item, ...values }) => ({ item: Number(item), ...promiseOf(values) }),
  },
  'reception-day.follow': {
    name: t('答应的事办得怎样'),
    button: t('记下结果'),
    initial: { kept: 'yes' },
    fields: [
      select({
        name: 'item',
        label: t('哪一件'),
        options: one.items
          .filter((i) => i.promised !== null && i.followed?.kept !== true)
          .map((i) => [String(i.item), i.promised!.what.slice(0, 30)] as const),
      }),
      choice({
        name: 'kept',
        label: t('兑现了没有'),
        options: [
          ['yes', t('兑现了')],
          ['no', t('还没有')],
        ],
      }),
      paragraph({ name: 'words', label: t('怎么办的'), hint: t('办没办成，最后听群众的') }),
    ],
    data: ({ item, kept, words }) => ({ item: Number(item), kept: kept === 'yes', words }),
  },
  'reception-day.book': {
    name: t('替群众约一个号'),
    button: t('约上'),
    fields: [
      select({
        name: 'slot',
        label: t('什么时间'),
        optional: true,
        placeholder: t('不选就约最早的'),
        options: one.free.map((slot) => [slot, slot] as const),
      }),
      line({ name: 'phone', label: t('电话'), hint: t('电话和编号写一个就行'), optional: 'unsaid' }),
      line({ name: 'number', label: t('以前那件事的编号'), optional: true }),
      line({ name: 'name', label: t('怎么称呼'), optional: true }),
      paragraph({ name: 'about', label: t('想说什么'), optional: true }),
    ],
    says: ({ told }) =>
      t('约好了：{slot}，{turn} 号，取消码 {code}', {
        slot: String(told['slot']),
        turn: String(told['turn']),
        code: String(told['code']),
      }),
  },
  'reception-day.substitute': {
    name: t('换人代'),
    button: t('换人，群众页面写明'),
    fields: [
      picker({ name: 'official', label: t('谁来代'), sort: 'officials', placeholder: t('打姓名、拼音或首字母') }),
      reasonField,
    ],
  },
  'reception-day.change': {
    name: t('改时间地点'),
    button: t('改，群众页面一起改'),
    initial: { day: one.day, from: one.from, to: one.to, spot: one.spot },
    fields: [...sittingFields(), reasonField],
  },
  'reception-day.cancel': {
    name: t('取消这一天'),
    button: t('取消，群众页面写明原因'),
    fields: [reasonField],
  },
});

/** One reception day: who sits, who booked, who was received and what became of each. */
export function ReceptionDay() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['reception', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/reception-days/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  return (
    <main className="page">
      <header>
        <h1>{t('{name}接访', { name: data.official.name })}</h1>
        <div className="tools">
          <Link to="/reception" search={{}}>
            {t('全部接访日')}
          </Link>
        </div>
      </header>
      <Begin one={data} id={id} />
      <Acts acts={actsFor(data)} can={data.can} stream={id} query="reception" />
      <dl className="facts-of">
        <dt>{t('时间')}</dt>
        <dd>
          {sayDay(data.day)} {t('{from}–{to}', { from: data.from, to: data.to })}
        </dd>
        <dt>{t('地点')}</dt>
        <dd>{data.spot}</dd>
        <dt>{t('谁接访')}</dt>
        <dd>
          {data.official.name}（{data.rank}）
        </dd>
        {data.substitutions.map((s, i) => (
          <div key={i} style={{ display: 'contents' }}>
            <dt>{t('换过人')}</dt>
            <dd>{t('{official}代{instead}：{reason}', s)}</dd>
          </div>
        ))}
        <dt>{t('怎么样')}</dt>
        <dd className={data.outcome === 'nobody' ? 'late' : undefined}>
          {outcomes[data.outcome]}
          {data.beganAt !== null && t('，{at} 本人点的开始', { at: sayMoment(data.beganAt) })}
          {data.endedAt !== null && t('，{at} 本人点的结束', { at: sayMoment(data.endedAt) })}
        </dd>
        {data.reason !== null && (
          <>
            <dt>{data.status === 'cancelled' ? t('取消原因') : t('变动原因')}</dt>
            <dd>{data.reason}</dd>
          </>
        )}
        {data.words !== null && (
          <>
            <dt>{t('小结')}</dt>
            <dd>{data.words}</dd>
          </>
        )}
      </dl>
      <Received one={data} />
      <h2>
        {t('约了的人')}
        <small>
          {t('{booked} 人，共 {slots} 个号。看过的人会记下来。', { booked: data.bookings.length, slots: data.slots })}
        </small>
      </h2>
      {data.bookings.length > 0 && (
        <List rows={data.bookings} columns={booked} keyOf={({ turn }) => String(turn)} heads={false} />
      )}
    </main>
  );
}

/** The leader's own two acts: they sit there now, and it is over. */
function Begin({ one, id }: { one: Whole; id: string }) {
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>();
  const act = async (kind: 'reception-day.begin' | 'reception-day.end', said: string) => {
    try {
      await give(kind, id, {});
      setFault(undefined);
      tell(said);
    } catch (error) {
      setFault(error);
    }
    void queries.invalidateQueries({ queryKey: ['reception'] });
  };
  const [begin, end] = [one.can.includes('reception-day.begin'), one.can.includes('reception-day.end')];
  if (!begin && !end) return null;
  return (
    <>
      <p className="acts">
        {begin && (
          <button type="button" className="plain first" onClick={() => void act('reception-day.begin', t('开始了'))}>
            {t('我到了，开始接访')}
          </button>
        )}
        {end && (
          <button type="button" className="plain first" onClick={() => void act('reception-day.end', t('结束了'))}>
            {t('接完了，结束')}
          </button>
        )}
      </p>
      {fault !== undefined && (
        <p className="late" role="alert">
          {sentenceOf(fault)}
        </p>
      )}
    </>
  );
}

const stood = ({ status, answered }: Whole['items'][number]): string =>
  status === 'closed' ? t('群众认可') : answered ? t('单位答复了') : status === null ? '' : t('在办');

const booked: readonly Column<Whole['bookings'][number]>[] = [
  { name: '', is: 'what', cell: (b) => [b.slot, b.name].filter((part) => part !== null).join('　') },
  { name: '', cell: (b) => t('{turn} 号', { turn: b.turn }) },
  { name: '', cell: (b) => b.phone ?? (b.number && sayNumber(b.number)) },
  { name: '', is: 'words', cell: (b) => b.about },
  { name: '', cell: (b) => (b.missed ? t('没来') : !b.waiting && t('接待了')) },
];
const received: readonly Column<Whole['items'][number]>[] = [
  { name: t('说了什么'), is: 'what', cell: (i) => i.words },
  { name: t('几个人'), is: 'number', cell: (i) => i.people },
  {
    name: t('台账'),
    cell: (i) => (
      <Link to="/matters/$id" params={{ id: i.matter }} search={{}}>
        {i.number === null ? null : sayNumber(i.number)}
      </Link>
    ),
    under: (i) => i.linked && t('以前说过的'),
  },
  {
    name: t('答应的'),
    is: 'words',
    cell: (i) => i.promised?.what,
    under: (i) =>
      i.promised !== null && (
        <span className={i.promised.late ? 'late' : undefined}>
          {t('{unit}，{by} 前', { unit: i.promised.unit, by: sayDate(i.promised.by) })}
        </span>
      ),
  },
  {
    name: t('兑现'),
    cell: (i) => i.followed !== null && (i.followed.kept ? t('兑现了') : t('还没有')),
    under: (i) => i.followed?.words,
  },
  { name: t('到哪一步'), cell: stood, tone: (i) => i.status === 'closed' && 'yes' },
];

const Received = ({ one }: { one: Whole }) => (
  <>
    <h2>{t('接待的人和事')}</h2>
    {one.items.length === 0 ? (
      <p className="lead">
        {one.status === 'ended' ? t('这一天没有人来。') : t('还没有。领导点了“开始接访”，就能一位一位记。')}
      </p>
    ) : (
      <List rows={one.items} columns={received} keyOf={({ item }) => String(item)} />
    )}
  </>
);
