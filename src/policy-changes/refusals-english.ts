import type { InEnglish } from '../contract/refusals.ts';
import type { policyChangeRefusals } from './model.ts';

export const policyChangeRefusalsInEnglish: InEnglish<typeof policyChangeRefusals> = {
  'policy-change.exists': 'This change was announced already.',
  'policy-change.unknown': 'This change was not found.',
  'policy-change.no-matter': 'This matter was not found.',
  'policy-change.passed': 'This matter was looked at already.',
};
