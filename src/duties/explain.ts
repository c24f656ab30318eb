import { toDay, toNumber, weekday } from '../calendar/days.ts';
import { sayDay } from '../calendar/explain.ts';
import { type DutyTemplate, evidenceKinds, exceptionNames, periodNames } from './model.ts';
import { sayPeriod } from './periods.ts';
import type { FixedDate, Progress } from './rules.ts';

/** Every figure of a duty in the words people use: why so much is owed, what was counted, how it will end. */

const WEEKDAYS = '一二三四五六日';

export const sayNumber = (n: number): string => String(Math.round(n * 100) / 100);

/** What the duty is counted in: 天, 户, 篇 … */
export function measureOf({ evidence: { count, kinds } }: Pick<DutyTemplate, 'evidence'>): string {
  if (count === 'days') return '天';
  if (count === 'subjects') return '户';
  const measures = new Set(kinds.map((k) => evidenceKinds[k].measure));
  return measures.size === 1 ? [...measures][0]! : '次';
}

/** 每月 2 天, 每年 1—2 篇, 每年走遍 100% 的户. */
export function sayAmount(duty: DutyTemplate): string {
  if (duty.of === 'households') return `${periodNames[duty.period]}走到 ${sayNumber(duty.amount)}% 的户`;
  const upTo = duty.upTo === undefined ? '' : `—${sayNumber(duty.upTo)}`;
  return `${periodNames[duty.period]} ${sayNumber(duty.amount)}${upTo} ${measureOf(duty)}${duty.joint ? '，其中一人去就算' : ''}`;
}

/** 其中每月 28 日; 只算周一、集日; empty where no date is fixed. */
export function sayFixed({
  fixed,
  fixedRule,
  noMeetings,
}: Pick<DutyTemplate, 'fixed' | 'fixedRule' | 'noMeetings'>): string {
  if (fixed.length === 0) return '';
  const dates = fixed.map((f) =>
    f.on === 'date' ? `每月 ${f.date} 日` : f.on === 'weekday' ? `周${WEEKDAYS[f.weekday - 1]!}` : '集日',
  );
  return `${fixedRule === 'only' ? '只算' : '其中'}${dates.join('、')}${noMeetings ? '，当天不开会' : ''}`;
}

const sayRule = ({ rule, original }: FixedDate): string =>
  rule.on === 'date'
    ? `${Number(toDay(original).slice(8))} 日`
    : rule.on === 'weekday'
      ? `${Number(toDay(original).slice(5, 7))} 月 ${Number(toDay(original).slice(8))} 日（周${WEEKDAYS[rule.weekday - 1]!}）`
      : `${Number(toDay(original).slice(5, 7))} 月 ${Number(toDay(original).slice(8))} 日（集日）`;

const ROUNDING = { up: '往上取', down: '往下取', nearest: '四舍五入取' } as const;

/** Why this much is owed. */
export function explainOwed(p: Progress, today: string): string[] {
  const { duty, owed } = p;
  const measure = measureOf(duty);
  const day = (n: number): string => sayDay(toDay(n), today);
  const said: string[] = [];
  const other = owed.whole !== duty.amount && duty.of === 'number';
  const why = other ? duty.differences.find((d) => d.amount === owed.whole)?.why : undefined;
  said.push(
    why === undefined
      ? `规定${sayAmount(duty)}。`
      : `规定${sayAmount(duty)}；${why}，所以${periodNames[duty.period]} ${sayNumber(owed.whole)} ${measure}。`,
  );
  if (duty.of === 'households') said.push(`您现在负责 ${sayNumber(owed.whole)} 户，户数按今天的名单算。`);

  const base = duty.base === 'working' ? '工作日' : '天';
  const unit = duty.base === 'working' ? '个工作日' : '天';
  const period = sayPeriod(duty.period, owed.period);
  const holidays = owed.normal - owed.present - owed.excused - owed.outside;
  const lost = [
    ...(owed.outside > 0 ? [`${owed.outside} ${unit}还没任职或已离任`] : []),
    ...(owed.excused > 0 ? [`${owed.excused} ${unit}${reasonsOf(p)}`] : []),
    ...(duty.base === 'working' && holidays > 0 ? [`${holidays} 天放假`] : []),
  ];
  if (lost.length > 0 && duty.period !== 'day') {
    const left = `${period}按 ${owed.normal} ${unit}计，${lost.join('、')}，在岗 ${owed.present} ${unit}`;
    if (duty.partial === 'proportional') {
      const share =
        owed.present === 0
          ? ''
          : sayNumber(owed.exact) === sayNumber(owed.owed)
            ? `，按比例是 ${sayNumber(owed.exact)} ${measure}`
            : `，按比例是 ${sayNumber(owed.exact)} ${measure}，${ROUNDING[duty.rounding]} ${sayNumber(roundedOf(p))} ${measure}`;
      said.push(`${left}${share}。`);
    } else if (duty.partial === 'waived') {
      said.push(`${left}；不满一期的免去。`);
    } else {
      said.push(`${left}；不满一期也按全额算。`);
    }
  } else if (duty.period === 'day' && owed.owed === 0) {
    said.push(`这一天${owed.excused > 0 ? reasonsOf(p) : `不是${base}`}，不欠。`);
  }

  for (const date of owed.fixed) {
    if (date.off !== undefined && date.day !== date.original)
      said.push(`${sayRule(date)}逢${date.off}，改到 ${day(date.day!)}；当天去了也算。`);
  }
  for (const date of owed.waived) {
    said.push(
      date.day === undefined
        ? `${sayRule(date)}逢${date.off!}，免去。`
        : `${sayRule(date)}${date.day === date.original ? '' : `（改到 ${day(date.day)}）`}不在岗，这一天免去，不另补。`,
    );
  }
  if (owed.fixed.length > 0 && duty.fixedRule === 'among')
    said.push(
      `其中固定的日子：${owed.fixed.map((d) => day(d.day!)).join('、')}；另外 ${sayNumber(owed.free)} 天自己安排。`,
    );
  if (owed.fixed.length > 0 && duty.fixedRule === 'only')
    said.push(`只有这些日子算：${owed.fixed.map((d) => day(d.day!)).join('、')}。`);
  said.push(`${period}应完成 ${sayNumber(owed.owed)} ${measure}。`);
  return said;
}

