import { addDays, dayOf, weekday } from '../calendar/days.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { responsibilityStream } from '../meetings/group-tables.ts';
import { circleStream } from '../tip-offs/tables.ts';
import { giverOf } from './give.ts';
import type { Official, Plan } from './model.ts';

const TASKS = [
  ['逐村摸清冬灌前要清的渠段，列出清单', '清单报来了，六段三公里'],
  ['把超期的诉求一件一件说明原因', '原因都写上了，两件等资金'],
  ['三组吃水难先用水车送，管子月底前接上', '水车每周两趟，管子接了一半'],
  ['排查学校门口的路灯', '坏的四盏换好了'],
] as const;
const SUGGESTIONS = [
  [
    '赶集日在镇口设个临时停车点',
    '逢集那天路两边都是车，消防车进不来。粮站空院子能停五十辆。',
    'adopted',
    '这条在理。粮站院子和供销社商量好了，逢集日免费停，路边划黄线。',
    '上个集日开始停车，路通了。',
  ],
  [
    '河堤上装几把椅子',
    '老人散步走累了没地方坐，堤上风景好，装十来把就够。',
    'partly',
    '先在桥头和广场装六把，堤面是防洪通道不能装，装在堤下树底下。',
    undefined,
  ],
  [
    '把办证大厅中午也开着',
    '外地打工的赶回来一趟，正碰上中午不上班，要等到两点。',
    'not',
    '人手排不开，中午开不了全部窗口；改成中午留一个窗口收材料，办好了电话通知。',
    undefined,
  ],
  ['村里建个旧衣服回收箱', '好衣服扔了可惜，装个箱子，洗干净给要的人。', undefined, undefined, undefined],
  ['公交车早班提前二十分钟', '上早班的赶不上厂里打卡，提前二十分钟就正好。', undefined, undefined, undefined],
] as const;

/**
 * What people said in the demo county and what the county did about it: meetings with their tasks, standing groups,
 * suggestions, and tip-offs read by a named few. Every step is a command given to the ledger, as in life.
 * @returns how many events came of it
 */
