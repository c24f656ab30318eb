import type { InEnglish } from '../contract/refusals.ts';
import type { ballotRefusals } from './model.ts';

export const ballotRefusalsInEnglish: InEnglish<typeof ballotRefusals> = {
  'ballot.exists': 'This review was opened already.',
  'ballot.unknown': 'This review was not found.',
  'ballot.place-wrong': 'A review is of a village or of a township. Please choose one.',
  'ballot.held': 'This place has a review this half-year already. There is one each half-year.',
  'ballot.no-office': 'There is no office for work among the people yet. Ask the administrator to set one.',
  'ballot.nobody-stationed': 'Nobody is stationed in this place: there is nobody to rate.',
  'ballot.too-few-households':
    'There are too few households here: with fewer ballots than may be shown, nothing could be told. Open one of the township.',
  'ballot.days-wrong':
    'The last day is wrong: too soon for everyone to vote, or too late. Choose it within the days of the rules.',
  'ballot.rated': 'You are rated here, or of one unit with somebody who is. Somebody of another unit has to do this.',
  'ballot.over': 'The voting is over.',
  'ballot.not-open': 'This review is closed or void.',
  'ballot.still-on':
    'Its last day is not over: everyone may still vote. To end it sooner, stop the voting first and say why.',
  'ballot.papers-enough': 'That would be more papers than electors need. Please print fewer.',
  'ballot.no-papers': 'No paper was printed yet, or all from the bag are taken. Please print some first.',
  'ballot.elector-unknown': 'This household is not on the list.',
  'ballot.used': 'This household has taken its ballot already. There is one for each.',
  'ballot.code-wrong': 'This code is not right. Please type it again as it stands on the slip.',
  'ballot.token-wrong': 'This ballot is not signed and cannot be cast. Please open the address on the slip again.',
  'ballot.choices-wrong': 'One of the choices is not understood. Please choose again.',
  'ballot.blank': 'Nobody is rated. Please rate at least one.',
  'ballot.cast': 'This ballot was cast already and cannot be changed.',
  'ballot.urn-lost':
    'The urn is gone: the system was restored, and ballots are not kept in a backup. Please void this review and open it anew.',
  'ballot.counting': 'The ballots are being counted. Please try again in a minute.',
  'ballot.paper-unknown': 'No paper with this number was printed. Please type it again as it stands on the paper.',
  'ballot.paper-entered': 'Both have entered this paper.',
  'ballot.paper-own-second': 'You read this paper first. Somebody else has to read it the second time.',
  'ballot.paper-differs':
    'The two readings differ and neither counts. Please look at the paper together and each enter it again.',
  'ballot.papers-halfway':
    'Some papers were entered only once. Let the other person enter them before you close the box.',
  'ballot.papers-mismatch':
    'The papers do not add up: those taken must be those entered, spoiled and not returned together. Please count again.',
  'ballot.too-many':
    'More ballots were cast on the web than were drawn: this review cannot count. Void it, find out why, and open it anew.',
};
