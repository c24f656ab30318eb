import { Link } from '@tanstack/react-router';
import { PaperTries, SmallClock } from '../../app/ui/clocks.tsx';
import type { Matter } from './queries.ts';
import { levels } from './words.ts';
import { t } from './english.ts';

/**
 * Beside the clock that stands foremost: the stage’s, what the person must still be brought, the whole’s, their own time to
 * go on, and all that ran before.
 */
export function Clocks({
  matter: { clock: stage, overall, owed, remedy, past },
  foremost,
}: {
  matter: Matter;
  foremost: { readonly name: string; readonly due: string | null } | null;
}) {
  const rest = owed.filter((clock) => clock !== foremost);
  const waits = stage === foremost ? null : stage;
  if (waits === null && overall === null && rest.length === 0 && remedy === null && past.length === 0) return null;
  return (
    <div className="clocks">
      {waits !== null && <SmallClock clock={{ ...waits, stoppedAt: null }} />}
      {rest.map((clock) => (
        <SmallClock key={`${clock.name} ${clock.paper}`} clock={clock} />
      ))}
      {remedy !== null && <SmallClock clock={remedy} />}
      {overall !== null && <SmallClock clock={overall} />}
      {past.length > 0 && (
        <details className="small-clock">
          <summary>{t('走完的时限 {n} 个', { n: past.length })}</summary>
          {past.map((clock) => (
            <SmallClock key={`${clock.name} ${clock.stoppedAt} ${clock.startedAt}`} clock={clock} />
          ))}
        </details>
      )}
    </div>
  );
}

/** The documents of a matter, its reviews, and the earlier matter it goes on from. */
export function Papers({
  matter: { papers, reviews, after, refusal, mustAccept, review, remedy },
}: {
  matter: Matter;
}) {
  return (
    <>
      {after !== null && (
        <>
          <dt>{t('接着哪一件')}</dt>
          <dd>
            <Link to="/matters/$id" params={{ id: after }} search={{}}>
              {t('原来那件，这次有新的事实')}
            </Link>
          </dd>
        </>
      )}
      {refusal !== null && (
        <>
          <dt>{t('不予受理')}</dt>
          <dd>
            {refusal.name}
            {refusal.where !== undefined && t('，应当到{where}', { where: refusal.where })}
          </dd>
        </>
      )}
      {mustAccept && (
        <>
          <dt>{t('裁定')}</dt>
          <dd>{t('由本单位受理，不能再以原来的理由推')}</dd>
        </>
      )}
      {papers.length > 0 && (
        <>
          <dt>{t('文书')}</dt>
          <dd>
            {papers.map((paper) => (
              <PaperTries key={paper.version} paper={paper} />
            ))}
          </dd>
        </>
      )}
      {(reviews.length > 0 || remedy !== null) && (
        <>
          <dt>{t('复查复核')}</dt>
          <dd>
            {reviews.map(({ id, level, outcome }) => (
              <div key={id}>
                <Link to="/reviews/$id" params={{ id }} search={{}}>
                  {level}
                </Link>{' '}
                {outcome ?? (id === review ? t('正在看') : '')}
              </div>
            ))}
            {remedy !== null && reviews.length === 0 && t('本人可以请求{level}', { level: levels[remedy.level] })}
          </dd>
        </>
      )}
    </>
  );
}
