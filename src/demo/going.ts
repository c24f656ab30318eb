import { addDays, dayOf, weekday } from '../calendar/days.ts';
import { festivalRecord, giftRecord } from '../festivals/tables.ts';
import type { FestivalsPolicy } from '../festivals/model.ts';
import type { LabourPolicy, Part } from '../labour/model.ts';
import { labourRecord } from '../labour/tables.ts';
import { idOf } from '../ledger/ids.ts';
import type { History } from '../ledger/ledger.ts';
import type { Policies, RecordType } from '../ledger/record.ts';
import type { PairCommand, PairsPolicy, PairState } from '../pairs/model.ts';
import { pairRecord } from '../pairs/tables.ts';
import type { Official, VisitHappening } from './model.ts';

interface Home {
  readonly chain: readonly string[];
  readonly contact: string | null;
  readonly residents: readonly { readonly id: string; readonly bornYear: number }[];
}

/** What the loader knows of the county by the time the visits are told. */
export interface World {
  readonly today: string;
  readonly policies: Policies;
  readonly officials: ReadonlyMap<string, Official>;
  /** Officials of each village, by its id, with the areas that contain it. */
  readonly villages: readonly { readonly chain: readonly string[]; readonly officials: readonly string[] }[];
  readonly households: ReadonlyMap<string, Home>;
  /** Visits on which somebody was met, in order of time. */
  readonly met: readonly VisitHappening[];
  readonly faces: Readonly<Record<string, string>>;
  play<S, C extends { kind: string }, E extends { kind: string }, F>(
    type: RecordType<S, C, E, F>,
    stream: string,
    steps: readonly { command: C; facts: F | ((state: S) => F); actor: string; at: string }[],
  ): History;
}

/** A number below `n` that follows from what it is about, so that every run tells the same. */
const draw = (n: number, ...of: string[]): number => Number.parseInt(idOf('demo going', ...of).slice(-9), 16) % n;
const evening = (day: string): string => `${day}T11:00:00.000Z`;
const SCRAWL = '[[[20,60],[60,30],[110,80],[160,40]]]';

/** Labour days, pairs and a round of festival visits, as the year of visits leaves them. */
export function* going(world: World): Generator<History> {
  yield* labour(world);
  yield* pairs(world);
  yield* festival(world);
}

const NOTES = ['和组里的人一起干到天黑', '雨前抢的', '村里二十来个人一起', ''];
const MOST: Readonly<Record<string, number>> = { 清淤渠道: 60, 植树: 40, 责任田: 3, 抢种抢收: 3 };

function* labour({ today, policies, officials, villages, play }: World): Generator<History> {
  const { kinds, writtenWithin } = policies.get<LabourPolicy>('labour');
  const names = kinds.map((k) => k.name);
  const busy = new Set<string>();
  for (const { chain, officials: here } of villages) {
    for (const official of here) {
      if (here.length < 2 || busy.has(official)) continue;
      busy.add(official);
      const of = officials.get(official)!;
      for (let n = 0; n < 3 + draw(5, official); n++) {
        const day = addDays(today, -(1 + n * 37 + draw(30, official, String(n))));
        const part: Part = (['morning', 'afternoon', 'day'] as const)[draw(3, official, day)]!;
        const kind = names[draw(names.length, official, day, 'kind')]!;
        const amount = 1 + draw(MOST[kind] ?? 2, official, day, 'amount');
        const facts = (actor: string, at: string) => ({
          actor,
          actorName: officials.get(actor)!.name,
          unit: of.unit,
          chain,
          kinds: names,
          taken: [],
          today: dayOf(at),
          earliest: addDays(dayOf(at), -writtenWithin),
        });
        const step = <C>(command: C, actor: string, at: string) => ({ command, actor, at, facts: facts(actor, at) });
        const other = here.find((o) => o !== official)!;
        const fresh = day >= addDays(today, -6);
        const answer = draw(9, official, day, 'answer');
        const written = {
          kind: 'labour.record' as const,
          day,
          part,
          village: chain.at(-1)!,
          outputs: [{ kind, amount }],
          note: NOTES[draw(NOTES.length, official, day, 'note')]!,
        };
        yield play(labourRecord, idOf('demo labour', official, day), [
          step(written, official, evening(day)),
          ...(fresh && answer < 6
            ? []
            : answer === 0
              ? [
                  step(
                    { kind: 'labour.return' as const, reason: '数目和组里记的不一样，请核对' },
                    other,
                    evening(addDays(day, 1)),
                  ),
                ]
              : answer === 1
                ? [
                    step(
                      { kind: 'labour.sign' as const, signer: '陈守田', office: '村民小组长', signature: SCRAWL },
                      official,
                      evening(day),
                    ),
                  ]
                : [step({ kind: 'labour.confirm' as const }, other, evening(addDays(day, 1)))]),
        ]);
      }
    }
  }
}

