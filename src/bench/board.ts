import { foundCounty } from '../app/county.ts';
import { objectsOf } from '../app/operations/read-rows.ts';
import type { House } from '../app/operations/open.ts';
import { idOf } from '../ledger/ids.ts';
import { type Message, importMessages, readMessage } from '../matters/import.ts';
import { say } from './figures.ts';

/** Everything is seen: an evaluation asks as the county's desk does. */
export const EVERYTHING = { all: true, areas: [], units: [], officials: [] } as const;

export interface Board {
  readonly county: number;
  readonly root: string;
  /** The messages of the file, oldest first, each with the id of the matter it became. */
  readonly messages: readonly (Message & { readonly matter: string })[];
}

/**
 * Takes a file of messages in as a county would: a new county, and the product's own import of message boards. Bad rows
 * are left out, as the import leaves them out.
 */
export async function takeBoard(house: House, file: string): Promise<Board> {
  const { database, system } = house;
  const made = { code: '990101', name: '评测县', prefix: 'PC', desk: '群众工作部' };
  const { county, root, desk } = await foundCounty(database, system.ledger, {
    ...made,
    administrator: { name: '管理员', login: 'admin' },
  });
  const kept: Message[] = [];
  async function* rows(): AsyncGenerator<Readonly<Record<string, unknown>>> {
    let line = 0;
    for await (const row of objectsOf(file)) {
      line += 1;
      const message = readMessage(row, line);
      if (!('message' in message)) kept.push(message);
      yield row;
    }
  }
  const report = await importMessages(rows(), {
    ledger: system.ledger,
    policies: await system.policies(county),
    county,
    prefix: made.prefix,
    place: { area: root, chain: [root] },
    desk,
  });
  say(`${report.rows} messages read, ${report.taken} taken in, ${report.bad.length} bad`);
  await database.pool.query('analyze matter; analyze matter_text');
  const messages = kept
    .map((message) => ({ ...message, matter: idOf('message', String(county), message.id) }))
    .toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : a.sentAt > b.sentAt ? 1 : a.id < b.id ? -1 : 1));
  return { county, root, messages };
}
