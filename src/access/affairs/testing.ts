/** For tests only: what happens in a township, one record of every kind, so that each route has something to keep. */
import sharp from 'sharp';
import { expect } from 'vitest';
import { type Client, type TestCounty, done } from '../../app/testing.ts';
import { addDays, dayOf, startOfDay } from '../../calendar/days.ts';
import { sweepStream } from '../../disputes/model.ts';
import { hardCaseStream } from '../../hard-cases/model.ts';
import { newId } from '../../ledger/ids.ts';
import { rotaStream } from '../../reception/tables.ts';
import { claimPhotos, takePhoto } from '../../matters/photos.ts';
import { responsibilityStream } from '../../meetings/group-tables.ts';

/** Written nowhere but in what one township's households said: where it is read, something of theirs is read. */
export const MARK = '夜莺';
export const FAR_MARK = '云雀';
export const PHONE = '13912345678';
export const REPORTER_PHONE = '13987654321';

/** What stands in one township: a household, a visit to it that was signed, a matter it raised. */
export interface Affairs {
  readonly household: string;
  readonly resident: string;
  readonly visit: string;
  readonly matter: string;
  readonly number: string;
  readonly code: string;
  readonly area: string;
  readonly assignment: string;
  readonly outreach: string;
  readonly rota: string;
  readonly reception: string;
  readonly hallDesk: string;
  readonly ticket: string;
  readonly dialogue: string;
  readonly study: string;
  readonly sweep: string;
  readonly dispute: string;
  readonly mediator: string;
  readonly hardCase: string;
  readonly backlog: string;
  readonly hotspot: string;
  readonly talk: string;
  readonly informant: string;
  /** Of the village, open. */
  readonly ballot: string;
  readonly needReport: string;
  readonly labour: string;
  readonly pair: string;
  readonly festival: string;
  readonly gift: string;
  readonly paper: string;
  readonly exception: string;
  /** A petition of the township that is under review, asked for at the hall. */
  readonly review: string;
  readonly campaign: string;
  readonly team: string;
  readonly member: string;
  readonly meeting: string;
  readonly suggestion: string;
  readonly tipOff: string;
  readonly standingGroup: string;
  readonly responsibility: string;
  /** Whose leave it is. */
  readonly official: string;
  readonly photo: string;
  readonly order: string;
}

/** What is made before anything is looked at: all who work here may know of it. */
type Gathered = Pick<Affairs, 'campaign' | 'team' | 'member' | 'standingGroup' | 'responsibility'>;

/**
 * Lets things happen in a test county.
 * @param as signs in, once for each person
 * @param guide a policy that is published already
 */
