import { addDays, dayOf } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { MatterState } from '../matters/model.ts';
import type { ReviewState } from '../reviews/model.ts';
import type { Plan } from './model.ts';

/** What people wrote, and what came of it: how far each petition has got is told by `to`. */
const LETTERS = [
  {
    to: 'asked',
    name: '周桂兰',
    subject: '修渠占了我家二亩地，补偿一直没到',
    body: '去年秋天修北干渠，从我家地里过，量地的人说按一亩八补，到现在账上没有。',
    opinion: '补偿款去年十月已由您丈夫代领，签收记录附后，金额与面积相符。',
    appeal: '签名不是我丈夫签的，他那个月在外地打工，有车票。',
  },
  {
    to: 'hearing',
    name: '刘长顺',
    subject: '河道清淤的泥堆在我家果园，死了六十棵苹果树',
    body: '清淤的泥堆了一冬天，开春树就没发芽，要求赔树钱。',
    opinion: '堆泥经过村委会同意，树死是冻害，按规定不予赔偿。',
    appeal: '村委会没有问过我，旁边没堆泥的树都活着。',
    review: '现场核实，果树受冻是主要原因，维持原处理意见。',
    again: '农技站的人说是泥里盐碱重，请当面说清楚。',
  },
  {
    to: 'ended',
    name: '孙玉梅',
    subject: '机井产权归谁，2003 年的合同算不算数',
    body: '我家出钱打的井，2003 年跟村里签了合同，现在村里收回去了。',
    opinion: '合同 2023 年已经到期，井依法归村集体，解释说明。',
    appeal: '合同上写的是三十年，不是二十年。',
    review: '合同原件载明二十年，维持原处理意见。',
    again: '我手里这份写的是三十年。',
    last: '两份合同经核对，三十年一份没有村委会盖章，维持复查意见。',
  },
  {
    to: 'sent-back',
    name: '马占奎',
    subject: '水费按人头收，我家三口人地只有一亩',
    body: '全村按人头收水费，地少的人吃亏，要求按亩收。',
    opinion: '按人头收是村民代表会议定的，不予支持。',
    appeal: '开会没有叫我们组。',
    review: '会议记录没有第四组代表签到，事实没有查清，撤销原处理意见，重新办理。',
  },
  {
    to: 'objected',
    name: '何秀云',
    subject: '和邻居争一条田埂，他家把埂推了',
    body: '祖辈留下的埂，邻居用挖机推平了，要求恢复。',
  },
  {
    to: 'revoked',
    name: '田改香',
    subject: '村里集中供水井塌了，说我家不在补修范围',
    body: '井是前年统一打的，塌了以后别人家都修了，说我家没交钱不给修。',
    opinion: '打井时未缴集资款，不在补修范围。',
    revoked: '集资款收据后来在村会计处找到，原意见事实有误。',
  },
] as const;

/**
 * Petitions of the demo county on their way up: one that waits to be reviewed, one before a hearing, one whose
 * procedure has ended, one sent back, one whose refusal is objected to, one whose opinion was taken back. Every step is a command, as in life.
 */
