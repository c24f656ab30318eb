import { addDays, dayOf } from '../../../calendar/days.ts';
import { disputePolicies } from '../../../disputes/model.ts';
import { hardCaseStream } from '../../../hard-cases/model.ts';
import type { PremisesPolicy } from '../../../premises/model.ts';
import { forgetPacked } from '../../../sync/pull.ts';
import { type Client, type TestCounty, done } from '../../testing.ts';
import { Offline, newId } from '../../ui/client.ts';
import { type Item, isHeld, isUndated } from '../outbox.ts';
import { TestPhone, keepBackup } from '../testing.ts';
import { type Chance, Mortal } from './chance.ts';
import { HOMES, type Kind, type Move, PHONES } from './moves.ts';
import { type Scene, writes } from './writes.ts';

/** What was there before the phones went out: the same for every game. */
export interface Ground {
  readonly county: TestCounty;
  readonly chance: Chance;
  readonly homes: Scene['homes'];
  readonly guides: readonly string[];
  readonly studies: Readonly<Record<string, string>>;
  readonly outreach: string;
  readonly gifts: readonly string[];
  readonly premises: Scene['premises'];
  readonly casework: Scene['casework'];
  /** The database's own server and all its processes are killed at once; resolves when another one answers. */
  readonly killDatabase?: () => Promise<void>;
  /** Puts everything back as it was. */
  readonly anew: () => Promise<void>;
}

/** Households, policies to explain, studies, a reception, and presents before a festival. */
export async function layGround(
  county: TestCounty,
  chance: Chance,
  killDatabase?: () => Promise<void>,
): Promise<Ground> {
  const [clerk, head] = [await county.as('clerk'), await county.as('head')];
  const today = dayOf(new Date().toISOString());
  await county.publish('outreach', { noticeDays: 0, places: 20, recordDays: 31, periods: [] });
  const homes = Array.from({ length: HOMES }, () => ({ id: newId(), resident: newId() }));
  for (const [i, { id, resident }] of homes.entries())
    await done(
      clerk.post(`/api/households/${id}/register`, {
        area: i < 3 ? county.places.grid : county.places.otherGrid,
        address: `${i} 号`,
        ...(i === 0 ? { contact: county.id('field') } : {}),
        residents: [{ id: resident, name: `陈秀${'甲乙丙丁戊'[i]}`, relation: '户主', bornYear: 1936 + i }],
      }),
    );
  const guides = [newId(), newId()];
  for (const [i, id] of guides.entries())
    await done(
      clerk.post(`/api/guides/${id}/publish`, {
        title: ['冬灌补助', '取暖补贴'][i],
        gist: '村里统一报，不用自己跑。',
        source: '县水利局〔2026〕3 号',
        validFrom: addDays(today, -30),
      }),
    );
  const studies: Record<string, string> = {};
  for (const who of ['field', 'otherfield']) {
    studies[who] = newId();
    await done(
      (await county.as(who)).post(`/api/studies/${studies[who]}/open`, {
        topic: '水渠为什么年年清、年年堵',
        question: '管护的人、钱、办法各缺什么',
        area: county.places.village,
        until: addDays(today, 60),
      }),
    );
  }
  const outreach = newId();
  await done(
    clerk.post(`/api/outreaches/${outreach}/arrange`, {
      form: 'reception',
      area: county.places.village,
      spot: '柳河村文化广场',
      day: today,
      from: '09:00',
      to: '11:30',
      who: [county.id('field'), county.id('otherfield')],
      about: '听大家说说过冬的事',
    }),
  );
  const festival = newId();
  await done(
    clerk.post(`/api/festivals/${festival}/open`, {
      name: '春节',
      day: addDays(today, 40),
      starts: today,
      area: county.places.liuhe,
      groups: ['高龄老人'],
      sources: [{ name: '县财政', limit: 1_000_000 }],
    }),
  );
  const gifts = [newId(), newId(), newId()];
  for (const [i, id] of gifts.entries()) {
    await done(
      clerk.post(`/api/gifts/${id}/propose`, { festival, household: homes[i]!.id, source: '县财政', cents: 60_000 }),
    );
    await done(head.post(`/api/gifts/${id}/decide`, { grant: true }));
  }
  const { lists } = (await county.system.policies(county.county)).get<PremisesPolicy>('premises');
  const list = lists.find((one) => one.id === 'village-point')!;
  return {
    county,
    chance,
    ...(killDatabase === undefined ? {} : { killDatabase }),
    homes,
    guides,
    studies,
    outreach,
    gifts,
    premises: list.items.map(({ id }) => ({ list: list.id, item: id })),
    casework: await layCasework(county, today),
    anew: await keepBackup(county, 'ground'),
  };
}

