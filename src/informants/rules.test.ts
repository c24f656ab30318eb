import { describe, expect, test } from 'vitest';
import { isRefusal } from '../ledger/decider.ts';
import type {
  Informant,
  InformantCommand,
  InformantFacts,
  InformantState,
  NeedReport,
  NeedReportCommand,
  NeedReportFacts,
  NeedReportState,
} from './model.ts';
import { informants, needReports, possibleOf, readable } from './rules.ts';

const TODAY = '2026-11-20';
const person: Informant = {
  status: 'active',
  area: 'village',
  chain: ['county', 'village'],
  agreedOn: '2026-11-01',
  until: '2027-10-31',
  agreed: true,
  name: '李秀英',
  phone: '13800000000',
  key: 'key',
};
const personFacts: InformantFacts = {
  at: `${TODAY}T02:00:00.000Z`,
  id: 'informant',
  chain: ['county', 'village'],
  longestDays: 365,
  key: 'key',
};
const enrol = {
  kind: 'informant.enrol',
  area: 'village',
  agreedOn: TODAY,
  until: '2027-11-20',
  name: '李秀英',
  phone: '13800000000',
};
const renew = { kind: 'informant.renew', agreedOn: TODAY, until: '2027-11-20' };
const refusedPerson = (state: InformantState, command: object, change: Partial<InformantFacts> = {}): unknown => {
  const verdict = informants.decide(state, command as InformantCommand, { ...personFacts, ...change });
  return isRefusal(verdict) ? [verdict.refused, verdict.field] : undefined;
};

describe('the rules of informants', () => {
  test('[A8] they offer for some days that end, from today at the latest, for a place there is', () => {
    const none: InformantState = { status: 'none' };
    expect(refusedPerson(person, enrol)).toEqual(['informant.exists', undefined]);
    expect(refusedPerson(none, enrol, { chain: undefined })).toEqual(['informant.place-unknown', 'area']);
    for (const [state, command] of [
      [none, enrol],
      [person, renew],
    ] as const) {
      const of = (change: object) => refusedPerson(state, { ...command, ...change });
      expect(of({})).toBe(undefined);
      expect(of({ agreedOn: '2026-11-21' })).toEqual(['informant.days-wrong', 'until']);
      expect(of({ until: TODAY })).toEqual(['informant.days-wrong', 'until']);
      expect(of({ until: '2026-11-21' })).toBe(undefined);
      expect(of({ until: '2027-11-21' })).toEqual(['informant.too-long', 'until']);
    }
  });

  test('[A8] nothing is reported before their own word, which is asked anew with each time; ended they are forgotten', () => {
    const commands = [
      renew,
      { kind: 'informant.end', reason: '搬走了' },
      { kind: 'informant.agree' },
      { kind: 'informant.leave' },
    ];
    for (const command of commands) {
      expect(refusedPerson({ status: 'none' }, command)).toEqual(['informant.unknown', undefined]);
      expect(refusedPerson({ ...person, status: 'ended' }, command)).toEqual(['informant.ended', undefined]);
    }
    expect(refusedPerson(person, { kind: 'informant.agree' })).toEqual(['informant.agreed-already', undefined]);
    expect(refusedPerson({ ...person, agreed: false }, { kind: 'informant.agree' })).toBe(undefined);
    const after = (state: InformantState, command: object): InformantState => {
      const events = informants.decide(state, command as InformantCommand, personFacts);
      if (isRefusal(events)) throw new Error(events.refused);
      return events.reduce((s, e) => informants.evolve(s, e, { actor: 'x', at: personFacts.at, version: 1 }), state);
    };
    expect(after({ status: 'none' }, enrol)).toMatchObject({ status: 'active', agreed: false, key: 'key' });
    expect(after(person, renew)).toMatchObject({ agreed: false, until: '2027-11-20' });
    expect(after({ ...person, agreed: false }, { kind: 'informant.agree' })).toMatchObject({ agreed: true });
    for (const command of [{ kind: 'informant.end', reason: '搬走了' }, { kind: 'informant.leave' }])
      expect(after(person, command)).toMatchObject({ status: 'ended', name: '', phone: '', key: undefined });
    // Enrolled and renewed before their own word was asked for, they had given it on paper.
    const { kind: _, ...paper } = enrol;
    const at = { actor: 'x', at: personFacts.at, version: 1 };
    const enrolled = informants.evolve(
      { status: 'none' },
      { kind: 'informant.enrolled', ...paper, chain: person.chain } as never,
      at,
    );
    expect(enrolled).toMatchObject({ agreed: true });
    expect(
      informants.evolve(enrolled, { kind: 'informant.renewed', agreedOn: TODAY, until: '2027-01-01' }, at),
    ).toMatchObject({ agreed: true });
  });
});

