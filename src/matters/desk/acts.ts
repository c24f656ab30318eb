import type { Field, Values } from '../../app/ui/form.tsx';
import { amount, choice, date, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { personPicker, picker } from '../../app/ui/pickers.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import type { MatterCommand } from '../model.ts';
import type { Categories, Matter } from './queries.ts';
import { withAdvice } from './reply-advice.tsx';
import { dispositions, entriesOf, means, toldOf } from './words.ts';

type Kind = MatterCommand['kind'];

/** One thing that can be done to a matter: its button, its short form, and the words for what it will do. */
export interface Act {
  readonly key: string;
  readonly kind: Kind;
  readonly label: string;
  readonly fields: readonly Field[];
  readonly initial?: Values;
  readonly consequence: (values: Values) => string;
  /** Whether it is only housekeeping, never what the page is about. */
  readonly minor?: true;
  /** What is added to what was filled in. */
  readonly fixed?: Values;
}

const DAY_MS = 86_400_000;
const said = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;
const tomorrow = (): string => dayAt(Date.now() + DAY_MS);
const scores = [
  [5, '5 很满意'],
  [4, '4 满意'],
  [3, '3 一般'],
  [2, '2 不满意'],
  [1, '1 很不满意'],
] as const;

/** Everything the desk knows how to do, in the order of need; the server says which of it is allowed now. */
export function actsFor(matter: Matter, categories: Categories): Act[] {
  const name = matter.reporter.name ?? '本人';
  const acts: Record<string, () => Act[]> = {
    'matter.decide-extension': () => decideExtension(matter),
    'matter.adjudicate': () => adjudicate(matter),
    'matter.call-back': () => [callBack(name)],
    'matter.tell': () => tell(matter, name),
    'matter.dispatch': () => [
      { key: 'dispatch', kind: 'matter.dispatch', label: '派单', fields: [], consequence: () => '派单' },
    ],
    'matter.acknowledge': () => [plan(matter, 'matter.acknowledge', '签收，定下领导、人员、措施')],
    'matter.resolve': () => [
      {
        key: 'resolve',
        kind: 'matter.resolve',
        label: '办结',
        fields: [
          withAdvice(
            matter.id,
            paragraph({
              name: 'answer',
              label: `给${name}的答复`,
              hint: '用大白话：问了什么，怎么办的，结果怎样',
              rows: 4,
            }),
          ),
        ],
        consequence: () => `办结，请${name}认可`,
      },
    ],
    'matter.dispose': () => [dispose(matter)],
    'matter.progress': () => [
      {
        key: 'progress',
        kind: 'matter.progress',
        label: '记进展',
        fields: [paragraph({ name: 'note', label: '办到哪一步了' })],
        consequence: () => '记下进展，群众查进度能看到',
      },
    ],
    'matter.explain-delay': () =>
      matter.clock?.remaining.late !== true
        ? []
        : [
            {
              key: 'delay',
              kind: 'matter.explain-delay',
              label: '说明超期原因',
              fields: [line({ name: 'reason', label: '为什么超期', hint: '会在公示里和这件事一起列出' })],
              consequence: () => '把原因列入超期公示',
            },
          ],
    'matter.ask-extension': () => [
      {
        key: 'ask-extension',
        kind: 'matter.ask-extension',
        label: '申请延期',
        initial: { days: 7 },
        fields: [
          amount({ name: 'days', label: '延长', min: 1, max: 90, unit: '天' }),
          paragraph({ name: 'reason', label: '理由' }),
        ],
        consequence: ({ days }) => `申请延期 ${String(days ?? '')} 天，等批复`,
      },
    ],
    'matter.return': () => [
      {
        key: 'return',
        kind: 'matter.return',
        label: '退单',
        fields: [
          picker({ name: 'betterUnit', label: '应该由谁办', sort: 'units', placeholder: '打单位名称或拼音首字母' }),
          paragraph({ name: 'reason', label: '理由', hint: '裁定之前仍由本单位负责' }),
        ],
        consequence: ({ betterUnitName }) => `退单，建议由${said(betterUnitName, '……')}办`,
      },
    ],
    'matter.resume': () => [
      {
        key: 'resume',
        kind: 'matter.resume',
        label: '恢复计时',
        fields: [line({ name: 'note', label: '说明', optional: true })],
        consequence: () => '恢复计时',
      },
    ],
    'matter.suspend': () => [
      {
        key: 'suspend',
        kind: 'matter.suspend',
        label: '暂停计时',
        fields: [line({ name: 'reason', label: '为什么要停' })],
        consequence: () => '暂停计时，写明原因',
      },
    ],
    'matter.plan': () => [plan(matter, 'matter.plan', '调整措施')],
    'matter.answer': () => [
      {
        key: 'answer',
        kind: 'matter.answer',
        label: '先答复',
        fields: [withAdvice(matter.id, paragraph({ name: 'text', label: `先给${name}一个答复`, rows: 3 }))],
        consequence: () => `答复${name}，事情接着办`,
      },
    ],
    'matter.instruct': () => [
      {
        key: 'instruct',
        kind: 'matter.instruct',
        label: '批示',
        initial: { text: '' },
        fields: [paragraph({ name: 'text', label: '批示', hint: '不写就是“阅”', optional: 'unsaid' })],
        consequence: ({ text }) => (said(text, '') === '' ? '记为“阅”' : `批示给${matter.unitName ?? '承办单位'}`),
      },
    ],
    'matter.classify': () => [
      {
        key: 'classify',
        kind: 'matter.classify',
        minor: true,
        label: matter.category === null ? '定分类' : '改分类',
        initial: { category: matter.category ?? undefined },
        fields: [select({ name: 'category', label: '分类', placeholder: '打类别名称', options: categories })],
        consequence: ({ category }) => `归到“${categories.find(([id]) => id === category)?.[1] ?? '……'}”`,
      },
    ],
  };
  return Object.entries(acts).flatMap(([kind, make]) => (matter.can.includes(kind) ? make() : []));
}

function decideExtension({ extensionAsked, clock }: Matter): Act[] {
  if (extensionAsked === null) return [];
  const { days } = extensionAsked;
  // The server rolls the last day over days of rest, so the day is only said as about.
  const until = clock?.due == null ? '' : `，约到 ${sayDate(dayAt(Date.parse(clock.due) + days * DAY_MS))}`;
  const kind = 'matter.decide-extension';
  return [
    {
      key: 'grant',
      kind,
      label: `同意延期 ${days} 天`,
      fixed: { grant: true },
      fields: [
        line({
          name: 'reason',
          label: '批复意见',
          hint: '同意后列入“待告知”，由受理员或承办单位告诉本人',
          optional: true,
        }),
      ],
      consequence: () => `同意延期 ${days} 天${until}`,
    },
    {
      key: 'refuse',
      kind,
      label: '不同意，说明理由',
      fixed: { grant: false },
      fields: [paragraph({ name: 'reason', label: '为什么不同意' })],
      consequence: () => '不同意延期，仍按原来的日子办',
    },
  ];
}

function adjudicate({ returnAsked, unit, unitName }: Matter): Act[] {
  if (returnAsked === null) return [];
  const kind = 'matter.adjudicate';
  const ground = paragraph({ name: 'ground', label: '裁定依据', hint: '写进这件事的记录，两家都看得到' });
  return [
    {
      key: 'to-better',
      kind,
      label: `裁定由${returnAsked.betterUnitName ?? '建议的单位'}办`,
      fields: [ground],
      fixed: { unit: returnAsked.betterUnit },
      consequence: () => `裁定由${returnAsked.betterUnitName ?? '建议的单位'}办，时限从第一次派单算起`,
    },
    {
      key: 'stays',
      kind,
      label: `仍由${unitName ?? '原单位'}办`,
      fields: [ground],
      fixed: { unit },
      consequence: () => `裁定仍由${unitName ?? '原单位'}办`,
    },
    {
      key: 'to-other',
      kind,
      label: '裁定给别的单位',
      fields: [picker({ name: 'unit', label: '由谁办', sort: 'units', placeholder: '打单位名称或拼音首字母' }), ground],
      consequence: ({ unitName: chosen }) => `裁定由${said(chosen, '……')}办，时限从第一次派单算起`,
    },
  ];
}

const tell = ({ toTell }: Matter, name: string): Act[] =>
  toTell.map((what) => ({
    key: `tell-${what}`,
    kind: 'matter.tell',
    label: `告知${toldOf[what]}`,
    initial: { means: 'phone' },
    fixed: { what },
    fields: [choice({ name: 'means', label: `怎么告诉${name}的`, options: entriesOf(means) })],
    consequence: ({ means: how }) => `记下：已${means[how as keyof typeof means]}告知${name}${toldOf[what]}`,
  }));

const plan = (matter: Matter, kind: 'matter.acknowledge' | 'matter.plan', label: string): Act => ({
  key: kind,
  kind,
  label: kind === 'matter.acknowledge' ? '签收' : label,
  initial: {
    leader: matter.four.leaderId ?? undefined,
    handler: matter.four.handlerId ?? undefined,
    measures: matter.four.measures ?? '',
    leaderName: matter.four.leader ?? undefined,
    handlerName: matter.four.handler ?? undefined,
  },
  fields: [
    personPicker({ name: 'leader', label: '领导', hint: '对结果负责', unit: matter.unit }),
    personPicker({ name: 'handler', label: '承办人', hint: '动手办的人', unit: matter.unit }),
    paragraph({ name: 'measures', label: '措施', hint: '打算怎么办，分几步' }),
  ],
  consequence: ({ handlerName }) => {
    const by = matter.four.due === null ? '' : `，${sayDate(matter.four.due)} 前办完`;
    return kind === 'matter.acknowledge'
      ? `签收，由${said(handlerName, '……')}承办${by}`
      : `改由${said(handlerName, '……')}按新措施办${by}`;
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
    label: matter.disposition === null ? '定处置' : '改处置',
    initial: { disposition: matter.disposition?.kind ?? 'solvable' },
    fields: [
      choice({ name: 'disposition', label: '这件事', options: entriesOf(dispositions) }),
      paragraph({ name: 'cause', label: '为什么', hint: '会讲给群众听' }),
      paragraph({ name: 'plan', label: '打算怎么办', asked: is('deferred') }),
      date({ name: 'recheckOn', label: '哪天再看', asked: is('deferred'), min: tomorrow() }),
      line({ name: 'policy', label: '哪条政策', asked: is('not-permitted'), placeholder: '文件名称、文号、条款' }),
    ],
    consequence: ({ disposition, recheckOn }) =>
      disposition === 'deferred'
        ? `定为暂时解决不了，${typeof recheckOn === 'string' && recheckOn !== '' ? sayDate(recheckOn) : '……'}再看`
        : `定为“${dispositions[disposition as keyof typeof dispositions]}”`,
  };
};

/** What the independent asker heard; also used by the call-back desk. */
export const callBack = (name: string): Act => ({
  key: 'call-back',
  kind: 'matter.call-back',
  label: '回访',
  fields: [
    choice({
      name: 'outcome',
      label: `${name}怎么说`,
      options: [
        ['confirmed', '办好了，认可'],
        ['denied', '没办好'],
        ['unreached', '没联系上'],
      ],
    }),
    choice({
      name: 'score',
      label: '评几分',
      options: scores,
      optional: true,
      asked: ({ outcome }) => outcome === 'confirmed',
    }),
    paragraph({
      name: 'words',
      label: '原话',
      hint: '照着记，不加工',
      optional: 'unsaid',
      asked: ({ outcome }) => outcome === 'confirmed' || outcome === 'denied',
    }),
  ],
  consequence: ({ outcome }) =>
    ({ confirmed: '群众认可，销号', denied: '退回重办，重新计时', unreached: '记下没联系上，改天再打' })[
      String(outcome)
    ] ?? '先选群众怎么说',
});
