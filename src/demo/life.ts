/**
 * A township's year, day by day: visits by its field officials, the needs they bring home, and the
 * matters that come by other ways. Days follow each other, so little more than one is ever in memory.
 */
import { caretakerOf, isLeft } from './assignments.ts';
import { chooseStory } from './choose.ts';
import { MINUTE, at, dateOf, daysToNewYear, isHoliday, iso, monthOf, weekday } from './days.ts';
import { fill, remembering } from './fill.ts';
import type { Township } from './geography.ts';
import { type HouseholdContext, type ToldHousehold, gridOf, householdAt } from './households.ts';
import { callOf, speakerOf, tellMatter } from './matters.ts';
import type { Channel, Countersign, Happening, MatterStory, Official, VisitHappening } from './model.ts';
import type { Organisation } from './organisation.ts';
import { Random } from './random.ts';
import * as words from './words/visits.ts';

export interface LifeContext extends HouseholdContext {
  readonly untilDay: number;
  readonly until: number;
  readonly organisation: Organisation;
}

/** Wished for: 2.5 visits to a household and 0.275 matters beside the needs of visits, a year. */
const VISITS_A_DAY = 2.5 / 365;
const MATTERS_A_DAY = 0.262 / 365;
const NEED = 0.078;

const CHANNELS: readonly (readonly [Channel, number])[] = [
  ['phone', 38],
  ['web', 14],
  ['card', 8],
  ['letter', 3],
  ['hall', 12],
  ['mailbox', 7],
  ['box', 2],
  ['deputy', 4],
  ['media', 5],
  ['board', 5],
  ['superior', 2],
];

/** How busy a day is at doors; about 1 on average over the year. */
const busyAtDoors = (day: number): number => {
  if (isHoliday(day)) return 0.12;
  const left = daysToNewYear(day);
  const season =
    left > 1 && left <= 18 ? 1.7 : [0, 0.9, 0.9, 1.05, 1.05, 0.95, 1.1, 1.1, 0.9, 1, 0.95, 1.1, 1.05][monthOf(day)];
  return (season as number) * ([0.3, 1.1, 1.4, 1.4, 1.3, 1.1, 0.4][weekday(day)] as number);
};

/** How busy a day is at the desk. */
const busyAtDesk = (day: number): number => {
  if (isHoliday(day)) return 0.45;
  const left = daysToNewYear(day);
  const season =
    left > 1 && left <= 45 ? 1.35 : [0, 1, 0.9, 0.95, 1, 0.95, 1.1, 1.2, 1.1, 1, 0.9, 1.05, 1.05][monthOf(day)];
  return (season as number) * ([0.5, 1.35, 1.2, 1.15, 1.1, 1.1, 0.6][weekday(day)] as number);
};

const inSeason = ({ months }: { readonly months?: readonly number[] }, month: number): boolean =>
  months?.includes(month) !== false;

/** For how many days a later visit still takes up what an earlier one left. */
const REMEMBERED = { always: 220, season: 75 } as const;

/** What is remembered of a household from visit to visit. */
interface Memory {
  lastDay: number;
  talk: number;
  /** Day of a promised second try after nobody was at home; 0 when none is owed. */
  revisit: number;
  need?: { readonly subject: string; readonly doneAt: number | undefined };
}

export class TownshipLife {
  readonly #context: LifeContext;
  readonly #township: Township;
  readonly #memory = new Map<number, Memory>();
  /** Each field official with the numbers of the households in their care. */
  readonly #rounds: readonly (readonly [Official, readonly number[]])[];

  constructor(context: LifeContext, township: Township) {
    this.#context = context;
    this.#township = township;
    const rounds = new Map<Official, number[]>();
    for (const grid of township.grids) {
      if (isLeft(grid)) continue;
      const official = caretakerOf(context.organisation, grid);
      const round = rounds.get(official) ?? [];
      rounds.set(official, round);
      for (let i = 0; i < grid.households; i++)
        if (context.contactOf(grid.first + i, grid) !== undefined) round.push(grid.first + i);
    }
    this.#rounds = [...rounds];
  }

