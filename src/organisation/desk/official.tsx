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
import type { AnswerOf } from '../../contract/route.ts';
import type { organisationRoutes } from '../api.ts';
import { AccountOf } from './account-of.tsx';
import { Bound } from './bound.tsx';
import { useChange } from './change.ts';
import { Tabs } from './tabs.tsx';

type Official = AnswerOf<(typeof organisationRoutes)['GET /api/officials/:id']>;

const roles: Record<Role, string> = {
  field: '驻村干部',
  clerk: '受理员',
  handler: '承办人',
  head: '乡镇负责人',
  leader: '县领导',
  inspector: '督查员',
  administrator: '系统管理员',
  auditor: '审计员',
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
        <h1>机构人员</h1>
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
              {official.phone !== '' && `，电话 ${official.phone}`}
              {official.retired && '，已离任'}
            </small>
          </h2>
          <div className="acts">
            {can('official.give-post') && (
              <button type="button" className="plain" onClick={() => setOpen('post')}>
                给岗位
              </button>
            )}
            {can('official.amend') && (
              <button type="button" className="plain" onClick={() => setOpen('amend')}>
                改资料
              </button>
            )}
            {can('official.retire') && (
              <button
                type="button"
                className="plain"
                onClick={() =>
                  void change(
                    { of: 'officials', id, verb: 'retire', body: { until: today } },
                    `${official.name}已离任，岗位同时结束。`,
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
                离任
              </button>
            )}
            {!official.retired && (
              <a className="plain-link" href={`/print/card/${id}`} target="_blank" rel="noreferrer">
                打印联系卡
              </a>
            )}
          </div>
          {open === 'amend' && (
            <ShortForm
              fields={[
                line({ name: 'name', label: '姓名' }),
                line({ name: 'title', label: '职务', optional: 'unsaid' }),
                picker({
                  name: 'unit',
                  label: '单位',
                  sort: 'units',
                  placeholder: '打单位名称',
                  named: official.unit.name,
                }),
                line({ name: 'phone', label: '工作电话', optional: 'unsaid', type: 'tel' }),
              ]}
              initial={{ name: official.name, title: official.title, unit: official.unit.id, phone: official.phone }}
              consequence={() => '改好资料'}
              send={(values) =>
                change({ of: 'officials', id, verb: 'amend', body: values }, '资料已改。', {
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
                  label: '做什么',
                  options: Object.entries(roles),
                  placeholder: '岗位决定能办什么、能看什么',
                }),
                picker({
                  name: 'unit',
                  label: '在哪个单位',
                  sort: 'units',
                  placeholder: '打单位名称',
                  named: official.unit.name,
                }),
                picker({
                  name: 'area',
                  label: '管哪里',
                  hint: '承办人不用填；管全县的选县',
                  optional: 'unsaid',
                  sort: 'areas',
                  placeholder: '打地名',
                }),
                line({ name: 'title', label: '岗位名称', optional: true }),
              ]}
              initial={{ unit: official.unit.id }}
              consequence={({ role }) => `从今天起任${roles[role as Role] ?? '……'}`}
              send={({ area = null, title = '', ...values }) =>
                change(
                  { of: 'officials', id, verb: 'give-post', body: { ...values, area, title, since: today } },
                  '岗位已给。',
                )
              }
              onDone={close}
              onClose={close}
            />
          )}
          <h3>岗位</h3>
          {official.posts.length === 0 ? (
            <p className="lead">还没有岗位。没有岗位不能登录。</p>
          ) : (
            <table className="sheet">
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
                        {post.until === null ? '起' : `至 ${sayDate(post.until)}`}
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
                              `${roles[post.role]}的岗位已结束。`,
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
                          结束
                        </button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <h3>包联</h3>
          <Bound assignments={official.assignments} empty="没有包联的村和户。" by="target" />
          {hasRole(me, 'administrator') && <AccountOf official={id} />}
        </>
      )}
    </main>
  );
}
