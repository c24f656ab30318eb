import { type Around, type Carried, played, refusalOf } from '../../app/field/carried.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { campaignRoutes } from '../api.ts';
import { type OccasionCommand, type OccasionFacts, campaignRefusals, occasionKindNames } from '../model.ts';
import { occasions } from '../rules/occasion.ts';

type Held = AnswerOf<(typeof campaignRoutes)['GET /api/occasions']>;
const LIST = '/api/occasions?limit=20';

const factsOf =
  (around: Around) =>
  (command: OccasionCommand): OccasionFacts => ({
    actor: around.me,
    today: around.today,
    chain: command.kind === 'occasion.record' && command.area !== '' ? [command.area] : [],
    // Who is a colleague and which unit an enterprise, the server knows.
    colleaguesKnown: true,
    enterpriseKnown: true,
  });

/** Symposia, deeds and the like without network. */
export const occasionsCarried: Carried = {
  nouns: ['occasion'],
  sentences: campaignRefusals,
  // What one's group has still to do is looked at on the way.
  paths: ({ me }) => [LIST, `/api/assignments?official=${me}`, '/api/campaigns/mine'],
  judge(given, around) {
    const command = {
      colleagues: [],
      people: 0,
      amount: 0,
      ...given.data,
      kind: given.kind,
    } as unknown as OccasionCommand;
    if (command.kind !== 'occasion.record') return undefined;
    return refusalOf(occasions.decide(occasions.initial, command, factsOf(around)(command)));
  },
  answers: {
    'GET /api/occasions': (kept, around) => {
      const waiting = around
        .waiting('occasion', LIST)
        .map((one) => ({ ...one, data: { colleagues: [], people: 0, amount: 0, ...one.data } }));
      const begun = [...played(occasions, () => undefined, waiting, factsOf(around), around.me)];
      const list = kept as Held | undefined;
      if (list === undefined && begun.length === 0) return undefined;
      return {
        occasions: [
          ...begun.map(([id, o]) => ({
            id,
            kind: o.type,
            day: o.day,
            title: o.title,
            areaName: around.area(o.area),
            people: o.people,
            amount: o.amount,
            officials: o.officials.length,
            kindName: occasionKindNames[o.type],
          })),
          ...(list?.occasions ?? []),
        ],
      } satisfies Held;
    },
  },
};