const PLANS = [
  ['送技术', '请农技员来看果树', '农技站的人来看过，教了剪枝。', '照着剪了，今年挂果匀多了。'],
  ['送信息', '打听厂里招工', '问了开发区三家厂，把电话留下了。', '去了一家，干了半个月了。'],
  ['送物资', '送两袋化肥', '化肥送到了。', '收到了，正赶上追肥。'],
  ['送温暖', '陪去县医院复查', '陪着去了，药也开好了。', '腿好些了，能下地走了。'],
  ['送思路', '商量养羊的事', '算了本钱和草料，先养五只。', '羊都好，春上要下羔。'],
  ['市场服务', '帮着卖柑橘', '联系了镇上的合作社来收。', '卖了一千多斤，价钱公道。'],
] as const;
/** Firm, base and households: who helps along where something is grown, and what it does. */
const PARTNERS = [
  ['firm', '清河柑橘公司', '按保底价收果，先垫肥料'],
  ['base', '柳河果树示范基地', '教剪枝，给苗'],
  ['association', '柳河柑橘合作社', '一起卖，一起买农资'],
] as const;
const EVERY = 40;

function* pairs({ today, policies, officials, households, met, faces, play }: World): Generator<History> {
  const policy = policies.get<PairsPolicy>('pairs');
  const paired = new Set<string>();
  for (const visit of met) {
    const home = households.get(visit.household);
    if (home === undefined || paired.has(visit.household) || draw(EVERY, visit.household) !== 0) continue;
    const year = Number(today.slice(0, 4));
    const signer = home.residents.find((r) => year - r.bornYear >= 20);
    if (signer === undefined) continue;
    paired.add(visit.household);
    const helper = visit.official;
    const facts = (actor: string, at: string) => ({
      actor,
      today: dayOf(at),
      pair: idOf('demo pair', visit.household),
      household: home,
      unit: officials.get(helper)!.unit,
      helper,
      doubled: false,
      gives: policy.gives,
      lastDay: addDays(dayOf(at), policy.consentDays),
      reviewDue: addDays(dayOf(at), policy.reviewDays),
      key: idOf('demo pair key', visit.household).replaceAll('-', ''),
    });
    const begun = dayOf(visit.at);
    const steps: {
      command: PairCommand;
      facts: (state: PairState) => ReturnType<typeof facts>;
      actor: string;
      at: string;
    }[] = [];
    const give = (command: PairCommand, actor: string, day: string): boolean => {
      if (day > addDays(today, -1)) return false;
      const at = day === begun ? visit.at : evening(day);
      steps.push({ command, actor, at, facts: () => facts(actor, at) });
      return true;
    };
    const until = addDays(begun, 290 + draw(75, visit.household, 'until'));
    give(
      { kind: 'pair.make', household: visit.household, official: helper, until, by: signer.id, signature: SCRAWL },
      helper,
      begun,
    );
    if (steps.length === 0) continue;
    // Firm and base beside some of them, before the plan names who does what.
    const partners = draw(4, visit.household, 'partners');
    for (const [sort, name, does] of PARTNERS.slice(0, partners))
      give({ kind: 'pair.join', sort, name, does, by: signer.id, signature: SCRAWL }, helper, begun);
    const plan = Array.from({ length: 1 + draw(3, visit.household, 'plan') }, (_, i) => ({
      lines: PLANS[(draw(PLANS.length, visit.household) + i) % PLANS.length]!,
      by: addDays(begun, 20 + 25 * i + draw(20, visit.household, String(i))),
    }));
    give(
      {
        kind: 'pair.plan',
        measures: plan.map(({ lines: [kind, what], by }) => ({
          give: kind,
          what,
          by,
          ...(partners > 0 && kind === '市场服务' ? { partner: 0 } : {}),
          ...(partners > 1 && kind === '送技术' ? { partner: 1 } : {}),
        })),
      },
      helper,
      begun,
    );
    for (const [measure, { lines, by }] of plan.entries()) {
      const fate = draw(6, visit.household, 'fate', String(measure));
      const on = addDays(by, fate === 1 ? 6 : -3);
      if (fate === 0 || on > until || !give({ kind: 'pair.do', measure, how: lines[2] }, helper, on)) continue;
      if (fate > 2 && addDays(on, 4) <= until)
        give({ kind: 'pair.say', measure, words: lines[3], by: signer.id, signature: SCRAWL }, helper, addDays(on, 4));
    }
    const head = faces['head'];
    if (head !== undefined && head !== helper && draw(8, visit.household, 'review') !== 0)
      for (const after of [80, 165, 250, 330])
        if (addDays(begun, after) <= until)
          give({ kind: 'pair.review', note: '上门问过，措施对路，按期在办。' }, head, addDays(begun, after));
    if (draw(9, visit.household, 'end') === 0)
      give({ kind: 'pair.end', reason: 'reached', words: '说好的都办了。' }, helper, addDays(begun, 340));
    // In the order of time, as life gives them.
    yield play(
      pairRecord,
      idOf('demo pair', visit.household),
      steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    );
  }
}

