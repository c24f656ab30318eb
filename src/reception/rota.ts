import { addDays, dayOf } from '../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../ledger/decider.ts';
import type { Clash, Entry, Rota, RotaCommand, RotaEvent, RotaFacts, RotaState, Sits } from './model.ts';

/** More than a county has heads and Mondays; what a reaction makes of one event has room for it. */
const MOST = 600;

const sits = ({ official, day, from, to, spot }: Sits): Sits => ({ official, day, from, to, spot });

/** What speaks against an entry now. `day-off` and `crowded` are told and may stand; the others keep it from being published. */
export function clashesOf(
  entry: Entry,
  entries: readonly Entry[],
  { at, policy, people, leave, busy }: Pick<RotaFacts, 'at' | 'policy' | 'people' | 'leave' | 'busy'>,
  worksOn: (day: string) => boolean = () => true,
): Clash[] {
  const today = dayOf(at);
  const { official, day, spot } = entry;
  const others = entries.filter((e) => e.number !== entry.number && e.day === day);
  const found: [Clash, boolean][] = [
    ['past', day < today],
    ['soon', day >= today && day < addDays(today, policy.noticeDays)],
    ['retired', !people.has(official)],
    ['leave', (leave.get(official) ?? []).some((l) => l.from <= day && day <= l.until)],
    ['double', others.some((e) => e.official === official) || (busy.get(official)?.has(day) ?? false)],
    ['crowded', others.filter((e) => e.spot === spot).length >= policy.perDay],
    ['day-off', !worksOn(day)],
  ];
  return found.filter(([, is]) => is).map(([clash]) => clash);
}

const REFUSED: Partial<Record<Clash, string>> = {
  past: 'rota.short-notice',
  soon: 'rota.short-notice',
  retired: 'rota.people-unknown',
  leave: 'rota.leave',
  double: 'rota.double',
};

/** The month's plan of who receives when: drafted from the duties, edited by people, published once. */
export const rotas: Decider<RotaState, RotaCommand, RotaEvent, RotaFacts> = {
  initial: { status: 'none' },

  evolve(state, event, stamp) {
    if (event.kind === 'rota.drafted') {
      const { kind: _, entries, ...rest } = event;
      return {
        ...rest,
        status: 'draft',
        entries: entries.map((e, i) => ({ ...e, number: i + 1 })),
        next: entries.length + 1,
        draftedBy: stamp.actor,
        publishedAt: undefined,
      };
    }
    if (state.status === 'none') return state;
    switch (event.kind) {
      case 'rota.put':
        return {
          ...state,
          next: state.next + 1,
          entries: inOrder([...state.entries, { ...sits(event), number: state.next }]),
        };
      case 'rota.moved':
        return {
          ...state,
          entries: inOrder(
            state.entries.map((e) => (e.number === event.entry ? { ...sits(event), number: e.number } : e)),
          ),
        };
      case 'rota.dropped':
        return { ...state, entries: state.entries.filter((e) => e.number !== event.entry) };
      case 'rota.published':
        return { ...state, status: 'published', publishedAt: stamp.at };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'rota.draft') return draft(state, command, facts);
    if (state.status === 'none') return refuse('rota.unknown');
    if (state.status === 'published') return refuse('rota.published');
    switch (command.kind) {
      case 'rota.put':
        if (state.entries.length >= MOST) return refuse('rota.full');
        return faultOf(state, command, facts) ?? [{ kind: 'rota.put', ...sits(command) }];
      case 'rota.move':
        if (!state.entries.some((e) => e.number === command.entry)) return refuse('rota.entry-unknown', 'entry');
        return faultOf(state, command, facts) ?? [{ kind: 'rota.moved', entry: command.entry, ...sits(command) }];
      case 'rota.drop':
        return state.entries.some((e) => e.number === command.entry)
          ? [{ kind: 'rota.dropped', entry: command.entry }]
          : refuse('rota.entry-unknown', 'entry');
      case 'rota.publish':
        return publish(state, facts);
    }
  },
};

/** What could be asked of a rota as it stands. */
export const possibleOf = (state: RotaState): RotaCommand['kind'][] =>
  state.status === 'draft'
    ? ['rota.put', 'rota.move', 'rota.drop', 'rota.draft', 'rota.publish']
    : state.status === 'none'
      ? ['rota.draft']
      : [];

const inOrder = (entries: readonly Entry[]): Entry[] =>
  entries.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.number - b.number));

function draft(
  state: RotaState,
  { area, duty, month }: Extract<RotaCommand, { kind: 'rota.draft' }>,
  { self, wanted, chain, dutyName, entries, short, at }: RotaFacts,
): RotaEvent[] | Refusal {
  if (state.status === 'published') return refuse('rota.exists');
  // One rota for each place, duty and month: two who plan at once meet in one record.
  if (self !== wanted) return refuse('rota.unknown');
  if (chain === undefined) return refuse('rota.place-unknown', 'area');
  if (dutyName === undefined) return refuse('rota.duty-unknown', 'duty');
  if (month < dayOf(at).slice(0, 7)) return refuse('rota.month-past', 'month');
  if (entries.length === 0 && short.length === 0) return refuse('rota.nobody', 'duty');
  return [{ kind: 'rota.drafted', area, chain, duty, dutyName, month, entries: entries.slice(0, MOST), short }];
}

function faultOf(state: Rota, { official, day, from, to }: Sits, { people }: RotaFacts): Refusal | undefined {
  if (!people.has(official)) return refuse('rota.people-unknown', 'official');
  if (day.slice(0, 7) !== state.month) return refuse('rota.other-month', 'day');
  return from >= to ? refuse('rota.times-wrong', 'to') : undefined;
}

function publish(state: Rota, facts: RotaFacts): RotaEvent[] | Refusal {
  if (state.entries.length === 0) return refuse('rota.empty');
  if (facts.chain === undefined) return refuse('rota.place-unknown');
  for (const entry of state.entries)
    for (const clash of clashesOf(entry, state.entries, facts)) {
      const code = REFUSED[clash];
      if (code !== undefined) return refuse(code, `entry.${entry.number}`);
    }
  return [
    {
      kind: 'rota.published',
      area: state.area,
      duty: state.duty,
      entries: state.entries.map(sits),
      slotMinutes: facts.policy.slotMinutes,
    },
  ];
}
