import { randomBytes } from 'node:crypto';
import { accountStream } from '../accounts/model.ts';
import { openSession } from '../accounts/sessions.ts';
import type { Role } from '../access/model.ts';
import { policyStream } from '../policy/tables.ts';
import { idOf, newId } from '../ledger/ids.ts';
import type { Database } from '../storage/database.ts';
import { type TestDatabase, freshDatabase } from '../storage/testing.ts';
import { command, foundCounty } from './county.ts';
import { SESSION_COOKIE } from './server.ts';
import { type Opening, openSystem } from './system.ts';

/** What came back from a request. */
export interface Answer {
  readonly status: number;
  // Tests look into answers of every shape.
  // oxlint-disable-next-line no-explicit-any
  readonly body: any;
  readonly headers: Headers;
}

export interface Client {
  readonly official: string | undefined;
  /** The session's token, for requests made without this client. */
  readonly cookie: string | undefined;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body?: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** Any request, e.g. with a form or a file. */
  send(method: string, path: string, init?: RequestInit): Promise<Answer>;
}

/** A hash that fits no password: tests sign in by session. */
const NO_PASSWORD = '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA';

/**
 * A county of its own for one test file: a fresh database, two townships with two villages each and two grids a
 * village, a desk, departments, and an official for every role. Everything is made by commands, as in life.
 */
