import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { PageWaiting } from '../../app/ui/states.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { ClockRule } from '../../calendar/model.ts';
import { PublishForm } from './publish-form.tsx';
import { useDocument } from './queries.ts';
import { Versions } from './versions.tsx';
import { t } from './english.ts';

const unitOf = ({ unit, dayKind }: ClockRule): string =>
  unit === 'hour' ? t('小时') : unit === 'month' ? t('个月') : dayKind === 'working' ? t('工作日') : t('自然日');
const sure = { A: t('有官方原文'), B: t('引自转载，未见原文'), C: t('待县里确认后用') } as const;

/** All deadlines as a table: how long, how counted, on what ground, and how sure that ground is. */
export function Clocks() {
  const me = useMe();
  const { data, error, refetch } = useDocument<{ rules: readonly ClockRule[] }>('clocks');
  const [draft, setDraft] = useState<readonly ClockRule[]>();
  const [publishing, setPublishing] = useState(false);
  if (data === undefined) return <PageWaiting error={error} again={refetch} lines={14} />;
  const may = hasRole(me, 'administrator');
  const rules = draft ?? data.document.rules;
  const put = (id: string, change: Partial<ClockRule>) =>
    setDraft(rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)));
  const changed =
    draft?.filter((rule, place) => JSON.stringify(rule) !== JSON.stringify(data.document.rules[place])).length ?? 0;
  return (
    <main className="page">
      <header>
        <h1>{data.title}</h1>
        <div className="tools">
          <Link to="/policies" search={{}}>
            {t('全部规则')}
          </Link>
        </div>
      </header>
      <p className="lead">
        {t('把握：A {A}；B {B}；C {C}。已经在走的事按开始计时那天的规则算，改了不回头。', {
          A: sure.A,
          B: sure.B,
          C: sure.C,
        })}
      </p>
      {changed > 0 && !publishing && (
        <div className="form-foot more">
          <button type="button" className="plain first" onClick={() => setPublishing(true)}>
            {t('发布这 {changed} 处改动', { changed })}
          </button>
          <button type="button" className="link" onClick={() => setDraft(undefined)}>
            {t('恢复原样')}
          </button>
        </div>
      )}
      {publishing && (
        <PublishForm
          name="clocks"
          title={data.title}
          document={() => ({ rules })}
          onDone={() => {
            setPublishing(false);
            setDraft(undefined);
          }}
          onClose={() => setPublishing(false)}
        />
      )}
      <Sheet>
        <thead>
          <tr>
            <th>{t('时限')}</th>
            <th className="num">{t('多久')}</th>
            <th />
            <th>{t('从哪天算')}</th>
            <th>{t('顺延')}</th>
            <th>{t('最多延')}</th>
            <th>{t('把握')}</th>
            <th>{t('依据')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id}>
              <td>{rule.name}</td>
              <td className="num">
                {may ? (
                  <input
                    className="plain days"
                    type="number"
                    min={1}
                    max={3660}
                    aria-label={t('{name}，多久', { name: rule.name })}
                    value={rule.amount}
                    onChange={(event) => put(rule.id, { amount: event.target.valueAsNumber || rule.amount })}
                  />
                ) : (
                  rule.amount
                )}
              </td>
              <td className="nowrap">
                {may && rule.unit === 'day' ? (
                  <select
                    className="plain"
                    aria-label={t('{name}，怎么数', { name: rule.name })}
                    value={rule.dayKind}
                    onChange={(event) => put(rule.id, { dayKind: event.target.value as ClockRule['dayKind'] })}
                  >
                    <option value="calendar">{t('自然日')}</option>
                    <option value="working">{t('工作日')}</option>
                  </select>
                ) : (
                  unitOf(rule)
                )}
              </td>
              <td className="nowrap">
                {rule.unit === 'hour' ? t('当时') : rule.startsNextDay ? t('第二天') : t('当天')}
              </td>
              <td className="nowrap">{rule.rolls ? t('遇休息日顺延') : t('不顺延')}</td>
              <td className="nowrap">
                {rule.maxExtension === undefined
                  ? t('没有写')
                  : rule.maxExtension.amount === 0
                    ? t('不能延')
                    : t('{amount} 天', { amount: rule.maxExtension.amount })}
              </td>
              <td>
                {may ? (
                  <select
                    className="plain"
                    aria-label={t('{name}，把握', { name: rule.name })}
                    value={rule.confidence}
                    onChange={(event) => put(rule.id, { confidence: event.target.value as ClockRule['confidence'] })}
                  >
                    {(['A', 'B', 'C'] as const).map((grade) => (
                      <option key={grade} value={grade}>
                        {grade}
                      </option>
                    ))}
                  </select>
                ) : (
                  <span title={sure[rule.confidence]}>{rule.confidence}</span>
                )}
              </td>
              <td>
                {rule.source}
                {rule.note !== undefined && <small className="note">{rule.note}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </Sheet>
      <Versions name="clocks" />
    </main>
  );
}
