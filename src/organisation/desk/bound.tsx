import { Link } from '@tanstack/react-router';
import { sayDate } from '../../app/ui/time.ts';
import type { AssignmentLine } from '../reads.ts';
import { assignmentTypes } from './words.ts';
import { t } from './english.ts';

/** Who is bound to what, from when to when. */
export const Bound = ({
  assignments,
  empty,
  by,
}: {
  assignments: readonly AssignmentLine[];
  empty: string;
  by: 'official' | 'target';
}) =>
  assignments.length === 0 ? (
    <p className="lead">{empty}</p>
  ) : (
    <table className="sheet">
      <tbody>
        {assignments.map((a) => (
          <tr key={a.id}>
            <td className="nowrap">
              {by === 'official' ? (
                <Link to="/officials/$id" params={{ id: a.official }} search={{}}>
                  {a.officialName}
                </Link>
              ) : (
                (a.areaName ?? a.unitName ?? t('一户'))
              )}
            </td>
            <td>{a.role === assignmentTypes[a.type] ? '' : a.role}</td>
            <td className="nowrap">{assignmentTypes[a.type]}</td>
            <td className="nowrap">
              <small>
                {sayDate(a.since)}
                {a.until === null ? t('起') : t('至 {until}', { until: sayDate(a.until) })}
                {a.lockedUntil !== null &&
                  a.until === null &&
                  t('，定到 {lockedUntil}', { lockedUntil: sayDate(a.lockedUntil) })}
              </small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
