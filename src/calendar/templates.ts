import type { Amount, ClockRule, Day } from './model.ts';

/**
 * The clocks a county starts with: petition procedure and hotline orders, each with its source and how sure we are of it.
 * They are shipped as data; a county confirms them, changes them and adds its own on screen.
 */

const days = (amount: number, dayKind: Amount['dayKind'] = 'calendar'): Amount => ({ amount, unit: 'day', dayKind });
const hours = (amount: number): Amount => ({ amount, unit: 'hour', dayKind: 'calendar' });
const NO_EXTENSION = { amount: 0, unit: 'day', dayKind: 'calendar' } as const;

const REGULATION = '《信访工作条例》（2022 年 5 月 1 日起施行）';
const COUNTING =
  '从第二天起算，最后一天逢法定休假日顺延，参照民法典第二百零一条、第二百零三条；起算和顺延的办法待本县确认（C）。';

const petition = { startsNextDay: true, rolls: true, maxExtension: NO_EXTENSION, validFrom: '2022-05-01' } as const;

export const petitionRules: readonly ClockRule[] = [
  {
    ...petition,
    ...days(15),
    id: 'petition.register',
    name: '登记、转送交办并告知去向',
    startEvent: '收到',
    source: REGULATION,
    confidence: 'B',
    note: COUNTING,
  },
  {
    ...petition,
    ...days(15),
    id: 'petition.accept',
    name: '书面告知是否受理',
    startEvent: '收到',
    source: REGULATION,
    confidence: 'B',
    note: COUNTING,
  },
  {
    ...petition,
    ...days(60),
    id: 'petition.resolve',
    name: '办结并出具处理意见',
    startEvent: '受理',
    maxExtension: days(30),
    source: `${REGULATION}第三十四条`,
    confidence: 'A',
    note: `延期须经本机关负责人批准，并把理由告知信访人。${COUNTING}`,
  },
  {
    ...petition,
    ...days(30),
    id: 'petition.ask-review',
    name: '信访人请求复查',
    startEvent: '收到处理意见',
    source: `${REGULATION}第三十五条`,
    confidence: 'B',
    note: COUNTING,
  },
  {
    ...petition,
    ...days(30),
    id: 'petition.review',
    name: '答复复查',
    startEvent: '收到复查请求',
    source: REGULATION,
    confidence: 'B',
    note: COUNTING,
  },
  {
    ...petition,
    ...days(30),
    id: 'petition.ask-re-review',
    name: '信访人请求复核',
    startEvent: '收到复查意见',
    source: REGULATION,
    confidence: 'A',
    note: COUNTING,
  },
  {
    ...petition,
    ...days(30),
    id: 'petition.re-review',
    name: '答复复核',
    startEvent: '收到复核请求',
    source: REGULATION,
    confidence: 'A',
    note: `听证所需时间不计算在内：听证期间记为暂停。${COUNTING}`,
  },
];

const hotline = {
  startEvent: '派单',
  rolls: false,
  source: '北京市接诉即办改革意见（2020 年 11 月 5 日；《人民日报》2020 年 11 月 16 日），四级处置，7×24 小时',
  confidence: 'A',
  validFrom: '2020-11-05',
} as const;

const hotlineRules: readonly ClockRule[] = [
  { ...hotline, ...hours(2), id: 'hotline.2-hours', name: '热线工单 2 小时处置', startsNextDay: false },
  { ...hotline, ...hours(24), id: 'hotline.24-hours', name: '热线工单 24 小时处置', startsNextDay: false },
  { ...hotline, ...days(7), id: 'hotline.7-days', name: '热线工单 7 天处置', startsNextDay: true },
  { ...hotline, ...days(15), id: 'hotline.15-days', name: '热线工单 15 天处置', startsNextDay: true },
  {
    ...hotline,
    ...days(2, 'working'),
    id: 'hotline.return',
    name: '退单',
    startsNextDay: true,
    source: '各地 12345 工单办理办法的通行规定',
    confidence: 'B',
    note: '退单要写明理由和应当承办的单位；办理时限仍从派单起算，不因退单停止。',
  },
];

/** A norm of the procedure that is no clock on a matter, kept beside the clocks with the same care for its source. */
export interface Norm {
  readonly id: string;
  readonly says: string;
  readonly source: string;
  readonly confidence: ClockRule['confidence'];
  readonly validFrom: Day;
}

const HOTLINE_STANDARD = {
  source: 'GB/T 33358-2016《政府热线服务规范》',
  confidence: 'A',
  validFrom: '2017-07-01',
} as const;
const HOTLINE_STATUTE = '《北京市接诉即办工作条例》（2021 年 9 月 24 日起施行）';

export const norms: readonly Norm[] = [
  {
    id: 'petition.final',
    says: '复核以后，以同一事实和理由再提出的，不再受理。',
    source: REGULATION,
    confidence: 'A',
    validFrom: '2022-05-01',
  },
  {
    id: 'hotline.first-unit',
    says: '首接负责：第一个接到的单位牵头协调，不得推诿。',
    source: HOTLINE_STATUTE,
    confidence: 'A',
    validFrom: '2021-09-24',
  },
  { id: 'hotline.answer', says: '电话 15 秒内接听。', ...HOTLINE_STANDARD },
  { id: 'hotline.connected', says: '24 小时接通率不低于 95%。', ...HOTLINE_STANDARD },
  { id: 'hotline.other-media', says: '短信等其他渠道 3 分钟内回应。', ...HOTLINE_STANDARD },
  {
    id: 'hotline.three-rates',
    says: '考核响应率、解决率、满意率；权重由各地每年确定。',
    source: HOTLINE_STATUTE,
    confidence: 'C',
    validFrom: '2021-09-24',
  },
];

/** Every clock rule shipped. */
export const clockRules: readonly ClockRule[] = [...petitionRules, ...hotlineRules];
