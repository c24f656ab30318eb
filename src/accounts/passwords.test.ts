import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashPassword, oneTimePassword, passwordFault, verifyPassword } from './passwords.ts';

describe('what a password may be', () => {
  test('only length, the login and what everybody tries first are refused: no composition', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 10, maxLength: 60, unit: fc.constantFrom(...'abcdefghijklmnop红黄蓝绿') }),
        (password) => {
          const chars = [...password];
          fc.pre(new Set(chars).size > 2);
          expect(passwordFault(password, 'wangjianjun')).toBe(
            password === 'abcdefghij' ? 'password.obvious' : undefined,
          );
        },
      ),
    );
  });
  test('nothing shorter than ten characters passes, counted as people count', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 9, unit: 'grapheme-ascii' }), (password) => {
        expect(passwordFault(password, 'x')).toBe('password.short');
      }),
    );
    expect(passwordFault('𠮷𠮷𠮷𠮷𠮷', 'x')).toBe('password.short');
  });
  test.each([
    ['zhang-san-2026', 'zhang-san-2026', 'password.login'],
    ['Zhang-San-2026', 'zhang-san-2026', 'password.login'],
    ['1234567890', 'x', 'password.obvious'],
    ['１２３４５６７８９０', 'x', 'password.obvious'],
    ['Password123', 'x', 'password.obvious'],
    ['aaaaaaaaaaaa', 'x', 'password.obvious'],
    ['柳河 水渠 清淤 三月', 'x', undefined],
    ['correct horse battery', 'x', undefined],
  ])('%s for %s: %s', (password, login, fault) => {
    expect(passwordFault(password, login)).toBe(fault);
  });
  test('one-time passwords pass the rule and do not repeat', () => {
    const many = Array.from({ length: 500 }, oneTimePassword);
    expect(new Set(many).size).toBe(500);
    for (const password of many) {
      expect(passwordFault(password, 'x')).toBeUndefined();
      expect(password).toMatch(/^[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){2}$/);
    }
  });
});

describe('hashes', () => {
  test('fit their password and no other; the salt is fresh', async () => {
    const [one, two] = await Promise.all([hashPassword('柳河 水渠 清淤'), hashPassword('柳河 水渠 清淤')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$=]+\$[^$=]+$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword('柳河 水渠 清淤', one)).toBe(true);
    expect(await verifyPassword('柳河 水渠 清淤', two)).toBe(true);
    expect(await verifyPassword('柳河 水渠 清於', one)).toBe(false);
  });
  test('full-width typing is the same password', async () => {
    expect(await verifyPassword('ａｂｃ１２３ｄｅｆ４５６', await hashPassword('abc123def456'))).toBe(true);
  });
  test('parameters are read from the hash, so that the cost may be raised later', async () => {
    // From the reference implementation’s own tests: two passes, 64 MiB, one lane, salt "somesalt".
    const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await verifyPassword('password', reference)).toBe(true);
    expect(await verifyPassword('differentpassword', reference)).toBe(false);
  });
  test('without a hash nothing fits, and it takes as long as with one', async () => {
    const hash = await hashPassword('柳河 水渠 清淤');
    // Processor time, in turns: what else the machine does meanwhile counts for neither.
    const times: [number[], number[]] = [[], []];
    for (let i = 0; i < 9; i++)
      for (const [list, stored] of [[times[0], hash] as const, [times[1], undefined] as const]) {
        const start = process.cpuUsage();
        expect(await verifyPassword('没有这个密码没有这个', stored)).toBe(false);
        const { user, system } = process.cpuUsage(start);
        list.push(user + system);
      }
    const [known, unknown] = [Math.min(...times[0]), Math.min(...times[1])];
    expect(unknown / known).toBeGreaterThan(0.4);
    expect(unknown / known).toBeLessThan(2.5);
  });
});
