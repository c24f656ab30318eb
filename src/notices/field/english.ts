import { sayingBy } from '../../app/ui/say.ts';

export const t = sayingBy({
  通知: 'Notices',
  '{n} 条通知': '{n} {n|notice|notices}',
  都看过了: 'All read',
  还没有通知: 'No notices yet',
  '答应的事快到期、群众有回话，都会写在这里。': 'Promises that are due and answers of residents are written here.',
  '（已不归您办）': '(no longer yours)',
  更早的: 'Earlier',
  没看过: 'not read',
});
