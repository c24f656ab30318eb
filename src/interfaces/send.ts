import { createHmac, timingSafeEqual } from 'node:crypto';
import { type LookupAddress, lookup } from 'node:dns';
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, type LookupFunction, isIP, isIPv6 } from 'node:net';

const TIMEOUT_MS = 10_000;

/** Never a receiver: this network (0/8), link-local with the clouds' metadata services, multicast, reserved. */
const never = new BlockList();
never.addSubnet('0.0.0.0', 8);
never.addSubnet('169.254.0.0', 16);
never.addSubnet('224.0.0.0', 4);
never.addSubnet('240.0.0.0', 4);
never.addAddress('::', 'ipv6');
never.addSubnet('fe80::', 10, 'ipv6');
never.addSubnet('ff00::', 8, 'ipv6');
const own = new BlockList();
own.addSubnet('127.0.0.0', 8);
own.addAddress('::1', 'ipv6');

/** Whether anything may be sent to an IP address. Private networks may be: the host itself is on the administrator's list. */
export function ipAllowed(ip: string, loopback: boolean): boolean {
  const family = isIPv6(ip) ? 'ipv6' : 'ipv4';
  return !never.check(ip, family) && (loopback || !own.check(ip, family));
}

class Forbidden extends Error {
  constructor(ip: string) {
    super(`不允许推送到 ${ip}`);
  }
}

/** Judges the address that is really connected to, so that a name which changes its mind gains nothing. */
const guarded =
  (loopback: boolean): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error !== null) return callback(error, '', 0);
      const bad = found.find(({ address }) => !ipAllowed(address, loopback));
      if (bad !== undefined) return callback(new Forbidden(bad.address), '', 0);
      if (options.all === true) return callback(null, found);
      callback(null, found[0]!.address, found[0]!.family);
    });
  };

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 of `<seconds>.<body>` under the shared secret. */
export const signatureOf = (secret: string, seconds: number, body: string): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

/** What a receiver does: is it from us, and not older than `maxAgeSeconds`? */
export function signatureHolds(
  secret: string,
  header: string,
  body: string,
  nowSeconds: number,
  maxAgeSeconds = 300,
): boolean {
  const [, seconds] = /^t=(\d{1,12}),v1=[0-9a-f]{64}$/.exec(header) ?? [];
  if (seconds === undefined || Math.abs(nowSeconds - Number(seconds)) > maxAgeSeconds) return false;
  return timingSafeEqual(Buffer.from(header), Buffer.from(signatureOf(secret, Number(seconds), body)));
}

/** How an attempt ended: the answer's status, or why there was none. */
export type Attempt = { readonly status: number } | { readonly fault: string };

/** Posts a body once. Redirects are not followed: they could lead where the list does not. */
export async function post(
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  loopback: boolean,
): Promise<Attempt> {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  try {
    // An address written as a number is never looked up.
    if (isIP(host) !== 0 && !ipAllowed(host, loopback)) throw new Forbidden(host);
    return await new Promise<Attempt>((resolve, reject) => {
      const made: ClientRequest = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
        url,
        {
          method: 'POST',
          agent: false,
          lookup: guarded(loopback),
          signal: AbortSignal.timeout(TIMEOUT_MS),
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        },
        (answer: IncomingMessage) => {
          resolve({ status: answer.statusCode ?? 0 });
          // Only the status counts; whatever else it has to say is not waited for.
          answer.destroy();
        },
      );
      made.on('error', reject);
      made.end(body);
    });
  } catch (error) {
    const { name, message, code } = error as Error & { code?: string };
    return {
      fault:
        name === 'AbortError' || name === 'TimeoutError'
          ? '对方 10 秒没有回应'
          : (message || (code ?? name)).slice(0, 200),
    };
  }
}
