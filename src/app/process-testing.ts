/** For tests only: the program as an operator runs it, in processes of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { idOf, newId } from '../ledger/ids.ts';
import { serversOf } from '../storage/processes.ts';

const program = resolve(import.meta.dirname, '../../bin/minqing.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export interface Surroundings {
  /** The data folder. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
}

/** Processes and folders of one test file, all gone at its end. */
export class Machine {
  readonly home = mkdtempSync(join(tmpdir(), 'minqing-process-'));
  readonly #children = new Set<ChildProcess>();
  readonly #folders = new Set<string>();

  constructor() {
    chmodSync(this.home, 0o755);
  }

  folder(name: string): string {
    return join(this.home, name);
  }

  /** Runs a command to its end. */
  async run(args: readonly string[], around: Surroundings): Promise<Ended> {
    const { child, said } = this.#spawn(args, around);
    const code = await new Promise<number | null>((done) => child.once('close', done));
    return { code, ...said() };
  }

  /** Starts the server and waits until it says its address. */
  async start(around: Surroundings): Promise<Server> {
    const { child, said } = this.#spawn(['start', '--no-build'], around);
    const ended = new Promise<number | null>((done) => child.once('close', done));
    let over = false;
    void ended.then(() => (over = true));
    for (;;) {
      const url = /民情已启动：(\S+)/.exec(said().out)?.[1];
      // The link is printed with the address, in one write.
      if (url !== undefined)
        return new Server(around.folder, child, ended, url.replace('localhost', '127.0.0.1'), said);
      if (over) throw new Error(`the server ended before it served: ${said().out}${said().error}`);
      await new Promise((wait) => setTimeout(wait, 10));
    }
  }

  #spawn(args: readonly string[], { folder, env, uid }: Surroundings) {
    this.#folders.add(folder);
    const child = spawn(process.execPath, [program, ...args], {
      cwd: '/',
      env: { PATH: process.env['PATH'], MINQING_DATA: folder, PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    this.#children.add(child);
    let [out, error] = ['', ''];
    child.stdout.on('data', (part: Buffer) => (out += part.toString()));
    child.stderr.on('data', (part: Buffer) => (error += part.toString()));
    return { child, said: () => ({ out, error }) };
  }

  clear(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    for (const folder of this.#folders) {
      for (const pid of serversOf(join(folder, 'postgres'))) process.kill(pid, 'SIGKILL');
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 20 });
  }
}

export const COUNTY = 990101;
const ROOT = idOf('area', String(COUNTY));

export class Server {
  readonly folder: string;
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  readonly said: () => { out: string; error: string };

  constructor(folder: string, child: ChildProcess, ended: Promise<number | null>, url: string, said: Server['said']) {
    this.folder = folder;
    this.url = url;
    this.#child = child;
    this.#ended = ended;
    this.said = said;
  }

  get setupLink(): string | undefined {
    return /http\S+\/setup\?token=\S+/.exec(this.said().out)?.[0].replace('localhost', '127.0.0.1');
  }

  /** As an operator stops it. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    return await this.#ended;
  }

  /** As a power cut stops it, the database living on. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  killDatabase(): void {
    process.kill(Number.parseInt(readFileSync(join(this.folder, 'postgres/postmaster.pid'), 'utf8'), 10), 'SIGKILL');
  }

  async setUp(): Promise<Response> {
    const token = new URL(this.setupLink!).searchParams.get('token');
    return await this.post('/api/setup', {
      token,
      county: { code: String(COUNTY), name: '清河县', prefix: 'QH' },
      administrator: { name: '王管理', login: 'admin', password: '柳河 水渠 清淤 三月' },
    });
  }

  post(path: string, body: unknown): Promise<Response> {
    return fetch(this.url + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(10_000),
    });
  }

  /** A resident raises something. @returns whether the server said that it was taken in */
  async raise(command: string, subject: string): Promise<boolean> {
    const answer = await this.post(`/api/matters/${newId()}/register`, {
      command,
      channel: 'web',
      subject,
      body: '渠堵了，二组十几户的麦子浇不上。',
      area: ROOT,
      reporter: { name: '陈秀英', phone: '19000001234' },
    });
    return answer.status === 200 && ((await answer.json()) as { accepted?: boolean }).accepted === true;
  }
}

/**
 * Clients that write without pause until they are told to stop.
 * @returns ids of the commands the server acknowledged
 */
export function writers(server: () => Server, count: number): { acknowledged: Set<string>; stop(): Promise<void> } {
  const acknowledged = new Set<string>();
  let stopped = false;
  const one = async (): Promise<void> => {
    while (!stopped) {
      const command = newId();
      try {
        if (await server().raise(command, '水渠堵了')) acknowledged.add(command);
        else await new Promise((wait) => setTimeout(wait, 20));
      } catch {
        // The server is down at this moment: the resident was told nothing and would try again.
        await new Promise((wait) => setTimeout(wait, 20));
      }
    }
  };
  const all = Array.from({ length: count }, one);
  return {
    acknowledged,
    async stop() {
      stopped = true;
      await Promise.all(all);
    },
  };
}
