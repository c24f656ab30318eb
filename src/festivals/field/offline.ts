import { type Around, type Carried, played, refusalOf } from '../../app/field/carried.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { festivalRoutes } from '../api.ts';
import { type Gift, type GiftCommand, type GiftFacts, type GiftState, festivalRefusals } from '../model.ts';
import { gifts } from '../rules.ts';

type Answer = AnswerOf<(typeof festivalRoutes)['GET /api/households/:id/gifts']>;
type Round = Answer['festivals'][number];

const pathOf = (household: string): string => `/api/households/${household}/gifts`;
/** So many households of the day's list are carried with what is to be handed over. */
const MOST = 40;

/** Where a gift is to go, as the kept answers tell it. */
function goingTo(around: Around, gift: string): { household: string; answer: Answer; round: Round } | undefined {
  for (const household of around.festivalHouseholds()) {
    const answer = around.read<Answer>(pathOf(household));
    const round = answer?.festivals.find((one) => one.gifts.some(({ id }) => id === gift));
    if (answer !== undefined && round !== undefined) return { household, answer, round };
  }
  return undefined;
}

function known(around: Around, id: string): GiftState | undefined {
  const to = goingTo(around, id);
  const gift = to?.round.gifts.find((one) => one.id === id);
  if (to === undefined || gift === undefined) return undefined;
  return {
    status: gift.status,
    festival: to.round.id,
    household: to.household,
    chain: [],
    source: gift.source,
    cents: gift.cents,
    goods: gift.goods,
    proposedBy: '',
    decidedBy: undefined,
    given: undefined,
  } satisfies Gift;
}

/** Whether the household was met since the round began, or will have been once what waits here has gone up. */
const wasMet = (around: Around, household: string, round: Round): boolean =>
  round.metOn !== null ||
  around
    .waiting('visit')
    .some(({ kind, data }) => kind === 'visit.record' && data['household'] === household && data['contact'] === 'met');

const factsOf =
  (around: Around) =>
  (_command: GiftCommand, stream: string): GiftFacts => {
    const to = goingTo(around, stream);
    return {
      actor: around.me,
      today: around.today,
      festival: undefined,
      household:
        to === undefined
          ? undefined
          : {
              chain: [],
              contact: null,
              // The answer names grown-ups only.
              residents: to.answer.signers.map(({ id, name }) => ({ id, name, bornYear: null })),
            },
      doubled: false,
      spent: 0,
      visit: to !== undefined && wasMet(around, to.household, to.round) ? to.round.id : undefined,
    };
  };

const states = (around: Around, path?: string): Map<string, GiftState> =>
  played(gifts, (id) => known(around, id), around.waiting('gift', path), factsOf(around), around.me);

/** What is done at the door; proposing and approving are the desk's. */
const HERE = new Set(['gift.hand-over', 'gift.decline']);

/** Visits before a festival without network: what is to be handed over is known, signed for, and judged at the door. */
export const giftsCarried: Carried = {
  nouns: ['gift'],
  sentences: festivalRefusals,
  paths: () => [],
  details: (around) => around.festivalHouseholds().slice(0, MOST).map(pathOf),
  judge(given, around) {
    if (!HERE.has(given.kind)) return undefined;
    const state = states(around).get(given.stream) ?? known(around, given.stream);
    if (state === undefined) return undefined;
    const command = { ...given.data, kind: given.kind } as unknown as GiftCommand;
    return refusalOf(gifts.decide(state, command, factsOf(around)(command, given.stream)));
  },
  answers: {
    'GET /api/households/:id/gifts': (kept, around, { id }) => {
      const answer = kept as Answer | undefined;
      if (answer === undefined) return undefined;
      const now = states(around, pathOf(id!));
      return {
        ...answer,
        festivals: answer.festivals.map((round) => {
          const met = wasMet(around, id!, round);
          return {
            ...round,
            visited: round.visited || met,
            metOn: round.metOn ?? (met ? around.today : null),
            gifts: round.gifts.map((gift) => {
              const state = now.get(gift.id);
              return state === undefined || state.status === 'none' ? gift : { ...gift, status: state.status, can: [] };
            }),
          };
        }),
      } satisfies Answer;
    },
  },
};
