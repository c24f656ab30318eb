import type { Recorded } from '../ledger/decider.ts';
import type { Consequence, Reaction, ReactionContext } from '../ledger/ledger.ts';
import type { NeedReportEvent } from '../informants/model.ts';
import type { OutreachEvent } from '../outreach/model.ts';
import type { TicketEvent } from '../reception/hall/model.ts';
import type { ReceptionEvent, RotaEvent } from '../reception/model.ts';
import type { MatterEvent, MatterState } from '../matters/model.ts';
import type { Review, ReviewEvent } from '../reviews/model.ts';
import { togetherFollows } from '../matters/together.ts';
import { referralStream } from '../meetings/group-tables.ts';
import type { MeetingState } from '../meetings/model.ts';
import type { SuggestionEvent } from '../suggestions/model.ts';
import type { TalkEvent } from '../talks/model.ts';
import type { VisitEvent } from '../visits/model.ts';

/**
 * What follows from what: an event in one feature that causes a command in another.
 * Reading this file is reading how the county works.
 */
export const reactions: Reaction = (event, context) => [
  ...togetherFollows(event, context),
  ...followsOf(event, context),
];

const followsOf: Reaction = (event, context) => {
  switch (event.kind) {
    case 'need.raised':
      return [needBecomesMatter(event as Recorded<Extract<VisitEvent, { kind: 'need.raised' }>>, context)];
    case 'outreach.taken':
      return [takenBecomesMatter(event as Recorded<Extract<OutreachEvent, { kind: 'outreach.taken' }>>, context)];
    case 'rota.published':
      return rotaBecomesDays(event as Recorded<Extract<RotaEvent, { kind: 'rota.published' }>>, context);
    case 'reception-day.received':
      return receivedBecomesMatter(
        event as Recorded<Extract<ReceptionEvent, { kind: 'reception-day.received' }>>,
        context,
      );
    case 'ticket.registered':
      return ticketBecomesMatter(event as Recorded<Extract<TicketEvent, { kind: 'ticket.registered' }>>, context);
    case 'talk.asked':
      return [questionBecomesMatter(event as Recorded<Extract<TalkEvent, { kind: 'talk.asked' }>>, context)];
    case 'need-report.passed':
      return [
        reportBecomesMatter(event as Recorded<Extract<NeedReportEvent, { kind: 'need-report.passed' }>>, context),
      ];
    case 'review.asked':
    case 'review.hearing-arranged':
    case 'review.hearing-held':
    case 'review.hearing-cancelled':
    case 'review.answered':
    case 'review.served':
    case 'review.refused':
    case 'review.withdrawn':
      return reviewTellsMatter(event as Recorded<ReviewEvent>, context);
    case 'suggestion.became-matter':
      return [
        suggestionBecomesMatter(
          event as Recorded<Extract<SuggestionEvent, { kind: 'suggestion.became-matter' }>>,
          context,
        ),
      ];
    case 'meeting.held':
      return referralsSettled(context);
    case 'matter.answered':
    case 'matter.resolved':
      return answerGoesBack(event as Recorded<Answered>, context);
    default:
      return [];
  }
};

/** What a household says it needs becomes a matter of its own, in the words it was said in (rows B2, C1). */
function needBecomesMatter(
  need: Recorded<Extract<VisitEvent, { kind: 'need.raised' }>>,
  context: ReactionContext,
): Consequence {
  const words = need.personal?.words ?? '';
  return {
    record: 'matter',
    stream: context.id(0),
    command: {
      kind: 'matter.register',
      channel: 'visit',
      subject: shortened(words),
      body: words,
      area: need.area,
      household: need.household,
      official: need.official,
      origin: `visit ${context.stream} ${need.index}`,
      receivedAt: need.metAt,
      ...(need.resident === undefined ? {} : { resident: need.resident }),
      ...(need.category === undefined ? {} : { category: need.category }),
    } as { kind: string },
  };
}

const shortened = (words: string): string => (words.length > 40 ? `${words.slice(0, 39)}…` : words);

