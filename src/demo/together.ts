import { command } from '../app/county.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Plan } from './model.ts';

/** What several say of one thing: the newest wait in the inbox, those before are merged and became a hot spot. */
const SAID = {
  noise: [
    '村口沙石厂夜里开工，吵得睡不着',
    '沙石厂半夜还在碎石头，村口几家都睡不着',
    '村口的沙石厂天天开到凌晨，灰大声音大',
    '村口沙石厂碎石机夜里不停，老人孩子睡不好',
  ],
  bridge: [
    '学校门口的便桥栏杆断了，孩子过桥危险',
    '便桥的栏杆断了两根，上学的孩子天天走',
    '学校门口便桥栏杆断了没人修',
  ],
} as const;
const NAMES = ['陈桂香', '刘满仓', '孙来喜', '周四妹'] as const;

/**
 * Matters that are about one thing: look-alikes in the inbox, a merged pair whose main matter is in hand, a joint
 * matter, one that was raised again, and a hot spot with its cause and one fix. Each step is a command given to the
 * ledger, as in life.
 * @returns how many events came of it
 */
export async function raiseTogether(ledger: Ledger, county: number, plan: Plan): Promise<number> {
  const today = dayOf(plan.until);
  const { clerk, head, handler, leader } = plan.faces;
  const person = (id: string) => plan.officials.find((official) => official.id === id)!;
  const township = plan.units.find((unit) => unit.id === person(head).unit)!.area;
  const villages = plan.areas.filter((area) => area.level === 'village' && area.parent === township);
  const [village, other] = [villages[5] ?? villages[0]!, villages[6] ?? villages[0]!];
  const unit = person(handler).unit;
  const streams = new Set<string>();
  const give = async (
    actor: string,
    day: string,
    record: string,
    stream: string,
    given: { kind: string } & Record<string, unknown>,
  ): Promise<string> => {
    streams.add(stream);
    const at = day === today ? plan.until : `${day}T02:00:00.000Z`;
    await command(ledger, county, record, stream, given, { at, actor, once: `demo together ${given.kind} ${day}` });
    return stream;
  };
  const register = (key: string, day: string, subject: string, n: number, more: object = {}): Promise<string> =>
    give(clerk, day, 'matter', idOf('demo together', key), {
      kind: 'matter.register',
      channel: 'phone',
      subject,
      area: village.id,
      spot: `${village.name}村口`,
      reporter: { name: NAMES[n % NAMES.length]!, phone: `1900000${String(1300 + n)}` },
      ...more,
    });

  const noise: string[] = [];
  for (const [n, subject] of SAID.noise.entries())
    noise.push(await register(`noise ${n}`, addDays(today, -Math.max(0, 2 - n)), subject, n));

  const bridge: string[] = [];
  const place = { area: other.id, spot: `${other.name}小学门口` };
  for (const [n, subject] of SAID.bridge.entries())
    bridge.push(await register(`bridge ${n}`, addDays(today, n - 12), subject, n, place));
  const [main, ...along] = bridge as [string, ...string[]];
  for (const [n, stream] of along.entries())
    await give(clerk, addDays(today, n - 10), 'matter', stream, { kind: 'matter.merge', into: main });
  await give(clerk, addDays(today, -8), 'matter', main, { kind: 'matter.dispatch', unit });
  await give(handler, addDays(today, -7), 'matter', main, {
    kind: 'matter.acknowledge',
    leader: handler,
    handler,
    measures: '先围起来，再焊上新栏杆',
  });
  await give(clerk, addDays(today, -3), 'matter', main, {
    kind: 'matter.raise-again',
    channel: 'phone',
    words: '栏杆什么时候焊？昨天又有孩子差点掉下去。',
  });

  await register('joint', addDays(today, -4), '修路占了我们的地，补偿款没有发到户', 3, {
    channel: 'hall',
    joint: {
      persons: 23,
      representatives: [
        { name: '周四妹', phone: '19000001303' },
        { name: '刘满仓', phone: '19000001301' },
      ],
    },
  });

  // The same person comes again with something new: it goes on from the earlier matter.
  await register('again', addDays(today, -1), '拓宽以后路面的水都往我家院子里流', 1, {
    channel: 'visit',
    after: noise[0],
  });

  const spot = idOf('demo together', 'hotspot');
  await give(clerk, addDays(today, -9), 'hotspot', spot, {
    kind: 'hotspot.raise',
    title: '学校门口便桥栏杆断了',
    area: other.id,
    matters: bridge,
  });
  await give(clerk, addDays(today, -8), 'hotspot', spot, {
    kind: 'hotspot.explain',
    cause: '便桥是村里自己搭的，没有列入管护，坏了不知道找谁。',
  });
  await give(leader, addDays(today, -7), 'hotspot', spot, {
    kind: 'hotspot.fix',
    measure: '全县学校门口的便桥统一登记，列入公路管护，开学前逐座检查。',
    unit,
    due: addDays(today, 25),
  });
  const histories = await Promise.all([...streams].map((stream) => ledger.history(county, stream)));
  return histories.reduce((sum, events) => sum + events.length, 0);
}
