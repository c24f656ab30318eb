import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { choice, date, line } from '../../app/ui/inputs.tsx';
import { useMe } from '../../app/ui/me.ts';
import { language } from '../../app/ui/say.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { dutyRoutes } from '../api.ts';
import { t } from './english.ts';
import { Tabs } from './tabs.tsx';

/** Between sentences: nothing in Chinese, where the full stop is a square wide. */
const GAP = language === 'en' ? ' ' : '';

type Mine = AnswerOf<(typeof dutyRoutes)['GET /api/duties/mine']>;

/** My own duties at the desk: each figure with its reasons; the records behind it are listed on the phone as well. */
export function MyDuties() {
  const [asking, setAsking] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['duties', ''],
    queryFn: ({ signal }) => ask<Mine>('GET /api/duties/mine', { signal }),
  });
  return (
    <main className="page">
      <header>
        <h1>{t('任务')}</h1>
        <div className="tools">
          <button type="button" className="plain" aria-expanded={asking} onClick={() => setAsking(!asking)}>
            {t('申请请假或调动')}
          </button>
        </div>
      </header>
      <Tabs />
      {asking && <Ask onClose={() => setAsking(false)} />}
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={8} />}
      {data?.duties.length === 0 && <Empty title={t('您的岗位没有定量的任务。')}>{t('任务按岗位定')}</Empty>}
      {data !== undefined && data.duties.length > 0 && (
        <Sheet>
          <thead>
            <tr>
              <th>{t('任务')}</th>
              <th className="num">
                {t('已完成')} / {t('应完成')}
              </th>
              <th className="after">{t('进展')}</th>
              <th>{t('为什么是这么多')}</th>
              <th>{t('已有多少')}</th>
            </tr>
          </thead>
          <tbody>
            {data.duties.map((d) => (
              <tr key={d.duty}>
                <td className="nowrap" title={d.source}>
                  {d.name}
                </td>
                <td className="num">
                  {d.filled} / {d.owed} {d.measure}
                </td>
                <td className={`after words ${d.outlook === 'missed' || d.outlook === 'late' ? 'late' : ''}`}>
                  {d.forecast.join(GAP)}
                </td>
                <td className="words">{d.why.join(GAP)}</td>
                <td className="words">
                  {d.counted.join(GAP)}
                  <Records duty={d} />
                </td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
    </main>
  );
}

/** The records behind the figure: an entry of the diary opens in the field room, a matter here. */
const Records = ({ duty }: { duty: Mine['duties'][number] }) =>
  duty.evidence.length === 0 ? null : (
    <details>
      <summary className="link">{t('看 {n} 条记录', { n: duty.evidence.length })}</summary>
      <ul>
        {duty.evidence.map((e) => (
          <li key={`${e.stream} ${e.day}`}>
            {e.kind === 'visit' || e.kind === 'call' ? (
              <a href={`/field/visit/${e.stream}`}>{`${sayDate(e.day)} ${e.name}`}</a>
            ) : e.kind === 'hard-problem' ? (
              <Link to="/matters/$id" params={{ id: e.stream }} search={{}}>
                {`${sayDate(e.day)} ${e.name}`}
              </Link>
            ) : (
              `${sayDate(e.day)} ${e.name}${e.measure === '' ? '' : ` ${e.amount} ${e.measure}`}`
            )}
          </li>
        ))}
      </ul>
    </details>
  );

function Ask({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const queries = useQueryClient();
  const today = dayAt(Date.now());
  return (
    <ShortForm
      fields={[
        choice({
          name: 'type',
          label: t('因为什么'),
          options: [
            ['leave', t('请假')],
            ['training', t('培训')],
            ['secondment', t('借调')],
            ['transfer', t('调动交接')],
          ],
        }),
        date({ name: 'from', label: t('从哪天') }),
        date({ name: 'until', label: t('到哪天') }),
        line({ name: 'reason', label: t('写清事由') }),
      ]}
      initial={{ type: 'leave', from: today, until: today }}
      consequence={() => t('交给负责人批')}
      send={async (said) => {
        await give('exception.ask', newId(), { ...said, official: me?.official } as never);
        await queries.invalidateQueries({ queryKey: ['duties'] });
      }}
      onDone={() => {
        tell(t('已交给负责人，批了以后任务会自动减。'));
        onClose();
      }}
      onClose={onClose}
    />
  );
}
