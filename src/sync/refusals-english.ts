import type { InEnglish } from '../contract/refusals.ts';
import type { syncRefusals } from './model.ts';

export const syncRefusalsInEnglish: InEnglish<typeof syncRefusals> = {
  'sync.device-unknown':
    'This phone is registered to another official. Sign out and sign in again; what was not sent is not lost.',
  'sync.device-locked':
    'This phone is locked and the households on it will be erased. To restore it, ask an administrator.',
  'sync.kind-unknown':
    'The server does not take this kind of record. Update the app and fill it in again; what you wrote is still here.',
  'sync.deferred':
    'Kept on the server until it is updated: something in it is not known to this version. It is decided then by itself, and the result comes back here.',
  'sync.when-unknown':
    'The time on this phone was changed, and nobody can tell on which day this was written: nothing was done yet. Check when it was and hand it in again.',
  'sync.held': 'Something earlier of the same record is not accepted yet. This has to wait for it.',
  'sync.rescue-broken':
    'This rescue file cannot be opened: it is incomplete, or not from a phone of this county. Export it again on the phone.',
  'sync.rescue-nobody':
    'The official who exported this file is no longer active, so it cannot be sent for them. Ask an administrator.',
};
