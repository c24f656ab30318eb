import { toDay, toNumber, weekday } from '../calendar/days.ts';
import { sayDay, weekdayName } from '../calendar/explain.ts';
import {
  type DutyTemplate,
  type EvidenceKind,
  type ExceptionType,
  type PeriodKind,
  evidenceKinds,
  exceptionNames,
  periodNames,
} from './model.ts';
import { t } from './english.ts';
import { sayPeriod } from './periods.ts';
import type { FixedDate, Progress } from './rules.ts';

/** Every figure of a duty in the words people use: why so much is owed, what was counted, how it will end. */

export const sayNumber = (n: number): string => String(Math.round(n * 100) / 100);

/** Words of the model in the language of the moment. */
export const evidenceName = (kind: EvidenceKind): string => t(evidenceKinds[kind].name);
export const periodName = (period: PeriodKind): string => t(periodNames[period]);
export const exceptionName = (type: ExceptionType): string => t(exceptionNames[type]);
/** What a kind of evidence is measured in; nothing where it is only so many times. */
export const amountName = (kind: EvidenceKind): string =>
  evidenceKinds[kind].measure === '次' ? '' : t(evidenceKinds[kind].measure);

/** What the duty is counted in: 天, 户, 篇 … */
export function measureOf({ evidence: { count, kinds } }: Pick<DutyTemplate, 'evidence'>): string {
  if (count === 'days') return t('天');
  if (count === 'subjects') return t('户');
  const measures = new Set(kinds.map((k) => evidenceKinds[k].measure));
  return t(measures.size === 1 ? [...measures][0]! : '次');
}

/** 每月 2 天, 每年 1—2 篇, 每年走遍 100% 的户. */
export function sayAmount(duty: DutyTemplate): string {
  const period = periodName(duty.period);
  if (duty.of === 'households') return t('{period}走到 {amount}% 的户', { period, amount: sayNumber(duty.amount) });
  const upTo = duty.upTo === undefined ? '' : `—${sayNumber(duty.upTo)}`;
  const said = t('{period} {amount} {measure}', {
    period,
    amount: `${sayNumber(duty.amount)}${upTo}`,
    measure: measureOf(duty),
  });
  return duty.joint ? t('{said}，其中一人去就算', { said }) : said;
}

/** 其中每月 28 日; 只算周一、集日; empty where no date is fixed. */
export function sayFixed({
  fixed,
  fixedRule,
  noMeetings,
}: Pick<DutyTemplate, 'fixed' | 'fixedRule' | 'noMeetings'>): string {
  if (fixed.length === 0) return '';
  const dates = fixed.map((f) =>
    f.on === 'date'
      ? t('每月 {date} 日', { date: f.date })
      : f.on === 'weekday'
        ? t('周{weekday}', { weekday: weekdayName(f.weekday) })
        : t('集日'),
  );
  const days = { dates: dates.join(t('、')) };
  const said = fixedRule === 'only' ? t('只算{dates}', days) : t('其中{dates}', days);
  return noMeetings ? t('{said}，当天不开会', { said }) : said;
}

const sayRule = ({ rule, original }: FixedDate): string => {
  const [, month, date] = toDay(original).split('-').map(Number);
  const day = t('{month} 月 {date} 日', { month, date });
  return rule.on === 'date'
    ? t('{date} 日', { date })
    : rule.on === 'weekday'
      ? t('{day}（周{weekday}）', { day, weekday: weekdayName(rule.weekday) })
      : t('{day}（集日）', { day });
};

