import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { type CommandData, give, newId } from '../../app/ui/client.ts';
import { type Field, ShortForm } from '../../app/ui/form.tsx';
import { choice, date, line, paragraph } from '../../app/ui/inputs.tsx';
import { type Column, List as Records } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { share } from '../../app/ui/share.ts';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { ReceptionTabs, receptionTitle } from '../../app/ui/tabs.tsx';
import { sayDay } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { type List, forms, statuses } from './words.ts';

export const whenFields = (hint?: string): readonly Field[] => [
  date({ name: 'day', label: t('哪天'), ...(hint === undefined ? {} : { hint }) }),
  line({ name: 'from', label: t('几点开始'), type: 'time' }),
  line({ name: 'to', label: t('几点结束'), type: 'time' }),
];

const columns: readonly Column<List['rows'][number]>[] = [
  {
    name: t('哪一场'),
    is: 'what',
    cell: (r) => (
      <Link to="/reception/dialogues/$id" params={{ id: r.id }} search={{}}>
        {r.title}
      </Link>
    ),
    under: (r) => forms[r.form],
  },
  { name: t('什么时候'), cell: (r) => sayDay(r.day), under: (r) => t('{from}–{to}', { from: r.from, to: r.to }) },
  { name: t('谁来答'), is: 'words', cell: (r) => r.guests.join(t('、')), under: (r) => r.units.join(t('、')) },
  { name: t('到哪一步'), cell: (r) => statuses[r.status], tone: (r) => r.status === 'live' && 'soon' },
  { name: t('问了'), is: 'number', cell: (r) => r.asked },
  { name: t('当场答了'), is: 'number', cell: (r) => share(r.live, r.asked) },
  { name: t('转单位，已答复'), is: 'number', cell: (r) => share(r.later, r.handedOn) },
  { name: t('没公开'), is: 'number', cell: (r) => share(r.hidden, r.asked) },
  {
    name: t('一半多久答'),
    is: 'number',
    cell: (r) => (r.median === null ? '—' : r.median < 1 ? t('不到 1 分') : t('{n} 分', { n: Math.round(r.median) })),
  },
  { name: t('答应的兑现'), is: 'number', cell: (r) => share(r.kept, r.promises) },
];

/** Live sessions: those to come, and of each how much was asked and answered. */
export function Dialogues() {
  const queries = useQueryClient();
  const [announcing, setAnnouncing] = useState(false);
  const found = useQuery({
    queryKey: ['dialogues'],
    queryFn: ({ signal }) => ask<List>('GET /api/dialogues', { signal }),
  });
  const { data } = found;
  return (
    <main className="page wide">
      <header>
        <h1>{receptionTitle()}</h1>
        <div className="tools">
          {(data?.areas.length ?? 0) > 0 && (
            <button
              type="button"
              className="plain first"
              aria-expanded={announcing}
              onClick={() => setAnnouncing(!announcing)}
            >
              {t('排一场')}
            </button>
          )}
        </div>
      </header>
      <ReceptionTabs />
      {announcing && data !== undefined && (
        <AnnounceForm
          list={data}
          onClose={() => setAnnouncing(false)}
          onDone={() => {
            setAnnouncing(false);
            void queries.invalidateQueries({ queryKey: ['dialogues'] });
          }}
        />
      )}
      <Arrived of={found} lines={6}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('还没有排过热线和网上对话')}>
              {t('点“排一场”，写上哪天、谁来答。公布以后群众就能提问；没答上的，结束时自动上台账。')}
            </Empty>
          ) : (
            <Records
              rows={data.rows}
              columns={columns}
              keyOf={({ id }) => id}
              faded={({ status }) => status === 'cancelled'}
            />
          )
        }
      </Arrived>
    </main>
  );
}

/** Who answers, when, about what: at once on the portal, and questions come in. */
function AnnounceForm({ list, onDone, onClose }: { list: List; onDone: () => void; onClose: () => void }) {
  return (
    <ShortForm
      keep="dialogue.announce"
      initial={{ form: 'online', from: '09:00', to: '10:30' }}
      fields={[
        choice({ name: 'form', label: t('哪一种'), options: Object.entries(forms) }),
        line({ name: 'title', label: t('名称'), placeholder: t('如“水利局长在线：水渠和自来水”') }),
        paragraph({ name: 'about', label: t('说什么'), hint: t('群众看得到') }),
        line({ name: 'phone', label: t('热线电话'), asked: ({ form }) => form === 'hotline' }),
        picker({
          name: 'official',
          label: t('谁来答'),
          sort: 'officials',
          placeholder: t('打姓名、拼音或首字母'),
        }),
        picker({ name: 'unit', label: t('哪个单位'), sort: 'units', placeholder: t('打名称、拼音或首字母') }),
        picker({
          name: 'second',
          label: t('还有谁'),
          sort: 'officials',
          optional: true,
          placeholder: t('打姓名、拼音或首字母'),
        }),
        picker({
          name: 'secondUnit',
          label: t('他的单位'),
          sort: 'units',
          asked: ({ second }) => second !== undefined,
          placeholder: t('打名称、拼音或首字母'),
        }),
        ...whenFields(t('至少提前 {days} 天', { days: list.noticeDays })),
      ]}
      consequence={() => t('公布，群众可以提问')}
      send={({ official, unit, second, secondUnit, ...values }) =>
        give('dialogue.announce', newId(), {
          ...values,
          area: list.areas[0],
          guests: [{ official, unit }, ...(second === undefined ? [] : [{ official: second, unit: secondUnit }])],
        } as unknown as CommandData<'dialogue.announce'>)
      }
      onDone={() => {
        tell(t('公布了'));
        onDone();
      }}
      onClose={onClose}
    />
  );
}
