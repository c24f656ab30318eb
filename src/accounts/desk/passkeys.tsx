import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { line } from '../../app/ui/inputs.tsx';
import { Trouble, Waiting, sentenceOf } from '../../app/ui/states.tsx';
import { sayExactly, sayMoment } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { accountRoutes } from '../api.ts';
import { t } from './english.ts';

type Account = AnswerOf<ReturnType<typeof accountRoutes>['GET /api/account']>;

/** Signing in by face, finger or the device's own code instead of a password. */
export function Passkeys() {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: ['account'], queryFn: () => ask<Account>('GET /api/account') });
  const [adding, setAdding] = useState(false);
  if (data === undefined)
    return error === null ? <Waiting lines={2} /> : <Trouble error={error} again={() => void refetch()} />;
  const refresh = () => void queries.invalidateQueries({ queryKey: ['account'] });
  const drop = (id: string) =>
    ask('DELETE /api/account/passkeys/:id', { params: { id } })
      .then(
        () => tell(t('已删除。')),
        (fault: unknown) => tell(sentenceOf(fault)),
      )
      .finally(refresh);
  const add = async (name: unknown) => {
    // Only this button needs the library that speaks with the device.
    const { startRegistration } = await import('@simplewebauthn/browser');
    const optionsJSON = await ask<Parameters<typeof startRegistration>[0]['optionsJSON']>(
      'POST /api/account/passkeys/options',
    );
    const response = await startRegistration({ optionsJSON });
    await ask('POST /api/account/passkeys', { body: { name, response } });
  };
  return (
    <>
      <p className="lead">{t('用指纹、面容或设备密码登录，比记密码快，也骗不走。')}</p>
      {data.passkeys.length > 0 && (
        <table className="sheet">
          <tbody>
            {data.passkeys.map((key) => (
              <tr key={key.id}>
                <td>{key.name}</td>
                <td>
                  <small title={sayExactly(key.usedAt)}>{t('{usedAt} 用过', { usedAt: sayMoment(key.usedAt) })}</small>
                </td>
                <td className="right">
                  <button type="button" className="link" onClick={() => void drop(key.id)}>
                    {t('删除')}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!data.passkeysPossible ? (
        <p className="lead">{t('现在这个网址不支持（需要 HTTPS 和域名），请管理员先配置好。')}</p>
      ) : adding ? (
        <ShortForm
          className="account-form"
          fields={[line({ name: 'name', label: t('给它起个名'), placeholder: t('办公室电脑') })]}
          consequence={() => t('在这台设备上添加')}
          send={({ name }) => add(name)}
          onDone={() => {
            setAdding(false);
            tell(t('通行密钥已添加，下次登录可以用。'));
            refresh();
          }}
          onClose={() => setAdding(false)}
        />
      ) : (
        <p className="more">
          <button type="button" className="plain" onClick={() => setAdding(true)}>
            {t('添加通行密钥')}
          </button>
        </p>
      )}
    </>
  );
}
