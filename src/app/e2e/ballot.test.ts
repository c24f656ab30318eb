import { afterAll, beforeAll, expect, test } from 'vitest';
import { done } from '../testing.ts';
import { printOf } from '../../ballots/signing.ts';
import { type Drawn, households, inside, opened, phoneAt } from '../../ballots/testing.ts';
import { type Stage, openStage } from './standing.ts';

const PHONE = { width: 390, height: 844 };
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.stop());

test('[G2] on a resident’s phone: the slip’s code takes a ballot, it is cast without a cookie or a code, a lost answer counts once, and its receipt is found after the close', async () => {
  const { county, url } = stage;
  await households(county, county.places.grid, 12);
  const inspector = await county.as('inspector');
  const id = await opened(county, inspector, county.places.village);
  const { state, code } = await inside(county, id);
  const { page, context } = await stage.device(PHONE);
  // Signed in as somebody, as on an official's own phone: nothing of it goes along.
  await context.addCookies([{ name: 'mq', value: (await county.as('head')).cookie!, url }]);
  const casts: { headers: Headers; body: Record<string, string> }[] = [];
  stage.front = async (request) => {
    if (!request.url.endsWith(`/ballot/${id}/cast`)) return undefined;
    const body = await request.clone().text();
    casts.push({ headers: request.headers, body: JSON.parse(body) as Record<string, string> });
    if (casts.length > 1) return undefined;
    // It arrived, and the answer did not.
    await county.app.fetch(request);
    return new Response('', { status: 502 });
  };

  // A key that is not the one on the slip is not used.
  await page.goto(`${url}/ballot/${id}#${code(0)}.000000000000`);
  await page.getByText('先不要投').waitFor();
  await page.goto('about:blank');
  await page.goto(`${url}/ballot/${id}#${code(0)}.${printOf(state.key)}`);
  const field = page.getByLabel('条子上的投票码');
  await field.waitFor();
  expect(await field.inputValue()).toBe(code(0));
  // The code stands in no address that could be left behind.
  expect(new URL(page.url()).hash).toBe('');
  await field.fill('AAAAAAAAAA');
  await page.getByRole('button', { name: '领选票' }).click();
  await page.getByText('这个投票码不对').waitFor();
  await field.fill(code(0).toLowerCase());
  await page.getByRole('button', { name: '领选票' }).click();
  const cast = page.getByRole('button', { name: '投出去，不能改' });
  await cast.click();
  await page.getByText('请至少评一位').waitFor();
  // Thinking it over: the ballot waits on the phone.
  await page.reload();
  await page.getByLabel('基本满意').check();
  await cast.click();
  await page.getByText('网络断了，没有送到').waitFor();
  await cast.click();
  await page.getByText('投好了').waitFor();
  const receipt = (await page.locator('#receipt').textContent())!;
  expect(receipt).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);

  expect(casts).toHaveLength(2);
  for (const { headers, body } of casts) {
    expect([headers.get('cookie'), headers.get('referer'), headers.get('authorization')]).toEqual([null, null, null]);
    expect(Object.keys(body).toSorted()).toEqual(['choices', 'signature', 'token']);
    expect(JSON.stringify(body)).not.toContain(code(0));
  }
  // Nothing of the choice, the token or the code is left on the phone.
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(kept).toContain(receipt.replaceAll(' ', ''));
  for (const secret of [casts[0]!.body['token']!, casts[0]!.body['signature']!, code(0)])
    expect(kept).not.toContain(secret);
  expect(kept).not.toContain('choices');

  const phone = await phoneAt(county, id, state.key);
  for (let n = 1; n < 10; n += 1) await phone.cast((await phone.draw(code(n))) as Drawn, '0');
  await done(inspector.post(`/api/ballots/${id}/end`, { reason: '各户都投完了' }));
  await done(inspector.post(`/api/ballots/${id}/close`, { notReturned: 0, spoiled: 0 }));
  const { body } = await inspector.get(`/api/ballots/${id}`);
  expect([body.cast, body.figures[0].given]).toEqual([10, [9, 1, 0]]);
  await page.reload();
  await page.getByText('在里面，算进去了').waitFor();
  expect(await page.locator('#receipts .on').textContent()).toBe(receipt);
  await page.getByLabel('您的回执').fill('0000 1111 2222 3333 4444 5555 6666 7777');
  await page.getByText('没有找到').waitFor();
  await context.close();
});

test('[G2] without scripts the page says so and shows the way to a paper', async () => {
  const { county, url } = stage;
  await households(county, county.places.farGrid, 12);
  const id = await opened(county, await county.as('inspector'), county.places.farVillage);
  const page = await (await fetch(`${url}/ballot/${id}`)).text();
  const without = /<noscript>([\s\S]*?)<\/noscript>/.exec(page)?.[1] ?? '';
  expect(without).toContain('领一张纸票');
});
