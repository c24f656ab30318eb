import type { Channel, Disposition, MatterCommand, Status } from '../model.ts';

// The same words as in model.ts, kept apart so that the screens do not carry the schemas with them;
// the types see to it that none is missing.

export const channels: Record<Channel, string> = {
  phone: '来电',
  hall: '来访',
  visit: '走访',
  letter: '来信',
  web: '网上说事',
  card: '扫联系卡',
  mailbox: '书记县长信箱',
  box: '意见箱',
  board: '网上留言',
  deputy: '代表委员',
  media: '群团媒体',
  superior: '上级交办',
  outreach: '下访',
  talk: '政策宣讲',
  informant: '信息员',
};

export const statuses: Record<Status, string> = {
  registered: '待派单',
  dispatched: '待签收',
  handling: '办理中',
  deferred: '待条件',
  resolved: '办结待群众认可',
  closed: '已销号',
};

export const dispositions: Record<Disposition, string> = {
  solvable: '能解决',
  deferred: '暂时解决不了',
  'not-permitted': '政策不允许',
  unfounded: '反映的情况不属实',
};

type Means = Extract<MatterCommand, { kind: 'matter.tell' }>['means'];
export const means: Record<Means, string> = { phone: '电话', visit: '上门', letter: '书面', message: '短信' };

export const toldOf: Record<Extract<MatterCommand, { kind: 'matter.tell' }>['what'], string> = {
  extension: '延期',
  answer: '办理结果',
  deferral: '暂缓的原因',
};

export const entriesOf = <K extends string>(names: Record<K, string>): [K, string][] =>
  Object.entries(names) as [K, string][];
