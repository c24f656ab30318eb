import { dayOf } from '../calendar/days.ts';
import type { Recorded } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { History, Ledger } from '../ledger/ledger.ts';
import type { Policies } from '../ledger/record.ts';
import type { MatterEvent, MatterSettings, Place } from './model.ts';
import { newCode, takeRuns, writeNumber } from './number.ts';
import type { ClockDocument } from './policy.ts';
import { clocksOn } from './tables.ts';

/** Column names as message boards export them, Chinese or English, each the field it stands for. */
const columns: Readonly<Record<string, keyof Message>> = {
  id: 'id',
  留言编号: 'id',
  编号: 'id',
  user: 'user',
  留言用户: 'user',
  用户: 'user',
  subject: 'subject',
  留言主题: 'subject',
  主题: 'subject',
  标题: 'subject',
  sent_at: 'sentAt',
  留言时间: 'sentAt',
  时间: 'sentAt',
  body: 'body',
  留言详情: 'body',
  内容: 'body',
  详情: 'body',
  likes: 'likes',
  点赞数: 'likes',
  赞成: 'likes',
  dislikes: 'dislikes',
  反对数: 'dislikes',
  反对: 'dislikes',
  reply: 'reply',
  答复意见: 'reply',
  答复: 'reply',
  replied_at: 'repliedAt',
  答复时间: 'repliedAt',
  category: 'category',
  一级标签: 'category',
  一级分类: 'category',
  分类: 'category',
};
const titles: Readonly<Record<keyof Message, string>> = {
  id: '留言编号',
  user: '留言用户',
  subject: '留言主题',
  sentAt: '留言时间',
  body: '留言详情',
  likes: '点赞数',
  dislikes: '反对数',
  reply: '答复意见',
  repliedAt: '答复时间',
  category: '分类',
};

/** One message of a board, read and checked. Instants are UTC. */
export interface Message {
  readonly id: string;
  readonly user: string | undefined;
  readonly subject: string;
  readonly sentAt: string;
  readonly body: string;
  readonly likes: number;
  readonly dislikes: number;
  readonly reply: string | undefined;
  readonly repliedAt: string | undefined;
  readonly category: string | undefined;
}

/** What is wrong with a row: its line, the column, what stood there, and the mend. */
export interface BadRow {
  readonly line: number;
  readonly field: string;
  readonly value: string;
  readonly message: string;
}

export interface ImportReport {
  rows: number;
  taken: number;
  known: number;
  bad: BadRow[];
}

/** Readers that could not make a row of a line say why under this key. */
export const FAULT = Symbol('fault');

/** Reads one row. Unknown columns are left alone; a fault names the column as the file calls it. */
export function readMessage(row: Readonly<Record<string, unknown>>, line: number): Message | BadRow {
  const fault = (row as { [FAULT]?: string })[FAULT];
  if (fault !== undefined) return { line, field: '', value: '', message: fault };
  const named = new Map<keyof Message, { column: string; value: string }>();
  for (const [column, value] of Object.entries(row)) {
    const field = columns[column.trim()];
    if (field === undefined || value == null) continue;
    named.set(field, { column, value: value instanceof Date ? localOf(value) : String(value).trim() });
  }
  const text = (field: keyof Message): string => named.get(field)?.value ?? '';
  const bad = (field: keyof Message, message: string): BadRow => ({
    line,
    field: named.get(field)?.column ?? titles[field],
    value: text(field).slice(0, 80),
    message,
  });

  for (const [field, { value }] of named)
    if (value.includes('\u0000')) return bad(field, '有存不下的字符（空字符），请删去');
  for (const field of ['id', 'subject', 'sentAt'] as const) {
    if (text(field) === '') return bad(field, `缺少${titles[field]}，请补上`);
  }
  if (text('id').length > 100) return bad('id', '编号太长，最多 100 个字');
  if (text('body').length > 20_000) return bad('body', '内容太长，最多 20000 个字，请拆成两条');
  if (text('reply').length > 20_000) return bad('reply', '答复太长，最多 20000 个字');
  const sentAt = instantOf(text('sentAt'));
  if (sentAt === undefined) return bad('sentAt', '时间看不懂，请写成 2026-11-17 09:30:00');
  const repliedAt = text('repliedAt') === '' ? undefined : instantOf(text('repliedAt'));
  if (text('repliedAt') !== '' && repliedAt === undefined)
    return bad('repliedAt', '时间看不懂，请写成 2026-11-17 09:30:00');
  if (text('reply') !== '' && repliedAt === undefined) return bad('repliedAt', '有答复就要有答复时间');
  if (repliedAt !== undefined && text('reply') === '') return bad('reply', '有答复时间却没有答复');
  if (repliedAt !== undefined && repliedAt < sentAt) return bad('repliedAt', '答复时间早于留言时间，请核对');
  const counts: Partial<Record<'likes' | 'dislikes', number>> = {};
  for (const field of ['likes', 'dislikes'] as const) {
    const value = text(field) === '' ? 0 : Number(text(field));
    if (!Number.isInteger(value) || value < 0 || value > 100_000_000) return bad(field, '应当是不小于 0 的整数');
    counts[field] = value;
  }
  const optional = (field: keyof Message): string | undefined => (text(field) === '' ? undefined : text(field));
  return {
    id: text('id'),
    user: optional('user')?.slice(0, 40),
    subject: text('subject').slice(0, 120),
    sentAt,
    // A subject longer than a subject can be is kept whole where there is room for it.
    body: text('subject').length > 120 ? `${text('subject')}\n${text('body')}` : text('body'),
    likes: counts.likes!,
    dislikes: counts.dislikes!,
    reply: optional('reply'),
    repliedAt,
    category: optional('category')?.slice(0, 80),
  };
}

