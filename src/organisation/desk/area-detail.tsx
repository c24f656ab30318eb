import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { choice, line } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { organisationRoutes } from '../api.ts';
import { Bound } from './bound.tsx';
import { useChange } from './change.ts';
import { areaTypes, assignmentTypes, levelBelow } from './words.ts';
import { t } from './english.ts';

type Area = AnswerOf<(typeof organisationRoutes)['GET /api/areas/:id']>;

/** A place: its path, who is bound to it, and what an administrator may change. */
export function AreaDetail({ id }: { id: string }) {
  const {
    data: area,
    error,
    refetch,
  } = useQuery({ queryKey: ['areas', id], queryFn: () => ask<Area>('GET /api/areas/:id', { params: { id } }) });
  const [open, setOpen] = useState<'rename' | 'add' | 'bind'>();
  const change = useChange();
  if (area === undefined) return error === null ? <Waiting /> : <Trouble error={error} again={() => void refetch()} />;
  const under = levelBelow[area.level];
  const close = () => setOpen(undefined);
  const can = (kind: string) => area.can.includes(kind);
  return (
    <>
      <p>
        <small>
          {area.path
            .slice(0, -1)
            .map((step) => step.name)
            .join(' / ')}
        </small>
      </p>
      <h2>
        {area.name}{' '}
        <small>
          {area.type}
          {t('，代码 ')}
          {area.code}
          {area.closed && t('，已撤销')}
        </small>
      </h2>
      <div className="acts">
        {can('area.rename') && (
          <button type="button" className="plain" onClick={() => setOpen('rename')}>
            {t('改名')}
          </button>
        )}
        {can('area.add') && under !== undefined && !area.closed && (
          <button type="button" className="plain" onClick={() => setOpen('add')}>
            {t('下面加一个')}
          </button>
        )}
        {can('assignment.make') && area.level === 'village' && (
          <button type="button" className="plain" onClick={() => setOpen('bind')}>
            {t('派人包联')}
          </button>
        )}
        {can('area.close') && (
          <button
            type="button"
            className="plain"
            onClick={() =>
              void change({ of: 'areas', id, verb: 'close', body: {} }, t('已撤销{name}。', { name: area.name }), {
                of: 'areas',
                id,
                verb: 'add',
                body: { parent: area.parent, type: area.type, name: area.name, code: area.code },
              })
            }
          >
            {t('撤销这个地方')}
          </button>
        )}
        {area.level === 'village' && (
          <a className="plain-link" href={`/print/board/${id}`} target="_blank" rel="noreferrer">
            {t('打印公示牌')}
          </a>
        )}
        <a className="plain-link" href={`/print/cards?area=${id}`} target="_blank" rel="noreferrer">
          {t('打印联系卡')}
        </a>
      </div>
      {open === 'rename' && (
        <ShortForm
          fields={[
            line({ name: 'name', label: t('新名称') }),
            choice({ name: 'type', label: t('类别'), options: areaTypes[area.level].map((type) => [type, type]) }),
          ]}
          initial={{ name: area.name, type: area.type }}
          consequence={({ name }) => t('改名为{name}', { name: String(name ?? '') })}
          send={(values) =>
            change(
              { of: 'areas', id, verb: 'rename', body: values },
              t('{name}已改名为{n}。', { name: area.name, n: String(values['name']) }),
              { of: 'areas', id, verb: 'rename', body: { name: area.name, type: area.type } },
            )
          }
          onDone={close}
          onClose={close}
        />
      )}
      {open === 'add' && under !== undefined && (
        <ShortForm
          fields={[
            line({ name: 'name', label: t('名称') }),
            choice({ name: 'type', label: t('类别'), options: areaTypes[under].map((type) => [type, type]) }),
            line({ name: 'code', label: t('代码'), hint: t('国家统计局区划代码，或县里自编') }),
          ]}
          initial={{ type: areaTypes[under][0], code: area.code }}
          consequence={({ name }) => t('在{name}下加{name2}', { name: area.name, name2: String(name ?? '') })}
          send={(values) => {
            const fresh = newId();
            return change(
              { of: 'areas', id: fresh, verb: 'add', body: { parent: id, ...values } },
              t('已加{n}。', { n: String(values['name']) }),
              { of: 'areas', id: fresh, verb: 'close', body: {} },
            );
          }}
          onDone={close}
          onClose={close}
        />
      )}
      {open === 'bind' && (
        <ShortForm
          fields={[
            picker({ name: 'official', label: t('谁'), sort: 'officials', placeholder: t('打姓名、拼音或首字母') }),
            choice({
              name: 'type',
              label: t('哪种'),
              options: [
                ['village', assignmentTypes.village],
                ['contact-point', assignmentTypes['contact-point']],
              ],
            }),
            line({ name: 'role', label: t('角色'), hint: t('总负责、管片副职、综合联村干部、党建联村干部……') }),
          ]}
          initial={{ type: 'village', role: '综合联村干部' }}
          consequence={({ officialName }) =>
            t('从今天起由{what}包联{name}', {
              what: typeof officialName === 'string' ? officialName : '……',
              name: area.name,
            })
          }
          send={(values) => {
            const fresh = newId();
            const today = dayAt(Date.now());
            return change(
              {
                of: 'assignments',
                id: fresh,
                verb: 'make',
                body: { ...values, area: id, household: null, unit: null, since: today },
              },
              t('已定下{name}的包联。', { name: area.name }),
              { of: 'assignments', id: fresh, verb: 'end', body: { until: today, reason: t('刚刚定错，撤销') } },
            );
          }}
          onDone={close}
          onClose={close}
        />
      )}
      <h3>{t('包联干部')}</h3>
      <Bound assignments={area.assignments} empty={t('还没有人包联{name}。', { name: area.name })} by="official" />
      <p className="more">
        <Link to="/officials" search={{ area: id }}>
          {t('这里的全部干部')}
        </Link>
      </p>
    </>
  );
}
