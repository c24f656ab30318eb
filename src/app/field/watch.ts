import type { ClockKnown } from '../../sync/model.ts';
import type { Disk } from '../../sync/phone.ts';

/** What this device's clocks show: the page, its monotonic clock, and the clock a person can set (ms). */
export interface Reading {
  readonly page: string;
  readonly mono: number;
  readonly wall: number;
}
/** A contact: how far ahead the clock was (ms), when that was by the server's (ms), and how it was read then. */
interface Met {
  readonly ahead: number;
  readonly contact: number;
  readonly settings: number;
  readonly page: string;
  readonly mono: number;
}
interface Watched {
  readonly mark: Reading;
  /** How often the clock was seen to have been set. */
  readonly settings: number;
  readonly met?: Met | undefined;
}
/** What was known of the clock when something was written; it goes along to whoever dates it. */
export interface Known extends Omit<ClockKnown, 'before' | 'setAfter'> {
  readonly settings: number;
}
interface Written {
  readonly at: string;
  readonly mono: readonly [page: string, ms: number];
  readonly known?: Known;
}

/** What the two clocks may differ by, and still nobody has set one. */
const SET_MS = 10 * 60_000;
/** A phone sleeps, and its monotonic clock with it, but not for so long under an open page. */
const LONG_MS = 40 * 86_400_000;
const CELL = 'watch';
const text = new TextEncoder();
const read = new TextDecoder();

/**
 * Watches whether somebody sets the clock: under an open page the monotonic clock tells, from one page to the next only
 * that time never goes back. A clock set forward looks like a phone that slept, and is not seen.
 */
export class Watch {
  readonly #read: () => Reading;
  #seen: Watched;
  #keep: (seen: Watched) => Promise<void> = () => Promise.resolve();

  constructor(now: () => Reading) {
    this.#read = now;
    this.#seen = { mark: now(), settings: 0 };
  }

  /**
   * Goes on from what the disk holds.
   * @param written what was written and is still here, in the order of writing: the last is a reading too
   * @param before the last contact, for a disk on which nothing was watched yet
   */
  async open(
    disk: Disk,
    written: readonly Written[],
    before: { ahead: number; contactAt?: number | undefined },
  ): Promise<void> {
    const cell = (await disk.read('state', CELL)).find(([key]) => key === CELL);
    const kept = cell === undefined ? undefined : (JSON.parse(read.decode(cell[1])) as Watched);
    const last = written.findLast(({ known }) => known !== undefined);
    const settings = Math.max(kept?.settings ?? 0, last?.known?.settings ?? 0);
    const item = last === undefined ? undefined : readingOf(last);
    // Between them nobody was seen to set the clock, or the one that knows of it is the later: the later is what time must
    // not fall behind.
    const isLater =
      item !== undefined &&
      (kept === undefined ||
        last!.known!.settings > kept.settings ||
        (last!.known!.settings === kept.settings && item.wall > kept.mark.wall));
    const mark = isLater ? item : kept?.mark;
    const met =
      kept?.met ??
      (before.contactAt === undefined
        ? undefined
        : { ahead: before.ahead, contact: before.contactAt, settings, page: '', mono: 0 });
    this.#seen = { mark: mark ?? this.#read(), settings, met };
    this.#keep = (seen) =>
      disk.write([{ drawer: 'state', key: CELL, bytes: text.encode(JSON.stringify(seen)) }]).catch(() => undefined);
    this.look();
    void this.save();
  }

  /** Keeps nothing from here on: the disk is being wiped. */
  close(): void {
    this.#keep = () => Promise.resolve();
  }

  /** Reads the clocks. */
  look(): Reading {
    const { mark, settings } = this.#seen;
    const now = this.#read();
    const passed = now.wall - mark.wall;
    const shift = now.page === mark.page ? passed - (now.mono - mark.mono) : Math.min(0, passed);
    const isSet = shift < -SET_MS || shift > LONG_MS;
    this.#seen = { ...this.#seen, mark: now, settings: settings + (isSet ? 1 : 0) };
    return now;
  }

  save(): Promise<void> {
    return this.#keep(this.#seen);
  }

  /** The server has told the time. @param contact by its clock (ms) */
  met({ ahead, contactAt }: { ahead: number; contactAt?: number | undefined }): void {
    const { page, mono } = this.look();
    const { settings } = this.#seen;
    if (contactAt !== undefined)
      this.#seen = { ...this.#seen, met: { ahead, contact: contactAt, settings, page, mono } };
    // Nobody waits for it: what is written carries what is known along.
    void this.save();
  }

  /** What stands on something that is written now. */
  stamp(): Written {
    const { page, mono, wall } = this.look();
    const { met, settings } = this.#seen;
    const known = met && {
      ahead: met.ahead,
      contact: met.contact,
      after: met.page === page ? Math.max(0, mono - met.mono) : 0,
      setBefore: settings - met.settings,
      settings,
    };
    return { at: new Date(wall).toISOString(), mono: [page, mono], ...(known === undefined ? {} : { known }) };
  }

  /** What goes along of it when it is sent. */
  tellOf(written: Written): { ago?: number; known?: ClockKnown } {
    const now = this.look();
    const { page, mono, wall } = readingOf(written);
    const isHere = page === now.page;
    const byMono = Math.max(0, now.mono - mono);
    const shift = now.wall - wall - byMono;
    const { known } = written;
    return {
      // For a server that does not know of the rest: how long ago it was, where the clock was plainly set meanwhile.
      ...(isHere && (shift < -SET_MS || shift > LONG_MS) ? { ago: byMono } : {}),
      ...(known === undefined
        ? {}
        : {
            known: {
              ahead: known.ahead,
              contact: known.contact,
              after: known.after,
              setBefore: known.setBefore,
              before: isHere ? byMono : 0,
              setAfter: Math.max(0, this.#seen.settings - known.settings),
            },
          }),
    };
  }
}

const readingOf = ({ at, mono: [page, mono] }: Written): Reading => ({ page, mono, wall: Date.parse(at) });
