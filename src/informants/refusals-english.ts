import type { InEnglish } from '../contract/refusals.ts';
import type { informantRefusals } from './model.ts';

export const informantRefusalsInEnglish: InEnglish<typeof informantRefusals> = {
  'informant.exists': 'This informant is registered already.',
  'informant.unknown': 'This informant was not found.',
  'informant.place-unknown': 'This place was not found. Please choose again.',
  'informant.days-wrong': 'It has to end after the day they agreed, and that day cannot be after today.',
  'informant.too-long': 'One agreement cannot hold that long. Choose a shorter time and ask them again when it ends.',
  'informant.agreed-already': 'They agreed already; nothing more to do.',
  'need-report.informant-not-agreed':
    'This informant has not agreed on their own phone yet. Please show them the link; reports begin once they touched “I will”.',
  'informant.ended': 'This informant has stopped.',
  'need-report.exists': 'This need was reported already.',
  'need-report.unknown': 'This need was not found.',
  'need-report.informant-over':
    'The informant’s agreement has run out or ended. Ask first whether they want to renew it.',
  'need-report.outside': 'This place is not in the informant’s village or group.',
  'need-report.place-unknown': 'This place was not found. Please choose again.',
  'need-report.spot-missing':
    'Say where it is so that others can find it: which bridge, which lamp, which stretch of road.',
  'need-report.household-not-there': 'This household is not in this place.',
  'need-report.household-of-place':
    'A place’s need cannot name a household. For what a household needs itself, choose “A household’s own need”; it counts once they agree.',
  'need-report.names-somebody': '“Where” cannot hold somebody’s name. Write the place or the house number.',
  'need-report.about-people':
    'This seems to speak of people, not of a need. Write what is missing, to be mended or to be helped with; if it is a need, ask the township to look at it and decide.',
  'need-report.own-decision': 'You cannot decide on your own report. Somebody else has to.',
  'need-report.not-held': 'This need does not have to be looked at any more.',
  'need-report.not-asked': 'This need does not have to be agreed to any more.',
  'need-report.withdrawn': 'This need was withdrawn.',
};
