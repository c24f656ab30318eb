import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { line } from '../../app/ui/inputs.tsx';
import { Waiting, sentenceOf } from '../../app/ui/states.tsx';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';

interface Account {
  readonly id: string;
  readonly login: string;
  readonly state: string;
  readonly passkeys: number;
  readonly can: readonly string[];
}

/** An administrator opens, resets and closes an official's account; a one-time password is shown this once. */
export function AccountOf({ official }: { official: string }) {
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: ['accounts', official],
    queryFn: () => ask<Account[]>('GET /api/accounts', { query: { official } }),
  });
  const [password, setPassword] = useState<string>();
  const refresh = () => void queries.invalidateQueries({ queryKey: ['accounts'] });
  const shown = (answer: unknown) => {
    setPassword((answer as { password: string }).password);
    refresh();
  };
  const account = data?.find(({ state }) => state === 'open');
  const does = (address: `POST /${string}`, id: string) =>
    ask(address, { params: { id } }).then(
      address.endsWith('reset')
        ? shown
        : () => {
            tell(t('账号已停用。'));
            refresh();
          },
      (error: unknown) => tell(sentenceOf(error)),
    );
  return (
    <>
      <h3>{t('账号')}</h3>
      {data === undefined ? (
        <Waiting lines={1} />
      ) : account === undefined ? (
        <ShortForm
          className="account-form"
          ready={false}
          fields={[line({ name: 'login', label: t('登录名'), hint: t('姓名拼音或工号，两个字以上') })]}
          consequence={() => t('开通账号，给一次性密码')}
          send={({ login }) => ask('POST /api/accounts', { body: { official, login } })}
          onDone={shown}
        />
      ) : (
        <p className="form-foot">
          {t('登录名 ')}
          {account.login}
          {t('，通行密钥 ')}
          {account.passkeys}
          {t(' 个')}
          {account.can.includes('account.reset') && (
            <button
              type="button"
              className="link"
              onClick={() => void does('POST /api/accounts/:id/reset', account.id)}
            >
              {t('重置密码')}
            </button>
          )}
          {account.can.includes('account.close') && (
            <button
              type="button"
              className="link"
              onClick={() => void does('POST /api/accounts/:id/close', account.id)}
            >
              {t('停用')}
            </button>
          )}
        </p>
      )}
      {password !== undefined && (
        <p role="alert">
          {t('一次性密码 ')}
          <b className="once">{password}</b>
          {t(' 只显示这一次，请当面交给本人；第一次登录要改。')}
        </p>
      )}
    </>
  );
}
