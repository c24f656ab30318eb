import { namesOf } from '../access/directory.ts';
import { dayOf } from '../calendar/days.ts';
import type { ClockRule } from '../calendar/model.ts';
import { type Dispute, type DisputeEvent, mediationNames } from '../disputes/model.ts';
import type { Recorded } from '../ledger/decider.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Query } from '../ledger/record.ts';
import {
  type MatterState,
  type Paper as ActPaper,
  type Outcome,
  type PaperKind,
  type ReviewOutcome,
  channelNames,
  outcomeNames,
  paperNames,
  reviewOutcomeNames,
} from '../matters/model.ts';
import { sayNumber } from '../matters/number-words.ts';
import type { Meeting } from '../meetings/model.ts';
import { type Order, formNames } from '../orders/model.ts';
import type { Review } from '../reviews/model.ts';
import { sayChineseDay } from './draw/words.ts';
import type { FieldValues, PaperDraft } from './model.ts';
import { minutesDraft } from './of-meeting.ts';

/*
 * What an act put on record, as the fields of its paper's template. Nothing is asked of anybody: what the law wants a person
 * to write, they wrote when they acted.
 */

/** Kinds of records whose acts give papers. */
export const ACTING = ['matter', 'review', 'order', 'dispute', 'meeting'] as const;
export type Acting = (typeof ACTING)[number];

/** Where papers are drawn: at a desk, or by the house itself. */
export interface House {
  readonly county: number;
  readonly query: Query;
  readonly ledger: Ledger;
}

/** An act that gives a paper: its record as the act left it, and what happened up to it. */
export interface Act {
  readonly record: Acting;
  readonly id: string;
  readonly state: unknown;
  readonly events: readonly Recorded<{ kind: string }>[];
  readonly paper: ActPaper;
}

type Drawn = Pick<
  PaperDraft,
  'fields' | 'unit' | 'signer' | 'addressee' | 'tables' | 'signatures' | 'attachments' | 'copies'
>;

/** @returns undefined where the event gives no paper, or what stood on it was erased */
export async function actAt(house: House, record: Acting, id: string, version: number): Promise<Act | undefined> {
  const { state, events } = await house.ledger.readAt<{ status: string; papers?: readonly ActPaper[] }>(
    house.county,
    record,
    id,
    version,
  );
  const paper = state.papers?.find((p) => p.version === version);
  // Minutes are nobody's personal words; of every other act an erased box means that its time is over.
  const erased = record !== 'meeting' && (events.at(-1) as { personal?: unknown } | undefined)?.personal === undefined;
  return paper === undefined || erased ? undefined : { record, id, state, events, paper };
}

/** @param named whether the paper may say who raised the matter */
export async function draftOf(house: House, act: Act, named: boolean): Promise<Drawn> {
  switch (act.record) {
    case 'matter':
      return await ofMatter(house, act, act.state as MatterState, named);
    case 'review':
      return await ofReview(house, act, act.state as Review, named);
    case 'order':
      return await ofOrder(house, act, act.state as Order);
    case 'dispute':
      return ofDispute(act, act.state as Dispute);
    case 'meeting':
      return await minutesDraft(house, act.state as Meeting);
  }
}

const CONFIDED = '（要求保密的反映人）';
const UNNAMED = '反映人';

/** Who raised it, as a paper to them calls them. */
async function reporterOf(house: House, state: MatterState, named: boolean): Promise<string> {
  if (!named) return state.confidential ? CONFIDED : UNNAMED;
  const { told, household } = state;
  if (told?.name !== undefined) return told.name;
  if (household === undefined) return UNNAMED;
  const [row] = await house.query<{ head: string | null }>(
    'papers.household',
    'select head from household where county = $1 and id = $2',
    [house.county, household],
  );
  return row?.head ?? UNNAMED;
}

