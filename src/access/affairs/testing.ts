/** For tests only: what happens in a township, one record of every kind, so that each route has something to keep. */
import sharp from 'sharp';
import { expect } from 'vitest';
import { type Client, type TestCounty, done } from '../../app/testing.ts';
import { addDays, dayOf } from '../../calendar/days.ts';
import { newId } from '../../ledger/ids.ts';
import { claimPhotos, takePhoto } from '../../matters/photos.ts';
import { referralStream, responsibilityStream } from '../../meetings/group-tables.ts';

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
  readonly study: string;
  readonly talk: string;
  readonly informant: string;
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
  readonly referral: string;
  readonly standingGroup: string;
  readonly responsibility: string;
  /** Whose leave it is. */
  readonly official: string;
  readonly photo: string;
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
    const own = mark === MARK ? county.units.liuhe : county.units.chengguan;
    const referral = referralStream(matter, own);
    await done(
      (await as(clerk)).post(`/api/referrals/${referral}/make`, {
        matter,
        unit: own,
        reason: `${mark}渡口归谁说不清`,
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
    const study = newId();
    await done(
      official.post(`/api/studies/${study}/open`, {
        topic: `${clerk === 'clerk' ? '柳河' : '东关'}的水渠谁来管`,
        question: '为什么年年清、年年堵',
        area,
        until: addDays(today, 60),
      }),
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
        paperKind: 'not-accepted',
        subject: { kind: 'matter', id: matter },
        fields: { 不予受理理由: '正在诉讼。', 建议途径: '向法院提出。' },
      }),
    );
    return {
      suggestion,
      meeting,
      referral,
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
      study,
      talk,
      informant,
      needReport,
      photo,
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
