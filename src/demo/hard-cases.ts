import { addDays, dayOf } from '../calendar/days.ts';
import { sweepStream } from '../disputes/model.ts';
import { hardCaseStream } from '../hard-cases/model.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Official, Plan } from './model.ts';

const SCRAWL = '[[[20,60],[60,30],[110,80],[160,40]]]';
const FOUND = [
  ['water', '两个组为分水争执', '上游堵了分水口，下游三十来户浇不上地，吵过两回', ['many', 'again']],
  ['neighbours', '两家为排水沟争执', '沟从邻家墙脚过，下雨就渗水，都说是对方先挖的', ['again']],
  ['land', '山林界线说不清', '老界石没有了，两家都说那三棵杉树是自己的', ['long']],
  ['wages', '小工的工钱没有结清', '秋天在工地做了四十天，还差六千块，约好冬至前结', ['deadline']],
  ['contract', '鱼塘租期还没到要收回', '租了五年才第三年，说要收回去自己养', []],
] as const;
const VETERANS = [
  ['吴守义', 'veteran-member', '做过二十年村支书，司法局 2025 年培训合格', ['water', 'land']],
  ['周桂兰', 'veteran-official', '退休妇联主任，调过三百多件家事', ['family', 'neighbours']],
  ['陈明理', 'lawyer', '法律工作者，执业 12 年', []],
] as const;
const PLAN = '先把前几次答复对一遍，再请有关单位到现场，一周内给本人一个说法，以后每月回头看一次。';
const ACTS = [
  ['met', '在他家院子里谈了一上午，三条意见都记下了'],
  ['site', '到现场看了三处，量了尺寸，和组长对了当年的情况'],
  ['coordinated', '把两个单位叫到一起，定了谁出钱、谁出工'],
] as const;

const earlier = (a: string, b: string): string => (a < b ? a : b);
const later = (a: string, b: string): string => (a > b ? a : b);

/**
 * Sweeps, disputes and mediation in the demo county, and hard cases with a campaign to clear old ones. Every step is a
 * command given to the ledger, as in life.
 * @returns how many events came of it
 */
