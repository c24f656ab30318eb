import { expect, test } from 'vitest';
import { takeFilling, watchFilling } from './filling.ts';

/** An element as far as it is asked: whether it is, or lies in, a field. */
class Part extends EventTarget {
  readonly #field: boolean;
  constructor(field: boolean) {
    super();
    this.#field = field;
  }
  closest(): Part | null {
    return this.#field ? this : null;
  }
}

test('[B12] a form of the phone is timed from its first field to the handing over; a button alone is not', () => {
  let clock = 1_000_000;
  const now = () => clock;
  const [field, button] = [new Part(true), new Part(false)];
  for (const part of [field, button]) watchFilling(part, now);
  button.dispatchEvent(new Event('pointerdown'));
  clock += 60_000;
  expect(takeFilling(now)).toBeUndefined();
  field.dispatchEvent(new Event('focusin'));
  clock += 20_400;
  field.dispatchEvent(new Event('input'));
  clock += 21_000;
  expect(takeFilling(now)).toBe(41);
  // Handed over: the next form begins anew.
  clock += 5_000;
  expect(takeFilling(now)).toBeUndefined();
  // Left lying over a day: it says nothing.
  field.dispatchEvent(new Event('pointerdown'));
  clock += 90_000_000;
  expect(takeFilling(now)).toBeUndefined();
});
