import { dayOf } from '../calendar/days.ts';
import type { Recorded } from '../ledger/decider.ts';
import type { Consequence, Reaction, ReactionContext } from '../ledger/ledger.ts';
import type { CampaignEvent } from '../campaigns/model.ts';
import type { DialogueEvent } from '../dialogues/model.ts';
import type { Dispute, DisputeEvent, SweepEvent, SweepState } from '../disputes/model.ts';
import { type BacklogEvent, hardCaseStream } from '../hard-cases/model.ts';
import type { NeedReportEvent } from '../informants/model.ts';
import type { OutreachEvent } from '../outreach/model.ts';
import type { TicketEvent } from '../reception/hall/model.ts';
import type { ReceptionEvent, RotaEvent } from '../reception/model.ts';
import type { MatterEvent, MatterState } from '../matters/model.ts';
import type { Review, ReviewEvent } from '../reviews/model.ts';
import { LEADER_SOURCE } from '../orders/model.ts';
import type { RouteChangeEvent } from '../routing/model.ts';
import type { GuideEvent, GuideState, TalkEvent } from '../talks/model.ts';
import { togetherFollows } from '../matters/together.ts';
import type { MeetingState } from '../meetings/model.ts';
import type { SuggestionEvent } from '../suggestions/model.ts';
import type { TipOffEvent, TipOffState } from '../tip-offs/model.ts';
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
    case 'dialogue.left-open':
      return [openBecomesMatter(event as Recorded<Extract<DialogueEvent, { kind: 'dialogue.left-open' }>>, context)];
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
    case 'route-change.accepted':
      return [acceptedIsPublished(event as Recorded<Accepted>)];
    case 'campaign.handed-over':
      return handedIsPublished(event as Recorded<Handed>);
    case 'guide.amended':
    case 'guide.withdrawn':
      return [libraryAnnounces(event as Recorded<Amended>, context)];
    case 'matter.instructed':
      return instructionIsFollowed(event as Recorded<Instructed>, context);
    case 'sweep.found':
      return [findingIsFollowed(event as Recorded<Extract<SweepEvent, { kind: 'sweep.found' }>>, context)];
    case 'dispute.passed':
      return [disputeBecomesMatter(event as Recorded<Extract<DisputeEvent, { kind: 'dispute.passed' }>>, context)];
    case 'backlog.shared':
      return shareIsAskedFor(event as Recorded<Extract<BacklogEvent, { kind: 'backlog.shared' }>>, context);
    case 'suggestion.became-matter':
      return [
        suggestionBecomesMatter(
          event as Recorded<Extract<SuggestionEvent, { kind: 'suggestion.became-matter' }>>,
          context,
        ),
      ];
    case 'tip-off.closed':
      return findingsOf(event as Recorded<Extract<TipOffEvent, { kind: 'tip-off.closed' }>>, context);
    case 'meeting.held':
      return meetingAnswers(context);
    case 'matter.raised':
      return raisedIsPutOn(event as Recorded<Extract<MatterEvent, { kind: 'matter.raised' }>>, context.stream);
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

type Accepted = Extract<RouteChangeEvent, { kind: 'route-change.accepted' }>;

/** A change of the catalogue that was accepted is its next version, dated and explained (rows A7, C4). */
function acceptedIsPublished({ policy, document, validFrom, reason, words }: Recorded<Accepted>): Consequence {
  const command = {
    kind: 'policy.publish',
    name: 'routing',
    document,
    validFrom,
    source: `退单分析后的目录调整：${words}`.slice(0, 500),
    reason: reason.slice(0, 500),
  };
  return { record: 'policy', stream: policy, command };
}

type Handed = Extract<CampaignEvent, { kind: 'campaign.handed-over' }>;

/** What a campaign leaves behind stands among the county's duties, as a version of their document like any other (rows B5, B3). */
function handedIsPublished({ policy, documents, source, reason }: Recorded<Handed>): Consequence[] {
  return documents.map(({ document, validFrom }) => ({
    record: 'policy',
    stream: policy,
    command: { kind: 'policy.publish', name: 'duties', document, validFrom, source, reason } as { kind: string },
  }));
}

type Amended = Extract<GuideEvent, { kind: 'guide.amended' | 'guide.withdrawn' }>;

/** A text of the library that changed is announced: what it stood in the way of is looked at again (row C7). */
function libraryAnnounces(event: Recorded<Amended>, context: ReactionContext): Consequence {
  const guide = context.state as Extract<GuideState, { status: 'open' | 'withdrawn' }>;
  const today = dayOf(event.stamp.at);
  const command = {
    kind: 'policy-change.announce',
    policy: guide.title,
    guide: context.stream,
    what: event.kind === 'guide.withdrawn' ? `这条政策不再执行：${event.reason}` : event.reason,
    source: guide.source,
    validFrom: guide.validFrom > today ? guide.validFrom : today,
  };
  return { record: 'policy-change', stream: context.id(0), command };
}

type Instructed = Extract<MatterEvent, { kind: 'matter.instructed' }>;

/** What a leader wrote on a matter with a day to hear of it is followed up like any instruction (rows C10, C15). */
function instructionIsFollowed(event: Recorded<Instructed>, context: ReactionContext): Consequence[] {
  const { due, text, unit, leader } = event;
  if (due === undefined || unit === undefined) return [];
  const command = {
    kind: 'order.issue',
    form: 'instruction',
    source: LEADER_SOURCE,
    from: leader ?? '县乡领导',
    giver: event.stamp.actor,
    text,
    unit,
    due,
    matter: context.stream,
  };
  return [{ record: 'order', stream: context.id(0), command }];
}

