import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, isWorkingDay } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { figuresOf as dutyFigures } from '../duties/api.ts';
import { dutiesOn } from '../duties/tables.ts';
import { generate } from '../demo/generate.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { History } from '../ledger/ledger.ts';
import { countingOf, situationOf } from './counting.ts';
import { type Figure, figuresOf } from './figures.ts';
import type { OccasionKind, Quota } from './model.ts';

/**
 * The documents' campaigns run through their whole periods on a part of the demo county, all over the same visits, with
 * simulated days; what they report is compared with counts made by hand from what was let happen, never from the tables.
 */
const FROM = '2025-03-10';
const FIRST = '2025-02-10';
const LAST = '2026-05-10';
const CHECKED = ['2025-03-31', '2025-06-15', '2025-09-09', '2025-12-31', '2026-03-09', '2026-05-05', '2026-11-01'];
/** The other township is far: what happens there counts for no campaign of this one. */
const VILLAGES = 5;
const HOMES = 90;

let seed = 20_261_126;
const random = (): number => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return seed / 4_294_967_296;
};
const below = (n: number): number => Math.floor(random() * n);
const one = <T>(list: readonly T[]): T => list[below(list.length)]!;

interface Somebody {
  readonly id: string;
  readonly roles: readonly string[];
  readonly from: 'county' | 'township' | 'department';
}
interface Home {
  readonly id: string;
  readonly village: string;
  readonly township: string;
}
interface Visit {
  readonly id: string;
  readonly day: string;
  readonly official: string;
  readonly home: Home;
  readonly contact: 'met' | 'phone' | 'not-at-home' | 'leaflet';
}
interface Occasion {
  readonly id: string;
  readonly day: string;
  readonly officials: readonly string[];
  readonly type: OccasionKind;
  readonly amount: number;
  readonly firm: string | null;
}
interface Solved {
  readonly id: string;
  readonly official: string;
  readonly home: Home;
  readonly received: string;
  readonly closed: string;
  readonly open: boolean;
}
interface Stay {
  readonly official: string;
  readonly group: string | null;
  readonly team: string;
  readonly since: string;
  readonly until: string;
}

let county: TestCounty;
let township = '';
const people: Somebody[] = [];
/** They hold posts as well, and never go out: they owe like the others. */
const idle: Somebody[] = [];
const homes: Home[] = [];
const visits: Visit[] = [];
const happened: Occasion[] = [];
const solved: Solved[] = [];
const stays: Stay[] = [];
const teams: { id: string; parent: string | null }[] = [];
const leave: { official: string; from: string; until: string }[] = [];
const campaigns = new Map<string, string>();
const at = (day: string, hour = 9): string => `${day}T${String(hour - 8).padStart(2, '0')}:00:00.000Z`;

async function order(record: string, stream: string, command: { kind: string } & Record<string, unknown>, day: string) {
  const verdict = await county.ledger.execute({
    county: county.county,
    id: idOf('simulated', stream, day, JSON.stringify(command)),
    record,
    stream,
    command,
    at: at(day),
    actor: county.id('administrator'),
    permit: () => true,
  });
  return verdict;
}
const done = async (
  record: string,
  stream: string,
  command: { kind: string } & Record<string, unknown>,
  day = FROM,
): Promise<void> => {
  const verdict = await order(record, stream, command, day);
  if (isRefusal(verdict)) throw new Error(`${command.kind}: ${verdict.refused} ${verdict.field ?? ''}`);
};

const history = (record: string, stream: string, day: string, actor: string, ...events: object[]): History => ({
  county: county.county,
  id: idOf('simulated', record, stream),
  record,
  stream,
  events: events.map((event, i) => ({
    ...event,
    stamp: { actor, at: at(day), version: i + 1 },
  })) as unknown as History['events'],
});

