import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keptTables } from '../app/operations/backup.ts';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { rebuild } from '../ledger/rebuild.ts';
import { sealAll, verifyCounty } from '../ledger/seal.ts';
import { type Ballot, halfOf } from './model.ts';
import { blindSign, newKeys, paperReceipt, printOf } from './signing.ts';
import { inLot } from './tables.ts';
import { type Drawn, type Phone, households, inside, opened, phoneAt, receiptOf } from './testing.ts';
import { suite } from './token.ts';

let county: TestCounty;
let inspector: Client;
let office: Client;
let head: Client;
let field: Client;
let nobody: Client;
const today = dayOf(new Date().toISOString());
/** Households asked in the village; ten is the least of the policy. */
const MANY = 14;

beforeAll(async () => {
  county = await startCounty();
  [inspector, office, head, field, nobody] = await Promise.all([
    county.as('inspector'),
    county.as('countyclerk'),
    county.as('head'),
    county.as('field'),
    county.as(),
  ]);
  await households(county, county.places.grid, MANY);
  await households(county, county.places.otherGrid, 3);
}, 60_000);
afterAll(() => county.stop());

const drawn = async (phone: Phone, code: string): Promise<Drawn> => {
  const answer = await phone.draw(code);
  if ('status' in answer) throw new Error(JSON.stringify(answer.body));
  return answer;
};
const post = (by: Client, id: string, verb: string, body: object = {}) => by.post(`/api/ballots/${id}/${verb}`, body);
const whole = async (by: Client, id: string) => (await by.get(`/api/ballots/${id}`)).body;
const voided = async (id: string): Promise<void> => {
  await done(post(inspector, id, 'void', { reason: '试完了作废' }));
};
const END = { reason: '各户都投完了' };
const NONE = { notReturned: 0, spoiled: 0 };

describe('who opens a review', () => {
  test('[G2] the county’s office or an inspector does; no township, no field official, no head, and nobody with those rated in one unit', async () => {
    const body = { area: county.places.village, until: addDays(today, 10) };
    for (const by of [
      head,
      field,
      await county.as('clerk'),
      await county.as('leader'),
      await county.as('administrator'),
    ])
      expect((await post(by, newId(), 'open', body)).body.refused).toBe('access.denied');
    // Somebody of the office's own unit is stationed in the other village of the far township: the office is not free there.
    await households(county, county.places.farGrid, MANY);
    await county.give('assignment', newId(), {
      kind: 'assignment.make',
      official: county.id('leader'),
      type: 'village',
      area: county.places.farVillage,
      household: null,
      unit: null,
      role: '包村领导',
      since: '2025-01-01',
    });
    for (const by of [office, inspector])
      expect((await post(by, newId(), 'open', { ...body, area: county.places.farVillage })).body.refused).toBe(
        'ballot.rated',
      );
  });

  test('[G2] of a village or a township, with enough households, for the days of the rules, once in a half-year', async () => {
    const open = (body: object, by = inspector) =>
      post(by, newId(), 'open', { area: county.places.village, until: addDays(today, 10), ...body });
    expect((await open({ area: county.places.grid })).body.refused).toBe('ballot.place-wrong');
    expect((await open({ area: county.places.otherVillage })).body.refused).toBe('ballot.too-few-households');
    expect((await open({ until: addDays(today, 6) })).body.refused).toBe('ballot.days-wrong');
    expect((await open({ until: addDays(today, 32) })).body.refused).toBe('ballot.days-wrong');
    const answers = await Promise.all([open({}), open({}, office), open({})]);
    expect(answers.map(({ body }) => body.refused ?? 'open').toSorted()).toEqual([
      'ballot.held',
      'ballot.held',
      'open',
    ]);
    const { body } = await office.get('/api/ballots');
    const one = body.rows.find((row: { status: string }) => row.status === 'open');
    expect(one).toMatchObject({ half: halfOf(today), rated: 1, on: true });
    const { state } = await inside(county, one.id);
    // The lot can be drawn again from the seed that is recorded.
    expect(state.electors).toEqual(inLot([...state.electors].toSorted(), state.seed));
    expect(state.size).toBe(MANY);
    await voided(one.id);
  });

  test('[G2] a share of the households is drawn by lot, and never more than the policy says', async () => {
    const { body } = await inspector.get('/api/policies/ballots');
    const { document } = body.versions?.[0] ?? body;
    await county.publish('ballots', { ...document, share: 0.8 });
    const id = await opened(county, inspector, county.places.village);
    const { state } = await inside(county, id);
    expect([state.households, state.size]).toEqual([MANY, Math.ceil(MANY * 0.8)]);
    await voided(id);
    await county.publish('ballots', { ...document, share: 1 });
  });
});

