import { Channel, channelNames } from './model.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCounty, startCounty } from '../app/testing.ts';

let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.stop());

describe('a matter from the desk to the resident’s own word', () => {
  test('[C1] [C4] [C11] is registered, dispatched, acknowledged, resolved, and closed by the call-back only', async () => {
    const clerk = await county.as('clerk');
    const handler = await county.as('handler');
    const id = county.newId();
    const registered = await clerk.post(`/api/matters/${id}/register`, {
      channel: 'phone',
      subject: '柳河村二组水渠堵了，浇不上地',
      body: '渠堵了快俩月了',
      area: county.places.village,
      reporter: { name: '陈秀英', phone: '19000001234' },
    });
    expect(registered.body).toMatchObject({
      accepted: true,
      told: { number: expect.stringMatching(/^QH\d{9}$/), code: expect.stringMatching(/^\d{6}$/) },
    });
    expect((await clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water })).body).toMatchObject({
      accepted: true,
    });
    expect(
      (
        await handler.post(`/api/matters/${id}/acknowledge`, {
          leader: county.id('waterhead'),
          handler: county.id('handler'),
          measures: '到现场看看，安排挖机清淤',
        })
      ).body,
    ).toMatchObject({ accepted: true });
    expect(
      (await handler.post(`/api/matters/${id}/resolve`, { answer: '北渠清淤三百二十米，昨天下午已经通水。' })).body,
    ).toMatchObject({ refused: 'matter.disposition-missing' });
    await handler.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '渠道淤积，能清' });
    await handler.post(`/api/matters/${id}/resolve`, { answer: '北渠清淤三百二十米，昨天下午已经通水。' });
    const before = await clerk.get(`/api/matters/${id}`);
    expect(before.body).toMatchObject({
      status: 'resolved',
      subject: '柳河村二组水渠堵了，浇不上地',
      place: '柳河镇 柳河村',
      can: expect.arrayContaining(['matter.call-back']),
    });
    expect((await handler.post(`/api/matters/${id}/call-back`, { outcome: 'confirmed', words: '通水了' })).status).toBe(
      404,
    );
    expect(
      (await clerk.post(`/api/matters/${id}/call-back`, { outcome: 'confirmed', words: '通水了', score: 5 })).body,
    ).toMatchObject({ accepted: true });
    const after = await clerk.get(`/api/matters/${id}`);
    expect(after.body).toMatchObject({ status: 'closed', score: 5 });
    const list = await clerk.get('/api/matters?when=closed&q=水渠');
    expect(list.body.matters).toMatchObject([{ id, status: 'closed' }]);
  });

  test('[C1] whatever way it comes, it is one matter with one number, and the way is kept and can be filtered by', async () => {
    const clerk = await county.as('clerk');
    const numbers = new Set<string>();
    const letter = new Date(Date.now() - 5 * 86_400_000).toISOString();
    for (const channel of Channel.options) {
      const id = county.newId();
      const paper = ['letter', 'mailbox', 'box', 'deputy', 'media'].includes(channel);
      const { body } = await clerk.post(`/api/matters/${id}/register`, {
        channel,
        subject: `${channelNames[channel]}说的事`,
        area: county.places.village,
        ...(paper ? { receivedAt: letter } : {}),
      });
      numbers.add(body.told.number);
      const page = (await clerk.get(`/api/matters/${id}`)).body;
      expect(page).toMatchObject({ channel: channelNames[channel], subject: `${channelNames[channel]}说的事` });
      // When it was said is kept; the desk's clock runs from when it was registered, a petition's from its receipt.
      if (paper) expect(page.receivedAt).toBe(letter);
      if (channel === 'letter') expect(page.clock.startedAt).toBe(letter);
      else expect(Date.parse(page.clock.startedAt)).toBeGreaterThan(Date.now() - 60_000);
      const { matters } = (await clerk.get(`/api/matters?channel=${channel}&sort=newest&size=1`)).body;
      expect(matters[0].id).toBe(id);
    }
    expect(numbers.size).toBe(Channel.options.length);
  });

  test('[C10] the leader’s reading and instruction are recorded, and an empty answer is advised against before it goes out', async () => {
    const [clerk, handler, leader] = await Promise.all([county.as('clerk'), county.as('handler'), county.as('leader')]);
    const id = county.newId();
    await clerk.post(`/api/matters/${id}/register`, {
      channel: 'mailbox',
      subject: '水渠堵了，浇不上地',
      area: county.places.village,
    });
    expect((await leader.post(`/api/matters/${id}/instruct`, { text: '请水利局三天内到现场。' })).body).toMatchObject({
      accepted: true,
    });
    await clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water });
    await handler.post(`/api/matters/${id}/acknowledge`, {
      leader: county.id('waterhead'),
      handler: county.id('handler'),
      measures: '到现场看看',
    });
    const marks = (
      await handler.post(`/api/matters/${id}/check-reply`, { text: '我单位高度重视，正在积极协调，进一步加大力度。' })
    ).body;
    expect(marks).toMatchObject({
      answered: false,
      complete: false,
      plain: false,
      advice: expect.arrayContaining([expect.stringContaining('问的那件事')]),
    });
    const { story } = (await clerk.get(`/api/matters/${id}`)).body;
    expect(story).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: '批示', text: '请水利局三天内到现场。', who: '何书记' }),
      ]),
    );
  });

  test('[C7] what cannot be solved now is put off with a plan and a day, told, looked at again, and never closed by that', async () => {
    const [clerk, handler] = await Promise.all([county.as('clerk'), county.as('handler')]);
    const id = county.newId();
    await clerk.post(`/api/matters/${id}/register`, {
      channel: 'phone',
      subject: '村道太窄，会车掉沟里',
      area: county.places.village,
    });
    await clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water });
    await handler.post(`/api/matters/${id}/acknowledge`, {
      leader: county.id('waterhead'),
      handler: county.id('handler'),
      measures: '到现场看看',
    });
    const day = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    await handler.post(`/api/matters/${id}/dispose`, {
      disposition: 'deferred',
      cause: '今年没有资金',
      plan: '列入明年计划',
      recheckOn: day,
    });
    const page = (await clerk.get(`/api/matters/${id}`)).body;
    expect(page).toMatchObject({
      status: 'deferred',
      recheckOn: day,
      toTell: ['deferral'],
      clock: { name: '回头再看' },
    });
    expect(
      (await handler.post(`/api/matters/${id}/resolve`, { answer: '已经列入明年的计划，请您放心。' })).body,
    ).toMatchObject({ refused: 'matter.deferred' });
    expect((await clerk.post(`/api/matters/${id}/tell`, { what: 'deferral', means: 'phone' })).body).toMatchObject({
      accepted: true,
    });
    await handler.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '资金提前到了' });
    expect((await clerk.get(`/api/matters/${id}`)).body).toMatchObject({
      status: 'handling',
      disposition: { kind: 'solvable' },
    });
  });

  test('[C5] an extension is asked by the unit, decided by another with the resident told, and the date explains itself', async () => {
    const [clerk, handler, head] = await Promise.all([county.as('clerk'), county.as('handler'), county.as('head')]);
    const id = county.newId();
    await clerk.post(`/api/matters/${id}/register`, {
      channel: 'phone',
      subject: '机井电表箱漏电',
      area: county.places.village,
    });
    await clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water, clock: 'hotline.7-days' });
    await handler.post(`/api/matters/${id}/acknowledge`, {
      leader: county.id('waterhead'),
      handler: county.id('handler'),
      measures: '换漏电保护',
    });
    await handler.post(`/api/matters/${id}/ask-extension`, { days: 7, reason: '配件要从市里调' });
    expect((await handler.post(`/api/matters/${id}/decide-extension`, { grant: true })).status).toBe(404);
    const before = (await clerk.get(`/api/matters/${id}`)).body.clock.due;
    expect((await head.post(`/api/matters/${id}/decide-extension`, { grant: true })).body).toMatchObject({
      accepted: true,
    });
    const after = (await clerk.get(`/api/matters/${id}`)).body;
    expect(Date.parse(after.clock.due) - Date.parse(before)).toBe(7 * 86_400_000);
    expect(after.toTell).toContain('extension');
    expect(after.clock.why.join('')).toContain('同意延期 7 天');
    expect((await clerk.get(`/api/matters/${id}/why`)).body.sentences.length).toBeGreaterThan(1);
    await clerk.post(`/api/matters/${id}/tell`, { what: 'extension', means: 'phone' });
    expect((await clerk.get(`/api/matters/${id}`)).body.toTell).toEqual([]);
  });
});
