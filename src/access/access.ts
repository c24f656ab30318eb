import type { Reach } from '../ledger/record.ts';
import type { Actor, Relation, Role, Scope } from './model.ts';
import { type Who, rules } from './table.ts';

/** Whether an actor may do this to a record of that reach. An unknown action is nobody's. */
export function may(actor: Actor, action: string, reach: Reach): boolean {
  if (actor.kind === 'anyone') return relations('anyone', action).includes('all');
  if (actor.kind === 'resident') {
    return relations('resident', action).some((r) => r === 'all' || (r === 'key' && reach.record === actor.record));
  }
  if (isApart(actor, reach)) return false;
  return actor.standings.some((standing) =>
    relations(standing.role, action).some((relation) => {
      switch (relation) {
        case 'all':
          return true;
        case 'area':
          return standing.everywhere === true || overlap(standing.areas, reach.areas);
        case 'unit':
          return standing.unit !== undefined && reach.units?.includes(standing.unit) === true;
        case 'self':
          return reach.officials?.includes(actor.id) === true;
        case 'key':
          return false;
      }
    }),
  );
}

/** Whether a record, or the matter it belongs to, complains of whoever asks. */
const isApart = (actor: Extract<Actor, { kind: 'official' }>, { without, matter }: Reach): boolean =>
  without?.includes(actor.id) === true || (matter !== undefined && actor.apart?.includes(matter) === true);

/** Of the commands that are possible, those this asker may give. */
export const canDo = <K extends string>(actor: Actor, possible: readonly K[], reach: Reach): K[] =>
  possible.filter((kind) => may(actor, kind, reach));

/** Whether any of the actor's posts names the action at all, whatever the record. */
export const mayAtAll = (actor: Actor, action: string): boolean =>
  actor.kind === 'official'
    ? actor.standings.some((s) => relations(s.role, action).length > 0)
    : relations(actor.kind, action).length > 0;

/** The rows of a list an actor may see: what `may` says of one record, said of all at once for SQL. */
export function scopeOf(actor: Actor, action: string): Scope {
  if (actor.kind !== 'official')
    return { all: relations(actor.kind, action).includes('all'), areas: [], units: [], officials: [] };
  const held = actor.standings.flatMap((s) => relations(s.role, action).map((relation) => ({ ...s, relation })));
  const of = (relation: Relation) => held.filter((h) => h.relation === relation);
  return {
    all: of('all').length > 0 || of('area').some((h) => h.everywhere === true),
    areas: [...new Set(of('area').flatMap((h) => h.areas))],
    units: [...new Set(of('unit').flatMap((h) => h.unit ?? []))],
    officials: of('self').length > 0 ? [actor.id] : [],
    ...(actor.apart === undefined || actor.apart.length === 0 ? {} : { apart: actor.apart }),
  };
}

export const seesNothing = (scope: Scope): boolean =>
  !scope.all && scope.areas.length === 0 && scope.units.length === 0 && scope.officials.length === 0;

export const hasRole = (actor: Actor, ...roles: Role[]): boolean =>
  actor.kind === 'official' && actor.standings.some((s) => roles.includes(s.role));

function relations(who: Who, action: string): readonly Relation[] {
  if (!Object.hasOwn(rules, action)) return [];
  const rule = rules[action]?.[who];
  return rule === undefined ? [] : typeof rule === 'string' ? [rule] : rule;
}

const overlap = (a: readonly string[], b: readonly string[] | undefined): boolean =>
  b !== undefined && a.some((x) => b.includes(x));
