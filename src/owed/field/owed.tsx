import { useEffect, useRef } from 'react';
import { addDays } from '../../calendar/days.ts';
import { Facts, To } from '../../app/field/parts.tsx';
import { type OwedLine, useOwed } from '../desk/answers.ts';
import { dueWords } from '../desk/words.ts';
import { t } from './english.ts';

/** As far ahead as today’s list shows promises. */
const NEAR = 2;

/** Pages of this room; anything else is looked at on the desk's, which opens on a phone as well. */
const pages: Readonly<Record<string, string>> = {
  dispute: '/field/disputes',
  'hard-case': '/field/hard-cases',
  outreach: '/field/outreach',
  study: '/field/studies',
  talk: '/field/talks',
};
/** The household carries its promises and its pair; sweeps are returned on the page of disputes. */
const others: Readonly<Record<string, (line: OwedLine) => string | undefined>> = {
  sweep: () => '/field/disputes',
  visit: ({ household }) => (household === null ? undefined : `/field/household/${household}`),
  pair: ({ household }) => (household === null ? undefined : `/field/household/${household}`),
};
const desk: Readonly<Record<string, string>> = {
  order: '/desk/orders',
  meeting: '/desk/meetings',
  hotspot: '/desk/hotspots',
  review: '/desk/reviews',
  suggestion: '/desk/suggestions',
};
const hrefOf = (line: OwedLine): string | undefined => {
  const { record, id } = line;
  const other = others[record];
  if (other !== undefined) return other(line);
  const page = pages[record] ?? desk[record];
  return page === undefined ? undefined : `${page}/${id}`;
};

/** How tall it stood last time (px). */
const TALL = 'minqing:owed-tall';

/** So many of those that cannot wait stand in sight: whoever opens the room looks for the doors to go to. */
const IN_SIGHT = 2;

/** What I owe by a day besides going to households. Nothing without network: it says what stands now. */
export function OwedPart() {
  const { data, isPending } = useOwed();
  // The list below stays where it was last time, under the thumb that is on its way to it.
  const part = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isPending) localStorage.setItem(TALL, String(part.current?.offsetHeight ?? 0));
  }, [isPending, data]);
  if (isPending) return <div aria-hidden="true" style={{ minHeight: Number(localStorage.getItem(TALL) ?? 0) }} />;
  if (data === undefined) return null;
  // Promises that are near stand on the list of today already, with the door they are owed at.
  const rows = data.rows.filter(
    ({ record, due }) => record !== 'visit' || due === null || due > addDays(data.today, NEAR),
  );
  if (rows.length === 0) return null;
  const late = rows.filter((line) => line.late).length;
  const total = data.total - (data.rows.length - rows.length);
  const urgent = rows.filter((line) => line.late || line.today).slice(0, IN_SIGHT);
  return (
    <div ref={part}>
      {urgent.length > 0 && (
        <section className="part">
          <h2 className={late > 0 ? 'late' : undefined}>
            {late > 0 ? t('交给我的 {n} 件，{late} 件超期', { n: total, late }) : t('交给我的 {n} 件', { n: total })}
          </h2>
          <Lines rows={urgent} />
        </section>
      )}
      {total > urgent.length && (
        <details className="part">
          <summary>
            {urgent.length > 0 ? t('其余 {n} 件', { n: total - urgent.length }) : t('交给我的 {n} 件', { n: total })}
          </summary>
          <Lines rows={rows.filter((line) => !urgent.includes(line))} />
        </details>
      )}
    </div>
  );
}

const Lines = ({ rows }: { rows: readonly OwedLine[] }) => (
  <ul className="rows">
    {rows.map((line) => (
      <li key={`${line.id} ${line.place}`}>
        <Line line={line} />
      </li>
    ))}
  </ul>
);

function Line({ line }: { line: OwedLine }) {
  const href = hrefOf(line);
  const words = (
    <>
      <strong>{line.name}</strong>
      <span className={line.late ? 'late' : 'far'}>{dueWords(line)}</span>
      <p className="quiet">
        <Facts of={[line.home, line.kindName, line.official]} />
      </p>
    </>
  );
  if (href === undefined) return <div className="row">{words}</div>;
  return href.startsWith('/field') ? (
    <To href={href} className="row">
      {words}
    </To>
  ) : (
    <a href={href} className="row">
      {words}
    </a>
  );
}
