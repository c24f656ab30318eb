import type { InEnglish } from '../contract/refusals.ts';
import type { premiseRefusals } from './model.ts';

export const premiseRefusalsInEnglish: InEnglish<typeof premiseRefusals> = {
  'premise.unknown': 'This place has no such item. Reload, then look again.',
  'premise.in-future': 'Nothing can be written for a day that has not come yet.',
  'premise.person-unknown': 'This official is not in office. Please choose again.',
  'premise.due-past': 'It must be due after today.',
};
