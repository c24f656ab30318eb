import { addDays, dayOf } from '../calendar/days.ts';
import type { CategoryTree } from '../catalogue/model.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Policies } from '../ledger/record.ts';
import { bulletinStream } from '../orders/tables.ts';
import type { Plan } from './model.ts';

interface InHand {
  readonly id: string;
  readonly unit: string;
  readonly handler: string;
  readonly due: string;
}

const PARTS = [
  ['到现场核实，说清本单位管哪一部分、几天办完', '已到现场核过，属于本单位的部分排在本周，五天办完。'],
  ['查清本单位经手的材料，缺的补上', '材料已核对，缺的两份当天补齐，交主办单位。'],
  ['派人参加联合处理，定下分工', undefined],
  ['出具本单位的意见，供统一答复', undefined],
] as const;
const RAISED = [
  ['joint', undefined, 'departments', '牵涉几个部门，单靠一家定不了'],
  ['prefecture', '阿坝州联席会议', 'county-line', '事情跨了县界，要州里协调'],
  ['office', undefined, 'common', '好几个村都反映，要统一定办法'],
] as const;
/** Form, source, who gave it, what, how many days ago, in how many days, what became of it, and whose work it is. */
const ORDERS = [
  ['assignment', 'province', '省信访局', '请查清北渠两年没有清淤的原因，拿出办法并回复群众', -40, 30, 'done', '水利'],
  ['assignment', 'prefecture', '州信访局', '请核实高龄津贴迟发的户数，逐户补发到位', -33, 20, 'done', '民政'],
  ['assignment', 'nation', '国家信访局', '请妥善处理安置房迟交的问题，按期报告结果', -25, 50, 'open', '住房'],
  ['instruction', 'county-first', '县委书记', '冬灌前把主干渠全部清通，月底我去看', -12, 20, 'reported', '水利'],
  ['instruction', 'county-leader', '分管副县长', '大病救助的几户，一户一户过，该补的补到位', -20, 14, 'late', '民政'],
  ['supervision', 'inspectorate', '督查室', '三起超期很久的路面塌陷，说明原因，定下办完的日子', -9, 12, 'open', '交通'],
] as const;

/**
 * What happened in the demo county among units, upward and from above: parts asked and answered, matters handed up,
 * instructions and supervision orders, last month's check with its bulletin, and a policy that changed. Every step is a
 * command given to the ledger, as in life.
 * @returns how many events came of it
 */
