import { useState } from 'react';
import { Over } from '../../app/field/parts.tsx';
import { go } from '../../app/field/place.ts';
import { ask } from '../../app/ui/ask.ts';
import { sentenceOf } from '../../app/ui/states.tsx';
import type { File } from './file.tsx';

interface Callable {
  readonly name: string;
  readonly phone: string;
}

/** Numbers are asked for when they are wanted and not kept on the screen: reading them is recorded. */
export function PhoneButton({ household }: { household: string }) {
  const [shown, show] = useState<{ people: readonly Callable[] } | { trouble: string }>();
  const look = async (): Promise<void> => {
    try {
      const { residents } = await ask<File>('GET /api/households/:id', { params: { id: household } });
      show({ people: residents.flatMap(({ name, phone }) => (phone === null ? [] : [{ name, phone }])) });
    } catch (error) {
      show({ trouble: sentenceOf(error) });
    }
  };
  return (
    <>
      <button type="button" className="button second" onClick={() => void look()}>打电话</button>
      {shown !== undefined && (
        <Over label="打电话" className="tray" onClose={() => show(undefined)}>
          {'trouble' in shown ? <p className="bad">{shown.trouble}</p> : <Numbers household={household} people={shown.people} />}
          <button type="button" className="plain" onClick={() => show(undefined)}>关上</button>
        </Over>
      )}
    </>
  );
}

const Numbers = ({ household, people }: { household: string; people: readonly Callable[] }) =>
  people.length === 0 ? <p>这一家没有留电话，可以上门去。</p> : (
    <>
      {people.map(({ name, phone }) => <a key={name + phone} className="call" href={`tel:${phone}`}><span>{name}</span><b>{phone}</b></a>)}
      <button type="button" className="button second" onClick={() => go(`/field/write?household=${household}&contact=phone`)}>打完了，记一笔</button>
    </>
  );
