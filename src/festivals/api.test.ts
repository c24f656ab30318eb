import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import { newId } from '../ledger/ids.ts';
import type { GiftCommand, GiftFacts, GiftState } from './model.ts';
import { gifts } from './rules.ts';

const today = dayOf(new Date().toISOString());
const year = Number(today.slice(0, 4));
const SIGNATURE = '[[[1,2],[30,40]]]';
let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.stop());

const done = async (answer: Promise<Answer>): Promise<Answer> => {
  const given = await answer;
  expect(given.status, JSON.stringify(given.body)).toBe(200);
  return given;
};

async function house(age: number, need?: string) {
  const [household, resident] = [newId(), newId()];
  const clerk = await county.as('clerk');
  await done(
    clerk.post(`/api/households/${household}/register`, {
      area: county.places.grid,
      address: `二组 ${age} 号`,
      contact: county.id('field'),
      residents: [{ id: resident, name: `陈${age}`, relation: '户主', bornYear: year - age }],
    }),
  );
  if (need !== undefined)
    await done(
      clerk.post(`/api/households/${household}/residents/consent`, {
        resident,
        what: 'needs',
        needs: [need],
        until: addDays(today, 100),
      }),
    );
  return { household, resident };
}
const met = async (household: string) =>
  await done(
    (await county.as('field')).post(`/api/visits/${newId()}/record`, {
      household,
      contact: 'met',
      note: '都好，棉被够了。',
      metAt: new Date().toISOString(),
    }),
  );

describe('visits before a festival', () => {
  test('[B8] the list is found by group, visited and paid before the day, two persons on money, signed for', async () => {
    const [old, low, young] = [await house(83), await house(50, '低保救助'), await house(40)];
    const [clerk, field, head] = [await county.as('clerk'), await county.as('field'), await county.as('head')];
    const festival = newId();
    await done(
      clerk.post(`/api/festivals/${festival}/open`, {
        name: '春节',
        day: addDays(today, 20),
        starts: today,
        area: county.places.liuhe,
        groups: ['高龄老人', '低保户'],
        sources: [{ name: '县财政', limit: 100_000 }],
      }),
    );
    const rows = async (query = '') =>
      (await field.get(`/api/festivals/${festival}/households${query}`)).body.households as {
        household: string;
        groups: string[];
        visited: boolean;
        paid: boolean;
        done: boolean;
        gifts: { id: string; status: string; can: string[] }[];
      }[];
    expect(new Set((await rows()).map((r) => r.household))).toEqual(new Set([old.household, low.household]));
    expect((await rows('?group=高龄老人')).map((r) => r.household)).toEqual([old.household]);
    expect((await rows()).some((r) => r.household === young.household)).toBe(false);
    const list = (await field.get('/api/visits/today')).body.rows as {
      household: string;
      why: string[];
      group: string;
    }[];
    expect(list.find((r) => r.household === old.household)).toMatchObject({ group: 'festival' });

    const gift = newId();
    const proposal = { festival, household: old.household, source: '县财政', cents: 60_000 };
    await done(clerk.post(`/api/gifts/${gift}/propose`, proposal));
    expect((await clerk.post(`/api/gifts/${newId()}/propose`, proposal)).body.refused).toBe('gift.doubled');
    expect((await clerk.post(`/api/gifts/${gift}/decide`, { grant: true })).body.refused).toBe('gift.own-approval');
    const receipt = { by: old.resident, signature: SIGNATURE };
    expect((await field.post(`/api/gifts/${gift}/hand-over`, receipt)).body.refused).toBe('gift.not-approved');
    await done(head.post(`/api/gifts/${gift}/decide`, { grant: true }));
    // Over the source's limit nobody approves.
    const second = newId();
    await done(clerk.post(`/api/gifts/${second}/propose`, { ...proposal, household: low.household }));
    expect((await head.post(`/api/gifts/${second}/decide`, { grant: true })).body.refused).toBe('gift.over-limit');
    expect((await field.post(`/api/gifts/${gift}/hand-over`, receipt)).body.refused).toBe('gift.not-visited');

    // The visit is typed once, in the diary; the round takes it from there.
    await met(old.household);
    expect((await rows()).find((r) => r.household === old.household)).toMatchObject({ visited: true, paid: false });
    expect((await field.post(`/api/gifts/${gift}/hand-over`, { ...receipt, by: low.resident })).body.refused).toBe(
      'gift.not-of-household',
    );
    await done(field.post(`/api/gifts/${gift}/hand-over`, receipt));
    expect((await rows()).find((r) => r.household === old.household)).toMatchObject({
      visited: true,
      paid: true,
      done: true,
    });
    // It is among all that is held about them, on the sheet that is handed to them.
    const held = async (of: string) => String((await clerk.get(`/api/households/${of}/held`)).body);
    for (const part of ['春节', '600 元', '县财政', '送到了']) expect(await held(old.household)).toContain(part);
    expect(await held(low.household)).toContain('报了，等批准');
    expect((await rows('?open=yes')).map((r) => r.household)).toEqual([low.household]);

    const [round] = (await head.get('/api/festivals')).body.festivals;
    expect(round).toMatchObject({
      all: 2,
      visited: 1,
      paid: 1,
      done: 1,
      groups: [
        { name: '高龄老人', all: 1, done: 1 },
        { name: '低保户', all: 1, done: 0 },
      ],
      sources: [{ name: '县财政', limit: 100_000, proposed: 60_000, approved: 60_000, given: 60_000, gifts: 1 }],
    });
    expect((await (await county.as('farhead')).get('/api/festivals')).body.festivals).toEqual([]);
  });

  test('[B8] a consent that ended takes the household off the list; a visit on the day or after is too late', async () => {
    const { household, resident } = await house(30, '优抚');
    const [clerk, field] = [await county.as('clerk'), await county.as('field')];
    const festival = newId();
    await done(
      clerk.post(`/api/festivals/${festival}/open`, {
        name: '元旦',
        day: today,
        starts: addDays(today, -10),
        area: county.places.village,
        groups: ['优抚对象'],
        sources: [],
      }),
    );
    await met(household);
    const rows = async () => (await field.get(`/api/festivals/${festival}/households`)).body.households;
    expect(await rows()).toMatchObject([{ household, visited: false, done: false, lateOn: today, metOn: null }]);
    await done(clerk.post(`/api/households/${household}/residents/consent`, { resident, what: 'needs', until: null }));
    expect(await rows()).toEqual([]);
  });
});

