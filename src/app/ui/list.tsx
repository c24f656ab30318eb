import { Fragment, type ReactNode } from 'react';

/** One column of a list: what it is called, and what it says of a row. */
export interface Column<Row> {
  /** Stands above the column, and on a phone before what it says; nothing where it says it itself. */
  readonly name: string;
  /** Stands above the column instead of its name, as a box that marks all. */
  readonly head?: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Said in small below the cell. */
  readonly under?: (row: Row) => ReactNode;
  /**
   * `what` tells which one it is and leads to it; `mark` is ticked to choose the row; `number` is counted; `words` may take several lines; `act` is what
   * can be done with it. All others stay on one line.
   */
  readonly is?: keyof typeof classes;
  /** Red for overdue, amber for soon, green for “the resident said yes”; the words say it too. */
  readonly tone?: ((row: Row) => 'late' | 'soon' | 'yes' | false | undefined) | undefined;
}

const classes = { mark: 'mark', what: 'what', number: 'num', words: undefined, act: 'act', line: 'nowrap' } as const;

/**
 * Records as rows: a table where there is room and on paper, on a phone each record below the other, with what it is
 * about first and the rest named. A cell that says nothing takes no place there.
 * @param heads whether the names stand above; not where each row says all by itself
 * @param faded those that are over
 * @param on the one the keys stand on
 * @param below what opens under a row, as a form about it
 */
export function List<Row>({
  rows,
  columns,
  keyOf,
  heads = true,
  faded,
  on,
  below,
}: {
  rows: readonly Row[];
  columns: readonly (Column<Row> | false)[];
  keyOf: (row: Row, place: number) => string;
  heads?: boolean;
  faded?: (row: Row) => boolean;
  on?: (row: Row, place: number) => boolean;
  below?: (row: Row) => ReactNode;
}) {
  const shown = columns.filter((column) => column !== false);
  return (
    <table className="sheet listing">
      {heads && (
        <thead>
          <tr>
            {shown.map(({ name, head = name, is = 'line' }, place) => (
              // Columns do not move; two of them may have no name.
              // oxlint-disable-next-line react/no-array-index-key
              <th key={place} className={classes[is]} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((row, at) => {
          const opened = below?.(row);
          return (
            <Fragment key={keyOf(row, at)}>
              <tr className={on?.(row, at) === true ? 'on' : faded?.(row) === true ? 'over' : undefined}>
                {shown.map((column, place) => (
                  // oxlint-disable-next-line react/no-array-index-key
                  <Cell key={place} column={column} row={row} />
                ))}
              </tr>
              {opened !== undefined && opened !== null && opened !== false && (
                <tr className="below">
                  <td colSpan={shown.length}>{opened}</td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column: { name, cell, under, is = 'line', tone }, row }: { column: Column<Row>; row: Row }) {
  const said = cell(row);
  const more = under?.(row);
  const small = more === undefined || more === null || more === false || more === '' ? undefined : more;
  return (
    <td className={[classes[is], tone?.(row)].filter(Boolean).join(' ') || undefined} data-name={name || undefined}>
      {said}
      {small !== undefined && <small className="under">{small}</small>}
    </td>
  );
}
