import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { give, newId } from '../../app/ui/client.ts';
import { type Field, ShortForm } from '../../app/ui/form.tsx';
import { amount, choice, date, line, select } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { several, severalOf } from '../../app/ui/several.tsx';
import { tell } from '../../app/ui/toast.tsx';
import type { OutreachCommand } from '../model.ts';
import { t } from './english.ts';
import { type List, forms } from './words.ts';

type Arranging = Omit<Extract<OutreachCommand, { kind: 'outreach.arrange' }>, 'kind'>;

/** @param noticeDays said beside the day, where it is not fixed yet */
export const timeFields = (noticeDays?: number): readonly Field[] => [
  date({
    name: 'day',
    label: t('哪天'),
    ...(noticeDays === undefined ? {} : { hint: t('现场接访至少提前 {days} 天', { days: noticeDays }) }),
  }),
  line({ name: 'from', label: t('几点开始'), type: 'time' }),
  line({ name: 'to', label: t('几点结束'), type: 'time' }),
  line({ name: 'spot', label: t('具体在哪儿'), placeholder: t('群众找得到，如“柳河村文化广场”') }),
];

/** Which day, where, who goes: a reception is on the portal at once. */
export function ArrangeForm({ list, onDone, onClose }: { list: List; onDone: () => void; onClose: () => void }) {
  const { data: open } = useQuery({
    queryKey: ['outreaches', 'cases'],
    queryFn: ({ signal }) =>
      ask<{ matters: { id: string; subject: string; number: string }[] }>('GET /api/matters', {
        query: { when: 'open', size: 100 },
        signal,
      }),
  });
  const [day, from, to, spot] = timeFields(list.noticeDays) as [Field, Field, Field, Field];
  return (
    <ShortForm
      initial={{ form: 'reception', from: '09:00', to: '11:30', places: list.places, matters: [] }}
      fields={[
        choice({ name: 'form', label: t('哪一种'), options: Object.entries(forms) }),
        picker({ name: 'area', label: t('哪个地方'), sort: 'areas', placeholder: t('打名称、拼音或首字母') }),
        spot,
        day,
        from,
        to,
        several({ name: 'who', label: t('谁去'), sort: 'officials', placeholder: t('打名称、拼音或首字母') }),
        line({ name: 'about', label: t('什么事'), hint: t('一句话，群众也看得到') }),
        select({
          name: 'period',
          label: t('哪个时段'),
          asked: ({ form }) => form === 'concentrated',
          placeholder: list.periods.length === 0 ? t('还没有定时段，请管理员在“规则”里定') : '',
          options: list.periods.map((p) => [p.id, `${p.name}（${p.from} – ${p.to}）`] as const),
        }),
        severalOf({
          name: 'matters',
          label: t('带哪几件事去'),
          asked: ({ form }) => form === 'case',
          placeholder: t('从没办完的诉求里选'),
          nothing: t('没有找到，可以先到台账里看'),
          options: (open?.matters ?? []).map((m) => [m.id, m.subject, m.number] as const),
        }),
        amount({
          name: 'places',
          label: t('接待多少人'),
          asked: ({ form }) => form === 'reception',
          min: 1,
          max: 200,
          unit: t('人'),
        }),
      ]}
      consequence={({ form }) => (form === 'reception' ? t('安排并上群众页面') : t('安排'))}
      send={(values) => give('outreach.arrange', newId(), { matters: [], ...values } as unknown as Arranging)}
      onDone={() => {
        tell(t('排好了'));
        onDone();
      }}
      onClose={onClose}
    />
  );
}
