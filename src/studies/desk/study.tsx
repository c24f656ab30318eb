import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import type { CommandKind } from '../../app/ui/client.ts';
import type { Field } from '../../app/ui/form.tsx';
import { choice, date, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { PageWaiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { saySort, sorts } from '../sorts.ts';
import { t } from './english.ts';
import { type Whole, states } from './words.ts';

/** A text written here or taken from a file of plain text. */
const textOrFile = (field: Omit<Field, 'input'>): Field => ({
  ...field,
  input: ({ id, value, set }) => (
    <>
      <textarea
        id={id}
        className="plain full"
        rows={12}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => set(event.target.value)}
      />
      <input
        id={`${id}-file`}
        className="file"
        type="file"
        accept=".txt,.md,text/plain"
        onChange={(event) => void event.target.files?.[0]?.text().then(set)}
      />
      <label htmlFor={`${id}-file`} className="plain-link">
        {t('选文本文件')}
      </label>
    </>
  ),
});

const findingOf = (one: Whole, label: string): Field =>
  select({ name: 'finding', label, options: one.findings.map((f, i) => [String(i), f.words] as const) });

function actsFor(one: Whole): Partial<Record<CommandKind, Act>> {
  const mine = one.findings.flatMap((f) => f.measures).filter((m) => m.mine);
  const unsorted = one.findings.findIndex((f) => f.sort === null);
  return {
    'study.find': {
      name: t('写一条发现'),
      button: t('记下'),
      fields: [
        choice({ name: 'sort', label: t('哪一类'), options: sorts }),
        paragraph({ name: 'words', label: t('看到什么、为什么会这样'), rows: 3 }),
      ],
    },
    'study.classify': {
      name: t('给发现分类'),
      button: t('分好'),
      initial: unsorted < 0 ? {} : { finding: String(unsorted) },
      fields: [findingOf(one, t('哪一条发现')), choice({ name: 'sort', label: t('哪一类'), options: sorts })],
      data: ({ finding, ...values }) => ({ ...values, finding: Number(finding) }),
    },
    'study.propose': {
      name: t('提一条措施'),
      button: t('提出，单位会看到'),
      initial: one.findings.length === 1 ? { finding: '0' } : {},
      fields: [
        findingOf(one, t('针对哪条发现')),
        paragraph({ name: 'words', label: t('怎么办') }),
        picker({ name: 'unit', label: t('哪个单位办'), sort: 'units', placeholder: t('打名称、拼音或首字母') }),
        date({ name: 'due', label: t('什么时候落实') }),
      ],
      data: ({ finding, ...values }) => ({ ...values, finding: Number(finding) }),
    },
    'study.note-day': {
      name: t('补一天'),
      button: t('记下'),
      initial: { amount: 1 },
      fields: [
        date({ name: 'day', label: t('哪天'), hint: t('只补走访、下访记录里没有的') }),
        choice({
          name: 'amount',
          label: t('多长'),
          options: [
            [1, t('一天')],
            [0.5, t('半天')],
          ],
        }),
        line({ name: 'where', label: t('去了哪里') }),
        paragraph({ name: 'seen', label: t('看到什么') }),
      ],
    },
    'study.report': {
      name: t('写报告'),
      button: t('交报告'),
      initial: one.report === null ? {} : { title: one.report.title, text: one.report.text },
      fields: [
        line({ name: 'title', label: t('报告题目'), hint: t('自己写；再交一次，换掉前一稿') }),
        textOrFile({
          name: 'text',
          label: t('正文'),
          hint: t('可以从文字处理软件里整篇粘贴，或者选一个文本文件'),
        }),
      ],
    },
    'study.answer-measure': {
      name: t('答复措施'),
      button: t('答复'),
      initial: { step: 'taken-up', ...(mine.length === 1 ? { measure: String(mine[0]!.place) } : {}) },
      fields: [
        select({
          name: 'measure',
          label: t('哪一条'),
          options: mine.map((m) => [String(m.place), m.words] as const),
        }),
        choice({
          name: 'step',
          label: t('办得怎么样'),
          options: (['taken-up', 'done', 'not-taken'] as const).map((step) => [step, states[step]] as const),
        }),
        paragraph({ name: 'words', label: t('说明') }),
      ],
      data: ({ measure, ...values }) => ({ ...values, measure: Number(measure) }),
    },
    'study.leave-out': {
      name: t('去掉一天'),
      button: t('去掉一天'),
      fields: [
        select({
          name: 'day',
          label: t('这一天不是为这个题目去的'),
          options: one.days.filter((d) => !d.leftOut && d.where === null).map((d) => [d.day, sayDate(d.day)] as const),
        }),
      ],
    },
    'study.drop': {
      name: t('放下这个题目'),
      button: t('放下'),
      fields: [line({ name: 'reason', label: t('为什么') })],
    },
  };
}

/** One study on a page: days, findings with their measures, and the report. */
export function StudyScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['studies', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/studies/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  // The unit's own act is offered only where a measure of it waits.
  const waits = data.findings.some((f) => f.measures.some((m) => m.mine));
  const can = data.can.filter(
    (kind) =>
      (kind !== 'study.answer-measure' || waits) &&
      (kind !== 'study.leave-out' || data.days.some((d) => !d.leftOut && d.where === null)),
  );
  return (
    <main className="page">
      <header>
        <h1>{data.topic}</h1>
        <div className="tools">
          {data.findings.length > 0 && (
            <>
              <a href={`/api/studies/${id}/report`}>{t('报告 PDF')}</a>
              <a href={`/api/studies/${id}/report?as=docx`}>{t('报告 Word')}</a>
            </>
          )}
          <Link to="/outreach/studies" search={{}}>
            {t('全部题目')}
          </Link>
        </div>
      </header>
      <Acts acts={actsFor(data)} can={can} stream={id} query="studies" />
      <dl className="facts-of">
        <dt>{t('谁')}</dt>
        <dd>{data.authorName}</dd>
        <dt>{t('要弄清什么')}</dt>
        <dd>{data.question}</dd>
        <dt>{t('地方')}</dt>
        <dd>{data.place}</dd>
        <dt>{t('期间')}</dt>
        <dd className={data.late ? 'late' : undefined}>
          {t('{from} 到 {to}', { from: sayDate(data.openedOn), to: sayDate(data.until) })}
          {data.late && ` ${t('晚了')}`}
        </dd>
        {data.sites.length > 0 && (
          <>
            <dt>{t('去过的地方')}</dt>
            <dd>
              {data.sites
                .map(({ name, visits, outreaches }) =>
                  t('{place}（{what}）', {
                    place: name ?? '',
                    what: [
                      visits > 0 ? t('走访 {n} 户', { n: visits }) : '',
                      outreaches > 0 ? t('下访 {n} 次', { n: outreaches }) : '',
                    ]
                      .filter((part) => part !== '')
                      .join(' · '),
                  }),
                )
                .join(t('，'))}
            </dd>
          </>
        )}
        {data.reason !== null && (
          <>
            <dt>{t('为什么放下')}</dt>
            <dd>{data.reason}</dd>
          </>
        )}
      </dl>
      <h2>{t('发现和措施')}</h2>
      {data.findings.length === 0 ? (
        <p className="lead">{t('先写发现，再针对它提措施。')}</p>
      ) : (
        data.findings.map((finding, i) => (
          <section key={i}>
            <h3>
              {i + 1}. {finding.words} <small>{saySort(finding.sort)}</small>
            </h3>
            {finding.measures.length === 0 ? (
              // What is done well already needs none.
              finding.sort !== 'practice' && <p className="lead">{t('还没有措施')}</p>
            ) : (
              <Sheet>
                <tbody>
                  {finding.measures.map((m) => (
                    <tr key={m.place}>
                      <td className="what">
                        {m.words}
                        {m.answer !== null && (
                          <>
                            <br />
                            <small>{m.answer}</small>
                          </>
                        )}
                      </td>
                      <td className="nowrap">{m.unit}</td>
                      <td className={m.late ? 'nowrap late' : 'nowrap'}>{t('{day} 前', { day: sayDate(m.due) })}</td>
                      <td className={m.state === 'done' ? 'nowrap yes' : 'nowrap'}>{states[m.state]}</td>
                    </tr>
                  ))}
                </tbody>
              </Sheet>
            )}
          </section>
        ))
      )}
      <h2>{t('下去的日子，共 {days} 天', { days: data.daysInAll })}</h2>
      {data.days.length === 0 ? (
        <p className="lead">{t('还没有。到这个地方走访、下访，会自己算进来。')}</p>
      ) : (
        <Sheet>
          <tbody>
            {data.days.map((d) => (
              <tr key={d.day} className={d.leftOut ? 'over' : undefined}>
                <td className="nowrap">{sayDate(d.day)}</td>
                <td className="what">
                  {[
                    d.visits > 0 ? t('走访 {n} 户', { n: d.visits }) : '',
                    d.outreaches > 0 ? t('下访 {n} 次', { n: d.outreaches }) : '',
                    d.where ?? '',
                    d.seen ?? '',
                  ]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </td>
                <td className="num">{d.leftOut ? t('不算') : t('{days} 天', { days: d.amount })}</td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
      {data.report !== null && (
        <article>
          <h2>{data.report.title}</h2>
          <p className="lead">
            {t('{author}，{day}', { author: data.authorName ?? '', day: sayDate(data.report.day) })}
            {data.report.revisions > 0 && ` · ${t('改过 {n} 次', { n: data.report.revisions })}`}
          </p>
          <p className="whole">{data.report.text}</p>
        </article>
      )}
    </main>
  );
}
