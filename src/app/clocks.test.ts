import { describe, expect, test } from 'vitest';
import { toNumber, workingDays } from '../calendar/days.ts';
import { type SweepsPolicy, disputePolicies } from '../disputes/model.ts';
import { periodsOn } from '../disputes/sweeps.ts';
import {
  DutiesPolicy,
  type DutyTemplate,
  type HeldPost,
  type Person,
  dutyPolicies,
  type evidenceKinds,
  outKinds,
} from '../duties/model.ts';
import { periodAt } from '../duties/periods.ts';
import { owedIn, standingOf } from '../duties/rules.ts';
import { measureRules } from '../campaigns/model.ts';
import { records } from './features.ts';

/**
 * The duties of the documents that concern going out, each with its number, as one list: what is on it and has no
 * template fails here, whoever takes a template away or changes its number.
 */
const post = {
  unit: '00000000-0000-4000-8000-000000000011',
  leads: false,
  areas: [],
  since: '2020-01-01',
  until: null,
  title: '',
} as const;
const held = (over: Partial<HeldPost>): Person => ({
  id: '00000000-0000-4000-8000-000000000001',
  name: '某人',
  title: '',
  posts: [{ ...post, role: 'field', unitType: 'township', level: 'township', ...over }],
  assignments: [],
  exceptions: [],
  acting: [],
  households: [],
});
const leader = (title: string): Person => held({ role: 'leader', unitType: 'department', level: 'county', title });
const office = held({ role: 'handler', unitType: 'department', level: 'county' });
const township = held({});
const townHead = held({ role: 'head', leads: true });
const departmentHead = held({ role: 'head', unitType: 'department', level: 'county', leads: true });

interface Named {
  /** As the documents name it. */
  readonly duty: string;
  readonly template: string;
  readonly who: readonly Person[];
  readonly amount: number;
  readonly per: DutyTemplate['period'];
  readonly more?: Partial<DutyTemplate>;
}

const MONDAYS_AND_MARKETS = { fixed: [{ on: 'weekday', weekday: 1 }, { on: 'market' }], fixedRule: 'only' } as const;
const named: readonly Named[] = [
  { duty: '市级班子接访', template: 'reception-city', who: [leader('市委常委')], amount: 1, per: 'quarter' },
  {
    duty: '县委书记、县长接访',
    template: 'reception-leaders',
    who: [leader('县委书记'), leader('县长')],
    amount: 1,
    per: 'month',
  },
  {
    duty: '其他县领导接访',
    template: 'reception-leaders',
    who: [leader('副县长'), leader('县委副书记'), leader('县委常委')],
    amount: 2,
    per: 'month',
  },
  {
    duty: '另一地：市（州）领导每周一人接访',
    template: 'reception-turns-city',
    who: [leader('副市长')],
    amount: 1,
    per: 'week',
    more: { joint: true, inUse: false },
  },
  {
    duty: '另一地：县领导每天一人接访',
    template: 'reception-turns',
    who: [leader('副县长')],
    amount: 1,
    per: 'day',
    more: { joint: true, inUse: false },
  },
  {
    duty: '部门、乡镇负责人周一或集日接访',
    template: 'reception-heads',
    who: [townHead, departmentHead],
    amount: 1,
    per: 'week',
    more: MONDAYS_AND_MARKETS,
  },
  { duty: '乡镇干部驻村', template: 'village-days', who: [township], amount: 4, per: 'week' },
  {
    duty: '机关干部下基层，其中 28 日',
    template: 'grassroots-days',
    who: [office],
    amount: 2,
    per: 'month',
    more: { fixed: [{ on: 'date', date: 28 }], fixedRule: 'among', noMeetings: true },
  },
  { duty: '市县机关劳动', template: 'labour', who: [office], amount: 10, per: 'year', more: { step: 0.5 } },
  { duty: '乡镇劳动', template: 'labour', who: [township, townHead], amount: 24, per: 'year' },
  {
    duty: '县领导和负责人蹲点调研两个月',
    template: 'field-study',
    who: [leader('副县长'), departmentHead, townHead],
    amount: 60,
    per: 'year',
  },
  {
    duty: '县领导和负责人调研报告 1—2 篇',
    template: 'study-report',
    who: [leader('副县长'), departmentHead, townHead],
    amount: 1,
    per: 'year',
    more: { upTo: 2 },
  },
  {
    duty: '县领导解决联系点疑难问题 2—3 个',
    template: 'hard-problems',
    who: [leader('副县长')],
    amount: 2,
    per: 'year',
    more: { upTo: 3 },
  },
  { duty: '驻村干部日记一天一记', template: 'diary-day', who: [township], amount: 1, per: 'day' },
  { duty: '驻村干部日记一周一梳理', template: 'diary-week', who: [township], amount: 1, per: 'week' },
  { duty: '驻村干部日记一月一汇总', template: 'diary-month', who: [township], amount: 1, per: 'month' },
  { duty: '乡镇驻村工作点评会', template: 'review-meeting', who: [townHead], amount: 1, per: 'month' },
  { duty: '联席会议', template: 'joint-meeting', who: [townHead, departmentHead], amount: 1, per: 'quarter' },
  { duty: '周例会', template: 'weekly-meeting', who: [townHead], amount: 1, per: 'week' },
  { duty: '旬学习', template: 'ten-day-study', who: [townHead], amount: 1, per: 'ten-days' },
  { duty: '月小结', template: 'month-summary', who: [townHead], amount: 1, per: 'month' },
];