/** Why this much is owed. */
export function explainOwed(p: Progress, today: string): string[] {
  const { duty, owed } = p;
  const measure = measureOf(duty);
  const day = (n: number): string => sayDay(toDay(n), today);
  const said: string[] = [];
  const other = owed.whole !== duty.amount && duty.of === 'number';
  const why = other ? duty.differences.find((d) => d.amount === owed.whole)?.why : undefined;
  const whole = sayNumber(owed.whole);
  const amount = sayAmount(duty);
  said.push(
    why === undefined
      ? t('规定{amount}。', { amount })
      : t('规定{amount}；{why}，所以{period} {whole} {measure}。', {
          amount,
          why,
          period: periodName(duty.period),
          whole,
          measure,
        }),
  );
  if (duty.of === 'households') said.push(t('您现在负责 {n} 户，户数按今天的名单算。', { n: whole }));

  const unit = duty.base === 'working' ? t('个工作日') : t('天');
  const period = sayPeriod(duty.period, owed.period);
  const holidays = owed.normal - owed.present - owed.excused - owed.outside;
  const lost = [
    ...(owed.outside > 0 ? [t('{n} {unit}还没任职或已离任', { n: owed.outside, unit })] : []),
    ...(owed.excused > 0 ? [t('{n} {unit}{reasons}', { n: owed.excused, unit, reasons: reasonsOf(p) })] : []),
    ...(duty.base === 'working' && holidays > 0 ? [t('{n} 天放假', { n: holidays })] : []),
  ];
  if (lost.length > 0 && duty.period !== 'day') {
    const left = t('{period}按 {normal} {unit}计，{lost}，在岗 {present} {unit}', {
      period,
      normal: owed.normal,
      unit,
      lost: lost.join(t('、')),
      present: owed.present,
    });
    if (duty.partial === 'proportional')
      said.push(t('{left}。', { left: owed.present === 0 ? left : shared(p, left) }));
    else if (duty.partial === 'waived') said.push(t('{left}；不满一期的免去。', { left }));
    else said.push(t('{left}；不满一期也按全额算。', { left }));
  } else if (duty.period === 'day' && owed.owed === 0) {
    said.push(
      owed.excused > 0
        ? t('这一天{reasons}，不欠。', { reasons: reasonsOf(p) })
        : t('这一天不是{base}，不欠。', { base: duty.base === 'working' ? t('工作日') : t('天') }),
    );
  }

  for (const date of owed.fixed) {
    if (date.off !== undefined && date.day !== date.original)
      said.push(
        t('{rule}逢{off}，改到 {day}；当天去了也算。', {
          rule: sayRule(date),
          off: sayOff(date.off),
          day: day(date.day!),
        }),
      );
  }
  for (const date of owed.waived) {
    const rule = sayRule(date);
    said.push(
      date.day === undefined
        ? t('{rule}逢{off}，免去。', { rule, off: sayOff(date.off!) })
        : date.day === date.original
          ? t('{rule}不在岗，这一天免去，不另补。', { rule })
          : t('{rule}（改到 {day}）不在岗，这一天免去，不另补。', { rule, day: day(date.day) }),
    );
  }
  const fixed = owed.fixed.map((d) => day(d.day!)).join(t('、'));
  if (owed.fixed.length > 0 && duty.fixedRule === 'among')
    said.push(t('其中固定的日子：{days}；另外 {free} 天自己安排。', { days: fixed, free: sayNumber(owed.free) }));
  if (owed.fixed.length > 0 && duty.fixedRule === 'only') said.push(t('只有这些日子算：{days}。', { days: fixed }));
  said.push(t('{period}应完成 {owed} {measure}。', { period, owed: sayNumber(owed.owed), measure }));
  return said;
}

/** What a day off is called; holidays keep their names. */
const sayOff = (off: string): string => (off === '周末' ? t('周末') : off);

/** The share of a part of a period, and how it was rounded. */
function shared(p: Progress, left: string): string {
  const { duty, owed } = p;
  const measure = measureOf(duty);
  const part = t('{left}，按比例是 {exact} {measure}', { left, exact: sayNumber(owed.exact), measure });
  if (sayNumber(owed.exact) === sayNumber(owed.owed)) return part;
  const values = { left: part, rounded: sayNumber(roundedOf(p)), measure };
  switch (duty.rounding) {
    case 'up':
      return t('{left}，往上取 {rounded} {measure}', values);
    case 'down':
      return t('{left}，往下取 {rounded} {measure}', values);
    case 'nearest':
      return t('{left}，四舍五入取 {rounded} {measure}', values);
  }
}

/** The share after rounding, before fixed dates took from it. */
const roundedOf = ({ duty, owed }: Progress): number => {
  const by = owed.exact / duty.step;
  const steps =
    duty.rounding === 'up' ? Math.ceil(by - 1e-9) : duty.rounding === 'down' ? Math.floor(by + 1e-9) : Math.round(by);
  return steps * duty.step;
};

