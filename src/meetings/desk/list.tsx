import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { Due } from '../../app/ui/due.tsx';
import { date, line, select } from '../../app/ui/inputs.tsx';
import { type Column, List as Records } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { several } from '../../app/ui/several.tsx';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { MeetingTabs } from '../../app/ui/tabs.tsx';
import { sayDate, sayDay } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import type { Groups, List } from './words.ts';

const PICK = t('打名称、拼音或首字母');

/** What is to be held, what I am to do from what was held, and what was. */
export function Meetings() {
  const [calling, setCalling] = useState(false);
  const found = useQuery({
    queryKey: ['meetings'],
    queryFn: ({ signal }) => ask<List>('GET /api/meetings', { signal }),
  });
  const { data } = found;
  const ahead = data?.rows.filter((r) => r.status === 'called') ?? [];
  const past = data?.rows.filter((r) => r.status !== 'called') ?? [];
  return (
    <main className="page">
      <header>
        <h1>{t('会议')}</h1>
        <div className="tools">
          {data?.can.call === true && (
            <button type="button" className="plain first" aria-expanded={calling} onClick={() => setCalling(!calling)}>
              {t('通知开会')}
            </button>
          )}
        </div>
      </header>
      <MeetingTabs />
      <p className="lead">
        {t('议程从数据里来：上次定的事、报来研究的、超期的、热点。定下的事有单位、有人、有日子，下次会上核。')}
      </p>
      {calling && data !== undefined && <CallForm list={data} onClose={() => setCalling(false)} />}
      <Arrived of={found}>
        {(data) => (
          <>
            {data.tasks.length > 0 && (
              <>
                <h2>{t('我和我们单位的任务')}</h2>
                <Records
                  rows={data.tasks}
                  columns={tasks}
                  keyOf={({ meeting, task }) => `${meeting} ${task}`}
                  heads={false}
                />
              </>
            )}
            {data.waiting.length > 0 && (
              <>
                <h2>{t('报给联席会议，等着研究')}</h2>
                <Records rows={data.waiting} columns={waiting} keyOf={({ id }) => id} heads={false} />
              </>
            )}
            {data.rows.length === 0 && (
              <Empty title={t('还没有会议')}>{t('选一种会、写上时间地点和人，议程会自己排出来。')}</Empty>
            )}
            {ahead.length > 0 && (
              <>
                <h2>{t('要开的会')}</h2>
                <Records rows={ahead} columns={toHold(data.today)} keyOf={({ id }) => id} />
              </>
            )}
            {past.length > 0 && (
              <>
                <h2>{t('开过的会')}</h2>
                <Records
                  rows={past}
                  columns={held}
                  keyOf={({ id }) => id}
                  faded={({ status }) => status === 'cancelled'}
                />
              </>
            )}
          </>
        )}
      </Arrived>
    </main>
  );
}

const tasks: readonly Column<List['tasks'][number]>[] = [
  {
    name: '',
    is: 'what',
    cell: (task) => (
      <Link to="/meetings/$id" params={{ id: task.meeting }} search={{}}>
        {task.words}
      </Link>
    ),
    under: (task) =>
      [t('{name}（{day}）', { name: task.meetingName, day: sayDate(task.heldOn) }), task.unit, task.official]
        .filter((part) => part !== null)
        .join(' '),
  },
  { name: '', cell: (task) => task.stateName },
  { name: '', cell: (task) => <Due day={task.due} /> },
];

/** What was handed to a joint meeting and waits for it. */
const waiting: readonly Column<List['waiting'][number]>[] = [
  {
    name: '',
    is: 'what',
    cell: (row) => (
      <>
        <Link to="/matters/$id" params={{ id: row.id }} search={{}}>
          {row.number}
        </Link>{' '}
        {row.ground}
      </>
    ),
    under: (row) => t('{unit}报给{to}', { unit: row.unit ?? '', to: row.to }),
  },
  { name: '', cell: (row) => t('{day} 报来', { day: sayDate(row.day) }) },
];

type Line = List['rows'][number];
const known: readonly Column<Line>[] = [
  {
    name: t('会'),
    is: 'what',
    cell: (row) => (
      <Link to="/meetings/$id" params={{ id: row.id }} search={{}}>
        {row.name}
      </Link>
    ),
    under: (row) => row.group ?? row.unit,
  },
  { name: t('时间'), cell: (row) => `${sayDay(row.day)} ${row.from}` },
  { name: t('地点'), is: 'words', cell: (row) => row.place },
  { name: t('主持'), cell: (row) => row.chair },
];
const toHold = (today: string): readonly Column<Line>[] => [
  ...known,
  { name: '', cell: (row) => row.day < today && t('还没有写纪要'), tone: () => 'late' },
];
const held: readonly Column<Line>[] = [
  ...known,
  {
    name: t('到会'),
    is: 'number',
    cell: (row) => row.status === 'held' && t('{present}/{invited} 人', { present: row.present, invited: row.invited }),
  },
  {
    name: t('任务'),
    cell: (row) =>
      row.status === 'cancelled'
        ? t('已取消')
        : row.tasks === 0
          ? t('没有定任务')
          : t('{kept}/{tasks} 件落实', { kept: row.kept, tasks: row.tasks }),
  },
];

function CallForm({ list, onClose }: { list: List; onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [id] = useState(newId);
  const { data: groups } = useQuery({
    queryKey: ['standing-groups', 'standing'],
    queryFn: ({ signal }) => ask<Groups>('GET /api/standing-groups', { signal }),
  });
  return (
    <ShortForm
      keep="meeting.call"
      fields={[
        select({ name: 'template', label: t('什么会'), options: list.templates.map(({ id: of, name }) => [of, name]) }),
        picker({ name: 'unit', label: t('哪个单位的会'), sort: 'units', placeholder: PICK }),
        select({
          name: 'group',
          label: t('领导小组或联席会议（是它的会才选）'),
          optional: 'unsaid',
          options: (groups?.groups ?? []).map(({ id: of, name }) => [of, name] as const),
        }),
        line({ name: 'name', label: t('会议叫什么'), hint: t('不写就用这种会的名字'), optional: 'unsaid' }),
        date({ name: 'day', label: t('哪天') }),
        line({ name: 'from', label: t('几点'), type: 'time' }),
        line({ name: 'place', label: t('在哪里') }),
        picker({ name: 'chair', label: t('谁主持'), sort: 'officials', placeholder: PICK }),
        picker({ name: 'recorder', label: t('谁记录'), sort: 'officials', placeholder: PICK, optional: true }),
        several({ name: 'invited', label: t('请哪些人'), sort: 'officials', placeholder: PICK }),
      ]}
      consequence={() => t('通知，排出议程')}
      send={({ unitName: _u, chairName: _c, recorderName: _r, invitedNames: _i, ...values }) =>
        give('meeting.call', id, values as never)
      }
      onDone={() => {
        tell(t('通知好了'));
        void queries.invalidateQueries({ queryKey: ['meetings'] });
        void navigate({ to: '/meetings/$id', params: { id }, search: {} });
      }}
      onClose={onClose}
    />
  );
}
