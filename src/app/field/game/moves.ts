import fc from 'fast-check';
import type { Fate } from '../testing.ts';

/** Three phones: two of one official, one of a colleague who has the same village for a while. */
export const PHONES = 3;
export const HOMES = 5;

/** Everything the field room writes through its outbox, and so without network. Whatever else there is needs the desk. */
export const kinds = [
  'visit.record',
  'visit.correct',
  'visit.keep-promise',
  'visit.explain-promise',
  'visit.withdraw',
  'visit.countersign',
  'visit.decline',
  'labour.record',
  'labour.correct',
  'labour.withdraw',
  'labour.sign',
  'labour.confirm',
  'labour.return',
  'talk.hold',
  'talk.ask',
  'talk.tell-back',
  'study.find',
  'study.note-day',
  'outreach.take',
  'outreach.conclude',
  'occasion.record',
  'exception.ask',
  'gift.hand-over',
  'gift.decline',
  'premise.check',
  'sweep.find',
  'sweep.return',
  'dispute.consent',
  'dispute.sign',
  'dispute.say-term',
  'dispute.settle',
  'hard-case.act',
  'hard-case.vouch',
  'pair.make',
  'pair.plan',
  'pair.do',
  'pair.say',
  'pair.renew',
  'pair.take-over',
  'pair.end',
  'need-report.file',
  'matter.tell',
] as const;
export type Kind = (typeof kinds)[number];
/** What is written here and never accepted, and why. */
export const never: Partial<Record<Kind, string>> = {
  'talk.tell-back': 'an answer can be told back when it came, and here nobody answers',
  'hard-case.vouch': 'only the leader says whether it was so, and no leader has a phone here',
};

/** One move. Numbers are drawn large and taken by what there is to choose from, so that a shorter game still makes sense. */
export type Move =
  /** Somebody writes; `careful` insists on the version that was read. */
  | { do: 'write'; phone: number; kind: Kind; which: number; how: number; careful: boolean }
  /** A phone looks for the line, and the line does this to one request after another. */
  | { do: 'contact'; phone: number; fates: readonly Fate[] }
  /** What a day without network needs besides households is fetched. */
  | { do: 'fetch'; phone: number }
  /** The page is gone, at rest or when `writes` more have reached the disk, and opened again. */
  | { do: 'tab-crash'; phone: number; writes: number | null }
  /** The server's process dies at its n-th statement of a contact, before it or after it took effect; another one starts. */
  | { do: 'server-crash'; phone: number; statement: number; tookEffect: boolean }
  /** The same, and in that moment the database's own server is killed too and comes up again from what it had written. */
  | { do: 'power-cut'; phone: number; statement: number; tookEffect: boolean }
  /** A careless network delivers an upload of long ago once more. */
  | { do: 'again'; phone: number; which: number }
  /** A person reads why something was refused, and lets go of it or hands it in once more. */
  | { do: 'decide'; phone: number; which: number; keep: boolean }
  /** The colleague's village is taken away, or given. */
  | { do: 'scope' }
  /** The desk changes a household's address, or moves it to another village. */
  | { do: 'amend' | 'move'; home: number }
  | { do: 'backup' }
  | { do: 'restore' }
  /** A phone's clock is set: a year or a day ahead or behind, or right again. */
  | { do: 'clock'; phone: number; days: -365 | -1 | 0 | 1 | 365 }
  /** A night and more without anything happening; the phones sleep, or do not. */
  | { do: 'night'; hours: number; asleep: boolean }
  /** What waits on a phone is carried to the desk or to the colleague as a file. */
  | { do: 'rescue'; phone: number; by: 'desk' | 'colleague' }
  /** A phone is lost, and locked; it forgets at its next contact, and its holder gets another. */
  | { do: 'lock'; phone: number };

