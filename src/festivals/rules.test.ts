import { describe, expect, test } from 'vitest';
import { isRefusal } from '../ledger/decider.ts';
import type {
  Festival,
  FestivalCommand,
  FestivalFacts,
  FestivalState,
  Gift,
  GiftCommand,
  GiftFacts,
  GiftState,
} from './model.ts';
import { festivals, gifts, possible } from './rules.ts';

const round: Festival = {
  status: 'open',
  name: '春节',
  day: '2027-02-06',
  starts: '2027-01-10',
  chain: ['county', 'town'],
  groups: [],
  sources: [],
};
const roundFacts: FestivalFacts = {
  chain: ['county', 'town'],
  groups: [
    { name: '老党员', need: '老党员慰问' },
    { name: '高龄老人', age: 80 },
  ],
};
const open: FestivalCommand = {
  kind: 'festival.open',
  name: '春节',
  day: '2027-02-06',
  starts: '2027-01-10',
  area: 'town',
  groups: ['老党员', '高龄老人', '老党员'],
  sources: [{ name: '财政', limit: 100_000 }],
};
const refusedRound = (state: FestivalState, command: FestivalCommand | object, change: Partial<FestivalFacts> = {}) => {
  const verdict = festivals.decide(state, command as FestivalCommand, { ...roundFacts, ...change });
  return isRefusal(verdict) ? [verdict.refused, verdict.field] : undefined;
};

describe('the rules of a round before a festival', () => {
  test('[B8] it is opened once, at a place there is, before the festival, for groups the county names, each once', () => {
    const none: FestivalState = { status: 'none' };
    expect(festivals.decide(none, open, roundFacts)).toMatchObject([
      {
        groups: [
          { name: '老党员', need: '老党员慰问' },
          { name: '高龄老人', age: 80 },
        ],
      },
    ]);
    expect(refusedRound(round, open)).toEqual(['festival.exists', undefined]);
    expect(refusedRound(none, open, { chain: undefined })).toEqual(['festival.area-unknown', 'area']);
    expect(refusedRound(none, { ...open, starts: open.day })).toEqual(['festival.days', 'starts']);
    expect(refusedRound(none, { ...open, starts: '2027-02-05' })).toBe(undefined);
    expect(refusedRound(none, { ...open, groups: ['老党员', '钉子户'] })).toEqual(['festival.group-unknown', 'groups']);
    expect(refusedRound(none, { ...open, sources: [...open.sources, ...open.sources] })).toEqual([
      'festival.source-twice',
      'sources',
    ]);
  });

  test('[B8] it is closed once', () => {
    const close: FestivalCommand = { kind: 'festival.close' };
    expect(refusedRound({ status: 'none' }, close)).toEqual(['festival.unknown', undefined]);
    expect(refusedRound(round, close)).toBe(undefined);
    expect(refusedRound({ ...round, status: 'closed' }, close)).toEqual(['festival.closed', undefined]);
    const at = { actor: 'clerk', at: 'now', version: 1 };
    expect(festivals.evolve(round, { kind: 'festival.closed' }, at)).toMatchObject({ status: 'closed' });
    expect(festivals.evolve({ status: 'none' }, { kind: 'festival.closed' }, at)).toEqual({ status: 'none' });
  });
});

const gift: Gift = {
  status: 'proposed',
  festival: 'round',
  household: 'home',
  chain: ['county', 'town', 'village'],
  source: '财政',
  cents: 30_000,
  goods: '',
  proposedBy: 'clerk',
  decidedBy: undefined,
  given: undefined,
};
const approved: Gift = { ...gift, status: 'approved', decidedBy: 'head' };
const facts: GiftFacts = {
  actor: 'head',
  today: '2027-01-20',
  festival: { open: true, chain: ['county', 'town'], sources: [{ name: '财政', limit: 100_000 }] },
  household: {
    chain: gift.chain,
    contact: 'field',
    residents: [
      { id: 'mother', bornYear: 1980 },
      { id: 'child', bornYear: 2018 },
    ],
  },
  doubled: false,
  spent: 0,
  visit: 'visit',
};
const propose = {
  kind: 'gift.propose',
  festival: 'round',
  household: 'home',
  source: '财政',
  cents: 30_000,
  goods: '',
};
const grant = { kind: 'gift.decide', grant: true, reason: '' };
const hand = { kind: 'gift.hand-over', by: 'mother', signature: '[[]]' };
const decline = { kind: 'gift.decline', reason: '家里不要' };
const refused = (state: GiftState, command: object, change: Partial<GiftFacts> = {}): unknown => {
  const verdict = gifts.decide(state, command as GiftCommand, { ...facts, ...change });
  return isRefusal(verdict) ? [verdict.refused, verdict.field] : undefined;
};