const reasonsOf = ({ excused }: Progress): string =>
  [...new Set(excused.map((e) => exceptionName(e.type)))].join(t('、')) || t('不在岗');

/** What was counted. */
export function explainDone(p: Progress, today: string): string[] {
  const { duty, done, filled, evidence } = p;
  const measure = measureOf(duty);
  const days = [...new Set(evidence.map((e) => e.day))];
  const counted = { done: sayNumber(done), measure, n: evidence.length };
  const said = [
    evidence.length === 0
      ? t('还没有算得上的记录。')
      : duty.period === 'day' || days.length > 10
        ? t('已有 {done} {measure}，来自 {n} 条记录。', counted)
        : t('已有 {done} {measure}：{days}，共 {n} 条记录。', {
            ...counted,
            days: days.map((d) => sayDay(d, today)).join(t('、')),
          }),
  ];
  for (const date of p.fixed) {
    if (duty.fixedRule === 'only') continue;
    if (date.metOn !== undefined)
      said.push(t('{rule}：去了（{day}）。', { rule: sayRule(date), day: sayDay(toDay(date.metOn), today) }));
    else if (date.day! < toNumber(today)) said.push(t('{rule}：没有去，别的日子不能顶。', { rule: sayRule(date) }));
  }
  if (filled < done && p.owed.owed > 0 && filled < p.owed.owed)
    said.push(t('自己安排的最多算 {free} 天，多出来的不能顶固定的日子。', { free: sayNumber(p.owed.free) }));
  else if (done > p.owed.owed && p.owed.owed > 0)
    said.push(t('比应完成的多 {more} {measure}。', { more: sayNumber(done - p.owed.owed), measure }));
  if (duty.evidence.confirmed) said.push(t('只算对方确认过的。'));
  return said;
}

/** How it will end, and what to do. */
export function explainOutlook(p: Progress, today: string): string[] {
  const { duty, daysLeft, outlook, projected, owed } = p;
  const measure = measureOf(duty);
  const missing = sayNumber(p.missing);
  const base = duty.base === 'working' ? t('个工作日') : t('天');
  const next = p.fixed.find((d) => d.metOn === undefined && d.day! >= toNumber(today));
  const then =
    next === undefined
      ? []
      : [
          t('{day}（周{weekday}）是固定的日子。', {
            day: sayDay(toDay(next.day!), today),
            weekday: weekdayName(weekday(toDay(next.day!))),
          }),
        ];
  switch (outlook) {
    case 'none':
      return [t('这一期没有任务。')];
    case 'met':
      return [t('已经完成。')];
    case 'missed':
      return [t('这一期已经结束，差 {missing} {measure}。', { missing, measure })];
    case 'late':
      return [
        t('还差 {missing} {measure}，这一期已经补不齐了。有原因的，请申请请假或免去，由负责人批。', {
          missing,
          measure,
        }),
        ...then,
      ];
    case 'ahead-of-time':
      return [t('还没开始。'), ...then];
    case 'behind':
    case 'open': {
      const pace =
        daysLeft === 0
          ? t('还差 {missing} {measure}，工作日已经用完，休息日去也算。', { missing, measure })
          : duty.evidence.count === 'days' || p.missing <= 1
            ? t('还差 {missing} {measure}，还有 {left} {base}。', { missing, measure, left: daysLeft, base })
            : t('还差 {missing} {measure}，还有 {left} {base}，平均每天要 {each} {measure}。', {
                missing,
                measure,
                left: daysLeft,
                base,
                each: sayNumber(Math.ceil(p.perDay * 10) / 10),
              });
      const told = projected === undefined ? undefined : { projected: sayNumber(projected), measure };
      const forecast =
        told === undefined || owed.owed <= 1 || p.done === 0
          ? []
          : projected! >= owed.owed
            ? [t('照现在的进度，到期末能有 {projected} {measure}，够。', told)]
            : [t('照现在的进度，到期末只有 {projected} {measure}，不够。', told)];
      return [pace, ...forecast, ...then];
    }
  }
}
