import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommandVerdict } from '../../sync/model.ts';
import { Offline, Refused } from '../ui/client.ts';
import { type Carry, type Item, Outbox, isUnkept, stateAfter, unsent } from './outbox.ts';

type Fate = 'done' | 'lost-going' | 'lost-coming' | 'broken' | 'later' | 'no';

/**
 * A server that does each command id once and holds what follows on a record behind one it did not accept, behind a
 * line on which each attempt meets the next fate.
 */
function lineWith(fates: readonly Fate[]) {
  const done = new Map<string, { stream: string; data: unknown }>();
  let attempts = 0;
  const carry: Carry = async (items) => {
    const fate = fates[attempts++] ?? 'done';
    if (fate === 'lost-going') throw new Offline();
    if (fate === 'broken') throw new Refused(500, { refused: 'server.error', message: '系统出了问题' });
    const held = new Set<string>();
    const verdicts = items.map(({ id, stream, data }, i): CommandVerdict => {
      if (held.has(stream)) return { id, verdict: 'held', code: 'sync.held', message: '' };
      if (i === 0 && (fate === 'no' || fate === 'later') && !done.has(id)) {
        held.add(stream);
        return fate === 'no'
          ? { id, verdict: 'refused', code: 'visit.note-missing', message: '请写下群众说了什么。', field: 'note' }
          : { id, verdict: 'later', code: 'sync.kind-unknown', message: '还认不得' };
      }
      if (!done.has(id)) done.set(id, { stream, data });
      return { id, verdict: 'accepted', version: 1, told: {} };
    });
    if (fate === 'lost-coming') throw new Offline();
    return verdicts;
  };
  return { carry, done };
}

const note = (stream: string, n: number) =>
  ({ kind: 'visit.correct', stream, data: { note: `第 ${n} 句话` }, title: `第 ${n} 件` }) as const;
const fate = fc.constantFrom<Fate>('done', 'lost-going', 'lost-coming', 'broken', 'later');

/** A disk of one page after the other. */
function disk() {
  const stored = new Map<string, string>();
  return {
    stored,
    keep: {
      load: async () => [...stored.values()].map((cell) => JSON.parse(cell) as Item),
      async save(changed: readonly Item[], gone: readonly string[]) {
        for (const item of changed) stored.set(item.id, JSON.stringify(item));
        for (const id of gone) stored.delete(id);
      },
    },
  };
}

