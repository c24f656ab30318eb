import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Example, type LabelWords, learn, propose } from '../catalogue/proposal.ts';

/**
 * Measures proposals of first-level categories on labelled messages, learned from some and tried on others.
 * `--tree` is the category tree, one leaf a line; `--train` and `--test` are labelled messages, one a line.
 */

const Leaf = z.object({ level1: z.string(), level2: z.string().nullish(), level3: z.string().nullish() });
const Labelled = z.object({ subject: z.string(), body: z.string(), category: z.string() });
type Labelled = z.infer<typeof Labelled>;

export interface Figures {
  readonly n: number;
  /** Shares, 0 to 1: right at first; mean over the categories of the F1; right among the first three. */
  readonly accuracy: number;
  readonly macro_f1: number;
  readonly top3: number;
}

/** @throws when a file cannot be read, a line is not JSON or lacks a field: the message names file and line. */
export async function evalCategories(args: readonly string[]): Promise<Figures> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tree: { type: 'string' },
      train: { type: 'string' },
      test: { type: 'string' },
      quick: { type: 'boolean' },
    },
  });
  const { tree, train, test } = values;
  if (tree === undefined || train === undefined || test === undefined) {
    throw new Error('usage: categories --tree FILE --train FILE --test FILE');
  }
  const words = wordsOf(await rowsOf(tree, Leaf));
  const known = (await rowsOf(train, Labelled)).map(exampleOf);
  const tried = (await rowsOf(test, Labelled)).map(exampleOf).filter((_, i) => values.quick !== true || i % 10 === 0);
  if (tried.length === 0) throw new Error(`${test} holds no messages`);
  process.stderr.write(`learning from ${known.length} messages and the words of ${words.length} categories\n`);
  const model = learn(known, words);
  const started = performance.now();
  const proposed = tried.map(({ text }) => propose(model, text, 3));
  process.stderr.write(
    `proposed for ${tried.length} messages in ${((performance.now() - started) / 1000).toFixed(2)} s\n`,
  );
  reportConfidence(
    proposed.map(([first], i) => ({ sure: first?.confidence ?? 0, right: first?.label === tried[i]!.label })),
  );
  return figuresOf(
    tried.map(({ label }) => label),
    proposed.map((list) => list.map(({ label }) => label)),
  );
}

/** On stderr: whether proposals that were this sure were this often right. */
function reportConfidence(proposals: readonly { readonly sure: number; readonly right: boolean }[]): void {
  for (const least of [0, 0.5, 0.7, 0.9]) {
    const sure = proposals.filter((p) => p.sure >= least);
    if (sure.length === 0) continue;
    const mean = sure.reduce((sum, p) => sum + p.sure, 0) / sure.length;
    const right = sure.filter((p) => p.right).length / sure.length;
    process.stderr.write(
      `confidence ≥ ${least}: ${sure.length} proposals, ${mean.toFixed(2)} sure, ${right.toFixed(2)} right\n`,
    );
  }
}

/** @param proposed for each row its labels, likeliest first */
export function figuresOf(decided: readonly string[], proposed: readonly (readonly string[])[]): Figures {
  const share = (hit: (label: string, labels: readonly string[]) => boolean) =>
    decided.filter((label, i) => hit(label, proposed[i] ?? [])).length / decided.length;
  const f1 = (label: string) => {
    const right = decided.filter((d, i) => d === label && proposed[i]?.[0] === label).length;
    const meant = decided.filter((d) => d === label).length;
    const said = proposed.filter(([first]) => first === label).length;
    return (2 * right) / (meant + said);
  };
  const labels = [...new Set(decided)];
  return {
    n: decided.length,
    accuracy: share((label, [first]) => first === label),
    macro_f1: labels.reduce((sum, label) => sum + f1(label), 0) / labels.length,
    top3: share((label, all) => all.slice(0, 3).includes(label)),
  };
}

const exampleOf = ({ subject, body, category }: Labelled): Example => ({ text: { subject, body }, label: category });

/** A first-level category's own words: its name once, and each of its leaves' with the branch they hang on. */
function wordsOf(leaves: readonly z.infer<typeof Leaf>[]): LabelWords[] {
  return [...Map.groupBy(leaves, ({ level1 }) => level1)].map(([label, own]) => ({
    label,
    words: [label, ...own.flatMap(({ level2, level3 }) => [level2 ?? '', level3 ?? ''])],
  }));
}

async function rowsOf<T>(file: string, shape: z.ZodType<T>): Promise<T[]> {
  const rows: T[] = [];
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === '') continue;
    try {
      rows.push(shape.parse(JSON.parse(text)));
    } catch (error) {
      throw new Error(`${file}, line ${line}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
  return rows;
}