describe('one ballot for each elector', () => {
  test('[G2] [B5] drawn with a code once, cast once, found again by its receipt; the figures are the sums of what was cast', async () => {
    const campaign = newId();
    const start = {
      template: 'three-haves',
      name: '三有两评',
      area: county.places.root,
      from: `${today.slice(0, 7)}-01`,
    };
    const administrator = await county.as('administrator');
    await done(administrator.post(`/api/campaigns/${campaign}/start`, start));
    const reviewed = async (): Promise<{ done: number; all: number }> => {
      const { keeps } = (await administrator.get(`/api/campaigns/${campaign}/figures`)).body;
      const { all, done: held } = keeps.find((kept: { code: string }) => kept.code === 'resident-reviews').months[0];
      return { done: held, all };
    };
    const id = await opened(county, inspector, county.places.village);
    // Open is not held.
    expect(await reviewed()).toEqual({ done: 0, all: 3 });
    const { state, code } = await inside(county, id);
    const phone = await phoneAt(county, id, state.key);
    expect((await phone.odd('ZZZZZZZZZZ')).body.refused).toBe('ballot.code-wrong');
    const receipts: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      const ballot = await drawn(phone, code(n));
      // An answer lost on the way is given again; another token for the same code is not signed.
      expect((await phone.again()).status).toBe(200);
      expect((await phone.odd(code(n))).body.refused).toBe('ballot.used');
      const choices = String(n % 3);
      const cast = await phone.cast(ballot, choices);
      expect(cast.body).toEqual({ receipt: receiptOf(ballot, id, choices) });
      expect((await phone.cast(ballot, choices)).body).toEqual(cast.body);
      expect((await phone.cast(ballot, String((n + 1) % 3))).body.refused).toBe('ballot.cast');
      receipts.push(cast.body.receipt);
    }
    // Not told while it is open, and the count of those who took one is.
    expect(await whole(inspector, id)).toMatchObject({ used: 12, cast: null, enough: null });
    expect((await post(inspector, id, 'close', NONE)).body.refused).toBe('ballot.still-on');
    await done(post(inspector, id, 'end', END));
    expect((await phone.odd(code(12))).body.refused).toBe('ballot.over');
    await done(post(office, id, 'close', NONE));
    const { cast, figures, grades } = await whole(inspector, id);
    expect(cast).toBe(12);
    expect(grades.map(({ title }: { title: string }) => title)).toEqual(['满意', '基本满意', '不满意']);
    expect(figures).toMatchObject([{ name: '王建军', given: [4, 4, 4] }]);
    // Anyone finds their receipt among as many as there are ballots.
    const page = String((await nobody.get(`/ballot/${id}`)).body).replaceAll(/(?<=[0-9a-f]) (?=[0-9a-f])/g, '');
    for (const receipt of receipts) expect(page).toContain(receipt);
    expect(page.match(/<li>[0-9a-f]{32}<\/li>/g)).toHaveLength(12);
    // The rated one sees their own; one rated elsewhere, and the township's clerk, nothing.
    expect((await whole(field, id)).figures).toHaveLength(1);
    expect([(await field.get('/api/ballots')).body.mayOpen, (await office.get('/api/ballots')).body.mayOpen]).toEqual([
      false,
      true,
    ]);
    expect((await head.get(`/api/ballots/${id}`)).body.figures).toHaveLength(1);
    for (const key of ['otherfield', 'clerk', 'farhead', 'auditor', 'administrator'])
      expect((await (await county.as(key)).get(`/api/ballots/${id}`)).body.refused, key).toBe('access.denied');
    // Who was asked, who took one, and the keys are gone; the chain is whole, and rows made anew are the same.
    expect((await inside(county, id)).state).toMatchObject({
      electors: [],
      drawn: {},
      secret: undefined,
      signing: undefined,
    });
    expect((await county.database.pool.query('select from ballot_urn')).rowCount).toBe(0);
    await sealAll(county.database.pool, county.county);
    expect((await verifyCounty(county.database.pool, county.county)).faults).toEqual([]);
    const rows = 'select * from ballot order by id';
    const before = await county.database.pool.query(rows);
    const policies = await county.system.policies(county.county);
    await rebuild(county.database.pool, county.ledger, county.county, policies);
    expect((await county.database.pool.query(rows)).rows).toEqual(before.rows);
    // It counts as held, of the three villages somebody is stationed in; and there is no second one this half-year.
    expect(await reviewed()).toEqual({ done: 1, all: 3 });
    expect(
      (await post(inspector, newId(), 'open', { area: county.places.village, until: addDays(today, 10) })).body.refused,
    ).toBe('ballot.held');
    await county.database.pool.query(`delete from ballot where id = $1`, [id]);
  }, 60_000);

  test('[G2] many at once: one right is used once, no ballot is lost or put in twice, and one that comes while it is counted is told so', async () => {
    const id = await opened(county, inspector, county.places.village);
    const { state, code } = await inside(county, id);
    const phone = await phoneAt(county, id, state.key);
    const same = await Promise.all([phone.odd(code(0)), phone.odd(code(0)), phone.odd(code(0))]);
    expect(same.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    const ballots: Drawn[] = [];
    for (let n = 1; n < 12; n += 1) ballots.push(await drawn(phone, code(n)));
    const answers = await Promise.all([...ballots, ...ballots].map((ballot) => phone.cast(ballot, '1')));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await county.database.pool.query('update ballot_urn set shut = true where ballot = $1', [id]);
    expect((await phone.cast(ballots[0]!, '1')).body.refused).toBe('ballot.counting');
    // A count that was refused opens the urn again; one that broke off does not stand in the way of the next.
    await done(post(inspector, id, 'end', END));
    expect((await post(inspector, id, 'close', { spoiled: 1, notReturned: 0 })).body.refused).toBe(
      'ballot.papers-mismatch',
    );
    const { rows } = await county.database.pool.query<{ shut: boolean }>('select shut from ballot_urn');
    expect(rows).toEqual([{ shut: false }]);
    await done(post(inspector, id, 'close', NONE));
    expect(await whole(inspector, id)).toMatchObject({ cast: 11, figures: [{ given: [0, 11, 0] }] });
    await county.database.pool.query('delete from ballot where id = $1', [id]);
  }, 60_000);

  test('[G2] a ballot nobody signed, one of another review, and one with odd choices are not put in', async () => {
    const id = await opened(county, inspector, county.places.village);
    const { state, code } = await inside(county, id);
    const phone = await phoneAt(county, id, state.key);
    const ballot = await drawn(phone, code(0));
    const forged = { ...ballot, token: Buffer.alloc(64, 7).toString('base64') };
    const other = await newKeys();
    const foreign = {
      ...ballot,
      signature: blindSign(other.signing, Buffer.alloc(256, 1)).toString('base64'),
    };
    for (const wrong of [forged, foreign, { ...ballot, signature: 'AAAA' }])
      expect((await phone.cast(wrong, '0')).body.refused).toBe('ballot.token-wrong');
    for (const choices of ['3', '00', 'x'])
      expect((await phone.cast(ballot, choices)).body.refused).toBe('ballot.choices-wrong');
    expect((await phone.cast(ballot, '-')).body.refused).toBe('ballot.blank');
    expect((await phone.cast(ballot, '0')).status).toBe(200);
    await voided(id);
  });

  test('[G2] below the least number nothing is told, not even how many, and nothing is kept', async () => {
    const id = await opened(county, inspector, county.places.village);
    const { state, code } = await inside(county, id);
    const phone = await phoneAt(county, id, state.key);
    for (let n = 0; n < 9; n += 1) await phone.cast(await drawn(phone, code(n)), '2');
    expect(await whole(inspector, id)).toMatchObject({ used: null, cast: null });
    await done(post(inspector, id, 'end', END));
    await done(post(inspector, id, 'close', NONE));
    expect(await whole(inspector, id)).toMatchObject({
      enough: false,
      used: null,
      cast: null,
      papers: null,
      figures: [{ given: null }],
    });
    const { rows } = await county.database.pool.query<{ data: object }>(
      `select data from event where stream = $1 and kind = 'ballot.closed'`,
      [id],
    );
    expect(rows).toEqual([{ data: { enough: false } }]);
    expect(String((await nobody.get(`/ballot/${id}`)).body)).toContain('不满 10 票');
    await county.database.pool.query(`delete from ballot where id = $1`, [id]);
  }, 60_000);
});

