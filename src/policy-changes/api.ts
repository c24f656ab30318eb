import { scopeOf } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import { scopeValues, withinSql } from '../access/scope-sql.ts';
import { dayOf } from '../calendar/days.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Routes, route } from '../contract/route.ts';
import { PolicyChangeCommand, plainName as plain } from './model.ts';

const matterScope = {
  areas: ['m.township', 'm.village', 'm.grid'],
  units: ['m.unit'],
  officials: ['m.official', 'm.handler', 'm.leader'],
  apart: 'm.id',
};

export const policyChangeRoutes = {
  'GET /api/policy-changes': route({
    action: 'policy-change.read',
    summary: 'Policies that changed and the matters they stood in the way of; and policies that do, with how many',
    async handle(desk) {
      const today = dayOf(desk.now);
      const scope = scopeValues(scopeOf(desk.actor, 'policy-change.read'));
      const [waiting, barring, announced] = await Promise.all([
        desk.query<{
          change: string;
          id: string;
          number: string;
          subject: string | null;
          unit: string;
          status: string;
          disposed_on: string;
        }>(
          'policy-change.waiting',
          `select c.id as change, m.id, m.number, m.subject, m.unit, m.status,
                  (m.disposed_at at time zone 'Asia/Shanghai')::date as disposed_on
             from policy_change c join matter m on m.county = c.county and m.disposition = 'not-permitted'
                  and (m.disposed_at at time zone 'Asia/Shanghai')::date <= c.valid_from
                  and ((c.guide is not null and m.guide = c.guide) or ${plain('m.policy')} = ${plain('c.policy')})
            where c.county = $1 and c.valid_from <= $2::date and m.id <> all(c.passed_over) and ${withinSql(3, matterScope)}
            order by m.disposed_at, m.id limit 300`,
          [desk.county, today, ...scope],
        ),
        desk.query<{ policy: string; matters: number; open: number }>(
          'policy-change.barring',
          `select max(m.policy) as policy, count(*)::int as matters, count(*) filter (where m.open)::int as open from matter m
            where m.county = $1 and m.disposition = 'not-permitted' and m.policy is not null and ${withinSql(2, matterScope)}
            group by ${plain('m.policy')} order by count(*) desc, max(m.policy) limit 100`,
          [desk.county, ...scope],
        ),
        desk.query<{ id: string; policy: string; what: string; source: string; valid_from: string }>(
          'policy-change.list',
          'select id, policy, what, source, valid_from from policy_change where county = $1 order by valid_from desc, id limit 100',
          [desk.county],
        ),
      ]);
      const names = await namesOf(
        desk.query,
        desk.county,
        waiting.map(({ unit }) => unit),
      );
      return {
        today,
        changes: announced.map(({ valid_from, ...change }) => ({
          ...change,
          validFrom: valid_from,
          matters: waiting
            .filter((row) => row.change === change.id)
            .map((row) => ({
              id: row.id,
              number: row.number,
              subject: row.subject,
              unitName: names(row.unit),
              closed: row.status === 'closed',
              saidOn: row.disposed_on,
            })),
        })),
        barring,
      };
    },
  }),
  ...commandRoutes('policy-change', '/api/policy-changes', PolicyChangeCommand, {
    'policy-change.announce': 'A policy changed: what it says now, by which paper, from which day',
    'policy-change.pass-over': 'The change does not help this matter, with the reason',
  }),
} satisfies Routes;
