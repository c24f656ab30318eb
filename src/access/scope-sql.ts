import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely';
import type { Scope } from './model.ts';

/** Which columns of a read table say where a row lies and whose it is. */
export interface ScopeColumns {
  readonly areas: readonly string[];
  readonly units: readonly string[];
  readonly officials: readonly string[];
  /** The column with the matter's id: rows of matters that complain of the asker are not seen, whatever else holds. */
  readonly apart?: string;
}

/** The scope as a condition on a read table. What has no column for it is not seen. */
export function within<DB, T extends keyof DB>(
  eb: ExpressionBuilder<DB, T>,
  scope: Scope,
  columns: ScopeColumns,
): ExpressionWrapper<DB, T, SqlBool> {
  const { apart = [] } = scope;
  const seen =
    apart.length === 0 || columns.apart === undefined
      ? undefined
      : sql<SqlBool>`${sql.ref(columns.apart)} <> all(${apart}::uuid[])`;
  if (scope.all) return (seen ?? eb.lit(true)) as unknown as ExpressionWrapper<DB, T, SqlBool>;
  const any = (names: readonly string[], ids: readonly string[]) =>
    ids.length === 0 ? [] : names.map((name) => sql<SqlBool>`${sql.ref(name)} = any(${ids}::uuid[])`);
  const either = [
    ...any(columns.areas, scope.areas),
    ...any(columns.units, scope.units),
    ...any(columns.officials, scope.officials),
  ];
  const reached = either.length === 0 ? eb.lit(false) : eb.or(either);
  return (seen === undefined ? reached : sql<SqlBool>`(${seen} and ${reached})`) as unknown as ExpressionWrapper<
    DB,
    T,
    SqlBool
  >;
}

/**
 * The same condition for a statement written out, with its values as `scopeValues` gives them, from parameter `at` on.
 * A column that holds several, written `who[]`, is met by any of them.
 */
export function withinSql(at: number, { areas, units, officials, apart }: ScopeColumns): string {
  const any = (columns: readonly string[], n: number): string[] =>
    // A value that no column asks for must be named all the same, or its type is not known.
    columns.length === 0
      ? [`$${n}::uuid[] is null`]
      : columns.map((column) =>
          column.endsWith('[]') ? `${column.slice(0, -2)} && $${n}::uuid[]` : `${column} = any($${n}::uuid[])`,
        );
  const reached = `($${at}::boolean or ${[...any(areas, at + 1), ...any(units, at + 2), ...any(officials, at + 3)].join(' or ')})`;
  // Ids of matters stand among the areas (see `scopeValues`): no place has one of them.
  return apart === undefined ? reached : `(${reached} and not coalesce(${apart} = any($${at + 1}::uuid[]), false))`;
}

/**
 * The four values for `withinSql`. Matters that complain of the asker are told with the areas, where no place can be taken
 * for one: so no statement needs a fifth value for what concerns hardly anybody.
 */
export const scopeValues = ({ all, areas, units, officials, apart = [] }: Scope): readonly unknown[] => [
  all,
  apart.length === 0 ? areas : [...areas, ...apart],
  units,
  officials,
];
