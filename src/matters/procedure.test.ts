import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueOf } from '../calendar/clocks.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import type { ClockRule, ClockRun } from '../calendar/model.ts';
import { dueByList, dueByMinutes } from '../calendar/testing.ts';
import { publishedCalendar } from '../calendar/years.ts';
import { type Recorded, fold, isRefusal } from '../ledger/decider.ts';
import { RaisingPolicy, raisingPolicy } from './handling-model.ts';
import {
  type MatterCommand,
  type MatterEvent,
  type MatterFacts,
  type Joint,
  MatterSettings,
  type MatterState,
  PetitionSettings,
  matterRefusals,
} from './model.ts';
import { type ClockDocument, clockPolicy, matterPolicy, petitionPolicy } from './policy.ts';
import { matters, nextSteps, possible } from './rules.ts';
import { clocksOn } from './tables.ts';

/**
 * The whole procedure explored at random: whatever people do, in whatever order, with or without the right to, a matter
 * never stands without an owner, a clock or a date, and a next step; and nothing closes it against the resident's word.
 */

const settings = MatterSettings.parse(matterPolicy.standard.document);
const raising = RaisingPolicy.parse(raisingPolicy.standard.document);
const petitions = PetitionSettings.parse(petitionPolicy.standard.document);
const rules = clockPolicy.schema.parse(clockPolicy.standard.document) as ClockDocument;
const UNITS = ['u1', 'u2', 'u3', 'u4', 'u5'] as const;
const memberOf: Readonly<Record<string, readonly string[]>> = {
  clerk: ['desk'],
  leader: ['desk'],
  inspector: [],
  'resident:QH1': [],
  ...Object.fromEntries(UNITS.map((unit) => [`h-${unit}`, [unit]])),
};
const ACTORS = Object.keys(memberOf);
const TEXT = '说得清清楚楚的一句话，够长了。';

