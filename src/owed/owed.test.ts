import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noticeRules } from '../app/notices.ts';
import { type Client, type TestCounty, done, startCounty } from '../app/testing.ts';
import { addDays, dayOf, endOfDay, isWorkingDay } from '../calendar/days.ts';
import type { Calendar } from '../calendar/model.ts';
import { hardCaseStream } from '../hard-cases/model.ts';
import { newId } from '../ledger/ids.ts';
import { sealAll } from '../ledger/seal.ts';
import { followEvents } from '../notices/follow.ts';
import { unready } from '../notices/ways.ts';
import { owedNames } from './model.ts';

let county: TestCounty;
const today = dayOf(new Date().toISOString());
beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.stop());

interface Line {
  id: string;
  name: string;
  kindName: string;
  due: string | null;
  late: boolean;
  official: string | null;
}
const owed = async (by: Client): Promise<Line[]> => (await done(by.get('/api/owed'))).body.rows as Line[];
const of = async (who: string, id: string): Promise<Line[]> =>
  (await owed(await county.as(who))).filter((line) => line.id === id);

const issue = async (more: object = {}): Promise<string> => {
  const id = newId();
  await done(
    (await county.as('inspector')).post(`/api/orders/${id}/issue`, {
      form: 'supervision',
      source: 'inspectorate',
      from: '县委县政府督查室',
      text: '三起超期的渠道塌方，定下办完的日子',
      unit: county.units.water,
      due: addDays(today, 10),
      ...more,
    }),
  );
  return id;
};

