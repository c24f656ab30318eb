import { sayDate, sayExactly, sayMoment } from '../../app/ui/time.ts';
import { usePolicies } from './queries.ts';

/** All versions of one document, newest first: from when, on what ground, why. */
export function Versions({ name }: { name: string }) {
  const policy = usePolicies().data?.find((p) => p.name === name);
  if (policy === undefined) return null;
  return (
    <>
      <h3>版本</h3>
      <table className="sheet">
        <tbody>
          {policy.versions.map((v) => (
            <tr key={v.version}>
              <td className="nowrap">第 {v.version} 版</td>
              <td className="nowrap">{sayDate(v.valid_from)} 起</td>
              <td>{v.source}</td>
              <td>{v.reason}</td>
              <td className="nowrap">
                <small title={sayExactly(v.published_at)}>{sayMoment(v.published_at)} 发布</small>
              </td>
            </tr>
          ))}
          <tr>
            <td className="nowrap">随系统</td>
            <td />
            <td colSpan={3}>{policy.standard}</td>
          </tr>
        </tbody>
      </table>
    </>
  );
}
