import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { PageWaiting, Trouble } from '../../app/ui/states.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import { PublishForm } from '../../policy/desk/publish-form.tsx';
import { useDocument } from '../../policy/desk/queries.ts';
import { Versions } from '../../policy/desk/versions.tsx';
import type { dutyRoutes } from '../api.ts';
import { evidenceName, measureOf, periodName, sayAmount, sayFixed, sayNumber } from '../explain.ts';
import { DUTIES_POLICY, DutiesPolicy, type DutyTemplate } from '../model.ts';
import { t } from './english.ts';
import { Tabs } from './tabs.tsx';

type Preview = AnswerOf<(typeof dutyRoutes)['POST /api/duties/preview']>;

/** Every duty as a table: who owes how much, what counts, on what ground; changed by an administrator after a look at what would change. */
export function DutyTemplates() {
  const me = useMe();
  const { data, error, refetch } = useDocument<DutiesPolicy>(DUTIES_POLICY);
  const [draft, setDraft] = useState<DutiesPolicy>();
  const [preview, setPreview] = useState<Preview>();
  const [trouble, setTrouble] = useState<unknown>();
  const [publishing, setPublishing] = useState(false);
  if (data === undefined) return <PageWaiting error={error} again={refetch} lines={14} />;
  const may = hasRole(me, 'administrator');
  const document = draft ?? data.document;
  const { duties } = document;
  const put = (id: string, change: (duty: DutyTemplate) => DutyTemplate) => {
    setPreview(undefined);
    setDraft({ ...document, duties: duties.map((duty) => (duty.id === id ? change(duty) : duty)) });
  };
  const was = new Map(data.document.duties.map((d) => [d.id, JSON.stringify(d)]));
  const gone = data.document.duties.filter((d) => !duties.some((now) => now.id === d.id)).length;
  const changed =
    gone +
    duties.filter((d) => was.get(d.id) !== JSON.stringify(d)).length +
    (JSON.stringify(document.markets) === JSON.stringify(data.document.markets) ? 0 : 1);
  const look = async (): Promise<void> => {
    try {
      setTrouble(undefined);
      setPreview(await ask<Preview>('POST /api/duties/preview', { body: { document } }));
    } catch (fault) {
      setTrouble(fault);
    }
  };
  const drop = (): void => {
    setDraft(undefined);
    setPreview(undefined);
    setPublishing(false);
  };
  return (
    <main className="page wide">
      <header>
        <h1>{data.title}</h1>
        <div className="tools">
          <Link to="/policies" search={{}}>
            {t('全部规则')}
          </Link>
        </div>
      </header>
      <Tabs />
      <p className="lead">
        {t('每项任务写明谁、多少、多久、什么算数。证据从日记和各项工作记录里自动来，不用填报。')}
        {t('把握：A 有官方原文；B 引自转载，未见原文；C 待县里确认后用。')}
      </p>
      {changed > 0 && !publishing && (
        <div className="form-foot more">
          <span>{t('改了 {n} 项', { n: changed })}</span>
          <button type="button" className={preview === undefined ? 'plain first' : 'plain'} onClick={() => void look()}>
            {t('看会改变什么')}
          </button>
          {preview !== undefined && (
            <button type="button" className="plain first" onClick={() => setPublishing(true)}>
              {t('发布为新版')}
            </button>
          )}
          <button type="button" className="link" onClick={drop}>
            {t('恢复原样')}
          </button>
        </div>
      )}
      {trouble !== undefined && <Trouble error={trouble} again={() => void look()} />}
      {preview !== undefined && <Changes preview={preview} />}
      {publishing && (
        <PublishForm
          name={DUTIES_POLICY}
          title={data.title}
          document={() => document}
          onDone={drop}
          onClose={() => setPublishing(false)}
        />
      )}
      <div>
        <Sheet>
          <thead>
            <tr>
              <th>{t('任务')}</th>
              <th className="num">{t('多少')}</th>
              <th />
              <th>{t('什么算数')}</th>
              <th>{t('例外')}</th>
              <th>{t('把握')}</th>
              <th>{t('依据')}</th>
              <th>{t('停用')}</th>
              <th>{t('用不用')}</th>
            </tr>
          </thead>
          <tbody>
            {duties.map((duty) => (
              <Line key={duty.id} duty={duty} may={may} put={(change) => put(duty.id, change)} />
            ))}
          </tbody>
        </Sheet>
      </div>
      {may && (
        <AsText
          key={JSON.stringify(document).length}
          document={document}
          put={(next) => {
            setPreview(undefined);
            setDraft(next);
          }}
        />
      )}
      <Versions name={DUTIES_POLICY} />
    </main>
  );
}

