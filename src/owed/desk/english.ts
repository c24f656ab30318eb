import { sayingBy } from '../../app/ui/say.ts';

export const t = sayingBy({
  交给我的: 'Owed by me',
  '还有 {n} 件': '{n} more',
  今天到期: 'due today',
  '超期，原定 {day}': 'overdue since {day}',
  '{day} 到期': 'due {day}',
  等回话: 'waits',
});
