import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueOf } from '../calendar/clocks.ts';
import { dayOf } from '../calendar/days.ts';
import { dueByList } from '../calendar/testing.ts';
import { publishedCalendar } from '../calendar/years.ts';
import { type Recorded, isRefusal } from '../ledger/decider.ts';
import {
  type Review,
  ReviewCommand,
  type ReviewEvent,
  type ReviewFacts,
  type ReviewState,
  ReviewsPolicy,
  reviewPolicies,
  reviewRefusals,
} from '../reviews/model.ts';
import { possible as possibleInReview, reviews } from '../reviews/rules.ts';
import { RaisingPolicy, raisingPolicy } from './handling-model.ts';
import {
  MatterCommand,
  type MatterEvent,
  type MatterFacts,
  MatterSettings,
  type MatterState,
  PetitionSettings,
  matterRefusals,
} from './model.ts';
import { type ClockDocument, clockPolicy, matterPolicy, petitionPolicy } from './policy.ts';
import { matters, possible } from './rules.ts';
import { clocksOn } from './tables.ts';

/*
 * The whole procedure explored at random, matter and reviews together as the house lets them tell each other: whoever
 * does whatever they may at whatever time, nothing is ever left without an owner, a clock and a next step.
 */
const settings = MatterSettings.parse(matterPolicy.standard.document);
const petitions = PetitionSettings.parse(petitionPolicy.standard.document);
const policy = ReviewsPolicy.parse(reviewPolicies[0]!.standard.document);
const rules = clockPolicy.schema.parse(clockPolicy.standard.document) as ClockDocument;
const units: Record<string, readonly string[]> = {
  clerk: ['desk'],
  handler: ['water'],
  head: ['water'],
  other: ['works'],
  county: ['desk'],
  leader: ['desk'],
};
const RESIDENT = 'resident:QH1';

/** Matter and reviews with their histories, as a ledger holds them. */
class House {
  readonly events: Recorded<MatterEvent>[] = [];
  readonly files = new Map<string, Recorded<ReviewEvent>[]>();
  #papers = 0;
  at = Date.parse('2026-01-05T01:00:00Z');

  get now(): string {
    return new Date(this.at).toISOString();
  }
  state: MatterState = matters.initial;
  readonly #reviews = new Map<string, ReviewState>();
  review(id: string): ReviewState {
    return this.#reviews.get(id) ?? reviews.initial;
  }
  get open(): readonly [string, Review][] {
    return [...this.files.keys()].flatMap((id): [string, Review][] => {
      const state = this.review(id);
      return state.status === 'none' ? [] : [[id, state]];
    });
  }

