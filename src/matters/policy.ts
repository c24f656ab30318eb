import { type ClockRule, ClockRule as Rule } from '../calendar/model.ts';
import { clockRules } from '../calendar/templates.ts';
import { z } from 'zod';
import type { PolicyKind } from '../policy/model.ts';
import { MatterSettings, PetitionSettings } from './model.ts';

/** Clocks of this house's own steps, which no regulation fixes: a county confirms or changes them. */
const houseRules: readonly ClockRule[] = [
  {
    id: 'desk.dispatch',
    name: '受理后派单',
    startEvent: '登记',
    amount: 1,
    unit: 'day',
    dayKind: 'working',
    startsNextDay: true,
    rolls: false,
    source: '本系统的默认值，由县里确认或修改',
    confidence: 'C',
    validFrom: '2017-01-01',
  },
  {
    id: 'desk.confirm',
    name: '办结后请群众认可或回访',
    startEvent: '办结',
    amount: 5,
    unit: 'day',
    dayKind: 'working',
    startsNextDay: true,
    rolls: false,
    source: '本系统的默认值，由县里确认或修改',
    confidence: 'C',
    validFrom: '2017-01-01',
  },
  {
    id: 'desk.overall-order',
    name: '全程：从登记到答复',
    startEvent: '登记',
    amount: 20,
    unit: 'day',
    dayKind: 'calendar',
    startsNextDay: true,
    rolls: false,
    source: '本系统的默认值：派单 1 个工作日加最长一级处置 15 天，留出周末，由县里确认或修改',
    confidence: 'C',
    validFrom: '2017-01-01',
  },
  {
    id: 'desk.overall-petition',
    name: '全程：从收到到处理意见',
    startEvent: '收到',
    amount: 90,
    unit: 'day',
    dayKind: 'calendar',
    startsNextDay: true,
    rolls: true,
    source: '信访工作条例各段之和：登记转送 15 天、受理 15 天、办理 60 天；合计为本系统的默认值，由县里确认或修改',
    confidence: 'C',
    validFrom: '2022-05-01',
  },
];

export interface ClockDocument {
  readonly rules: readonly ClockRule[];
}

export const clockPolicy: PolicyKind = {
  name: 'clocks',
  title: '办理时限',
  schema: z.object({ rules: z.array(Rule).min(1).max(200) }),
  standard: { document: { rules: [...clockRules, ...houseRules] }, source: '随系统提供的模板，每条写明出处和把握' },
};

export const matterPolicy: PolicyKind = {
  name: 'matters',
  title: '诉求办理',
  schema: MatterSettings,
  standard: {
    document: {
      petitionChannels: ['letter', 'hall'],
      clocks: {
        dispatchOrder: 'desk.dispatch',
        dispatchPetition: 'petition.register',
        order: 'hotline.15-days',
        acceptPetition: 'petition.accept',
        resolvePetition: 'petition.resolve',
        return: 'hotline.return',
        confirm: 'desk.confirm',
        overallOrder: 'desk.overall-order',
        overallPetition: 'desk.overall-petition',
        askReview: 'petition.ask-review',
        askReReview: 'petition.ask-re-review',
      },
      grades: ['hotline.2-hours', 'hotline.24-hours', 'hotline.7-days', 'hotline.15-days', 'petition.accept'],
      reopenDays: 30,
      maxExtensionDays: 30,
      // 信访工作条例第二十条 (confidence B): several who come in person choose representatives, five at the most.
      mostRepresentatives: 5,
    } satisfies MatterSettings,
    source: '随系统提供的模板',
  },
};

const REGULATION = '《信访工作条例》（2022 年 5 月 1 日起施行）';

export const petitionPolicy: PolicyKind = {
  name: 'petitions',
  title: '不予受理的理由和公告送达',
  schema: PetitionSettings,
  standard: {
    document: {
      grounds: [
        {
          id: 'court',
          name: '已经或者依法应当通过诉讼、仲裁、行政复议解决',
          source: `${REGULATION}关于通过法定途径解决的规定（条款待本县核对，C）`,
          asks: 'where',
        },
        {
          id: 'not-ours',
          name: '不属于本机关职权范围',
          source: `${REGULATION}关于向有权处理机关提出的规定（条款待本县核对，C）`,
          asks: 'where',
        },
        {
          id: 'under-way',
          name: '同一事项已经受理、正在办理或者正在复查复核',
          source: `${REGULATION}关于规定期限内再提出同一事项的规定（条款待本县核对，C）`,
          asks: 'nothing',
        },
        {
          id: 'too-late',
          name: '没有正当理由，超过了请求复查、复核的期限，又以同一事实和理由提出',
          source: `${REGULATION}关于复查、复核期限的规定（条款待本县核对，C）`,
          asks: 'nothing',
        },
        {
          id: 'final',
          name: '复核已经终结，仍以同一事实和理由提出',
          source: `${REGULATION}关于复核以后不再受理的规定（A）`,
          asks: 'review',
        },
      ],
      announceDays: 30,
    } satisfies PetitionSettings,
    source: '信访工作条例；公告天数是本系统的默认值，由县里确认或修改',
  },
};
