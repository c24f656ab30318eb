import { sayDate, sayExactly, sayMoment } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { usePolicies } from './queries.ts';
import { t } from './english.ts';

/** All versions of one document, newest first: from when, on what ground, why. */
export function Versions({ name }: { name: string }) {
  const policy = usePolicies().data?.find((p) => p.name === name);
  if (policy === undefined) return null;
  return (
    <>
      <h3>{t('版本')}</h3>
      <Sheet>
        <tbody>
          {policy.versions.map((v) => (
            <tr key={v.version}>
              <td className="nowrap">{t('第 {version} 版', { version: v.version })}</td>
              <td className="nowrap">{t('{valid_from} 起', { valid_from: sayDate(v.valid_from) })}</td>
              <td>{v.source}</td>
              <td>
                {v.reason}
                {!v.readable && (
                  <b className="late more">{t('这一版的写法系统已经读不了，没有在用。请照现在的写法重新发布。')}</b>
                )}
              </td>
              <td className="nowrap">
                <small title={sayExactly(v.published_at)}>
                  {t('{published_at} 发布', { published_at: sayMoment(v.published_at) })}
                </small>
              </td>
            </tr>
          ))}
          <tr>
            <td className="nowrap">{t('随系统')}</td>
            <td />
            <td colSpan={3}>{policy.standard}</td>
          </tr>
        </tbody>
      </Sheet>
    </>
  );
}