describe('papers', () => {
  test('[G2] a paper uses up the right, is entered by two who read the same, and all papers must add up', async () => {
    const id = await opened(county, inspector, county.places.village);
    const { state, code } = await inside(county, id);
    const phone = await phoneAt(county, id, state.key);
    expect((await post(office, id, 'take-paper', { elector: 0 })).body.refused).toBe('ballot.no-papers');
    await done(post(office, id, 'print-papers', { sheets: 14 }));
    const { rows } = (await office.get(`/api/ballots/${id}/papers`)).body;
    expect(rows).toHaveLength(14);
    // Another person of the office has not printed them and sees none.
    expect((await inspector.get(`/api/ballots/${id}/papers`)).body.rows).toEqual([]);
    for (let n = 0; n < 13; n += 1) await done(post(office, id, 'take-paper', { elector: n }));
    expect((await post(office, id, 'take-paper', { elector: 3 })).body.refused).toBe('ballot.used');
    expect((await phone.odd(code(3))).body.refused).toBe('ballot.used');
    await drawn(phone, code(13));
    expect((await post(office, id, 'take-paper', { elector: 13 })).body.refused).toBe('ballot.used');
    const enter = (by: Client, nth: number, choices: string) =>
      post(by, id, 'papers', { number: rows[nth].number, choices });
    expect((await post(office, id, 'papers', { number: 'AAAAAAAAAA', choices: '0' })).body.refused).toBe(
      'ballot.paper-unknown',
    );
    expect((await enter(office, 0, '0')).body).toEqual({ counted: false });
    expect((await enter(office, 0, '0')).body.refused).toBe('ballot.paper-own-second');
    expect((await enter(inspector, 0, '1')).body.refused).toBe('ballot.paper-differs');
    expect((await enter(inspector, 0, '1')).body).toEqual({ counted: false });
    expect((await enter(office, 0, '1')).body).toEqual({ counted: true });
    expect((await enter(inspector, 0, '1')).body.refused).toBe('ballot.paper-entered');
    // Nobody of the rated unit enters anything.
    for (const by of [field, head, await county.as('clerk')])
      expect((await enter(by, 1, '0')).body.refused).toBe('access.denied');
    for (let n = 1; n < 11; n += 1) {
      await enter(office, n, '0');
      if (n < 10) await enter(inspector, n, '0');
    }
    await done(post(inspector, id, 'end', END));
    expect((await post(inspector, id, 'close', { spoiled: 1, notReturned: 2 })).body.refused).toBe(
      'ballot.papers-halfway',
    );
    await enter(inspector, 10, '0');
    // Taken 13 = entered 11 + spoiled + not returned.
    for (const [spoiled, notReturned] of [
      [0, 0],
      [2, 1],
      [0, 1],
    ])
      expect((await post(inspector, id, 'close', { spoiled, notReturned })).body.refused).toBe(
        'ballot.papers-mismatch',
      );
    await done(post(inspector, id, 'close', { spoiled: 1, notReturned: 1 }));
    expect(await whole(inspector, id)).toMatchObject({
      cast: 11,
      papers: { printed: 14, taken: 13, entered: 11, spoiled: 1, notReturned: 1 },
      figures: [{ given: [10, 1, 0] }],
    });
    const { state: over } = await inside(county, id);
    expect(over.outcome!.receipts).toContain(paperReceipt(id, rows[0].number));
    expect(over.outcome!.receipts).not.toContain(paperReceipt(id, rows[12].number));
    await county.database.pool.query(`delete from ballot where id = $1`, [id]);
  }, 60_000);

  test('[G2] slips: whoever prints them is written down and sees them for an hour; the code stands behind the # only', async () => {
    const id = await opened(county, inspector, county.places.village);
    expect((await inspector.get(`/api/ballots/${id}/slips`)).body.rows).toEqual([]);
    await done(post(inspector, id, 'print-slips'));
    const { rows, keyPrint } = (await inspector.get(`/api/ballots/${id}/slips`)).body;
    const { state, code } = await inside(county, id);
    expect(keyPrint).toBe(printOf(state.key));
    expect(rows).toHaveLength(MANY);
    for (const row of rows) {
      expect(row.code).toBe(code(row.elector));
      const link = new URL(row.link as string);
      expect([link.pathname, link.search, link.hash]).toEqual([`/ballot/${id}`, '', `#${row.code}.${keyPrint}`]);
    }
    expect((await office.get(`/api/ballots/${id}/slips`)).body.rows).toEqual([]);
    for (const what of ['slips', 'papers', 'electors'])
      for (const by of [field, head, await county.as('clerk'), await county.as('leader')])
        expect((await by.get(`/api/ballots/${id}/${what}`)).body.refused).toBe('access.denied');
    // The household itself may ask what is held: that it was drawn, and whether its ballot was taken.
    const clerk = await county.as('clerk');
    const held = async (): Promise<string> =>
      String((await clerk.get(`/api/households/${state.electors[0]}/held`)).body);
    expect(await held()).toContain('选票还没有领');
    await done(post(office, id, 'print-papers', { sheets: 1 }));
    await done(post(office, id, 'take-paper', { elector: 0 }));
    expect(await held()).toContain('选票领过了');
    const list = (await office.get(`/api/ballots/${id}/electors`)).body.rows;
    expect(list).toHaveLength(MANY);
    expect(list.filter((row: { used: boolean }) => row.used)).toHaveLength(1);
    await voided(id);
  });
});

