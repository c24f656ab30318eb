import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealAll, verifyCounty } from '../../ledger/seal.ts';
import { sweepPhotos } from '../../matters/photos.ts';
import { freshDatabase } from '../../storage/testing.ts';
import { backup } from '../operations/backup.ts';
import { load } from '../operations/restore.ts';
import { openSystem } from '../system.ts';
import { exportables, rowsFor } from '../operations/export.ts';
import { type TestCounty, startCounty } from '../testing.ts';
import { type Page, type Phone, hidden, phone, ticketOf } from './testing.ts';

let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
}, 60_000);
afterAll(() => county.stop());

const CAMERA = 'Minqing test camera';
/** A picture as a phone writes it: turned on its side, with the place and the make of the phone inside. */
async function snapshot(colour: string, size = 2_000): Promise<File> {
  const bytes = await sharp({ create: { width: size, height: size / 2, channels: 3, background: colour } })
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: CAMERA },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '36/1 40/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '114/1 30/1 0/1' },
    })
    .jpeg()
    .toBuffer();
  expect((await sharp(bytes).metadata()).orientation).toBe(6);
  expect(bytes.includes(Buffer.from(CAMERA))).toBe(true);
  return new File([new Uint8Array(bytes)], 'IMG_0001.jpg', { type: 'image/jpeg' });
}
const fieldsOf = (form: Page, what: string) => ({
  ...hidden(form),
  what,
  township: county.places.liuhe,
  village: county.places.village,
  act: 'say',
});
let phones = 0;
const resident = (): Phone => phone(county, `10.9.0.${++phones}`);

async function filed(at: Phone, what: string, files: readonly File[]) {
  const said = await at.pictures('/say', fieldsOf(await at.get('/say'), what), files);
  const { number, code } = ticketOf(said);
  expect(number, said.text.slice(0, 2_000)).not.toBe('');
  const [row] = await county.ledger.query<{ id: string }>(
    'test',
    'select id from matter where county = $1 and number = $2',
    [county.county, number],
  );
  return { number, code, id: row!.id };
}
const photosAt = async (key: string, id: string) => {
  const client = await county.as(key);
  const { photos } = (await client.get(`/api/matters/${id}`)).body as { photos: string[] };
  return { client, photos };
};
const proof = async () => {
  await sealAll(county.database.pool, county.county);
  return await verifyCounty(county.database.pool, county.county);
};

