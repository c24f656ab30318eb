/** The course of one matter, from the resident's words to the resident's word. */
import { DAY, MINUTE, dateOf, dayOf, inOffice, iso, monthOf, startOf } from './days.ts';
import { type Slot, fill, remembering } from './fill.ts';
import type { Grid } from './geography.ts';
import type { ToldHousehold } from './households.ts';
import type {
  Channel,
  Disposition,
  Grade,
  MatterStory,
  Official,
  Reporter,
  Resident,
  Step,
  StepBody,
} from './model.ts';
import type { Organisation, Staff } from './organisation.ts';
import type { Random } from './random.ts';
import { CATEGORIES, isWorks } from './words/categories.ts';
import * as words from './words/handling.ts';
import { address } from './words/names.ts';
import { ESTATES, STREETS } from './words/places.ts';
import type { Story } from './words/story.ts';
import type { UnitKey } from './words/units.ts';

/** What is settled before a matter's course is told. */
export interface Occasion {
  readonly random: Random;
  /** When it was registered, and where telling ends (epoch milliseconds). */
  readonly at: number;
  readonly until: number;
  readonly story: Story;
  readonly channel: Channel;
  readonly grid: Grid;
  readonly household: ToldHousehold;
  /** False where the households are not part of the plan: the matter then names its village only. */
  readonly registered: boolean;
  readonly visit?: { readonly id: string; readonly official: string };
}

export interface ToldMatter {
  readonly matter: MatterStory;
  /** When it was closed, if that happened by `until`. */
  readonly doneAt?: number;
}

const HOUR = 60 * MINUTE;
/** How long a unit takes when it is in time, by grade, in hours of the calendar. */
const TAKES: Readonly<Record<Grade, readonly [number, number]>> = {
  '2-hours': [1, 2],
  '24-hours': [4, 22],
  '7-days': [30, 160],
  '15-days': [70, 340],
};
const LIMIT: Readonly<Record<Grade, number>> = { '2-hours': 2, '24-hours': 24, '7-days': 168, '15-days': 360 };

const FILED_ALONE: readonly Channel[] = ['web', 'card', 'mailbox', 'board'];
/** The petition procedure gives these sixty days, which no story here outlasts. */
const PETITIONS: readonly Channel[] = ['letter', 'hall'];
const NAMELESS: readonly Channel[] = ['web', 'phone', 'letter', 'box', 'board'];

/** The adult who speaks for a household: mostly the householder. */
export const speakerOf = (random: Random, { residents }: ToldHousehold, year: number): Resident => {
  const adults = residents.filter(({ birthYear }) => year - birthYear >= 18);
  return random.chance(0.65) ? (residents[0] as Resident) : random.pick(adults);
};

export const callOf = ({ name, gender, birthYear }: Resident, year: number): string =>
  address(name.slice(0, 1), gender, year - birthYear);

const speech = (date: string): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;

const wordsFor = (
  { random, at, story, grid, registered }: Occasion,
  name: string,
): Readonly<Record<string, () => string>> => {
  const { village } = grid;
  const month = monthOf(dayOf(at));
  const common: Record<string, () => string> = {
    name: () => name,
    township: () => village.township.name,
    village: () => village.area.name,
    here: () => (registered || !village.urban ? random.pick(grid.parts) : random.pick(ESTATES)),
    road: () => random.pick(STREETS),
    school: () => village.township.name.slice(0, -1) + random.pick(['中心小学', '第二小学', '初级中学']),
    neighbour: () => `老${random.pick(village.surnames.length > 0 ? village.surnames : [...'王李张刘陈'])}家`,
    hh: () => String(random.between(7, 64)),
    metres: () =>
      random.pick(['二十多', '三十', '四十来', '五十', '六十多', '八十', '一百', '一百二十', '两百', '三百']),
    days: () => random.pick(['三', '四', '五', '六', '七', '八', '九', '十来', '十几']),
    when: () => random.pick(['昨天', '前天', '前几天', '上周', '上个月', '前两天', '大前天', '这几天']),
    since: () => random.pick(['二十来天', '半个月', '一个多月', '两个月', '三个多月', '小半年', '大半年', '一年多']),
    yuan: () => String(random.between(9, 320) * 10),
    n: () => random.pick(['三', '四', '五', '六', '八']),
    elder: () => random.pick(['我妈', '我爸', '我奶奶', '我爷爷', '家里老人', '老父亲', '老母亲']),
    child: () => random.pick(['儿子', '女儿', '孩子', '大孩子']),
    soon: () => random.pick(['三天内', '五天内', '一周内', '月底前', '十天内']),
    plan: () =>
      random.pick(
        month < 10
          ? ['下个月底前', '年底前', '明年开春', '明年上半年']
          : ['明年三月', '明年开春', '明年上半年', '明年汛期前'],
      ),
  };
  for (const [slot, own] of Object.entries(story.slots ?? {})) common[slot] = () => random.pick(own);
  return common;
};