  facts(actor: string, command: MatterCommand): MatterFacts {
    const state = this.state;
    const named = command.kind === 'matter.return' ? command.betterUnit : 'unit' in command ? command.unit : undefined;
    const ended = this.open.find(([, r]) => r.level === 're-review' && r.status === 'over' && r.outcome === 'upheld');
    return {
      actor,
      at: this.now,
      units: units[actor] ?? [],
      calendar: publishedCalendar,
      settings,
      raising: RaisingPolicy.parse(raisingPolicy.standard.document),
      clocks: clocksOn(rules, dayOf(this.now)),
      place: { area: 'village', chain: ['county', 'town', 'village'] },
      fresh: { number: 'QH1', code: '123456', desk: 'desk' },
      people: new Set(state.unit === 'water' ? ['handler', 'head'] : ['other']),
      ...(named === undefined ? {} : { unit: { id: named, head: 'head', reception: 'handler' } }),
      petition: {
        settings: petitions,
        taken: { number: `文〔2026〕${++this.#papers}号`, place: { series: 'one', year: 2026, serial: this.#papers } },
        heads: actor === 'head' || actor === 'leader',
        ...(command.kind === 'matter.refuse' && command.earlier !== undefined && ended !== undefined
          ? { ended: { review: ended[0], number: '信复核〔2026〕1 号' } }
          : {}),
      },
    };
  }

  /** @returns the refusal's code, or undefined when it was done */
  give(actor: string, command: MatterCommand): string | undefined {
    const verdict = matters.decide(this.state, command, this.facts(actor, command));
    if (isRefusal(verdict)) {
      expect(Object.keys(matterRefusals)).toContain(verdict.refused);
      return verdict.refused;
    }
    for (const event of verdict) {
      const stamp = { actor, at: this.now, version: this.events.length + 1 };
      this.events.push({ ...event, stamp });
      this.state = matters.evolve(this.state, event, stamp);
    }
    return undefined;
  }

  /** A command to a review, and what the matter hears of it, as `reactions.ts` says. */
  tell(actor: string, id: string, command: ReviewCommand): string | undefined {
    const { remedy, status } = this.state;
    const due = remedy === undefined ? undefined : dueOf(remedy.clock, publishedCalendar);
    const before = remedy?.of === undefined ? undefined : (this.review(remedy.of) as Review);
    const facts: ReviewFacts = {
      actor,
      at: this.now,
      calendar: publishedCalendar,
      policy,
      announceDays: petitions.announceDays,
      reviewerOfUnit: true,
      taken: { number: '信复查〔2026〕1号', place: { series: 'review', year: 2026, serial: 1 } },
      rule: clocksOn(rules, dayOf(this.now)).get(policy.clocks[remedy?.level ?? 'review'])!,
      petition: {
        number: 'QH1',
        status,
        subject: '占地补偿',
        level: remedy?.level,
        until: due === undefined || due.paused ? undefined : due.due,
        before: remedy?.of,
        served: true,
        hands: [...this.state.hands, ...(before === undefined ? [] : [...before.hands, ...before.acted])],
        chain: ['county', 'town', 'village'],
        keeper: 'desk',
        body: '县复查复核委员会',
      },
    };
    const verdict = reviews.decide(this.review(id), command, facts);
    if (isRefusal(verdict)) {
      expect([...Object.keys(reviewRefusals), ...Object.keys(matterRefusals)]).toContain(verdict.refused);
      return verdict.refused;
    }
    const file = this.files.get(id) ?? [];
    for (const event of verdict) {
      const stamp = { actor, at: this.now, version: file.length + 1 };
      file.push({ ...event, stamp });
      this.files.set(id, file);
      this.#reviews.set(id, reviews.evolve(this.review(id), event, stamp));
      const state = this.review(id) as Review;
      const follow = (more: object): void =>
        expect(
          this.give(actor, { kind: 'matter.follow-review', review: id, level: state.level, ...more } as MatterCommand),
        ).toBeUndefined();
      switch (event.kind) {
        case 'review.asked':
          follow({ what: 'asked', rule: event.rule });
          break;
        case 'review.hearing-arranged':
          if (state.hearingStops) follow({ what: 'paused', reason: '听证' });
          break;
        case 'review.hearing-held':
        case 'review.hearing-cancelled':
          if (state.hearingStops) follow({ what: 'resumed' });
          break;
        case 'review.answered':
          follow({ what: 'answered' });
          break;
        case 'review.served':
          if (event.receivedOn !== undefined)
            follow({ what: 'over', outcome: state.outcome, receivedOn: event.receivedOn });
          break;
        case 'review.refused':
          follow({ what: 'over', outcome: 'refused' });
          break;
        case 'review.withdrawn':
          follow({ what: 'over', outcome: 'withdrawn' });
          break;
        case 'review.accepted':
          break;
      }
    }
    return undefined;
  }
}

const TEXT = '说得清清楚楚的一句话，够长了。';

/** Who does each step in life, and a body the rules let in as often as not. */
const commandFor = (kind: MatterCommand['kind'], pick: number, house: House): [string, MatterCommand][] => {
  const { state } = house;
  const one = <T>(...of: readonly T[]): T => of[pick % of.length]!;
  const owed = state.papers.filter((p) => p.toUnit === undefined && p.receivedOn === undefined);
  const who = one('handler', 'handler', 'other', 'head');
  const give = (actor: string, command: object): [string, MatterCommand][] => [
    [actor, { kind, ...command } as MatterCommand],
  ];
  switch (kind) {
    case 'matter.dispatch':
      return give('clerk', { unit: one('water', 'works'), letter: one('forwarding', 'assignment') });
    case 'matter.acknowledge':
      return give(state.unit === 'works' ? 'other' : 'handler', {
        leader: state.unit === 'works' ? 'other' : 'head',
        handler: state.unit === 'works' ? 'other' : 'handler',
        measures: TEXT,
      });
    case 'matter.return':
      return give(state.unit === 'works' ? 'other' : 'handler', {
        reason: TEXT,
        betterUnit: one('water', 'works'),
      });
    case 'matter.adjudicate':
      return give('clerk', { unit: one('water', 'works'), ground: TEXT });
    case 'matter.refuse':
      return give(who, {
        ground: one('court', 'under-way', 'final', 'not-ours', 'nonsense'),
        reason: TEXT,
        where: one('县人民法院', ''),
        earlier: 'QH1',
      });
    case 'matter.uphold-refusal':
      return give(one('clerk', 'handler'), { reason: TEXT });
    case 'matter.revoke-opinion':
      return give(one('head', 'leader', 'handler'), { reason: TEXT });
    case 'matter.correct-paper':
      return state.papers.flatMap((paper) => give('handler', { paper: paper.version, correction: TEXT, reason: TEXT }));
    case 'matter.serve':
      return owed.flatMap((paper) =>
        give('handler', {
          paper: paper.version,
          way: one('handed', 'household', 'left', 'posted', 'delivered', 'returned', 'electronic', 'announced'),
          on: one(dayOf(house.now), paper.on),
          receiver: one('本人', ''),
          witness: one('王会计', ''),
          tracking: one('EX1', ''),
          note: one('村公示栏', ''),
        }),
      );
    case 'matter.receive':
      return owed.flatMap((paper) => give(RESIDENT, { paper: paper.version }));
    case 'matter.dispose':
      return give('handler', {
        disposition: one('solvable', 'unfounded', 'deferred'),
        cause: TEXT,
        plan: TEXT,
        recheckOn: '2031-06-01',
      });
    case 'matter.resolve':
      return give('handler', { answer: TEXT, outcome: one('supported', 'not-supported'), findings: TEXT, basis: TEXT });
    case 'matter.suspend':
      return give('handler', { reason: TEXT });
    case 'matter.ask-extension':
      return give('handler', { days: 1 + (pick % 35), reason: TEXT });
    case 'matter.decide-extension':
      return give(one('head', 'leader', 'clerk'), { grant: one(true, false), reason: TEXT });
    case 'matter.tell':
      return state.toTell.flatMap((what) => give('clerk', { what, means: 'phone' }));
    case 'matter.deny':
    case 'matter.reopen':
      return give(RESIDENT, { reason: TEXT });
    case 'matter.confirm':
      return give(RESIDENT, {});
    case 'matter.call-back':
      return give('county', { outcome: one('denied', 'unreached', 'confirmed'), words: TEXT });
    case 'matter.plan':
      return give('handler', { leader: 'head', handler: 'handler', measures: TEXT });
    case 'matter.progress':
      return give('handler', { note: TEXT });
    case 'matter.answer':
      return give('handler', { text: TEXT });
    case 'matter.classify':
      return give('clerk', { category: '水利' });
    case 'matter.instruct':
      return give('leader', { text: TEXT });
    case 'matter.rate':
      return give(RESIDENT, { score: 3 });
    case 'matter.explain-delay':
      return give('handler', { reason: TEXT });
    case 'matter.accept':
    case 'matter.resume':
      return give('handler', {});
    default:
      return [];
  }
};

const reviewCommandFor = (
  kind: ReviewCommand['kind'],
  pick: number,
  house: House,
  state: ReviewState,
): [string, ReviewCommand][] => {
  const one = <T>(...of: readonly T[]): T => of[pick % of.length]!;
  const give = (actor: string, command: object): [string, ReviewCommand][] => [
    [actor, { kind, ...command } as ReviewCommand],
  ];
  const reviewer = one('county', 'leader', 'handler', 'third', 'fourth');
  switch (kind) {
    case 'review.ask':
      return give(RESIDENT, { matter: 'm', words: TEXT, lateReason: one('住院', '') });
    case 'review.accept':
      return give(reviewer, { reviewer });
    case 'review.refuse':
      return give(reviewer, { ground: one('late', 'other-way'), reason: TEXT });
    case 'review.arrange-hearing':
      return give(reviewer, {
        day: dayOf(new Date(house.at + (1 + (pick % 40)) * 86_400_000).toISOString()),
        from: '09:00',
        to: one('11:00', '08:00'),
        place: '二楼',
        chair: '何书记',
        persons: '本人',
      });
    case 'review.hold-hearing':
      return give(reviewer, { present: '本人', minutes: TEXT });
    case 'review.cancel-hearing':
      return give(reviewer, { reason: TEXT });
    case 'review.answer':
      return give(reviewer, {
        outcome: one('upheld', 'upheld', 'changed', 'sent-back'),
        findings: TEXT,
        basis: TEXT,
        text: TEXT,
      });
    case 'review.serve':
      return (state.status === 'none' ? [] : state.papers).flatMap((paper) =>
        give('county', {
          paper: paper.version,
          way: one('handed', 'posted', 'announced'),
          on: dayOf(house.now),
          receiver: '本人',
          tracking: 'EX1',
          note: '公示栏',
        }),
      );
    case 'review.receive':
      return (state.status === 'none' ? [] : state.papers).flatMap((paper) => give(RESIDENT, { paper: paper.version }));
    case 'review.withdraw':
      return give(RESIDENT, {});
  }
};

interface Turn {
  readonly hours: number;
  readonly at: number;
  readonly pick: number;
}
const turns = fc.array(fc.record({ hours: fc.integer({ min: 0, max: 500 }), at: fc.nat(), pick: fc.nat() }), {
  minLength: 20,
  maxLength: 90,
});
/** The straight way to a written opinion, and on to a re-review: walks begin there as well, so that all is met often. */
const begin = (house: House, far: number): void => {
  house.give('clerk', {
    kind: 'matter.register',
    channel: 'letter',
    subject: '占地补偿',
    area: 'village',
    reporter: { name: '陈秀英' },
  });
  if (far === 0) return;
  house.give('clerk', { kind: 'matter.dispatch', unit: 'water' });
  house.give('handler', { kind: 'matter.acknowledge', leader: 'head', handler: 'handler', measures: TEXT });
  house.give('handler', { kind: 'matter.accept' });
  house.give('handler', { kind: 'matter.dispose', disposition: 'unfounded', cause: TEXT });
  house.give('handler', {
    kind: 'matter.resolve',
    answer: TEXT,
    outcome: 'not-supported',
    findings: TEXT,
    basis: TEXT,
  });
  house.give(RESIDENT, { kind: 'matter.receive', paper: house.state.papers.at(-1)!.version });
  if (far === 1) return;
  house.tell(RESIDENT, 'first', { kind: 'review.ask', matter: 'm', words: TEXT });
  house.tell('county', 'first', { kind: 'review.accept', reviewer: 'county' });
  house.tell('county', 'first', { kind: 'review.answer', outcome: 'upheld', findings: TEXT, basis: TEXT, text: TEXT });
  house.tell(RESIDENT, 'first', { kind: 'review.receive', paper: 3 });
  house.tell(RESIDENT, 'second', { kind: 'review.ask', matter: 'm', words: TEXT });
  house.tell('leader', 'second', { kind: 'review.accept', reviewer: 'leader' });
};

/** Walks among what the rules themselves offer; each step is looked at. */
const walk = (far: number, steps: readonly Turn[], look: (house: House) => void): House => {
  const house = new House();
  begin(house, far);
  look(house);
  for (const { hours, at, pick } of steps) {
    house.at += hours * 3_600_000;
    const { state } = house;
    const open = house.open.filter(([, r]) => possibleInReview(r).length > 0);
    const offered: (() => void)[] = possible(state).flatMap((kind) =>
      commandFor(kind, pick, house).map(
        ([actor, command]) =>
          () =>
            void house.give(actor, command),
      ),
    );
    for (const [id, review] of open)
      for (const kind of possibleInReview(review))
        for (const [actor, command] of reviewCommandFor(kind, pick, house, review))
          offered.push(() => void house.tell(actor, id, command));
    if (state.remedy !== undefined && state.status === 'resolved')
      for (const [actor, command] of reviewCommandFor('review.ask', pick, house, { status: 'none' }))
        offered.push(() => void house.tell(actor, `review ${house.files.size}`, command));
    if (offered.length === 0) continue;
    offered[at % offered.length]!();
    look(house);
  }
  return house;
};

const walks = (look: (house: House) => void, after: (house: House) => void = () => {}): void =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 }), turns, (far, steps) => after(walk(far, steps, look))),
    { numRuns: 150 },
  );

