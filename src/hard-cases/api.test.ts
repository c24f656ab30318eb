import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf, startOfDay } from '../calendar/days.ts';
import { command } from '../app/county.ts';
import { newId } from '../ledger/ids.ts';
import { hardCaseStream } from './model.ts';

let county: TestCounty;
const today = dayOf(new Date().toISOString());
beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.stop());

/** A matter registered so many days ago, with the water bureau. */
async function old(days: number, subject = '水渠年年堵'): Promise<string> {
  const id = newId();
  const at = startOfDay(addDays(today, -days));
  const give = (kind: string, more: object) =>
    command(county.ledger, county.county, 'matter', id, { kind, ...more } as never, { at });
  await give('matter.register', { channel: 'phone', subject, area: county.places.village });
  await give('matter.dispatch', { unit: county.units.water });
  return id;
}
const PLAN = '先把三次答复对一遍，再请水利局和两个村到现场定口子。';
const adopt = { team: [], plan: PLAN, until: addDays(today, 60) };

async function confirmed(matter: string): Promise<void> {
  const handler = await county.as('handler');
  await done(
    handler.post(`/api/matters/${matter}/acknowledge`, {
      leader: county.id('waterhead'),
      handler: county.id('handler'),
      measures: '请施工队清淤',
    }),
  );
  await done(
    handler.post(`/api/matters/${matter}/dispose`, { disposition: 'solvable', cause: '管护没有人，淤泥堵了口子' }),
  );
  await done(handler.post(`/api/matters/${matter}/resolve`, { answer: '渠已经清通，聘了渠长，坏了打牌子上的电话。' }));
  await done(
    (await county.as('inspector')).post(`/api/matters/${matter}/call-back`, {
      outcome: 'confirmed',
      words: '水到田头了',
    }),
  );
}

