import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import type { CommandKind } from '../../app/ui/client.ts';
import { choice, date, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { personPicker } from '../../app/ui/pickers.tsx';
import { type ClockLike, PaperTries, SmallClock } from '../../app/ui/clocks.tsx';
import { servingFields } from '../../app/ui/serving.tsx';
import { PapersOf } from '../../app/ui/paper-beside.tsx';
import { PageWaiting } from '../../app/ui/states.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { reviewRoutes } from '../api.ts';
import type { ReviewsPolicy } from '../model.ts';
import { t } from './english.ts';

type One = AnswerOf<(typeof reviewRoutes)['GET /api/reviews/:id']>;
const DAY_MS = 86_400_000;

/** What can be done now, each as one short form. */
const actsFor = (one: One, grounds: ReviewsPolicy['grounds']): Partial<Record<CommandKind, Act>> => ({
  'review.answer': {
    name: t('出意见'),
    button: t('出意见，编上文号，接着送到本人手里'),
    fields: [
      choice({
        name: 'outcome',
        label: t('结论'),
        options: [
          ['upheld', t('维持')],
          ['changed', t('变更')],
          ['sent-back', t('撤销，发回重新办理')],
        ],
      }),
      paragraph({ name: 'findings', label: t('查清了什么'), rows: 3 }),
      line({ name: 'basis', label: t('依据'), placeholder: t('文件名称、文号、条款') }),
      paragraph({ name: 'text', label: t('意见，用大白话说给群众'), rows: 3 }),
    ],
  },
  'review.hold-hearing': {
    name: t('写听证记录'),
    button: t('写下来，期限接着算'),
    fields: [line({ name: 'present', label: t('谁到了') }), paragraph({ name: 'minutes', label: t('记录'), rows: 5 })],
  },
  'review.accept': {
    name: one.reviewer === null ? t('受理') : t('换人来看'),
    button: t('受理，由这个人看'),
    fields: [
      personPicker({ name: 'reviewer', label: t('由谁来看'), hint: t('没有经办过这件事的人'), unit: one.keeper }),
    ],
    data: ({ reviewer }) => ({ reviewer }),
  },
  'review.serve': {
    name: t('送达意见书'),
    button: t('记下怎么送的'),
    initial: { way: 'handed', on: dayAt(Date.now()) },
    fields: servingFields(),
    data: (values) => ({ ...values, paper: one.papers.at(-1)?.version }),
  },
  'review.arrange-hearing': {
    name: t('定听证'),
    button: t('定下来，群众页面上看得到'),
    initial: { from: '09:00', to: '11:00' },
    fields: [
      date({ name: 'day', label: t('哪天'), min: dayAt(Date.now() + DAY_MS) }),
      line({ name: 'from', label: t('几点开始'), type: 'time' }),
      line({ name: 'to', label: t('几点结束'), type: 'time' }),
      line({ name: 'place', label: t('在哪儿') }),
      line({ name: 'chair', label: t('谁主持') }),
      line({ name: 'persons', label: t('请谁来'), placeholder: t('本人、承办单位、村委会……') }),
    ],
  },
  'review.cancel-hearing': {
    name: t('取消听证'),
    button: t('取消，期限接着算'),
    fields: [line({ name: 'reason', label: t('为什么') })],
  },
  'review.refuse': {
    name: t('不受理'),
    button: t('不受理，告诉本人'),
    fields: [
      select({
        name: 'ground',
        label: t('理由'),
        placeholder: t('从列出的理由里选'),
        options: grounds.map(({ id, name }) => [id, name] as const),
      }),
      paragraph({ name: 'reason', label: t('说给群众听的道理') }),
    ],
  },
});

/** One review: what the person does not accept, by whom it is looked at and until when, the hearing, the opinion. */
export function ReviewScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['reviews', 'one', id],
    queryFn: ({ signal }) => ask<One>('GET /api/reviews/:id', { params: { id }, signal }),
  });
  const grounds = useQuery({
    queryKey: ['policy', 'reviews'],
    queryFn: () => ask<{ document: ReviewsPolicy }>('GET /api/policies/:name', { params: { name: 'reviews' } }),
    staleTime: 300_000,
  }).data?.document.grounds;
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const clocks: readonly ClockLike[] = [...(data.clock === null ? [] : [data.clock]), ...data.owed, ...data.past];
  return (
    <main className="page">
      <header>
        <h1>{t('{level}：{subject}', { level: data.level, subject: data.subject ?? data.number })}</h1>
        <div className="tools">
          <Link to="/reviews" search={{}}>
            {t('全部复查复核')}
          </Link>
        </div>
      </header>
      <Acts acts={actsFor(data, grounds ?? [])} can={data.can} stream={id} query="reviews" />
      <dl className="facts-of">
        <dt>{t('走到哪一步')}</dt>
        <dd>{data.outcome === null ? data.statusName : `${data.outcome}，${data.statusName}`}</dd>
        <dt>{t('本人怎么说')}</dt>
        <dd>
          {data.words}
          <br />
          <small>
            {sayDate(data.askedAt)}{' '}
            {data.askedBy === null ? t('本人在网上提的') : t('受理员 {name} 代写', { name: data.askedBy })}
          </small>
        </dd>
        {data.lateReason !== null && (
          <>
            <dt>{t('是什么耽误了')}</dt>
            <dd>{data.lateReason}</dd>
          </>
        )}
        <dt>{t('那件事')}</dt>
        <dd>
          <Link to="/matters/$id" params={{ id: data.matter }} search={{}}>
            {data.number}
          </Link>{' '}
          {data.place}
          {data.before !== null && (
            <>
              {' · '}
              <Link to="/reviews/$id" params={{ id: data.before }} search={{}}>
                {t('复查')}
              </Link>
            </>
          )}
        </dd>
        <dt>{t('意见由谁出')}</dt>
        <dd>{data.body}</dd>
        <dt>{t('谁在看')}</dt>
        <dd>
          {data.keeperName} {data.reviewer ?? <span className="soon">{t('还没定')}</span>}
        </dd>
        <dt>{t('时限')}</dt>
        <dd>
          {clocks.map((clock) => (
            <SmallClock key={`${clock.name} ${clock.startedAt} ${clock.stoppedAt ?? ''}`} clock={clock} />
          ))}
        </dd>
        {data.hearings.map((h, n) => (
          <Hearing key={n} hearing={h} stops={data.hearingStops} />
        ))}
        {data.refusal !== null && (
          <>
            <dt>{t('没有受理')}</dt>
            <dd>
              {data.refusal.name}
              <br />
              {data.refusal.text}
            </dd>
          </>
        )}
        {data.opinion !== null && (
          <>
            <dt>{t('结论')}</dt>
            <dd>
              <b>{data.outcome}</b>
              <br />
              {data.opinion}
              {data.final && (
                <p className="seal">
                  {t('复核意见送到本人手里，信访程序就到头了：同样的事实和理由不再受理，有新的事实可以另外提出。')}
                </p>
              )}
            </dd>
          </>
        )}
        {data.papers.length > 0 && (
          <>
            <dt>{t('文书')}</dt>
            <dd>
              {data.papers.map((paper) => (
                <PaperTries key={paper.version} paper={paper} />
              ))}
              <PapersOf id={id} />
            </dd>
          </>
        )}
      </dl>
    </main>
  );
}

const Hearing = ({
  hearing: { day, from, to, place, chair, persons, held, cancelled },
  stops,
}: {
  hearing: One['hearings'][number];
  stops: boolean;
}) => (
  <>
    <dt>{t('听证')}</dt>
    <dd>
      {t('{day} {from}–{to}，{place}，{chair}主持', { day: sayDate(day), from, to, place, chair })}
      <br />
      <small>
        {t('请了{persons}', { persons })} · {stops ? t('听证的日子不算在期限里') : t('听证的日子照样算在期限里')}
      </small>
      {cancelled !== null && (
        <>
          <br />
          {t('取消了：{reason}', { reason: cancelled })}
        </>
      )}
      {held !== null && (
        <>
          <br />
          {t('到场：{present}', { present: held.present })}
          <br />
          {held.minutes}
        </>
      )}
    </dd>
  </>
);
