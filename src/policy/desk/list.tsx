import { Link } from '@tanstack/react-router';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { usePolicies } from './queries.ts';
import { t } from './english.ts';

/** The county's rules: what it decides for itself, each with its versions. */
export function Policies() {
  const { data, error, refetch } = usePolicies();
  return (
    <main className="page">
      <header>
        <h1>{t('规则')}</h1>
      </header>
      <p className="lead">
        {t('放假调休、办理时限、派单目录，都由县里自己定，不用改程序。每一版都写明依据和理由，旧版留着可查。')}
      </p>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && (
        <table className="sheet rules">
          <thead>
            <tr>
              <th>{t('规则')}</th>
              <th>{t('现行的依据')}</th>
              <th>{t('起用')}</th>
              <th className="num">{t('版本')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((policy) => {
              const now = policy.versions[0];
              return (
                <tr key={policy.name}>
                  <td className="nowrap">
                    <Link to="/policies/$name" params={{ name: policy.name }} search={{}}>
                      {policy.title}
                    </Link>
                  </td>
                  <td>
                    {now?.source ?? t('{standard}（随系统，还没有由县里确认）', { standard: policy.standard })}
                    {now?.readable === false && (
                      <b className="late more">{t('这一版的写法系统已经读不了，没有在用。请照现在的写法重新发布。')}</b>
                    )}
                  </td>
                  <td className="nowrap">{now === undefined ? '' : sayDate(now.valid_from)}</td>
                  <td className="num">{policy.versions.length}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </main>
  );
}
