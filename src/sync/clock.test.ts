import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { whenWritten } from './clock.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-26T10:00:00Z');
/** Written at noon the day before yesterday; the last contact was a day before that. */
const WRITTEN = NOW - 2 * DAY;
const known = (more: object = {}) => ({
  ahead: 0,
  contact: WRITTEN - DAY,
  after: 0,
  before: 0,
  setBefore: 0,
  setAfter: 0,
  ...more,
});

describe('when something was written on a phone', () => {
  test('an older phone says nothing of its clock: it was as wrong then as now, or as its monotonic clock says', () => {
    for (const off of [0, 365 * DAY, -365 * DAY]) {
      expect(whenWritten({ at: WRITTEN + off }, NOW + off, NOW)).toEqual({ at: WRITTEN, sure: true });
      expect(whenWritten({ at: 5, ago: 2 * DAY }, NOW + off, NOW)).toEqual({ at: WRITTEN, sure: true });
    }
    expect(whenWritten({ at: NOW + DAY }, NOW, NOW).at).toBe(NOW);
    expect(whenWritten({ at: 0 }, NOW, NOW).at).toBe(NOW - 60 * DAY);
  });

  test.each([
    ['nobody set it', { at: WRITTEN }, 0, WRITTEN],
    ['wrong by an hour all along', { at: WRITTEN + HOUR, known: known({ ahead: HOUR }) }, HOUR, WRITTEN],
    [
      'a year ahead while it was written, set right since',
      { at: WRITTEN + 365 * DAY, known: known({ ahead: 365 * DAY, setAfter: 1 }) },
      0,
      WRITTEN,
    ],
    ['right while it was written, a year ahead since', { at: WRITTEN }, 365 * DAY, WRITTEN],
    [
      'seen to be set before it was written: as it is now',
      { at: WRITTEN - DAY, known: known({ setBefore: 1 }) },
      -DAY,
      WRITTEN,
    ],
    [
      'seen to be set since: as it was at the contact before',
      { at: WRITTEN, known: known({ setAfter: 1 }) },
      -DAY,
      WRITTEN,
    ],
  ])('%s', (_, said, ahead, at) => {
    expect(whenWritten({ known: known(), ...said }, NOW + ahead, NOW)).toEqual({ at, sure: true });
  });

  test.each([
    ['set by a day, and nobody saw whether before or after', { at: WRITTEN }, DAY],
    ['seen to be set, and yet as it was', { at: WRITTEN, known: known({ setAfter: 1 }) }, 0],
    ['seen to be set before and after', { at: WRITTEN, known: known({ setBefore: 1, setAfter: 1 }) }, DAY],
    ['before the last contact, by every reading', { at: WRITTEN - 20 * DAY }, 0],
    ['after now, by every reading', { at: NOW + 20 * DAY }, 0],
    ['longer ago than anything may wait', { at: NOW - 70 * DAY, known: known({ contact: NOW - 80 * DAY }) }, 0],
  ])('%s: that is asked', (_, said, ahead) => {
    expect(whenWritten({ known: known(), ...said }, NOW + ahead, NOW).sure).toBe(false);
  });

  test('what the monotonic clock says narrows it down', () => {
    const forward = { at: WRITTEN + DAY };
    expect(whenWritten({ ...forward, known: known({ before: 2 * DAY }) }, NOW + DAY, NOW)).toEqual({
      at: WRITTEN,
      sure: true,
    });
    expect(whenWritten({ at: WRITTEN, known: known({ after: DAY }) }, NOW + DAY, NOW)).toEqual({
      at: WRITTEN,
      sure: true,
    });
    // No reading fits, and yet it can have been on one day only.
    const narrow = known({ contact: WRITTEN - HOUR, before: 2 * DAY - HOUR });
    expect(whenWritten({ at: 5, known: narrow }, NOW, NOW)).toMatchObject({ sure: true });
  });

  test('minutes are nobody’s question: both readings on one day are one', () => {
    const { at, sure } = whenWritten({ at: WRITTEN, known: known() }, NOW + 20 * 60_000, NOW);
    expect(sure).toBe(true);
    expect(Math.abs(at - WRITTEN)).toBeLessThanOrEqual(20 * 60_000);
  });

  test('a file says nothing of the clock now: it is as at the contact before, or asked', () => {
    expect(whenWritten({ at: WRITTEN + HOUR, known: known({ ahead: HOUR, setAfter: 3 }) }, undefined, NOW)).toEqual({
      at: WRITTEN,
      sure: true,
    });
    expect(whenWritten({ at: WRITTEN, known: known({ setBefore: 1 }) }, undefined, NOW)).toEqual({
      at: WRITTEN,
      sure: false,
    });
  });

  test('what a person said who was asked counts, within what is possible', () => {
    const asked = { at: 5, known: known({ setBefore: 1 }) };
    expect(whenWritten({ ...asked, chosen: WRITTEN }, NOW, NOW)).toEqual({ at: WRITTEN, sure: true });
    expect(whenWritten({ ...asked, chosen: NOW + DAY }, NOW, NOW)).toEqual({ at: NOW, sure: false });
    expect(whenWritten({ ...asked, chosen: NOW - 61 * DAY }, NOW, NOW).sure).toBe(false);
  });

  test('whatever is said, nothing lies in the future or further back than sixty days', () => {
    const ms = fc.integer({ min: -8e12, max: 8e12 });
    const count = fc.nat({ max: 2 });
    fc.assert(
      fc.property(
        fc.record({
          at: ms,
          chosen: fc.option(ms, { nil: undefined }),
          ago: fc.option(fc.nat(), { nil: undefined }),
          known: fc.option(
            fc.record({ ahead: ms, contact: ms, after: fc.nat(), before: fc.nat(), setBefore: count, setAfter: count }),
            { nil: undefined },
          ),
        }),
        fc.option(ms, { nil: undefined }),
        (said, clock) => {
          const { at } = whenWritten(said, clock, NOW);
          expect(at).toBeLessThanOrEqual(NOW);
          expect(at).toBeGreaterThanOrEqual(NOW - 60 * DAY);
        },
      ),
    );
  });
});
