import { type Year, weeksOf } from './days.ts';
import { sayDate, sayMonth } from '../../app/ui/time.ts';
import { t } from './english.ts';

const weekdays = [t('一'), t('二'), t('三'), t('四'), t('五'), t('六'), t('日')];

/** One month; each day says whether it is worked and why. */
export function MonthGrid({
  year,
  month,
  days,
  onToggle,
}: {
  year: number;
  month: number;
  days: Year;
  onToggle: ((day: string) => void) | undefined;
}) {
  const look = (day: string, column: number): [className: string, says: string] => {
    if (days.holidays.includes(day)) return ['holiday', days.names?.[day] ?? t('放假')];
    if (days.workdays.includes(day)) return ['made-up', t('调休上班')];
    return column >= 5 ? ['off', t('周末')] : ['', t('上班')];
  };
  return (
    <div className="month">
      <table>
        <caption>{sayMonth(`${year}-${String(month).padStart(2, '0')}`)}</caption>
        <thead>
          <tr>
            {weekdays.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(year, month).map((week) => (
            <tr key={week.find((day) => day !== undefined)}>
              {week.map((day, column) => {
                if (day === undefined) return <td key={column} />;
                const [className, says] = look(day, column);
                return (
                  <td key={day}>
                    <button
                      type="button"
                      className={className}
                      title={says}
                      aria-label={`${sayDate(day)} ${says}`}
                      disabled={onToggle === undefined}
                      onClick={() => onToggle?.(day)}
                    >
                      {Number(day.slice(8))}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
