import { useQuery } from '@tanstack/react-query';
import { addDays } from '../../calendar/days.ts';
import { Part, To, Top } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { useMe } from '../../app/ui/me.ts';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { type Month, type Week, today } from './answers.ts';
import { Days } from './diary.tsx';

/** The week, sorted by itself: what it came to, then every entry. */
export function WeekScreen({ day }: { day: string }) {
  const found = useQuery({
    queryKey: ['week', day],
    queryFn: ({ signal }) => ask<Week>('GET /api/diary/week/:day', { params: { day }, signal }),
  });
  return (
    <>
      <Top title="周记" from="/field/diary" />
      <Whose />
      <Steps
        name={found.data === undefined ? '这一周' : `${sayDate(found.data.from)}至 ${sayDate(found.data.to)}`}
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
  const [year, number] = month.split('-').map(Number);
  return (
    <>
      <Top title="月结" from="/field/diary" />
      <Whose />
      <Steps
        name={`${year} 年 ${number} 月`}
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
    <To href={before} label="再早一段">
      ‹
    </To>
    <b>{name}</b>
    {after === undefined ? (
      <span aria-hidden="true" />
    ) : (
      <To href={after} label="再晚一段">
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
            <dt>当面</dt>
            <dd>
              <b>{contacts.met}</b> 次
            </dd>
          </div>
        ) : (
          <div>
            <dt>见到</dt>
            <dd>
              <b>{households.met}</b>/{households.all} 户
            </dd>
          </div>
        )}
        <div>
          <dt>签字</dt>
          <dd>
            <b>{answers.signed}</b>/{asked} 篇
          </dd>
        </div>
        <div>
          <dt>要办的事</dt>
          <dd>
            <b>{needs}</b> 件
          </dd>
        </div>
        <div>
          <dt>答应</dt>
          <dd>
            <b>{promises.made}</b> 件
          </dd>
        </div>
      </dl>
      <p className="say">
        {`当面 ${contacts.met} 次，电话 ${contacts.phone} 次，没人在家 ${contacts.notAtHome} 次。`}
        {promises.kept > 0 && `兑现 ${promises.kept} 件${promises.late > 0 ? `，其中晚了 ${promises.late} 件` : ''}。`}
        {promises.overdue > 0 && <em className="late">过期没兑现 {promises.overdue} 件。</em>}
        {answers.declined > 0 && <em className="late">不认可 {answers.declined} 篇。</em>}
      </p>
      {themes.length > 0 && (
        <Part title="说得最多的">
          <ul className="rows">
            {themes.map((t) => (
              <li key={t.category} className="row">
                <strong>{t.category}</strong>
                <span>{t.count} 件</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {notMet.length > 0 && (
        <details className="part">
          <summary>
            这段时间没见到的 {unmet} 户{unmet > notMet.length && `，先列 ${notMet.length} 户`}
          </summary>
          <ul className="rows">
            {notMet.map((h) => (
              <li key={h.id}>
                <To href={`/field/household/${h.id}`} className="row">
                  <strong>{h.head}家</strong>
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
      打印
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
