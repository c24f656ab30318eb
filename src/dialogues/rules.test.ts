import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../calendar/days.ts';
import { isRefusal } from '../ledger/decider.ts';
import {
  type DialogueCommand,
  type DialogueFacts,
  type DialoguePolicy,
  type DialogueState,
  Hidden,
  STILL_OPEN,
  dialoguePolicies,
} from './model.ts';
import { dialogues, isWaiting, possible } from './rules.ts';

const today = '2026-11-16';
const guest = 'guest';
const facts = (day: string, n = 0, actor = 'clerk'): DialogueFacts => ({
  actor,
  at: `${day}T02:${String(n % 60).padStart(2, '0')}:00.000Z`,
  chain: ['county'],
  guests: new Set([`${guest} unit`]),
  code: `code-${n}`,
  policy: { ...(dialoguePolicies[0]!.standard.document as DialoguePolicy), most: 6 },
});
const announce: DialogueCommand = {
  kind: 'dialogue.announce',
  form: 'online',
  title: '水利局长在线',
  about: '水渠和自来水',
  area: 'county',
  day: addDays(today, 3),
  from: '09:00',
  to: '10:00',
  guests: [{ official: guest, unit: 'unit' }],
};
const after = (state: DialogueState, command: DialogueCommand, at: DialogueFacts): DialogueState | string => {
  const verdict = dialogues.decide(state, command, at);
  return isRefusal(verdict)
    ? verdict.refused
    : verdict.reduce(
        (s, event, i) => dialogues.evolve(s, event, { actor: at.actor, at: at.at, version: i + 1 }),
        state,
      );
};

test('[D6] a session is announced ahead with guests in office; a hotline has its number', () => {
  const given = (more: object) => after(dialogues.initial, { ...announce, ...more } as DialogueCommand, facts(today));
  expect(given({})).toMatchObject({ status: 'announced' });
  expect(given({ day: addDays(today, 2) })).toBe('dialogue.short-notice');
  expect(given({ guests: [{ official: 'x', unit: 'unit' }] })).toBe('dialogue.guest-unknown');
  expect(given({ form: 'hotline' })).toBe('dialogue.phone-missing');
});

const place = fc.integer({ min: 1, max: 7 });
const anything: fc.Arbitrary<DialogueCommand> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('dialogue.ask' as const),
      words: fc.constant('渠什么时候通水'),
      via: fc.constantFrom('portal' as const, 'phone' as const),
    }),
  },
  fc.record({ kind: fc.constant('dialogue.show' as const), question: place }),
  fc.record({
    kind: fc.constant('dialogue.hide' as const),
    question: place,
    reason: fc.constantFrom(...Hidden.options),
    same: fc.option(place, { nil: undefined }) as fc.Arbitrary<number>,
  }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('dialogue.begin' as const) }) },
  fc.record({
    kind: fc.constant('dialogue.answer' as const),
    question: place,
    official: fc.constantFrom(guest, 'stranger'),
    words: fc.constant('月底前通水'),
    promised: fc.option(fc.constant({ what: '月底通水', by: addDays(today, 9) }), { nil: undefined }) as fc.Arbitrary<{
      what: string;
      by: string;
    }>,
  }),
  fc.record({ kind: fc.constant('dialogue.close' as const) }),
  fc.record({ kind: fc.constant('dialogue.publish' as const) }),
  fc.record({ kind: fc.constant('dialogue.cancel' as const), reason: fc.constant('防汛') }),
  fc.record({
    kind: fc.constant('dialogue.follow' as const),
    question: place,
    kept: fc.boolean(),
    words: fc.constant('已经通水'),
  }),
);

test('[D6] whatever happens in whatever order: no question is lost — answered, a matter, or not shown with a reason that settles it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anything, fc.constantFrom(2, 3, 3, 3, 4)), { maxLength: 40 }), (steps) => {
      let state = after(dialogues.initial, announce, facts(today)) as DialogueState;
      let asked = 0;
      for (const [i, [command, ahead]] of steps.entries()) {
        const day = addDays(today, ahead);
        const offered = possible(state, day);
        const next = after(state, command, facts(day, i));
        if (typeof next === 'string') continue;
        expect(offered).toContain(command.kind);
        if (command.kind === 'dialogue.ask') asked += 1;
        state = next;
        if (state.status === 'none') throw new Error('a session does not vanish');
        expect(state.questions.length).toBe(asked);
        for (const q of state.questions) {
          if (q.state === 'hidden') expect(q.hidden).toBeDefined();
          if (q.hidden?.reason === 'duplicate') {
            const other = state.questions.find((o) => o.question === q.hidden!.same)!;
            expect(other.question).not.toBe(q.question);
          }
          if (q.followed !== undefined) expect(q.answer?.promised).toBeDefined();
          expect(q.answer !== undefined && q.handedOn !== undefined).toBe(false);
        }
        if (['closed', 'published', 'cancelled'].includes(state.status))
          for (const q of state.questions) {
            expect(isWaiting(q)).toBe(false);
            const settled = q.hidden !== undefined && !STILL_OPEN.has(q.hidden.reason);
            expect(q.answer !== undefined || q.handedOn !== undefined || settled).toBe(true);
          }
      }
    }),
    { numRuns: 600 },
  );
});
