import { namesOf as directoryNames } from '../access/directory.ts';
import { dueOf } from '../calendar/clocks.ts';
import { explain, remaining, sayDay, sayInstant } from '../calendar/explain.ts';
import { dayOf, endOfDay } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import type { Desk } from '../contract/route.ts';
import type { Recorded } from '../ledger/decider.ts';
import type {
  Channel,
  Disposition,
  IssuedPaper,
  MatterEvent,
  MatterState,
  PaperKind,
  Served,
  ServedWords,
  Status,
} from './model.ts';
import { sayNumber } from './number-words.ts';
import { markReply } from './reply.ts';
import type { MatterRow } from './tables.ts';
import {
  channelName,
  dispositionName,
  groundName,
  levelName,
  meansName,
  outcomeName,
  paperName,
  partName,
  procedureName,
  raiseName,
  reviewOutcomeName,
  statusName,
  t,
  wayName,
} from './english.ts';
import { petitionPage } from './petition-page.ts';

/** Names of areas, units and officials by id: joined when read, never copied into a matter. */
export interface Names {
  readonly of: (id: string | null | undefined) => string | undefined;
}

/** Reads all names that rows or a record refer to, in one question. */
export async function namesFor(
  desk: Desk,
  rows: readonly Pick<MatterRow, 'township' | 'village' | 'grid' | 'unit' | 'leader' | 'handler' | 'official'>[],
  state?: MatterState,
  events: readonly Recorded<MatterEvent>[] = [],
): Promise<Names> {
  const ids = new Set<string>();
  const add = (...some: (string | null | undefined)[]): void => {
    for (const id of some) if (id != null && /^[0-9a-f]{8}-/.test(id)) ids.add(id);
  };
  for (const row of rows) add(row.township, row.village, row.grid, row.unit, row.leader, row.handler, row.official);
  if (state !== undefined)
    add(
      ...state.place.chain,
      state.desk,
      ...state.units,
      ...state.shares.flatMap((p) => [p.unit, p.declined?.betterUnit]),
      ...state.readBy.map(({ by }) => by),
      state.leader,
      state.handler,
      state.official,
    );
  for (const event of events) {
    add(event.stamp.actor);
    for (const value of Object.values(event)) if (typeof value === 'string') add(value);
  }
  const nameOf = await directoryNames(desk.query, desk.county, ids);
  return { of: (id) => nameOf(id) ?? undefined };
}

/** A matter in a list. */
export function listItem(row: MatterRow, names: Names, now: string, calendar: Calendar) {
  return {
    id: row.id,
    number: sayNumber(row.number),
    subject: row.subject ?? t('（内容已按规定删除）'),
    status: row.status,
    statusName: nameOf(row.status as Status, row.clock !== null),
    channel: channelName(row.channel as Channel),
    category: row.category,
    place: [names.of(row.township), names.of(row.village), names.of(row.grid)].filter((n) => n !== undefined).join(' '),
    unit: names.of(row.unit),
    handler: names.of(row.handler),
    household: row.household,
    registeredAt: row.registered_at,
    registered: sayDay(dayOf(row.registered_at), dayOf(now)),
    due: row.due,
    remaining: remainingOf(row, now, calendar),
    paused: row.paused,
    returns: row.returns,
    reopenings: row.reopenings,
    cameBack: row.came_back,
    askOn: row.ask_on,
    returnAsked: row.return_asked,
    extensionAsked: row.extension_asked !== null,
    toTell: row.to_tell,
    papersOwed: row.papers_owed,
    disposition: row.disposition === null ? null : dispositionName(row.disposition as Disposition),
    score: row.score,
    mergedInto: row.merged_into,
    along: row.along,
    persons: row.persons,
    repeats: row.repeats,
  };
}
export type MatterItem = ReturnType<typeof listItem>;

/** Where it stands, in words. An answer taken over from a board waits for nobody's word: it keeps the board's own state. */
const nameOf = (status: Status, running: boolean): string =>
  status === 'resolved' && !running ? t('已在原处答复') : statusName(status);

/** What is left until a row's due instant, in words; the list needs no clock for it. */
function remainingOf(row: MatterRow, now: string, calendar: Calendar) {
  if (row.paused) return { late: false, text: t('已暂停') };
  if (row.due === null) return null;
  return remaining(
    { paused: false, due: row.due, day: dayOf(row.due), unit: 'day', dayKind: 'calendar', steps: [] },
    now,
    calendar,
  );
}

