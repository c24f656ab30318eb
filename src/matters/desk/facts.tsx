import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { sayDate, sayExactly } from '../../app/ui/time.ts';
import { Clocks, Papers } from './petition-facts.tsx';
import { Alike, Joined, isJoined } from './alike.tsx';
import type { Matter } from './queries.ts';
import { Told } from './told.tsx';
import { t } from './english.ts';

/** The clock that hurts: the stage's own, but for one that has run out while the stage's has not. */
function foremostOf({ clock, owed }: Matter) {
  const over = owed.filter(({ due, remaining }) => due !== null && remaining.late);
  const [worst] = over.toSorted((a, b) => a.due!.localeCompare(b.due!));
  return worst === undefined || clock?.remaining.late === true ? clock : worst;
}

/** What is so now: the clock and why, who said it, who handles it, how it was settled. */
export function Facts({ matter }: { matter: Matter }) {
  const { reporter, four } = matter;
  const foremost = foremostOf(matter);
  return (
    <aside className="facts" aria-label={t('情况')}>
      {foremost !== null && <Clock clock={foremost} />}
      <Clocks matter={matter} foremost={foremost} />
      <dl>
        <Fact name={t('谁说的')}>
          <Reporter reporter={reporter} />
          {reporter.confidential && <div className="soon">{t('要求保密，不告诉承办单位')}</div>}
          <div>
            {matter.place}
            {matter.spot !== '' && t('，{spot}', { spot: matter.spot })}
          </div>
        </Fact>
        <Fact name={t('谁来办（四定）')}>
          <div className="four">
            <span>{t('单位')}</span>
            <div>{matter.unitName}</div>
            <Set name={t('领导')} value={four.leader} />
            <Set name={t('人员')} value={four.handler} />
            <Set name={t('措施')} value={four.measures} otherwise={four.measuresDue} />
            <Set name={t('时限')} value={dueOf(matter)} />
          </div>
        </Fact>
        <Fact name={t('处置')}>
          {matter.disposition?.name ?? t('还没定')}
          {matter.recheckOn !== null && t('，{recheckOn} 再看', { recheckOn: sayDate(matter.recheckOn) })}
        </Fact>
        {matter.policy !== null && <Fact name={t('哪条政策不允许')}>{matter.policy}</Fact>}
        {matter.cameBack !== null && (
          <Fact name={t('又回来了')}>
            {matter.cameBack === 'recheck' ? t('到了回头再看的日子，请重新定处置') : t('政策变了，请重新定处置')}
          </Fact>
        )}
        {matter.parts.length > 0 && (
          <Fact name={t('协办')}>
            <Parts parts={matter.parts} />
          </Fact>
        )}
        {matter.raisings.length > 0 && (
          <Fact name={t('往上报')}>
            <Raisings raisings={matter.raisings} />
          </Fact>
        )}
        {matter.readBy.length > 0 && (
          <Fact name={t('领导阅批')}>
            {matter.readBy.map(({ by, on, text }, i) => (
              <div key={i}>
                {by} {sayDate(on)}
                {text === '' ? t('：已阅') : t('：{text}', { text })}
              </div>
            ))}
          </Fact>
        )}
        <Orders matter={matter.id} />
        {matter.returnAsked !== null && (
          <Fact name={t('申请退单')}>
            {t('{from} 建议由{betterUnitName}办：{reason}', {
              from: matter.returnAsked.from,
              betterUnitName: matter.returnAsked.betterUnitName,
              reason: matter.returnAsked.reason,
            })}
          </Fact>
        )}
        {matter.extensionAsked !== null && (
          <Fact name={t('申请延期')}>
            {t('{by} 要 {days} 天：{reason}', {
              by: matter.extensionAsked.by,
              days: matter.extensionAsked.days,
              reason: matter.extensionAsked.reason,
            })}
          </Fact>
        )}
        {matter.answer !== null && (
          <Fact name={t('答复')}>
            {matter.answer}
            {matter.answerAdvice.map((advice) => (
              <div key={advice} className="soon">
                {advice}
              </div>
            ))}
          </Fact>
        )}
        {matter.score !== null && (
          <Fact name={t('群众评分')}>
            <span className="yes">{t('{score} 分', { score: matter.score })}</span>
          </Fact>
        )}
        {matter.delay !== null && <Fact name={t('超期原因')}>{matter.delay}</Fact>}
        {matter.delay === null && matter.clock?.remaining.late === true && matter.status !== 'resolved' && (
          <Fact name={t('超期原因')}>
            <span className="late">{t('还没有写，公示上写着“还没有说明原因”')}</span>
          </Fact>
        )}
        <Papers matter={matter} />
        {isJoined(matter) && (
          <Fact name={t('一起办的')}>
            <Joined matter={matter} />
          </Fact>
        )}
        <Alike matter={matter} />
        <Related matter={matter} />
        <Told id={matter.id} />
        <Fact name={t('程序')}>
          {t('{procedure}，由{deskName}受理', { procedure: matter.procedure, deskName: matter.deskName })}
        </Fact>
        <Fact name={t('完整性')}>{t('{version} 条记录，只能添加，不能改', { version: matter.version })}</Fact>
      </dl>
    </aside>
  );
}

