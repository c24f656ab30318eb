import type { Field } from '../../app/ui/form.tsx';
import { choice, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { servingFields } from '../../app/ui/serving.tsx';
import { dayAt } from '../../app/ui/time.ts';
import type { Act } from './acts.ts';
import type { Matter } from './queries.ts';
import { entriesOf, levels, outcomes } from './words.ts';
import { t } from './english.ts';

/** The lawful grounds for not accepting, as the county lists them. */
export type Grounds = readonly {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly asks: 'nothing' | 'where' | 'review';
}[];

export const isPetition = (matter: Pick<Matter, 'procedureKey'>): boolean => matter.procedureKey === 'petition';

/** What a written opinion says beside the answer. */
export const opinionFields: readonly Field[] = [
  choice({ name: 'outcome', label: t('处理意见'), options: entriesOf(outcomes) }),
  paragraph({ name: 'findings', label: t('查清了什么'), hint: t('事实、时间、凭证'), rows: 3 }),
  line({ name: 'basis', label: t('依据'), placeholder: t('文件名称、文号、条款') }),
];

/** A refusal may be overruled at the desk: another unit takes it, or the same must. */
export function overrule({ objected, refusal, status, unit, unitName }: Matter): Act[] {
  if (!objected && !(status === 'resolved' && refusal !== null)) return [];
  const kind = 'matter.adjudicate';
  const ground = paragraph({ name: 'ground', label: t('裁定依据'), hint: t('写进这件事的记录，两家都看得到') });
  return [
    {
      key: 'must-accept',
      kind,
      label: t('裁定由{unitName}受理', { unitName: unitName ?? t('原单位') }),
      fields: [ground],
      fixed: { unit },
      consequence: () => t('裁定由{unitName}受理，不能再以原来的理由推', { unitName: unitName ?? t('原单位') }),
    },
    {
      key: 'accept-other',
      kind,
      label: t('裁定给别的单位受理'),
      fields: [
        picker({ name: 'unit', label: t('由谁办'), sort: 'units', placeholder: t('打单位名称或拼音首字母') }),
        ground,
      ],
      consequence: ({ unitName: chosen }) =>
        t('裁定由{unitName}受理，不能再以原来的理由推', { unitName: typeof chosen === 'string' ? chosen : '……' }),
    },
  ];
}

/** The acts of the petition procedure, by the command each gives. */
export function petitionActs(matter: Matter, grounds: Grounds): Record<string, () => Act[]> {
  const asks = (id: unknown) => grounds.find((ground) => ground.id === id)?.asks;
  const owed = (matter.papers ?? []).filter(
    (p) => p.toUnit === null && p.receivedOn === null && (p.righted ?? 'corrected') === 'corrected',
  );
  return {
    'matter.uphold-refusal': () => [
      {
        key: 'uphold',
        kind: 'matter.uphold-refusal',
        label: t('维持不予受理'),
        fields: [paragraph({ name: 'reason', label: t('为什么'), hint: t('会讲给群众听') })],
        consequence: () => t('维持不予受理，再请本人看'),
      },
    ],
    'matter.accept': () => [
      {
        key: 'accept',
        kind: 'matter.accept',
        label: t('受理'),
        fields: [paragraph({ name: 'note', label: t('写进告知书的话'), optional: true })],
        consequence: () => t('受理，出受理告知书，从现在起 60 天'),
      },
    ],
    'matter.correct-paper': () =>
      (matter.papers ?? [])
        .filter((p) => p.correctable)
        .map(({ version, name, number }) => ({
          key: `correct-${version}`,
          kind: 'matter.correct-paper',
          minor: true,
          label: t('更正{name}', { name }),
          fixed: { paper: version },
          fields: [
            paragraph({ name: 'correction', label: t('怎么改'), placeholder: t('原文“……”，应为“……”'), rows: 3 }),
            line({ name: 'reason', label: t('为什么改'), hint: t('写进更正通知书') }),
          ],
          consequence: () => t('出更正通知书，{number}在登记里标“已更正”', { number }),
        })),
    'matter.revoke-opinion': () => [
      {
        key: 'revoke-opinion',
        kind: 'matter.revoke-opinion',
        minor: true,
        label: t('撤销处理意见'),
        fields: [paragraph({ name: 'reason', label: t('错在哪里'), hint: t('写进撤销通知书，会送给本人') })],
        consequence: () => t('撤销处理意见书，重新办，60 天内再出意见；原文号不再用'),
      },
    ],
    'matter.serve': () =>
      (owed.length === 0 ? [{ version: 0, name: t('文书'), number: '' }] : owed).map(({ version, name, number }) => ({
        key: `serve-${version}`,
        kind: 'matter.serve',
        label: t('送达{name}', { name }),
        initial: { way: 'handed', on: dayAt(Date.now()) },
        fixed: { paper: version },
        fields: servingFields(),
        consequence: ({ way }) =>
          way === 'posted' || way === 'returned'
            ? t('记下；没有送到以前，期限照样算')
            : t('记下{name}（{number}）已送达', { name, number }),
      })),
    'review.ask': () => [
      {
        key: 'ask-review',
        kind: 'review.ask',
        label: t('替群众请求{level}', { level: levels[matter.remedy?.level ?? 'review'] }),
        fields: [
          paragraph({ name: 'words', label: t('哪里不服，为什么'), hint: t('照着群众的话写'), rows: 3 }),
          line({
            name: 'lateReason',
            label: t('是什么耽误了'),
            asked: () => matter.remedy?.remaining.late === true,
          }),
        ],
        consequence: () =>
          t('请求上一级{level}，由没有经办过的人看', { level: levels[matter.remedy?.level ?? 'review'] }),
      },
    ],
    'matter.refuse': () => [
      {
        key: 'refuse-petition',
        kind: 'matter.refuse',
        label: t('不予受理'),
        fields: [
          select({
            name: 'ground',
            label: t('法定理由'),
            placeholder: t('从列出的理由里选'),
            options: grounds.map(({ id, name }) => [id, name]),
          }),
          paragraph({ name: 'reason', label: t('说给群众听的道理') }),
          line({ name: 'where', label: t('应当到哪里去办'), asked: ({ ground }) => asks(ground) === 'where' }),
          line({
            name: 'earlier',
            label: t('复核终结的那件的编号'),
            asked: ({ ground }) => asks(ground) === 'review',
          }),
        ],
        consequence: ({ ground }) =>
          asks(ground) === 'review'
            ? t('不予受理，信访程序终结；有新的事实可以另外提出')
            : t('不予受理，出告知书；本人不认可就交裁定'),
      },
    ],
  };
}
