import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import type { CommandKind } from '../../app/ui/client.ts';
import { line, paragraph, select } from '../../app/ui/inputs.tsx';
import { several } from '../../app/ui/several.tsx';
import { PageWaiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { timeFields } from './arrange.tsx';
import { t } from './english.ts';
import { type Whole, forms } from './words.ts';

/** What can be done now, each as one short form. */
const actsFor = (one: Whole): Partial<Record<CommandKind, Act>> => ({
  'outreach.take': {
    name: t('记一件'),
    button: t('记下，上台账'),
    fields: [
      select({
        name: 'turn',
        label: t('谁说的（约过的号）'),
        hint: t('没约的不用选'),
        optional: true,
        options: one.bookings
          .filter((b) => !b.taken)
          .map((b) => [String(b.turn), [t('{turn} 号', { turn: b.turn }), b.name ?? b.phone ?? ''].join(' ')] as const),
      }),
      paragraph({ name: 'words', label: t('说了什么'), hint: t('按原话写'), rows: 3 }),
      line({ name: 'name', label: t('怎么称呼'), optional: true, asked: ({ turn }) => turn === undefined }),
      line({ name: 'phone', label: t('电话'), optional: true, asked: ({ turn }) => turn === undefined }),
      paragraph({
        name: 'solved',
        label: t('当场怎么办的'),
        hint: t('没有当场办的不用写；办没办成，回访时听群众的'),
        optional: 'unsaid',
      }),
    ],
    data: ({ turn, ...values }) => ({ ...values, ...(turn === undefined ? {} : { turn: Number(turn) }) }),
    says: () => t('已上台账'),
  },
  'outreach.conclude': {
    name: t('写结果'),
    button: t('写下来，这一次就算去过了'),
    initial: { went: one.who.map(({ id }) => id) },
    fields: [
      several({ name: 'went', label: t('谁去了'), sort: 'officials', placeholder: '', named: one.who }),
      line({
        name: 'absence',
        label: t('原定要去没有去的，为什么，谁代替'),
        asked: ({ went }) => one.who.some(({ id }) => !(went as string[]).includes(id)),
      }),
      paragraph({ name: 'result', label: t('这一次怎么样'), rows: 3 }),
      ...one.cases.map(({ matter, subject }) =>
        paragraph({ name: matter, label: t('“{subject}”去看了怎么样', { subject: subject ?? '' }) }),
      ),
    ],
    data: ({ went, absence, result, ...results }) => ({
      went,
      absence,
      result,
      cases: Object.entries(results).map(([matter, words]) => ({ matter, result: words })),
    }),
  },
  'outreach.book': {
    name: t('替群众约一个号'),
    button: t('约上'),
    fields: [
      line({ name: 'phone', label: t('电话'), hint: t('电话和编号写一个就行'), optional: 'unsaid' }),
      line({ name: 'number', label: t('以前那件事的编号'), optional: true }),
      line({ name: 'name', label: t('怎么称呼'), optional: true }),
      paragraph({ name: 'about', label: t('想说什么'), optional: true }),
    ],
    says: ({ told }) =>
      t('约好了：{turn} 号，取消码 {code}', { turn: String(told['turn']), code: String(told['code']) }),
  },
  'outreach.change': {
    name: t('改时间地点'),
    button: t('改，群众页面一起改'),
    initial: { day: one.day, from: one.from, to: one.to, spot: one.spot },
    fields: [...timeFields(), line({ name: 'reason', label: t('原因'), hint: t('群众会看到') })],
  },
  'outreach.cancel': {
    name: t('取消这一次'),
    button: t('取消，群众页面写明原因'),
    fields: [line({ name: 'reason', label: t('原因'), hint: t('群众会看到') })],
  },
});

/** One outreach: what stands, who booked, what was taken and what became of each thing. */
export function OutreachScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['outreaches', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/outreaches/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  return (
    <main className="page">
      <header>
        <h1>{data.about}</h1>
        <div className="tools">
          <Link to="/outreach" search={{}}>
            {t('全部下访')}
          </Link>
        </div>
      </header>
      <Acts acts={actsFor(data)} can={data.can} stream={id} query="outreaches" />
      <dl className="facts-of">
        <dt>{t('怎么去')}</dt>
        <dd>
          {forms[data.form]}
          {data.periodName !== null && `（${data.periodName}）`}
        </dd>
        <dt>{t('时间')}</dt>
        <dd>
          {sayDate(data.day)} {data.from}–{data.to}
        </dd>
        <dt>{t('地点')}</dt>
        <dd>
          {data.place} {data.spot}
        </dd>
        <dt>{t('原定谁去')}</dt>
        <dd>{data.who.map((p) => p.name).join('、')}</dd>
        {data.went.length > 0 && (
          <>
            <dt>{t('去了的')}</dt>
            <dd>{data.went.map((p) => p.name).join('、')}</dd>
          </>
        )}
        {data.absence !== null && (
          <>
            <dt>{t('没去的')}</dt>
            <dd>{data.absence}</dd>
          </>
        )}
        {data.reason !== null && (
          <>
            <dt>{data.status === 'cancelled' ? t('已取消') : t('变动原因')}</dt>
            <dd className={data.status === 'cancelled' ? 'late' : undefined}>{data.reason}</dd>
          </>
        )}
        {data.result !== null && (
          <>
            <dt>{t('结果')}</dt>
            <dd>{data.result}</dd>
          </>
        )}
      </dl>
      {data.cases.length > 0 && (
        <>
          <h2>{t('带去的事')}</h2>
          <Sheet>
            <tbody>
              {data.cases.map((one) => (
                <tr key={one.matter}>
                  <td className="what">
                    <Link to="/matters/$id" params={{ id: one.matter }} search={{}}>
                      {one.subject}
                    </Link>
                  </td>
                  <td>{one.result ?? t('还没有写')}</td>
                </tr>
              ))}
            </tbody>
          </Sheet>
        </>
      )}
      {data.form === 'reception' && <Bookings one={data} />}
      <h2>{t('收下的事')}</h2>
      {data.taken.length === 0 ? (
        <p className="lead">{t('还没有记')}</p>
      ) : (
        <Sheet>
          <tbody>
            {data.taken.map((one) => (
              <tr key={one.matter}>
                <td className="nowrap">{one.turn === null ? '' : t('{turn} 号', { turn: one.turn })}</td>
                <td className="what">
                  <Link to="/matters/$id" params={{ id: one.matter }} search={{}}>
                    {one.words}
                  </Link>
                  {one.how !== null && (
                    <>
                      <br />
                      <small>
                        {t('当场办的')}：{one.how}
                      </small>
                    </>
                  )}
                </td>
                <td className={one.status === 'closed' ? 'yes nowrap' : 'nowrap'}>
                  {one.status === 'closed' ? t('群众认可') : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
    </main>
  );
}

const Bookings = ({ one }: { one: Whole }) => (
  <>
    <h2>{t('约了的人')}</h2>
    <p className="lead">
      {t('{booked} 人，共 {places} 个号。看过的人会记下来。', { booked: one.bookings.length, places: one.places })}
    </p>
    {one.bookings.length > 0 && (
      <Sheet>
        <tbody>
          {one.bookings.map((b) => (
            <tr key={b.turn}>
              <td className="nowrap">{t('{turn} 号', { turn: b.turn })}</td>
              <td>{b.name}</td>
              <td className="nowrap">{b.phone ?? b.number}</td>
              <td>{b.about}</td>
              <td className="nowrap">{b.taken && t('已经说了')}</td>
            </tr>
          ))}
        </tbody>
      </Sheet>
    )}
  </>
);