const STROKES = '[[[1,2],[30,40]]]';
/** Casework of the township where the officials with phones are to take the next step. */
async function layCasework(county: TestCounty, today: string): Promise<Scene['casework']> {
  const [clerk, field, handler] = await Promise.all(['clerk', 'field', 'handler'].map((who) => county.as(who)));
  const give = async (by: Client, path: string, data: object): Promise<void> =>
    void (await done(by.post(`/api/${path}`, data)));
  const unit = county.units.liuhe;
  const { village } = county.places;
  const phases = ['one', 'two'].map((id) => ({
    id,
    name: `冬季大排查之${id}`,
    from: addDays(today, -9),
    to: addDays(today, 9),
    due: addDays(today, 12),
    source: '县里的通知',
  }));
  const sweeps = disputePolicies[0]!.standard.document as object;
  await county.publish('sweeps', { ...sweeps, since: addDays(today, -70).slice(0, 7), phases });

  const matter = newId();
  await give(clerk!, `matters/${matter}/register`, {
    channel: 'phone',
    subject: '水渠年年堵',
    body: '东头的水渠年年清、年年堵，说了三回。',
    area: village,
    reporter: { name: '老李', phone: '13800000000' },
  });
  await give(clerk!, `matters/${matter}/dispatch`, { unit: county.units.water });
  await give(handler!, `matters/${matter}/acknowledge`, {
    leader: county.id('waterhead'),
    handler: county.id('handler'),
    measures: '请施工队清淤',
  });
  await give(handler!, `matters/${matter}/dispose`, {
    disposition: 'deferred',
    cause: '今年的钱用完了',
    plan: '先请村里清出口子，明年开春整修。',
    recheckOn: addDays(today, 60),
  });
  const hardCase = hardCaseStream(matter);
  const leader = county.id('leader');
  await give(clerk!, `hard-cases/${hardCase}/propose`, { matter, leader, reason: '重开两次，三家单位推来推去' });
  await give(await county.as('leader'), `hard-cases/${hardCase}/adopt`, {
    matter,
    plan: '先把三次答复对一遍，再到现场定口子。',
    until: addDays(today, 60),
    team: ['field', 'otherfield'].map((who) => ({ official: county.id(who), task: '跑现场、记进展' })),
  });

  const mediator = newId();
  await give(clerk!, `mediators/${mediator}/enrol`, {
    name: '吴守义',
    phone: '19000001234',
    background: 'veteran-member',
    types: ['people'],
    area: county.places.liuhe,
    unit,
    qualification: '做过二十年村支书，2025 年司法局培训',
    abouts: ['water'],
    until: addDays(today, 300),
  });
  const disputes = [newId(), newId(), newId(), newId()] as const;
  const [toConsent, toSign, toDo, toSettle] = disputes;
  for (const id of disputes)
    await give(clerk!, `disputes/${id}/register`, {
      about: 'water',
      subject: '两个组为分水争执',
      words: '上游堵了口子，下游没有水，吵过两回',
      area: village,
      signs: [],
      unit,
      person: county.id('field'),
      due: addDays(today, 10),
    });
  for (const id of [toConsent, toSign, toDo])
    await give(field!, `disputes/${id}/open-mediation`, {
      type: 'people',
      mediator,
      parties: [{ name: '上游组' }, { name: '下游组' }, { name: '用水户' }],
    });
  for (const id of [toSign, toDo]) {
    for (const party of [0, 1, 2])
      await give(field!, `disputes/${id}/consent`, { party, agrees: true, signature: STROKES });
    await give(field!, `disputes/${id}/hold`, {
      day: today,
      where: '村调解室',
      present: [0, 1, 2],
      said: [{ party: 0, words: '口子是去年就堵的' }],
    });
    await give(field!, `disputes/${id}/draft`, {
      facts: '上游去年堵了分水口，下游三十户缺水。',
      terms: [0, 1].map((by) => ({ by, what: '三天内清出口子', due: addDays(today, 20) })),
    });
  }
  for (const party of [0, 1, 2]) await give(field!, `disputes/${toDo}/sign`, { party, signature: STROKES });

  const informant = newId();
  await give(field!, `informants/${informant}/enrol`, {
    name: '陈热心',
    phone: '13800138000',
    area: village,
    agreedOn: today,
    until: addDays(today, 180),
  });
  const { url } = (await done(field!.get(`/api/informants/${informant}/link`))).body as { url: string };
  const form = new URLSearchParams({ k: new URL(url).searchParams.get('k')!, act: 'agree' });
  await (await county.as()).send('POST', `/informant/${informant}`, { body: form });
  return {
    unit,
    sweeps: phases.map(({ id }) => id),
    toConsent,
    toSign,
    toDo,
    toSettle,
    hardCase,
    informant,
    matter,
  };
}

