import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Carrier, Message, Outcome } from './ways.ts';

/** Marks of what was handed over are kept so long; nothing is sent again after that. */
const KEEP_MS = 30 * 86_400_000;
const NAME = /^[0-9a-f-]{36}\.json$/;

/** What a gateway may drop back. */
const Dropped = z.object({
  id: z.uuid(),
  state: z.enum(['delivered', 'failed']),
  at: z.iso.datetime({ offset: true }).optional(),
  reason: z.string().max(200).optional(),
});

/**
 * Text messages by folder: one file for each in `outgoing`, which the county's gateway takes away, and one for each
 * receipt in `receipts`, which it may drop back. Any gateway can be joined to that with a few lines of script.
 *
 * A message is handed over once, whatever process dies when: it is written beside, marked as begun by an empty file, and
 * moved into `outgoing` in one step. Who comes after sees by what is left how far that got.
 *
 * @param folder made where it is missing; readable by this user alone, since the telephone numbers stand in it
 */
export function smsFolder(folder: string): Carrier {
  const [outgoing, drafts, begun, receipts, odd] = ['outgoing', 'drafts', 'begun', 'receipts', 'receipts-odd'].map(
    (name) => join(folder, name),
  ) as [string, string, string, string, string];
  let made: Promise<unknown> | undefined;
  const ready = (): Promise<unknown> =>
    (made ??= Promise.all(
      [outgoing, drafts, begun, receipts, odd].map((path) => mkdir(path, { recursive: true, mode: 0o700 })),
    ));

  const handOver = async ({ id, to, text }: Message, now: string): Promise<void> => {
    const draft = join(drafts, `${id}.json`);
    const mark = join(begun, id);
    if (await exists(mark)) {
      // Begun before: either the draft is still here and only the move is left, or it was moved.
      if (await exists(draft)) await move(draft, join(outgoing, `${id}.json`));
      return;
    }
    await writeDurably(draft, `${JSON.stringify({ id, to, text, at: now })}\n`);
    await writeDurably(mark, '');
    await move(draft, join(outgoing, `${id}.json`));
  };
  const move = async (from: string, to: string): Promise<void> => {
    await rename(from, to);
    await syncFolder(outgoing);
  };

  return {
    way: 'sms',
    ready: true,
    async send(message, now): Promise<Outcome> {
      try {
        await ready();
        await handOver(message, now);
        return { sent: true };
      } catch (error) {
        return {
          sent: false,
          fault: `写不进短信文件夹：${(error as { code?: string }).code ?? '原因不明'}`,
          final: false,
        };
      }
    },
    async receipts(take) {
      await ready();
      for (const name of await readdir(receipts)) {
        if (!name.endsWith('.json')) continue;
        const path = join(receipts, name);
        const parsed = Dropped.safeParse(json(await readFile(path, 'utf8')));
        if (!NAME.test(name) || !parsed.success || `${parsed.data.id}.json` !== name) {
          // Half written by a gateway that does not move files into place, or another's: it is looked at again or by a person.
          if (Date.now() - (await stat(path)).mtimeMs > 60_000) await rename(path, join(odd, name));
          continue;
        }
        const { id, state, at, reason } = parsed.data;
        await take({
          id,
          delivered: state === 'delivered',
          at: new Date(at ?? Date.now()).toISOString(),
          ...(reason === undefined ? {} : { fault: reason }),
        });
        await rm(path, { force: true });
      }
      await sweep(begun);
    },
  };
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const json = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A move is on the disk once its folder is; Windows has no such call and orders it itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

let swept = 0;
async function sweep(begun: string): Promise<void> {
  if (Date.now() - swept < 3_600_000) return;
  swept = Date.now();
  for (const name of await readdir(begun)) {
    const path = join(begun, name);
    if (Date.now() - (await stat(path)).mtimeMs > KEEP_MS) await rm(path, { force: true });
  }
}