const BATCH = 1_000;
/** Batches on their way into the database while the next is made. */
const IN_FLIGHT = 2;

/** What an import stands on. */
export interface Importing {
  readonly ledger: Ledger;
  readonly policies: Policies;
  readonly county: number;
  readonly prefix: string;
  /** Where messages without a place are put, and whose desk answers for them. */
  readonly place: Place;
  readonly desk: string;
  /** Finds the category an outside name stands for; the name itself is kept where there is none. */
  readonly category?: (name: string) => string | undefined;
  readonly progress?: (report: ImportReport) => void;
  /**
   * What an answered message still wants. `kept`, as usual: nothing; who wrote on a board under a name of their choice
   * cannot be called, the answer was read there, and no row of somebody's word is made up. `call-back`: the desk asks
   * each of them, by the usual clock from the day of the reply.
   */
  readonly replies?: Replies;
}
export type Replies = 'kept' | 'call-back';

/**
 * Takes a message board in: each message a matter with its real times, its reply the answer.
 * A message is known by its number on the board, so the same file again changes nothing. A bad row is reported
 * and loses no other. An answered message is not closed, since nobody heard the resident say so; whether the desk
 * calls about it is `replies`.
 */
export async function importMessages(
  rows: AsyncIterable<Readonly<Record<string, unknown>>>,
  into: Importing,
): Promise<ImportReport> {
  const report: ImportReport = { rows: 0, taken: 0, known: 0, bad: [] };
  let batch: Message[] = [];
  // A batch is read and made while the database takes those before.
  const writing: { streams: readonly string[]; done: Promise<void> }[] = [];
  const flying = new Set<string>();
  const landed = async (): Promise<void> => {
    const first = writing[0]!;
    await first.done;
    writing.shift();
    for (const stream of first.streams) flying.delete(stream);
  };
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const size = batch.length;
    const histories = await historiesOf(batch, into, flying);
    batch = [];
    if (writing.length >= IN_FLIGHT) await landed();
    const streams = histories.map((h) => h.stream);
    for (const stream of streams) flying.add(stream);
    const done = into.ledger.take(into.county, histories, { later: true }).then((taken) => {
      report.taken += taken;
      report.known += size - taken;
      into.progress?.(report);
    });
    // Awaited in its turn; a failure that comes before its turn is not unobserved.
    done.catch(() => undefined);
    writing.push({ streams, done });
  };
  for await (const row of rows) {
    report.rows += 1;
    // The first line of a file is its header where there is one; people count lines from 1.
    const message = readMessage(row, lineOf(row) ?? report.rows);
    if ('message' in message) report.bad.push(message);
    else batch.push(message);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  while (writing.length > 0) await landed();
  // What waits for the index is worked in now, so that the first searches need not look through it.
  await into.ledger.query('import.index', `select gin_clean_pending_list('matter_text_pairs'::regclass)`, []);
  // Batches did not wait for the disk one by one: a crash would only have made the file be given again. Now they must stand.
  await into.ledger.flush();
  return report;
}

/** Readers that know the line a row stood on in its file say so under this key. */
export const LINE = Symbol('line');
const lineOf = (row: object): number | undefined => (row as { [LINE]?: number })[LINE];