export function affairsIn(county: TestCounty, as: (key?: string) => Promise<Client>, guide: string) {
  /** A campaign of one township with a team and somebody in it. Who is in what team may be known to all who work here. */
  async function gather(area: string, who: string): Promise<Gathered> {
    const [campaign, team, member] = [newId(), newId(), newId()];
    // Whose duty it is to receive people: the township's head.
    const here = area === county.places.liuhe;
    await county.give('unit', here ? county.units.liuhe : county.units.chengguan, {
      kind: 'unit.lead',
      head: county.id(here ? 'head' : 'farhead'),
      reception: null,
    });
    const administrator = await as('administrator');
    for (const [path, body] of [
      [`/api/campaigns/${campaign}/start`, { template: 'villages-firms', name: '大走访', area, from: '2026-01-01' }],
      [
        `/api/teams/${team}/found`,
        { parent: null, name: `${who}队`, purpose: '', area, campaign, since: '2026-01-01', until: null },
      ],
      [`/api/members/${member}/join`, { official: county.id(who), team, role: 'member', since: '2026-01-01' }],
    ] as const) {
      const { status, body: told } = await administrator.post(path, body);
      expect(status, JSON.stringify(told)).toBe(200);
    }
    const own = area === county.places.liuhe ? county.units.liuhe : county.units.chengguan;
    const standingGroup = newId();
    await done(
      administrator.post(`/api/standing-groups/${standingGroup}/found`, {
        form: 'leading',
        name: `${who}群众工作领导小组`,
        purpose: '领导群众工作',
        area,
        office: own,
        source: '镇党委决定',
        since: '2026-01-01',
      }),
    );
    const responsibility = responsibilityStream(county.county, own, 'mass-work');
    await done(
      administrator.post(`/api/responsibilities/${responsibility}/assign`, {
        unit: own,
        field: 'mass-work',
        principal: county.id('head'),
        deputy: county.id('waterhead'),
        liaison: county.id(who),
        since: '2026-01-01',
      }),
    );
    return { campaign, team, member, standingGroup, responsibility };
  }

  async function happen(
    field: string,
    clerk: string,
    unit: string,
    area: string,
    mark: string,
    assignment: string,
    gathered: Gathered,
  ): Promise<Affairs> {
    const [household, resident, visit, matter, exception] = [newId(), newId(), newId(), newId(), newId()];
    const official = await as(field);
    await done(
      official.post(`/api/households/${household}/register`, {
        area,
        address: `${mark}巷 7 号`,
        contact: county.id(field),
        residents: [{ id: resident, name: `欧阳${mark}`, relation: '户主', bornYear: 1950, phone: PHONE }],
      }),
    );
    await done(
      official.post(`/api/visits/${visit}/record`, {
        household,
        contact: 'met',
        note: `${mark}落在屋檐，渠水不到田头。`,
        needs: [],
        promises: [],
        metAt: new Date().toISOString(),
        withWhom: [resident],
      }),
    );
    const photo = await pictureFor(matter);
    const told = await done(
      (await as(clerk)).post(`/api/matters/${matter}/register`, {
        channel: 'phone',
        subject: `${mark}渡口的水渠堵了`,
        body: `${mark}渡口往下都没有水，稻田要干了。`,
        area,
        household,
        resident,
        official: county.id(field),
        reporter: { name: `欧阳${mark}`, phone: REPORTER_PHONE },
        photos: [photo],
      }),
    );
    await done((await as(clerk)).post(`/api/matters/${matter}/dispatch`, { unit }));
    const review = await reviewOf(clerk, unit, area, mark);
    const order = newId();
    await done(
      (await as('inspector')).post(`/api/orders/${order}/issue`, {
        form: 'supervision',
        source: 'inspectorate',
        from: '督查室',
        text: `请把${mark}渡口的水渠清了，月底前报结果`,
        unit,
        due: addDays(dayOf(new Date().toISOString()), 10),
        matter,
      }),
    );
    const own = mark === MARK ? county.units.liuhe : county.units.chengguan;
    const tipOff = newId();
    await done(
      (await as()).post(`/api/tip-offs/${tipOff}/file`, {
        about: `${mark}渡口的收费员`,
        words: `${mark}渡口过河要收两回钱，不给票。`,
        name: `欧阳${mark}`,
        phone: REPORTER_PHONE,
      }),
    );
    const suggestion = newId();
    await done(
      (await as(clerk)).post(`/api/suggestions/${suggestion}/file`, {
        channel: 'desk',
        title: `${mark}渡口设个候车棚`,
        words: `${mark}渡口等船的人多，搭个棚子能避雨。`,
        area,
        name: `欧阳${mark}`,
        phone: REPORTER_PHONE,
      }),
    );
    await done((await as(clerk)).post(`/api/suggestions/${suggestion}/send`, { unit }));
    const meeting = newId();
    await done(
      (await as(clerk)).post(`/api/meetings/${meeting}/call`, {
        template: 'joint-quarterly',
        name: `${mark}联席会议`,
        unit: own,
        day: '2026-01-05',
        from: '09:00',
        place: '会议室',
        chair: county.id(mark === MARK ? 'head' : 'farhead'),
        invited: [county.id(field)],
      }),
    );
    const outreach = newId();
    const today = dayOf(new Date().toISOString());
    await done(
      official.post(`/api/outreaches/${outreach}/arrange`, {
        form: 'reception',
        area,
        spot: `${clerk === 'clerk' ? '柳河' : '东关'}文化广场`,
        day: addDays(today, 10),
        from: '09:00',
        to: '11:30',
        who: [county.id(field)],
        about: '听大家说说过冬的事',
      }),
    );
    const desk_ = await as(clerk);
    const [reception, hallDesk, ticket, dialogue] = [newId(), newId(), newId(), newId()];
    const township = mark === MARK ? county.places.liuhe : county.places.chengguan;
    const sits = { day: addDays(today, 12), from: '09:00', to: '11:30' };
    const month = addDays(today, 40).slice(0, 7);
    const rota = rotaStream(county.county, township, 'reception-heads', month);
    const sitter = county.id(mark === MARK ? 'head' : 'farhead');
    await done(
      desk_.post(`/api/reception-days/${reception}/announce`, {
        official: sitter,
        area: township,
        spot: `${clerk === 'clerk' ? '柳河' : '东关'}群众工作服务室`,
        ...sits,
      }),
    );
    await done(desk_.post(`/api/reception-days/${reception}/book`, { phone: PHONE, name: `欧阳${mark}` }));
    await done(desk_.post(`/api/rotas/${rota}/draft`, { area: township, duty: 'reception-heads', month }));
    await done(
      desk_.post(`/api/hall-desks/${hallDesk}/open`, {
        area: township,
        code: '1',
        unit: mark === MARK ? county.units.liuhe : county.units.chengguan,
        form: 'permanent',
        from: '08:30',
        to: '17:30',
        duties: ['低保、救助'],
        people: [sitter],
      }),
    );
    await done(desk_.post(`/api/tickets/${ticket}/take`, { desk: hallDesk }));
    await done(desk_.post(`/api/tickets/${ticket}/call`));
    await done(desk_.post(`/api/tickets/${ticket}/receive`));
    await done(desk_.post(`/api/tickets/${ticket}/note`, { desk: hallDesk, words: `${mark}渡口的材料齐了` }));
    await done(
      desk_.post(`/api/dialogues/${dialogue}/announce`, {
        form: 'online',
        title: `${clerk === 'clerk' ? '柳河' : '东关'}镇长在线`,
        about: '有关过冬的都可以问',
        area: township,
        ...sits,
        guests: [{ official: sitter, unit: mark === MARK ? county.units.liuhe : county.units.chengguan }],
      }),
    );
    await done(
      (await as()).post(`/api/dialogues/${dialogue}/ask`, { words: `${mark}渡口的渠什么时候通`, phone: PHONE }),
    );
    const study = newId();
    await done(
      official.post(`/api/studies/${study}/open`, {
        topic: `${clerk === 'clerk' ? '柳河' : '东关'}的水渠谁来管`,
        question: '为什么年年清、年年堵',
        area,
        until: addDays(today, 60),
      }),
    );
    const [dispute, mediator, backlog] = [newId(), newId(), newId()];
    const sweep = sweepStream(county.county, own, 'month', today.slice(0, 7));
    await done(
      official.post(`/api/sweeps/${sweep}/return`, {
        unit: own,
        mode: 'month',
        period: today.slice(0, 7),
        looked: '走了两个组，问了组长',
      }),
    );
    await done(
      official.post(`/api/disputes/${dispute}/register`, {
        about: 'water',
        subject: `${mark}渡口分水的争执`,
        words: `${mark}渡口上下游为放水吵过两回`,
        area,
        signs: [],
        unit: own,
        person: county.id(field),
        due: addDays(today, 9),
      }),
    );
    await done(
      (await as(clerk)).post(`/api/mediators/${mediator}/enrol`, {
        name: '吴守义',
        phone: '19000001234',
        background: 'veteran-member',
        types: ['people'],
        area: clerk === 'clerk' ? county.places.liuhe : county.places.chengguan,
        unit: own,
        qualification: '做过二十年村支书',
        abouts: [],
        until: addDays(today, 300),
      }),
    );
    await done(
      official.post(`/api/disputes/${dispute}/open-mediation`, {
        type: 'people',
        mediator,
        parties: [{ name: `欧阳${mark}`, phone: PHONE }, { name: '下游组' }],
      }),
    );
    const hardCase = hardCaseStream(matter);
    await done(
      (await as(clerk)).post(`/api/hard-cases/${hardCase}/propose`, {
        matter,
        leader: county.id(field === 'field' ? 'head' : 'farhead'),
        reason: '年年清、年年堵，要有人一抓到底',
      }),
    );
    await backlogOf(backlog, area);
    const hotspot = newId();
    const leader = await as('leader');
    await done(
      (await as(clerk)).post(`/api/hotspots/${hotspot}/raise`, { title: `${mark}水渠年年堵`, area, matters: [matter] }),
    );
    await done(leader.post(`/api/hotspots/${hotspot}/explain`, { cause: `${mark}闸口没有人管` }));
    await done(
      leader.post(`/api/hotspots/${hotspot}/fix`, { measure: '每段渠定一个管护员', unit, due: addDays(today, 30) }),
    );
    const talk = newId();
    await done(
      official.post(`/api/talks/${talk}/hold`, {
        area,
        way: 'group',
        day: today,
        where: '院坝',
        guides: [guide],
      }),
    );
    await done(official.post(`/api/talks/${talk}/ask`, { words: `${mark}渡口那边的补贴算不算`, phone: PHONE }));
    const ballot = newId();
    const village = area === county.places.farGrid ? county.places.farVillage : county.places.village;
    for (let n = 0; n < 10; n += 1)
      await county.give('household', newId(), {
        kind: 'household.register',
        area,
        address: `${mark}坡 ${n} 号`,
        contact: county.id(field),
        residents: [{ id: newId(), name: `老户${n}`, relation: '户主' }],
      });
    await done(
      (await as('inspector')).post(`/api/ballots/${ballot}/open`, {
        area: village,
        until: addDays(dayOf(new Date().toISOString()), 10),
      }),
    );
    const [informant, needReport] = [newId(), newId()];
    await done(
      official.post(`/api/informants/${informant}/enrol`, {
        name: `热心${mark}`,
        phone: PHONE,
        area,
        agreedOn: today,
        until: addDays(today, 90),
      }),
    );
    await county.give('informant', informant, { kind: 'informant.agree' });
    await done(
      official.post(`/api/need-reports/${needReport}/file`, {
        informant,
        about: 'household',
        area,
        household,
        words: `${mark}渡口想装一盏灯`,
      }),
    );
    await done((await as()).post(`/api/outreaches/${outreach}/book`, { phone: PHONE, name: `欧阳${mark}` }));
    const [labour, pair, festival, gift] = [newId(), newId(), newId(), newId()];
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const later = (days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
    await done(
      official.post(`/api/labours/${labour}/record`, {
        day,
        part: 'morning',
        village: mark === MARK ? county.places.village : county.places.farVillage,
        outputs: [{ kind: '清淤渠道', amount: 20 }],
        note: `${mark}渠`,
      }),
    );
    const signature = '[[[1,2],[3,4]]]';
    await done(official.post(`/api/pairs/${pair}/make`, { household, until: later(90), by: resident, signature }));
    await done(
      official.post(`/api/pairs/${pair}/plan`, {
        measures: [{ give: '送技术', what: `${mark}田里看苗`, by: later(9) }],
      }),
    );
    await done(
      official.post(`/api/households/${household}/residents/consent`, {
        resident,
        what: 'needs',
        needs: ['低保救助'],
        until: later(200),
      }),
    );
    const desk = await as(clerk);
    await done(
      desk.post(`/api/festivals/${festival}/open`, {
        name: `${mark}节`,
        day: later(20),
        starts: later(-1),
        area: mark === MARK ? county.places.liuhe : county.places.chengguan,
        groups: ['低保户'],
        sources: [{ name: '县财政', limit: null }],
      }),
    );
    await done(desk.post(`/api/gifts/${gift}/propose`, { festival, household, source: '县财政', cents: 30_000 }));
    await done(
      official.post(`/api/exceptions/${exception}/ask`, {
        official: county.id(field),
        type: 'leave',
        from: '2026-11-02',
        until: '2026-11-03',
        reason: `${mark}村里办喜事`,
      }),
    );
    const paper = newId();
    await done(
      (await as(unit === county.units.water ? 'handler' : 'otherhandler')).post(`/api/papers/${paper}/issue`, {
        subject: {
          kind: 'ledger',
          id: `2026-11_township_${clerk === 'clerk' ? county.places.liuhe : county.places.chengguan}`,
        },
      }),
    );
    return {
      tipOff,
      suggestion,
      meeting,
      labour,
      pair,
      paper,
      festival,
      gift,
      household,
      resident,
      visit,
      matter,
      exception,
      review,
      ...gathered,
      official: county.id(field),
      number: told.body.told.number as string,
      code: told.body.told.code as string,
      area,
      assignment,
      outreach,
      rota,
      reception,
      hallDesk,
      ticket,
      dialogue,
      study,
      sweep,
      dispute,
      mediator,
      hardCase,
      backlog,
      hotspot,
      talk,
      informant,
      ballot,
      needReport,
      photo,
      order,
    };
  }

  /** A letter that the unit answered in writing, and whose writer asks one level up through the clerk. */
  async function reviewOf(clerk: string, unit: string, area: string, mark: string): Promise<string> {
    const [petition, review] = [newId(), newId()];
    const desk = await as(clerk);
    const handler = await as(unit === county.units.water ? 'handler' : 'otherhandler');
    const day = dayOf(new Date().toISOString());
    const give = async (client: Client, verb: string, body: object): Promise<void> => {
      const answer = await client.post(`/api/matters/${petition}/${verb}`, body);
      expect(answer.body, JSON.stringify(answer.body)).toMatchObject({ accepted: true });
    };
    await give(desk, 'register', {
      channel: 'letter',
      subject: `${mark}渡口占地没有补偿`,
      area,
      reporter: { name: `欧阳${mark}` },
    });
    await give(desk, 'dispatch', { unit });
    const who = county.id(unit === county.units.water ? 'handler' : 'otherhandler');
    await give(handler, 'acknowledge', { leader: who, handler: who, measures: '到现场量地' });
    await give(handler, 'accept', {});
    await give(handler, 'dispose', { disposition: 'unfounded', cause: '台账里有签收的补偿' });
    await give(handler, 'resolve', {
      answer: '补偿款去年已经打到账上，凭证附后。',
      outcome: 'not-supported',
      findings: '台账有签收记录',
      basis: '县占地补偿办法',
    });
    const { body } = await handler.get(`/api/matters/${petition}`);
    const paper = (body.papers as { kind: string; version: number }[]).find((p) => p.kind === 'opinion')!.version;
    await give(handler, 'serve', { paper, way: 'handed', on: day, receiver: '本人' });
    const asked = await desk.post(`/api/reviews/${review}/ask`, { matter: petition, words: `${mark}渡口的面积量错了` });
    expect(asked.body, JSON.stringify(asked.body)).toMatchObject({ accepted: true });
    return review;
  }

  /** A campaign to clear what is old in a place; its stock is one matter that was registered long ago. */
  async function backlogOf(backlog: string, area: string): Promise<void> {
    const day = dayOf(new Date().toISOString());
    await county.give(
      'matter',
      newId(),
      { kind: 'matter.register', channel: 'phone', subject: '旧事一件', area },
      startOfDay(addDays(day, -20)),
    );
    await county.give('backlog', backlog, {
      kind: 'backlog.open',
      name: '清理旧事',
      area,
      olderThan: 15,
      reopened: 0,
      until: addDays(day, 30),
      source: '县里的通知',
    });
  }

  /** A picture that waits for the matter. */
  async function pictureFor(matter: string): Promise<string> {
    const desk = {
      query: county.ledger.query,
      county: county.county,
      vault: county.system.vault,
      now: new Date().toISOString(),
    };
    const points = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });
    const taken = await takePhoto(desk, matter, await points.png().toBuffer());
    if ('fault' in taken) throw new Error(taken.fault);
    await claimPhotos(desk, matter, [taken.id]);
    return taken.id;
  }
  return { gather, happen };
}