const { duties } = DutiesPolicy.parse(dutyPolicies[0]!.standard.document);
// A year nobody published yet: the weekly pattern, so that no holiday shortens a week.
const working = workingDays({ years: {} });
const WEDNESDAY = toNumber('2031-03-12');

describe('[B3] the duties of the documents that concern going out', () => {
  test.each(named.map((n) => [n.duty, n] as const))('%s', (_, { template, who, amount, per, more }) => {
    const duty = duties.find((d) => d.id === template)!;
    expect(duty, `${template} is not shipped`).toBeDefined();
    expect(duty).toMatchObject({ period: per, ...more });
    const period = periodAt(per, WEDNESDAY);
    for (const person of who) {
      const standing = standingOf({ ...duty, inUse: true }, person, period);
      expect([person.posts[0]!.title, owedIn(duty, standing, period, working).owed]).toEqual([
        person.posts[0]!.title,
        amount,
      ]);
    }
  });

  test('every template that is shipped is on the list, or is the county’s own start', () => {
    const listed = new Set(named.map((n) => n.template));
    expect(duties.filter((d) => !listed.has(d.id)).map((d) => [d.id, d.confidence])).toEqual([['coverage', 'C']]);
  });

  test('[E1] every unit sweeps once a month, and each day of a set period', () => {
    const sweeps = disputePolicies.find((p) => p.name === 'sweeps')!.standard.document as SweepsPolicy;
    const [set] = sweeps.periods;
    const modes = (day: string) => periodsOn(day, sweeps).filter((p) => p.from <= day && day <= p.to);
    expect(modes('2026-11-10').filter((p) => p.mode === 'month')).toHaveLength(1);
    expect(modes('2026-11-10').filter((p) => p.mode === 'day')).toHaveLength(0);
    expect(modes(set!.from).filter((p) => p.mode === 'day')).toHaveLength(1);
  });

  test('what counts is written by a record, never typed: every kind of evidence has one', () => {
    const writers: Record<keyof typeof evidenceKinds, string> = {
      visit: 'visit',
      call: 'visit',
      labour: 'labour',
      reception: 'reception-day',
      outreach: 'outreach',
      'study-day': 'study',
      'study-report': 'study',
      'hard-problem': 'matter',
      'policy-talk': 'talk',
      'festival-visit': 'gift',
      'place-check': 'premise',
      meeting: 'meeting',
      'review-meeting': 'meeting',
      'weekly-meeting': 'meeting',
      'study-session': 'meeting',
      'month-summary': 'meeting',
      'joint-meeting': 'meeting',
      symposium: 'occasion',
      branch: 'occasion',
      deed: 'occasion',
      mediation: 'occasion',
      firm: 'occasion',
      aid: 'occasion',
    };
    const writing = new Set(records.filter((r) => r.tables.some((t) => t.name === 'evidence')).map((r) => r.name));
    expect(new Set(Object.values(writers))).toEqual(writing);
    // A day out is the same day for a duty and for a campaign.
    expect(measureRules.days.kinds).toBe(outKinds);
    for (const duty of duties) for (const kind of duty.evidence.kinds) expect(Object.keys(writers)).toContain(kind);
  });
});
