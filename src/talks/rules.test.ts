import { describe, expect, test } from 'vitest';
import { isRefusal } from '../ledger/decider.ts';
import type { GuideCommand, GuideState, Question, Talk, TalkCommand, TalkFacts, TalkState } from './model.ts';
import { guides, possible, talks, talksOwed } from './rules.ts';

const facts: TalkFacts = {
  actor: 'field',
  at: '2026-11-20T02:00:00.000Z',
  chain: ['county', 'village'],
  guides: new Set(['heating', 'water']),
};
const question: Question = {
  version: 2,
  words: '租房的能不能领',
  guide: undefined,
  name: undefined,
  phone: undefined,
  answer: undefined,
  told: undefined,
};
const answered: Question = { ...question, answer: '能' };
const told: Question = { ...answered, told: { how: '电话', at: facts.at } };
const talk = (...questions: Question[]): Talk => ({
  status: 'held',
  area: 'village',
  chain: facts.chain!,
  official: 'field',
  way: 'meeting',
  day: '2026-11-20',
  where: '村委会',
  guides: ['heating'],
  came: undefined,
  questions,
});
const none: TalkState = { status: 'none' };
const hold = {
  kind: 'talk.hold',
  area: 'village',
  way: 'meeting',
  day: '2026-11-20',
  where: '村委会',
  guides: ['heating', 'heating'],
} as const;
const tell = { kind: 'talk.tell-back', question: 0, how: '打电话说了' } as const;
const refused = (state: TalkState, command: TalkCommand | object, change: Partial<TalkFacts> = {}): unknown => {
  const verdict = talks.decide(state, command as TalkCommand, { ...facts, ...change });
  return isRefusal(verdict) ? [verdict.refused, verdict.field] : undefined;
};

describe('the rules of talks', () => {
  test('[B10] a talk is written down once, after it was held, where there is a place, of policies in force', () => {
    expect(talks.decide(none, hold as never, facts)).toMatchObject([{ guides: ['heating'], official: 'field' }]);
    expect(refused(talk(), hold)).toEqual(['talk.exists', undefined]);
    expect(refused(none, hold, { chain: undefined })).toEqual(['talk.place-unknown', 'area']);
    expect(refused(none, { ...hold, day: '2026-11-21' })).toEqual(['talk.in-future', 'day']);
    expect(refused(none, { ...hold, guides: ['heating', 'old'] })).toEqual(['talk.guide-unknown', 'guides']);
    expect(talks.decide(none, { ...hold, came: 0 } as never, facts)).toMatchObject([{ came: 0 }]);
  });

  test('[B10] a question is of a policy that was told there, and asked where a matter can be held', () => {
    const ask = { kind: 'talk.ask', words: '能不能领' };
    expect(refused(none, ask)).toEqual(['talk.unknown', undefined]);
    expect(refused(talk(), ask)).toBe(undefined);
    expect(refused(talk(), ask, { chain: undefined })).toEqual(['talk.place-unknown', 'area']);
    expect(refused(talk(), { ...ask, guide: 'heating' })).toBe(undefined);
    expect(refused(talk(), { ...ask, guide: 'water' })).toEqual(['talk.guide-not-told', 'guide']);
    const left = (more: object) => talks.decide(talk(question), { ...ask, ...more } as never, facts);
    expect(left({ name: '', phone: '13800000000' })).toMatchObject([
      { index: 1, personal: { words: '能不能领', phone: '13800000000' } },
    ]);
    expect(left({ name: '' })).toEqual([expect.objectContaining({ personal: { words: '能不能领' } })]);
    expect(left({ name: '老张' })).toMatchObject([{ personal: { name: '老张' } }]);
  });

  test('[B10] an answer is told back once it came, and once; what the house hears of a question there is not is nothing', () => {
    expect(refused(none, tell)).toEqual(['talk.unknown', undefined]);
    expect(refused(talk(answered), { ...tell, question: 1 })).toEqual(['talk.question-unknown', 'question']);
    expect(refused(talk(question), tell)).toEqual(['talk.not-answered', 'question']);
    expect(refused(talk(answered), tell)).toBe(undefined);
    expect(refused(talk(told), tell)).toEqual(['talk.told-already', undefined]);
    const hear = (state: TalkState, n: number) =>
      talks.decide(state, { kind: 'talk.hear-answer', question: n, words: '能' }, facts);
    expect([hear(none, 0), hear(talk(question), 1), hear(talk(question), 0)]).toEqual([
      [],
      [],
      [{ kind: 'talk.answer-heard', question: 0, personal: { words: '能' } }],
    ]);
  });

  test('[B10] what is owed and offered is an answer that came and was not told', () => {
    expect(possible(none)).toEqual(['talk.hold']);
    expect(talksOwed(none)).toEqual([]);
    for (const [one, owed] of [
      [question, false],
      [answered, true],
      [told, false],
    ] as const) {
      expect(possible(talk(one)).includes('talk.tell-back')).toBe(owed);
      expect(talksOwed(talk(one))).toHaveLength(owed ? 1 : 0);
    }
    expect(talksOwed(talk(told, { ...answered, words: '' }))).toMatchObject([{ run: 'tell-back 1', title: undefined }]);
  });
});

describe('the rules of policies told', () => {
  const text = { title: '取暖补贴', gist: '每户六百', source: '民政局', validFrom: '2026-01-01' };
  const open: GuideState = { ...text, status: 'open', version: 1, reason: undefined };
  const verdict = (state: GuideState, command: GuideCommand): unknown => {
    const given = guides.decide(state, command, undefined);
    return isRefusal(given) ? given.refused : given.map(({ kind }) => kind);
  };
  const publish = { kind: 'guide.publish', ...text } as const;
  const amend = { kind: 'guide.amend', ...text, reason: '改了数' } as const;
  const withdraw = { kind: 'guide.withdraw', reason: '到期' } as const;

  test('[B10] published once, amended in the open, gone when withdrawn; it never ends before it begins', () => {
    expect(verdict({ status: 'none' }, publish)).toEqual(['guide.published']);
    expect(verdict(open, publish)).toBe('guide.exists');
    for (const command of [amend, withdraw]) {
      expect(verdict({ status: 'none' }, command)).toBe('guide.unknown');
      expect(verdict({ ...open, status: 'withdrawn' }, command)).toBe('guide.withdrawn');
    }
    expect(verdict(open, amend)).toEqual(['guide.amended']);
    expect(verdict(open, withdraw)).toEqual(['guide.withdrawn']);
    for (const command of [publish, amend]) {
      const state: GuideState = command.kind === 'guide.publish' ? { status: 'none' } : open;
      expect(verdict(state, { ...command, validUntil: '2025-12-31' })).toBe('guide.days-wrong');
      expect(verdict(state, { ...command, validUntil: '2026-01-01' })).not.toBe('guide.days-wrong');
    }
    const [event] = guides.decide(open, amend, undefined) as never[];
    expect(guides.evolve(open, event!, { actor: 'clerk', at: 'now', version: 2 })).toMatchObject({ version: 2 });
    expect(guides.evolve({ status: 'none' }, event!, { actor: 'clerk', at: 'now', version: 2 })).toEqual({
      status: 'none',
    });
  });
});
