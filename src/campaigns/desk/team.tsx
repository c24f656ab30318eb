import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { choice, date, line, select } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { campaignRoutes } from '../api.ts';
import { placeKindNames } from '../model.ts';
import './campaigns.css';
import { Going } from './going.tsx';
import { useGive } from './change.ts';
import { t } from './english.ts';
import { sayPeriod } from './list.tsx';
import { Tabs } from './tabs.tsx';
import { TeamTable } from './teams.tsx';

type Team = AnswerOf<(typeof campaignRoutes)['GET /api/teams/:id']>;
type Siblings = AnswerOf<(typeof campaignRoutes)['GET /api/teams']>;
type Open = 'group' | 'member' | 'place' | `transfer ${string}` | `leave ${string}`;

const rolesOf = (group: boolean) =>
  [
    ['leader', group ? t('组长') : t('队长')],
    ['deputy', group ? t('副组长') : t('副队长')],
    ['member', group ? t('组员') : t('队员或组员')],
  ] as const;

/** A team or group: who leads it, its groups, who is and was in it, where it works. */
export function TeamScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery({
    queryKey: ['teams', id],
    queryFn: () => ask<Team>('GET /api/teams/:id', { params: { id } }),
  });
  return (
    <main className="page">
      {found.isPending && <Waiting />}
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.data !== undefined && <Shown key={id} team={found.data} />}
    </main>
  );
}

