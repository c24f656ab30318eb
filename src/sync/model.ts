import { z } from 'zod';
import { Instant } from '../calendar/model.ts';
import type { PolicyKind } from '../policy/model.ts';

/**
 * Work without network: what a phone carries of the county, what it sends, and how it is told to forget (row B13).
 * These are the words both sides speak; each field that is added later must be optional on both.
 */

/** A phone's name for itself, made on the phone and worthless as a key. */
const Device = z.uuid();
/** Which build of the room speaks. It is written down, never a reason to refuse. */
const App = z.string().max(40).default('');
/**
 * Which state of the words this version speaks: raised by one whenever a kind or a field is added to what a phone sends. A
 * phone that speaks a later one may say what this server does not know; then its command waits, whole, for the upgrade. What an older phone says and nobody asks any more is no reason to wait.
 */
export const WORDS = 1;
const Words = z.int().min(0).max(1_000_000).default(0);
/** The phone's own clock at the moment of sending (ms since 1970), right or wrong. */
const Clock = z.number().min(-8.64e15).max(8.64e15);

/** A place in the sealed order, with the hash that stands there: a restored server has another one, or none. */
export const Cursor = z.object({ seq: z.int().min(0), hash: z.string().max(64) });
export type Cursor = z.infer<typeof Cursor>;

/** Ids travel as 32 hexadecimal digits each, one after the other. */
export const Ids = z
  .string()
  .max(32 * 20_000)
  .regex(/^([0-9a-f]{32})*$/);

export const Pulling = z.object({
  device: Device,
  /** What kind of phone it is, in words for the list of phones. */
  name: z.string().trim().max(80).default(''),
  app: App,
  clock: Clock,
  /** Absent: nothing is held yet. */
  cursor: Cursor.optional(),
  /** The scope the phone was told it has, as the fingerprint it was told. */
  scope: z.string().max(64).optional(),
  /** Households it should hold and does not: a first load that broke off, or a scope that grew. */
  want: Ids.optional(),
  /** The day of what it was last told of reasons to look in. */
  day: z.string().max(10).optional(),
  /** Accepted commands whose sealing the phone has not seen. */
  confirm: z.array(z.uuid()).max(500).default([]),
  /** Files opened on the phone since last time: household and when, by the phone's corrected clock. */
  read: z
    .array(z.tuple([z.uuid(), Instant]))
    .max(2_000)
    .default([]),
  /** For the list of phones. */
  held: z.int().min(0).max(1_000_000).default(0),
  unsent: z.int().min(0).max(1_000_000).default(0),
  persisted: z.boolean().default(false),
  /** It has no key for rescue files: the answer that told it got lost. */
  keyless: z.boolean().default(false),
});
export type Pulling = z.input<typeof Pulling>;

/**
 * What a phone knew of its clock when something was written. A server that does not know of it dates as it always did,
 * so these are no new words.
 */
const ClockKnown = z.object({
  /** How far ahead it was at the contact before (ms), and when that was by the server's clock (ms). */
  ahead: Clock,
  contact: Clock,
  /** By the monotonic clock it was written at least so long after that contact, and so long before it is sent (ms). */
  after: z.number().min(0).max(8.64e15).default(0),
  before: z.number().min(0).max(8.64e15).default(0),
  /** How often the clock was seen to have been set from that contact to the writing, and from the writing to the sending. */
  setBefore: z.int().min(0).max(1_000_000).default(0),
  setAfter: z.int().min(0).max(1_000_000).default(0),
});
export type ClockKnown = z.infer<typeof ClockKnown>;

/** One command as it waited on the phone. `data` is checked by the schema of its kind, not here. */
export const Sent = z.object({
  id: z.uuid(),
  kind: z.string().max(60),
  stream: z.uuid(),
  data: z.record(z.string().max(60), z.unknown()),
  /** By the phone's clock (ms). */
  at: Clock,
  /** How long ago that was by the phone's monotonic clock (ms), where the page was not closed in between. */
  ago: z.number().min(0).max(8.64e15).optional(),
  known: ClockKnown.optional(),
  /** When it was, as a person said who was asked (ms, by a right clock). */
  chosen: Clock.optional(),
  /** Fields of `data` that were taken from the phone's clock, not chosen by a person. */
  clocked: z.array(z.string().max(60)).max(10).default([]),
  expected: z.int().min(0).optional(),
});
export type Sent = z.input<typeof Sent>;
/** Each command is a text of its own (JSON of `Sent`): one that cannot be read, or holds what cannot be stored, spoils no other. */
export const Uploading = z.object({
  device: Device,
  app: App,
  words: Words,
  clock: Clock,
  commands: z.array(z.string().max(1_000_000)).max(200),
});
export type Uploading = z.input<typeof Uploading>;

