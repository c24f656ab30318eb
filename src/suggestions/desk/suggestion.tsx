import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import type { CommandKind } from '../../app/ui/client.ts';
import { choice, line, paragraph, tick } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { PageWaiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { t } from './english.ts';
import type { Whole } from './list.tsx';

const PICK = t('打名称、拼音或首字母');

const actsFor = (one: Whole): Partial<Record<CommandKind, Act>> => ({
  'suggestion.send': {
    name: t('转给单位'),
    button: t('转过去，开始算答复的日子'),
    fields: [
      picker({ name: 'unit', label: t('转给哪个单位'), sort: 'units', placeholder: PICK }),
      line({ name: 'note', label: t('附一句话'), optional: true }),
    ],
  },
  'suggestion.answer': {
    name: t('答复'),
    button: t('答复，提的人会看到'),
    initial: { outcome: one.answer?.outcome ?? 'adopted', words: one.answer?.words ?? '' },
    fields: [
      choice({
        name: 'outcome',
        label: t('采纳不采纳'),
        options: [
          ['adopted', t('采纳')],
          ['partly', t('部分采纳')],
          ['not', t('没有采纳')],
        ],
      }),
      paragraph({ name: 'words', label: t('为什么'), hint: t('原因用大白话写'), rows: 4 }),
    ],
  },
  'suggestion.follow': {
    name: t('写后来怎么样'),
    button: t('记下，提的人会看到'),
    fields: [
      paragraph({ name: 'words', label: t('后来怎么样') }),
      tick({ name: 'done', label: t('到哪一步'), says: t('办成了') }),
    ],
    data: ({ done, words }) => ({ words, done: done === true }),
  },
  'suggestion.thank': {
    name: t('道谢'),
    button: t('发出，提的人会看到'),
    initial: { words: one.letter },
    fields: [paragraph({ name: 'words', label: t('信怎么写'), rows: 4 })],
  },
  'suggestion.return': {
    name: t('退回受理'),
    button: t('退回，换个单位'),
    fields: [
      paragraph({ name: 'reason', label: t('为什么') }),
      picker({ name: 'betterUnit', label: t('该哪个单位'), sort: 'units', placeholder: PICK, optional: true }),
    ],
  },
  'suggestion.make-matter': { name: t('转成诉求'), button: t('上台账，按诉求办'), fields: [] },
  'suggestion.set-aside': {
    name: t('不往下转'),
    button: t('写明原因，提的人会看到'),
    fields: [paragraph({ name: 'words', label: t('为什么'), hint: t('原因用大白话写'), rows: 3 })],
  },
});

/** One suggestion: its words, the answer with its reasons, what became of it, and the letter. */
export function SuggestionScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['suggestions', 'one', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/suggestions/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const { who, answer } = data;
  return (
    <main className="page">
      <header>
        <h1>{data.title ?? t('（内容已按规定删除）')}</h1>
        <div className="tools">
          {data.thanks !== null && (
            <button type="button" className="plain" onClick={() => print()}>
              {t('打印感谢信')}
            </button>
          )}
          <Link to="/suggestions" search={{}}>
            {t('全部建议')}
          </Link>
        </div>
      </header>
      <Acts acts={actsFor(data)} can={data.can} stream={id} query="suggestions" />
      <div className="no-print">
        <p className="whole said">{data.words ?? t('（内容已按规定删除）')}</p>
        <dl className="facts-of">
          <dt>{t('到哪一步')}</dt>
          <dd className={data.screenLate || data.answerLate ? 'late' : undefined}>
            {data.statusName}
            {data.status === 'filed' && ` · ${t('{day} 前看完', { day: sayDate(data.screenBy) })}`}
            {data.status === 'sent' && ` · ${t('{day} 前答复', { day: sayDate(data.answerBy ?? '') })}`}
          </dd>
          <dt>{t('谁提的')}</dt>
          <dd>
            {who.anonymous
              ? t('没有留名')
              : who.shown
                ? [who.name, who.phone].filter((part) => part !== null).join(' ')
                : t('提的人没有让单位知道')}{' '}
            <small>
              {data.channel} {data.number}
            </small>
          </dd>
          <dt>{t('地方')}</dt>
          <dd>{data.place}</dd>
          {data.unit !== null && (
            <>
              <dt>{t('单位')}</dt>
              <dd>
                {data.unit} {data.note}
              </dd>
            </>
          )}
          {data.returns.map((one, i) => (
            <div key={i} style={{ display: 'contents' }}>
              <dt>{t('退回过')}</dt>
              <dd>
                {one.unit}：{one.reason} {one.betterUnit}
              </dd>
            </div>
          ))}
          {data.aside !== null && (
            <>
              <dt>{t('为什么')}</dt>
              <dd>{data.aside}</dd>
            </>
          )}
          <dt>{t('公开名单')}</dt>
          <dd>
            {data.listed
              ? t('同意列出来，{name}', { name: data.named ? t('写名字') : t('不写名字') })
              : t('没有同意列出来')}
          </dd>
        </dl>
        {answer !== null && (
          <>
            <h2>{answer.outcomeName}</h2>
            <p className="whole">{answer.words}</p>
            {answer.outcome !== 'not' && data.followed.length === 0 && (
              <p className="lead">{t('{day} 前说后来怎样', { day: sayDate(answer.followBy) })}</p>
            )}
          </>
        )}
        {data.followed.length > 0 && (
          <>
            <h2>{t('后来')}</h2>
            <ul>
              {data.followed.map((one, i) => (
                <li key={i} className={one.done ? 'yes' : undefined}>
                  {sayDate(one.on)} {one.words}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      {data.thanks !== null && (
        <article className="minutes">
          <h2>{t('感谢信')}</h2>
          <p className="whole">{data.thanks.words}</p>
          <p className="right">{sayDate(data.thanks.on)}</p>
        </article>
      )}
    </main>
  );
}
