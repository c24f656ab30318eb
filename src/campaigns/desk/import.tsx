import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { save } from '../../app/ui/save.ts';
import { Trouble } from '../../app/ui/states.tsx';
import { tell } from '../../app/ui/toast.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { campaignRoutes } from '../api.ts';
import { t } from './english.ts';
import { Tabs } from './tabs.tsx';

type Campaigns = AnswerOf<(typeof campaignRoutes)['GET /api/campaigns']>;
type Answer = AnswerOf<(typeof campaignRoutes)['POST /api/teams/import']>;

/** Takes in a table of teams: first what would change and what is wrong, cell by cell; then for real. */
export function TeamImport() {
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [answer, setAnswer] = useState<Answer>();
  const [fault, setFault] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [campaign, setCampaign] = useState('');
  const campaigns = useQuery({ queryKey: ['campaigns'], queryFn: () => ask<Campaigns>('GET /api/campaigns') });
  const formOf = (chosen: File, dryRun: boolean): FormData => {
    const form = new FormData();
    form.set('file', chosen);
    form.set('dryRun', String(dryRun));
    if (campaign !== '') form.set('campaign', campaign);
    return form;
  };
  const send = async (chosen: File, dryRun: boolean) => {
    setBusy(true);
    setFault(undefined);
    try {
      setAnswer(await ask<Answer>('POST /api/teams/import', { body: formOf(chosen, dryRun) }));
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
  const report = async (chosen: File) => {
    const response = await fetch('/api/teams/import/report', {
      method: 'POST',
      body: formOf(chosen, true),
      credentials: 'same-origin',
    });
    save(await response.blob(), '工作队导入问题清单.xlsx');
  };
  const changes = answer === undefined ? 0 : answer.added + answer.changed;
  return (
    <main className="page">
      <header>
        <h1>{t('工作队')}</h1>
        <div className="tools">
          <a className="plain-link" href="/api/teams/template" download>
            {t('下载空表')}
          </a>
        </div>
      </header>
      <Tabs />
      <p className="lead">
        {t('一份表三个页：队和组、队员、驻点。先看会改什么、哪里有错，再导入。同一份表导两遍不会多出来。')}
      </p>
      <p className="filters">
        <label htmlFor="campaign">{t('为哪个活动')}</label>
        <select id="campaign" className="plain" value={campaign} onChange={(event) => setCampaign(event.target.value)}>
          <option value="">{t('不为活动')}</option>
          {(campaigns.data?.campaigns ?? [])
            .filter((c) => !c.over)
            .map((c) => (
              <option key={c.id} value={c.id}>
                {c.name}
              </option>
            ))}
        </select>
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
                <th className="num">{t('有错')}</th>
              </tr>
            </thead>
            <tbody>
              {answer.counts.map((c) => (
                <tr key={c.sheet}>
                  <td>{c.sheet}</td>
                  <td className="num">{c.rows}</td>
                  <td className={`num${c.faulty > 0 ? ' late' : ''}`}>{c.faulty}</td>
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
                {changes === 0 ? t('和现有的一样，没有要改的') : t('导入，新增和改动 {n} 条', { n: changes })}
              </button>
            )}
            {answer.faultCount > 0 && file !== undefined && (
              <button type="button" className="plain" onClick={() => void report(file)}>
                {t('下载有错的行，改好再导')}
              </button>
            )}
          </div>
          {answer.overtaken.length > 0 && (
            <p className="late">{t('没有导入的：{why}', { why: answer.overtaken.join('；') })}</p>
          )}
          {answer.faults.length > 0 && (
            <table className="sheet">
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
                {answer.faults.map((f) => (
                  <tr key={`${f.sheet} ${f.row} ${f.column.letter} ${f.message}`}>
                    <td className="nowrap">{f.sheet}</td>
                    <td className="num">{f.row}</td>
                    <td className="nowrap">
                      {f.column.letter}　{f.column.header}
                    </td>
                    <td>{f.value}</td>
                    <td>{f.message}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
    </main>
  );
}
