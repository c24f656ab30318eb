import { type Year, weeksOf } from './days.ts';

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];

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
    if (days.holidays.includes(day)) return ['holiday', days.names?.[day] ?? '放假'];
    if (days.workdays.includes(day)) return ['made-up', '调休上班'];
    return column >= 5 ? ['off', '周末'] : ['', '上班'];
  };
  return (
    <div className="month">
      <table>
        <caption>{month} 月</caption>
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
                      aria-label={`${month} 月 ${Number(day.slice(8))} 日，${says}`}
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
