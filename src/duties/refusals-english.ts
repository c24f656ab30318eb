import type { InEnglish } from '../contract/refusals.ts';
import type { dutyRefusals } from './model.ts';

export const dutyRefusalsInEnglish: InEnglish<typeof dutyRefusals> = {
  'exception.exists': 'This was noted already.',
  'exception.missing': 'This leave or transfer was not found.',
  'exception.no-official': 'This official was not found. Please choose again.',
  'exception.ends-early': 'It ends before it begins. Please change the date.',
  'exception.too-long': 'A year at most; note what is longer in parts.',
  'exception.for-others': 'You can ask for yourself only; for others, their head notes it.',
  'exception.own': 'You cannot decide on your own request. Another head has to.',
  'exception.decided': 'This was decided already.',
  'exception.not-granted': 'Only what was granted can be made shorter.',
  'exception.no-longer': 'It can be made shorter, not longer. Note the rest anew.',
  'exception.duty-unknown': 'There is no such duty. Choose one from the list.',
  'exception.acting-missing': 'Say for whom they act.',
  'exception.duty-missing': 'Say which duty is waived.',
};
