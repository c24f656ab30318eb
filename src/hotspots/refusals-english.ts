import type { InEnglish } from '../contract/refusals.ts';
import type { hotspotRefusals } from './model.ts';

export const hotspotRefusalsInEnglish: InEnglish<typeof hotspotRefusals> = {
  'hotspot.exists': 'This hot spot is on the list already.',
  'hotspot.unknown': 'This hot spot was not found.',
  'hotspot.place-unknown': 'There is no such place. Please choose again.',
  'hotspot.matter-unknown': 'One of the matters does not lie in this place or is not there. Reload and choose again.',
  'hotspot.no-cause': 'Write the cause first: without it nothing is mended at the root.',
  'hotspot.no-fix': 'No measure is decided yet.',
  'hotspot.unit-unknown': 'There is no such unit. Please choose again.',
  'hotspot.due-past': 'The day must be after today.',
  'hotspot.other-unit': 'Another unit carries the measure out; it reports.',
  'hotspot.not-done': 'The unit has not reported it done yet. Ask people afterwards.',
  'hotspot.own-work': 'The unit that did the work cannot ask whether it holds. A clerk or an inspector has to.',
  'hotspot.not-of-it': 'This matter does not belong to the hot spot.',
  'hotspot.words-missing': 'Please write what the resident said.',
  'hotspot.not-all-heard': 'Somebody was not asked yet. It is settled when everyone was.',
  'hotspot.still-not': 'Somebody says it does not hold. Go on mending.',
  'hotspot.over': 'This hot spot is settled.',
};