async function unitNames(
  house: House,
  ids: readonly (string | undefined)[],
): Promise<(id: string | undefined) => string> {
  const rows = await house.query<{ id: string; name: string }>(
    'papers.unit-names',
    'select id, name from unit where county = $1 and id = any($2::uuid[])',
    [house.county, ids.filter((id) => id !== undefined)],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => names.get(id ?? '') ?? '';
}

/** Whom to ask about it: an official by name and telephone. */
async function contactOf(house: House, official: string | undefined): Promise<FieldValues> {
  if (official === undefined || official.includes(':')) return {};
  const [row] = await house.query<{ name: string; phone: string | null }>(
    'papers.contact',
    'select name, phone from official where county = $1 and id = $2',
    [house.county, official],
  );
  return withoutEmpty({ 联系人: row?.name, 联系电话: row?.phone ?? undefined });
}

const withoutEmpty = (values: Record<string, string | undefined>): FieldValues =>
  Object.fromEntries(
    Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''),
  );

const sayDay = (day: string | undefined): string | undefined => (day === undefined ? undefined : sayChineseDay(day));

/** Whether a sentence ends by itself. */
const ended = (text: string): string => (/[。！？…]$/.test(text) ? text : `${text}。`);

async function ofMatter(house: House, { paper, events }: Act, state: MatterState, named: boolean): Promise<Drawn> {
  const { fields, text } = paper;
  const toUnit = paper.toUnit !== undefined;
  const [nameOf, unit, contact, reporter] = await Promise.all([
    namesOf(house.query, house.county, [...state.place.chain, state.leader, state.handler]),
    unitNames(house, [state.unit, state.desk, paper.toUnit]),
    contactOf(house, toUnit ? paper.by : (state.handler ?? paper.by)),
    toUnit ? '' : reporterOf(house, state, named),
  ]);
  const { told } = state;
  const levels = state.place.chain.slice(1).map((id) => nameOf(id) ?? '');
  const place = [
    // 柳河村第一网格 says its village itself.
    ...levels.filter((name, i) => levels[i + 1]?.startsWith(name) !== true),
    told?.spot ?? '',
  ].join('');
  // Its groups stay on one line.
  const number = sayNumber(state.number).replaceAll(' ', '\u00a0');
  const subject = told?.subject ?? text['subject'] ?? '';
  const received = sayChineseDay(dayOf(state.receivedAt));
  const rule = (events.at(-1) as unknown as { rule?: ClockRule }).rule ?? state.clock?.rule;
  return {
    unit: paper.unit,
    fields: {
      附言: text['note'] ?? '',
      代替说明: '',
      ...withoutEmpty({
        编号: number,
        事由: subject,
        反映内容: told?.body === undefined || told.body === '' ? subject : told.body,
        反映人: reporter,
        来源: channelNames[state.channel],
        收到日期: received,
        登记日期: sayChineseDay(dayOf(state.registeredAt)),
        地点: place,
        承办单位: unit(toUnit ? paper.toUnit : (state.unit ?? state.desk)),
        受理单位: unit(state.desk),
        承办领导: nameOf(state.leader) ?? undefined,
        承办人: nameOf(state.handler) ?? undefined,
        措施: state.measures,
        时限名称: rule?.name,
        到期日: sayDay(fields['until'] ?? fields['due']),
        原到期日: sayDay(fields['before']),
        延期天数: fields['days'],
        延期理由: text['reason'],
        不予受理理由:
          fields['ground'] === undefined
            ? undefined
            : `${fields['ground']}。依据：${lawOf(fields['source'] ?? '')}。${ended(text['reason'] ?? '')}`,
        建议途径:
          fields['where'] !== undefined
            ? `请向${fields['where']}提出。`
            : fields['review'] !== undefined
              ? `这件事已经复核终结（${fields['review']}）。有新的事实或者理由的，请另行提出。`
              : '不另行处理。有新的事实或者理由的，请向我单位提出。',
        原文书: fields['ofKind'] === undefined ? undefined : paperNames[fields['ofKind'] as PaperKind],
        原文号: fields['ofNumber'],
        原日期: sayDay(fields['ofOn']),
        更正内容: text['correction'],
        理由: text['reason'] === undefined ? undefined : ended(text['reason']),
        代替说明:
          fields['insteadOf'] === undefined
            ? undefined
            : `我单位${sayDay(fields['insteadOn']) ?? ''}的《${paperNames.opinion}》（${fields['insteadOf']}）已经撤销，以本意见为准。`,
        查明情况: text['findings'],
        处理意见:
          fields['outcome'] === undefined
            ? undefined
            : `${outcomeNames[fields['outcome'] as Outcome]}。${text['decision'] ?? ''}`,
        政策依据: text['basis'] === undefined ? undefined : ended(text['basis']),
        复查机关: fields['remedy'],
        救济途径: fields['outcome'] === undefined ? undefined : remedy('处理意见', '复查', fields),
        交办来由: `${received}，我单位通过${channelNames[state.channel]}收到群众反映的“${subject}”（编号${number}，地点：${place}）`,
        交办要求: `请自收到之日起15日内决定是否受理，并书面告知反映人；受理的，在60日内作出处理意见，${
          paper.kind === 'assignment' ? '并把处理结果报告我单位' : '送达反映人'
        }。不属于你单位职责范围的，请在两个工作日内提出，写明应当由哪个单位办理。${
          fields['note'] === undefined ? '' : ended(fields['note'])
        }`,
        今天: sayChineseDay(paper.on),
        ...contact,
      }),
    },
  };
}

