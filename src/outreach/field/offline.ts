import { type Around, type Carried, played, refusalOf } from '../../app/field/carried.ts';
import { addDays } from '../../calendar/days.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { outreachRoutes } from '../api.ts';
import {
  type Arranged,
  type OutreachCommand,
  type OutreachFacts,
  type OutreachState,
  outreachRefusals,
} from '../model.ts';
import { outreaches, possible } from '../rules.ts';

type Routes = typeof outreachRoutes;
type List = AnswerOf<Routes['GET /api/outreaches']>;
type Whole = AnswerOf<Routes['GET /api/outreaches/:id']>;

const LIST = '/api/outreaches?mine=1';
const pathOf = (id: string): string => `/api/outreaches/${id}`;
/** So long after its day an outreach goes along still, for its result to be written. */
const AFTER_DAYS = 14;

const stateOf = (whole: Whole): Arranged => ({
  status: whole.status,
  form: whole.form,
  area: '',
  chain: [],
  spot: whole.spot,
  day: whole.day,
  from: whole.from,
  to: whole.to,
  who: whole.who.map(({ id }) => id),
  about: whole.about,
  period: whole.period ?? undefined,
  matters: whole.cases.map(({ matter }) => matter),
  places: whole.places,
  arrangedBy: '',
  arrangedOn: '',
  reason: whole.reason ?? undefined,
  bookings: whole.bookings.map(({ turn, name, phone, number, about }) => ({
    turn,
    stands: true,
    code: '',
    name: name ?? undefined,
    phone: phone ?? undefined,
    number: number ?? undefined,
    about: about ?? undefined,
  })),
  taken: whole.taken.map(({ turn, words, solved, how }) => ({
    version: 0,
    turn: turn ?? undefined,
    words,
    solved,
    how: how ?? undefined,
    by: '',
  })),
  went: whole.went.map(({ id }) => id),
  absence: whole.absence ?? undefined,
  result: whole.result ?? undefined,
  cases: {},
});

const known =
  (around: Around) =>
  (id: string): OutreachState | undefined => {
    const whole = around.read<Whole>(pathOf(id));
    return whole === undefined ? undefined : stateOf(whole);
  };

const factsOf =
  (around: Around) =>
  (command: OutreachCommand): OutreachFacts => ({
    actor: around.me,
    at: around.at,
    chain: [''],
    people: new Set('went' in command ? command.went : []),
    matters: new Set(),
    numberKnown: true,
    policy: { noticeDays: 0, places: 0, recordDays: 0, periods: [] } as unknown as OutreachFacts['policy'],
    code: '',
  });

const states = (around: Around, path: string): Map<string, OutreachState> =>
  played(outreaches, known(around), around.waiting('outreach', path), factsOf(around), around.me);

/** What is done on the spot; arranging and booking are not. */
const HERE = new Set(['outreach.take', 'outreach.conclude']);

/** Receptions and outreaches without network: who booked is on the phone that day, what is said is taken down. */
export const outreachCarried: Carried = {
  nouns: ['outreach'],
  sentences: outreachRefusals,
  paths: () => [LIST],
  details: (around) =>
    (around.read<List>(LIST)?.rows ?? []).flatMap(({ id, day, status }) =>
      status === 'arranged' && day <= addDays(around.today, 1) && day >= addDays(around.today, -AFTER_DAYS)
        ? [pathOf(id)]
        : [],
    ),
  judge(given, around) {
    if (!HERE.has(given.kind)) return undefined;
    const state = states(around, pathOf(given.stream)).get(given.stream) ?? known(around)(given.stream);
    if (state === undefined) return undefined;
    const command = { ...given.data, kind: given.kind } as unknown as OutreachCommand;
    return refusalOf(outreaches.decide(state, command, factsOf(around)(command)));
  },
  answers: {
    'GET /api/outreaches': (kept, around, _params, path) => {
      const list = kept as List | undefined;
      if (list === undefined || path !== LIST) return list;
      const now = states(around, LIST);
      return {
        ...list,
        rows: list.rows.map((row) => {
          const state = now.get(row.id);
          if (state === undefined || state.status === 'none') return row;
          return { ...row, status: state.status, taken: Math.max(row.taken, state.taken.length) };
        }),
      } satisfies List;
    },
    'GET /api/outreaches/:id': (kept, around, { id }) => {
      const whole = kept as Whole | undefined;
      const state = states(around, pathOf(id!)).get(id!);
      if (whole === undefined || state === undefined || state.status === 'none') return whole;
      const next = new Set<string>(possible(state, around.today));
      return {
        ...whole,
        status: state.status,
        went: whole.who.filter((person) => state.went.includes(person.id)),
        absence: state.absence ?? null,
        result: state.result ?? null,
        bookings: whole.bookings.map((b) => ({ ...b, taken: state.taken.some(({ turn }) => turn === b.turn) })),
        taken: state.taken.map(
          (one, i) =>
            whole.taken[i] ?? {
              matter: '',
              number: null,
              status: null,
              words: one.words,
              turn: one.turn ?? null,
              solved: one.solved,
              how: one.how ?? null,
            },
        ),
        cases: whole.cases.map((c) => ({ ...c, result: state.cases[c.matter] ?? c.result })),
        can: whole.can.filter((kind) => next.has(kind)),
      } satisfies Whole;
    },
  },
};
