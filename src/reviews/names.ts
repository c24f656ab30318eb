import { namingBy } from '../language/saying.ts';
import { reviewStatusNames } from './model.ts';

/** The same names as in model.ts, in the language of the moment. */
export const reviewStatusName = namingBy(reviewStatusNames, {
  asked: 'To accept',
  reviewing: 'Under review',
  answered: 'Decided, to be served',
  over: 'Served',
  refused: 'Not accepted',
  withdrawn: 'Withdrawn',
});
