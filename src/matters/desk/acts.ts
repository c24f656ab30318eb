import { newId } from '../../app/ui/client.ts';
import type { Field, Values } from '../../app/ui/form.tsx';
import { amount, choice, date, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { personPicker, picker } from '../../app/ui/pickers.tsx';
import { several } from '../../app/ui/several.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import type { MatterCommand } from '../model.ts';
import { handlingActs } from './handling-acts.ts';
import type { Categories, Joints, Matter, Rungs } from './queries.ts';
import { type Grounds, isPetition, opinionFields, overrule, petitionActs } from './petition-acts.ts';
import { withAdvice } from './reply-advice.tsx';
import { matterField } from './alike.tsx';
import { linesOf, representativesOf } from './representatives.ts';
import { channels, dispositions, entriesOf, means, toldOf } from './words.ts';
import { t } from './english.ts';

type Kind = MatterCommand['kind'];

/** One thing that can be done to a matter: its button, its short form, and the words for what it will do. */
export interface Act {
  readonly key: string;
  readonly kind: Kind | 'review.ask';
  readonly label: string;
  readonly fields: readonly Field[];
  readonly initial?: Values;
  readonly consequence: (values: Values) => string;
  /** Whether it is only housekeeping, never what the page is about. */
  readonly minor?: true;
  /** What is added to what was filled in. */
  readonly fixed?: Values;
  /** What is sent of what was filled in, where it is not the same. */
  readonly shape?: (values: Values) => Values;
}

/** Ways in which people come back about a matter. */
const again: readonly string[] = ['phone', 'hall', 'visit', 'letter', 'web', 'board', 'mailbox', 'superior'];
const DAY_MS = 86_400_000;
const said = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;
const tomorrow = (): string => dayAt(Date.now() + DAY_MS);
const scores = [
  [5, t('5 很满意')],
  [4, t('4 满意')],
  [3, t('3 一般')],
  [2, t('2 不满意')],
  [1, t('1 很不满意')],
] as const;

/** What the county's policies offer to choose from: levels to hand up to, grounds for turning a petition away. */
export interface Choices {
  readonly rungs?: Rungs;
  readonly grounds?: Grounds;
  /** Joint meetings that stand. */
  readonly joints?: Joints;
}

/** Everything the desk knows how to do, in the order of need; the server says which of it is allowed now. */
export function actsFor(
  matter: Matter,
  categories: Categories,
  { rungs = [], grounds = [], joints = [] }: Choices = {},
): Act[] {
  const name = matter.reporter.name ?? t('本人');
  const among = handlingActs(matter, rungs, joints);
  const acts: Record<string, () => Act[]> = {
    'matter.decide-extension': () => decideExtension(matter),
    'matter.adjudicate': () => [...adjudicate(matter), ...overrule(matter)],
    'matter.decide-part': among['matter.decide-part'],
    'matter.reconsider': among['matter.reconsider'],
    'matter.answer-part': among['matter.answer-part'],
    'matter.decline-part': among['matter.decline-part'],
    'matter.hear-above': among['matter.hear-above'],
    'matter.take-up': among['matter.take-up'],
    'matter.call-back': () => [callBack(name)],
    'matter.acknowledge': () => [plan(matter, 'matter.acknowledge', t('签收，定下领导、人员、措施'))],
    'matter.tell': () => tell(matter, name),
    'matter.dispatch': () => [
      { key: 'dispatch', kind: 'matter.dispatch', label: t('派单'), fields: [], consequence: () => t('派单') },
    ],
    ...petitionActs(matter, grounds),
    'matter.resolve': () => [
      {
        key: 'resolve',
        kind: 'matter.resolve',
        label: isPetition(matter) ? t('出处理意见书') : t('办结'),
        fields: [
          ...(isPetition(matter) ? opinionFields : []),
          withAdvice(
            matter.id,
            paragraph({
              name: 'answer',
              label: t('给{name}的答复', { name }),
              hint: t('用大白话：问了什么，怎么办的，结果怎样'),
              rows: 4,
            }),
          ),
          line({
            name: 'unanswered',
            label: t('为什么不等协办答复'),
            hint: t('还没答复：{units}', { units: waitedFor(matter) }),
            asked: () => waitedFor(matter) !== '',
          }),
        ],
        consequence: () =>
          isPetition(matter) ? t('出处理意见书，编上文号，接着送到本人手里') : t('办结，请{name}认可', { name }),
      },
    ],
    'matter.dispose': () => [dispose(matter)],
    'matter.progress': () => [
      {
        key: 'progress',
        kind: 'matter.progress',
        label: t('记进展'),
        fields: [paragraph({ name: 'note', label: t('办到哪一步了') })],
        consequence: () => t('记下进展，群众查进度能看到'),
      },
    ],
    'matter.explain-delay': () =>
      matter.clock?.remaining.late !== true
        ? []
        : [
            {
              key: 'delay',
              kind: 'matter.explain-delay',
              label: t('说明超期原因'),
              fields: [line({ name: 'reason', label: t('为什么超期'), hint: t('会在公示里和这件事一起列出') })],
              consequence: () => t('把原因列入超期公示'),
            },
          ],
    'matter.ask-extension': () => [
      {
        key: 'ask-extension',
        kind: 'matter.ask-extension',
        label: t('申请延期'),
        initial: { days: 7 },
        fields: [
          amount({ name: 'days', label: t('延长'), min: 1, max: 90, unit: t('天') }),
          paragraph({ name: 'reason', label: t('理由') }),
        ],
        consequence: ({ days }) => t('申请延期 {days} 天，等批复', { days: String(days ?? '') }),
      },
    ],
    'matter.share': among['matter.share'],
    'matter.raise': among['matter.raise'],
    'matter.ask-part-again': among['matter.ask-part-again'],
    'matter.drop-part': among['matter.drop-part'],
    'matter.return': () => [
      {
        key: 'return',
        kind: 'matter.return',
        label: t('退单'),
        fields: [
          picker({
            name: 'betterUnit',
            label: t('应该由谁办'),
            sort: 'units',
            placeholder: t('打单位名称或拼音首字母'),
          }),
          paragraph({ name: 'reason', label: t('理由'), hint: t('裁定之前仍由本单位负责') }),
        ],
        consequence: ({ betterUnitName }) => t('退单，建议由{said}办', { said: said(betterUnitName, '……') }),
      },
    ],
    'matter.resume': () => [
      {
        key: 'resume',
        kind: 'matter.resume',
        label: t('恢复计时'),
        fields: [line({ name: 'note', label: t('说明'), optional: true })],
        consequence: () => t('恢复计时'),
      },
    ],
    'matter.suspend': () => [
      {
        key: 'suspend',
        kind: 'matter.suspend',
        label: t('暂停计时'),
        fields: [line({ name: 'reason', label: t('为什么要停') })],
        consequence: () => t('暂停计时，写明原因'),
      },
    ],
    'matter.plan': () => [plan(matter, 'matter.plan', t('调整措施'))],
    'matter.answer': () => [
      {
        key: 'answer',
        kind: 'matter.answer',
        label: t('先答复'),
        fields: [withAdvice(matter.id, paragraph({ name: 'text', label: t('先给{name}一个答复', { name }), rows: 3 }))],
        consequence: () => t('答复{name}，事情接着办', { name }),
      },
    ],
    'matter.instruct': () => [
      {
        key: 'instruct',
        kind: 'matter.instruct',
        label: t('批示'),
        initial: { text: '' },
        fields: [
          paragraph({ name: 'text', label: t('批示'), hint: t('不写就是“阅”'), optional: 'unsaid' }),
          date({
            name: 'due',
            label: t('哪天前报结果'),
            hint: t('定了日子就列入批示件，到期催、办完由您认定'),
            optional: true,
            min: dayAt(Date.now()),
            asked: ({ text }) => said(text, '') !== '',
          }),
        ],
        consequence: ({ text, due }) =>
          said(text, '') === ''
            ? t('已阅')
            : said(due, '') === ''
              ? t('批示给{unitName}', { unitName: matter.unitName ?? t('承办单位') })
              : t('批示给{unitName}，{due} 前报结果', {
                  unitName: matter.unitName ?? t('承办单位'),
                  due: sayDate(due as string),
                }),
      },
    ],
    'matter.merge': () => [
      {
        key: 'merge',
        kind: 'matter.merge',
        minor: true,
        label: t('并到另一件'),
        fields: [
          matterField({
            name: 'into',
            label: t('并到哪一件'),
            hint: t('答复、进展都在那一件上写，会到每一位；编号和认可的权利不变'),
          }),
        ],
        consequence: ({ intoName }) => t('并到 {said} 一起办', { said: said(intoName, '……') }),
      },
    ],
    'matter.unmerge': () => [
      {
        key: 'unmerge',
        kind: 'matter.unmerge',
        label: t('拆出来单独办'),
        fields: [line({ name: 'reason', label: t('为什么拆'), hint: t('回到合并以前的样子，时限照原来的算') })],
        consequence: () => t('拆出来，单独办'),
      },
    ],
    'matter.split': () => [
      {
        key: 'split',
        kind: 'matter.split',
        minor: true,
        label: t('分出一件'),
        fixed: { part: newId() },
        fields: [
          line({ name: 'subject', label: t('分出来的是什么事'), hint: t('另给一个编号，单独派单；两件互相连着') }),
          paragraph({ name: 'body', label: t('细说'), optional: true }),
          picker({
            name: 'area',
            label: t('在哪里'),
            hint: t('不选就和原来那件一样'),
            sort: 'areas',
            placeholder: t('柳河村　liuhecun　lhc'),
            optional: true,
          }),
        ],
        consequence: () => t('分出来，另外登记一件'),
      },
    ],
    'matter.raise-again': () => [
      {
        key: 'raise-again',
        kind: 'matter.raise-again',
        minor: true,
        label: t('又来反映'),
        initial: { channel: 'phone' },
        fields: [
          choice({
            name: 'channel',
            label: t('怎么来的'),
            options: entriesOf(channels).filter(([channel]) => again.includes(channel)),
          }),
          paragraph({ name: 'words', label: t('这次怎么说'), hint: t('照着记，不加工'), optional: true }),
        ],
        consequence: () => t('记一次，算在办理上，不算在人身上'),
      },
    ],
    'matter.make-joint': () => [
      {
        key: 'make-joint',
        kind: 'matter.make-joint',
        minor: true,
        label: t('记联名'),
        initial: {
          persons: matter.joint?.persons ?? 2,
          representatives: linesOf(matter.joint?.representatives ?? []),
        },
        shape: ({ persons, representatives }) => ({
          joint: { persons, representatives: representativesOf(representatives) },
        }),
        fields: [
          amount({ name: 'persons', label: t('一共几个人'), min: 2, max: 100_000, unit: t('人') }),
          paragraph({
            name: 'representatives',
            label: t('谁代表大家说'),
            hint: t('一行一位：姓名 电话。走访的代表一般不超过 5 人'),
            rows: 3,
          }),
        ],
        consequence: ({ persons }) => t('记为 {persons} 人联名', { persons: String(persons ?? '') }),
      },
    ],
    'matter.name-persons': () => [
      {
        key: 'name-persons',
        kind: 'matter.name-persons',
        label: t('反映的是哪位干部'),
        initial: { about: matter.about.map(({ id }) => id) },
        fields: [
          several({
            name: 'about',
            label: t('反映的是谁'),
            hint: t('写上以后，他看不到这件事，也不能办、不能回访'),
            sort: 'officials',
            placeholder: t('打名称、拼音或首字母'),
            named: matter.about,
            optional: 'unsaid',
          }),
        ],
        shape: ({ about }) => ({ about: about ?? [] }),
        consequence: () => t('记下，从现在起他看不到这件事'),
        minor: true,
      },
    ],
    'matter.classify': () => [
      {
        key: 'classify',
        kind: 'matter.classify',
        minor: true,
        label: matter.category === null ? t('定分类') : t('改分类'),
        initial: { category: matter.category ?? undefined },
        fields: [select({ name: 'category', label: t('分类'), placeholder: t('打类别名称'), options: categories })],
        consequence: ({ category }) =>
          t('归到“{what}”', { what: categories.find(([id]) => id === category)?.[1] ?? '……' }),
      },
    ],
  };
  return Object.entries(acts).flatMap(([kind, make]) => (matter.can.includes(kind) ? make() : []));
}

/** Co-handlers whose part the lead would not wait for. */
const waitedFor = ({ parts }: Matter): string =>
  parts
    .filter(({ state }) => state === 'asked' || state === 'declined')
    .map(({ unitName }) => unitName)
    .join(t('、'));

function decideExtension({ extensionAsked, clock }: Matter): Act[] {
  if (extensionAsked === null) return [];
  const { days } = extensionAsked;
  // The server rolls the last day over days of rest, so the day is only said as about.
  const until =
    clock?.due == null ? '' : t('，约到 {dayAt}', { dayAt: sayDate(dayAt(Date.parse(clock.due) + days * DAY_MS)) });
  const kind = 'matter.decide-extension';
  return [
    {
      key: 'grant',
      kind,
      label: t('同意延期 {days} 天', { days }),
      fixed: { grant: true },
      fields: [
        line({
          name: 'reason',
          label: t('批复意见'),
          hint: t('同意后列入“待告知”，由受理员或承办单位告诉本人'),
          optional: true,
        }),
      ],
      consequence: () => t('同意延期 {days} 天{until}', { days, until }),
    },
    {
      key: 'refuse',
      kind,
      label: t('不同意，说明理由'),
      fixed: { grant: false },
      fields: [paragraph({ name: 'reason', label: t('为什么不同意') })],
      consequence: () => t('不同意延期，仍按原来的日子办'),
    },
  ];
}

function adjudicate({ returnAsked, unit, unitName }: Matter): Act[] {
  if (returnAsked === null) return [];
  const kind = 'matter.adjudicate';
  const ground = paragraph({ name: 'ground', label: t('裁定依据'), hint: t('写进这件事的记录，两家都看得到') });
  return [
    {
      key: 'to-better',
      kind,
      label: t('裁定由{betterUnitName}办', { betterUnitName: returnAsked.betterUnitName ?? t('建议的单位') }),
      fields: [ground],
      fixed: { unit: returnAsked.betterUnit },
      consequence: () =>
        t('裁定由{betterUnitName}办，时限从第一次派单算起', {
          betterUnitName: returnAsked.betterUnitName ?? t('建议的单位'),
        }),
    },
    {
      key: 'stays',
      kind,
      label: t('仍由{unitName}办', { unitName: unitName ?? t('原单位') }),
      fields: [ground],
      fixed: { unit },
      consequence: () => t('裁定仍由{unitName}办', { unitName: unitName ?? t('原单位') }),
    },
    {
      key: 'to-other',
      kind,
      label: t('裁定给别的单位'),
      fields: [
        picker({ name: 'unit', label: t('由谁办'), sort: 'units', placeholder: t('打单位名称或拼音首字母') }),
        ground,
      ],
      consequence: ({ unitName: chosen }) => t('裁定由{said}办，时限从第一次派单算起', { said: said(chosen, '……') }),
    },
  ];
}

const tell = ({ toTell }: Matter, name: string): Act[] =>
  toTell.map((what) => ({
    key: `tell-${what}`,
    kind: 'matter.tell',
    label: t('告知{what}', { what: toldOf[what] }),
    initial: { means: 'phone' },
    fixed: { what },
    fields: [choice({ name: 'means', label: t('怎么告诉{name}的', { name }), options: entriesOf(means) })],
    consequence: ({ means: how }) =>
      t('记下：已{how}告知{name}{what}', { how: means[how as keyof typeof means], name, what: toldOf[what] }),
  }));

const plan = (matter: Matter, kind: 'matter.acknowledge' | 'matter.plan', label: string): Act => ({
  key: kind,
  kind,
  label: kind === 'matter.acknowledge' ? t('签收') : label,
  initial: {
    leader: matter.four.leaderId ?? undefined,
    handler: matter.four.handlerId ?? undefined,
    measures: matter.four.measures ?? '',
    leaderName: matter.four.leader ?? undefined,
    handlerName: matter.four.handler ?? undefined,
  },
  fields: [
    personPicker({ name: 'leader', label: t('领导'), hint: t('对结果负责'), unit: matter.unit }),
    personPicker({ name: 'handler', label: t('承办人'), hint: t('动手办的人'), unit: matter.unit }),
    paragraph({ name: 'measures', label: t('措施'), hint: t('打算怎么办，分几步') }),
  ],
  consequence: ({ handlerName }) => {
    const by = matter.four.due === null ? '' : t('，{due} 前办完', { due: sayDate(matter.four.due) });
    return kind === 'matter.acknowledge'
      ? t('签收，由{said}承办{by}', { said: said(handlerName, '……'), by })
      : t('改由{said}按新措施办{by}', { said: said(handlerName, '……'), by });
  },
});

const dispose = (matter: Matter): Act => {
  const is =
    (kind: string) =>
    ({ disposition }: Values) =>
      disposition === kind;
  return {
    key: 'dispose',
    kind: 'matter.dispose',
    label: matter.disposition === null ? t('定处置') : t('改处置'),
    initial: { disposition: matter.disposition?.kind ?? 'solvable' },
    fields: [
      choice({ name: 'disposition', label: t('这件事'), options: entriesOf(dispositions) }),
      paragraph({ name: 'cause', label: t('为什么'), hint: t('会讲给群众听') }),
      paragraph({ name: 'plan', label: t('打算怎么办'), asked: is('deferred') }),
      date({ name: 'recheckOn', label: t('哪天再看'), asked: is('deferred'), min: tomorrow() }),
      line({
        name: 'policy',
        label: t('哪条政策'),
        asked: is('not-permitted'),
        placeholder: t('文件名称、文号、条款'),
        hint: t('以后这条政策变了，会提醒您重新办'),
      }),
    ],
    consequence: ({ disposition, recheckOn }) =>
      disposition === 'deferred'
        ? t('定为暂时解决不了，{what}再看', {
            what: typeof recheckOn === 'string' && recheckOn !== '' ? sayDate(recheckOn) : '……',
          })
        : t('定为“{disposition}”', { disposition: dispositions[disposition as keyof typeof dispositions] }),
  };
};

/** What the independent asker heard; also used by the call-back desk. */
export const callBack = (name: string): Act => ({
  key: 'call-back',
  kind: 'matter.call-back',
  label: t('回访'),
  fields: [
    choice({
      name: 'outcome',
      label: t('{name}怎么说', { name }),
      options: [
        ['confirmed', t('办好了，认可')],
        ['denied', t('没办好')],
        ['unreached', t('没联系上')],
      ],
    }),
    choice({
      name: 'score',
      label: t('评几分'),
      options: scores,
      optional: true,
      asked: ({ outcome }) => outcome === 'confirmed',
    }),
    paragraph({
      name: 'words',
      label: t('原话'),
      hint: t('照着记，不加工'),
      optional: 'unsaid',
      asked: ({ outcome }) => outcome === 'confirmed' || outcome === 'denied',
    }),
  ],
  consequence: ({ outcome }) =>
    ({ confirmed: t('群众认可，销号'), denied: t('退回重办，重新计时'), unreached: t('记下没联系上，改天再打') })[
      String(outcome)
    ] ?? t('先选群众怎么说'),
});
