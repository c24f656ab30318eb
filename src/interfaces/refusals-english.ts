import type { InEnglish } from '../contract/refusals.ts';
import type { interfaceRefusals } from './model.ts';

export const interfaceRefusalsInEnglish: InEnglish<typeof interfaceRefusals> = {
  'webhook.unknown': 'This address was not found; it may have been removed. Reload and see.',
  'webhook.exists': 'This address was added before.',
  'webhook.not-allowed':
    'This address is not allowed. Add its host and port under Rules, “Addresses events may be sent to”, first.',
  'webhook.not-paused': 'Sending is not paused.',
  'webhook.paused': 'Sending is paused already.',
  'webhook.nothing-failed': 'No event failed; there is nothing to send again.',
  'api-key.exists': 'This key was issued before.',
  'api-key.unknown': 'This key was not found, or was withdrawn.',
};
