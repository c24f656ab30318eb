import type { Kysely } from 'kysely';
import { scopeOf, seesNothing } from '../access/access.ts';
import { actorName } from '../access/model.ts';
import type { Calendar } from '../calendar/model.ts';
import type { Desk } from '../contract/route.ts';
import { listItem, namesFor } from '../matters/present.ts';
import { MatterFilter, listMatters } from '../matters/queries.ts';
import type { MatterRow } from '../matters/tables.ts';
import { piecesOf } from '../matters/text.ts';
import { numberOf, numberStart } from './number.ts';
import { numbersFrom, prefixOf, textsOf, wordsByLetters, wordsBySound, type Sought } from './queries.ts';
import { type KnownWord, correct, knownPieces, pairsOf, soundOf, spell } from './spelling.ts';

/** Why a matter was found. */
export type MatterHow = '编号' | '原文' | '拼音' | '同音' | '部分相同';

interface Found {
  readonly row: MatterRow;
  readonly how: MatterHow;
  /** The words that were looked for in the end. */
  readonly words: string;
}
export interface FoundMatters {
  readonly found: readonly Found[];
  /** Words to search for instead; each has at least one matter the reader may see. */
  readonly suggestions: readonly string[];
}

/** With so many hits nobody needs a hint. */
const FEW = 3;
const SUGGESTIONS = 3;
/** From so many letters on something typed may be a Latin word of a text. */
const LETTERS = 4;
const NONE: FoundMatters = { found: [], suggestions: [] };

/**
 * Matters by number, by words, by pinyin, and with slips of writing: in that order, each only when the one before
 * found few. Every look goes through the list's own query with the reader's scope, so a hint can only be a word
 * the reader finds matters with.
 */
export async function findMatters(desk: Desk, sought: Sought, limit: number): Promise<FoundMatters> {
  const scope = scopeOf(desk.actor, 'matter.read');
  if (seesNothing(scope)) return NONE;
  const look = async (q: string, how: MatterHow, words = q): Promise<Found[]> => {
    if (q.length > 60) return [];
    const filter = MatterFilter.parse({ q, size: limit });
    const { rows } = await listMatters(desk, scope, filter, actorName(desk.actor));
    return rows.map((row) => ({ row, how, words }));
  };

  const prefix = await prefixOf(desk.query, desk.county);
  const number = numberOf(sought.text, prefix);
  if (number !== undefined) {
    const found = await look(number, '编号', '');
    if (found.length > 0) return { found, suggestions: [] };
  }
  const start = numberStart(sought.text, prefix);
  const numbers =
    start === undefined ? [] : await numbersFrom(desk.db as Kysely<never>, desk.county, scope, start, limit);
  const byNumber = (await Promise.all(numbers.map((n) => look(n, '编号', '')))).flat();
  // Few letters are pinyin being typed; as a Latin word of a text they are looked for in the list of matters.
  const begun = sought.letters !== undefined && sought.letters.length < LETTERS;
  const written = byNumber.length >= limit || begun ? [] : await look(sought.text, '原文');
  const found = merged([...byNumber, ...written], limit);
  if (found.length >= FEW) return { found, suggestions: [] };
  const more =
    sought.letters === undefined ? await misspelt(desk, sought.text, look) : await spelt(desk, sought.letters, look);
  return { found: merged([...found, ...more.found], limit), suggestions: more.suggestions };
}

type Look = (q: string, how: MatterHow) => Promise<Found[]>;

/** Pinyin or initials: the words they may stand for, the likeliest first. */
async function spelt(desk: Desk, letters: string, look: Look): Promise<FoundMatters> {
  if (letters.length < 2) return NONE;
  const words = await wordsByLetters(desk.query, desk.county, letters, soundOf(letters), SUGGESTIONS);
  const each = await Promise.all(words.map(async ({ word }) => ({ word, found: await look(word, '拼音') })));
  const real = each.filter(({ found }) => found.length > 0);
  return { found: real.flatMap(({ found }) => found), suggestions: real.map(({ word }) => word) };
}

/** Chinese with a wrong character: first what sounds the same, then what is left without the wrong part. */
async function misspelt(desk: Desk, text: string, look: Look): Promise<FoundMatters> {
  const pairs = pairsOf(text);
  if (pairs.length === 0 || pairs.length > 20) return NONE;
  const heard = await wordsBySound(desk.query, desk.county, [...new Set(pairs.map(({ word }) => spell(word).sound))]);
  const byWord = new Map<string, KnownWord>(heard.map((word) => [word.word, word]));
  const corrected = correct(
    text,
    byWord,
    Map.groupBy(heard, ({ sound }) => sound),
  );
  const meant = corrected === text ? [] : await look(corrected, '同音');
  if (meant.length > 0) return { found: meant, suggestions: [corrected] };
  const pieces = knownPieces(text, byWord);
  const near = pieces === undefined ? [] : await look(pieces, '部分相同');
  return { found: near, suggestions: near.length > 0 ? [pieces!] : [] };
}

function merged(found: readonly Found[], limit: number): Found[] {
  const byId = new Map<string, Found>();
  for (const one of found) if (!byId.has(one.row.id)) byId.set(one.row.id, one);
  return [...byId.values()].slice(0, limit);
}

/** How much is shown before and after the words that fit. */
const AROUND = 14;

/** The place in a text where a query fits, with a little around it; undefined when it fits only as a whole. */
export function excerptOf(
  text: string,
  words: string,
): { readonly before: string; readonly hit: string; readonly after: string } | undefined {
  const plain = text.replace(/\s+/g, ' ');
  const lower = plain.toLowerCase();
  for (const piece of piecesOf(words)) {
    const at = lower.indexOf(piece);
    if (at < 0) continue;
    const from = Math.max(0, at - AROUND);
    const to = at + piece.length + AROUND;
    return {
      before: (from > 0 ? '…' : '') + plain.slice(from, at),
      hit: plain.slice(at, at + piece.length),
      after: plain.slice(at + piece.length, to) + (to < plain.length ? '…' : ''),
    };
  }
  return undefined;
}

/** What was found, as it is shown. */
export async function presentMatters(desk: Desk, found: readonly Found[]) {
  const [names, texts] = await Promise.all([
    namesFor(
      desk,
      found.map(({ row }) => row),
    ),
    textsOf(
      desk.query,
      desk.county,
      found.filter(({ words }) => words !== '').map(({ row }) => row.id),
    ),
  ]);
  const calendar = desk.policies.get<Calendar>('calendar');
  return found.map(({ row, how, words }) => {
    const { id, number, subject, status, statusName, place, unit, registered, remaining } = listItem(
      row,
      names,
      desk.now,
      calendar,
    );
    return {
      id,
      number,
      subject,
      status,
      statusName,
      place,
      unit: unit ?? null,
      registered,
      remaining,
      why: { how, excerpt: excerptOf(texts.get(id) ?? '', words) ?? null },
    };
  });
}
