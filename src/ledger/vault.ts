import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

/**
 * Encryption of the personal part of events. The ledger keeps only the hash of the encrypted box,
 * so a box can be erased (retention, the right to be forgotten) and the chain still proves itself:
 * the random nonce inside the box makes the hash useless for guessing what was erased.
 */
export interface Vault {
  /** Encrypts a personal part (any JSON value). */
  seal(personal: unknown): Buffer;
  /** Decrypts a box. Throws when the key is wrong or the box was touched. */
  open(box: Buffer): unknown;
  /** The same for a file's bytes. */
  sealBytes(bytes: Uint8Array): Buffer;
  openBytes(box: Buffer): Buffer;
  /** A keyed fingerprint for looking a value up (a phone number) without storing it readable. */
  fingerprint(value: string): string;
}

const NONCE = 12;
const TAG = 16;

/** Random bytes are drawn for many nonces at once, each used for one: drawing them one by one is a quarter of a seal. */
let drawn = Buffer.alloc(0);
function nextNonce(): Buffer {
  if (drawn.length === 0) drawn = randomBytes(NONCE * 512);
  const nonce = drawn.subarray(0, NONCE);
  drawn = drawn.subarray(NONCE);
  return nonce;
}

/**
 * AES-256-GCM under keys derived from the county's master key.
 * @param key 32 bytes
 */
export function openVault(key: Buffer): Vault {
  if (key.length !== 32) throw new Error(`the vault key has ${key.length} bytes, it needs 32`);
  // Made into key objects once: from bytes one is made anew each time, which costs more than the work itself (28 µs against 9
  // for a box, 13 against 2 for a fingerprint).
  const boxKey = createSecretKey(Buffer.from(hkdfSync('sha256', key, '', 'minqing vault', 32)));
  const lookupKey = createSecretKey(Buffer.from(hkdfSync('sha256', key, '', 'minqing lookup', 32)));
  const sealBytes = (bytes: Uint8Array): Buffer => {
    const nonce = nextNonce();
    const cipher = createCipheriv('aes-256-gcm', boxKey, nonce);
    const text = cipher.update(bytes);
    return Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()]);
  };
  const openBytes = (box: Buffer): Buffer => {
    const decipher = createDecipheriv('aes-256-gcm', boxKey, box.subarray(0, NONCE));
    decipher.setAuthTag(box.subarray(box.length - TAG));
    return Buffer.concat([decipher.update(box.subarray(NONCE, box.length - TAG)), decipher.final()]);
  };
  return {
    seal: (personal) => sealBytes(Buffer.from(JSON.stringify(personal))),
    open: (box) => JSON.parse(openBytes(box).toString('utf8')) as unknown,
    sealBytes,
    openBytes,
    fingerprint: (value) => createHmac('sha256', lookupKey).update(value).digest('hex').slice(0, 32),
  };
}

export const sha256 = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
