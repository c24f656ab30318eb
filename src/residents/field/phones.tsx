import { useState } from 'react';
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
        <div className="cover" onClick={() => show(undefined)}>
          <div className="tray" role="dialog" aria-label="打电话" onClick={(event) => event.stopPropagation()}>
            {'trouble' in shown ? <p className="bad">{shown.trouble}</p> : (
              <>
                {shown.people.length === 0 && <p>这一家没有留电话。可以先上门。</p>}
                {shown.people.map(({ name, phone }) => <a key={name + phone} className="call" href={`tel:${phone}`}><span>{name}</span><b>{phone}</b></a>)}
                {shown.people.length > 0 && (
                  <button type="button" className="button second" onClick={() => go(`/field/write?household=${household}&contact=phone`)}>打完了，记一笔</button>
                )}
              </>
            )}
            <button type="button" className="plain" autoFocus onClick={() => show(undefined)}>关上</button>
          </div>
        </div>
      )}
    </>
  );
}
