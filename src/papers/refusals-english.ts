import type { InEnglish } from '../contract/refusals.ts';
import type { paperRefusals } from './model.ts';

export const paperRefusalsInEnglish: InEnglish<typeof paperRefusals> = {
  'paper.unknown': 'There is no such paper.',
  'paper.no-draft': 'There is no such record, or this paper cannot be given for it as it stands.',
  'paper.exists': 'This paper was issued already.',
  'paper.gives-none': 'This step gives no paper.',
  'paper.not-your-unit': 'A paper goes out in a unit’s name: somebody of that unit has to issue it.',
  'paper.act-stands':
    'This paper is a step of the procedure and is not voided by itself; what was written wrong is corrected on the matter itself, and a wrong opinion is taken back there by the head.',
  'paper.already-void': 'This paper was voided already.',
  'paper.gone': 'The file was erased when its time was over; only the entry remains.',
};
