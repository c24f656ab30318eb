import { useState } from 'react';
import { addDays } from '../../calendar/days.ts';
import { To, Top } from '../../app/field/parts.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { type Diary, type Entry, today, useDiary } from './answers.ts';
import { contactWords, statusWords } from './words.ts';
import { language } from '../../app/ui/say.ts';
import { t } from './english.ts';

const STEP_DAYS = 14;

/** My entries by day, newest first, each with the household's word. */
export function DiaryScreen() {
  const [days, setDays] = useState(STEP_DAYS);
  const now = today();
  const found = useDiary(addDays(now, 1 - days), now);
  const unsigned = found.data?.days.flatMap((d) => d.entries).filter((e) => e.status === 'unsigned').length ?? 0;
  return (
    <>
      <Top title={t('日记')} />
      <p className="tabs">
        <To href={`/field/diary/week/${now}`}>{t('这一周')}</To>
        <To href={`/field/diary/month/${now.slice(0, 7)}`}>{t('这个月')}</To>
        {unsigned > 0 && <span>{t('{unsigned} 篇没签', { unsigned })}</span>}
      </p>
      {found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : (
        <>
          {found.data.days.length === 0 && (
            <Empty title={t('最近 {days} 天没有记。', { days })}>
              {t('走到哪家，点“记一笔”，这里就有了。周记、月结都由它自己算出来。')}
            </Empty>
          )}
          <Days
            days={found.data.days.toReversed().map(({ day, entries }) => ({ day, entries: entries.toReversed() }))}
          />
          {days < 365 && (
            <button type="button" className="more" onClick={() => setDays(days + STEP_DAYS * 2)}>
              {t('再往前看')}
            </button>
          )}
        </>
      )}
    </>
  );
}

export const Days = ({ days }: { days: Diary['days'] }) => (
  <>
    {days.map(({ day, entries }) => (
      <section key={day}>
        <h2 className="head">
          {sayDate(day)} {weekdayOf(day)}
        </h2>
        <ul className="rows">
          {entries.map((entry) => (
            <Line key={entry.id} entry={entry} />
          ))}
        </ul>
      </section>
    ))}
  </>
);

const weekdayOf = (day: string): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

const Line = ({ entry: { id, head, contact, note, status, needs } }: { entry: Entry }) => (
  <li>
    <To href={`/field/visit/${id}`} className="row">
      <strong>{t('{head}家', { head })}</strong>
      <span
        className={
          status === 'signed' ? 'yes' : status === 'declined' ? 'late' : status === 'unsigned' ? 'soon' : 'quiet'
        }
      >
        {statusWords[status] === '' ? contactWords[contact as keyof typeof contactWords] : statusWords[status]}
      </span>
      {note !== '' && <p className="clip">{note}</p>}
      {needs > 0 && <p className="quiet">{t('{needs} 件要办的事', { needs })}</p>}
    </To>
  </li>
);
