import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noticeRules } from '../app/notices.ts';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { dueOf } from '../calendar/clocks.ts';
import type { Calendar, ClockRun } from '../calendar/model.ts';
import { calendars, dayRuns, dueByList, dueByMinutes, hourRuns, worksByList } from '../calendar/testing.ts';
import { sealAll } from '../ledger/seal.ts';
import { followEvents } from './follow.ts';
import { nextAt, nextWithin } from './hours.ts';
import { type Deadline, type Hours, type NoticeSettings, type ReminderSettings, noticePolicies } from './model.ts';
import { sendDue } from './outbox.ts';
import { saidOf, stepsOf } from './remind.ts';
import { unready } from './ways.ts';

const carriers = { mail: unready('mail'), sms: unready('sms') };
const settings = noticePolicies[0]!.standard.document as NoticeSettings;
const reminders = noticePolicies[1]!.standard.document as ReminderSettings;

// ── an independent calculator: it walks over quarters of an hour and days of a list, and knows no arithmetic of ours ──

const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});
const wallClock = (instant: number): { day: string; time: string } => {
  const [day, time] = shanghai.format(new Date(instant)).split(' ') as [string, string];
  return { day, time };
};
const MINUTE = 60_000;
const isInside = (instant: number, hours: Hours, calendar: Calendar): boolean => {
  const { day, time } = wallClock(instant);
  return time >= hours.from && time < hours.to && (hours.days === 'all' || worksByList(day, calendar));
};
/** The first instant inside, looked for minute by minute; exact where it is inside already. */
const walkInside = (from: number, hours: Hours, calendar: Calendar): number => {
  if (isInside(from, hours, calendar)) return from;
  // Whole days that are not open are stepped over, or a holiday takes ten thousand looks.
  for (let at = Math.floor(from / MINUTE) * MINUTE + MINUTE; ;) {
    const { day, time } = wallClock(at);
    const open = hours.days === 'all' || worksByList(day, calendar);
    if (open && time >= hours.from && time < hours.to) return at;
    if (!open || time >= hours.to) {
      at = Date.parse(`${day}T00:00:00+08:00`) + 24 * 60 * MINUTE;
      continue;
    }
    at += MINUTE;
  }
};
const stepDay = (day: string, by: number): string =>
  wallClock(Date.parse(`${day}T12:00:00+08:00`) + by * 86_400_000).day;
const morning = (day: string): number => Date.parse(`${day}T${settings.officials.from}:00+08:00`);
const countDays = (day: string, count: number, by: 1 | -1, calendar: Calendar): string => {
  let at = day;
  if (by === -1) while (!worksByList(at, calendar)) at = stepDay(at, -1);
  for (let left = count; left > 0;) {
    at = stepDay(at, by);
    if (worksByList(at, calendar)) left -= 1;
  }
  return at;
};

/** Every reminder of a clock, as `step instant`. */
function byHand(run: ClockRun, rules: ReminderSettings, calendar: Calendar): string[] {
  const hours = run.rule.unit === 'hour';
  const found: [string, number][] = [];
  const due = hours ? dueByMinutes(run) : dueByList(run, calendar);
  if (due === 'paused') return [];
  const end = hours ? Date.parse(due) : Date.parse(`${due}T00:00:00+08:00`) + 86_400_000 - 1;
  if (hours)
    for (const count of rules.beforeHours) {
      const at = walkInside(end - count * 60 * MINUTE, settings.urgent, calendar);
      if (at < end) found.push([`hours ${count}`, at]);
    }
  else for (const count of rules.before) found.push([`before ${count}`, morning(countDays(due, count, -1, calendar))]);
  for (const { days, to } of rules.late) {
    const first = walkInside(end + 1, hours && days === 0 ? settings.urgent : settings.officials, calendar);
    found.push([`${to} ${days}`, days === 0 ? first : morning(countDays(wallClock(first).day, days, 1, calendar))]);
  }
  return found
    .filter(([, at]) => at > Date.parse(run.startedAt))
    .map(([name, at]) => `${new Date(at).toISOString()} ${name}`)
    .toSorted();
}

const deadlineOf = (run: ClockRun, calendar: Calendar): Deadline | undefined => {
  const due = dueOf(run, calendar);
  if (due.paused) return undefined;
  const nobody = { official: undefined };
  return {
    run: `${run.rule.id} ${run.startedAt}`,
    due: due.due,
    day: due.day,
    hours: run.rule.unit === 'hour',
    since: run.startedAt,
    handler: nobody,
    leader: nobody,
    above: nobody,
    about: 'reminder',
    words: {},
  };
};

