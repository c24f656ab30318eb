import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { give } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { date } from '../../app/ui/inputs.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { type Column, List } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { Arrived } from '../../app/ui/states.tsx';
import { MeetingTabs } from '../../app/ui/tabs.tsx';
import { t } from './english.ts';
import type { Lines } from './words.ts';

const PICK = t('打名称、拼音或首字母');
type Line = Lines['lines'][number];

const who = ({ gap, name }: Line['people'][number]) =>
  gap === 'nobody' ? (
    <span className="quiet">{t('没有人')}</span>
  ) : gap === 'left' ? (
    <span className="soon">{t('{name}，已不在岗', { name: name ?? '' })}</span>
  ) : (
    name
  );
const columns = (mayName: boolean, open: (id: string) => void): readonly (Column<Line> | false)[] => [
  { name: t('单位'), is: 'what', cell: (row) => row.unitName },
  ...([t('第一责任人'), t('分管领导'), t('联络员')] as const).map((name, at): Column<Line> => ({
    name,
    cell: (row) => who(row.people[at]!),
  })),
  mayName && {
    name: '',
    is: 'act',
    cell: (row) => (
      <button type="button" className="link" onClick={() => open(row.id)}>
        {t('定人')}
      </button>
    ),
  },
];

/** Each field of work in each unit with its three layers of people; what is missing is marked. */
export function Responsibilities() {
  const me = useMe();
  const [gapsOnly, setGapsOnly] = useState(false);
  const [naming, setNaming] = useState<string>();
  const found = useQuery({
    queryKey: ['responsibilities'],
    queryFn: ({ signal }) => ask<Lines>('GET /api/responsibilities', { signal }),
  });
  const { data } = found;
  const rows = (data?.lines ?? []).filter((row) => !gapsOnly || row.people.some(({ gap }) => gap !== null));
  const keeper = hasRole(me, 'administrator', 'clerk', 'head', 'handler');
  return (
    <main className="page">
      <header>
        <h1>{t('三层责任')}</h1>
        <div className="tools">
          <button type="button" className="plain" onClick={() => print()}>
            {t('打印')}
          </button>
        </div>
      </header>
      <MeetingTabs />
      <p className="lead">{t('每项工作在每个单位都有第一责任人、分管领导、联络员。缺的、人走了的会标出来。')}</p>
      <Arrived of={found}>
        {(data) => (
          <>
            <div className="filters">
              <label className="tick">
                <input type="checkbox" checked={gapsOnly} onChange={() => setGapsOnly(!gapsOnly)} />
                {t('只看缺的')}
              </label>
              <span className={data.gaps > 0 ? 'soon' : undefined}>
                {t('{places} 个位置，缺 {gaps} 个', { places: data.places, gaps: data.gaps })}
              </span>
            </div>
            {data.fields.map((field) => {
              const own = rows.filter((row) => row.field === field.id);
              if (own.length === 0) return null;
              return (
                <section key={field.id}>
                  <h2>
                    {field.name} <small>{field.source}</small>
                  </h2>
                  <List
                    rows={own}
                    columns={columns(keeper, setNaming)}
                    keyOf={({ id }) => id}
                    below={(row) => row.id === naming && <Naming line={row} onClose={() => setNaming(undefined)} />}
                  />
                </section>
              );
            })}
            {rows.length === 0 && <p className="lead yes">{t('没有缺的。')}</p>}
          </>
        )}
      </Arrived>
    </main>
  );
}

function Naming({ line, onClose }: { line: Line; onClose: () => void }) {
  const queries = useQueryClient();
  const of = (layer: string) => line.people.find((one) => one.layer === layer && one.gap === null);
  const field = (name: 'principal' | 'deputy' | 'liaison', label: string) =>
    picker({ name, label, sort: 'officials', placeholder: PICK, named: of(name)?.name ?? undefined });
  return (
    <ShortForm
      initial={Object.fromEntries(
        ['principal', 'deputy', 'liaison'].map((layer) => [layer, of(layer)?.official ?? undefined]),
      )}
      fields={[
        field('principal', t('第一责任人')),
        field('deputy', t('分管领导')),
        field('liaison', t('联络员')),
        date({ name: 'since', label: t('从哪天起') }),
      ]}
      consequence={() => t('就这三位')}
      send={({ principal, deputy, liaison, since }) =>
        give('responsibility.assign', line.id, {
          unit: line.unit,
          field: line.field,
          principal,
          deputy,
          liaison,
          since,
        } as never)
      }
      onDone={() => {
        onClose();
        void queries.invalidateQueries({ queryKey: ['responsibilities'] });
      }}
      onClose={onClose}
    />
  );
}
