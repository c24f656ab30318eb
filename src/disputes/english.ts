import { namingBy, sayingBy } from '../language/saying.ts';
import { backgroundNames, disputeStatusNames, gradeNames, mediationNames, modeNames, termNames } from './model.ts';

/** What is said here, in English, by the Chinese. */
export const t = sayingBy({ 当事人: 'a party', 系统: 'the system' });

/** The same names as in model.ts, in the language of the moment. */
export const modeName = namingBy(modeNames, {
  month: 'Monthly sweep',
  day: 'Daily sweep',
  phase: 'Phased sweep',
  any: 'Come upon',
});
export const gradeName = namingBy(gradeNames, { plain: 'Ordinary', watch: 'To be watched', urgent: 'Go at once' });
export const mediationName = namingBy(mediationNames, {
  people: 'People’s mediation',
  administrative: 'Administrative mediation',
  judicial: 'Judicial mediation',
});
export const statusName = namingBy(disputeStatusNames, {
  open: 'To be settled',
  asking: 'Asking for consent',
  mediating: 'Being mediated',
  agreed: 'Agreed, being kept',
  failed: 'Not settled by mediation',
  settled: 'Settled',
  elsewhere: 'Took a lawful way',
  matter: 'Handled as a matter',
});
export const termName = namingBy(termNames, {
  owed: 'not done yet',
  performed: 'said to be done; the other side has not said so',
  confirmed: 'done, the other side says',
  broken: 'not done',
});
export const backgroundName = namingBy(backgroundNames, {
  committee: 'Committee member',
  'veteran-member': 'Veteran Party member',
  'veteran-official': 'Veteran official',
  official: 'Official',
  lawyer: 'Lawyer',
  doctor: 'Medical expert',
  judge: 'Judge, court staff',
  trade: 'Trade association',
  other: 'Other',
});