const rules: fc.Arbitrary<ReminderSettings> = fc.record({
  before: fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 4 }),
  beforeHours: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
  late: fc.uniqueArray(
    fc.record({
      days: fc.integer({ min: 0, max: 12 }),
      to: fc.constantFrom('handler' as const, 'leader' as const, 'above' as const),
    }),
    { maxLength: 5, selector: ({ days, to }) => `${to} ${days}` },
  ),
  above: fc.constant('inspector' as const),
});

describe('[C5] when reminders are due', () => {
  test('[C5] every reminder of every clock equals an independent calculator’s', () => {
    fc.assert(
      fc.property(fc.oneof(dayRuns, dayRuns, hourRuns), rules, calendars, (run, some, calendar) => {
        const deadline = deadlineOf(run, calendar);
        const ours = deadline === undefined ? [] : stepsOf(deadline, some, settings, calendar);
        expect(ours.map(({ at, name }) => `${at} ${name}`).toSorted()).toEqual(byHand(run, some, calendar));
      }),
      { numRuns: 400 },
    );
  }, 120_000);

  test('[C5] all of them lie inside working hours, but those of clocks in hours, which wake nobody either', () => {
    fc.assert(
      fc.property(fc.oneof(dayRuns, hourRuns), rules, calendars, (run, some, calendar) => {
        const deadline = deadlineOf(run, calendar);
        if (deadline === undefined) return;
        for (const { at, rung } of stepsOf(deadline, some, settings, calendar)) {
          const hours =
            deadline.hours && (rung === 'before' || rung === 'handler') ? settings.urgent : settings.officials;
          // A working morning is inside the urgent hours as well.
          expect(isInside(Date.parse(at), deadline.hours ? settings.urgent : hours, calendar), at).toBe(true);
        }
      }),
    );
  });

  test('[L6] what is due in quiet time waits for the first moment after it, over holidays and make-up days', () => {
    const instants = fc.integer({ min: Date.parse('2023-01-01'), max: Date.parse('2028-12-01') });
    const hours: fc.Arbitrary<Hours> = fc.record({
      from: fc.constantFrom('00:00', '08:30', '09:00'),
      to: fc.constantFrom('12:00', '17:30', '23:59'),
      days: fc.constantFrom('working' as const, 'all' as const),
    });
    fc.assert(
      fc.property(instants, hours, calendars, (at, some, calendar) => {
        expect(Date.parse(nextWithin(new Date(at).toISOString(), some, calendar))).toBe(walkInside(at, some, calendar));
      }),
      { numRuns: 300 },
    );
    // Golden Week of 2026: Wednesday 30 September in the evening, Thursday to Wednesday off; Saturday the 10th is worked.
    const calendar: Calendar = {
      years: {
        2026: {
          holidays: ['01', '02', '03', '04', '05', '06', '07'].map((d) => `2026-10-${d}`),
          workdays: ['2026-09-20', '2026-10-10'],
          source: '试验',
        },
      },
    };
    const quiet = (at: string) => nextWithin(`${at}+08:00`, settings.officials, calendar);
    expect(quiet('2026-09-30T18:00:00')).toBe('2026-10-08T00:30:00.000Z');
    expect(quiet('2026-10-09T17:30:00')).toBe('2026-10-10T00:30:00.000Z');
    expect(quiet('2026-10-10T17:29:59')).toBe('2026-10-10T09:29:59.000Z');
    expect(quiet('2026-10-10T17:30:00')).toBe('2026-10-12T00:30:00.000Z');
    expect(nextAt('2026-10-09T09:00:00+08:00', '08:30', calendar)).toBe('2026-10-10T00:30:00.000Z');
  });

  test('[C5] of several due at once each hears the last of theirs, and nothing about “soon” once it is late', () => {
    const at = '2026-12-01T00:30:00.000Z';
    const step = (name: string, rung: 'before' | 'handler' | 'leader') =>
      ({ name, at, kind: 'reminder.late', to: { official: undefined }, rung }) as const;
    const said = (...steps: ReturnType<typeof step>[]) => saidOf(steps).map(({ name }) => name);
    expect(said(step('before 2', 'before'), step('before 0', 'before'))).toEqual(['before 0']);
    expect(said(step('before 0', 'before'), step('handler 0', 'handler'), step('leader 2', 'leader'))).toEqual([
      'handler 0',
      'leader 2',
    ]);
    expect(said(step('handler 0', 'handler'), step('handler 3', 'handler'))).toEqual(['handler 3']);
    expect(said()).toEqual([]);
  });
});