describe('any play', () => {
  type Step =
    | { do: 'draw' | 'cast' | 'recast' | 'take'; who: number; choice: number }
    | { do: 'enter'; who: number; choice: number; by: number };
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      do: fc.constantFrom('draw' as const, 'cast' as const, 'recast' as const, 'take' as const),
      who: fc.nat(MANY - 1),
      choice: fc.nat(2),
    }),
    fc.record({ do: fc.constant('enter' as const), who: fc.nat(MANY + 1), choice: fc.nat(2), by: fc.nat(1) }),
  );

  test('[G2] however draws, casts, papers and the close come, the sums are right and there are never more ballots than electors', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 110 }), async (steps) => {
        const id = await opened(county, inspector, county.places.village);
        const { state, code, paper } = await inside(county, id);
        const phone = await phoneAt(county, id, state.key);
        await done(post(office, id, 'print-papers', { sheets: MANY }));
        // Kept by hand beside it: who used their right, what is in the urn, what was read once.
        const used = new Set<number>();
        const tokens = new Map<number, Drawn>();
        const cast = new Map<number, number>();
        const papers = new Map<number, number>();
        const halves = new Map<number, { by: number; choice: number }>();
        let taken = 0;
        for (const one of steps) {
          const { who, choice } = one;
          if (one.do === 'draw') {
            if (used.has(who)) expect((await phone.odd(code(who))).body.refused).toBe('ballot.used');
            else tokens.set(who, await drawn(phone, code(who)));
            used.add(who);
          } else if (one.do === 'take') {
            expect((await post(office, id, 'take-paper', { elector: who })).status === 200).toBe(!used.has(who));
            if (!used.has(who)) taken += 1;
            used.add(who);
          } else if (one.do === 'enter') {
            const answer = await post([office, inspector][one.by]!, id, 'papers', {
              number: who < MANY ? paper(who) : 'AAAAAAAAAA',
              choices: String(choice),
            });
            const first = halves.get(who);
            if (who >= MANY) expect(answer.body.refused).toBe('ballot.paper-unknown');
            else if (papers.has(who)) expect(answer.body.refused).toBe('ballot.paper-entered');
            else if (first === undefined || (first.by === one.by && first.choice !== choice)) {
              expect(answer.body).toEqual({ counted: false });
              halves.set(who, { by: one.by, choice });
            } else if (first.by === one.by) expect(answer.body.refused).toBe('ballot.paper-own-second');
            else {
              halves.delete(who);
              if (first.choice === choice) papers.set(who, choice);
              expect(answer.body.refused ?? answer.body.counted).toBe(
                first.choice === choice ? true : 'ballot.paper-differs',
              );
            }
          } else {
            const token = tokens.get(who);
            if (token === undefined) continue;
            const known = cast.get(who);
            const answer = await phone.cast(token, String(choice));
            expect(answer.status === 200).toBe(known === undefined || known === choice);
            if (known === undefined) cast.set(who, choice);
          }
        }
        await done(post(inspector, id, 'end', END));
        // What was read once is read by the other as well.
        for (const [who, { by, choice }] of halves) {
          await post([inspector, office][by]!, id, 'papers', { number: paper(who), choices: String(choice) });
          papers.set(who, choice);
        }
        const answer = await post(inspector, id, 'close', {
          spoiled: 0,
          notReturned: Math.max(0, taken - papers.size),
        });
        const all = [...cast.values(), ...papers.values()];
        if (papers.size > taken) {
          // More papers in the box than were taken in the hall: never counted.
          expect(answer.body.refused).toBe('ballot.papers-mismatch');
          return await voided(id);
        }
        expect(answer.status).toBe(200);
        expect(all.length).toBeLessThanOrEqual(MANY);
        const { enough, cast: told, figures } = await whole(inspector, id);
        const sums = [0, 1, 2].map((grade) => all.filter((choice) => choice === grade).length);
        expect({ enough, told, given: figures[0].given }).toEqual(
          all.length >= 10
            ? { enough: true, told: all.length, given: sums }
            : { enough: false, told: null, given: null },
        );
        await county.database.pool.query('delete from ballot where id = $1', [id]);
      }),
      { numRuns: 6 },
    );
  }, 120_000);
});