describe('the outbox', () => {
  test('[B13] whatever the line does, every command is done once, in its record’s order, when it is tried long enough', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { maxLength: 30 }),
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 }),
        async (fates, streams) => {
          const { carry, done } = lineWith(fates);
          const outbox = new Outbox(carry);
          outbox.online = false;
          for (const [n, stream] of streams.entries()) await outbox.send(note(stream, n));
          for (let i = 0; i <= fates.length; i++) await outbox.flush();
          expect(outbox.all().every((item) => item.state === 'accepted')).toBe(true);
          for (const stream of new Set(streams)) {
            const sent = streams.flatMap((s, n) => (s === stream ? [{ note: `第 ${n} 句话` }] : []));
            expect([...done.values()].filter((d) => d.stream === stream).map((d) => d.data)).toEqual(sent);
          }
        },
      ),
    );
  });

  test('[B13] what has no verdict outlives the page with its id, and what was accepted is kept for a restored server', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 6 }),
        async (fates, count) => {
          const { carry, done } = lineWith(fates);
          const { keep, stored } = disk();
          const before = new Outbox(carry);
          await before.open(keep);
          for (let n = 0; n < count; n++) await before.send(note(`visit-${n}`, n));
          await before.flush();
          const ids = before.all().map((item) => item.id);

          const after = new Outbox(carry);
          await after.open(keep);
          expect(after.all().map((item) => item.id)).toEqual(ids);
          for (let i = 0; i <= fates.length; i++) await after.flush();
          expect(done.size).toBe(count);
          expect(stored.size).toBe(count);
          await after.settle(ids, [], false, '2026-11-26T00:00:00.000Z');
          await after.prune('2999-01-01T00:00:00.000Z');
          expect(stored.size).toBe(0);
        },
      ),
    );
  });

  test('[B13] what the rules on the phone refuse is never kept, and says why at once', async () => {
    const { carry, done } = lineWith([]);
    const { keep, stored } = disk();
    const outbox = new Outbox(carry);
    await outbox.open(keep, {
      judge: () => ({ refused: 'visit.note-missing', why: '请写下群众说了什么。', field: 'note' }),
    });
    expect(await outbox.send(note('a', 1))).toMatchObject({
      state: 'refused',
      why: '请写下群众说了什么。',
      field: 'note',
    });
    expect([outbox.all().length, stored.size, done.size]).toEqual([0, 0, 0]);
  });

  test('[B13] a refused command holds up its own record only', async () => {
    const { carry, done } = lineWith(['no', 'done']);
    const outbox = new Outbox(carry);
    const refused = await outbox.send(note('a', 1));
    expect(refused).toMatchObject({ state: 'refused', why: '请写下群众说了什么。', field: 'note', busy: false });
    expect(await outbox.send(note('b', 2))).toMatchObject({ state: 'accepted' });
    expect(await outbox.send(note('a', 3))).toMatchObject({ state: 'stored' });
    expect(unsent(outbox.items()).map((item) => item.title)).toEqual(['第 1 件', '第 3 件']);
    expect(done.size).toBe(1);
  });

  test('a mended command goes in the old one’s place, before what follows on it', async () => {
    const { carry, done } = lineWith(['no']);
    const outbox = new Outbox(carry);
    const refused = await outbox.send(note('a', 1));
    await outbox.send(note('a', 2));
    const mended = await outbox.mend(refused.id, { note: '改过的话' });
    expect(mended).toMatchObject({ state: 'accepted' });
    expect(mended!.id).not.toBe(refused.id);
    expect([...done.values()].map((d) => d.data)).toEqual([{ note: '改过的话' }, { note: '第 2 句话' }]);
  });

  test('dropping a refused command drops what was to follow on a record that never began, and frees it otherwise', async () => {
    for (const kind of ['visit.record', 'visit.correct'] as const) {
      const { carry, done } = lineWith(['no', 'done', 'lost-going', 'lost-going']);
      const outbox = new Outbox(carry);
      const refused = await outbox.send({ ...note('a', 1), kind: kind as 'visit.correct' });
      await outbox.send(note('a', 2));
      await outbox.send(note('b', 3));
      await outbox.drop(refused.id);
      await outbox.flush();
      await outbox.flush();
      const left = outbox.items().map((item) => [item.title, item.state]);
      expect(left).toEqual(
        kind === 'visit.record'
          ? [['第 3 件', 'accepted']]
          : [
              ['第 2 件', 'accepted'],
              ['第 3 件', 'accepted'],
            ],
      );
      expect(done.size).toBe(left.length);
    }
  });

  test('only a verdict is a verdict', () => {
    expect(stateAfter(new Offline(), 'stored')).toBe('stored');
    expect(stateAfter(new Refused(401, {}), 'stored')).toBe('stored');
    expect(stateAfter(new Refused(429, {}), 'sent')).toBe('sent');
    expect(stateAfter(new Refused(503, {}), 'stored')).toBe('sent');
    // A contact that was turned away is no verdict on what it carried.
    expect(stateAfter(new Refused(409, {}), 'sent')).toBe('sent');
  });

  test('[B13] whatever the storage refuses and takes: what is marked as kept is on it, what is not is marked, nothing is gone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('write', 'full', 'room', 'again'), { maxLength: 20 }),
        async (steps) => {
          const disk = new Map<string, Item>();
          let full = false;
          const outbox = new Outbox(() => Promise.reject(new Offline()));
          outbox.online = false;
          await outbox.open({
            load: async () => [...disk.values()],
            async save(items, gone) {
              if (full && items.length > 0) throw new Error('full');
              for (const item of items) disk.set(item.id, item);
              for (const id of gone) disk.delete(id);
            },
          });
          let written = 0;
          for (const step of steps) {
            if (step === 'write') await outbox.send(note(`r${written}`, written++));
            else if (step === 'again') await outbox.keepAgain();
            else full = step === 'full';
          }
          await outbox.flush();
          expect(outbox.all()).toHaveLength(written);
          for (const item of outbox.all()) expect(disk.has(item.id)).toBe(!isUnkept(item));
          expect([...disk.values()].some(isUnkept)).toBe(false);
          full = false;
          await outbox.keepAgain();
          expect(disk.size).toBe(written);
          expect(outbox.all().some(isUnkept)).toBe(false);
        },
      ),
    );
  });
});
