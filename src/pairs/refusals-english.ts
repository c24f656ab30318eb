import type { InEnglish } from '../contract/refusals.ts';
import type { pairRefusals } from './model.ts';

export const pairRefusalsInEnglish: InEnglish<typeof pairRefusals> = {
  'pair.exists': 'This pair was made already.',
  'pair.unknown': 'This pair was not found.',
  'pair.household-unknown': 'This household was not found or has moved away. Please choose again.',
  'pair.official-unknown': 'There is no such official, or they have left. Please choose again.',
  'pair.doubled': 'This official is paired with this household already. Add the measures to that pair.',
  'pair.not-of-household': 'Only somebody registered in this household can consent. Choose from the list.',
  'pair.not-adult': 'A minor cannot consent for the family. A guardian or an adult of the household has to sign.',
  'pair.own-consent': 'The family has to sign its consent itself; an official cannot sign for it.',
  'pair.until-past': 'The consent must hold until a day after today.',
  'pair.until-too-long':
    'The consent would hold too long. Choose a day within the longest time allowed; you can ask again then.',
  'pair.helper-already': 'You are the official of this pair already.',
  'pair.consent-over': 'The family’s consent has run out. Ask them and renew it, or end the pair.',
  'pair.give-unknown': 'There is no such kind of help. Choose from the list; an administrator keeps it.',
  'pair.due-past': 'A measure cannot be for a day before today.',
  'pair.plan-full': 'A household’s plan holds at most 60 measures. Finish those that are done, or make another pair.',
  'pair.partner-there': 'It helps along in this pair already.',
  'pair.partners-full': 'A pair has at most 20 partners. Take out those that help no longer, or make another pair.',
  'pair.partner-unknown': 'It is not part of this pair. Let it join first.',
  'pair.partner-left': 'It helps along no longer. Choose another, or do it yourself.',
  'pair.measure-unknown': 'The plan has no such measure.',
  'pair.measure-done': 'This measure is recorded as done already.',
  'pair.not-done': 'This measure is not done yet. Ask the family about it once it is.',
  'pair.said':
    'The family has spoken about this measure already. To change it, let them speak again by their own link.',
  'pair.signature-missing': 'Please let the family sign on the screen, or speak by the link on their own phone.',
  'pair.key-wrong': 'The link is wrong. Ask the official paired with your household to show it again.',
  'pair.own-review': 'You cannot review your own pair. Ask whoever leads to look at it.',
  'pair.ended': 'This pair has ended.',
  'pair.not-the-helper': 'Only the official of the pair can write its plan and what was done.',
  'pair.words-missing': 'Please write in a sentence why it ends.',
};
