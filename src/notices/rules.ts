import { type Decider, refuse } from '../ledger/decider.ts';
import type {
  NoticeChoiceCommand,
  NoticeChoiceEvent,
  NoticeChoiceState,
  TextingCommand,
  TextingEvent,
  TextingFacts,
  TextingState,
} from './model.ts';

/** How an official wants to be told: a letter or none, each at once or one a day. */
export const noticeChoices: Decider<NoticeChoiceState, NoticeChoiceCommand, NoticeChoiceEvent, { official: string }> = {
  initial: { official: '', mail: undefined, digest: true },
  evolve: (_, event, { actor }) => ({ official: actor, mail: event.personal?.mail, digest: event.digest }),
  decide(state, { mail, digest }) {
    if (state.official !== '' && (state.mail ?? null) === mail && state.digest === digest)
      return refuse('notice.unchanged');
    return [{ kind: 'notice.chosen', digest, ...(mail === null ? {} : { personal: { mail } }) }];
  },
};

/** The resident's word on text messages about one matter: given or taken back at any time, as often as they like. */
export const textings: Decider<TextingState, TextingCommand, TextingEvent, TextingFacts> = {
  initial: { matter: '', allowed: undefined },
  evolve: (_, event) => ({ matter: event.matter, allowed: event.kind === 'texting.allowed' }),
  decide(state, { kind, matter }, facts) {
    if (facts.matter === undefined) return refuse('texting.unknown');
    const allowed = kind === 'texting.allow';
    if (state.allowed === allowed) return refuse('texting.unchanged');
    return [{ kind: allowed ? 'texting.allowed' : 'texting.stopped', matter }];
  },
};

/**
 * Whether a resident may be texted about a matter. A telephone left for it is for that; what was said in confidence is
 * texted only to who asked for it, since a phone lies on a table where others read it.
 */
export const mayText = (county: boolean, confidential: boolean, said: boolean | undefined): boolean =>
  county && (said ?? !confidential);
