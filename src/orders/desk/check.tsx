import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { give } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { choice, line, paragraph } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { Empty, Trouble, Waiting, isMissing } from '../../app/ui/states.tsx';
import { OrderTabs } from '../../app/ui/tabs.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import type { Finding } from '../model.ts';
import { checked } from './checked.tsx';
import { t } from './english.ts';
import { type Check, findings } from './words.ts';

const note = (
  going: boolean,
  open: string | undefined,
  ask: (order: string) => void,
): Column<Check['items'][number]> => ({
  name: '',
  is: 'act',
  cell: ({ order, over, finding }) =>
    order !== null &&
    !over &&
    finding === null &&
    going && (
      <button type="button" className="link" aria-expanded={open === order} onClick={() => ask(order)}>
        {t('记情况')}
      </button>
    ),
});

/** 一月一查: each order and each major matter, what was found, and the bulletin that comes of it. */
export function MonthlyCheck() {
  const now = dayAt(Date.now()).slice(0, 7);
  const { month = now } = useSearch({ strict: false }) as { month?: string };
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [open, setOpen] = useState<string>();
  const [publishing, setPublishing] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['orders', 'check', month],
    queryFn: ({ signal }) => ask<Check>('GET /api/orders/check', { query: { month }, signal }),
  });
  const refresh = () => void queries.invalidateQueries({ queryKey: ['orders'] });
  const waiting = data?.items.filter((item) => item.order !== null && item.finding === null && !item.over).length ?? 0;
  return (
    <main className="page wide">
      <header>
        <h1>{t('一月一查')}</h1>
        <div className="tools">
          <input
            className="plain"
            type="month"
            aria-label={t('哪个月')}
            value={month}
            max={now}
            onChange={(event) =>
              event.target.value !== '' &&
              void navigate({ to: '/orders/check', search: { month: event.target.value }, replace: true })
            }
          />
          {data !== undefined && data.published === null && (
            <button
              type="button"
              className="plain first"
              aria-expanded={publishing}
              onClick={() => setPublishing(!publishing)}
            >
              {t('发本月通报')}
            </button>
          )}
          {data !== undefined && data.published !== null && (
            <Link to="/orders/bulletins" search={{ month }}>
              {t('看通报')}
            </Link>
          )}
        </div>
      </header>
      <OrderTabs />
      {isMissing(error) ? (
        <Empty title={t('检查由督查员来做')}>{t('查的结果会写进每月的通报，各单位都看得到。')}</Empty>
      ) : (
        error !== null && <Trouble error={error} again={() => void refetch()} />
      )}
      {data === undefined && error === null && <Waiting lines={8} />}
      {publishing && data !== undefined && (
        <ShortForm
          fields={[
            paragraph({
              name: 'words',
              label: t('通报的话'),
              hint: waiting > 0 ? t('还有 {n} 件没有查', { n: waiting }) : t('发出以后不能改'),
              rows: 3,
            }),
          ]}
          consequence={() => t('发给各单位')}
          send={({ words }) => give('bulletin.publish', data.stream, { month, words: words as string })}
          onDone={() => {
            setPublishing(false);
            tell(t('通报发了'));
            refresh();
          }}
          onClose={() => setPublishing(false)}
        />
      )}
      {data !== undefined && (
        <>
          <p className="lead">
            {data.published === null
              ? t('要查 {n} 件：批示、交办、督办每件都查，重要诉求列在后面。', { n: data.items.length })
              : t('{day} 已发通报，下面是当时的情况。', { day: sayDate(data.published) })}
          </p>
          {data.items.length === 0 ? (
            <Empty title={t('这个月没有要查的')}>
              {t('有了批示、交办、督办，或者有上报、反复、超期很久的诉求，就列在这里。')}
            </Empty>
          ) : (
            <List
              rows={data.items}
              columns={[...checked, note(data.published === null, open, setOpen)]}
              keyOf={({ order, matter }) => order ?? matter ?? ''}
              below={({ order }) =>
                order !== null &&
                open === order && (
                  <ShortForm
                    keep={`${order} ${month}`}
                    initial={{ finding: 'on-track' }}
                    fields={[
                      choice({ name: 'finding', label: t('查的情况'), options: Object.entries(findings) }),
                      line({ name: 'words', label: t('说明') }),
                    ]}
                    consequence={() => t('记下')}
                    send={({ finding, words }) =>
                      give('order.check', order, { month, finding: finding as Finding, words: words as string })
                    }
                    onDone={() => {
                      setOpen(undefined);
                      refresh();
                    }}
                    onClose={() => setOpen(undefined)}
                  />
                )
              }
            />
          )}
        </>
      )}
    </main>
  );
}
