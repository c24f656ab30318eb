import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { date, line, select } from '../../app/ui/inputs.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { picker } from '../../app/ui/pickers.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import { inOrder } from '../../language/in-order.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { campaignRoutes } from '../api.ts';
import './campaigns.css';
import { useGive } from './change.ts';
import { t } from './english.ts';
import { sayPeriod } from './list.tsx';
import { Tabs } from './tabs.tsx';

type List = AnswerOf<(typeof campaignRoutes)['GET /api/teams']>;
type Campaigns = AnswerOf<(typeof campaignRoutes)['GET /api/campaigns']>;
export type TeamRow = List['teams'][number];

/** The county's teams, by name. */
export function Teams() {
  const me = useMe();
  const give = useGive();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const list = useQuery({ queryKey: ['teams'], queryFn: () => ask<List>('GET /api/teams', { query: { limit: 200 } }) });
  const campaigns = useQuery({ queryKey: ['campaigns'], queryFn: () => ask<Campaigns>('GET /api/campaigns') });
  const found = async (values: Record<string, unknown>) => {
    const id = newId();
    const { name, area, since, campaign, until, purpose } = values;
    await give(
      'teams',
      id,
      'found',
      { parent: null, purpose: purpose ?? '', campaign: campaign ?? null, until: until ?? null, name, area, since },
      t('已建立。'),
    );
    return id;
  };
  return (
    <main className="page">
      <header>
        <h1>{t('工作队')}</h1>
        {hasRole(me, 'administrator', 'head', 'clerk') && (
          <div className="tools">
            <button type="button" className="plain" aria-expanded={adding} onClick={() => setAdding(!adding)}>
              {t('建一个队')}
            </button>
          </div>
        )}
      </header>
      <Tabs />
      {adding && (
        <ShortForm
          initial={{ since: dayAt(Date.now()) }}
          fields={[
            line({ name: 'name', label: t('队名') }),
            line({ name: 'purpose', label: t('任务'), optional: true }),
            picker({ name: 'area', label: t('范围'), sort: 'areas', placeholder: t('县或乡镇，打名称、拼音或首字母') }),
            select({
              name: 'campaign',
              label: t('为哪个活动'),
              optional: true,
              options: (campaigns.data?.campaigns ?? []).filter((c) => !c.over).map((c) => [c.id, c.name] as const),
            }),
            date({ name: 'since', label: t('起') }),
            date({ name: 'until', label: t('止'), optional: true }),
          ]}
          consequence={(v) => t('建立{name}', { name: String(v['name'] ?? '') })}
          send={found}
          onDone={(id) => void navigate({ to: '/teams/$id', params: { id: id as string }, search: {} })}
          onClose={() => setAdding(false)}
        />
      )}
      {list.isError && <Trouble error={list.error} again={() => void list.refetch()} />}
      {list.isPending && <Waiting />}
      {list.data?.teams.length === 0 && (
        <Empty title={t('还没有工作队。')}>{t('先建一个队，再在队里设组、加人、定驻点；人多就用表格导入。')}</Empty>
      )}
      {list.data !== undefined && list.data.teams.length > 0 && <TeamTable teams={list.data.teams} top />}
    </main>
  );
}

export const TeamTable = ({ teams, top = false }: { teams: readonly TeamRow[]; top?: boolean }) => (
  <Sheet>
    <thead>
      <tr>
        <th>{top ? t('队名') : t('组名')}</th>
        <th>{t('负责人')}</th>
        {top && <th className="num">{t('组')}</th>}
        <th className="num">{t('人数')}</th>
        <th className="num">{t('驻点')}</th>
        {top && <th>{t('为哪个活动')}</th>}
        <th>{t('起止')}</th>
      </tr>
    </thead>
    <tbody>
      {teams
        .toSorted((a, b) => inOrder(a.name, b.name))
        .map((team) => (
          <tr key={team.id}>
            <td className="nowrap">
              <Link to="/teams/$id" params={{ id: team.id }} search={{}}>
                {team.name}
              </Link>
            </td>
            <td className="nowrap">{team.leaderName ?? <span className="soon">{t('还没定')}</span>}</td>
            {top && <td className="num">{team.groups}</td>}
            <td className="num">{team.members}</td>
            <td className="num">{team.places}</td>
            {top && <td>{team.campaignName}</td>}
            <td className={team.ended ? 'nowrap quiet' : 'nowrap'}>
              {team.until === null ? `${sayDate(team.since)}` : sayPeriod(team.since, team.until)}
              {team.ended && ` · ${t('已结束')}`}
            </td>
          </tr>
        ))}
    </tbody>
  </Sheet>
);
