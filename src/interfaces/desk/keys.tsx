import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { line } from '../../app/ui/inputs.tsx';
import { Arrived, Empty, sentenceOf } from '../../app/ui/states.tsx';
import { SystemTabs } from '../../app/ui/tabs.tsx';
import { sayExactly, sayMoment } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { webhookRoutes } from '../webhook-api.ts';
import { t } from './english.ts';

type Key = AnswerOf<(typeof webhookRoutes)['GET /api/api-keys']>['keys'][number];

/** Keys by which other systems file matters: issued, shown once, taken back (row L5). */
export function Keys() {
  const queries = useQueryClient();
  const [issuing, setIssuing] = useState(false);
  const [fresh, setFresh] = useState<{ name: string; issued: string }>();
  const found = useQuery({
    queryKey: ['api-keys'],
    queryFn: () => ask<{ keys: Key[] }>('GET /api/api-keys'),
  });
  const refresh = () => queries.invalidateQueries({ queryKey: ['api-keys'] });
  return (
    <main className="page">
      <header>
        <h1>{t('系统')}</h1>
        <div className="tools">
          <button type="button" className="plain first" disabled={issuing} onClick={() => setIssuing(true)}>
            {t('发一把钥匙')}
          </button>
        </div>
      </header>
      <SystemTabs />
      <p className="lead">
        {t('别的系统（12345 热线、小程序）用钥匙把群众的事报进来。钥匙只能报事，看不到任何人的信息。')}
        <a href="/api" target="_blank" rel="noreferrer">
          {t('接口说明')}
        </a>
      </p>
      {fresh !== undefined && <Once {...fresh} close={() => setFresh(undefined)} />}
      {issuing && (
        <ShortForm
          className="account-form"
          fields={[line({ name: 'name', label: t('给哪个系统') })]}
          consequence={({ name }) =>
            t('发一把给“{name}”，只显示这一次', { name: typeof name === 'string' && name !== '' ? name : '……' })
          }
          send={async ({ name }) => {
            const { key } = await ask<{ key: string }>('POST /api/api-keys', { body: { name } });
            setFresh({ name: String(name), issued: key });
            setIssuing(false);
            await refresh();
          }}
          onClose={() => setIssuing(false)}
        />
      )}
      <Arrived of={found} lines={4}>
        {(data) =>
          data.keys.length === 0 ? (
            !issuing && <Empty title={t('还没有发过钥匙')}>{t('一个系统一把，丢了收回再发，不影响别的系统。')}</Empty>
          ) : (
            <Issued keys={data.keys} refresh={refresh} />
          )
        }
      </Arrived>
    </main>
  );
}

/** A new key, as long as somebody is looking at it. */
function Once({ name, issued, close }: { name: string; issued: string; close: () => void }) {
  const copy = () =>
    (navigator.clipboard?.writeText(issued) ?? Promise.reject(new Error('no clipboard'))).then(
      () => tell(t('已复制。')),
      () => tell(t('这个网址不让复制，请选中自己复制。')),
    );
  return (
    <section className="fresh-key" role="status">
      <p>{t('给“{name}”的钥匙，只显示这一次：', { name })}</p>
      <p>
        <b className="once">{issued}</b>
      </p>
      <p className="quiet">{t('现在就复制给对方。关掉这一行以后谁也看不到，丢了只能收回再发。')}</p>
      <div className="form-foot">
        <button type="button" className="plain first" onClick={() => void copy()}>
          {t('复制')}
        </button>
        <button type="button" className="plain" onClick={close}>
          {t('抄好了')}
        </button>
      </div>
    </section>
  );
}

function Issued({ keys, refresh }: { keys: readonly Key[]; refresh: () => Promise<void> }) {
  const [asked, setAsked] = useState<string>();
  const revoke = async ({ id, name }: Key) => {
    try {
      await ask('POST /api/api-keys/:id/revoke', { params: { id }, body: { command: newId() } });
      tell(t('“{name}”的钥匙已收回。', { name }));
    } catch (problem) {
      tell(sentenceOf(problem));
    }
    setAsked(undefined);
    await refresh();
  };
  return (
    <Sheet>
      <thead>
        <tr>
          <th>{t('系统名')}</th>
          <th>{t('发出')}</th>
          <th>{t('状态')}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <td>{key.name}</td>
            <td className="nowrap" title={sayExactly(key.issuedAt)}>
              {sayMoment(key.issuedAt)}
            </td>
            <td className="nowrap">{key.revoked ? <span className="quiet">{t('已收回')}</span> : t('在用')}</td>
            <td className="right">
              {key.can.includes('api-key.revoke') &&
                (asked === key.id ? (
                  <button type="button" className="plain" onClick={() => void revoke(key)}>
                    {t('收回“{name}”的钥匙，它马上报不进来', { name: key.name })}
                  </button>
                ) : (
                  <button type="button" className="link" onClick={() => setAsked(key.id)}>
                    {t('收回')}
                  </button>
                ))}
            </td>
          </tr>
        ))}
      </tbody>
    </Sheet>
  );
}
