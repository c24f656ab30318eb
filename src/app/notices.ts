import { dueOf } from '../calendar/clocks.ts';
import { endOfDay, startOfDay } from '../calendar/days.ts';
import type { Calendar, Day } from '../calendar/model.ts';
import type { Recorded } from '../ledger/decider.ts';
import type { MeetingEvent, MeetingState } from '../meetings/model.ts';
import type { MatterEvent, MatterState } from '../matters/model.ts';
import { sayNumber } from '../matters/number-words.ts';
import type { Deadline, Happened, NoticeRules, NoticeWords, Telling, To } from '../notices/model.ts';
import type { SuggestionEvent, SuggestionState } from '../suggestions/model.ts';
import type { VisitState } from '../visits/model.ts';

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

    'suggestion.sent': ({ unit, answerBy }: SuggestionOf<'suggestion.sent'>, { state }: Happened<SuggestionState>) => [
      { kind: 'suggestion.sent', to: { unit }, words: { unit, day: answerBy, ...numberOf(state) } },
    ],
  },
  deadlines: {
    matter: {
      of: matterDeadlines,
      open: { table: 'matter', id: 'id', where: 'open' },
    },
    meeting: {
      of: taskDeadlines,
      open: { table: 'meeting_task', id: 'meeting', where: 'open' },
    },
    suggestion: {
      of: suggestionDeadlines,
      open: { table: 'suggestion', id: 'id', where: 'answered_on is null and unit is not null' },
    },
    visit: {
      of: promiseDeadlines,
      open: { table: 'promise', id: 'visit', where: 'kept_on is null' },
    },
  },
};

type MatterOf<K extends MatterEvent['kind']> = Recorded<Extract<MatterEvent, { kind: K }>>;
type InMatter = Happened<MatterState>;
type MeetingOf<K extends MeetingEvent['kind']> = Recorded<Extract<MeetingEvent, { kind: K }>>;
type InMeeting = Happened<MeetingState>;
type SuggestionOf<K extends SuggestionEvent['kind']> = Recorded<Extract<SuggestionEvent, { kind: K }>>;

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

/** What was decided at a meeting and given to somebody until a day; reported as done, it waits for the next meeting. */
function taskDeadlines(state: MeetingState): Deadline[] {
  if (state.status !== 'held') return [];
  return state.tasks.flatMap((task, place) =>
    task.state === 'kept' || task.state === 'dropped' || task.state === 'done'
      ? []
      : [
          {
            run: `task ${place}`,
            due: endOfDay(task.due),
            day: task.due,
            hours: false,
            since: startOfDay(state.day),
            handler: { official: task.official },
            leader: { headOf: task.unit },
            above: { official: undefined },
            about: 'task' as const,
            words: { unit: task.unit, day: task.due },
          },
        ],
  );
}

/** A suggestion is answered by the unit it was sent to, by a day. */
function suggestionDeadlines(state: SuggestionState): Deadline[] {
  if (state.status !== 'sent' || state.answerBy === undefined || state.unit === undefined) return [];
  return [
    {
      run: `answer ${state.unit}`,
      due: endOfDay(state.answerBy),
      day: state.answerBy,
      hours: false,
      since: state.filedAt,
      handler: { unit: state.unit },
      leader: { headOf: state.unit },
      above: { official: undefined },
      about: 'reminder',
      words: { number: state.number, unit: state.unit, day: state.answerBy },
    },
  ];
}

/** What an official promised a household, each promise with its own day. The household hears it from the official. */
function promiseDeadlines(state: VisitState): Deadline[] {
  if (state.status === 'none') return [];
  return state.promises.flatMap(({ by, kept }, place) =>
    kept !== undefined
      ? []
      : [
          {
            run: `promise ${place}`,
            due: endOfDay(by),
            day: by,
            hours: false,
            since: state.metAt,
            handler: { official: state.official },
            leader: { official: undefined },
            above: { official: undefined },
            about: 'promise' as const,
            words: { day: by },
          },
        ],
  );
}
