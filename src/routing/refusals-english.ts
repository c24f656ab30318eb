import type { InEnglish } from '../contract/refusals.ts';
import type { routeChangeRefusals } from './model.ts';

export const routeChangeRefusalsInEnglish: InEnglish<typeof routeChangeRefusals> = {
  'route-change.exists': 'This was proposed already.',
  'route-change.unknown': 'This proposal was not found.',
  'route-change.no-category': 'There is no such category. Please choose again.',
  'route-change.no-area': 'There is no such place. Please choose again.',
  'route-change.no-unit': 'There is no such unit, or it is dissolved. Please choose again.',
  'route-change.same': 'The catalogue names this unit already; nothing to change.',
  'route-change.own': 'You cannot decide on your own proposal. Another head has to.',
  'route-change.over': 'This proposal was decided already.',
};
