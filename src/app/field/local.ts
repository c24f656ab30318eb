import { may } from '../../access/access.ts';
import type { Actor } from '../../access/model.ts';
import { dayOf } from '../../calendar/days.ts';
import type { Calendar } from '../../calendar/model.ts';
import { isRefusal } from '../../ledger/decider.ts';
import { type Look, reasonOf } from '../../matters/looks.ts';
import { listItem } from '../../matters/present.ts';
import type { MatterRow } from '../../matters/tables.ts';
import { type ResidentsPolicy } from '../../residents/model.ts';
import type { Phone } from '../../sync/phone.ts';
import { type Held, type Line, type Standing, meant } from '../../sync/store.ts';
import { weekOf } from '../../visits/diary-days.ts';
import {
  type Recorded,
  type VisitCommand,
  type VisitFacts,
  type VisitState,
  type VisitsPolicy,
  visitRefusals,
} from '../../visits/model.ts';
import { contactOf, possible, talked, visits } from '../../visits/rules.ts';
import { listFor } from '../../visits/today.ts';
import { type Around, type Carried, decided } from './carried.ts';
import { exceptionsCarried } from '../../duties/field/offline.ts';
import { giftsCarried } from '../../festivals/field/offline.ts';
import { labourCarried } from '../../labour/field/offline.ts';
import { occasionsCarried } from '../../campaigns/field/offline.ts';
import { outreachCarried } from '../../outreach/field/offline.ts';
import { studiesCarried } from '../../studies/field/offline.ts';
import { talksCarried } from '../../talks/field/offline.ts';
import { firstCarried } from '../../visits/field/offline.ts';
import type { Command, Item, Judge } from './outbox.ts';
import { t } from './english.ts';

type Params = Readonly<Record<string, string>>;
type Query = Readonly<Record<string, unknown>>;
type Official = Extract<Actor, { kind: 'official' }>;

/** An answer of the server. */
export interface Kept {
  /** When it came by this phone's clock (ms). */
  readonly at: number;
  /** When it was asked for, by this phone's own count: what was learned before is in it. */
  readonly count: number;
  readonly answer: unknown;
}

const LISTS_MS = 15 * 60_000;
const DETAILS_MS = 12 * 3_600_000;
/**
 * Whether an answer is asked for anew. Details are enough twice a day; one from the future was kept by a clock that was
 * set back since, and its age is not known.
 */
export const isStale = (kept: Kept | undefined, detail: boolean, now: number): boolean =>
  kept === undefined || kept.at > now || now - kept.at >= (detail ? DETAILS_MS : LISTS_MS);

/** Everything that goes along besides households, each by its feature. */
const allCarried: readonly Carried[] = [
  labourCarried,
  talksCarried,
  studiesCarried,
  outreachCarried,
  occasionsCarried,
  exceptionsCarried,
  giftsCarried,
  firstCarried,
];
const answersOf = new Map(allCarried.flatMap(({ answers }) => Object.entries(answers)));

/** What the room says where the rules refuse on the spot. */
const say = visitRefusals as Readonly<Record<string, string>>;
const NO_VOUCHER = { code: '', key: '' };

/** A visit as this phone sees it: what the files say, with what waits here done on top by the same rules. */
interface Seen {
  readonly id: string;
  readonly state: Recorded;
  /** The version the server would have if all that waits is accepted. */
  readonly version: number;
}

/**
 * Answers of the server's routes from the phone's files: the same shapes, the same rules, no network. What is not held
 * is not answered, and the server is asked.
 */
export class Local {
  readonly #phone: Phone;
  readonly #items: () => readonly Item[];
  #seenFor: unknown[] = [];
  #seen = new Map<string, Seen>();
  #touched = new Map<string, string[]>();
  readonly #kept: (path: string) => Kept | undefined;

  /** @param kept the server's last answers by their paths */
  constructor(phone: Phone, items: () => readonly Item[], kept: (path: string) => Kept | undefined = () => undefined) {
    this.#phone = phone;
    this.#items = items;
    this.#kept = kept;
  }

