import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { line } from '../../app/ui/inputs.tsx';
import { useMe } from '../../app/ui/me.ts';
import { Trouble, Waiting, sentenceOf } from '../../app/ui/states.tsx';
import { sayExactly, sayMoment } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { accountRoutes } from '../api.ts';
import { Passkeys } from './passkeys.tsx';
import { t } from './english.ts';

type Session = AnswerOf<ReturnType<typeof accountRoutes>['GET /api/sessions']>[number];

/** My account: where I am signed in, my password, my passkeys. */
export function AccountScreen() {
  const me = useMe();
  return (
    <main className="page narrow">
      <header>
        <h1>{t('我的账号')}</h1>
        <div className="tools">
          <Link to="/findings" search={{}}>
            {t('关于我的处理决定')}
          </Link>
        </div>
      </header>
      {me !== undefined && (
        <p className="lead">
          {t('{name}，{unit} {title}。岗位：{roles}。', {
            name: me.name,
            unit: me.unit,
            title: me.title,
            roles: me.roles.map((role) => role.name).join(t('、')),
          })}
        </p>
      )}
      <h2>{t('登录过的设备')}</h2>
      <Sessions />
      <h2>{t('通行密钥')}</h2>
      <Passkeys />
      <h2>{t('改密码')}</h2>
      <Password />
    </main>
  );
}

function Sessions() {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: () => ask<Session[]>('GET /api/sessions'),
  });
  if (data === undefined)
    return error === null ? <Waiting lines={3} /> : <Trouble error={error} again={() => void refetch()} />;
  const end = (id: string) =>
    ask('DELETE /api/sessions/:id', { params: { id } })
      .then(
        () => tell(t('那台设备已退出。')),
        (fault: unknown) => tell(sentenceOf(fault)),
      )
      .finally(() => void queries.invalidateQueries({ queryKey: ['sessions'] }));
  return (
    <Sheet>
      <tbody>
        {data.map((session) => (
          <tr key={session.id}>
            <td>
              {session.device}
              {session.current && <span className="yes">{t('　这一台')}</span>}
            </td>
            <td>{session.place}</td>
            <td>
              <small title={sayExactly(session.seenAt)}>
                {t('{seenAt} 用过', { seenAt: sayMoment(session.seenAt) })}
              </small>
            </td>
            <td className="right">
              {!session.current && (
                <button type="button" className="link" onClick={() => void end(session.id)}>
                  {t('让它退出')}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Sheet>
  );
}

const Password = () => (
  <ShortForm
    className="account-form"
    ready={false}
    fields={[
      line({ name: 'old', label: t('现在的密码'), type: 'password' }),
      line({
        name: 'new',
        label: t('新密码'),
        type: 'password',
        hint: t('至少 10 个字符；几个不相干的词连起来，又长又好记'),
      }),
    ]}
    consequence={() => t('改密码，别的设备都退出')}
    send={({ old = '', new: next = '' }) => ask('POST /api/account/password', { body: { old, new: next } })}
    onDone={() => tell(t('密码已改。'))}
  />
);
