import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { HardCaseTabs } from '../../app/ui/tabs.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { t } from './english.ts';
import type { Cases, Leaders } from './words.ts';

const shows = [
  ['current', t('在办的')],
  ['mine', t('我包的、我参加的')],
  ['asked', t('等答复的')],
  ['quiet', t('久没有亲自做的')],
  ['over', t('有结果的')],
] as const;

/** Hard cases: who owns each, and what they did in person beside what others did. */
export function HardCases() {
  const me = useMe();
  const navigate = useNavigate();
  const { show = 'current' } = useSearch({ strict: false }) as { show?: string };
  const found = useQuery({
    queryKey: ['hard-cases', show],
    queryFn: ({ signal }) => ask<Cases>('GET /api/hard-cases', { query: { show }, signal }),
  });
  return (
    <main className="page wide">
      <header>
        <h1>{t('包案积案')}</h1>
      </header>
      <HardCaseTabs />
      <p className="lead">
        {t('一件难事，一位领导包到底。亲自做的和别人替做的分开数；要交给别人，写明原因，等人家接下才算。')}
      </p>
      <div className="filters">
        <Choices
          of={shows}
          chosen={show}
          onChoose={(key) => void navigate({ to: '/hard-cases', search: { show: key } as never })}
        />
      </div>
      <Arrived of={found}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('这里没有包案')}>{t('从“积案”里挑一件，领导自己包下，或者请一位领导包。')}</Empty>
          ) : (
            <Rows rows={data.rows} />
          )
        }
      </Arrived>
      {hasRole(me, 'clerk', 'head', 'leader', 'inspector', 'auditor') && <ByLeader />}
    </main>
  );
}

/** In person, waiting for the leader's word, by others: always the three together. */
const Acts = ({ own, said, delegated }: { own: number; said: number; delegated: number }) => (
  <>
    <b>{own}</b> / {delegated}
    {said > 0 && <small> {t('待确认 {n}', { n: said })}</small>}
  </>
);

const Rows = ({ rows }: { rows: Cases['rows'] }) => (
  <div className="scroll">
    <table className="sheet">
      <thead>
        <tr>
          <th>{t('什么事')}</th>
          <th>{t('包案领导')}</th>
          <th className="num">{t('多少天了')}</th>
          <th className="num">{t('亲自 / 别人')}</th>
          <th>{t('最近亲自做')}</th>
          <th>{t('到哪一步')}</th>
          <th>{t('哪天前')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className={row.open ? undefined : 'over'}>
            <td className="what">
              <Link to="/hard-cases/$id" params={{ id: row.id }} search={{}}>
                {row.subject ?? row.number}
              </Link>
              <br />
              <small>
                {row.place} · {row.unit}
                {row.reopenings > 0 && ` · ${t('重开 {n} 次', { n: row.reopenings })}`}
              </small>
            </td>
            <td className="nowrap">
              {row.leaderName}
              {row.handedOver > 0 && (
                <>
                  <br />
                  <small>{t('转过 {n} 手', { n: row.handedOver })}</small>
                </>
              )}
            </td>
            <td className="num">{row.days}</td>
            <td className="num">
              <Acts {...row} />
            </td>
            <td className={row.quiet === null ? 'nowrap' : 'nowrap late'}>
              {row.lastOwn === null ? (row.adoptedOn === null ? '' : t('还没有')) : sayDate(row.lastOwn)}
              {row.quiet !== null && (
                <>
                  <br />
                  <small>{t('{n} 天没有', { n: row.quiet })}</small>
                </>
              )}
            </td>
            <td>
              {row.stands}
              {row.handTo !== null && (
                <>
                  <br />
                  <small>{row.handTo}</small>
                </>
              )}
            </td>
            <td className={row.late ? 'nowrap late' : 'nowrap'}>
              {row.until === null ? '' : sayDate(row.until)}
              {row.putOff > 0 && (
                <>
                  <br />
                  <small>{t('改过 {n} 次', { n: row.putOff })}</small>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** By name, not by rank. */
function ByLeader() {
  const { data } = useQuery({
    queryKey: ['hard-cases', 'leaders'],
    queryFn: ({ signal }) => ask<Leaders>('GET /api/hard-cases/leaders', { signal }),
  });
  if (data === undefined || data.rows.length === 0) return null;
  return (
    <>
      <h2>{t('各位领导')}</h2>
      <div className="scroll counts-by">
        <table className="sheet">
          <thead>
            <tr>
              <th>{t('包案领导')}</th>
              <th className="num">{t('在办的')}</th>
              <th className="num">{t('有结果的')}</th>
              <th className="num">{t('亲自 / 别人')}</th>
              <th className="num">{t('接手来的')}</th>
              <th className="num">{t('{n} 天没有亲自做', { n: data.quietDays })}</th>
              <th className="num">{t('过了日子')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.leader}>
                <td>{row.name}</td>
                <td className="num">{row.current}</td>
                <td className="num">{row.over}</td>
                <td className="num">
                  <Acts {...row} />
                </td>
                <td className="num">{row.passed}</td>
                <td className={row.quiet > 0 ? 'num late' : 'num'}>
                  {row.quiet}/{row.current}
                </td>
                <td className={row.late > 0 ? 'num late' : 'num'}>
                  {row.late}/{row.current}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
