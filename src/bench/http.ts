import { type Socket, connect } from 'node:net';

/**
 * One keep-alive connection that sends a request at a time. Written on the bare socket because the clients share the
 * machine with the server they measure: a full client would cost as much as the server.
 */
export class Connection {
  readonly #port: number;
  readonly #socket: Socket;
  #buffer: Buffer = Buffer.alloc(0);
  #waiting: { resolve: (answer: { status: number; body: string }) => void; reject: (error: Error) => void } | undefined;

  constructor(port: number) {
    this.#port = port;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (part) => {
      this.#buffer = this.#buffer.length === 0 ? part : Buffer.concat([this.#buffer, part]);
      this.#take();
    });
    this.#socket.on('error', (error) => this.#waiting?.reject(error));
    this.#socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')));
  }

  request(method: string, path: string, cookie?: string, body?: unknown): Promise<{ status: number; body: string }> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const head =
      `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${this.#port}\r\n` +
      (cookie === undefined ? '' : `cookie: ${cookie}\r\n`) +
      (body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(`${head}\r\n${text}`);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #take(): void {
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#buffer.toString('latin1', 0, end);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    const from = end + 4;
    let to: number;
    let body: string;
    if (length !== undefined) {
      to = from + Number(length);
      if (this.#buffer.length < to) return;
      body = this.#buffer.toString('utf8', from, to);
    } else {
      const chunks: Buffer[] = [];
      to = from;
      for (;;) {
        const line = this.#buffer.indexOf('\r\n', to);
        if (line < 0) return;
        const size = Number.parseInt(this.#buffer.toString('latin1', to, line), 16);
        to = line + 2 + size + 2;
        if (this.#buffer.length < to) return;
        if (size === 0) break;
        chunks.push(this.#buffer.subarray(line + 2, line + 2 + size));
      }
      body = Buffer.concat(chunks).toString('utf8');
    }
    this.#buffer = this.#buffer.subarray(to);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve({ status: Number(head.slice(9, 12)), body });
  }
}

/** One request on a connection of its own. @returns the status */
export async function send(port: number, method: string, path: string): Promise<number> {
  const connection = new Connection(port);
  try {
    return (await connection.request(method, path)).status;
  } finally {
    connection.close();
  }
}

export interface Load {
  readonly perSecond: number;
  /** Milliseconds of each answered request. */
  readonly times: readonly number[];
}

/**
 * Clients that each send one request after the other for a time.
 * @throws when a request is not answered 200: a refused command is quick and would flatter
 */
export async function drive(
  port: number,
  clients: number,
  seconds: number,
  next: (client: number) => { method: string; path: string; cookie: string; body?: unknown },
): Promise<Load> {
  const times: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      const connection = new Connection(port);
      try {
        for (let from = performance.now(); from < until;) {
          const { method, path, cookie, body } = next(client);
          const { status, body: answer } = await connection.request(method, path, cookie, body);
          if (status !== 200) throw new Error(`${method} ${path} was answered ${status}: ${answer.slice(0, 500)}`);
          const now = performance.now();
          times.push(now - from);
          from = now;
        }
      } finally {
        connection.close();
      }
    }),
  );
  return { perSecond: times.length / ((performance.now() - began) / 1000), times };
}