export async function startCounty(options: { since?: string; database?: TestDatabase<unknown> } = {}) {
  const database = options.database ?? (await freshDatabase());
  const setup = { key: randomBytes(32), publicUrl: 'http://localhost:8080' };
  let system = openSystem(database, setup);
  const { ledger } = system;
  const since = options.since ?? '2025-01-01';
  const founded = await foundCounty(database, ledger, {
    code: '990101',
    name: '清河县',
    prefix: 'QH',
    desk: '群众工作部',
    administrator: { name: '系统管理员', login: 'admin' },
  });
  const { county, root, desk } = founded;
  const give = (record: string, stream: string, given: { kind: string } & Record<string, unknown>, at?: string) =>
    command(ledger, county, record, stream, given, at === undefined ? {} : { at });

  const area = async (parent: string, type: string, name: string, code: string): Promise<string> => {
    const id = idOf('area', code);
    await give('area', id, { kind: 'area.add', parent, type, name, code });
    return id;
  };
  const places = {
    root,
    liuhe: await area(root, '镇', '柳河镇', '990101101'),
    chengguan: await area(root, '镇', '城关镇', '990101102'),
    village: '',
    otherVillage: '',
    grid: '',
    otherGrid: '',
    farVillage: '',
    farGrid: '',
  };
  places.village = await area(places.liuhe, '村', '柳河村', '990101101201');
  places.otherVillage = await area(places.liuhe, '村', '北渠村', '990101101202');
  places.farVillage = await area(places.chengguan, '社区', '东关社区', '990101102001');
  places.grid = await area(places.village, '网格', '柳河村第一网格', '99010110120101');
  places.otherGrid = await area(places.otherVillage, '网格', '北渠村第一网格', '99010110120201');
  places.farGrid = await area(places.farVillage, '网格', '东关第一网格', '99010110200101');

  const unit = async (name: string, type: string, where: string): Promise<string> => {
    const id = idOf('unit', name);
    await give('unit', id, { kind: 'unit.add', parent: null, type, name, area: where });
    return id;
  };
  const units = {
    desk,
    liuhe: await unit('柳河镇人民政府', 'township', places.liuhe),
    chengguan: await unit('城关镇人民政府', 'township', places.chengguan),
    water: await unit('水利局', 'department', root),
    works: await unit('住建局', 'department', root),
  };

  const people = new Map<string, string>();
  const official = async (
    key: string,
    name: string,
    of: string,
    role: Role | undefined,
    where: string | null,
  ): Promise<string> => {
    const id = idOf('official', key);
    await give('official', id, { kind: 'official.register', name, title: '', unit: of, phone: '19000000001' });
    if (role !== undefined)
      await give('official', id, { kind: 'official.give-post', role, unit: of, area: where, title: '', since });
    await give('account', accountStream(id), {
      kind: 'account.open',
      official: id,
      login: key.replace(/[^a-z0-9]/g, ''),
      hash: NO_PASSWORD,
      mustChange: false,
    });
    people.set(key, id);
    return id;
  };
  await official('field', '王建军', units.liuhe, 'field', null);
  await official('otherfield', '赵小兰', units.liuhe, 'field', null);
  await official('farfield', '孙大伟', units.chengguan, 'field', null);
  await official('clerk', '李芳', units.liuhe, 'clerk', places.liuhe);
  await official('farclerk', '周敏', units.chengguan, 'clerk', places.chengguan);
  await official('countyclerk', '吴静', desk, 'clerk', root);
  await official('handler', '李强', units.water, 'handler', null);
  await official('waterhead', '陈局', units.water, undefined, null);
  await give('official', people.get('waterhead')!, {
    kind: 'official.give-post',
    role: 'handler',
    unit: units.water,
    area: null,
    title: '局长',
    since,
  });
  await official('otherhandler', '钱程', units.works, 'handler', null);
  await official('head', '张敏', units.liuhe, 'head', places.liuhe);
  await official('farhead', '郑平', units.chengguan, 'head', places.chengguan);
  await official('leader', '何书记', desk, 'leader', root);
  await official('inspector', '严查', desk, 'inspector', root);
  await official('auditor', '宋审', desk, 'auditor', root);
  people.set('administrator', founded.administrator);
  await give('account', accountStream(founded.administrator), {
    kind: 'account.open',
    official: founded.administrator,
    login: 'admin',
    hash: NO_PASSWORD,
    mustChange: false,
  });
  await give('unit', units.water, {
    kind: 'unit.lead',
    head: people.get('waterhead')!,
    reception: people.get('handler')!,
  });
  await give('unit', units.works, { kind: 'unit.lead', head: people.get('otherhandler')!, reception: null });
  for (const [who, where] of [
    ['field', places.village],
    ['otherfield', places.otherVillage],
    ['farfield', places.farVillage],
  ] as const) {
    await give('assignment', idOf('assignment', who), {
      kind: 'assignment.make',
      official: people.get(who)!,
      type: 'village',
      area: where,
      household: null,
      unit: null,
      role: '综合联村干部',
      since,
    });
  }

  let app = await system.serve(county);
  const cookies = new Map<string, string>();

  const clientOf = (id: string | undefined, cookie: string | undefined): Client => {
    const send = async (method: string, path: string, init: RequestInit = {}): Promise<Answer> => {
      const headers = new Headers(init.headers);
      if (cookie !== undefined) headers.set('cookie', `${SESSION_COOKIE}=${cookie}`);
      const response = await app.request(path, { ...init, method, headers });
      const type = response.headers.get('content-type') ?? '';
      const body: unknown = type.includes('json')
        ? await response.json()
        : type.includes('text')
          ? await response.text()
          : new Uint8Array(await response.arrayBuffer());
      return { status: response.status, body, headers: response.headers };
    };
    const json = (method: string) => (path: string, body?: unknown) =>
      send(method, path, { body: JSON.stringify(body ?? {}), headers: { 'content-type': 'application/json' } });
    return {
      official: id,
      cookie,
      send,
      get: (path) => send('GET', path),
      post: json('POST'),
      put: json('PUT'),
      delete: (path) => send('DELETE', path),
    };
  };

  return {
    ...founded,
    get system() {
      return system;
    },
    get ledger() {
      return system.ledger;
    },
    database,
    get app() {
      return app;
    },
    places,
    units,
    /** An official's id by their key: field, otherfield, clerk, handler, head, leader, inspector, administrator, auditor … */
    id: (key: string): string => {
      const id = people.get(key);
      if (id === undefined) throw new Error(`nobody is called ${key} in the test county`);
      return id;
    },
    people,
    keyOf: (official: string): string => [...people].find(([, id]) => id === official)![0],
    newId,
    /** A client signed in as that official, or as nobody. */
    async as(key?: string, options: { readonly anew?: boolean } = {}): Promise<Client> {
      if (key === undefined) return clientOf(undefined, undefined);
      const id = people.get(key);
      if (id === undefined) throw new Error(`nobody is called ${key} in the test county`);
      let cookie = options.anew === true ? undefined : cookies.get(key);
      if (cookie === undefined) {
        const { token } = await openSession(
          ledger.query,
          county,
          { account: accountStream(id), official: id, device: '测试', address: '127.0.0.1' },
          new Date().toISOString(),
          { idleHours: 12, sessionDays: 30, attempts: 5, attemptMinutes: 15 },
        );
        cookies.set(key, (cookie = token));
      }
      return clientOf(id, cookie);
    },
    give,
    /**
     * A process of its own on the same database, as after a crash or an upgrade: nothing the one before held in memory is
     * left. Clients made before go on with the new one.
     * @param through what the new process reaches the database by
     */
    async restart(through: Database | undefined = database, more: Partial<Opening> = {}): Promise<void> {
      system = openSystem(through, { ...setup, ...more });
      app = await system.serve(county);
    },
    /** Publishes a policy document, in force from the start, and has it read anew. */
    async publish(name: string, document: unknown): Promise<void> {
      await give('policy', policyStream(county, name), {
        kind: 'policy.publish',
        name,
        document,
        validFrom: since,
        source: '县里的决定',
        reason: '试用',
      });
      await system.freshPolicies(county);
    },
    /** Ends the county and removes its database. */
    stop: () => database.drop(),
  };
}
/** An answer that must be a yes. @throws with what came instead */
export async function done(answer: Promise<Answer>): Promise<Answer> {
  const got = await answer;
  if (got.status !== 200) throw new Error(`${got.status} ${JSON.stringify(got.body)}`);
  return got;
}

export type TestCounty = Awaited<ReturnType<typeof startCounty>>;