/** A matter's own page: what is so now, and how it came to be so. */
export function page(
  state: MatterState,
  events: readonly Recorded<MatterEvent>[],
  names: Names,
  seen: {
    now: string;
    calendar: Calendar;
    seesReporter: boolean;
    household?: { head: string; resident: string | null } | undefined;
    /** The reader's units; none on paper. */
    units?: readonly string[];
  },
) {
  const { told, clock } = state;
  const papers = new Map(state.papers.map(({ version, kind }) => [version, kind]));
  const due = clock === undefined ? undefined : dueOf(clock, seen.calendar);
  return {
    number: sayNumber(state.number),
    subject: told?.subject ?? t('（内容已按规定删除）'),
    body: told?.body ?? '',
    spot: told?.spot ?? '',
    status: state.status,
    statusName: nameOf(state.status as Status, clock !== undefined),
    channel: channelName(state.channel),
    procedure: procedureName(state.procedure),
    procedureKey: state.procedure,
    category: state.category ?? null,
    place: state.place.chain
      .slice(1)
      .map((id) => names.of(id))
      .filter((n) => n !== undefined)
      .join(' '),
    area: state.place.area,
    reporter: seen.seesReporter
      ? {
          name:
            told?.name ??
            seen.household?.resident ??
            (seen.household === undefined ? null : t('{head}家', { head: seen.household.head })),
          phone: told?.phone ?? null,
          anonymous: state.anonymous,
          confidential: state.confidential,
          shown: true,
        }
      : { name: null, phone: null, anonymous: state.anonymous, confidential: state.confidential, shown: false },
    household: seen.seesReporter || !state.confidential ? (state.household ?? null) : null,
    unit: state.unit ?? state.desk,
    unitName: names.of(state.unit ?? state.desk) ?? null,
    deskName: names.of(state.desk) ?? null,
    four: {
      // No blank (row C6): until it is dispatched the desk that received it answers for it.
      leader: names.of(state.leader) ?? t('{unit}（受理）', { unit: names.of(state.desk) ?? '' }),
      handler: names.of(state.handler) ?? t('{unit}受理人', { unit: names.of(state.desk) ?? '' }),
      leaderId: state.leader ?? null,
      handlerId: state.handler ?? null,
      measures: state.measures ?? null,
      measuresDue: state.measures === undefined ? t('签收时定') : null,
      due: due === undefined || due.paused ? null : due.day,
    },
    clock:
      state.status === 'deferred' && state.recheckOn !== undefined
        ? recheckClock(state.recheckOn, clock?.startedAt ?? state.registeredAt, seen.now, seen.calendar)
        : clock === undefined || due === undefined
          ? null
          : {
              name: clock.rule.name,
              due: due.paused ? null : due.due,
              startedAt: clock.startedAt,
              remaining: remaining(due, seen.now, seen.calendar),
              why: explain(due, clock, seen.calendar),
            },
    disposition:
      state.disposition === undefined ? null : { kind: state.disposition, name: dispositionName(state.disposition) },
    recheckOn: state.recheckOn ?? null,
    cameBack: state.cameBack ?? null,
    policy: state.policy ?? null,
    guide: state.guide ?? null,
    parts: state.shares.map((part, place) => ({
      place,
      unit: part.unit,
      unitName: names.of(part.unit) ?? t('（单位已撤销）'),
      task: part.task,
      due: part.due,
      late: (part.state === 'asked' || part.state === 'declined') && part.due < dayOf(seen.now),
      state: part.state,
      stateName: partName(part.state),
      answer: part.answer ?? null,
      answeredOn: part.answeredAt === undefined ? null : dayOf(part.answeredAt),
      reason: part.declined?.reason ?? null,
      betterUnit: part.declined?.betterUnit ?? null,
      betterUnitName: part.declined?.betterUnit === undefined ? null : (names.of(part.declined.betterUnit) ?? null),
      mine: seen.units?.includes(part.unit) === true,
    })),
    /** Officials it complains of. */
    about: state.about.map((id) => ({ id, name: names.of(id) ?? '' })),
    raisings: state.raisings.map((raising) => ({
      rung: raising.rung,
      to: raising.body ?? raising.name,
      /** When the joint meeting is held on whose agenda it stands. */
      meetingDay: raising.state === 'asked' ? (raising.next?.day ?? null) : null,
      byMeeting: raising.unit !== undefined,
      ground: groundName(raising.ground),
      reason: raising.reason,
      at: dayOf(raising.at),
      askOn: raising.askOn,
      due: raising.state === 'asked' && raising.askOn <= dayOf(seen.now),
      asked: raising.asked,
      state: raising.state,
      stateName: raiseName(raising.state),
      words: raising.words ?? null,
    })),
    readBy: state.readBy.map(({ by, at, text }) => ({
      by: names.of(by) ?? null,
      on: dayOf(at),
      text,
    })),
    returnAsked:
      state.returnAsked === undefined
        ? null
        : {
            from: names.of(state.returnAsked.from) ?? null,
            betterUnit: state.returnAsked.betterUnit,
            betterUnitName: names.of(state.returnAsked.betterUnit) ?? null,
            reason: state.returnAsked.reason,
          },
    extensionAsked:
      state.extensionAsked === undefined
        ? null
        : {
            days: state.extensionAsked.days,
            reason: state.extensionAsked.reason,
            by: names.of(state.extensionAsked.by) ?? null,
          },
    answer: state.answer ?? null,
    /** What an answer that went out leaves to be wished; shown to those who supervise. */
    answerAdvice:
      state.answer === undefined ? [] : markReply(`${told?.subject ?? ''}\n${told?.body ?? ''}`, state.answer).advice,
    score: state.score ?? null,
    votes: state.votes ?? null,
    returns: state.returns,
    reopenings: state.reopenings,
    unreached: state.unreached,
    repeats: state.repeats,
    joint:
      state.joint === undefined
        ? null
        : {
            persons: state.joint.persons,
            representatives: seen.seesReporter
              ? state.joint.representatives.map(({ name, phone }) => ({ name, phone: phone ?? null }))
              : [],
          },
    delay: state.delay ?? null,
    toTell: state.toTell,
    ...petitionPage(state, names, { now: seen.now, calendar: seen.calendar, seesReporter: seen.seesReporter }),
    registeredAt: state.registeredAt,
    receivedAt: state.receivedAt,
    story: events.map((event, place) => storyOf(event, names, seen.now, papers, askedBefore(events, place))),
  };
}
export type MatterPage = ReturnType<typeof page>;

