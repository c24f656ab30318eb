import type { Pool } from 'pg';
import type { Vault } from '../../ledger/vault.ts';
import type { System } from '../system.ts';
import { channelNames, dispositionNames, statusNames } from '../../matters/model.ts';

/** A value of an exported row, as JSON knows it. */
export type Row = Readonly<Record<string, unknown>>;

export interface Exportable {
  readonly name: string;
  /** Column → heading, in order. Columns of the query not named here go into jsonl only. */
  readonly columns: Readonly<Record<string, string>>;
  /** What codes are called where people read them: in csv and xlsx. */
  readonly names?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** A query whose only parameter is the county. */
  readonly sql: string;
  /** Counts the same rows quickly. */
  readonly count: string;
  /** Whose files leave the house with it, as a query of the county; absent where nothing in it is of anyone. */
  readonly subjects?: string;
  /** Rows read at once; fewer where each is large. */
  readonly batch?: number;
  /** Makes a row readable that holds something encrypted. */
  opened?(row: Row, vault: Pick<Vault, 'openBytes'>): Row;
}

const matters: Exportable = {
  name: '诉求',
  columns: {
    number: '编号',
    registered_at: '登记时间',
    channel: '渠道',
    subject: '主题',
    text: '内容',
    category: '类别',
    township: '乡镇',
    village: '村',
    unit: '责任单位',
    official: '登记人',
    status: '状态',
    disposition: '办理结果',
    due: '到期',
    dispatched_at: '派单时间',
    acknowledged_at: '签收时间',
    first_answered_at: '首次答复',
    resolved_at: '办结时间',
    closed_at: '结案时间',
    closed_by: '结案人',
    returns: '退回次数',
    reopenings: '重办次数',
    score: '满意度',
  },
  names: { channel: channelNames, status: statusNames, disposition: dispositionNames },
  sql: `select m.*, t.name as township, v.name as village, g.name as grid, u.name as unit, o.name as official,
               l.name as leader, h.name as handler, x.text
          from matter m
          left join area t on t.county = m.county and t.id = m.township
          left join area v on v.county = m.county and v.id = m.village
          left join area g on g.county = m.county and g.id = m.grid
          left join unit u on u.county = m.county and u.id = m.unit
          left join official o on o.county = m.county and o.id = m.official
          left join official l on l.county = m.county and l.id = m.leader
          left join official h on h.county = m.county and h.id = m.handler
          left join matter_text x on x.county = m.county and x.id = m.id
         where m.county = $1 order by m.registered_at, m.id`,
  count: 'select count(*) as n from matter where county = $1',
  subjects: 'select distinct coalesce(household, id) as subject from matter where county = $1',
};

const households: Exportable = {
  name: '住户',
  columns: {
    township: '乡镇',
    village: '村',
    grid: '网格',
    address: '门牌',
    head: '户主',
    residents: '人数',
    contact: '联户干部',
    needs: '服务需要',
    moved: '已迁出',
  },
  sql: `select h.*, t.name as township, v.name as village, g.name as grid, o.name as contact,
               (select coalesce(jsonb_agg(jsonb_build_object('name', r.name, 'relation', r.relation, 'bornYear', r.born_year)
                                          order by r.place), '[]')
                  from resident r where r.county = h.county and r.household = h.id and not r."left") as people
          from household h
          left join area t on t.county = h.county and t.id = h.township
          left join area v on v.county = h.county and v.id = h.village
          left join area g on g.county = h.county and g.id = h.grid
          left join official o on o.county = h.county and o.id = h.contact
         where h.county = $1 order by h.township, h.village, h.grid, h.address, h.id`,
  count: 'select count(*) as n from household where county = $1',
  subjects: 'select id as subject from household where county = $1',
};

/** The ledger without personal parts: those stay in the vault, the event shows only that there is one. */
const events: Exportable = {
  name: '事件',
  columns: {
    seq: '序号',
    record: '记录类别',
    stream: '记录',
    version: '版本',
    kind: '事件',
    at: '发生时间',
    recorded_at: '入账时间',
    actor: '经手人',
    data: '内容',
  },
  sql: `select s.seq, e.county, e.stream, e.version, e.record, e.kind, e.at, e.recorded_at, e.actor, e.command, e.device, e.data,
               encode(e.personal, 'hex') as personal, encode(s.hash, 'hex') as hash
          from seal s join event e using (county, stream, version) where s.county = $1 order by s.seq`,
  count: 'select count(*) as n from seal where county = $1',
};

