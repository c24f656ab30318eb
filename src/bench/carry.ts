import { foundCounty, command } from '../app/county.ts';
import type { House } from '../app/operations/open.ts';
import { accountStream } from '../accounts/model.ts';
import type { Recorded } from '../ledger/decider.ts';
import { idOf, newId } from '../ledger/ids.ts';
import type { History } from '../ledger/ledger.ts';
import type { HouseholdEvent } from '../residents/model.ts';
import { numbers } from './words.ts';

export const NO_PASSWORD = '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA';
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤';
const GIVEN =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂兰英华玉萍红建国文辉力永健世广志义兴良海山仁波宁贵福生龙元全胜学祥才发成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会群豪心邦承乐绍功松善厚庆民友裕河哲江浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以家致树炎德行时泰盛雄琛钧冠策腾';
const SERVICES = ['助餐', '陪诊', '代办'];

/** Each village has a township of its own, and a code of its own. */
let codes = 100;

/** A county with nobody in it but those who are measured. */
export async function emptyCounty(house: House): Promise<{ county: number; root: string; unit: string }> {
  const { ledger } = house.system;
  const { county, root } = await foundCounty(house.database, ledger, {
    code: '990101',
    name: '清河县',
    prefix: 'QH',
    desk: '群众工作部',
    administrator: { name: '系统管理员', login: 'admin' },
  });
  await command(ledger, county, 'account', accountStream(idOf('official', '990101', 'administrator')), {
    kind: 'account.open',
    official: idOf('official', '990101', 'administrator'),
    login: 'admin',
    hash: NO_PASSWORD,
    mustChange: false,
  });
  const unit = idOf('unit', 'bench');
  await command(ledger, county, 'unit', unit, {
    kind: 'unit.add',
    parent: null,
    type: 'township',
    name: '柳河镇人民政府',
    area: root,
  });
  return { county, root, unit };
}

/** A village of so many households with three residents each, and officials who answer for it. */
export async function village(
  house: House,
  at: { county: number; root: string; unit: string },
  name: string,
  households: number,
  officials: number,
): Promise<{ officials: string[]; households: string[] }> {
  const { ledger } = house.system;
  const { county } = at;
  const draw = numbers(households);
  const pick = <T>(of: readonly T[] | string): T | string => of[draw(of.length)]!;
  const give = (record: string, stream: string, given: { kind: string } & Record<string, unknown>) =>
    command(ledger, county, record, stream, given);
  const area = idOf('bench village', name);
  const township = idOf('bench township', name);
  await give('area', township, {
    kind: 'area.add',
    parent: at.root,
    type: '镇',
    name: `${name}镇`,
    code: `990101${codes}`,
  });
  await give('area', area, {
    kind: 'area.add',
    parent: township,
    type: '村',
    name: `${name}村`,
    code: `990101${codes++}201`,
  });
  const people: string[] = [];
  for (let i = 0; i < officials; i++) {
    const official = idOf('bench official', name, String(i));
    people.push(official);
    await give('official', official, {
      kind: 'official.register',
      name: `${pick(SURNAMES)}${pick(GIVEN)}`,
      title: '干部',
      unit: at.unit,
      phone: '19000000001',
    });
    await give('official', official, {
      kind: 'official.give-post',
      role: 'field',
      unit: at.unit,
      area: null,
      title: '',
      since: '2025-01-01',
    });
    await give('account', accountStream(official), {
      kind: 'account.open',
      official,
      login: `b${official.slice(0, 8)}`,
      hash: NO_PASSWORD,
      mustChange: false,
    });
    await give('assignment', idOf('bench assignment', official), {
      kind: 'assignment.make',
      official,
      type: 'village',
      area,
      household: null,
      unit: null,
      role: '综合联村干部',
      since: '2025-01-01',
    });
  }
  const ids: string[] = [];
  let batch: History[] = [];
  const chain = [at.root, township, area];
  for (let i = 0; i < households; i++) {
    const stream = newId();
    ids.push(stream);
    const family = String(pick(SURNAMES));
    const person = (relation: string, born: number) => ({
      id: newId(),
      name: `${relation === '配偶' ? String(pick(SURNAMES)) : family}${String(pick(GIVEN))}${draw(3) === 0 ? '' : String(pick(GIVEN))}`,
      relation,
      bornYear: born,
    });
    const residents = [
      person('户主', 1940 + draw(45)),
      person('配偶', 1940 + draw(45)),
      person('子女', 1975 + draw(40)),
    ];
    const stamp = { actor: 'system:bench', at: '2026-01-05T02:00:00.000Z' };
    const events: Recorded<HouseholdEvent>[] = [
      {
        kind: 'household.registered',
        chain,
        contact: null,
        residents: residents.map((r) => ({ id: r.id, ...(draw(2) === 0 ? { phonePrint: 'x' } : {}) })),
        personal: { address: `${name}村${1 + draw(12)}组${1 + draw(300)}号`, residents },
        stamp: { ...stamp, version: 1 },
      },
      ...(draw(5) === 0
        ? [
            {
              kind: 'resident.consented' as const,
              resident: residents[0]!.id,
              what: 'needs' as const,
              until: '2027-06-30',
              personal: { needs: [SERVICES[draw(SERVICES.length)]!] },
              stamp: { ...stamp, version: 2 },
            },
          ]
        : []),
    ];
    batch.push({ county, id: newId(), record: 'household', stream, events: events as unknown as History['events'] });
    if (batch.length === 500 || i === households - 1) {
      await ledger.take(county, batch);
      batch = [];
    }
  }
  return { officials: people, households: ids };
}

/** The same records as documents, the way they would stand in a document database: about 600 bytes each. */
export async function documentsOf(house: House, county: number, ids: readonly string[]): Promise<object[]> {
  const { rows } = await house.database.pool.query<{ doc: object }>(
    `select json_build_object('_id', h.id, 'type', 'household', 'head', h.head, 'address', h.address, 'township', h.township,
              'village', h.village, 'contact', h.contact, 'pinyin', h.pinyin, 'initials', h.initials,
              'needs', h.needs, 'residents', (select json_agg(json_build_object('id', r.id, 'name', r.name, 'relation', r.relation,
                'bornYear', r.born_year, 'hasPhone', r.phone_print is not null, 'pinyin', r.pinyin, 'initials', r.initials) order by r.place)
                from resident r where r.county = h.county and r.household = h.id)) as doc
       from household h where h.county = $1 and h.id = any($2::uuid[])`,
    [county, ids],
  );
  return rows.map((row) => row.doc);
}
