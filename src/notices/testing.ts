/** For tests only: a mail server and a text folder to send to, and everything a serving process does about notices. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
  /** Decoded lines of the body. */
  readonly text: string;
  readonly subject: string;
  readonly id: string;
}

/** A real SMTP server that keeps what it was given. */
export async function mailServer() {
  const letters: Letter[] = [];
  let refuse: { code: number; times: number } | undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_, __, done) {
      if (refuse === undefined || refuse.times === 0) return done();
      refuse.times -= 1;
      done(Object.assign(new Error('not now'), { responseCode: refuse.code }));
    },
    onData(stream, session, done) {
      let source = '';
      stream.on('data', (part: Buffer) => (source += part.toString('latin1')));
      stream.on('end', () => {
        letters.push(read(source, session.envelope));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    /** Answers the next recipients with this code. */
    refuseNext(code: number, times = 1): void {
      refuse = { code, times };
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function read(
  source: string,
  envelope: { mailFrom: false | { address: string }; rcptTo: { address: string }[] },
): Letter {
  const [head = '', ...rest] = source.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const unfolded = head.replace(/\r\n[ \t]+/g, ' ');
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1] ?? '';
  const encoding = header('content-transfer-encoding').toLowerCase();
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? Buffer.from(
            body
              .replace(/=\r\n/g, '')
              .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          )
        : Buffer.from(body, 'latin1');
  const words = header('subject')
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, text: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('latin1')
        : text
            .replaceAll('_', ' ')
            .replace(/=([0-9A-F]{2})/g, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    );
  return {
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
    source,
    text: bytes.toString('utf8').trimEnd(),
    subject: Buffer.from(words, 'latin1').toString('utf8'),
    id: header('message-id'),
  };
}

/** A folder for text messages as a gateway sees it. */
export function textFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-sms-'));
  const outgoing = join(folder, 'outgoing');
  return {
    folder,
    messages: (): { id: string; to: string; text: string; at: string }[] => {
      try {
        return readdirSync(outgoing)
          .filter((name) => name.endsWith('.json'))
          .map((name) => JSON.parse(readFileSync(join(outgoing, name), 'utf8')) as never);
      } catch {
        return [];
      }
    },
    /** The gateway takes a message away. */
    take(id: string): void {
      rmSync(join(outgoing, `${id}.json`));
    },
    /** The gateway drops a receipt back. */
    drop(id: string, receipt: object): void {
      writeFileSync(join(folder, 'receipts', `${id}.json`), JSON.stringify(receipt));
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}
