import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { sayNumber } from '../../matters/number-words.ts';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { type CommandData, type CommandKind, give } from '../../app/ui/client.ts';
import { type Field, ShortForm } from '../../app/ui/form.tsx';
import { choice, date, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { PageWaiting, sentenceOf } from '../../app/ui/states.tsx';
import { sayDate, sayMoment } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { whenFields } from './list.tsx';
import { type Asked, type Whole, forms, hiddens, statuses } from './words.ts';

const reasonField = line({ name: 'reason', label: t('原因'), hint: t('群众会看到') });

/** What can be done to the session as a whole. */
const actsFor = (one: Whole): Partial<Record<CommandKind, Act>> => ({
  'dialogue.ask': {
    name: t('记一个电话问的'),
    button: t('记下'),
    fields: [
      paragraph({ name: 'words', label: t('问什么') }),
      line({ name: 'name', label: t('怎么称呼'), optional: true }),
      line({ name: 'phone', label: t('电话'), optional: true, hint: t('没答上的，转给单位时用得着') }),
    ],
    data: (values) => ({ ...values, via: 'phone' }),
    says: ({ told }) =>
      t('记下了：第 {n} 个，查询码 {code}', { n: String(told['question']), code: String(told['code']) }),
  },
  'dialogue.publish': {
    name: t('公布记录'),
    button: t('公布，群众看得到'),
    fields: [
      paragraph({ name: 'words', label: t('说明'), optional: true, placeholder: t('如这一场问得最多的是什么') }),
    ],
  },
  'dialogue.change': {
    name: t('改时间'),
    button: t('改，群众页面一起改'),
    initial: { day: one.day, from: one.from, to: one.to },
    fields: [...whenFields(), reasonField],
  },
  'dialogue.cancel': {
    name: t('取消这一场'),
    button: t('取消；已经问的，一个一个上台账'),
    fields: [reasonField],
  },
});

const EVERY_MS = 15_000;

/** One session for whoever hosts it: questions to sort, to answer, and what became of each. */
export function DialogueScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>();
  const { data, error, refetch } = useQuery({
    queryKey: ['dialogues', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/dialogues/:id', { params: { id }, signal }),
    // While it is on, questions come in. Each look is written down, so not more often than one reads.
    refetchInterval: ({ state }) => (state.data?.status === 'live' ? EVERY_MS : false),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const act = async (kind: 'dialogue.begin' | 'dialogue.close', said: string) => {
    try {
      await give(kind, id, {});
      setFault(undefined);
      tell(said);
    } catch (refused) {
      setFault(refused);
    }
    void queries.invalidateQueries({ queryKey: ['dialogues'] });
  };
  const can = (kind: string): boolean => data.can.includes(kind as never);
  const fresh = data.questions.filter((q) => q.state === 'new');
  const waiting = data.questions.filter((q) => q.state !== 'new' && q.waiting);
  const rest = data.questions.filter((q) => !fresh.includes(q) && !waiting.includes(q));
  return (
    <main className="page">
      <header>
        <h1>{data.title}</h1>
        <div className="tools">
          <a className="plain-link" href={`/dialogues/${id}`} target="_blank" rel="noreferrer">
            {t('群众看到的')}
          </a>
          <Link to="/reception/dialogues" search={{}}>
            {t('全部场次')}
          </Link>
        </div>
      </header>
      <p className="lead">
        {forms[data.form]} · {sayDate(data.day)} {t('{from}–{to}', { from: data.from, to: data.to })} ·{' '}
        {data.guests.map((g) => `${g.unitName ?? ''} ${g.name ?? ''}`).join('、')} · {statuses[data.status]}
      </p>
      {(can('dialogue.begin') || can('dialogue.close')) && (
        <p className="acts">
          {can('dialogue.begin') && (
            <button type="button" className="plain first" onClick={() => void act('dialogue.begin', t('开始了'))}>
              {t('开始答')}
            </button>
          )}
          {can('dialogue.close') && (
            <button
              type="button"
              className={fresh.length + waiting.length === 0 ? 'plain first' : 'plain'}
              onClick={() => void act('dialogue.close', t('结束了，没答的上了台账'))}
            >
              {waiting.length === 0 ? t('答完了，结束') : t('结束，{n} 个没答的上台账', { n: waiting.length })}
            </button>
          )}
        </p>
      )}
      {fault !== undefined && (
        <p className="late" role="alert">
          {sentenceOf(fault)}
        </p>
      )}
      <Acts acts={actsFor(data)} can={data.can} stream={id} query="dialogues" />
      {data.reason !== null && <p className="lead">{data.reason}</p>}
      {data.words !== null && <p className="lead">{data.words}</p>}
      <Questions title={t('还没看过的')} rows={fresh} one={data} id={id} />
      <Questions title={t('等着答的')} rows={waiting} one={data} id={id} />
      <Questions title={t('有了下文的')} rows={rest} one={data} id={id} />
      {data.questions.length === 0 && <p className="lead">{t('还没有人问。')}</p>}
    </main>
  );
}

const Questions = ({ title, rows, one, id }: { title: string; rows: readonly Asked[]; one: Whole; id: string }) =>
  rows.length === 0 ? null : (
    <>
      <h2>
        {title}
        <small>{t('{n} 个', { n: rows.length })}</small>
      </h2>
      {rows.map((q) => (
        <QuestionRow key={q.question} q={q} one={one} id={id} />
      ))}
    </>
  );

type Doing = 'dialogue.answer' | 'dialogue.hide' | 'dialogue.follow';

/** One question with what can be done to it, each one touch or one short form. */
function QuestionRow({ q, one, id }: { q: Asked; one: Whole; id: string }) {
  const queries = useQueryClient();
  const [doing, setDoing] = useState<Doing>();
  const [fault, setFault] = useState<unknown>();
  const can = (kind: string): boolean => one.can.includes(kind as never);
  const again = (): void => {
    setDoing(undefined);
    void queries.invalidateQueries({ queryKey: ['dialogues'] });
  };
  const show = async () => {
    try {
      await give('dialogue.show', id, { question: q.question });
      setFault(undefined);
    } catch (refused) {
      setFault(refused);
    }
    again();
  };
  const forms: Record<
    Doing,
    { fields: readonly Field[]; initial: object; button: string; data(v: Record<string, unknown>): object }
  > = {
    'dialogue.answer': {
      initial: { official: one.guests[0]?.official, promising: 'no' },
      fields: [
        select({
          name: 'official',
          label: t('谁答的'),
          options: one.guests.map((g) => [g.official, g.name ?? ''] as const),
        }),
        paragraph({ name: 'words', label: t('怎么答的'), rows: 3 }),
        choice({
          name: 'promising',
          label: t('答应了什么没有'),
          options: [
            ['no', t('没有')],
            ['yes', t('答应了')],
          ],
        }),
        line({ name: 'what', label: t('答应了什么'), asked: ({ promising }) => promising === 'yes' }),
        date({ name: 'by', label: t('到哪天'), asked: ({ promising }) => promising === 'yes' }),
      ],
      button: t('记下，公开'),
      data: ({ promising, what, by, ...values }) => ({
        ...values,
        ...(promising === 'yes' ? { promised: { what, by } } : {}),
      }),
    },
    'dialogue.hide': {
      initial: { reason: 'personal' },
      fields: [
        choice({ name: 'reason', label: t('为什么不公开'), options: Object.entries(hiddens) }),
        select({
          name: 'same',
          label: t('和哪一个一样'),
          asked: ({ reason }) => reason === 'duplicate',
          options: one.questions
            .filter((o) => o.question !== q.question && o.hidden?.reason !== 'duplicate')
            .map((o) => [String(o.question), `${o.question}. ${o.words.slice(0, 30)}`] as const),
        }),
      ],
      button: t('不公开，问的人看得到原因'),
      data: ({ reason, same }) => ({ reason, ...(reason === 'duplicate' ? { same: Number(same) } : {}) }),
    },
    'dialogue.follow': {
      initial: { kept: 'yes' },
      fields: [
        choice({
          name: 'kept',
          label: t('兑现了没有'),
          options: [
            ['yes', t('兑现了')],
            ['no', t('还没有')],
          ],
        }),
        line({ name: 'words', label: t('怎么办的') }),
      ],
      button: t('记下，公开'),
      data: ({ kept, words }) => ({ kept: kept === 'yes', words }),
    },
  };
  const open = doing === undefined ? undefined : forms[doing];
  const sortable = q.answer === null && q.matter === null;
  return (
    <div className="ev">
      <time>
        {t('第 {n} 个', { n: q.question })}
        <br />
        {q.via === 'phone' ? t('电话') : t('网上')} {sayMoment(q.askedAt)}
      </time>
      <div>
        <b>{q.words}</b>
        <p className="quiet">
          {[
            q.name,
            q.phone,
            q.hidden === null ? '' : t('没公开：{why}', { why: hiddens[q.hidden.reason] }),
            q.hidden?.same === undefined ? '' : t('看第 {n} 个', { n: q.hidden.same }),
          ]
            .filter((part) => part !== null && part !== '')
            .join(' · ')}
        </p>
        {q.answer !== null && (
          <p>
            {t('{who}：{words}', { who: `${q.answer.unit ?? ''} ${q.answer.official ?? ''}`, words: q.answer.words })}
          </p>
        )}
        {q.answer?.promised != null && (
          <p className={q.answer.promised.late ? 'late' : undefined}>
            {t('答应的：{what}，{by} 前', { what: q.answer.promised.what, by: sayDate(q.answer.promised.by) })}
            {q.answer.promised.words !== null && t('；{words}', { words: q.answer.promised.words })}
          </p>
        )}
        {q.matter !== null && (
          <p>
            {t('上了台账：')}
            <Link to="/matters/$id" params={{ id: q.matter }} search={{}}>
              {q.number === null ? null : sayNumber(q.number)}
            </Link>
            {q.said !== null && t('；单位答复了：{said}', { said: q.said })}
          </p>
        )}
        <p className="acts">
          {sortable && can('dialogue.answer') && (
            <button type="button" className="plain" onClick={() => setDoing('dialogue.answer')}>
              {t('记答复')}
            </button>
          )}
          {sortable && q.state !== 'shown' && can('dialogue.show') && (
            <button type="button" className="plain" onClick={() => void show()}>
              {t('公开')}
            </button>
          )}
          {sortable && can('dialogue.hide') && (
            <button type="button" className="plain" onClick={() => setDoing('dialogue.hide')}>
              {t('不公开')}
            </button>
          )}
          {q.answer?.promised != null && q.answer.promised.kept !== true && can('dialogue.follow') && (
            <button type="button" className="plain" onClick={() => setDoing('dialogue.follow')}>
              {t('兑现了没有')}
            </button>
          )}
        </p>
        {fault !== undefined && (
          <p className="late" role="alert">
            {sentenceOf(fault)}
          </p>
        )}
        {open !== undefined && doing !== undefined && (
          <ShortForm
            key={doing}
            initial={open.initial as Record<string, unknown>}
            fields={open.fields}
            consequence={() => open.button}
            send={(values) =>
              give(doing, id, { question: q.question, ...open.data(values) } as unknown as CommandData<Doing>)
            }
            onDone={again}
            onClose={() => setDoing(undefined)}
          />
        )}
      </div>
    </div>
  );
}
