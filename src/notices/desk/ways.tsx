import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../app/ui/ask.ts';
import { Arrived, sentenceOf } from '../../app/ui/states.tsx';
import { SystemTabs } from '../../app/ui/tabs.tsx';
import { tell } from '../../app/ui/toast.tsx';
import type { WayOut } from './queries.ts';
import { t } from './english.ts';

const rules = [
  ['notices', t('什么时候能发')],
  ['notice-templates', t('说什么')],
  ['reminders', t('到期提醒')],
] as const;

/** The ways out, for who runs the system: what is set up, what waits, and why something did not go. */
export function NoticeWays() {
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: ['notice-ways'],
    queryFn: () => ask<WayOut[]>('GET /api/notices/ways'),
    refetchInterval: 15_000,
  });
  const { data } = found;
  const again = () =>
    ask<{ again: number }>('POST /api/notices/retry')
      .then(
        ({ again: n }) => tell(t('{n} 封重新排上了。', { n })),
        (fault: unknown) => tell(sentenceOf(fault)),
      )
      .finally(() => void queries.invalidateQueries({ queryKey: ['notice-ways'] }));
  const failed = data?.find(({ way }) => way === 'mail')?.failed ?? 0;
  return (
    <main className="page">
      <header>
        <h1>{t('系统')}</h1>
        <div className="tools">
          {failed > 0 && (
            <button type="button" className="plain first" onClick={() => void again()}>
              {t('没送到的邮件再发一遍')}
            </button>
          )}
        </div>
      </header>
      <SystemTabs />
      <p className="lead">{t('通知从这里出去。邮件和短信只写编号和办到哪一步；没发出去的会自动再发，越隔越久。')}</p>
      <p className="lead">
        {rules.map(([name, title], place) => (
          <span key={name}>
            {place > 0 && '　'}
            <Link to="/policies/$name" params={{ name }} search={{}}>
              {title}
            </Link>
          </span>
        ))}
      </p>
      <Arrived of={found} lines={4}>
        {(data) => (
          <>
            <table className="sheet">
              <thead>
                <tr>
                  <th>{t('怎么发出去')}</th>
                  <th className="num">{t('等着发')}</th>
                  <th className="num">{t('已发出')}</th>
                  <th className="num">{t('没送到')}</th>
                  <th>{t('最近的原因')}</th>
                </tr>
              </thead>
              <tbody>
                {data.map(({ way, name, ready, waiting, sent, failed: lost, fault }) => (
                  <tr key={way}>
                    <td className="nowrap">
                      {name} {!ready && <span className="soon">{t('没有设置')}</span>}
                    </td>
                    <td className="num">{waiting}</td>
                    <td className="num">{sent}</td>
                    <td className="num">{lost > 0 ? <span className="late">{lost}</span> : lost}</td>
                    <td>{fault ?? ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {data.some(({ ready }) => !ready) && (
              <p className="lead more">
                {t('要发邮件，在服务器上设 SMTP_URL 和 MAIL_FROM；要发短信，设 SMS_FOLDER=yes，再让短信网关来取。')}
              </p>
            )}
          </>
        )}
      </Arrived>
    </main>
  );
}
