import { dueOf } from '../calendar/clocks.ts';
import { endOfDay } from '../calendar/days.ts';
import type { Calendar, Day } from '../calendar/model.ts';
import type { DisputeState } from '../disputes/model.ts';
import { disputesOwed } from '../disputes/rules.ts';
import { sweepsOwed } from '../disputes/sweeps.ts';
import type { HardCaseEvent, HardCaseState, HardCasesPolicy } from '../hard-cases/model.ts';
import { hardCasesOwed } from '../hard-cases/rules.ts';
import { hotspotsOwed } from '../hotspots/rules.ts';
import type { Recorded } from '../ledger/decider.ts';
import type { Policies } from '../ledger/record.ts';
import type { MeetingEvent, MeetingState } from '../meetings/model.ts';
import type { MatterEvent, MatterState } from '../matters/model.ts';
import { sayNumber } from '../matters/number-words.ts';
import { meetingsOwed } from '../meetings/rules.ts';
import type { Deadline, DeadlineRule, Happened, NoticeRules, NoticeWords, Telling, To } from '../notices/model.ts';
import type { OrderEvent, OrderState } from '../orders/model.ts';
import { ordersOwed } from '../orders/rules.ts';
import { outreachesOwed } from '../outreach/rules.ts';
import { type Owed, ownKinds } from '../owed/model.ts';
import { pairsOwed } from '../pairs/rules.ts';
import type { ReviewState } from '../reviews/model.ts';
import { reviewsOwed } from '../reviews/rules.ts';
import { studiesOwed } from '../studies/rules.ts';
import type { SuggestionEvent, SuggestionState } from '../suggestions/model.ts';
import { suggestionsOwed } from '../suggestions/rules.ts';
import { talksOwed } from '../talks/rules.ts';
import { promisesOwed } from '../visits/rules.ts';

/**
 * Who is told of what: for each event, the notices it causes; for each kind of record, the clocks reminders follow.
 * Reading this file is reading what the county tells its people. A feature adds its lines here, and its kinds, with the
 * words they have, in `notices/kinds.ts`.
 *
 * A notice says a number and what happened. It never says who raised a matter: whoever may know that reads it there.
 */
