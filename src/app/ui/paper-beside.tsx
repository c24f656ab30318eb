import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ask } from './ask.ts';
import { Refused } from './client.ts';
import { t } from './english.ts';
import type { Values } from './form.tsx';
import { sayDate } from './time.ts';
import './papers.css';

/** Steps that give a paper: while one is filled in, the paper stands beside the form. */
const GIVING: ReadonlySet<string> = new Set([
  'matter.dispatch',
  'matter.accept',
  'matter.refuse',
  'matter.decide-extension',
  'matter.resolve',
  'matter.correct-paper',
  'matter.revoke-opinion',
  'review.answer',
  'order.issue',
  'dispute.draft',
  'meeting.hold',
]);
export const givesPaper = (kind: string): boolean => GIVING.has(kind);

/** How long after the last key the paper is drawn anew. */
const REST_MS = 400;

interface Rehearsed {
  readonly name: string;
  /** None while it is only a draft of what is numbered later. */
  readonly number: string | null;
  readonly pages: number;
  readonly svg: readonly string[];
  readonly lacking: readonly string[];
  readonly across: boolean;
}

/** A value that follows another once it has been still for a moment. */
function useStill<T>(value: T): T {
  const [still, setStill] = useState(value);
  const key = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(JSON.parse(key) as T), REST_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return still;
}

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

/** The paper that a step will give, as it would be if the step were taken with what is filled in now. */
export function PaperBeside({
  record,
  id,
  kind,
  values,
}: {
  record: string;
  id: string;
  kind: string;
  values: Values;
}) {
  const body = useStill({ record, id, command: { ...values, kind } });
  const { data, error, isFetching } = useQuery({
    queryKey: ['papers', 'rehearse', body],
    queryFn: ({ signal }) => ask<Rehearsed>('POST /api/papers/rehearse', { body, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  // A step on a matter that is no petition gives none.
  if (data === undefined && error instanceof Refused && error.code === 'paper.gives-none') return null;
  return (
    <section className={`paper-beside${isFetching ? ' stale' : ''}`} aria-label={t('要出的文书')}>
      {data === undefined || error !== null ? (
        <p className="small">{t('填好以后，要出的文书显示在这里。')}</p>
      ) : (
        <>
          <p className="small">
            {data.number === null
              ? t('{name}，共 {pages} 页。各方都签了名，协议才生效、编号。', { name: data.name, pages: data.pages })
              : t('{name}，文号 {number}，共 {pages} 页。办了这一步就发出。', {
                  name: data.name,
                  number: data.number,
                  pages: data.pages,
                })}
          </p>
          {data.lacking.length > 0 && (
            <p className="late" role="alert">
              {t('这些字字体里没有：{signs}。PDF 里显示为“〓”，请打印后手写补上；Word 里不受影响。', {
                signs: data.lacking.join('、'),
              })}
            </p>
          )}
          <Sheets pages={data.svg} across={data.across} />
        </>
      )}
    </section>
  );
}

interface OfRecord {
  readonly papers: readonly {
    readonly id: string;
    readonly name: string;
    readonly number: string;
    readonly dated: string;
    readonly way: string | null;
    readonly receivedOn: string | null;
  }[];
}

/** Papers that a record's steps gave, each one click away. */
export function PapersOf({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ['papers', 'of', id],
    queryFn: () => ask<OfRecord>('GET /api/papers', { query: { of: id } }),
    retry: false,
  });
  if (data === undefined || data.papers.length === 0) return null;
  return (
    <p className="papers-of">
      {data.papers.map((paper) => (
        <Link key={paper.id} className="plain-link" to="/papers/$id" params={{ id: paper.id }} search={{}}>
          {paper.name} <small>{paper.number}</small>{' '}
          {paper.receivedOn !== null && <small>{t('{day}送达', { day: sayDate(paper.receivedOn) })}</small>}
        </Link>
      ))}
    </p>
  );
}
