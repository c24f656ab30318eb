import { namingBy, sayingBy } from '../language/saying.ts';
import type { DeliveryState, Way } from './model.ts';

export const t = sayingBy({
  群众: 'The resident',
  '（单位已撤销）': '(unit dissolved)',
});

export const wayName = namingBy<Way>(
  { 'in-app': '系统内', mail: '邮件', sms: '短信' },
  { 'in-app': 'in the system', mail: 'mail', sms: 'text message' },
);

export const stateName = namingBy<DeliveryState>(
  {
    waiting: '等着发',
    sending: '正在发',
    sent: '已发出',
    delivered: '已收到',
    failed: '没送到',
    withdrawn: '不用发了',
  },
  {
    waiting: 'waiting',
    sending: 'being sent',
    sent: 'sent',
    delivered: 'received',
    failed: 'failed',
    withdrawn: 'withdrawn',
  },
);