describe('what is owed stands on the first page of who owes it', () => {
  test('[C15] [I2] an order: its unit until somebody is named, then that person and who leads the unit, then its giver', async () => {
    const id = await issue();
    expect(await of('handler', id)).toMatchObject([
      {
        name: '三起超期的渠道塌方，定下办完的日子',
        kindName: owedNames.supervision,
        due: addDays(today, 10),
        late: false,
      },
    ]);
    expect(await of('waterhead', id)).toHaveLength(1);
    for (const other of ['otherhandler', 'clerk', 'head', 'leader', 'inspector', 'field', 'auditor'])
      expect(await of(other, id), other).toEqual([]);

    await done((await county.as('handler')).post(`/api/orders/${id}/take-up`, { person: county.id('handler') }));
    expect(await of('handler', id)).toMatchObject([{ official: null }]);
    expect(await of('waterhead', id)).toEqual([]);

    await done(
      (await county.as('handler')).post(`/api/orders/${id}/feed-back`, {
        words: '三处都已经修好，附了照片',
        final: true,
      }),
    );
    expect(await of('handler', id)).toEqual([]);
    expect(await of('inspector', id)).toMatchObject([{ kindName: owedNames.judge, due: null }]);
    await done(
      (await county.as('inspector')).post(`/api/orders/${id}/judge`, {
        done: false,
        words: '还有一处没有修',
        due: addDays(today, 3),
      }),
    );
    expect(await of('inspector', id)).toEqual([]);
    expect(await of('handler', id)).toMatchObject([{ due: addDays(today, 3) }]);
  });

  test('[C10] what a leader wrote on a matter with a day to hear of it, and an instruction to a person in the village', async () => {
    const clerk = await county.as('clerk');
    const matter = newId();
    await done(
      clerk.post(`/api/matters/${matter}/register`, {
        channel: 'mailbox',
        subject: '渠口堵了一个月',
        area: county.places.village,
      }),
    );
    await done(clerk.post(`/api/matters/${matter}/dispatch`, { unit: county.units.water }));
    await done(
      (await county.as('leader')).post(`/api/matters/${matter}/instruct`, {
        text: '三天内清通，告诉我结果',
        due: addDays(today, 3),
      }),
    );
    expect(
      (await owed(await county.as('handler'))).filter(({ name }) => name === '三天内清通，告诉我结果'),
    ).toMatchObject([{ kindName: owedNames.instruction, due: addDays(today, 3) }]);
    const own = await issue({ unit: county.units.liuhe, person: county.id('field') });
    expect(await of('field', own)).toHaveLength(1);
    expect(await of('otherfield', own)).toEqual([]);
    // Who leads the township is shown it when its person is late, with whose it is.
    expect(await of('head', own)).toEqual([]);
    await county.database.pool.query('update owed set due = $3 where county = $1 and stream = $2', [
      county.county,
      own,
      addDays(today, -1),
    ]);
    expect(await of('head', own)).toMatchObject([{ official: '王建军', late: true }]);
    expect(await of('otherfield', own)).toEqual([]);
    expect((await done((await county.as('head')).get('/api/owed'))).body.late).toBe(1);
  });

  test('[K1] [E1] [D3] tasks of meetings, minutes, disputes with their mediation, hard cases: one list, by its days', async () => {
    const [clerk, head, field, leader] = await Promise.all(
      ['clerk', 'head', 'field', 'leader'].map((who) => county.as(who)),
    );
    const meeting = newId();
    await done(
      clerk!.post(`/api/meetings/${meeting}/call`, {
        template: 'weekly',
        unit: county.units.liuhe,
        day: today,
        from: '08:30',
        place: '镇政府',
        chair: county.id('head'),
        invited: [county.id('field')],
      }),
    );
    expect(await of('head', meeting)).toMatchObject([{ kindName: owedNames.minutes, due: today }]);
    await done(
      clerk!.post(`/api/meetings/${meeting}/hold`, {
        present: [county.id('head'), county.id('field')],
        absent: [],
        decisions: [
          { words: '把北渠走一遍', unit: county.units.liuhe, official: county.id('field'), due: addDays(today, 2) },
        ],
      }),
    );
    expect(await of('field', meeting)).toMatchObject([{ name: '把北渠走一遍', kindName: owedNames.task }]);
    await done(field!.post(`/api/meetings/${meeting}/report-task`, { task: 0, step: 'done', words: '走完了' }));
    expect(await of('field', meeting)).toEqual([]);

    const dispute = newId();
    await done(
      clerk!.post(`/api/disputes/${dispute}/register`, {
        area: county.places.village,
        about: 'land',
        signs: [],
        subject: '两家争一条田埂',
        words: '两家争一条田埂，还没有动手',
        unit: county.units.liuhe,
        person: county.id('field'),
        due: addDays(today, 12),
      }),
    );
    expect(await of('field', dispute)).toMatchObject([{ kindName: owedNames.dispute, due: addDays(today, 12) }]);
    const mediator = newId();
    await done(
      clerk!.post(`/api/mediators/${mediator}/enrol`, {
        name: '老支书',
        area: county.places.liuhe,
        unit: county.units.liuhe,
        phone: '13900000000',
        background: 'veteran-member',
        qualification: '县里培训过',
        types: ['people'],
        abouts: [],
        until: addDays(today, 300),
      }),
    );
    await done(
      clerk!.post(`/api/disputes/${dispute}/open-mediation`, {
        type: 'people',
        mediator,
        parties: [{ name: '张家' }, { name: '李家' }],
      }),
    );
    expect((await of('field', dispute)).map(({ kindName, due }) => [kindName, due])).toEqual([
      [owedNames.dispute, addDays(today, 12)],
      [owedNames.mediation, addDays(today, 30)],
    ]);
    await done(
      clerk!.post(`/api/disputes/${dispute}/hand-over`, { unit: county.units.works, reason: '牵涉集镇红线，请住建看' }),
    );
    expect((await of('otherhandler', dispute)).map(({ kindName }) => kindName)).toEqual([owedNames.take]);

    const matter = newId();
    await done(
      clerk!.post(`/api/matters/${matter}/register`, {
        channel: 'letter',
        subject: '占地补偿十年没拿到',
        area: county.places.village,
      }),
    );
    const hardCase = hardCaseStream(matter);
    await done(
      leader!.post(`/api/hard-cases/${hardCase}/adopt`, {
        matter,
        team: [],
        until: addDays(today, 40),
        plan: '先把当年的账找出来，再一户一户对',
      }),
    );
    expect((await of('leader', hardCase)).map(({ kindName, due }) => [kindName, due])).toEqual([
      [owedNames['own-act'], addDays(today, 30)],
      [owedNames['hard-case'], addDays(today, 40)],
    ]);
    // In the order of their days, what has none at the end; and the same number as rows.
    for (const by of [head!, field!, leader!]) {
      const { rows, total } = (await done(by.get('/api/owed'))).body as { rows: Line[]; total: number };
      expect(total).toBe(rows.length);
      const days = rows.map(({ due }) => due ?? '9999');
      expect(days).toEqual(days.toSorted());
    }
  });
});

