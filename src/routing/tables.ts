import type { CategoryTree, RoutingCatalogue } from '../catalogue/model.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { idOf } from '../ledger/ids.ts';
import type { RecordType } from '../ledger/record.ts';
import {
  RouteChangeCommand,
  type RouteChangeCommand as Command,
  type RouteChangeEvent,
  type RouteChangeFacts,
  type RouteChangeState,
} from './model.ts';
import { routeChanges, withRule } from './rules.ts';

/** A word for a kind of unit, as the catalogue writes it; the organisation's own code where it is such a word. */
const kindOf = (code: string | null): string => (code !== null && /^[a-z][a-z-]{0,39}$/.test(code) ? code : 'unit');

export const routeChangeRecord: RecordType<RouteChangeState, Command, RouteChangeEvent, RouteChangeFacts> = {
  name: 'route-change',
  decider: routeChanges,
  commands: RouteChangeCommand,
  tables: [{ name: 'route_change', key: ['county', 'id'] }],
  async facts({ county, state, command, actor, at, query, policies }) {
    const catalogue = policies.get<RoutingCatalogue>('routing');
    // The record that holds the catalogue's versions (policy/tables.ts).
    const policy = idOf('policy', String(county), 'routing');
    const base = { actor, at, policy, seen: 0, upheld: 0, before: undefined, unit: undefined, document: undefined };
    if (command.kind !== 'route-change.propose') {
      const document =
        command.kind === 'route-change.accept' && state.state !== 'none' ? withRule(catalogue, state) : undefined;
      return { ...base, document, categoryKnown: true, areaKnown: true };
    }
    const { category, level, area, unit } = command;
    const known = policies.get<CategoryTree>('categories').categories.some(({ id }) => id === category);
    const [found] = await query<{
      name: string | null;
      code: string | null;
      area: boolean;
      seen: number;
      upheld: number;
    }>(
      'route-change.facts',
      `select u.name, u.code, ($3::uuid is null or exists (select from area where county = $1 and id = $3 and not closed)) as area,
              (select count(*)::int from matter_bounce where county = $1 and category like $4 and returned_at >= $5::timestamptz) as seen,
              (select count(*)::int from matter_bounce where county = $1 and category like $4 and returned_at >= $5::timestamptz
                  and decided_unit = $2 and from_unit <> $2) as upheld
         from (select 1) one left join unit u on u.county = $1 and u.id = $2 and not u.closed`,
      [county, unit, area ?? null, `${category.replace(/[%_\\]/g, '')}%`, `${addDays(dayOf(at), -365)}T00:00:00+08:00`],
    );
    const before = catalogue.rules.find((r) => r.category === category && r.level === level && r.area === area);
    return {
      ...base,
      categoryKnown: known,
      areaKnown: found?.area === true,
      unit: found?.name == null ? undefined : { id: unit, name: found.name, kind: kindOf(found.code) },
      before: before?.unit.name,
      seen: found?.seen ?? 0,
      upheld: found?.upheld ?? 0,
    };
  },
  reach: () => ({}),
  rows: (county, id, state) =>
    state.state === 'none'
      ? {}
      : {
          route_change: [
            {
              county,
              id,
              category: state.category,
              level: state.level,
              area: state.area ?? null,
              unit: state.unit,
              unit_name: state.unitName,
              before_name: state.beforeName ?? null,
              reason: state.reason,
              seen: state.seen,
              upheld: state.upheld,
              state: state.state,
              proposed_at: state.proposedAt,
              proposed_by: state.proposedBy,
              decided_at: state.decidedAt ?? null,
              decided_by: state.decidedBy ?? null,
              answer: state.answer ?? null,
            },
          ],
        },
};