export async function voices(ledger: Ledger, county: number, plan: Plan): Promise<number> {
  const today = dayOf(plan.until);
  const { give, events } = giverOf(ledger, county, plan, 'demo voices');
  const id = (...of: string[]): string => idOf('demo voices', ...of);
  const of = (official: string): Official => plan.officials.find((o) => o.id === official)!;
  const { head, clerk, field, leader, inspector, handler } = plan.faces;
  const unit = of(head).unit;
  const township = plan.units.find((u) => u.id === unit)!.area;
  const mates = plan.officials.filter((o) => o.unit === unit && ![head, clerk].includes(o.id));
  const called = [head, clerk, field, ...mates.slice(0, 4).map((o) => o.id)];
  const water = of(handler).unit;

  const group = id('group');
  await give(head, addDays(today, -200), 'standing-group', group, {
    kind: 'standing-group.found',
    form: 'leading',
    name: '镇群众工作领导小组',
    purpose: '领导全镇群众工作，每半年考核一次各村和站所',
    area: township,
    office: unit,
    source: '镇党委〔2026〕3 号',
    since: addDays(today, -200),
  });
  const joint = id('joint');
  await give(clerk, addDays(today, -180), 'standing-group', joint, {
    kind: 'standing-group.found',
    form: 'joint',
    name: '镇信访联席会议',
    purpose: '研究说不清归谁管、牵涉几家的事',
    area: township,
    office: unit,
    source: '镇党委〔2026〕7 号',
    since: addDays(today, -180),
  });
  for (const [i, [where, who, seat]] of (
    [
      [group, head, 'chair'],
      [group, mates[0]!.id, 'deputy'],
      [group, mates[1]!.id, 'member'],
      [group, mates[2]!.id, 'member'],
      [group, clerk, 'liaison'],
      [joint, head, 'chair'],
      [joint, mates[3]!.id, 'member'],
    ] as const
  ).entries())
    await give(head, addDays(today, -170 + i), 'standing-group', where, {
      kind: 'standing-group.seat',
      official: who,
      seat,
      since: addDays(today, -170),
    });
  for (const work of ['mass-work', 'petitions'])
    await give(head, addDays(today, -150), 'responsibility', responsibilityStream(county, unit, work), {
      kind: 'responsibility.assign',
      unit,
      field: work,
      principal: head,
      deputy: mates[0]!.id,
      liaison: clerk,
      since: addDays(today, -150),
    });

  await meetingsOf();
  await suggestionsOf();
  await tipOffsOf();
  return events();

  async function meetingsOf(): Promise<void> {
    const monday = addDays(today, 1 - weekday(today));
    let before: string | undefined;
    for (let week = 6; week >= 1; week--) {
      // One week was let slip: the look at regularity shows it.
      if (week === 4) continue;
      const day = addDays(monday, -7 * week);
      const meeting = id('weekly', day);
      await give(clerk, addDays(day, -2), 'meeting', meeting, {
        kind: 'meeting.call',
        template: 'weekly',
        unit,
        day,
        from: '08:30',
        place: '镇政府二楼会议室',
        chair: head,
        recorder: clerk,
        invited: called,
      });
      if (before !== undefined)
        await give(head, day, 'meeting', before, {
          kind: 'meeting.check-task',
          task: 0,
          at: meeting,
          outcome: 'kept',
          words: '去看过了，属实',
        });
      const [first, second] = [TASKS[(6 - week) % TASKS.length]!, TASKS[(7 - week) % TASKS.length]!];
      await give(clerk, day, 'meeting', meeting, {
        kind: 'meeting.hold',
        present: called.slice(0, -1),
        absent: [{ official: called.at(-1)!, why: '在村里处理事情' }],
        documents: week % 2 === 0 ? ['县委关于冬春农田水利的通知'] : [],
        items: [{ words: '点评上周诉求办理，超期的逐件说原因' }, { words: '安排本周走访和冬灌准备' }],
        decisions: [
          { words: first[0], unit, official: mates[0]!.id, due: addDays(day, 6) },
          { words: second[0], unit: water, official: handler, due: addDays(day, 12) },
        ],
      });
      await give(mates[0]!.id, addDays(day, 3), 'meeting', meeting, {
        kind: 'meeting.report-task',
        task: 0,
        step: 'done',
        words: first[1],
      });
      before = meeting;
    }
    await give(clerk, addDays(today, -1), 'meeting', id('weekly', 'next'), {
      kind: 'meeting.call',
      template: 'weekly',
      unit,
      day: addDays(monday, 7),
      from: '08:30',
      place: '镇政府二楼会议室',
      chair: head,
      recorder: clerk,
      invited: called,
    });
    const quarter = addDays(today, -40);
    await give(clerk, addDays(quarter, -5), 'meeting', id('joint', 'one'), {
      kind: 'meeting.call',
      template: 'petition-joint',
      unit,
      group: joint,
      day: quarter,
      from: '14:30',
      place: '镇政府三楼会议室',
      chair: head,
      recorder: clerk,
      invited: [mates[3]!.id, handler],
    });
    await give(clerk, quarter, 'meeting', id('joint', 'one'), {
      kind: 'meeting.hold',
      present: [head, clerk, mates[3]!.id, handler],
      absent: [],
      items: [{ words: '跨镇公路三公里没有路灯，几家都说不归自己' }],
      decisions: [
        { words: '公路这一侧由镇里装灯，电费由沿线三村分摊', unit, official: mates[3]!.id, due: addDays(today, 20) },
      ],
    });
    await give(leader, addDays(today, -12), 'meeting', id('talk'), {
      kind: 'meeting.call',
      template: 'heart-to-heart',
      unit,
      day: addDays(today, -10),
      from: '16:00',
      place: '镇政府',
      chair: leader,
      invited: [head],
    });
    await give(leader, addDays(today, -10), 'meeting', id('talk'), {
      kind: 'meeting.hold',
      present: [leader, head],
      absent: [],
    });
  }

  async function suggestionsOf(): Promise<void> {
    for (const [i, [title, words, outcome, answer, became]] of SUGGESTIONS.entries()) {
      const suggestion = id('suggestion', String(i));
      const day = addDays(today, outcome === undefined ? -3 - i * 5 : -60 + i * 9);
      const told = await give(clerk, day, 'suggestion', suggestion, {
        kind: 'suggestion.file',
        channel: i % 2 === 0 ? 'portal' : 'desk',
        title,
        words,
        area: township,
        ...(i % 2 === 0 ? {} : { name: ['杨立春', '周桂芬'][i % 2]!, phone: `1900000300${i}` }),
        share: i === 1,
      });
      if (i === 3) continue;
      await give(clerk, addDays(day, 2), 'suggestion', suggestion, { kind: 'suggestion.send', unit });
      if (outcome === undefined) continue;
      await give(head, addDays(day, 15), 'suggestion', suggestion, {
        kind: 'suggestion.answer',
        outcome,
        words: answer,
      });
      if (became !== undefined)
        await give(head, addDays(day, 30), 'suggestion', suggestion, {
          kind: 'suggestion.follow',
          words: became,
          done: true,
        });
      await give(clerk, addDays(day, 31 + i), 'suggestion', suggestion, {
        kind: 'suggestion.thank',
        words: `您提的“${title}”认真研究过了。谢谢您为大家的事花心思，请您接着说。`,
      });
      if (i < 2)
        await give(`resident:${String(told['number'])}`, addDays(day, 33), 'suggestion', suggestion, {
          kind: 'suggestion.agree',
          listed: true,
          named: false,
        });
    }
  }

  async function tipOffsOf(): Promise<void> {
    const circle = circleStream(county);
    const named = [
      inspector,
      ...plan.officials.filter((o) => o.roles.includes('inspector') && o.id !== inspector).map((o) => o.id),
    ].slice(0, 3);
    for (const [i, official] of named.entries()) {
      await give(leader, addDays(today, -90), 'tip-circle', circle, {
        kind: 'tip-circle.propose',
        official,
        seat: 'keeper',
        reason: '负责信访举报',
      });
      await give(named[(i + 1) % named.length]!, addDays(today, -89), 'tip-circle', circle, {
        kind: 'tip-circle.confirm',
        official,
      });
    }
    for (const [i, [about, words]] of (
      [
        ['村里管低保的人', '我们组有两家条件好的也领低保，年年不公示，问了就说上面定的。'],
        ['一个收费的办事员', '办证多收了二十块钱工本费，没有给票。'],
      ] as const
    ).entries()) {
      const tipOff = id('tip-off', String(i));
      const day = addDays(today, -40 + i * 5);
      await give('anyone', day, 'tip-off', tipOff, {
        kind: 'tip-off.file',
        channel: 'portal',
        about,
        words,
        class: 'benefit-funds',
        named: false,
      });
      await give(named[0]!, addDays(day, 2), 'tip-off', tipOff, {
        kind: 'tip-off.start',
        plan: '先核名单和票据，再走访三户',
      });
      if (i === 0 || named[1] === undefined) continue;
      await give(named[0]!, addDays(day, 12), 'tip-off', tipOff, {
        kind: 'tip-off.conclude',
        finding: 'not',
        words: '票根都在，工本费按规定收的，窗口没有贴出标准',
        answer: '票根查到了，二十元是规定的工本费；窗口没有贴标准，已经贴上，谢谢您留心。',
        decisions: [],
      });
      await give(named[1], addDays(day, 14), 'tip-off', tipOff, { kind: 'tip-off.approve', agree: true });
    }
  }
}
