/**
 * Households, each a pure function of the seed and its number: nothing is kept, anything can be asked
 * for again, and a household reads the same at either scale.
 */
import type { Grid, Township } from './geography.ts';
import type { Gender, Household, Resident, ServiceNeed } from './model.ts';
import { at, dateOf } from './days.ts';
import { Random } from './random.ts';
import { type Circumstance, SERVICE, TOWN, VILLAGE } from './words/circumstances.ts';
import { givenName, surname } from './words/names.ts';

/** Facts of the year that households are told for. */
export interface HouseholdContext {
  readonly seed: string;
  /** First day of the year told. */
  readonly fromDay: number;
  readonly contactOf: (index: number, grid: Grid) => string | undefined;
}

export interface ToldHousehold extends Household {
  readonly circumstance: Circumstance;
}

const FOUNDED = at(Date.parse('2024-01-08') / 86_400_000, 9);
const RESIDENT_PHONES = 8_800;

type Person = readonly [relation: string, gender: Gender, age: number];
const other = (gender: Gender): Gender => (gender === 'male' ? 'female' : 'male');

/** Who lives together, the householder first, children youngest last. */
const compose = (random: Random, circumstance: Circumstance): Person[] => {
  const gender: Gender = random.chance(0.72) ? 'male' : 'female';
  const child = (age: number): Person => {
    const sex: Gender = random.chance(0.51) ? 'male' : 'female';
    return [sex === 'male' ? '子' : '女', sex, age];
  };
  const couple = (age: number): Person[] => [
    ['户主', gender, age],
    ['配偶', other(gender), age - random.between(-1, 4)],
  ];
  switch (circumstance) {
    case 'elder-alone':
      return [['户主', random.chance(0.35) ? 'male' : 'female', random.between(68, 90)]];
    case 'elder-couple':
      return couple(random.between(66, 85));
    case 'retired':
      return random.chance(0.8) ? couple(random.between(60, 76)) : [['户主', gender, random.between(60, 76)]];
    case 'grandchildren': {
      const grandchildren = Array.from({ length: random.between(1, 2) }, (): Person => {
        const [, sex, age] = child(random.between(5, 14));
        return [sex === 'male' ? '孙子' : '孙女', sex, age];
      });
      return [...couple(random.between(56, 72)), ...grandchildren];
    }
    case 'newborn':
      return [
        ...couple(random.between(24, 34)),
        ...(random.chance(0.4) ? [child(random.between(3, 8))] : []),
        child(0),
      ];
    case 'job-seeker':
      return random.chance(0.4)
        ? [['户主', gender, random.between(23, 30)]]
        : [...couple(random.between(32, 50)), child(random.between(8, 18))];
    case 'veteran':
      return [
        ['户主', 'male', random.between(58, 84)],
        ['配偶', 'female', random.between(56, 80)],
      ];
    case 'student':
      return [
        ...couple(random.between(43, 54)),
        child(random.between(16, 21)),
        ...(random.chance(0.5) ? [child(random.between(8, 15))] : []),
      ];
    default: {
      const age = random.between(31, 57);
      const people = couple(age);
      for (
        let n = random.weighted([
          [0, 2],
          [1, 5],
          [2, 3],
        ] as const);
        n > 0;
        n--
      )
        people.push(child(Math.max(1, age - random.between(23, 29) - n)));
      // The old live with a quarter of the rest.
      if (random.chance(0.24))
        people.push([gender === 'male' ? '母亲' : '婆婆', 'female', age + random.between(22, 28)]);
      if (random.chance(0.12)) people.push([gender === 'male' ? '父亲' : '公公', 'male', age + random.between(22, 29)]);
      return people;
    }
  }
};

const addressOf = (grid: Grid, index: number): string => {
  const place = grid.village.township.name + grid.village.area.name;
  const position = index - grid.first;
  if (!grid.village.urban) {
    const half = Math.ceil(grid.households / 2);
    return `${place}${grid.parts[position < half ? 0 : 1]}${(position % half) + 1}号`;
  }
  const [building, floor, door] = [
    Math.floor(position / 24) + 1,
    (Math.floor(position / 4) % 6) + 1,
    (position % 4) + 1,
  ];
  return `${place}${grid.parts[0]}${building}栋${door < 3 ? 1 : 2}单元${floor}0${door < 3 ? door : door - 2}室`;
};

const KIN_OF_BLOOD = new Set(['子', '女', '孙子', '孙女', '父亲']);

/** @param index the household's number in the county, inside `grid` */
export const householdAt = (
  { seed, fromDay, contactOf }: HouseholdContext,
  index: number,
  grid: Grid,
): ToldHousehold => {
  const random = new Random(seed, 'household', index);
  const circumstance = random.weighted(grid.village.urban ? TOWN : VILLAGE);
  const id = random.uuid(FOUNDED + index);
  const year = Number(dateOf(fromDay).slice(0, 4));
  const family = surname(random, grid.village.surnames);
  const people = compose(random, circumstance);
  // A family goes by the father's name whoever heads it.
  const headIsFather = people[0]?.[1] === 'male';
  const residents = people.map(([relation, gender, age]): Resident => {
    const birthYear = year - age;
    const bears =
      relation === '户主'
        ? headIsFather || people.length === 1
        : KIN_OF_BLOOD.has(relation) || (relation === '配偶' && !headIsFather) || relation === '公公';
    return {
      id: random.uuid(FOUNDED + index),
      name: (bears ? family : surname(random)) + givenName(random, gender, birthYear),
      gender,
      birthYear,
      relation,
    };
  });
  const service = SERVICE[circumstance];
  const needs: ServiceNeed[] = [];
  if (service !== undefined && random.chance(0.8)) {
    const consented = fromDay - random.between(20, 300);
    const child = circumstance === 'grandchildren' || circumstance === 'student' || circumstance === 'newborn';
    needs.push({
      kind: service,
      resident: (residents[child ? Math.min(2, residents.length - 1) : 0] as Resident).id,
      consentedOn: dateOf(consented),
      until: dateOf(consented + 3 * 365),
    });
  }
  const contact = contactOf(index, grid);
  return {
    id,
    grid: grid.area.id,
    address: addressOf(grid, index),
    ...(random.chance(0.93) ? { phone: String(19_000_001_200 + (index % RESIDENT_PHONES)) } : {}),
    residents,
    needs,
    ...(contact === undefined ? {} : { contact }),
    circumstance,
  };
};

/** The grid that holds a household of the township. */
export const gridOf = ({ grids }: Township, index: number): Grid => {
  let [low, high] = [0, grids.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((grids[middle] as Grid).first <= index) low = middle;
    else high = middle - 1;
  }
  return grids[low] as Grid;
};
