import { useState } from 'react';
import { addDays } from '../../calendar/days.ts';
import { type OwedLine, useOwed } from './answers.ts';
import { dueWords } from './words.ts';
import { t } from './english.ts';

const FIRST = 5;
const WEEK = 7;
/** Where each kind of record has its page. */
const pages: Readonly<Record<string, string>> = {
  order: 'orders',
  meeting: 'meetings',
  dispute: 'disputes',
  review: 'reviews',
  'hard-case': 'hard-cases',
  hotspot: 'hotspots',
  suggestion: 'suggestions',
  outreach: 'outreach',
  study: 'outreach/studies',
  talk: 'outreach/talks',
  pair: 'going/pairs',
};

/** A promise stands with its household; a sweep's return is written on one page for all of them. */
const hrefOf = ({ record, id, household }: OwedLine): string =>
  record === 'visit'
    ? `/desk/households/${household ?? ''}`
    : record === 'sweep'
      ? '/desk/disputes/sweeps'
      : `/desk/${pages[record] ?? ''}/${id}`;

/** Below it: what is to be done, by what number, and whose it is when it is not mine. */
const about = ({ kindName, name, number, home, official, unit }: OwedLine): string =>
  [home, kindName, number === name ? null : number, official ?? unit].filter((part) => part !== null).join(' · ');

/** What is owed besides matters, in the order of its days: orders, tasks, disputes, reviews, cases. */
export function OwedGroup() {
  const { data } = useOwed();
  const [all, setAll] = useState(false);
  if (data === undefined || data.rows.length === 0) return null;
  // What is far off is one click further: the first page is for what is near.
  const near = data.rows.filter(({ due }) => due === null || due <= addDays(data.today, WEEK));
  const rows = all ? data.rows : near.slice(0, FIRST);
  return (
    <div>
      <h2 className={data.late > 0 ? 'late' : undefined}>
        {t('交给我的')} <span>{data.total}</span>
      </h2>
      {rows.map((line) => (
        <a key={`${line.id} ${line.place}`} className="row" href={hrefOf(line)}>
          <p>{line.name}</p>
          <em className={line.late ? 'late' : line.today ? 'soon' : undefined}>{dueWords(line)}</em>
          <span>{about(line)}</span>
          <em />
        </a>
      ))}
      {rows.length < data.rows.length && (
        <button type="button" className="link more" onClick={() => setAll(true)}>
          {t('还有 {n} 件', { n: data.total - rows.length })}
        </button>
      )}
    </div>
  );
}
