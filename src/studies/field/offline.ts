import { type Around, type Carried, played, refusalOf } from '../../app/field/carried.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { studyRoutes } from '../api.ts';
import { type Study, type StudyCommand, type StudyFacts, type StudyState, studyRefusals } from '../model.ts';
import { studies } from '../rules.ts';

type List = AnswerOf<(typeof studyRoutes)['GET /api/studies']>;
type Whole = AnswerOf<(typeof studyRoutes)['GET /api/studies/:id']>;

const LIST = '/api/studies?mine=1';
const pathOf = (id: string): string => `/api/studies/${id}`;

const stateOf = (whole: Whole): Study => ({
  status: whole.status,
  author: whole.author,
  topic: whole.topic,
  question: whole.question,
  area: '',
  chain: [],
  from: whole.openedOn,
  until: whole.until,
  days: whole.days.flatMap(({ day, amount, where, seen }) =>
    where === null ? [] : [{ day, amount, where, seen: seen ?? '' }],
  ),
  leftOut: whole.days.flatMap(({ day, leftOut }) => (leftOut ? [day] : [])),
  findings: whole.findings.map(({ words, sort }) => ({ words, sort: sort ?? undefined, day: '' })),
  measures: [],
  report: whole.report === null ? undefined : { ...whole.report, days: [] },
  reason: whole.reason ?? undefined,
});

const known =
  (around: Around) =>
  (id: string): StudyState | undefined => {
    const whole = around.read<Whole>(pathOf(id));
    return whole === undefined ? undefined : stateOf(whole);
  };

const factsOf =
  (around: Around) =>
  (command: StudyCommand, stream: string): StudyFacts => {
    const days = around.read<Whole>(pathOf(stream))?.days ?? [];
    return {
      actor: around.me,
      at: around.at,
      units: [],
      chain: undefined,
      unitKnown: true,
      days: days.map(({ day }) => day),
      dayKnown: 'day' in command && days.some((d) => d.day === command.day && (d.visits > 0 || d.outreaches > 0)),
    };
  };

const states = (around: Around, path: string): Map<string, StudyState> =>
  played(studies, known(around), around.waiting('study', path), factsOf(around), around.me);

/** What is done where it was seen; measures, report and the rest are the desk's. */
const HERE = new Set(['study.find', 'study.classify', 'study.note-day']);

/** Studies without network: findings, of which kind they are, and days noted on the spot. */
export const studiesCarried: Carried = {
  nouns: ['study'],
  sentences: studyRefusals,
  paths: () => [LIST],
  details: (around) =>
    (around.read<List>(LIST)?.rows ?? [])
      .flatMap(({ id, status }) => (status === 'open' ? [pathOf(id)] : []))
      .slice(0, 10),
  judge(given, around) {
    if (!HERE.has(given.kind)) return undefined;
    const state = states(around, pathOf(given.stream)).get(given.stream) ?? known(around)(given.stream);
    if (state === undefined) return undefined;
    const command = { ...given.data, kind: given.kind } as unknown as StudyCommand;
    return refusalOf(studies.decide(state, command, factsOf(around)(command, given.stream)));
  },
  answers: {
    'GET /api/studies/:id': (kept, around, { id }) => {
      const whole = kept as Whole | undefined;
      const state = states(around, pathOf(id!)).get(id!);
      if (whole === undefined || state === undefined || state.status === 'none') return whole;
      const before = new Set(whole.days.map(({ day }) => day));
      const noted = state.days.flatMap(({ day, amount, where, seen }): Whole['days'] =>
        before.has(day) ? [] : [{ day, amount, where, seen, leftOut: false, visits: 0, outreaches: 0 }],
      );
      const days = [...whole.days, ...noted].sort((a, b) => (a.day < b.day ? -1 : 1));
      return {
        ...whole,
        days,
        daysInAll: days.reduce((n, d) => n + d.amount, 0),
        findings: state.findings.map(({ words, sort }, i) => ({
          measures: whole.findings[i]?.measures ?? [],
          words,
          sort: sort ?? null,
        })),
      } satisfies Whole;
    },
  },
};