/** The share after rounding, before fixed dates took from it. */
const roundedOf = ({ duty, owed }: Progress): number => {
  const by = owed.exact / duty.step;
  const steps =
    duty.rounding === 'up' ? Math.ceil(by - 1e-9) : duty.rounding === 'down' ? Math.floor(by + 1e-9) : Math.round(by);
  return steps * duty.step;
};

const reasonsOf = ({ excused }: Progress): string =>
  [...new Set(excused.map((e) => exceptionNames[e.type]))].join('、') || '不在岗';

/** What was counted. */
export function explainDone(p: Progress, today: string): string[] {
  const { duty, done, filled, evidence } = p;
  const measure = measureOf(duty);
  const days = [...new Set(evidence.map((e) => e.day))];
  const said = [
    evidence.length === 0
      ? '还没有算得上的记录。'
      : duty.period === 'day' || days.length > 10
        ? `已有 ${sayNumber(done)} ${measure}，来自 ${evidence.length} 条记录。`
        : `已有 ${sayNumber(done)} ${measure}：${days.map((d) => sayDay(d, today)).join('、')}，共 ${evidence.length} 条记录。`,
  ];
  for (const date of p.fixed) {
    if (duty.fixedRule === 'only') continue;
    if (date.metOn !== undefined) said.push(`${sayRule(date)}：去了（${sayDay(toDay(date.metOn), today)}）。`);
    else if (date.day! < toNumber(today)) said.push(`${sayRule(date)}：没有去，别的日子不能顶。`);
  }
  if (filled < done && p.owed.owed > 0 && filled < p.owed.owed)
    said.push(`自己安排的最多算 ${sayNumber(p.owed.free)} 天，多出来的不能顶固定的日子。`);
  else if (done > p.owed.owed && p.owed.owed > 0)
    said.push(`比应完成的多 ${sayNumber(done - p.owed.owed)} ${measure}。`);
  if (duty.evidence.confirmed) said.push('只算对方确认过的。');
  return said;
}

/** How it will end, and what to do. */
export function explainOutlook(p: Progress, today: string): string[] {
  const { duty, missing, daysLeft, outlook, projected, owed } = p;
  const measure = measureOf(duty);
  const base = duty.base === 'working' ? '个工作日' : '天';
  const next = p.fixed.find((d) => d.metOn === undefined && d.day! >= toNumber(today));
  const then =
    next === undefined
      ? []
      : [`${sayDay(toDay(next.day!), today)}（周${WEEKDAYS[weekday(toDay(next.day!)) - 1]!}）是固定的日子。`];
  switch (outlook) {
    case 'none':
      return ['这一期没有任务。'];
    case 'met':
      return ['已经完成。'];
    case 'missed':
      return [`这一期已经结束，差 ${sayNumber(missing)} ${measure}。`];
    case 'late':
      return [
        `还差 ${sayNumber(missing)} ${measure}，这一期已经补不齐了。有原因的，请申请请假或免去，由负责人批。`,
        ...then,
      ];
    case 'ahead-of-time':
      return ['还没开始。', ...then];
    case 'behind':
    case 'open': {
      const pace =
        daysLeft === 0
          ? `还差 ${sayNumber(missing)} ${measure}，工作日已经用完，休息日去也算。`
          : duty.evidence.count === 'days' || missing <= 1
            ? `还差 ${sayNumber(missing)} ${measure}，还有 ${daysLeft} ${base}。`
            : `还差 ${sayNumber(missing)} ${measure}，还有 ${daysLeft} ${base}，平均每天要 ${sayNumber(Math.ceil(p.perDay * 10) / 10)} ${measure}。`;
      const forecast =
        projected === undefined || owed.owed <= 1 || p.done === 0
          ? []
          : projected >= owed.owed
            ? [`照现在的进度，到期末能有 ${sayNumber(projected)} ${measure}，够。`]
            : [`照现在的进度，到期末只有 ${sayNumber(projected)} ${measure}，不够。`];
      return [pace, ...forecast, ...then];
    }
  }
}
