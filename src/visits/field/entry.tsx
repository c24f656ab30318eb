import { useState } from 'react';
import { useDraft } from '../../app/field/drafts.ts';
import { outbox } from '../../app/field/outbox.ts';
import { Fault, Foot, Part, To, Top } from '../../app/field/parts.tsx';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate, sayMoment } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { type Visit, useVisit } from './answers.ts';
import { contactWords } from './words.ts';
import { t } from './english.ts';

/** One entry of the diary, whole, with the household's word on it. */
export function EntryScreen({ id, me }: { id: string; me: string }) {
  const found = useVisit(id);
  return (
    <>
      <Top
        title={found.data?.head == null ? t('一篇日记') : t('{head}家', { head: found.data.head })}
        from="/field/diary"
      />
      {found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : (
        <Entry visit={found.data} me={me} />
      )}
    </>
  );
}

const proxyWhy = {
  'cannot-write': t('写不了字'),
  'cannot-see': t('看不清'),
  unwell: t('不方便'),
  'minors-only': t('监护人'),
};
const meansWords = { signature: t('在屏幕上签的'), code: t('用自己的手机确认的'), card: t('刷卡确认的') };

function Entry({ visit, me }: { visit: Visit; me: string }) {
  const { id, household, contact, metAt, note, corrections, needs, promises, revisitBy, answer, can } = visit;
  const { withdrawn } = visit;
  const [mending, setMending] = useState(false);
  const [taking, setTaking] = useState(false);
  return (
    <>
      <p className="lead">
        {sayMoment(metAt)} · {contactWords[contact]}
        {corrections > 0 ? t(' · 改过 {corrections} 次', { corrections }) : ''}
      </p>
      {withdrawn !== null && (
        <p className="say bad">
          {withdrawn.reason === ''
            ? t('这篇撤回了，不再算数。')
            : t('这篇撤回了，不再算数：{reason}', { reason: withdrawn.reason })}
        </p>
      )}
      {mending ? (
        <Mend visit={visit} me={me} onDone={() => setMending(false)} />
      ) : (
        note !== '' && <p className="words">{note}</p>
      )}
      {needs.length > 0 && (
        <Part title={t('要办的事')}>
          <ul className="rows">
            {needs.map((n) => (
              <li key={n.words} className="row">
                <p>{n.words}</p>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {promises.length > 0 && (
        <Part title={t('我答应的')}>
          <ul className="rows">
            {promises.map((p) => (
              <li key={p.what} className="row">
                <strong>{p.what}</strong>
                <span className={p.kept === null ? 'own' : 'yes'}>
                  {p.kept === null ? t('{by}前', { by: sayDate(p.by) }) : p.kept.late ? t('兑现了，晚了') : t('兑现了')}
                </span>
                {p.kept !== null && <p className="quiet">{p.kept.how}</p>}
                {p.kept === null && p.told.length > 0 && (
                  <p className="quiet">{t('还没办成：{why}', { why: p.told.at(-1)!.why })}</p>
                )}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {withdrawn === null && (
        <Part title={t('他们怎么说')}>
          <p className={answer.said === 'signed' ? 'say yes' : answer.said === 'declined' ? 'say bad' : 'say'}>
            {answer.said === 'signed'
              ? t('{name}已签字，{at}，{means}。{what}', {
                  name: answer.name ?? t('家里人'),
                  at: sayMoment(answer.at),
                  means:
                    answer.proxy === null
                      ? meansWords[answer.means]
                      : t('{relation}{proxy}代签（{why}）', {
                          relation: answer.proxy.relation,
                          proxy: answer.proxy.name,
                          why: proxyWhy[answer.proxy.why],
                        }),
                  what: answer.comment === '' ? '' : t('“{comment}”', { comment: answer.comment }),
                })
              : answer.said === 'declined'
                ? t('{name}不认可。{what}', {
                    name: answer.name ?? t('家里人'),
                    what: answer.reason === '' ? t('没有说原因。') : t('“{reason}”', { reason: answer.reason }),
                  })
                : contact === 'not-at-home'
                  ? revisitBy === null
                    ? t('没见到人。')
                    : t('没见到人，{revisitBy}前补访。', { revisitBy: sayDate(revisitBy) })
                  : t('还没签。')}
          </p>
        </Part>
      )}
      <p className="acts pad">
        {can.includes('visit.correct') && !mending && contact !== 'not-at-home' && (
          <button type="button" className="small" onClick={() => setMending(true)}>
            {t('改记录')}
          </button>
        )}
        <To href={`/field/household/${household}`} className="small">
          {t('看这一家')}
        </To>
        {can.includes('visit.withdraw') && !taking && (
          <button type="button" className="small" onClick={() => setTaking(true)}>
            {t('记错了，撤回')}
          </button>
        )}
      </p>
      {taking && <TakeBack visit={visit} onDone={() => setTaking(false)} />}
      {can.includes('visit.countersign') && !mending && !taking && (
        <Foot>
          <To href={`/field/sign/${id}`} className="button">
            {t('请他们签字')}
          </To>
        </Foot>
      )}
    </>
  );
}

/** What waits on the phone is told apart by whose it is. */
const titleOf = ({ head }: Visit, what: string): string =>
  head === null ? what : t('{head}家：{what}', { head, what });

function Mend({ visit, me, onDone }: { visit: Visit; me: string; onDone(): void }) {
  const { id, version, note, answer } = visit;
  const { draft, change, done } = useDraft(me, `mend-${id}`, () => ({ note }));
  const [trouble, setTrouble] = useState<string>();
  const save = async (): Promise<void> => {
    const item = await outbox.send({
      kind: 'visit.correct',
      stream: id,
      data: { note: draft.note.trim() },
      title: titleOf(visit, t('改日记')),
      // What was read and changed: if somebody changed or signed it meanwhile, the writer decides between the two.
      expected: version,
    });
    if (item.state === 'refused') {
      void outbox.drop(item.id);
      return setTrouble(item.why);
    }
    done();
    tell(item.state === 'accepted' ? t('改好了。内容变了，要再请他们签。') : t('存在本机了，有信号就传。'));
    onDone();
  };
  return (
    <form
      className="write"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label className="field">
        <span>{answer.said === 'signed' ? t('改记录：改了以后，原来的签字就不算了') : t('改记录')}</span>
        <textarea rows={6} autoFocus value={draft.note} onChange={(event) => change({ note: event.target.value })} />
      </label>
      <Fault text={trouble} />
      <Foot>
        <button
          type="button"
          className="button aside"
          onClick={() => {
            done();
            onDone();
          }}
        >
          {t('不改了')}
        </button>
        <button type="submit" className="button">
          {t('保存')}
        </button>
      </Foot>
    </form>
  );
}

/** An entry that was never right is taken back, with a word why: it stays readable and counts for nothing. */
function TakeBack({ visit, onDone }: { visit: Visit; onDone(): void }) {
  const { id, version } = visit;
  const [reason, setReason] = useState('');
  const [trouble, setTrouble] = useState<string>();
  const take = async (): Promise<void> => {
    if (reason.trim().length < 2) return setTrouble(t('请写一句错在哪里。'));
    const item = await outbox.send({
      kind: 'visit.withdraw',
      stream: id,
      data: { reason: reason.trim() },
      title: titleOf(visit, t('撤回日记')),
      expected: version,
    });
    if (item.state === 'refused') {
      void outbox.drop(item.id);
      return setTrouble(item.why);
    }
    tell(item.state === 'accepted' ? t('撤回了，不再算数。') : t('存在本机了，有信号就传。'));
    onDone();
  };
  return (
    <div className="inline pad">
      <input
        aria-label={t('错在哪里')}
        placeholder={t('错在哪里，一句话：记到别家了')}
        autoFocus
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {trouble !== undefined && (
        <p className="bad" role="alert">
          {trouble}
        </p>
      )}
      <p className="acts">
        <button type="button" className="small strong" onClick={() => void take()}>
          {t('撤回')}
        </button>
        <button type="button" className="small" onClick={onDone}>
          {t('不撤了')}
        </button>
      </p>
    </div>
  );
}
