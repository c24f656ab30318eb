/**
 * Whether a story's steps follow each other as the work allows: a second opinion, written from the words of
 * the procedure and sharing nothing with the generator or with the ledger's rules.
 */
import type { MatterStory, StepBody } from './model.ts';

type Kind = StepBody['kind'];
type Stage =
  | 'desk'
  | 'asked'
  | 'returned'
  | 'work'
  | 'paused'
  | 'deciding'
  | 'answered'
  | 'waiting'
  | 'resolved'
  | 'closed'
  | 'rated';

/** What may happen at each stage, and where it leads. */
const NEXT: Readonly<Record<Stage, Partial<Record<Kind, Stage>>>> = {
  desk: { dispatch: 'asked' },
  asked: { return: 'returned', acknowledge: 'work' },
  returned: { adjudicate: 'asked' },
  work: {
    progress: 'work',
    instruct: 'work',
    suspend: 'paused',
    'ask-extension': 'deciding',
    'explain-delay': 'work',
    answer: 'answered',
  },
  paused: { resume: 'work' },
  deciding: { 'grant-extension': 'work', 'refuse-extension': 'work' },
  answered: { resolve: 'resolved' },
  waiting: { progress: 'waiting', answer: 'answered' },
  resolved: { confirm: 'closed', deny: 'work', 'call-back': 'closed' },
  closed: { rate: 'rated', reopen: 'work' },
  rated: { reopen: 'work' },
};

/** The first thing wrong with a story, or nothing. */
export const fault = ({ registeredAt, unit, steps }: MatterStory): string | undefined => {
  let stage: Stage = 'desk';
  let last = registeredAt;
  let responsible: string | undefined;
  let lead: string | undefined;
  for (const [n, step] of steps.entries()) {
    const wrong = (what: string): string => `step ${n + 1}, ${step.kind}: ${what}`;
    if (step.at <= last) return wrong('not after what came before');
    last = step.at;
    let next: Stage | undefined = NEXT[stage][step.kind];
    if (next === undefined) return wrong(`not allowed at stage ${stage}`);
    switch (step.kind) {
      case 'dispatch':
      case 'adjudicate':
        responsible = step.unit;
        break;
      case 'return':
        if (step.betterUnit === responsible) return wrong('names itself the better unit');
        break;
      case 'acknowledge':
        if (responsible !== unit) return wrong('by a unit that is not competent');
        lead = step.lead;
        break;
      case 'answer':
        if (step.disposition === 'deferred') {
          if (step.plan === undefined || step.recheckOn === undefined) return wrong('deferred without plan and day');
          next = 'waiting';
        }
        break;
      case 'grant-extension':
      case 'refuse-extension':
        if (step.by === lead) return wrong('decided by who asked');
        break;
      case 'call-back':
        if (step.by === lead || step.by === 'reporter') return wrong('not independent');
        next = step.outcome === 'confirmed' ? 'closed' : step.outcome === 'denied' ? 'work' : 'resolved';
        break;
      case 'confirm':
      case 'deny':
      case 'rate':
      case 'reopen':
        if (step.by !== 'reporter') return wrong('not the resident’s own');
        break;
    }
    stage = next;
  }
  return undefined;
};
