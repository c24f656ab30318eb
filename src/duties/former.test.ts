import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import type { History } from '../ledger/ledger.ts';
import { policyStream } from '../policy/tables.ts';
import { type DutiesPolicy, type DutyDraft, dutyPolicies } from './model.ts';

/** A county whose duties were published by earlier versions: one names kinds no record writes now, one fits nothing. */
let county: TestCounty;
let field: Client;
let admin: Client;
const today = dayOf(new Date().toISOString());
const { duties } = dutyPolicies[0]!.standard.document as { duties: readonly DutyDraft[] };
const days = duties.find((d) => d.id === 'village-days')!;
const counting = (id: string, name: string, kinds: readonly string[]) => ({
  ...days,
  id,
  name,
  note: '本县的规定',
  evidence: { kinds, count: 'entries' },
});
const earlier = {
  duties: [
    counting('both', '走访和排查', ['visit', 'sweep']),
    counting('gone', '排查和报告', ['sweep', 'report']),
    counting('paired', '结对联系', ['pair-contact']),
  ],
  markets: [],
};

beforeAll(async () => {
  county = await startCounty();
  const published = (document: unknown, validFrom: string) => ({
    kind: 'policy.published',
    name: 'duties',
    document,
    validFrom,
    source: '县委办公室通知',
    reason: '当年的写法',
  });
  const stamp = { actor: county.id('administrator'), at: '2025-02-01T01:00:00.000Z' };
  await county.ledger.take(county.county, [
    {
      county: county.county,
      id: newId(),
      record: 'policy',
      stream: policyStream(county.county, 'duties'),
      events: [published(earlier, '2025-02-01'), published({ duties: '全部照旧' }, addDays(today, -1))].map(
        (event, i) => ({ ...event, stamp: { ...stamp, version: i + 1 } }),
      ) as unknown as History['events'],
    },
  ]);
  await county.system.freshPolicies(county.county);
  field = await county.as('field');
  admin = await county.as('administrator');
});
afterAll(() => county.stop());

describe('[B3] [C5] duties published under an earlier version', () => {
  test('what no record writes any more owes nothing and says so; the rest is owed and counted as before', async () => {
    for (const day of [today, addDays(today, -30)]) {
      const { status, body } = await field.get(`/api/duties/mine?day=${day}`);
      expect(status).toBe(200);
      expect(body.duties.map((d: { duty: string }) => d.duty)).toEqual(['both']);
      expect(body.duties[0].owed).toBeGreaterThan(0);
      expect(body.duties[0].note).toBe('“矛盾排查”已不再记，只算其余的。本县的规定');
    }
    const shown = (await admin.get('/api/policies/duties')).body.document as DutiesPolicy;
    expect(shown.duties.map((d) => [d.id, d.inUse, d.evidence.kinds, d.note])).toEqual([
      ['both', true, ['visit'], '“矛盾排查”已不再记，只算其余的。本县的规定'],
      ['gone', false, [], '“矛盾排查”、“报告”已不再记，这一项不再要求。本县的规定'],
      ['paired', false, [], '“结对联系”已不再记，这一项不再要求。本县的规定'],
    ]);
    for (const page of ['/api/duties/templates', '/api/duties/progress?period=week', '/api/duties/led'])
      expect((await (await county.as('head')).get(page)).status, page).toBe(200);
  });

  test('a version that fits nothing stops nobody: the one before it goes on, and the page of rules says so', async () => {
    const { body } = await admin.get('/api/policies');
    const policy = body.find((p: { name: string }) => p.name === 'duties');
    expect(policy.versions.map((v: object) => ({ ...v }))).toMatchObject([
      { version: 2, readable: false },
      { version: 1, readable: true },
    ]);
    expect(policy.versions[0]).not.toHaveProperty('document');
    const others = body.filter((p: { name: string }) => p.name !== 'duties');
    expect(others.flatMap((p: { versions: unknown[] }) => p.versions)).toEqual([]);
  });

  test('as it is read it can be published anew; what counts nothing cannot be asked for again', async () => {
    const { document } = (await admin.get('/api/policies/duties')).body as { document: DutiesPolicy };
    const publish = (changed: unknown) =>
      admin.post('/api/policies/duties/publish', {
        document: changed,
        validFrom: today,
        source: '县委办公室通知',
        reason: '照现在的写法',
      });
    const asked = { ...document, duties: document.duties.map((d) => ({ ...d, inUse: true })) };
    expect((await publish(asked)).body).toMatchObject({ refused: 'policy.malformed' });
    expect((await publish(document)).status).toBe(200);
    const { body } = await admin.get('/api/policies');
    expect(body.find((p: { name: string }) => p.name === 'duties').versions[0]).toMatchObject({ readable: true });
  });
});
