import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { type CommandKind, give } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { choice, date, line, paragraph, tick } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { PageWaiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { hotspotRoutes } from '../api.ts';
import { t } from './english.ts';

type Whole = AnswerOf<(typeof hotspotRoutes)['GET /api/hotspots/:id']>;

const actsFor = (one: Whole): Partial<Record<CommandKind, Act>> => ({
  'hotspot.explain': {
    name: t('写原因'),
    ...(one.cause === null ? {} : { minor: true as const }),
    button: t('记下原因'),
    initial: { cause: one.cause ?? '' },
    fields: [paragraph({ name: 'cause', label: t('为什么会这样'), hint: t('一个原因，管这些事的根子'), rows: 3 })],
  },
  'hotspot.fix': {
    name: t('定办法'),
    button: t('给所有说过的人一个办法'),
    fields: [
      paragraph({ name: 'measure', label: t('怎么改'), hint: t('不是一件件答复，是改到根上'), rows: 3 }),
      picker({ name: 'unit', label: t('哪个单位改'), sort: 'units', placeholder: t('打名称、拼音或首字母') }),
      date({ name: 'due', label: t('什么时候改完') }),
    ],
  },
  'hotspot.report': {
    name: t('报进展'),
    button: t('报上去'),
    initial: { done: false },
    fields: [
      paragraph({ name: 'words', label: t('改到哪一步了') }),
      tick({ name: 'done', label: t('改完了'), says: t('是，请受理员一个个问') }),
    ],
    data: ({ done, ...values }) => ({ ...values, done: done === true }),
  },
  'hotspot.settle': { name: t('了结'), button: t('都问过了，管用，了结'), fields: [] },
  'hotspot.drop': {
    name: t('不算热点'),
    minor: true,
    button: t('不算热点'),
    fields: [line({ name: 'reason', label: t('为什么不算') })],
  },
});

/** One hot spot: its cause, the one fix, how far it is, and what each person says of it. */
export function HotspotScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [asking, setAsking] = useState<string>();
  const { data, error, refetch } = useQuery({
    queryKey: ['hotspots', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/hotspots/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  return (
    <main className="page">
      <header>
        <h1>{data.title}</h1>
        <div className="tools">
          <Link to="/hotspots" search={{}}>
            {t('全部热点')}
          </Link>
        </div>
      </header>
      <p className="lead">{[data.place, data.statusName].join(' · ')}</p>
      <Acts acts={actsFor(data)} can={data.can} stream={id} query="hotspots" />
      <dl className="facts-of">
        <dt>{t('为什么会这样')}</dt>
        <dd>{data.cause ?? <span className="quiet">{t('还没有写')}</span>}</dd>
        <dt>{t('一次改到位的办法')}</dt>
        <dd>
          {data.fix === null ? (
            <span className="quiet">{t('还没有定')}</span>
          ) : (
            <>
              {data.fix.measure}
              <br />
              <small className={data.fix.late ? 'late' : undefined}>
                {t('{unit}，{due} 以前；{by}定', {
                  unit: data.fix.unit,
                  due: sayDate(data.fix.due),
                  by: data.fix.decidedBy,
                })}
              </small>
            </>
          )}
        </dd>
        {data.reports.length > 0 && (
          <>
            <dt>{t('进展')}</dt>
            <dd>
              {data.reports.map((report, i) => (
                <div key={i}>
                  {report.words}{' '}
                  <small>
                    {[sayDate(report.day), report.by, report.done ? t('说办完了') : null]
                      .filter((part) => part !== null)
                      .join(' · ')}
                  </small>
                </div>
              ))}
            </dd>
          </>
        )}
        {data.reason !== null && (
          <>
            <dt>{t('为什么不算')}</dt>
            <dd>{data.reason}</dd>
          </>
        )}
      </dl>
      <h2>{t('谁说过，管不管用（{asked}/{all}）', { asked: data.asked, all: data.matters.length })}</h2>
      <List
        rows={data.matters}
        columns={asked(data.can.includes('hotspot.hear'), (one) => setAsking(one === asking ? undefined : one), asking)}
        keyOf={({ id: one }) => one}
        heads={false}
        below={(matter) =>
          matter.id === asking && <Ask hotspot={id} matter={matter.id} onClose={() => setAsking(undefined)} />
        }
      />
    </main>
  );
}

type Person = Whole['matters'][number];
const asked = (
  mayAsk: boolean,
  ask: (matter: string) => void,
  asking: string | undefined,
): readonly Column<Person>[] => [
  {
    name: '',
    is: 'what',
    cell: (matter) =>
      matter.subject === null ? (
        <span className="quiet">{t('（不在您的权限内）')}</span>
      ) : (
        <Link className="subject" to="/matters/$id" params={{ id: matter.id }} search={{}}>
          {matter.subject}
        </Link>
      ),
    under: (matter) => matter.words,
  },
  { name: '', cell: (matter) => <small>{matter.number}</small> },
  {
    name: '',
    cell: (matter) => matter.outcomeName ?? t('还没问'),
    tone: (matter) => (matter.outcome === 'holds' ? 'yes' : matter.outcome === 'not' && 'late'),
  },
  {
    name: '',
    is: 'act',
    cell: (matter) =>
      mayAsk && (
        <button
          type="button"
          className="link"
          aria-expanded={matter.id === asking}
          aria-label={t('问 {number}', { number: matter.number })}
          onClick={() => ask(matter.id)}
        >
          {t('问')}
        </button>
      ),
  },
];

/** What one person says of the fix. */
function Ask({ hotspot, matter, onClose }: { hotspot: string; matter: string; onClose: () => void }) {
  const queries = useQueryClient();
  return (
    <ShortForm
      keep={`${hotspot} ${matter}`}
      fields={[
        choice({
          name: 'outcome',
          label: t('怎么说'),
          options: [
            ['holds', t('管用了')],
            ['not', t('还不行')],
            ['unreached', t('没联系上')],
          ],
        }),
        paragraph({
          name: 'words',
          label: t('原话'),
          optional: 'unsaid',
          asked: ({ outcome }) => outcome === 'holds' || outcome === 'not',
        }),
      ]}
      consequence={() => t('记下')}
      send={({ outcome, words }) =>
        give('hotspot.hear', hotspot, {
          matter,
          outcome: outcome as 'holds' | 'not' | 'unreached',
          ...(typeof words === 'string' && words !== '' ? { words } : {}),
        })
      }
      onClose={onClose}
      onDone={() => {
        onClose();
        void queries.invalidateQueries({ queryKey: ['hotspots'] });
      }}
    />
  );
}
