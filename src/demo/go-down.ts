import { addDays, dayOf } from '../calendar/days.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { policyStream } from '../policy/tables.ts';
import { premiseStream } from '../premises/model.ts';
import { type WhereFirstPolicy, visitPolicies } from '../visits/model.ts';
import { giverOf } from './give.ts';
import type { Official, Plan } from './model.ts';

const POLICIES = [
  [
    '冬季取暖补贴怎么领',
    '低保户、五保户每户每年 600 元。带身份证和低保证，到村委会填一张表，十天内打到卡上。',
    '清河县民政局〔2026〕8 号',
  ],
  [
    '高龄津贴从几岁开始',
    '满 80 岁每月 100 元，满 90 岁每月 200 元。带身份证、户口本到村里登记，下个月起发。',
    '清河县民政局〔2026〕3 号',
  ],
  [
    '农机购置补贴怎么申请',
    '先买机、后申请。带发票、身份证、机具到镇农服中心核验，公示七天后打卡。',
    '清河县农业农村局〔2026〕15 号',
  ],
] as const;
const ABOUT = ['听大家说说过冬的事：取暖、低保、道路', '水渠清淤和明年的灌溉', '征地补偿怎么算、什么时候到'] as const;
const TAKEN = [
  ['冬天送水车进不来，三组吃水难', undefined],
  ['低保年审漏报，停了两个月', '当场问了民政所，补报材料已经收下'],
  ['村道塌了半边，校车绕路', undefined],
] as const;
const NEEDS = [
  ['村口石桥', '桥面裂了，夜里走要摔'],
  ['三组路口', '路灯不亮，孩子放学看不见'],
  ['卫生室', '没有降压药，要跑镇上去拿'],
] as const;

/**
 * What happened in the demo county besides visits and matters: receptions held and to come, studies, policies
 * explained, what villages have, and what informants reported. Every step is a command given to the ledger, as in life.
 * @returns how many events came of it
 */
