import { may } from '../access/access.ts';
import { namesOf } from '../access/directory.ts';
import type { Actor } from '../access/model.ts';
import { dueOf } from '../calendar/clocks.ts';
import { dayOf } from '../calendar/days.ts';
import type { Calendar, ClockRun } from '../calendar/model.ts';
import type { Desk } from '../contract/route.ts';
import { type Recorded } from '../ledger/decider.ts';
import type { Reach } from '../ledger/record.ts';
import { type MatterEvent, type MatterState, channelNames } from '../matters/model.ts';
import { sayNumber } from '../matters/number-words.ts';
import { sayChineseDay } from './draw/words.ts';
import type { FieldValues, PaperDraft, PaperKind, PaperSource } from './model.ts';

export type Known = {
  readonly state: MatterState;
  readonly events: readonly Recorded<MatterEvent>[];
  readonly reach: Reach;
};

/** A matter with its history, for who may read it. */
export async function matterFor(desk: Desk, id: string): Promise<Known | undefined> {
  const [{ state }, events] = await Promise.all([
    desk.ledger.read<MatterState>(desk.county, 'matter', id).catch(() => ({ state: undefined })),
    desk.ledger.history(desk.county, id),
  ]);
  if (state === undefined || state.status === 'none') return undefined;
  const reach = reachOfMatter(state);
  return may(desk.actor, 'matter.read', reach)
    ? { state, events: events as Recorded<MatterEvent>[], reach }
    : undefined;
}

export const reachOfMatter = (state: MatterState): Reach => ({
  areas: state.place.chain,
  units: [state.unit ?? state.desk],
  officials: [state.official, state.handler, state.leader].filter((o) => o !== undefined),
  record: state.number,
});

/** Who spoke in confidence is known to those who may call back, never to the unit that handles it. */
export const seesReporter = (actor: Actor, state: MatterState): boolean => {
  const reach = reachOfMatter(state);
  return may(actor, 'matter.contact', reach) && (!state.confidential || may(actor, 'matter.call-back', reach));
};

/** Addressed to a unit: whoever asked for confidence is not named on it, whoever draws it. */
const toUnits: ReadonlySet<PaperKind> = new Set(['forward', 'assign']);
const kinds = ['accepted', 'not-accepted', 'forward', 'assign', 'extension', 'opinion'] as const satisfies PaperKind[];

/** Papers of matters: what is told to whoever raised them, and what goes to the unit that handles them. */
export const matterPapers: PaperSource = {
  subject: 'matter',
  kinds,

  async fitting(desk, id) {
    const known = await matterFor(desk, id);
    if (known === undefined) return [];
    return kinds
      .filter((kind) => stands(kind, known) && may(desk.actor, 'paper.issue', { units: [unitFor(kind, known.state)] }))
      .toSorted((a, b) => likely(b, known) - likely(a, known));
  },

  async draft(desk, id, kind): Promise<PaperDraft | undefined> {
    const known = await matterFor(desk, id);
    if (known === undefined || !stands(kind, known)) return undefined;
    const { state, reach } = known;
    const named =
      !state.anonymous && (toUnits.has(kind) ? !state.confidential : true) && seesReporter(desk.actor, state);
    const fields = await fieldsOf(desk, known, named);
    return {
      fields,
      unit: unitFor(kind, state),
      // Its file is read by who draws it, as by who opens the matter.
      reads: [state.household ?? id],
      reach: {
        areas: reach.areas ?? [],
        units: [...new Set([unitFor(kind, state), state.unit ?? state.desk, state.desk])],
      },
      matter: id,
      namesReporter: named && state.confidential && fields['反映人'] !== undefined && !toUnits.has(kind),
    };
  },
};

const unitFor = (kind: PaperKind, state: MatterState): string =>
  toUnits.has(kind) ? state.desk : (state.unit ?? state.desk);

/** Whether a matter has come so far that this paper can be given. */
function stands(kind: PaperKind, { state, events }: Known): boolean {
  switch (kind) {
    case 'forward':
    case 'assign':
      return state.unit !== undefined && state.unit !== state.desk;
    case 'accepted':
      // Taking it on is what accepts it; only then does the clock run that the paper promises.
      return state.acknowledgedAt !== undefined;
    case 'not-accepted':
      return state.status === 'registered' || state.status === 'dispatched' || state.status === 'handling';
    case 'extension':
      return events.some((event) => event.kind === 'matter.extension-granted');
    case 'opinion':
      return state.answer !== undefined;
    default:
      return false;
  }
}

