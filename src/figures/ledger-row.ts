import { sql } from 'kysely';
import { may } from '../access/access.ts';
import { dayOf } from '../calendar/days.ts';
import type { Desk } from '../contract/route.ts';
import {
  type Channel,
  type Disposition,
  type Status,
  channelNames,
  dispositionNames,
  statusNames,
} from '../matters/model.ts';
import { sayNumber } from '../matters/number.ts';
import { namesFor } from '../matters/present.ts';
import type { MatterRow, MatterTables } from '../matters/tables.ts';
import { categoriesOf } from './categories.ts';

/** A matter as a line of the ledger, in the accustomed columns. Days are Shanghai's. */
export interface LedgerRow {
  readonly id: string;
  readonly number: string;
  readonly registered: string;
  readonly place: string;
  /** Masked, and only for who may know it: never a phone number. */
  readonly reporter: string;
  readonly channel: string;
  readonly subject: string;
  readonly category: string;
  readonly unit: string;
  readonly leader: string;
  readonly handler: string;
  readonly measures: string;
  readonly due: string;
  readonly result: string;
  readonly opinion: string;
  readonly status: string;
  readonly late: boolean;
}

const NONE = '—';

/** What a line says of a matter: columns of its row, which is twice as wide, and of its note. */
const OF_MATTER = [
  'id',
  'number',
  'channel',
  'subject',
  'township',
  'village',
  'grid',
  'area',
  'unit',
  'leader',
  'handler',
  'official',
  'anonymous',
  'category',
  'status',
  'open',
  'disposition',
  'registered_at',
  'resolved_at',
  'closed_by',
  'due',
  'paused',
  'reopenings',
  'score',
] as const;
const OF_NOTE = ['reporter', 'confidential', 'measures', 'said'] as const;

type Noted = { [C in (typeof OF_NOTE)[number]]: MatterTables['matter_note'][C] | null };
export type LedgerSource = Pick<MatterRow, (typeof OF_MATTER)[number]> & Noted;

/** The columns of lines, where `m` is the matter and `n` its note, which it may not have. */
export const sourceColumns = sql.raw([...OF_MATTER.map((c) => `m.${c}`), ...OF_NOTE.map((c) => `n.${c}`)].join(', '));

/** Rows of matters with what their notes say, read in one question for all of them. */
export async function withNotes(desk: Desk, rows: readonly MatterRow[]): Promise<LedgerSource[]> {
  const notes = await desk.query<MatterTables['matter_note']>(
    'figures.notes',
    'select * from matter_note where county = $1 and id = any($2::uuid[])',
    [desk.county, rows.map((row) => row.id)],
  );
  const byId = new Map(notes.map((note) => [note.id, note]));
  const none = { reporter: null, confidential: null, measures: null, said: null };
  return rows.map((row) => ({ ...row, ...none, ...byId.get(row.id) }));
}

/** Presents rows as ledger lines. */
export async function ledgerRows(desk: Desk, rows: readonly LedgerSource[]): Promise<LedgerRow[]> {
  const names = await namesFor(desk, rows);
  const categories = categoriesOf(desk);
  return rows.map((row) => {
    const { measures, said: answer } = row;
    // Ledgers and exports are printed and passed on: who spoke in confidence stands in none of them, whoever asks.
    const reporter =
      row.confidential === true ? '保密' : row.reporter !== null && mayKnow(desk, row) ? row.reporter : undefined;
    return {
      id: row.id,
      number: sayNumber(row.number),
      registered: dayOf(row.registered_at),
      place: [names.of(row.township), names.of(row.village)].filter((n) => n !== undefined).join(' ') || NONE,
      reporter: row.anonymous ? '匿名' : (reporter ?? NONE),
      channel: channelNames[row.channel as Channel],
      subject: row.subject ?? '（内容已按规定删除）',
      category: row.category === null ? '未分类' : categories.path(row.category),
      unit: names.of(row.unit) ?? NONE,
      leader: names.of(row.leader) ?? NONE,
      handler: names.of(row.handler) ?? NONE,
      measures: measures ?? NONE,
      due: row.due === null ? (row.paused ? '已暂停' : NONE) : dayOf(row.due),
      result: resultOf(row, answer ?? undefined),
      opinion: opinionOf(row),
      status: statusNames[row.status as Status],
      late: row.open && row.due !== null && row.due < desk.now,
    };
  });
}

function resultOf(row: LedgerSource, answer: string | undefined): string {
  const parts = [
    row.disposition === null || row.disposition === 'solvable'
      ? undefined
      : dispositionNames[row.disposition as Disposition],
    row.resolved_at === null ? undefined : `${dayOf(row.resolved_at)} 办结`,
    answer,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? '正在办理' : parts.join('；');
}

function opinionOf(row: LedgerSource): string {
  const parts = [
    row.closed_by === 'resident' ? '本人认可' : row.closed_by === 'call-back' ? '回访认可' : undefined,
    row.score === null ? undefined : `评 ${row.score} 分`,
    row.reopenings === 0 ? undefined : `要求重办 ${row.reopenings} 次`,
  ].filter((part) => part !== undefined);
  return parts.join('，') || NONE;
}

/** A name that was left is shown to whoever may reach its owner. */
function mayKnow(desk: Desk, row: LedgerSource): boolean {
  const some = (...ids: (string | null)[]): string[] => ids.filter((id) => id !== null);
  const reach = {
    areas: some(row.township, row.village, row.grid, row.area),
    units: [row.unit],
    officials: some(row.official, row.handler, row.leader),
  };
  return may(desk.actor, 'matter.contact', reach);
}
