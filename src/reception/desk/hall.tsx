import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { type CommandData, give, newId } from '../../app/ui/client.ts';
import { ShortForm, type Values } from '../../app/ui/form.tsx';
import { choice, line, several as ticks } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { several } from '../../app/ui/several.tsx';
import { Arrived, Empty, sentenceOf } from '../../app/ui/states.tsx';
import { ReceptionTabs, receptionTitle } from '../../app/ui/tabs.tsx';
import { t } from './english.ts';
import { type DeskLine, type Desks, QUEUE_MS, sayKept, weekdayNames } from './hall-words.ts';

const desks: readonly Column<DeskLine>[] = [
  {
    name: t('窗口'),
    is: 'what',
    cell: (d) => (
      <>
        <Link to="/reception/hall/$id" params={{ id: d.id }} search={{}}>
          {t('{code} 号　{unit}', { code: d.code, unit: d.unit.name })}
        </Link>
        {d.mine && <small> {t('我在名单里')}</small>}
      </>
    ),
  },
  { name: t('管什么'), is: 'words', cell: (d) => d.duties.join(t('、')) },
  { name: t('什么时候有人'), cell: sayKept },
  {
    name: t('现在'),
    cell: (d) => d.sitting?.name ?? (d.keptToday ? t('还没有人') : t('今天不用来')),
    tone: (d) => d.sitting === null && d.keptToday && 'soon',
  },
  { name: t('在等'), is: 'number', cell: (d) => d.waiting },
];

/** The hall: each desk with who sits there and how many wait; a number is taken with one touch. */
export function Hall() {
  const queries = useQueryClient();
  const [opening, setOpening] = useState(false);
  const found = useQuery({
    queryKey: ['hall'],
    queryFn: ({ signal }) => ask<Desks>('GET /api/hall-desks', { signal }),
    refetchInterval: QUEUE_MS,
  });
  const { data } = found;
  const areas = [...new Set(data?.rows.map((r) => r.area))];
  return (
    <main className="page">
      <header>
        <h1>{receptionTitle()}</h1>
        <div className="tools">
          {areas.map((area) => (
            <a key={area} className="plain-link" href={`/hall/${area}`} target="_blank" rel="noreferrer">
              {areas.length === 1 ? t('大厅屏幕') : t('{place}大厅屏幕', { place: nameOf(data!, area) })}
            </a>
          ))}
          <Link className="plain-link" to="/reception/hall/figures" search={{}}>
            {t('等了多久')}
          </Link>
          {(data?.areas.length ?? 0) > 0 && (
            <button type="button" className="plain" aria-expanded={opening} onClick={() => setOpening(!opening)}>
              {t('设一个窗口')}
            </button>
          )}
        </div>
      </header>
      <ReceptionTabs />
      {opening && data !== undefined && (
        <DeskForm
          area={data.areas[0]!}
          onClose={() => setOpening(false)}
          onDone={() => {
            setOpening(false);
            void queries.invalidateQueries({ queryKey: ['hall'] });
          }}
        />
      )}
      <Arrived of={found} lines={6}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('大厅里还没有窗口')}>
              {t('点“设一个窗口”，写窗口号、哪个单位、常驻还是值班、管什么、谁来坐。设好了就能取号、叫号。')}
            </Empty>
          ) : (
            <>
              {data.areas.length > 0 && <TakeNumber list={data} />}
              <h2>{t('窗口')}</h2>
              <List
                rows={data.rows.toSorted((a, b) => Number(b.mine) - Number(a.mine))}
                columns={desks}
                keyOf={({ id }) => id}
              />
            </>
          )
        }
      </Arrived>
    </main>
  );
}

const nameOf = (list: Desks, area: string): string => list.rows.find((r) => r.area === area)?.place ?? '';

interface Taken {
  readonly id: string;
  readonly number: string;
}

