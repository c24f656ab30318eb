import { Link } from '@tanstack/react-router';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { usePolicies } from './queries.ts';

/** The county's rules: what it decides for itself, each with its versions. */
export function Policies() {
  const { data, error, refetch } = usePolicies();
  return (
    <main className="page">
      <header>
        <h1>规则</h1>
      </header>
      <p className="lead">
        放假调休、办理时限、派单目录，都由县里自己定，不用改程序。每一版都写明依据和理由，旧版留着可查。
      </p>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && (
        <table className="sheet rules">
          <thead>
            <tr>
              <th>规则</th>
              <th>现行的依据</th>
              <th>起用</th>
              <th className="num">版本</th>
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
                  <td>{now?.source ?? `${policy.standard}（随系统，还没有由县里确认）`}</td>
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
