import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findAlike } from '../alike/find.ts';
import { sayReasons } from '../alike/reason.ts';
import { EVERYTHING, takeBoard } from './board.ts';
import { percentile, round, say } from './figures.ts';
import { inFolder, inHouseOf } from './house.ts';
import { groupsOf, judge } from './places.ts';

export interface Lookalikes {
  readonly messages: number;
  readonly pairs: number;
  /** Sets of two and more that the pairs join. */
  readonly groups: number;
  readonly seconds: number;
  readonly recall: number;
  readonly precision: number;
  readonly propose_p95_ms: number;
}

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly score: number;
  readonly reason: string;
}

/** How many are proposed for one message at most. */
const MOST = 60;

/**
 * Takes the file in through the product's import and asks for each message, oldest first, what a desk would be shown
 * while registering it: the look-alikes among what came before. The seconds are those of the asking alone.
 *
 * Recall and precision are told of the groups around the places most written about, found by exact words
 * (`places.ts`), not by what proposes.
 */
export async function evalLookalikes(args: readonly string[]): Promise<Lookalikes> {
  const { values } = parseArgs({
    args: [...args],
    options: { file: { type: 'string' }, pairs: { type: 'string' }, quick: { type: 'boolean' } },
  });
  const { file } = values;
  if (file === undefined) throw new Error('usage: lookalikes --file FILE [--pairs OUT.jsonl]');
  return await inFolder((folder) =>
    inHouseOf(folder, async (house) => {
      const { county, root, messages: all } = await takeBoard(house, file);
      const messages = values.quick === true ? all.slice(0, Math.ceil(all.length / 10)) : all;
      const boardId = new Map(all.map(({ matter, id }) => [matter, id]));
      const pairs: Pair[] = [];
      const times: number[] = [];
      for (const [n, { id, matter, subject, body, sentAt }] of messages.entries()) {
        const began = performance.now();
        const sought = { subject, body, spot: '', at: sentAt, chain: [root] };
        const found = await findAlike(house.system.ledger.query, county, sought, EVERYTHING, {
          self: matter,
          most: MOST,
        });
        times.push(performance.now() - began);
        for (const other of found)
          pairs.push({ a: boardId.get(other.id)!, b: id, score: other.score, reason: sayReasons(other.reasons) });
        if (n % 500 === 499) say(`${n + 1} of ${messages.length} asked`);
      }
      if (values.pairs !== undefined)
        writeFileSync(values.pairs, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''));
      const truth = groupsOf(all.map(({ user, ...m }) => ({ ...m, user: user ?? m.id })));
      for (const [i, group] of truth.entries()) {
        const { recall, precision } = judge([group], pairs);
        say(
          `place ${i + 1}: ${group.ids.size} messages, recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}`,
        );
      }
      return {
        messages: messages.length,
        pairs: pairs.length,
        groups: joined(pairs),
        seconds: round(times.reduce((sum, time) => sum + time, 0) / 1000),
        recall: round(judge(truth, pairs).recall, 3),
        precision: round(judge(truth, pairs).precision, 3),
        propose_p95_ms: round(percentile(times, 0.95)),
      };
    }),
  );
}

/** How many sets the pairs join, directly or by way of others. */
function joined(pairs: readonly Pair[]): number {
  const above = new Map<string, string>();
  const top = (id: string): string => {
    let at = id;
    while (above.has(at)) at = above.get(at)!;
    return at;
  };
  const members = new Set<string>();
  for (const { a, b } of pairs) {
    members.add(a).add(b);
    const [x, y] = [top(a), top(b)];
    if (x !== y) above.set(x, y);
  }
  return members.size - above.size;
}
