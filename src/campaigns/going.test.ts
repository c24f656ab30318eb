import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';

let county: TestCounty;
const today = dayOf(new Date().toISOString());
const BACK = 40;
beforeAll(async () => {
  county = await startCounty();
}, 120_000);
afterAll(() => county.stop());

interface Home {
  readonly id: string;
  readonly village: 'village' | 'otherVillage';
}
interface Visit {
  readonly home: number;
  readonly who: 'field' | 'otherfield';
  readonly contact: 'met' | 'not-at-home' | 'phone';
  readonly ago: number;
  readonly needs: number;
  readonly at: number;
}
const REVISIT_DAYS = 7;
const needsOf = ({ contact, needs }: Pick<Visit, 'contact' | 'needs'>): string[] =>
  contact === 'not-at-home' ? [] : Array.from({ length: needs }, (_, i) => `修一段路 ${i + 1}`);

describe('[B6] [A6] going out by team', () => {
  const homes: Home[] = [];
  const teams = { whole: newId(), near: newId(), far: newId() };
  const visits: Visit[] = [];
  const since = addDays(today, -BACK);
  /** The near group's member joins later: what they did before is not the team's. */
  const joined = addDays(today, -20);

  const done = async (who: string, path: string, body: object): Promise<void> => {
    const answer = await (await county.as(who)).post(path, body);
    expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(200);
  };

  beforeAll(async () => {
    for (const village of ['village', 'otherVillage'] as const)
      for (let i = 0; i < 5; i++) {
        const id = newId();
        homes.push({ id, village });
        await done('clerk', `/api/households/${id}/register`, {
          area: county.places[village],
          address: `${i + 1} 号`,
          contact: county.id(village === 'village' ? 'field' : 'otherfield'),
          residents: [{ id: newId(), name: `户主${i}`, relation: '户主', bornYear: 1960 }],
        });
      }
    const found = (id: string, name: string, parent: string | null) =>
      done('administrator', `/api/teams/${id}/found`, {
        parent,
        name,
        purpose: '',
        area: county.places.root,
        campaign: null,
        since,
        until: null,
      });
    await found(teams.whole, '大走访工作队', null);
    await found(teams.near, '柳河组', teams.whole);
    await found(teams.far, '河东组', teams.whole);
    for (const [team, target] of [
      [teams.near, county.places.village],
      [teams.far, county.places.otherVillage],
    ])
      await done('administrator', `/api/teams/${team}/take-place`, { place: 'village', target, since, until: null });
    for (const [who, team, role, from] of [
      ['waterhead', teams.whole, 'leader', since],
      ['field', teams.near, 'member', joined],
      ['otherfield', teams.far, 'leader', since],
    ] as const)
      await done('administrator', `/api/members/${newId()}/join`, {
        official: county.id(who),
        team,
        role,
        since: from,
      });
    const wanted = fc.sample(
      fc.record({
        home: fc.nat({ max: homes.length - 1 }),
        who: fc.constantFrom('field' as const, 'otherfield' as const),
        contact: fc.constantFrom('met' as const, 'not-at-home' as const, 'phone' as const),
        ago: fc.integer({ min: 0, max: BACK - 1 }),
        needs: fc.nat({ max: 2 }),
        withdrawn: fc.boolean(),
      }),
      { numRuns: 120, seed: 7 },
    );
    for (const visit of wanted) {
      const stream = newId();
      const answer = await (
        await county.as(visit.who)
      ).post(`/api/visits/${stream}/record`, {
        household: homes[visit.home]!.id,
        contact: visit.contact,
        note: visit.contact === 'not-at-home' ? '' : '都好',
        needs: needsOf(visit).map((words) => ({ words })),
        promises: [],
        metAt: new Date(Date.now() - visit.ago * 86_400_000 - 60_000).toISOString(),
        withWhom: [],
      });
      // Who may not visit there did not: the oracle knows what was taken only.
      if (answer.status !== 200) continue;
      // What carries a need cannot be taken back; of the rest, what was wrong is gone from every count.
      const back =
        visit.withdrawn && needsOf(visit).length === 0
          ? await (await county.as(visit.who)).post(`/api/visits/${stream}/withdraw`, { reason: '记到别家了' })
          : undefined;
      if (back?.status !== 200) visits.push({ ...visit, at: Date.now() - visit.ago * 86_400_000 - 60_000 });
    }
    expect(visits.length).toBeGreaterThan(20);
    await county.database.pool.query('update matter set open = false where county = $1 and official = $2', [
      county.county,
      county.id('field'),
    ]);
    await done('head', `/api/exceptions/${newId()}/grant`, {
      official: county.id('field'),
      type: 'leave',
      from: addDays(today, -3),
      until: today,
      reason: '看病',
    });
  });

  const stays = {
    [teams.near]: [['field', joined]],
    [teams.far]: [['otherfield', since]],
    [teams.whole]: [
      ['field', joined],
      ['otherfield', since],
    ],
  } as Record<string, [string, string][]>;
  const dayAgo = (n: number): string => dayOf(new Date(Date.now() - n * 86_400_000 - 60_000).toISOString());

  /** The same counts, one household and one visit after another. */
  function counted(team: string, from: string, to: string) {
    const own = homes.flatMap((home, i) =>
      team === teams.whole || home.village === (team === teams.near ? 'village' : 'otherVillage') ? [i] : [],
    );
    const inTime = visits.filter(({ home, ago }) => own.includes(home) && dayAgo(ago) >= from && dayAgo(ago) <= to);
    const theirs = inTime.filter(({ who, ago }) => stays[team]!.some(([w, s]) => w === who && dayAgo(ago) >= s));
    const metBy = (of: readonly Visit[]): number =>
      new Set(of.filter(({ contact }) => contact === 'met').map(({ home }) => home)).size;
    const doors = theirs.filter(({ contact }) => contact !== 'phone');
    return {
      households: own.length,
      met: metBy(inTime),
      metByTeam: metBy(theirs),
      doors: doors.length,
      opened: doors.filter(({ contact }) => contact === 'met').length,
      ...tried(doors),
      needs: brought(team, own, to),
      settled: brought(team, own, to, 'field'),
    };
  }

  /** Needs are registered when the entry comes in, which here was today. */
  const brought = (team: string, own: readonly number[], to: string, by?: string): number =>
    to < today
      ? 0
      : visits
          .filter(({ home, who }) => own.includes(home) && stays[team]!.some(([w]) => w === who))
          .filter(({ who }) => by === undefined || who === by)
          .reduce((sum, visit) => sum + needsOf(visit).length, 0);

  /** Of closed doors: those met again or past their day, those met by it, those past it without. */
  function tried(doors: readonly Visit[]) {
    const closed = doors
      .filter(({ contact }) => contact === 'not-at-home')
      .map((door) => {
        const later = visits.filter((v) => v.contact === 'met' && v.home === door.home && v.at > door.at);
        const again = later.map((v) => dayAgo(v.ago)).toSorted()[0];
        return { again, by: addDays(dayAgo(door.ago), REVISIT_DAYS) };
      });
    return {
      revisits: closed.filter(({ again, by }) => again !== undefined || by < today).length,
      revisited: closed.filter(({ again, by }) => again !== undefined && again <= by).length,
      missed: closed.filter(({ again, by }) => again === undefined && by < today).length,
    };
  }

  test('[B6] whatever days are asked about, team and groups count as one record after another does', async () => {
    const leader = await county.as('waterhead');
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: BACK - 1 }), fc.nat({ max: BACK - 1 }), async (a, b) => {
        const [from, to] = [addDays(today, -Math.max(a, b)), addDays(today, -Math.min(a, b))];
        const { body } = await leader.get(`/api/teams/${teams.whole}/going?from=${from}&to=${to}`);
        expect(body.rows.map((r: { id: string }) => r.id).toSorted()).toEqual(Object.values(teams).toSorted());
        for (const row of body.rows) expect(row).toMatchObject(counted(row.id, from, to));
        const whole = body.rows.find((r: { whole: boolean }) => r.whole);
        expect(body.unmet).toHaveLength(Math.min(whole.households - whole.met, 50));
      }),
      { numRuns: 25 },
    );
  });

  test('reasons for not going stand with the figures, and do not change the denominators', async () => {
    const { body } = await (await county.as('waterhead')).get(`/api/teams/${teams.whole}/going?from=${since}`);
    const near = body.rows.find((r: { id: string }) => r.id === teams.near);
    expect(near.excused).toEqual([{ name: '王建军', why: '请假', from: addDays(today, -3), until: today }]);
    expect(near.households).toBe(5);
    expect(near.members).toBe(1);
  });

  test('who leads the team or the group sees it, with names only of households they may open; nobody else does', async () => {
    const at = async (who: string, team: string) =>
      (await county.as(who)).get(`/api/teams/${team}/going?from=${since}`);
    expect((await at('waterhead', teams.near)).status).toBe(200);
    expect((await at('otherfield', teams.far)).status).toBe(200);
    expect((await at('leader', teams.whole)).status).toBe(200);
    for (const [who, team] of [
      ['field', teams.near],
      ['otherfield', teams.whole],
      ['handler', teams.whole],
      ['farhead', teams.whole],
    ] as const)
      expect((await at(who, team)).status, who).toBe(404);
    // A department's head who leads the team opens no household for that.
    const { unmet } = (
      await (await county.as('waterhead')).get(`/api/teams/${teams.whole}/going?from=${today}&to=${today}`)
    ).body;
    expect(unmet.length).toBeGreaterThan(0);
    expect(unmet.every((home: { who: string | null }) => home.who === null)).toBe(true);
    const teamPage = (await (await county.as('waterhead')).get(`/api/teams/${teams.whole}`)).body;
    expect(teamPage.counts).toBe(true);
    expect((await (await county.as('field')).get(`/api/teams/${teams.whole}`)).body.counts).toBe(false);
  });
});
