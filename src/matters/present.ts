import { dueOf } from '../calendar/clocks.ts';
import { explain, remaining, sayDay, sayInstant } from '../calendar/explain.ts';
import { dayOf, endOfDay } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import type { Desk } from '../contract/route.ts';
import type { Recorded } from '../ledger/decider.ts';
import {
  type MatterEvent,
  type MatterState,
  channelNames,
  dispositionNames,
  meansNames,
  procedureNames,
  type Status,
  statusNames,
} from './model.ts';
import { sayNumber } from './number-words.ts';
import { markReply } from './reply.ts';
import type { MatterRow } from './tables.ts';

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
    add(...state.place.chain, state.desk, ...state.units, state.leader, state.handler, state.official);
  for (const event of events) {
    add(event.stamp.actor);
    for (const value of Object.values(event)) if (typeof value === 'string') add(value);
  }
  if (ids.size === 0) return { of: () => undefined };
  const found = await desk.query<{ id: string; name: string }>(
    'matter.names',
    `select id, name from area where county = $1 and id = any($2::uuid[])
     union all select id, short_name from unit where county = $1 and id = any($2::uuid[])
     union all select id, name from official where county = $1 and id = any($2::uuid[])`,
    [desk.county, [...ids]],
  );
  const names = new Map(found.map((row) => [row.id, row.name]));
  return { of: (id) => (id == null ? undefined : names.get(id)) };
}

/** A matter in a list. */
export function listItem(row: MatterRow, names: Names, now: string, calendar: Calendar) {
  return {
    id: row.id,
    number: sayNumber(row.number),
    subject: row.subject ?? '（内容已按规定删除）',
    status: row.status,
    statusName: nameOf(row.status as Status, row.clock !== null),
    channel: channelNames[row.channel as keyof typeof channelNames],
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
    returnAsked: row.return_asked,
    extensionAsked: row.extension_asked !== null,
    toTell: row.to_tell,
    disposition: row.disposition === null ? null : dispositionNames[row.disposition as keyof typeof dispositionNames],
    score: row.score,
  };
}
export type MatterItem = ReturnType<typeof listItem>;

/** Where it stands, in words. An answer taken over from a board waits for nobody's word: it keeps the board's own state. */
const nameOf = (status: Status, running: boolean): string =>
  status === 'resolved' && !running ? '已在原处答复' : statusNames[status];

/** What is left until a row's due instant, in words; the list needs no clock for it. */
function remainingOf(row: MatterRow, now: string, calendar: Calendar) {
  if (row.paused) return { late: false, text: '已暂停' };
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
  },
) {
  const { told, clock } = state;
  const due = clock === undefined ? undefined : dueOf(clock, seen.calendar);
  return {
    number: sayNumber(state.number),
    subject: told?.subject ?? '（内容已按规定删除）',
    body: told?.body ?? '',
    spot: told?.spot ?? '',
    status: state.status,
    statusName: nameOf(state.status as Status, clock !== undefined),
    channel: channelNames[state.channel],
    procedure: procedureNames[state.procedure],
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
            (seen.household === undefined ? null : `${seen.household.head}家`),
          phone: told?.phone ?? null,
          anonymous: state.anonymous,
          confidential: state.confidential,
          shown: true,
        }
      : { name: null, phone: null, anonymous: state.anonymous, confidential: state.confidential, shown: false },
    household: state.household ?? null,
    unit: state.unit ?? state.desk,
    unitName: names.of(state.unit ?? state.desk) ?? null,
    deskName: names.of(state.desk) ?? null,
    four: {
      leader: names.of(state.leader) ?? null,
      handler: names.of(state.handler) ?? null,
      leaderId: state.leader ?? null,
      handlerId: state.handler ?? null,
      measures: state.measures ?? null,
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
      state.disposition === undefined ? null : { kind: state.disposition, name: dispositionNames[state.disposition] },
    recheckOn: state.recheckOn ?? null,
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
    delay: state.delay ?? null,
    toTell: state.toTell,
    registeredAt: state.registeredAt,
    receivedAt: state.receivedAt,
    story: events.map((event) => storyOf(event, names, seen.now)),
  };
}
export type MatterPage = ReturnType<typeof page>;

