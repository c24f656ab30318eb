/** Sixty units with their sections, 1,200 officials with their posts. */
import type { Geography } from './geography.ts';
import type { Gender, Official, Role, Unit } from './model.ts';
import { at } from './days.ts';
import { Random } from './random.ts';
import { givenName, surname } from './words/names.ts';
import { TOLD } from './words/places.ts';
import { DEPARTMENTS, TOWNSHIP_SECTIONS, type UnitKey } from './words/units.ts';

/** A unit with its people, sorted by what they do in stories. */
export interface Staff {
  readonly unit: Unit;
  readonly short: string;
  readonly officials: Official[];
  readonly heads: Official[];
  readonly clerks: Official[];
  readonly handlers: Official[];
  readonly field: Official[];
}

export interface Organisation {
  readonly units: readonly Unit[];
  readonly officials: readonly Official[];
  /** By the township's index. */
  readonly townships: readonly Staff[];
  readonly departments: Readonly<Record<Exclude<UnitKey, 'township'>, Staff>>;
  readonly leaders: readonly Official[];
  readonly faces: Readonly<Record<Role, string>>;
}

/** What a unit's ten or sixty seats are: post, roles, and whether the seat is in a section. */
interface Seat {
  readonly post: string;
  readonly roles: readonly Role[];
  /** Index of a section; absent for those who stand above sections. */
  readonly section?: number;
}

const seats = (count: number, seat: (i: number) => Seat): Seat[] => Array.from({ length: count }, (_, i) => seat(i));

const townshipSeats = (rural: string): Seat[] => [
  { post: `${rural}党委书记`, roles: ['head'] },
  { post: `${rural}长`, roles: ['head'] },
  ...seats(4, (i) => ({ post: i === 0 ? '党委副书记' : `副${rural}长`, roles: ['handler', 'field'] })),
  ...seats(2, () => ({ post: '便民服务中心办事员', roles: ['clerk'], section: 1 })),
  ...seats(10, (i) => ({ post: i < 6 ? '站所负责人' : '站所干事', roles: ['handler'], section: 2 + (i % 6) })),
  ...seats(42, (i) => ({ post: i < 40 ? '包村干部' : '驻村工作队员', roles: ['field'], section: i % 8 })),
];

const departmentSeats = (key: string, sections: number, enterprise: boolean): Seat[] => {
  const head = enterprise ? '经理' : '局长';
  const common: Seat[] = [
    { post: head, roles: ['handler'] },
    { post: `副${head}`, roles: ['handler'] },
    ...seats(2, () => ({ post: '综合岗', roles: ['clerk'] satisfies Role[] })),
    ...seats(4, (i) => ({
      post: i < 2 ? '股室负责人' : '经办人',
      roles: ['handler'] satisfies Role[],
      section: i % sections,
    })),
    ...seats(2, () => ({ post: '驻村联络员', roles: ['field'] satisfies Role[] })),
  ];
  switch (key) {
    case 'office':
      return [
        { post: '县长', roles: ['leader'] },
        ...seats(5, (i) => ({ post: i === 0 ? '常务副县长' : '副县长', roles: ['leader'] satisfies Role[] })),
        { post: '综合股办事员', roles: ['clerk'], section: 0 },
        { post: '综合股股长', roles: ['handler'], section: 0 },
        { post: '系统管理员', roles: ['administrator'], section: 1 },
        { post: '驻村联络员', roles: ['field'] },
      ];
    case 'inspectorate':
      return [
        { post: '督查室主任', roles: ['inspector', 'handler'] },
        ...seats(7, (i) => ({ post: '督查员', roles: ['inspector'] satisfies Role[], section: i % 2 })),
        { post: '综合岗', roles: ['clerk'] },
        { post: '驻村联络员', roles: ['field'] },
      ];
    case 'masswork':
    case 'approval':
      return common.map((seat, i) =>
        i >= 6 && i < 8 ? { post: '受理员', roles: ['clerk'], section: i % sections } : seat,
      );
    case 'audit':
      return common.map((seat, i) =>
        i >= 4 && i < 6 ? { post: '审计员', roles: ['auditor'], section: i % sections } : seat,
      );
    default:
      return common;
  }
};

const FOUNDED = at(Date.parse('2024-01-03') / 86_400_000, 9);

export const staff = (seed: string, geography: Geography): Organisation => {
  const random = new Random(seed, 'organisation');
  const units: Unit[] = [];
  const officials: Official[] = [];
  const unit = (rest: Omit<Unit, 'id'>): Unit => {
    const made = { id: random.uuid(FOUNDED + units.length), ...rest };
    units.push(made);
    return made;
  };
  const people = (short: string, main: Unit, sections: readonly Unit[], all: readonly Seat[]): Staff => {
    const made = all.map(({ post, roles, section }): Official => {
      const gender: Gender = random.chance(0.6) ? 'male' : 'female';
      const number = officials.length;
      const official: Official = {
        id: random.uuid(FOUNDED + 3_600_000 + number),
        name: surname(random) + givenName(random, gender, random.between(1966, 2000)),
        gender,
        // See README: this range is no one's; the first 1,200 numbers of it are the officials'.
        phone: String(19_000_000_000 + number),
        unit: main.id,
        ...(section === undefined ? {} : { section: (sections[section] as Unit).id }),
        post,
        roles,
      };
      officials.push(official);
      return official;
    });
    const having = (role: Role): Official[] => made.filter(({ roles }) => roles.includes(role));
    return {
      unit: main,
      short,
      officials: made,
      heads: made.slice(0, 2),
      clerks: having('clerk'),
      handlers: having('handler'),
      field: made.filter(({ roles }) => roles.length === 1 && roles[0] === 'field'),
    };
  };

  const townships = geography.townships.map((township): Staff => {
    const main = unit({ name: `${township.name}人民政府`, kind: 'township-government', area: township.area.id });
    const sections = TOWNSHIP_SECTIONS.map((name) =>
      unit({ name: township.name + name, kind: 'section', parent: main.id, area: township.area.id }),
    );
    return people(`${township.name}政府`, main, sections, townshipSeats(township.name.endsWith('乡') ? '乡' : '镇'));
  });

  const departments = Object.fromEntries(
    Object.entries(DEPARTMENTS).map(([key, words]) => {
      const enterprise = 'enterprise' in words;
      const main = unit({
        name: words.name,
        kind: enterprise ? 'enterprise' : 'department',
        area: geography.county.id,
      });
      const sections = words.sections.map((name) =>
        unit({ name: words.short + name, kind: 'section', parent: main.id, area: geography.county.id }),
      );
      return [key, people(words.short, main, sections, departmentSeats(key, sections.length, enterprise))];
    }),
  ) as Record<Exclude<UnitKey, 'township'>, Staff>;

  const told = townships[geography.townships.findIndex(({ name }) => name === TOLD)] as Staff;
  const first = (list: readonly Official[], role: Role): string =>
    (list.find(({ roles }) => roles.includes(role)) as Official).id;
  const faces: Record<Role, string> = {
    field: (told.field[0] as Official).id,
    clerk: (told.clerks[0] as Official).id,
    handler: (departments.water.handlers[2] as Official).id,
    head: (told.officials[1] as Official).id,
    leader: first(departments.office.officials, 'leader'),
    inspector: first(departments.inspectorate.officials, 'inspector'),
    administrator: first(departments.office.officials, 'administrator'),
    auditor: first(departments.audit.officials, 'auditor'),
  };
  return {
    units,
    officials,
    townships,
    departments,
    leaders: departments.office.officials.filter(({ roles }) => roles.includes('leader')),
    faces,
  };
};
