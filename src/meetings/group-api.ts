import { z } from 'zod';
import { canDo, may, scopeOf } from '../access/access.ts';
import { namesOf, placeOf } from '../access/directory.ts';
import { unitsOf } from '../access/model.ts';
import { scopeValues } from '../access/scope-sql.ts';
import { dayOf } from '../calendar/days.ts';
import { commandRoutes } from '../contract/commands.ts';
import { type Desk, type Routes, route } from '../contract/route.ts';
import { refuse } from '../ledger/decider.ts';
import { lacksOf, possibleOfGroup, sitsOn } from './groups.ts';
import { responsibilityStream } from './group-tables.ts';
import {
  type ResponsibilitiesPolicy,
  ResponsibilityCommand,
  type StandingGroup,
  StandingGroupCommand,
  type StandingGroupState,
  groupFormNames,
  layerNames,
  layers,
  seatNames,
  seats,
} from './model.ts';

const Id = z.object({ id: z.uuid() });

interface SeatRow {
  readonly standing_group: string;
  readonly official: string;
  readonly name: string | null;
  readonly seat: (typeof seats)[number];
  readonly since: string;
  readonly until: string | null;
  readonly retired: boolean;
}

/** Posts and fields of work in a unit's three layers; a layer held by somebody no longer at work is a gap. */
async function coverage(desk: Desk) {
  const { fields } = desk.policies.get<ResponsibilitiesPolicy>('responsibilities');
  const rows = await desk.query<{
    unit: string;
    name: string;
    kind: string;
    field: string | null;
    principal: string | null;
    deputy: string | null;
    liaison: string | null;
    principal_name: string | null;
    deputy_name: string | null;
    liaison_name: string | null;
    away: string[] | null;
    since: string | null;
  }>(
    'responsibilities.list',
    `select u.id as unit, u.short_name as name, u.kind, r.field, r.principal, r.deputy, r.liaison, r.since,
            p.name as principal_name, d.name as deputy_name, l.name as liaison_name,
            array_remove(array[case when p.retired then 'principal' end, case when d.retired then 'deputy' end,
                               case when l.retired then 'liaison' end], null) as away
       from unit u join area a on a.county = u.county and a.id = u.area
       left join responsibility r on r.county = u.county and r.unit = u.id
       left join official p on p.county = r.county and p.id = r.principal
       left join official d on d.county = r.county and d.id = r.deputy
       left join official l on l.county = r.county and l.id = r.liaison
      where u.county = $1 and not u.closed and u.parent is null
        and ($2::boolean or a.chain && $3::uuid[] or u.id = any($4::uuid[]) or $5::uuid[] is null)
      order by u.kind desc, u.short_name, u.id`,
    [desk.county, ...scopeValues(scopeOf(desk.actor, 'responsibility.read'))],
  );
  const units = new Map(rows.map((row) => [row.unit, { name: row.name, kind: row.kind }]));
  const lines = fields.flatMap((field) =>
    [...units]
      .filter(([, { kind }]) => (field.heldBy as readonly string[]).includes(kind))
      .map(([unit, { name }]) => {
        const row = rows.find((r) => r.unit === unit && r.field === field.id);
        const away = row?.away ?? [];
        return {
          id: responsibilityStream(desk.county, unit, field.id),
          field: field.id,
          fieldName: field.name,
          unit,
          unitName: name,
          since: row?.since ?? null,
          people: layers.map((layer) => ({
            layer,
            layerName: layerNames[layer],
            official: row?.[layer] ?? null,
            name: row?.[`${layer}_name`] ?? null,
            /** Nobody is there, or whoever is there has left. */
            gap: row?.[layer] == null ? ('nobody' as const) : away.includes(layer) ? ('left' as const) : null,
          })),
          may: may(desk.actor, 'responsibility.assign', { areas: [], units: [unit] }),
        };
      }),
  );
  return { fields, lines };
}