export const noticeRules: NoticeRules = {
  tellings: {
    'matter.registered': ({ channel, official }: MatterOf<'matter.registered'>, now: InMatter) =>
      // A matter from a visit or a talk was written down by the official it names; a card is addressed to them.
      channel === 'card' ? [tell('matter.written-to', now, { official })] : [],
    'matter.dispatched': ({ unit }: MatterOf<'matter.dispatched'>, now: InMatter) => [
      tell('matter.dispatched', now, { unit }, { unit }),
      tell('resident.dispatched', now, 'resident'),
    ],
    // A unit that signs for a petition has not accepted it yet: that is said in writing, and told then.
    'matter.acknowledged': (_: unknown, now: InMatter) =>
      now.state.procedure === 'petition' ? [] : [tell('resident.accepted', now, 'resident')],
    'matter.accepted': (_: unknown, now: InMatter) => [tell('resident.accepted', now, 'resident')],
    'matter.returned': ({ from }: MatterOf<'matter.returned'>, now: InMatter) => [
      tell('matter.return-asked', now, { desk: now.state.desk }, { unit: from }),
    ],
    'matter.adjudicated': ({ unit, from }: MatterOf<'matter.adjudicated'>, now: InMatter) => [
      tell('matter.adjudicated', now, { unit }, { unit }),
      ...(from === unit ? [] : [tell('matter.adjudicated', now, { unit: from }, { unit })]),
    ],
    'matter.suspended': (_: unknown, now: InMatter) => [tell('resident.suspended', now, 'resident')],
    'matter.extension-asked': (_: unknown, now: InMatter) => [
      tell('matter.extension-asked', now, { desk: now.state.desk }, { unit: now.state.unit }),
    ],
    'matter.extension-granted': ({ askedBy }: MatterOf<'matter.extension-granted'>, now: InMatter) => [
      tell('matter.extension-granted', now, { official: askedBy }, { day: dayDue(now) }),
      tell('resident.extended', now, 'resident', { day: dayDue(now) }),
      ...toWriter(now),
    ],
    'matter.extension-refused': ({ askedBy }: MatterOf<'matter.extension-refused'>, now: InMatter) => [
      tell('matter.extension-refused', now, { official: askedBy }),
    ],
    'matter.disposed': ({ disposition }: MatterOf<'matter.disposed'>, now: InMatter) =>
      disposition === 'deferred' ? [tell('resident.deferred', now, 'resident'), ...toWriter(now)] : [],
    'matter.answered': (_: unknown, now: InMatter) => [tell('resident.answered', now, 'resident')],
    // One taken over from a board was answered there: nobody here waits for a word.
    'matter.resolved': ({ unit, rule }: MatterOf<'matter.resolved'>, now: InMatter) =>
      rule === undefined
        ? []
        : [
            tell('matter.resolved', now, { desk: now.state.desk }, { unit }),
            tell('resident.resolved', now, 'resident'),
            ...toWriter(now),
          ],
    'matter.confirmed': ({ by }: MatterOf<'matter.confirmed'>, now: InMatter) => [
      ...toHandlers('matter.confirmed', now),
      ...(by === 'call-back' ? [tell('resident.closed', now, 'resident')] : []),
    ],
    'matter.denied': (_: unknown, now: InMatter) => toHandlers('matter.denied', now, { day: dayDue(now) }),
    'matter.reopened': (_: unknown, now: InMatter) => toHandlers('matter.reopened', now, { day: dayDue(now) }),
    'matter.instructed': (_: unknown, now: InMatter) => toHandlers('matter.instructed', now),
    // A matter merged into another is handled there; who raised it is told as if it were alone.
    'matter.followed': ({ what }: MatterOf<'matter.followed'>, now: InMatter) => {
      const kind = followed[what];
      return kind === undefined || (what === 'disposition' && now.state.status !== 'deferred')
        ? []
        : [tell(kind, now, 'resident', { day: dayDue(now) })];
    },

    'meeting.called': ({ day, chair, invited }: MeetingOf<'meeting.called'>) =>
      [...new Set([chair, ...invited])].map((official) => ({
        kind: 'meeting.called',
        to: { official },
        words: { day },
      })),
    'meeting.changed': ({ day }: MeetingOf<'meeting.changed'>, { state }: InMeeting) =>
      toInvited('meeting.changed', state, day),
    'meeting.cancelled': (_: unknown, { state }: InMeeting) =>
      toInvited('meeting.cancelled', state, state.status === 'none' ? undefined : state.day),
    'meeting.held': ({ decisions }: MeetingOf<'meeting.held'>) =>
      decisions.map(({ official, due }) => ({ kind: 'task.set', to: { official }, words: { day: due } })),

    'order.issued': ({ number, unit, person, due: day }: OrderOf<'order.issued'>) => [
      {
        kind: 'order.issued',
        to: person === undefined ? { unit } : { official: person },
        words: { number, unit, day },
      },
    ],
    'order.reminded': (_: unknown, { state }: Happened<OrderState>) => toCarrier('order.reminded', state),
    'order.fed-back': ({ final }: OrderOf<'order.fed-back'>, { state }: Happened<OrderState>) =>
      !final || state.status === 'none'
        ? []
        : [
            {
              kind: 'order.reported',
              to: { official: state.giver ?? state.issuedBy },
              words: { number: state.number, unit: state.unit },
            },
          ],
    'order.judged': ({ done }: OrderOf<'order.judged'>, { state }: Happened<OrderState>) =>
      done ? [] : toCarrier('order.sent-back', state),
    'dispute.handed-over': (_: unknown, { state }: Happened<DisputeState>) =>
      state.status === 'none' || state.handOver === undefined
        ? []
        : [
            {
              kind: 'dispute.handed-over',
              to: { unit: state.handOver.unit },
              words: { unit: state.handOver.unit, day: state.handOver.answerBy },
            },
          ],
    'review.asked': (_: unknown, { state, calendar }: Happened<ReviewState>) =>
      reviewsOwed(state, calendar).map(({ unit, due: day, number }) => ({
        kind: 'review.asked' as const,
        to: { unit },
        words: { number: number === undefined ? undefined : sayNumber(number), unit, day },
      })),
    'hard-case.proposed': ({ leader }: HardCaseOf<'hard-case.proposed'>) => [
      { kind: 'hard-case.asked', to: { official: leader } },
    ],

    'suggestion.sent': ({ unit, answerBy }: SuggestionOf<'suggestion.sent'>, { state }: Happened<SuggestionState>) => [
      { kind: 'suggestion.sent', to: { unit }, words: { unit, day: answerBy, ...numberOf(state) } },
    ],
  },
  deadlines: {
    matter: {
      of: matterDeadlines,
      open: { table: 'matter', id: 'id', where: 'open' },
    },
    ...Object.fromEntries([
      owing('dispute', disputesOwed),
      // A leader's case ends with its matter.
      owing(
        'hard-case',
        (state: HardCaseState, _, policies) => hardCasesOwed(state, policies.get<HardCasesPolicy>('hard-cases')),
        'exists (select from matter m where m.county = owed.county and m.id = owed.matter and m.open)',
      ),
      owing('hotspot', hotspotsOwed),
      owing('meeting', meetingsOwed),
      owing('order', ordersOwed),
      owing('review', reviewsOwed),
      owing('outreach', outreachesOwed),
      owing('pair', pairsOwed),
      owing('study', studiesOwed),
      owing('suggestion', suggestionsOwed),
      owing('sweep', sweepsOwed),
      owing('talk', talksOwed),
      owing('visit', promisesOwed),
    ]),
  },
};

