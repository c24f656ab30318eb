import { describe, expect, test } from 'vitest';
import { isRefusal } from '../ledger/decider.ts';
import type { Study, StudyCommand, StudyFacts, StudyState } from './model.ts';
import { possible, studies, studiesOwed } from './rules.ts';

const TODAY = '2026-11-20';
const facts: StudyFacts = {
  actor: 'author',
  at: `${TODAY}T02:00:00.000Z`,
  units: ['water'],
  chain: ['county', 'town'],
  unitKnown: true,
  days: ['2026-11-03', '2026-11-04'],
  dayKnown: false,
};
const study: Study = {
  status: 'open',
  author: 'author',
  topic: '水渠',
  question: '为什么堵',
  area: 'town',
  chain: ['county', 'town'],
  from: '2026-11-01',
  until: '2026-12-01',
  days: [],
  leftOut: [],
  findings: [{ words: '没有专人', sort: undefined, day: '2026-11-02' }],
  measures: [
    {
      finding: 0,
      words: '聘渠长',
      unit: 'water',
      due: TODAY,
      state: 'proposed',
      answer: undefined,
      answeredOn: undefined,
    },
  ],
  report: undefined,
  reason: undefined,
};
const report = { title: '报告', text: '正文', day: '2026-11-10', days: ['2026-11-03'], revisions: 0 };
const open = { kind: 'study.open', topic: '水渠', question: '为什么堵', area: 'town', until: '2026-11-21' } as const;
const note = { kind: 'study.note-day', day: TODAY, amount: 1, where: '水利站', seen: '台账' } as const;
const propose = { kind: 'study.propose', finding: 0, words: '聘渠长', unit: 'water', due: '2026-11-21' } as const;
const answer = { kind: 'study.answer-measure', measure: 0, step: 'done', words: '聘了' } as const;
const hand = { kind: 'study.report', title: '报告', text: '正文' } as const;
const none: StudyState = { status: 'none' };

const refused = (state: StudyState, command: StudyCommand, change: Partial<StudyFacts> = {}): unknown => {
  const verdict = studies.decide(state, command, { ...facts, ...change });
  return isRefusal(verdict) ? [verdict.refused, verdict.field] : undefined;
};

