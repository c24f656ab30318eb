import { sayingBy } from '../../app/ui/say.ts';

export const t = sayingBy({
  交给我的: 'Owed by me',
  '{n} 件': '{n}',
});