export const groupRoutes = {
  'GET /api/standing-groups': route({
    action: 'standing-group.read',
    summary: 'Leading groups and joint meetings with who sits in them now, and what each lacks',
    query: z.object({ show: z.enum(['standing', 'ended']).default('standing') }),
    async handle(desk, { query: { show } }) {
      const today = dayOf(desk.now);
      const [groups, seated] = await Promise.all([
        desk.query<{
          id: string;
          form: 'leading' | 'joint';
          name: string;
          area: string;
          office: string;
          since: string;
          until: string | null;
          held: number;
          last: string | null;
        }>(
          'standing-groups.list',
          `select g.id, g.form, g.name, g.area, g.office, g.since, g.until,
                  count(m.id)::int as held, max(m.day) as last
             from standing_group g
             left join meeting m on m.county = g.county and m.standing_group = g.id and m.status = 'held'
            where g.county = $1 and g.status = $2
            group by g.county, g.id order by g.township is not null, g.name, g.id limit 300`,
          [desk.county, show],
        ),
        desk.query<SeatRow>(
          'standing-groups.seats',
          `select s.standing_group, s.official, o.name, s.seat, s.since, s.until, coalesce(o.retired, true) as retired
             from standing_seat s left join official o on o.county = s.county and o.id = s.official
            where s.county = $1 and s.since <= $2::date and (s.until is null or s.until >= $2::date)
            order by s.standing_group, s.place`,
          [desk.county, today],
        ),
      ]);
      const names = await namesOf(
        desk.query,
        desk.county,
        groups.flatMap(({ area, office }) => [area, office]),
      );
      return {
        today,
        can: {
          found:
            desk.actor.kind === 'official' &&
            desk.actor.standings.some(({ role }) => ['clerk', 'head', 'administrator'].includes(role)),
        },
        groups: groups.map((group) => {
          const now = seated.filter((s) => s.standing_group === group.id);
          const of = (seat: SeatRow['seat']) => now.filter((s) => s.seat === seat).map((s) => s.name ?? '');
          return {
            id: group.id,
            form: group.form,
            formName: groupFormNames[group.form],
            name: group.name,
            place: names(group.area),
            officeId: group.office,
            office: names(group.office),
            since: group.since,
            until: group.until,
            chair: of('chair')[0] ?? null,
            deputies: of('deputy'),
            members: of('member').length,
            liaisons: of('liaison'),
            meetings: group.held,
            lastMeeting: group.last,
            lacks:
              show === 'ended'
                ? []
                : lacksOf({ seats: now.map((s) => ({ ...s, until: s.until ?? undefined })) }, today),
            left: now.filter((s) => s.retired).map((s) => s.name ?? ''),
          };
        }),
      };
    },
  }),
  'GET /api/standing-groups/:id': route({
    action: 'standing-group.read',
    summary: 'One standing group: seats with their periods, its meetings and what they decided',
    params: Id,
    async handle(desk, { params: { id } }) {
      const { state, version } = await desk.ledger.read<StandingGroupState>(desk.county, 'standing-group', id);
      if (state.status === 'none') return refuse('access.denied');
      return await groupShown(desk, id, state, version);
    },
  }),
  'GET /api/responsibilities': route({
    action: 'responsibility.read',
    summary: 'Fields of work by unit with their three layers, and the gaps',
    async handle(desk) {
      const { fields, lines } = await coverage(desk);
      const places = lines.length * layers.length;
      const gaps = lines.reduce((n, line) => n + line.people.filter(({ gap }) => gap !== null).length, 0);
      return {
        fields: fields.map(({ id, name, source, duties }) => ({ id, name, source, duties })),
        lines,
        places,
        gaps,
        units: unitsOf(desk.actor),
      };
    },
  }),
  ...commandRoutes('standing-group', '/api/standing-groups', StandingGroupCommand, {
    'standing-group.found': 'Found a leading group or a joint meeting',
    'standing-group.amend': 'Another name, purpose, office or source',
    'standing-group.seat': 'Seat somebody from a day on',
    'standing-group.unseat': 'A seat ends on a day, with the reason',
    'standing-group.end': 'The group is over from a day on',
  }),
  ...commandRoutes('responsibility', '/api/responsibilities', ResponsibilityCommand, {
    'responsibility.assign': 'Principal, deputy in charge and liaison of a field of work in a unit',
  }),
} satisfies Routes;

async function groupShown(desk: Desk, id: string, state: StandingGroup, version: number) {
  const today = dayOf(desk.now);
  const [names, titles, meetings] = await Promise.all([
    namesOf(desk.query, desk.county, [...state.chain, state.office]),
    desk.query<{ id: string; name: string; title: string; unit: string | null; retired: boolean }>(
      'standing-groups.people',
      `select o.id, o.name, o.title, u.short_name as unit, o.retired from official o
         left join unit u on u.county = o.county and u.id = o.unit where o.county = $1 and o.id = any($2::uuid[])`,
      [desk.county, state.seats.map(({ official }) => official)],
    ),
    desk.query<{ id: string; name: string; day: string; status: string; tasks: number; kept: number }>(
      'standing-groups.meetings',
      `select id, name, day, status, tasks, kept from meeting
        where county = $1 and standing_group = $2 and status <> 'cancelled' order by day desc, id limit 60`,
      [desk.county, id],
    ),
  ]);
  const people = new Map(titles.map((one) => [one.id, one]));
  return {
    id,
    version,
    form: state.form,
    formName: groupFormNames[state.form],
    name: state.name,
    purpose: state.purpose,
    source: state.source,
    place: placeOf(names, state.chain.length === 1 ? state.chain : state.chain.slice(1)),
    office: state.office,
    officeName: names(state.office),
    since: state.since,
    until: state.until ?? null,
    reason: state.reason ?? null,
    status: state.status,
    lacks: state.status === 'ended' ? [] : lacksOf(state, today).map((seat) => seatNames[state.form][seat]),
    seats: seats.flatMap((seat) =>
      state.seats
        .filter((s) => s.seat === seat)
        .map((s) => ({
          official: s.official,
          name: people.get(s.official)?.name ?? '',
          title: people.get(s.official)?.title ?? '',
          unit: people.get(s.official)?.unit ?? null,
          left: people.get(s.official)?.retired === true,
          seat,
          seatName: seatNames[state.form][seat],
          since: s.since,
          until: s.until ?? null,
          now: sitsOn(s, today),
        })),
    ),
    meetings: meetings.map(({ id: meeting, name, day, status, tasks, kept }) => ({
      id: meeting,
      name,
      day,
      status,
      tasks,
      kept,
    })),
    can: canDo(desk.actor, possibleOfGroup(state), { areas: state.chain }),
  };
}
