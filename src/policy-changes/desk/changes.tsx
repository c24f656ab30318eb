import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { type CommandData, give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { date, line, paragraph } from '../../app/ui/inputs.tsx';
import { List } from '../../app/ui/list.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { Empty, PageWaiting, sentenceOf } from '../../app/ui/states.tsx';
import { RoutingTabs } from '../../app/ui/tabs.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { policyChangeRoutes } from '../api.ts';
import { t } from './english.ts';

type Changes = AnswerOf<(typeof policyChangeRoutes)['GET /api/policy-changes']>;

/** What changed, and each matter it stood in the way of: one click to take it up again. */
export function PolicyChanges() {
  const me = useMe();
  const queries = useQueryClient();
  const [announcing, setAnnouncing] = useState(false);
  const [id, renew] = useState(newId);
  const { data, error, refetch } = useQuery({
    queryKey: ['policy-changes'],
    queryFn: ({ signal }) => ask<Changes>('GET /api/policy-changes', { signal }),
  });
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const refresh = () => void queries.invalidateQueries({ queryKey: ['policy-changes'] });
  return (
    <main className="page wide">
      <header>
        <h1>{t('政策变了')}</h1>
        <div className="tools">
          {hasRole(me, 'clerk', 'head', 'leader', 'administrator') && (
            <button
              type="button"
              className="plain first"
              aria-expanded={announcing}
              onClick={() => setAnnouncing(!announcing)}
            >
              {t('登记一次变动')}
            </button>
          )}
        </div>
      </header>
      <RoutingTabs />
      <p className="lead">{t('政策变了，以前因为它办不了的事列在下面，一件一件重新看。重新办的会告诉本人。')}</p>
      {announcing && (
        <ShortForm
          initial={{ validFrom: dayAt(Date.now()) }}
          fields={[
            line({ name: 'policy', label: t('哪条政策'), hint: t('照以前答复群众时写的名称') }),
            paragraph({ name: 'what', label: t('现在怎么规定'), hint: t('会讲给群众听') }),
            line({ name: 'source', label: t('依据'), placeholder: t('文件名称、文号') }),
            date({ name: 'validFrom', label: t('从哪天起') }),
          ]}
          consequence={() => t('登记，列出相关的事')}
          send={(values) => give('policy-change.announce', id, values as CommandData<'policy-change.announce'>)}
          onDone={() => {
            tell(t('登记了'));
            setAnnouncing(false);
            renew(newId());
            refresh();
          }}
          onClose={() => setAnnouncing(false)}
        />
      )}
      {data.changes.length === 0 ? (
        <Empty title={t('还没有政策变动')}>
          {t('政策库里的文件改了、撤了，会自己列进来；其他文件变了，在这里登记。')}
        </Empty>
      ) : (
        data.changes.map((change) => (
          <section key={change.id}>
            <h2>{change.policy}</h2>
            <p className="lead">
              {change.what}
              <br />
              <small>{t('{source}，{day} 起', { source: change.source, day: sayDate(change.validFrom) })}</small>
            </p>
            {change.matters.length === 0 ? (
              <p className="small">{t('没有因为它办不了的事')}</p>
            ) : (
              <ul className="parts">
                {change.matters.map((matter) => (
                  <Waiting key={matter.id} matter={matter} change={change} refresh={refresh} />
                ))}
              </ul>
            )}
          </section>
        ))
      )}
      {data.barring.length > 0 && (
        <>
          <h2>{t('哪些政策挡着事')}</h2>
          <div className="counts-by">
            <List
              rows={data.barring}
              keyOf={({ policy }) => policy}
              columns={[
                { name: t('政策'), is: 'what', cell: (row) => row.policy },
                { name: t('挡着'), is: 'number', cell: (row) => row.matters },
                { name: t('没销号的'), is: 'number', cell: (row) => row.open },
              ]}
            />
          </div>
        </>
      )}
    </main>
  );
}

function Waiting({
  matter,
  change,
  refresh,
}: {
  matter: Changes['changes'][number]['matters'][number];
  change: Changes['changes'][number];
  refresh: () => void;
}) {
  const [passing, setPassing] = useState(false);
  return (
    <li className="aside">
      <div>
        <Link to="/matters/$id" params={{ id: matter.id }} search={{}}>
          {matter.subject ?? t('（内容已按规定删除）')}
        </Link>
        <div className="quiet">
          {t('{unit}，{day} 答复办不了', { unit: matter.unitName ?? '', day: sayDate(matter.saidOn) })}
          {matter.closed && t('，已销号')}
        </div>
      </div>
      {passing ? (
        <ShortForm
          fields={[line({ name: 'reason', label: t('为什么帮不上') })]}
          consequence={() => t('记下')}
          send={({ reason }) =>
            give('policy-change.pass-over', change.id, { matter: matter.id, reason: reason as string })
          }
          onDone={refresh}
          onClose={() => setPassing(false)}
        />
      ) : (
        <p className="acts">
          <button type="button" className="link" onClick={() => setPassing(true)}>
            {t('帮不上')}
          </button>
          <button
            type="button"
            className="plain"
            onClick={() =>
              void give('matter.reconsider', matter.id, { change: change.id, words: change.what }).then(
                () => {
                  tell(t('重新办了，等着告知本人。'));
                  refresh();
                },
                (fault: unknown) => tell(sentenceOf(fault)),
              )
            }
          >
            {t('重新办')}
          </button>
        </p>
      )}
    </li>
  );
}