const phone = fc.nat({ max: PHONES - 1 });
const home = fc.nat({ max: HOMES - 1 });
const which = fc.nat({ max: 99 });
const fate = fc.constantFrom<Fate>('ok', 'ok', 'lost-going', 'lost-coming', 'cut');

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      phone,
      kind: fc.oneof(
        { weight: 1, arbitrary: fc.constant<Kind>('visit.record') },
        { weight: 4, arbitrary: fc.constantFrom<Kind>(...kinds) },
      ),
      which,
      how: which,
      careful: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('contact' as const), phone, fates: fc.array(fate, { maxLength: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fetch' as const), phone }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('tab-crash' as const), phone, writes: fc.option(fc.nat({ max: 4 })) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('server-crash' as const),
      phone,
      statement: fc.nat({ max: 40 }),
      tookEffect: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const), phone, which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('decide' as const), phone, which, keep: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('scope' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('amend' as const, 'move' as const), home }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('backup' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('clock' as const), phone, days: fc.constantFrom(-365, -1, 0, 1, 365) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('night' as const),
      hours: fc.integer({ min: 10, max: 60 }),
      asleep: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('rescue' as const), phone, by: fc.constantFrom('desk', 'colleague') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lock' as const), phone }) },
) as fc.Arbitrary<Move>;

/** A day in the field: the shorter ones are tried first when a failure is made small. */
export const days = (most: number): fc.Arbitrary<Move[]> => fc.array(move, { minLength: 6, maxLength: most });

const write = (phone: number, kind: Kind, which = 0, how = 0): Move => ({
  do: 'write',
  phone,
  kind,
  which,
  how,
  careful: false,
});
const contact = (phone: number): Move => ({ do: 'contact', phone, fates: [] });

/**
 * Played before all others, so that no chance decides whether it happens: everything there is to write is written and
 * accepted, then the server is put back to the backup from before.
 */
const restored: readonly Move[] = [
  { do: 'backup' },
  write(0, 'visit.record'),
  write(0, 'visit.correct'),
  write(0, 'visit.keep-promise'),
  write(0, 'visit.countersign'),
  write(0, 'visit.record', 1, 30),
  write(0, 'visit.decline', 1, 1),
  write(0, 'labour.record', 4),
  write(0, 'labour.correct', 0, 5),
  write(0, 'labour.sign'),
  write(0, 'labour.record', 8),
  write(0, 'labour.withdraw', 1),
  write(0, 'labour.record', 9),
  write(0, 'labour.record', 12),
  write(0, 'talk.hold', 0, 1),
  write(0, 'talk.ask'),
  write(0, 'study.find'),
  write(0, 'outreach.take'),
  write(0, 'outreach.conclude'),
  write(0, 'occasion.record', 0, 1),
  write(0, 'exception.ask', 1, 2),
  write(0, 'gift.hand-over', 0, 1),
  write(0, 'gift.decline', 1),
  write(0, 'premise.check'),
  write(0, 'sweep.find'),
  write(0, 'sweep.return'),
  write(0, 'dispute.consent'),
  write(0, 'dispute.sign'),
  write(0, 'dispute.say-term'),
  write(0, 'dispute.settle'),
  write(0, 'hard-case.act'),
  write(0, 'need-report.file'),
  write(0, 'matter.tell'),
  write(0, 'visit.record', 2, 0),
  write(0, 'visit.explain-promise', 2),
  write(0, 'visit.record', 5, 2),
  write(0, 'visit.withdraw', 3),
  write(0, 'pair.make', 0),
  write(0, 'pair.plan', 0),
  write(0, 'pair.do', 0),
  write(0, 'pair.say', 0),
  write(0, 'pair.renew', 0),
  write(0, 'pair.make', 1),
  write(0, 'pair.end', 1),
  write(0, 'pair.make', 2),
  contact(0),
  { do: 'fetch', phone: 2 },
  write(2, 'study.note-day'),
  write(2, 'labour.confirm', 2),
  write(2, 'labour.return', 3),
  write(2, 'pair.take-over', 2),
  contact(2),
  { do: 'restore' },
];

/** A colleague writes in a village that is taken away before the phone finds the line. */
const lost: readonly Move[] = [write(2, 'visit.record'), contact(2), write(2, 'visit.record', 1), { do: 'scope' }];

/**
 * A clock is set to tomorrow between writing and sending, and the page is closed and opened: nights lie on both sides,
 * so nobody can tell whether it was set before or after, and its writer is asked.
 */
const clocked: readonly Move[] = [
  { do: 'night', hours: 30, asleep: true },
  write(0, 'visit.record'),
  { do: 'clock', phone: 0, days: 1 },
  { do: 'tab-crash', phone: 0, writes: null },
  { do: 'night', hours: 60, asleep: true },
  contact(0),
];

const cut = (phone: number, statement: number, tookEffect: boolean): Move => ({
  do: 'power-cut',
  phone,
  statement,
  tookEffect,
});

/** The power goes while phones hand up what they hold: before anything, between commands, after one took effect. */
export const blackout: readonly Move[] = [
  write(0, 'visit.record'),
  write(0, 'visit.correct'),
  write(0, 'labour.record', 4),
  cut(0, 5, false),
  write(2, 'visit.record', 1, 1),
  write(2, 'need-report.file'),
  cut(2, 13, true),
  write(1, 'sweep.find'),
  write(1, 'dispute.settle'),
  write(1, 'pair.make'),
  cut(1, 22, true),
  contact(0),
  cut(0, 400, false),
];

export const openings = [restored, lost, clocked];
