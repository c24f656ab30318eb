import type { ServeWay } from '../../matters/model.ts';
import type { Field } from './form.tsx';
import { choice, date, line } from './inputs.tsx';
import { dayAt } from './time.ts';
import { t } from './english.ts';

const ways: Record<ServeWay, string> = {
  handed: t('当面，本人签收'),
  household: t('同住家属签收'),
  left: t('拒收，留置'),
  posted: t('邮寄出去'),
  delivered: t('邮件妥投'),
  returned: t('邮件退回'),
  electronic: t('电子送达'),
  announced: t('公告送达'),
};

/** The fields by which a document’s way to the person is proved; also a review’s. */
export const servingFields = (): readonly Field[] => [
  choice({ name: 'way', label: t('怎么送的'), options: Object.entries(ways) }),
  date({ name: 'on', label: t('哪天'), max: dayAt(Date.now()) }),
  line({
    name: 'receiver',
    label: t('谁签收的'),
    asked: ({ way }) => way === 'handed' || way === 'household',
    placeholder: t('本人，或“儿子 刘大勇”'),
  }),
  line({
    name: 'receiver',
    label: t('谁签收的'),
    optional: true,
    asked: ({ way }) => way === 'delivered',
  }),
  line({ name: 'tracking', label: t('邮件号'), asked: ({ way }) => way === 'posted' }),
  line({ name: 'witness', label: t('见证人'), asked: ({ way }) => way === 'left', placeholder: t('单位和姓名') }),
  line({
    name: 'note',
    label: t('发到哪里、贴在哪里，或为什么退回'),
    asked: ({ way }) => way === 'electronic' || way === 'announced' || way === 'returned',
  }),
];