describe('[C5] reminders of a matter', () => {
  let county: TestCounty;
  let clerk: Client;
  let handler: Client;
  let start: number;

  beforeAll(async () => {
    county = await startCounty();
    clerk = await county.as('clerk');
    handler = await county.as('handler');
    await pass(Date.now());
    start = Date.now();
  });
  afterAll(() => county.stop());

  async function pass(time: number): Promise<number> {
    const now = new Date(time).toISOString();
    await sealAll(county.database.pool, county.county);
    const { reminders: said } = await followEvents(county.system, county.county, noticeRules, carriers, now);
    await sendDue(county.system, county.county, carriers, () => now);
    return said;
  }
  async function dispatched(clock = 'hotline.7-days'): Promise<string> {
    const id = county.newId();
    await done(
      clerk.post(`/api/matters/${id}/register`, {
        channel: 'phone',
        subject: '桥栏杆断了',
        area: county.places.village,
      }),
    );
    await done(clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water, clock }));
    await done(
      handler.post(`/api/matters/${id}/acknowledge`, {
        leader: county.id('waterhead'),
        handler: county.id('handler'),
        measures: '先拦起来，再焊',
      }),
    );
    return id;
  }
  /** What was ever said about a matter's clocks, with who heard it and when it was said, as `day time kind who`. */
  async function said(id: string): Promise<string[]> {
    const { rows } = await county.database.pool.query<{
      kind: string;
      shown_at: string;
      official: string;
      taken: boolean;
    }>(
      `select kind, shown_at, official, taken_at is not null as taken from notice
        where stream = $1 and clock is not null order by shown_at, kind`,
      [id],
    );
    const names = new Map([...county.people].map(([key, official]) => [official, key]));
    return rows.map(({ kind, shown_at, official, taken }) => {
      const { day, time } = wallClock(Date.parse(shown_at));
      return `${day} ${time} ${kind} ${names.get(official)}${taken ? ' taken back' : ''}`;
    });
  }
  const clockOfMatter = async (id: string): Promise<ClockRun> =>
    (await county.ledger.read<{ clock: ClockRun }>(county.county, 'matter', id)).state.clock;
  /** Half an hour at a time, from one instant to another. */
  async function live(from: number, until: number): Promise<void> {
    for (let at = Math.ceil(from / (30 * MINUTE)) * 30 * MINUTE; at <= until; at += 30 * MINUTE) await pass(at);
  }
  const calendar = async () => (await county.system.policies(county.county)).get<Calendar>('calendar');

  test('[C5] come two working days before, on the last day, to the handler when late, then the leader, then the inspector', async () => {
    const id = await dispatched();
    const run = await clockOfMatter(id);
    // An orderly process looks often; nothing is said twice, and what is said equals the calculator.
    await live(start, start + 24 * 86_400_000);
    const expected = byHand(run, reminders, await calendar()).map((line) => {
      const [at, rung, count] = line.split(' ') as [string, string, string];
      const { day, time } = wallClock(Date.parse(at));
      const kind = {
        before: count === '0' ? 'reminder.last' : 'reminder.before',
        handler: 'reminder.late',
        leader: 'reminder.late-leader',
        above: 'reminder.late-above',
      }[rung];
      const who = { before: 'handler', handler: 'handler', leader: 'waterhead', above: 'inspector' }[rung];
      return `${day} ${time} ${kind} ${who}`;
    });
    expect(await said(id)).toEqual(expected);
    expect(expected).toHaveLength(5);
    const { body } = await done((await county.as('inspector')).get('/api/notices'));
    expect(body.notices.find(({ stream }: { stream: string }) => stream === id)).toMatchObject({
      kind: 'reminder.late-above',
      text: expect.stringContaining('水利局超期未办'),
    });
    // The answer ends the clock: what was said is taken back, and leaves the bell.
    await done(handler.post(`/api/matters/${id}/dispose`, { disposition: 'solvable', cause: '焊得上，已经焊好' }));
    await done(handler.post(`/api/matters/${id}/resolve`, { answer: '栏杆已经焊好，过往安全，谢谢提醒。' }));
    await pass(start + 24 * 86_400_000 + MINUTE);
    expect((await said(id)).filter((line) => line.endsWith('taken back'))).toHaveLength(5);
    const after = (await done((await county.as('inspector')).get('/api/notices'))).body;
    // What it hears now is of the desk's own clock, which began with the answer and is late at this hour as well.
    const left = after.notices.filter(({ stream }: { stream: string }) => stream === id) as { text: string }[];
    expect(left.filter(({ text }) => text.includes('水利局'))).toEqual([]);
  }, 120_000);

  test('[C5] a clock that stands still says nothing and takes its reminders back; moved, it is reminded of its new day', async () => {
    const id = await dispatched();
    const first = await clockOfMatter(id);
    const due = dueOf(first, await calendar());
    if (due.paused) throw new Error('it runs');
    await pass(Date.parse(due.due) - MINUTE);
    expect((await said(id)).map((line) => line.split(' ')[2])).toEqual(['reminder.last']);
    await done(handler.post(`/api/matters/${id}/suspend`, { reason: '等鉴定结果' }));
    await pass(Date.parse(due.due) + 30 * 86_400_000);
    expect((await said(id)).every((line) => line.endsWith('taken back'))).toBe(true);
    expect(await said(id)).toHaveLength(1);
    await done(handler.post(`/api/matters/${id}/resume`, {}));
    await done(handler.post(`/api/matters/${id}/ask-extension`, { days: 20, reason: '材料要从外地来' }));
    await done(clerk.post(`/api/matters/${id}/decide-extension`, { grant: true }));
    const moved = await clockOfMatter(id);
    expect(dueOf(moved, await calendar())).not.toMatchObject({ due: due.due });
    const lines = byHand(moved, reminders, await calendar());
    const before = Date.parse(lines[0]!.split(' ')[0]!);
    expect(await pass(before - MINUTE)).toBe(0);
    expect(await pass(before)).toBe(1);
    expect(await pass(before + MINUTE)).toBe(0);
  });

  test('[C5] several processes at once, and a process that died half-way, say each step once', async () => {
    const id = await dispatched('hotline.24-hours');
    const [first] = byHand(await clockOfMatter(id), reminders, await calendar());
    const at = Date.parse(first!.split(' ')[0]!);
    await pass(at - MINUTE);
    const counts = await Promise.all([pass(at), pass(at), pass(at)]);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(1);
    // As if the process had died after writing the notice and before marking the step.
    await county.database.pool.query(`update reminder set done = '{}', next_at = $2 where stream = $1`, [
      id,
      new Date(at),
    ]);
    expect(await pass(at + 1)).toBe(0);
    expect(await said(id)).toHaveLength(1);
  });

  test('[C5] a county changes the steps; clocks that run already follow the new ones', async () => {
    const id = await dispatched('hotline.15-days');
    await pass(start);
    await county.publish('reminders', { ...reminders, before: [5], late: [{ days: 1, to: 'above' }], above: 'head' });
    const changed = { ...reminders, before: [5], late: [{ days: 1, to: 'above' as const }] };
    const lines = byHand(await clockOfMatter(id), changed, await calendar());
    for (const line of lines) await pass(Date.parse(line.split(' ')[0]!));
    expect((await said(id)).map((line) => line.split(' ').slice(2).join(' '))).toEqual([
      'reminder.before handler',
      'reminder.late-above head',
    ]);
    await county.publish('reminders', reminders);
  });

  test('[C5] what was promised a household is reminded of, to who promised it, until it is kept', async () => {
    const field = await county.as('field');
    const household = county.newId();
    const resident = county.newId();
    await county.give('household', household, {
      kind: 'household.register',
      area: county.places.grid,
      address: '柳河村 12 号',
      residents: [{ id: resident, name: '欧阳秀', bornYear: 1961, relation: '户主' }],
      contact: county.id('field'),
    });
    const visit = county.newId();
    const by = wallClock(Date.now() + 12 * 86_400_000).day;
    await done(
      field.post(`/api/visits/${visit}/record`, {
        household,
        contact: 'met',
        metAt: new Date().toISOString(),
        note: '说了水管的事，答应月底前来修。',
        withWhom: [resident],
        promises: [{ what: '把水管修好', by }],
      }),
    );
    await pass(start);
    const last = morning(countDays(by, 0, -1, await calendar()));
    await pass(last);
    const { body } = await done(field.get('/api/notices'));
    expect(body.notices[0]).toMatchObject({ kind: 'promise.last', record: 'visit', stream: visit });
    expect(JSON.stringify(body)).not.toContain('欧阳');
    await done(field.post(`/api/visits/${visit}/keep-promise`, { promise: 0, how: '修好了' }));
    await pass(last + MINUTE);
    expect((await done(field.get('/api/notices'))).body.notices).toEqual([]);
  });
});
