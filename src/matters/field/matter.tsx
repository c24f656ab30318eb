import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { outbox } from '../../app/field/outbox.ts';
import { Facts, Fault, Part, To, Top } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayExactly } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { type Page, type Told, toldWords } from './answers.ts';
import { t } from './english.ts';

/** One matter, short: how it stands, whom to tell, what happened. */
export function MatterScreen({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ['matter', id],
    queryFn: ({ signal }) => ask<Page>('GET /api/matters/:id', { params: { id }, signal }),
  });
  return (
    <>
      <Top title={t('一件事')} from="/field/matters" />
      {found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : (
        <Matter matter={found.data} />
      )}
    </>
  );
}

function Matter({ matter }: { matter: Page }) {
  const { number, subject, statusName, unitName, clock, place, household, toTell, can, story, answer } = matter;
  return (
    <>
      <div className="title">
        <b>{subject}</b>
        <p>
          <span className={clock?.remaining.late === true ? 'late' : 'own'}>
            {statusName}
            {clock === null ? '' : t('，{text}', { text: clock.remaining.text })}
          </span>
        </p>
        <p className="quiet">
          <Facts of={[unitName, place, number]} />
        </p>
      </div>
      {can.includes('matter.tell') && toTell.map((what) => <Telling key={what} matter={matter} what={what} />)}
      {clock !== null && clock.why.length > 0 && (
        <details className="part">
          <summary>{t('为什么是这个日子')}</summary>
          <ol className="why-list">
            {clock.why.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </details>
      )}
      {answer !== null && (
        <Part title={t('怎么答复的')}>
          <p className="words">{answer}</p>
        </Part>
      )}
      <Part title={t('经过')}>
        <ol className="story">
          {story.toReversed().map((line) => (
            <li key={line.version} className={line.tone ?? ''}>
              <p>
                <b>{line.who}</b> {line.what}
                <time dateTime={line.at} title={sayExactly(line.at)}>
                  {line.when}
                </time>
              </p>
              {line.text !== null && <p className="words">{line.text}</p>}
              {line.note !== null && <p className="quiet">{line.note}</p>}
            </li>
          ))}
        </ol>
      </Part>
      {household !== null && (
        <p className="acts pad">
          <To href={`/field/household/${household}`} className="small">
            {t('看这一家')}
          </To>
        </p>
      )}
    </>
  );
}

const ways = [
  ['visit', t('上门说了')],
  ['phone', t('打电话说了')],
  ['message', t('发短信说了')],
] as const;

/** Somebody is waiting to hear of it: who, what, and the reason to give them. */
function Telling({ matter, what }: { matter: Page; what: Told }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const name = matter.reporter.name ?? t('说这件事的人');
  const reason = matter.story.findLast(
    (line) =>
      ({
        extension: 'matter.extension-granted',
        answer: 'matter.answered',
        deferral: 'matter.disposed',
        whereabouts: 'matter.dispatched',
        raising: 'matter.raised',
        reconsideration: 'matter.reconsidered',
      })[what] === line.kind,
  );
  const told = async (means: (typeof ways)[number][0]): Promise<void> => {
    setBusy(true);
    const item = await outbox.send({
      kind: 'matter.tell',
      stream: matter.id,
      data: { what, means },
      title: t('告诉{name}：{what}', { name, what: toldWords[what] }),
    });
    setBusy(false);
    if (item.state === 'refused') {
      void outbox.drop(item.id);
      return setTrouble(item.why);
    }
    tell(item.state === 'accepted' ? t('记下了：已经告诉。') : t('存在本机了，有信号就传。'));
  };
  return (
    <div className="telling">
      <b>{t('去告诉{name}：{what}', { name, what: toldWords[what] })}</b>
      {reason !== undefined && (
        <p>
          {reason.what}
          {reason.text === null ? '' : t('。{text}', { text: reason.text })}
        </p>
      )}
      <div className="chips">
        {ways.map(([means, words]) => (
          <button key={means} type="button" disabled={busy} onClick={() => void told(means)}>
            {words}
          </button>
        ))}
      </div>
      <Fault text={trouble} />
    </div>
  );
}