const report: NeedReport = {
  status: 'held',
  informant: 'informant',
  about: 'place',
  area: 'village',
  chain: ['county', 'village'],
  household: undefined,
  filedBy: 'field',
  filedAt: personFacts.at,
  doubts: ['conduct'],
  words: '路灯坏了',
  spot: '桥头',
  key: 'key',
  consented: false,
  reason: undefined,
  passedAt: undefined,
};
const asking: NeedReport = { ...report, status: 'asking', about: 'household', household: 'home', doubts: [] };
const facts: NeedReportFacts = {
  actor: 'field',
  at: personFacts.at,
  id: 'report',
  chain: ['county', 'village'],
  informant: { area: 'village', until: TODAY, active: true, agreed: true },
  householdThere: true,
  namedInSpot: false,
  namedInWords: false,
  key: 'key',
};
const file = {
  kind: 'need-report.file',
  informant: 'informant',
  about: 'place',
  area: 'village',
  spot: '桥头',
  words: '桥头的路灯坏了三盏',
};
const ofHome = { ...file, about: 'household', spot: '', household: 'home', words: '家里的房顶漏雨要修' };
const through = { kind: 'need-report.let-through', reason: '说的是路灯' };
const back = { kind: 'need-report.return', reason: '说的是人' };
const consent = { kind: 'need-report.consent' };
const none: NeedReportState = { status: 'none' };
const decide = (state: NeedReportState, command: object, change: Partial<NeedReportFacts> = {}) =>
  needReports.decide(state, command as NeedReportCommand, { ...facts, ...change });
const refused = (...asked: Parameters<typeof decide>): unknown => {
  const verdict = decide(...asked);
  return isRefusal(verdict) ? [verdict.refused, verdict.field] : undefined;
};
const kinds = (...asked: Parameters<typeof decide>): unknown => {
  const verdict = decide(...asked);
  return isRefusal(verdict) ? verdict.refused : verdict.map(({ kind }) => kind);
};