describe('pictures that come with what is said', () => {
  test('[C1] [L1] sent without a script, they lose what the phone wrote into them and are shown to those who may see the matter', async () => {
    const at = resident();
    const { id, number } = await filed(at, '二组水渠堵了两个月，浇不上地。', [
      await snapshot('red'),
      await snapshot('blue'),
    ]);
    const { client: clerk, photos } = await photosAt('clerk', id);
    expect(photos).toHaveLength(2);
    const { status, body, headers } = await clerk.get(`/api/matters/${id}/photos/${photos[0]}`);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'image/jpeg',
      'no-store',
    ]);
    const found = await sharp(body as Uint8Array).metadata();
    // Upright and of middling size: 2000×1000 lying on its side became 800×1600 standing.
    expect(found).toMatchObject({ format: 'jpeg', width: 800, height: 1_600 });
    expect([found.exif, found.orientation, found.iptc, found.xmp]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(Buffer.from(body as Uint8Array).includes(Buffer.from(CAMERA))).toBe(false);
    const small = (await clerk.get(`/api/matters/${id}/photos/${photos[0]}?size=small`)).body as Uint8Array;
    expect(await sharp(small).metadata()).toMatchObject({ width: 240, height: 240 });

    // Encrypted where they stand: no JPEG begins anywhere in the table.
    const { rows } = await county.database.pool.query<{ box: Buffer; small: Buffer }>('select box, small from file');
    for (const { box, small: thumb } of rows)
      for (const bytes of [box, thumb]) expect(bytes.subarray(0, 3).toString('hex')).not.toBe('ffd8ff');

    // Another township's clerk and a stranger see none; the unit that handles it does, once it is theirs.
    for (const key of ['farclerk', 'administrator', 'handler'])
      expect([401, 403, 404]).toContain(
        (await (await county.as(key)).get(`/api/matters/${id}/photos/${photos[0]}`)).status,
      );
    await clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water });
    expect((await (await county.as('handler')).get(`/api/matters/${id}/photos/${photos[0]}`)).status).toBe(200);
    // A picture of another matter is none of this one's.
    const other = await filed(resident(), '另外一件事：路灯不亮。', [await snapshot('green')]);
    const { photos: theirs } = await photosAt('clerk', other.id);
    expect((await clerk.get(`/api/matters/${id}/photos/${theirs[0]}`)).status).toBe(404);

    // Who looked is written down, once for one sitting.
    const readings = await county.ledger.query<{ reader: string; n: number }>(
      'test.readings',
      `select reader, count(*)::int as n from read_audit where subject = $1 and what = '照片' group by reader`,
      [id],
    );
    expect(new Map(readings.map(({ reader, n }) => [reader, n]))).toEqual(
      new Map([
        [county.id('clerk'), 1],
        [county.id('handler'), 1],
      ]),
    );

    // The resident sees them on the page of the matter, a stranger's phone does not.
    const page = await at.get(`/progress/${number}`);
    expect(page.text.match(/<img src="\/progress\/[^"]+\?size=small"/g)).toHaveLength(2);
    const picture = `/progress/${number}/photos/${photos[1]}`;
    expect((await at.only(picture)).headers.get('content-type')).toBe('image/jpeg');
    expect((await resident().only(picture)).status).toBe(303);
  });

  test('[C1] what comes with a form that is not whole yet is kept for the next try, and nothing is sent twice', async () => {
    const at = resident();
    const form = await at.get('/say');
    const again = await at.pictures('/say', { ...fieldsOf(form, '短'), act: 'say' }, [await snapshot('red')]);
    expect(again.status).toBe(422);
    const [, kept] = /name="photo" value="([^"]+)" checked/.exec(again.text)!;
    expect(again.text).toContain('第 1 张已经收到');
    const fields = { ...fieldsOf(again, '村口路灯坏了三个月，天黑不敢走。'), photo: kept! };
    const [one, two] = [await at.pictures('/say', fields, []), await at.pictures('/say', fields, [])];
    expect(ticketOf(two)).toEqual(ticketOf(one));
    const page = await at.get(`/progress/${ticketOf(one).number}`);
    expect(page.text.match(/\?size=small"/g)).toHaveLength(1);
    // Someone else's form cannot take it along.
    const thief = resident();
    const stolen = await thief.pictures(
      '/say',
      { ...fieldsOf(await thief.get('/say'), '我也说一件事'), photo: kept! },
      [],
    );
    expect((await thief.get(`/progress/${ticketOf(stolen).number}`)).text).not.toContain('size=small');
  });

  test('[C1] what is no picture, is too large or is one too many is said at the field; the words stay', async () => {
    const at = resident();
    const form = await at.get('/say');
    const svg = new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'a.jpg', { type: 'image/jpeg' });
    const words = '井盖丢了，孩子上学要经过。';
    const wrong = await at.pictures('/say', fieldsOf(form, words), [svg]);
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('有一个文件不是照片');
    expect(wrong.text).toContain(words);
    const half = new File([(await (await snapshot('red')).bytes()).slice(0, 900)], 'b.jpg', { type: 'image/jpeg' });
    expect((await at.pictures('/say', fieldsOf(form, words), [half])).text).toMatch(/打不开|不是照片/);
    const large = new File([new Uint8Array(10_000_001)], 'c.jpg', { type: 'image/jpeg' });
    expect((await at.pictures('/say', fieldsOf(form, words), [large])).text).toContain('太大了');
    const five = await Promise.all(['red', 'green', 'blue', 'black', 'white'].map((colour) => snapshot(colour, 200)));
    const many = await at.pictures('/say', fieldsOf(form, words), five);
    expect(many.text).toContain('一次最多 4 张');
    expect(many.text.match(/name="photo"/g)).toHaveLength(4);
  });

  test('[L2] [L3] the chain vouches for each picture: a changed one is found, an erased one is erased and not broken', async () => {
    const { id, number } = await filed(resident(), '桥栏杆断了一截。', [await snapshot('red'), await snapshot('blue')]);
    const { photos } = await photosAt('clerk', id);
    expect((await proof()).faults).toEqual([]);
    const { pool } = county.database;
    const { erased } = await proof();
    await pool.query('delete from file where id = $1', [photos[0]]);
    expect(await proof()).toMatchObject({ faults: [], erased: erased + 1 });
    expect((await photosAt('clerk', id)).photos).toEqual([photos[1]]);
    const at = resident();
    expect(number).not.toBe('');
    expect((await at.get(`/progress/${number}`)).text).not.toContain('size=small');

    const { rows } = await pool.query<{ box: Buffer }>('select box from file where id = $1', [photos[1]]);
    const touched = Buffer.from(rows[0]!.box);
    touched[40]! ^= 1;
    await pool.query('update file set box = $2 where id = $1', [photos[1], touched]);
    expect((await proof()).faults).toMatchObject([{ stream: id, version: 1, what: 'file-changed' }]);
    await pool.query('update file set box = $2 where id = $1', [photos[1], rows[0]!.box]);
    expect((await proof()).faults).toEqual([]);
  });

  test('[L4] an export carries the pictures themselves', async () => {
    const rows = [];
    for await (const batch of rowsFor(county.system, county.county, exportables['photos']!)) rows.push(...batch);
    expect(rows.length).toBeGreaterThan(3);
    for (const { number, picture, bytes } of rows as { number: string; picture: string; bytes: number }[]) {
      expect(number).toMatch(/^QH/);
      const opened = Buffer.from(picture, 'base64');
      expect(opened.length).toBe(bytes);
      expect(await sharp(opened).metadata()).toMatchObject({ format: 'jpeg' });
    }
  });

  test('[L8] [L4] a backup carries them and a restore brings them back byte for byte', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'minqing-photos-'));
    const database = await freshDatabase();
    try {
      const archive = join(folder, 'backup.gz');
      const key = randomBytes(32);
      await backup(county.system, archive, { key, withKey: false, force: false });
      await load(openSystem(database, { key, publicUrl: 'http://localhost' }), archive);
      const files = async (pool: typeof database.pool) =>
        (await pool.query('select id, stream, box, small from file order by id')).rows as unknown[];
      expect((await files(database.pool)).length).toBeGreaterThan(3);
      expect(await files(database.pool)).toEqual(await files(county.database.pool));
      expect((await verifyCounty(database.pool, county.county)).faults).toEqual([]);
    } finally {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('[L3] a picture whose form was never sent is gone after a day, those of matters stay', async () => {
    const at = resident();
    await at.pictures('/say', fieldsOf(await at.get('/say'), '短'), [await snapshot('red')]);
    const count = async (where: string) =>
      (await county.database.pool.query<{ n: number }>(`select count(*)::int as n from file where ${where}`)).rows[0]!
        .n;
    const [claimed, waiting] = [await count('stream is not null'), await count('stream is null')];
    expect(waiting).toBeGreaterThan(0);
    const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString();
    expect(await sweepPhotos(county.ledger.query, county.county, hours(23))).toBe(0);
    expect(await sweepPhotos(county.ledger.query, county.county, hours(25))).toBe(waiting);
    expect(await count('stream is not null')).toBe(claimed);
  });
});
