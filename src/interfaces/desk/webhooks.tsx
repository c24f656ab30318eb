import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { ShortForm, type Values } from '../../app/ui/form.tsx';
import { line, several } from '../../app/ui/inputs.tsx';
import { Arrived, Empty, Trouble, Waiting, sentenceOf } from '../../app/ui/states.tsx';
import { SystemTabs } from '../../app/ui/tabs.tsx';
import { sayExactly, sayMoment } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { EventKind, WebhookSettings } from '../model.ts';
import type { webhookRoutes } from '../webhook-api.ts';
import { t } from './english.ts';

type Webhook = AnswerOf<(typeof webhookRoutes)['GET /api/webhooks']>['webhooks'][number];
type Page = AnswerOf<(typeof webhookRoutes)['GET /api/webhooks/:id/deliveries']>;
type Delivery = Page['deliveries'][number];

const kinds = {
  'matter.registered': '登记',
  'matter.classified': '定分类',
  'matter.dispatched': '派单',
  'matter.acknowledged': '签收',
  'matter.returned': '退单',
  'matter.adjudicated': '裁定',
  'matter.suspended': '暂停计时',
  'matter.resumed': '恢复计时',
  'matter.extension-granted': '同意延期',
  'matter.disposed': '定处置',
  'matter.resolved': '办结',
  'matter.confirmed': '群众认可',
  'matter.denied': '群众不认可',
  'matter.reopened': '重开',
} as const satisfies Record<EventKind, string>;
const kindName = (kind: string): string => (kind in kinds ? t(kinds[kind as EventKind]) : kind);

/** What most receivers want to know: that it is there, that it is done, and what the resident says. */
const USUAL: readonly EventKind[] = ['matter.registered', 'matter.dispatched', 'matter.resolved', 'matter.confirmed'];

const SECRET_BYTES = 24;
/** A secret nobody thought up. */
const newSecret = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

const secretField = () =>
  line({ name: 'secret', label: t('密钥'), hint: t('对方用它验明是我们发的。保存以后不再显示，现在就抄给对方。') });

/** Addresses of other systems that are told of steps: added, watched and mended here (row L5). */
export function Webhooks() {
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const found = useQuery({
    queryKey: ['webhooks'],
    queryFn: () => ask<{ webhooks: Webhook[] }>('GET /api/webhooks'),
    refetchInterval: 15_000,
  });
  const settings = useQuery({
    queryKey: ['policy', 'webhooks'],
    queryFn: () => ask<{ document: WebhookSettings }>('GET /api/policies/:name', { params: { name: 'webhooks' } }),
  }).data?.document;
  const refresh = () => queries.invalidateQueries({ queryKey: ['webhooks'] });
  const hosts = settings?.hosts ?? [];
  return (
    <main className="page">
      <header>
        <h1>{t('系统')}</h1>
        <div className="tools">
          <button type="button" className="plain first" disabled={adding} onClick={() => setAdding(true)}>
            {t('加一个推送地址')}
          </button>
        </div>
      </header>
      <SystemTabs />
      <p className="lead">
        {t(
          '事情走到一步，就把编号和状态告诉别的系统，不含任何人的信息。没送到的会自动再送，两天半以后还送不到，等您来按“重新推送”。',
        )}
      </p>
      {settings !== undefined && (
        <p className="lead">
          {hosts.length === 0
            ? t('还没有允许任何主机。先到“事件推送允许的地址”写上对方的主机，再来加地址。')
            : `${t('允许的主机')}：${hosts.join('、')}　`}
          <Link to="/policies/$name" params={{ name: 'webhooks' }} search={{}}>
            {t('去写允许的主机')}
          </Link>
        </p>
      )}
      {adding && (
        <ShortForm
          fields={[
            line({ name: 'name', label: t('名称'), hint: t('给人看的') }),
            line({ name: 'address', label: t('网址'), placeholder: 'https://…' }),
            several({
              name: 'kinds',
              label: t('推送哪些事'),
              options: Object.entries(kinds).map(([kind, name]) => [kind, t(name)] as const),
            }),
            secretField(),
          ]}
          initial={{ kinds: USUAL, secret: newSecret() }}
          consequence={({ name }) => t('加上“{name}”，从现在起推送', { name: said(name) })}
          send={async (values: Values) => {
            await ask('POST /api/webhooks/:id/add', { params: { id: newId() }, body: { ...values, command: newId() } });
            setAdding(false);
            tell(t('“{name}”已加上。', { name: said(values['name']) }));
            await refresh();
          }}
          onClose={() => setAdding(false)}
        />
      )}
      <Arrived of={found} lines={4}>
        {(data) =>
          data.webhooks.length === 0
            ? !adding && (
                <Empty title={t('还没有推送地址')}>
                  {t('要接的系统给您一个 https 网址，先在规则里允许它的主机，再加到这里。')}
                </Empty>
              )
            : data.webhooks.map((webhook) => <Address key={webhook.id} webhook={webhook} refresh={refresh} />)
        }
      </Arrived>
    </main>
  );
}