export async function goDown(ledger: Ledger, county: number, plan: Plan): Promise<number> {
  const today = dayOf(plan.until);
  const { give, events } = giverOf(ledger, county, plan, 'demo going');
  const person = (id: string): Official => plan.officials.find((o) => o.id === id)!;
  const [head, clerk, field] = [plan.faces.head, plan.faces.clerk, plan.faces.field];
  const township = plan.units.find((u) => u.id === person(head).unit)!.area;
  const villages = plan.areas.filter((a) => a.level === 'village' && a.parent === township).slice(0, 5);
  const water = plan.units.find((u) => u.name.includes('水利'))?.id ?? person(plan.faces.handler).unit;
  const id = (...words: string[]): string => idOf('demo going', ...words);

  const far = plan.areas.findLast((a) => a.level === 'village' && a.parent === township)!;
  const { document } = visitPolicies.find(({ name }) => name === 'where-first')!.standard;
  await give(plan.faces.administrator, addDays(today, -85), 'policy', policyStream(county, 'where-first'), {
    kind: 'policy.publish',
    name: 'where-first',
    document: { ...(document as WhereFirstPolicy), remote: [{ code: far.code, why: '离镇 18 公里，不通班车' }] },
    validFrom: addDays(today, -85),
    source: '县委办关于领导干部带头下基层的通知（示例）',
    reason: '写明哪些村路远',
  });
  for (const [i, [title, gist, source]] of POLICIES.entries())
    await give(clerk, addDays(today, -80), 'guide', id('guide', String(i)), {
      kind: 'guide.publish',
      title,
      gist,
      source,
      validFrom: addDays(today, -90),
    });

  const study = id('study');
  await give(head, addDays(today, -60), 'study', study, {
    kind: 'study.open',
    topic: '水渠为什么年年清、年年堵',
    question: '管护的人、钱、办法各缺什么',
    area: township,
    until: addDays(today, 40),
  });

  for (const [i, village] of villages.entries()) {
    const reception = (day: string, announced: string, stream: string): Promise<unknown> =>
      give(head, announced, 'outreach', stream, {
        kind: 'outreach.arrange',
        form: 'reception',
        area: village.id,
        spot: `${village.name}文化广场`,
        day,
        from: '09:00',
        to: '11:30',
        who: [head, field],
        about: ABOUT[i % ABOUT.length]!,
        matters: [],
      });
    const [past, coming] = [addDays(today, -12 - 9 * i), addDays(today, 4 + 5 * i)];
    const held = id('outreach', village.id, 'past');
    await reception(past, addDays(past, -8), held);
    const [words, solved] = TAKEN[i % TAKEN.length]!;
    await give(field, past, 'outreach', held, {
      kind: 'outreach.take',
      words,
      ...(solved === undefined ? {} : { solved }),
    });
    await give(head, past, 'outreach', held, {
      kind: 'outreach.conclude',
      went: [head, field],
      result: '来的人都说上了话，收下的事当天上了台账',
      cases: [],
    });
    if (i < 3) await reception(coming, today, id('outreach', village.id, 'coming'));

    await give(field, addDays(today, -30 + i), 'talk', id('talk', village.id), {
      kind: 'talk.hold',
      area: village.id,
      way: i % 2 === 0 ? 'meeting' : 'group',
      day: addDays(today, -30 + i),
      where: `${village.name}村委会`,
      guides: [id('guide', String(i % POLICIES.length))],
      came: 18 + 7 * i,
    });

    for (const [n, item] of ['staff', 'place', 'rules'].entries())
      if (i + n < 5)
        await give(field, addDays(today, -20 + i), 'premise', premiseStream(county, village.id, 'village-point'), {
          kind: 'premise.check',
          list: 'village-point',
          area: village.id,
          item,
          state: i === 1 && item === 'place' ? 'partly' : i === 3 && item === 'staff' ? 'missing' : 'there',
          on: addDays(today, -20 + i),
          note: item === 'place' ? '在村委会一楼，挂了牌子' : '看了名单和制度，贴在墙上',
        });

    // Asked only now, and without an answer yet: nothing is reported in that name.
    if (i === NEEDS.length)
      await give(clerk, addDays(today, -1), 'informant', id('informant', village.id), {
        kind: 'informant.enrol',
        name: '黄师傅',
        phone: '19000002009',
        area: village.id,
        agreedOn: addDays(today, -1),
        until: addDays(today, 200),
      });
    if (i >= NEEDS.length) continue;
    const informant = id('informant', village.id);
    await give(clerk, addDays(today, -50), 'informant', informant, {
      kind: 'informant.enrol',
      name: ['陈热心', '周桂芳', '李老师'][i]!,
      phone: `1900000${String(2000 + i)}`,
      area: village.id,
      agreedOn: addDays(today, -50),
      until: addDays(today, 200),
    });
    await give(`resident:${informant}`, addDays(today, -49), 'informant', informant, { kind: 'informant.agree' });
    const [spot, need] = NEEDS[i]!;
    await give(field, addDays(today, -9 + i), 'need-report', id('need', village.id), {
      kind: 'need-report.file',
      informant,
      about: 'place',
      area: village.id,
      spot,
      words: need,
    });
  }

  await give(field, addDays(today, -30), 'talk', id('talk', villages[0]!.id), {
    kind: 'talk.ask',
    words: '租房住的能不能领取暖补贴',
    guide: id('guide', '0'),
  });
  await give(head, addDays(today, -20), 'study', study, {
    kind: 'study.find',
    sort: 'policy',
    words: '每组每年只有 300 元管护费，没有专人',
  });
  for (const [days, sort, words] of [
    [18, 'practice', '三组按亩凑钱请了一名渠长，两年没堵过'],
    [17, 'problem', '闸口在两个村的界上，坏了谁也不修'],
  ] as const)
    await give(head, addDays(today, -days), 'study', study, { kind: 'study.find', sort, words });
  await give(head, addDays(today, -19), 'study', study, {
    kind: 'study.propose',
    finding: 0,
    words: '按亩定管护费，每组聘一名渠长',
    unit: water,
    due: addDays(today, 30),
  });
  return events();
}
