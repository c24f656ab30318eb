import type { AnyRecordType, ReadTable, Row, Rows } from './record.ts';

/** Everything one accepted command writes, over one or several records. */
export interface Writing {
  readonly county: number;
  readonly commands: { id: string; verdict: unknown; recorded_at: string }[];
  readonly events: Row[];
  readonly boxes: Row[];
  readonly unsealed: Row[];
  /** Read rows to put or take away, by table name. */
  readonly put: Map<string, Row[]>;
  readonly drop: Map<string, Row[]>;
}

export const newWriting = (county: number): Writing => ({
  county,
  commands: [],
  events: [],
  boxes: [],
  unsealed: [],
  put: new Map(),
  drop: new Map(),
});

export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: string[];
}

/**
 * The writing as one statement: either all of it is committed or none, in one round trip.
 * A record that moved on meanwhile violates the event key, a command sent before the command key.
 * Every part travels as one JSON array, so the statement's shape depends only on which tables it touches
 * and the server plans each shape once for a connection.
 */
export function statementOf(writing: Writing, tables: ReadonlyMap<string, ReadTable & { columns: readonly string[] }>): Statement {
  const parts: string[] = [];
  const values: string[] = [];
  const shape: string[] = [];
  const take = (rows: readonly unknown[]): string => `$${values.push(JSON.stringify(rows))}::jsonb`;
  const insert = (table: string, rows: readonly unknown[], tail = ''): void => {
    if (rows.length === 0) return;
    shape.push(table);
    parts.push(`insert into "${table}" select * from jsonb_populate_recordset(null::"${table}", ${take(rows)})${tail}`);
  };

  insert('command', writing.commands.map((c) => ({ county: writing.county, ...c })));
  insert('event', writing.events);
  insert('vault', writing.boxes);
  insert('unsealed', writing.unsealed);
  for (const [name, rows] of writing.put) {
    const table = getTable(tables, name);
    const rest = table.columns.filter((c) => !table.key.includes(c));
    const set = rest.map((c) => `"${c}" = excluded."${c}"`).join(', ');
    insert(name, rows, ` on conflict (${table.key.join(', ')}) do ${set === '' ? 'nothing' : `update set ${set}`}`);
  }
  for (const [name, rows] of writing.drop) {
    if (rows.length === 0) continue;
    const table = getTable(tables, name);
    shape.push(`-${name}`);
    const same = table.key.map((c) => `t."${c}" = d."${c}"`).join(' and ');
    parts.push(`delete from "${name}" t using jsonb_populate_recordset(null::"${name}", ${take(rows)}) d where ${same}`);
  }
  const last = parts.pop();
  if (last === undefined) throw new Error('nothing to write');
  const text = parts.length === 0 ? last : `with ${parts.map((p, i) => `w${i} as (${p})`).join(',\n')}\n${last}`;
  return { name: nameOf(shape.join(' ')), text, values };
}

/** Names of prepared statements may have 63 bytes; the shapes get numbers in the order they turn up. */
const numbers = new Map<string, number>();
const nameOf = (shape: string): string => {
  const number = numbers.get(shape) ?? numbers.size + 1;
  numbers.set(shape, number);
  return `write ${number}`;
};

/** Adds to the writing what differs between the rows before and after. */
export function addRows(writing: Writing, type: AnyRecordType, before: Rows, after: Rows): void {
  for (const table of type.tables) {
    const old = before[table.name] ?? [];
    const now = after[table.name] ?? [];
    const keyOf = (row: Row): string => JSON.stringify(table.key.map((c) => row[c]));
    const known = new Map(old.map((row) => [keyOf(row), row]));
    for (const row of now) {
      const key = keyOf(row);
      const was = known.get(key);
      known.delete(key);
      if (was === undefined || JSON.stringify(was) !== JSON.stringify(row)) push(writing.put, table.name, row);
    }
    for (const row of known.values()) push(writing.drop, table.name, row);
  }
}

const push = (map: Map<string, Row[]>, key: string, row: Row): void => {
  const rows = map.get(key);
  if (rows === undefined) map.set(key, [row]);
  else rows.push(row);
};

const getTable = <T>(tables: ReadonlyMap<string, T>, name: string): T => {
  const table = tables.get(name);
  if (table === undefined) throw new Error(`no read table "${name}" is registered`);
  return table;
};