function Shown({ team }: { team: Team }) {
  const [open, setOpen] = useState<Open>();
  const give = useGive();
  const close = () => setOpen(undefined);
  const can = (kind: string): boolean => team.can.includes(kind);
  const group = team.parent !== null;
  const today = dayAt(Date.now());
  const first = today > team.since ? today : team.since;
  const now = team.memberList.filter((m) => m.until === null);
  const before = team.memberList.filter((m) => m.until !== null);
  const opener = (what: Open, name: string, allowed: boolean): ReactNode =>
    allowed && (
      <button
        type="button"
        className="link"
        aria-expanded={open === what}
        onClick={() => setOpen(open === what ? undefined : what)}
      >
        {name}
      </button>
    );
  return (
    <>
      <header>
        <h1>{team.name}</h1>
        <span className="quiet">
          {group && (
            <Link to="/teams/$id" params={{ id: team.parent! }} search={{}}>
              {t('属于 {name}', { name: team.parentName ?? '' })}
            </Link>
          )}
          {group && ' · '}
          {team.areaName} · {sayPeriod(team.since, team.until)}
          {team.campaign !== null && team.campaignName !== null && (
            <>
              {' · '}
              <Link to="/campaigns/$id" params={{ id: team.campaign }} search={{}}>
                {t('为“{name}”', { name: team.campaignName })}
              </Link>
            </>
          )}
        </span>
      </header>
      <Tabs />
      {team.purpose !== '' && <p className="lead">{team.purpose}</p>}
      {!group && (
        <>
          <h3>
            {t('组')} {opener('group', t('建一个组'), can('team.found'))}
          </h3>
          {open === 'group' && (
            <ShortForm
              initial={{ since: team.since, ...(team.until === null ? {} : { until: team.until }) }}
              fields={[
                line({ name: 'name', label: t('组名') }),
                line({ name: 'purpose', label: t('任务'), optional: true }),
                date({ name: 'since', label: t('起') }),
                date({ name: 'until', label: t('止'), optional: true }),
              ]}
              consequence={(v) => t('建立{name}', { name: String(v['name'] ?? '') })}
              send={({ purpose, until, ...rest }) =>
                give(
                  'teams',
                  newId(),
                  'found',
                  {
                    ...rest,
                    parent: team.id,
                    purpose: purpose ?? '',
                    area: team.area,
                    campaign: null,
                    until: until ?? null,
                  },
                  t('已建立。'),
                )
              }
              onDone={close}
              onClose={close}
            />
          )}
          {team.groupList.length > 0 && <TeamTable teams={team.groupList} />}
        </>
      )}
      {team.counts && <Going team={team.id} />}
      <h3>
        {t('队员')} {opener('member', t('加一个人'), can('member.join'))}
      </h3>
      {open === 'member' && (
        <ShortForm
          initial={{ role: 'member', since: first }}
          fields={[
            picker({
              name: 'official',
              label: t('哪位干部'),
              sort: 'officials',
              placeholder: t('打姓名、拼音或首字母'),
            }),
            choice({ name: 'role', label: t('职责'), options: rolesOf(group) }),
            date({ name: 'since', label: t('起') }),
          ]}
          consequence={(v) =>
            t('{name}从 {day} 起加入', {
              name: String(v['officialName'] ?? ''),
              day: sayDate(String(v['since'] ?? '')),
            })
          }
          send={({ official, role, since }) =>
            give('members', newId(), 'join', { official, role, since, team: team.id }, t('已加入。'))
          }
          onDone={close}
          onClose={close}
        />
      )}
      {now.length === 0 ? (
        <p className="lead">{t('现在没有人。')}</p>
      ) : (
        <Sheet>
          <tbody>
            {now.map((m) => (
              <tr key={`${m.id} ${m.since}`}>
                <td className="nowrap">
                  <Link to="/officials/$id" params={{ id: m.official }} search={{}}>
                    {m.name}
                  </Link>
                </td>
                <td className="nowrap">{rolesOf(group).find(([role]) => role === m.role)?.[1]}</td>
                <td>
                  {m.unitName} {m.title}
                </td>
                <td className="nowrap">
                  <small>{t('{from} 起，长期', { from: sayDate(m.since) }).replace(/，.*$|, .*$/, '')}</small>
                </td>
                <td className="right nowrap">
                  {opener(`transfer ${m.id}`, t('调组'), can('member.transfer'))}{' '}
                  {opener(`leave ${m.id}`, t('离队'), can('member.leave'))}
                </td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
      {open?.startsWith('transfer ') === true && (
        <Transfer team={team} member={open.slice(9)} first={first} onClose={close} />
      )}
      {open?.startsWith('leave ') === true && (
        <ShortForm
          initial={{ until: today }}
          fields={[date({ name: 'until', label: t('哪天结束') }), line({ name: 'reason', label: t('为什么') })]}
          consequence={(v) => t('{day} 是最后一天', { day: sayDate(String(v['until'] ?? '')) })}
          send={(v) => give('members', open.slice(6), 'leave', v, t('已离队。'))}
          onDone={close}
          onClose={close}
        />
      )}
      {before.length > 0 && (
        <>
          <h3>{t('以前的人')}</h3>
          <Sheet>
            <tbody>
              {before.map((m) => (
                <tr key={`${m.id} ${m.since}`}>
                  <td className="nowrap">{m.name}</td>
                  <td className="nowrap">{rolesOf(group).find(([role]) => role === m.role)?.[1]}</td>
                  <td className="nowrap">{sayPeriod(m.since, m.until)}</td>
                  <td>{m.reason}</td>
                </tr>
              ))}
            </tbody>
          </Sheet>
        </>
      )}
      <h3>
        {t('驻点')} {opener('place', t('加一个驻点'), can('team.take-place'))}
      </h3>
      {open === 'place' && (
        <ShortForm
          initial={{ since: first }}
          fields={[
            picker({ name: 'target', label: t('村或社区'), sort: 'areas', placeholder: t('打名称、拼音或首字母') }),
            date({ name: 'since', label: t('起') }),
          ]}
          consequence={(v) => t('驻{name}', { name: String(v['targetName'] ?? '') })}
          send={({ target, since }) =>
            give('teams', team.id, 'take-place', { target, since, place: 'village' }, t('驻点已加。'))
          }
          onDone={close}
          onClose={close}
        />
      )}
      {team.placeList.length === 0 ? (
        <p className="lead">{t('还没有驻点。')}</p>
      ) : (
        <Sheet>
          <tbody>
            {team.placeList.map((p) => (
              <tr key={`${p.place} ${p.target} ${p.since}`} className={p.until === null ? undefined : 'quiet'}>
                <td>{p.name}</td>
                <td>{p.within}</td>
                <td className="nowrap">{placeKindNames[p.place]}</td>
                <td className="nowrap">
                  <small>{p.until === null ? sayDate(p.since) : sayPeriod(p.since, p.until)}</small>
                </td>
                <td className="right">
                  {p.until === null && can('team.leave-place') && (
                    <button
                      type="button"
                      className="link"
                      onClick={() =>
                        void give(
                          'teams',
                          team.id,
                          'leave-place',
                          { place: p.place, target: p.target, until: today },
                          t('驻点已撤。'),
                        )
                      }
                    >
                      {t('撤')}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
    </>
  );
}

function Transfer({
  team,
  member,
  first,
  onClose,
}: {
  team: Team;
  member: string;
  first: string;
  onClose: () => void;
}) {
  const give = useGive();
  const top = team.parent ?? team.id;
  const { data } = useQuery({
    queryKey: ['teams', 'of', top],
    queryFn: () => ask<Siblings>('GET /api/teams', { query: { parent: top, limit: 200 } }),
  });
  return (
    <ShortForm
      initial={{ role: 'member', since: first }}
      fields={[
        select({
          name: 'team',
          label: t('调到哪个组'),
          options: (data?.teams ?? []).map((g) => [g.id, g.name] as const),
        }),
        choice({ name: 'role', label: t('职责'), options: rolesOf(true) }),
        date({ name: 'since', label: t('起') }),
        line({ name: 'reason', label: t('为什么') }),
      ]}
      consequence={(v) => t('从 {day} 起调过去，以前的照旧写着', { day: sayDate(String(v['since'] ?? '')) })}
      send={(v) => give('members', member, 'transfer', v, t('已调组。'))}
      onDone={onClose}
      onClose={onClose}
    />
  );
}
