import type { House } from '../app/operations/open.ts';
import type { Recorded } from '../ledger/decider.ts';
import type { MatterEvent } from '../matters/model.ts';

/** Numbers that look drawn and are the same every time: draw(n) is below n. */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

export interface Told {
  readonly subject: string;
  readonly body: string;
  readonly answer: string;
  readonly category: string;
}

export interface Words {
  /** A story told anew: another story's circumstances are joined to it, so that no two of a stock are the same. */
  pick(draw: (below: number) => number): Told;
}

/** Matters of the demo county as its ledger holds them, with all that was said. */
export async function historiesOfDemo(house: House, county: number, most = 2_000): Promise<Recorded<MatterEvent>[][]> {
  const { rows } = await house.database.pool.query<{ id: string }>(
    'select id from matter where county = $1 order by id limit $2',
    [county, most],
  );
  const histories: Recorded<MatterEvent>[][] = [];
  for (const { id } of rows) histories.push((await house.system.ledger.history(county, id)) as Recorded<MatterEvent>[]);
  return histories;
}

export async function wordsOfDemo(house: House, county: number): Promise<Words> {
  return wordsOf(await historiesOfDemo(house, county));
}

export function wordsOf(histories: readonly (readonly Recorded<MatterEvent>[])[]): Words {
  const stories = histories.flatMap((history) => {
    const [first] = history;
    if (first?.kind !== 'matter.registered' || first.personal === undefined) return [];
    const answer = history
      .flatMap((e) => (e.kind === 'matter.resolved' && e.personal !== undefined ? [e.personal.text] : []))
      .at(-1);
    const { subject, body } = first.personal;
    return [
      { subject, body: body ?? subject, answer: answer ?? '已办完，请验看。', category: first.category ?? '其他' },
    ];
  });
  if (stories.length === 0) throw new Error('the demo county has no stories');
  return {
    pick(draw) {
      const story = stories[draw(stories.length)]!;
      const other = stories[draw(stories.length)]!;
      const where = `${draw(60) + 1}组${draw(200) + 1}号`;
      return { ...story, body: `${where}，${story.body}另外，${other.body}`, answer: `${story.answer}${other.answer}` };
    },
  };
}