/** What was asked in a live session and not answered there becomes a matter (row D6). */
function openBecomesMatter(
  open: Recorded<Extract<DialogueEvent, { kind: 'dialogue.left-open' }>>,
  context: ReactionContext,
): Consequence {
  const { words = '', name, phone } = open.personal ?? {};
  return {
    record: 'matter',
    stream: context.id(0),
    command: {
      kind: 'matter.register',
      channel: open.via === 'phone' ? 'phone' : 'web',
      subject: shortened(words),
      body: words,
      area: open.area,
      origin: `dialogue ${context.stream} ${open.question}`,
      ...reporterOf(name, phone),
    } as { kind: string },
  };
}

type Answered = Extract<MatterEvent, { kind: 'matter.answered' | 'matter.resolved' }>;

/**
 * The answer to a question asked at a talk goes back to the talk, whose official tells whoever asked (row B10); to one
 * asked in a live session, to the session, where whoever asked reads it by their code (row D6).
 */
function answerGoesBack(event: Recorded<Answered>, context: ReactionContext): Consequence[] {
  const state = context.state as MatterState;
  const origin =
    state.status === 'none' ? undefined : /^(talk|dialogue) ([0-9a-f-]{36}) (\d+)$/.exec(state.origin ?? '');
  if (origin == null) return [];
  const [, record, stream, question] = origin as unknown as [string, string, string, string];
  const command = {
    kind: `${record}.hear-answer`,
    question: Number(question),
    words: event.personal?.text ?? '',
  };
  return [{ record, stream, command }];
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

/** A matter handed to a joint meeting that is called stands on its agenda (rows K1, C9). */
const raisedIsPutOn = (
  { next }: Recorded<Extract<MatterEvent, { kind: 'matter.raised' }>>,
  matter: string,
): Consequence[] =>
  next === undefined
    ? []
    : [{ record: 'meeting', stream: next.meeting, command: { kind: 'meeting.put-on', matter } as { kind: string } }];

/** What a meeting decided on a matter that was handed to it comes back to the matter (rows K1, C9). */
function meetingAnswers({ stream, state }: ReactionContext): Consequence[] {
  const meeting = state as MeetingState;
  if (meeting.status === 'none') return [];
  return meeting.tasks.flatMap(({ matter, words, unit, official, due, parts = [] }, task) =>
    matter === undefined
      ? []
      : [
          {
            record: 'matter',
            stream: matter,
            command: {
              kind: 'matter.hear-meeting',
              meeting: stream,
              task,
              of: meeting.unit,
              name: meeting.name,
              words,
              unit,
              official,
              due,
              parts,
            } as { kind: string },
          },
        ],
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

/** Only what was found true, heard and agreed to by a second person is ever written down about somebody (row I7). */
function findingsOf(
  closed: Recorded<Extract<TipOffEvent, { kind: 'tip-off.closed' }>>,
  context: ReactionContext,
): Consequence[] {
  const state = context.state as TipOffState;
  const found = state.status === 'none' ? undefined : state.concluded?.by;
  return (closed.personal?.decisions ?? []).map(({ official, words }, n) => ({
    record: 'finding',
    stream: context.id(n),
    command: {
      kind: 'finding.make',
      official,
      class: closed.class,
      words,
      deciders: [closed.stamp.actor, ...(found === undefined ? [] : [found])],
    } as { kind: string },
  }));
}
/** What a sweep found is followed to its end: between people as a dispute, else as a matter (row E1). */
function findingIsFollowed(
  found: Recorded<Extract<SweepEvent, { kind: 'sweep.found' }>>,
  context: ReactionContext,
): Consequence {
  const { subject = '排查发现的问题', words = '', spot } = found.personal ?? {};
  const told = { subject, area: found.area, ...(spot === undefined ? {} : { spot }) };
  const sweep = context.state as Exclude<SweepState, { status: 'none' }>;
  return found.into === 'matter'
    ? {
        record: 'matter',
        stream: context.id(0),
        command: {
          kind: 'matter.register',
          channel: 'sweep',
          ...told,
          body: words,
          official: found.official,
          origin: `sweep ${context.stream} ${found.stamp.version}`,
        } as { kind: string },
      }
    : {
        record: 'dispute',
        stream: context.id(0),
        command: {
          kind: 'dispute.register',
          ...told,
          words,
          about: found.about,
          signs: found.signs,
          ...found.by,
          origin: { sweep: context.stream, mode: sweep.mode },
        } as { kind: string },
      };
}

/** A dispute that asks something of an office becomes a matter (rows E1, E2). */
function disputeBecomesMatter(
  passed: Recorded<Extract<DisputeEvent, { kind: 'dispute.passed' }>>,
  context: ReactionContext,
): Consequence {
  const { subject = '', words, spot } = passed.personal ?? {};
  const { area } = context.state as Dispute;
  return {
    record: 'matter',
    stream: context.id(0),
    command: {
      kind: 'matter.register',
      channel: 'sweep',
      subject: subject.length < 2 ? '矛盾纠纷转来的事' : subject,
      area,
      origin: `dispute ${context.stream}`,
      ...(words === undefined ? {} : { body: words }),
      ...(spot === undefined ? {} : { spot }),
    } as { kind: string },
  };
}

/** Whoever got a share of old cases is asked to adopt each (row D4). */
const shareIsAskedFor = (
  shared: Recorded<Extract<BacklogEvent, { kind: 'backlog.shared' }>>,
  { stream }: ReactionContext,
): Consequence[] =>
  shared.asked.map((matter) => ({
    record: 'hard-case',
    stream: hardCaseStream(matter),
    command: {
      kind: 'hard-case.propose',
      matter,
      leader: shared.leader,
      reason: `清案行动“${shared.name}”分到`,
      backlog: stream,
    } as { kind: string },
  }));
