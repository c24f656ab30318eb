import { Empty } from '../ui/states.tsx';
import { sayMoment } from '../ui/time.ts';
import { type Item, outbox, stateNames, useOutbox } from './outbox.ts';
import { Foot, To, Top } from './parts.tsx';
import { t } from './english.ts';

/** What this phone has written and where each stands. */
export function UnsentPage() {
  const items = useOutbox();
  const waiting = items.filter((item) => item.state !== 'accepted');
  const accepted = items.filter((item) => item.state === 'accepted').toReversed();
  const open = waiting.some((item) => item.state !== 'refused');
  return (
    <>
      <Top title={t('没有传完的')} from="/field/me" />
      {waiting.length === 0 && (
        <Empty title={t('都传完了。')}>{t('没有信号时记下的，会先存在这里，有信号了自动上传。')}</Empty>
      )}
      <ul className="rows">
        {waiting.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </ul>
      {accepted.length > 0 && (
        <>
          <h2 className="head">{t('刚刚传完的')}</h2>
          <ul className="rows">
            {accepted.map((item) => (
              <Row key={item.id} item={item} />
            ))}
          </ul>
        </>
      )}
      {open && (
        <Foot>
          <button type="button" className="button" onClick={() => void outbox.flush()}>
            {t('现在就传')}
          </button>
        </Foot>
      )}
    </>
  );
}

function Row({ item }: { item: Item }) {
  const { id, kind, title, at, state, busy, why } = item;
  return (
    <li className="row">
      <strong>{title}</strong>
      <span className={`tag ${state}`}>{busy ? t('正在上传') : stateNames[state]}</span>
      <p className="quiet">
        {sayMoment(at)}
        {state === 'stored' && !busy ? t('，等信号') : ''}
        {state === 'sent' && !busy ? t('，还没有回音，会再传') : ''}
      </p>
      {why !== undefined && <p className={state === 'refused' ? 'bad' : 'quiet'}>{why}</p>}
      {state === 'refused' && (
        <p className="acts">
          {kind === 'visit.record' && (
            <To href={`/field/write?mend=${id}`} className="small">
              {t('改一改再交')}
            </To>
          )}
          <button type="button" className="small" onClick={() => outbox.drop(id)}>
            {t('不要了')}
          </button>
        </p>
      )}
    </li>
  );
}
