import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { type Verdict, give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { Due } from '../../app/ui/due.tsx';
import { choice, line, paragraph, select } from '../../app/ui/inputs.tsx';
import { type Column, List as Records } from '../../app/ui/list.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { picker } from '../../app/ui/pickers.tsx';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { tipOffRoutes } from '../api.ts';
import { t } from './english.ts';

type Routes = typeof tipOffRoutes;
type List = AnswerOf<Routes['GET /api/tip-offs']>;
type Circle = AnswerOf<Routes['GET /api/tip-circle']>;
export type Whole = AnswerOf<Routes['GET /api/tip-offs/:id']>;

export const PICK = t('打名称、拼音或首字母');
const classes = [
  ['benefit-funds', t('惠民资金')],
  ['rough', t('粗暴欺压')],
  ['public-interest', t('损害公共利益')],
  ['dereliction', t('失职渎职')],
  ['discipline', t('其他违纪')],
  ['other', t('说不清')],
] as const;

const columns: readonly Column<List['rows'][number]>[] = [
  {
    name: t('编号'),
    is: 'what',
    cell: (row) => (
      <Link to="/tip-offs/$id" params={{ id: row.id }} search={{}}>
        {row.number}
      </Link>
    ),
  },
  { name: t('到哪一步'), cell: (row) => row.statusName },
  { name: t('收到'), cell: (row) => sayDate(row.filedOn) },
  { name: t('什么时候前告知'), cell: (row) => row.closedOn === null && <Due day={row.due} /> },
];

/** Tip-offs I am named for. Their words stand on their own pages; a list somebody sees over a shoulder tells nothing. */
export function TipOffs() {
  const me = useMe();
  const [writing, setWriting] = useState(false);
  const found = useQuery({
    queryKey: ['tip-offs'],
    queryFn: ({ signal }) => ask<List>('GET /api/tip-offs', { signal }),
  });
  return (
    <main className="page">
      <header>
        <h1>{t('举报')}</h1>
        <div className="tools">
          {hasRole(me, 'inspector') && (
            <button type="button" className="plain first" aria-expanded={writing} onClick={() => setWriting(!writing)}>
              {t('记一件举报')}
            </button>
          )}
        </div>
      </header>
      <p className="lead">
        {t('只有指定的几个人、和事情没有牵连的，才看得到。先核实；没有核实以前，不对任何人作记录。每次打开都记下。')}
      </p>
      {writing && <FileForm onClose={() => setWriting(false)} />}
      <Arrived of={found} lines={6}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('没有要核实的举报')}>{t('您没有被指定，或者现在没有您能看的举报。')}</Empty>
          ) : (
            <>
              <Records
                rows={data.rows}
                columns={columns}
                keyOf={({ id }) => id}
                faded={({ closedOn }) => closedOn !== null}
              />
              <p className="lead">
                {t('收到 {n} 件，有结论 {m} 件；查实或部分查实 {s} 件，按时告知 {i} 件。只算您能看的。', {
                  n: data.figures.received,
                  m: data.figures.closed,
                  s: data.figures.substantiated,
                  i: data.figures.inTime,
                })}
              </p>
            </>
          )
        }
      </Arrived>
      <CircleOf />
    </main>
  );
}

