import { sayingBy } from '../../app/ui/say.ts';

export const t = sayingBy({
  讲了哪些政策: 'Policies explained',
});
