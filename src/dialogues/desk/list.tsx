import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { type CommandData, give, newId } from '../../app/ui/client.ts';
import { type Field, ShortForm } from '../../app/ui/form.tsx';
import { choice, date, line, paragraph } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { ReceptionTabs, receptionTitle } from '../../app/ui/tabs.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { type List, forms, statuses } from './words.ts';

export const whenFields = (hint?: string): readonly Field[] => [
  date({ name: 'day', label: t('哪天'), ...(hint === undefined ? {} : { hint }) }),
  line({ name: 'from', label: t('几点开始'), type: 'time' }),
  line({ name: 'to', label: t('几点结束'), type: 'time' }),
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
          {(data?.areas.length ?? 0) > 0 && !announcing && (
            <button type="button" className="plain first" onClick={() => setAnnouncing(true)}>
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
            <div className="scroll">
              <table className="sheet">
                <thead>
                  <tr>
                    <th>{t('什么时候')}</th>
                    <th>{t('哪一场')}</th>
                    <th>{t('谁来答')}</th>
                    <th>{t('到哪一步')}</th>
                    <th className="num">{t('问了')}</th>
                    <th className="num">{t('当场答了')}</th>
                    <th className="num">{t('转单位，已答复')}</th>
                    <th className="num">{t('没公开')}</th>
                    <th className="num">{t('一半多久答')}</th>
                    <th className="num">{t('答应的兑现')}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.rows.map((r) => (
                    <tr key={r.id} className={r.status === 'cancelled' ? 'over' : undefined}>
                      <td className="nowrap">
                        {sayDate(r.day)}
                        <br />
                        <small>{t('{from}–{to}', { from: r.from, to: r.to })}</small>
                      </td>
                      <td className="what">
                        <Link to="/reception/dialogues/$id" params={{ id: r.id }} search={{}}>
                          {r.title}
                        </Link>
                        <br />
                        <small>{forms[r.form]}</small>
                      </td>
                      <td>
                        {r.guests.join('、')}
                        <br />
                        <small>{r.units.join('、')}</small>
                      </td>
                      <td className={r.status === 'live' ? 'soon' : undefined}>{statuses[r.status]}</td>
                      <td className="num">{r.asked}</td>
                      <td className="num">{share(r.live, r.asked)}</td>
                      <td className="num">{share(r.later, r.handedOn)}</td>
                      <td className="num">{share(r.hidden, r.asked)}</td>
                      <td className="num">
                        {r.median === null
                          ? '—'
                          : r.median < 1
                            ? t('不到 1 分')
                            : t('{n} 分', { n: Math.round(r.median) })}
                      </td>
                      <td className="num">{share(r.kept, r.promises)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Arrived>
    </main>
  );
}

/** A count with what it is a share of. */
const share = (n: number, of: number): string => (of === 0 ? '—' : `${n}/${of}`);

/** Who answers, when, about what: at once on the portal, and questions come in. */
function AnnounceForm({ list, onDone, onClose }: { list: List; onDone: () => void; onClose: () => void }) {
  return (
    <ShortForm
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