/** The whole document: new duties, who and which days they mean, and the market days of places. */
function AsText({ document, put }: { document: DutiesPolicy; put: (next: DutiesPolicy) => void }) {
  const [text, setText] = useState(() => JSON.stringify(document, null, 2));
  const [fault, setFault] = useState<string>();
  const take = (): void => {
    try {
      const parsed = DutiesPolicy.safeParse(JSON.parse(text));
      if (parsed.success) put(parsed.data);
      const issue = parsed.error?.issues[0];
      setFault(issue === undefined ? undefined : `${issue.path.join('.')}：${issue.message}`);
    } catch {
      setFault(t('括号、引号或逗号没有配好，改好才能用。'));
    }
  };
  return (
    <details className="more">
      <summary className="link">{t('加任务、改范围和固定日子、填集日')}</summary>
      <textarea
        className="plain document"
        aria-label={t('加任务、改范围和固定日子、填集日')}
        spellCheck={false}
        rows={24}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
      {fault !== undefined && (
        <p className="late" role="alert">
          {fault}
        </p>
      )}
      <p className="form-foot">
        <button type="button" className="plain" onClick={take}>
          {t('照这样改')}
        </button>
      </p>
    </details>
  );
}

function Line({
  duty,
  may,
  put,
}: {
  duty: DutyTemplate;
  may: boolean;
  put: (change: (duty: DutyTemplate) => DutyTemplate) => void;
}) {
  const { name } = duty;
  const measure = duty.of === 'households' ? '%' : measureOf(duty);
  const counts = duty.evidence.kinds.length > 0;
  return (
    <tr>
      <td className={duty.inUse ? 'nowrap' : 'nowrap quiet'} title={sayAmount(duty)}>
        {name}
      </td>
      <td className="num">
        {may ? (
          <input
            className="plain days"
            type="number"
            min={0}
            step={0.5}
            aria-label={t('{name}，多少', { name })}
            value={duty.amount}
            onChange={(e) => {
              const amount = e.target.valueAsNumber;
              if (!Number.isNaN(amount)) put((d) => ({ ...d, amount }));
            }}
          />
        ) : (
          sayNumber(duty.amount)
        )}
        {duty.upTo !== undefined && `—${sayNumber(duty.upTo)}`}
      </td>
      <td className="nowrap">
        {measure} · {periodName(duty.period)}
        {duty.fixed.length > 0 && <small className="note">{sayFixed(duty)}</small>}
      </td>
      <td>{counts ? duty.evidence.kinds.map(evidenceName).join(t('、')) : t('不再算')}</td>
      <td>
        {duty.differences.map((d, place) => (
          <div key={d.why} className="stacked">
            {may ? (
              <input
                className="plain days"
                type="number"
                min={0}
                step={0.5}
                aria-label={d.why}
                value={d.amount}
                onChange={(e) => {
                  const amount = e.target.valueAsNumber;
                  if (!Number.isNaN(amount))
                    put((old) => ({
                      ...old,
                      differences: old.differences.map((o, i) => (i === place ? { ...o, amount } : o)),
                    }));
                }}
              />
            ) : (
              sayNumber(d.amount)
            )}{' '}
            <small>{d.why}</small>
          </div>
        ))}
      </td>
      <td>
        {may ? (
          <select
            className="plain"
            aria-label={t('{name}，把握', { name })}
            value={duty.confidence}
            onChange={(e) => put((d) => ({ ...d, confidence: e.target.value as DutyTemplate['confidence'] }))}
          >
            {(['A', 'B', 'C'] as const).map((grade) => (
              <option key={grade}>{grade}</option>
            ))}
          </select>
        ) : (
          duty.confidence
        )}
      </td>
      <td>
        {duty.source}
        {duty.note !== undefined && <small className="note">{duty.note}</small>}
      </td>
      <td>
        {may ? (
          <input
            className="plain"
            type="date"
            title={t('用到哪天，空着是一直用')}
            aria-label={t('{name}，停用', { name })}
            min={duty.validFrom}
            value={duty.validTo ?? ''}
            onChange={(e) =>
              put(({ validTo: _until, ...d }) => (e.target.value === '' ? d : { ...d, validTo: e.target.value }))
            }
          />
        ) : (
          (duty.validTo ?? '')
        )}
      </td>
      <td>
        <input
          type="checkbox"
          disabled={!may || !counts}
          aria-label={t('{name}，用不用', { name })}
          checked={duty.inUse}
          onChange={(e) => {
            const inUse = e.target.checked;
            put((d) => ({ ...d, inUse }));
          }}
        />
      </td>
    </tr>
  );
}

/** Who would owe how much in the present periods, before and after. */
function Changes({ preview }: { preview: Preview }) {
  const rows = preview.duties.filter((d) => d.changed);
  if (rows.length === 0) return <p className="lead">{t('只改了依据或说明，谁欠多少都不变。')}</p>;
  const both = (a: number, b: number): string => (a === b ? String(a) : t('{a} → {b}', { a, b }));
  return (
    <>
      <h3>{t('发布后会这样（按今天所在的这一期算）')}</h3>
      <table className="sheet counts-by">
        <thead>
          <tr>
            <th>{t('任务')}</th>
            <th className="num">{t('人数')}</th>
            <th className="num">{t('应完成')}</th>
            <th className="num">{t('完成了')}</th>
            <th className="num">{t('没跟上')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ duty, name, before, after }) => (
            <tr key={duty}>
              <td>{name}</td>
              <td className="num">{both(before.people, after.people)}</td>
              <td className="num">{both(before.owed, after.owed)}</td>
              <td className="num">{both(before.met, after.met)}</td>
              <td className="num">{both(before.behind, after.behind)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
