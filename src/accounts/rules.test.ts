import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Recorded, fold, isRefusal } from '../ledger/decider.ts';
import {
  AccountCommand,
  type AccountCommand as Command,
  type AccountEvent,
  type AccountFacts,
  type AccountState,
  Login,
  accountRefusals,
} from './model.ts';
import { accounts } from './rules.ts';
import { accountRecord } from './tables.ts';

const OFFICIAL = '01890000-0000-7000-8000-000000000001';
const hash = '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$AAAA';
const fine: AccountFacts = { officialKnown: true, loginTaken: false, own: false };
const open: Command = { kind: 'account.open', official: OFFICIAL, login: 'wang', hash, mustChange: true };
const passkey = (id: string) => ({ id, key: 'k', transports: [], name: '我的手机' });

const commands: fc.Arbitrary<Command> = fc.oneof(
  fc.boolean().map((mustChange): Command => ({ ...open, mustChange }) as Command),
  fc.constant<Command>({ kind: 'account.set-password', hash: `${hash}1` }),
  fc.constant<Command>({ kind: 'account.reset', hash: `${hash}2` }),
  fc.nat(13).map((n): Command => ({ kind: 'account.add-passkey', passkey: passkey(`p${n}`) })),
  fc.nat(13).map((n): Command => ({ kind: 'account.drop-passkey', id: `p${n}` })),
  fc.constant<Command>({ kind: 'account.close' }),
);
const facts: fc.Arbitrary<AccountFacts> = fc.record({
  officialKnown: fc.boolean(),
  loginTaken: fc.boolean(),
  own: fc.boolean(),
});

function run(steps: readonly (readonly [Command, AccountFacts])[]): {
  state: AccountState;
  events: Recorded<AccountEvent>[];
} {
  const events: Recorded<AccountEvent>[] = [];
  let state = accounts.initial;
  for (const [command, known] of steps) {
    const verdict = accounts.decide(state, command, known);
    if (isRefusal(verdict)) {
      expect(accountRefusals).toHaveProperty([verdict.refused]);
      continue;
    }
    for (const event of verdict) {
      const stamp = { actor: 'a', at: '2026-03-02T01:00:00.000Z', version: events.length + 1 };
      events.push({ ...event, stamp });
      state = accounts.evolve(state, event, stamp);
    }
  }
  return { state, events };
}

describe('whatever is asked in whatever order', () => {
  const steps = fc.array(fc.tuple(commands, facts), { maxLength: 40 });
  test('the state is the fold of the events', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { state, events } = run(given);
        expect(fold(accounts, events)).toEqual(state);
      }),
    );
  });
  test('[L1] an account that is not open has no way in: no hash, no passkey', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { state } = run(given);
        if (state.state !== 'open') expect([state.hash, state.passkeys]).toEqual([undefined, []]);
        expect(new Set(state.passkeys.map((p) => p.id)).size).toBe(state.passkeys.length);
        expect(state.passkeys.length).toBeLessThanOrEqual(10);
      }),
    );
  });
  test('[L1] a password another person chose must be changed, one’s own must not', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { state, events } = run(given);
        const last = events.findLast((e) => 'personal' in e);
        if (state.state === 'open') {
          expect(state.mustChange).toBe(
            last?.kind === 'account.password-reset' || (last?.kind === 'account.opened' && last.mustChange),
          );
        }
      }),
    );
  });
  test('[L1] the hash never stands outside the personal part, nor in a read row', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { state, events } = run(given);
        const outside = events.map((event) => ({ ...event, personal: undefined }));
        expect(JSON.stringify(outside)).not.toContain('argon2');
        expect(JSON.stringify(accountRecord.rows(1, OFFICIAL, state, { get: () => undefined as never }))).not.toContain(
          'argon2',
        );
      }),
    );
  });
});

describe('examples', () => {
  const opened = run([[open, fine]]).state;
  test.each<[string, AccountState, Command, AccountFacts, string]>([
    ['an account for nobody', accounts.initial, open, { ...fine, officialKnown: false }, 'account.no-official'],
    ['a login twice', accounts.initial, open, { ...fine, loginTaken: true }, 'account.login-taken'],
    ['a second account', opened, open, fine, 'account.exists'],
    ['a password before opening', accounts.initial, { kind: 'account.set-password', hash }, fine, 'account.not-open'],
    ['closing one’s own', opened, { kind: 'account.close' }, { ...fine, own: true }, 'account.own'],
    ['dropping what is not there', opened, { kind: 'account.drop-passkey', id: 'x' }, fine, 'passkey.unknown'],
  ])('%s is refused', (_, state, command, known, code) => {
    expect(accounts.decide(state, command, known)).toMatchObject({ refused: code });
  });
  test('an erased hash leaves an account no password fits', () => {
    const erased = accounts.evolve(
      accounts.initial,
      { kind: 'account.opened', official: OFFICIAL, login: 'wang', mustChange: false },
      { actor: 'a', at: '2026-03-02T01:00:00.000Z', version: 1 },
    );
    expect(erased.hash).toBeUndefined();
  });
  test('logins are the same in every case and width', () => {
    expect(Login.parse(' Wang.JianJun ')).toBe('wang.jianjun');
    expect(Login.parse('ＷＡＮＧ０１')).toBe('wang01');
    expect(Login.parse('王建军')).toBe('王建军');
    for (const bad of ['', 'a', 'a b', '-ab', 'x'.repeat(33), "a';--"])
      expect(Login.safeParse(bad).success).toBe(false);
  });
  test('commands with a password instead of a hash do not parse', () => {
    expect(AccountCommand.safeParse({ kind: 'account.set-password', hash: 'my-plain-password' }).success).toBe(false);
  });
});
