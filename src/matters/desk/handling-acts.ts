import type { Field } from '../../app/ui/form.tsx';
import { choice, date, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import type { HandlingKind } from '../handling-model.ts';
import type { Act } from './acts.ts';
import type { Joints, Matter, Rungs } from './queries.ts';
import { entriesOf, raiseGrounds } from './words.ts';
import { t } from './english.ts';

const DAY_MS = 86_400_000;
const inDays = (days: number): string => dayAt(Date.now() + days * DAY_MS);
const words = (value: unknown, otherwise = '……'): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;
const open = (state: string): boolean => state === 'asked' || state === 'declined';

const unitPicker = (name: string, label: string, more: Partial<Field> = {}): Field =>
  picker({ name, label, sort: 'units', placeholder: t('打单位名称或拼音首字母'), ...more });

/** What can be done to a matter among several units, upward, and when it comes back. */
export function handlingActs(
  matter: Matter,
  rungs: Rungs,
  joints: Joints,
): Record<Exclude<HandlingKind, 'matter.hear-meeting'>, () => Act[]> {
  const { parts, raisings, changes } = matter;
  const until = matter.four.due;
  const dueField = date({
    name: 'due',
    label: t('哪天前答复'),
    ...(until === null ? {} : { hint: t('不晚于主办期限 {due}', { due: sayDate(until) }), max: until }),
    min: inDays(0),
  });
  const partAct = (
    kind: HandlingKind,
    part: Matter['parts'][number],
    act: Omit<Act, 'kind' | 'key' | 'fixed'>,
  ): Act => ({
    kind,
    key: `${kind} ${part.place}`,
    fixed: { part: part.place },
    ...act,
  });
  const mine = parts.filter((part) => part.mine && open(part.state));
  return {
    'matter.share': () => [
      {
        key: 'share',
        kind: 'matter.share',
        label: t('请单位协办'),
        fields: [
          unitPicker('unit', t('请谁协办')),
          paragraph({ name: 'task', label: t('办哪一部分'), hint: t('写清要它做什么、答复什么') }),
          dueField,
        ],
        consequence: ({ unitName, due }) =>
          t('请{unit}协办，{due} 前答复', {
            unit: words(unitName),
            due: typeof due === 'string' && due !== '' ? sayDate(due) : '……',
          }),
      },
    ],
    'matter.answer-part': () =>
      mine.map((part) =>
        partAct('matter.answer-part', part, {
          label: t('答复协办'),
          fields: [
            paragraph({ name: 'text', label: part.task, hint: t('办了什么、结果怎样；主办单位据此统一答复'), rows: 4 }),
          ],
          consequence: () => t('答复主办单位{unit}', { unit: matter.unitName ?? '' }),
        }),
      ),
    'matter.decline-part': () =>
      mine
        .filter((part) => part.state === 'asked')
        .map((part) =>
          partAct('matter.decline-part', part, {
            label: t('不归我们办'),
            fields: [
              unitPicker('betterUnit', t('应该由谁办'), { optional: true }),
              paragraph({ name: 'reason', label: t('理由'), hint: t('裁定之前仍由本单位协办') }),
            ],
            consequence: () => t('说明不归我们办，等裁定'),
          }),
        ),
    'matter.decide-part': () =>
      parts
        .filter((part) => part.state === 'declined')
        .map((part) =>
          partAct('matter.decide-part', part, {
            label: t('裁定{unit}的协办', { unit: part.unitName }),
            initial: { unit: part.betterUnit ?? part.unit, unitName: part.betterUnitName ?? part.unitName },
            fields: [
              unitPicker('unit', t('由谁协办'), { hint: part.reason ?? '' }),
              paragraph({ name: 'ground', label: t('裁定依据'), hint: t('写进这件事的记录，两家都看得到') }),
            ],
            consequence: ({ unitName }) => t('裁定由{unit}协办', { unit: words(unitName) }),
          }),
        ),
    'matter.ask-part-again': () =>
      parts
        .filter((part) => part.state === 'answered' || part.state === 'left')
        .map((part) =>
          partAct('matter.ask-part-again', part, {
            label: t('请{unit}再答复', { unit: part.unitName }),
            fields: [paragraph({ name: 'reason', label: t('还差什么') }), dueField],
            consequence: () => t('请{unit}再答复', { unit: part.unitName }),
          }),
        ),
    'matter.drop-part': () =>
      parts
        .filter((part) => open(part.state))
        .map((part) =>
          partAct('matter.drop-part', part, {
            label: t('撤掉{unit}的协办', { unit: part.unitName }),
            fields: [line({ name: 'reason', label: t('为什么不用办了') })],
            consequence: () => t('告诉{unit}不用协办了', { unit: part.unitName }),
          }),
        ),
    'matter.raise': () => [
      {
        key: 'raise',
        kind: 'matter.raise',
        label: t('往上报'),
        initial: { askOn: inDays(rungs[0]?.days ?? 7) },
        fields: [
          choice({ name: 'rung', label: t('报到哪一级'), options: rungs.map(({ id, name }) => [id, name]) }),
          line({
            name: 'body',
            label: t('哪个单位'),
            asked: ({ rung }) => rungs.find(({ id }) => id === rung)?.outside === true,
          }),
          select({
            name: 'unit',
            label: t('哪家的联席会议'),
            hint: t('会自动列入它下一次会的议程，会上定了自动记回来'),
            optional: 'unsaid',
            options: joints.map(({ officeId, name }) => [officeId, name] as const),
            asked: ({ rung }) => joints.length > 0 && rungs.find(({ id }) => id === rung)?.meeting === true,
          }),
          choice({ name: 'ground', label: t('为什么本级办不了'), options: entriesOf(raiseGrounds) }),
          paragraph({ name: 'reason', label: t('说明情况') }),
          date({ name: 'askOn', label: t('哪天去问结果'), hint: t('报上去也还是我们负责'), min: inDays(1) }),
        ],
        consequence: ({ rung, body }) =>
          t('报给{to}，并告知群众', { to: words(body, rungs.find(({ id }) => id === rung)?.name ?? '……') }),
      },
    ],
    'matter.hear-above': () =>
      raisings
        .filter(({ state }) => state === 'asked')
        .map(({ to, byMeeting }) => ({
          key: 'hear-above',
          kind: 'matter.hear-above' as const,
          // A joint meeting's own minutes say what it decided.
          label: byMeeting ? t('问过联席会议') : t('记上面的意见'),
          initial: { outcome: byMeeting ? 'waiting' : 'decided' },
          fields: [
            choice({
              name: 'outcome',
              label: t('{to}怎么说', { to }),
              options: [
                ...(byMeeting ? [] : [['decided', t('定了')] as const]),
                ['waiting', t('还要等')],
                ['returned', byMeeting ? t('收回，由本级办') : t('由本级办')],
              ],
            }),
            paragraph({ name: 'words', label: t('原话') }),
            date({
              name: 'askOn',
              label: t('下次哪天去问'),
              min: inDays(1),
              asked: ({ outcome }) => outcome === 'waiting',
            }),
          ],
          consequence: ({ outcome }) => (outcome === 'waiting' ? t('记下，到时候再问') : t('记下上面的意见')),
        })),
    'matter.take-up': () => [
      {
        key: 'take-up',
        kind: 'matter.take-up',
        label: t('拿出来再办'),
        fields: [],
        consequence: () => t('拿出来再办，时限接着算'),
        minor: true,
      },
    ],
    'matter.reconsider': () =>
      changes.map((change) => ({
        key: `reconsider ${change.id}`,
        kind: 'matter.reconsider' as const,
        label: t('政策变了，重新办'),
        fixed: { change: change.id },
        initial: { words: change.what },
        fields: [paragraph({ name: 'words', label: t('告诉群众'), hint: t('{policy}，{source}', change) })],
        consequence: () => t('重新办，并告知群众'),
      })),
  };
}
