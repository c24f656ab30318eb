import type SharpLibrary from 'sharp';
import { recordReadingOnce } from '../access/readings.ts';
import { Queue } from '../contract/queue.ts';
import type { Desk, Raw } from '../contract/route.ts';
import { raw } from '../contract/route.ts';
import { idOf } from '../ledger/ids.ts';
import type { Query } from '../ledger/record.ts';
import { sha256 } from '../ledger/vault.ts';
import type { MatterState, Photo } from './model.ts';

/** The longest file that is looked at, in bytes: a phone's full picture has 3 to 6 million. */
const LARGEST_PHOTO = 10_000_000;
/** A picture is kept this long on its longer side, in pixels: a road sign can be read, a face far away cannot. */
const SIDE = 1_600;
const SMALL_SIDE = 240;
/** Pictures of more points than this are not opened: a small file can claim to be a huge picture. */
const MOST_POINTS = 60_000_000;
const TYPES = new Set(['jpeg', 'png', 'webp']);
/** How long a file may wait for its form to be sent. */
const UNCLAIMED_HOURS = 24;
/** Within this time, the same person looking again at the same pictures is one reading. */
const ONE_READING_MINUTES = 10;

/** Why a picture was not taken in. */
export type PhotoFault = 'too-large' | 'not-a-picture' | 'unreadable' | 'impossible';

type Sharp = typeof SharpLibrary;
let loaded: Promise<Sharp | undefined> | undefined;

/** The library that reads pictures, loaded with the first one; undefined on a machine it was not made for. */
const library = (): Promise<Sharp | undefined> =>
  (loaded ??= import('sharp').then(
    ({ default: sharp }) => {
      sharp.cache(false);
      sharp.concurrency(1);
      // Only what phones send is ever opened, whatever a file says that it is.
      sharp.block({ operation: ['VipsForeignLoad'] });
      sharp.unblock({
        operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
      });
      return sharp;
    },
    () => undefined,
  ));

/** One picture at a time in a process: each takes some hundred megabytes for a moment. */
const pictures = new Queue(() => 1);

/**
 * A picture made anew from its points: upright, of middling size, and with nothing of what the phone wrote into it:
 * not where it was taken, not when, not with what.
 */
async function developed(bytes: Uint8Array): Promise<{ picture: Buffer; small: Buffer } | { fault: PhotoFault }> {
  if (bytes.byteLength > LARGEST_PHOTO) return { fault: 'too-large' };
  const sharp = await library();
  if (sharp === undefined) return { fault: 'impossible' };
  return await pictures.take(async () => {
    const open = () => sharp(bytes, { limitInputPixels: MOST_POINTS, failOn: 'error' });
    try {
      const { format } = await open().metadata();
      if (!TYPES.has(format)) return { fault: 'not-a-picture' } as const;
    } catch {
      return { fault: 'not-a-picture' } as const;
    }
    try {
      const upright = open().rotate().flatten({ background: '#ffffff' });
      const picture = await upright
        .clone()
        .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 80 })
        .toBuffer();
      const small = await upright
        .clone()
        .resize(SMALL_SIDE, SMALL_SIDE, { fit: 'cover' })
        .jpeg({ quality: 70 })
        .toBuffer();
      return { picture, small };
    } catch {
      return { fault: 'unreadable' } as const;
    }
  });
}

/**
 * Takes a picture in, encrypted, for a form that is being filled in. The same picture of the same form is one file.
 * @param form what the form is known by; nobody else may know it
 * @returns the file's id
 */
export async function takePhoto(
  desk: Pick<Desk, 'query' | 'county' | 'vault' | 'now'>,
  form: string,
  bytes: Uint8Array,
): Promise<{ id: string } | { fault: PhotoFault }> {
  const made = await developed(bytes);
  if ('fault' in made) return made;
  const id = idOf('photo', form, sha256(Buffer.from(bytes)).toString('hex'));
  await desk.query(
    'file.take',
    `insert into file (county, id, stream, type, bytes, box, small, made_at)
     values ($1, $2, null, 'image/jpeg', $3, $4, $5, $6) on conflict do nothing`,
    [
      desk.county,
      id,
      made.picture.length,
      desk.vault.sealBytes(made.picture),
      desk.vault.sealBytes(made.small),
      desk.now,
    ],
  );
  return { id };
}

/** Which of these files wait for a form, in the order given: what is not there any more cannot be sent along. */
export async function waitingPhotos(
  desk: Pick<Desk, 'query' | 'county'>,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await desk.query<{ id: string }>(
    'file.waiting',
    'select id from file where county = $1 and id = any($2::uuid[]) and stream is null',
    [desk.county, ids],
  );
  const there = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => there.has(id));
}

/** Gives files to the record that is about to name them. What another record has already stays with it. */
export async function claimPhotos(
  desk: Pick<Desk, 'query' | 'county'>,
  matter: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await desk.query(
    'file.claim',
    'update file set stream = $2 where county = $1 and id = any($3::uuid[]) and stream is null',
    [desk.county, matter, ids],
  );
}

/** The files that wait for this record, with what the event must vouch for. */
export async function photosFor(
  query: Query,
  county: number,
  matter: string,
  ids: readonly string[] | undefined,
): Promise<readonly Photo[]> {
  if (ids === undefined || ids.length === 0) return [];
  const rows = await query<Photo>(
    'file.for',
    `select id, encode(sha256(box), 'hex') as hash from file where county = $1 and stream = $2 and id = any($3::uuid[])`,
    [county, matter, ids],
  );
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

/** Which of a matter's pictures are still there; an erased one is not. */
export async function photosOf(desk: Pick<Desk, 'query' | 'county'>, state: MatterState): Promise<readonly string[]> {
  if (state.files === undefined) return [];
  const ids = state.files.map(({ id }) => id);
  const rows = await desk.query<{ id: string }>(
    'file.there',
    'select id from file where county = $1 and id = any($2::uuid[])',
    [desk.county, ids],
  );
  const there = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => there.has(id));
}

/**
 * One picture of a matter whose reader may see it. That it was read is recorded, like any other look into a file.
 * @param matter whose picture: its own file, where no household is known
 * @returns undefined when it is not the matter's, or was erased
 */
export async function showPhoto(
  desk: Desk,
  matter: string,
  state: MatterState,
  photo: string,
  small: boolean,
): Promise<Raw | undefined> {
  if (state.files?.some(({ id }) => id === photo) !== true) return undefined;
  const [row] = await desk.query<{ type: string; box: Buffer }>(
    small ? 'file.small' : 'file.whole',
    `select type, ${small ? 'small' : 'box'} as box from file where county = $1 and id = $2 and stream = $3`,
    [desk.county, photo, matter],
  );
  if (row === undefined) return undefined;
  await recordReadingOnce(desk, state.household ?? matter, '照片', ONE_READING_MINUTES);
  return raw(row.type, new Uint8Array(desk.vault.openBytes(row.box)), {
    headers: { 'cache-control': 'no-store', 'content-disposition': 'inline' },
  });
}

/** Sweeps away what no record came to name: forms that were never sent. @returns how many */
export async function sweepPhotos(query: Query, county: number, now: string): Promise<number> {
  const rows = await query(
    'file.sweep',
    `delete from file f where f.county = $1 and f.made_at < $2::timestamptz - make_interval(hours => $3)
        and (f.stream is null or not exists (select from event e where e.county = f.county and e.stream = f.stream))
     returning f.id`,
    [county, now, UNCLAIMED_HOURS],
  );
  return rows.length;
}