/** Pictures that came with matters; the picture itself goes into jsonl, as base64 of a JPEG. */
const photos: Exportable = {
  name: '照片',
  columns: { number: '编号', place: '第几张', bytes: '字节', hash: '密文的校验和' },
  sql: `select m.number, x.place, f.bytes, encode(sha256(f.box), 'hex') as hash, f.id, f.type, f.box
          from matter m
          join event e on e.county = m.county and e.stream = m.id and e.version = 1
          cross join lateral jsonb_array_elements(e.data->'files') with ordinality x(file, place)
          join file f on f.county = m.county and f.id = (x.file->>'id')::uuid
         where m.county = $1 order by m.registered_at, m.id, x.place`,
  count: 'select count(*) as n from file where county = $1 and stream is not null',
  subjects: `select distinct coalesce(m.household, m.id) as subject from matter m
              join file f on f.county = m.county and f.stream = m.id where m.county = $1`,
  batch: 8,
  opened: ({ box, ...row }, vault) => ({ ...row, picture: vault.openBytes(box as Buffer).toString('base64') }),
};

export const exportables: Readonly<Record<string, Exportable>> = { matters, households, photos, events };

const BATCH = 1_000;

/** Who exports at the command line: whoever may run programs on this machine. */
const EXPORTER = 'system:export';

/** Notes for each whose file leaves the house that it does; what cannot be noted is not exported. @returns how many */
export async function recordExport(pool: Pool, county: number, what: Exportable, now: string): Promise<number> {
  if (what.subjects === undefined) return 0;
  const { rowCount } = await pool.query(
    `insert into read_audit (county, id, at, reader, subject, what, why)
     select $1::int, gen_random_uuid(), $2::timestamptz, $3, s.subject, $4, $5 from (${what.subjects}) s`,
    [county, now, EXPORTER, `导出的${what.name}`, '在服务器上用命令导出'],
  );
  return rowCount ?? 0;
}

/** All rows of an export as they stood at one moment, however many: memory holds one batch. */
export async function* rowsFor(
  { database: { pool }, vault }: Pick<System, 'database' | 'vault'>,
  county: number,
  what: Exportable,
): AsyncGenerator<Row[]> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    // The reader at the other end of a pipe may take its time.
    await client.query('set local idle_in_transaction_session_timeout = 0');
    await client.query(`declare rows no scroll cursor for ${what.sql.replaceAll('$1', String(Number(county)))}`);
    for (;;) {
      const { rows } = await client.query<Row>(`fetch ${what.batch ?? BATCH} from rows`);
      if (rows.length === 0) break;
      yield what.opened === undefined ? rows : rows.map((row) => what.opened!(row, vault));
    }
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

/** A byte order mark, so that spreadsheets read Chinese; line ends and quotes as RFC 4180. */
export async function* csvOf(rows: AsyncIterable<Row[]>, what: Exportable): AsyncGenerator<string> {
  const columns = Object.keys(what.columns);
  yield `\ufeff${Object.values(what.columns).map(csvCell).join(',')}\r\n`;
  for await (const batch of rows)
    yield batch.map((row) => `${columns.map((c) => csvCell(readable(what, row, c))).join(',')}\r\n`).join('');
}

/** A cell as people read it: codes by their names, instants by the clock on the wall. */
export function readable(what: Exportable, row: Row, column: string): string | number {
  const value = row[column];
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (what.names?.[column]?.[value] ?? textOf(value)) : textOf(value);
}

export async function* jsonLinesOf(rows: AsyncIterable<Row[]>): AsyncGenerator<string> {
  for await (const batch of rows) yield batch.map((row) => `${JSON.stringify(row)}\n`).join('');
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** China keeps one time, eight hours before UTC, without summer time. */
const CHINA_MS = 8 * 3_600_000;

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' && INSTANT.test(value)) {
    return new Date(Date.parse(value) + CHINA_MS).toISOString().slice(0, 19).replace('T', ' ');
  }
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value) && value.every((v) => typeof v === 'string')) return value.join('、');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}

function csvCell(value: string | number): string {
  const plain = String(value);
  // What a resident typed must not become a formula on the official's machine.
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
