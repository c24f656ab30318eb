import type { InEnglish } from '../contract/refusals.ts';
import type { noticeRefusals } from './model.ts';

export const noticeRefusalsInEnglish: InEnglish<typeof noticeRefusals> = {
  'notice.unchanged': 'It is the same as before; nothing to change.',
  'notice.nothing-failed': 'No letter has to be sent again.',
  'texting.unknown': 'This matter was not found.',
  'texting.unchanged': 'It is so already.',
};
