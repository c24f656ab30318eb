import type { Contact, Phone } from '../../sync/phone.ts';
import type { Local } from './local.ts';
import type { Outbox } from './outbox.ts';

/** So many are asked about, or told of, in one contact. */
const ASKED = 500;
const TOLD = 2_000;

/**
 * One contact of the room with the server: what waits has been sent before; now the files follow, and of what was
 * accepted it is learned whether it is sealed. What a restored server has lost goes back to be sent again.
 */
export async function followOnce(
  { phone, local, outbox }: { phone: Phone; local: Local; outbox: Outbox },
  tell: { app: string; name: string; persisted: boolean; keyless?: boolean },
  progress?: (done: number, of: number) => void,
): Promise<Contact> {
  const opened = [...local.opened].slice(0, TOLD);
  const all = outbox.all();
  const unsure = all.filter((item) => item.state === 'accepted' && item.confirmed === undefined).slice(0, ASKED);
  const told = await phone.contact(
    {
      ...tell,
      confirm: unsure.map((item) => item.id),
      read: opened,
      unsent: all.filter((item) => item.state !== 'accepted').length,
    },
    progress,
  );
  for (const [id, at] of opened) if (local.opened.get(id) === at) local.opened.delete(id);
  outbox.watch.met(phone.state);
  // By the server's clock, just told: by one that is a year ahead all would be old, and lost to a server restored tomorrow.
  const now = phone.now();
  await outbox.settle(told.confirmed, told.unknown, told.restored, new Date(now).toISOString());
  const days = (phone.state.settings?.policies['sync'] as { keepDays?: number } | undefined)?.keepDays ?? 30;
  await outbox.prune(new Date(now - days * 86_400_000).toISOString());
  return told;
}
