import { hash, randomBytes } from 'node:crypto';

/** A new UUID v7: sorts by time, so that fresh records lie together in every index. */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return format(bytes);
}

/**
 * The UUID (v8) that belongs to these words: always the same for the same words. What follows from an event
 * and what is imported from a file get their ids this way, so doing it twice does nothing the second time.
 */
export function idOf(...words: string[]): string {
  // An import makes several ids for each row: in one call, and as text, it takes 0.6 µs instead of 3.
  const hex = hash('sha256', words.join('\u0000'), 'hex');
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * The id of the n-th record that a reaction makes of one event. Read rows may name it: they know the event's record
 * and version as well as the reaction does.
 */
export const followId = (stream: string, version: number, n: number): string =>
  idOf('follows', stream, String(version), String(n));

const format = (bytes: Buffer): string => {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
