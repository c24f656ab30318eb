import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { dueOf } from '../calendar/clocks.ts';
import type { Calendar } from '../calendar/model.ts';
import { calendarPolicy } from '../calendar/policy.ts';
import { clockRules } from '../calendar/templates.ts';
import { type ReplyMarks, markReply } from '../matters/reply.ts';

/**
 * Holds the marks the desk gives an answer before it is sent against answers that were really given, and against marks
 * made by hand. `replies-marked.json` keeps the hand's marks: ids and yes or no, no words of anybody.
 */

const Answered = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  subject: z.string().default(''),
  body: z.string().default(''),
  sent_at: z.string(),
  reply: z.string(),
  replied_at: z.string(),
});
type Answered = z.infer<typeof Answered>;

const keys = ['answered', 'complete', 'reasoned', 'in_time'] as const;
type Key = (typeof keys)[number];
type Marks = Readonly<Record<Key, boolean>>;

const bit = z.union([z.literal(0), z.literal(1)]).transform((n) => n === 1);
const ByHand = z.object({
  marks: z.array(z.object({ id: z.string(), answered: bit, complete: bit, reasoned: bit, in_time: bit })),
});

export interface ReplyFigures {
  readonly replies: number;
  /** Shares, 0 to 1. */
  readonly answered: number;
  readonly complete: number;
  readonly reasoned: number;
  readonly in_time: number;
  /**
   * Of the hand-marked replies that no sign was chosen by: the share of marks (answered, complete, reasoned) on which
   * program and hand agree; null where the file holds none of them. In time is arithmetic and not counted.
   */
  readonly agreement: number | null;
}

/** Local time in Shanghai, as the board writes it; some without leading zeros. */
const instantOf = (local: string): string => {
  const [, y, m, d, h = '0', min = '0', s = '0'] =
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?/.exec(local) ?? [];
  if (y === undefined) throw new Error(`not a time: ${local}`);
  return new Date(Date.UTC(+y, +m! - 1, +d!, +h - 8, +min, +s)).toISOString();
};

/** A message on a board is an order: answered in time by the longest grade of the standard clocks. */
const rule = clockRules.find(({ id }) => id === 'hotline.15-days')!;
const calendar = calendarPolicy.schema.parse(calendarPolicy.standard.document) as Calendar;
const dueAt = (sent: string): string => {
  const due = dueOf({ rule, startedAt: instantOf(sent), suspensions: [], extensions: [] }, calendar);
  if (due.paused) throw new Error('a clock without suspensions stands still');
  return due.due;
};

interface Marked {
  readonly marks: Marks;
  readonly signs: ReplyMarks['signs'];
  readonly due: string;
}

function marked({ subject, body, reply, sent_at, replied_at }: Answered): Marked {
  const { answered, complete, reasoned, signs } = markReply(`${subject}\n${body}`, reply);
  const due = dueAt(sent_at);
  return { marks: { answered, complete, reasoned, in_time: instantOf(replied_at) <= due }, signs, due };
}

/**
 * @throws when a file cannot be read or a line is not an answered message: the message names file and line
 */
export async function evalReplies(args: readonly string[]): Promise<ReplyFigures> {
  const { values } = parseArgs({
    args: [...args],
    options: { file: { type: 'string' }, marks: { type: 'string' }, quick: { type: 'boolean' } },
  });
  if (values.file === undefined) throw new Error('usage: replies --file FILE [--marks OUT.jsonl]');
  const rows = (await rowsOf(values.file)).filter((_, i) => values.quick !== true || i % 10 === 0);
  if (rows.length === 0) throw new Error(`${values.file} holds no answered messages`);
  const all = new Map(rows.map((row) => [row.id, marked(row)]));
  if (values.marks !== undefined) {
    const lines = [...all].map(([id, { marks, signs, due }]) =>
      JSON.stringify({ id, ...marks, due, reasons: Object.fromEntries(signs.map(({ key, seen }) => [key, seen])) }),
    );
    writeFileSync(values.marks, `${lines.join('\n')}\n`);
  }
  const share = (key: Key): number => {
    const list = [...all.values()];
    return list.filter(({ marks }) => marks[key]).length / list.length;
  };
  return {
    replies: all.size,
    answered: share('answered'),
    complete: share('complete'),
    reasoned: share('reasoned'),
    in_time: share('in_time'),
    agreement: agreementOn(all),
  };
}

/** Signs were chosen by looking at the first half; only the second half says how good they are. */
function agreementOn(all: ReadonlyMap<string, Marked>): number | null {
  const { marks } = ByHand.parse(JSON.parse(readFileSync(new URL('./replies-marked.json', import.meta.url), 'utf8')));
  const half = marks.length / 2;
  for (const [name, part] of [
    ['first half, by which signs were chosen', marks.slice(0, half)],
    ['second half, held out', marks.slice(half)],
  ] as const)
    process.stderr.write(`${name}: ${saidOf(part, all)}\n`);
  return shareOf(marks.slice(half), all, ['answered', 'complete', 'reasoned']);
}

type ByHandMark = z.infer<typeof ByHand>['marks'][number];

function shareOf(part: readonly ByHandMark[], all: ReadonlyMap<string, Marked>, of: readonly Key[]): number | null {
  const pairs = part.flatMap((hand) => {
    const program = all.get(hand.id)?.marks;
    return program === undefined ? [] : of.map((key) => hand[key] === program[key]);
  });
  return pairs.length === 0 ? null : pairs.filter(Boolean).length / pairs.length;
}

/** Each mark's agreement beside what saying yes to everything would reach, and Cohen's kappa, which takes chance out. */
function saidOf(part: readonly ByHandMark[], all: ReadonlyMap<string, Marked>): string {
  if (!part.some(({ id }) => all.has(id))) return 'none in this file';
  return keys
    .map((key) => {
      const pairs = part.flatMap((hand) => {
        const program = all.get(hand.id)?.marks;
        return program === undefined ? [] : [[hand[key], program[key]] as const];
      });
      const n = pairs.length;
      const agree = pairs.filter(([a, b]) => a === b).length / n;
      const yes = pairs.filter(([a]) => a).length / n;
      const said = pairs.filter(([, b]) => b).length / n;
      const chance = yes * said + (1 - yes) * (1 - said);
      return `${key} ${agree.toFixed(2)} (always yes ${yes.toFixed(2)}, kappa ${((agree - chance) / (1 - chance)).toFixed(2)})`;
    })
    .join(', ');
}

async function rowsOf(file: string): Promise<Answered[]> {
  const rows: Answered[] = [];
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() === '') continue;
    try {
      rows.push(Answered.parse(JSON.parse(text)));
    } catch (cause) {
      throw new Error(`${file}, line ${line}: not an answered message`, { cause });
    }
  }
  return rows;
}
