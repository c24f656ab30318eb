import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Part, Top } from '../../app/field/parts.tsx';
import { handOver } from '../../app/field/sheet.tsx';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { useMe } from '../../app/ui/me.ts';
import { dayAt, rightNow, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { campaignRoutes } from '../api.ts';
import { type OccasionKind, occasionKindNames } from '../model.ts';
import './campaigns.css';
import { t } from './english.ts';

type Held = AnswerOf<(typeof campaignRoutes)['GET /api/occasions']>;
interface Bound {
  readonly assignments: readonly { readonly area: string | null; readonly areaName: string | null }[];
}
/** What is noted here; an enterprise that was helped is chosen at the desk. */
const kinds: readonly OccasionKind[] = ['symposium', 'deed', 'mediation', 'branch', 'aid'];

/** Notes a symposium, a deed and the like, once; every campaign counts it. */
export function OccasionPage() {
  const me = useMe();
  const queries = useQueryClient();
  const [type, setType] = useState<OccasionKind>('symposium');
  const [busy, setBusy] = useState(false);
  const bound = useQuery({
    queryKey: ['assignments', me?.official],
    queryFn: () => ask<Bound>('GET /api/assignments', { query: { official: me?.official } }),
    enabled: me !== undefined,
  });
  const held = useQuery({
    queryKey: ['occasions'],
    queryFn: () => ask<Held>('GET /api/occasions', { query: { limit: 20 } }),
  });
  const villages = new Map(
    (bound.data?.assignments ?? []).flatMap((a) => (a.area === null ? [] : [[a.area, a.areaName ?? ''] as const])),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const text = (name: string): string => {
      const value = data.get(name);
      return typeof value === 'string' ? value : '';
    };
    setBusy(true);
    const why = await handOver(
      {
        kind: 'occasion.record',
        stream: newId(),
        title: `${occasionKindNames[type]}：${text('title')}`,
        data: {
          type,
          area: text('area'),
          day: text('day'),
          title: text('title'),
          colleagues: [],
          people: Number(text('people')) || 0,
          amount: type === 'aid' ? Number(text('amount')) || 0 : 0,
        },
      },
      t('记下了，参加的活动都会算上。'),
    );
    setBusy(false);
    if (why !== undefined) return tell(why);
    form.reset();
    await queries.invalidateQueries();
  };
  return (
    <>
      <Top title={t('记一场活动')} from="/field/campaigns" />
      <form className="write" onSubmit={(event) => void send(event)}>
        <label className="field">
          {t('是什么')}
          <select value={type} onChange={(event) => setType(event.target.value as OccasionKind)}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {occasionKindNames[kind]}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {t('说一句，不写人名')}
          <input name="title" required minLength={2} maxLength={100} autoComplete="off" />
        </label>
        <label className="field">
          {t('在哪个村')}
          <select name="area" required>
            {[...villages].map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {t('哪天')}
          <input name="day" type="date" required defaultValue={dayAt(rightNow())} max={dayAt(rightNow())} />
        </label>
        {type === 'aid' ? (
          <label className="field">
            {t('折成多少元')}
            <input name="amount" type="number" inputMode="numeric" min={1} required />
          </label>
        ) : (
          <label className="field">
            {t('来了多少人')}
            <input name="people" type="number" inputMode="numeric" min={0} />
          </label>
        )}
        <button type="submit" className="button" disabled={busy}>
          {t('记下这一场')}
        </button>
      </form>
      {held.data !== undefined && held.data.occasions.length > 0 && (
        <Part title={t('记过的')}>
          <ul className="rows">
            {held.data.occasions.map((o) => (
              <li key={o.id} className="row">
                <strong>{o.title}</strong>
                <span className="quiet">{o.kindName}</span>
                <p className="quiet">
                  {[sayDate(o.day), o.areaName, o.officials > 1 ? t('{n} 人一起', { n: o.officials }) : '']
                    .filter((x) => x !== '')
                    .join(' · ')}
                </p>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}
