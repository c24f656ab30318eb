import type { InEnglish } from '../contract/refusals.ts';
import type { reviewRefusals } from './model.ts';

export const reviewRefusalsInEnglish: InEnglish<typeof reviewRefusals> = {
  'review.unknown': 'This review was not found.',
  'review.exists': 'This review was asked for already.',
  'review.no-petition': 'This petition was not found, or the matter does not follow the petition procedure.',
  'review.not-served':
    'No written opinion has been received yet, or none is left to be reviewed. Ask once it has been received.',
  'review.not-now': 'A review cannot be asked for now. Please see first where the matter stands.',
  'review.late': 'The time to ask is over. If something beyond your control kept you, say what it was.',
  'review.no-clock': 'The rules hold no time limit for reviews. Please tell the administrator.',
  'review.not-independent': 'Whoever handled it, or reviewed it before, cannot review it. Somebody else has to.',
  'review.not-of-unit': 'This person is not in the reviewing unit. Choose one of your unit.',
  'review.not-accepted': 'It is not accepted yet. Name first who reviews it.',
  'review.accepted': 'It was accepted already.',
  'review.ground-unknown': 'There is no such ground. Choose one from the list.',
  'review.hearing-past': 'The hearing must be after today.',
  'review.hearing-far': 'The hearing is too far off. Please choose an earlier day.',
  'review.hearing-times': 'It must end after it begins.',
  'review.hearing-pending': 'A hearing is arranged. Hold it or cancel it first.',
  'review.no-hearing': 'No hearing is arranged.',
  'review.hearing-early': 'The day of the hearing has not come. Write the minutes after it.',
  'review.not-answered': 'There is no opinion yet to be served.',
  'review.closed': 'This review is over.',
};