/**
 * What somebody said to officials who went down becomes a matter (rows B11, C1). What was done on the spot is told with
 * it: whether that settles it, the resident says, as with every matter.
 */
function takenBecomesMatter(
  taken: Recorded<Extract<OutreachEvent, { kind: 'outreach.taken' }>>,
  context: ReactionContext,
): Consequence {
  const { words = '', how, name, phone } = taken.personal ?? {};
  return {
    record: 'matter',
    stream: context.id(0),
    command: {
      kind: 'matter.register',
      channel: 'outreach',
      subject: shortened(words),
      body: how === undefined ? words : `${words}\n\n现场已经办的：${how}`,
      area: taken.area,
      official: taken.official,
      origin: `outreach ${context.stream} ${taken.index}`,
      ...reporterOf(name, phone),
      ...(taken.household === undefined ? {} : { household: taken.household }),
      ...(taken.category === undefined ? {} : { category: taken.category }),
    } as { kind: string },
  };
}

const reporterOf = (
  name: string | undefined,
  phone: string | undefined,
): { reporter?: { name?: string; phone?: string } } =>
  name === undefined && phone === undefined
    ? {}
    : { reporter: { ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) } };

/** A rota that is published is so many reception days, each of which can be booked (row D1). */
const rotaBecomesDays = (
  { area, duty, entries, slotMinutes }: Recorded<Extract<RotaEvent, { kind: 'rota.published' }>>,
  context: ReactionContext,
): Consequence[] =>
  entries.map((entry, n) => ({
    record: 'reception-day',
    stream: context.id(n),
    command: { kind: 'reception-day.announce', area, duty, slotMinutes, ...entry } as { kind: string },
  }));

/** Whoever was received by a leader has a matter: a new one, unless it is one raised before (rows D1, C1). */
function receivedBecomesMatter(
  received: Recorded<Extract<ReceptionEvent, { kind: 'reception-day.received' }>>,
  context: ReactionContext,
): Consequence[] {
  return inPerson(
    received,
    { official: received.official, origin: `reception-day ${context.stream} ${received.item}` },
    context,
  );
}

/** What somebody came to the hall with is registered there, unless it is a matter raised before (rows D2, C1). */
const ticketBecomesMatter = (
  registered: Recorded<Extract<TicketEvent, { kind: 'ticket.registered' }>>,
  context: ReactionContext,
): Consequence[] => inPerson(registered, { origin: `ticket ${context.stream} ${registered.item}` }, context);

interface Heard {
  readonly area: string;
  readonly matter?: string;
  readonly household?: string;
  readonly category?: string;
  readonly personal?: { readonly words: string; readonly name?: string; readonly phone?: string };
}

/** The matter of somebody who came in person; none where it is linked to one raised before. */
function inPerson(heard: Heard, from: { official?: string; origin: string }, context: ReactionContext): Consequence[] {
  if (heard.matter !== undefined) return [];
  const { words = '', name, phone } = heard.personal ?? {};
  return [
    {
      record: 'matter',
      stream: context.id(0),
      command: {
        kind: 'matter.register',
        channel: 'hall',
        subject: shortened(words),
        body: words,
        area: heard.area,
        ...from,
        ...reporterOf(name, phone),
        ...(heard.household === undefined ? {} : { household: heard.household }),
        ...(heard.category === undefined ? {} : { category: heard.category }),
      } as { kind: string },
    },
  ];
}

/** What nobody at a talk could answer becomes a matter (row B10). */
function questionBecomesMatter(
  asked: Recorded<Extract<TalkEvent, { kind: 'talk.asked' }>>,
  context: ReactionContext,
): Consequence {
  const { words = '', name, phone } = asked.personal ?? {};
  return {
    record: 'matter',
    stream: context.id(0),
    command: {
      kind: 'matter.register',
      channel: 'talk',
      subject: shortened(words),
      body: words,
      area: asked.area,
      official: asked.official,
      origin: `talk ${context.stream} ${asked.index}`,
      ...reporterOf(name, phone),
    } as { kind: string },
  };
}