/** Numbers drawn beforehand, spent one after the other: a walk that failed can be made smaller. */
class Draws {
  #at = 0;
  readonly #numbers: readonly number[];
  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }
  get left(): boolean {
    return this.#at < this.#numbers.length;
  }
  below(count: number): number {
    return (this.#numbers[this.#at++] ?? 0) % count;
  }
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

const handlerOf = (unit: string | undefined): string => (unit === undefined || unit === 'desk' ? 'clerk' : `h-${unit}`);

/** Who does this in life; now and then anybody tries. */
function actorFor(kind: MatterCommand['kind'], state: MatterState, part: number, draws: Draws): string {
  if (draws.below(5) === 0) return draws.of(ACTORS);
  switch (kind) {
    case 'matter.register':
    case 'matter.dispatch':
      return 'clerk';
    case 'matter.adjudicate':
    case 'matter.decide-part':
    case 'matter.decide-extension':
    case 'matter.instruct':
      return 'leader';
    case 'matter.call-back':
      return 'inspector';
    case 'matter.confirm':
    case 'matter.deny':
    case 'matter.rate':
    case 'matter.reopen':
      return 'resident:QH1';
    case 'matter.hear-meeting':
    case 'matter.make-joint':
      return 'clerk';
    case 'matter.uphold-refusal':
    case 'matter.revoke-opinion':
      return 'leader';
    case 'matter.receive':
      return 'resident:QH1';
    case 'matter.answer-part':
    case 'matter.decline-part':
      return handlerOf(state.shares[part]?.unit);
    default:
      return handlerOf(state.unit);
  }
}

const jointOf = (draws: Draws): Joint => ({
  persons: 2 + draws.below(30),
  // Now and then more than the law lets speak for all, or more than there are.
  representatives: Array.from({ length: 1 + draws.below(7) }, (_, i) => ({ name: `代表${i}` })),
});

/** A command of that kind, mostly one that may be given now. */
function commandFor(
  kind: MatterCommand['kind'],
  state: MatterState,
  part: number,
  at: string,
  draws: Draws,
): MatterCommand {
  const today = dayOf(at);
  const soon = (): string => addDays(today, draws.below(20) - 1);
  const unit = (): string => draws.of([...UNITS, 'nowhere']);
  switch (kind) {
    case 'matter.register':
      return {
        kind,
        channel: draws.of(['phone', 'letter']),
        subject: '水渠堵了',
        area: 'village',
        ...(draws.below(3) === 0 ? { joint: jointOf(draws) } : { reporter: { name: '陈秀英' } }),
      };
    case 'matter.classify':
      return { kind, category: '0302' };
    case 'matter.dispatch':
      return { kind, unit: unit(), ...(draws.below(2) === 0 ? {} : { clock: draws.of(settings.grades) }) };
    case 'matter.acknowledge':
    case 'matter.plan':
      return { kind, leader: `head-${state.unit}`, handler: handlerOf(state.unit), measures: TEXT };
    case 'matter.return':
      return { kind, reason: TEXT, betterUnit: unit() };
    case 'matter.adjudicate':
      return { kind, unit: draws.of([state.returnAsked?.betterUnit ?? 'u1', unit()]), ground: TEXT };
    case 'matter.progress':
      return { kind, note: TEXT };
    case 'matter.suspend':
      return { kind, reason: TEXT };
    case 'matter.resume':
      return { kind };
    case 'matter.ask-extension':
      return { kind, days: 1 + draws.below(20), reason: TEXT };
    case 'matter.decide-extension':
      return { kind, grant: draws.below(3) > 0, reason: TEXT };
    case 'matter.tell':
      return { kind, what: draws.of(state.toTell.length === 0 ? ['answer'] : state.toTell), means: 'phone' };
    case 'matter.dispose':
      return draws.of<MatterCommand>([
        { kind, disposition: 'solvable', cause: TEXT },
        { kind, disposition: 'deferred', cause: TEXT, plan: TEXT, recheckOn: addDays(today, 5 + draws.below(30)) },
        { kind, disposition: 'not-permitted', cause: TEXT, policy: '河道管理条例' },
        { kind, disposition: 'unfounded', cause: TEXT },
      ]);
    case 'matter.answer':
      return { kind, text: TEXT };
    case 'matter.resolve':
      return {
        kind,
        answer: TEXT,
        ...(state.procedure === 'petition' ? { outcome: 'supported', findings: TEXT, basis: TEXT } : {}),
        ...(draws.below(2) === 0 ? {} : { unanswered: TEXT }),
      };
    case 'matter.accept':
      return { kind };
    case 'matter.confirm':
      return { kind, score: 5 };
    case 'matter.deny':
    case 'matter.reopen':
      return { kind, reason: '还没好' };
    case 'matter.call-back':
      return { kind, outcome: draws.of(['confirmed', 'denied', 'unreached']), words: '照着记的话' };
    case 'matter.rate':
      return { kind, score: 1 + draws.below(5) };
    case 'matter.instruct':
      return { kind, text: TEXT, ...(draws.below(2) === 0 ? {} : { due: soon() }) };
    case 'matter.explain-delay':
      return { kind, reason: TEXT };
    case 'matter.share':
      return { kind, unit: unit(), task: TEXT, due: soon() };
    case 'matter.answer-part':
      return { kind, part, text: TEXT };
    case 'matter.decline-part':
      return { kind, part, reason: TEXT, ...(draws.below(2) === 0 ? {} : { betterUnit: unit() }) };
    case 'matter.decide-part':
      return { kind, part, unit: draws.of([state.shares[part]?.unit ?? 'u1', unit()]), ground: TEXT };
    case 'matter.ask-part-again':
      return { kind, part, reason: TEXT, due: soon() };
    case 'matter.drop-part':
      return { kind, part, reason: TEXT };
    case 'matter.raise': {
      const rung = draws.of(raising.rungs);
      return { kind, rung: rung.id, body: '联席会议', ground: 'common', reason: TEXT, askOn: soon() };
    }
    case 'matter.hear-above':
      return { kind, outcome: draws.of(['waiting', 'decided', 'returned']), words: TEXT, askOn: soon() };
    case 'matter.hear-meeting':
      return {
        kind,
        meeting: 'meeting',
        task: 0,
        of: draws.of(['desk', 'desk', 'desk', 'u5']),
        name: '县联席会议',
        words: TEXT,
        unit: unit(),
        official: 'somebody',
        due: addDays(today, 1 + draws.below(30)),
        parts: [unit(), unit()],
      };
    case 'matter.split':
      return { kind, part: `part ${draws.below(9_999)}`, subject: '渠边的路也塌了' };
    case 'matter.raise-again':
      return { kind, channel: 'phone', words: TEXT };
    case 'matter.make-joint':
      return { kind, joint: jointOf(draws) };
    case 'matter.refuse':
      return { kind, ground: draws.of(['court', 'under-way', 'not-ours']), reason: TEXT, where: '县人民法院' };
    case 'matter.uphold-refusal':
    case 'matter.revoke-opinion':
      return { kind, reason: TEXT };
    case 'matter.correct-paper':
      return { kind, paper: draws.of([1, ...state.papers.map((p) => p.version)]), correction: TEXT, reason: TEXT };
    case 'matter.serve':
    case 'matter.receive': {
      const paper = draws.of([1, ...state.papers.filter((p) => p.receivedOn === undefined).map((p) => p.version)]);
      return kind === 'matter.receive'
        ? { kind, paper }
        : { kind, paper, way: draws.of(['handed', 'posted']), on: today, receiver: '本人', tracking: 'EX1' };
    }
    case 'matter.take-up':
      return { kind };
    case 'matter.reconsider':
      return { kind, change: draws.of(['change-1', 'change-2', 'other']), words: TEXT };
    default:
      return { kind: 'matter.progress', note: TEXT };
  }
}

function factsFor(state: MatterState, command: MatterCommand, actor: string, at: string): MatterFacts {
  const named =
    'betterUnit' in command
      ? command.betterUnit
      : 'unit' in command
        ? command.unit
        : command.kind === 'matter.instruct'
          ? (state.unit ?? 'desk')
          : undefined;
  const known = named !== undefined && (named === 'desk' || (UNITS as readonly string[]).includes(named));
  return {
    actor,
    at,
    units: memberOf[actor] ?? [],
    calendar: publishedCalendar,
    settings,
    raising,
    clocks: clocksOn(rules, dayOf(at)),
    place: { area: 'village', chain: ['county', 'town', 'village'] },
    fresh: { number: 'QH261104823', code: '123456', desk: 'desk' },
    petition: {
      settings: petitions,
      taken: { number: '水利局信受〔2026〕1号', place: { series: 'acceptance', year: 2026, serial: 1 } },
      heads: actor === 'leader',
    },
    self: 'self',
    partTaken: false,
    joint: {
      unit: 'desk',
      name: '县联席会议',
      ...(at.endsWith('00:00.000Z') ? {} : { next: { meeting: 'm', day: at } }),
    },
    partUnits: new Set<string>(UNITS),
    officialKnown: actor !== 'clerk',
    people: new Set([`head-${state.unit}`, handlerOf(state.unit)]),
    ...(known ? { unit: { id: named!, head: `head-${named}`, reception: handlerOf(named) } } : {}),
    ...(command.kind === 'matter.reconsider' && command.change !== 'other'
      ? { change: { policy: '河道管理条例', what: '可以办了' } }
      : {}),
  };
}

const SELDOM: ReadonlySet<string> = new Set([
  'matter.decide-part',
  'matter.adjudicate',
  'matter.ask-part-again',
  'matter.reconsider',
  'matter.accept',
  'matter.uphold-refusal',
  'matter.revoke-opinion',
]);
/**
 * Merging is explored in together.test.ts, several matters at a time with what follows on the others; reviews in
 * petition.test.ts, together with their own record. There, as here, nothing is without an owner, a clock and a next step.
 */
const ELSEWHERE: ReadonlySet<string> = new Set(['matter.follow-review', 'matter.merge', 'matter.unmerge']);
const mine = (kind: MatterCommand['kind']): boolean => !ELSEWHERE.has(kind);

type Look = (
  state: MatterState,
  events: readonly Recorded<MatterEvent>[],
  at: string,
  before: MatterState,
  fresh: readonly Recorded<MatterEvent>[],
) => void;

/** One walk: at each step a kind that may come next (now and then any), given by who gives it (now and then anybody). */
function walk(numbers: readonly number[], look: Look): void {
  const draws = new Draws(numbers);
  let time = Date.parse('2026-03-02T01:00:00Z');
  let events: Recorded<MatterEvent>[] = [];
  let state: MatterState = matters.initial;
  const every = Object.values(nextSteps).flat().filter(mine);
  while (draws.left) {
    time += draws.below(60) * 3_600_000;
    // Now and then what was put off is left until its day.
    if (state.status === 'deferred' && draws.below(2) === 0)
      time = Math.max(time, Date.parse(`${state.recheckOn}T02:00:00Z`));
    const at = new Date(time).toISOString();
    // A meeting decides when it is held, whatever became of the matter meanwhile.
    const awaited: MatterCommand['kind'][] = state.raisings.some((r) => r.unit !== undefined)
      ? ['matter.hear-meeting']
      : [];
    const offered = [...possible(state).filter(mine), ...awaited];
    // What is seldom offered is taken up when it is: otherwise chance would hardly ever get there.
    const rare = offered.filter((kind) => SELDOM.has(kind));
    const kind =
      draws.below(8) === 0 ? draws.of(every) : draws.of(rare.length > 0 && draws.below(3) === 0 ? rare : offered);
    const part = state.shares.length === 0 ? 0 : draws.below(state.shares.length);
    const actor = actorFor(kind, state, part, draws);
    const command = commandFor(kind, state, part, at, draws);
    const verdict = matters.decide(state, command, factsFor(state, command, actor, at));
    if (isRefusal(verdict)) {
      expect(Object.keys(matterRefusals)).toContain(verdict.refused);
      continue;
    }
    const before = state;
    const fresh = verdict.map((event, i) => ({ ...event, stamp: { actor, at, version: events.length + i + 1 } }));
    events = [...events, ...fresh];
    state = fold(matters, events);
    look(state, events, at, before, fresh);
  }
}

const numbers = fc.array(fc.nat(9_999), { minLength: 60, maxLength: 320 });
const explore = (look: Look, numRuns: number): void =>
  fc.assert(
    fc.property(numbers, (drawn) => walk(drawn, look)),
    // Without leaning to small numbers: which way a walk goes is to be chance alone.
    { numRuns, plugins: [fc.unbiased()] },
  );

/** The running clock put together from the story alone, by its own words. */
function clockOf(events: readonly Recorded<MatterEvent>[]): ClockRun | undefined {
  let run: ClockRun | undefined;
  const begin = (rule: ClockRule, startedAt: string): ClockRun => ({
    rule,
    startedAt,
    suspensions: [],
    extensions: [],
  });
  const stop = (reason: string, from: string): void => {
    if (run === undefined || run.suspensions.some((s) => s.to === undefined)) return;
    run = { ...run, suspensions: [...run.suspensions, { from, reason }] };
  };
  const go = (to: string): void => {
    if (run !== undefined)
      run = { ...run, suspensions: run.suspensions.map((s) => (s.to === undefined ? { ...s, to } : s)) };
  };
  let putOff = false;
  for (const event of events) {
    const { at } = event.stamp;
    switch (event.kind) {
      case 'matter.registered':
        run = begin(event.rule, event.clockFrom ?? at);
        break;
      case 'matter.accepted':
      case 'matter.dispatched':
      case 'matter.refusal-upheld':
      case 'matter.opinion-revoked':
      case 'matter.denied':
      case 'matter.reopened':
      case 'matter.reconsidered':
        run = begin(event.rule, at);
        putOff = false;
        break;
      case 'matter.refused':
        run = event.rule === undefined ? undefined : begin(event.rule, at);
        break;
      case 'matter.adjudicated':
      case 'matter.acknowledged':
      case 'matter.resolved':
        if (event.rule !== undefined) run = begin(event.rule, at);
        break;
      case 'matter.confirmed':
        run = undefined;
        break;
      case 'matter.suspended':
        stop(event.reason, at);
        break;
      case 'matter.resumed':
      case 'matter.taken-up':
        go(at);
        putOff = false;
        break;
      case 'matter.disposed':
        if (event.disposition === 'deferred') stop('等条件', at);
        else if (putOff) go(at);
        putOff = event.disposition === 'deferred';
        break;
      case 'matter.extension-granted':
        if (run !== undefined)
          run = {
            ...run,
            extensions: [
              ...run.extensions,
              { amount: event.days, unit: 'day', dayKind: 'calendar', decidedAt: at, reason: event.reason },
            ],
          };
        break;
    }
  }
  return run;
}

describe('the whole procedure, explored at random', () => {
  test('[C4] [C6] [C7] [C8] [C9] no state without an owner, a clock or a date, and a next step somebody can take', () => {
    const seen = new Set<string>();
    explore((state, _events, at, _before, fresh) => {
      for (const { kind } of fresh) seen.add(kind);
      expect(state.status).not.toBe('none');
      const owner = state.unit ?? state.desk;
      expect([...UNITS, 'desk']).toContain(owner);
      if (state.status === 'closed') return;
      const due = dueOf(state.clock!, publishedCalendar);
      // A clock that stands still has its reason; what was put off has the day it comes back.
      if (due.paused) expect(state.clock!.suspensions.some((s) => s.to === undefined && s.reason !== '')).toBe(true);
      if (state.status === 'deferred') expect(state.recheckOn! > '2026').toBe(true);
      // What the desk itself turned away is the desk's; everything else has its people from dispatch on.
      if (state.unit !== undefined) expect([state.leader, state.handler]).not.toContain(undefined);
      else expect(['registered', 'resolved']).toContain(state.status);
      if (state.status === 'handling') expect(state.measures).toBeDefined();
      const onward: Record<string, [string, MatterCommand]> = {
        registered: ['clerk', { kind: 'matter.dispatch', unit: 'u1' }],
        dispatched:
          state.objectedAt !== undefined
            ? ['leader', { kind: 'matter.adjudicate', unit: 'u1', ground: TEXT }]
            : [
                handlerOf(state.unit),
                {
                  kind: 'matter.acknowledge',
                  leader: `head-${state.unit}`,
                  handler: handlerOf(state.unit),
                  measures: TEXT,
                },
              ],
        handling:
          state.procedure === 'order' || state.acceptedAt !== undefined
            ? [handlerOf(state.unit), { kind: 'matter.dispose', disposition: 'solvable', cause: TEXT }]
            : state.returnAsked === undefined
              ? [handlerOf(state.unit), { kind: 'matter.accept' }]
              : ['leader', { kind: 'matter.adjudicate', unit: 'u1', ground: TEXT }],
        deferred: [handlerOf(state.unit), { kind: 'matter.dispose', disposition: 'solvable', cause: TEXT }],
        resolved: ['resident:QH1', { kind: 'matter.deny', reason: '没办好' }],
      };
      const [actor, command] = onward[state.status]!;
      expect(isRefusal(matters.decide(state, command, factsFor(state, command, actor, at)))).toBe(false);
    }, 1_200);
    // The walks go everywhere: every kind of event was met.
    for (const kind of [
      'matter.accepted',
      'matter.returned',
      'matter.adjudicated',
      'matter.shared',
      'matter.part-answered',
      'matter.part-declined',
      'matter.part-decided',
      'matter.part-asked-again',
      'matter.part-dropped',
      'matter.raised',
      'matter.heard-above',
      'matter.split-off',
      'matter.raised-again',
      'matter.made-joint',
      'matter.refused',
      'matter.refusal-upheld',
      'matter.served',
      'matter.taken-up',
      'matter.reconsidered',
      'matter.extension-granted',
      'matter.denied',
      'matter.reopened',
      'matter.confirmed',
    ])
      expect(seen, kind).toContain(kind);
  });

  test('[C11] no path closes against the resident’s word, and nobody who had a hand in it hears that word', () => {
    explore((state, events, _at, before, fresh) => {
      if (state.status === 'closed' && before.status !== 'closed') {
        const last = fresh.at(-1)!;
        expect(last.kind).toBe('matter.confirmed');
        if (last.kind === 'matter.confirmed' && last.by === 'call-back') {
          const units = memberOf[last.stamp.actor] ?? [];
          expect(before.hands).not.toContain(last.stamp.actor);
          for (const unit of [before.unit, ...before.shares.map((p) => p.unit)]) expect(units).not.toContain(unit);
        }
      }
      for (const event of fresh) {
        if (
          event.kind === 'matter.denied' ||
          event.kind === 'matter.reopened' ||
          event.kind === 'matter.reconsidered'
        ) {
          // Whoever does not take a refusal for an answer is heard by the desk; everybody else's matter is in work again.
          const heard = state.unit === undefined ? 'registered' : 'dispatched';
          expect(state.status).toBe(before.refusal === undefined ? 'handling' : heard);
          expect(state.unit).toBe(before.unit);
        }
      }
      const word = events.findLast((e) => ['matter.denied', 'matter.reopened', 'matter.confirmed'].includes(e.kind));
      if (word !== undefined && word.kind !== 'matter.confirmed') expect(state.status).not.toBe('closed');
    }, 150);
  });

  test('[C5] every due day is the one an independent calculator finds from the story', () => {
    explore((state, events) => {
      const run = clockOf(events);
      expect(state.clock === undefined).toBe(run === undefined);
      if (run === undefined) return;
      const due = dueOf(state.clock!, publishedCalendar);
      if (run.rule.unit === 'hour') expect(due.paused ? 'paused' : due.due).toBe(dueByMinutes(run));
      else expect(due.paused ? 'paused' : due.day).toBe(dueByList(run, publishedCalendar));
    }, 80);
  });

  test('[C4] bounces are bounded by adjudication: one open at a time, each unit heard once, each decided with a ground', () => {
    explore((state, _events, _at, before, fresh) => {
      expect(state.bounces.length).toBe(state.returns);
      expect(state.returns).toBeLessThanOrEqual(UNITS.length);
      expect(state.bounces.filter((b) => b.decided === undefined).length).toBe(state.returnAsked === undefined ? 0 : 1);
      for (const { decided } of state.bounces) if (decided !== undefined) expect(decided.ground).not.toBe('');
      for (const event of fresh) {
        if (event.kind === 'matter.returned') expect(state.unit).toBe(before.unit);
        // A joint meeting decides as a body, whoever writes its minutes down.
        const byMeeting = fresh.some(({ kind }) => kind === 'matter.heard-above');
        if (event.kind === 'matter.adjudicated' && !byMeeting)
          expect(memberOf[event.stamp.actor]).not.toContain(before.unit);
      }
    }, 150);
  });

  test('[C8] each part has a unit, a day inside the lead’s clock and an end with the whole; the lead has none', () => {
    explore((state, _events, at, before, fresh) => {
      const open = state.shares.filter((p) => p.state === 'asked' || p.state === 'declined');
      for (const part of open) {
        expect([...UNITS]).toContain(part.unit);
        expect(part.unit).not.toBe(state.unit);
      }
      expect(new Set(open.map((p) => p.unit)).size).toBe(open.length);
      if (state.status === 'resolved' || state.status === 'closed') expect(open).toEqual([]);
      for (const part of state.shares) expect(new Set(part.declinedBy).size).toBe(part.declinedBy.length);
      for (const event of fresh) {
        if (event.kind === 'matter.shared' || event.kind === 'matter.part-asked-again') {
          // A meeting's decision sets going what stood still, and sends out what was not.
          const going = fresh.some(({ kind }) =>
            ['matter.resumed', 'matter.taken-up', 'matter.dispatched'].includes(kind),
          );
          const due = dueOf((going ? state : before).clock!, publishedCalendar);
          expect(due.paused).toBe(false);
          if (!due.paused) expect(event.due <= due.day || event.due === dayOf(at)).toBe(true);
        }
        if (
          event.kind === 'matter.resolved' &&
          before.shares.some((p) => p.state === 'asked' || p.state === 'declined')
        )
          expect(event.unanswered).toBeDefined();
        if (event.kind === 'matter.part-answered') expect(memberOf[event.stamp.actor]).toContain(event.unit);
        if (event.kind === 'matter.part-decided') expect(memberOf[event.stamp.actor]).not.toContain(event.from);
      }
    }, 150);
  });

  test('[C9] what is handed up keeps its unit and its clock, waits in one place, has its day, and is owed to the resident', () => {
    explore((state, _events, at, before, fresh) => {
      const waiting = state.raisings.filter((r) => r.state === 'asked');
      expect(waiting.length).toBeLessThanOrEqual(state.status === 'closed' ? 0 : 1);
      for (const event of fresh) {
        if (event.kind !== 'matter.raised') continue;
        expect([state.unit, state.clock]).toEqual([before.unit, before.clock]);
        expect(state.toTell).toContain('raising');
        expect(event.askOn > dayOf(at) && event.askOn <= addDays(dayOf(at), raising.mostDays)).toBe(true);
        const rung = raising.rungs.find(({ id }) => id === event.rung)!;
        if (rung.after !== undefined) expect(before.raisings.some((r) => rung.after!.includes(r.rung))).toBe(true);
      }
    }, 150);
  });
});
