import type { AnyRecordType, ReadTable, Row, Rows } from './record.ts';

/** Everything one accepted command writes, over one or several records. */
export interface Writing {
  readonly county: number;
  readonly commands: { id: string; verdict: unknown; actor: string; recorded_at: string }[];
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
  readonly values: unknown[];
}

/** A read table with its columns as the database knows them, by name the type. */
export type Stored = ReadTable & { readonly columns: ReadonlyMap<string, string> };

/** The ledger's own tables and their columns, in the order of migrations/0001_ledger.sql. */
const LEDGER = {
  command: { county: 'int4', id: 'uuid', verdict: 'jsonb', actor: 'text', recorded_at: 'timestamptz' },
  event: {
    county: 'int4',
    stream: 'uuid',
    version: 'int4',
    record: 'text',
    kind: 'text',
    data: 'jsonb',
    personal: 'bytea',
    actor: 'text',
    at: 'timestamptz',
    recorded_at: 'timestamptz',
    command: 'uuid',
    device: 'text',
  },
  vault: { county: 'int4', stream: 'uuid', version: 'int4', box: 'bytea' },
  unsealed: { county: 'int4', stream: 'uuid', first: 'int4', last: 'int4' },
} as const;
const ledgerColumns = new Map(
  Object.entries(LEDGER).map(([name, columns]) => [name, new Map(Object.entries(columns))]),
);

/** Everything of a writing that is inserted, table by table in the order it is written in. */
export function insertsOf(
  writing: Writing,
  tables: ReadonlyMap<string, Stored>,
): { readonly table: string; readonly columns: ReadonlyMap<string, string>; readonly rows: readonly Row[] }[] {
  const of = (table: keyof typeof LEDGER, rows: readonly Row[]) => ({
    table,
    columns: ledgerColumns.get(table)!,
    rows,
  });
  return [
    of(
      'command',
      writing.commands.map((c) => ({ county: writing.county, ...c })),
    ),
    of('event', writing.events),
    of('vault', writing.boxes),
    of('unsealed', writing.unsealed),
    ...[...writing.put].map(([table, rows]) => ({ table, columns: getTable(tables, table).columns, rows })),
  ];
}

/** Up to so many rows of a table travel as parameters of their own; more of them as one JSON array. */
const FEW = 3;

/** What several writings of one county write, as one. They must not be about the same record. */
export function joined(writings: readonly Writing[]): Writing {
  const [first, ...others] = writings;
  if (first === undefined) throw new Error('nothing to join');
  if (others.length === 0) return first;
  const all = newWriting(first.county);
  for (const writing of writings) {
    all.commands.push(...writing.commands);
    all.events.push(...writing.events);
    all.boxes.push(...writing.boxes);
    all.unsealed.push(...writing.unsealed);
    for (const kind of ['put', 'drop'] as const)
      for (const [table, rows] of writing[kind]) for (const row of rows) push(all[kind], table, row);
  }
  return all;
}

/**
 * The writing as one statement: either all of it is committed or none, in one round trip.
 * A record that moved on meanwhile violates the event key, a command sent before the command key.
 *
 * The statement's shape depends only on which tables it touches and, for a single command's few rows, on how many, so
 * the server plans each shape once for a connection. One command's rows as plain parameters cost the database 150 µs
 * and as JSON 250; of eight commands together 100 and 90 each, and this process 80 and 50 (a progress note).
 */