/** What was put off waits for the day set for looking again. */
function recheckClock(day: string, startedAt: string, now: string, calendar: Calendar) {
  const due = { paused: false, due: endOfDay(day), day, unit: 'day', dayKind: 'calendar', steps: [] } as const;
  return {
    name: t('回头再看'),
    due: due.due as string | null,
    startedAt,
    remaining: remaining(due, now, calendar),
    why: [
      t('这件事暂时解决不了，定在 {day} 再看一次，看条件有没有变。', { day: sayDay(day, dayOf(now)) }),
      t('在那之前办理时限停着。'),
    ],
  };
}

/** What was done on the main matter, in a few words. */
function heard(
  event: Extract<MatterEvent, { kind: 'matter.followed' }>,
  unit: (id: string | undefined) => string,
): string {
  switch (event.what) {
    case 'unit':
      return event.unit === undefined ? t('调整了措施') : t('由{unit}办', { unit: unit(event.unit) });
    case 'pause':
      return t('暂停计时');
    case 'go-on':
      return t('接着办');
    case 'extension':
      return t('同意延期 {days} 天', { days: event.extension?.days ?? 0 });
    case 'disposition':
      return t('处置：{disposition}', {
        disposition: event.disposition === undefined ? '' : dispositionName(event.disposition),
      });
    case 'answer':
      return t('答复');
    case 'result':
      return t('办结，请群众认可');
  }
}

/** Why an extension was asked for that is decided at this place of the story. */
const askedBefore = (events: readonly Recorded<MatterEvent>[], place: number): string | undefined =>
  events.slice(0, place).findLast((event) => event.kind === 'matter.extension-asked')?.reason;

/**
 * One event as a line of the story: who, what, and the words that were used.
 * @param asked the reason of the extension asked for before: granted without a word, it is no word of whoever granted it
 */
