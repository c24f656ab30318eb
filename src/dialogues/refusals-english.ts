import type { InEnglish } from '../contract/refusals.ts';
import type { dialogueRefusals } from './model.ts';

export const dialogueRefusalsInEnglish: InEnglish<typeof dialogueRefusals> = {
  'dialogue.exists': 'This session was announced already.',
  'dialogue.unknown': 'This session was not found.',
  'dialogue.place-unknown': 'This place was not found. Please choose again.',
  'dialogue.guest-unknown': 'A guest is not in office, or the unit is wrong. Please choose again.',
  'dialogue.times-wrong': 'It has to end later than it begins.',
  'dialogue.short-notice': 'A session has to be announced ahead so that people can ask. Choose a later day.',
  'dialogue.phone-missing': 'A hotline needs a telephone number.',
  'dialogue.past': 'The day is over; nothing can be changed.',
  'dialogue.over': 'This session has ended or was cancelled.',
  'dialogue.not-today': 'This session is not today. Begin it on its day.',
  'dialogue.begun': 'The session has begun; it cannot be changed.',
  'dialogue.not-live': 'The session has not begun. Answer once it has.',
  'dialogue.asking-closed':
    'No more questions are taken here. You can tell us online; it gets a number and an answer too.',
  'dialogue.full': 'This session has all the questions it can take. You can tell us online instead.',
  'dialogue.question-unknown': 'There is no such question.',
  'dialogue.shown-already': 'It is shown already.',
  'dialogue.answered-already': 'It was answered already.',
  'dialogue.same-missing': 'Say which question it repeats.',
  'dialogue.not-guest': 'Whoever answers has to be one of the guests.',
  'dialogue.promise-past': 'The promised day has to be later than today.',
  'dialogue.promise-missing': 'Nothing was promised here.',
  'dialogue.followed-already': 'It was kept; nothing more to note.',
  'dialogue.unsorted':
    'Some questions were not looked at: decide for each whether it is shown, with a reason where not.',
  'dialogue.not-closed': 'End the answers first, then publish the record.',
  'dialogue.published-already': 'The record is published already.',
};