  /** What besides households goes along: paths to have before the line is gone. Details are enough once a day. */
  wanted(): { readonly path: string; readonly detail: boolean }[] {
    if (!this.#phone.complete) return [];
    const around = this.#around;
    return allCarried.flatMap((one) => [
      ...one.paths(around).map((path) => ({ path, detail: false })),
      ...(one.details?.(around) ?? []).map((path) => ({ path, detail: true })),
    ]);
  }

  /** An answer as this phone knows it without a line: the one the server gave last, with what waits here on top. */
  without(address: string, path: string, params: Params): unknown {
    const last = this.#kept(path)?.answer;
    if (!this.#phone.complete) return last;
    if (address === 'GET /api/areas/search') return last ?? this.#areas(path);
    const give = answersOf.get(address);
    return give === undefined ? last : give(last, this.#around, params, path);
  }

  get #around(): Around {
    const { id, unit, name } = this.#actor as Official & { readonly unit?: string; readonly name?: string };
    const at = new Date(this.#now).toISOString();
    return {
      me: id,
      myName: name ?? this.#official(id) ?? '',
      unit: unit ?? id,
      at,
      today: dayOf(at),
      read: <A>(path: string) => this.#kept(path)?.answer as A | undefined,
      waiting: (noun, path) => {
        const known = path === undefined ? undefined : this.#kept(path)?.count;
        return this.#items()
          .filter(
            ({ kind, state, learned = 0 }) =>
              kind.startsWith(`${noun}.`) &&
              state !== 'refused' &&
              // What the last answer knew of is in it.
              (state !== 'accepted' || known === undefined || learned > known),
          )
          .map((item) => ({
            stream: item.stream,
            kind: item.kind,
            data: this.#rightly(item),
            at: this.#instant(item.at),
          }));
      },
      area: (area) => this.#area(area) ?? '',
      festivalHouseholds: () => Object.keys(this.#phone.state.looks?.festival ?? {}),
    };
  }

  /** Villages and groups by name, pinyin or initials, then by any part of the name, where no server looks them up. */
  #areas(path: string): unknown {
    const q = new URLSearchParams(path.split('?')[1]).get('q')?.trim() ?? '';
    const { areas } = this.#phone.state.settings!;
    const isMeant = meant(q);
    const found = Object.entries(areas).flatMap(([id, [name, level, parent, pinyin, initials]]) => {
      if (q === '' || (level !== 'village' && level !== 'grid') || pinyin === null || initials === null) return [];
      const place = isMeant(name, pinyin ?? '', initials ?? '') ? 0 : name.includes(q) ? 1 : undefined;
      if (place === undefined) return [];
      const above: string[] = [];
      for (let up = areas[parent ?? '']; up !== undefined; up = areas[up[2] ?? '']) above.unshift(up[0]);
      return [{ place, id, name, within: above.join(' / ') }];
    });
    return {
      areas: found
        .sort((a, b) => a.place - b.place || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
        .slice(0, 20)
        .map(({ id, name, within }) => ({ id, name, within })),
    };
  }

  readonly answer = (address: string, params: Params, query: Query): unknown => {
    if (!this.#phone.complete) return undefined;
    const give = this.#answers[address];
    return give?.(params, query);
  };

  /** The rules' own answer, at once; for kinds whose rules need more than a phone holds nothing speaks against it. */
  readonly judge: Judge = (given) => {
    const { kind, stream } = given;
    if (!this.#phone.complete) return undefined;
    if (!kind.startsWith('visit.')) return this.#judgeCarried(given);
    const command = { kind, ...this.#rightly(given) } as VisitCommand;
    // Only the server knows the code that the household was shown.
    if (command.kind === 'visit.countersign' && command.means === 'code') return undefined;
    const state: VisitState = this.#visit(stream)?.state ?? { status: 'none' };
    const household =
      command.kind === 'visit.record' ? command.household : state.status === 'none' ? undefined : state.household;
    const held = household === undefined ? undefined : this.#phone.store.find(household);
    // A household of somebody else's, or a visit older than what is held: the server decides.
    if (held === undefined) return undefined;
    const verdict = decided(() => visits.decide(state, command, this.#facts(stream, held)));
    if (verdict === undefined || !isRefusal(verdict)) return undefined;
    const { refused, field } = verdict;
    return { refused, why: say[refused] ?? refused, ...(field === undefined ? {} : { field }) };
  };

  #judgeCarried(given: Command): ReturnType<Judge> {
    const { kind, stream } = given;
    const carried = allCarried.find(({ nouns }) => nouns.includes(kind.slice(0, kind.indexOf('.'))));
    if (carried === undefined) return undefined;
    const around = this.#around;
    const no = decided(() => carried.judge({ kind, stream, data: this.#rightly(given), at: around.at }, around) ?? []);
    if (no === undefined || !isRefusal(no)) return undefined;
    const { refused, field } = no;
    return { refused, why: carried.sentences[refused] ?? refused, ...(field === undefined ? {} : { field }) };
  }

  readonly #answers: Readonly<Record<string, (params: Params, query: Query) => unknown>> = {
    'GET /api/visits/today': () => this.#today(),
    'GET /api/diary': (_, query) => this.#diary(query as { from?: string; to?: string }),
    'GET /api/visits/:id': ({ id }) => this.#entry(id!),
    'GET /api/households/:id': ({ id }) => this.#file(id!),
    'GET /api/households/:id/visits': ({ id }) => this.#visitsOf(id!),
    'GET /api/households': (_, query) => this.#find(query),
    'GET /api/matters': (_, query) => this.#matters(query),
  };

  get #now(): number {
    return this.#phone.now();
  }
  /** An instant that this phone's clock wrote, by the server's clock, as the server will put it. */
  #instant(written: string): string {
    const { ahead } = this.#phone.state;
    return ahead === 0 ? written : new Date(Date.parse(written) - ahead).toISOString();
  }
  #rightly({ data, clocked = [] }: Pick<Command, 'clocked'> & { readonly data: object }): Record<string, unknown> {
    const given = { ...data } as Record<string, unknown>;
    for (const field of clocked) if (typeof given[field] === 'string') given[field] = this.#instant(given[field]);
    return given;
  }
  get #actor(): Official {
    return this.#phone.state.settings!.actor as Official;
  }
  #policy<T>(name: string): T {
    return this.#phone.state.settings!.policies[name] as T;
  }
  #official(id: string | null): string | null {
    return id === null ? null : (this.#phone.state.settings!.officials[id] ?? null);
  }
  #area(id: string | null): string | null {
    return id === null ? null : (this.#phone.state.settings!.areas[id]?.[0] ?? null);
  }

  #facts(visit: string, household: Held | undefined): VisitFacts {
    return {
      actor: this.#actor.id,
      at: new Date(this.#now).toISOString(),
      household,
      revisitDays: this.#policy<VisitsPolicy>('visits').revisitDays,
      voucher: NO_VOUCHER,
      visit,
      // Whose name it is the phone cannot know; the server looks.
      proxyWorksHere: false,
    };
  }

  /** Visits that something waiting here began or changed. Worked out again when the waiting things or the files changed. */
  #changed(): ReadonlyMap<string, Seen> {
    const open = this.#items().filter(
      (item) => item.kind.startsWith('visit.') && item.state !== 'refused' && item.confirmed === undefined,
    );
    const basis = [this.#phone.state, ...open.flatMap(({ id, state }) => [id, state])];
    if (basis.length === this.#seenFor.length && basis.every((b, i) => b === this.#seenFor[i])) return this.#seen;
    this.#seenFor = basis;
    this.#seen = new Map();
    this.#touched = new Map();
    for (const item of open) {
      const before = this.#seen.get(item.stream) ?? this.#fromFiles(item.stream);
      const state: VisitState = before?.state ?? { status: 'none' };
      const command = { kind: item.kind, ...this.#rightly(item) } as unknown as VisitCommand;
      const at = this.#instant(item.at);
      const id = command.kind === 'visit.record' ? command.household : before?.state.household;
      const facts = {
        ...this.#facts(item.stream, id === undefined ? undefined : this.#phone.store.find(id)),
        at,
      };
      const events = decided(() => visits.decide(state, command, facts));
      if (events === undefined || isRefusal(events)) continue;
      let version = before?.version ?? 0;
      let next = state;
      for (const event of events) {
        version += 1;
        next = visits.evolve(next, event, { actor: facts.actor, at, version });
      }
      if (next.status === 'none') continue;
      this.#seen.set(item.stream, { id: item.stream, state: next, version });
    }
    for (const [visit, { state }] of this.#seen)
      this.#touched.set(state.household, [...(this.#touched.get(state.household) ?? []), visit]);
    return this.#seen;
  }

  #visit(id: string): Seen | undefined {
    return this.#changed().get(id) ?? this.#fromFiles(id);
  }

  /** A visit of the files as the rules know one. */
  #fromFiles(id: string): Seen | undefined {
    const household = this.#phone.store.householdOfVisit(id);
    const held = household === undefined ? undefined : this.#phone.store.find(household);
    const cells = held?.visits.find((visit) => visit[1] === id);
    return held === undefined || cells === undefined ? undefined : seenOf(held, cells);
  }

  /** All visits of a household, newest first, with what waits here. */
  #allOf(held: Held): Seen[] {
    const changed = this.#changed();
    const here = (this.#touched.get(held.id) ?? []).map((id) => changed.get(id)!);
    const ids = new Set(here.map((v) => v.id));
    return [...here, ...held.visits.filter((cells) => !ids.has(cells[1])).map((cells) => seenOf(held, cells))].sort(
      (a, b) => (a.state.metAt < b.state.metAt ? 1 : a.state.metAt > b.state.metAt ? -1 : a.id < b.id ? -1 : 1),
    );
  }

  #today() {
    const today = dayOf(new Date(this.#now).toISOString());
    const me = this.#actor.id;
    const { bound } = this.#phone.state.settings!;
    const areas = new Set(bound.flatMap((b) => b.area ?? []));
    const homes = new Set(bound.flatMap((b) => b.household ?? []));
    const reasons = this.#reasons();
    const { looks } = this.#phone.state;
    this.#changed();
    const month = `${today.slice(0, 7)}-01`;
    let gone = 0;
    let met = 0;
    let all = 0;
    const candidates = [];
    for (const line of this.#phone.store.lines()) {
      const own =
        line.contact === me ||
        homes.has(line.id) ||
        (line.village !== null && areas.has(line.village)) ||
        (line.grid !== null && areas.has(line.grid));
      const touched = this.#touched.get(line.id) ?? [];
      const promises = this.#promisesOf(line.promises, touched).filter((p) => p.keptOn === null);
      if (!own && !promises.some((p) => p.official === me)) continue;
      const { lastMet, tries, lastTry, revisitBy, trier } = this.#standing(line, touched);
      const wentToday = this.#wentToday(line.id, touched, today, me);
      if (wentToday) gone += 1;
      if (own) {
        all += 1;
        if (lastMet !== null && lastMet >= month) met += 1;
      }
      candidates.push({
        household: line.id,
        head: line.head,
        address: line.address,
        village: this.#area(line.village),
        grid: this.#area(line.grid),
        residents: line.residents,
        eldestBorn: line.eldestBorn,
        needs: [...new Set(line.asked.flatMap((a) => (a.slice(0, 10) >= today ? [a.slice(11)] : [])))].sort(),
        lastMet,
        tries,
        lastTry,
        trier: trier === null || trier === me ? null : (this.#official(trier) ?? t('前任')),
        revisitBy,
        promises: promises.map((p) => ({
          what: p.what,
          due: p.due,
          giver: p.official === me ? null : (this.#official(p.official) ?? t('前任')),
        })),
        reasons: [...(reasons.get(line.id) ?? []), ...(looks?.reasons[line.id] ?? [])],
        festival: looks?.festival[line.id] ?? [],
      });
    }
    const { services } = this.#policy<ResidentsPolicy>('residents');
    const rows = listFor(
      candidates,
      today,
      this.#policy<VisitsPolicy>('visits'),
      new Map(services.map((s) => [s.name, s.weight])),
      gone,
    );
    return { day: today, rows, progress: { toGo: rows.length, gone, month: { met, all } } };
  }

  /**
   * When a household was last met and how often nobody was at home since, with what waits here done on top. By instants,
   * as the server counts: at noon somebody may be met where nobody was at ten.
   */
  #standing(line: Line, touched: readonly string[]): Standing {
    if (touched.length === 0) return line;
    const here = new Set(touched);
    const carried = this.#phone.store
      .recentVisits(line.id)
      .map(([, id, official, contact, metAt, , , , , , , revisitBy]) => ({
        id,
        official,
        contact,
        at: new Date(metAt).toISOString(),
        revisitBy,
      }));
    const waiting = touched.map((id) => {
      const { state } = this.#seen.get(id)!;
      const { official, metAt, revisitBy } = state;
      return { id, official, contact: contactOf(state) as string, at: metAt, revisitBy: revisitBy ?? null };
    });
    const inTime = (a: { at: string; id: string }, b: { at: string; id: string }): number =>
      a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1;
    const known = [...carried.filter(({ id }) => !here.has(id)), ...waiting].sort(inTime);
    // Of what was before the days carried only the day and the number are known: nothing is sooner than its end.
    const earliest = line.lastMet === null ? '' : `${line.lastMet}T15:59:59.999Z`;
    const met = (of: typeof known): string => of.findLast(({ contact }) => contact === 'met')?.at ?? earliest;
    const missed = (of: typeof known, since: string): typeof known =>
      of.filter(({ contact, at }) => contact === 'not-at-home' && at > since);
    carried.sort(inTime);
    const lastMetAt = met(known);
    const day = lastMetAt === '' ? null : dayOf(lastMetAt);
    const lastMet = line.lastMet !== null && day !== null && line.lastMet > day ? line.lastMet : day;
    const metCarried = met(carried);
    const before = lastMetAt === metCarried ? line.tries - missed(carried, metCarried).length : 0;
    const tries = missed(known, lastMetAt);
    const last = tries.at(-1);
    if (last === undefined)
      return before > 0 ? { ...line, lastMet } : { lastMet, tries: 0, lastTry: null, revisitBy: null, trier: null };
    return {
      lastMet,
      tries: before + tries.length,
      lastTry: dayOf(last.at),
      revisitBy: last.revisitBy,
      trier: last.official,
    };
  }

  #wentToday(household: string, touched: readonly string[], today: string, me: string): boolean {
    const went = (state: { official: string; contact: string; metAt: string }): boolean =>
      state.official === me &&
      (state.contact === 'met' || state.contact === 'not-at-home') &&
      dayOf(state.metAt) === today;
    if (touched.some((visit) => went(this.#seen.get(visit)!.state))) return true;
    return this.#phone.store
      .recentVisits(household)
      .some(([, , official, contact, metAt]) => went({ official, contact, metAt }));
  }

  /** Promises to a household, with what waits here: made on visits that wait, kept by commands that wait. */
  #promisesOf(cells: Held['promises'], touched: readonly string[]) {
    const here = new Set(touched);
    return [
      ...cells
        .filter(([, visit]) => !here.has(visit) || !this.#isWhole(visit))
        .map(([, visit, place, official, what, madeOn, due, keptOn, late, told]) => ({
          visit,
          place,
          official,
          what,
          madeOn,
          due,
          keptOn,
          late,
          told: told ?? null,
        })),
      ...touched
        .filter((visit) => this.#isWhole(visit))
        .flatMap((visit) => {
          const { state } = this.#seen.get(visit)!;
          return state.promises.map(({ what, by, kept, told }, place) => ({
            visit,
            place,
            official: state.official,
            what,
            madeOn: dayOf(state.metAt),
            due: by,
            keptOn: kept === undefined ? null : dayOf(kept.at),
            late: kept?.late ?? null,
            told: told.at(-1)?.why ?? null,
          }));
        }),
    ].sort((a, b) => (a.due === b.due ? byPlace(a, b) : a.due < b.due ? -1 : 1));
  }

  #isWhole(visit: string): boolean {
    return this.#seen.has(visit);
  }

  #reasons(): Map<string, string[]> {
    const calendar = this.#policy<Calendar>('calendar');
    const now = new Date(this.#now).toISOString();
    const found = new Map<string, string[]>();
    for (const row of this.#phone.state.matters as unknown as MatterRow[]) {
      if (row.household === null) continue;
      const reason = reasonOf(row as unknown as Look, now, calendar);
      if (reason !== undefined) found.set(row.household, [...(found.get(row.household) ?? []), reason]);
    }
    return found;
  }

  #diary(query: { from?: string; to?: string }) {
    const today = dayOf(new Date(this.#now).toISOString());
    const to = query.to ?? today;
    const from = query.from ?? weekOf(to).from;
    // Older than what the phone carries: the server is asked.
    if (from < this.#since()) return undefined;
    // Visits to households that are no longer carried are known to the server alone.
    const waits = this.#items().some(
      (item) => item.kind.startsWith('visit.') && item.confirmed === undefined && item.state !== 'refused',
    );
    if (this.online() && !waits) return undefined;
    const me = this.#actor.id;
    const changed = this.#changed();
    const entries: { day: string; seen: Seen }[] = [];
    const add = (seen: Seen): void => {
      const day = dayOf(seen.state.metAt);
      if (seen.state.official === me && day >= from && day <= to) entries.push({ day, seen });
    };
    for (const seen of changed.values()) add(seen);
    for (const [household, cells] of this.#phone.store.visits()) {
      if (cells[2] !== me || changed.has(cells[1])) continue;
      add(seenOf(this.#phone.store.find(household)!, cells));
    }
    entries.sort((a, b) =>
      a.seen.state.metAt < b.seen.state.metAt
        ? -1
        : a.seen.state.metAt > b.seen.state.metAt
          ? 1
          : a.seen.id < b.seen.id
            ? -1
            : 1,
    );
    return {
      from,
      to,
      days: [...Map.groupBy(entries, (e) => e.day)].map(([day, of]) => ({
        day,
        entries: of.map(({ seen: { id, state } }) => {
          const held = this.#phone.store.find(state.household);
          return {
            id,
            household: state.household,
            head: held?.head ?? '',
            address: held?.address ?? '',
            contact: contactOf(state),
            metAt: state.metAt,
            note: state.note,
            status: statusOf(state),
            needs: state.needs.length,
          };
        }),
      })),
    };
  }

  /** First day of which every visit is carried. */
  #since(): string {
    const { historyDays } = this.#policy<{ historyDays: number }>('sync');
    return dayOf(new Date((this.#phone.state.contactAt ?? 0) - (historyDays - 1) * 86_400_000).toISOString());
  }

  #entry(id: string) {
    const seen = this.#visit(id);
    // What a signature's words or a need's were is not carried for visits the server has: it is asked, and only
    // without a line does the phone say what it knows.
    if (seen === undefined) return undefined;
    const held = this.#phone.store.find(seen.state.household);
    const waits = this.#items().some(
      (item) => item.stream === id && item.confirmed === undefined && item.state !== 'refused',
    );
    if (
      held === undefined ||
      (!waits && this.online() && (seen.state.needs.length > 0 || seen.state.answer.said !== 'nothing'))
    )
      return undefined;
    const { state, version } = seen;
    const names = new Map(held.residents.map((r) => [r.id, r.name]));
    const { answer } = state;
    const by =
      answer.said === 'nothing' ? undefined : { by: answer.by, name: names.get(answer.by) ?? null, at: answer.at };
    const reach = { areas: state.chain, officials: [state.official, ...(held.contact === null ? [] : [held.contact])] };
    return {
      id,
      version,
      household: state.household,
      head: held.head,
      official: state.official,
      contact: contactOf(state),
      metAt: state.metAt,
      recordedAt: state.recordedAt,
      note: state.note,
      corrections: state.corrections,
      withWhom: state.withWhom.map((person) => ({ id: person, name: names.get(person) ?? null })),
      needs: state.needs.map(({ words, category, resident }) => ({
        words,
        category: category ?? null,
        resident: resident ?? null,
      })),
      withdrawn: state.withdrawn ?? null,
      promises: state.promises.map(({ what, by: due, kept, told }) => ({
        what,
        by: due,
        told: told.map(({ on, why }) => ({ on, why })),
        kept: kept === undefined ? null : { at: kept.at, how: kept.how, late: kept.late },
      })),
      revisitBy: state.revisitBy ?? null,
      answer:
        answer.said === 'nothing'
          ? { said: answer.said }
          : answer.said === 'signed'
            ? { said: answer.said, ...by!, means: answer.means, comment: answer.comment, proxy: answer.proxy ?? null }
            : { said: answer.said, ...by!, reason: answer.reason },
      can: possible(state, this.#actor.id).filter((action) => may(this.#actor, action, reach)),
    };
  }

  /** Whether there was a line a moment ago; set by the room. */
  online: () => boolean = () => true;
  /** Files opened here, to be told at the next contact: household → instant. */
  readonly opened = new Map<string, string>();

  #file(id: string) {
    const held = this.#phone.store.find(id);
    if (held === undefined) return undefined;
    const now = new Date(this.#now).toISOString();
    const today = dayOf(now);
    this.opened.set(id, now);
    const { areas } = this.#phone.state.settings!;
    const reach = { areas: held.chain, officials: held.contact === null ? [] : [held.contact] };
    return {
      id,
      version: held.version,
      head: held.head,
      address: held.address,
      path: held.chain.flatMap((area) => {
        const named = areas[area];
        return named === undefined ? [] : [{ id: area, name: named[0], level: named[1] }];
      }),
      contact:
        held.contact === null
          ? null
          : { id: held.contact, name: this.#official(held.contact) ?? '', title: '', phone: '' },
      moved: false,
      residents: held.residents.map((r) => ({
        id: r.id,
        name: r.name,
        relation: r.relation,
        bornYear: r.bornYear,
        hasPhone: r.hasPhone,
        consents: [
          ...Map.groupBy(
            r.needs.filter((n) => n.until >= today),
            (n) => `${n.what} ${n.until}`,
          ),
        ].map(([, of]) => ({
          what: of[0]!.what,
          needs: of.flatMap((n) => (n.need === '' ? [] : [n.need])),
          until: of[0]!.until,
        })),
      })),
      can: (
        [
          'household.amend',
          'household.contact',
          'resident.add',
          'resident.amend',
          'resident.leave',
          'resident.consent',
        ] as const
      ).filter((action) => may(this.#actor, action, reach)),
    };
  }

  #visitsOf(id: string) {
    const held = this.#phone.store.find(id);
    if (held === undefined) return undefined;
    const today = dayOf(new Date(this.#now).toISOString());
    const all = this.#allOf(held);
    const promises = this.#promisesOf(held.promises, this.#touched.get(id) ?? []);
    const open = promises.filter((p) => p.keptOn === null);
    const kept = promises
      .filter((p) => p.keptOn !== null)
      .sort((a, b) => (a.keptOn === b.keptOn ? byPlace(a, b) : a.keptOn! < b.keptOn! ? 1 : -1));
    const reach = { areas: held.chain, officials: held.contact === null ? [] : [held.contact] };
    return {
      promises: [...open, ...kept].map((p) => ({
        visit: p.visit,
        promise: p.place,
        what: p.what,
        by: p.due,
        madeOn: p.madeOn,
        official: this.#official(p.official),
        keptOn: p.keptOn,
        late: p.late ?? p.due < today,
        told: p.told,
      })),
      visits: all.map(({ id: visit, state }) => ({
        id: visit,
        official: state.official,
        officialName: this.#official(state.official),
        contact: contactOf(state),
        metAt: state.metAt,
        note: state.note,
        status: statusOf(state),
        needs: state.needs.length,
        revisitBy: state.revisitBy ?? null,
      })),
      can: may(this.#actor, 'visit.record', reach) ? ['visit.record'] : [],
    };
  }

  #find(query: Query) {
    const { q = '', limit = 50, ...rest } = query as { q?: string; limit?: number };
    // A whole telephone number is looked up by its print, which only the server can make.
    if (Object.values(rest).some((v) => v !== undefined) || /^[\d-]{7,}$/.test(q)) return undefined;
    const today = dayOf(new Date(this.#now).toISOString());
    const ids = this.#phone.store.search(q, limit + 1);
    return {
      households: ids.slice(0, limit).map((id) => {
        const held = this.#phone.store.find(id)!;
        return {
          id,
          head: held.head,
          address: held.address,
          village: held.village,
          villageName: this.#area(held.village),
          gridName: this.#area(held.grid),
          residents: held.residents.length,
          needs: [
            ...new Set(
              held.residents.flatMap((r) =>
                r.needs.flatMap((n) => (n.what === 'needs' && n.until >= today ? [n.need] : [])),
              ),
            ),
          ].sort(),
          contact: held.contact,
          contactName: this.#official(held.contact),
        };
      }),
      more: ids.length > limit,
    };
  }

  #matters(query: Query) {
    const { when, household, mine, size, ...rest } = query as {
      when?: string;
      household?: string;
      mine?: string;
      size?: number;
    };
    if (
      when !== 'open' ||
      Object.values(rest).some((v) => v !== undefined) ||
      (mine !== undefined && mine !== 'official')
    )
      return undefined;
    const rows = (this.#phone.state.matters as unknown as MatterRow[]).filter(
      (row) =>
        (household === undefined || row.household === household) &&
        (mine === undefined || row.official === this.#actor.id),
    );
    const { areas, units, officials } = this.#phone.state.settings!;
    const names = {
      of: (id: string | null | undefined) => (id == null ? undefined : (areas[id]?.[0] ?? units[id] ?? officials[id])),
    };
    const now = new Date(this.#now).toISOString();
    const shown = rows.slice(0, size ?? 20);
    return {
      matters: shown.map((row) => listItem(row, names, now, this.#policy<Calendar>('calendar'))),
      ...(rows.length > shown.length ? { next: 'more' } : {}),
    };
  }
}

/** The order the server gives what is of one day: by visit and place in it. */
const byPlace = (a: { visit: string; place: number }, b: { visit: string; place: number }): number =>
  a.visit === b.visit ? a.place - b.place : a.visit < b.visit ? -1 : 1;

const statusOf = (state: Recorded): string =>
  state.withdrawn !== undefined || !talked(state.contact)
    ? 'silent'
    : state.answer.said === 'nothing'
      ? 'unsigned'
      : state.answer.said;

function seenOf(held: Held, cells: Held['visits'][number]): Seen {
  const [, id, official, contact, metAt, note, status, means, answeredAt, corrections, needs, revisitBy, version] =
    cells;
  const at = new Date(metAt).toISOString();
  const answered = answeredAt === null ? at : new Date(answeredAt).toISOString();
  return {
    id,
    version,
    state: {
      status: 'recorded',
      household: held.id,
      chain: held.chain,
      official,
      // Which contact it was before it was withdrawn only the server keeps; it counts as none.
      contact: contact === 'withdrawn' ? 'leaflet' : (contact as Recorded['contact']),
      metAt: at,
      recordedAt: at,
      note,
      corrections,
      withWhom: [],
      needs: Array.from({ length: needs }, () => ({
        words: t('（内容有网时可看）'),
        category: undefined,
        resident: undefined,
      })),
      explained: [],
      promises: held.promises
        .filter(([, visit]) => visit === id)
        .sort((a, b) => a[2] - b[2])
        .map(([, , , by, what, madeOn, due, keptOn, late, why]) => ({
          what,
          by: due,
          kept:
            keptOn === null ? undefined : { at: `${keptOn}T04:00:00.000Z`, official: by, how: '', late: late ?? false },
          // The last of what was said; on which day only the server keeps.
          told: why == null ? [] : [{ on: madeOn, why }],
        })),
      revisitBy: revisitBy ?? undefined,
      answer:
        status === 'signed'
          ? {
              said: 'signed',
              by: '',
              at: answered,
              means: (means === null || means === 'proxy' ? 'signature' : means) as 'signature',
              comment: '',
              proxy: undefined,
            }
          : status === 'declined'
            ? { said: 'declined', by: '', at: answered, reason: '' }
            : { said: 'nothing' },
      voucher: undefined,
      vouchedAt: at,
      misses: 0,
      withdrawn: contact === 'withdrawn' ? { at: answered, reason: '' } : undefined,
    },
  };
}
