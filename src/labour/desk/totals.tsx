import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Choices } from '../../app/ui/choices.tsx';
import { ask } from '../../app/ui/ask.ts';
import { give } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { GoingTabs, goingTitle } from '../../app/ui/tabs.tsx';
import { line } from '../../app/ui/inputs.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { Empty, Trouble, Waiting, sentenceOf } from '../../app/ui/states.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { labourRoutesOf } from '../api.ts';
import { t } from './english.ts';

type Totals = AnswerOf<ReturnType<typeof labourRoutesOf>['GET /api/labours/totals']>;
type ToConfirm = AnswerOf<ReturnType<typeof labourRoutesOf>['GET /api/labours/waiting']>;
type By = Totals['by'];

const ways: readonly (readonly [By, Parameters<typeof t>[0]])[] = [
  ['unit', '按单位'],
  ['official', '按人'],
  ['village', '按村'],
  ['township', '按乡镇'],
];

const sayOutputs = (outputs: readonly { kind: string; amount: number }[], kinds: Totals['kinds']): string =>
  outputs
    .map(
      ({ kind, amount }) =>
        `${kind} ${amount.toLocaleString('zh-CN')} ${kinds.find((k) => k.name === kind)?.unit ?? ''}`,
    )
    .join('；');

/** Labour of a year: days and outputs by unit, person, village or township, and what waits for a village's word. */
export function LabourTotals() {
  const search = useSearch({ strict: false }) as { by?: By; year?: string };
  const navigate = useNavigate();
  const me = useMe();
  const year = search.year ?? dayAt(Date.now()).slice(0, 4);
  const by = search.by ?? 'unit';
  const { data, error, refetch } = useQuery({
    queryKey: ['labour', 'totals', by, year],
    queryFn: () =>
      ask<Totals>('GET /api/labours/totals', { query: { by, from: `${year}-01-01`, to: `${year}-12-31` } }),
  });
  const go = (next: { by?: By; year?: string }): void =>
    void navigate({ to: '/going', search: { by, year, ...next } as never });
  const now = Number(dayAt(Date.now()).slice(0, 4));
  return (
    <main className="page">
      <header>
        <h1>{goingTitle()}</h1>
        <div className="tools">
          <a className="plain-link" href={`/print/labour?year=${year}`} target="_blank" rel="noreferrer">
            {t('打印我的述劳表')}
          </a>
        </div>
      </header>
      <GoingTabs />
      <p className="lead">{t('村里确认过的才计入；数字由每一次记录加出来，不另填报。')}</p>
      {hasRole(me, 'field', 'head') && <Confirming />}
      <div className="filters">
        <select className="plain" aria-label={t('年份')} value={year} onChange={(e) => go({ year: e.target.value })}>
          {[now, now - 1, now - 2].map((y) => (
            <option key={y}>{y}</option>
          ))}
        </select>
        <Choices
          of={ways.map(([key, name]) => [key, t(name)] as const)}
          chosen={by}
          onChoose={(key) => go({ by: key })}
        />
      </div>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={8} />}
      {data !== undefined &&
        (data.rows.length === 0 ? (
          <Empty title={t('这一年还没有劳动记录。')}>{t('干部在手机上“我的 · 劳动”里记，半天也算。')}</Empty>
        ) : (
          <Sheet>
            <thead>
              <tr>
                <th>{t('名称')}</th>
                {by !== 'official' && <th className="num">{t('人数')}</th>}
                <th className="num">{t('天数')}</th>
                <th className="num">{t('等确认（天）')}</th>
                <th>{t('做了什么')}</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <tr key={row.id ?? row.name}>
                  <td className="nowrap">
                    {by === 'official' && hasRole(me, 'head', 'inspector') ? (
                      <a
                        href={`/print/labour?year=${year}&official=${row.id}`}
                        target="_blank"
                        rel="noreferrer"
                        title={t('述劳表')}
                      >
                        {row.name}
                      </a>
                    ) : (
                      row.name
                    )}
                  </td>
                  {by !== 'official' && <td className="num">{row.people}</td>}
                  <td className="num">{row.days}</td>
                  <td className={`num${row.waiting > 0 ? ' soon' : ''}`}>{row.waiting}</td>
                  <td className="words">{sayOutputs(row.outputs, data.kinds)}</td>
                </tr>
              ))}
              <tr>
                <td>
                  <b>{t('合计')}</b>
                </td>
                {by !== 'official' && <td />}
                <td className="num">
                  <b>{data.all.days}</b>
                </td>
                <td className="num">{data.all.waiting}</td>
                <td className="words">
                  <b>{sayOutputs(data.all.outputs, data.kinds)}</b>
                </td>
              </tr>
            </tbody>
          </Sheet>
        ))}
    </main>
  );
}

function Confirming() {
  const queries = useQueryClient();
  const [returning, setReturning] = useState<string>();
  const { data } = useQuery({
    queryKey: ['labour', 'waiting'],
    queryFn: () => ask<ToConfirm>('GET /api/labours/waiting'),
    retry: false,
  });
  if (data === undefined || data.entries.length === 0) return null;
  const refresh = () => queries.invalidateQueries({ queryKey: ['labour'] });
  const confirm = async (id: string): Promise<void> => {
    try {
      await give('labour.confirm', id, {});
      tell(t('确认了。'));
      await refresh();
    } catch (error) {
      tell(sentenceOf(error));
    }
  };
  return (
    <section className="confirming">
      <h2>{t('等村里确认的 {n} 次', { n: data.entries.length })}</h2>
      <ul>
        {data.entries.map((e) => (
          <li key={e.id}>
            <span>
              {sayDate(e.day)} {t(e.part === 'morning' ? '上午' : e.part === 'afternoon' ? '下午' : '一整天')}
            </span>
            <span>
              {e.name} <small>{e.unit}</small>
            </span>
            <span>{e.villageName}</span>
            <span className="did">
              {sayOutputs(e.outputs, data.kinds)} <small>{e.note}</small>
            </span>
            <span className="acts">
              <button type="button" className="plain first" onClick={() => void confirm(e.id)}>
                {t('是这样')}
              </button>
              <button type="button" className="plain" onClick={() => setReturning(e.id)}>
                {t('退回')}
              </button>
            </span>
            {returning === e.id && (
              <ShortForm
                fields={[line({ name: 'reason', label: t('哪里不对') })]}
                consequence={() => t('退回')}
                send={async (values) => {
                  await give('labour.return', e.id, { reason: String(values['reason']) });
                  tell(t('退回了，本人会改。'));
                  await refresh();
                }}
                onDone={() => setReturning(undefined)}
                onClose={() => setReturning(undefined)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
