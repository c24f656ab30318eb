import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRefusal } from '../../ledger/decider.ts';
import type { HallPolicy, TicketCommand, TicketFacts, TicketState } from './model.ts';
import { hallPolicies } from './model.ts';
import { type Queued, nextOf, orderOf, possibleOfTicket, tickets } from './rules.ts';

const policy = hallPolicies[0]!.standard.document as HallPolicy;
const today = '2026-11-16';
const desks = ['d1', 'd2', 'd3'];

const queued: fc.Arbitrary<Queued[]> = fc
  .array(fc.record({ first: fc.boolean(), minute: fc.nat({ max: 59 }) }), { maxLength: 12 })
  .map((list) =>
    list.map(({ first, minute }, i) => ({
      id: `t${String(i).padStart(2, '0')}`,
      first,
      queuedAt: `${today}T01:${String(minute).padStart(2, '0')}:00.000Z`,
    })),
  );

test('[D2] old and disabled people come first, and still nobody waits without end: after so many of them one who waited longest', () => {
  fc.assert(
    fc.property(queued, fc.nat({ max: 4 }), fc.integer({ min: 0, max: 4 }), (queue, firstInRow, row) => {
      const order = orderOf(queue, row, { firstInRow });
      expect(order.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(queue);
      // Within each kind it goes by when they queued.
      for (const first of [true, false]) {
        const kind = order.filter((q) => q.first === first).map((q) => `${q.queuedAt} ${q.id}`);
        expect(kind).toEqual(kind.toSorted());
      }
      let inRow = row;
      for (const [i, q] of order.entries()) {
        const othersLeft = order.slice(i).some((o) => !o.first);
        const firstLeft = order.slice(i).some((o) => o.first);
        if (q.first && othersLeft) expect(inRow).toBeLessThan(firstInRow);
        if (!q.first && firstLeft) expect(inRow).toBeGreaterThanOrEqual(firstInRow);
        inRow = q.first ? inRow + 1 : 0;
      }
      expect(nextOf(queue, row, { firstInRow })).toEqual(order[0]);
    }),
    { numRuns: 500 },
  );
});

const facts = (command: TicketCommand, minute: number): TicketFacts => {
  const id = 'desk' in command ? command.desk : 'd1';
  return {
    actor: 'clerk',
    at: `${today}T0${1 + Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}:00.000Z`,
    desk: { id, unit: `u${id}`, code: 'A', area: 'hall', chain: ['hall'] },
    placeKnown: true,
    matter: undefined,
    fresh: { count: 7, key: 'key' },
    policy,
  };
};
const desk = fc.constantFrom(...desks);
const anything: fc.Arbitrary<TicketCommand> = fc.oneof(
  fc.record({ kind: fc.constant('ticket.call' as const) }),
  fc.record({ kind: fc.constant('ticket.receive' as const) }),
  fc.record({ kind: fc.constant('ticket.miss' as const) }),
  fc.record({ kind: fc.constant('ticket.requeue' as const) }),
  fc.record({ kind: fc.constant('ticket.join' as const), desk }),
  fc.record({ kind: fc.constant('ticket.transfer' as const), desk, reason: fc.constant('归他们管') }),
  fc.record({ kind: fc.constant('ticket.note' as const), desk, words: fc.constant('材料齐了') }),
  fc.record({ kind: fc.constant('ticket.register' as const), words: fc.constant('低保停了') }),
  fc.record({ kind: fc.constant('ticket.finish' as const) }),
);

test('[D2] whatever is done to a ticket in whatever order: only what was offered, it keeps its number and is at one desk, done is done', () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 30 }), (commands) => {
      const take: TicketCommand = { kind: 'ticket.take', desk: 'd1', first: false };
      let state: TicketState = tickets.initial;
      let version = 0;
      const give = (command: TicketCommand, minute: number): boolean => {
        const verdict = tickets.decide(state, command, facts(command, minute));
        if (isRefusal(verdict)) return false;
        for (const event of verdict)
          state = tickets.evolve(state, event, {
            actor: 'clerk',
            at: facts(command, minute).at,
            version: (version += 1),
          });
        return true;
      };
      give(take, 0);
      for (const [i, command] of commands.entries()) {
        const offered = possibleOfTicket(state, today);
        const done = give(command, i + 1);
        if (done) expect(offered).toContain(command.kind);
        if (state.status === 'none') throw new Error('a ticket does not vanish');
        expect(state.number).toBe('A007');
        expect(state.desks).toContain(state.desk);
        expect(state.desks.length).toBe(state.units.length);
        if (state.status === 'serving' || state.status === 'done') expect(state.receivedAt).toBeDefined();
        // Waiting is counted from the number to the first time at a desk; a transfer does not begin it anew.
        if (state.receivedAt !== undefined) expect(state.receivedAt > state.takenAt).toBe(true);
        if (command.kind === 'ticket.transfer' && done) expect(state.queuedAt <= state.receivedAt!).toBe(true);
      }
      expect(
        tickets.decide(
          state,
          { kind: 'ticket.call' },
          { ...facts({ kind: 'ticket.call' }, 0), at: '2026-11-17T01:00:00.000Z' },
        ),
      ).toMatchObject({
        refused: state.status === 'done' ? 'ticket.done' : 'ticket.day-over',
      });
    }),
    { numRuns: 400 },
  );
});