describe('signing', () => {
  test('[G2] what OpenSSL signs blind is what the library signs, and what the phone finishes is a valid signature', async () => {
    const { key, signing } = await newKeys();
    const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' } as const;
    const [publicKey, privateKey] = await Promise.all([
      crypto.subtle.importKey('spki', Buffer.from(key, 'base64'), algorithm, true, ['verify']),
      crypto.subtle.importKey('pkcs8', Buffer.from(signing, 'base64'), algorithm, true, ['sign']),
    ]);
    const token = suite.prepare(crypto.getRandomValues(new Uint8Array(32)));
    const { blindedMsg, inv } = await suite.blind(publicKey, token);
    const ours = blindSign(signing, blindedMsg);
    expect(ours.equals(await suite.blindSign(privateKey, blindedMsg))).toBe(true);
    expect(await suite.verify(publicKey, await suite.finalize(publicKey, token, ours, inv), token)).toBe(true);
    expect(() => blindSign(signing, Buffer.alloc(256, 255))).toThrow();
  });
});

describe('what was lost', () => {
  test('[G2] an urn that a restored server no longer has is not taken for an empty one: void, and open anew', async () => {
    const id = await opened(county, inspector, county.places.village);
    const { state, code } = await inside(county, id);
    const phone = await phoneAt(county, id, state.key);
    const ballot = await drawn(phone, code(0));
    await county.database.pool.query('delete from ballot_urn where ballot = $1', [id]);
    expect((await phone.cast(ballot, '0')).body.refused).toBe('ballot.urn-lost');
    await drawn(phone, code(1));
    expect((await phone.cast(ballot, '0')).body.refused).toBe('ballot.urn-lost');
    await done(post(inspector, id, 'end', END));
    expect((await post(inspector, id, 'close', NONE)).body.refused).toBe('ballot.urn-lost');
    await voided(id);
    const again = await opened(county, inspector, county.places.village);
    expect((await county.ledger.read<Ballot>(county.county, 'ballot', again)).state.status).toBe('open');
    await voided(again);
  });

  test('[G2] [L2] an archive holds no urn: two of them would tell which ballots came between', async () => {
    const client = await county.database.pool.connect();
    try {
      const kept = await keptTables(client, county.system);
      expect(kept).toContain('vault');
      expect(kept).not.toContain('ballot_urn');
    } finally {
      client.release();
    }
  });
});
