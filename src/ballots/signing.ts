import {
  constants,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { promisify } from 'node:util';
import { suite } from './token.ts';

export const MODULUS_BITS = 2_048;

/** A pair of keys and a secret for one review: SPKI, PKCS #8 and 32 bytes, in base64. */
export async function newKeys(): Promise<{ key: string; signing: string; secret: string }> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  return {
    key: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    signing: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    secret: randomBytes(32).toString('base64'),
  };
}

/**
 * BlindSign of RFC 9474 (section 4.3): RSASP1 of the blinded message, checked by RSAVP1. Both are OpenSSL's own, in
 * constant time and in 2 ms; the library's big numbers take 240 ms of the server's only thread, in time that tells of
 * the key. A test holds the two to the same answer.
 * @throws Error where the message is no number below the modulus
 */
export function blindSign(signing: string, blinded: Uint8Array): Buffer {
  const key = createPrivateKey({ key: Buffer.from(signing, 'base64'), format: 'der', type: 'pkcs8' });
  const padding = constants.RSA_NO_PADDING;
  const signature = privateDecrypt({ key, padding }, blinded);
  if (!publicEncrypt({ key: createPublicKey(key), padding }, signature).equals(blinded))
    throw new Error('signing failure');
  return signature;
}

/** Whether a token was signed with the other half of this key. */
export async function isSigned(key: string, token: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const imported = await crypto.subtle.importKey(
    'spki',
    Buffer.from(key, 'base64'),
    { name: 'RSA-PSS', hash: 'SHA-384' },
    true,
    ['verify'],
  );
  return await suite.verify(imported, signature, token);
}

/** Half of a SHA-256 in hex: 128 bits, which a person can still compare. */
export const shortHash = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 32);
};

/** Letters and figures nobody takes for one another. */
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

const signsOf = (secret: string, what: string, length: number): string =>
  [...createHmac('sha256', Buffer.from(secret, 'base64')).update(what).digest().subarray(0, length)]
    .map((byte) => SIGNS[byte & 31])
    .join('');

/** What an elector types: 50 bits. */
export const codeOf = (secret: string, elector: number): string => signsOf(secret, `code ${elector}`, 10);
/** What stands on a paper: 50 bits. */
export const paperNumber = (secret: string, nth: number): string => signsOf(secret, `paper ${nth}`, 10);

/** What a paper's rater finds published. The choice is not in it: whoever printed the paper knows its number. */
export const paperReceipt = (ballot: string, number: string): string =>
  shortHash('minqing paper ', ballot, ' ', number);

/** The first signs of the key's hash: on the slip and on the poster, so that a phone notices a key made for it alone. */
export const printOf = (key: string): string => shortHash(Buffer.from(key, 'base64')).slice(0, 12);
