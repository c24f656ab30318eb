import { argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane; some 25 ms on a small server. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/**
 * Hashes a password with a fresh salt.
 * @returns argon2id in the PHC string format, parameters included, so that a later release may raise the cost
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive('argon2id', { message: plain(password), nonce: salt, tagLength: HASH_BYTES, ...COST });
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** A hash nothing fits, to spend the same time on where there is none. */
const NOBODY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=1$${unpadded(randomBytes(SALT_BYTES))}$${unpadded(randomBytes(HASH_BYTES))}`;

/**
 * Whether the password fits the hash. Without a hash it takes as long and answers no, so that
 * an answer's time does not tell which login names exist.
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored ?? NOBODY);
  if (match === null) throw new Error('a stored password hash is malformed');
  const [, memory, passes, parallelism, salt, hash] = match;
  const expected = Buffer.from(hash!, 'base64');
  const actual = await derive('argon2id', {
    message: plain(password),
    nonce: Buffer.from(salt!, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(actual, expected) && stored !== undefined;
}

/** No letters and digits that look alike on paper or sound alike on the telephone. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password to be told once and changed at the first sign-in: 12 readable characters, 59 bits. */
export const oneTimePassword = (): string =>
  Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => READABLE[randomInt(READABLE.length)]).join('')).join(
    '-',
  );

const MIN_LENGTH = 10;

const OBVIOUS = new Set([
  '0123456789',
  '1234567890',
  '12345678910',
  '123456789a',
  'a123456789',
  'abc123456789',
  'abcd123456',
  'aa123456789',
  '9876543210',
  '0987654321',
  '1122334455',
  '1234554321',
  '1231231231',
  '123123123123',
  '1qaz2wsx3edc',
  '1q2w3e4r5t',
  'q1w2e3r4t5',
  'qwertyuiop',
  'qwerty12345',
  'qwerty123456',
  'asdfghjkl;',
  'abcdefghij',
  'password12',
  'password123',
  'password1234',
  'passw0rd123',
  'administrator',
  'admin12345',
  'admin123456',
  'admin@12345',
  'root123456',
  'woaini1314',
  'woaini520520',
  '5201314520',
  '1314520520',
  'iloveyou123',
  'qq123456789',
  'wang123456',
  'zhang123456',
  'minqing123',
  'minqing1234',
  'minqing12345',
  'minqing123456',
  '请输入您的登录密码',
  '为人民服务为人民服务',
]);

/**
 * What is wrong with a new password, if anything: too short, the login itself, or one that everybody tries first.
 * There are no rules of composition: they make passwords worse (NIST SP 800-63B, 5.1.1.2).
 */
export function passwordFault(
  password: string,
  login: string,
): 'password.short' | 'password.login' | 'password.obvious' | undefined {
  const chars = [...plain(password)];
  if (chars.length < MIN_LENGTH) return 'password.short';
  const lower = plain(password).toLowerCase();
  if (lower === login) return 'password.login';
  if (OBVIOUS.has(lower) || new Set(chars).size <= 2) return 'password.obvious';
  return undefined;
}

/** One keyboard's full-width and another's half-width form of a password are the same password. */
const plain = (password: string): string => password.normalize('NFKC');

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