const said = (value: unknown): string => (typeof value === 'string' && value !== '' ? value : '……');

function Address({ webhook, refresh }: { webhook: Webhook; refresh: () => Promise<void> }) {
  const [open, setOpen] = useState<'deliveries' | 'secret' | 'remove'>();
  const { id, name, address, state, waiting, failed, deliveredAt, fault } = webhook;
  const toggle = (what: typeof open) => setOpen(open === what ? undefined : what);
  const give = async (verb: string, body: object = {}) =>
    await ask<{ again?: number }>(`POST /api/webhooks/:id/${verb}`, {
      params: { id },
      body: { ...body, command: newId() },
    });
  const quick = (verb: string, told: (answer: { again?: number }) => string) => () =>
    void give(verb).then(
      async (answer) => {
        tell(told(answer));
        await refresh();
      },
      (problem: unknown) => tell(sentenceOf(problem)),
    );
  const can = (action: string): boolean => webhook.can.includes(action);
  return (
    <section className="webhook" aria-label={name}>
      <h2>
        {name}{' '}
        <small className={state === 'paused' ? 'soon' : 'quiet'}>{t(state === 'paused' ? '已暂停' : '推送中')}</small>
      </h2>
      <p className="quiet address">{address}</p>
      <p className="quiet">{webhook.kinds.map(kindName).join('、')}</p>
      <dl className="line">
        <dt>{t('等着')}</dt>
        <dd>{t('{n} 条', { n: waiting })}</dd>
        <dt>{t('没送到')}</dt>
        <dd className={failed > 0 ? 'late' : undefined}>{t('{n} 条', { n: failed })}</dd>
        <dt>{t('最近送到')}</dt>
        <dd>
          {deliveredAt === null ? t('还没有') : <span title={sayExactly(deliveredAt)}>{sayMoment(deliveredAt)}</span>}
        </dd>
        {fault !== null && (waiting > 0 || failed > 0) && (
          <>
            <dt>{t('最近的问题')}</dt>
            <dd>{fault}</dd>
          </>
        )}
      </dl>
      <div className="acts">
        {can('webhook.retry') && (
          <button
            type="button"
            className="plain first"
            onClick={quick('retry', ({ again }) => t('{n} 条重新排队，马上就送。', { n: again ?? 0 }))}
          >
            {t('重新推送')}
          </button>
        )}
        <button
          type="button"
          className="plain"
          aria-expanded={open === 'deliveries'}
          onClick={() => toggle('deliveries')}
        >
          {t(open === 'deliveries' ? '收起' : '看推送')}
        </button>
        {can('webhook.pause') && (
          <button type="button" className="plain" onClick={quick('pause', () => t('已暂停推送'))}>
            {t('暂停')}
          </button>
        )}
        {can('webhook.resume') && (
          <button type="button" className="plain" onClick={quick('resume', () => t('接着推送'))}>
            {t('恢复')}
          </button>
        )}
        <button type="button" className="plain" aria-expanded={open === 'secret'} onClick={() => toggle('secret')}>
          {t('换密钥')}
        </button>
        <button type="button" className="plain" aria-expanded={open === 'remove'} onClick={() => toggle('remove')}>
          {t('删除')}
        </button>
      </div>
      {open === 'secret' && (
        <ShortForm
          fields={[secretField()]}
          initial={{ secret: newSecret() }}
          consequence={() => t('换成新密钥，下一条就用它')}
          send={(values) => give('change-secret', values)}
          onDone={() => {
            setOpen(undefined);
            tell(t('密钥换好了'));
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'remove' && (
        <ShortForm
          fields={[line({ name: 'typed', label: t('为防按错，请照着打一遍名称'), placeholder: name })]}
          consequence={() => t('删掉这个地址，等着的 {n} 条也不送了', { n: waiting })}
          send={async ({ typed }) => {
            if (typed !== name) throw new Error(t('名称对不上，没有删除。'));
            await give('remove');
            tell(t('“{name}”已删除。', { name }));
            await refresh();
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'deliveries' && <Deliveries webhook={id} />}
    </section>
  );
}

const filters = [
  [undefined, '全部'],
  ['waiting', '等着'],
  ['failed', '没送到'],
  ['delivered', '已送到'],
] as const;

/** Each telling: what of, whether it arrived, how often it was tried and what the other side said. */
function Deliveries({ webhook }: { webhook: string }) {
  const [state, setState] = useState<(typeof filters)[number][0]>();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['webhooks', webhook, 'deliveries', state],
    queryFn: ({ pageParam, signal }) =>
      ask<Page>('GET /api/webhooks/:id/deliveries', {
        params: { id: webhook },
        query: { ...(state === undefined ? {} : { state }), ...(pageParam === undefined ? {} : { before: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = data?.pages.flatMap((page) => page.deliveries);
  return (
    <div className="deliveries">
      <div className="options" role="radiogroup" aria-label={t('状态')}>
        {filters.map(([value, name]) => (
          <label key={name}>
            <input type="radio" name={`state-${webhook}`} checked={state === value} onChange={() => setState(value)} />
            {t(name)}
          </label>
        ))}
      </div>
      {rows === undefined ? (
        error === null ? (
          <Waiting lines={4} />
        ) : (
          <Trouble error={error} again={() => void refetch()} />
        )
      ) : rows.length === 0 ? (
        <p className="quiet">{t(state === undefined ? '还没有要推送的事。' : '这一类没有。')}</p>
      ) : (
        <Sheet>
          <thead>
            <tr>
              {(['事情', '一步', '发生在', '状态', '试了', '对方回答'] as const).map((name) => (
                <th key={name}>{t(name)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.seq}>
                <td className="nowrap">{row.number}</td>
                <td className="nowrap">{kindName(row.kind)}</td>
                <td className="nowrap" title={sayExactly(row.at)}>
                  {sayMoment(row.at)}
                </td>
                <td className="nowrap">{stateOf(row)}</td>
                <td className="nowrap">{row.attempts === 0 ? '' : t('{n} 次', { n: row.attempts })}</td>
                <td>{row.fault ?? row.answered ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
      {hasNextPage && (
        <p className="more">
          <button type="button" className="plain" onClick={() => void fetchNextPage()}>
            {t('接着看更早的')}
          </button>
        </p>
      )}
    </div>
  );
}

function stateOf({ state, nextAt }: Delivery) {
  switch (state) {
    case 'delivered':
      return t('已送到');
    case 'failed':
      return <span className="late">{t('没送到，已停')}</span>;
    case 'waiting':
      return <span className="soon">{t('等着送，{when}', { when: nextAt === null ? '' : sayMoment(nextAt) })}</span>;
  }
}
