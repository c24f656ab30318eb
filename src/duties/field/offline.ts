import { type Around, type Carried, played, refusalOf } from '../../app/field/carried.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { dutyRoutes } from '../api.ts';
import { exceptions } from '../exception.ts';
import { type ExceptionCommand, type ExceptionFacts, dutyRefusals, exceptionNames } from '../model.ts';
import { t } from './english.ts';

/** What a phone asks for; the rest is noted by a head at the desk. */
export type Asked = 'leave' | 'training' | 'secondment' | 'transfer';
export const askedNames: Readonly<Record<Asked, string>> = {
  leave: t('请假'),
  training: t('培训'),
  secondment: t('借调'),
  transfer: t('调动交接'),
};

type Mine = AnswerOf<(typeof dutyRoutes)['GET /api/duties/mine']>;
const MINE = '/api/duties/mine';

const factsOf = (around: Around) => (): ExceptionFacts => ({
  actor: around.me,
  areas: [],
  dutyKnown: true,
  actedKnown: true,
});

/** Leave asked for without network; figures of duties are as the server worked them out last. */
export const exceptionsCarried: Carried = {
  nouns: ['exception'],
  sentences: dutyRefusals,
  paths: () => [MINE],
  judge(given, around) {
    const command = { ...given.data, kind: given.kind } as unknown as ExceptionCommand;
    if (command.kind !== 'exception.ask') return undefined;
    return refusalOf(exceptions.decide(exceptions.initial, command, factsOf(around)()));
  },
  answers: {
    'GET /api/duties/mine': (kept, around, _params, path) => {
      const mine = kept as Mine | undefined;
      if (mine === undefined || path !== MINE) return mine;
      const asked = played(exceptions, () => undefined, around.waiting('exception', MINE), factsOf(around), around.me);
      const begun = [...asked].flatMap(([id, e]): Mine['exceptions'] =>
        e.stage === 'none'
          ? []
          : [
              {
                id,
                official: e.official,
                name: around.myName,
                unit: '',
                type: e.type,
                typeName: e.type in askedNames ? askedNames[e.type as Asked] : exceptionNames[e.type],
                from: e.from,
                until: e.until,
                duty: null,
                actingFor: null,
                stage: e.stage,
                reason: e.reason,
                askedBy: e.askedBy,
                decidedBy: null,
                decision: null,
                can: [],
              },
            ],
      );
      return { ...mine, exceptions: [...begun, ...mine.exceptions] } satisfies Mine;
    },
  },
};