/** One thing somebody wrote, as the game remembers it. */
export interface Noted {
  readonly words: string;
  readonly kind: Kind;
  readonly stream: string;
  readonly phone: TestPhone;
  /** The command it is now: mended it gets another id. */
  id: string;
  /** When it was, truly (ms), and the contact of its phone before. */
  readonly at: number;
  readonly met: number;
  /** Its writer was asked when it was, because the phone's clock had been set. */
  asked?: true;
  /** It was taken in from a file on the day the phone showed, and that was said. */
  undated?: true;
  /** Its phone, or who took in the file of it, saw it accepted. */
  accepted: boolean;
}

const who = ['field', 'field', 'otherfield'] as const;

/** A game under way: the county as the phones and the desk have changed it, and what each of them was told. */
export class World {
  readonly ground: Ground;
  readonly phones: TestPhone[] = [];
  readonly lost: TestPhone[] = [];
  readonly noted: Noted[] = [];
  /** The colleague's village, by the assignment that gives it. */
  bound: string | undefined;
  #server: Mortal;
  #backup: { putBack: () => Promise<void>; bound: string | undefined } | undefined;
  readonly #ahead: number[] = [];
  readonly #met: number[] = [];
  /** When each phone's clock was set (ms). */
  readonly settings = new Map<TestPhone, number[]>();

  constructor(ground: Ground) {
    this.ground = ground;
    this.#server = new Mortal(ground.county.database);
  }

  get county(): TestCounty {
    return this.ground.county;
  }
  whoHas(phone: number): (typeof who)[number] {
    return who[phone]!;
  }

  async begin(): Promise<void> {
    await this.restart();
    await this.#bind();
    for (let i = 0; i < PHONES; i++) {
      await this.#another(i);
      await this.contact(i);
      await this.fetch(i);
    }
  }

  /** Another process on the same database: nothing the one before had in its memory is left. */
  async restart(): Promise<void> {
    this.#server = new Mortal(this.county.database);
    await this.county.restart(this.#server.database);
    forgetPacked();
  }

  /** Whoever signed in before the night has to sign in again. */
  client = (key: string): Promise<Client> => this.county.as(key, { anew: true });

  async #another(i: number): Promise<void> {
    const phone = new TestPhone(this.county, await this.county.as(this.whoHas(i), { anew: true }));
    phone.onServer = (job) => this.ground.chance.onServer(() => this.#alive(job));
    phone.mono = () => this.ground.chance.awake;
    this.phones[i] = phone;
    this.#ahead[i] = 0;
    this.settings.set(phone, []);
    await phone.open();
  }

  /** A process that died answers nobody. */
  async #alive<T>(job: () => Promise<T>): Promise<T> {
    const answer = await job();
    if (this.#server.dead) throw new Offline();
    return answer;
  }

  async #onPhone<T>(i: number, job: (phone: TestPhone) => Promise<T>): Promise<T> {
    return await this.ground.chance.onPhone(this.#ahead[i]!, () => job(this.phones[i]!));
  }

  async contact(i: number): Promise<boolean> {
    const through = await this.#onPhone(i, (phone) => phone.contact());
    const phone = this.phones[i]!;
    if (through) this.#met[i] = this.ground.chance.now;
    const accepted = new Set(phone.outbox.all().flatMap((item) => (item.state === 'accepted' ? [item.id] : [])));
    for (const one of this.noted) if (accepted.has(one.id)) one.accepted = true;
    if (!phone.wiped) return through;
    // Whose phone it was signs in on another one.
    this.lost.push(phone);
    await this.#another(i);
    return false;
  }

  fetch = (i: number): Promise<void> => this.#onPhone(i, (phone) => phone.fetchAlong()).catch(overOnly);

  async #bind(): Promise<void> {
    this.bound = newId();
    await this.county.give('assignment', this.bound, {
      kind: 'assignment.make',
      official: this.county.id('otherfield'),
      type: 'village',
      area: this.county.places.village,
      household: null,
      unit: null,
      role: '综合联村干部',
      since: '2025-01-01',
    });
  }

