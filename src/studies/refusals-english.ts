import type { InEnglish } from '../contract/refusals.ts';
import type { studyRefusals } from './model.ts';

export const studyRefusalsInEnglish: InEnglish<typeof studyRefusals> = {
  'study.exists': 'This study was opened already.',
  'study.unknown': 'This study was not found.',
  'study.place-unknown': 'This place was not found. Please choose again.',
  'study.until-past': 'The report must be due after today.',
  'study.not-author':
    'Only whoever set the question can write here. A study and its report cannot be done by somebody else.',
  'study.over': 'This study was given up.',
  'study.day-outside': 'This day is outside the time of the study, or has not come yet.',
  'study.day-known':
    'A visit or an outreach is recorded for this day and counts by itself. There is no need to add it.',
  'study.day-noted': 'This day was noted already.',
  'study.day-not-known': 'No record has this day, so there is nothing to take away.',
  'study.finding-unknown': 'There is no such finding. Write the finding first.',
  'study.unit-unknown': 'This unit was not found. Please choose again.',
  'study.due-past': 'The measure must be due after today.',
  'study.measure-unknown': 'There is no such measure.',
  'study.measure-other-unit': 'This measure belongs to another unit.',
  'study.measure-over': 'This measure has its result already.',
  'study.nothing-found': 'No finding is written yet. Write what you found before the report.',
};
