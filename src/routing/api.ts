import { z } from 'zod';
import { may, scopeOf } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import { actorName } from '../access/model.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { DEFAULT_ROUTES } from '../catalogue/default-routes.ts';
import type { CategoryTree, RoutingCatalogue } from '../catalogue/model.ts';
import { pathOf } from '../catalogue/tree.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Routes, route } from '../contract/route.ts';
import { RouteChangeCommand } from './model.ts';
import { type RuleChange, changesBetween } from './rules.ts';

/** Changes of one version shown at once; a whole new catalogue is told by its number. */
const SHOWN = 60;
/** Where a matter that bounced lies, as columns of the row called `b`. */
const bounceScope = { areas: ['b.township'], units: ['b.from_unit', 'b.better_unit'], officials: [] };

interface VersionRow {
  readonly version: number;
  readonly valid_from: string;
  readonly source: string;
  readonly reason: string;
  readonly published_at: string;
  readonly published_by: string;
  readonly document: RoutingCatalogue;
}

export const routingRoutes = {
  'GET /api/routing': route({
    action: 'routing.read',
    summary:
      'The catalogue in force (category × level × area → unit), every version with what it changed and why, and proposals',
    async handle(desk) {
      const tree = desk.policies.get<CategoryTree>('categories');
      const catalogue = desk.policies.get<RoutingCatalogue>('routing');
      const [versions, proposals] = await Promise.all([
        desk.query<VersionRow>(
          'routing.versions',
          `select version, valid_from, source, reason, published_at, published_by, document from policy
            where county = $1 and name = 'routing' order by version`,
          [desk.county],
        ),
        desk.query<{
          id: string;
          category: string;
          level: string;
          area: string | null;
          unit_name: string;
          before_name: string | null;
          reason: string;
          seen: number;
          upheld: number;
          state: string;
          proposed_at: string;
          proposed_by: string;
          decided_by: string | null;
          answer: string | null;
        }>(
          'routing.proposals',
          `select * from route_change where county = $1 order by state = 'proposed' desc, proposed_at desc limit 50`,
          [desk.county],
        ),
      ]);
      const steps = versions.map((version, i) => ({
        ...version,
        changes: changesBetween(versions[i - 1]?.document ?? DEFAULT_ROUTES, version.document),
      }));
      const names = await namesOf(
        desk.query,
        desk.county,
        [
          ...catalogue.rules.map(({ area }) => area),
          ...steps.flatMap(({ changes, published_by }) => [published_by, ...changes.map(({ area }) => area)]),
          ...proposals.flatMap((p) => [p.area, p.proposed_by, p.decided_by]),
        ].filter((id) => id != null && /^[0-9a-f]{8}-/.test(id)),
      );
      const place = (area: string | null | undefined): string => (area == null ? '' : (names(area) ?? area));
      const me = actorName(desk.actor);
      const decides = may(desk.actor, 'route-change.accept', {});
      const said = (change: RuleChange) => ({
        category: pathOf(tree, change.category),
        level: change.level,
        place: place(change.area),
        before: change.before ?? null,
        after: change.after ?? null,
      });
      return {
        rules: catalogue.rules.map(({ category, level, area, unit }) => ({
          category: pathOf(tree, category),
          level,
          place: place(area),
          unit: unit.name,
        })),
        versions: steps.toReversed().map(({ changes, ...version }) => ({
          version: version.version,
          validFrom: version.valid_from,
          source: version.source,
          reason: version.reason,
          publishedOn: dayOf(version.published_at),
          publishedBy: names(version.published_by),
          changed: changes.length,
          changes: changes.slice(0, SHOWN).map(said),
        })),
        proposals: proposals.map((p) => ({
          id: p.id,
          category: pathOf(tree, p.category),
          level: p.level,
          place: place(p.area),
          before: p.before_name,
          after: p.unit_name,
          reason: p.reason,
          seen: p.seen,
          upheld: p.upheld,
          state: p.state,
          by: names(p.proposed_by),
          on: dayOf(p.proposed_at),
          decidedBy: names(p.decided_by),
          answer: p.answer,
          canDecide: p.state === 'proposed' && decides && p.proposed_by !== me,
        })),
      };
    },
  }),

  'GET /api/routing/bounces': route({
    action: 'routing.count',
    summary: 'Where matters bounce: from which unit to which, of what kind, how often, and how often it was upheld',
    query: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
    async handle(desk, { query }) {
      const today = dayOf(desk.now);
      const to = query.to ?? today;
      const from = query.from ?? addDays(to, -365);
      const tree = desk.policies.get<CategoryTree>('categories');
      const scope = scopeValues(scopeOf(desk.actor, 'routing.count'));
      const within = `b.county = $1 and b.returned_at >= ($2::date::timestamp at time zone 'Asia/Shanghai')
              and b.returned_at < (($3::date + 1)::timestamp at time zone 'Asia/Shanghai')`;
      const [rows, [sum]] = await Promise.all([
        desk.query<{
          from_unit: string;
          better_unit: string;
          category: string | null;
          times: number;
          upheld: number;
          stayed: number;
          elsewhere: number;
          pending: number;
          unit_kind: string | null;
          unit_area: string | null;
        }>(
          'routing.bounces',
          `select b.from_unit, b.better_unit, b.category, count(*)::int as times,
                  count(*) filter (where b.decided_unit = b.better_unit)::int as upheld,
                  count(*) filter (where b.decided_unit = b.from_unit)::int as stayed,
                  count(*) filter (where b.decided_unit <> b.better_unit and b.decided_unit <> b.from_unit)::int as elsewhere,
                  count(*) filter (where b.decided_at is null)::int as pending,
                  max(u.kind) as unit_kind, max(u.area::text) as unit_area
             from matter_bounce b left join unit u on u.county = b.county and u.id = b.better_unit
            where ${within} and ${withinSql(4, bounceScope)}
            group by b.from_unit, b.better_unit, b.category order by count(*) desc, b.from_unit, b.better_unit limit 200`,
          [desk.county, from, to, ...scope],
        ),
        desk.query<{ bounces: number; matters: number; twice: number; dispatched: number }>(
          'routing.bounced',
          `select coalesce(sum(n), 0)::int as bounces, count(*)::int as matters, count(*) filter (where n > 1)::int as twice,
                  (select count(*)::int from matter m where m.county = $1
                      and m.dispatched_at >= ($2::date::timestamp at time zone 'Asia/Shanghai')
                      and m.dispatched_at < (($3::date + 1)::timestamp at time zone 'Asia/Shanghai')
                      and ${withinSql(4, { areas: ['m.township', 'm.village', 'm.grid'], units: ['m.unit'], officials: [] })}) as dispatched
             from (select b.matter, count(*) as n from matter_bounce b where ${within} and ${withinSql(4, bounceScope)} group by b.matter) x`,
          [desk.county, from, to, ...scope],
        ),
      ]);
      const names = await namesOf(
        desk.query,
        desk.county,
        rows.flatMap((row) => [row.from_unit, row.better_unit]),
      );
      return {
        from,
        to,
        ...sum!,
        canPropose: may(desk.actor, 'route-change.propose', {}),
        rows: rows.map((row) => ({
          from: row.from_unit,
          fromName: names(row.from_unit),
          to: row.better_unit,
          toName: names(row.better_unit),
          category: row.category,
          categoryName: row.category === null ? null : pathOf(tree, row.category),
          times: row.times,
          upheld: row.upheld,
          stayed: row.stayed,
          elsewhere: row.elsewhere,
          pending: row.pending,
          /** How the catalogue would say that the better unit has it: a township for its own place. */
          level: row.unit_kind === 'township' ? ('township' as const) : ('county' as const),
          area: row.unit_kind === 'township' ? row.unit_area : null,
        })),
      };
    },
  }),

  ...commandRoutes('route-change', '/api/route-changes', RouteChangeCommand, {
    'route-change.propose': 'Propose that the catalogue names another unit, from what bounced',
    'route-change.accept': 'Accept a proposal: the catalogue’s next version is published',
    'route-change.decline': 'Decline a proposal with the reason',
  }),
} satisfies Routes;