function storyOf(
  event: Recorded<MatterEvent>,
  names: Names,
  now: string,
  papers: ReadonlyMap<number, PaperKind>,
  asked: string | undefined,
) {
  const { stamp } = event;
  const who = stamp.actor.startsWith('resident:')
    ? t('本人')
    : (names.of(stamp.actor) ??
      (stamp.actor.startsWith('system:') || stamp.actor === 'import' ? t('系统') : t('群众')));
  const line = (what: string, text?: string, note?: string, tone?: 'resident' | 'yes' | 'seal') => ({
    version: stamp.version,
    at: stamp.at,
    when: sayInstant(stamp.at, now),
    kind: event.kind,
    who,
    what,
    text: text ?? null,
    note: note ?? null,
    tone: tone ?? null,
  });
  const unit = (id: string | undefined) => names.of(id) ?? t('（单位已撤销）');
  switch (event.kind) {
    case 'matter.registered':
      return line(
        t('{channel}登记', { channel: channelName(event.channel) }),
        event.personal?.body ?? event.personal?.subject,
        event.official === undefined ? undefined : t('{of} 记', { of: names.of(event.official) ?? '' }),
        'resident',
      );
    case 'matter.classified':
      return line(t('改了分类'), event.category);
    case 'matter.dispatched':
      return line(
        t('派给{unit}', { unit: unit(event.unit) }),
        event.note,
        [paper(event.paper), t('时限：{name}，从这一刻开始计时', { name: event.rule.name })]
          .filter((part) => part !== undefined)
          .join(t('；')),
      );
    case 'matter.acknowledged':
      return line(
        t('签收'),
        event.measures,
        t('领导 {of}，承办 {of2}', { of: names.of(event.leader) ?? '', of2: names.of(event.handler) ?? '' }),
      );
    case 'matter.planned':
      return line(
        t('调整了措施'),
        event.measures,
        t('领导 {of}，承办 {of2}', { of: names.of(event.leader) ?? '', of2: names.of(event.handler) ?? '' }),
      );
    case 'matter.returned':
      return line(
        t('申请退单，建议由{unit}办', { unit: unit(event.betterUnit) }),
        event.reason,
        t('裁定之前仍由原单位负责'),
      );
    case 'matter.adjudicated':
      return line(
        event.unit === event.from
          ? t('裁定仍由{unit}办', { unit: unit(event.unit) })
          : t('裁定由{unit}办', { unit: unit(event.unit) }),
        event.ground,
      );
    case 'matter.progressed':
      return line(t('办理进展'), event.personal?.text);
    case 'matter.suspended':
      return line(t('暂停计时'), event.reason);
    case 'matter.resumed':
      return line(t('恢复计时'), event.note);
    case 'matter.extension-asked':
      return line(t('申请延期 {days} 天', { days: event.days }), event.reason);
    case 'matter.extension-granted':
      return line(
        t('同意延期 {days} 天', { days: event.days }),
        event.reason === asked ? undefined : event.reason,
        paper(event.paper),
      );
    case 'matter.extension-refused':
      return line(t('不同意延期 {days} 天', { days: event.days }), event.reason);
    case 'matter.told':
      return line(
        t('已{means}告知{what}', {
          means: meansName(event.means),
          what: {
            extension: t('延期'),
            answer: t('办理结果'),
            deferral: t('暂缓的原因'),
            whereabouts: t('去了哪个单位'),
            raising: t('往上报了的事'),
            reconsideration: t('政策变了重新办的事'),
          }[event.what],
        }),
      );
    case 'matter.disposed':
      return line(
        t('处置：{disposition}', { disposition: dispositionName(event.disposition) }),
        event.personal?.text,
        [
          event.plan?.replace(/。$/, ''),
          event.recheckOn === undefined
            ? undefined
            : t('{recheckOn} 再看', { recheckOn: sayDay(event.recheckOn, dayOf(now)) }),
          event.policy,
        ]
          .filter((t) => t !== undefined)
          .join(t('；')) || undefined,
      );
    case 'matter.answered':
      return line(t('答复'), event.personal?.text);
    case 'matter.shared':
      return line(
        t('请{unit}协办：{task}', { unit: unit(event.unit), task: event.task }),
        undefined,
        t('{due} 前答复', { due: sayDay(event.due, dayOf(now)) }),
      );
    case 'matter.part-answered':
      return line(t('{unit}答复了协办的部分', { unit: unit(event.unit) }), event.personal?.text);
    case 'matter.part-declined':
      return line(t('{unit}说协办的部分不归自己管', { unit: unit(event.unit) }), event.reason);
    case 'matter.part-decided':
      return line(
        event.unit === event.from
          ? t('裁定协办的部分仍由{unit}办', { unit: unit(event.unit) })
          : t('裁定协办的部分由{unit}办', { unit: unit(event.unit) }),
        event.ground,
      );
    case 'matter.part-asked-again':
      return line(
        t('请{unit}再答复协办的部分', { unit: unit(event.unit) }),
        event.reason,
        t('{due} 前答复', { due: sayDay(event.due, dayOf(now)) }),
      );
    case 'matter.part-dropped':
      return line(t('{unit}不用协办了', { unit: unit(event.unit) }), event.reason);
    case 'matter.persons-named':
      return line(event.about.length === 0 ? t('记明没有反映哪位干部') : t('记下反映的是哪位干部，他看不到这件事'));
    case 'matter.raised':
      return line(
        t('报{rung}：{ground}', { rung: event.body ?? event.name, ground: groundName(event.ground) }),
        event.reason,
        event.next === undefined
          ? t('{askOn} 去问结果，事情仍由原单位负责', { askOn: sayDay(event.askOn, dayOf(now)) })
          : t('列入 {day} 的会，事情仍由原单位负责', { day: sayDay(event.next.day, dayOf(now)) }),
      );
    case 'matter.heard-above':
      return line(
        event.name === undefined
          ? { waiting: t('上面说还要等'), decided: t('上面有了意见'), returned: t('上面退回本级办') }[event.outcome]
          : t('{name}定了', { name: event.name }),
        event.personal?.text,
      );
    case 'matter.taken-up':
      return event.before === true
        ? line(t('会上定了，接着办'), undefined, t('时限接着算'))
        : line(t('到了回头再看的日子'), undefined, t('自动回到办理，时限接着算'));
    case 'matter.reconsidered':
      return line(t('政策变了，重新办：{policy}', { policy: event.policy }), event.what, event.personal?.text);
    case 'matter.resolved':
      return event.outcome === undefined
        ? line(t('办结，请群众认可'), event.personal?.text, unanswered(event))
        : line(
            t('办结，出{paper}（{outcome}）', { paper: paperName('opinion'), outcome: outcomeName(event.outcome) }),
            event.personal?.text,
            [unanswered(event), paper(event.paper)].filter((part) => part !== undefined).join(t('；')),
          );
    case 'matter.confirmed':
      return line(
        event.by === 'resident' ? t('说办好了，销号') : t('回访：群众认可，销号'),
        event.personal?.text,
        event.score === undefined ? undefined : t('评 {score} 分', { score: event.score }),
        'yes',
      );
    case 'matter.denied':
      return line(
        event.by === 'resident' ? t('说没办好，退回重办') : t('回访：群众不认可，退回重办'),
        event.personal?.text,
        undefined,
        'seal',
      );
    case 'matter.unreached':
      return line(t('回访没有联系上'));
    case 'matter.rated':
      return line(t('评 {score} 分', { score: event.score }), event.personal?.text, undefined, 'yes');
    case 'matter.reopened':
      return line(t('重开'), event.personal?.text, undefined, 'seal');
    case 'matter.instructed':
      return line(
        event.text === '' ? t('阅') : t('批示'),
        event.text,
        event.due === undefined ? undefined : t('{due} 前报结果', { due: sayDay(event.due, dayOf(now)) }),
      );
    case 'matter.delay-explained':
      return line(t('说明超期原因'), event.reason);
    case 'matter.accepted':
      return line(t('受理，出{paper}', { paper: paperName('acceptance') }), undefined, paper(event.paper));
    case 'matter.refused':
      return line(
        event.final
          ? t('不予受理：{name}。信访程序到此终结', { name: event.name })
          : t('不予受理：{name}', { name: event.name }),
        event.personal?.text,
        [event.where === undefined ? undefined : t('应当到：{where}', { where: event.where }), paper(event.paper)]
          .filter((part) => part !== undefined)
          .join(t('；')),
        'seal',
      );
    case 'matter.paper-corrected':
      return line(
        t('更正{paper}', { paper: paperName((event.paper?.fields['ofKind'] ?? 'opinion') as PaperKind) }),
        event.personal?.text,
        paper(event.paper),
      );
    case 'matter.opinion-revoked':
      return line(
        t('撤销{paper}，重新办理', { paper: paperName('opinion') }),
        event.personal?.text,
        paper(event.paper),
        'seal',
      );
    case 'matter.refusal-upheld':
      return line(t('维持不予受理'), event.personal?.text);
    case 'matter.served': {
      const issued = papers.get(event.paper);
      return line(
        t('{paper}：{way}', { paper: issued === undefined ? '' : paperName(issued), way: wayName(event.way) }),
        undefined,
        servedNote(event, now),
      );
    }
    case 'matter.forgotten':
      return line(t('保管期满，个人信息已删除'));
    case 'matter.review-followed':
      return line(followedWords(event), event.reason, undefined, event.what === 'over' ? 'seal' : 'resident');
    case 'matter.merged':
      return line(
        t('并到 {number} 一起办', { number: sayNumber(event.number) }),
        undefined,
        t('编号、查询码和认可的权利不变'),
      );
    case 'matter.unmerged':
      return line(
        event.cause === 'asked' ? t('拆出来单独办') : t('本人说没办好，拆出来单独办'),
        event.reason,
        undefined,
        event.cause === 'asked' ? undefined : 'seal',
      );
    case 'matter.took-along':
      return line(t('并进来一件'));
    case 'matter.let-go':
      return line(t('拆出去一件'));
    case 'matter.followed':
      return line(t('主件：{what}', { what: heard(event, unit) }), event.personal?.text);
    case 'matter.split-off':
      return line(t('分出一件另办'), event.personal?.subject);
    case 'matter.raised-again':
      return line(
        t('又来反映（{channel}）', { channel: channelName(event.channel) }),
        event.personal?.text,
        undefined,
        'resident',
      );
    case 'matter.made-joint':
      return line(t('{n} 人联名', { n: event.persons }));
  }
}

