import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { choice, line } from '../../app/ui/inputs.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayExactly, sayMoment } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { type Notice, useChoice, useNotices, useRead } from './queries.ts';
import { t } from './english.ts';

/** What I was told, newest first: each leads to what it is about, and is read once it was followed. */
export function Notices() {
  const [choosing, setChoosing] = useState(false);
  const { data, error, refetch, hasNextPage, fetchNextPage } = useNotices();
  const read = useRead();
  const notices = data?.pages.flatMap((page) => page.notices) ?? [];
  return (
    <main className="page narrow">
      <header>
        <h1>{t('通知')}</h1>
        <div className="tools">
          {notices.some((notice) => !notice.read) && (
            <button type="button" className="plain first" onClick={() => void read()}>
              {t('都看过了')}
            </button>
          )}
          <button type="button" className="plain" aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
            {t('怎么通知我')}
          </button>
        </div>
      </header>
      {choosing && <ChoiceForm onClose={() => setChoosing(false)} />}
      {data === undefined ? (
        error === null ? (
          <Waiting />
        ) : (
          <Trouble error={error} again={() => void refetch()} />
        )
      ) : notices.length === 0 ? (
        <Empty title={t('还没有通知')}>{t('派给您的事、快到期的事、群众的回话，都会写在这里。')}</Empty>
      ) : (
        <ul className="notices">
          {notices.map((notice) => (
            <Line key={notice.id} notice={notice} onRead={() => void read([notice.id])} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <p className="more">
          <button type="button" className="plain" onClick={() => void fetchNextPage()}>
            {t('更早的')}
          </button>
        </p>
      )}
    </main>
  );
}

/** Where a record is looked at. */
const pages: Readonly<Record<string, '/matters/$id' | '/meetings/$id' | '/suggestions/$id'>> = {
  matter: '/matters/$id',
  meeting: '/meetings/$id',
  suggestion: '/suggestions/$id',
};

function Line({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const { text, number, subject, stream, record, read, at } = notice;
  const page = pages[record];
  const what = (
    <>
      <b>{text}</b>
      <time dateTime={at} title={sayExactly(at)}>
        {sayMoment(at)}
      </time>
      <span>
        {[number, subject ?? (number === null ? null : t('（已不归您办）'))].filter((part) => part !== null).join('　')}
      </span>
    </>
  );
  return (
    <li className={[read ? '' : 'new', notice.kind.includes('late') ? 'over' : ''].join(' ').trim() || undefined}>
      {!read && <i aria-label={t('没看过')} />}
      {page !== undefined && stream !== null ? (
        <Link className="notice" to={page} params={{ id: stream }} search={{}} onClick={read ? undefined : onRead}>
          {what}
        </Link>
      ) : (
        <button className="notice" type="button" disabled={read} onClick={onRead}>
          {what}
        </button>
      )}
    </li>
  );
}

/** Mail besides the bell: an address, and whether each notice or each day is a letter. */
function ChoiceForm({ onClose }: { onClose: () => void }) {
  const { data, error, refetch } = useChoice();
  if (data === undefined)
    return error === null ? <Waiting lines={3} /> : <Trouble error={error} again={() => void refetch()} />;
  return (
    <>
      <p className="lead">
        {data.mailReady
          ? t('只写编号和办到哪一步，不写群众姓名和内容。快到期、超期的马上发，夜里和休息日不打扰。')
          : t('这里还没有设置发邮件，填了也先只在系统里通知。')}
      </p>
      <ShortForm
        fields={[
          {
            ...line({ name: 'mail', label: t('工作邮箱'), hint: t('不填就只在系统里通知'), type: 'email' }),
            optional: 'unsaid',
          },
          choice({
            name: 'digest',
            label: t('什么时候发'),
            options: [
              ['day', t('每个工作日早上一封')],
              ['each', t('有一条发一封')],
            ],
          }),
        ]}
        initial={{ mail: data.mail ?? '', digest: data.digest ? 'day' : 'each' }}
        consequence={() => t('记下怎么通知我')}
        send={async ({ mail, digest }) => {
          await ask('POST /api/notices/choice', {
            body: { mail: mail ?? null, digest: digest === 'day', command: newId() },
          });
          tell(t('记下了。'));
          await refetch();
        }}
        onDone={onClose}
        onClose={onClose}
      />
    </>
  );
}
