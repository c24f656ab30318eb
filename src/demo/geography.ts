/** The tree of places: county, twelve townships, 240 villages and communities, 1,500 grids. */
import type { Area } from './model.ts';
import { at } from './days.ts';
import { Random, shares } from './random.ts';
import { COUNTY, ESTATES, GROUPS, TOWNSHIPS } from './words/places.ts';

const GRIDS_PER_TOWNSHIP = 125;

/** A grid with what the generator needs to tell about it. */
export interface Grid {
  readonly area: Area;
  readonly village: Village;
  /** The groups or the estate it is made of. */
  readonly parts: readonly string[];
  /** Its households are numbered county-wide from `first`. */
  readonly first: number;
  readonly households: number;
}

export interface Village {
  readonly area: Area;
  readonly township: Township;
  readonly urban: boolean;
  /** Surnames that half of the village bears. */
  readonly surnames: readonly string[];
  readonly grids: Grid[];
}

export interface Township {
  readonly index: number;
  readonly name: string;
  readonly area: Area;
  readonly villages: Village[];
  readonly grids: Grid[];
  readonly first: number;
  readonly households: number;
}

export interface Geography {
  readonly county: Area;
  readonly townships: readonly Township[];
  /** Parents before children. */
  readonly areas: readonly Area[];
}

const LOCAL_SURNAMES = [
  ...'王李张刘陈杨黄周吴徐孙胡朱高林何郭罗梁宋谢唐冯于董萧程曹邓许沈曾彭吕苏卢蒋蔡魏叶余潘杜戴夏钟汪田',
];

/** When the county took the tree into use, for the ids of its places. */
const FOUNDED = at(Date.parse('2024-01-02') / 86_400_000, 9);

export const layOut = (seed: string): Geography => {
  const random = new Random(seed, 'geography');
  let sequence = 0;
  const area = (rest: Omit<Area, 'id'>): Area => ({ id: random.uuid(FOUNDED + sequence++), ...rest });
  const number = (n: number, digits: number): string => String(n).padStart(digits, '0');

  const county = area({ code: COUNTY.code, name: COUNTY.name, level: 'county', urban: false });
  const areas = [county];
  let household = 0;
  const townships = TOWNSHIPS.map((words, index): Township => {
    const code = COUNTY.code + number(101 + index, 3);
    const township: Township = {
      index,
      name: words.name,
      area: area({ code, name: words.name, level: 'township', parent: county.id, urban: false }),
      villages: [],
      grids: [],
      first: household,
      households: words.households,
    };
    areas.push(township.area);
    const gridsOf = shares(random, GRIDS_PER_TOWNSHIP, words.places.length, 4);
    const householdsOf = shares(random, words.households, GRIDS_PER_TOWNSHIP, 8);
    words.places.forEach((name, v) => {
      const urban = name.endsWith('社区');
      const villageCode = code + number(201 + v, 3);
      const village: Village = {
        area: area({ code: villageCode, name, level: 'village', parent: township.area.id, urban }),
        township,
        urban,
        surnames: urban ? [] : [random.pick(LOCAL_SURNAMES), random.pick(LOCAL_SURNAMES), random.pick(LOCAL_SURNAMES)],
        grids: [],
      };
      areas.push(village.area);
      township.villages.push(village);
      const left = [...(urban ? ESTATES : GROUPS)];
      const take = (): string => left.splice(random.between(0, left.length - 1), 1)[0] as string;
      for (let g = 0; g < (gridsOf[v] as number); g++) {
        const parts = urban ? [take()] : [`${take()}组`, `${take()}组`];
        const count = householdsOf[township.grids.length] as number;
        const grid: Grid = {
          area: area({
            code: villageCode + number(g + 1, 3),
            name: `第${g + 1}网格（${parts.join('、')}）`,
            level: 'grid',
            parent: village.area.id,
            urban,
          }),
          village,
          parts,
          first: household,
          households: count,
        };
        household += count;
        areas.push(grid.area);
        village.grids.push(grid);
        township.grids.push(grid);
      }
    });
    return township;
  });
  return { county, townships, areas };
};