describe('the rules of gifts', () => {
  const people = ['ann', 'ben', 'cid'];
  const facts = (actor: string, visit: string | undefined): GiftFacts => ({
    actor,
    today: '2026-01-20',
    festival: { open: true, chain: ['c'], sources: [{ name: '财政', limit: 1_000 }] },
    household: { chain: ['c', 't'], contact: null, residents: [{ id: 'old', bornYear: 1940 }] },
    doubled: false,
    spent: 0,
    visit,
  });

  test('[B8] however people act, money reaches a household only through two of them and over a signature', () => {
    const act = fc.record({
      actor: fc.constantFrom(...people),
      what: fc.constantFrom('decide', 'hand-over', 'decline'),
      visited: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 10 }), fc.constantFrom(...people), (acts, proposer) => {
        const step = (state: GiftState, actor: string, command: GiftCommand, visit?: string): GiftState => {
          const verdict = gifts.decide(state, command, facts(actor, visit));
          return isRefusal(verdict)
            ? state
            : verdict.reduce(
                (s, e) => gifts.evolve(s, e, { actor, at: '2026-01-20T00:00:00.000Z', version: 1 }),
                state,
              );
        };
        let state = step(gifts.initial, proposer, {
          kind: 'gift.propose',
          festival: 'f',
          household: 'h',
          source: '财政',
          cents: 500,
          goods: '',
        });
        for (const { actor, what, visited } of acts) {
          const command: GiftCommand =
            what === 'decide'
              ? { kind: 'gift.decide', grant: true, reason: '' }
              : what === 'decline'
                ? { kind: 'gift.decline', reason: '不用了' }
                : { kind: 'gift.hand-over', by: 'old', signature: SIGNATURE };
          state = step(state, actor, command, visited ? `visit of ${actor}` : undefined);
        }
        if (state.status !== 'given') return;
        expect(state.decidedBy).not.toBe(proposer);
        expect(state.given!.official).not.toBe(state.decidedBy);
        expect(state.given!.visit).toBe(`visit of ${state.given!.official}`);
        expect(state.given!.by).toBe('old');
      }),
    );
  });
});