export function statementOf(writing: Writing, tables: ReadonlyMap<string, Stored>): Statement {
  const parts: string[] = [];
  const values: unknown[] = [];
  const shape: string[] = [];
  const few = writing.commands.length > 1 ? 0 : FEW;
  const populated = (table: string, rows: readonly unknown[]): string =>
    `json_populate_recordset(null::"${table}", $${values.push(JSON.stringify(rows))}::json)`;
  const insert = (table: string, columns: ReadonlyMap<string, string>, rows: readonly Row[], tail = ''): void => {
    if (rows.length === 0) return;
    if (rows.length > few) {
      shape.push(table);
      parts.push(`insert into "${table}" select * from ${populated(table, rows)}${tail}`);
      return;
    }
    shape.push(`${table}*${rows.length}`);
    const given = rows.map(
      (row) => `(${[...columns].map(([name, type]) => `$${values.push(parameterOf(row[name], type))}`).join(', ')})`,
    );
    parts.push(
      `insert into "${table}" (${[...columns.keys()].map((c) => `"${c}"`).join(', ')}) values ${given.join(', ')}${tail}`,
    );
  };

  insert(
    'command',
    ledgerColumns.get('command')!,
    writing.commands.map((c) => ({ county: writing.county, ...c })),
  );
  insert('event', ledgerColumns.get('event')!, writing.events);
  insert('vault', ledgerColumns.get('vault')!, writing.boxes);
  insert('unsealed', ledgerColumns.get('unsealed')!, writing.unsealed);
  // By name, so that the order in which commands met makes no shapes of its own.
  for (const [name, rows] of [...writing.put].toSorted(byName)) {
    const table = getTable(tables, name);
    const rest = [...table.columns.keys()].filter((c) => !table.key.includes(c));
    const set = rest.map((c) => `"${c}" = excluded."${c}"`).join(', ');
    insert(
      name,
      table.columns,
      rows,
      ` on conflict (${table.key.join(', ')}) do ${set === '' ? 'nothing' : `update set ${set}`}`,
    );
  }
  for (const [name, rows] of [...writing.drop].toSorted(byName)) {
    if (rows.length === 0) continue;
    const table = getTable(tables, name);
    shape.push(`-${name}`);
    const same = table.key.map((c) => `t."${c}" = d."${c}"`).join(' and ');
    parts.push(`delete from "${name}" t using ${populated(name, rows)} d where ${same}`);
  }
  const last = parts.pop();
  if (last === undefined) throw new Error('nothing to write');
  const text = parts.length === 0 ? last : `with ${parts.map((p, i) => `w${i} as (${p})`).join(',\n')}\n${last}`;
  return { name: nameOf(shape.join(' ')), text, values };
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** A JSON value as the driver sends it to a column of that type: arrays and scalars it knows, JSON is ours to write. */
const parameterOf = (value: unknown, type: string): unknown =>
  value === undefined || value === null ? null : type === 'jsonb' ? JSON.stringify(value) : value;

/** Names of prepared statements may have 63 bytes; the shapes get numbers in the order they turn up. */
const numbers = new Map<string, number>();
const nameOf = (shape: string): string => {
  const number = numbers.get(shape) ?? numbers.size + 1;
  numbers.set(shape, number);
  return `write ${number}`;
};

/**
 * Adds to the writing what differs between the rows before and after.
 * @param again whether the same command changed this record before
 */
export function addRows(writing: Writing, type: AnyRecordType, before: Rows, after: Rows, again = false): void {
  for (const table of type.tables) {
    const old = before[table.name] ?? [];
    const now = after[table.name] ?? [];
    const keyOf = (row: Row): string => JSON.stringify(table.key.map((c) => row[c]));
    const known = new Map(old.map((row) => [keyOf(row), row]));
    const change = (into: Writing['put'], row: Row): void => {
      if (again) for (const map of [writing.put, writing.drop]) forget(map, table.name, keyOf(row), keyOf);
      push(into, table.name, row);
    };
    for (const row of now) {
      const key = keyOf(row);
      const was = known.get(key);
      known.delete(key);
      if (was === undefined || JSON.stringify(was) !== JSON.stringify(row)) change(writing.put, row);
    }
    for (const row of known.values()) change(writing.drop, row);
  }
}

/** A row written before by the same command: one statement writes each row once, as it is at the end. */
function forget(map: Map<string, Row[]>, table: string, key: string, keyOf: (row: Row) => string): void {
  const rows = map.get(table);
  if (rows === undefined) return;
  const others = rows.filter((row) => keyOf(row) !== key);
  if (others.length === 0) map.delete(table);
  else map.set(table, others);
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
