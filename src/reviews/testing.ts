/** For tests only: a petition played through HTTP as far as a test needs it. */
import { expect } from 'vitest';
import type { Answer, Client, TestCounty } from '../app/testing.ts';
import { dayOf } from '../calendar/days.ts';

export const today = (): string => dayOf(new Date().toISOString());

export const ok = async (answer: Promise<Answer>): Promise<Answer> => {
  const given = await answer;
  expect(given.body, JSON.stringify(given.body)).toMatchObject({ accepted: true });
  return given;
};

/** The version of the newest document of a kind, as its page tells it. */
export async function paperOf(client: Client, path: string, kind: string): Promise<number> {
  const { body } = await client.get(path);
  return (body.papers as { kind: string; version: number }[]).findLast((p) => p.kind === kind)!.version;
}

export interface Told {
  readonly id: string;
  readonly number: string;
  readonly code: string;
}

/** A letter registered by the township's clerk. */
export async function letter(county: TestCounty, more: object = {}): Promise<Told> {
  const id = county.newId();
  const clerk = await county.as('clerk');
  const { body } = await ok(
    clerk.post(`/api/matters/${id}/register`, {
      channel: 'letter',
      subject: '水渠改道占了我家的地，没有给补偿',
      body: '去年修渠从我家二亩地里过，说好补偿，到现在没有。',
      area: county.places.village,
      reporter: { name: '陈秀英', phone: '19000001234' },
      ...more,
    }),
  );
  return { id, number: body.told.number, code: body.told.code };
}

/** Sent on, signed for, accepted in writing and the notice handed over. */
export async function accepted(county: TestCounty, { id }: Told): Promise<void> {
  const [clerk, handler] = await Promise.all([county.as('clerk'), county.as('handler')]);
  await ok(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water, letter: 'assignment' }));
  await ok(clerk.post(`/api/matters/${id}/tell`, { what: 'whereabouts', means: 'phone' }));
  await ok(
    handler.post(`/api/matters/${id}/acknowledge`, {
      leader: county.id('waterhead'),
      handler: county.id('handler'),
      measures: '到现场量地，查补偿台账',
    }),
  );
  await ok(handler.post(`/api/matters/${id}/accept`, {}));
  const paper = await paperOf(handler, `/api/matters/${id}`, 'acceptance');
  await ok(handler.post(`/api/matters/${id}/serve`, { paper, way: 'handed', on: today(), receiver: '陈秀英' }));
}

/** The written opinion, handed over. */
export async function opinion(county: TestCounty, told: Told, outcome = 'not-supported'): Promise<void> {
  const handler = await county.as('handler');
  const { id } = told;
  await ok(handler.post(`/api/matters/${id}/dispose`, { disposition: 'unfounded', cause: '台账里有签收的补偿' }));
  await ok(
    handler.post(`/api/matters/${id}/resolve`, {
      answer: '经查，补偿款去年十月已经打到您家账上，凭证附后。',
      outcome,
      findings: '补偿台账有签收记录，金额与面积相符。',
      basis: '县水利工程占地补偿办法第六条',
    }),
  );
  const paper = await paperOf(handler, `/api/matters/${id}`, 'opinion');
  await ok(handler.post(`/api/matters/${id}/serve`, { paper, way: 'handed', on: today(), receiver: '陈秀英' }));
}