describe('hard cases', () => {
  test('[D3] adopted by the leader’s own act; own acts told apart from others’; staff write on their behalf, the leader says whether it was so', async () => {
    const [leader, clerk, field] = await Promise.all(['leader', 'clerk', 'field'].map((k) => county.as(k)));
    const matter = await old(200);
    const id = hardCaseStream(matter);
    const ask = { matter, leader: county.id('leader'), reason: '重开两次，三家单位推来推去' };
    // Not under another matter's name.
    expect((await clerk!.post(`/api/hard-cases/${newId()}/propose`, ask)).status).toBe(404);
    await done(clerk!.post(`/api/hard-cases/${id}/propose`, ask));
    expect((await leader!.get(`/api/hard-cases/${id}`)).body).toMatchObject({
      status: 'proposed',
      stands: '等领导包下',
    });
    expect((await leader!.get('/api/hard-cases?show=mine')).body.rows).toMatchObject([{ id, status: 'proposed' }]);
    // Nobody adopts in somebody else's name: there is no field for it.
    const team = [{ official: county.id('field'), task: '跑现场、记进展' }];
    expect((await leader!.post(`/api/hard-cases/${id}/adopt`, { matter, ...adopt, until: today })).body.refused).toBe(
      'hard-case.until-past',
    );
    await done(leader!.post(`/api/hard-cases/${id}/adopt`, { matter, ...adopt, team }));
    expect((await clerk!.post(`/api/hard-cases/${id}/propose`, ask)).body.refused).toBe('hard-case.adopted');

    const act = (by: typeof leader, more: object) =>
      by!.post(`/api/hard-cases/${id}/act`, {
        sort: 'met',
        day: today,
        words: '在他家院子里谈了一上午，三条意见都记下',
        ...more,
      });
    expect((await act(clerk, {})).status).toBe(404);
    await done(act(leader, {}));
    await done(act(field, { sort: 'site', words: '何书记到渠首看了三处堵点' }));
    await done(act(field, { sort: 'coordinated', by: county.id('field'), words: '我去找了水利局两次' }));
    await done(act(field, { sort: 'answered', words: '何书记当面答复，本人没有在场' }));
    const before = (await leader!.get(`/api/hard-cases/${id}`)).body;
    expect(before).toMatchObject({ own: 1, said: 2, delegated: 1 });
    expect(before.can).toContain('hard-case.vouch');
    expect((await field!.post(`/api/hard-cases/${id}/vouch`, { act: 1, mine: true })).status).toBe(404);
    await done(leader!.post(`/api/hard-cases/${id}/vouch`, { act: 1, mine: true }));
    await done(leader!.post(`/api/hard-cases/${id}/vouch`, { act: 3, mine: false }));
    const after = (await leader!.get(`/api/hard-cases/${id}`)).body;
    expect(after).toMatchObject({ own: 2, said: 0, delegated: 1 });
    expect(after.acts.map((a: { state: string }) => a.state)).toEqual(['own', 'own', 'delegated', 'denied']);
    const figures = (await (await county.as('inspector')).get('/api/hard-cases/leaders')).body.rows;
    expect(figures).toMatchObject([{ name: '何书记', current: 1, own: 2, delegated: 1, passed: 0 }]);
  });

  test('[D3] it passes on only with a reason and an acceptance, and the trace stays', async () => {
    const [leader, head, inspector] = await Promise.all(['leader', 'head', 'inspector'].map((k) => county.as(k)));
    const matter = await old(150);
    const id = hardCaseStream(matter);
    await done(leader!.post(`/api/hard-cases/${id}/adopt`, { matter, ...adopt }));
    await done(
      leader!.post(`/api/hard-cases/${id}/hand-over`, {
        leader: county.id('head'),
        reason: '渠首在柳河镇，由镇里牵头更近',
      }),
    );
    expect((await leader!.get(`/api/hard-cases/${id}`)).body).toMatchObject({
      leaderName: '何书记',
      waitingFor: '张敏',
    });
    await done(head!.post(`/api/hard-cases/${id}/decline`, { reason: '涉及两个镇，镇里定不了' }));
    expect((await leader!.get(`/api/hard-cases/${id}`)).body).toMatchObject({ leaderName: '何书记', waitingFor: null });
    await done(
      leader!.post(`/api/hard-cases/${id}/hand-over`, {
        leader: county.id('head'),
        reason: '东关那段已经定了，剩下的都在柳河',
      }),
    );
    await done(head!.post(`/api/hard-cases/${id}/take`, { ...adopt, plan: '请渠长把剩下两处清完，再上门问一遍。' }));
    const now = (await inspector!.get(`/api/hard-cases/${id}`)).body;
    expect(now).toMatchObject({ leaderName: '张敏' });
    expect(now.handOvers).toMatchObject([
      { from: '何书记', to: '张敏', outcome: 'kept', why: '涉及两个镇，镇里定不了' },
      { from: '何书记', to: '张敏', outcome: 'taken' },
    ]);
    expect((await leader!.post(`/api/hard-cases/${id}/plan`, { ...adopt, reason: '再改一改' })).status).toBe(404);
    expect(
      (await inspector!.get('/api/hard-cases/leaders')).body.rows.find((r: { name: string }) => r.name === '张敏'),
    ).toMatchObject({
      current: 1,
      passed: 1,
    });
  });

  test('[D3] it ends with the resident’s word, or the procedure’s end decided by another; either opens again', async () => {
    const [leader, inspector] = await Promise.all(['leader', 'inspector'].map((k) => county.as(k)));
    const [first, second] = [await old(120), await old(400)];
    for (const matter of [first, second])
      await done(leader!.post(`/api/hard-cases/${hardCaseStream(matter)}/adopt`, { matter, ...adopt }));
    const [a, b] = [hardCaseStream(first), hardCaseStream(second)];
    // No route ends it: the resident's word does, heard by somebody who had no hand in it.
    await confirmed(first);
    expect((await leader!.get(`/api/hard-cases/${a}`)).body).toMatchObject({
      stands: '群众认可，销号',
      matterOpen: false,
    });
    expect((await leader!.get('/api/hard-cases?show=over')).body.rows.map((r: { id: string }) => r.id)).toEqual([a]);
    await command(county.ledger, county.county, 'matter', first, {
      kind: 'matter.reopen',
      reason: '下雨又堵了',
    } as never);
    expect((await leader!.get(`/api/hard-cases/${a}`)).body).toMatchObject({ stands: '在办', leaderName: '何书记' });

    const end = {
      ground: 're-review',
      document: '州复核〔2026〕3 号',
      day: today,
      words: '复核意见维持，三级程序走完，理由已当面说明。',
    };
    await done(leader!.post(`/api/hard-cases/${b}/ask-end`, end));
    expect(
      (await leader!.post(`/api/hard-cases/${b}/decide-end`, { grant: true, reason: '同意按程序了结' })).body.refused,
    ).toBe('hard-case.own-request');
    await done(inspector!.post(`/api/hard-cases/${b}/decide-end`, { grant: true, reason: '复核意见已送达，程序完备' }));
    expect((await leader!.get(`/api/hard-cases/${b}`)).body).toMatchObject({
      stands: '按程序了结',
      ended: { document: '州复核〔2026〕3 号' },
    });
    await done(inspector!.post(`/api/hard-cases/${b}/reopen`, { reason: '找到了当年的测绘图' }));
    expect((await leader!.get(`/api/hard-cases/${b}`)).body).toMatchObject({ status: 'adopted', leaderName: '何书记' });
  });
});

