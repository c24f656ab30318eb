import type { InEnglish } from '../contract/refusals.ts';
import type { suggestionRefusals } from './model.ts';

export const suggestionRefusalsInEnglish: InEnglish<typeof suggestionRefusals> = {
  'suggestion.exists': 'This suggestion was taken in already.',
  'suggestion.unknown': 'This suggestion was not found.',
  'suggestion.place-unknown': 'This place was not found. Please choose again.',
  'suggestion.unit-unknown': 'This unit was not found. Please choose again.',
  'suggestion.screened': 'This suggestion was looked at and sent on already.',
  'suggestion.not-sent': 'No unit has this suggestion now.',
  'suggestion.other-unit': 'This suggestion went to another unit.',
  'suggestion.not-adopted': 'Of what was not adopted nothing becomes. To change the answer, answer again.',
  'suggestion.not-answered': 'There is no answer yet. Wait for what the unit finds.',
  'suggestion.thanked': 'Thanks were said already.',
  'suggestion.nameless': 'No name was left: on the list it can only stand without one.',
  'suggestion.same-unit': 'It is this unit already. Please choose another.',
};
