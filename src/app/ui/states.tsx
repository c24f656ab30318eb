import type { ReactNode } from 'react';
import { Refused } from './client.ts';
import { t } from './english.ts';

/** Grey lines in the place of what is on its way. */
export const Waiting = ({ lines = 6 }: { lines?: number }) => (
  <div className="waiting" role="status" aria-busy="true" aria-label={t('正在读取')}>
    {Array.from({ length: lines }, (_, i) => (
      <i key={i} style={{ width: `${92 - ((i * 37) % 40)}%` }} />
    ))}
  </div>
);

/** Nothing here: say why, and what to do next. */
export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="empty">
    <b>{title}</b>
    {children !== undefined && <p>{children}</p>}
  </div>
);

/** What went wrong, in a sentence, and a way to try again. */
export const Trouble = ({ error, again }: { error: unknown; again?: () => void }) => (
  <div className="trouble" role="alert">
    <p>{sentenceOf(error)}</p>
    {again !== undefined && (
      <button type="button" className="plain" onClick={again}>
        {t('再试一次')}
      </button>
    )}
  </div>
);

/** What a query brings: grey lines until it is there, what went wrong, or what is made of it. */
export function Arrived<Data>({
  of: { data, error, refetch },
  lines = 8,
  children,
}: {
  of: { data: Data | undefined; error: unknown; refetch: () => unknown };
  lines?: number;
  children: (data: Data) => ReactNode;
}) {
  if (data !== undefined) return children(data);
  return error === null ? <Waiting lines={lines} /> : <Trouble error={error} again={() => void refetch()} />;
}

/** A whole page whose record is on its way, or did not come. */
export const PageWaiting = ({ error, again, lines = 6 }: { error: unknown; again: () => unknown; lines?: number }) => (
  <main className="page">
    {error === null ? <Waiting lines={lines} /> : <Trouble error={error} again={() => void again()} />}
  </main>
);

export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : t('没有成功，请稍后再试。');

/** Whether the server does not have this, or not for me. */
export const isMissing = (error: unknown): boolean => error instanceof Refused && error.status === 404;
