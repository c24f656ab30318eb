import { namingBy, sayingBy } from '../language/saying.ts';
import { actNames, actStateNames, groundNames } from './model.ts';

/** What is said here, in English, by the Chinese. */
export const t = sayingBy({
  '存量：行动第一天符合条件的，名单定了不再变。':
    'Stock: what met the criteria on the first day; the list does not change.',
  '新进：行动期间满了这个天数还没有销号的，和销号后又重开的。':
    'Came in: what reached that age during the campaign, and what was closed and came back.',
  '销号：群众认可，或者按法定程序了结。后来重开的，按一直没有销号算。':
    'Cleared: confirmed by the resident, or ended by the procedure. What was reopened later counts as never cleared.',
  '真解决：群众认可，而且 {n} 个月没有反复。':
    'Really settled: confirmed by the resident, and not back for {n} months.',
  '还在看：群众认可了，还不满 {n} 个月。': 'On trial: confirmed by the resident, not yet {n} months ago.',
  '只是了结：按法定程序走完，群众没有说解决了。':
    'Merely ended: the procedure is over; the resident has not said it is settled.',
});

/** How a case stands, in a word for lists. */
export const standNames = {
  closed: '群众认可，销号',
  proposed: '等领导包下',
  declined: '没有包下，要另请',
  ended: '按程序了结',
  passing: '等接手的领导答复',
  ending: '等批准按程序了结',
  adopted: '在办',
} as const;
export const standName = namingBy(standNames, {
  closed: 'Confirmed and closed',
  proposed: 'Waits for the leader',
  declined: 'Declined; ask another',
  ended: 'Ended by the procedure',
  passing: 'Waits for the next leader',
  ending: 'End waits for a decision',
  adopted: 'In hand',
});

/** The same names as in model.ts, in the language of the moment. */
export const actName = namingBy(actNames, {
  met: 'Met the person',
  site: 'Went to the place',
  coordinated: 'Called the units together',
  answered: 'Answered in person',
});
export const actStateName = namingBy(actStateNames, {
  own: 'in person',
  delegated: 'done by others',
  said: 'waits for the leader’s word',
  denied: 'the leader says no',
});
export const groundName = namingBy(groundNames, {
  're-review': 'Re-review opinion; the procedure is over',
  judgment: 'Judgment in force',
});
