import { parseArgs } from 'node:util';
import { rarityOf } from '../alike/score.ts';
import { objectsOf } from '../app/operations/read-rows.ts';
import { FORMULA, type Heard, topicsOf } from '../hotspots/topics.ts';
import { readMessage } from '../matters/import.ts';
import { pairsOf } from '../matters/text.ts';
import { say } from './figures.ts';

interface Ranked {
  readonly rank: number;
  readonly place: string | null;
  readonly period: string;
  readonly people: number;
  readonly heat: number;
  /** The message that says best what it is about, then those most like it. */
  readonly examples: readonly string[];
  readonly words: readonly string[];
  readonly ids: readonly string[];
}

export interface Hotspots {
  readonly messages: number;
  readonly seconds: number;
  readonly formula: string;
  readonly topics: readonly Ranked[];
}

const SHOWN = 20;
const EXAMPLES = 3;

/** Ranks the topics of a file of messages with the function the hot-spot page ranks with. */
export async function evalHotspots(args: readonly string[]): Promise<Hotspots> {
  const { values } = parseArgs({ args: [...args], options: { file: { type: 'string' }, quick: { type: 'boolean' } } });
  if (values.file === undefined) throw new Error('usage: hotspots --file FILE');
  const heard: Heard[] = [];
  let line = 0;
  for await (const row of objectsOf(values.file)) {
    line += 1;
    const message = readMessage(row, line);
    if ('message' in message) continue;
    const { id, user, subject, body, sentAt: at, likes, dislikes } = message;
    heard.push({ id, person: user ?? id, subject, body, spot: '', at, chain: [''], agreed: likes - dislikes });
  }
  const kept = values.quick === true ? heard.slice(0, Math.ceil(heard.length / 10)) : heard;
  const began = performance.now();
  const counts = new Map<number, number>();
  for (const { subject, body } of kept)
    for (const pair of pairsOf(`${subject}\n${body}`)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  const topics = topicsOf(kept, rarityOf(counts, kept.length));
  const seconds = (performance.now() - began) / 1000;
  say(`${topics.length} topics of three persons and more`);
  return {
    messages: kept.length,
    seconds: Math.round(seconds * 100) / 100,
    formula: FORMULA,
    topics: topics.slice(0, SHOWN).map(({ rank, place, period, people, heat, words, ids }) => ({
      rank,
      place: place ?? null,
      period: `${period.from}/${period.to}`,
      people,
      heat,
      examples: ids.slice(0, EXAMPLES),
      words,
      ids,
    })),
  };
}
