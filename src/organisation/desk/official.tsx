import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Role } from '../../access/model.ts';
import { ask } from '../../app/ui/ask.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { line, select } from '../../app/ui/inputs.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { picker } from '../../app/ui/pickers.tsx';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { organisationRoutes } from '../api.ts';
import { AccountOf } from './account-of.tsx';
import { Bound } from './bound.tsx';
import { useChange } from './change.ts';
import { Tabs } from './tabs.tsx';
import { t } from './english.ts';

type Official = AnswerOf<(typeof organisationRoutes)['GET /api/officials/:id']>;

const roles: Record<Role, string> = {
  field: t('驻村干部'),
  clerk: t('受理员'),
  handler: t('承办人'),
  head: t('乡镇负责人'),
  leader: t('县领导'),
  inspector: t('督查员'),
  administrator: t('系统管理员'),
  auditor: t('审计员'),
};

/** One official: posts (what they may do), assignments (whom they answer to), card. */
export function OfficialScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const me = useMe();
  const {
    data: official,
    error,
    refetch,
  } = useQuery({
    queryKey: ['officials', id],
    queryFn: () => ask<Official>('GET /api/officials/:id', { params: { id } }),
  });
  const [open, setOpen] = useState<'amend' | 'post'>();
  const change = useChange();
  const close = () => setOpen(undefined);
  const today = dayAt(Date.now());
  const can = (kind: string) => official?.can.includes(kind) ?? false;
  return (
    <main className="page">
      <header>
        <h1>{t('机构人员')}</h1>
      </header>
      <Tabs />
      {official === undefined ? (
        error === null ? (
          <Waiting />
        ) : (
          <Trouble error={error} again={() => void refetch()} />
        )
      ) : (
        <>
          <h2>
            {official.name}{' '}
            <small>
              {official.unit.name} {official.title}
              {official.phone !== '' && t('，电话 {phone}', { phone: official.phone })}
              {official.retired && t('，已离任')}
            </small>
          </h2>
          <div className="acts">
            {can('official.give-post') && (
              <button type="button" className="plain" onClick={() => setOpen('post')}>
                {t('给岗位')}
              </button>
            )}
            {can('official.amend') && (
              <button type="button" className="plain" onClick={() => setOpen('amend')}>
                {t('改资料')}
              </button>
            )}
            {can('official.retire') && (
              <button
                type="button"
                className="plain"
                onClick={() =>
                  void change(
                    { of: 'officials', id, verb: 'retire', body: { until: today } },
                    t('{name}已离任，岗位同时结束。', { name: official.name }),
                    {
                      of: 'officials',
                      id,
                      verb: 'register',
                      body: {
                        name: official.name,
                        title: official.title,
                        unit: official.unit.id,
                        phone: official.phone,
                      },
                    },
                  )
                }
              >
                {t('离任')}
              </button>
            )}
            {!official.retired && (
              <a className="plain-link" href={`/print/card/${id}`} target="_blank" rel="noreferrer">
                {t('打印联系卡')}
              </a>
            )}
          </div>
          {open === 'amend' && (
            <ShortForm
              fields={[
                line({ name: 'name', label: t('姓名') }),
                line({ name: 'title', label: t('职务'), optional: 'unsaid' }),
                picker({
                  name: 'unit',
                  label: t('单位'),
                  sort: 'units',
                  placeholder: t('打单位名称'),
                  named: official.unit.name,
                }),
                line({ name: 'phone', label: t('工作电话'), optional: 'unsaid', type: 'tel' }),
              ]}
              initial={{ name: official.name, title: official.title, unit: official.unit.id, phone: official.phone }}
              consequence={() => t('改好资料')}
              send={(values) =>
                change({ of: 'officials', id, verb: 'amend', body: values }, t('资料已改。'), {
                  of: 'officials',
                  id,
                  verb: 'amend',
                  body: { name: official.name, title: official.title, unit: official.unit.id, phone: official.phone },
                })
              }
              onDone={close}
              onClose={close}
            />
          )}
          {open === 'post' && (
            <ShortForm
              fields={[
                select({
                  name: 'role',
                  label: t('做什么'),
                  options: Object.entries(roles),
                  placeholder: t('岗位决定能办什么、能看什么'),
                }),
                picker({
                  name: 'unit',
                  label: t('在哪个单位'),
                  sort: 'units',
                  placeholder: t('打单位名称'),
                  named: official.unit.name,
                }),
                picker({
                  name: 'area',
                  label: t('管哪里'),
                  hint: t('承办人不用填；管全县的选县'),
                  optional: 'unsaid',
                  sort: 'areas',
                  placeholder: t('打地名'),
                }),
                line({ name: 'title', label: t('岗位名称'), optional: true }),
              ]}
              initial={{ unit: official.unit.id }}
              consequence={({ role }) => t('从今天起任{role}', { role: roles[role as Role] ?? '……' })}
              send={({ area = null, title = '', ...values }) =>
                change(
                  { of: 'officials', id, verb: 'give-post', body: { ...values, area, title, since: today } },
                  t('岗位已给。'),
                )
              }
              onDone={close}
              onClose={close}
            />
          )}
          <h3>{t('岗位')}</h3>
          {official.posts.length === 0 ? (
            <p className="lead">{t('还没有岗位。没有岗位不能登录。')}</p>
          ) : (
            <Sheet>
              <tbody>
                {official.posts.map((post) => (
                  <tr key={post.place}>
                    <td className="nowrap">{roles[post.role]}</td>
                    <td>
                      {post.unitName} {post.title}
                    </td>
                    <td>{post.areaName}</td>
                    <td className="nowrap">
                      <small>
                        {sayDate(post.since)}
                        {post.until === null ? t('起') : t('至 {until}', { until: sayDate(post.until) })}
                      </small>
                    </td>
                    <td className="right">
                      {post.until === null && can('official.end-post') && (
                        <button
                          type="button"
                          className="link"
                          onClick={() =>
                            void change(
                              { of: 'officials', id, verb: 'end-post', body: { place: post.place, until: today } },
                              t('{role}的岗位已结束。', { role: roles[post.role] }),
                              {
                                of: 'officials',
                                id,
                                verb: 'give-post',
                                body: {
                                  role: post.role,
                                  unit: post.unit,
                                  area: post.area,
                                  title: post.title,
                                  since: today,
                                },
                              },
                            )
                          }
                        >
                          {t('结束')}
                        </button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </Sheet>
          )}
          <h3>{t('包联')}</h3>
          <Bound assignments={official.assignments} empty={t('没有包联的村和户。')} by="target" />
          {hasRole(me, 'administrator') && <AccountOf official={id} />}
        </>
      )}
    </main>
  );
}
