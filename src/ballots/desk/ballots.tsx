import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { date } from '../../app/ui/inputs.tsx';
import { type Column, List as Records } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { ballotRoutes } from '../api.ts';
import { t } from './english.ts';

type List = AnswerOf<(typeof ballotRoutes)['GET /api/ballots']>;

export const halfSaid = (half: string): string =>
  half.endsWith('-1')
    ? t('{half} 年上半年', { half: half.slice(0, 4) })
    : t('{half} 年下半年', { half: half.slice(0, 4) });

export const standing = ({ status, on, enough }: { status: string; on: boolean; enough: boolean | null }): string =>
  status === 'void'
    ? t('作废了')
    : status === 'open'
      ? on
        ? t('正在投')
        : t('等封箱')
      : enough === true
        ? t('公布了')
        : t('不够数，没有公布');

/** Reviews of stationed officials: the open ones, and what was. */
export function Ballots() {
  const [opening, setOpening] = useState(false);
  const found = useQuery({
    queryKey: ['ballots'],
    queryFn: ({ signal }) => ask<List>('GET /api/ballots', { signal }),
  });
  const { data } = found;
  const runs = data?.mayOpen === true;
  return (
    <main className="page">
      <header>
        <h1>{t('群众评议')}</h1>
        <div className="tools">
          {runs && (
            <button type="button" className="plain first" aria-expanded={opening} onClick={() => setOpening(!opening)}>
              {t('开一次评议')}
            </button>
          )}
        </div>
      </header>
      <p className="lead">
        {t(
          '群众每半年评一次驻村干部。由县里的群众工作部门和督查员办，被评的干部和他的单位不经手；谁选了什么，系统里没有记。',
        )}
      </p>
      {opening && data !== undefined && <OpenForm list={data} onClose={() => setOpening(false)} />}
      <Arrived of={found} lines={4}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={t('还没有评议')}>
              {runs
                ? t('选一个有驻村干部的村或者乡镇，定下最后一天，就可以印条子、印纸票。')
                : t('评到您的，封箱以后在这里看到自己的数。')}
            </Empty>
          ) : (
            <Records rows={rows} columns={columns} keyOf={({ id }) => id} faded={({ status }) => status === 'void'} />
          )
        }
      </Arrived>
    </main>
  );
}

const columns: readonly Column<List['rows'][number]>[] = [
  {
    name: t('地方'),
    is: 'what',
    cell: (row) => (
      <Link to="/ballots/$id" params={{ id: row.id }} search={{}}>
        {row.place}
      </Link>
    ),
    under: (row) => t('{n} 位在岗干部', { n: row.rated }),
  },
  { name: t('半年'), cell: (row) => halfSaid(row.half) },
  { name: t('到哪一步'), cell: standing, tone: (row) => row.status === 'open' && !row.on && 'soon' },
  { name: t('最后一天'), cell: (row) => sayDate(row.until) },
];

function OpenForm({ list, onClose }: { list: List; onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [id] = useState(newId);
  return (
    <ShortForm
      keep="ballot.open"
      initial={{ until: list.to }}
      fields={[
        picker({ name: 'area', label: t('哪个村、哪个乡镇'), sort: 'areas', placeholder: t('打名称、拼音或首字母') }),
        date({
          name: 'until',
          label: t('投到哪天'),
          min: list.from,
          max: list.to,
          hint: t('{from} 到 {to} 之间', { from: sayDate(list.from), to: sayDate(list.to) }),
        }),
      ]}
      consequence={() => t('开，抽出评议户')}
      send={(values) => give('ballot.open', id, values as { area: string; until: string })}
      onDone={() => {
        tell(t('开好了'));
        void queries.invalidateQueries({ queryKey: ['ballots'] });
        void navigate({ to: '/ballots/$id', params: { id }, search: {} as never });
      }}
      onClose={onClose}
    />
  );
}