/** What was put off waits for the day set for looking again. */
function recheckClock(day: string, startedAt: string, now: string, calendar: Calendar) {
  const due = { paused: false, due: endOfDay(day), day, unit: 'day', dayKind: 'calendar', steps: [] } as const;
  return {
    name: '回头再看',
    due: due.due as string | null,
    startedAt,
    remaining: remaining(due, now, calendar),
    why: [`这件事暂时解决不了，定在 ${sayDay(day, dayOf(now))} 再看一次，看条件有没有变。`, '在那之前办理时限停着。'],
  };
}

/** One event as a line of the story: who, what, and the words that were used. */
export function storyOf(event: Recorded<MatterEvent>, names: Names, now: string) {
  const { stamp } = event;
  const who = stamp.actor.startsWith('resident:')
    ? '本人'
    : (names.of(stamp.actor) ?? (stamp.actor.startsWith('system:') || stamp.actor === 'import' ? '系统' : '群众'));
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
  const unit = (id: string | undefined) => names.of(id) ?? '（单位已撤销）';
  switch (event.kind) {
    case 'matter.registered':
      return line(
        `${channelNames[event.channel]}登记`,
        event.personal?.body ?? event.personal?.subject,
        event.official === undefined ? undefined : `${names.of(event.official) ?? ''} 记`,
        'resident',
      );
    case 'matter.classified':
      return line('改了分类', event.category);
    case 'matter.dispatched':
      return line(`派给${unit(event.unit)}`, event.note, `时限：${event.rule.name}，从这一刻开始计时`);
    case 'matter.acknowledged':
      return line(
        '签收',
        event.measures,
        `领导 ${names.of(event.leader) ?? ''}，承办 ${names.of(event.handler) ?? ''}`,
      );
    case 'matter.planned':
      return line(
        '调整了措施',
        event.measures,
        `领导 ${names.of(event.leader) ?? ''}，承办 ${names.of(event.handler) ?? ''}`,
      );
    case 'matter.returned':
      return line(`申请退单，建议由${unit(event.betterUnit)}办`, event.reason, '裁定之前仍由原单位负责');
    case 'matter.adjudicated':
      return line(
        event.unit === event.from ? `裁定仍由${unit(event.unit)}办` : `裁定由${unit(event.unit)}办`,
        event.ground,
      );
    case 'matter.progressed':
      return line('办理进展', event.personal?.text);
    case 'matter.suspended':
      return line('暂停计时', event.reason);
    case 'matter.resumed':
      return line('恢复计时', event.note);
    case 'matter.extension-asked':
      return line(`申请延期 ${event.days} 天`, event.reason);
    case 'matter.extension-granted':
      return line(`同意延期 ${event.days} 天`, event.reason);
    case 'matter.extension-refused':
      return line(`不同意延期 ${event.days} 天`, event.reason);
    case 'matter.told':
      return line(
        `已${meansNames[event.means]}告知${{ extension: '延期', answer: '办理结果', deferral: '暂缓的原因' }[event.what]}`,
      );
    case 'matter.disposed':
      return line(
        `处置：${dispositionNames[event.disposition]}`,
        event.personal?.text,
        [
          event.plan?.replace(/。$/, ''),
          event.recheckOn === undefined ? undefined : `${sayDay(event.recheckOn, dayOf(now))} 再看`,
          event.policy,
        ]
          .filter((t) => t !== undefined)
          .join('；') || undefined,
      );
    case 'matter.answered':
      return line('答复', event.personal?.text);
    case 'matter.resolved':
      return line('办结，请群众认可', event.personal?.text);
    case 'matter.confirmed':
      return line(
        event.by === 'resident' ? '说办好了，销号' : '回访：群众认可，销号',
        event.personal?.text,
        event.score === undefined ? undefined : `评 ${event.score} 分`,
        'yes',
      );
    case 'matter.denied':
      return line(
        event.by === 'resident' ? '说没办好，退回重办' : '回访：群众不认可，退回重办',
        event.personal?.text,
        undefined,
        'seal',
      );
    case 'matter.unreached':
      return line('回访没有联系上');
    case 'matter.rated':
      return line(`评 ${event.score} 分`, event.personal?.text, undefined, 'yes');
    case 'matter.reopened':
      return line('重开', event.personal?.text, undefined, 'seal');
    case 'matter.instructed':
      return line(event.text === '' ? '阅' : '批示', event.text);
    case 'matter.delay-explained':
      return line('说明超期原因', event.reason);
  }
}