/** Tells one matter to its end, or as far as `until`. */
export const tellMatter = (occasion: Occasion, organisation: Organisation): ToldMatter => {
  const { random, at, until, story, channel, grid, household, registered, visit } = occasion;
  const id = random.uuid(at);
  const year = Number(dateOf(dayOf(at)).slice(0, 4));
  const township = organisation.townships[grid.village.township.index] as Staff;
  const staffOf = (key: UnitKey): Staff => (key === 'township' ? township : organisation.departments[key]);
  const right = staffOf(story.unit);
  const lead = random.pick(right.handlers);

  const speaker = speakerOf(random, household, year);
  const nameless = NAMELESS.includes(channel) && random.chance(0.08);
  const reporter: Reporter = {
    ...(nameless ? {} : { name: speaker.name }),
    ...(nameless || household.phone === undefined ? {} : { phone: household.phone }),
    ...(registered && !nameless ? { resident: speaker.id } : {}),
    confidential: !nameless && random.chance(0.03),
  };

  const works = isWorks(story.category);
  const fitting = (pool: words.Pool): readonly string[] => (works ? [...pool.any, ...pool.works] : pool.any);

  let now = at;
  const remembered = remembering(wordsFor(occasion, nameless ? '群众朋友' : callOf(speaker, year)));
  const day = (): string => speech(dateOf(Math.max(dayOf(at), dayOf(now) - random.between(0, 1))));
  let named: Staff = right;
  const slot: Slot = (name) => {
    switch (name) {
      case 'date':
        return day();
      case 'unit':
        return named.short;
      case 'handler':
        return lead.name;
      case 'phone':
        return lead.phone;
      case 'subject':
        return subject;
      default:
        return remembered(name);
    }
  };
  const say = (patterns: readonly string[], unit: Staff = right): string => {
    named = unit;
    return fill(random.pick(patterns), slot);
  };

  const disposition = random.weighted([
    ['solvable', 82],
    ['deferred', story.deferred !== undefined ? 14 : works ? 2 : 0],
    ['not-permitted', story.policy === undefined ? 0 : 16],
    ['unfounded', story.unfounded === undefined ? 0 : 11],
  ] as const);
  // The corpus stands in order: a subject, the words and the answer of the same number belong together.
  // What cannot be done is always said of the first body.
  const drawn = random.between(0, story.subject.length - 1);
  const variant = disposition === 'solvable' ? drawn : drawn - (drawn % story.body.length);
  const matching = (patterns: readonly string[]): readonly string[] =>
    patterns.length === story.body.length ? [patterns[variant % patterns.length] as string] : patterns;
  const subject: string = fill(story.subject[variant] as string, slot);
  const told = fill(story.body[variant % story.body.length] as string, slot);
  const body = say(words.OPENERS) + told + say(words.CLOSERS);
  const grade: Grade =
    story.grade ??
    random.weighted([
      ['7-days', 5],
      ['15-days', 5],
    ] as const);

  const desk: readonly Official[] =
    visit !== undefined || story.unit === 'township' || channel === 'box'
      ? township.clerks
      : organisation.departments[random.chance(0.6) ? 'approval' : 'masswork'].clerks;
  const clerk = random.pick(desk);
  const registeredBy =
    visit?.official ??
    (FILED_ALONE.includes(channel) ? undefined : channel === 'media' ? random.pick(township.field).id : clerk.id);

  const steps: Step[] = [];
  let doneAt: number | undefined;
  let lastAnswer = '';
  const step = (by: string, what: StepBody): void => {
    if (now <= until) steps.push({ at: iso(now), by, ...what });
  };
  /** Lets office time pass, in hours of the calendar. */
  const work = (least: number, most: number): void => {
    // Never nothing: two steps of a matter never share an instant.
    const hours = Math.max(0.05, least + random.unit() * (most - least));
    now = Math.max(now + 1_000, inOffice(now + hours * HOUR, random.between(0, 79)));
  };
  /** Lets a resident's time pass: by day, weekends too. */
  const live = (least: number, most: number): void => {
    now += (least + random.unit() * (most - least)) * HOUR;
    const hour = (now - startOf(dayOf(now))) / HOUR;
    if (hour < 7 || hour > 21.5) now = startOf(dayOf(now) + (hour < 7 ? 0 : 1)) + (7.5 + random.unit() * 5) * HOUR;
  };

  const returnFrom = (staff: Staff, better: Staff, patterns: readonly string[]): void => {
    work(0.5, 8);
    step(random.pick(staff.handlers).id, { kind: 'return', betterUnit: better.unit.id, text: say(patterns, better) });
  };

  /** A return is decided by a named person; until then the unit asked stays responsible. */
  const adjudicate = (patterns: readonly string[]): void => {
    const party = [story.unit, ...(story.wrong ?? [])];
    const byLeader = party.includes('masswork') || (random.chance(0.3) && !party.includes('office'));
    const judge = byLeader
      ? random.pick(organisation.leaders)
      : (organisation.departments.masswork.heads[0] as Official);
    step(judge.id, { kind: 'adjudicate', unit: right.unit.id, text: say(patterns) });
  };

  /** To the competent unit, now and then by a detour. */
  const dispatch = (): void => {
    work(0.1, grade === '2-hours' ? 0.3 : 5);
    const wrong = story.wrong === undefined || !random.chance(0.1) ? undefined : staffOf(random.pick(story.wrong));
    const first = wrong ?? right;
    step(clerk.id, { kind: 'dispatch', unit: first.unit.id, text: say(words.DISPATCH, first) });
    if (wrong === undefined || wrong === right) return;
    // Both returns stay inside the two working days a unit has to say "not ours".
    returnFrom(wrong, right, words.RETURN);
    work(0.3, 3);
    adjudicate(words.REDIRECT);
    if (!random.chance(0.22)) return;
    returnFrom(right, wrong, words.RETURN_DISPUTED);
    work(0.5, 8);
    adjudicate(words.ADJUDICATE);
  };

  const answer = (disposition: Disposition, patterns: readonly string[], bare = false): void => {
    const text = bare ? say(patterns) : say(words.ANSWER_OPENERS) + say(patterns) + say(words.ANSWER_CLOSERS);
    const more =
      disposition === 'deferred'
        ? { plan: say(words.PLAN), recheckOn: dateOf(dayOf(now) + random.between(25, 120)) }
        : disposition === 'not-permitted'
          ? { policy: `${story.category}现行规定` }
          : {};
    lastAnswer = text;
    step(lead.id, { kind: 'answer', disposition, text, ...more });
  };

  /** From acknowledgement to the answer. */
  const handle = (disposition: Disposition, bad: boolean): void => {
    const dispatched = now;
    work(0.2, grade === '2-hours' ? 0.4 : 6);
    step(lead.id, { kind: 'acknowledge', lead: lead.id, measures: say(words.MEASURES) });
    if (random.chance(0.03)) {
      work(1, 12);
      const leader = random.chance(0.4) ? random.pick(organisation.leaders) : random.pick(township.heads);
      step(leader.id, { kind: 'instruct', text: say(words.INSTRUCT) });
    }
    const [least, most] = TAKES[grade];
    const late = !PETITIONS.includes(channel) && random.chance(0.1);
    const long = grade === '7-days' || grade === '15-days';
    let due = dispatched + LIMIT[grade] * HOUR;
    // Limits in days begin the day after and may roll over a weekend: late means late by any count.
    const beyond = LIMIT[grade] * (1.15 + random.unit() * 1.6) + (long ? 48 : 0);
    let target = dispatched + (late ? beyond : least + random.unit() * (most - least)) * HOUR;
    const noted = new Set<string>();
    for (let n = bad ? 0 : random.between(long ? 1 : 0, long ? 2 : 1); n > 0; n--) {
      now = Math.max(now, Math.min(now + ((target - now) / (n + 1)) * (0.6 + random.unit() * 0.6), target));
      work(0, 1);
      const patterns = (random.chance(0.7) ? matching(story.progress) : fitting(words.PROGRESS)).filter(
        (pattern) => !noted.has(pattern),
      );
      const pattern = random.pick(patterns.length > 0 ? patterns : fitting(words.PROGRESS));
      noted.add(pattern);
      step(lead.id, { kind: 'progress', text: say([pattern]) });
    }
    if (long && random.chance(0.03)) {
      work(1, 10);
      step(lead.id, { kind: 'suspend', text: say(fitting(words.SUSPEND)) });
      const suspended = now;
      now += random.between(4, 24) * DAY;
      work(0, 2);
      step(lead.id, { kind: 'resume', text: say(words.RESUME) });
      due += now - suspended;
      target += now - suspended;
    }
    if (long && !late && random.chance(0.08)) {
      now = Math.max(now, due - random.between(20, 40) * HOUR);
      work(0, 2);
      const days = random.pick([5, 7, 10, 15, 30] as const);
      step(lead.id, { kind: 'ask-extension', days, text: say(fitting(words.EXTENSION)) });
      work(1, 8);
      const head = right.heads.find((official) => official !== lead) as Official;
      if (random.chance(0.88)) {
        step(head.id, { kind: 'grant-extension', days, text: say(words.GRANT) });
        target = due + days * DAY * (0.3 + random.unit() * 0.6);
      } else {
        step(head.id, { kind: 'refuse-extension', text: say(words.REFUSE_EXTENSION) });
        target = Math.max(target, now + random.between(3, 12) * HOUR);
      }
    }
    now = Math.max(now, target);
    if (late) {
      work(0, 2);
      step(lead.id, { kind: 'explain-delay', text: say(fitting(words.DELAY)) });
    }
    work(0.1, long ? 7 : 0.6);
    const patterns = {
      solvable: bad ? words.BAD_ANSWERS : matching(story.answer),
      deferred: story.deferred ?? words.DEFERRED,
      'not-permitted': story.policy ?? [],
      unfounded: story.unfounded ?? [],
    }[disposition];
    answer(disposition, patterns, bad);
    satisfaction = bad ? -2 : late ? -1 : disposition === 'solvable' ? 1 : 0;
  };

  let satisfaction = 0;
  const rate = (): void => {
    const stars = Math.min(
      5,
      Math.max(
        1,
        random.weighted([
          [3, 12],
          [4, 33],
          [5, 40],
          [2, 5],
        ] as const) + satisfaction,
      ),
    ) as 1 | 2 | 3 | 4 | 5;
    now += random.between(1, 90) * MINUTE;
    step('reporter', { kind: 'rate', stars, text: say(words.RATE[stars]) });
  };
  const resolve = (explained: boolean): void => {
    work(0.1, 20);
    step(lead.id, {
      kind: 'resolve',
      answer: lastAnswer,
      text: say(explained ? words.RESOLVE_EXPLAINED : words.RESOLVE),
    });
  };

  /** The unit's second try, after a no: work where it can be done, else a better explanation. */
  const redo = (explained: boolean): void => {
    work(4, 60);
    step(lead.id, { kind: 'progress', text: say(explained ? words.EXPLAIN_AGAIN : fitting(words.REDO)) });
    work(20, 150);
    if (explained) answer(disposition, words.EXPLAINED_AGAIN);
    else answer('solvable', fitting(words.REDO_ANSWER));
    resolve(explained);
    satisfaction = Math.min(satisfaction, 0) - 1;
    if (random.chance(0.6)) {
      live(3, 90);
      step('reporter', { kind: 'confirm', text: say(explained ? words.CONFIRM_EXPLAINED : fitting(words.CONFIRM)) });
    } else {
      work(60, 150);
      step(caller.id, {
        kind: 'call-back',
        outcome: 'confirmed',
        text: say(explained ? words.HEARD_OUT : words.CALL_BACK.confirmed),
      });
    }
    doneAt = now;
    if (random.chance(0.6)) rate();
  };
  // Who asks whether it was done is never of the unit that says so.
  const caller = random.pick(organisation.departments[story.unit === 'masswork' ? 'approval' : 'masswork'].clerks);

  /** What the resident makes of it. */
  const verdict = (explained: boolean, bad: boolean): void => {
    const spoken = random.unit();
    const no = bad ? 0.7 : 0.06;
    if (spoken < no) {
      live(3, 100);
      step('reporter', { kind: 'deny', text: say(explained ? words.DENY_EXPLAINED : fitting(words.DENY)) });
      return redo(explained);
    }
    if (spoken < no + (1 - no) * 0.66) {
      live(2, 140);
      step('reporter', { kind: 'confirm', text: say(explained ? words.CONFIRM_EXPLAINED : fitting(words.CONFIRM)) });
    } else {
      work(90, 210);
      while (random.chance(0.18)) {
        step(caller.id, { kind: 'call-back', outcome: 'unreached', text: say(words.CALL_BACK.unreached) });
        work(48, 90);
      }
      if (random.chance(0.12)) {
        step(caller.id, {
          kind: 'call-back',
          outcome: 'denied',
          text: say(explained ? words.DENY_EXPLAINED : words.CALL_BACK.denied),
        });
        return redo(explained);
      }
      step(caller.id, {
        kind: 'call-back',
        outcome: 'confirmed',
        text: say(explained ? words.HEARD_OUT : words.CALL_BACK.confirmed),
      });
    }
    doneAt = now;
    if (random.chance(0.7)) rate();
    if (!explained && random.chance(0.02)) {
      live(6 * 24, 14 * 24);
      step('reporter', { kind: 'reopen', text: say(fitting(words.REOPEN_LATER)) });
      doneAt = undefined;
      redo(false);
    }
  };

  const bad = disposition === 'solvable' && random.chance(0.06);
  dispatch();
  handle(disposition, bad);
  if (disposition !== 'deferred') {
    resolve(disposition !== 'solvable');
    verdict(disposition !== 'solvable', bad);
  } else if (random.chance(0.4)) {
    // Some of what was put off is taken up again within the year, and done.
    now += random.between(25, 90) * DAY;
    work(0, 6);
    step(lead.id, { kind: 'progress', text: say(matching(story.progress)) });
    work(24, 200);
    answer('solvable', matching(story.answer));
    resolve(false);
    verdict(false, false);
  }

  const category = CATEGORIES[story.category];
  return {
    matter: {
      kind: 'matter',
      id,
      at: iso(at),
      registeredAt: iso(at),
      ...(registeredBy === undefined ? {} : { registeredBy }),
      channel,
      area: (registered ? grid : grid.village).area.id,
      ...(registered && !nameless ? { household: household.id } : {}),
      ...(visit === undefined ? {} : { visit: visit.id }),
      reporter,
      subject,
      body,
      category,
      categoryName: story.category,
      unit: right.unit.id,
      grade,
      steps,
    },
    ...(doneAt === undefined || doneAt > until ? {} : { doneAt }),
  };
};
