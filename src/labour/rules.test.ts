import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../ledger/decider.ts';
import type { Labour, LabourCommand, LabourFacts, LabourState, Part, Standing } from './model.ts';
import { labours, overlaps } from './rules.ts';

const TODAY = '2026-11-20';
const facts: LabourFacts = {
  actor: 'worker',
  actorName: '王建军',
  unit: 'unit',
  chain: ['county', 'town', 'village'],
  kinds: ['清淤渠道', '修路'],
  taken: [],
  today: TODAY,
  earliest: '2026-11-10',
};
const record: Extract<LabourCommand, { kind: 'labour.record' }> = {
  kind: 'labour.record',
  day: TODAY,
  part: 'morning',
  village: 'village',
  outputs: [{ kind: '清淤渠道', amount: 35 }],
  note: '',
};
const correct: LabourCommand = { ...record, kind: 'labour.correct' };
const none: LabourState = { status: 'none' };
const labour = (standing: Standing): Labour => ({
  status: 'recorded',
  official: 'worker',
  unit: 'unit',
  day: TODAY,
  part: 'morning',
  chain: facts.chain!,
  outputs: record.outputs,
  note: '',
  standing,
});
const open = labour({ is: 'open' });
const returned = labour({ is: 'returned', reason: '数目不对', by: 'village' });
const confirmed = labour({ is: 'confirmed', at: facts.today, by: 'village', signer: '' });
const sign = { kind: 'labour.sign', signer: '陈守田', office: '组长', signature: '[[]]' } as const;
const confirm = { kind: 'labour.confirm' } as const;
const back = { kind: 'labour.return', reason: '数目不对' } as const;
const withdraw = { kind: 'labour.withdraw' } as const;

const refused = (state: LabourState, command: LabourCommand, change: Partial<LabourFacts> = {}): unknown => {
  const verdict = labours.decide(state, command, { ...facts, ...change });
  return isRefusal(verdict) ? [verdict.refused, verdict.field] : undefined;
};
const other = { actor: 'village' };

describe('the rules of labour', () => {
  test('[B4] what was done is written by an official, of a village and a kind there are, in the days it may be', () => {
    expect(refused(none, record)).toBe(undefined);
    expect(refused(open, record)).toEqual(['labour.exists', undefined]);
    expect(refused(none, record, { unit: undefined })).toEqual(['access.denied', undefined]);
    for (const [state, command] of [
      [none, record],
      [open, correct],
    ] as const) {
      const of = (change: object, more: Partial<LabourFacts> = {}) =>
        refused(state, { ...command, ...change } as LabourCommand, more);
      expect(of({}, { chain: undefined })).toEqual(['labour.village-unknown', 'village']);
      expect(of({ day: '2026-11-21' })).toEqual(['labour.in-future', 'day']);
      expect(of({ day: '2026-11-09' })).toEqual(['labour.too-late', 'day']);
      expect(of({ day: '2026-11-10' })).toBe(undefined);
      expect(of({ outputs: [{ kind: '喝茶', amount: 1 }] })).toEqual(['labour.kind-unknown', 'outputs']);
      expect(of({ outputs: [{ kind: '修路', amount: 0.09 }] })).toEqual(['labour.amount', 'outputs']);
      expect(of({ outputs: [{ kind: '修路', amount: 0.1 }] })).toBe(undefined);
      expect(of({ outputs: [...record.outputs, { kind: '修路', amount: 1 }] })).toBe(undefined);
      expect(of({ outputs: [...record.outputs, ...record.outputs] })).toEqual(['labour.kind-twice', 'outputs']);
      expect(of({}, { taken: ['morning'] })).toEqual(['labour.half-taken', 'part']);
      expect(of({}, { taken: ['afternoon'] })).toBe(undefined);
    }
  });

  test('[B4] a day holds two halves: of any entries that are taken, none lies over another', () => {
    const part = fc.constantFrom<Part>('morning', 'afternoon', 'day');
    const halves = (p: Part): string[] => (p === 'day' ? ['morning', 'afternoon'] : [p]);
    fc.assert(
      fc.property(part, part, (a, b) => {
        expect(overlaps(a, b)).toBe(halves(a).some((half) => halves(b).includes(half)));
      }),
    );
  });

  test('[B4] the worker mends and takes back, somebody else of the village confirms or returns; nobody for themselves', () => {
    for (const command of [correct, withdraw, sign])
      expect(refused(open, command, other), command.kind).toEqual(['labour.not-the-worker', undefined]);
    for (const command of [confirm, back]) {
      expect(refused(open, command), command.kind).toEqual(['labour.own-confirmation', undefined]);
      expect(refused(open, command, other), command.kind).toBe(undefined);
      expect(refused(returned, command, other), command.kind).toEqual(['labour.returned', undefined]);
    }
    expect(refused(open, sign)).toBe(undefined);
    expect(refused(open, { ...sign, signer: '王建军' })).toEqual(['labour.own-confirmation', 'signer']);
    expect(refused(returned, sign)).toEqual(['labour.returned', undefined]);
    for (const command of [correct, withdraw]) expect(refused(returned, command), command.kind).toBe(undefined);
  });

  test('[B4] what the village confirmed stands, and what was taken back is no more', () => {
    for (const command of [correct, withdraw, confirm, sign, back])
      for (const actor of ['worker', 'village']) {
        expect(refused(confirmed, command, { actor }), command.kind).toEqual(['labour.confirmed', undefined]);
        expect(refused({ status: 'withdrawn' }, command, { actor })).toEqual(['labour.unknown', undefined]);
        expect(refused(none, command, { actor })).toEqual(['labour.unknown', undefined]);
      }
    expect(refused({ status: 'withdrawn' }, record)).toEqual(['labour.exists', undefined]);
  });

  test('[B4] mended it waits for the village again; who confirmed it is told, by account or by hand', () => {
    const after = (state: LabourState, command: LabourCommand, change: Partial<LabourFacts> = {}): LabourState => {
      const events = labours.decide(state, command, { ...facts, ...change });
      if (isRefusal(events)) throw new Error(events.refused);
      return events.reduce((s, e) => labours.evolve(s, e, { actor: 'x', at: 'then', version: 1 }), state);
    };
    expect(after(returned, correct)).toMatchObject({ standing: { is: 'open' } });
    expect(after(open, confirm, other)).toMatchObject({ standing: { is: 'confirmed', by: 'village', signer: '' } });
    expect(after(open, sign)).toMatchObject({ standing: { is: 'confirmed', by: undefined, signer: '组长 陈守田' } });
    expect(after(open, withdraw)).toEqual({ status: 'withdrawn' });
    const rounded = labours.decide(none, { ...record, outputs: [{ kind: '修路', amount: 1.26 }] }, facts);
    expect(rounded).toMatchObject([{ official: 'worker', outputs: [{ amount: 1.3 }] }]);
  });
});
