import { isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { MatterState } from './model.ts';

const BATCH = 500;

/** A matter without what anybody said in it: as it reads when its boxes are erased. */
export function forgotten(state: MatterState): MatterState {
  const { told: _, answer: _answer, said: _said, joint, ...rest } = state;
  return {
    ...rest,
    forgotten: true,
    ...(joint === undefined ? {} : { joint: { ...joint, representatives: [] } }),
    shares: state.shares.map(({ answer: _part, ...part }) => part),
    raisings: state.raisings.map(({ words: _words, ...raising }) => raising),
    papers: state.papers.map((paper) => ({
      ...paper,
      text: {},
      tries: paper.tries.map(({ receiver: _receiver, witness: _witness, ...one }) => one),
    })),
  };
}

/** Matters of households whose own file was erased; what they said in confidence too, though its row names no household. */
const ofForgotten = `matter m join matter_raised_by r on r.county = m.county and r.matter = m.id
       join household h on h.county = r.county and h.id = r.household`;

/**
 * Forgets the closed matters of households whose own file was erased: the event that says so first, then the boxes and the
 * pictures of the matter, and the boxes of its reviews. Numbers, dates and the chain stay. Broken off between the two, the
 * next run erases what is left.
 * @returns how many were forgotten
 */
export async function forgetMatters(ledger: Ledger, county: number, now: string): Promise<number> {
  let done = 0;
  for (;;) {
    const due = await ledger.query<{ id: string }>(
      'matter.forget-due',
      // Found by the households, of which few are forgotten, and only then put in order: or all matters are walked through.
      `with due as materialized (
         select m.id from ${ofForgotten} where m.county = $1 and h.forgotten and not m.open and m.subject is not null
       ) select id from due order by id limit ${BATCH}`,
      [county],
    );
    let here = 0;
    for (const { id } of due) {
      const verdict = await ledger.execute({
        county,
        id: idOf('forget', id, now),
        record: 'matter',
        stream: id,
        command: { kind: 'matter.forget' },
        at: now,
        actor: 'system:retention',
        permit: () => true,
      });
      if (!isRefusal(verdict)) here += 1;
    }
    done += here;
    if (due.length < BATCH || here === 0) break;
  }
  // Which they are is settled first: asked together with the boxes, the database walks through every box there is.
  const gone = `with gone as materialized (
      select m.id from ${ofForgotten} where m.county = $1 and h.forgotten and not m.open and m.subject is null
    )`;
  await ledger.query(
    'matter.erase',
    `${gone}, streams as materialized (
       select id from gone union select r.id from review r join gone on r.matter = gone.id where r.county = $1
     )
     delete from vault v using streams s where v.county = $1 and v.stream = s.id`,
    [county],
  );
  await ledger.query(
    'matter.erase-pictures',
    `${gone} delete from file f using gone where f.county = $1 and f.stream = gone.id`,
    [county],
  );
  return done;
}
