import type { RaiseGround } from '../handling-model.ts';
import type { Channel, Disposition, MatterCommand, Outcome, ReviewLevel, Status } from '../model.ts';
import { t } from './english.ts';

// The same words as in model.ts, kept apart so that the screens do not carry the schemas with them;
// the types see to it that none is missing.

export const channels: Record<Channel, string> = {
  phone: t('来电'),
  hall: t('来访'),
  visit: t('走访'),
  letter: t('来信'),
  web: t('网上说事'),
  card: t('扫联系卡'),
  mailbox: t('书记县长信箱'),
  box: t('意见箱'),
  board: t('网上留言'),
  deputy: t('代表委员'),
  media: t('群团媒体'),
  sweep: t('矛盾排查'),
  superior: t('上级交办'),
  outreach: t('下访'),
  talk: t('政策宣讲'),
  informant: t('信息员'),
};

export const statuses: Record<Status, string> = {
  registered: t('待派单'),
  dispatched: t('待签收'),
  handling: t('办理中'),
  deferred: t('待条件'),
  resolved: t('办结待群众认可'),
  reviewing: t('复查复核中'),
  closed: t('已销号'),
};

export const dispositions: Record<Disposition, string> = {
  solvable: t('能解决'),
  deferred: t('暂时解决不了'),
  'not-permitted': t('政策不允许'),
  unfounded: t('反映的情况不属实'),
};

export const raiseGrounds: Record<RaiseGround, string> = {
  common: t('共性问题，本级解决不了'),
  beyond: t('超出本级权限'),
  departments: t('跨部门、跨行业'),
  'county-line': t('跨县'),
  'prefecture-line': t('跨州（市）'),
  apart: t('人户分离、人事分离、人企分离'),
};

type Means = Extract<MatterCommand, { kind: 'matter.tell' }>['means'];
export const means: Record<Means, string> = {
  phone: t('电话'),
  visit: t('上门'),
  letter: t('书面'),
  message: t('短信'),
};

export const toldOf: Record<Extract<MatterCommand, { kind: 'matter.tell' }>['what'], string> = {
  extension: t('延期'),
  answer: t('办理结果'),
  deferral: t('暂缓的原因'),
  whereabouts: t('去了哪个单位'),
  raising: t('往上报了的事'),
  reconsideration: t('政策变了重新办的事'),
};

export const outcomes: Record<Outcome, string> = {
  supported: t('予以支持'),
  explained: t('合理但缺乏依据，解释说明'),
  'not-supported': t('不予支持'),
};

export const levels: Record<ReviewLevel, string> = { review: t('复查'), 're-review': t('复核') };

export const entriesOf = <K extends string>(names: Record<K, string>): [K, string][] =>
  Object.entries(names) as [K, string][];
