import { type KeyObject, createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto';

/** DER of an Ed25519 private key in PKCS #8 (RFC 8410) up to the 32 bytes of the key itself. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The key that signs checkpoints, derived from the master key: whoever restores a backup with its key signs on
 * with the same one, and there is no second secret to lose.
 * @param master 32 bytes
 */
export function checkpointKey(master: Uint8Array): { readonly secret: KeyObject; readonly open: KeyObject } {
  const seed = Buffer.from(hkdfSync('sha256', master, '', 'minqing checkpoint', 32));
  const secret = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
  return { secret, open: createPublicKey(secret) };
}

/** A print of the master key that tells whether two are the same and nothing else about them. */
export const keyPrint = (master: Uint8Array): string =>
  Buffer.from(hkdfSync('sha256', master, '', 'minqing key print', 8)).toString('hex');
