import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type Act, Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { type CommandKind, give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { choice, date, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { Arrived, Empty, PageWaiting } from '../../app/ui/states.tsx';
import { MeetingTabs } from '../../app/ui/tabs.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import type { Group, Groups } from './words.ts';

const PICK = t('打名称、拼音或首字母');
const lacking: Readonly<Record<string, string>> = {
  chair: t('缺组长'),
  deputy: t('缺副职'),
  member: t('缺成员'),
  liaison: t('缺联络员'),
};

const columns: readonly Column<Groups['groups'][number]>[] = [
  {
    name: t('名称'),
    is: 'what',
    cell: (group) => (
      <Link to="/meetings/groups/$id" params={{ id: group.id }} search={{}}>
        {group.name}
      </Link>
    ),
    under: (group) => `${group.place} · ${t('办公室设在')}${group.office}`,
  },
  { name: t('组长、召集人'), cell: (group) => group.chair },
  { name: t('副职'), is: 'words', cell: (group) => group.deputies.join(t('、')) },
  { name: t('成员'), is: 'number', cell: (group) => t('{n} 人', { n: group.members }) },
  { name: t('联络员'), cell: (group) => group.liaisons.join(t('、')) },
  {
    name: t('开会'),
    cell: (group) =>
      group.lastMeeting === null
        ? t('还没有开过')
        : t('{n} 次，最近 {day}', { n: group.meetings, day: sayDate(group.lastMeeting) }),
  },
  {
    name: t('缺'),
    is: 'words',
    cell: (group) =>
      [
        ...group.lacks.map((seat) => lacking[seat]),
        ...(group.left.length === 0 ? [] : [t('已不在岗：{names}', { names: group.left.join(t('、')) })]),
      ].join(t('；')),
    tone: () => 'soon',
  },
];

/** Leading groups and joint meetings with who sits in them. */
export function StandingGroups() {
  const { show = 'standing' } = useSearch({ strict: false }) as { show?: string };
  const navigate = useNavigate();
  const [founding, setFounding] = useState(false);
  const found = useQuery({
    queryKey: ['standing-groups', show],
    queryFn: ({ signal }) => ask<Groups>('GET /api/standing-groups', { query: { show }, signal }),
  });
  const { data } = found;
  return (
    <main className="page wide">
      <header>
        <h1>{t('领导小组')}</h1>
        <div className="tools">
          {data?.can.found === true && (
            <button
              type="button"
              className="plain first"
              aria-expanded={founding}
              onClick={() => setFounding(!founding)}
            >
              {t('建一个')}
            </button>
          )}
        </div>
      </header>
      <MeetingTabs />
      <p className="lead">{t('领导小组和联席会议：谁在里面、到什么时候，缺什么一眼看到。')}</p>
      {founding && <FoundForm onClose={() => setFounding(false)} />}
      <div className="filters">
        <Choices
          of={[
            ['standing', t('现在的')],
            ['ended', t('撤销的')],
          ]}
          chosen={show}
          onChoose={(key) => void navigate({ to: '/meetings/groups', search: { show: key } as never })}
        />
      </div>
      <Arrived of={found}>
        {(data) =>
          data.groups.length === 0 ? (
            <Empty title={t('还没有领导小组')}>
              {t('把文件里成立的领导小组、联席会议建上，以后的会和任务都归在它下面。')}
            </Empty>
          ) : (
            <List rows={data.groups} columns={columns} keyOf={({ id }) => id} />
          )
        }
      </Arrived>
    </main>
  );
}

function FoundForm({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [id] = useState(newId);
  return (
    <ShortForm
      initial={{ form: 'leading' }}
      fields={[
        choice({
          name: 'form',
          label: t('哪一种'),
          options: [
            ['leading', t('领导小组')],
            ['joint', t('联席会议')],
          ],
        }),
        line({ name: 'name', label: t('叫什么') }),
        paragraph({ name: 'purpose', label: t('管什么') }),
        picker({ name: 'area', label: t('管哪个地方'), sort: 'areas', placeholder: PICK }),
        picker({ name: 'office', label: t('办公室设在'), sort: 'units', placeholder: PICK }),
        line({ name: 'source', label: t('文件依据') }),
        date({ name: 'since', label: t('从哪天起') }),
      ]}
      consequence={() => t('建立')}
      send={({ areaName: _a, officeName: _o, ...values }) => give('standing-group.found', id, values as never)}
      onDone={() => {
        tell(t('建好了'));
        void queries.invalidateQueries({ queryKey: ['standing-groups'] });
        void navigate({ to: '/meetings/groups/$id', params: { id }, search: {} });
      }}
      onClose={onClose}
    />
  );
}

const actsFor = (one: Group): Partial<Record<CommandKind, Act>> => ({
  'standing-group.seat': {
    name: t('加一个人'),
    button: t('加上'),
    initial: { seat: 'member' },
    fields: [
      picker({ name: 'official', label: t('谁'), sort: 'officials', placeholder: PICK }),
      choice({
        name: 'seat',
        label: t('什么身份'),
        options: [
          ['chair', t('组长、召集人')],
          ['deputy', t('副职')],
          ['member', t('成员')],
          ['liaison', t('联络员')],
        ],
      }),
      date({ name: 'since', label: t('从哪天起') }),
    ],
  },
  'standing-group.unseat': {
    name: t('谁不再担任'),
    minor: true,
    button: t('记下'),
    fields: [
      select({
        name: 'official',
        label: t('谁'),
        options: one.seats
          .filter(({ until }) => until === null)
          .map(({ official, name, seatName }) => [official, `${name} ${seatName}`] as const),
      }),
      date({ name: 'until', label: t('到哪天为止') }),
      line({ name: 'reason', label: t('为什么') }),
    ],
  },
  'standing-group.amend': {
    name: t('改名称职责'),
    minor: true,
    button: t('存下'),
    initial: {
      name: one.name,
      purpose: one.purpose,
      office: one.office,
      officeName: one.officeName,
      source: one.source,
    },
    fields: [
      line({ name: 'name', label: t('叫什么') }),
      paragraph({ name: 'purpose', label: t('管什么') }),
      picker({ name: 'office', label: t('办公室设在'), sort: 'units', placeholder: PICK }),
      line({ name: 'source', label: t('文件依据') }),
    ],
  },
  'standing-group.end': {
    name: t('撤销'),
    minor: true,
    button: t('撤销这个机构'),
    fields: [date({ name: 'until', label: t('到哪天为止') }), line({ name: 'reason', label: t('为什么') })],
  },
});

const held: readonly Column<Group['meetings'][number]>[] = [
  {
    name: '',
    is: 'what',
    cell: (meeting) => (
      <Link to="/meetings/$id" params={{ id: meeting.id }} search={{}}>
        {meeting.name}
      </Link>
    ),
  },
  { name: '', cell: (meeting) => sayDate(meeting.day) },
  {
    name: '',
    cell: (meeting) =>
      meeting.tasks === 0 ? t('没有定任务') : t('{kept}/{tasks} 件落实', { kept: meeting.kept, tasks: meeting.tasks }),
  },
];
const seated: readonly Column<Group['seats'][number]>[] = [
  { name: '', cell: (seat) => seat.seatName },
  {
    name: '',
    is: 'what',
    cell: (seat) => (
      <>
        {seat.left ? t('{name}，已不在岗', { name: seat.name }) : seat.name}{' '}
        <small>
          {seat.unit} {seat.title}
        </small>
      </>
    ),
    tone: (seat) => seat.left && 'soon',
  },
  {
    name: '',
    cell: (seat) =>
      seat.until === null
        ? t('{from} 起', { from: sayDate(seat.since) })
        : t('{from} 到 {until}', { from: sayDate(seat.since), until: sayDate(seat.until) }),
  },
];

/** One standing group: who sits in it now and sat before, and its meetings. */
export function StandingGroupScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['standing-groups', 'one', id],
    queryFn: ({ signal }) => ask<Group>('GET /api/standing-groups/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  return (
    <main className="page">
      <header>
        <h1>{data.name}</h1>
        <div className="tools">
          <button type="button" className="plain" onClick={() => print()}>
            {t('打印')}
          </button>
          <Link to="/meetings/groups" search={{}}>
            {t('全部')}
          </Link>
        </div>
      </header>
      <Acts acts={actsFor(data)} can={data.can} stream={id} query="standing-groups" />
      {data.lacks.length > 0 && <p className="soon">{t('还缺：{what}', { what: data.lacks.join('、') })}</p>}
      <dl className="facts-of">
        <dt>{t('管什么')}</dt>
        <dd>{data.purpose}</dd>
        <dt>{t('地方')}</dt>
        <dd>{data.place}</dd>
        <dt>{t('办公室')}</dt>
        <dd>{data.officeName}</dd>
        <dt>{t('依据')}</dt>
        <dd>{data.source}</dd>
        <dt>{t('期间')}</dt>
        <dd>
          {data.until === null
            ? t('{from} 起', { from: sayDate(data.since) })
            : t('{from} 到 {until}', { from: sayDate(data.since), until: sayDate(data.until) })}
          {data.reason !== null && `，${data.reason}`}
        </dd>
      </dl>
      <Seats title={t('现任')} seats={data.seats.filter(({ now }) => now)} />
      <Seats title={t('以前')} seats={data.seats.filter(({ now }) => !now)} />
      {data.meetings.length > 0 && (
        <>
          <h2>{t('开会')}</h2>
          <List rows={data.meetings} columns={held} keyOf={({ id: of }) => of} heads={false} />
        </>
      )}
    </main>
  );
}

const Seats = ({ title, seats }: { title: string; seats: Group['seats'] }) =>
  seats.length === 0 ? null : (
    <>
      <h2>{title}</h2>
      <List rows={seats} columns={seated} keyOf={({ official, since }) => `${official} ${since}`} heads={false} />
    </>
  );