describe('a petition and its reviews, whatever is done to them', () => {
  test('[C5] [C13] no state is without an owner, a clock and a next step', () => {
    const met = new Set<string>();
    walks((house) => {
      const { state } = house;
      met.add(state.status);
      expect(state.unit ?? state.desk).not.toBe('');
      if (state.status === 'closed') return;
      expect(state.clock).toBeDefined();
      expect(state.overall).toBeDefined();
      // Somebody can do something: in the matter itself, or in the review it waits for.
      const steps = possible(state).filter((kind) => kind !== 'matter.instruct' && kind !== 'matter.follow-review');
      if (state.status === 'reviewing') {
        const review = house.review(state.review!);
        expect(review.status).not.toBe('none');
        const { keeper, clock, owed } = review as Review;
        expect(keeper).not.toBe('');
        expect(clock ?? owed[0]?.clock).toBeDefined();
        expect(possibleInReview(review).length).toBeGreaterThan(0);
      } else expect(steps.length).toBeGreaterThan(0);
    });
    expect([...met].toSorted()).toEqual([
      'closed',
      'deferred',
      'dispatched',
      'handling',
      'registered',
      'resolved',
      'reviewing',
    ]);
  });

  test('[C5] [C13] nothing closes against the person’s word but the lawful end, which says so', () => {
    let ends = 0;
    walks(({ state, events }) => {
      if (state.status !== 'closed') return;
      const last = events.findLast((e) => !/served|rated|instructed|paper-corrected/.test(e.kind))!;
      if (state.closedBy === 'lawful-end') {
        ends += 1;
        const rested =
          (last.kind === 'matter.review-followed' && last.level === 're-review' && last.outcome === 'upheld') ||
          (last.kind === 'matter.refused' && last.final && last.review !== undefined);
        expect(rested).toBe(true);
        expect(possible(state)).not.toContain('matter.reopen');
      } else {
        expect(last.kind).toBe('matter.confirmed');
        if (last.kind === 'matter.confirmed' && last.by === 'call-back')
          expect(state.hands).not.toContain(last.stamp.actor);
      }
    });
    expect(ends).toBeGreaterThan(0);
  });

  test('[C5] every date equals the one an independent calendar of days counts, and no clock is ever lost', () => {
    let compared = 0;
    // A walk ends anywhere, and what ran before is on record: its end shows every clock there was.
    walks(
      () => {},
      (house) => {
        const { state } = house;
        const runs = [
          state.clock,
          state.overall,
          state.remedy?.clock,
          ...state.owed.map((o) => o.clock),
          ...state.past.map((p) => p.clock),
          ...house.open.flatMap(([, r]) => [r.clock, ...r.past.map((p) => p.clock), ...r.owed.map((o) => o.clock)]),
        ].filter((run) => run !== undefined && run.rule.unit === 'day');
        for (const run of runs) {
          const due = dueOf(run!, publishedCalendar);
          if (run!.stoppedAt !== undefined && run!.suspensions.some((s) => s.to === undefined)) continue;
          // The list of days is as long as a person would care to count.
          if (!due.paused && due.day > '2034-11-01') continue;
          expect(due.paused ? 'paused' : due.day).toBe(dueByList(run!, publishedCalendar));
          compared += 1;
        }
        // Each clock that was ever started is there still: running, owed, or on record.
        const started = new Set(
          house.events.flatMap((e) =>
            'rule' in e && e.rule !== undefined && e.kind !== 'matter.acknowledged'
              ? [`${e.rule.id} ${e.kind === 'matter.registered' ? (e.clockFrom ?? e.stamp.at) : e.stamp.at}`]
              : [],
          ),
        );
        const kept = new Set(
          [state.clock, ...state.past.map((p) => p.clock)].flatMap((run) =>
            run === undefined ? [] : [`${run.rule.id} ${run.startedAt}`],
          ),
        );
        for (const one of started) expect(kept).toContain(one);
        expect(state.overall?.startedAt).toBe(house.events[0]!.stamp.at);
      },
    );
    expect(compared).toBeGreaterThan(1_000);
  });

  test('[C5] a limit from receipt starts with the proof and not before; extensions never pass thirty days', () => {
    walks(({ state, events }) => {
      const opinion = state.papers.findLast((p) => p.kind === 'opinion' && p.righted?.how !== 'revoked');
      if (state.remedy?.level === 'review') {
        expect(opinion?.receivedOn).toBeDefined();
        expect(dayOf(state.remedy.clock.startedAt)).toBe(opinion!.receivedOn);
      }
      if (
        opinion !== undefined &&
        opinion.receivedOn === undefined &&
        state.status === 'resolved' &&
        state.remedy?.of === undefined
      )
        expect(state.remedy?.level).not.toBe('re-review');
      for (const { clock } of [...state.past, ...(state.clock === undefined ? [] : [{ clock: state.clock }])])
        if (clock.rule.id === 'petition.resolve')
          expect(clock.extensions.reduce((sum, e) => sum + e.amount, 0)).toBeLessThanOrEqual(30);
      // What is drawn up for the person is owed until it has reached them.
      for (const paper of state.papers)
        if (paper.toUnit === undefined)
          expect(state.owed.some((o) => o.paper === paper.version)).toBe(
            paper.receivedOn === undefined && ['corrected', undefined].includes(paper.righted?.how),
          );
      const numbers = state.papers.map((p) => p.number);
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(events.filter((e) => 'paper' in e && typeof e.paper === 'object').length).toBe(numbers.length);
    });
  });

  test('[C13] nobody reviews what they handled or reviewed before, and bounces are bounded by rulings', () => {
    walks((house) => {
      for (const [, review] of house.open) {
        if (review.reviewer !== undefined) expect(review.hands).not.toContain(review.reviewer);
        for (const who of review.acted) expect(review.hands).not.toContain(who);
        const before = review.before === undefined ? undefined : (house.review(review.before) as Review);
        if (before !== undefined) for (const who of before.acted) expect(review.acted).not.toContain(who);
      }
      const { state, events } = house;
      const refused = events.filter((e) => e.kind === 'matter.refused' && !e.final).length;
      const rulings = events.filter(
        (e) =>
          e.kind === 'matter.adjudicated' ||
          e.kind === 'matter.dispatched' ||
          e.kind === 'matter.denied' ||
          e.kind === 'matter.reopened',
      ).length;
      expect(refused).toBeLessThanOrEqual(rulings + 1);
      expect(new Set(state.returnedBy).size).toBe(state.returns);
    });
  });
});

test('every refusal of a review has a sentence that ends like one', () => {
  for (const sentence of Object.values(reviewRefusals)) expect(sentence).toMatch(/[。？]$/);
  for (const option of ReviewCommand.options) expect(option.shape.kind.value).toMatch(/^review\./);
  expect(MatterCommand.options.length).toBeGreaterThan(25);
});
