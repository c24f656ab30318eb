import { type Around, type Carried, type Waiting, played, refusalOf } from '../../app/field/carried.ts';
import { addDays } from '../../calendar/days.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { labourRoutesOf } from '../api.ts';
import {
  type Labour,
  type LabourCommand,
  type LabourFacts,
  type LabourState,
  daysOf,
  labourRefusals,
} from '../model.ts';
import { labours } from '../rules.ts';

type At<K extends keyof ReturnType<typeof labourRoutesOf>> = AnswerOf<ReturnType<typeof labourRoutesOf>[K]>;
type Mine = At<'GET /api/labours/mine'>;
type Theirs = At<'GET /api/labours/waiting'>;
type Entry = Mine['entries'][number];

const MINE = '/api/labours/mine';
const THEIRS = '/api/labours/waiting';

const stateOf = (entry: Entry, around: Around): Labour => ({
  status: 'recorded',
  official: entry.official,
  unit: entry.official === around.me ? around.unit : entry.unit,
  day: entry.day,
  part: entry.part,
  chain: [entry.village],
  outputs: entry.outputs,
  note: entry.note,
  standing:
    entry.status === 'confirmed'
      ? { is: 'confirmed', at: '', by: undefined, signer: entry.confirmedBy ?? '' }
      : entry.status === 'returned'
        ? { is: 'returned', reason: entry.reason, by: '' }
        : { is: 'open' },
});

/** Every entry this phone knows: mine and those that wait for my word. */
const known = (around: Around): Map<string, LabourState> =>
  new Map(
    [...(around.read<Mine>(MINE)?.entries ?? []), ...(around.read<Theirs>(THEIRS)?.entries ?? [])].map((entry) => [
      entry.id,
      stateOf(entry, around),
    ]),
  );

const factsFor =
  (mine: Mine, around: Around, before: ReadonlyMap<string, LabourState>) =>
  (command: LabourCommand, stream: string, states: ReadonlyMap<string, LabourState>): LabourFacts => {
    const day = 'day' in command ? command.day : '';
    const taken = [...new Map([...before, ...states])].flatMap(([id, state]) =>
      id !== stream && state.status === 'recorded' && state.official === around.me && state.day === day
        ? [state.part]
        : [],
    );
    return {
      actor: around.me,
      actorName: around.myName,
      unit: around.unit,
      // Which villages there are, the form has asked; whether one was closed since, the server knows.
      chain: 'village' in command ? [command.village] : undefined,
      kinds: mine.kinds.map(({ name }) => name),
      taken,
      today: around.today,
      earliest: addDays(around.today, -mine.writtenWithin),
    };
  };

function states(mine: Mine, around: Around): { before: Map<string, LabourState>; now: Map<string, LabourState> } {
  const before = known(around);
  const waiting = around.waiting('labour', MINE);
  return { before, now: played(labours, (id) => before.get(id), waiting, factsFor(mine, around, before), around.me) };
}

function shown(id: string, state: Labour, was: Entry | undefined, around: Around): Entry {
  const village = state.chain.at(-1)!;
  return {
    id,
    official: state.official,
    name: was?.name ?? around.myName,
    unit: was?.unit ?? '',
    village,
    villageName: around.area(village),
    day: state.day,
    part: state.part,
    days: daysOf(state.part),
    note: state.note,
    status: state.standing.is,
    reason: state.standing.is === 'returned' ? state.standing.reason : '',
    confirmedBy: state.standing.is === 'confirmed' ? state.standing.signer : '',
    outputs: state.outputs.map(({ kind, amount }) => ({ kind, amount })),
    mine: state.official === around.me,
  };
}

const sum = (entries: readonly Entry[], confirmed: boolean): number =>
  entries.filter((e) => (e.status === 'confirmed') === confirmed).reduce((n, e) => n + e.days, 0);

/** Labour without network: written, put right, signed by the village on the spot, and judged by the same rules. */
export const labourCarried: Carried = {
  nouns: ['labour'],
  sentences: labourRefusals,
  paths: () => [MINE, THEIRS],
  judge(given: Waiting, around) {
    const mine = around.read<Mine>(MINE);
    if (mine === undefined) return undefined;
    const { before, now } = states(mine, around);
    const command = { ...given.data, kind: given.kind } as unknown as LabourCommand;
    const state = now.get(given.stream) ?? before.get(given.stream);
    if (state === undefined && command.kind !== 'labour.record') return undefined;
    const facts = factsFor(mine, around, before)(command, given.stream, now);
    return refusalOf(labours.decide(state ?? labours.initial, command, facts));
  },
  answers: {
    'GET /api/labours/mine': (kept, around, _params, path) => {
      const mine = kept as Mine | undefined;
      // Another year than this one is as it was.
      if (mine === undefined || path !== MINE) return mine;
      const { now } = states(mine, around);
      const was = new Map(mine.entries.map((entry) => [entry.id, entry]));
      const entries = [...new Set([...now.keys(), ...was.keys()])]
        .flatMap((id): Entry[] => {
          const state = now.get(id);
          if (state === undefined) return [was.get(id)!];
          return state.status === 'recorded' && state.official === around.me
            ? [shown(id, state, was.get(id), around)]
            : [];
        })
        .sort((a, b) => (a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day < b.day ? 1 : -1));
      return { ...mine, entries, days: sum(entries, true), waiting: sum(entries, false) } satisfies Mine;
    },
    'GET /api/labours/waiting': (kept, around) => {
      const theirs = kept as Theirs | undefined;
      const mine = around.read<Mine>(MINE);
      if (theirs === undefined || mine === undefined) return theirs;
      const { now } = states(mine, around);
      return { ...theirs, entries: theirs.entries.filter(({ id }) => !now.has(id)) } satisfies Theirs;
    },
  },
};