/** One touch on a desk gives a number for it; the slip is printed from here. */
function TakeNumber({ list }: { list: Desks }) {
  const queries = useQueryClient();
  const [first, setFirst] = useState(false);
  const [taken, setTaken] = useState<Taken>();
  const [fault, setFault] = useState<unknown>();
  const take = async (desk: DeskLine) => {
    const id = newId();
    try {
      const { told } = await give('ticket.take', id, { desk: desk.id, first });
      setTaken({ id, number: String(told['number']) });
      setFirst(false);
      setFault(undefined);
    } catch (refused) {
      setFault(refused);
    }
    void queries.invalidateQueries({ queryKey: ['hall'] });
  };
  return (
    <>
      <h2>{t('取号')}</h2>
      <p className="acts">
        {list.rows.map((d) => (
          <button key={d.id} type="button" className="plain" onClick={() => void take(d)}>
            {t('{code} 号　{unit}', { code: d.code, unit: d.unit.name })}
          </button>
        ))}
      </p>
      {list.firstFor.length > 0 && (
        <p className="acts">
          <label>
            <input type="checkbox" checked={first} onChange={(e) => setFirst(e.target.checked)} />{' '}
            {t('优先（{who}）', { who: list.firstFor.join('、') })}
          </label>
        </p>
      )}
      {taken !== undefined && (
        <p className="acts" role="status">
          {t('取好了：')}
          <b className="once">{taken.number}</b>{' '}
          <a className="plain-link" href={`/api/tickets/${taken.id}/slip`} target="_blank" rel="noreferrer">
            {t('打印小票')}
          </a>
        </p>
      )}
      {fault !== undefined && (
        <p className="late" role="alert">
          {sentenceOf(fault)}
        </p>
      )}
    </>
  );
}

/** Sets a desk up, or changes it. */
export function DeskForm({
  area,
  id,
  initial = {},
  people = [],
  onDone,
  onClose,
}: {
  area: string;
  id?: string;
  initial?: Values;
  people?: readonly { id: string; name: string | null }[];
  onDone: () => void;
  onClose: () => void;
}) {
  return (
    <ShortForm
      initial={{ form: 'permanent', from: '08:30', to: '17:30', ...initial }}
      fields={[
        line({ name: 'code', label: t('窗口号'), hint: t('票号也用它开头，如 3、A') }),
        picker({
          name: 'unit',
          label: t('哪个单位'),
          sort: 'units',
          placeholder: t('打名称、拼音或首字母'),
          named: initial['unitName'] as string | undefined,
        }),
        choice({
          name: 'form',
          label: t('怎么来'),
          options: [
            ['permanent', t('常驻，每个工作日')],
            ['duty', t('值班，定星期几')],
          ],
        }),
        ticks({
          name: 'weekdays',
          label: t('星期几'),
          asked: ({ form }) => form === 'duty',
          options: weekdayNames.map((name, i) => [String(i + 1), name] as const),
        }),
        line({ name: 'from', label: t('几点开始'), type: 'time' }),
        line({ name: 'to', label: t('几点结束'), type: 'time' }),
        line({ name: 'duties', label: t('管什么'), hint: t('群众的说法，用顿号分开') }),
        several({
          name: 'people',
          label: t('谁来坐'),
          sort: 'officials',
          placeholder: t('打姓名、拼音或首字母'),
          named: people,
        }),
      ]}
      consequence={() => (id === undefined ? t('设上') : t('改'))}
      send={({ duties, weekdays, ...values }) => {
        const kept = {
          ...values,
          weekdays: ((weekdays ?? []) as string[]).map(Number),
          duties: String(duties ?? '')
            .split(/[、，,]/)
            .map((d) => d.trim())
            .filter((d) => d !== ''),
        };
        return id === undefined
          ? give('hall-desk.open', newId(), { area, ...kept } as unknown as CommandData<'hall-desk.open'>)
          : give('hall-desk.amend', id, kept as unknown as CommandData<'hall-desk.amend'>);
      }}
      onDone={onDone}
      onClose={onClose}
    />
  );
}
