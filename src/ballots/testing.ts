import { randomBytes } from 'node:crypto';
import type { Answer, Client, TestCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { codeOf, paperNumber, shortHash } from './signing.ts';
import { suite } from './token.ts';
import type { Ballot } from './model.ts';

/** For tests: households to ask, and a phone that does what the page's script does. */
export async function households(county: TestCounty, area: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const id = newId();
    ids.push(id);
    await county.give('household', id, {
      kind: 'household.register',
      area,
      address: `${n + 1} 号`,
      contact: county.id('waterhead'),
      residents: [{ id: newId(), name: `户主${n}`, relation: '户主' }],
    });
  }
  return ids;
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export interface Drawn {
  readonly token: string;
  readonly signature: string;
}

export interface Phone {
  draw(code: string): Promise<Drawn | Answer>;
  /** Something else to sign for a code, quicker than a token would be made. */
  odd(code: string): Promise<Answer>;
  /** The same request again, as after a lost answer. */
  again(): Promise<Answer>;
  cast(drawn: Drawn, choices: string): Promise<Answer>;
}

export async function phoneAt(county: TestCounty, id: string, key: string): Promise<Phone> {
  const nobody = await county.as();
  const publicKey = await crypto.subtle.importKey(
    'spki',
    Buffer.from(key, 'base64'),
    { name: 'RSA-PSS', hash: 'SHA-384' },
    true,
    ['verify'],
  );
  let last: object = {};
  const send = async (body: object): Promise<Answer> => {
    // All phones of a test have one address.
    await county.database.pool.query('delete from limit_count');
    return await nobody.post(`/ballot/${id}/draw`, body);
  };
  return {
    async draw(code) {
      const token = suite.prepare(crypto.getRandomValues(new Uint8Array(32)));
      const { blindedMsg, inv } = await suite.blind(publicKey, token);
      last = { code, blinded: base64(blindedMsg) };
      const answer = await send(last);
      if (answer.status !== 200) return answer;
      const blind = Buffer.from(answer.body.signature as string, 'base64');
      return { token: base64(token), signature: base64(await suite.finalize(publicKey, token, blind, inv)) };
    },
    odd: (code) => send({ code, blinded: base64(Buffer.concat([Buffer.alloc(1), randomBytes(255)])) }),
    again: () => send(last),
    cast: (drawn, choices) => nobody.post(`/ballot/${id}/cast`, { ...drawn, choices }),
  };
}

export const receiptOf = ({ token }: Drawn, id: string, choices: string): string =>
  shortHash(Buffer.from(token, 'base64'), id, choices);

/** A review of a place, open for ten days. */
export async function opened(county: TestCounty, by: Client, area: string): Promise<string> {
  const id = newId();
  const until = addDays(dayOf(new Date().toISOString()), 10);
  const answer = await by.post(`/api/ballots/${id}/open`, { area, until });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return id;
}

/** What the house alone knows of a review. */
export async function inside(county: TestCounty, id: string) {
  const { state } = await county.ledger.read<Ballot>(county.county, 'ballot', id);
  return {
    state,
    code: (elector: number): string => codeOf(state.secret!, elector),
    paper: (nth: number): string => paperNumber(state.secret!, nth),
  };
}