/** Why the lead did not wait for its co-handlers, where it did not. */
const unanswered = ({ unanswered: why }: Extract<MatterEvent, { kind: 'matter.resolved' }>): string | undefined =>
  why === undefined ? undefined : t('没有等协办答复：{why}', { why });

const paper = (issued: IssuedPaper | undefined): string | undefined =>
  issued === undefined ? undefined : t('{kind} {number}', { kind: paperName(issued.kind), number: issued.number });

/** How a document was brought, in words: who signed, by which item, when it counts as received. */
export const servedNote = (
  { receivedOn, tracking, note, personal }: Served & { personal?: ServedWords },
  now: string,
): string | undefined =>
  [
    personal?.receiver === undefined ? undefined : t('{receiver} 签收', { receiver: personal.receiver }),
    personal?.witness === undefined ? undefined : t('见证人 {witness}', { witness: personal.witness }),
    tracking === undefined ? undefined : t('邮件号 {tracking}', { tracking }),
    note,
    receivedOn === undefined ? undefined : t('{on} 收到', { on: sayDay(receivedOn, dayOf(now)) }),
  ]
    .filter((part) => part !== undefined)
    .join(t('；')) || undefined;

function followedWords({ level, what, outcome }: Extract<MatterEvent, { kind: 'matter.review-followed' }>): string {
  const named = { level: levelName(level) };
  switch (what) {
    case 'asked':
      return t('本人不服，请求{level}', named);
    case 'paused':
      return t('{level}期间停计时', named);
    case 'resumed':
      return t('{level}恢复计时', named);
    case 'answered':
      return t('{level}有了意见', named);
    case 'over':
      if (outcome === 'refused') return t('{level}没有受理', named);
      if (outcome === 'withdrawn' || outcome === undefined) return t('本人撤回{level}', named);
      return outcome === 'upheld' && level === 're-review'
        ? t('复核终结：同样的事实和理由不再受理，有新的事实可以另外提出')
        : t('{level}意见：{outcome}，已送达', { ...named, outcome: reviewOutcomeName(outcome) });
  }
}
