import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { save } from '../../app/ui/save.ts';
import { Trouble } from '../../app/ui/states.tsx';
import { tell } from '../../app/ui/toast.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { organisationRoutes } from '../api.ts';
import type { Fault, Part } from '../import/layout.ts';
import type { Count } from '../import/plan.ts';
import { Tabs } from './tabs.tsx';
import { t } from './english.ts';

type Answer = AnswerOf<(typeof organisationRoutes)['POST /api/organisation/import']>;
const parts: Record<Part, string> = {
  areas: t('行政区划'),
  units: t('单位'),
  officials: t('干部'),
  assignments: t('包联'),
};

const formOf = (file: File, dryRun: boolean): FormData => {
  const form = new FormData();
  form.set('file', file);
  form.set('dryRun', String(dryRun));
  return form;
};

/** Takes in an xlsx file: first what would change and what is wrong, cell by cell; then for real. */
export function Import() {
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [answer, setAnswer] = useState<Answer>();
  const [fault, setFault] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  const send = async (chosen: File, dryRun: boolean) => {
    setBusy(true);
    setFault(undefined);
    try {
      const got = await ask<Answer>('POST /api/organisation/import', { body: formOf(chosen, dryRun) });
      setAnswer(got);
      if (!dryRun) {
        tell(t('导入完成。'));
        await queries.invalidateQueries();
      }
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  const counts = Object.entries(answer?.counts ?? {}) as [Part, Count][];
  const changes = counts.reduce((sum, [, count]) => sum + count.added + count.changed, 0);
  return (
    <main className="page">
      <header>
        <h1>{t('机构人员')}</h1>
        <div className="tools">
          <a className="plain-link" href="/api/organisation/template" download>
            {t('下载空表')}
          </a>
        </div>
      </header>
      <Tabs />
      <p className="lead">
        {t(
          '一份表格四个页：行政区划、单位、干部、包联，页名照空表的写，别的页不读。先看会改什么、哪里有错，再导入。同一份表导两遍不会多出来。',
        )}
      </p>
      <p className="more">
        <input
          id="sheet"
          className="file"
          type="file"
          accept=".xlsx"
          onChange={(event) => {
            const chosen = event.target.files?.[0];
            setFile(chosen);
            setAnswer(undefined);
            if (chosen !== undefined) void send(chosen, true);
          }}
        />
        <label className="plain-link" htmlFor="sheet">
          {file === undefined ? t('选一份表格') : t('{name}，换一份', { name: file.name })}
        </label>{' '}
        {busy && <small role="status">{t('正在核对……')}</small>}
      </p>
      {fault !== undefined && <Trouble error={fault} />}
      {answer !== undefined && (
        <>
          <table className="sheet counts">
            <thead>
              <tr>
                <th />
                <th className="num">{t('行数')}</th>
                <th className="num">{t('新增')}</th>
                <th className="num">{t('改动')}</th>
                <th className="num">{t('有错')}</th>
              </tr>
            </thead>
            <tbody>
              {counts.map(([part, count]) => (
                <tr key={part}>
                  <td>{parts[part]}</td>
                  <td className="num">{count.rows}</td>
                  <td className="num">{count.added}</td>
                  <td className="num">{count.changed}</td>
                  <td className={`num${count.faulty > 0 ? ' late' : ''}`}>{count.faulty}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <div className="form-foot more">
            {!answer.done && file !== undefined && (
              <button
                type="button"
                className="plain first"
                disabled={busy || changes === 0}
                onClick={() => void send(file, false)}
              >
                {changes === 0
                  ? t('和现有的一样，没有要改的')
                  : t('导入，新增和改动 {changes} 条{what}', {
                      changes,
                      what: answer.faultCount > 0 ? t('，有错的行先不导') : '',
                    })}
              </button>
            )}
            {answer.faultCount > 0 && file !== undefined && (
              <button type="button" className="plain" onClick={() => void saveReport(file)}>
                {t('下载有错的行，改好再导')}
              </button>
            )}
          </div>
          {answer.overtaken.length > 0 && (
            <p className="late">{t('没有导入的：{overtaken}', { overtaken: answer.overtaken.join(t('；')) })}</p>
          )}
          {answer.faults.length > 0 && <Faults faults={answer.faults} all={answer.faultCount} />}
        </>
      )}
    </main>
  );
}

const Faults = ({ faults, all }: { faults: readonly Fault[]; all: number }) => (
  <table className="sheet">
    <caption className="lead">
      {t('有 ')}
      {all}
      {t(' 处要改')}
      {all > faults.length && t('，先列 {n} 处', { n: faults.length })}
    </caption>
    <thead>
      <tr>
        <th>{t('哪一页')}</th>
        <th className="num">{t('行')}</th>
        <th>{t('列')}</th>
        <th>{t('填的是')}</th>
        <th>{t('怎么改')}</th>
      </tr>
    </thead>
    <tbody>
      {faults.map((fault) => (
        <tr key={`${fault.sheet} ${fault.row} ${fault.column.letter} ${fault.message}`}>
          <td className="nowrap">{fault.sheet}</td>
          <td className="num">{fault.row}</td>
          <td className="nowrap">
            {fault.column.letter}　{fault.column.header}
          </td>
          <td>{fault.value}</td>
          <td>{fault.message}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** The faulty rows as a file: the answer is a file, so it does not go through the client that reads JSON. */
async function saveReport(file: File): Promise<void> {
  const response = await fetch('/api/organisation/import/report', {
    method: 'POST',
    body: formOf(file, true),
    credentials: 'same-origin',
  });
  save(await response.blob(), t('导入问题清单.xlsx'));
}