describe('the rules of studies', () => {
  test('[B9] a topic is taken up once, at a place there is, for a report that is still to come', () => {
    expect(refused(none, open)).toBe(undefined);
    expect(refused(study, open)).toEqual(['study.exists', undefined]);
    expect(refused(none, open, { chain: undefined })).toEqual(['study.place-unknown', 'area']);
    expect(refused(none, { ...open, until: TODAY })).toEqual(['study.until-past', 'until']);
  });

  test('[B9] only its author writes it, and nobody once it was given up', () => {
    const commands: StudyCommand[] = [
      note,
      { kind: 'study.leave-out', day: TODAY },
      { kind: 'study.find', words: '没有钱' },
      { kind: 'study.classify', finding: 0, sort: 'policy' },
      propose,
      hand,
      { kind: 'study.drop', reason: '并掉' },
    ];
    for (const command of commands) {
      expect(refused(none, command), command.kind).toEqual(['study.unknown', undefined]);
      expect(refused(study, command, { actor: 'head', dayKnown: true }), command.kind).toEqual([
        'study.not-author',
        undefined,
      ]);
      expect(refused({ ...study, status: 'dropped' }, command), command.kind).toEqual(['study.over', undefined]);
    }
    expect(refused({ ...study, status: 'dropped' }, answer)).toEqual(['study.over', undefined]);
    expect(refused({ ...study, status: 'reported', report }, { kind: 'study.drop', reason: '并掉' })).toEqual([
      'study.over',
      undefined,
    ]);
  });

  test('[B9] a day is noted within the study, once, and only where nothing else tells of it', () => {
    expect(refused(study, note)).toBe(undefined);
    expect(refused(study, { ...note, day: '2026-11-01' })).toBe(undefined);
    for (const day of ['2026-10-31', '2026-11-21'])
      expect(refused(study, { ...note, day })).toEqual(['study.day-outside', 'day']);
    expect(refused(study, note, { dayKnown: true })).toEqual(['study.day-known', 'day']);
    expect(refused({ ...study, leftOut: [TODAY] }, note, { dayKnown: true })).toBe(undefined);
    const { kind: _, ...day } = note;
    expect(refused({ ...study, days: [day] }, note)).toEqual(['study.day-noted', 'day']);
    expect(refused({ ...study, days: [{ ...day, day: '2026-11-19' }] }, note)).toBe(undefined);
    const leave = { kind: 'study.leave-out', day: TODAY } as const;
    expect(refused(study, leave)).toEqual(['study.day-not-known', 'day']);
    expect(studies.decide({ ...study, leftOut: [TODAY] }, leave, { ...facts, dayKnown: true })).toEqual([]);
    expect(studies.decide(study, leave, { ...facts, dayKnown: true })).toHaveLength(1);
  });

  test('[B9] a measure answers a finding there is, by a unit there is, on a day to come', () => {
    expect(refused(study, propose)).toBe(undefined);
    expect(refused(study, { ...propose, finding: 1 })).toEqual(['study.finding-unknown', 'finding']);
    expect(refused(study, propose, { unitKnown: false })).toEqual(['study.unit-unknown', 'unit']);
    expect(refused(study, { ...propose, due: TODAY })).toEqual(['study.due-past', 'due']);
    expect(refused({ ...study, findings: [] }, hand)).toEqual(['study.nothing-found', undefined]);
    expect(studies.decide(study, { kind: 'study.classify', finding: 0, sort: 'problem' }, facts)).toHaveLength(1);
    expect(refused(study, { kind: 'study.classify', finding: 1, sort: 'problem' })).toEqual([
      'study.finding-unknown',
      'finding',
    ]);
    const sorted: Study = { ...study, findings: [{ ...study.findings[0]!, sort: 'problem' }] };
    expect(studies.decide(sorted, { kind: 'study.classify', finding: 0, sort: 'problem' }, facts)).toEqual([]);
  });

  test('[B9] the unit answers its own measure until it is over; late only when done after its day', () => {
    expect(refused(study, { ...answer, measure: 1 })).toEqual(['study.measure-unknown', 'measure']);
    expect(refused(study, answer, { units: ['works'] })).toEqual(['study.measure-other-unit', 'measure']);
    const at = (day: string, step: 'done' | 'taken-up' | 'not-taken') =>
      studies.decide(study, { ...answer, step }, { ...facts, at: `${day}T02:00:00.000Z` });
    expect([at(TODAY, 'done'), at('2026-11-21', 'done'), at('2026-11-21', 'not-taken')]).toMatchObject([
      [{ late: false }],
      [{ late: true }],
      [{ late: false }],
    ]);
    for (const [state, over] of [
      ['proposed', false],
      ['taken-up', false],
      ['done', true],
      ['not-taken', true],
    ] as const) {
      const now: Study = { ...study, measures: [{ ...study.measures[0]!, state }] };
      expect(refused(now, answer), state).toEqual(over ? ['study.measure-over', 'measure'] : undefined);
      // What is over is offered to nobody and owed by nobody.
      expect(possible(now, 'somebody'), state).toEqual(over ? [] : ['study.answer-measure']);
      expect(studiesOwed(now), state).toHaveLength(over ? 0 : 1);
      expect(studiesOwed({ ...now, status: 'dropped' })).toEqual([]);
    }
    expect(studiesOwed(none)).toEqual([]);
  });

  test('[B9] the report counts the days as they stood when it was first handed in, without those left out', () => {
    expect(studies.decide({ ...study, leftOut: ['2026-11-04'] }, hand, facts)).toMatchObject([
      { day: TODAY, days: ['2026-11-03'] },
    ]);
    expect(studies.decide({ ...study, status: 'reported', report }, hand, facts)).toMatchObject([
      { day: '2026-11-10', days: ['2026-11-03'] },
    ]);
  });

  test('[B9] what is offered is what the rules would take', () => {
    expect(possible(none, 'author')).toEqual(['study.open']);
    expect(possible({ ...study, status: 'dropped' }, 'author')).toEqual([]);
    const bare: Study = { ...study, findings: [], measures: [] };
    expect(possible(bare, 'author')).toEqual(['study.note-day', 'study.leave-out', 'study.find', 'study.drop']);
    expect(possible(bare, 'head')).toEqual([]);
    expect(possible(study, 'author')).toEqual([
      'study.note-day',
      'study.leave-out',
      'study.find',
      'study.classify',
      'study.propose',
      'study.report',
      'study.drop',
      'study.answer-measure',
    ]);
    expect(possible({ ...study, status: 'reported', report }, 'author')).not.toContain('study.drop');
  });
});
