import type { InEnglish } from '../contract/refusals.ts';
import type { policyRefusals } from './model.ts';

export const policyRefusalsInEnglish: InEnglish<typeof policyRefusals> = {
  'policy.unknown': 'There is no such rule document.',
  'policy.malformed': 'The document has faults. Mend what is marked, then publish it.',
  'policy.unchanged': 'It is the same as the one in force; nothing to publish.',
};
