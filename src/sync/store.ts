import { hexOf, idAt } from './frames.ts';
import type { Part, PromiseCells, VisitCells } from './model.ts';

/** A household as the phone holds it. Visits newest first; needs still with their last day. */
export interface Held {
  readonly id: string;
  readonly head: string;
  readonly address: string;
  readonly village: string | null;
  readonly grid: string | null;
  readonly chain: readonly string[];
  readonly contact: string | null;
  readonly version: number;
  readonly residents: readonly HeldResident[];
  readonly standing: Standing | undefined;
  readonly visits: readonly VisitCells[];
  readonly promises: readonly PromiseCells[];
}
export interface HeldResident {
  readonly id: string;
  readonly name: string;
  readonly relation: string;
  readonly bornYear: number | null;
  readonly hasPhone: boolean;
  readonly needs: readonly { readonly what: string; readonly need: string; readonly until: string }[];
}
export interface Standing {
  readonly lastMet: string | null;
  readonly tries: number;
  readonly lastTry: string | null;
  readonly revisitBy: string | null;
  readonly trier: string | null;
}

/** A part with what is needed to find one row's pieces in it. */
interface Indexed {
  readonly part: Part;
  /** Where each household's residents begin. */
  readonly first: Int32Array;
  readonly needs: ReadonlyMap<number, Part['needs'][number][]>;
  readonly standing: ReadonlyMap<number, Part['standing'][number]>;
  readonly visits: ReadonlyMap<number, VisitCells[]>;
  readonly promises: ReadonlyMap<number, PromiseCells[]>;
}

/** Whether a name is meant by what was typed: by its start, or in letters by the start of its pinyin or initials. */
export function meant(text: string): (name: string, pinyin: string, initials: string) => boolean {
  const start = text.toLowerCase().replace(/\s/g, '');
  return /^[\x20-\x7e]+$/.test(text)
    ? (_, pinyin, initials) => pinyin.startsWith(start) || initials.startsWith(start)
    : (name) => name.startsWith(start);
}

/**
 * What a phone holds, in memory: the parts as they came, and an index of where each household stands. Nothing is
 * unpacked before it is looked at, so that opening the room at 5,000 households costs milliseconds.
 */
export class Store {
  readonly #where = new Map<string, readonly [Indexed, number]>();
  readonly #visits = new Map<string, string>();

  get size(): number {
    return this.#where.size;
  }
  has(id: string): boolean {
    return this.#where.has(id);
  }
  ids(): IterableIterator<string> {
    return this.#where.keys();
  }

  /** Takes a part in; a household it brings stands in place of the one held. @returns the households it brought */
  apply(part: Part): string[] {
    const count = part.n.length;
    const first = new Int32Array(count);
    for (let i = 1; i < count; i++) first[i] = first[i - 1]! + part.n[i - 1]!;
    const indexed: Indexed = {
      part,
      first,
      needs: by(part.needs),
      standing: new Map(part.standing.map((row) => [row[0], row])),
      visits: by(part.visits),
      promises: by(part.promises),
    };
    const ids: string[] = [];
    for (let i = 0; i < count; i++) {
      const id = idAt(part.id, i);
      ids.push(id);
      this.#where.set(id, [indexed, i]);
    }
    for (const visit of part.visits) this.#visits.set(visit[1], ids[visit[0]]!);
    return ids;
  }

  forget(ids: Iterable<string>): void {
    for (const id of ids) this.#where.delete(id);
  }

  clear(): void {
    this.#where.clear();
    this.#visits.clear();
  }

  /** Which household a visit was to, as far as it is held. */
  householdOfVisit(visit: string): string | undefined {
    const id = this.#visits.get(visit);
    return id !== undefined && this.has(id) ? id : undefined;
  }

  find(id: string): Held | undefined {
    const at = this.#where.get(id);
    if (at === undefined) return undefined;
    const [{ part, first, needs, standing, visits, promises }, i] = at;
    const stand = standing.get(i);
    return {
      id,
      head: part.head[i]!,
      address: part.address[i]!,
      village: part.village[i]!,
      grid: part.grid[i]!,
      chain: part.chains[part.chain[i]!]!,
      contact: part.contact[i]!,
      version: part.version[i]!,
      residents: Array.from({ length: part.n[i]! }, (_, n) => {
        const k = first[i]! + n;
        return {
          id: idAt(part.rid, k),
          name: part.rname[k]!,
          relation: part.rrelation[k]!,
          bornYear: part.rborn[k]!,
          hasPhone: part.rphone[k] === 1,
          needs: (needs.get(k) ?? []).map(([, what, need, until]) => ({ what, need, until })),
        };
      }),
      standing:
        stand === undefined
          ? undefined
          : { lastMet: stand[1], tries: stand[2], lastTry: stand[3], revisitBy: stand[4], trier: stand[5] },
      visits: visits.get(i) ?? [],
      promises: promises.get(i) ?? [],
    };
  }