type MatterOf<K extends MatterEvent['kind']> = Recorded<Extract<MatterEvent, { kind: K }>>;
type InMatter = Happened<MatterState>;
type MeetingOf<K extends MeetingEvent['kind']> = Recorded<Extract<MeetingEvent, { kind: K }>>;
type InMeeting = Happened<MeetingState>;
type SuggestionOf<K extends SuggestionEvent['kind']> = Recorded<Extract<SuggestionEvent, { kind: K }>>;

type OrderOf<K extends OrderEvent['kind']> = Recorded<Extract<OrderEvent, { kind: K }>>;
type HardCaseOf<K extends HardCaseEvent['kind']> = Recorded<Extract<HardCaseEvent, { kind: K }>>;

/** To whoever carries an order out: the person it named, else the unit. */
const toCarrier = (kind: Telling['kind'], state: OrderState): Telling[] =>
  state.status === 'none'
    ? []
    : [
        {
          kind,
          to: state.person === undefined ? { unit: state.unit } : { official: state.person },
          words: { number: state.number, unit: state.unit, day: state.due },
        },
      ];

/** What a step on the main matter is to who raised one that was merged into it. */
const followed: Partial<Record<MatterOf<'matter.followed'>['what'], Telling['kind']>> = {
  unit: 'resident.dispatched',
  pause: 'resident.suspended',
  extension: 'resident.extended',
  disposition: 'resident.deferred',
  answer: 'resident.answered',
  result: 'resident.resolved',
};

const toInvited = (kind: Telling['kind'], state: MeetingState, day: Day | undefined): Telling[] =>
  state.status === 'none'
    ? []
    : [...new Set([state.chair, ...state.invited])].map((official) => ({ kind, to: { official }, words: { day } }));

const numberOf = (state: SuggestionState): NoticeWords => (state.status === 'none' ? {} : { number: state.number });

const tell = (kind: Telling['kind'], { state }: InMatter, to: To, words: NoticeWords = {}): Telling => ({
  kind,
  to,
  words: { number: sayNumber(state.number), ...words },
});

/** To who does it and who leads it; before anyone is named, to the unit. */
const toHandlers = (kind: Telling['kind'], now: InMatter, words: NoticeWords = {}): Telling[] => {
  const { handler, leader, unit, desk } = now.state;
  if (handler === undefined) return [tell(kind, now, { unit: unit ?? desk }, words)];
  return [
    tell(kind, now, { official: handler }, words),
    ...(leader === undefined || leader === handler ? [] : [tell(kind, now, { official: leader }, words)]),
  ];
};

