import { type ComponentProps, useLayoutEffect, useRef } from 'react';

/**
 * A table written row by row, where `List` does not fit: on a phone each row stands below the other, with its first
 * cell as what it is about and the name of its column before every other one.
 */
export function Sheet({ className = '', children, ...rest }: ComponentProps<'table'>) {
  const table = useRef<HTMLTableElement>(null);
  // After every drawing: rows come and go, and the names follow the heads that stand now.
  useLayoutEffect(() => {
    if (table.current !== null) nameCells(table.current);
  });
  return (
    <table {...rest} ref={table} className={`sheet listing by-hand ${className}`.trim()}>
      {children}
    </table>
  );
}

/** The name of each column: of heads over several rows the lowest, without what is said in small beside it. */
function namesIn(head: HTMLTableSectionElement | null): string[] {
  const names: string[] = [];
  // How many rows more a column is taken by a head from above.
  const taken: number[] = [];
  for (const row of head?.rows ?? []) {
    let at = 0;
    for (const { colSpan, rowSpan, childNodes } of row.cells) {
      while ((taken[at] ?? 0) > 0) taken[at++]! -= 1;
      const name = [...childNodes]
        .filter((node) => node.nodeName !== 'SMALL')
        .map((node) => node.textContent)
        .join('')
        .trim();
      for (const end = at + colSpan; at < end; at++) {
        names[at] = name;
        taken[at] = rowSpan - 1;
      }
    }
  }
  return names;
}

/** Says on each cell the name above it; a cell over several columns has none of its own. */
function nameCells(table: HTMLTableElement): void {
  const names = namesIn(table.tHead);
  for (const body of table.tBodies) {
    for (const row of body.rows) {
      let at = 0;
      for (const cell of row.cells) {
        const name = cell.colSpan > 1 ? '' : (names[at] ?? '');
        if (name !== '' && cell.cellIndex > 0) cell.dataset['name'] = name;
        else delete cell.dataset['name'];
        at += cell.colSpan;
      }
    }
  }
}
