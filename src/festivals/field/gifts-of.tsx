import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hand } from '../../app/field/hand.ts';
import { Fault, Part } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { festivalRoutes } from '../api.ts';
import { GlassOver } from '../../visits/field/glass-over.tsx';
import { sayMoney } from '../model.ts';
import { t } from './english.ts';

type Answer = AnswerOf<(typeof festivalRoutes)['GET /api/households/:id/gifts']>;
type Round = Answer['festivals'][number];
type Gift = Round['gifts'][number];

const statusWords = (status: Gift['status']): string =>
  ({
    proposed: t('等批准'),
    approved: t('批准了，还没有送到'),
    refused: t('没有批准'),
    given: t('送到了，已签收'),
    declined: t('家里不要'),
  })[status];

/** What is still to be done at this household before a festival: the visit, and what is to be handed over. */
export function GiftsOf({ household, head }: { household: string; head: string }) {
  const found = useQuery({
    queryKey: ['gifts-of', household],
    queryFn: ({ signal }) => ask<Answer>('GET /api/households/:id/gifts', { params: { id: household }, signal }),
    staleTime: 60_000,
  });
  if (found.data === undefined || found.data.festivals.length === 0) return null;
  return (
    <Part title={t('节前慰问')}>
      <ul className="rows">
        {found.data.festivals.map((round) => (
          <One key={round.id} round={round} signers={found.data.signers} head={head} />
        ))}
      </ul>
    </Part>
  );
}

type Signers = Answer['signers'];

const One = ({ round, signers, head }: { round: Round; signers: Signers; head: string }) => (
  <li className="row">
    <strong>{t('{name}慰问，{day}前', { name: round.name, day: sayDate(round.day) })}</strong>
    <span className="far">{round.groups.join('、')}</span>
    <p className={round.visited ? 'quiet' : 'own'}>
      {round.metOn === null ? t('还没有去看') : t('{day}去看过', { day: sayDate(round.metOn) })}
    </p>
    {!round.visited && <p className="quiet">{t('见到人、记一笔，就算去过，不用另外填。')}</p>}
    {round.gifts.map((gift) => (
      <OneGift key={gift.id} gift={gift} signers={signers} head={head} />
    ))}
  </li>
);

function OneGift({ gift, signers, head }: { gift: Gift; signers: Signers; head: string }) {
  const [doing, setDoing] = useState<'give' | 'decline'>();
  const [by, setBy] = useState(signers.length === 1 ? signers[0]!.id : undefined);
  const [glass, setGlass] = useState(false);
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState('');
  const [trouble, setTrouble] = useState<string>();
  const what = [gift.cents > 0 ? sayMoney(gift.cents) : '', gift.goods].filter((w) => w !== '').join('、');
  const title = t('{head}家：{what}', { head, what });
  const finish = (why: string | undefined): void => {
    setBusy(false);
    setGlass(false);
    setTrouble(why);
    if (why === undefined) setDoing(undefined);
  };
  const give = async (signature: string): Promise<void> => {
    setBusy(true);
    finish(await hand('gift.hand-over', gift.id, { by: by!, signature }, title, t('签收了。')));
  };
  const decline = async (): Promise<void> => {
    if (reason.trim().length < 2) return setTrouble(t('请写一句。'));
    finish(await hand('gift.decline', gift.id, { reason: reason.trim() }, title, t('记下了。')));
  };
  return (
    <>
      <p>
        {what}（{gift.source}）：
        <span className={gift.status === 'given' ? 'yes' : 'own'}>{statusWords(gift.status)}</span>
      </p>
      {doing === undefined && gift.can.length > 0 && (
        <p className="acts">
          {gift.can.includes('gift.hand-over') && (
            <button type="button" className="small strong" onClick={() => setDoing('give')}>
              {t('送到了，请签收')}
            </button>
          )}
          {gift.can.includes('gift.decline') && (
            <button type="button" className="small" onClick={() => setDoing('decline')}>
              {t('家里不要')}
            </button>
          )}
        </p>
      )}
      {doing !== undefined && (
        <div className="inline">
          {doing === 'give' ? (
            <div className="chips" role="group" aria-label={t('谁来签收')}>
              {signers.map((s) => (
                <button key={s.id} type="button" aria-pressed={s.id === by} onClick={() => setBy(s.id)}>
                  {s.name}
                </button>
              ))}
            </div>
          ) : (
            <input
              autoFocus
              aria-label={t('家里不要的原因')}
              placeholder={t('家里不要的原因')}
              value={reason}
              onChange={(e) => setReason(e.target.value)}
            />
          )}
          <p className="acts">
            {doing === 'give' ? (
              <button type="button" className="small strong" disabled={by === undefined} onClick={() => setGlass(true)}>
                {t('请签收')}
              </button>
            ) : (
              <button type="button" className="small strong" onClick={() => void decline()}>
                {t('记下')}
              </button>
            )}
            <button type="button" className="small" onClick={() => setDoing(undefined)}>
              {t('算了')}
            </button>
          </p>
        </div>
      )}
      <Fault text={trouble} />
      {glass && (
        <GlassOver
          who={signers.find((s) => s.id === by)?.name ?? head}
          busy={busy}
          trouble={trouble}
          onClose={() => setGlass(false)}
          onDone={(strokes) => void give(strokes)}
        />
      )}
    </>
  );
}
