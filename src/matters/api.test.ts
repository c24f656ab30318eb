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
      channel: 'phone', subject: '柳河村二组水渠堵了，浇不上地', body: '渠堵了快俩月了', area: county.places.village,
      reporter: { name: '陈秀英', phone: '19000001234' },
    });
    expect(registered.body).toMatchObject({ accepted: true, told: { number: expect.stringMatching(/^QH\d{9}$/), code: expect.stringMatching(/^\d{6}$/) } });
    expect((await clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water })).body).toMatchObject({ accepted: true });
    expect((await handler.post(`/api/matters/${id}/acknowledge`, {
      leader: county.id('waterhead'), handler: county.id('handler'), measures: '到现场看看，安排挖机清淤',
    })).body).toMatchObject({ accepted: true });
    expect((await handler.post(`/api/matters/${id}/resolve`, { answer: '北渠清淤三百二十米，昨天下午已经通水。' })).body)
      .toMatchObject({ refused: 'matter.disposition-missing' });
    await handler.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '渠道淤积，能清' });
    await handler.post(`/api/matters/${id}/resolve`, { answer: '北渠清淤三百二十米，昨天下午已经通水。' });
    const before = await clerk.get(`/api/matters/${id}`);
    expect(before.body).toMatchObject({ status: 'resolved', subject: '柳河村二组水渠堵了，浇不上地', place: '柳河镇 柳河村', can: expect.arrayContaining(['matter.call-back']) });
    expect((await handler.post(`/api/matters/${id}/call-back`, { outcome: 'confirmed', words: '通水了' })).status).toBe(404);
    expect((await clerk.post(`/api/matters/${id}/call-back`, { outcome: 'confirmed', words: '通水了', score: 5 })).body).toMatchObject({ accepted: true });
    const after = await clerk.get(`/api/matters/${id}`);
    expect(after.body).toMatchObject({ status: 'closed', score: 5 });
    const list = await clerk.get('/api/matters?when=closed&q=水渠');
    expect(list.body.matters).toMatchObject([{ id, status: 'closed' }]);
  });
});
