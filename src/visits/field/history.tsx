import { useState } from 'react';
import { Part, To } from '../../app/field/parts.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { useVisitsOf } from './answers.ts';
import { contactWords, statusWords } from './words.ts';
import { t } from './english.ts';

const FIRST = 3;

/** What was said before, newest first. */
export function HistoryOf({ household }: { household: string }) {
  const found = useVisitsOf(household);
  const [all, setAll] = useState(false);
  if (found.data === undefined) return null;
  const { visits } = found.data;
  return (
    <Part title={t('以前说过的')} note={visits.length === 0 ? undefined : t('{n} 次', { n: visits.length })}>
      {visits.length === 0 && <p className="none">{t('这一家还没有走访记录，您是第一个。')}</p>}
      <ul className="rows">
        {visits.slice(0, all ? undefined : FIRST).map((v) => (
          <li key={v.id}>
            <To href={`/field/visit/${v.id}`} className="row">
              <strong className="when">{sayDate(dayAt(v.metAt))}</strong>
              <span className="quiet">
                {[v.officialName, contactWords[v.contact as keyof typeof contactWords]].join(' ')}
              </span>
              {v.note !== '' && <p className="clip">{v.note}</p>}
              {(v.needs > 0 || statusWords[v.status] !== '') && (
                <p className={v.status === 'signed' ? 'yes' : 'quiet'}>
                  {[v.needs > 0 ? t('{needs} 件事', { needs: v.needs }) : '', statusWords[v.status] ?? '']
                    .filter((t) => t !== '')
                    .join(' · ')}
                </p>
              )}
            </To>
          </li>
        ))}
      </ul>
      {!all && visits.length > FIRST && (
        <button type="button" className="more" onClick={() => setAll(true)}>
          {t('再看 ')}
          {visits.length - FIRST}
          {t(' 次')}
        </button>
      )}
    </Part>
  );
}