export async function handleAmongUnits(
  ledger: Ledger,
  policies: Policies,
  county: number,
  plan: Plan,
): Promise<number> {
  const { until, faces } = plan;
  const today = dayOf(until);
  const counted = async (): Promise<number> =>
    (
      await ledger.query<{ n: number }>('demo.events', 'select count(*)::int as n from event where county = $1', [
        county,
      ])
    )[0]!.n;
  const before = await counted();
  let given = 0;
  const give = async (
    actor: string,
    at: string,
    record: string,
    stream: string,
    command: { kind: string } & Record<string, unknown>,
  ): Promise<void> => {
    const units = plan.officials.filter(({ id }) => id === actor).map(({ unit }) => unit);
    const id = idOf('demo handling', String((given += 1)));
    const verdict = await ledger.execute({ county, id, record, stream, command, at, actor, units, permit: () => true });
    if (isRefusal(verdict))
      throw new Error(`${command.kind} of the demo was refused: ${verdict.refused} ${verdict.field ?? ''}`);
  };
  const morning = (day: string): string => (day < today ? `${day}T01:30:00.000Z` : until);
  const at = (days: number): string => morning(addDays(today, days));

  const inHand = await ledger.query<InHand>(
    'demo.in-hand',
    `select id, unit, handler, (due at time zone 'Asia/Shanghai')::date as due from matter
      where county = $1 and status = 'handling' and not paused and handler is not null and returns = 0
        and due > $2::timestamptz + interval '2 days' order by unit = $3 desc, due, id limit 12`,
    [county, until, plan.officials.find(({ id }) => id === faces.handler)!.unit],
  );
  const others = plan.units.filter(({ kind }) => kind === 'department').map(({ id }) => id);
  const staffOf = (unit: string): string | undefined =>
    plan.officials.find((o) => o.unit === unit && o.roles.includes('handler'))?.id;
  const own = plan.officials.find(({ id }) => id === faces.handler)!.unit;

  for (const [n, matter] of inHand.slice(0, 6).entries()) {
    // Some of the demo handler's matters have co-handlers, and of some of others' they are one.
    const helpers = others.filter((unit) => unit !== matter.unit && unit !== own && staffOf(unit) !== undefined);
    const units = [...(matter.unit === own ? [] : [own]), ...helpers.slice(n, n + 2)].slice(0, 2);
    for (const [i, unit] of units.entries()) {
      const [task, answer] = PARTS[(n + i) % PARTS.length]!;
      const due = matter.due < addDays(today, 4) ? matter.due : addDays(today, 4);
      await give(matter.handler, until, 'matter', matter.id, { kind: 'matter.share', unit, task, due });
      if (answer !== undefined)
        await give(staffOf(unit)!, until, 'matter', matter.id, { kind: 'matter.answer-part', part: i, text: answer });
    }
  }
  // The county's own joint meeting: one was held this week and decided a matter; the next is called for the end of it.
  const [seat] = await ledger.query<{ desk: string; area: string }>(
    'demo.desk',
    'select c.desk, u.area from county c join unit u on u.county = c.county and u.id = c.desk where c.county = $1',
    [county],
  );
  const joint = idOf('demo joint', String(county));
  await give(faces.leader, at(-90), 'standing-group', joint, {
    kind: 'standing-group.found',
    form: 'joint',
    name: '县信访联席会议',
    purpose: '协调跨部门、跨乡镇的事，定牵头单位和日子',
    area: seat!.area,
    office: seat!.desk,
    source: '县委办〔2026〕11 号',
    since: addDays(today, -90),
  });
  await give(faces.leader, at(-90), 'standing-group', joint, {
    kind: 'standing-group.seat',
    official: faces.leader,
    seat: 'chair',
    since: addDays(today, -90),
  });
  const convene = (meeting: string, called: number, day: number): Promise<void> =>
    give(faces.leader, at(called), 'meeting', meeting, {
      kind: 'meeting.call',
      template: 'petition-joint',
      unit: seat!.desk,
      group: joint,
      day: addDays(today, day),
      from: '09:30',
      place: '县信访局二楼会议室',
      chair: faces.leader,
      recorder: faces.inspector,
      invited: [faces.handler, faces.head],
    });
  const [held, next] = [idOf('demo joint', 'held'), idOf('demo joint', 'next')];
  await convene(held, -6, -2);
  const settled = inHand[6 + RAISED.length];
  if (settled !== undefined) {
    const raised = addDays(today, -3);
    await give(settled.handler, morning(raised), 'matter', settled.id, {
      kind: 'matter.raise',
      rung: 'joint',
      ground: 'departments',
      reason: '要两家一起出钱出人，自己商量不下来',
      askOn: addDays(today, 7),
    });
    const lead = staffOf(settled.unit)!;
    await give(faces.leader, at(-2), 'meeting', held, {
      kind: 'meeting.hold',
      present: [faces.leader, faces.inspector, faces.handler, faces.head],
      absent: [],
      items: [{ words: '通报积案办理情况' }],
      decisions: [
        {
          words: '原单位牵头，另一家出人出料，办完一起给群众答复',
          unit: settled.unit,
          official: lead,
          due: addDays(today, 6),
          matter: settled.id,
          parts: others.filter((unit) => unit !== settled.unit && staffOf(unit) !== undefined).slice(0, 1),
        },
      ],
    });
  }
  await convene(next, -1, 3);
  for (const [n, [rung, body, ground, reason]] of RAISED.entries()) {
    const matter = inHand[6 + n];
    if (matter === undefined) continue;
    await give(matter.handler, until, 'matter', matter.id, {
      kind: 'matter.raise',
      rung,
      ...(body === undefined ? {} : { body }),
      ground,
      reason,
      askOn: addDays(today, 5 + 4 * n),
    });
  }

  const inspector = faces.inspector;
  const leader = faces.leader;
  const orders = ORDERS.map(([, , , text]) => idOf('demo order', text));
  const unitOf = (word: string): string =>
    plan.units.find(({ id, name, kind }) => kind === 'department' && name.includes(word) && staffOf(id) !== undefined)
      ?.id ?? own;
  for (const [n, [form, source, from, text, since, days, becomes, word]] of ORDERS.entries()) {
    const unit = unitOf(word);
    const staff = staffOf(unit) ?? faces.handler;
    const giver = form === 'instruction' ? { giver: leader } : {};
    await give(inspector, at(since), 'order', orders[n]!, {
      kind: 'order.issue',
      form,
      source,
      from,
      ...giver,
      text,
      unit,
      due: addDays(today, since + days),
    });
    if (becomes === 'open' || becomes === 'late') continue;
    await give(staff, at(since + 12), 'order', orders[n]!, {
      kind: 'order.feed-back',
      words: '已查清原因，资金列入年度计划，群众已经当面答复。',
      final: true,
    });
    if (becomes === 'done')
      await give(inspector, at(since + 15), 'order', orders[n]!, {
        kind: 'order.judge',
        done: true,
        words: '来文单位电话认可',
      });
  }
  await give(inspector, at(-2), 'order', orders[4]!, { kind: 'order.remind', words: '已经过了日子，请今天报' });

  const month = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
  await give(inspector, morning(`${today.slice(0, 7)}-01`), 'order', orders[2]!, {
    kind: 'order.check',
    month,
    finding: 'slow',
    words: '方案报了两次，还没有定施工单位',
  });
  await give(inspector, morning(`${today.slice(0, 7)}-01`), 'bulletin', bulletinStream(county, month), {
    kind: 'bulletin.publish',
    month,
    words: '上月批示件和重要信访事项逐件查过，进度慢的单位要在本月报出办完的日子。',
  });

  const [barred] = await ledger.query<{ policy: string }>(
    'demo.barred',
    `select max(policy) as policy from matter where county = $1 and disposition = 'not-permitted' and policy is not null
      group by policy order by count(*) desc, policy limit 1`,
    [county],
  );
  if (barred !== undefined)
    await give(faces.clerk, until, 'policy-change', idOf('demo change', barred.policy), {
      kind: 'policy-change.announce',
      policy: barred.policy,
      what: '条件放宽，以前不符合的可以重新核对、重新申请。',
      source: '清河县人民政府办公室〔2026〕41 号',
      validFrom: today,
    });

  const [bounce] = await ledger.query<{ category: string; better_unit: string }>(
    'demo.bounce',
    `select b.category, b.better_unit from matter_bounce b join unit u on u.county = b.county and u.id = b.better_unit
      where b.county = $1 and b.decided_unit = b.better_unit and u.kind = 'department' and b.category is not null
      group by b.category, b.better_unit order by count(*) desc, b.category, b.better_unit limit 1`,
    [county],
  );
  const known = policies.get<CategoryTree>('categories').categories.some(({ id }) => id === bounce?.category);
  if (bounce !== undefined && known)
    await give(faces.clerk, until, 'route-change', idOf('demo route', bounce.category), {
      kind: 'route-change.propose',
      category: bounce.category,
      level: 'county',
      unit: bounce.better_unit,
      reason: '这一类常退常成立，目录里改过来就少走一趟',
    });
  return (await counted()) - before;
}
