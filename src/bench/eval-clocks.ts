import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountStream } from '../accounts/model.ts';
import { openSession } from '../accounts/sessions.ts';
import { command, foundCounty } from '../app/county.ts';
import { SESSION_COOKIE } from '../app/server.ts';
import { type System, openSystem } from '../app/system.ts';
import { dayOf } from '../calendar/days.ts';
import { idOf } from '../ledger/ids.ts';
import { rowsOfMessages } from '../matters/files.ts';
import { importMessages } from '../matters/import.ts';
import { connect } from '../storage/database.ts';
import { startEmbedded } from '../storage/embedded.ts';
import { migrate } from '../storage/migrate.ts';

/** Days are elapsed time from message to first answer, of 24 hours each; shares are 0 to 1, of the answered. */
export interface ClockFigures {
  readonly rows: number;
  readonly median_days: number | null;
  readonly late15: number | null;
  readonly late60: number | null;
}

/**
 * Takes a file of answered messages into a county of its own and asks the product's own statistics about it, over
 * HTTP as a leader would.
 * @param quick every tenth row only
 * @throws when the file cannot be read, or holds a row the import does not take
 */
export async function evalClocks({
  file,
  quick,
}: {
  readonly file: string;
  readonly quick: boolean;
}): Promise<ClockFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-eval-'));
  try {
    const server = await startEmbedded(folder, {
      signals: false,
      settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
    });
    try {
      const database = await connect(server.connection);
      try {
        await migrate(database.pool);
        return await figuresOf(
          openSystem(database, { key: randomBytes(32), publicUrl: 'http://localhost' }),
          file,
          quick,
        );
      } finally {
        await database.close();
      }
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same in a system that has its tables and no county yet. */
export async function figuresOf(system: System, file: string, quick: boolean): Promise<ClockFigures> {
  const { county, root, desk } = await foundCounty(system.database, system.ledger, {
    code: '990199',
    name: '测量县',
    prefix: 'CL',
    desk: '群众工作部',
    administrator: { name: '管理员', login: 'admin' },
  });
  const report = await importMessages(quick ? everyTenth(rowsOfMessages(file)) : rowsOfMessages(file), {
    ledger: system.ledger,
    policies: await system.policies(county),
    county,
    prefix: 'CL',
    place: { area: root, chain: [root] },
    desk,
  });
  for (const { line, field, message } of report.bad) process.stderr.write(`line ${line}, ${field}: ${message}\n`);
  if (report.bad.length > 0) throw new Error(`${report.bad.length} of ${report.rows} rows of ${file} were not taken`);

  const app = await system.serve(county);
  const cookie = `${SESSION_COOKIE}=${await leaderSession(system, county, root, desk)}`;
  const response = await app.request(`/api/statistics?from=2000-01-01&to=${dayOf(new Date().toISOString())}`, {
    headers: { cookie },
  });
  if (response.status !== 200) throw new Error(`the statistics answered ${response.status}`);
  const { figures } = (await response.json()) as {
    figures: {
      registered: { value: number };
      medianDays: { value: number | null };
      late15: { share: number | null };
      late60: { share: number | null };
    };
  };
  return {
    rows: figures.registered.value,
    median_days: figures.medianDays.value,
    late15: figures.late15.share,
    late60: figures.late60.share,
  };
}

async function* everyTenth<T>(rows: AsyncIterable<T>): AsyncGenerator<T> {
  let n = 0;
  for await (const row of rows) if (n++ % 10 === 0) yield row;
}

async function leaderSession({ ledger }: System, county: number, root: string, desk: string): Promise<string> {
  const now = new Date().toISOString();
  const official = idOf('official', String(county), 'leader');
  const give = (record: string, stream: string, given: { kind: string } & Record<string, unknown>) =>
    command(ledger, county, record, stream, given);
  await give('official', official, { kind: 'official.register', name: '县领导', title: '', unit: desk, phone: '' });
  await give('official', official, {
    kind: 'official.give-post',
    role: 'leader',
    unit: desk,
    area: root,
    title: '',
    since: '2020-01-01',
  });
  // Nobody signs in with it: the session is opened here.
  await give('account', accountStream(official), {
    kind: 'account.open',
    official,
    login: 'leader',
    hash: '',
    mustChange: false,
  });
  const { token } = await openSession(
    ledger.query,
    county,
    { account: accountStream(official), official, device: '', address: '' },
    now,
    {
      idleHours: 12,
      sessionDays: 1,
      attempts: 5,
      attemptMinutes: 15,
    },
  );
  return token;
}