/** What comes first in the list: the paper of the step the matter is at. */
function likely(kind: PaperKind, { state }: Known): number {
  const order: Record<string, readonly PaperKind[]> = {
    dispatched: [state.procedure === 'petition' ? 'forward' : 'assign', 'not-accepted'],
    handling: [...(state.toTell.includes('extension') ? (['extension'] as const) : []), 'accepted', 'extension'],
    resolved: ['opinion', 'extension'],
    closed: ['opinion'],
  };
  const at = (order[state.status] ?? []).indexOf(kind);
  return at === -1 ? -1 : 10 - at;
}

/** Values of the templates' fields; what is not known is not there. */
async function fieldsOf(desk: Desk, { state, events }: Known, named: boolean): Promise<FieldValues> {
  const [nameOf, units, people] = await Promise.all([
    namesOf(desk.query, desk.county, [...state.place.chain, state.leader, state.handler]),
    unitNames(desk, [state.unit, state.desk]),
    phoneOf(desk, state.handler),
  ]);
  const calendar = desk.policies.get<Calendar>('calendar');
  const told = state.told;
  const granted = events.findLast((event) => event.kind === 'matter.extension-granted');
  const disposed = events.findLast((event) => event.kind === 'matter.disposed');
  const levels = state.place.chain.slice(1).map((id) => nameOf(id) ?? '');
  const place = [
    // 柳河村第一网格 says its village itself.
    ...levels.filter((name, i) => levels[i + 1]?.startsWith(name) !== true),
    told?.spot === undefined || told.spot === '' ? '' : told.spot,
  ].join('');
  const household =
    named && told?.name === undefined && state.household !== undefined
      ? await headOf(desk, state.household)
      : undefined;
  return withoutEmpty({
    // Its groups stay on one line.
    编号: sayNumber(state.number).replaceAll(' ', '\u00a0'),
    事由: told?.subject,
    反映内容: told?.body === undefined || told.body === '' ? told?.subject : told.body,
    反映人: named ? (told?.name ?? household) : undefined,
    来源: channelNames[state.channel],
    收到日期: sayChineseDay(dayOf(state.receivedAt)),
    登记日期: sayChineseDay(dayOf(state.registeredAt)),
    地点: place,
    承办单位: units.get(state.unit ?? ''),
    受理单位: units.get(state.desk),
    承办领导: nameOf(state.leader) ?? undefined,
    承办人: nameOf(state.handler) ?? undefined,
    措施: state.measures,
    时限名称: state.clock?.rule.name,
    到期日: dayDue(state.clock, calendar),
    原到期日: dayDue(state.clock === undefined ? undefined : withoutLast(state.clock), calendar),
    延期天数: granted === undefined ? undefined : String(granted.days),
    延期理由: granted?.reason,
    查明情况: disposed?.personal?.text,
    处理意见: state.answer,
    政策依据: disposed?.policy,
    复查机关: `${await countyName(desk)}人民政府`,
    联系人: nameOf(state.handler) ?? undefined,
    联系电话: people,
    今天: sayChineseDay(dayOf(desk.now)),
  });
}

const withoutEmpty = (values: Record<string, string | undefined>): FieldValues =>
  Object.fromEntries(
    Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''),
  );

const dayDue = (clock: ClockRun | undefined, calendar: Calendar): string | undefined => {
  if (clock === undefined) return undefined;
  const due = dueOf(clock, calendar);
  return due.paused ? undefined : sayChineseDay(due.day);
};
const withoutLast = (clock: ClockRun): ClockRun => ({ ...clock, extensions: clock.extensions.slice(0, -1) });

async function unitNames(desk: Desk, ids: readonly (string | undefined)[]): Promise<ReadonlyMap<string, string>> {
  const rows = await desk.query<{ id: string; name: string }>(
    'papers.unit-names',
    'select id, name from unit where county = $1 and id = any($2::uuid[])',
    [desk.county, ids.filter((id) => id !== undefined)],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function phoneOf(desk: Desk, official: string | undefined): Promise<string | undefined> {
  if (official === undefined) return undefined;
  const [row] = await desk.query<{ phone: string }>(
    'papers.phone',
    'select phone from official where county = $1 and id = $2',
    [desk.county, official],
  );
  return row?.phone;
}

async function headOf(desk: Desk, household: string): Promise<string | undefined> {
  const [row] = await desk.query<{ head: string | null }>(
    'papers.household',
    'select head from household where county = $1 and id = $2',
    [desk.county, household],
  );
  return row?.head ?? undefined;
}

export async function countyName(desk: Pick<Desk, 'query' | 'county'>): Promise<string> {
  const [row] = await desk.query<{ name: string }>('papers.county', 'select name from county where county = $1', [
    desk.county,
  ]);
  return row?.name ?? '';
}
