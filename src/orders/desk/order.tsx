import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import type { CommandKind } from '../../app/ui/client.ts';
import { choice, date, line, paragraph } from '../../app/ui/inputs.tsx';
import { personPicker } from '../../app/ui/pickers.tsx';
import { PapersOf } from '../../app/ui/paper-beside.tsx';
import { PageWaiting } from '../../app/ui/states.tsx';
import { dayAt, sayDate, sayExactly } from '../../app/ui/time.ts';
import { t } from './english.ts';
import { type Whole, findings, forms, statuses } from './words.ts';

const today = (): string => dayAt(Date.now());

function actsFor(order: Whole): Partial<Record<CommandKind, Act>> {
  return {
    'order.judge': {
      name: t('认定'),
      button: t('认定'),
      initial: { done: 'yes' },
      fields: [
        choice({
          name: 'done',
          label: t('办好没有'),
          options: [
            ['yes', t('办好了')],
            ['no', t('没办好，再办')],
          ],
        }),
        paragraph({ name: 'words', label: t('意见'), hint: t('上级的件，写明谁认可的') }),
        date({ name: 'due', label: t('再办到哪天'), min: today(), asked: ({ done }) => done === 'no' }),
      ],
      data: ({ done, ...values }) => ({ ...values, done: done === 'yes' }),
    },
    'order.feed-back': {
      name: t('报情况'),
      button: t('报给{from}', { from: order.from }),
      initial: { final: 'no' },
      fields: [
        choice({
          name: 'final',
          label: t('报什么'),
          options: [
            ['no', t('进展')],
            ['yes', t('结果，请认定')],
          ],
        }),
        paragraph({ name: 'words', label: t('办了什么、到了哪一步'), rows: 4 }),
      ],
      data: ({ final, ...values }) => ({ ...values, final: final === 'yes' }),
    },
    'order.take-up': {
      name: t('定承办人'),
      button: t('定下'),
      fields: [personPicker({ name: 'person', label: t('承办人'), unit: order.unit })],
      data: ({ person }) => ({ person }),
    },
    'order.remind': {
      name: t('催办'),
      button: t('催{unit}', { unit: order.unitName ?? '' }),
      fields: [line({ name: 'words', label: t('说什么') })],
    },
    'order.check': {
      name: t('记本月检查'),
      button: t('记下'),
      initial: { finding: 'on-track' },
      fields: [
        choice({ name: 'finding', label: t('查的情况'), options: Object.entries(findings) }),
        line({ name: 'words', label: t('说明') }),
      ],
      data: (values) => ({ ...values, month: today().slice(0, 7) }),
    },
    'order.change-due': {
      name: t('改期限'),
      button: t('改期限'),
      fields: [date({ name: 'due', label: t('改到哪天'), min: today() }), line({ name: 'reason', label: t('为什么') })],
    },
    'order.withdraw': {
      name: t('撤回'),
      button: t('撤回'),
      fields: [line({ name: 'reason', label: t('为什么') })],
    },
  };
}

/** One order: what was asked, what was reported, and what its giver said. */
export function OrderScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['orders', 'one', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/orders/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const late = data.urgency === 'late';
  return (
    <main className="page">
      <header>
        <h1>{data.text ?? t('（内容已按规定删除）')}</h1>
        <div className="tools">
          <Link to="/orders" search={{}}>
            {t('全部')}
          </Link>
        </div>
      </header>
      <p className="lead">
        {data.number} · {data.sourceName} · {forms[data.form]} · {statuses[data.status]}
        {late && <b className="late">{t('，超期')}</b>}
      </p>
      <Acts acts={actsFor(data)} can={data.can} stream={id} query="orders" />
      <dl className="facts-of">
        <dt>{t('谁交办')}</dt>
        <dd>
          {data.from}
          {data.reference !== null && t('，{reference}', { reference: data.reference })}
        </dd>
        <dt>{t('谁认定')}</dt>
        <dd>{data.giverName ?? t('{name}代{from}', { name: data.issuedByName ?? '', from: data.from })}</dd>
        <dt>{t('责任单位')}</dt>
        <dd>{[data.unitName, data.personName ?? t('还没定人')].filter((name) => name !== null).join(' ')}</dd>
        <dt>{t('期限')}</dt>
        <dd className={late ? 'late' : undefined}>
          {t('{due} 前报结果', { due: sayDate(data.due) })}
          {data.firstDue !== data.due && t('（原定 {due}）', { due: sayDate(data.firstDue) })}
        </dd>
        {data.matter !== null && (
          <>
            <dt>{t('哪件事')}</dt>
            <dd>
              <Link to="/matters/$id" params={{ id: data.matter }} search={{}}>
                {data.matterNumber ?? t('看这件事')}
              </Link>
            </dd>
          </>
        )}
        {(data.reminders > 0 || data.sentBack > 0) && (
          <>
            <dt>{t('催办、退回')}</dt>
            <dd>{t('催过 {n} 次，退回再办 {m} 次', { n: data.reminders, m: data.sentBack })}</dd>
          </>
        )}
      </dl>
      <PapersOf id={id} />
      <section className="story" aria-label={t('经过')}>
        {data.story.toReversed().map((line) => (
          <div className="ev" key={line.version}>
            <time dateTime={line.at} title={sayExactly(line.at)}>
              {sayDate(dayAt(Date.parse(line.at)))}
            </time>
            <div>
              <b>{line.who}</b> <span className="what">{line.what}</span>
              {line.text !== null && <p>{line.text}</p>}
            </div>
          </div>
        ))}
      </section>
    </main>
  );
}
