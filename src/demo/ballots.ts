import { constants, createPrivateKey, sign } from 'node:crypto';
import type { Pool } from 'pg';
import { castBallot, ballotBy, enterPaper } from '../ballots/api.ts';
import { isFree } from '../ballots/rules.ts';
import { paperNumber } from '../ballots/signing.ts';
import { stationedIn } from '../ballots/tables.ts';
import { clear, setUp } from '../ballots/urn.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { giverOf } from './give.ts';
import type { Plan } from './model.ts';
import { Random } from './random.ts';

/** Votes by phone, and on papers, of the review that is over and of the one that is on. */
const OVER = { web: 31, papers: 9 };
const ON = { web: 17, papers: 4 };

/**
 * Two reviews of stationed officials: one of the field official's village that is published, and one that is on. Every
 * step goes through the rules, the urn included.
 * @returns how many events came of it
 */
export async function reviewOfficials(ledger: Ledger, pool: Pool, county: number, plan: Plan): Promise<number> {
  const today = dayOf(plan.until);
  const { give, events } = giverOf(ledger, county, plan, 'demo ballots');
  const { inspector, field } = plan.faces;
  const person = (id: string) => plan.officials.find((one) => one.id === id)!;
  const second = plan.officials.find((one) => one.roles.includes('inspector') && one.id !== inspector)!;
  const random = new Random(plan.county.code, 'ballots');
  const { rows: own } = await pool.query<{ area: string }>(
    `select s.area from assignment s where s.county = $1 and s.kind = 'village' and s.official = $2 and s.until is null
      order by s.area limit 1`,
    [county, field],
  );
  const { unit, section } = person(inspector);
  const township = plan.units.find((one) => one.id === person(field).unit)!.area;
  const villages = plan.areas
    .filter((one) => one.level === 'village' && one.parent === township)
    .map(({ id }) => id)
    .toSorted((a, b) => Number(b === own[0]?.area) - Number(a === own[0]?.area));
  const free: string[] = [];
  for (const village of villages) {
    const subjects = await stationedIn(ledger.query, county, village, today);
    if (isFree(subjects, inspector, [unit, section ?? unit])) free.push(village);
  }
  const votes = async (area: string, from: string, until: string, { web, papers }: typeof OVER): Promise<string> => {
    const id = idOf('demo ballot', area);
    await give(inspector, from, 'ballot', id, { kind: 'ballot.open', area, until });
    const state = (await ballotBy({ county, ledger }, id))!;
    const place = { county, pool, ledger, now: `${addDays(from, 2)}T03:00:00.000Z` };
    await setUp(place, id, state);
    await give(inspector, from, 'ballot', id, { kind: 'ballot.print-slips' });
    await give(inspector, from, 'ballot', id, { kind: 'ballot.print-papers', sheets: papers + 3 });
    const key = createPrivateKey({ key: Buffer.from(state.signing!, 'base64'), format: 'der', type: 'pkcs8' });
    // The first one is always rated: a ballot that rates nobody is not taken.
    const choices = (): string => state.subjects.map((_, n) => '000112-'[random.between(0, n === 0 ? 5 : 6)]!).join('');
    const accepted = (answer: object): void => {
      if (isRefusal(answer)) throw new Error(`a ballot of the demo was refused: ${answer.refused}`);
    };
    for (let elector = 0; elector < web; elector += 1) {
      const token = Buffer.from(idOf('demo token', id, String(elector)).replaceAll('-', '').repeat(2));
      await give(`resident:${id}`, addDays(from, 1), 'ballot', id, {
        kind: 'ballot.draw',
        elector,
        blinded: token.toString('hex').slice(0, 64),
      });
      const signature = sign('sha384', token, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 });
      const sent = { token: token.toString('base64'), signature: signature.toString('base64') };
      accepted(await castBallot(place, id, { ...sent, choices: choices() }));
    }
    for (let nth = 0; nth < papers; nth += 1) {
      await give(inspector, addDays(from, 1), 'ballot', id, { kind: 'ballot.take-paper', elector: web + nth });
      if (nth === papers - 1) continue;
      const paper = { number: paperNumber(state.secret!, nth), choices: choices() };
      accepted(await enterPaper(place, id, inspector, paper));
      accepted(await enterPaper(place, id, second.id, paper));
    }
    return id;
  };
  const [over, on] = free;
  if (over === undefined || on === undefined)
    throw new Error('the demo has no villages an inspector is free to review');
  const id = await votes(over, addDays(today, -40), addDays(today, -20), OVER);
  await give(inspector, addDays(today, -18), 'ballot', id, { kind: 'ballot.close', notReturned: 1, spoiled: 0 });
  await clear(pool, county);
  await votes(on, addDays(today, -6), addDays(today, 15), ON);
  return events();
}
