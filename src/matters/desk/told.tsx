import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { sentenceOf } from '../../app/ui/states.tsx';
import { sayExactly, sayMoment } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import type { ToldOfMatter } from '../../notices/model.ts';
import { t } from './english.ts';

/** So many are shown at first: what happened last is what is asked about. */
const SHOWN = 4;
type Delivery = ToldOfMatter['deliveries'][number];

/** Who was told of it, by which way, and whether it arrived; and whether the resident is texted. */
export function Told({ id }: { id: string }) {
  const [all, setAll] = useState(false);
  const { data } = useQuery({
    queryKey: ['matter', id, 'notices'],
    queryFn: ({ signal }) => ask<ToldOfMatter>('GET /api/matters/:id/notices', { params: { id }, signal }),
  });
  if (data === undefined || (data.deliveries.length === 0 && !data.texting.there)) return null;
  const shown = all ? data.deliveries : data.deliveries.slice(0, SHOWN);
  return (
    <>
      <dt>{t('通知')}</dt>
      <dd>
        {data.texting.there && <Texting id={id} texting={data.texting} />}
        <ul className="told">
          {shown.map((delivery, place) => (
            // What is told is told in order and never taken out of the list: its place is its name.
            // oxlint-disable-next-line react/no-array-index-key
            <One key={place} delivery={delivery} />
          ))}
        </ul>
        {data.deliveries.length > shown.length && (
          <button type="button" className="link" onClick={() => setAll(true)}>
            {t('全部 {n} 条', { n: data.deliveries.length })}
          </button>
        )}
      </dd>
    </>
  );
}

function One({ delivery }: { delivery: Delivery }) {
  const { to, wayName, what, state, stateName, when, fault, taken } = delivery;
  return (
    <li>
      <span>
        {to} {wayName}
      </span>
      <span className={state === 'failed' ? 'late' : state === 'waiting' ? 'soon' : 'quiet'} title={sayExactly(when)}>
        {taken ? t('已收回') : stateName} {!taken && state !== 'withdrawn' && sayMoment(when)}
      </span>
      <p>
        {what}
        {fault !== null && t('（{fault}）', { fault })}
      </p>
    </li>
  );
}

/** The resident said on the phone whether they want text messages: put down for them by who may. */
function Texting({ id, texting: { allowed, can } }: { id: string; texting: ToldOfMatter['texting'] }) {
  const queries = useQueryClient();
  const put = () =>
    ask(`POST /api/matters/:id/textings/${can!}`, { params: { id }, body: { command: newId() } }).then(
      () => queries.invalidateQueries({ queryKey: ['matter', id, 'notices'] }),
      (fault: unknown) => tell(sentenceOf(fault)),
    );
  return (
    <p>
      {allowed ? t('有进展发短信给群众') : t('不给群众发短信')}{' '}
      {can !== null && (
        <button type="button" className="link" onClick={() => void put()}>
          {can === 'stop' ? t('群众说不要') : t('群众要短信')}
        </button>
      )}
    </p>
  );
}