  #sceneOf(i: number): Scene {
    const { county, homes, guides, studies, outreach, gifts, premises, casework } = this.ground;
    return {
      county: county.county,
      village: county.places.village,
      homes,
      now: this.ground.chance.now,
      guides,
      outreach,
      gifts,
      premises,
      casework,
      me: county.id(this.whoHas(i)),
      study: studies[this.whoHas(i)]!,
      begun: (noun) => [
        ...new Set(this.noted.flatMap(({ kind, stream }) => (kind.startsWith(`${noun}.`) ? [stream] : []))),
      ],
    };
  }

  /** @returns what the room said at once */
  async write(i: number, move: Extract<Move, { do: 'write' }>): Promise<Item | undefined> {
    return await this.#onPhone(i, async (phone) => {
      const words = `记下第${this.noted.length}件。`;
      const written = writes[move.kind](this.#sceneOf(i), move.which, move.how, words);
      if (written === undefined) return undefined;
      const { stream, data, clocked } = written;
      const seen = move.kind.startsWith('visit.')
        ? phone.answer<{ version: number } | undefined>('GET /api/visits/:id', { id: stream })
        : undefined;
      const item = await phone.write({
        kind: move.kind,
        stream,
        data,
        ...(clocked === undefined ? {} : { clocked }),
        ...(move.careful && seen !== undefined && move.kind !== 'visit.record' ? { expected: seen.version } : {}),
      });
      if (item.state !== 'refused')
        this.noted.push({
          words: written.words ?? '',
          kind: move.kind,
          stream,
          phone,
          id: item.id,
          at: this.ground.chance.now,
          met: this.#met[i]!,
          accepted: false,
        });
      return item;
    });
  }

  async make(move: Move): Promise<void> {
    const { county, chance } = this.ground;
    chance.pass(7);
    switch (move.do) {
      case 'write':
        await this.write(move.phone, move);
        return;
      case 'contact':
        this.phones[move.phone]!.fates = [...move.fates];
        await this.contact(move.phone);
        this.phones[move.phone]!.fates = [];
        return;
      case 'fetch':
        return await this.fetch(move.phone);
      case 'tab-crash':
        if (move.writes !== null) {
          this.phones[move.phone]!.disk.lasts = move.writes;
          await this.contact(move.phone);
        }
        await this.#onPhone(move.phone, (phone) => phone.open());
        return;
      case 'server-crash':
        this.#server.dieAfter(move.statement, move.tookEffect);
        await this.contact(move.phone).catch(overOnly);
        await this.#server.die();
        return await this.restart();
      case 'power-cut':
        this.#server.dieAfter(move.statement, move.tookEffect, this.ground.killDatabase);
        await this.contact(move.phone).catch(overOnly);
        await this.#server.die();
        return await this.restart();
      case 'again':
        await this.#onPhone(move.phone, (phone) => phone.deliverAgain(move.which));
        return;
      case 'decide':
        return await this.decide(move.phone, move.which, move.keep);
      case 'scope':
        if (this.bound === undefined) return await this.#bind();
        await county.give('assignment', this.bound, {
          kind: 'assignment.end',
          until: '2025-02-01',
          reason: '轮换',
        });
        this.bound = undefined;
        return;
      case 'amend':
      case 'move':
        await (
          await this.client('clerk')
        ).post(
          `/api/households/${this.ground.homes[move.home]!.id}/amend`,
          move.do === 'move'
            ? { area: county.places.otherGrid }
            : { address: `${move.home} 号之 ${this.noted.length}` },
        );
        return;
      case 'backup':
        this.#backup = { putBack: await keepBackup(county), bound: this.bound };
        return;
      case 'restore':
        if (this.#backup === undefined) return;
        await this.#backup.putBack();
        this.bound = this.#backup.bound;
        // What nobody holds any more cannot come back.
        for (const one of this.noted) if (this.lost.includes(one.phone)) one.accepted = false;
        return await this.restart();
      case 'clock':
        this.#ahead[move.phone] = move.days * 86_400_000;
        this.settings.get(this.phones[move.phone]!)!.push(chance.now);
        return;
      case 'night':
        return chance.pass(move.hours * 60, move.asleep);
      case 'rescue':
        return await this.#rescue(move.phone, move.by);
      case 'lock': {
        const owner = await county.as(this.whoHas(move.phone), { anew: true });
        await owner.post(`/api/sync/devices/${this.phones[move.phone]!.device}/lock`, {});
      }
    }
  }

  /** A person reads a refusal and lets go of it, or hands it in as it is. */
  async decide(i: number, which: number, keep: boolean): Promise<void> {
    const refused = this.phones[i]!.outbox.all().filter(({ state }) => state === 'refused');
    const item = refused[which % Math.max(1, refused.length)];
    if (item === undefined) return;
    const asked = isUndated(item);
    const one = this.noted.find(({ id }) => id === item.id);
    await this.#onPhone(i, async ({ outbox }) => {
      if (!keep) return await outbox.drop(item.id);
      const next =
        asked && one !== undefined ? await outbox.date(item.id, one.at) : await outbox.mend(item.id, item.data);
      if (one === undefined || next === undefined) return;
      one.id = next.id;
      if (asked) one.asked = true;
    });
  }

  /** Who is asked when something was knows it. */
  async #answerWhen(i: number): Promise<void> {
    const refused = this.phones[i]!.outbox.all().filter(({ state }) => state === 'refused');
    for (const [n, item] of refused.entries()) if (isUndated(item)) await this.decide(i, n, true);
  }

  async #rescue(i: number, by: 'desk' | 'colleague'): Promise<void> {
    const file = await this.#onPhone(i, async (phone) => phone.rescueFile());
    if (file === undefined) return;
    const hand = await this.county.as(by === 'desk' ? 'clerk' : i === 2 ? 'field' : 'otherfield', { anew: true });
    const { body } = await hand.post('/api/sync/rescue/import', file);
    const { verdicts = [], undated = 0 } = body as { verdicts?: { id: string; verdict: string }[]; undated?: number };
    const taken = new Set(verdicts.flatMap((v) => (v.verdict === 'accepted' ? [v.id] : [])));
    for (const one of this.noted)
      if (taken.has(one.id)) {
        one.accepted = true;
        if (undated > 0) one.undated = true;
      }
  }

  /** The evening: the line holds, and everyone looks until there is nothing new; people decide what waits for them. */
  async evening(): Promise<void> {
    this.ground.chance.pass(60);
    await this.restart();
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < PHONES; i++) {
        await this.contact(i);
        await this.#answerWhen(i);
        const all = this.phones[i]!.outbox.all();
        for (const item of all)
          if (isHeld(item, all))
            for (const other of all)
              if (other.stream === item.stream && other.state === 'refused')
                await this.#onPhone(i, ({ outbox }) => outbox.drop(other.id));
      }
    }
    for (let i = 0; i < PHONES; i++) await this.fetch(i);
  }

  ask = async <T>(i: number, job: (phone: TestPhone) => T): Promise<T> => await this.#onPhone(i, async (p) => job(p));
}

/** Plays a day from its morning to what must be so in the evening. */
export async function play(ground: Ground, seed: number, moves: readonly Move[]): Promise<World> {
  await ground.anew();
  ground.chance.again(seed);
  const world = new World(ground);
  await world.begin();
  for (const move of moves) await world.make(move);
  await world.evening();
  return world;
}

/** A line that broke is part of the game; anything else is not. */
function overOnly(error: unknown): void {
  if (!(error instanceof Offline)) throw error;
}
