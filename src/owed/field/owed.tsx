import { To } from '../../app/field/parts.tsx';
import { type OwedLine, useOwed } from '../desk/answers.ts';
import { dueWords } from '../desk/words.ts';
import { t } from './english.ts';

/** Pages of this room; anything else is looked at on the desk's, which opens on a phone as well. */
const pages: Readonly<Record<string, string>> = { dispute: '/field/disputes', 'hard-case': '/field/hard-cases' };
const desk: Readonly<Record<string, string>> = {
  order: '/desk/orders',
  meeting: '/desk/meetings',
  hotspot: '/desk/hotspots',
  review: '/desk/reviews',
  suggestion: '/desk/suggestions',
};
const hrefOf = ({ record, id }: OwedLine): string | undefined => {
  const page = pages[record] ?? desk[record];
  return page === undefined ? undefined : `${page}/${id}`;
};

/** What I owe by a day besides going to households. Nothing without network: it says what stands now. */
export function OwedPart() {
  const { data } = useOwed();
  if (data === undefined || data.rows.length === 0) return null;
  const { rows, late, total } = data;
  return (
    <details className="part" open={late > 0 || rows.some((line) => line.today)}>
      <summary>
        <span className={late > 0 ? 'late' : undefined}>
          {late > 0 ? t('交给我的 {n} 件，{late} 件超期', { n: total, late }) : t('交给我的 {n} 件', { n: total })}
        </span>
      </summary>
      <ul className="rows">
        {rows.map((line) => (
          <li key={`${line.id} ${line.place}`}>
            <Line line={line} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Line({ line }: { line: OwedLine }) {
  const href = hrefOf(line);
  const words = (
    <>
      <strong>{line.name}</strong>
      <span className={line.late ? 'late' : 'far'}>{dueWords(line)}</span>
      <p className="quiet">{[line.kindName, line.official].filter((part) => part !== null).join(' · ')}</p>
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
