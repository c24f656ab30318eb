import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { takeUpDue } from './recheck.ts';

let county: TestCounty;
let clerk: Client;
let handler: Client;
const today = dayOf(new Date().toISOString());

beforeAll(async () => {
  county = await startCounty();
  [clerk, handler] = await Promise.all([county.as('clerk'), county.as('handler')]);
}, 60_000);
afterAll(() => county.stop());

const inHand = async (subject: string): Promise<{ id: string; number: string; code: string }> => {
  const id = county.newId();
  const { body } = await done(
    clerk.post(`/api/matters/${id}/register`, { channel: 'phone', subject, area: county.places.village }),
  );
  await done(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water }));
  await done(
    handler.post(`/api/matters/${id}/acknowledge`, {
      leader: county.id('waterhead'),
      handler: county.id('handler'),
      measures: '到现场看看再定',
    }),
  );
  return { id, ...body.told };
};
const barred = async (subject: string, policy: string, guide?: string) => {
  const matter = await inHand(subject);
  await done(
    handler.post(`/api/matters/${matter.id}/dispose`, {
      disposition: 'not-permitted',
      cause: '现在的规定不让在河道里建泵站',
      policy,
      ...(guide === undefined ? {} : { guide }),
    }),
  );
  return matter;
};

describe('[C7] what comes back', () => {
  test('[C7] what was put off comes back by itself on its day, once, with its clock going on, and waits for a new decision', async () => {
    const { id } = await inHand('村道太窄，会车难');
    const before = (await clerk.get(`/api/matters/${id}`)).body.clock.due as string;
    const day = addDays(today, 30);
    await done(
      handler.post(`/api/matters/${id}/dispose`, {
        disposition: 'deferred',
        cause: '今年没有资金',
        plan: '列入明年计划',
        recheckOn: day,
      }),
    );
    expect((await handler.post(`/api/matters/${id}/take-up`, {})).body).toMatchObject({
      refused: 'matter.recheck-early',
    });
    expect(await takeUpDue(county.ledger, county.county, `${addDays(day, -1)}T10:00:00.000Z`)).toBe(0);
    const morning = `${day}T00:30:00.000Z`;
    expect(await takeUpDue(county.ledger, county.county, morning)).toBe(1);
    expect(await takeUpDue(county.ledger, county.county, morning)).toBe(0);
    const page = (await clerk.get(`/api/matters/${id}`)).body;
    expect(page).toMatchObject({
      status: 'handling',
      disposition: null,
      recheckOn: null,
      cameBack: 'recheck',
      unitName: '水利局',
    });
    // Thirty days it stood still, and so many days later it is due.
    expect(dayOf(page.clock.due) > addDays(dayOf(before), 25)).toBe(true);
    expect(page.story.at(-1)).toMatchObject({ kind: 'matter.taken-up', who: '系统' });
    const fresh = (await handler.get('/api/today')).body.groups.flatMap(
      (g: { items: { id: string; cameBack: string | null }[] }) => g.items,
    );
    expect(fresh.find((m: { id: string }) => m.id === id)).toMatchObject({ cameBack: 'recheck' });
    expect((await handler.get('/api/matters?back=recheck')).body.matters.map((m: { id: string }) => m.id)).toEqual([
      id,
    ]);
    expect(
      (await handler.post(`/api/matters/${id}/resolve`, { answer: '已经列入明年的计划，请您放心。' })).body,
    ).toMatchObject({ refused: 'matter.disposition-missing' });
    await done(handler.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '资金到了' }));
    expect((await clerk.get(`/api/matters/${id}`)).body.cameBack).toBeNull();
  });

  test('[C7] when a policy changes, each matter it stood in the way of is proposed to a person, taken up by one click, and told', async () => {
    const open = await barred('想在河边建泵站', '《河道管理条例》第十八条');
    const closed = await barred('还是泵站的事', '河道管理条例 第十八条');
    const other = await barred('别的事', '《土地管理法》');
    await done(handler.post(`/api/matters/${closed.id}/resolve`, { answer: '按河道管理条例的规定，泵站现在不能建。' }));
    await done(clerk.post(`/api/matters/${closed.id}/call-back`, { outcome: 'confirmed', words: '知道了' }));
    const change = county.newId();
    expect((await handler.post(`/api/policy-changes/${change}/announce`, {})).status).not.toBe(200);
    await done(
      clerk.post(`/api/policy-changes/${change}/announce`, {
        policy: '河道管理条例第十八条',
        what: '经水行政部门同意，可以建临时泵站',
        source: '省水利厅〔2026〕21 号',
        validFrom: today,
      }),
    );
    const list = async () =>
      (await clerk.get('/api/policy-changes')).body.changes
        .find((c: { id: string }) => c.id === change)
        .matters.map((m: { id: string }) => m.id)
        .toSorted();
    expect(await list()).toEqual([open.id, closed.id].toSorted());
    expect((await (await county.as('farclerk')).get('/api/policy-changes')).body.changes[0].matters).toEqual([]);
    expect(
      (await clerk.post(`/api/matters/${other.id}/reconsider`, { change, words: '可以办了的' })).body,
    ).toMatchObject({ refused: 'matter.no-change' });
    await done(clerk.post(`/api/matters/${closed.id}/reconsider`, { change, words: '现在可以建临时泵站了' }));
    const page = (await clerk.get(`/api/matters/${closed.id}`)).body;
    expect(page).toMatchObject({
      status: 'handling',
      cameBack: 'policy',
      toTell: ['reconsideration'],
      disposition: null,
      unitName: '水利局',
    });
    expect(page.clock.due).not.toBeNull();
    await done(clerk.post(`/api/matters/${closed.id}/tell`, { what: 'reconsideration', means: 'phone' }));
    // The other is looked at and does not gain by it.
    await done(
      clerk.post(`/api/policy-changes/${change}/pass-over`, {
        matter: open.id,
        reason: '位置在保护区里，新规定也不许',
      }),
    );
    expect(await list()).toEqual([]);
    expect((await clerk.get(`/api/matters/${open.id}`)).body.changes).toEqual([]);
  });

  test('[C7] a text of the policy library that changes is announced by itself', async () => {
    const guide = county.newId();
    const text = {
      title: '高龄津贴从几岁开始',
      gist: '满 80 岁每月 100 元，到村里登记，下个月起发。',
      source: '县民政局〔2026〕3 号',
      validFrom: '2026-01-01',
    };
    await done(clerk.post(`/api/guides/${guide}/publish`, text));
    const { id } = await barred('七十八岁能不能领津贴', '高龄津贴办法', guide);
    await done(
      clerk.post(`/api/guides/${guide}/amend`, {
        ...text,
        gist: '满 75 岁每月 60 元，满 80 岁 100 元。',
        reason: '年龄放宽到 75 岁',
      }),
    );
    const change = (await clerk.get('/api/policy-changes')).body.changes.find(
      (c: { policy: string }) => c.policy === text.title,
    );
    expect(change).toMatchObject({ what: '年龄放宽到 75 岁', matters: [{ id }] });
    await done(clerk.post(`/api/matters/${id}/reconsider`, { change: change.id, words: '年龄放宽到 75 岁，可以领了' }));
  });
});