/** What leaders and higher levels asked for on it, each with its day. */
function Orders({ matter }: { matter: string }) {
  const { data } = useQuery({
    queryKey: ['orders', 'of', matter],
    queryFn: ({ signal }) => ask<OrdersOf>('GET /api/orders', { query: { matter }, signal }),
    retry: false,
  });
  const rows = data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Fact name={t('批示督办')}>
      <ul className="parts">
        {rows.map((row) => (
          <li key={row.id}>
            <Link to="/orders/$id" params={{ id: row.id }} search={{}}>
              {row.what ?? row.number}
            </Link>
            <div className={row.urgency === 'late' ? 'late' : 'quiet'}>
              {t('{from}，{due} 前，{status}', { from: row.from, due: sayDate(row.due), status: row.statusName })}
            </div>
          </li>
        ))}
      </ul>
    </Fact>
  );
}

interface OrdersOf {
  readonly rows: readonly {
    readonly id: string;
    readonly number: string;
    readonly from: string;
    readonly what: string | null;
    readonly due: string;
    readonly statusName: string;
    readonly urgency: 'late' | 'soon' | null;
  }[];
}

/** Each co-handler with its part, its day and its answer. */
const Parts = ({ parts }: Pick<Matter, 'parts'>) => (
  <ul className="parts">
    {parts.map((part) => (
      <li key={part.place} className={part.state === 'dropped' ? 'over' : undefined}>
        <div>
          <b>{part.unitName}</b> {part.task}
        </div>
        <div className={part.late ? 'late' : 'quiet'}>
          {part.stateName}
          {part.answeredOn !== null
            ? t('，{day}', { day: sayDate(part.answeredOn) })
            : part.state === 'asked' || part.state === 'declined'
              ? t('，{day} 前', { day: sayDate(part.due) })
              : ''}
        </div>
        {part.reason !== null && <div>{part.reason}</div>}
        {part.answer !== null && <p className="said">{part.answer}</p>}
      </li>
    ))}
  </ul>
);

/** Where it was handed, and when somebody asks there. */
const Raisings = ({ raisings }: Pick<Matter, 'raisings'>) => (
  <ul className="parts">
    {raisings.map((raising, i) => (
      <li key={i} className={raising.state === 'passed-on' ? 'over' : undefined}>
        <div>
          <b>{raising.to}</b> {raising.ground}
        </div>
        <div className={raising.due ? 'late' : 'quiet'}>
          {raising.stateName}
          {raising.state === 'asked' &&
            (raising.meetingDay === null
              ? t('，{day} 去问', { day: sayDate(raising.askOn) })
              : t('，{day} 开会', { day: sayDate(raising.meetingDay) }))}
          {raising.asked > 0 && t('，问过 {n} 次', { n: raising.asked })}
        </div>
        {raising.words !== null && <p className="said">{raising.words}</p>}
      </li>
    ))}
  </ul>
);

/** Who said it; “nothing was left” and “not for you to see” are told apart. */
export function Reporter({ reporter: { anonymous, name, phone, shown } }: Pick<Matter, 'reporter'>) {
  if (anonymous) return t('匿名，没有留姓名电话');
  if (!shown) return <span className="quiet">{t('姓名和电话不在您的权限内')}</span>;
  return (
    <>
      {name ?? t('没有留姓名')}{' '}
      {phone === null ? <span className="quiet">{t('没有留电话')}</span> : <a href={`tel:${phone}`}>{phone}</a>}
    </>
  );
}

/** The fourth of the four: a day, or why there is none now. */
function dueOf({ four, clock, statusName }: Matter): string | null {
  if (four.due !== null) return sayDate(four.due);
  return clock === null ? statusName : t('计时已暂停');
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

const Set = ({ name, value, otherwise = null }: { name: string; value: string | null; otherwise?: string | null }) => (
  <>
    <span>{name}</span>
    <div className={value === null ? 'blank' : undefined}>{value ?? otherwise ?? t('还没定')}</div>
  </>
);

function Related({ matter: { returns, reopenings, unreached } }: { matter: Matter }) {
  const parts = [
    returns > 0 ? t('退过 {returns} 次', { returns }) : '',
    reopenings > 0 ? t('重开 {reopenings} 次', { reopenings }) : '',
    unreached > 0 ? t('回访 {unreached} 次没联系上', { unreached }) : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : <Fact name={t('相关')}>{parts.join(t('，'))}</Fact>;
}

function Clock({ clock }: { clock: NonNullable<Matter['clock']> }) {
  const { due, remaining, startedAt, why } = clock;
  const passed = due === null ? 0 : (Date.now() - Date.parse(startedAt)) / (Date.parse(due) - Date.parse(startedAt));
  return (
    <div className="clock">
      {due === null ? (
        <b>{t('计时已暂停')}</b>
      ) : (
        <>
          <b title={sayExactly(due)} className={remaining.late ? 'late' : undefined}>
            {sayDate(due)}
          </b>{' '}
          {t('到期')}
        </>
      )}
      <span className={remaining.late ? 'late' : undefined}>
        {t('，')}
        {remaining.text}
      </span>
      <div
        className={`bar${remaining.late ? ' late' : ''}`}
        role="img"
        aria-label={t('时限已过 {n}%', { n: Math.round(Math.min(1, passed) * 100) })}
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