/**
 * What became of one command. `later`: this server cannot say yet, or has kept it until an upgrade; the phone keeps it too
 * and asks again. `held`: an earlier one of the same record was not accepted; nobody looked at this one.
 */
export type CommandVerdict =
  | {
      readonly id: string;
      readonly verdict: 'accepted';
      readonly version: number;
      readonly told: Record<string, unknown>;
      /** The matters it became, in the order they were said. */
      readonly matters?: readonly string[];
      /** It came as a file, and nobody can say on which day it was written: it lies on the one the phone's clock showed. */
      readonly undated?: true;
    }
  | {
      readonly id: string;
      readonly verdict: 'refused' | 'later' | 'held';
      readonly code: string;
      readonly message: string;
      readonly field?: string;
      /** On a conflict: which version the record has now. */
      readonly version?: number;
    };

/** A file of what a phone could not send, readable and provable by the server alone. */
export const Rescue = z.object({
  format: z.literal('minqing-rescue'),
  version: z.int().min(1),
  device: Device,
  made: Instant,
  /** AES-GCM nonce and box, base64; the key is derived from what the server issued to this phone. */
  nonce: z.string().max(40),
  box: z.string().max(40_000_000),
});
export type Rescue = z.infer<typeof Rescue>;
/** What stands in the box. */
export const Rescued = z.object({ clock: Clock, app: App, words: Words, commands: z.array(Sent).max(5_000) });
export const RESCUE_INFO = 'minqing rescue 1';

/** What a county decides about phones. */
export const SyncPolicy = z.object({
  /** More households than this are not put on a phone: then only one's own are. */
  mostHouseholds: z.int().min(100).max(50_000),
  /** From so many on the phone says that it carries much. */
  manyHouseholds: z.int().min(100).max(50_000),
  /** Visits of so many days go along. */
  historyDays: z.int().min(30).max(1_500),
  /** A phone without contact for so many days removes the personal data it holds. */
  forgetDays: z.int().min(1).max(90),
  /** A phone keeps what was accepted so long, to send it again to a server that was restored. */
  keepDays: z.int().min(1).max(180),
  /** What waited for an upgrade and was refused then is kept so many days after its writer was told: to write it anew. */
  toldDays: z.int().min(1).max(365).default(30),
  /** Whose writer never looked, at most so many after it was refused. */
  untoldDays: z.int().min(1).max(730).default(180),
});
export type SyncPolicy = z.infer<typeof SyncPolicy>;

export const syncPolicies: readonly PolicyKind[] = [
  {
    name: 'sync',
    title: '手机离线',
    schema: SyncPolicy,
    standard: {
      source: '系统初始设置，使用前请按本地规定核对',
      document: {
        mostHouseholds: 20_000,
        manyHouseholds: 8_000,
        historyDays: 200,
        forgetDays: 14,
        keepDays: 30,
        toldDays: 30,
        untoldDays: 180,
      },
    },
  },
];

export const syncRefusals = {
  'sync.device-unknown': '这台手机登记在别的干部名下。请退出后重新登录，没有传完的不会丢。',
  'sync.device-locked': '这台手机已被锁定，手机上的住户资料要清除。需要恢复的话，请找管理员。',
  'sync.kind-unknown': '服务器不收这一种记录。请更新手机上的版本，再重新填一次；写的内容还在这里。',
  'sync.deferred':
    '已存服务器，等待升级：里面有服务器这个版本还认不得的内容。升级后自动办理，结果会回到这里，不用再交。',
  'sync.when-unknown': '手机的时间被改过，这一件说不准是哪天写的，还没有办。请核对是什么时候的事，再交一次。',
  'sync.held': '同一条记录前面的一件还没有受理，这一件先等着。',
  'sync.rescue-broken': '这份救急文件打不开：可能不完整，或者不是本县的手机导出的。请在手机上重新导出。',
  'sync.rescue-nobody': '导出这份文件的干部已经停用，不能再替他上传。请找管理员。',
} as const;

