import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { useKeys } from '../../app/ui/keys.ts';
import { Empty, Trouble, Waiting, sentenceOf } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import type { MatterItem } from '../present.ts';
import { callBack } from './acts.ts';
import { type Matter, useMatter, useMatters, useRefresh, useToday } from './queries.ts';
import { Reporter } from './facts.tsx';
import { Row } from './row.tsx';
import { t } from './english.ts';

/** The call-back desk: one resident after another; whom to tell something stands below. */
export function CallBacks() {
  const { data, error, refetch } = useMatters({ when: 'asked', sort: 'due' });
  const waiting = data?.pages.flatMap((page) => page.matters) ?? [];
  const toTell =
    useToday()
      .data?.groups.flatMap((group) => group.items)
      .filter((item) => item.toTell.length > 0 && item.status !== 'resolved') ?? [];
  const order = [...waiting, ...toTell];
  const [chosen, setChosen] = useState<string>();
  const id = order.some((item) => item.id === chosen) ? chosen : order[0]?.id;
  const move = (by: number) =>
    setChosen(order[Math.min(order.length - 1, Math.max(0, order.findIndex((item) => item.id === id) + by))]?.id);
  useKeys({ j: () => move(1), k: () => move(-1) });

  const rows = (items: readonly MatterItem[], word?: (item: MatterItem) => string) =>
    items.map((item) => (
      <Row
        key={item.id}
        item={item}
        on={item.id === id}
        {...(word === undefined ? {} : { word: word(item) })}
        onChoose={(event) => {
          event.preventDefault();
          setChosen(item.id);
        }}
      />
    ));
  return (
    <main className="today call-backs">
      <section className="list" aria-label={t('等回访的')}>
        <div className="list-head">
          <h1>{t('回访')}</h1>
        </div>
        {error !== null && <Trouble error={error} again={() => void refetch()} />}
        {data === undefined && error === null && <Waiting lines={10} />}
        {waiting.length > 0 && (
          <>
            <h2>
              {t('等群众一句话 ')}
              <span>{waiting.length}</span>
            </h2>
            {rows(waiting, ({ channel }) => channel)}
          </>
        )}
        {toTell.length > 0 && (
          <>
            <h2>
              {t('要告诉本人 ')}
              <span>{toTell.length}</span>
            </h2>
            {rows(toTell)}
          </>
        )}
        {data !== undefined && order.length === 0 && (
          <Empty title={t('没有等回访的')}>{t('承办单位办结以后，事情会到这里来，等您听群众一句话。')}</Empty>
        )}
      </section>
      {id === undefined ? <div /> : <Call key={id} id={id} onDone={() => move(1)} />}
    </main>
  );
}

function Call({ id, onDone }: { id: string; onDone: () => void }) {
  const { data: matter, error, refetch } = useMatter(id);
  const refresh = useRefresh();
  if (matter === undefined)
    return error === null ? (
      <div className="page">
        <Waiting />
      </div>
    ) : (
      <Trouble error={error} again={() => void refetch()} />
    );
  return (
    <article className="page call" aria-label={matter.subject}>
      <p className="no">
        <small>
          {matter.number} · {matter.unitName} {matter.four.handler}
        </small>
      </p>
      <h1>{matter.subject}</h1>
      <Words matter={matter} />
      <Who matter={matter} />
      <Ask
        matter={matter}
        onDone={(said) => {
          tell(said);
          onDone();
          void refresh();
        }}
      />
    </article>
  );
}

const Words = ({ matter: { body, answer, story, toTell, clock, recheckOn, disposition } }: { matter: Matter }) => (
  <dl className="words">
    <dt>{t('当时说')}</dt>
    <dd className="said">{body === '' ? story[0]?.text : body}</dd>
    {toTell.includes('extension') && clock?.due != null && (
      <>
        <dt>{t('要告诉的')}</dt>
        <dd className="said">{t('办理期限延到 {due}。', { due: sayDate(clock.due) })}</dd>
      </>
    )}
    {toTell.includes('deferral') && disposition !== null && (
      <>
        <dt>{t('要告诉的')}</dt>
        <dd className="said">
          {disposition.name}
          {recheckOn !== null && t('，{recheckOn} 再看', { recheckOn: sayDate(recheckOn) })}
          {t('。')}
        </dd>
      </>
    )}
    {answer !== null && (
      <>
        <dt>{t('单位答复')}</dt>
        <dd className="said">{answer}</dd>
      </>
    )}
  </dl>
);

const Who = ({ matter: { reporter, unreached } }: { matter: Matter }) => (
  <p className="who">
    {reporter.anonymous ? t('匿名，只能等本人用编号来说') : <Reporter reporter={reporter} />}
    {unreached > 0 && <small>{t('打过 {unreached} 次没联系上', { unreached })}</small>}
  </p>
);

function Ask({ matter, onDone }: { matter: Matter; onDone: (said: string) => void }) {
  const name = matter.reporter.name ?? t('本人');
  const post = (verb: string, body: object) =>
    ask(`POST /api/matters/:id/${verb}`, {
      params: { id: matter.id },
      body: { ...body, command: newId(), expected: matter.version },
    });
  if (matter.can.includes('matter.call-back') && matter.status === 'resolved') {
    const act = callBack(name);
    return (
      <ShortForm
        fields={act.fields}
        initial={act.initial ?? {}}
        consequence={act.consequence}
        send={(values) => post('call-back', values)}
        onDone={() => onDone(t('回访记下了。'))}
      />
    );
  }
  if (matter.toTell.length > 0 && matter.can.includes('matter.tell')) {
    return (
      <div className="acts">
        {matter.toTell.map((what) => (
          <button
            type="button"
            className="plain first"
            key={what}
            onClick={() =>
              void post('tell', { what, means: 'phone' }).then(
                () => onDone(t('记下：已电话告知。')),
                (error: unknown) => tell(sentenceOf(error)),
              )
            }
          >
            {t('已电话告诉{name}{what}', {
              name,
              what: {
                extension: t('延期到哪天'),
                answer: t('办理结果'),
                deferral: t('为什么要等'),
                whereabouts: t('转给了哪个单位'),
                raising: t('往上报了的事'),
                reconsideration: t('政策变了重新办的事'),
              }[what],
            })}
          </button>
        ))}
      </div>
    );
  }
  return <p className="lead">{t('您经办过这件事，或不在您的权限内，请换一位同事回访。')}</p>;
}
