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

/** Says on each cell the name above it; a cell over several columns has none of its own. */
function nameCells(table: HTMLTableElement): void {
  const names = [...(table.tHead?.rows.item(0)?.cells ?? [])].map((head) => head.textContent.trim());
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
