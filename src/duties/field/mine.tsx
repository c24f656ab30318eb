import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Part, Segments, To, Top } from '../../app/field/parts.tsx';
import { handOver } from '../../app/field/sheet.tsx';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { useMe } from '../../app/ui/me.ts';
import { Empty, Trouble, Waiting } from '../../app/ui/states.tsx';
import { dayAt, rightNow, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { addDays, weekday } from '../../calendar/days.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { dutyRoutes } from '../api.ts';
import './duties.css';
import { language } from '../../app/ui/say.ts';
import { t } from './english.ts';
import { type Asked, askedNames } from './offline.ts';

type Mine = AnswerOf<(typeof dutyRoutes)['GET /api/duties/mine']>;
type Duty = Mine['duties'][number];
type Outlook = Duty['outlook'];

const groups: readonly (readonly [string, readonly Outlook[]])[] = [
  [t('还差的'), ['late', 'behind', 'open']],
  [t('没赶上的'), ['missed']],
  [t('已经完成'), ['met']],
  [t('还没开始'), ['ahead-of-time']],
  [t('这一期不欠的'), ['none']],
];

const useMine = (day: string | undefined) =>
  useQuery({
    queryKey: ['duties', day ?? ''],
    queryFn: ({ signal }) => ask<Mine>('GET /api/duties/mine', { query: day === undefined ? {} : { day }, signal }),
    placeholderData: (before) => before,
  });

/**
 * What I still owe, how it will end, on what records it rests, and the month with its fixed dates.
 * @param rates my own rates of going out, given by the app
 */
export function MyDuties({ day, rates }: { day: string | undefined; rates: ReactNode }) {
  const mine = useMine(day);
  return (
    <>
      <Top title={t('我的任务')} from="/field/me" />
      {mine.isPending ? (
        <Waiting lines={8} />
      ) : mine.isError ? (
        <Trouble error={mine.error} again={() => void mine.refetch()} />
      ) : (
        <Shown mine={mine.data} rates={rates} />
      )}
    </>
  );
}

const weight = (duty: Duty): number => ['late', 'behind', 'open'].indexOf(duty.outlook);

function Shown({ mine, rates }: { mine: Mine; rates: ReactNode }) {
  const count = (...of: Outlook[]): number => mine.duties.filter((d) => of.includes(d.outlook)).length;
  const missed = count('missed');
  return (
    <>
      {mine.duties.length === 0 ? (
        <Empty title={t('您的岗位没有定量的任务。')}>{t('任务按岗位定，在“规则”里能看到全部。')}</Empty>
      ) : (
        <p className="sum">
          <span>{t('还差 {n} 项', { n: count('late', 'behind', 'open') })}</span>
          <span>{t('完成 {n} 项', { n: count('met') })}</span>
          {missed > 0 && <span>{t('没赶上 {n} 项', { n: missed })}</span>}
        </p>
      )}
      {groups.map(([title, outlooks]) => {
        const of = mine.duties.filter((d) => outlooks.includes(d.outlook)).toSorted((a, b) => weight(a) - weight(b));
        return of.length === 0 ? null : (
          <section key={title}>
            <h2 className="head">{title}</h2>
            <div className="duties">
              {of.map((duty) => (
                <One key={duty.duty} duty={duty} />
              ))}
            </div>
          </section>
        );
      })}
      {rates}
      <Month mine={mine} />
      <Exceptions mine={mine} />
    </>
  );
}

const tone: Partial<Record<Outlook, string>> = { late: 'late', missed: 'late', behind: 'soon', met: 'yes-less' };

/** One duty: how much of how much and what to do; opened, every figure with its reason and its records. */
function One({ duty }: { duty: Duty }) {
  const [next = '', ...more] = duty.forecast;
  const share = duty.owed === 0 ? 0 : Math.min(1, duty.filled / duty.owed);
  return (
    <details className="duty">
      <summary>
        <strong>{duty.name}</strong>
        <span className="much">
          <b>{duty.filled}</b>/{duty.owed} {duty.measure}
        </span>
        {duty.owed > 0 && (
          <i className="meter" aria-hidden="true">
            <i style={{ width: `${share * 100}%` }} />
          </i>
        )}
        <p className={tone[duty.outlook] ?? 'quiet'}>{next}</p>
      </summary>
      <div className="inside">
        {more.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <h3>{t('为什么是这么多')}</h3>
        {duty.why.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <h3>{t('已有多少')}</h3>
        {duty.counted.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {duty.evidence.length > 0 && <Records duty={duty} />}
        <h3>{t('依据')}</h3>
        <p className="quiet">
          {duty.source}
          {duty.confidence === 'C' && `（${t('待县里确认')}）`}
        </p>
        {duty.note !== null && <p className="quiet">{duty.note}</p>}
      </div>
    </details>
  );
}

const SHOWN = 12;

function Records({ duty }: { duty: Duty }) {
  const shown = duty.evidence.slice(0, SHOWN);
  return (
    <>
      <h3>
        {t('记录')}
        {duty.evidence.length > SHOWN && <small>{t('先列最近 {n} 条', { n: SHOWN })}</small>}
      </h3>
      <ul className="rows">
        {shown.map((e) => {
          const said = (
            <>
              <strong className="when">{sayDate(e.day)}</strong>
              <span className="quiet">
                {e.name}
                {e.measure !== '' && ` ${e.amount} ${e.measure}`}
                {e.confirmed && ` · ${t('已签字确认')}`}
              </span>
            </>
          );
          // The diary entry is the document; other features show theirs on their own pages.
          return (
            <li key={`${e.stream} ${e.day}`}>
              {e.kind === 'visit' || e.kind === 'call' ? (
                <To href={`/field/visit/${e.stream}`} className="row">
                  {said}
                </To>
              ) : (
                <div className="row">{said}</div>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Monday to Sunday, as a calendar heads its columns. */
const WEEK = Array.from({ length: 7 }, (_, day) =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
    weekday: language === 'en' ? 'short' : 'narrow',
    timeZone: 'UTC',
  }).format(Date.UTC(2026, 5, 1 + day)),
);

/** The month: days off, days without meetings, fixed dates and days out. */
function Month({ mine: { month, day, today, published } }: { mine: Mine }) {
  const first = month.days[0]!.day;
  const last = month.days.at(-1)!.day;
  const blank = weekday(first) - 1;
  const after = addDays(last, 1);
  const fixed = month.days.filter((d) => d.fixed.length > 0 || d.noMeetings);
  return (
    <Part title={t('这个月')}>
      <div className="calendar">
        <p className="steps">
          <To href={`/field/duties?day=${addDays(first, -1)}`} label={t('上一月')}>
            ‹
          </To>
          <b>{month.name}</b>
          {after > today ? (
            <span aria-hidden="true" />
          ) : (
            <To
              href={`/field/duties?day=${after <= today && today < addDays(after, 28) ? today : after}`}
              label={t('下一月')}
            >
              ›
            </To>
          )}
        </p>
        <table aria-label={month.name}>
          <thead>
            <tr>
              {WEEK.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: Math.ceil((blank + month.days.length) / 7) }, (_, week) => (
              <tr key={week}>
                {WEEK.map((name, place) => {
                  const d = month.days[week * 7 + place - blank];
                  if (d === undefined) return <td key={name} />;
                  const classes = [
                    d.works ? '' : 'off',
                    d.noMeetings || d.fixed.length > 0 ? 'fixed' : '',
                    d.day === today ? 'today' : '',
                    d.excused ? 'away' : '',
                  ].join(' ');
                  return (
                    <td key={name}>
                      <span
                        className={classes}
                        aria-label={t('{day}，出去 {n} 次', { day: sayDate(d.day), n: d.done })}
                      >
                        {Number(d.day.slice(8))}
                        <small>{d.holiday ?? (d.madeUp ? t('班') : d.done > 0 ? '•' : '')}</small>
                      </span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        <p className="foot-note">
          {fixed.map((d) => (
            <span key={d.day}>
              {sayDate(d.day)}：{[...d.fixed, ...(d.noMeetings ? [t('不开会')] : [])].join('、')}
              {d.movedFrom !== null && t('（{day}是休息日，改到这天）', { day: sayDate(d.movedFrom) })}。
            </span>
          ))}
          <span>• {t('出去过')}。</span>
          {!published && day >= first && t('这一年的放假安排还没有公布，按平常的星期算。')}
        </p>
      </div>
    </Part>
  );
}

const stages = {
  asked: ['soon', t('等负责人批')],
  granted: ['quiet', t('已批准')],
  refused: ['late', t('没有批')],
} as const;

function Exceptions({ mine }: { mine: Mine }) {
  const [asking, setAsking] = useState(false);
  return (
    <Part title={t('请假和调动')}>
      {mine.exceptions.length === 0 ? (
        <p className="none">
          {t('没有请假或调动。')}
          {t('请假、培训、借调的日子不欠任务。由负责人批，自己不能批自己的。')}
        </p>
      ) : (
        <ul className="rows">
          {mine.exceptions.map((e) => (
            <li key={e.id} className="row">
              <strong className="when">
                {e.typeName}
                {e.duty !== null && ` · ${e.duty}`}
              </strong>
              <span className={stages[e.stage][0]}>{stages[e.stage][1]}</span>
              <p className="quiet">
                {t('{from}至 {until}', { from: sayDate(e.from), until: sayDate(e.until) })} · {e.reason}
                {e.decision !== null && e.decision !== '' && ` · ${e.decidedBy ?? ''}：${e.decision}`}
              </p>
            </li>
          ))}
        </ul>
      )}
      {asking ? (
        <Ask onDone={() => setAsking(false)} />
      ) : (
        <p className="acts pad">
          <button type="button" className="small" onClick={() => setAsking(true)}>
            {t('申请请假或调动')}
          </button>
        </p>
      )}
    </Part>
  );
}

function Ask({ onDone }: { onDone(): void }) {
  const me = useMe();
  const queries = useQueryClient();
  const today = dayAt(rightNow());
  const [type, setType] = useState<Asked>('leave');
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState(today);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    if (me === undefined) return;
    setBusy(true);
    const why = await handOver(
      {
        kind: 'exception.ask',
        stream: newId(),
        title: `${askedNames[type]}：${t('{from}至 {until}', { from: sayDate(from), until: sayDate(until) })}`,
        data: { official: me.official, type, from, until, reason: reason.trim() },
      },
      t('已交给负责人，批了以后任务会自动减。'),
    );
    setBusy(false);
    if (why !== undefined) return tell(why);
    await queries.invalidateQueries({ queryKey: ['duties'] });
    onDone();
  };
  return (
    <form
      className="write"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Segments<Asked>
        label={t('因为什么')}
        options={Object.entries(askedNames) as [Asked, string][]}
        value={type}
        onChange={setType}
      />
      <label className="field">
        <span>{t('从哪天')}</span>
        <input type="date" required value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('到哪天')}</span>
        <input type="date" required min={from} value={until} onChange={(event) => setUntil(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('写清事由')}</span>
        <input
          type="text"
          required
          minLength={2}
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <button type="submit" className="button" disabled={busy || reason.trim().length < 2}>
        {t('交给负责人')}
      </button>
      <button type="button" className="plain" onClick={onDone}>
        {t('不申请了')}
      </button>
    </form>
  );
}
