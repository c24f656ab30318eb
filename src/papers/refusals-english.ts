import type { InEnglish } from '../contract/refusals.ts';
import type { paperRefusals } from './model.ts';

export const paperRefusalsInEnglish: InEnglish<typeof paperRefusals> = {
  'paper.unknown': 'There is no such paper.',
  'paper.no-draft': 'There is no such record, or this paper cannot be given for it as it stands.',
  'paper.exists': 'This paper was issued already.',
  'paper.number-taken': 'Somebody else just took the number. Please issue it again.',
  'paper.not-your-unit': 'A paper goes out in a unit’s name: somebody of that unit has to issue it.',
  'paper.open-fields': 'Some places are still open. Fill them in, then issue it.',
  'paper.date': 'Its date cannot lie after today.',
  'paper.already-void': 'This paper was voided already.',
  'paper.gone': 'The file was erased when its time was over; only the entry remains.',
};