/** To the official who wrote it down at somebody's door: they are who the household asks, and may have to tell it. */
const toWriter = (now: InMatter): Telling[] => {
  const { official, channel } = now.state;
  return channel === 'visit' || channel === 'outreach' ? [tell('matter.news', now, { official })] : [];
};

const dayDue = ({ state, calendar }: InMatter): Day | undefined => {
  const due = state.clock === undefined ? undefined : dueOf(state.clock, calendar);
  return due === undefined || due.paused ? undefined : due.day;
};

/** The clock of a matter, and whose it is by where the matter stands. */
function matterDeadlines(state: MatterState, calendar: Calendar): Deadline[] {
  if (state.status === 'none' || state.status === 'closed') return [];
  // What was merged into another is done there: whoever handles both is reminded of the one.
  if (state.merged !== undefined && state.status !== 'resolved') return [];
  const ends = endOf(state, calendar);
  if (ends === undefined) return [];
  const { unit = state.desk, handler, leader } = state;
  // Before it is dispatched and after it is resolved the desk has the next step: to send it on, to ask the resident.
  const atDesk = state.status === 'registered' || state.status === 'resolved';
  return [
    {
      ...ends,
      handler: atDesk ? { desk: state.desk } : handler === undefined ? { unit } : { official: handler },
      leader: atDesk ? { headOf: state.desk } : leader === undefined ? { headOf: unit } : { official: leader },
      above: { above: state.place.chain },
      about: 'reminder',
      words: { number: sayNumber(state.number), unit: atDesk ? state.desk : unit, day: ends.day },
    },
  ];
}

function endOf(
  state: MatterState,
  calendar: Calendar,
): Pick<Deadline, 'run' | 'due' | 'day' | 'hours' | 'since'> | undefined {
  if (state.status === 'deferred' && state.recheckOn !== undefined) {
    const day = state.recheckOn;
    return { run: 'recheck', due: endOfDay(day), day, hours: false, since: state.registeredAt };
  }
  const { clock } = state;
  if (clock === undefined) return undefined;
  const due = dueOf(clock, calendar);
  if (due.paused) return undefined;
  const { rule, startedAt } = clock;
  return { run: `${rule.id} ${startedAt}`, due: due.due, day: due.day, hours: rule.unit === 'hour', since: startedAt };
}

/**
 * What a record says is owed, as clocks to be reminded of: whoever owes it, who leads their unit, who supervises the
 * place. Meeting tasks have words of their own; what has a number is spoken of by it.
 */
function owedDeadlines(owed: readonly Owed[], chain: readonly string[]): Deadline[] {
  return owed.flatMap(({ run, kind, unit, official, due: day, since, number }) =>
    day === undefined
      ? []
      : [
          {
            run,
            due: endOfDay(day),
            day,
            hours: false,
            since,
            handler: official === undefined ? { unit } : { official },
            // What is one person's own, like a promise at a door, the household hears from whoever owes it.
            leader: ownKinds.includes(kind) ? { official: undefined } : { headOf: unit },
            above: ownKinds.includes(kind) ? { official: undefined } : { above: chain },
            about: spoken(kind, number),
            words: { number: number === undefined ? undefined : sayNumber(number), unit, day },
          },
        ],
  );
}

/** Which words a reminder has. */
const spoken = (kind: Owed['kind'], number: string | undefined): Deadline['about'] =>
  kind === 'task' || kind === 'promise' ? kind : number === undefined ? 'owed' : 'reminder';

type Chained = { readonly status: 'none' } | { readonly status: string; readonly chain: readonly string[] };
/** The reminders of a record that writes what it owes into the shared table. */
function owing<State extends Chained>(
  record: string,
  of: (state: State, calendar: Calendar, policies: Policies) => Owed[],
  where = 'true',
): [string, DeadlineRule] {
  return [
    record,
    {
      of: (state: State, calendar, policies) =>
        'chain' in state ? owedDeadlines(of(state, calendar, policies), state.chain) : [],
      open: { table: 'owed', id: 'stream', where: `record = '${record}' and ${where}` },
    },
  ];
}
