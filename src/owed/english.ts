import { namingBy, sayingBy } from '../language/saying.ts';
import { owedNames } from './model.ts';

export const owedName = namingBy(owedNames, {
  instruction: 'Instruction: report the result',
  assignment: 'Assignment: report the result',
  supervision: 'Supervision order: report the result',
  judge: 'Result reported: judge it',
  task: 'Decided at a meeting',
  minutes: 'Meeting: hold it, write the minutes',
  dispute: 'Dispute: settle it by the day',
  take: 'Asked to take it over: answer',
  mediation: 'Mediation: end it by the day',
  term: 'Agreement: see that it is kept',
  review: 'Review: give the opinion',
  serve: 'Opinion: bring it to the person',
  adopt: 'Asked to adopt a case: answer',
  'hard-case': 'Adopted case: end it by the day',
  'own-act': 'Adopted case: do something yourself',
  hotspot: 'Hot spot: fix it for all',
  suggestion: 'Suggestion: answer it',
  follow: 'Adopted suggestion: say how far it is',
  promise: 'Promised at a door: keep it by the day',
  sweep: 'Sweep for disputes: return it',
  'sweep-day': 'Daily sweep: return it',
  'pair-measure': 'Measure of a pair: do it by the day',
  'pair-consent': 'Consent of a pair ends: ask again',
  'pair-review': 'Pair: look at how it goes',
  measure: 'Measure of a study: say how far it is',
  'tell-back': 'The unit answered: tell whoever asked',
  outreach: 'Outreach: go, and write down the result',
});

export const t = sayingBy({ '（内容已按规定删除）': '(erased, as the rules require)', '{home}家': '{home}’s home' });