  /** Everything of one day, in time order. */
  day(day: number): Happening[] {
    const happenings: Happening[] = [];
    for (const [n, [official, round]] of this.#rounds.entries()) this.#walk(day, n, official, round, happenings);
    for (const matter of this.matters(day)) happenings.push(matter);
    // A need's matter has the instant of its visit or a later one; the stable sort keeps it behind.
    return happenings.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  }

  /** The matters of a day that came by other ways than a visit; `keep` chooses by their number in the day. */
  *matters(day: number, keep?: (number: number) => boolean): Generator<MatterStory> {
    const { seed, until, organisation } = this.#context;
    const { index: t, first, households } = this.#township;
    const random = new Random(seed, 'desk', t, day);
    const count = random.arrivals(households * MATTERS_A_DAY * busyAtDesk(day));
    for (let n = 0; n < count; n++) {
      if (keep?.(n) === false) continue;
      const own = new Random(seed, 'matter', t, day, n);
      const channel = own.weighted(CHANNELS);
      const byDay =
        channel !== 'phone' && channel !== 'web' && channel !== 'card' && channel !== 'mailbox' && channel !== 'board';
      const time = at(day, byDay ? own.between(8, 16) : own.between(7, 21), own.between(0, 59), own.between(0, 59));
      if (time > until) continue;
      const index = first + own.between(0, households - 1);
      const grid = gridOf(this.#township, index);
      const household = householdAt(this.#context, index, grid);
      const story = chooseStory(own, day, grid.village.urban, household.circumstance);
      yield tellMatter(
        { random: own, at: time, until, story, channel, grid, household, registered: keep === undefined },
        organisation,
      ).matter;
    }
  }

  /** An official's round of one day, if there is one. */
  #walk(day: number, n: number, official: Official, round: readonly number[], out: Happening[]): void {
    const { seed, until } = this.#context;
    const random = new Random(seed, 'walk', this.#township.index, n, day);
    const mean = round.length * VISITS_A_DAY * busyAtDoors(day);
    const goes = Math.min(0.85, mean / 1.9);
    if (!random.chance(goes)) return;
    let time = at(day, random.between(8, 14), random.between(20, 59), random.between(0, 59));
    for (let left = 1 + random.arrivals(Math.max(0, mean / goes - 1)); left > 0; left--) {
      if (time > until) return;
      const index = this.#next(random, day, round);
      this.#visit(random, day, time, official, index, out);
      time += random.between(24, 55) * MINUTE;
    }
  }

  /** Whoever a second try is owed, else the one of a few not seen for longest. */
  #next(random: Random, day: number, round: readonly number[]): number {
    let best = random.pick(round);
    let longest = -1;
    for (let i = 0; i < 7; i++) {
      const index = random.pick(round);
      const memory = this.#memory.get(index);
      if (memory !== undefined && memory.revisit > 0 && memory.revisit <= day) return index;
      const unseen = memory === undefined ? 1_000 : day - memory.lastDay;
      if (unseen > longest) [best, longest] = [index, unseen];
    }
    return best;
  }

  #visit(random: Random, day: number, time: number, official: Official, index: number, out: Happening[]): void {
    const { until, organisation } = this.#context;
    const grid = gridOf(this.#township, index);
    const household = householdAt(this.#context, index, grid);
    const memory = this.#memory.get(index);
    const revisited = memory !== undefined && memory.revisit > 0;
    const id = random.uuid(time);
    const visit = { kind: 'visit', id, at: iso(time), official: official.id, household: household.id } as const;
    const absent = revisited
      ? 0.04
      : ({ away: 0.2, worker: 0.18, driver: 0.2 }[household.circumstance as string] ?? 0.07);
    if (random.chance(absent)) {
      out.push({ ...visit, contact: 'not-at-home', note: '', needs: [] });
      this.#memory.set(index, { talk: -1, ...memory, lastDay: day, revisit: day + random.between(2, 8) });
      return;
    }
    const contact =
      random.chance(household.circumstance === 'away' ? 0.3 : 0.08) && household.phone !== undefined ? 'phone' : 'met';
    const { note, talk } = this.#note(random, day, household, memory, contact === 'phone', revisited);

    let need: Memory['need'] = memory?.need?.doneAt === undefined ? memory?.need : undefined;
    let text = note;
    const needs: VisitHappening['needs'][number][] = [];
    let raised: MatterStory | undefined;
    if (random.chance(NEED)) {
      const story = chooseStory(random, day, grid.village.urban, household.circumstance);
      const told = tellMatter(
        {
          random,
          at: Math.min(time + random.between(6, 15) * MINUTE, until),
          until,
          story,
          channel: 'visit',
          grid,
          household,
          registered: true,
          visit,
        },
        organisation,
      );
      raised = told.matter;
      needs.push({ text: raised.subject, matter: raised.id });
      need = { subject: raised.subject, doneAt: told.doneAt };
      const call = callOf(household.residents[0] as ToldHousehold['residents'][number], this.#year(day));
      text += fill(random.pick(words.NEED), (slot) => (slot === 'call' ? call : (raised as MatterStory).subject));
    }
    const signed = this.#sign(random, day, time, household, contact);
    out.push({ ...visit, contact, note: text, needs, ...(signed === undefined ? {} : { signed }) });
    if (raised !== undefined) out.push(raised);
    this.#memory.set(index, { lastDay: day, talk, revisit: 0, ...(need === undefined ? {} : { need }) });
  }

  #year(day: number): number {
    return Number(dateOf(day).slice(0, 4));
  }

  #note(
    random: Random,
    day: number,
    household: ToldHousehold,
    memory: Memory | undefined,
    phone: boolean,
    revisited: boolean,
  ): { note: string; talk: number } {
    const year = this.#year(day);
    const head = household.residents[0] as ToldHousehold['residents'][number];
    const youngest = household.residents.at(-1) as typeof head;
    const slot = remembering({
      call: () => callOf(head, year),
      kid: () => (household.residents.find(({ relation }) => relation.startsWith('孙')) ?? youngest).name.slice(1),
      child: () =>
        (household.residents.find(({ relation }) => relation === '子' || relation === '女') ?? youngest).name.slice(1),
      subject: () => memory?.need?.subject ?? '',
    });
    const say = (patterns: readonly string[]): string => fill(random.pick(patterns), slot);
    let note = phone ? say(words.BY_PHONE) : revisited && random.chance(0.6) ? say(words.REVISITED) : '';
    if (memory?.need !== undefined)
      note += say(
        memory.need.doneAt !== undefined && memory.need.doneAt < at(day, 8) ? words.NEED_DONE : words.NEED_OPEN,
      );
    const last = words.DOOR_TALKS[memory?.talk ?? -1];
    if (phone) return { note: note + say(words.PHONE_TALKS), talk: memory?.talk ?? -1 };
    const aside = random.chance(0.6)
      ? say(words.ASIDES.filter((one) => inSeason(one, monthOf(day))).map(({ text }) => text))
      : '';
    const memorable = last?.months === undefined ? REMEMBERED.always : REMEMBERED.season;
    if (last !== undefined && memory !== undefined && day - memory.lastDay < memorable && random.chance(0.6)) {
      return { note: note + say(last.later) + aside, talk: -1 };
    }
    const talk = this.#talk(random, monthOf(day), household);
    return { note: note + say((words.DOOR_TALKS[talk] as words.DoorTalk).note) + aside, talk };
  }

  /** What fits the household and the season, the household's own more often than anyone's. */
  #talk(random: Random, month: number, { circumstance }: ToldHousehold): number {
    const fitting: [number, number][] = [];
    for (const [i, talk] of words.DOOR_TALKS.entries()) {
      if (!inSeason(talk, month) || talk.of?.includes(circumstance) === false) continue;
      fitting.push([i, talk.of === undefined ? 1 : talk.months === undefined ? 4 : 7]);
    }
    return random.weighted(fitting);
  }

  #sign(
    random: Random,
    day: number,
    time: number,
    household: ToldHousehold,
    contact: 'met' | 'phone',
  ): Countersign | undefined {
    const { until } = this.#context;
    const by = speakerOf(random, household, this.#year(day)).id;
    const as = random.weighted(
      contact === 'met'
        ? ([
            ['signature', 52],
            ['code', 22],
            ['card', 12],
            ['declined', 3],
            [undefined, 11],
          ] as const)
        : ([
            ['code', 45],
            [undefined, 55],
          ] as const),
    );
    if (as === undefined) return undefined;
    // A signature is given on the spot, a code from home: the same evening or the next day.
    const later = random.chance(0.6) ? at(day, 19, random.between(0, 150)) : at(day + 1, 7, random.between(10, 800));
    const when = as === 'code' ? later : time + random.between(8, 20) * MINUTE;
    if (when > until) return undefined;
    if (as === 'declined') return { as, by, at: iso(when), reason: random.pick(words.DECLINED) };
    return { as, by, at: iso(when), ...(random.chance(0.15) ? { comment: random.pick(words.COMMENTS) } : {}) };
  }
}
