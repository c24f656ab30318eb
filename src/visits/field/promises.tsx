import { useState } from 'react';
import { outbox } from '../../app/field/outbox.ts';
import { Part } from '../../app/field/parts.tsx';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { type Of, today, useVisitsOf } from './answers.ts';
import { sayUntil } from './words.ts';
import { t } from './english.ts';

type Promised = Of['promises'][number];

/** What this household was promised: before anything else. */
export function PromisesOf({ household }: { household: string }) {
  const found = useVisitsOf(household);
  if (found.isPending)
    return (
      <Part title={t('答应过他们的')}>
        <Waiting lines={3} />
      </Part>
    );
  if (found.isError)
    return (
      <Part title={t('答应过他们的')}>
        <Trouble error={found.error} again={() => void found.refetch()} />
      </Part>
    );
  const open = found.data.promises.filter((p) => p.keptOn === null);
  const kept = found.data.promises.filter((p) => p.keptOn !== null);
  return (
    <Part title={t('答应过他们的')} note={kept.length === 0 ? undefined : t('兑现了 {n} 件', { n: kept.length })}>
      {open.length === 0 && <p className="none">{kept.length === 0 ? t('还没有答应过什么。') : t('都兑现了。')}</p>}
      <ul className="rows">
        {open.map((p) => (
          <Open key={`${p.visit} ${p.promise}`} promised={p} />
        ))}
      </ul>
    </Part>
  );
}

function Open({ promised: { visit, promise, what, by, official, madeOn, told } }: { promised: Promised }) {
  const [how, setHow] = useState<string>();
  /** Whether it is said why it is not kept yet, instead of how it was. */
  const [explains, setExplains] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const keep = async (): Promise<void> => {
    const said = (how ?? '').trim();
    if (said.length < 2) return setTrouble(explains ? t('请写一句为什么还没办成。') : t('请写一句是怎么兑现的。'));
    const where = { stream: visit, title: explains ? t('说明：{what}', { what }) : t('兑现：{what}', { what }) };
    const item = explains
      ? await outbox.send({ kind: 'visit.explain-promise', data: { promise, why: said }, ...where })
      : await outbox.send({ kind: 'visit.keep-promise', data: { promise, how: said }, ...where });
    if (item.state === 'refused') {
      void outbox.drop(item.id);
      return setTrouble(item.why);
    }
    setHow(undefined);
    tell(
      item.state !== 'accepted'
        ? t('存在本机了，有信号就传。')
        : explains
          ? t('记下了。这一条还留着，办成为止。')
          : t('记下了：兑现了。'),
    );
  };
  return (
    <li className="row">
      <strong>{what}</strong>
      <span className={by < today() ? 'late' : 'own'}>{sayUntil(by, today())}</span>
      <p className="quiet">
        {t('{official} {madeOn}答应，{by}前', { official, madeOn: sayDate(madeOn), by: sayDate(by) })}
      </p>
      {told !== null && told !== '' && <p className="quiet">{t('还没办成：{why}', { why: told })}</p>}
      {how === undefined ? (
        <p className="acts">
          <button
            type="button"
            className="small"
            onClick={() => {
              setExplains(false);
              setHow('');
            }}
          >
            {t('兑现了')}
          </button>
          <button
            type="button"
            className="small"
            onClick={() => {
              setExplains(true);
              setHow('');
            }}
          >
            {t('还办不成')}
          </button>
        </p>
      ) : (
        <div className="inline">
          <input
            aria-label={explains ? t('为什么还没办成') : t('怎么兑现的')}
            placeholder={explains ? t('为什么还没办成，下一步怎么办') : t('怎么兑现的，一句话')}
            autoFocus
            value={how}
            onChange={(event) => setHow(event.target.value)}
          />
          {trouble !== undefined && (
            <p className="bad" role="alert">
              {trouble}
            </p>
          )}
          <p className="acts">
            <button type="button" className="small strong" onClick={() => void keep()}>
              {t('记下')}
            </button>
            <button type="button" className="small" onClick={() => setHow(undefined)}>
              {t('不记了')}
            </button>
          </p>
        </div>
      )}
    </li>
  );
}
