import type { Desk } from '../../contract/route.ts';
import { give } from '../../contract/commands.ts';
import { actorName } from '../../access/model.ts';
import { dayOf } from '../../calendar/days.ts';
import { isRefusal } from '../../ledger/decider.ts';
import { idOf } from '../../ledger/ids.ts';
import type { History } from '../../ledger/ledger.ts';
import type { Query } from '../../ledger/record.ts';
import { type AssignmentRules, type OrganisationRefusal, type Post, organisationRefusals } from '../model.ts';
import { ASSIGNMENT_RULES } from '../policies.ts';
import type { AreaRow, AssignmentRow, OfficialRow, PostRow, UnitRow } from '../tables.ts';
import type { Fault, SheetData } from './layout.ts';
import { type Known, type Plan, importOrganisation } from './plan.ts';

/** Records taken in with one statement. */
const CHUNK = 5_000;

/** What the file would change in this county now. */
export async function planOf(desk: Desk, sheets: readonly SheetData[]): Promise<Plan> {
  const rules = desk.policies.get<AssignmentRules>(ASSIGNMENT_RULES);
  const known = await readKnown(desk.query, desk.county);
  return importOrganisation(sheets, known, rules, {
    county: desk.county,
    actor: actorName(desk.actor),
    at: desk.now,
    today: dayOf(desk.now),
  });
}

/**
 * Does what the plan says. Interrupted half-way it is finished by importing the file again.
 * @returns what was refused meanwhile because somebody else changed the county
 */
export async function carryOut(desk: Desk, plan: Plan): Promise<string[]> {
  const histories = plan.additions.map(({ record, id, events }): History => ({
    county: desk.county,
    id: idOf('import', String(desk.county), id),
    record,
    stream: id,
    events,
  }));
  for (let i = 0; i < histories.length; i += CHUNK) await desk.ledger.take(desk.county, histories.slice(i, i + CHUNK));
  const refused: string[] = [];
  for (const { record, id, commands } of plan.changes) {
    for (const command of commands) {
      const verdict = await give(desk, record, id, command as { kind: string });
      if (isRefusal(verdict))
        refused.push(organisationRefusals[verdict.refused as OrganisationRefusal] ?? verdict.refused);
    }
  }
  return refused;
}

/** The fault list as it is answered: everything is in the report file, the screen shows the first ones. */
const FAULTS_SHOWN = 500;
export const shown = (faults: readonly Fault[]): readonly Fault[] => faults.slice(0, FAULTS_SHOWN);

async function readKnown(query: Query, county: number): Promise<Known> {
  const read = <R extends object>(table: string, columns: string): Promise<R[]> =>
    query<R>(`import.${table}`, `select ${columns} from "${table}" where county = $1`, [county]);
  const [areas, units, officials, posts, assignments, households] = await Promise.all([
    read<AreaRow>('area', 'id, parent, level, kind, name, code, chain, closed'),
    read<UnitRow>('unit', 'id, parent, name, short_name, kind, area, head, reception, closed, code'),
    read<OfficialRow>('official', 'id, name, title, unit, phone, photo, retired, code'),
    read<PostRow>('post', 'official, place, role, unit, area, title, since, until'),
    read<AssignmentRow>('assignment', 'id, official, kind, area, household, unit, role, since, until, locked_until'),
    query<{ id: string; village: string | null; head: string }>(
      'import.household',
      'select id, village, head from household where county = $1 and not moved',
      [county],
    ),
  ]);
  const postsBy = Map.groupBy(posts, (p) => p.official);
  return {
    areas: areas.map(({ id, parent, level, kind: type, name, code, chain, closed }) => ({
      id,
      state: { stage: closed ? 'closed' : 'open', parent, above: chain.slice(0, -1), level, type, name, code },
    })),
    units: units.map(
      ({ id, parent, name, short_name: shortName, kind: type, area, head, reception, closed, code }) => ({
        id,
        state: { stage: closed ? 'closed' : 'open', parent, type, name, shortName, area, code, head, reception },
      }),
    ),
    officials: officials.map(({ id, name, title, unit, phone, photo, retired, code }) => ({
      id,
      state: {
        stage: retired ? 'retired' : 'working',
        name,
        title,
        unit,
        phone,
        photo,
        code,
        posts: (postsBy.get(id) ?? []).map(postOf),
      },
    })),
    assignments: assignments.map(({ id, kind: type, locked_until: lockedUntil, ...rest }) => ({
      id,
      state: { ...rest, stage: rest.until === null ? 'running' : 'ended', type, lockedUntil },
    })),
    households,
  };
}

const postOf = ({ place, role, unit, area, title, since, until }: PostRow): Post => ({
  place,
  role,
  unit,
  area,
  title,
  since,
  until,
});
