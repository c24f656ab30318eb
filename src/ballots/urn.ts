import type { Pool } from 'pg';
import { type Refusal, isRefusal, refuse } from '../ledger/decider.ts';
import type { Query } from '../ledger/record.ts';
import { openVault } from '../ledger/vault.ts';
import type { Ballot, Cast, Half, Urn } from './model.ts';

const EMPTY: Urn = { web: [], papers: [], halves: [] };

/** Ballots in the order of what they were spent with: however they came, the urn with the same ballots is the same. */
const inOrder = <T extends { readonly spent: string }>(list: readonly T[]): T[] =>
  list.toSorted((a, b) => (a.spent < b.spent ? -1 : a.spent > b.spent ? 1 : 0));

/** The longest an urn of this review can become, in bytes: every box is filled up to it. */
const capacityOf = (state: Pick<Ballot, 'size' | 'subjects'>): number => {
  const each = 32 + 32 + state.subjects.length + 16;
  const half = 32 + 36 + state.subjects.length + 16;
  // On paper at most as many as took one; on the web nobody can be stopped from drawing, so both may be everybody.
  return 64 + state.size * (2 * each + half);
};

function textOf(urn: Urn, capacity: number): Buffer {
  const cast = (list: readonly Cast[]) => inOrder(list).map(({ spent, receipt, choices }) => [spent, receipt, choices]);
  const text = JSON.stringify([
    cast(urn.web),
    cast(urn.papers),
    inOrder(urn.halves).map(({ spent, choices, by }) => [spent, choices, by]),
  ]);
  return Buffer.from(text.padEnd(capacity));
}

function urnOf(text: Buffer): Urn {
  const [web = [], papers = [], halves = []] = JSON.parse(text.toString('utf8')) as [string, string, string][][];
  const cast = (list: [string, string, string][]): Cast[] =>
    list.map(([spent, receipt, choices]) => ({ spent, receipt, choices }));
  return {
    web: cast(web),
    papers: cast(papers),
    halves: halves.map(([spent, choices, by]): Half => ({ spent, choices, by })),
  };
}

/** Sealed under the review's own secret, which is erased with it: what a disk still holds of old boxes is then noise. */
const sealed = (state: Ballot, urn: Urn): Buffer => vaultOf(state.secret).sealBytes(textOf(urn, capacityOf(state)));
const opened = (state: Ballot, box: Buffer): Urn => urnOf(vaultOf(state.secret).openBytes(box));
const vaultOf = (secret = '') => openVault(Buffer.from(secret, 'base64'));

interface Place {
  readonly pool: Pool;
  readonly county: number;
}

/**
 * Puts an empty urn there before anything can be in it: whoever comes first does, and nobody after the first ballot was
 * drawn, so that one that was lost is not taken for an empty one.
 */
export async function setUp({ pool, county }: Place, ballot: string, state: Ballot): Promise<void> {
  if (state.status !== 'open' || Object.keys(state.drawn).length + state.taken.length > 0) return;
  await pool.query({
    name: 'ballots.set-up',
    text: 'insert into ballot_urn (county, ballot, box, shut) values ($1, $2, $3, false) on conflict do nothing',
    values: [county, ballot, sealed(state, EMPTY)],
  });
}

/**
 * Changes what is in the urn, one at a time: the whole box is written anew, as long as before.
 * @returns what the change made of it, or why it may not be
 */
export async function put<T>(
  { pool, county }: Place,
  ballot: string,
  state: Ballot,
  change: (urn: Urn) => { readonly urn: Urn; readonly answer: T } | Refusal,
): Promise<T | Refusal> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ box: Buffer; shut: boolean }>({
      name: 'ballots.lock',
      text: 'select box, shut from ballot_urn where county = $1 and ballot = $2 for update',
      values: [county, ballot],
    });
    const [row] = rows;
    const changed =
      row === undefined
        ? refuse('ballot.urn-lost')
        : row.shut
          ? refuse('ballot.counting')
          : change(opened(state, row.box));
    if (isRefusal(changed)) {
      await client.query('rollback');
      return changed;
    }
    await client.query({
      name: 'ballots.put',
      text: 'update ballot_urn set box = $3 where county = $1 and ballot = $2',
      values: [county, ballot, sealed(state, changed.urn)],
    });
    await client.query('commit');
    return changed.answer;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** What is in the urn, for the count; undefined where there is none. */
export async function urnIn(query: Query, county: number, ballot: string, state: Ballot): Promise<Urn | undefined> {
  const [row] = await query<{ box: Buffer }>(
    'ballots.box',
    'select box from ballot_urn where county = $1 and ballot = $2',
    [county, ballot],
  );
  return row === undefined ? undefined : opened(state, row.box);
}

/** Nothing is put in any more, or again: waits for what is being put in. */
export async function shut({ pool, county }: Place, ballot: string, is: boolean): Promise<void> {
  await pool.query({
    name: 'ballots.shut',
    text: 'update ballot_urn set shut = $3 where county = $1 and ballot = $2',
    values: [county, ballot, is],
  });
}

/**
 * Takes away what is needed no more of reviews that are over: the urn, who was asked, the keys. The table's file is
 * written anew, so that no earlier box stays in it. Done twice, it does nothing.
 */
export async function clear(pool: Pool, county: number): Promise<void> {
  const { rowCount } = await pool.query(
    `delete from ballot_urn u using ballot b
      where u.county = $1 and b.county = u.county and b.id = u.ballot and b.status <> 'open'`,
    [county],
  );
  await pool.query(
    `delete from vault v using ballot b
      where v.county = $1 and b.county = v.county and b.id = v.stream and b.status <> 'open' and v.version = 1`,
    [county],
  );
  if ((rowCount ?? 0) > 0) await pool.query('vacuum (full) ballot_urn');
}
