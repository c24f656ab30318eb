import type { Query } from '../ledger/record.ts';
import type { Line } from './layout.ts';

interface Place {
  readonly id: string;
  readonly name: string;
  readonly chain: readonly string[];
}
interface Worker {
  readonly id: string;
  readonly name: string;
  readonly area: string | null;
}
type Found<T> = { readonly found: T } | { readonly fault: string };

/** Finds the places and officials a list names. Read once for a file. */
export interface Directory {
  area(
    line: Line,
  ): Found<{ readonly chain: readonly string[] }> & { readonly column?: 'township' | 'village' | 'grid' };
  official(name: string, chain: readonly string[]): Found<string>;
}

export async function directoryOf(query: Query, county: number): Promise<Directory> {
  // Cells of a list come normalised, so names are compared in that form: (东区) is （东区）.
  const areas = await query<Place & { level: string }>(
    'residents.import-areas',
    `select id, normalize(name, NFKC) as name, level, chain from area where county = $1 and not closed`,
    [county],
  );
  const workers = await query<Worker>(
    'residents.import-officials',
    `select o.id, normalize(o.name, NFKC) as name, u.area from official o left join unit u on u.county = o.county and u.id = o.unit
      where o.county = $1 and not o.retired`,
    [county],
  );
  const level = (name: string) => areas.filter((a) => a.level === name);
  const townships = new Map(level('township').map((t) => [t.name, t.id]));
  const villages = Map.groupBy(level('village'), (v) => v.name);
  const grids = Map.groupBy(level('grid'), (g) => `${g.chain.at(-2)} ${g.name}`);
  const officials = Map.groupBy(workers, (w) => w.name);

  return {
    area({ township, village, grid }) {
      if (village === '') return { fault: '村/社区没有填', column: 'village' };
      const within = township === '' ? undefined : townships.get(township);
      if (township !== '' && within === undefined) return { fault: '没有这个乡镇', column: 'township' };
      const named = (villages.get(village) ?? []).filter((v) => within === undefined || v.chain.includes(within));
      if (named.length > 1) return { fault: '有几个同名的村/社区，请加一列“乡镇”', column: 'village' };
      const place = named[0];
      if (place === undefined) return { fault: '没有这个村/社区', column: 'village' };
      if (grid === '') return { found: place };
      const found = grids.get(`${place.id} ${grid}`)?.[0];
      return found === undefined ? { fault: `${village}没有这个网格`, column: 'grid' } : { found };
    },
    official(name, chain) {
      const namesakes = officials.get(name) ?? [];
      if (namesakes.length === 0) return { fault: '没有这位干部' };
      const near =
        namesakes.length === 1
          ? namesakes
          : namesakes.filter((w) => w.area !== null && chain.slice(1).includes(w.area));
      return near.length === 1 ? { found: near[0]!.id } : { fault: '有几位同名的干部，请导入后在系统里指定' };
    },
  };
}