beforeAll(async () => {
  county = await startCounty();
  const { root } = county.places;
  const told = generate({ seed: 'qinghe', today: '2026-05-10', scale: 'township' });
  const town = told.areas.find((a) => a.level === 'township' && a.name === '柳河镇')!;
  const villages = told.areas.filter((a) => a.parent === town.id).slice(0, VILLAGES);
  township = town.id;
  const stamp = 'system:test';
  const taken: History[] = [
    history('area', town.id, FIRST, stamp, {
      kind: 'area.added',
      parent: root,
      above: [root],
      level: 'township',
      type: '镇',
      name: '柳河新镇',
      code: '990101777',
    }),
    ...villages.map((v, i) =>
      history('area', v.id, FIRST, stamp, {
        kind: 'area.added',
        parent: town.id,
        above: [root, town.id],
        level: 'village',
        type: '村',
        name: v.name,
        code: `990101777${i}`,
      }),
    ),
  ];
  const unit = idOf('unit', 'simulated');
  taken.push(
    history('unit', unit, FIRST, stamp, {
      kind: 'unit.added',
      parent: null,
      type: 'township',
      name: '柳河新镇人民政府',
      shortName: '柳河新镇',
      area: town.id,
      code: null,
    }),
  );
  const firms = ['米业', '茶厂', '砖厂', '渔场'].map((name) => ({ name, id: idOf('firm', name) }));
  for (const { name, id } of firms)
    taken.push(
      history('unit', id, FIRST, stamp, {
        kind: 'unit.added',
        parent: null,
        type: 'enterprise',
        name,
        shortName: name,
        area: town.id,
        code: null,
      }),
    );
  const staff = told.officials.filter(
    (o) => told.units.find((u) => u.id === o.unit)?.area === town.id && o.roles.some((r) => r !== 'clerk'),
  );
  const chosen = [
    ...staff.filter((o) => o.roles.includes('head')).slice(0, 2),
    ...staff.filter((o) => o.roles.includes('field')).slice(0, 14),
    ...told.officials.filter((o) => o.roles.length === 1 && o.roles[0] === 'handler' && !staff.includes(o)).slice(0, 6),
    ...told.officials.filter((o) => o.roles.includes('leader')).slice(0, 2),
  ];
  for (const o of chosen) {
    const from = o.roles.includes('leader') ? 'county' : staff.includes(o) ? 'township' : 'department';
    const of = from === 'township' ? unit : from === 'department' ? county.units.water : county.units.desk;
    people.push({ id: o.id, roles: o.roles, from });
    taken.push(
      history(
        'official',
        o.id,
        FIRST,
        stamp,
        { kind: 'official.registered', name: o.name, title: o.post, unit: of, phone: '', code: null },
        ...o.roles.map((role, i) => ({
          kind: 'official.post-given',
          place: i + 1,
          role,
          unit: of,
          area: from === 'township' && role === 'head' ? town.id : null,
          title: o.post,
          since: '2025-01-01',
        })),
      ),
    );
  }
  for (const [from, role, keys] of [
    ['township', 'field', ['field', 'otherfield', 'farfield']],
    ['township', 'clerk', ['clerk', 'farclerk']],
    ['county', 'clerk', ['countyclerk']],
    ['department', 'handler', ['handler', 'waterhead', 'otherhandler']],
    ['township', 'head', ['head', 'farhead']],
    ['county', 'leader', ['leader']],
  ] as const)
    for (const key of keys) idle.push({ id: county.id(key), roles: [role], from });
  for (let h = 0; h < HOMES; h++) {
    const far = h % 9 === 8;
    const village = far ? county.places.farVillage : villages[h % VILLAGES]!.id;
    const chain = far ? [root, county.places.chengguan, village] : [root, town.id, village];
    const home = { id: idOf('simulated home', String(h)), village, township: chain[1]! };
    homes.push(home);
    taken.push(
      history('household', home.id, FIRST, stamp, {
        kind: 'household.registered',
        chain,
        contact: null,
        residents: [],
        personal: { address: `${h} 号`, residents: [] },
      }),
    );
  }

  // What happens, whether a campaign runs or not: before, during and after, with closed doors, calls and leaflets.
  const days: string[] = [];
  for (let day = FIRST; day <= LAST; day = addDays(day, 1)) days.push(day);
  for (let i = 0; i < 3_600; i++) {
    const day = i % 5 === 0 ? days.filter((d) => d.endsWith('-28'))[below(15)]! : one(days);
    const contact = one(['met', 'met', 'met', 'phone', 'not-at-home', 'leaflet'] as const);
    visits.push({ id: idOf('simulated visit', String(i)), day, official: one(people).id, home: one(homes), contact });
  }
  for (let i = 0; i < 260; i++) {
    const type = one(['symposium', 'branch', 'deed', 'mediation', 'firm', 'aid'] as const);
    const officials = [...new Set([one(people).id, one(people).id])];
    const amount = type === 'aid' ? 100 * (1 + below(90)) : 0;
    const firm = type === 'firm' ? one(firms).id : null;
    happened.push({ id: idOf('simulated occasion', String(i)), day: one(days), officials, type, amount, firm });
  }
  for (let i = 0; i < 120; i++) {
    const received = one(days);
    const closed = addDays(received, below(60));
    const id = idOf('simulated matter', String(i));
    solved.push({ id, official: one(people).id, home: one(homes), received, closed, open: i % 4 === 0 });
  }
  const clock = { name: 'dispatch', title: '派单', days: 'calendar', amount: 15, unit: 'day', source: '测试' };
  taken.push(
    ...visits.map((v) =>
      history('visit', v.id, v.day, v.official, {
        kind: 'visit.recorded',
        household: v.home.id,
        chain: [root, v.home.township, v.home.village],
        official: v.official,
        contact: v.contact,
        metAt: at(v.day),
        withWhom: [],
        promises: [],
        personal: { note: v.contact === 'met' ? '聊了收成' : '', promises: [] },
      }),
    ),
    ...happened.map((o) =>
      history('occasion', o.id, o.day, o.officials[0]!, {
        kind: 'occasion.recorded',
        type: o.type,
        area: town.id,
        chain: [root, town.id],
        day: o.day,
        title: '记一场',
        officials: o.officials,
        people: 0,
        amount: o.amount,
        unit: o.firm,
      }),
    ),
    ...solved.map((m, i) => ({
      ...history(
        'matter',
        m.id,
        m.received,
        m.official,
        {
          kind: 'matter.registered',
          number: `QH9${String(i).padStart(6, '0')}`,
          channel: 'visit',
          procedure: 'mass-work',
          place: { area: m.home.village, chain: [root, m.home.township, m.home.village] },
          desk: county.units.desk,
          anonymous: false,
          confidential: false,
          household: m.home.id,
          official: m.official,
          receivedAt: at(m.received),
          rule: clock,
          personal: { subject: '修路', body: '修路' },
        },
        ...(m.open ? [] : [{ kind: 'matter.confirmed', by: 'resident' }]),
      ),
    })),
  );
  // A matter is closed on its own day.
  for (const [i, m] of solved.entries()) {
    const h = taken.find((t) => t.stream === m.id)!;
    const [registered, confirmed] = h.events;
    if (confirmed !== undefined)
      taken[taken.indexOf(h)] = {
        ...h,
        events: [registered!, { ...confirmed, stamp: { ...confirmed.stamp, at: at(solved[i]!.closed) } }],
      };
  }
  await county.ledger.take(county.county, taken);

  const start = async (template: string, area: string, amounts: object = {}) => {
    const id = idOf('simulated campaign', template);
    campaigns.set(template, id);
    await done('campaign', id, { kind: 'campaign.start', template, name: template, area, from: FROM, amounts });
  };
  await start('six-visits', root);
  await start('secretaries-visit', root, { 'villages-households': 9, 'townships-households': 30 });
  await start('villages-firms', root, { households: 60, firms: 4, villages: 5, 'group-days': 120, 'team-solved': 3 });
  await start('hundred-thousand', root, { townships: 2, villages: 6, households: 85 });
  await start('five-people', town.id, { activities: 200, deeds: 40, aid: 120_000 });
  await start('three-haves', root);

  const until = '2026-03-09';
  const found = async (id: string, parent: string | null, name: string) => {
    await done('team', id, {
      kind: 'team.found',
      parent,
      name,
      purpose: '',
      area: root,
      campaign: parent === null ? campaigns.get('villages-firms')! : null,
      since: FROM,
      until,
    });
    teams.push({ id, parent });
  };
  for (const t of [0, 1, 2]) {
    const team = idOf('simulated team', String(t));
    await found(team, null, `第${t + 1}队`);
    for (const g of [0, 1]) await found(idOf('simulated group', String(t * 2 + g)), team, `${t * 2 + g + 1}组`);
  }
  const groupOf = (g: number) => ({
    group: idOf('simulated group', String(g)),
    team: idOf('simulated team', String(Math.floor(g / 2))),
  });
  for (const [i, p] of people.slice(0, 18).entries()) {
    const place = groupOf(i % 6);
    const id = idOf('simulated member', String(i));
    const role = i < 6 ? 'leader' : 'member';
    await done('team-member', id, { kind: 'member.join', official: p.id, team: place.group, role, since: FROM });
    if (i === 7 || i === 13) {
      // Moved to another group, in another team, half-way.
      const to = groupOf((i + 3) % 6);
      const command = {
        kind: 'member.transfer',
        team: to.group,
        role: 'member',
        since: '2025-08-15',
        reason: '组间调剂',
      };
      await done('team-member', id, command, '2025-08-15');
      stays.push({ official: p.id, ...place, since: FROM, until: '2025-08-14' });
      stays.push({ official: p.id, ...to, since: '2025-08-15', until });
    } else if (i === 9) {
      await done('team-member', id, { kind: 'member.leave', until: '2025-10-31', reason: '回原单位' }, '2025-10-31');
      stays.push({ official: p.id, ...place, since: FROM, until: '2025-10-31' });
    } else stays.push({ official: p.id, ...place, since: FROM, until });
  }
  const away = people[3]!.id;
  await done(
    'exception',
    idOf('simulated leave'),
    { kind: 'exception.grant', official: away, type: 'leave', from: '2025-05-20', until: '2025-06-12', reason: '请假' },
    '2025-05-19',
  );
  leave.push({ official: away, from: '2025-05-20', until: '2025-06-12' });
}, 60_000);
afterAll(() => county.stop());

