import { type Counted, DutiesPolicy, type DutyTemplate, DutyTemplate as Duty, Whom } from '../duties/model.ts';
import { type Measure, type Party, type Plan, type Quota, ruleOf } from './model.ts';
import { asksFrom } from './plan.ts';

/**
 * What a campaign leaves behind: its lasting quotas as duties of the county's document (row B5, B3; Y1). Pure.
 *
 * From then on the duties' engine alone asks for them, counts them and explains them, for whoever holds such a post on
 * that day; the campaign that is over counts nothing any more, so nothing is asked or counted twice.
 */

/** How a person's own share of a measure is counted by a duty. What a campaign counts of all together is no person's. */
const COUNTED: Partial<Record<Measure, Counted>> = {
  households: 'subjects',
  visits: 'entries',
  days: 'days',
  activities: 'entries',
  deeds: 'entries',
  symposia: 'entries',
  talks: 'entries',
  reports: 'entries',
  aid: 'amount',
};

/** The engine's terms of a quota that each person owes by the month: for a campaign while it runs, and for the duty after it. */
export const termsOf = (quota: Quota) =>
  ({
    name: quota.title,
    amount: quota.amount,
    of: 'number',
    joint: false,
    inUse: true,
    differences: [],
    period: 'month',
    fixed: quota.dates.map((date) => ({ on: 'date' as const, date })),
    fixedRule: 'among',
    dayOff: 'move',
    noMeetings: quota.dates.length > 0,
    partial: 'proportional',
    base: 'calendar',
    // Nobody is asked for more than the days they took part in.
    rounding: 'down',
    step: 1,
    source: quota.source,
    confidence: quota.confidence,
  }) satisfies Partial<DutyTemplate>;

/**
 * Whether whoever does what a duty asks of the month has done what the quota asks, by the same records: so that it need
 * not be asked a second time.
 * @param usual what the duty asks of them in a whole month
 */
export function asksTheSame(duty: DutyTemplate, quota: Quota, usual: number): boolean {
  const { kinds, count } = ruleOf(quota.measure);
  return (
    duty.inUse &&
    !duty.joint &&
    duty.of === 'number' &&
    duty.period === 'month' &&
    quota.per === 'month' &&
    quota.of === 'person' &&
    duty.evidence.count === (COUNTED[quota.measure] ?? count) &&
    duty.evidence.kinds.every((kind) => kinds.includes(kind)) &&
    usual >= quota.amount &&
    quota.dates.every((date) => duty.fixed.some((f) => f.on === 'date' && f.date === date))
  );
}

/** Whom a party by post means, as duties say it: held in the campaign's place. */
const whomOf = (party: Party, area: string): Whom => ({
  areas: [area],
  roles: party.roles,
  ...(party.level === undefined ? {} : { levels: [party.level] }),
  ...(party.unit === undefined ? {} : { unitTypes: [party.unit] }),
  ...(party.titles === undefined || party.titles.length === 0 ? {} : { titles: party.titles }),
});

const sameWhom = (a: Whom, b: Whom): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * The duties that ask the same of everybody they mean: each by itself, or leaving out only those whom one of these asks.
 * @param day on which they have to be in force, without an end
 */
function askingTheSame(duties: readonly DutyTemplate[], quota: Quota, day: string): DutyTemplate[] {
  const lasting = duties.filter(
    (duty) => duty.validFrom <= day && duty.validTo === undefined && asksTheSame(duty, quota, duty.amount),
  );
  const asksAll = (duty: DutyTemplate, but: readonly DutyTemplate[]): boolean =>
    duty.differences.every((d) => d.amount >= quota.amount || but.some((other) => sameWhom(other.who, d.who)));
  const whole = lasting.filter((duty) => asksAll(duty, []));
  return lasting.filter((duty) => asksAll(duty, whole));
}

/** What is handed over, on which day. */
export interface Ending {
  /** The campaign's own id, which keeps the ids of its duties apart from those of others. */
  readonly campaign: string;
  readonly name: string;
  readonly area: string;
  readonly plan: Plan;
  readonly from: string;
  readonly until: string;
  /** First day on which they are owed: nobody owes for days before it was decided. */
  readonly since: string;
}

/**
 * The duties a campaign's lasting quotas become, put into a document of duties. Whom another duty of it asks for the same
 * is not asked again; where that one means the very same people, it is the duty the quota lives on as.
 * @returns undefined where a quota cannot be a duty of persons by the month, or the document takes no more
 */
export function handedInto(
  document: DutiesPolicy,
  ending: Ending,
): { ids: string[]; document: DutiesPolicy } | undefined {
  const { plan, since } = ending;
  const quotas = plan.handOver?.quotas ?? [];
  const ids: string[] = [];
  const duties = [...document.duties];
  for (const quota of quotas) {
    const count = COUNTED[quota.measure];
    const party = plan.parties.find((p) => p.code === quota.party);
    if (count === undefined || quota.per !== 'month' || party?.by !== 'post' || party.roles.length === 0)
      return undefined;
    // Parsed, so that it reads as the document's own do.
    const who = Whom.parse(whomOf(party, ending.area));
    const validFrom = asksFrom(quota, since);
    const same = askingTheSame(document.duties, quota, validFrom);
    const already = same.find((duty) => sameWhom(duty.who, who));
    if (already !== undefined) {
      ids.push(already.id);
      continue;
    }
    const made = Duty.safeParse({
      ...termsOf(quota),
      id: `${plan.code}-${quota.code}`.slice(0, 52).replace(/-$/, '') + `-${ending.campaign.slice(-8)}`,
      name: quotas.length === 1 ? plan.handOver!.title : quota.title,
      who,
      evidence: { kinds: ruleOf(quota.measure).kinds, confirmed: false, count },
      differences: same.map((duty) => ({ who: duty.who, amount: 0, why: `“${duty.name}”已要求同样的` })),
      source: `${quota.source}；由活动“${ending.name}”（${ending.from} 至 ${ending.until}）转来`.slice(0, 500),
      ...(same.length === 0
        ? {}
        : {
            note: `${same.map((d) => `“${d.name}”`).join('、')}要求的人不重复要求；那一项停用时，请一并改这里的例外。`,
          }),
      validFrom,
    });
    if (!made.success) return undefined;
    duties.push(made.data);
    ids.push(made.data.id);
  }
  const whole = DutiesPolicy.safeParse({ ...document, duties });
  return whole.success && ids.length > 0 ? { ids, document: whole.data } : undefined;
}