export async function settleDisputes(ledger: Ledger, county: number, plan: Plan): Promise<number> {
  const today = dayOf(plan.until);
  const person = (id: string): Official => plan.officials.find((o) => o.id === id)!;
  const { head, clerk, field, leader, inspector } = plan.faces;
  const versions = new Map<string, number>();
  let events = 0;
  let given = 0;
  const give = async (
    official: string,
    day: string,
    record: string,
    stream: string,
    command: { kind: string } & Record<string, unknown>,
  ): Promise<readonly { record: string; stream: string }[]> => {
    const before = versions.get(stream) ?? (await ledger.read(county, record, stream)).version;
    const verdict = await ledger.execute({
      county,
      id: idOf('demo disputes', String((given += 1))),
      record,
      stream,
      command,
      at: day === today ? plan.until : `${day}T02:00:00.000Z`,
      actor: official,
      units: [person(official).unit],
      permit: () => true,
    });
    if (isRefusal(verdict))
      throw new Error(`${command.kind} of the demo was refused: ${verdict.refused} ${verdict.field ?? ''}`);
    // What follows is a record of its own each time, and begins with one event.
    events += verdict.version - before + verdict.followed.length;
    versions.set(stream, verdict.version);
    for (const followed of verdict.followed) versions.set(followed.stream, 1);
    return verdict.followed;
  };
  const unit = person(head).unit;
  const township = plan.units.find((u) => u.id === unit)!.area;
  const villages = plan.areas.filter((a) => a.level === 'village' && a.parent === township).slice(0, 5);
  const id = (...words: string[]): string => idOf('demo disputes', ...words);
  const swept = plan.units.filter((u) => u.kind === 'department' || u.kind === 'township-government');
  const month = today.slice(0, 7);
  const lastMonth = addDays(`${month}-01`, -1).slice(0, 7);

  for (const [i, [name, background, qualification, abouts]] of VETERANS.entries())
    await give(clerk, addDays(today, -100), 'mediator', id('mediator', String(i)), {
      kind: 'mediator.enrol',
      name,
      phone: `1900000${3000 + i}`,
      background,
      types: i === 2 ? ['people', 'administrative', 'judicial'] : ['people'],
      area: township,
      unit,
      qualification,
      abouts,
      until: addDays(today, 260),
    });

  // Most units have returned the last month, some with nothing found; of this month some have.
  for (const [i, of] of swept.entries()) {
    const official = plan.officials.find((o) => o.unit === of.id)?.id;
    if (official === undefined || of.id === unit) continue;
    for (const [period, owes] of [
      [lastMonth, i % 9 === 4],
      [month, i % 3 !== 0],
    ] as const)
      if (!owes)
        await give(
          official,
          period === month ? later(addDays(today, -1), `${month}-01`) : earlier(`${month}-03`, today),
          'sweep',
          sweepStream(county, of.id, 'month', period),
          {
            kind: 'sweep.return',
            unit: of.id,
            mode: 'month',
            period,
            looked: '各股室和窗口都问了一遍，看了来信来访',
          },
        );
  }

  await give(head, earlier(`${month}-04`, today), 'sweep', sweepStream(county, unit, 'month', lastMonth), {
    kind: 'sweep.return',
    unit,
    mode: 'month',
    period: lastMonth,
    looked: '十二个村都走到了，问了组长、小卖部和卫生室',
  });
  // Found while sweeping these days; the return of that month is still to come.
  const period = addDays(today, -10).slice(0, 7);
  const sweep = sweepStream(county, unit, 'month', period);
  const disputes: string[] = [];
  for (const [i, [about, subject, words, signs]] of FOUND.entries()) {
    const day = addDays(today, about === 'wages' ? -5 : -10);
    const by = { unit, person: i % 2 === 0 ? field : head, due: addDays(day, about === 'wages' ? 3 : 14) };
    const told = { about, subject, words, area: villages[i % villages.length]!.id, signs };
    const stream = id('dispute', about);
    // In the first days of a month the last one has been returned: what is found then is registered by itself.
    if (period === month) {
      const [followed] = await give(field, day, 'sweep', sweep, {
        kind: 'sweep.find',
        unit,
        mode: 'month',
        period,
        into: 'dispute',
        ...told,
        by,
      });
      disputes.push(followed!.stream);
    } else {
      await give(field, day, 'dispute', stream, { kind: 'dispute.register', ...told, ...by });
      disputes.push(stream);
    }
  }

  // One settled by an agreement that is being kept, one waiting for the second signature, one handed on.
  const [water, ditch, land, wages] = disputes as [string, string, string, string, string];
  const from = addDays(today, -9);
  const mediate = async (dispute: string, mediator: number, names: readonly string[], day: string): Promise<void> => {
    await give(field, day, 'dispute', dispute, {
      kind: 'dispute.open-mediation',
      type: 'people',
      mediator: id('mediator', String(mediator)),
      parties: names.map((name) => ({ name })),
    });
    for (const party of names.keys())
      await give(field, day, 'dispute', dispute, { kind: 'dispute.consent', party, agrees: true, signature: SCRAWL });
    await give(field, addDays(day, 1), 'dispute', dispute, {
      kind: 'dispute.hold',
      day: addDays(day, 1),
      where: '村调解室',
      present: [0, 1],
      said: [
        { party: 0, words: '不是不让，是今年水本来就少' },
        { party: 1, words: '往年都是单双日轮着来，今年没有人说' },
      ],
      note: '两边都愿意照往年的办法，差在谁来开口子',
    });
  };
  await mediate(water, 0, ['上游组（陈大河）', '下游组（周小满）'], from);
  await give(field, addDays(from, 2), 'dispute', water, {
    kind: 'dispute.draft',
    facts: '分水口往年单双日轮放，今年上游堵了口子，下游三十来户浇不上地。',
    terms: [
      { by: 0, what: '拆掉堵口的石头，单日放水，双日不动', due: addDays(today, -2) },
      { by: 1, what: '冬修时出八个工清下游 200 米', due: addDays(today, 2) },
    ],
  });
  for (const party of [0, 1])
    await give(field, addDays(from, 2), 'dispute', water, { kind: 'dispute.sign', party, signature: SCRAWL });
  await give(field, addDays(today, -2), 'dispute', water, {
    kind: 'dispute.perform',
    term: 0,
    done: true,
    words: '石头当天一起拆的',
  });
  await give(field, addDays(today, -1), 'dispute', water, {
    kind: 'dispute.say-term',
    term: 0,
    party: 1,
    done: true,
    words: '水来了',
    signature: SCRAWL,
  });
  await mediate(ditch, 1, ['陈家', '李家'], addDays(today, -4));
  await give(field, addDays(today, -2), 'dispute', ditch, {
    kind: 'dispute.draft',
    facts: '排水沟从李家墙脚过，雨天渗水，两家都说沟是对方先挖的。',
    terms: [
      { by: 0, what: '把沟往外移半米，用水泥抹面', due: addDays(today, 12) },
      { by: 1, what: '出一半的工钱，300 元', due: addDays(today, 12) },
    ],
  });
  await give(field, addDays(today, -2), 'dispute', ditch, { kind: 'dispute.sign', party: 0, signature: SCRAWL });
  const forest =
    plan.units.find((u) => u.kind === 'department' && u.name.includes('林'))?.id ?? person(plan.faces.handler).unit;
  await give(head, addDays(today, -1), 'dispute', land, {
    kind: 'dispute.hand-over',
    unit: forest,
    reason: '要查林权档案、到山上认界，请行政调解',
    type: 'administrative',
  });
  await give(head, addDays(today, -3), 'dispute', wages, {
    kind: 'dispute.settle',
    how: '包工头当场转了六千块，小工说收到了',
  });

  // Forty old matters of the county, some with a leader each.
  const old = await ledger.query<{ id: string; status: string }>(
    'demo.old-matters',
    `select id, status from matter where county = $1 and open and registered_at < $2::timestamptz - interval '75 days'
      order by status = 'resolved' desc, registered_at, id limit 40`,
    [county, plan.until],
  );
  if (old.length < 4) return events;
  const campaign = id('campaign');
  const began = addDays(today, -24);
  await give(leader, began, 'backlog', campaign, {
    kind: 'backlog.open',
    name: '年底清案行动',
    area: plan.areas.find((a) => a.level === 'county')!.id,
    olderThan: 45,
    reopened: 0,
    until: addDays(today, 40),
    source: '县委办〔2026〕21 号（演示）',
  });
  const inStock = new Set(
    (
      await ledger.query<{ matter: string }>(
        'demo.stock',
        'select matter from backlog_item where county = $1 and backlog = $2',
        [county, campaign],
      )
    ).map(({ matter }) => matter),
  );
  const owned = old.filter((m) => inStock.has(m.id)).slice(0, 9);
  for (const [share, of] of [
    [owned.slice(0, 6), leader],
    [owned.slice(6), head],
  ] as const)
    if (share.length > 0)
      await give(leader, began, 'backlog', campaign, {
        kind: 'backlog.share',
        matters: share.map((m) => m.id),
        leader: of,
      });
  for (const [i, matter] of owned.entries()) {
    // One was only shared out and still waits for its leader.
    if (i === 5) continue;
    const of = i < 6 ? leader : head;
    const stream = hardCaseStream(matter.id);
    await give(of, addDays(began, 1), 'hard-case', stream, {
      kind: 'hard-case.adopt',
      matter: matter.id,
      team: [{ official: field, task: '跑现场、记进展' }],
      plan: PLAN,
      until: addDays(today, i === 3 ? -1 : 20 + i),
    });
    for (const [n, [sort, words]] of ACTS.entries()) {
      if (n > i % 4) continue;
      const byStaff = n === 2;
      await give(n === 1 ? field : of, addDays(began, 3 + 6 * n), 'hard-case', stream, {
        kind: 'hard-case.act',
        sort,
        day: addDays(began, 3 + 6 * n),
        words,
        ...(byStaff ? { by: field } : {}),
      });
    }
    if (i % 4 === 3)
      await give(of, addDays(began, 10), 'hard-case', stream, { kind: 'hard-case.vouch', act: 1, mine: true });
  }
  if (owned.length > 4)
    await give(leader, addDays(today, -2), 'hard-case', hardCaseStream(owned[4]!.id), {
      kind: 'hard-case.hand-over',
      leader: head,
      reason: '剩下的两处都在柳河镇，由镇里牵头更近',
    });
  for (const matter of owned.filter((m) => m.status === 'resolved').slice(0, 3))
    await give(inspector, addDays(today, -3), 'matter', matter.id, {
      kind: 'matter.call-back',
      outcome: 'confirmed',
      score: 5,
      words: '办好了，能用了，谢谢你们记着',
    });
  return events;
}