type Answered = Extract<MatterEvent, { kind: 'matter.answered' | 'matter.resolved' }>;

/** The answer to a question asked at a talk goes back to the talk, whose official tells whoever asked (row B10). */
function answerGoesBack(event: Recorded<Answered>, context: ReactionContext): Consequence[] {
  const state = context.state as MatterState;
  const origin = state.status === 'none' ? undefined : /^talk ([0-9a-f-]{36}) (\d+)$/.exec(state.origin ?? '');
  if (origin == null) return [];
  const command = { kind: 'talk.hear-answer', question: Number(origin[2]), words: event.personal?.text ?? '' };
  return [{ record: 'talk', stream: origin[1]!, command }];
}

/** A petition waits for its review, stands still while a hearing is prepared, and goes on by what came of it (row C13). */
function reviewTellsMatter(event: Recorded<ReviewEvent>, context: ReactionContext): Consequence[] {
  const state = context.state as Review;
  const tell = (what: string, more: object = {}): Consequence[] => [
    {
      record: 'matter',
      stream: state.matter,
      command: { kind: 'matter.follow-review', review: context.stream, level: state.level, what, ...more } as {
        kind: string;
      },
    },
  ];
  switch (event.kind) {
    case 'review.asked':
      return tell('asked', { rule: event.rule });
    case 'review.hearing-arranged':
      return state.hearingStops ? tell('paused', { reason: '听证' }) : [];
    case 'review.hearing-held':
    case 'review.hearing-cancelled':
      return state.hearingStops ? tell('resumed') : [];
    case 'review.answered':
      return tell('answered');
    case 'review.served':
      return event.receivedOn === undefined
        ? []
        : tell('over', { outcome: state.outcome, receivedOn: event.receivedOn });
    case 'review.refused':
      return tell('over', { outcome: 'refused' });
    case 'review.withdrawn':
      return tell('over', { outcome: 'withdrawn' });
    default:
      return [];
  }
}

/** What a place needs, or what a household asked for itself, becomes a matter; who reported it is not told (row A8). */
function reportBecomesMatter(
  report: Recorded<Extract<NeedReportEvent, { kind: 'need-report.passed' }>>,
  context: ReactionContext,
): Consequence {
  const { words = '', spot, name, phone } = report.personal ?? {};
  return {
    record: 'matter',
    stream: context.id(0),
    command: {
      kind: 'matter.register',
      channel: 'informant',
      subject: shortened(words),
      body: words,
      area: report.area,
      origin: `need-report ${context.stream}`,
      ...(spot === undefined ? {} : { spot }),
      ...(report.household === undefined ? {} : { household: report.household }),
      ...reporterOf(name, phone),
    } as { kind: string },
  };
}

/** A matter sent to the joint meeting waits no longer once one was held that had it on its agenda (rows K1, C9). */
function referralsSettled({ stream, state }: ReactionContext): Consequence[] {
  const meeting = state as MeetingState;
  if (meeting.status === 'none') return [];
  return meeting.agenda.flatMap(({ source, ref }) =>
    source === 'referred' && ref !== undefined
      ? [
          {
            record: 'referral',
            stream: referralStream(ref, meeting.unit),
            command: { kind: 'referral.settle', meeting: stream } as { kind: string },
          },
        ]
      : [],
  );
}

/** A suggestion that asks for something to be done goes on the ledger, in the words it was made in (row C18). */
function suggestionBecomesMatter(
  suggestion: Recorded<Extract<SuggestionEvent, { kind: 'suggestion.became-matter' }>>,
  context: ReactionContext,
): Consequence {
  const { title = '', words = '', name, phone } = suggestion.personal ?? {};
  return {
    record: 'matter',
    stream: context.id(0),
    command: {
      kind: 'matter.register',
      channel: 'box',
      subject: title,
      body: words,
      area: suggestion.area,
      origin: `suggestion ${context.stream}`,
      ...reporterOf(name, phone),
    } as { kind: string },
  };
}