describe('backlog', () => {
  test('[D4] the list by age, a campaign whose stock is frozen, shares, flow in and out, closed and really settled apart', async () => {
    const [leader, clerk, handler] = await Promise.all(['leader', 'countyclerk', 'handler'].map((k) => county.as(k)));
    const before = (await leader!.get('/api/backlog')).body;
    const [young, mid, grown, veryOld] = [await old(10), await old(100), await old(170), await old(800)];
    const list = (await leader!.get('/api/backlog')).body;
    expect(list.total).toBe(before.total + 3);
    expect(list.rows[0]).toMatchObject({ matter: veryOld, days: 800 });
    const counted = (n: number): number => list.bands[n].count - before.bands[n].count;
    expect([counted(0), counted(1), counted(2), counted(3)]).toEqual([2, 0, 0, 1]);
    expect(list.rows.map((r: { matter: string }) => r.matter)).not.toContain(young);
    const band = (await leader!.get('/api/backlog?band=3')).body.rows;
    expect(band.map((r: { matter: string }) => r.matter)).toEqual([veryOld]);

    const id = newId();
    const open = {
      name: '年底清案行动',
      area: county.places.root,
      olderThan: 165,
      until: addDays(today, 60),
      source: '县委办通知',
    };
    expect((await clerk!.post(`/api/backlogs/${newId()}/open`, { ...open, olderThan: 3000 })).body.refused).toBe(
      'backlog.nothing',
    );
    await done(clerk!.post(`/api/backlogs/${id}/open`, open));
    const stock = (await leader!.get(`/api/backlogs/${id}`)).body.flow.stock as number;
    const records = async (what: string, more = ''): Promise<string[]> =>
      (await leader!.get(`/api/backlogs/${id}/records?what=${what}${more}`)).body.rows.map(
        (r: { matter: string }) => r.matter,
      );
    expect(await records('stock')).toEqual(expect.arrayContaining([grown, veryOld]));
    expect(await records('stock')).toHaveLength(stock);
    expect(await records('stock')).not.toContain(mid);

    await done(clerk!.post(`/api/backlogs/${id}/share`, { matters: [grown, veryOld], leader: county.id('leader') }));
    expect((await leader!.get(`/api/hard-cases/${hardCaseStream(grown)}`)).body).toMatchObject({
      status: 'proposed',
      leaderName: '何书记',
    });
    for (const matter of [grown, veryOld])
      await done(leader!.post(`/api/hard-cases/${hardCaseStream(matter)}/adopt`, { matter, ...adopt }));
    await done(
      leader!.post(`/api/hard-cases/${hardCaseStream(grown)}/act`, {
        sort: 'site',
        day: today,
        words: '到渠首看了三处堵点',
      }),
    );
    expect(
      (await clerk!.post(`/api/backlogs/${id}/share`, { matters: [grown], leader: county.id('head') })).body.refused,
    ).toBe('hard-case.adopted');
    await confirmed(grown);
    const bulletin = (await leader!.get(`/api/backlogs/${id}`)).body;
    expect(bulletin.flow).toMatchObject({
      stock,
      opening: stock,
      came: 0,
      cleared: 1,
      closing: stock - 1,
      settled: 0,
      trial: 1,
      ended: 0,
    });
    expect(bulletin.leaders.find((l: { name: string }) => l.name === '何书记')).toMatchObject({
      share: 4,
      remaining: 3,
      trial: 1,
      settled: 0,
      own: 3,
    });
    // Each figure leads to its records.
    expect(await records('trial')).toEqual([grown]);
    expect(await records('cleared')).toEqual([grown]);
    expect(await records('remaining')).toHaveLength(stock - 1);
    expect(await records('remaining', `&leader=${county.id('leader')}`)).toHaveLength(3);
    // Months without coming back make it really settled; the policy says how many.
    await county.publish('hard-cases', {
      backlogDays: 90,
      ages: [90, 180, 365, 730],
      settledMonths: 0,
      settledBy: ['resident', 'call-back'],
      quietDays: 30,
    });
    expect((await leader!.get(`/api/backlogs/${id}`)).body.flow).toMatchObject({ settled: 1, trial: 0 });
    expect(await records('settled')).toEqual([grown]);
    await county.publish('hard-cases', {
      backlogDays: 90,
      ages: [90, 180, 365, 730],
      settledMonths: 0,
      settledBy: ['resident'],
      quietDays: 30,
    });
    expect((await leader!.get(`/api/backlogs/${id}`)).body.flow).toMatchObject({ settled: 0, trial: 0, ended: 1 });
    await command(county.ledger, county.county, 'matter', grown, { kind: 'matter.reopen', reason: '又堵了' } as never);
    expect((await leader!.get(`/api/backlogs/${id}`)).body.flow).toMatchObject({ cleared: 0, closing: stock });

    const print = await leader!.get(`/api/backlogs/${id}/print?month=${today.slice(0, 7)}`);
    expect(String(print.body)).toContain('存量和增量');
    expect(String(print.body)).toContain('何书记');
    expect((await handler!.get(`/api/backlogs/${id}`)).status).toBe(404);
    await done(clerk!.post(`/api/backlogs/${id}/end`, { words: '余下的转入明年接着办' }));
    expect(
      (await clerk!.post(`/api/backlogs/${id}/share`, { matters: [veryOld], leader: county.id('leader') })).body
        .refused,
    ).toBe('backlog.over');
  });
});
