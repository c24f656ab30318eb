import { createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { hasRole } from '../access/access.ts';
import type { Actor } from '../access/model.ts';
import { type Sentences, commonRefusals } from '../contract/refusals.ts';
import { type Desk, type Routes, raw, route } from '../contract/route.ts';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import type { Query } from '../ledger/record.ts';
import { sha256 } from '../ledger/vault.ts';
import { type DeferredRow, deferredOf, noteTold } from './deferred.ts';
import { Pulling, RESCUE_INFO, Rescue, Rescued, type Sent, Uploading, WORDS } from './model.ts';
import { type Provisions, inTurn, pull } from './pull.ts';
import { type DeviceRow, devicesOf, findDevice } from './tables.ts';
import { type Doors, commandRoutesByKind, decideAll, readAll } from './upload.ts';

/** What the composition lends this feature. */
export interface Composition extends Provisions {
  /** Every route of the house: commands that waited go through the same doors as those given at once. */
  readonly routes: () => Routes;
  readonly sentences: () => Sentences;
  /** Which state of the words this server knows; absent: its own. A test plays an older one. */
  readonly known?: number;
  /** What people call a form, by the kind of its command; one this version does not know by its own word. */
  nameOf(kind: string): string;
  /** The session cookie's name. */
  readonly cookie: string;
  actorOf(query: Query, county: number, official: string, now: string): Promise<Actor | undefined>;
  endSession(query: Query, county: number, hash: Buffer): Promise<void>;
}

const Id = z.object({ id: z.uuid() });
type Official = Extract<Actor, { kind: 'official' }>;
const officialOf = ({ actor }: Desk): Official => {
  if (actor.kind !== 'official') throw new Error('an official is needed here');
  return actor;
};

const secretOf = (desk: Desk, device: DeviceRow): Buffer =>
  Buffer.from(desk.vault.open(device.secret) as string, 'base64');

/**
 * The phone, if it is this official's and not locked. One that is not known yet is made known: at its first contact, and
 * after the server was restored from a backup that had not heard of it.
 */
async function ownDevice(
  desk: Desk,
  { device, name, app, keyless }: { device: string; name: string; app: string; keyless: boolean },
): Promise<{ row: DeviceRow; secret?: string } | Refusal> {
  const { query, county, vault, now } = desk;
  const { id: official } = officialOf(desk);
  const known = await findDevice(query, county, device);
  if (known === undefined) {
    await query(
      'sync.register',
      `insert into device (county, id, official, name, secret, opened_at, seen_at, app, seq, households, unsent, persisted, clock_ms)
       values ($1, $2, $3, $4, $5, $6, $6, $7, 0, 0, 0, false, 0) on conflict do nothing`,
      [county, device, official, name, vault.seal(randomBytes(32).toString('base64')), now, app],
    );
  }
  const row = known ?? (await findDevice(query, county, device));
  if (row === undefined || row.official !== official) return refuse('sync.device-unknown');
  if (row.locked_at !== null) return refuse('sync.device-locked');
  return known === undefined || keyless ? { row, secret: secretOf(desk, row).toString('base64') } : { row };
}

const shown = (d: DeviceRow, me: string) => ({
  id: d.id,
  official: d.official,
  officialName: d.official_name,
  mine: d.official === me,
  name: d.name,
  openedAt: d.opened_at,
  seenAt: d.seen_at,
  app: d.app,
  households: d.households,
  unsent: d.unsent,
  persisted: d.persisted,
  clockMs: d.clock_ms,
  lockedAt: d.locked_at,
  wipedAt: d.wiped_at,
});

/** That it was said, by whom and why it waits; what was said is nobody's here. */
const shownDeferred = (row: DeferredRow, me: string, say: Sentences, nameOf: Composition['nameOf']) => ({
  id: row.id,
  official: row.official,
  officialName: row.official_name,
  mine: row.official === me,
  deviceName: row.device_name,
  kind: row.kind,
  kindName: nameOf(row.kind),
  at: row.at,
  receivedAt: row.received_at,
  words: row.words,
  app: row.app,
  unknown: row.unknown,
  state: row.verdict ?? ('waiting' as const),
  message: row.verdict === null ? say['sync.deferred']! : row.code === null ? null : (say[row.code] ?? row.code),
  decidedAt: row.decided_at,
  toldAt: row.told_at,
  /** What was said lies here still, sealed. */
  kept: row.kept,
});

/** @param lent asked for when a request comes: the routes of the house contain these */
export const syncRoutes = (lent: Composition) => {
  let byKind: ReturnType<typeof commandRoutesByKind> | undefined;
  const doors = (): Doors => ({
    routes: (byKind ??= commandRoutesByKind(lent.routes())),
    say: { ...commonRefusals, ...lent.sentences() },
    known: lent.known ?? WORDS,
  });
  return {
    'POST /api/sync/pull': route({
      action: 'sync.use',
      summary: 'What a phone lacks: packed files of the scope, what changed, what to forget. The reading is recorded',
      body: Pulling,
      handle: (desk, { body }) =>
        inTurn(desk, async () => {
          const own = await ownDevice(desk, body);
          if (isRefusal(own)) return own;
          const { query, county, now } = desk;
          const token = desk.cookie(lent.cookie);
          await query(
            'sync.contact',
            `update device set seen_at = $3, session = $4, app = $5, seq = $6, households = $7, unsent = $8, persisted = $9,
                  clock_ms = $10, wiped_at = null where county = $1 and id = $2`,
            [
              county,
              body.device,
              now,
              token === undefined ? null : sha256(token),
              body.app,
              body.cursor?.seq ?? 0,
              body.held,
              body.unsent,
              body.persisted,
              Math.round(body.clock - Date.parse(now)),
            ],
          );
          // Asked anew: what a session knows of whom matters complain of may be two seconds old, and a phone that is sent
          // such a matter then would keep it until another moves.
          const actor = await lent.actorOf(query, county, officialOf(desk).id, now);
          if (actor?.kind !== 'official') return refuse('access.denied');
          const stream = await pull({ ...desk, actor }, body, lent, own.secret);
          return raw('application/x-minqing-frames', stream, { headers: { 'cache-control': 'no-store' } });
        }),
    }),
    'POST /api/sync/commands': route({
      action: 'sync.use',
      summary: 'Commands that waited on a phone, each with its own verdict; sent again they are done once',
      body: Uploading,
      async handle(desk, { body: { device, app, words, clock, commands } }) {
        // A phone that is not known (yet, or to a restored server) may send; it is made known when it next follows.
        const known = await findDevice(desk.query, desk.county, device);
        if (known !== undefined && known.official !== officialOf(desk).id) return refuse('sync.device-unknown');
        if (known?.locked_at != null) return refuse('sync.device-locked');
        const setup = { ...doors(), device, clock, app, words };
        const read = readAll(commands, setup.say);
        const verdicts = [...read.spoilt, ...(await decideAll(desk, read.commands, setup))];
        const refused = verdicts.filter(({ verdict }) => verdict === 'refused');
        if (refused.length > 0)
          await noteTold(
            desk,
            officialOf(desk).id,
            refused.map(({ id }) => id),
          );
        return { now: desk.now, verdicts };
      },
    }),
    'POST /api/sync/standing': route({
      action: 'portal.use',
      summary: 'A phone without a session asks whether it is to wipe itself, and says when it has',
      perMinute: 60,
      body: z.object({ device: z.uuid(), wiped: z.boolean().default(false) }),
      async handle({ query, county, now }, { body: { device, wiped } }) {
        const found = await findDevice(query, county, device);
        if (wiped && found?.locked_at != null)
          await query('sync.wiped', 'update device set wiped_at = $3, households = 0 where county = $1 and id = $2', [
            county,
            device,
            now,
          ]);
        return { locked: found?.locked_at != null };
      },
    }),
    'GET /api/sync/deferred': route({
      action: 'sync.use',
      summary:
        'What newer phones said that this server did not know then, waiting or what became of it: my own, or all for who looks after the system',
      async handle(desk) {
        const { query, county } = desk;
        const me = officialOf(desk).id;
        const { say, known } = doors();
        const all = hasRole(desk.actor, 'administrator') || hasRole(desk.actor, 'inspector');
        const rows = await deferredOf(query, county, all ? null : me);
        const told = rows.filter((row) => row.official === me && row.verdict === 'refused');
        if (told.length > 0)
          await noteTold(
            desk,
            me,
            told.map(({ id }) => id),
          );
        return { known, all, deferred: rows.map((row) => shownDeferred(row, me, say, lent.nameOf)) };
      },
    }),
    'GET /api/sync/devices': route({
      action: 'sync.use',
      summary: 'Phones that carry files: my own, or all for an administrator',
      async handle(desk) {
        const me = officialOf(desk).id;
        const rows = await devicesOf(desk.query, desk.county, hasRole(desk.actor, 'administrator') ? null : me);
        return { devices: rows.map((d) => shown(d, me)) };
      },
    }),
    'POST /api/sync/devices/:id/lock': route({
      action: 'sync.use',
      summary: 'Lock a phone: its session ends, and at its next contact it removes all personal data it holds',
      params: Id,
      body: z.object({}),
      async handle(desk, { params: { id } }) {
        const { query, county, now } = desk;
        const { id: me } = officialOf(desk);
        const found = await findDevice(query, county, id);
        if (found === undefined || (found.official !== me && !hasRole(desk.actor, 'administrator')))
          return refuse('access.denied');
        await query(
          'sync.lock',
          'update device set locked_at = coalesce(locked_at, $3), locked_by = coalesce(locked_by, $4), session = null where county = $1 and id = $2',
          [county, id, now, me],
        );
        if (found.session !== null) await lent.endSession(query, county, found.session);
        return { locked: true, unsent: found.unsent };
      },
    }),
    'POST /api/sync/rescue/import': route({
      action: 'sync.use',
      summary: 'Takes in the file of what a phone could not send, in the name of whose phone it was; twice is once',
      body: Rescue,
      async handle(desk, { body: file }) {
        const { query, county, now } = desk;
        const device = await findDevice(query, county, file.device);
        if (device === undefined) return refuse('sync.rescue-broken');
        if (device.locked_at !== null) return refuse('sync.device-locked');
        const opened = openRescue(secretOf(desk, device), file);
        if (opened === undefined) return refuse('sync.rescue-broken');
        const actor = await lent.actorOf(query, county, device.official, now);
        if (actor === undefined) return refuse('sync.rescue-nobody');
        // The file was made a while ago: how far off the phone's clock is now, nobody knows.
        const verdicts = await decideAll({ ...desk, actor }, opened.commands.map(asOfThen(device)), {
          ...doors(),
          device: device.id,
          clock: undefined,
          app: opened.app,
          words: opened.words,
        });
        const owner = device.official === officialOf(desk).id;
        return {
          official: device.official_name,
          device: device.id,
          mine: owner,
          accepted: verdicts.filter((v) => v.verdict === 'accepted').length,
          // Taken, and on the day the phone's clock showed: whoever wrote it is to look at it.
          undated: verdicts.filter((v) => v.verdict === 'accepted' && v.undated === true).length,
          // What was written is its writer's; whoever lends a computer learns how many, not what.
          verdicts: verdicts.map((v) => ({
            id: v.id,
            verdict: v.verdict,
            ...(owner && 'message' in v ? { message: v.message } : {}),
          })),
        };
      },
    }),
  } satisfies Routes;
};

type Command = z.output<typeof Sent>;
/**
 * A command as a file brings it: how long ago it was made nobody knows. An older phone's says nothing of its clock: that
 * was as far off as at its last contact.
 */
const asOfThen =
  ({ clock_ms: ahead }: DeviceRow) =>
  (sent: Command): Command => ({
    ...sent,
    known: sent.known ?? { ahead, contact: 0, after: 0, before: 0, setBefore: 0, setAfter: 0 },
  });

/** What is in a rescue file; undefined when the key of that phone did not make it. */
function openRescue(secret: Buffer, { device, nonce, box }: Rescue): z.output<typeof Rescued> | undefined {
  try {
    const key = Buffer.from(hkdfSync('sha256', secret, '', RESCUE_INFO, 32));
    const bytes = Buffer.from(box, 'base64');
    const opener = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'));
    opener.setAAD(Buffer.from(device));
    opener.setAuthTag(bytes.subarray(-16));
    const text = opener.update(bytes.subarray(0, -16), undefined, 'utf8') + opener.final('utf8');
    return Rescued.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
