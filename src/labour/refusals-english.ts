import type { InEnglish } from '../contract/refusals.ts';
import type { labourRefusals } from './model.ts';

export const labourRefusalsInEnglish: InEnglish<typeof labourRefusals> = {
  'labour.exists': 'This labour was recorded already.',
  'labour.unknown': 'This labour was not found or was withdrawn.',
  'labour.village-unknown': 'There is no such village or community. Please choose again.',
  'labour.kind-unknown': 'There is no such kind of labour. Choose from the list; an administrator keeps it.',
  'labour.amount': 'Say how much was done, at least 0.1.',
  'labour.kind-twice': 'The same kind of labour is written twice. Please put both into one line.',
  'labour.in-future': 'That day has not come yet. Record the labour once it is done.',
  'labour.too-late':
    'It is too long ago to be recorded now. Ask the township to look into it and account for it separately.',
  'labour.half-taken': 'Labour is recorded for that half day already. Choose another day, or change that record.',
  'labour.not-the-worker': 'Only whoever did the labour can change its record.',
  'labour.confirmed': 'The village has confirmed it; it can no longer be changed.',
  'labour.own-confirmation': 'You cannot confirm your own labour. Ask an official of the village to.',
  'labour.returned': 'The village has sent it back. It can be confirmed once its writer has corrected it.',
};
