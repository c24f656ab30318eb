import { accountStream } from '../accounts/model.ts';
import type { House } from '../app/operations/open.ts';
import { addDays, dayOf } from '../calendar/days.ts';
import { newId } from '../ledger/ids.ts';
import { type Report, percentile, round, say } from './figures.ts';
import { NO_PASSWORD } from './carry.ts';
import { cookieOf, facesOf, openIn, sealed, startServer } from './house.ts';
import { Connection, drive } from './http.ts';
import { atBothSizes } from './stock.ts';
import { numbers } from './words.ts';

const CLIENTS = 8;

/**
 * The desk's own load: one matter's whole procedure over HTTP — taken in, dispatched, returned, decided, a lead with
 * three co-handlers, an extension asked and granted, told, the answer, the resident's word — per second at one client and
 * at sixteen, each client on a matter of its own; and the inbox with its twenty filters at a million matters.
 */
export const run = async (quick: boolean): Promise<Report> => {
  const share = quick ? 0.2 : 1;
  const { small, large } = await atBothSizes(
    quick,
    (folder, county) => procedures(folder, county, 15 * share),
    (folder, county) => inbox(folder, county, 20 * share),
  );
  return { ...small, ...large };
};

interface Cast {
  readonly clerk: string;
  readonly head: string;
  readonly independent: string;
  readonly area: string;
  /** The unit asked first, the one it is decided to, and three with a part: each with the cookie of its handler. */
  readonly units: readonly { readonly unit: string; readonly official: string; readonly cookie: string }[];
}

async function cast(house: House, county: number): Promise<Cast> {
  const faces = await facesOf(house, county);
  const clerk = faces('clerk');
  const { rows } = await house.database.pool.query<{ unit: string; official: string }>(
    `select distinct on (p.unit) p.unit, p.official from post p join unit u on u.county = p.county and u.id = p.unit
      where p.county = $1 and p.role = 'handler' and u.kind = 'department' and p.until is null
        and p.unit <> all($2::uuid[]) order by p.unit, p.official limit 5`,
    // Who decides and who calls back stand in none of them.
    [county, [clerk.unit, faces('leader').unit, faces('inspector').unit]],
  );
  const units = [];
  for (const row of rows) {
    // In the demo only its faces can sign in; on a kept stock they were let in by an earlier measure.
    await house.system.ledger.execute({
      county,
      id: newId(),
      record: 'account',
      stream: accountStream(row.official),
      command: {
        kind: 'account.open',
        official: row.official,
        login: `b${row.official.slice(-12)}`,
        hash: NO_PASSWORD,
        mustChange: false,
      } as { kind: string },
      at: new Date().toISOString(),
      actor: 'system:bench',
      permit: () => true,
    });
    units.push({ ...row, cookie: await cookieOf(house, county, row.official) });
  }
  if (units.length < 5) throw new Error('the demo county has too few units with handlers');
  return {
    clerk: await cookieOf(house, county, clerk.official),
    head: await cookieOf(house, county, faces('leader').official),
    independent: await cookieOf(house, county, faces('inspector').official),
    area: clerk.area!,
    units,
  };
}

type Step = readonly [cookie: string, act: string, body: Record<string, unknown>];

/** The commands of one matter's whole course, in order. */
function course(who: Cast): Step[] {
  const [first, lead, ...helpers] = who.units as [Cast['units'][number], ...Cast['units'][number][]];
  const due = addDays(dayOf(new Date().toISOString()), 3);
  return [
    [
      who.clerk,
      'register',
      {
        channel: 'phone',
        subject: '村东头的水渠堵了，路也塌了半边',
        body: '水渠堵了一个多月，玉米浇不上水，塌的路段校车绕着走，前后找过村里两回。',
        area: who.area,
        reporter: { name: '王秀英', phone: '13000000000' },
      },
    ],
    [who.clerk, 'dispatch', { unit: first.unit, category: '0302' }],
    [first.cookie, 'return', { reason: '渠道归水利管，不归我们', betterUnit: lead!.unit }],
    [who.head, 'adjudicate', { unit: lead!.unit, ground: '照水利局三定方案' }],
    [
      lead!.cookie,
      'acknowledge',
      { leader: lead!.official, handler: lead!.official, measures: '先清渠，路和线各由协办单位修' },
    ],
    [lead!.cookie, 'dispose', { disposition: 'solvable', cause: '渠和路都能修' }],
    ...helpers.map(({ unit }): Step => [lead!.cookie, 'share', { unit, task: '修好塌掉的路段', due }]),
    ...helpers.map(({ cookie }, part): Step => [
      cookie,
      'answer-part',
      { part, text: '已经派人修好，恢复通车，照片附后。' },
    ]),
    [lead!.cookie, 'ask-extension', { days: 3, reason: '挖机调去抢险' }],
    [who.head, 'decide-extension', { grant: true }],
    [lead!.cookie, 'tell', { what: 'extension', means: 'phone' }],
    [lead!.cookie, 'resolve', { answer: '渠清了四十米，昨天通的水；路面也修好了，校车照常走。' }],
    [lead!.cookie, 'tell', { what: 'answer', means: 'phone' }],
    [who.independent, 'call-back', { outcome: 'confirmed', words: '水通了，路也好走了', score: 5 }],
  ];
}

