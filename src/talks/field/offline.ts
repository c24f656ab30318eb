import { type Around, type Carried, played, refusalOf } from '../../app/field/carried.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { talkRoutes } from '../api.ts';
import { type Talk, type TalkCommand, type TalkFacts, type TalkState, talkRefusals, wayNames } from '../model.ts';
import { possible, talks } from '../rules.ts';

type Routes = typeof talkRoutes;
type List = AnswerOf<Routes['GET /api/talks']>;
type Library = AnswerOf<Routes['GET /api/guides']>;
type Whole = AnswerOf<Routes['GET /api/talks/:id']>;

const LIST = '/api/talks?mine=1';
const GUIDES = '/api/guides';
const pathOf = (id: string): string => `/api/talks/${id}`;

function stateOf(whole: Whole, around: Around): Talk {
  return {
    status: 'held',
    area: '',
    chain: [],
    official: around.me,
    way: whole.way,
    day: whole.day,
    where: whole.where,
    guides: whole.guides.map(({ id }) => id),
    came: whole.came ?? undefined,
    questions: whole.questions.map((q) => ({
      version: 0,
      words: q.words,
      guide: undefined,
      name: q.name ?? undefined,
      phone: q.phone ?? undefined,
      answer: q.answer ?? undefined,
      told: q.told === null ? undefined : { how: q.told, at: '' },
    })),
  };
}

const known =
  (around: Around) =>
  (id: string): TalkState | undefined => {
    const whole = around.read<Whole>(pathOf(id));
    return whole === undefined ? undefined : stateOf(whole, around);
  };

const factsOf =
  (around: Around) =>
  (command: TalkCommand): TalkFacts => ({
    actor: around.me,
    at: around.at,
    // Whether the place was closed since, the server knows.
    chain: [command.kind === 'talk.hold' ? command.area : ''],
    guides: new Set((around.read<Library>(GUIDES)?.guides ?? []).flatMap((g) => (g.inForce ? [g.id] : []))),
  });

const states = (around: Around, path: string): Map<string, TalkState> =>
  played(talks, known(around), around.waiting('talk', path), factsOf(around), around.me);

const titleOf = (around: Around, id: string): string =>
  around.read<Library>(GUIDES)?.guides.find((g) => g.id === id)?.title ?? '';

/** Talks without network: held, what nobody could answer taken down, answers told back. */
export const talksCarried: Carried = {
  nouns: ['talk'],
  sentences: talkRefusals,
  paths: () => [LIST, GUIDES],
  details: (around) => (around.read<List>(LIST)?.rows ?? []).slice(0, 5).map(({ id }) => pathOf(id)),
  judge(given, around) {
    const command = { ...given.data, kind: given.kind } as unknown as TalkCommand;
    if (around.read<Library>(GUIDES) === undefined) return undefined;
    const state = states(around, pathOf(given.stream)).get(given.stream) ?? known(around)(given.stream);
    if (state === undefined && command.kind !== 'talk.hold') return undefined;
    return refusalOf(talks.decide(state ?? talks.initial, command, factsOf(around)(command)));
  },
  answers: {
    'GET /api/talks': (kept, around, _params, path) => {
      const list = kept as List | undefined;
      if (path !== LIST) return list;
      const begun = [...states(around, LIST)].flatMap(([id, state]): List['rows'] =>
        state.status === 'none' || state.area === ''
          ? []
          : [
              {
                id,
                place: around.area(state.area),
                where: state.where,
                official: around.myName,
                way: state.way,
                wayName: wayNames[state.way],
                day: state.day,
                guides: state.guides.map((guide) => titleOf(around, guide)),
                came: state.came ?? null,
                asked: state.questions.length,
                answered: 0,
                told: 0,
              },
            ],
      );
      if (list === undefined && begun.length === 0) return undefined;
      const here = new Set(begun.map(({ id }) => id));
      return {
        today: around.today,
        rows: [...begun, ...(list?.rows ?? []).filter(({ id }) => !here.has(id))],
      } satisfies List;
    },
    'GET /api/talks/:id': (kept, around, { id }) => {
      const whole = kept as Whole | undefined;
      const state = states(around, pathOf(id!)).get(id!);
      if (state === undefined || state.status === 'none') return whole;
      return {
        id: id!,
        place: whole?.place ?? around.area(state.area),
        where: state.where,
        official: whole?.official ?? around.myName,
        way: state.way,
        wayName: wayNames[state.way],
        day: state.day,
        came: state.came ?? null,
        guides: whole?.guides ?? state.guides.map((guide) => ({ id: guide, title: titleOf(around, guide) })),
        questions: state.questions.map((q, place) => ({
          place,
          matter: whole?.questions[place]?.matter ?? '',
          words: q.words,
          guide: whole?.questions[place]?.guide ?? (q.guide === undefined ? null : titleOf(around, q.guide)),
          name: q.name ?? null,
          phone: q.phone ?? null,
          answer: q.answer ?? null,
          told: q.told?.how ?? null,
        })),
        can: possible(state),
      } satisfies Whole;
    },
  },
};
