import { addDays, dayOf, isWorkingDay } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Policies } from '../ledger/record.ts';
import { rotaStream } from '../reception/tables.ts';
import type { Official, Plan } from './model.ts';
import { giverOf } from './give.ts';

const CAME = [
  ['低保年审以后停了两个月，不知道为什么', 1, '十天内查清，补发到卡上'],
  ['村道塌了半边，校车绕路，说了三回', 4, undefined],
  ['征地的青苗补偿少算了一亩二', 2, '下周去地里一起量，差多少补多少'],
  ['老房子挨着工地，墙裂了', 1, undefined],
] as const;
const ASKED = [
  ['二组的渠什么时候通水', 'portal'],
  ['自来水早上发黄，能不能喝', 'phone'],
  ['水费为什么按两个月一收', 'portal'],
  ['我家 3 号楼 201 的水表坏了，一直没人来', 'phone'],
] as const;
const DESKS = [
  ['民政', '低保、救助、养老'],
  ['住房', '房屋、道路、工地'],
  ['水利', '水渠、自来水'],
  ['人力资源', '工资、社保、就业'],
] as const;

/**
 * Receiving people in the demo county: a month of leaders' days that were held, with what came of them, the days to
 * come, the hall of this morning, and live sessions past and to come. Every step is a command, as in life.
 * @returns how many events came of it
 */