  /** Every household held. */
  *all(): Generator<Held> {
    for (const id of this.#where.keys()) yield this.find(id)!;
  }

  /** What a list needs of every household, without unpacking more. */
  *lines(): Generator<Line> {
    for (const [id, [{ part, first, needs, standing, promises }, i]] of this.#where) {
      const stand = standing.get(i);
      const asked: string[] = [];
      let eldest: number | null = null;
      const until = first[i]! + part.n[i]!;
      for (let k = first[i]!; k < until; k++) {
        const born = part.rborn[k]!;
        if (born !== null && (eldest === null || born < eldest)) eldest = born;
        if (needs.size === 0) continue;
        for (const [, what, need, last] of needs.get(k) ?? []) if (what === 'needs') asked.push(`${last} ${need}`);
      }
      yield {
        id,
        head: part.head[i]!,
        address: part.address[i]!,
        village: part.village[i]!,
        grid: part.grid[i]!,
        contact: part.contact[i]!,
        residents: part.n[i]!,
        eldestBorn: eldest,
        asked,
        lastMet: stand?.[1] ?? null,
        tries: stand?.[2] ?? 0,
        lastTry: stand?.[3] ?? null,
        revisitBy: stand?.[4] ?? null,
        trier: stand?.[5] ?? null,
        promises: promises.get(i) ?? [],
      };
    }
  }

  /**
   * Households by a name, its pinyin or initials, or a piece of the address; in the order of the heads' pinyin.
   * @param text as typed
   */
  search(text: string, limit: number): string[] {
    const isMeant = meant(text);
    const found: (readonly [string, string])[] = [];
    for (const [id, [{ part, first }, i]] of this.#where) {
      let hit = text === '' || part.address[i]!.includes(text);
      const until = first[i]! + part.n[i]!;
      for (let k = first[i]!; !hit && k < until; k++)
        hit = isMeant(part.rname[k]!, part.rpinyin[k]!, part.rinitials[k]!);
      if (hit) found.push([part.pinyin[i]!, id]);
    }
    return found
      .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : 1))
      .slice(0, limit)
      .map(([, id]) => id);
  }

  /** Everything held, packed anew: what was replaced or forgotten is not in it. */
  repacked(size = 1_000): Part[] {
    const ids = [...this.#where.keys()];
    const parts: Part[] = [];
    for (let at = 0; at < ids.length; at += size) parts.push(this.#pack(ids.slice(at, at + size)));
    return parts;
  }

  #pack(ids: readonly string[]): Part {
    const rows = ids.map((id) => this.#where.get(id)!);
    const chains = [...new Set(rows.map(([{ part }, i]) => JSON.stringify(part.chains[part.chain[i]!])))];
    const column = <K extends keyof Part>(name: K) =>
      rows.map(([{ part }, i]) => (part[name] as readonly unknown[])[i]) as unknown as Part[K];
    const places = rows.flatMap(([at, i]) =>
      Array.from({ length: at.part.n[i]! }, (_, n) => [at, at.first[i]! + n] as const),
    );
    const resident = <K extends keyof Part>(name: K) =>
      places.map(([{ part }, k]) => (part[name] as readonly unknown[])[k]) as unknown as Part[K];
    const moved = <R extends readonly [number, ...unknown[]]>(of: (at: Indexed, i: number) => readonly R[]) =>
      rows.flatMap(([at, i], to) => of(at, i).map(([, ...rest]) => [to, ...rest] as unknown as R));
    return {
      id: hexOf(ids),
      head: column('head'),
      address: column('address'),
      village: column('village'),
      grid: column('grid'),
      chain: rows.map(([{ part }, i]) => chains.indexOf(JSON.stringify(part.chains[part.chain[i]!]))),
      chains: chains.map((chain) => JSON.parse(chain) as string[]),
      contact: column('contact'),
      pinyin: column('pinyin'),
      initials: column('initials'),
      version: column('version'),
      n: column('n'),
      rid: places.map(([{ part }, k]) => part.rid.slice(k * 32, k * 32 + 32)).join(''),
      rname: resident('rname'),
      rrelation: resident('rrelation'),
      rborn: resident('rborn'),
      rphone: resident('rphone'),
      rpinyin: resident('rpinyin'),
      rinitials: resident('rinitials'),
      needs: places.flatMap(([at, k], to) => (at.needs.get(k) ?? []).map(([, ...rest]) => [to, ...rest] as const)),
      standing: moved((at, i) => (at.standing.has(i) ? [at.standing.get(i)!] : [])),
      visits: moved((at, i) => at.visits.get(i) ?? []),
      promises: moved((at, i) => at.promises.get(i) ?? []),
    };
  }

  /** Visits of one household, newest first, without unpacking the rest of its file. */
  recentVisits(id: string): readonly VisitCells[] {
    const at = this.#where.get(id);
    return at === undefined ? [] : (at[0].visits.get(at[1]) ?? []);
  }

  /** Every visit held, with its household. */
  *visits(): Generator<readonly [string, VisitCells]> {
    for (const [id, [{ visits }, i]] of this.#where) for (const visit of visits.get(i) ?? []) yield [id, visit];
  }
}

export interface Line extends Standing {
  readonly id: string;
  readonly head: string;
  readonly address: string;
  readonly village: string | null;
  readonly grid: string | null;
  readonly contact: string | null;
  readonly residents: number;
  readonly eldestBorn: number | null;
  /** `last day, blank, service`. */
  readonly asked: readonly string[];
  readonly promises: readonly PromiseCells[];
}

function by<R extends readonly [number, ...unknown[]]>(rows: readonly R[]): Map<number, R[]> {
  const found = new Map<number, R[]>();
  for (const row of rows) {
    const kept = found.get(row[0]);
    if (kept === undefined) found.set(row[0], [row]);
    else kept.push(row);
  }
  return found;
}