describe('the rules of reports of needs', () => {
  test('[A8] filed by somebody who agreed and still does, for their own place, once', () => {
    const informant = facts.informant!;
    expect(kinds(none, file)).toEqual(['need-report.filed', 'need-report.passed']);
    expect(refused(report, file)).toEqual(['need-report.exists', undefined]);
    expect(refused(none, file, { informant: undefined })).toEqual(['informant.unknown', 'informant']);
    for (const over of [{ active: false }, { until: '2026-11-19' }])
      expect(refused(none, file, { informant: { ...informant, ...over } })).toEqual([
        'need-report.informant-over',
        undefined,
      ]);
    expect(refused(none, file, { informant: { ...informant, agreed: false } })).toEqual([
      'need-report.informant-not-agreed',
      'informant',
    ]);
    expect(refused(none, file, { chain: undefined })).toEqual(['need-report.place-unknown', 'area']);
    expect(refused(none, file, { chain: ['county', 'other'] })).toEqual(['need-report.outside', 'area']);
  });

  test('[A8] of a place it says where and names no household; of a household it waits for that household', () => {
    expect(refused(none, { ...file, household: 'home' })).toEqual(['need-report.household-of-place', 'household']);
    for (const spot of ['', undefined])
      expect(refused(none, { ...file, spot })).toEqual(['need-report.spot-missing', 'spot']);
    expect(kinds(none, ofHome)).toEqual(['need-report.filed']);
    expect(refused(none, ofHome, { householdThere: false })).toEqual(['need-report.household-not-there', 'household']);
    expect(refused(none, { ...ofHome, household: undefined }, { householdThere: false })).toBe(undefined);
    expect(refused(none, file, { namedInSpot: true })).toEqual(['need-report.names-somebody', 'spot']);
  });

  test('[A8] what is written down of a report, and where it then waits', () => {
    const filed = (command: object): NeedReport => {
      const events = decide(none, command);
      if (isRefusal(events)) throw new Error(events.refused);
      return events.reduce<NeedReportState>(
        (s, e, i) => needReports.evolve(s, e, { actor: 'field', at: facts.at, version: i + 1 }),
        none,
      ) as NeedReport;
    };
    expect(filed(file)).toMatchObject({ status: 'passed', passedAt: 2, spot: '桥头', household: undefined });
    expect(filed(ofHome)).toMatchObject({ status: 'asking', household: 'home', spot: undefined, key: 'key' });
    const [first] = decide(none, { ...file, sure: true }, { namedInWords: true }) as never[];
    expect(needReports.evolve(none, first!, { actor: 'field', at: facts.at, version: 1 })).toMatchObject({
      status: 'held',
      doubts: ['name'],
    });
    expect(decide(none, file)).toMatchObject([
      { personal: { words: file.words, spot: '桥头', key: 'key' } },
      { personal: { words: file.words, spot: '桥头' } },
    ]);
    expect(Object.keys((decide(none, ofHome) as { personal: object }[])[0]!.personal)).toEqual(['words', 'key']);
  });

  test('[A8] words that may be about somebody do not pass: they are not taken, or held for another person', () => {
    const named = { namedInWords: true };
    expect(refused(none, file, named)).toEqual(['need-report.about-people', 'words']);
    expect(refused(none, { ...file, sure: false }, named)).toEqual(['need-report.about-people', 'words']);
    expect(kinds(none, { ...file, sure: true }, named)).toEqual(['need-report.filed']);
    for (const command of [through, back]) {
      const step =
        command.kind === through.kind ? ['need-report.let-through', 'need-report.passed'] : ['need-report.returned'];
      expect(kinds(report, command, { actor: 'head' })).toEqual(step);
      expect(refused(report, command)).toEqual(['need-report.own-decision', undefined]);
      for (const status of ['asking', 'passed', 'returned'] as const)
        expect(refused({ ...report, status }, command, { actor: 'head' })).toEqual(['need-report.not-held', undefined]);
    }
    expect(refused(report, through, { actor: 'head', chain: undefined })).toEqual([
      'need-report.place-unknown',
      'area',
    ]);
    expect(refused(report, back, { actor: 'head', chain: undefined })).toBe(undefined);
    expect(possibleOf(report, 'head')).toEqual(['need-report.let-through', 'need-report.return']);
    expect(possibleOf(report, 'field')).toEqual([]);
    expect(possibleOf({ ...report, status: 'passed' }, 'head')).toEqual([]);
  });

  test('[A8] the household’s own yes lets it pass, but for words in doubt; what it takes back is gone for everybody', () => {
    const left = (more: object, state = asking): unknown => decide(state, { ...consent, ...more });
    expect(kinds(asking, consent)).toEqual(['need-report.consented', 'need-report.passed']);
    expect(kinds({ ...asking, doubts: ['name'] }, consent)).toEqual(['need-report.consented']);
    for (const status of ['held', 'passed', 'returned'] as const)
      expect(refused({ ...asking, status }, consent)).toEqual(['need-report.not-asked', undefined]);
    expect(refused(asking, consent, { chain: undefined })).toEqual(['need-report.place-unknown', 'area']);
    expect(left({ name: '', phone: '13900000000' })).toMatchObject([
      { personal: { phone: '13900000000' } },
      { household: 'home', personal: { words: '路灯坏了', spot: '桥头', phone: '13900000000' } },
    ]);
    expect((left({ name: '' }) as object[])[0]).toEqual({ kind: 'need-report.consented' });
    expect((left({ name: '张' }) as object[])[0]).toEqual({ kind: 'need-report.consented', personal: { name: '张' } });
    expect((left({}, { ...asking, household: undefined, spot: undefined }) as object[])[1]).toEqual({
      kind: 'need-report.passed',
      area: 'village',
      personal: { words: '路灯坏了' },
    });
    for (const command of [through, back, consent, { kind: 'need-report.withdraw' }]) {
      expect(refused(none, command)).toEqual(['need-report.unknown', undefined]);
      expect(refused({ ...asking, status: 'withdrawn' }, command)).toEqual(['need-report.withdrawn', undefined]);
    }
    const at = { actor: 'x', at: facts.at, version: 7 };
    for (const event of [
      { kind: 'need-report.withdrawn' },
      { kind: 'need-report.returned', reason: '说的是人' },
    ] as const)
      expect(needReports.evolve(report, event, at)).toMatchObject({ words: '', spot: undefined });
  });

  test('[A8] a household’s words are read by others only once it agreed; a place’s from the first, until they are gone', () => {
    const seen = (of: NeedReport, status: NeedReport['status'], more: Partial<NeedReport> = {}): boolean =>
      readable({ ...of, status, ...more });
    expect(['held', 'passed', 'returned', 'withdrawn'].map((s) => seen(report, s as never))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(seen(asking, 'asking')).toBe(false);
    expect(seen(asking, 'held', { consented: true })).toBe(true);
    expect(seen(asking, 'withdrawn', { consented: true, words: '' })).toBe(false);
  });
});
