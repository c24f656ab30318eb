import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { choice, line } from '../../app/ui/inputs.tsx';
import { personPicker } from '../../app/ui/pickers.tsx';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { organisationRoutes } from '../api.ts';
import { Bound } from './bound.tsx';
import { useChange } from './change.ts';
import { unitTypes } from './words.ts';
import { t } from './english.ts';

type Unit = AnswerOf<(typeof organisationRoutes)['GET /api/units/:id']>;

/** A unit: who leads it, who takes what is dispatched, its people. */
export function UnitDetail({ id }: { id: string }) {
  const {
    data: unit,
    error,
    refetch,
  } = useQuery({ queryKey: ['units', id], queryFn: () => ask<Unit>('GET /api/units/:id', { params: { id } }) });
  const [open, setOpen] = useState<'rename' | 'add' | 'lead'>();
  const change = useChange();
  if (unit === undefined) return error === null ? <Waiting /> : <Trouble error={error} again={() => void refetch()} />;
  const close = () => setOpen(undefined);
  const can = (kind: string) => unit.can.includes(kind);
  return (
    <>
      <h2>
        {unit.name}{' '}
        <small>
          {unitTypes[unit.type]}
          {t('，管')}
          {unit.area?.name}
          {unit.closed && t('，已撤销')}
        </small>
      </h2>
      <div className="acts">
        {can('unit.lead') && (
          <button type="button" className="plain" onClick={() => setOpen('lead')}>
            {t('定负责人和签收人')}
          </button>
        )}
        {can('unit.rename') && (
          <button type="button" className="plain" onClick={() => setOpen('rename')}>
            {t('改名')}
          </button>
        )}
        {can('unit.add') && !unit.closed && (
          <button type="button" className="plain" onClick={() => setOpen('add')}>
            {t('加内设机构')}
          </button>
        )}
        {can('unit.close') && (
          <button
            type="button"
            className="plain"
            onClick={() =>
              void change({ of: 'units', id, verb: 'close', body: {} }, t('已撤销{name}。', { name: unit.name }), {
                of: 'units',
                id,
                verb: 'add',
                body: {
                  parent: unit.parent,
                  type: unit.type,
                  name: unit.name,
                  shortName: unit.shortName,
                  area: unit.area?.id,
                  ...(unit.code === null ? {} : { code: unit.code }),
                },
              })
            }
          >
            {t('撤销这个单位')}
          </button>
        )}
        <a className="plain-link" href={`/print/plate/${id}`} target="_blank" rel="noreferrer">
          {t('打印门牌')}
        </a>
        <a className="plain-link" href={`/print/cards?unit=${id}`} target="_blank" rel="noreferrer">
          {t('打印联系卡')}
        </a>
      </div>
      {open === 'rename' && (
        <ShortForm
          fields={[
            line({ name: 'name', label: t('全称') }),
            line({ name: 'shortName', label: t('简称'), hint: t('列表里用'), optional: true }),
          ]}
          initial={{ name: unit.name, shortName: unit.shortName }}
          consequence={({ name }) => t('改名为{name}', { name: String(name ?? '') })}
          send={(values) =>
            change({ of: 'units', id, verb: 'rename', body: values }, t('已改名。'), {
              of: 'units',
              id,
              verb: 'rename',
              body: { name: unit.name, shortName: unit.shortName },
            })
          }
          onDone={close}
          onClose={close}
        />
      )}
      {open === 'lead' && (
        <ShortForm
          fields={[
            personPicker({ name: 'head', label: t('负责人'), hint: t('派来的事由他负责'), optional: true, unit: id }),
            personPicker({
              name: 'reception',
              label: t('签收人'),
              hint: t('派来的事先到他手上'),
              optional: true,
              unit: id,
            }),
          ]}
          initial={{ head: unit.head?.id, reception: unit.reception?.id }}
          consequence={({ headName, receptionName }) =>
            t('由{headName}负责，{receptionName}签收', {
              headName: String(headName ?? unit.head?.name ?? '……'),
              receptionName: String(receptionName ?? unit.reception?.name ?? '……'),
            })
          }
          send={({ head, reception }) =>
            change(
              { of: 'units', id, verb: 'lead', body: { head: head ?? null, reception: reception ?? null } },
              t('已定下负责人和签收人。'),
              {
                of: 'units',
                id,
                verb: 'lead',
                body: { head: unit.head?.id ?? null, reception: unit.reception?.id ?? null },
              },
            )
          }
          onDone={close}
          onClose={close}
        />
      )}
      {open === 'add' && (
        <ShortForm
          fields={[
            line({ name: 'name', label: t('名称') }),
            choice({
              name: 'type',
              label: t('类别'),
              options: [
                ['section', unitTypes.section],
                ['enterprise', unitTypes.enterprise],
              ],
            }),
          ]}
          initial={{ type: 'section' }}
          consequence={({ name }) =>
            t('在{shortName}下加{name}', { shortName: unit.shortName, name: String(name ?? '') })
          }
          send={(values) => {
            const fresh = newId();
            return change(
              { of: 'units', id: fresh, verb: 'add', body: { parent: id, area: unit.area?.id, ...values } },
              t('已加{n}。', { n: String(values['name']) }),
              { of: 'units', id: fresh, verb: 'close', body: {} },
            );
          }}
          onDone={close}
          onClose={close}
        />
      )}
      <dl className="pairs">
        <dt>{t('负责人')}</dt>
        <dd>{unit.head?.name ?? <span className="soon">{t('还没定')}</span>}</dd>
        <dt>{t('签收人')}</dt>
        <dd>{unit.reception?.name ?? <span className="soon">{t('还没定，派来的事由负责人签收')}</span>}</dd>
      </dl>
      <h3>{t('人员')}</h3>
      {unit.members.length === 0 ? (
        <Empty title={t('还没有人')}>{t('在“干部”里登记，或用表格导入。')}</Empty>
      ) : (
        <table className="sheet">
          <tbody>
            {unit.members.map((m) => (
              <tr key={m.id}>
                <td className="nowrap">
                  <Link to="/officials/$id" params={{ id: m.id }} search={{}}>
                    {m.name}
                  </Link>
                </td>
                <td>{m.title}</td>
                <td>{m.unit.id === id ? '' : m.unit.name}</td>
                <td className="num">{m.phone}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {unit.assignments.length > 0 && (
        <>
          <h3>{t('包的村')}</h3>
          <Bound assignments={unit.assignments} empty="" by="target" />
        </>
      )}
    </>
  );
}
