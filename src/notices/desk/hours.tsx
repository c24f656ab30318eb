import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Column, List } from '../../app/ui/list.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { PageWaiting } from '../../app/ui/states.tsx';
import { PublishForm } from '../../policy/desk/publish-form.tsx';
import { useDocument } from '../../policy/desk/queries.ts';
import { Versions } from '../../policy/desk/versions.tsx';
import type { Hours, NoticeSettings } from '../model.ts';
import { t } from './english.ts';

type Whom = 'residents' | 'officials' | 'urgent';
const whom: readonly (readonly [Whom, string, string])[] = [
  ['residents', t('给群众的短信'), t('其余时间不打扰，等到能发的时候再发')],
  ['officials', t('给工作人员的邮件'), t('派单、答复这些')],
  ['urgent', t('给工作人员的急件'), t('快到期、超期的')],
];

/** When somebody may be disturbed, and how: read by everybody, changed by an administrator. */
export function NoticeHours() {
  const may = hasRole(useMe(), 'administrator');
  const { data, error, refetch } = useDocument<NoticeSettings>('notices');
  const [draft, setDraft] = useState<NoticeSettings>();
  const [publishing, setPublishing] = useState(false);
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const now = draft ?? data.document;
  const changed = JSON.stringify(now) !== JSON.stringify(data.document);
  const put = (change: Partial<NoticeSettings>): void => setDraft({ ...now, ...change });
  const tick = (name: 'textResidents' | 'textOfficials', says: string) => (
    <p>
      <label>
        <input
          type="checkbox"
          disabled={!may}
          checked={now[name]}
          onChange={(event) => put({ [name]: event.target.checked })}
        />{' '}
        {says}
      </label>
    </p>
  );
  const number = (name: 'mostAttempts' | 'keepDays', says: string, unit: string) => (
    <p>
      <label>
        {says}{' '}
        <input
          className="plain days"
          type="number"
          disabled={!may}
          value={now[name]}
          onChange={(event) => put({ [name]: event.target.valueAsNumber || 0 })}
        />{' '}
        {unit}
      </label>
    </p>
  );
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
      <p className="lead">{t('这些时间以外的先等着，到了能发的时候自动发。系统里的通知不分时候，看到就是看到。')}</p>
      <List
        rows={whom}
        keyOf={([key]) => key}
        columns={columns(now, may, (key, hours) => put({ [key]: { ...now[key], ...hours } }))}
      />
      <h2>{t('怎么发')}</h2>
      <div className="settings">
        {tick('textResidents', t('群众留了电话的，有进展发短信'))}
        {tick('textOfficials', t('工作人员也发短信'))}
        <p>
          <label>
            {t('每天汇总的一封，工作日')}{' '}
            <input
              className="plain"
              type="time"
              disabled={!may}
              value={now.digestAt}
              onChange={(event) => event.target.value !== '' && put({ digestAt: event.target.value })}
            />{' '}
            {t('发')}
          </label>
        </p>
        {number('mostAttempts', t('没送到的最多再发'), t('次'))}
        {number('keepDays', t('看过的通知留'), t('天'))}
      </div>
      {changed && !publishing && (
        <div className="form-foot">
          <button type="button" className="plain first" onClick={() => setPublishing(true)}>
            {t('发布为新版')}
          </button>
          <button type="button" className="link" onClick={() => setDraft(undefined)}>
            {t('恢复原样')}
          </button>
        </div>
      )}
      {publishing && (
        <PublishForm
          name="notices"
          title={data.title}
          document={() => now}
          onDone={() => {
            setPublishing(false);
            setDraft(undefined);
          }}
          onClose={() => setPublishing(false)}
        />
      )}
      <Versions name="notices" />
    </main>
  );
}

const columns = (
  now: NoticeSettings,
  may: boolean,
  put: (key: Whom, hours: Partial<Hours>) => void,
): readonly Column<(typeof whom)[number]>[] => {
  const time = ([key, name]: (typeof whom)[number], side: 'from' | 'to', says: string) => (
    <input
      className="plain"
      type="time"
      aria-label={`${name}${says}`}
      disabled={!may}
      value={now[key][side]}
      onChange={(event) => event.target.value !== '' && put(key, { [side]: event.target.value })}
    />
  );
  return [
    { name: t('发什么'), is: 'what', cell: ([, name]) => name, under: ([, , hint]) => hint },
    { name: t('几点以后'), cell: (row) => time(row, 'from', t('几点以后')) },
    { name: t('几点以前'), cell: (row) => time(row, 'to', t('几点以前')) },
    {
      name: t('哪些天'),
      cell: ([key, name]) => (
        <select
          className="plain"
          aria-label={`${name}${t('哪些天')}`}
          disabled={!may}
          value={now[key].days}
          onChange={(event) => put(key, { days: event.target.value as Hours['days'] })}
        >
          <option value="all">{t('每天')}</option>
          <option value="working">{t('工作日')}</option>
        </select>
      ),
    },
  ];
};