// ---- counting by hand ------------------------------------------------------------------------------------------

const daysOf = (from: string, until: string): string[] => {
  const days: string[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
};
const monthOf = (day: string): string => day.slice(0, 7);
/** The day some months later; the simulation begins on a day every month has. */
const later = (day: string, months: number): string => {
  const n = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}${day.slice(7)}`;
};

/** What somebody takes part as on a day; undefined where they do not. */
type Taking = (
  official: string,
  day: string,
) => { party: string; group: string | null; team: string | null } | undefined;

const byPost =
  (party: (p: Somebody) => string | undefined): Taking =>
  (official) => {
    const found = party([...people, ...idle].find((p) => p.id === official)!);
    return found === undefined ? undefined : { party: found, group: null, team: null };
  };
const working = (p: Somebody): boolean =>
  p.roles.some((r) => ['field', 'clerk', 'handler', 'head', 'leader'].includes(r));
const takings: Record<string, Taking> = {
  'six-visits': byPost((p) => (working(p) ? 'offices' : undefined)),
  'secretaries-visit': byPost((p) =>
    p.roles.includes('leader')
      ? 'county'
      : p.from === 'department' && p.roles.includes('handler')
        ? 'departments'
        : p.from === 'township' && p.roles.includes('head')
          ? 'townships'
          : p.roles.includes('field')
            ? 'villages'
            : undefined,
  ),
  'villages-firms': (official, day) => {
    const stay = stays.find((s) => s.official === official && s.since <= day && s.until >= day);
    return stay === undefined ? undefined : { party: 'teams', group: stay.group, team: stay.team };
  },
  'hundred-thousand': byPost((p) => (working(p) ? 'all' : undefined)),
  // Held in the township: only those whose post is there.
  'five-people': byPost((p) => (p.from === 'township' && working(p) && !idle.includes(p) ? 'units' : undefined)),
  'three-haves': byPost((p) => (p.roles.includes('field') ? 'stationed' : undefined)),
};
takings['early'] = takings['hundred-thousand']!;
// Office staff of the county owe the same by the duty 下基层 already: it is not asked of them twice.
takings['standing'] = byPost((p) => (p.from === 'township' && working(p) ? 'offices' : undefined));

interface Thing {
  readonly day: string;
  readonly official: string;
  readonly key: string;
  readonly weight: number;
}

/** What a measure counts, each with what makes it one and the same; in the order of days. */
function thingsOf(measure: Quota['measure'], inTownship: boolean): Thing[] {
  const here = (h: Home): boolean => !inTownship || h.township === township;
  const met = visits.filter((v) => v.contact === 'met' && here(v.home));
  const by = (key: (v: Visit) => string) =>
    met.map((v) => ({ day: v.day, official: v.official, key: key(v), weight: 1 }));
  const held = (types: readonly string[]) =>
    happened
      .filter((o) => types.includes(o.type))
      .flatMap((o) => o.officials.map((official) => ({ day: o.day, official, key: o.id, weight: 1, o })));
  const things = ((): Thing[] => {
    switch (measure) {
      case 'households':
        return by((v) => v.home.id);
      case 'villages':
        return by((v) => v.home.village);
      case 'townships':
        return by((v) => v.home.township);
      case 'visits':
        return by((v) => v.id);
      case 'days':
        return [
          ...met.map((v) => ({ day: v.day, official: v.official, key: `${v.official}${v.day}`, weight: 1 })),
          ...held(['symposium', 'branch', 'deed', 'mediation', 'firm', 'aid']).map((t) => ({
            ...t,
            key: `${t.official}${t.day}`,
          })),
        ];
      case 'firms':
        return held(['firm']).map((t) => ({ ...t, key: t.o.firm! }));
      case 'deeds':
        return held(['deed']);
      case 'symposia':
        return held(['symposium']);
      case 'activities':
        return held(['symposium', 'branch', 'deed', 'mediation', 'firm', 'aid']);
      case 'aid':
        return held(['aid']).map((t) => ({ ...t, weight: t.o.amount }));
      case 'solved':
        return solved
          .filter((m) => !m.open && m.received >= FROM && here(m.home))
          .map((m) => ({ day: m.closed, official: m.official, key: m.id, weight: 1 }));
      default:
        return [];
    }
  })();
  return things.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

const summed = (things: readonly Thing[]): number => {
  const seen = new Set<string>();
  let sum = 0;
  for (const t of things) {
    if (seen.has(t.key)) continue;
    seen.add(t.key);
    sum += t.weight;
  }
  return sum;
};

interface Run {
  readonly name: string;
  readonly from: string;
  /** As planned, and as it came to be. */
  readonly planned: string | null;
  readonly until: string | null;
  readonly quotas: readonly Quota[];
  readonly moves: readonly { quota: string; team: string | null; from: string; to: string; amount: number }[];
}

function sharedByHand(run: Run, quota: Quota, team: string | null, today: string) {
  const taking = takings[run.name]!;
  const first = later(run.from, quota.after);
  const end = run.until !== null && run.until < today ? run.until : today;
  const shareEnd = run.planned ?? end;
  const all = daysOf(first, shareEnd);
  const targets = new Map<string, number>();
  for (const [i, day] of all.entries()) {
    const month = monthOf(day);
    const step = Math.floor((quota.amount * (i + 1)) / all.length) - Math.floor((quota.amount * i) / all.length);
    targets.set(month, (targets.get(month) ?? 0) + step);
  }
  for (const m of run.moves) {
    if (m.quota !== quota.code || m.team !== team) continue;
    targets.set(m.from, targets.get(m.from)! - m.amount);
    targets.set(m.to, targets.get(m.to)! + m.amount);
  }
  const mine = thingsOf(quota.measure, run.name === 'five-people').filter((t) => {
    if (t.day < first || t.day > end) return false;
    const part = taking(t.official, t.day);
    return part !== undefined && (team === null || part.group === team || part.team === team);
  });
  let before = 0;
  const months = [...targets].map(([month, target]) => {
    const until = summed(mine.filter((t) => monthOf(t.day) <= month));
    const did = until - before;
    before = until;
    return { month, target, done: did };
  });
  return { months, target: months.reduce((n, m) => n + m.target, 0), done: summed(mine) };
}

async function personsByHand(run: Run, quota: Quota, today: string) {
  const taking = takings[run.name]!;
  const calendar = (await county.system.policies(county.county)).get<Calendar>('calendar');
  const first = later(run.from, quota.after);
  const end = run.until !== null && run.until < today ? run.until : today;
  const last = run.planned ?? end;
  if (first > today || first > last) return { target: 0, done: 0, owing: 0, met: 0 };
  const periods =
    quota.per === 'whole'
      ? [daysOf(first, last)]
      : [...new Set(daysOf(first, last < today ? last : today).map(monthOf))].map((m) =>
          daysOf(`${m}-01`, addDays(later(`${m}-01`, 1), -1)),
        );
  const things = thingsOf(quota.measure, run.name === 'five-people');
  const total = { target: 0, done: 0, owing: 0, met: 0 };
  for (const period of periods) {
    for (const { id } of [...people, ...idle]) {
      const there = period.filter(
        (d) =>
          d >= first &&
          (run.until === null || d <= run.until) &&
          taking(id, d)?.party === quota.party &&
          !leave.some((l) => l.official === id && l.from <= d && l.until >= d),
      );
      const mine = things.filter(
        (t) =>
          t.official === id &&
          t.day >= period[0]! &&
          t.day <= period.at(-1)! &&
          t.day >= first &&
          t.day <= end &&
          taking(id, t.day)?.party === quota.party,
      );
      const did = summed(mine);
      let owed = Math.floor((quota.amount * there.length) / period.length);
      let fixed = false;
      let kept = false;
      if (quota.dates.length > 0) {
        const date = period.find((d) => d.endsWith(`-${quota.dates[0]!}`))!;
        const after = period.find((d) => d >= date && isWorkingDay(d, calendar));
        const day = after ?? period.findLast((d) => d < date && isWorkingDay(d, calendar))!;
        if (there.includes(day)) {
          fixed = owed >= 1;
          kept = fixed && mine.some((t) => t.day === day || t.day === date);
        } else owed = Math.min(owed, quota.amount - 1);
      }
      const free = owed - (fixed ? 1 : 0);
      const filled = (kept ? 1 : 0) + Math.min(did - (kept ? 1 : 0), free);
      total.done += did;
      if (owed > 0) {
        total.target += owed;
        total.owing += 1;
        if (filled >= owed) total.met += 1;
      }
    }
  }
  return total;
}

const quotasOf = async (id: string): Promise<Quota[]> => {
  const [row] = await county.ledger.query<{ plan: { quotas: Quota[] } }>(
    'test.plan',
    'select plan from campaign where county = $1 and id = $2',
    [county.county, id],
  );
  return row!.plan.quotas;
};

async function reported(id: string, today: string): Promise<Figure[]> {
  const desk = {
    query: county.ledger.query,
    county: county.county,
    policies: await county.system.policies(county.county),
  };
  const situation = (await situationOf(desk.query, desk.county, id, at(today)))!;
  const counting = await countingOf(desk, situation);
  return figuresOf(
    situation.held,
    counting.teams,
    counting.parts,
    counting.attributed,
    counting.people,
    today,
    counting.working,
  );
}

async function agree(run: Run, id: string, today: string): Promise<number> {
  const figures = await reported(id, today);
  let compared = 0;
  for (const quota of run.quotas) {
    const owners =
      quota.of === 'campaign' || quota.of === 'person'
        ? [null]
        : teams.filter((t) => (t.parent === null) === (quota.of === 'team')).map((t) => t.id);
    for (const team of owners) {
      const figure = figures.find((f) => f.quota === quota.code && f.team === team);
      const story = `${run.name} ${quota.code} ${team ?? ''} on ${today}`;
      expect(figure, story).toBeDefined();
      if (quota.of === 'person') {
        const { target, done: did, owing, met } = figure!;
        expect({ target, done: did, owing, met }, story).toEqual(await personsByHand(run, quota, today));
      } else {
        const { months, target, done: did } = figure!;
        expect({ months, target, done: did }, story).toEqual(sharedByHand(run, quota, team, today));
      }
      compared += 1;
    }
  }
  return compared;
}

const runOf = async (name: string, more: Partial<Run> & Pick<Run, 'planned' | 'until'>): Promise<Run> => ({
  name,
  from: FROM,
  quotas: await quotasOf(campaigns.get(name)!),
  moves: [],
  ...more,
});

describe('a campaign through its whole period', () => {
  test.each([
    ['six-visits', '2026-03-09'],
    ['secretaries-visit', '2025-09-09'],
    ['hundred-thousand', '2026-03-09'],
    ['five-people', '2026-03-09'],
    ['three-haves', null],
  ] as const)('[B5] %s reports what counting by hand gives, on every day looked at', async (name, until) => {
    const run = await runOf(name, { planned: until, until });
    expect(run.quotas.length).toBeGreaterThan(0);
    let some = 0;
    for (const day of CHECKED) some += await agree(run, campaigns.get(name)!, day);
    expect(some).toBe(CHECKED.length * run.quotas.length);
    const late = await reported(campaigns.get(name)!, '2026-05-05');
    // Nobody of the province or the city has a post in this county: they owe nothing here.
    const owed = late.filter((f) => !/^(province|city)-/.test(f.quota));
    expect(owed.length).toBeGreaterThan(0);
    expect(owed.every((f) => f.done > 0)).toBe(true);
  });

  test('[B5] teams: figures moved between months keep their sum, a member’s visits count where they were that day', async () => {
    const id = campaigns.get('villages-firms')!;
    const group = teams.find((t) => t.parent !== null)!.id;
    const moves = [
      { quota: 'group-days', team: group, from: '2025-07', to: '2025-10', amount: 6 },
      { quota: 'households', team: null, from: '2025-09', to: '2025-12', amount: 3 },
      { quota: 'group-days', team: group, from: '2025-10', to: '2025-11', amount: 2 },
    ];
    for (const m of moves) await done('campaign', id, { kind: 'campaign.move', ...m, reason: '农忙' }, '2025-06-20');
    const refused = async (m: object, day = '2025-06-20') => {
      const verdict = await order('campaign', id, { kind: 'campaign.move', reason: '试试', ...m } as never, day);
      return isRefusal(verdict) ? verdict.refused : 'accepted';
    };
    expect(await refused({ ...moves[0], amount: 999 })).toBe('campaign.too-much');
    expect(await refused({ ...moves[0], to: '2026-08' })).toBe('campaign.no-month');
    expect(await refused({ ...moves[0], to: '2025-04' })).toBe('campaign.month-over');
    expect(await refused({ ...moves[0], team: null })).toBe('campaign.no-team');
    expect(await refused(moves[0]!, '2026-04-01')).toBe('campaign.ended');
    const run = await runOf('villages-firms', { planned: '2026-03-09', until: '2026-03-09', moves });
    for (const day of CHECKED) expect(await agree(run, id, day)).toBe(3 + 6 + 3);

    const head = await county.as('administrator');
    const { body } = await head.get(`/api/campaigns/${id}`);
    expect(body.moves).toHaveLength(3);
    expect(body.moves[0]).toMatchObject({ ...moves[0], reason: '农忙', by: '系统管理员' });
    const days = (await reported(id, '2026-11-01')).find((f) => f.quota === 'group-days' && f.team === group)!;
    expect(days.target).toBe(120);
    // Whoever was moved worked for both groups: each counts its own days only.
    const mover = stays.filter((s) => s.since === '2025-08-15');
    expect(mover.length).toBe(2);
    const met = (s: Stay) =>
      visits.some((v) => v.official === s.official && v.contact === 'met' && v.day >= s.since && v.day <= s.until);
    expect(stays.filter((s) => mover.some((m) => m.official === s.official)).every(met)).toBe(true);
  });

  test('[B5] [H8] 十万干部百乡千村万户大走访 reports what was reached of each level, and of each month and quarter', async () => {
    const id = campaigns.get('hundred-thousand')!;
    const admin = await county.as('administrator');
    const met = visits.filter((v) => v.contact === 'met' && v.day >= FROM && v.day <= '2026-03-09');
    const { levels, unreached } = (await admin.get(`/api/campaigns/${id}/reached?limit=200`)).body;
    const seen = (of: (h: Home) => string): number => new Set(met.map((v) => of(v.home))).size;
    const { liuhe, village, otherVillage, farVillage } = county.places;
    // The county has townships and villages where nobody lives: they are part of all there is.
    const all = (of: (h: Home) => string, ...more: string[]) => new Set([...homes.map(of), ...more]).size;
    expect(levels).toEqual([
      { level: 'township', all: all((h) => h.township, liuhe), reached: seen((h) => h.township) },
      {
        level: 'village',
        all: all((h) => h.village, village, otherVillage, farVillage),
        reached: seen((h) => h.village),
      },
      { level: 'household', all: homes.length, reached: seen((h) => h.id) },
    ]);
    const left = homes.filter((h) => met.every((v) => v.home.id !== h.id));
    expect(unreached.map((v: { id: string; count: number }) => [v.id, v.count]).toSorted()).toEqual(
      [...Map.groupBy(left, (h) => h.village)].map(([v, list]) => [v, list.length]).toSorted(),
    );
    const figures = await reported(id, '2026-11-01');
    for (const [code, amount] of [
      ['townships', 2],
      ['villages', 6],
      ['households', 85],
    ] as const) {
      const figure = figures.find((f) => f.quota === code)!;
      expect(figure.months).toHaveLength(13);
      expect(figure.months.reduce((n, m) => n + m.target, 0)).toBe(amount);
      expect(figure.due).toBe(amount);
    }
    // Doors that stayed closed, calls and leaflets reach nobody.
    const tried = visits.filter((v) => v.contact !== 'met').length;
    expect(tried).toBeGreaterThan(1_000);
    expect((await admin.get(`/api/campaigns/${id}/records?measure=visits`)).body.all).toBe(met.length);
  });

  test('[B5] ended early, nothing counts after that day', async () => {
    const early = idOf('simulated campaign', 'early');
    campaigns.set('early', early);
    await done('campaign', early, {
      kind: 'campaign.start',
      template: 'hundred-thousand',
      name: '大走访（提前结束）',
      area: county.places.root,
      from: FROM,
      amounts: { townships: 2, villages: 6, households: 85 },
    });
    const before = await reported(early, '2025-10-31');
    await done('campaign', early, { kind: 'campaign.end', on: '2025-10-31', reason: '提前完成' }, '2025-11-03');
    const run = await runOf('early', { planned: '2026-03-09', until: '2025-10-31' });
    for (const day of CHECKED) await agree(run, early, day);
    const after = await reported(early, '2026-11-01');
    expect(after.map((f) => f.done)).toEqual(before.map((f) => f.done));
    expect(visits.some((v) => v.contact === 'met' && v.day > '2025-10-31')).toBe(true);
  });

  test('[B5] [B3] handed over, what was asked lives on as a duty, owed and counted as by hand, and nowhere twice', async () => {
    const six = campaigns.get('six-visits')!;
    const over = await reported(six, '2026-03-09');
    const early = await order('campaign', six, { kind: 'campaign.continue' }, '2026-03-09');
    expect(early).toMatchObject({ refused: 'campaign.running' });
    await done('campaign', six, { kind: 'campaign.continue' }, '2026-03-12');
    expect(await order('campaign', six, { kind: 'campaign.continue' }, '2026-04-01')).toMatchObject({
      refused: 'campaign.handed-over',
    });
    const policies = await county.system.freshPolicies(county.county);
    const situation = (await situationOf(county.ledger.query, county.county, six, at('2026-05-10')))!;
    expect(situation.handed).toMatchObject({ on: '2026-03-12' });
    const [made] = situation.handed!.duties;
    const quota = { ...(await quotasOf(six)).find((q) => q.code === 'grassroots-days')!, after: 0 };
    const standing: Run = {
      name: 'standing',
      from: '2026-03-12',
      planned: null,
      until: null,
      quotas: [quota],
      moves: [],
    };
    const everybody = [...people, ...idle].map((p) => p.id);
    const total = { target: 0, done: 0, owing: 0, met: 0 };
    for (const [month, today] of [
      ['2026-03-31', '2026-03-31'],
      ['2026-04-30', '2026-04-30'],
      ['2026-05-10', '2026-05-10'],
    ] as const) {
      const desk = { query: county.ledger.query, county: county.county, policies, now: at(today) };
      const figures = await dutyFigures(desk, everybody, month, await dutiesOn(desk.query, desk.county, month));
      for (const { progress, person } of figures) {
        const own = progress.filter((p) => p.duty.id === made);
        const inTownship = [...people, ...idle].find((p) => p.id === person.id)!.from === 'township';
        if (!inTownship) {
          // Asked by 下基层, and by that alone.
          expect(own.map((p) => [p.owed.owed, p.missing])).toEqual(own.map(() => [0, 0]));
          continue;
        }
        expect(own).toHaveLength(1);
        total.target += own[0]!.owed.owed;
        total.done += own[0]!.done;
        total.owing += own[0]!.owed.owed > 0 ? 1 : 0;
        total.met += own[0]!.owed.owed > 0 && own[0]!.missing === 0 ? 1 : 0;
      }
      expect(total, today).toEqual(await personsByHand(standing, quota, today));
    }
    // The month before it was handed over owes nothing by it, and the campaign that is over counts nothing more.
    const february = await dutiesOn(county.ledger.query, county.county, '2026-02-28');
    expect(february.duties.some((d) => d.id === made)).toBe(false);
    expect((await reported(six, '2026-05-10')).map((f) => f.done)).toEqual(over.map((f) => f.done));
  });

  test('[B5] one visit counts for several campaigns and is one record; closed doors and leaflets count for none', async () => {
    const admin = await county.as('administrator');
    const official = stays[0]!.official;
    const shared = visits.find(
      (v) =>
        v.contact === 'met' &&
        v.official === official &&
        v.day > '2025-04-01' &&
        v.day < '2025-08-01' &&
        v.home.township === township,
    )!;
    const counts = async (template: string, record: string): Promise<boolean> => {
      for (let offset = 0; ; offset += 200) {
        const { body } = await admin.get(
          `/api/campaigns/${campaigns.get(template)!}/records?measure=visits&limit=200&offset=${offset}`,
        );
        if (body.records.some((r: { record: string }) => r.record === record)) return true;
        if (body.records.length < 200) return false;
      }
    };
    for (const template of ['six-visits', 'villages-firms', 'hundred-thousand'])
      expect(await counts(template, shared.id), template).toBe(true);
    const [{ n }] = (await county.ledger.query<{ n: number }>(
      'test.once',
      'select count(*)::int as n from evidence where county = $1 and stream = $2',
      [county.county, shared.id],
    )) as [{ n: number }];
    expect(n).toBe(1);
    for (const contact of ['phone', 'not-at-home', 'leaflet'] as const) {
      const unmet = visits.find(
        (v) => v.contact === contact && v.official === official && v.day > '2025-04-01' && v.day < '2025-08-01',
      )!;
      for (const template of ['six-visits', 'villages-firms']) expect(await counts(template, unmet.id)).toBe(false);
    }
    const late = visits.find((v) => v.contact === 'met' && v.official === official && v.day > '2026-03-09')!;
    expect(await counts('six-visits', late.id)).toBe(false);
  });

  test('[B5] over HTTP the figures, their denominators and who was not reached are the same as by hand', async () => {
    const admin = await county.as('administrator');
    const id = campaigns.get('villages-firms')!;
    const { body } = await admin.get(`/api/campaigns/${id}/figures`);
    expect(body.figures).toEqual(await reported(id, body.today));
    expect(body.taking).toEqual([
      { code: 'teams', title: '工作队员', people: new Set(stays.map((s) => s.official)).size },
    ]);
    const seen = (until: string) =>
      new Set(
        visits
          .filter(
            (v) =>
              v.contact === 'met' && v.day >= FROM && v.day <= until && takings['villages-firms']!(v.official, v.day),
          )
          .map((v) => v.home.id),
      );
    const met = seen('2026-03-09');
    const reach = (await admin.get(`/api/campaigns/${id}/reached?area=${township}`)).body;
    const here = homes.filter((h) => h.township === township);
    expect(reach.levels).toEqual([
      { level: 'township', all: 1, reached: 1 },
      {
        level: 'village',
        all: VILLAGES,
        reached: new Set(here.filter((h) => met.has(h.id)).map((h) => h.village)).size,
      },
      { level: 'household', all: here.length, reached: here.filter((h) => met.has(h.id)).length },
    ]);
    const missing = here.filter((h) => !met.has(h.id));
    expect(reach.unreached.reduce((n: number, v: { count: number }) => n + v.count, 0)).toBe(missing.length);
    const field = await county.as('field');
    expect((await field.get(`/api/campaigns/${id}/figures`)).status).toBe(404);
    expect((await field.get(`/api/campaigns/${id}/mine`)).body).toEqual({ mine: null });
  });
});
