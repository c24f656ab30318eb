import { type ClockRule, ClockRule as Rule } from '../calendar/model.ts';
import { clockRules } from '../calendar/templates.ts';
import { z } from 'zod';
import type { PolicyKind } from '../policy/model.ts';
import { MatterSettings } from './model.ts';

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