/** A source without what the county notes to itself about it: （条款待本县核对，C）. */
const lawOf = (source: string): string => source.replace(/（(?:[ABC]|[^（）]*，[ABC])）/g, '');

/** Where the person may turn, until when, and what it means when they do not. */
const remedy = (what: string, next: string, fields: Readonly<Record<string, string>>): string =>
  `如果不服本${what}，可以自收到之日起${fields['remedyDays'] ?? '30'}日内，向${
    fields['remedy'] ?? '原办理机关的上一级机关'
  }书面提出${next}申请；逾期不提出的，视为接受本${what}。`;

async function ofReview(house: House, { paper }: Act, state: Review, named: boolean): Promise<Drawn> {
  const { fields, text } = paper;
  const [{ state: matter }, before, contact] = await Promise.all([
    house.ledger.read<MatterState>(house.county, 'matter', state.matter),
    state.before === undefined ? undefined : house.ledger.read<Review>(house.county, 'review', state.before),
    contactOf(house, state.reviewer ?? paper.by),
  ]);
  const opinion = matter.papers.findLast((p) => p.kind === 'opinion');
  const earlier = before?.state.papers.at(-1);
  const unit = await unitNames(house, [opinion?.unit]);
  const what = state.level === 'review' ? '复查意见' : '复核意见';
  const outcome = fields['outcome'] as ReviewOutcome;
  const hearing = fields['hearing'] === undefined ? '' : `${sayChineseDay(fields['hearing'])}举行了听证。`;
  const decision = `${reviewOutcomeNames[outcome]}。${text['decision'] ?? ''}`;
  return {
    unit: paper.unit,
    signer: state.body,
    fields: withoutEmpty({
      编号: sayNumber(state.matterNumber).replaceAll(' ', '\u00a0'),
      事由: state.subject,
      反映人: await reporterOf(house, matter, named),
      收到日期: sayChineseDay(dayOf(matter.receivedAt)),
      来源: channelNames[matter.channel],
      原办理单位: before === undefined ? unit(opinion?.unit) : before.state.body,
      原文号: (earlier ?? opinion)?.number,
      申请日期: sayDay(fields['asked']),
      申请理由: text['words'],
      查明情况: `${hearing}${text['findings'] ?? ''}`,
      听证情况: hearing,
      政策依据: text['basis'] === undefined ? undefined : ended(text['basis']),
      复查意见: decision,
      复核意见: decision,
      复核机关: fields['remedy'],
      到期日: sayDay(fields['due']),
      救济途径:
        outcome !== 'upheld'
          ? `原办理单位将按照本${what}重新办理，并书面告知您结果。对新的处理意见不服的，可以再请求复查。`
          : state.level === 'review'
            ? remedy(what, '复核', fields)
            : '本意见为信访事项的最终处理意见。您以同一事实和理由再次提出的，不再受理；有新的事实和理由的，可以作为新的事项提出。',
      今天: sayChineseDay(paper.on),
      ...contact,
    }),
  };
}