/** A household with everything the phone holds on it, many of them in columns: row `i` of each column is one household. */
export interface Part {
  /** 32 hexadecimal digits each. */
  readonly id: string;
  readonly head: readonly string[];
  readonly address: readonly string[];
  readonly village: readonly (string | null)[];
  readonly grid: readonly (string | null)[];
  /** Areas that contain it, from the county down, as places in `chains`. */
  readonly chain: readonly number[];
  readonly chains: readonly (readonly string[])[];
  readonly contact: readonly (string | null)[];
  readonly pinyin: readonly string[];
  readonly initials: readonly string[];
  readonly version: readonly number[];
  /** Residents of each household; the columns of residents run on from one to the next. */
  readonly n: readonly number[];
  readonly rid: string;
  readonly rname: readonly string[];
  readonly rrelation: readonly string[];
  readonly rborn: readonly (number | null)[];
  readonly rphone: readonly number[];
  /** Only where it is not the letters of its characters one by one. */
  readonly rpinyin: readonly string[];
  readonly rinitials: readonly string[];
  /** [resident, what, need, until] */
  readonly needs: readonly (readonly [number, string, string, string])[];
  /** [household, last met, doors found closed since, last of them, revisit by, who found it closed] */
  readonly standing: readonly (readonly [number, string | null, number, string | null, string | null, string | null])[];
  readonly visits: readonly VisitCells[];
  readonly promises: readonly PromiseCells[];
}
/** [household, id, official, contact, metAt, note, status, means, answeredAt, corrections, needs, revisitBy, version] */
export type VisitCells = readonly [
  number,
  string,
  string,
  string,
  string,
  string,
  string,
  string | null,
  string | null,
  number,
  number,
  string | null,
  number,
];
/**
 * [household, visit, place, official, what, madeOn, due, keptOn, late, told]; the last, why it could not be kept so far, is
 * lacking in what a phone loaded before it went along.
 */
export type PromiseCells = readonly [
  household: number,
  visit: string,
  place: number,
  official: string,
  what: string,
  madeOn: string,
  due: string,
  keptOn: string | null,
  late: boolean | null,
  told?: string | null,
];

/** What a phone is told before the parts. Fields it holds already are left out. */
export interface Head {
  readonly now: string;
  /** The phone was not known before, or says that it never got it: the key that proves its rescue files, base64. */
  readonly secret?: string;
  /** The cursor was of another history: keep what is written, send again what was accepted, load anew. */
  readonly restored?: true;
  readonly cursor: Cursor;
  readonly more: boolean;
  readonly scope: string;
  /** Everything of the scope, in the order of the list: what is held and not among it is to be forgotten. */
  readonly ids?: string;
  /** How many of the first ids come in parts now, in this order. */
  readonly coming: number;
  readonly forget: string;
  /** Of the commands asked about: sealed up to this cursor; and those the server does not have. */
  readonly confirmed: readonly string[];
  readonly unknown: readonly string[];
  readonly settings?: Settings;
  readonly matters?: readonly Record<string, unknown>[];
  /** What calls for a visit today besides matters and the files themselves, in words, by household. */
  readonly looks?: Looks;
  readonly warning?: 'many' | 'own-only';
}
export interface Looks {
  readonly day: string;
  readonly reasons: Readonly<Record<string, readonly string[]>>;
  readonly festival: Readonly<Record<string, readonly string[]>>;
}
/**
 * A place by its name, and how it is looked up: one that was closed keeps its name and has no spelling (null). What a
 * phone loaded before spellings went along has the first two only.
 */
export type NamedArea = readonly [
  name: string,
  level: string,
  parent?: string | null,
  pinyin?: string | null,
  initials?: string | null,
];
/** What the deciders and lists need besides files. */
export interface Settings {
  readonly actor: unknown;
  readonly bound: readonly { readonly area: string | null; readonly household: string | null }[];
  readonly policies: Readonly<Record<string, unknown>>;
  readonly areas: Readonly<Record<string, NamedArea>>;
  readonly units: Readonly<Record<string, string>>;
  readonly officials: Readonly<Record<string, string>>;
}
