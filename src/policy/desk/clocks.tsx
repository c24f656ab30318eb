import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import type { ClockRule } from '../../calendar/model.ts';
import { PublishForm } from './publish-form.tsx';
import { useDocument } from './queries.ts';
import { Versions } from './versions.tsx';

const units: Record<string, [ClockRule['unit'], ClockRule['dayKind']]> = {
  小时: ['hour', 'calendar'],
  自然日: ['day', 'calendar'],
  工作日: ['day', 'working'],
  个月: ['month', 'calendar'],
};
const unitOf = ({ unit, dayKind }: ClockRule): string =>
  unit === 'hour' ? '小时' : unit === 'month' ? '个月' : dayKind === 'working' ? '工作日' : '自然日';
const sure = { A: '有官方原文', B: '引自转载，未见原文', C: '待县里确认后用' } as const;

/** All deadlines as a table: how long, how counted, on what ground, and how sure that ground is. */
export function Clocks() {
  const me = useMe();
  const { data, error, refetch } = useDocument<{ rules: readonly ClockRule[] }>('clocks');
  const [draft, setDraft] = useState<readonly ClockRule[]>();
  const [publishing, setPublishing] = useState(false);
  if (data === undefined)
    return (
      <main className="page">
        {error === null ? <Waiting lines={14} /> : <Trouble error={error} again={() => void refetch()} />}
      </main>
    );
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
            全部规则
          </Link>
        </div>
      </header>
      <p className="lead">
        把握：A {sure.A}；B {sure.B}；C {sure.C}。已经在走的事按开始计时那天的规则算，改了不回头。
      </p>
      {changed > 0 && !publishing && (
        <div className="form-foot more">
          <button type="button" className="plain first" onClick={() => setPublishing(true)}>
            发布这 {changed} 处改动
          </button>
          <button type="button" className="link" onClick={() => setDraft(undefined)}>
            恢复原样
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
      <div className="scroll">
        <table className="sheet">
          <thead>
            <tr>
              <th>时限</th>
              <th className="num">多久</th>
              <th />
              <th>从哪天算</th>
              <th>顺延</th>
              <th>最多延</th>
              <th>把握</th>
              <th>依据</th>
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
                      aria-label={`${rule.name}，多久`}
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
                      aria-label={`${rule.name}，怎么数`}
                      value={unitOf(rule)}
                      onChange={(event) => put(rule.id, { dayKind: units[event.target.value]![1] })}
                    >
                      <option>自然日</option>
                      <option>工作日</option>
                    </select>
                  ) : (
                    unitOf(rule)
                  )}
                </td>
                <td className="nowrap">{rule.unit === 'hour' ? '当时' : rule.startsNextDay ? '第二天' : '当天'}</td>
                <td className="nowrap">{rule.rolls ? '遇休息日顺延' : '不顺延'}</td>
                <td className="nowrap">
                  {rule.maxExtension === undefined
                    ? '没有写'
                    : rule.maxExtension.amount === 0
                      ? '不能延'
                      : `${rule.maxExtension.amount} 天`}
                </td>
                <td>
                  {may ? (
                    <select
                      className="plain"
                      aria-label={`${rule.name}，把握`}
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
        </table>
      </div>
      <Versions name="clocks" />
    </main>
  );
}
