import { useQuery } from '@tanstack/react-query';
import { addDays } from '../../calendar/days.ts';
import { Part, To, Top } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { useMe } from '../../app/ui/me.ts';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate, sayMonth } from '../../app/ui/time.ts';
import { type Month, type Week, today } from './answers.ts';
import { Days } from './diary.tsx';
import { t } from './english.ts';

/** The week, sorted by itself: what it came to, then every entry. */
export function WeekScreen({ day }: { day: string }) {
  const found = useQuery({
    queryKey: ['week', day],
    queryFn: ({ signal }) => ask<Week>('GET /api/diary/week/:day', { params: { day }, signal }),
  });
  return (
    <>
      <Top title={t('周记')} from="/field/diary" />
      <Whose />
      <Steps
        name={
          found.data === undefined
            ? t('这一周')
            : t('{from}至 {to}', { from: sayDate(found.data.from), to: sayDate(found.data.to) })
        }
        before={`/field/diary/week/${addDays(day, -7)}`}
        after={addDays(day, 7) > addDays(today(), 6) ? undefined : `/field/diary/week/${addDays(day, 7)}`}
      />
      {found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : (
        <>
          <Figures of={found.data} />
          <Days days={found.data.days} />
          <Print />
        </>
      )}
    </>
  );
}

/** The month in figures that all follow from the entries. */
export function MonthScreen({ month }: { month: string }) {
  const found = useQuery({
    queryKey: ['month', month],
    queryFn: ({ signal }) => ask<Month>('GET /api/diary/month/:month', { params: { month }, signal }),
  });
  const after = addDays(`${month}-28`, 4).slice(0, 7);
  return (
    <>
      <Top title={t('月结')} from="/field/diary" />
      <Whose />
      <Steps
        name={sayMonth(month)}
        before={`/field/diary/month/${addDays(`${month}-01`, -1).slice(0, 7)}`}
        after={after > today().slice(0, 7) ? undefined : `/field/diary/month/${after}`}
      />
      {found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : (
        <>
          <Figures of={found.data} />
          <Print />
        </>
      )}
    </>
  );
}

const Steps = ({ name, before, after }: { name: string; before: string; after: string | undefined }) => (
  <p className="steps">
    <To href={before} label={t('再早一段')}>
      ‹
    </To>
    <b>{name}</b>
    {after === undefined ? (
      <span aria-hidden="true" />
    ) : (
      <To href={after} label={t('再晚一段')}>
        ›
      </To>
    )}
  </p>
);

function Figures({ of: { contacts, answers, needs, promises, themes, households, notMet } }: { of: Month }) {
  const unmet = households.all - households.met;
  const asked = answers.signed + answers.declined + answers.unsigned;
  return (
    <>
      <dl className="figures">
        {/* Who answers for villages has no households of their own to count against. */}
        {households.all === 0 ? (
          <div>
            <dt>{t('当面')}</dt>
            <dd>
              <b>{contacts.met}</b>
              {t(' 次')}
            </dd>
          </div>
        ) : (
          <div>
            <dt>{t('见到')}</dt>
            <dd>
              <b>{households.met}</b>/{households.all}
              {t(' 户')}
            </dd>
          </div>
        )}
        <div>
          <dt>{t('签字')}</dt>
          <dd>
            <b>{answers.signed}</b>/{asked}
            {t(' 篇')}
          </dd>
        </div>
        <div>
          <dt>{t('要办的事')}</dt>
          <dd>
            <b>{needs}</b>
            {t(' 件')}
          </dd>
        </div>
        <div>
          <dt>{t('答应')}</dt>
          <dd>
            <b>{promises.made}</b>
            {t(' 件')}
          </dd>
        </div>
      </dl>
      <p className="say">
        {t('当面 {met} 次，电话 {phone} 次，没人在家 {notAtHome} 次。', {
          met: contacts.met,
          phone: contacts.phone,
          notAtHome: contacts.notAtHome,
        })}
        {promises.kept > 0 &&
          t('兑现 {kept} 件{what}。', {
            kept: promises.kept,
            what: promises.late > 0 ? t('，其中晚了 {late} 件', { late: promises.late }) : '',
          })}
        {promises.overdue > 0 && (
          <em className="late">{t('过期没兑现 {overdue} 件。', { overdue: promises.overdue })}</em>
        )}
        {answers.declined > 0 && (
          <em className="late">{t('不认可 {declined} 篇。', { declined: answers.declined })}</em>
        )}
      </p>
      {themes.length > 0 && (
        <Part title={t('说得最多的')}>
          <ul className="rows">
            {themes.map((theme) => (
              <li key={theme.category} className="row">
                <strong>{theme.category}</strong>
                <span>{t('{count} 件', { count: theme.count })}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {notMet.length > 0 && (
        <details className="part">
          <summary>
            {t('这段时间没见到的 ')}
            {unmet}
            {t(' 户')}
            {unmet > notMet.length && t('，先列 {n} 户', { n: notMet.length })}
          </summary>
          <ul className="rows">
            {notMet.map((h) => (
              <li key={h.id}>
                <To href={`/field/household/${h.id}`} className="row">
                  <strong>{t('{head}家', { head: h.head })}</strong>
                  <span className="far">{h.address}</span>
                </To>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const Print = () => (
  <p className="acts pad no-print">
    <button type="button" className="small" onClick={() => print()}>
      {t('打印')}
    </button>
  </p>
);

/** Whose it is: on the screen everyone knows, on paper it must stand there. */
function Whose() {
  const me = useMe();
  return me === undefined ? null : (
    <p className="print-only">{[me.unit, me.title, me.name].filter((t) => t !== '').join(' ')}</p>
  );
}
