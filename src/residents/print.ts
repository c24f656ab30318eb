import type { Vault } from '../ledger/vault.ts';

/** The print under which a phone number can be found: the same however the number was typed. */
export const phonePrint = (vault: Vault, phone: string): string =>
  vault.fingerprint(`phone ${phone.replace(/\D/g, '')}`);