async function procedures(folder: string, county: number, seconds: number): Promise<Report> {
  const server = await startServer(folder);
  const house = await openIn(folder);
  try {
    const who = await cast(house, county);
    await sealed(house);
    const steps = course(who);
    const report: Record<string, unknown> = { steps: steps.length };
    const load = async (clients: number, span: number): Promise<{ perSecond: number; times: number[] }> => {
      const times: number[] = [];
      const began = performance.now();
      const until = began + span * 1000;
      await Promise.all(
        Array.from({ length: clients }, async () => {
          const connection = new Connection(server.port);
          try {
            while (performance.now() < until) {
              const from = performance.now();
              const id = newId();
              for (const [cookie, act, body] of steps) {
                const { status, body: answer } = await connection.request('POST', `/api/matters/${id}/${act}`, cookie, {
                  ...body,
                  command: newId(),
                });
                if (status !== 200) throw new Error(`${act} was answered ${status}: ${answer.slice(0, 300)}`);
              }
              times.push(performance.now() - from);
            }
          } finally {
            connection.close();
          }
        }),
      );
      return { perSecond: times.length / ((performance.now() - began) / 1000), times };
    };
    await load(4, seconds / 4);
    for (const clients of [1, 16]) {
      const { perSecond, times } = await load(clients, seconds);
      report[`c${clients}_per_s`] = round(perSecond);
      report[`c${clients}_p50_ms`] = round(percentile(times, 0.5));
      report[`c${clients}_p95_ms`] = round(percentile(times, 0.95));
      say(
        `whole procedure, ${clients} clients: ${perSecond.toFixed(1)}/s, p95 ${percentile(times, 0.95).toFixed(0)} ms`,
      );
    }
    return report;
  } finally {
    await house.close();
    await server.stop();
  }
}

/** Twenty ways a desk narrows its list, alone and together, asked by those who ask them. */
async function inbox(folder: string, county: number, seconds: number): Promise<Report> {
  const server = await startServer(folder);
  const house = await openIn(folder);
  try {
    const { pool } = house.database;
    const { rows: counted } = await pool.query<{ n: number }>('select count(*) as n from matter where county = $1', [
      county,
    ]);
    const faces = await facesOf(house, county);
    const cookies = new Map<string, string>();
    for (const role of ['clerk', 'handler', 'head', 'leader'])
      cookies.set(role, await cookieOf(house, county, faces(role).official));
    const { rows: villages } = await pool.query<{ id: string }>(
      `select id from area where county = $1 and level = 'village' order by id`,
      [county],
    );
    const { rows: units } = await pool.query<{ unit: string }>(
      'select unit from matter where county = $1 and open group by unit order by count(*) desc limit 20',
      [county],
    );
    const draw = numbers(17);
    const town = faces('clerk').area!;
    const village = (): string => villages[draw(villages.length)]!.id;
    const unit = (): string => units[draw(units.length)]!.unit;
    const year = (): number => 2023 + draw(3);
    const filters: readonly [as: string, query: () => string][] = [
      ['clerk', () => 'when=open'],
      ['clerk', () => 'when=late'],
      ['clerk', () => 'when=today'],
      ['clerk', () => 'when=asked'],
      ['clerk', () => 'when=paused'],
      ['clerk', () => `township=${town}&status=resolved`],
      ['clerk', () => `village=${village()}&when=open`],
      ['clerk', () => 'raised=yes'],
      ['head', () => 'returned=yes&when=open'],
      ['head', () => 'reopened=yes&when=open'],
      ['head', () => 'sort=newest'],
      ['head', () => 'shared=open'],
      ['handler', () => 'status=handling'],
      ['handler', () => 'when=open'],
      ['handler', () => 'mine=handler&when=open'],
      ['handler', () => 'back=recheck'],
      ['leader', () => `unit=${unit()}&status=handling`],
      ['leader', () => `channel=letter&when=open&unit=${unit()}`],
      ['leader', () => `category=03&disposition=deferred`],
      ['leader', () => `from=${year()}-03-01&to=${year() + 1}-03-01&sort=newest&village=${village()}`],
    ];
    let n = 0;
    const next = () => {
      const [as, query] = filters[n++ % filters.length]!;
      return { method: 'GET', path: `/api/matters?${query()}&size=20`, cookie: cookies.get(as)! };
    };
    await drive(server.port, CLIENTS, seconds / 4, next);
    const { times, perSecond } = await drive(server.port, CLIENTS, seconds, next);
    const report = {
      matters: counted[0]!.n,
      filters: filters.length,
      inbox_p50_ms: round(percentile(times, 0.5)),
      inbox_p95_ms: round(percentile(times, 0.95)),
    };
    say(`inbox at ${report.matters}: p95 ${report.inbox_p95_ms} ms, ${Math.round(perSecond)}/s`);
    // Each filter alone, so that a slow one is seen.
    for (const [as, query] of filters) {
      const alone = await drive(server.port, 1, Math.max(0.2, seconds / 40), () => ({
        method: 'GET',
        path: `/api/matters?${query()}&size=20`,
        cookie: cookies.get(as)!,
      }));
      say(
        `  ${as} ${query()}: p50 ${percentile(alone.times, 0.5).toFixed(1)} ms, p95 ${percentile(alone.times, 0.95).toFixed(1)} ms`,
      );
    }
    return report;
  } finally {
    await house.close();
    await server.stop();
  }
}
