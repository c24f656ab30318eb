import { sayingBy } from '../../app/ui/say.ts';

export const t = sayingBy({
  讲了哪些政策: 'Policies explained',
  本月走访: 'Visits this month',
  入户率: 'Coverage',
  见面率: 'Contact',
  补访率: 'Revisits',
  解决率: 'Resolved',
  数太少: 'too few',
  '还没有记录。': 'No records yet.',
  '先列 {n} 条': 'the first {n}',
});