async function ofOrder(house: House, { paper }: Act, state: Order): Promise<Drawn> {
  const { fields, text } = paper;
  const [unit, contact] = await Promise.all([unitNames(house, [paper.toUnit]), contactOf(house, paper.by)]);
  const words = text['words'] ?? '';
  const reference = fields['reference'] === undefined ? '' : `，${fields['reference']}`;
  const source = `${fields['source'] ?? ''}（${fields['from'] ?? ''}${reference}）`;
  const about =
    fields['matter'] === undefined ? '' : `（涉及事项编号${sayNumber(fields['matter']).replaceAll(' ', '\u00a0')}）`;
  const first = words.split(/[。！？；\n]/)[0] ?? '';
  return {
    unit: paper.unit,
    fields: withoutEmpty({
      事由: first.length > 40 ? `${first.slice(0, 39)}…` : first,
      承办单位: unit(paper.toUnit),
      督办种类: state.form === 'supervision' ? '督办单' : `${formNames[state.form]}事项督办单`,
      督办来源: source,
      督办事项: `${words}${about}`,
      督办要求: `请于${sayChineseDay(fields['until'] ?? paper.on)}以前办理完毕，并书面报告结果。`,
      完成期限: sayDay(fields['until']),
      反映内容: `${words}${about}`,
      交办来由: `根据${source}`,
      交办要求: `请于${sayChineseDay(fields['until'] ?? paper.on)}以前办结，并把结果书面报告我单位。`,
      到期日: sayDay(fields['until']),
      编号: fields['matter'] === undefined ? undefined : sayNumber(fields['matter']),
      今天: sayChineseDay(paper.on),
      ...contact,
    }),
  };
}

function ofDispute({ paper, events }: Act, state: Dispute): Drawn {
  const { fields, text } = paper;
  const drafted = events.findLastIndex(({ kind }) => kind === 'agreement.drafted');
  const signed = events
    .slice(drafted)
    .filter((e): e is Recorded<Extract<DisputeEvent, { kind: 'agreement.signed' }>> => e.kind === 'agreement.signed');
  const parties = (text['parties'] ?? '').split('\n');
  const called = (place: number): string => parties[place]?.replace('：', '（').concat('）') ?? '';
  const type = state.mediation?.type ?? 'people';
  return {
    unit: paper.unit,
    fields: withoutEmpty({
      调解种类: mediationNames[type],
      当事人: text['parties'],
      甲方: parties[0]?.split('：')[1],
      乙方: parties[1]?.split('：')[1],
      纠纷事项: text['subject'] === undefined ? undefined : ended(text['subject']),
      查明情况: text['findings'],
      协议内容: (text['terms'] ?? '')
        .split('\n')
        .map((line, i) => `${i + 1}.${ended(line.replace(/\d{4}-\d{2}-\d{2}/, (day) => sayChineseDay(day)))}`)
        .join('\n'),
      履行期限: sayDay(fields['until']),
      签名情况: signed
        .map(
          ({ party, how, stamp }) =>
            `${called(party)}${sayChineseDay(dayOf(stamp.at))}${how === 'glass' ? '当面在屏幕上签名' : '用本人的链接签名'}`,
        )
        .join('；'),
      确认期限: sayDay(fields['confirmBy']),
      效力告知:
        type === 'people'
          ? `本协议自各方签名之日起生效，各方应当按照约定履行。一方不履行的，另一方可以请求督促，也可以向人民法院起诉；各方可以在${sayChineseDay(
              fields['confirmBy'] ?? paper.on,
            )}以前共同向人民法院申请司法确认。`
          : '本协议自各方签名之日起生效，各方应当按照约定履行。一方不履行的，另一方可以请求督促，也可以依法通过其他途径解决。',
      调解员: fields['mediator'],
      今天: sayChineseDay(paper.on),
    }),
    signatures: [...parties.map((party) => `${party.split('：')[0]}（签名）：`), '调解员（签名）：'],
  };
}
