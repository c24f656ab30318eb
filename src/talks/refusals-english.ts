import type { InEnglish } from '../contract/refusals.ts';
import type { talkRefusals } from './model.ts';

export const talkRefusalsInEnglish: InEnglish<typeof talkRefusals> = {
  'guide.exists': 'This policy guide was published already.',
  'guide.unknown': 'This policy guide was not found.',
  'guide.withdrawn': 'This policy guide was withdrawn.',
  'guide.days-wrong': 'It has to end after the day it takes effect.',
  'talk.exists': 'This talk was recorded already.',
  'talk.unknown': 'This talk was not found.',
  'talk.place-unknown': 'This place was not found. Please choose again.',
  'talk.in-future': 'The talk has not been held yet. Record it afterwards.',
  'talk.guide-unknown':
    'One of the policies was not yet in force that day, or has ended or been withdrawn. Please choose again.',
  'talk.guide-not-told': 'This policy was not explained in this talk.',
  'talk.question-unknown': 'There is no such question.',
  'talk.not-answered': 'The unit has not answered yet. Tell whoever asked once it has.',
  'talk.told-already': 'They were told already.',
};
