import { sayingBy } from '../../app/ui/say.ts';

export const t = sayingBy({
  '交给我的 {n} 件': '{n} owed by me',
  '其余 {n} 件': '{n} more',
  '交给我的 {n} 件，{late} 件超期': '{n} owed by me, {late} overdue',
});