/** Festivals of the common calendar, month and day. */
const FESTIVALS = [
  ['元旦', '01-01'],
  ['五一', '05-01'],
  ['国庆', '10-01'],
] as const;

function* festival({ today, policies, households, met, faces, play }: World): Generator<History> {
  const { clerk, head } = faces;
  const [first] = met;
  if (clerk === undefined || head === undefined || first === undefined) return;
  const chain = households.get(first.household)!.chain.slice(0, 2);
  const year = Number(today.slice(0, 4));
  const [name, day] = [year, year + 1]
    .flatMap((y) => FESTIVALS.map(([called, date]) => [called, `${y}-${date}`] as const))
    .find(([, date]) => date > addDays(today, 3))!;
  const starts = addDays(today, -20);
  const { groups } = policies.get<FestivalsPolicy>('festivals');
  const id = idOf('demo festival', day);
  const sources = [{ name: '县财政', limit: 3_000_000 }];
  yield play(festivalRecord, id, [
    {
      command: {
        kind: 'festival.open',
        name,
        day,
        starts,
        area: chain.at(-1)!,
        groups: groups.map((g) => g.name),
        sources,
      },
      facts: { chain, groups },
      actor: head,
      at: evening(starts),
    },
  ]);
  const lately = new Map(met.filter((v) => dayOf(v.at) >= starts).map((v) => [v.household, v]));
  for (const [household, home] of households) {
    const old = home.residents.find((r) => year - r.bornYear >= 80);
    if (old === undefined || draw(4, household, 'gift') !== 0 || home.chain[1] !== chain[1]) continue;
    const visit = lately.get(household);
    const facts = (actor: string) => ({
      actor,
      today,
      festival: { open: true, chain, sources },
      household: home,
      doubled: false,
      spent: 0,
      visit: visit?.official === actor ? visit.id : undefined,
    });
    const step = <C>(command: C, actor: string, at: string) => ({ command, actor, at, facts: facts(actor) });
    const cents = 30_000;
    yield play(giftRecord, idOf('demo gift', household), [
      step(
        { kind: 'gift.propose' as const, festival: id, household, source: '县财政', cents, goods: '' },
        clerk,
        evening(addDays(starts, 1)),
      ),
      ...(draw(5, household, 'approve') === 0
        ? []
        : [step({ kind: 'gift.decide' as const, grant: true, reason: '' }, head, evening(addDays(starts, 2)))]),
      ...(draw(5, household, 'approve') === 0 || visit === undefined || dayOf(visit.at) <= addDays(starts, 3)
        ? []
        : [step({ kind: 'gift.hand-over' as const, by: old.id, signature: SCRAWL }, visit.official, visit.at)]),
    ]);
  }
}

/** The last weeks' visits and registrations as forms somebody filled in: what the burden page counts. */
export function usesOf({ today, met }: Pick<World, 'today' | 'met'>) {
  const from = addDays(today, -35);
  return met
    .filter((v) => dayOf(v.at) >= from)
    .map((v) => {
      const day = dayOf(v.at);
      return {
        print: idOf('demo use', v.id),
        week: addDays(day, 1 - weekday(day)),
        role: 'field',
        form: 'visit.record',
        // Household, contact, time, the note, and a line for each need.
        fields: 4 + v.needs.length,
        seconds: 35 + draw(70, v.id, 'seconds'),
        giver: idOf('demo giver', v.official, addDays(day, 1 - weekday(day))),
      };
    });
}
