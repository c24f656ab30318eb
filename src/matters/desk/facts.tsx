import type { ReactNode } from 'react';
import { sayDate, sayExactly } from '../../app/ui/time.ts';
import type { Matter } from './queries.ts';

/** What is so now: the clock and why, who said it, who handles it, how it was settled. */
export function Facts({ matter }: { matter: Matter }) {
  const { reporter, four } = matter;
  return (
    <aside className="facts" aria-label="情况">
      {matter.clock !== null && <Clock clock={matter.clock} />}
      <dl>
        <Fact name="谁说的">
          <Reporter reporter={reporter} />
          {reporter.confidential && <div className="soon">要求保密，不告诉承办单位</div>}
          <div>
            {matter.place}
            {matter.spot !== '' && `，${matter.spot}`}
          </div>
        </Fact>
        <Fact name="谁来办（四定）">
          <div className="four">
            <span>单位</span>
            <div>{matter.unitName}</div>
            <Set name="领导" value={four.leader} />
            <Set name="人员" value={four.handler} />
            <Set name="措施" value={four.measures} />
            <Set name="时限" value={dueOf(matter)} />
          </div>
        </Fact>
        <Fact name="处置">
          {matter.disposition?.name ?? '还没定'}
          {matter.recheckOn !== null && `，${sayDate(matter.recheckOn)} 再看`}
        </Fact>
        {matter.returnAsked !== null && (
          <Fact name="申请退单">
            {matter.returnAsked.from} 建议由{matter.returnAsked.betterUnitName}办：{matter.returnAsked.reason}
          </Fact>
        )}
        {matter.extensionAsked !== null && (
          <Fact name="申请延期">
            {matter.extensionAsked.by} 要 {matter.extensionAsked.days} 天：{matter.extensionAsked.reason}
          </Fact>
        )}
        {matter.answer !== null && (
          <Fact name="答复">
            {matter.answer}
            {matter.answerAdvice.map((advice) => (
              <div key={advice} className="soon">
                {advice}
              </div>
            ))}
          </Fact>
        )}
        {matter.score !== null && (
          <Fact name="群众评分">
            <span className="yes">{matter.score} 分</span>
          </Fact>
        )}
        {matter.delay !== null && <Fact name="超期原因">{matter.delay}</Fact>}
        {matter.delay === null && matter.clock?.remaining.late === true && matter.status !== 'resolved' && (
          <Fact name="超期原因">
            <span className="late">还没有写，公示上写着“还没有说明原因”</span>
          </Fact>
        )}
        <Related matter={matter} />
        <Fact name="程序">
          {matter.procedure}，由{matter.deskName}受理
        </Fact>
        <Fact name="完整性">{matter.version} 条记录，只能添加，不能改</Fact>
      </dl>
    </aside>
  );
}

/** Who said it; “nothing was left” and “not for you to see” are told apart. */
export function Reporter({ reporter: { anonymous, name, phone, shown } }: Pick<Matter, 'reporter'>) {
  if (anonymous) return '匿名，没有留姓名电话';
  if (!shown) return <span className="quiet">姓名和电话不在您的权限内</span>;
  return (
    <>
      {name ?? '没有留姓名'}{' '}
      {phone === null ? <span className="quiet">没有留电话</span> : <a href={`tel:${phone}`}>{phone}</a>}
    </>
  );
}

/** The fourth of the four: a day, or why there is none now. */
function dueOf({ four, clock, statusName }: Matter): string | null {
  if (four.due !== null) return sayDate(four.due);
  return clock === null ? statusName : '计时已暂停';
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

const Set = ({ name, value }: { name: string; value: string | null }) => (
  <>
    <span>{name}</span>
    <div className={value === null ? 'blank' : undefined}>{value ?? '还没定'}</div>
  </>
);

function Related({ matter: { returns, reopenings, unreached } }: { matter: Matter }) {
  const parts = [
    returns > 0 ? `退过 ${returns} 次` : '',
    reopenings > 0 ? `重开 ${reopenings} 次` : '',
    unreached > 0 ? `回访 ${unreached} 次没联系上` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : <Fact name="相关">{parts.join('，')}</Fact>;
}

function Clock({ clock }: { clock: NonNullable<Matter['clock']> }) {
  const { due, remaining, startedAt, why } = clock;
  const passed = due === null ? 0 : (Date.now() - Date.parse(startedAt)) / (Date.parse(due) - Date.parse(startedAt));
  return (
    <div className="clock">
      {due === null ? (
        <b>计时已暂停</b>
      ) : (
        <>
          <b title={sayExactly(due)} className={remaining.late ? 'late' : undefined}>
            {sayDate(due)}
          </b>{' '}
          到期
        </>
      )}
      <span className={remaining.late ? 'late' : undefined}>，{remaining.text}</span>
      <div
        className={`bar${remaining.late ? ' late' : ''}`}
        role="img"
        aria-label={`时限已过 ${Math.round(Math.min(1, passed) * 100)}%`}
      >
        <i style={{ width: `${Math.min(100, Math.max(0, passed * 100))}%` }} />
      </div>
      <small>{clock.name}</small>
      <ul>
        {why.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