describe('the rules of a gift', () => {
  test('[B8] it is proposed once, in an open round, for a household of its place, of a source it has, of something', () => {
    const none: GiftState = { status: 'none' };
    const { festival } = facts;
    expect(refused(none, propose)).toBe(undefined);
    expect(refused(gift, propose)).toEqual(['gift.exists', undefined]);
    expect(refused(none, propose, { festival: undefined })).toEqual(['festival.unknown', 'festival']);
    expect(refused(none, propose, { festival: { ...festival!, open: false } })).toEqual([
      'festival.closed',
      'festival',
    ]);
    expect(refused(none, propose, { household: undefined })).toEqual(['gift.household-unknown', 'household']);
    expect(refused(none, propose, { festival: { ...festival!, chain: ['county', 'other'] } })).toEqual([
      'gift.outside',
      'household',
    ]);
    expect(refused(none, { ...propose, source: '捐款' })).toEqual(['gift.source-unknown', 'source']);
    expect(refused(none, { ...propose, cents: 0 })).toEqual(['gift.nothing', 'cents']);
    expect(refused(none, { ...propose, cents: 0, goods: '一床被' })).toBe(undefined);
    expect(refused(none, propose, { doubled: true })).toEqual(['gift.doubled', 'source']);
  });

  test('[B8] another person than who proposed it approves, within the source; a no needs a word', () => {
    expect(refused(gift, grant)).toBe(undefined);
    expect(refused(gift, grant, { actor: 'clerk' })).toEqual(['gift.own-approval', undefined]);
    expect(refused(approved, grant)).toEqual(['gift.decided', undefined]);
    expect(refused(gift, grant, { spent: 70_000 })).toBe(undefined);
    expect(refused(gift, grant, { spent: 70_001 })).toEqual(['gift.over-limit', undefined]);
    const free = { ...facts.festival!, sources: [{ name: '财政', limit: null }] };
    expect(refused(gift, grant, { spent: 9_999_999, festival: free })).toBe(undefined);
    expect(refused(gift, { ...grant, grant: false })).toEqual(['gift.reason-missing', 'reason']);
    expect(gifts.decide(gift, { kind: 'gift.decide', grant: false, reason: '不在' }, facts)).toEqual([
      { kind: 'gift.refused', by: 'head', reason: '不在' },
    ]);
  });

  test('[B8] it is handed over on a visit by another than who approved it, and an adult of the household signs', () => {
    const by = (more: object, change: Partial<GiftFacts> = {}) =>
      refused(approved, { ...hand, ...more }, { actor: 'field', ...change });
    expect(by({})).toBe(undefined);
    expect(refused(gift, hand, { actor: 'field' })).toEqual(['gift.not-approved', undefined]);
    expect(refused(approved, hand)).toEqual(['gift.approver-hands-over', undefined]);
    expect(by({}, { visit: undefined })).toEqual(['gift.not-visited', undefined]);
    expect(by({ by: 'neighbour' })).toEqual(['gift.not-of-household', 'by']);
    expect(by({}, { actor: 'mother' })).toEqual(['gift.not-of-household', 'by']);
    expect(by({ by: 'child' })).toEqual(['gift.not-adult', 'by']);
  });

  test('[B8] what is settled stays so, and nothing is offered of it', () => {
    for (const command of [grant, hand, decline]) {
      expect(refused({ status: 'none' }, command)).toEqual(['gift.unknown', undefined]);
      for (const status of ['given', 'declined', 'refused'] as const)
        expect(refused({ ...approved, status }, command), status).toEqual(['gift.settled', undefined]);
    }
    for (const state of [gift, approved]) expect(refused(state, decline)).toBe(undefined);
    expect(possible(gift, 'clerk')).toEqual(['gift.decline']);
    expect(possible(gift, 'head')).toEqual(['gift.decide', 'gift.decline']);
    expect(possible(approved, 'head')).toEqual(['gift.decline']);
    expect(possible(approved, 'clerk')).toEqual(['gift.hand-over', 'gift.decline']);
    expect(possible({ ...gift, status: 'given' }, 'head')).toEqual([]);
  });
});