export async function petitionsGoUp(ledger: Ledger, county: number, plan: Plan): Promise<number> {
  const count = async (): Promise<number> =>
    (
      await ledger.query<{ n: number }>('demo.events', 'select count(*)::int as n from event where county = $1', [
        county,
      ])
    )[0]!.n;
  const before = await count();
  const today = dayOf(plan.until);
  let given = 0;
  const give = async (
    official: string,
    ago: number,
    record: string,
    stream: string,
    command: { kind: string } & Record<string, unknown>,
  ): Promise<void> => {
    const minute = String((given += 1) % 60).padStart(2, '0');
    const at =
      ago === 0 ? plan.until : `${addDays(today, -ago)}T0${1 + (Math.floor(given / 60) % 8)}:${minute}:00.000Z`;
    const verdict = await ledger.execute({
      county,
      id: idOf('demo petition', String(given)),
      record,
      stream,
      command,
      at,
      actor: official,
      permit: () => true,
    });
    if (isRefusal(verdict))
      throw new Error(`${command.kind} of the demo was refused: ${verdict.refused} ${verdict.field ?? ''}`);
  };
  const matterOf = async (id: string): Promise<MatterState> =>
    (await ledger.read<MatterState>(county, 'matter', id)).state;
  const reviewPaper = async (id: string): Promise<number> => {
    const { state } = await ledger.read<ReviewState>(county, 'review', id);
    return state.status === 'none' ? 0 : state.papers.at(-1)!.version;
  };

  const { clerk } = plan.faces;
  const home = plan.officials.find((o) => o.id === clerk)!.unit;
  const township = plan.units.find((u) => u.id === home)!.area;
  const villages = plan.areas.filter((a) => a.level === 'village' && a.parent === township);
  const water = plan.units.find((u) => u.name.includes('水利'))!.id;
  const [handler, second] = plan.officials.filter((o) => o.unit === water && o.roles.includes('handler'));
  const desk = plan.units.find((u) => u.name.includes('群众工作'))!.id;
  const people = plan.officials.filter((o) => o.unit === desk && o.roles.some((r) => r === 'clerk' || r === 'head'));
  const [reviewer, other] = [people[0]!.id, people[1]?.id ?? plan.faces.leader];
  const who = handler!.id;
  // One letter names an official of the township: they see nothing of it.
  const faces = new Set<string>(Object.values(plan.faces));
  const accused = plan.officials.find((o) => o.unit === home && !faces.has(o.id));

  for (const [n, letter] of LETTERS.entries()) {
    const id = idOf('demo petition matter', String(n));
    const matter = (
      official: string,
      ago: number,
      command: { kind: string } & Record<string, unknown>,
    ): Promise<void> => give(official, ago, 'matter', id, command);
    const serve = async (ago: number, kind: string): Promise<void> => {
      const paper = (await matterOf(id)).papers.findLast((p) => p.kind === kind)!.version;
      await matter(who, ago, {
        kind: 'matter.serve',
        paper,
        way: 'handed',
        on: addDays(today, -ago),
        receiver: letter.name,
      });
    };
    const start = letter.to === 'objected' ? 20 : letter.to === 'revoked' ? 62 : 118 - n;
    await matter(clerk, start, {
      kind: 'matter.register',
      channel: n % 2 === 0 ? 'letter' : 'hall',
      subject: letter.subject,
      body: letter.body,
      area: villages[n % villages.length]!.id,
      reporter: { name: letter.name, phone: `1900000${String(3_100 + n)}` },
      ...(letter.to === 'sent-back' && accused !== undefined ? { about: [accused.id] } : {}),
    });
    const resident = `resident:${(await matterOf(id)).number}`;
    await matter(clerk, start - 2, { kind: 'matter.dispatch', unit: water, letter: 'assignment' });
    await matter(clerk, start - 2, { kind: 'matter.tell', what: 'whereabouts', means: 'phone' });
    if (letter.to === 'objected') {
      await matter(who, 12, {
        kind: 'matter.refuse',
        ground: 'court',
        reason: '田埂归属是民事争议，先由村里调解，调解不成可以起诉。',
        where: '县人民法院立案庭',
      });
      await serve(10, 'refusal');
      await matter(resident, 6, { kind: 'matter.deny', reason: '推埂的挖机是你们水利队的，不是民事。' });
      continue;
    }
    await matter(who, start - 3, {
      kind: 'matter.acknowledge',
      leader: (second ?? handler)!.id,
      handler: who,
      measures: '到现场量、查台账，找当时的人问清楚',
    });
    await matter(who, start - 4, { kind: 'matter.accept' });
    await serve(start - 6, 'acceptance');
    await matter(who, start - 30, { kind: 'matter.dispose', disposition: 'unfounded', cause: letter.opinion });
    await matter(who, start - 40, {
      kind: 'matter.resolve',
      answer: letter.opinion,
      outcome: letter.to === 'ended' ? 'explained' : 'not-supported',
      findings: '查阅台账、合同和会议记录，走访当事人三人。',
      basis: '《信访工作条例》第三十二条，县水利工程占地补偿办法',
    });
    const answered = letter.to === 'asked' ? 12 : start - 42;
    await serve(answered, 'opinion');
    if (letter.to === 'asked') {
      const opinion = (await matterOf(id)).papers.findLast((p) => p.kind === 'opinion')!.version;
      await matter(who, 10, {
        kind: 'matter.correct-paper',
        paper: opinion,
        correction: '原文“去年十月”，应为“去年十一月”。',
        reason: '核对签收记录时发现月份写错。',
      });
      await serve(9, 'correction');
    }
    if (letter.to === 'revoked') {
      await matter(plan.faces.leader, 4, { kind: 'matter.revoke-opinion', reason: letter.revoked });
      await serve(2, 'revocation');
      continue;
    }

    const first = idOf('demo review', String(n));
    const asked = letter.to === 'asked' ? 5 : answered - 8;
    await give(resident, asked, 'review', first, { kind: 'review.ask', matter: id, words: letter.appeal });
    if (letter.to === 'asked' || !('review' in letter)) continue;
    await give(reviewer, asked - 2, 'review', first, { kind: 'review.accept', reviewer });
    await give(reviewer, asked - 18, 'review', first, {
      kind: 'review.answer',
      outcome: letter.to === 'sent-back' ? 'sent-back' : 'upheld',
      findings: '调阅原卷，当面听取双方意见。',
      basis: '《信访工作条例》第三十五条',
      text: letter.review,
    });
    await give(reviewer, asked - 20, 'review', first, {
      kind: 'review.serve',
      paper: await reviewPaper(first),
      way: 'handed',
      on: addDays(today, -(asked - 20)),
      receiver: letter.name,
    });
    if (!('again' in letter)) continue;
    const up = idOf('demo re-review', String(n));
    await give(clerk, asked - 26, 'review', up, { kind: 'review.ask', matter: id, words: letter.again });
    await give(other, asked - 28, 'review', up, { kind: 'review.accept', reviewer: other });
    const hearing = {
      from: '09:00',
      to: '11:00',
      place: '县信访接待大厅二楼',
      chair: '群众工作部负责人',
      persons: `${letter.name}，水利局，村委会`,
    };
    if (letter.to === 'hearing') {
      await give(other, 2, 'review', up, { kind: 'review.arrange-hearing', day: addDays(today, 5), ...hearing });
      continue;
    }
    await give(other, asked - 30, 'review', up, {
      kind: 'review.arrange-hearing',
      day: addDays(today, -(asked - 33)),
      ...hearing,
    });
    await give(other, asked - 33, 'review', up, {
      kind: 'review.hold-hearing',
      present: `${letter.name}，水利局 1 人，村委会 2 人`,
      minutes: '双方出示了各自的合同，当场核对编号和盖章；本人陈述，单位答辩，村委会说明。',
    });
    if (!('last' in letter)) continue;
    await give(other, asked - 38, 'review', up, {
      kind: 'review.answer',
      outcome: 'upheld',
      findings: '听证核对两份合同。',
      basis: '《信访工作条例》第三十六条',
      text: letter.last,
    });
    await give(other, asked - 39, 'review', up, {
      kind: 'review.serve',
      paper: await reviewPaper(up),
      way: 'handed',
      on: addDays(today, -(asked - 39)),
      receiver: letter.name,
    });
  }
  return (await count()) - before;
}
