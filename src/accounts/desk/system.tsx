import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { SystemTabs } from '../../app/ui/tabs.tsx';
import { sayExactly, sayMoment } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { accountRoutes } from '../api.ts';
import type { SignInSettings } from '../model.ts';
import { t } from './english.ts';

type Account = AnswerOf<ReturnType<typeof accountRoutes>['GET /api/accounts']>[number];

const PAGE = 50;
const run = (command: string): string => `npm run minqing -- ${command}`;

/** What is done on the machine itself, in the order of a week; a browser must not be able to do it. */
const chores = [
  { does: t('备份'), when: t('每天，可以不停机；存到另一台机器上'), command: run(t('backup 民情备份.gz')) },
  { does: t('体检'), when: t('觉得不对劲时：看磁盘、备份、时钟、积压，并说明怎么修'), command: run('doctor') },
  { does: t('核对台账'), when: t('每周，或有人怀疑记录被改过时'), command: run('verify') },
  { does: t('恢复'), when: t('换机器时，恢复到空的数据文件夹'), command: run(t('restore 民情备份.gz')) },
  {
    does: t('全部导出'),
    when: t('要把数据带走时，不限条数'),
    command: run(t('export matters --format xlsx --out 诉求.xlsx')),
  },
];

/** For who runs the system: who can sign in and by which rules, and what is done on the machine itself. */
export function System() {
  return (
    <main className="page">
      <header>
        <h1>{t('系统')}</h1>
      </header>
      <SystemTabs />
      <h2>{t('账号')}</h2>
      <Accounts />
      <h2>{t('登录规则')}</h2>
      <SignIn />
      <h2>{t('在服务器上做的事')}</h2>
      <p className="lead">{t('下面的命令在安装民情的文件夹里执行，浏览器里做不了，免得账号被盗时数据也跟着走。')}</p>
      <Sheet>
        <thead>
          <tr>
            <th>{t('做什么')}</th>
            <th>{t('什么时候')}</th>
            <th>{t('命令')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {chores.map(({ does, when, command }) => (
            <tr key={does}>
              <td className="nowrap">{does}</td>
              <td>{when}</td>
              <td>
                <code>{command}</code>
              </td>
              <td className="right">
                <button
                  type="button"
                  className="link"
                  aria-label={t('复制{does}的命令', { does })}
                  onClick={() => void copy(command)}
                >
                  {t('复制')}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </Sheet>
      <p className="lead">
        {t(
          '备份不含解密个人信息的密钥。密钥文件是数据文件夹里的 key，请另存一份，和备份分开放：没有它，备份里的姓名电话谁也读不出来。',
        )}
      </p>
      <h2>{t('给别的系统用的接口')}</h2>
      <p className="lead">
        <a href="/api" target="_blank" rel="noreferrer">
          {t('接口说明')}
        </a>
        {t('，机器读的在')}{' '}
        <a href="/api/openapi.json" target="_blank" rel="noreferrer">
          openapi.json
        </a>
        {t('。')}
      </p>
    </main>
  );
}

/** Without HTTPS a browser gives no clipboard; then the text can still be marked by hand. */
const copy = (command: string): Promise<void> =>
  (navigator.clipboard?.writeText(command) ?? Promise.reject(new Error('no clipboard'))).then(
    () => tell(t('已复制。')),
    () => tell(t('这个网址不让复制，请选中命令自己复制。')),
  );

function Accounts() {
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['accounts', 'all'],
    queryFn: ({ pageParam, signal }) =>
      ask<Account[]>('GET /api/accounts', { query: { limit: PAGE, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.id),
  });
  if (data === undefined)
    return error === null ? <Waiting lines={6} /> : <Trouble error={error} again={() => void refetch()} />;
  return (
    <>
      <p className="lead">
        {t('点姓名开通、重置、停用；还没有账号的人，在')}
        <Link to="/officials" search={{}}>
          {t('干部')}
        </Link>
        {t('里找到他再开通。')}
      </p>
      <Sheet>
        <thead>
          <tr>
            <th>{t('登录名')}</th>
            <th>{t('姓名')}</th>
            <th>{t('状态')}</th>
            <th>{t('通行密钥')}</th>
            <th>{t('开通')}</th>
          </tr>
        </thead>
        <tbody>
          {data.pages.flat().map((account) => (
            <tr key={account.id}>
              <td className="nowrap">{account.login}</td>
              <td className="nowrap">
                <Link to="/officials/$id" params={{ id: account.official }} search={{}}>
                  {account.name}
                </Link>
              </td>
              <td className="nowrap">{stateOf(account)}</td>
              <td>
                {account.passkeys === 0 ? (
                  <span className="quiet">{t('没有')}</span>
                ) : (
                  t('{passkeys} 个', { passkeys: account.passkeys })
                )}
              </td>
              <td className="nowrap">
                <small title={sayExactly(account.openedAt)}>{sayMoment(account.openedAt)}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </Sheet>
      {hasNextPage && (
        <p className="more">
          <button type="button" className="plain" onClick={() => void fetchNextPage()}>
            {t('接着看下面的')}
          </button>
        </p>
      )}
    </>
  );
}

const stateOf = ({ state, mustChange }: Account) =>
  state === 'closed' ? (
    <span className="quiet">{t('已停用')}</span>
  ) : mustChange ? (
    <span className="soon">{t('还没改一次性密码')}</span>
  ) : (
    t('在用')
  );

function SignIn() {
  const { data, error, refetch } = useQuery({
    queryKey: ['policy', 'sign-in'],
    queryFn: () => ask<{ document: SignInSettings }>('GET /api/policies/:name', { params: { name: 'sign-in' } }),
  });
  if (data === undefined)
    return error === null ? <Waiting lines={2} /> : <Trouble error={error} again={() => void refetch()} />;
  const { idleHours, sessionDays, attempts, attemptMinutes } = data.document;
  return (
    <p className="lead">
      {idleHours}
      {t(' 小时不用就退出，最长 ')}
      {sessionDays}
      {t(' 天要重新登录一次；')}
      {attemptMinutes}
      {t(' 分钟里输错 ')}
      {attempts} {t('次密码，要等一会儿才能再试。')}
      <Link to="/policies/$name" params={{ name: 'sign-in' }} search={{}}>
        {t('改登录规则')}
      </Link>
    </p>
  );
}