function FileForm({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [id] = useState(newId);
  return (
    <ShortForm
      keep="tip-off.file"
      initial={{ channel: 'phone', class: 'other' }}
      fields={[
        choice({
          name: 'channel',
          label: t('怎么来的'),
          options: [
            ['phone', t('举报电话')],
            ['letter', t('来信')],
            ['visit', t('当面')],
            ['above', t('上级转来')],
          ],
        }),
        line({ name: 'about', label: t('说的是谁、哪个单位') }),
        select({ name: 'class', label: t('是哪一类'), options: classes }),
        paragraph({ name: 'words', label: t('什么事'), hint: t('按原话写，不写举报人的姓名住处'), rows: 4 }),
        line({ name: 'name', label: t('举报人怎么称呼'), hint: t('另外锁起来'), optional: true }),
        line({ name: 'phone', label: t('电话'), hint: t('另外锁起来'), optional: true }),
      ]}
      consequence={() => t('收下')}
      send={(values) =>
        ask<Verdict>('POST /api/tip-offs/:id/file', { params: { id }, body: { ...values, command: newId() } })
      }
      onDone={(verdict) => {
        const { told } = verdict as Verdict;
        tell(
          t('收下了，编号 {number}，查询码 {code}，请告诉举报人', {
            number: String(told['number']),
            code: String(told['code']),
          }),
        );
        onClose();
        void queries.invalidateQueries({ queryKey: ['tip-offs'] });
      }}
      onClose={onClose}
    />
  );
}

const seat = (of: string): string => (of === 'keeper' ? t('专人') : t('替补（专人要回避时）'));

const keepers = (
  mayRemove: boolean,
  remove: (official: string) => void,
): readonly Column<Circle['keepers'][number]>[] => [
  { name: '', is: 'what', cell: (k) => k.name },
  { name: '', cell: (k) => seat(k.seat) },
  {
    name: '',
    cell: (k) => t('{proposed} 提名，{confirmed} 同意', { proposed: k.proposedBy, confirmed: k.confirmedBy }),
  },
  {
    name: '',
    is: 'act',
    cell: (k) =>
      mayRemove && (
        <button type="button" className="link" onClick={() => remove(k.official)}>
          {t('去掉')}
        </button>
      ),
  },
];
const proposed = (confirm: (official: string) => void): readonly Column<Circle['proposed'][number]>[] => [
  { name: '', is: 'what', cell: (p) => p.name },
  { name: '', cell: (p) => seat(p.seat) },
  {
    name: '',
    is: 'words',
    cell: (p) => t('等另一个人同意，{by} 提名：{reason}', { by: p.by, reason: p.reason }),
    tone: () => 'soon',
  },
  {
    name: '',
    is: 'act',
    cell: (p) =>
      !p.mine && (
        <button type="button" className="plain" onClick={() => confirm(p.official)}>
          {t('同意')}
        </button>
      ),
  },
];

/** Who is named, by whom: for leaders and inspectors. */
function CircleOf() {
  const queries = useQueryClient();
  const [proposing, setProposing] = useState(false);
  const { data } = useQuery({
    queryKey: ['tip-offs', 'circle'],
    queryFn: ({ signal }) => ask<Circle>('GET /api/tip-circle', { signal }),
  });
  if (data === undefined) return null;
  const again = () => void queries.invalidateQueries({ queryKey: ['tip-offs'] });
  const remove = (official: string): void =>
    void give('tip-circle.remove', data.id, { official, reason: t('去掉') }).then(again);
  const confirm = (official: string): void => void give('tip-circle.confirm', data.id, { official }).then(again);
  return (
    <>
      <h2>{t('举报专人')}</h2>
      <p className="lead">{t('提名和同意要由两个人做；管系统的人不能兼。')}</p>
      {data.keepers.length === 0 && data.proposed.length === 0 && (
        <Empty title={t('还没有指定专人')}>{t('没有专人，收到的举报没有人能看。')}</Empty>
      )}
      <Records
        rows={data.keepers}
        columns={keepers(data.can.remove, remove)}
        keyOf={({ official }) => official}
        heads={false}
      />
      <Records rows={data.proposed} columns={proposed(confirm)} keyOf={({ official }) => official} heads={false} />
      {data.can.propose && !proposing && (
        <p className="acts">
          <button type="button" className="plain" onClick={() => setProposing(true)}>
            {t('提一个人')}
          </button>
        </p>
      )}
      {proposing && (
        <ShortForm
          initial={{ seat: 'keeper' }}
          fields={[
            picker({ name: 'official', label: t('谁'), sort: 'officials', placeholder: PICK }),
            choice({
              name: 'seat',
              label: t('举报专人'),
              options: [
                ['keeper', t('专人')],
                ['alternate', t('替补（专人要回避时）')],
              ],
            }),
            line({ name: 'reason', label: t('为什么') }),
          ]}
          consequence={() => t('提名')}
          send={(values) => give('tip-circle.propose', data.id, values as never)}
          onDone={() => {
            setProposing(false);
            again();
          }}
          onClose={() => setProposing(false)}
        />
      )}
    </>
  );
}
