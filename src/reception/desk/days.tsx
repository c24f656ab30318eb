import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { type CommandData, give, newId } from '../../app/ui/client.ts';
import { type Field, ShortForm } from '../../app/ui/form.tsx';
import { date, line } from '../../app/ui/inputs.tsx';
import { type Column, List as Records } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { share } from '../../app/ui/share.ts';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { ReceptionTabs, receptionTitle } from '../../app/ui/tabs.tsx';
import { sayDay } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { type Line, type List, outcomes } from './words.ts';

export const sittingFields = (hint?: string): readonly Field[] => [
  date({ name: 'day', label: t('哪天'), ...(hint === undefined ? {} : { hint }) }),
  line({ name: 'from', label: t('几点开始'), type: 'time' }),
  line({ name: 'to', label: t('几点结束'), type: 'time' }),
  line({ name: 'spot', label: t('在哪里'), placeholder: t('群众找得到') }),
];

/** Who receives when: mine today first, then what is to come, then what was. */
export function ReceptionDays() {
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const found = useQuery({
    queryKey: ['reception'],
    queryFn: ({ signal }) => ask<List>('GET /api/reception-days', { signal }),
  });
  const { data } = found;
  const rows = data?.rows ?? [];
  const now = rows.filter((r) => r.outcome !== 'cancelled' && r.day === data?.today);
  const coming = rows.filter((r) => r.day > (data?.today ?? '') && r.outcome !== 'cancelled');
  const past = rows.filter((r) => !now.includes(r) && !coming.includes(r));
  return (
    <main className="page wide">
      <header>
        <h1>{receptionTitle()}</h1>
        <div className="tools">
          {(data?.areas.length ?? 0) > 0 && (
            <button type="button" className="plain" aria-expanded={adding} onClick={() => setAdding(!adding)}>
              {t('临时加一天')}
            </button>
          )}
        </div>
      </header>
      <ReceptionTabs />
      {adding && data !== undefined && (
        <AddForm
          list={data}
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            void queries.invalidateQueries({ queryKey: ['reception'] });
          }}
        />
      )}
      <Arrived of={found}>
        {(data) =>
          rows.length === 0 ? (
            <Empty title={t('还没有接访日')}>
              {t('到“接访表”里排一个月：按任务定量自动排好，改一改，公布。公布了，群众在网上看得到、约得上。')}
            </Empty>
          ) : (
            <>
              <Lines title={t('今天')} rows={now} me={data.me} nothing={t('今天没有排接访。')} />
              <Lines title={t('接下来')} rows={coming} me={data.me} />
              <Lines title={t('接过的')} rows={past} me={data.me} after />
            </>
          )
        }
      </Arrived>
    </main>
  );
}

const columns = (me: string, after: boolean): readonly (Column<Line> | false)[] => [
  {
    name: t('谁接访'),
    is: 'what',
    cell: (row) => (
      <>
        <Link to="/reception/$id" params={{ id: row.id }} search={{}}>
          {row.official.name}
          {row.official.id === me && t('（我）')}
        </Link>{' '}
        <small>{row.rank}</small>
      </>
    ),
    under: (row) =>
      row.official.id !== row.planned.id && t('代{name}：{why}', { name: row.planned.name, why: row.why }),
  },
  {
    name: t('什么时候'),
    cell: (row) => sayDay(row.day),
    under: (row) => t('{from}–{to}', { from: row.from, to: row.to }),
  },
  { name: t('在哪里'), is: 'words', cell: (row) => row.spot },
  {
    name: t('怎么样'),
    cell: (row) => outcomes[row.outcome],
    under: (row) => row.reason,
    tone: (row) => row.outcome === 'nobody' && 'late',
  },
  {
    name: t('约了'),
    is: 'number',
    cell: (row) => t('{booked}/{slots}', { booked: row.booked, slots: row.slots }),
  },
  after && {
    name: t('接待'),
    is: 'number',
    cell: (row) =>
      row.batches === 0 ? '0' : t('{batches} 批 {people} 人', { batches: row.batches, people: row.people }),
  },
  after && { name: t('答复了'), is: 'number', cell: (row) => share(row.answered, row.batches) },
  after && {
    name: t('群众认可'),
    is: 'number',
    cell: (row) => share(row.confirmed, row.batches),
    tone: (row) => row.confirmed > 0 && 'yes',
  },
];

function Lines({
  title,
  rows,
  me,
  nothing,
  after = false,
}: {
  title: string;
  rows: readonly Line[];
  me: string;
  nothing?: string;
  after?: boolean;
}) {
  if (rows.length === 0 && nothing === undefined) return null;
  return (
    <>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p className="lead">{nothing}</p>
      ) : (
        <Records
          rows={rows}
          columns={columns(me, after)}
          keyOf={({ id }) => id}
          faded={({ outcome }) => outcome === 'cancelled'}
        />
      )}
    </>
  );
}

type Adding = CommandData<'reception-day.announce'>;

/** One day besides the rota. */
function AddForm({ list, onDone, onClose }: { list: List; onDone: () => void; onClose: () => void }) {
  return (
    <ShortForm
      initial={{ from: list.from, to: list.to, spot: list.spot }}
      fields={[
        picker({ name: 'official', label: t('谁接访'), sort: 'officials', placeholder: t('打姓名、拼音或首字母') }),
        ...sittingFields(t('至少提前 {days} 天', { days: list.noticeDays })),
      ]}
      consequence={() => t('加上，群众页面马上看得到')}
      send={(values) =>
        give('reception-day.announce', newId(), { area: list.areas[0], ...values } as unknown as Adding)
      }
      onDone={() => {
        tell(t('加上了'));
        onDone();
      }}
      onClose={onClose}
    />
  );
}
