import { useState } from 'react';
import { Over } from '../../app/field/parts.tsx';
import { go } from '../../app/field/place.ts';
import { ask } from '../../app/ui/ask.ts';
import { sentenceOf } from '../../app/ui/states.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { residentRoutes } from '../api.ts';
import { t } from './english.ts';

type Phones = AnswerOf<(typeof residentRoutes)['GET /api/households/:id/phones']>;
type Callable = Phones['phones'][number];

/** Numbers are read when somebody is to be called, and are not kept on the screen: reading them is recorded. */
export function PhoneButton({ household, any }: { household: string; any: boolean }) {
  const [shown, show] = useState<{ people: readonly Callable[] } | { trouble: string }>();
  const look = async (): Promise<void> => {
    try {
      const { phones } = await ask<Phones>('GET /api/households/:id/phones', { params: { id: household } });
      show({ people: phones });
    } catch (error) {
      show({ trouble: sentenceOf(error) });
    }
  };
  return (
    <>
      <button type="button" className="button second" disabled={!any} onClick={() => void look()}>
        {any ? t('打电话') : t('没留电话')}
      </button>
      {shown !== undefined && (
        <Over label={t('打电话')} className="tray" onClose={() => show(undefined)}>
          {'trouble' in shown ? (
            <p className="bad">{shown.trouble}</p>
          ) : (
            <Numbers household={household} people={shown.people} />
          )}
          <button type="button" className="plain" onClick={() => show(undefined)}>
            {t('关上')}
          </button>
        </Over>
      )}
    </>
  );
}

const Numbers = ({ household, people }: { household: string; people: readonly Callable[] }) => (
  <>
    {people.map(({ resident, name, phone }) => (
      <a key={resident} className="call" href={`tel:${phone}`}>
        <span>{name}</span>
        <b>{phone}</b>
      </a>
    ))}
    <button
      type="button"
      className="button second"
      onClick={() => go(`/field/write?household=${household}&contact=phone`)}
    >
      {t('打完了，记一笔')}
    </button>
  </>
);
