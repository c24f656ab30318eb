import type { InEnglish } from '../contract/refusals.ts';
import type { outreachRefusals } from './model.ts';

export const outreachRefusalsInEnglish: InEnglish<typeof outreachRefusals> = {
  'outreach.exists': 'This outreach was arranged already.',
  'outreach.unknown': 'This outreach was not found.',
  'outreach.place-unknown': 'This place was not found. Please choose again.',
  'outreach.people-unknown': 'Somebody on the list is not in office. Please choose again.',
  'outreach.times-wrong': 'It has to end later than it begins.',
  'outreach.period-missing': 'Choose the set period this outreach belongs to. Periods are set under “Rules”.',
  'outreach.outside-period': 'This day is outside the chosen period. Change the day or choose another period.',
  'outreach.case-missing': 'An outreach with a case needs at least one matter. Choose it from the ledger.',
  'outreach.case-unknown': 'One of the matters was not found. Please choose again.',
  'outreach.short-notice':
    'An outreach reception has to be announced ahead and this day is too near. Choose a later one.',
  'outreach.long-past': 'This day is too long ago to be recorded now.',
  'outreach.past': 'The day is over, so nothing can be changed. Write the results, or say why nobody went.',
  'outreach.over': 'This outreach has ended or was cancelled.',
  'outreach.not-bookable': 'Only an outreach reception can be booked.',
  'outreach.booking-closed': 'The day of this outreach reception is over. Please look for the next one.',
  'outreach.full': 'Every turn is booked. Book the next outreach reception, or tell us here online.',
  'outreach.reach-missing':
    'Leave a phone number, or the number of your earlier matter, so that we can tell you of changes.',
  'outreach.number-unknown': 'There is no such number. Check it and write it again, or leave a phone number.',
  'outreach.booked-already': 'This phone number or matter number has a turn at this outreach reception already.',
  'outreach.turn-unknown': 'There is no such turn.',
  'outreach.code-wrong': 'The code to cancel is wrong. Use the one you were given when you booked.',
  'outreach.not-yet': 'The day has not come yet. Record it then.',
  'outreach.absence-missing': 'Somebody who was to go did not. Please write why and who went instead.',
  'outreach.case-result-missing': 'Write a result for every matter you took along.',
};