describe('what is owed is called to mind', () => {
  const carriers = { mail: unready('mail'), sms: unready('sms') };
  const pass = async (at: string): Promise<void> => {
    await sealAll(county.database.pool, county.county);
    await followEvents(county.system, county.county, noticeRules, carriers, at);
  };
  const told = async (stream: string): Promise<[kind: string, who: string][]> => {
    const { rows } = await county.database.pool.query<{ kind: string; official: string }>(
      'select kind, official from notice where stream = $1 and taken_at is null order by at, kind, official',
      [stream],
    );
    const names = new Map([...county.people].map(([key, official]) => [official, key]));
    return rows.map(({ kind, official }) => [kind, names.get(official) ?? '']);
  };

  test('[C15] [I2] [C5] an order is told, reminded of before its day, escalated after it, and silent once it is reported', async () => {
    await pass(new Date().toISOString());
    const calendar = (await county.system.policies(county.county)).get<Calendar>('calendar');
    const id = await issue({ due: addDays(today, 20), person: county.id('handler') });
    await pass(new Date().toISOString());
    expect(await told(id)).toEqual([['order.issued', 'handler']]);

    // By hand: two working days before the last working day there is, and that day, at the beginning of work.
    const working = (from: string, step: 1 | -1, count: number): string => {
      let day = from;
      while (!isWorkingDay(day, calendar)) day = addDays(day, step);
      for (let left = count; left > 0;) {
        day = addDays(day, step);
        if (isWorkingDay(day, calendar)) left -= 1;
      }
      return day;
    };
    const due = addDays(today, 20);
    const morning = (day: string): string => new Date(Date.parse(`${day}T08:31:00+08:00`)).toISOString();
    await pass(morning(working(due, -1, 2)));
    expect((await told(id)).slice(1)).toEqual([['reminder.before', 'handler']]);
    await pass(morning(working(due, -1, 0)));
    expect((await told(id)).slice(1)).toEqual([
      ['reminder.before', 'handler'],
      ['reminder.last', 'handler'],
    ]);
    expect(endOfDay(due) < morning(addDays(due, 1))).toBe(true);
    const first = working(addDays(due, 1), 1, 0);
    await pass(morning(first));
    await pass(morning(working(first, 1, 2)));
    await pass(morning(working(first, 1, 5)));
    expect((await told(id)).slice(3)).toEqual([
      ['reminder.late', 'handler'],
      ['reminder.late-leader', 'waterhead'],
      ['reminder.late-above', 'inspector'],
    ]);
    await done(
      (await county.as('handler')).post(`/api/orders/${id}/feed-back`, { words: '已经全部修好', final: true }),
    );
    await pass(morning(working(first, 1, 6)));
    // What was called to mind is taken back.
    expect(await told(id)).toEqual([['order.issued', 'handler']]);
  });

  test('[C15] the giver hears that there is a result, and the unit that it was not accepted, or is reminded', async () => {
    const id = await issue();
    const inspector = await county.as('inspector');
    await done(inspector.post(`/api/orders/${id}/remind`, { words: '请报到了哪一步' }));
    await done(
      (await county.as('handler')).post(`/api/orders/${id}/feed-back`, { words: '已经全部修好', final: true }),
    );
    await done(inspector.post(`/api/orders/${id}/judge`, { done: false, words: '还漏', due: addDays(today, 4) }));
    await pass(new Date().toISOString());
    expect((await told(id)).map(([kind]) => kind).toSorted()).toEqual([
      'order.issued',
      'order.reminded',
      'order.reported',
      'order.sent-back',
    ]);
    expect((await told(id)).filter(([, who]) => who === 'inspector')).toEqual([['order.reported', 'inspector']]);
  });

  test('[D3] a leader’s case is called to mind until its matter is closed by the resident, though nobody touched the case', async () => {
    const clerk = await county.as('clerk');
    const matter = newId();
    const taken = (
      await done(
        clerk.post(`/api/matters/${matter}/register`, {
          channel: 'phone',
          subject: '旧账没算清',
          area: county.places.village,
        }),
      )
    ).body as { told: { number: string; code: string } };
    const hardCase = hardCaseStream(matter);
    await done(
      (await county.as('leader')).post(`/api/hard-cases/${hardCase}/adopt`, {
        matter,
        team: [],
        until: addDays(today, 15),
        plan: '把账找出来，当面算清楚',
      }),
    );
    await done(clerk.post(`/api/matters/${matter}/dispatch`, { unit: county.units.water }));
    const handler = await county.as('handler');
    await done(
      handler.post(`/api/matters/${matter}/acknowledge`, {
        leader: county.id('waterhead'),
        handler: county.id('handler'),
        measures: '找出旧账核对',
      }),
    );
    await done(handler.post(`/api/matters/${matter}/dispose`, { disposition: 'solvable', cause: '账能算清' }));
    await done(handler.post(`/api/matters/${matter}/resolve`, { answer: '账已经当面算清，钱也补给您了。' }));
    await done(
      (await county.as('inspector')).post(`/api/matters/${matter}/call-back`, {
        outcome: 'confirmed',
        words: '算清了',
      }),
    );
    expect(taken.told.number).toBeDefined();
    expect(await of('leader', hardCase)).toEqual([]);
    await pass(new Date().toISOString());
    for (const days of [10, 13, 15, 18, 25])
      await pass(new Date(Date.parse(`${addDays(today, days)}T02:00:00Z`)).toISOString());
    expect(await told(hardCase)).toEqual([]);
  });
});
