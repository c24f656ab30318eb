import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { Empty, Trouble, Waiting as Loading } from '../../app/ui/states.tsx';
import { sayExactly, sayMoment } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { syncRoutes } from '../api.ts';
import { t } from './english.ts';
import { useTaking } from './taking.ts';

type Answers = ReturnType<typeof syncRoutes>;
type Waiting = AnswerOf<Answers['GET /api/sync/deferred']>;
type Phone = AnswerOf<Answers['GET /api/sync/devices']>['devices'][number];

/** Which phones carry files, how to make one forget, and where a phone's rescue file is taken in. */
export function PhonesScreen() {
  return (
    <main className="page">
      <header>
        <h1>{t('手机和救急文件')}</h1>
      </header>
      <p className="lead">
        {t('干部的手机为了下乡没网时能用，存着住户资料。手机丢了、换人了，在这里锁定：它一联网就清除。')}
      </p>
      <h2>{t('存了住户资料的手机')}</h2>
      <Phones />
      <h2>{t('等升级的')}</h2>
      <Deferred />
      <h2>{t('收救急文件')}</h2>
      <RescueFile />
    </main>
  );
}

function Phones() {
  const queries = useQueryClient();
  // It cannot be undone: what it does stands on a button of its own first.
  const [locking, setLocking] = useState<string>();
  const { data, error, refetch } = useQuery({
    queryKey: ['phones'],
    queryFn: () => ask<{ devices: Phone[] }>('GET /api/sync/devices'),
  });
  if (data === undefined)
    return error === null ? <Loading lines={3} /> : <Trouble error={error} again={() => void refetch()} />;
  if (data.devices.length === 0)
    return <Empty title={t('还没有手机存过住户资料。干部在手机上打开民情，登录以后这里就有了。')} />;
  const done = ({ unsent }: { unsent: number }) => {
    setLocking(undefined);
    tell(
      unsent === 0
        ? t('锁了。它一联网，住户资料就会清除。')
        : t('锁了。它还有 {n} 件没传完的，也会一起清除。', { n: unsent }),
    );
    void queries.invalidateQueries({ queryKey: ['phones'] });
  };
  return (
    <Sheet>
      <thead>
        <tr>
          <th>{t('干部')}</th>
          <th>{t('手机')}</th>
          <th>{t('存了几户')}</th>
          <th>{t('没传完')}</th>
          <th>{t('上次联网')}</th>
          <th>{t('状态')}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {data.devices.map((d) => (
          <Fragment key={d.id}>
            <tr>
              <td>{d.officialName}</td>
              <td>{d.name}</td>
              <td className="num">{d.households}</td>
              <td className="num">{d.unsent}</td>
              <td title={sayExactly(d.seenAt)}>{sayMoment(d.seenAt)}</td>
              <td>
                {d.lockedAt === null ? t('在用') : d.wipedAt === null ? t('已锁定，等它联网') : t('已锁定，资料已清除')}
              </td>
              <td className="act">
                {d.lockedAt === null && (
                  <button
                    type="button"
                    className="link"
                    aria-expanded={locking === d.id}
                    onClick={() => setLocking(locking === d.id ? undefined : d.id)}
                  >
                    {t('锁定并清除')}
                  </button>
                )}
              </td>
            </tr>
            {locking === d.id && (
              <tr className="below">
                <td colSpan={7}>
                  <ShortForm
                    fields={[]}
                    consequence={() =>
                      d.unsent === 0
                        ? t('锁定{name}的这部手机，清除上面的住户资料', { name: d.officialName })
                        : t('锁定{name}的这部手机，没传完的 {n} 件也一起清除', { name: d.officialName, n: d.unsent })
                    }
                    send={() => ask<{ unsent: number }>('POST /api/sync/devices/:id/lock', { params: { id: d.id } })}
                    onDone={(answer) => done(answer as { unsent: number })}
                    onClose={() => setLocking(undefined)}
                  />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </Sheet>
  );
}

/** What newer phones said that this server does not know yet, and what became of it after the upgrade. */
function Deferred() {
  const { data, error, refetch } = useQuery({
    queryKey: ['deferred'],
    queryFn: () => ask<Waiting>('GET /api/sync/deferred'),
  });
  if (data === undefined)
    return error === null ? <Loading lines={2} /> : <Trouble error={error} again={() => void refetch()} />;
  const { deferred, known } = data;
  if (deferred.length === 0)
    return (
      <Empty title={t('没有等升级的。')}>
        {t('有的手机比服务器先升级，写了服务器还认不得的，就整件存在这里，服务器升级以后自己办。')}
      </Empty>
    );
  const waiting = deferred.filter(({ state }) => state === 'waiting');
  return (
    <>
      <p style={{ marginBottom: 12 }}>
        {waiting.length === 0
          ? t('没有在等的了，下面是升级以后办过的。')
          : t(
              '有 {n} 件在等：手机已经用到第 {words} 版，服务器还是第 {known} 版。请升级服务器，升级以后自己办，不用再写。',
              {
                n: waiting.length,
                words: Math.max(...waiting.map(({ words }) => words)),
                known,
              },
            )}
      </p>
      <Sheet>
        <thead>
          <tr>
            <th>{t('干部')}</th>
            <th>{t('写的是')}</th>
            <th>{t('哪天写的')}</th>
            <th>{t('手机的版本')}</th>
            <th>{t('从什么时候等起')}</th>
            <th>{t('状态')}</th>
          </tr>
        </thead>
        <tbody>
          {deferred.map((one) => (
            <tr key={one.id}>
              <td>{one.officialName}</td>
              <td>{one.kindName === one.kind ? t('新的一种（{kind}）', { kind: one.kind }) : one.kindName}</td>
              <td title={sayExactly(one.at)}>{sayMoment(one.at)}</td>
              <td title={one.app}>{t('第 {words} 版', { words: one.words })}</td>
              <td title={sayExactly(one.receivedAt)}>{sayMoment(one.receivedAt)}</td>
              <td>
                <Became one={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </Sheet>
    </>
  );
}

function Became({ one: { state, message, toldAt, kept, mine } }: { one: Waiting['deferred'][number] }) {
  if (state === 'waiting') return <>{t('在等升级')}</>;
  if (state === 'accepted') return <>{t('升级以后办了')}</>;
  return (
    <>
      {t('没有受理：{why}', { why: message })}
      <br />
      <span className="quiet">
        {mine ? '' : toldAt === null ? t('他还没看到。') : t('他{when}看到了。', { when: sayMoment(toldAt) })}
        {kept ? '' : t('写的内容已经删了。')}
      </span>
    </>
  );
}

function RescueFile() {
  const { busy, said, take } = useTaking();
  return (
    <>
      <p>{t('手机一直没网，可以把没传完的导出成文件带来。谁来收都行，记在手机主人名下；收两次只算一次。')}</p>
      <p style={{ marginTop: 12 }}>
        <input
          id="rescue"
          className="file"
          type="file"
          accept=".json,application/json"
          disabled={busy}
          onChange={take}
        />
        <label className="plain-link" htmlFor="rescue">
          {busy ? t('正在收') : t('选文件')}
        </label>
      </p>
      {said !== undefined && <p role="status">{said}</p>}
    </>
  );
}
