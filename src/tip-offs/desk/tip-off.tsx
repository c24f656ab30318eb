import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import type { CommandKind } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { Due } from '../../app/ui/due.tsx';
import { choice, date, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { several } from '../../app/ui/several.tsx';
import { PageWaiting } from '../../app/ui/states.tsx';
import { sayDate, sayExactly, sayMoment } from '../../app/ui/time.ts';
import { t } from './english.ts';
import { PICK, type Whole } from './list.tsx';

const isTrue = ({ finding }: Record<string, unknown>): boolean => finding === 'substantiated' || finding === 'partly';

const actsFor = (one: Whole): Partial<Record<CommandKind, Act>> => ({
  'tip-off.approve': {
    name: t('核结论'),
    button: t('定下，告诉举报人'),
    initial: { agree: 'yes' },
    fields: [
      choice({
        name: 'agree',
        label: t('同意不同意'),
        options: [
          ['yes', t('同意')],
          ['no', t('退回再核')],
        ],
      }),
      paragraph({ name: 'words', label: t('为什么'), asked: ({ agree }) => agree === 'no' }),
    ],
    data: ({ agree, words }) => ({ agree: agree === 'yes', ...(words === undefined ? {} : { words }) }),
  },
  'tip-off.start': {
    name: t('开始核实'),
    button: t('开始核实'),
    fields: [paragraph({ name: 'plan', label: t('打算怎么核实') })],
  },
  'tip-off.conclude': {
    name: t('写结论'),
    button: t('写下，等另一个人核'),
    initial: { finding: 'not' },
    fields: [
      choice({
        name: 'finding',
        label: t('结论'),
        options: [
          ['substantiated', t('查实')],
          ['partly', t('部分查实')],
          ['not', t('没有查实')],
          ['elsewhere', t('转有权的机关')],
        ],
      }),
      paragraph({ name: 'words', label: t('怎么核的、依据是什么'), rows: 3 }),
      paragraph({ name: 'answer', label: t('告诉举报人的话'), hint: t('大白话'), rows: 3 }),
      ...one.concerned.officials.map(({ id, name }) =>
        line({
          name: `on ${id}`,
          label: `${t('对谁作什么处理')}：${name}`,
          hint: t('只写查实了、听过本人的'),
          optional: 'unsaid',
          asked: isTrue,
        }),
      ),
    ],
    data: ({ finding, words, answer, ...rest }) => ({
      finding,
      words,
      answer,
      decisions: Object.entries(rest).flatMap(([name, said]) =>
        name.startsWith('on ') && typeof said === 'string' ? [{ official: name.slice(3), words: said }] : [],
      ),
    }),
  },
  ...(one.concerned.officials.length === 0
    ? {}
    : {
        'tip-off.hear': {
          name: t('听了本人'),
          button: t('记下'),
          initial: one.concerned.officials.length === 1 ? { official: one.concerned.officials[0]!.id } : {},
          fields: [
            select({
              name: 'official',
              label: t('谁'),
              options: one.concerned.officials.map(({ id, name }) => [id, name] as const),
            }),
            date({ name: 'on', label: t('哪天') }),
            paragraph({ name: 'words', label: t('说了什么'), rows: 3 }),
          ],
        },
      }),
  'tip-off.concern': {
    name: t('写明举报的是谁'),
    button: t('存下，有牵连的人马上看不到'),
    initial: {
      officials: one.concerned.officials.map(({ id }) => id),
      units: one.concerned.units.map(({ id }) => id),
    },
    fields: [
      several({
        name: 'officials',
        label: t('哪些人'),
        sort: 'officials',
        placeholder: PICK,
        optional: 'unsaid',
        named: one.concerned.officials,
      }),
      several({
        name: 'units',
        label: t('哪些单位'),
        sort: 'units',
        placeholder: PICK,
        optional: 'unsaid',
        named: one.concerned.units,
      }),
    ],
  },
  'tip-off.note': {
    name: t('记一笔'),
    button: t('记下'),
    fields: [paragraph({ name: 'words', label: t('核到什么'), rows: 3 })],
  },
  'tip-off.raise': {
    name: t('上级立项督查'),
    button: t('记下'),
    fields: [line({ name: 'by', label: t('哪一级') }), date({ name: 'due', label: t('什么时候前') })],
  },
  'tip-off.admit': {
    name: t('让另一位专人看'),
    button: t('让进来，有牵连的会被拦住'),
    fields: [
      select({
        name: 'official',
        label: t('谁'),
        options: one.others.map(({ id, name }) => [id, name] as const),
      }),
    ],
  },
  'tip-off.step-back': {
    name: t('我要回避'),
    button: t('回避，我马上看不到'),
    fields: [line({ name: 'reason', label: t('为什么') })],
  },
});

/** One tip-off: what was said, who is free of it, what was verified. Who reported is locked away beside it. */
export function TipOffScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['tip-offs', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/tip-offs/:id', { params: { id }, signal }),
    refetchOnWindowFocus: false,
    retry: false,
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  return (
    <main className="page">
      <header>
        <h1>
          {data.number} <small className={data.late ? 'late' : undefined}>{data.statusName}</small>
        </h1>
        <div className="tools">
          <Link to="/tip-offs" search={{}}>
            {t('全部举报')}
          </Link>
        </div>
      </header>
      <Acts
        acts={actsFor(data)}
        can={data.can.filter((kind) => kind !== 'tip-off.admit' || data.others.length > 0)}
        stream={id}
        query="tip-offs"
      />
      {data.upward && <p className="late">{t('能回避的人不够两个，要向上一级反映。')}</p>}
      <h2>{t('原话')}</h2>
      <p>
        <b>{data.about}</b> <small>{data.class}</small>
      </p>
      <p className="whole said">{data.words}</p>
      <dl className="facts-of">
        <dt>{t('收到')}</dt>
        <dd>
          {sayDate(data.filedOn)} {data.channel}
        </dd>
        <dt>{t('什么时候前告知')}</dt>
        <dd>
          <Due day={data.due} still={data.concluded === null} />{' '}
          {data.raised !== null && `${t('上级立项督查')}：${data.raised.by}`}
        </dd>
        <dt>{t('举报的是')}</dt>
        <dd>
          {[...data.concerned.officials, ...data.concerned.units].map(({ name }) => name).join('、') || t('还没有写明')}
        </dd>
        <dt>{t('能看的人')}</dt>
        <dd>{data.readers.map(({ name }) => name).join('、')}</dd>
        <dt>{t('举报人')}</dt>
        <dd>
          <Box id={id} box={data.reporter.box} />
        </dd>
      </dl>
      {data.heard.length > 0 && (
        <>
          <h2>{t('听过')}</h2>
          {data.heard.map((one, i) => (
            <p key={i}>
              {sayDate(one.on)} {one.name}：{one.words}
            </p>
          ))}
        </>
      )}
      {data.concluded !== null && (
        <>
          <h2>
            {t('结论')}：{data.concluded.findingName}
          </h2>
          <p className="whole">{data.concluded.words}</p>
          {data.concluded.decisions.map((one, i) => (
            <p key={i}>
              {one.name}：{one.words}
            </p>
          ))}
          <p className="lead">
            {t('告诉举报人')}：{data.concluded.answer}
          </p>
        </>
      )}
      {data.story.length > 0 && (
        <>
          <h2>{t('经过')}</h2>
          <List rows={data.story} columns={story} keyOf={(_, place) => String(place)} heads={false} />
        </>
      )}
      <Readings id={id} />
    </main>
  );
}

const steps: Readonly<Record<string, string>> = {
  'tip-off.concerned': t('写明举报的是谁'),
  'tip-off.stepped-back': t('我要回避'),
  'tip-off.admitted': t('让另一位专人看'),
  'tip-off.started': t('开始核实'),
  'tip-off.noted': t('记一笔'),
  'tip-off.raised': t('上级立项督查'),
  'tip-off.heard': t('听了本人'),
  'tip-off.concluded': t('写结论'),
  'tip-off.sent-back': t('退回再核'),
  'tip-off.closed': t('核结论'),
  'tip-off.added': t('举报人'),
};
const stepName = (what: string): string => steps[what] ?? '';

const When = ({ at }: { at: string }) => (
  <time dateTime={at} title={sayExactly(at)}>
    {sayMoment(at)}
  </time>
);
const story: readonly Column<Whole['story'][number]>[] = [
  { name: '', cell: (one) => <When at={one.at} /> },
  { name: '', cell: (one) => one.by },
  { name: '', cell: (one) => stepName(one.what) },
  { name: '', is: 'words', cell: (one) => one.words },
];
const readings: readonly Column<{ at: string; name: string | null; what: string }>[] = [
  { name: '', cell: (one) => <When at={one.at} /> },
  { name: '', cell: (one) => one.name },
  { name: '', is: 'words', cell: (one) => one.what },
];

/** The box: asked for with a reason, agreed to by another, open for hours; each look is recorded. */
function Box({ id, box }: { id: string; box: Whole['reporter']['box'] }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState<'ask' | 'refuse'>();
  const [name, setName] = useState<{ name: string | null; phone: string | null }>();
  const act = async (verb: 'ask' | 'grant' | 'refuse', body: object) => {
    await ask(`POST /api/tip-offs/:id/reporter/${verb}`, { params: { id }, body });
    setAsking(undefined);
    await queries.invalidateQueries({ queryKey: ['tip-offs', id] });
  };
  if (box === null) return <>{t('没有留姓名电话')}</>;
  return (
    <>
      {name === undefined ? t('留了，锁着') : [name.name, name.phone].filter((part) => part !== null).join(' ')}
      {box.open && name === undefined && (
        <>
          {' '}
          <button
            type="button"
            className="plain"
            onClick={() =>
              void ask<{ name: string | null; phone: string | null }>('POST /api/tip-offs/:id/reporter/open', {
                params: { id },
                body: {},
              }).then(setName)
            }
          >
            {t('看一眼，会记下')}
          </button>{' '}
          <small>{t('到 {until} 为止可以看', { until: sayMoment(box.until ?? '') })}</small>
        </>
      )}
      {box.asked === null && !box.open && asking === undefined && (
        <>
          {' '}
          <button type="button" className="plain" onClick={() => setAsking('ask')}>
            {t('申请打开')}
          </button>
        </>
      )}
      {box.asked !== null && (
        <p className="soon">
          {t('{by} 申请打开：{reason}', { by: box.asked.by ?? '', reason: box.asked.reason })}{' '}
          {!box.asked.mine && (
            <>
              <button type="button" className="plain" onClick={() => void act('grant', {})}>
                {t('同意打开')}
              </button>{' '}
              <button type="button" className="link" onClick={() => setAsking('refuse')}>
                {t('不同意')}
              </button>
            </>
          )}
        </p>
      )}
      {asking !== undefined && (
        <ShortForm
          fields={[paragraph({ name: 'reason', label: t('为什么') })]}
          consequence={() => (asking === 'ask' ? t('申请打开') : t('不同意'))}
          send={(values) => act(asking, values)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

function Readings({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ['tip-offs', id, 'readings'],
    queryFn: ({ signal }) =>
      ask<{ readings: { at: string; name: string | null; what: string }[] }>('GET /api/tip-offs/:id/readings', {
        params: { id },
        signal,
      }),
  });
  if (data === undefined) return null;
  return (
    <>
      <h2>{t('谁看过')}</h2>
      <List rows={data.readings.slice(0, 20)} columns={readings} keyOf={(_, place) => String(place)} heads={false} />
    </>
  );
}
