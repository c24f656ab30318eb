import { t } from './english.ts';
import './papers.css';

/** A paper's pages, as they will be printed. The server drew them from words it escaped itself. */
export const Sheets = ({ pages, across }: { pages: readonly string[]; across: boolean }) => (
  <div className={`sheets${across ? ' across' : ''}`}>
    {pages.map((page, i) => (
      <div
        key={i}
        className="sheet-of-paper"
        role="img"
        aria-label={t('第 {page} 页', { page: i + 1 })}
        dangerouslySetInnerHTML={{ __html: page }}
      />
    ))}
  </div>
);
