import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { DEFAULT_ROUTES } from '../catalogue/default-routes.ts';
import { RoutingCatalogue } from '../catalogue/model.ts';
import { dayOf } from '../calendar/days.ts';
import { changesBetween, withRule } from './rules.ts';

let county: TestCounty;
let clerk: Client;
let handler: Client;
let leader: Client;
let administrator: Client;
const category = '040202';

beforeAll(async () => {
  county = await startCounty();
  [clerk, handler, leader, administrator] = await Promise.all([
    county.as('clerk'),
    county.as('handler'),
    county.as('leader'),
    county.as('administrator'),
  ]);
}, 60_000);
afterAll(() => county.stop());

/** A matter of that category sent to the water bureau, which says that the works bureau should have it. */
const bounced = async (to: string): Promise<string> => {
  const id = county.newId();
  await done(
    clerk.post(`/api/matters/${id}/register`, {
      channel: 'phone',
      subject: '通村路断裂',
      area: county.places.village,
      category,
    }),
  );
  await done(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water, category }));
  await done(handler.post(`/api/matters/${id}/return`, { reason: '村道归住建养护', betterUnit: county.units.works }));
  await done(leader.post(`/api/matters/${id}/adjudicate`, { unit: to, ground: '照养护分工的文件办' }));
  return id;
};

describe('[C4] [A7] routing that answers for itself', () => {
  test('[C4] the first unit asked stays responsible until it is decided, the bounce is counted, the ground is kept', async () => {
    const id = county.newId();
    await done(
      clerk.post(`/api/matters/${id}/register`, { channel: 'phone', subject: '路断了', area: county.places.village }),
    );
    await done(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water }));
    const due = (await clerk.get(`/api/matters/${id}`)).body.clock.due;
    await done(handler.post(`/api/matters/${id}/return`, { reason: '不归我们管的', betterUnit: county.units.works }));
    expect((await clerk.get(`/api/matters/${id}`)).body).toMatchObject({ unitName: '水利局', returns: 1 });
    // Neither side decides: the unit that said no has no word in it.
    expect(
      (await handler.post(`/api/matters/${id}/adjudicate`, { unit: county.units.works, ground: '归他们' })).status,
    ).toBe(404);
    await done(leader.post(`/api/matters/${id}/adjudicate`, { unit: county.units.works, ground: '照三定方案' }));
    const after = (await clerk.get(`/api/matters/${id}`)).body;
    expect(after).toMatchObject({ unitName: '住建局', clock: { due } });
    expect(after.story.at(-1)).toMatchObject({ what: '裁定由住建局办', text: '照三定方案', who: '何书记' });
  });

  test('[A7] [C4] what bounces is shown with how often it was upheld, one click proposes, another person decides, and the catalogue keeps day and reason', async () => {
    for (const to of [county.units.works, county.units.works, county.units.water]) await bounced(to);
    const seen = (await clerk.get('/api/routing/bounces')).body;
    const row = seen.rows.find((r: { category: string }) => r.category === category);
    expect(row).toMatchObject({
      fromName: '水利局',
      toName: '住建局',
      times: 3,
      upheld: 2,
      stayed: 1,
      elsewhere: 0,
      pending: 0,
      level: 'county',
    });
    expect(seen).toMatchObject({ bounces: 4, matters: 4, twice: 0, dispatched: 4 });
    // Who has no part in the place sees nothing of it.
    expect((await (await county.as('farclerk')).get('/api/routing/bounces')).body).toMatchObject({
      bounces: 0,
      rows: [],
    });

    const id = county.newId();
    const propose = { category, level: 'county', unit: county.units.works, reason: '水利局退单 3 次，2 次成立' };
    expect((await handler.post(`/api/route-changes/${id}/propose`, propose)).status).toBe(404);
    await done(leader.post(`/api/route-changes/${id}/propose`, propose));
    const [proposal] = (await leader.get('/api/routing')).body.proposals;
    expect(proposal).toMatchObject({ after: '住建局', seen: 3, upheld: 2, by: '何书记', canDecide: false });
    expect((await leader.post(`/api/route-changes/${id}/accept`, { words: '同意' })).body).toMatchObject({
      refused: 'route-change.own',
    });
    await done(administrator.post(`/api/route-changes/${id}/accept`, { words: '照住建局三定方案' }));
    await county.system.freshPolicies(county.county);
    const { versions, rules, proposals } = (await clerk.get('/api/routing')).body;
    expect(versions[0]).toMatchObject({
      version: 1,
      validFrom: dayOf(new Date().toISOString()),
      publishedBy: '系统管理员',
      changed: 1,
      reason: expect.stringContaining('裁定给住建局 2 次'),
      source: expect.stringContaining('照住建局三定方案'),
      changes: [{ level: 'county', after: '住建局' }],
    });
    expect(rules.some((r: { unit: string; level: string }) => r.unit === '住建局' && r.level === 'county')).toBe(true);
    expect(proposals[0]).toMatchObject({ state: 'accepted', decidedBy: '系统管理员' });
    // From now on the catalogue itself proposes the works bureau.
    const fresh = county.newId();
    await done(
      (await county.as('countyclerk')).post(`/api/matters/${fresh}/register`, {
        channel: 'phone',
        subject: '村道塌方',
        area: county.places.root,
        category,
      }),
    );
    const units = (await (await county.as('countyclerk')).get(`/api/matters/${fresh}/proposals`)).body.units;
    expect(units.map((u: { name: string }) => u.name)).toContain('住建局');
    expect((await administrator.post(`/api/route-changes/${id}/accept`, { words: '再来一次' })).body).toMatchObject({
      refused: 'route-change.over',
    });
  });

  test('[A7] a catalogue with one rule changed differs from the one before in that rule alone, and stays sound', () => {
    const { rules } = DEFAULT_ROUTES;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: rules.length - 1 }),
        fc.constantFrom('county' as const, 'township' as const, 'village' as const),
        fc.constantFrom(undefined, 'a1'),
        fc.constantFrom('住建局', rules[0]!.unit.name),
        (at, level, area, unitName) => {
          const change = { category: rules[at]!.category, level, area, unitName, unitKind: 'unit' };
          const next = withRule(DEFAULT_ROUTES, change);
          if (next === undefined) {
            expect(
              rules.some(
                (r) =>
                  r.category === change.category && r.level === level && r.area === area && r.unit.name === unitName,
              ),
            ).toBe(true);
            return;
          }
          expect(RoutingCatalogue.safeParse(next).success).toBe(true);
          expect(changesBetween(DEFAULT_ROUTES, next)).toEqual([
            {
              category: change.category,
              level,
              area,
              before: rules.find((r) => r.category === change.category && r.level === level && r.area === area)?.unit
                .name,
              after: unitName,
            },
          ]);
          expect(changesBetween(next, next)).toEqual([]);
        },
      ),
    );
  });
});
