/** The demo county's campaigns: three that run, one that was handed over into a duty, and eleven teams with their groups, members and villages. */
import type { Plan } from './model.ts';
import { idOf } from '../ledger/ids.ts';

const DEMO_TEAMS = 11;
const DEMO_GROUPS = 144;
/** People in a group besides the two who care for its village. */
const SECONDED = 5;
const NUMBERS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一'];

export interface DemoTeam {
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
  readonly village: string | undefined;
  readonly members: readonly { readonly official: string; readonly role: 'leader' | 'deputy' | 'member' }[];
}
export interface DemoCampaign {
  readonly id: string;
  readonly template: string;
  readonly name: string;
  /** Days ago on which it began. */
  readonly ago: number;
  readonly amounts: Readonly<Record<string, number>>;
  /** Held in the township that is told, not in the whole county. */
  readonly told?: true;
  /** It is over: days ago it ended and was handed over into a duty, and why it ended. */
  readonly over?: { readonly ended: number; readonly handed: number; readonly reason: string };
}

export const demoCampaigns: readonly DemoCampaign[] = [
  {
    id: idOf('demo', 'campaign', 'villages-firms'),
    template: 'villages-firms',
    name: '驻百村、连千企、进万家',
    ago: 150,
    // What one told township can show; the document's own numbers stand beside it in the template.
    amounts: { villages: 100, firms: 60, households: 3_400, 'group-days': 240, 'team-solved': 12 },
  },
  { id: idOf('demo', 'campaign', 'six-visits'), template: 'six-visits', name: '六访六送六帮', ago: 80, amounts: {} },
  {
    id: idOf('demo', 'campaign', 'six-visits first'),
    template: 'six-visits',
    name: '六访六送六帮（先行）',
    ago: 200,
    amounts: {},
    told: true,
    over: { ended: 100, handed: 95, reason: '先行结束，全县铺开；每月下去转为任务' },
  },
  { id: idOf('demo', 'campaign', 'three-haves'), template: 'three-haves', name: '三有两评', ago: 300, amounts: {} },
];

/** Teams before their groups. Villages of the townships told first, so that their visits show. */
export function demoTeams(plan: Plan, told: ReadonlySet<string>): DemoTeam[] {
  const carers = new Map<string, string[]>();
  for (const a of plan.assignments()) {
    if (a.role !== '包村干部' || !('area' in a.target)) continue;
    carers.set(a.target.area, [...(carers.get(a.target.area) ?? []), a.official]);
  }
  const villages = plan.areas
    .filter((a) => a.level === 'village')
    .toSorted((a, b) => Number(told.has(b.parent!)) - Number(told.has(a.parent!)))
    .slice(0, DEMO_GROUPS);
  const caring = new Set(villages.flatMap((v) => carers.get(v.id) ?? []));
  // Heads and clerks stay at their desks.
  const free = plan.officials.filter(
    (o) => !caring.has(o.id) && o.roles.every((role) => role === 'handler' || role === 'field'),
  );
  const teams: DemoTeam[] = NUMBERS.slice(0, DEMO_TEAMS).map((number, i) => ({
    id: idOf('demo', 'team', String(i)),
    parent: null,
    name: `第${number}工作队`,
    village: undefined,
    members: [{ official: free[i]!.id, role: 'leader' }],
  }));
  let next = DEMO_TEAMS;
  for (const [g, village] of villages.entries()) {
    const seconded = Array.from({ length: SECONDED }, () => free[next++]?.id).filter((o) => o !== undefined);
    const officials = [...new Set([...(carers.get(village.id) ?? []), ...seconded])];
    teams.push({
      id: idOf('demo', 'group', String(g)),
      parent: teams[g % DEMO_TEAMS]!.id,
      name: `${village.name}工作组`,
      village: village.id,
      members: officials.map((official, i) => ({ official, role: i === 0 ? 'leader' : i === 1 ? 'deputy' : 'member' })),
    });
  }
  return teams;
}
