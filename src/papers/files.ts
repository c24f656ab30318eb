import type { Desk } from '../contract/route.ts';
import { newId } from '../ledger/ids.ts';
import { sha256 } from '../ledger/vault.ts';
import type { Kept } from './model.ts';

/*
 * Issued papers stand where pictures stand: encrypted outside the ledger, vouched for by the event, swept away when no event
 * came to name them.
 */

export const PDF = 'application/pdf';
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Keeps a file for the record that is about to name it. */
export async function keepFile(
  desk: Pick<Desk, 'query' | 'county' | 'vault' | 'now'>,
  stream: string,
  type: string,
  bytes: Uint8Array,
): Promise<Kept> {
  const id = newId();
  const box = desk.vault.sealBytes(bytes);
  await desk.query(
    'papers.keep',
    'insert into file (county, id, stream, type, bytes, box, small, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    // A paper has no thumbnail.
    [desk.county, id, stream, type, bytes.byteLength, box, desk.vault.sealBytes(new Uint8Array()), desk.now],
  );
  return { id, hash: sha256(box).toString('hex') };
}

/** Takes back files that no event came to name. */
export async function dropFiles(desk: Pick<Desk, 'query' | 'county'>, files: readonly Kept[]): Promise<void> {
  await desk.query('papers.drop', 'delete from file where county = $1 and id = any($2::uuid[])', [
    desk.county,
    files.map(({ id }) => id),
  ]);
}

/** An issued file as it was; undefined when it was erased. */
export async function keptFile(
  desk: Pick<Desk, 'query' | 'county' | 'vault'>,
  stream: string,
  id: string,
): Promise<Uint8Array | undefined> {
  const [row] = await desk.query<{ box: Buffer }>(
    'papers.kept',
    'select box from file where county = $1 and id = $2 and stream = $3',
    [desk.county, id, stream],
  );
  return row === undefined ? undefined : new Uint8Array(desk.vault.openBytes(row.box));
}