export async function receive(ledger: Ledger, county: number, plan: Plan, policies: Policies): Promise<number> {
  const today = dayOf(plan.until);
  const { give, events } = giverOf(ledger, county, plan, 'demo receiving');
  const person = (id: string): Official => plan.officials.find((o) => o.id === id)!;
  const id = (...words: string[]): string => idOf('demo receiving', ...words);
  const { clerk, head } = plan.faces;
  const root = plan.areas.find((a) => a.level === 'county')!.id;
  const township = plan.units.find((u) => u.id === person(head).unit)!.area;
  const leaders = plan.officials.filter((o) => o.roles.includes('leader')).map((o) => o.id);
  const heads = plan.officials.filter((o) => o.unit === person(head).unit && o.roles.includes('head')).map((o) => o.id);
  const villages = plan.areas.filter((a) => a.level === 'village' && a.parent === township);
  const unitOf = (word: string) => plan.units.find((u) => u.parent === undefined && u.name.includes(word));
  const water = unitOf('水利') ?? plan.units[0]!;
  const calendar = policies.get<Calendar>('calendar');
  const workday = (from: number): string => {
    const step = from < 0 ? -1 : 1;
    let day = addDays(today, from);
    while (!isWorkingDay(day, calendar)) day = addDays(day, step);
    return day;
  };

  // Days that were held: in person, by a substitute, and one on which nobody came.
  const days = [-24, -18, -12, -8, -5, -3].map(workday);
  for (const [i, day] of days.entries()) {
    // County leaders at the county, every other day the township's own heads in the township.
    const at = i % 2 === 0 ? root : township;
    const those = at === root ? leaders : heads;
    const [official, other] = [those[i % those.length]!, those[(i + 1) % those.length]!];
    const stream = id('day', String(i));
    await give(clerk, addDays(day, -6), 'reception-day', stream, {
      kind: 'reception-day.announce',
      official,
      area: at,
      day,
      from: '09:00',
      to: '11:30',
      spot: at === root ? '县信访接待中心' : '镇政府群众工作服务室',
      duty: at === root ? 'reception-leaders' : 'reception-heads',
    });
    if (i === 3) continue;
    const sits = i === 1 ? other : official;
    if (sits !== official)
      await give(clerk, day, 'reception-day', stream, {
        kind: 'reception-day.substitute',
        official: sits,
        reason: '临时去市里开会',
      });
    await give(sits, day, 'reception-day', stream, { kind: 'reception-day.begin' });
    for (const [n, [words, people, promised]] of CAME.slice(0, i === 4 ? 0 : 1 + (i % CAME.length)).entries())
      await give(clerk, day, 'reception-day', stream, {
        kind: 'reception-day.receive',
        people,
        words,
        area: villages[(i + n) % villages.length]!.id,
        ...(promised === undefined
          ? {}
          : { promised: { what: promised, unit: water.id, by: addDays(day, n === 0 ? 10 : 30) } }),
      });
    await give(sits, day, 'reception-day', stream, { kind: 'reception-day.end' });
    if (i === 0)
      await give(clerk, addDays(day, 8), 'reception-day', stream, {
        kind: 'reception-day.follow',
        item: 1,
        kept: true,
        words: '漏报补上了，两个月的一起打到卡上',
      });
  }
  // Next month, planned from the duties and published; this month's last days to come.
  const month = addDays(`${today.slice(0, 7)}-01`, 32).slice(0, 7);
  const rota = rotaStream(county, root, 'reception-leaders', month);
  await give(clerk, today, 'rota', rota, { kind: 'rota.draft', area: root, duty: 'reception-leaders', month });
  await give(clerk, today, 'rota', rota, { kind: 'rota.publish' });
  const weekly = rotaStream(county, township, 'reception-heads', month);
  await give(clerk, today, 'rota', weekly, { kind: 'rota.draft', area: township, duty: 'reception-heads', month });
  const soon = id('soon');
  await give(clerk, addDays(today, -2), 'reception-day', soon, {
    kind: 'reception-day.announce',
    official: head,
    area: township,
    day: workday(2),
    from: '09:00',
    to: '11:30',
    spot: '镇政府群众工作服务室',
    duty: 'reception-heads',
  });
  await give('anyone', addDays(today, -1), 'reception-day', soon, {
    kind: 'reception-day.book',
    slot: '09:30',
    phone: '19000003001',
    name: '刘大有',
    about: '征地的青苗补偿',
  });

  // The hall this morning.
  const desks: string[] = [];
  for (const [i, [word, duties]] of DESKS.entries()) {
    const unit = unitOf(word);
    if (unit === undefined) continue;
    const people = plan.officials.filter((o) => o.unit === unit.id && o.roles.includes('handler')).slice(0, 2);
    const desk = id('desk', word);
    await give(clerk, addDays(today, -40), 'hall-desk', desk, {
      kind: 'hall-desk.open',
      area: township,
      code: String(i + 1),
      unit: unit.id,
      form: i === 3 ? 'duty' : 'permanent',
      weekdays: i === 3 ? [1] : [],
      from: '08:30',
      to: '17:30',
      duties: duties.split('、'),
      people: people.map((o) => o.id),
    });
    // Two of these may be one working day.
    for (const day of new Set([-6, -4, -1].map(workday)))
      await give(people[0]!.id, day, 'hall-desk', desk, { kind: 'hall-desk.sit' });
    await give(people[0]!.id, today, 'hall-desk', desk, { kind: 'hall-desk.sit' });
    desks.push(desk);
  }
  for (let n = 0; n < 9; n++) {
    const ticket = id('ticket', String(n));
    const desk = desks[n % desks.length]!;
    const at = (minutes: number): string => new Date(Date.parse(plan.until) - minutes * 60_000).toISOString();
    await give(clerk, at(52 - 5 * n), 'ticket', ticket, { kind: 'ticket.take', desk, first: n === 4 });
    if (n > 5) continue;
    await give(clerk, at(46 - 5 * n + (n % 3)), 'ticket', ticket, { kind: 'ticket.call' });
    if (n === 3) {
      await give(clerk, at(29), 'ticket', ticket, { kind: 'ticket.miss' });
      continue;
    }
    if (n === 5) continue;
    await give(clerk, at(45 - 5 * n + (n % 3)), 'ticket', ticket, { kind: 'ticket.receive' });
    if (n === 1) await give(clerk, at(38), 'ticket', ticket, { kind: 'ticket.join', desk: desks[0]! });
    if (n < 2)
      await give(clerk, at(33), 'ticket', ticket, {
        kind: 'ticket.register',
        words: CAME[n]![0],
        area: villages[n]!.id,
      });
    if (n < 4) await give(clerk, at(24), 'ticket', ticket, { kind: 'ticket.finish' });
  }

  // A live session that was, and one to come.
  const guest = plan.officials.find((o) => o.unit === water.id && o.roles.includes('handler'))!.id;
  const session = (stream: string, day: string, title: string): Promise<unknown> =>
    give(clerk, addDays(day, -5), 'dialogue', stream, {
      kind: 'dialogue.announce',
      form: 'hotline',
      title,
      about: '有关用水的都可以问：水渠、自来水、水费',
      area: township,
      day,
      from: '09:00',
      to: '10:30',
      phone: '19000003100',
      guests: [{ official: guest, unit: water.id }],
    });
  const was = id('session', 'was');
  const day = workday(-9);
  await session(was, day, '水利局长在线：水渠和自来水');
  for (const [words, via] of ASKED)
    await give(via === 'phone' ? clerk : 'anyone', addDays(day, -1), 'dialogue', was, {
      kind: 'dialogue.ask',
      words,
      via,
    });
  await give(clerk, day, 'dialogue', was, { kind: 'dialogue.begin' });
  await give(clerk, day, 'dialogue', was, {
    kind: 'dialogue.answer',
    question: 1,
    official: guest,
    words: '管护队已经进场，下游还有 200 米，清完就通水。',
    promised: { what: '二组的渠月底前通水', by: addDays(day, 12) },
  });
  await give(clerk, day, 'dialogue', was, {
    kind: 'dialogue.answer',
    question: 3,
    official: guest,
    words: '两个月抄一次表，是为了少上门。想按月交的，到营业厅登记一下就行。',
  });
  await give(clerk, day, 'dialogue', was, { kind: 'dialogue.show', question: 2 });
  await give(clerk, day, 'dialogue', was, { kind: 'dialogue.hide', question: 4, reason: 'personal' });
  await give(clerk, day, 'dialogue', was, { kind: 'dialogue.close' });
  await give(clerk, day, 'dialogue', was, { kind: 'dialogue.publish', words: '这一场问得最多的是水渠什么时候通水。' });
  const coming = id('session', 'coming');
  await session(coming, addDays(today, 4), '水利局长在线：冬季用水');
  await give('anyone', today, 'dialogue', coming, { kind: 'dialogue.ask', words: '水管冻裂了找谁修' });
  return events();
}
