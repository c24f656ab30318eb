import { Facts, To, Top } from '../../app/field/parts.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayMoment } from '../../app/ui/time.ts';
import { type Notice, useNotices, useRead } from '../desk/queries.ts';
import { t } from './english.ts';

/** What I was told, newest first. */
export function NoticesScreen() {
  const { data, error, refetch, hasNextPage, fetchNextPage } = useNotices();
  const read = useRead();
  const notices = data?.pages.flatMap((page) => page.notices) ?? [];
  return (
    <>
      <Top title={t('通知')} from="/field" />
      {data === undefined ? (
        error === null ? (
          <Waiting />
        ) : (
          <Trouble error={error} again={() => void refetch()} />
        )
      ) : notices.length === 0 ? (
        <Empty title={t('还没有通知')}>{t('答应的事快到期、群众有回话，都会写在这里。')}</Empty>
      ) : (
        <>
          {notices.some((notice) => !notice.read) && (
            <div className="pad">
              <button type="button" className="small" onClick={() => void read()}>
                {t('都看过了')}
              </button>
            </div>
          )}
          <ul className="rows notices">
            {notices.map((notice) => (
              <li key={notice.id} className={notice.read ? undefined : 'new'}>
                <Row notice={notice} onRead={() => void read([notice.id])} />
              </li>
            ))}
          </ul>
          {hasNextPage && (
            <div className="pad">
              <button type="button" className="small" onClick={() => void fetchNextPage()}>
                {t('更早的')}
              </button>
            </div>
          )}
        </>
      )}
    </>
  );
}

const pages: Readonly<Record<string, string>> = { matter: '/field/matter', visit: '/field/visit' };

function Row({
  notice: { text, number, subject, stream, record, read, at },
  onRead,
}: {
  notice: Notice;
  onRead: () => void;
}) {
  const about = [number, subject ?? (number === null ? null : t('（已不归您办）'))].filter((part) => part !== null);
  const what = (
    <>
      <strong>
        {!read && <i aria-label={t('没看过')} />}
        {text}
      </strong>
      <p>
        <Facts of={[sayMoment(at), ...about]} />
      </p>
    </>
  );
  const page = pages[record];
  return page === undefined || stream === null ? (
    <div className="row">{what}</div>
  ) : (
    <div onClickCapture={read ? undefined : onRead}>
      <To href={`${page}/${stream}`} className="row">
        {what}
      </To>
    </div>
  );
}
