import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Part, To } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { Listed, Rate, rateRoutes } from '../rates.ts';
import { t } from './english.ts';

type Answer = AnswerOf<(typeof rateRoutes)['GET /api/rates']>;
type Records = AnswerOf<(typeof rateRoutes)['GET /api/rates/records']>;

const SHOWN = 50;

/** My own rates of this month, side by side; each opens to what it is a share of. */
export function MyRates({ official }: { official: string }) {
  const [open, setOpen] = useState<Listed>();
  const found = useQuery({
    queryKey: ['rates', 'mine'],
    queryFn: ({ signal }) => ask<Answer>('GET /api/rates', { query: { by: 'official' }, signal }),
  });
  const mine = found.data?.rows.find((row) => row.id === official);
  // Whoever does not go to households has no rates.
  if (found.isPending || found.isError || mine === undefined) return null;
  const figures: readonly (readonly [string, Rate, Listed])[] = [
    [t('入户率'), mine.coverage, 'households'],
    [t('见面率'), mine.contact, 'doors'],
    [t('补访率'), mine.revisit, 'revisits'],
    [t('解决率'), mine.resolved, 'needs'],
  ];
  return (
    <Part title={t('本月走访')}>
      <div className="figures rates">
        {figures.map(([name, rate, what]) => (
          <button
            key={what}
            type="button"
            aria-expanded={open === what}
            onClick={() => setOpen(open === what ? undefined : what)}
          >
            <span>{name}</span>
            <span>
              <b>{rate.value}</b>/{rate.of}
            </span>
            {rate.of > 0 && <small>{rate.share === null ? t('数太少') : `${Math.round(rate.share * 100)}%`}</small>}
          </button>
        ))}
      </div>
      {open !== undefined && <Behind what={open} official={official} />}
    </Part>
  );
}

function Behind({ what, official }: { what: Listed; official: string }) {
  const found = useQuery({
    queryKey: ['rate-records', what, official],
    queryFn: ({ signal }) =>
      ask<Records>('GET /api/rates/records', { query: { by: 'official', of: official, what }, signal }),
  });
  if (found.isPending) return <Waiting lines={3} />;
  if (found.isError) return <Trouble error={found.error} again={() => void found.refetch()} />;
  const { rows } = found.data;
  if (rows.length === 0) return <p className="none">{t('还没有记录。')}</p>;
  return (
    <ul className="rows">
      {rows.slice(0, SHOWN).map((r) => (
        <li key={r.id}>
          <To href={`/field/${r.kind}/${r.id}`} className="row">
            <strong className="when">{r.what ?? r.place ?? ''}</strong>
            <span className="quiet">{r.day === null ? (r.state ?? '') : sayDate(r.day)}</span>
          </To>
        </li>
      ))}
      {rows.length > SHOWN && <li className="none">{t('先列 {n} 条', { n: SHOWN })}</li>}
    </ul>
  );
}