/** @param flying streams on their way into the ledger: they are known, though it may not show yet */
async function historiesOf(
  messages: readonly Message[],
  into: Importing,
  flying: ReadonlySet<string>,
): Promise<History[]> {
  const { county, ledger, policies, prefix, place, desk } = into;
  const streams = messages.map((m) => idOf('message', String(county), m.id));
  const fresh = (await unknown(ledger, county, streams)).difference(flying);
  // Numbers are taken only for what is new, a run for each month, so that importing again uses none up.
  const days = messages.map((m) => dayOf(m.sentAt));
  const counts = new Map<string, number>();
  days.forEach((day, i) => {
    if (!fresh.has(streams[i]!)) return;
    const series = seriesOf(day);
    counts.set(series, (counts.get(series) ?? 0) + 1);
  });
  const next = new Map(counts.size === 0 ? [] : await takeRuns(ledger.query, county, counts));
  const numberOn = (day: string): string => {
    const series = seriesOf(day);
    const number = next.get(series)!;
    next.set(series, number + 1);
    return writeNumber(prefix, monthOf(day), number);
  };

  const settings = policies.get<MatterSettings>('matters');
  const clocks = policies.get<ClockDocument>('clocks');
  const rules = new Map<string, ReturnType<typeof clocksOn>>();
  // What was written before the rule was made waits by the rule as it was first made: no row is lost for its age.
  const oldest = (wanted: string) =>
    clocks.rules.filter(({ id }) => id === wanted).toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))[0];
  const ruleOn = (day: string, name: keyof MatterSettings['clocks']) => {
    let found = rules.get(day);
    if (found === undefined) rules.set(day, (found = clocksOn(clocks, day)));
    const rule = found.get(settings.clocks[name]) ?? oldest(settings.clocks[name]);
    if (rule === undefined) throw new Error(`no clock is called "${settings.clocks[name]}"`);
    return rule;
  };
  const taken: History[] = [];
  for (const [i, m] of messages.entries()) {
    const stream = streams[i]!;
    if (!fresh.has(stream)) continue;
    fresh.delete(stream);
    const day = days[i]!;
    const rule = ruleOn(day, 'dispatchOrder');
    const category = m.category === undefined ? undefined : (into.category?.(m.category) ?? m.category);
    const events: Recorded<MatterEvent>[] = [
      {
        kind: 'matter.registered',
        number: numberOn(day),
        channel: 'board',
        procedure: 'order',
        place,
        desk,
        anonymous: m.user === undefined,
        confidential: false,
        ...(category === undefined ? {} : { category }),
        origin: `board ${m.id}`,
        votes: { likes: m.likes, dislikes: m.dislikes },
        receivedAt: m.sentAt,
        rule,
        personal: {
          subject: m.subject,
          ...(m.body === '' ? {} : { body: m.body }),
          ...(m.user === undefined ? {} : { name: m.user }),
          code: newCode(),
        },
        stamp: { actor: 'import', at: m.sentAt, version: 1 },
      },
    ];
    if (m.reply !== undefined && m.repliedAt !== undefined) {
      events.push({
        kind: 'matter.resolved',
        unit: desk,
        ...(into.replies === 'call-back' ? { rule: ruleOn(dayOf(m.repliedAt), 'confirm') } : {}),
        personal: { text: m.reply },
        stamp: { actor: 'import', at: m.repliedAt, version: 2 },
      });
    }
    taken.push({ county, id: idOf('import', stream), record: 'matter', stream, events });
  }
  return taken;
}

async function unknown(ledger: Ledger, county: number, streams: readonly string[]): Promise<Set<string>> {
  const rows = await ledger.query<{ id: string }>(
    'import.known',
    'select id from matter where county = $1 and id = any($2::uuid[])',
    [county, streams],
  );
  const known = new Set(rows.map((r) => r.id));
  return new Set(streams.filter((s) => !known.has(s)));
}

const monthOf = (day: string): string => day.slice(2, 7).replace('-', '');
const seriesOf = (day: string): string => `matter ${monthOf(day)}`;

/** Board times are Shanghai local, written in the ways spreadsheets write them; an instant with a zone is taken as it is. */
function instantOf(text: string): string | undefined {
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?)?$/.exec(text);
  if (parts === null) {
    if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
    const time = Date.parse(text);
    return Number.isNaN(time) ? undefined : new Date(time).toISOString();
  }
  const [year, month, day, hour, minute, second] = parts.slice(1).map((p) => Number(p ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const time = Date.UTC(year, month - 1, day, hour - 8, minute, second);
  const back = new Date(time + 8 * 3_600_000);
  // A date that is not in the calendar (31 April) rolls over silently: it must come back as it was written.
  const same =
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    back.getUTCHours() === hour &&
    minute < 60 &&
    second < 60;
  return same ? new Date(time).toISOString() : undefined;
}

/** A spreadsheet's date carries local time in its UTC fields. */
const localOf = (date: Date): string => date.toISOString().slice(0, 19).replace('T', ' ');
