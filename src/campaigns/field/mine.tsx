import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Part, To, Top } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { Empty, Trouble, Waiting, sentenceOf } from '../../app/ui/states.tsx';
import { dayAt, rightNow, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { daysBetween } from '../../calendar/days.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { campaignRoutes } from '../api.ts';
import './campaigns.css';
import { t } from './english.ts';

type Mine = AnswerOf<(typeof campaignRoutes)['GET /api/campaigns/mine']>;
type Campaign = Mine['campaigns'][number];

/** What I still have to do in the campaigns I take part in, and what my group has. */
export function MyCampaigns() {
  const mine = useQuery({
    queryKey: ['campaigns', 'mine'],
    queryFn: ({ signal }) => ask<Mine>('GET /api/campaigns/mine', { signal }),
  });
  return (
    <>
      <Top title={t('我的活动')} from="/field/me" />
      {mine.isPending ? (
        <Waiting lines={8} />
      ) : mine.isError ? (
        <Trouble error={mine.error} again={() => void mine.refetch()} />
      ) : mine.data.campaigns.length === 0 ? (
        <Empty title={t('您现在没有参加活动。')}>{t('活动开始、或者把您编进工作队以后，这里会说还要做什么。')}</Empty>
      ) : (
        <>
          <p className="pad quiet">{t('走访照常写日记，不另填表；一次走访，几个活动都算。')}</p>
          {mine.data.campaigns.map((c) => (
            <One key={c.id} campaign={c} />
          ))}
          <Forms />
          <Part title={t('做起来')}>
            <To href="/field" className="line">
              <span>{t('今天走哪些户')}</span>
            </To>
            <To href="/field/occasion" className="line">
              <span>{t('记一场活动')}</span>
            </To>
          </Part>
        </>
      )}
    </>
  );
}

interface Due {
  readonly left: number;
  readonly due: readonly {
    readonly visit: string;
    readonly day: string;
    readonly head: string | null;
    readonly form: string | null;
    readonly items: readonly { readonly fact: string; readonly title: string; readonly options: readonly string[] }[];
  }[];
}

/** What the campaigns ask of a visit besides the diary: one touch for each fact, asked once for all campaigns. */
function Forms() {
  const queries = useQueryClient();
  const { data } = useQuery({ queryKey: ['campaigns', 'forms'], queryFn: () => ask<Due>('GET /api/forms/due') });
  const fill = async (visit: Due['due'][number], fact: string, option: string) => {
    try {
      await ask('POST /api/forms/:id/fill', {
        params: { id: visit.form ?? newId() },
        body: { visit: visit.visit, answers: { [fact]: option }, command: newId() },
      });
      tell(t('记下了。'));
    } catch (error) {
      tell(sentenceOf(error));
    }
    await queries.invalidateQueries({ queryKey: ['campaigns', 'forms'] });
  };
  if (data === undefined || data.due.length === 0) return null;
  return (
    <Part title={t('走访还要点一下')} note={t('还有 {n} 次走访没点', { n: data.left })}>
      <ul className="rows">
        {data.due.slice(0, 3).map((visit) => (
          <li key={visit.visit} className="row">
            <strong>{visit.head ?? ''}</strong>
            <span className="quiet">{sayDate(visit.day)}</span>
            {visit.items.map((item) => (
              <div key={item.fact} className="form-item" role="group" aria-label={item.title}>
                <p>{item.title}</p>
                {item.options.map((option) => (
                  <button key={option} type="button" onClick={() => void fill(visit, item.fact, option)}>
                    {option}
                  </button>
                ))}
              </div>
            ))}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function One({ campaign: c }: { campaign: Campaign }) {
  const left = c.until === null ? t('长期') : t('还剩 {n} 天', { n: daysBetween(dayAt(rightNow()), c.until) });
  const note = [c.stage?.title, left].filter((x) => x !== undefined).join(' · ');
  return (
    <Part title={c.name} note={note}>
      {(c.team !== null || c.group !== null) && (
        <p className="pad quiet">{[c.team, c.group?.name].filter((x) => x !== null && x !== undefined).join(' ')}</p>
      )}
      <ul className="rows">
        {c.duties.map((d) => (
          <li key={d.code} className="row">
            <strong>{d.title}</strong>
            <span className={d.missing === 0 ? 'why' : d.askedBy === null ? 'soon' : 'quiet'}>
              {d.missing === 0
                ? t('做到了')
                : d.askedBy === null
                  ? t('还差 {n} {unit}', { n: d.missing, unit: d.unit })
                  : t('不用另做')}
            </span>
            {d.missing > 0 && d.askedBy !== null && (
              <p>
                <To href="/field/duties">{t('跟着任务“{duty}”走，去一次两边都算。', { duty: d.askedBy })}</To>
              </p>
            )}
            <p className="quiet">
              {d.per === 'month' ? t('这个月') : t('整个活动')}
              {'：'}
              {t('做了 {n}，要做 {all} {unit}', { n: d.done, all: d.owed, unit: d.unit })}
              {d.fixed.map(
                (f) =>
                  ` · ${f.kept ? t('{day}去了', { day: sayDate(f.day) }) : t('{day}要去', { day: sayDate(f.day) })}`,
              )}
            </p>
          </li>
        ))}
        {c.groupFigures.map((f) => (
          <li key={f.quota} className="row">
            <strong>{f.title}</strong>
            <span className={f.done < f.due ? 'soon' : 'why'}>
              {f.done < f.due ? t('还差 {n} {unit}', { n: f.due - f.done, unit: f.unit }) : t('做到了')}
            </span>
            <p className="quiet">{t('组里做了 {n}，要做 {all} {unit}', { n: f.done, all: f.target, unit: f.unit })}</p>
          </li>
        ))}
        {c.places.map((p) => (
          <li key={p.id} className="row">
            <strong>{p.name}</strong>
            <p className="quiet">{t('走到 {n} 户，共 {all} 户', { n: p.reached, all: p.all })}</p>
          </li>
        ))}
      </ul>
      {c.duties.length === 0 && c.groupFigures.length === 0 && c.places.length === 0 && (
        <p className="pad quiet">{t('这一期您不欠什么。')}</p>
      )}
    </Part>
  );
}
