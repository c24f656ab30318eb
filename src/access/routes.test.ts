import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { policyKinds, routesOf } from '../app/features.ts';
import { type Answer, type Client, type TestCounty, startCounty } from '../app/testing.ts';
import type { Route } from '../contract/route.ts';
import { valuesOf } from '../contract/testing.ts';
import { idOf, newId } from '../ledger/ids.ts';
import { type Affairs, FAR_MARK, MARK, PHONE, REPORTER_PHONE, affairsIn } from './affairs/testing.ts';
import { circleStream } from '../tip-offs/tables.ts';
import { actionFor, expected, isCommand, lets, roles } from './testing.ts';

const SEED = 20_261_121;
const routes = Object.entries(
  routesOf(() => {
    throw new Error('the county of a test is founded already');
  }),
) as unknown as [string, Route][];

/** A version no record has: whoever may give the command hears of a conflict, so that no command changes anything. */
const NEVER = 999_999;
/** By then every form given so far is noted. */
const NOTED_MS = 1_000;

let county: TestCounty;
let near: Affairs;
let far: Affairs;
/** A policy everyone may read: it is no township's secret. */
const guide = newId();
let before: Map<string, Map<string, string>>;
const clients = new Map<string, Client>();
const as = async (key?: string): Promise<Client> => {
  const client = clients.get(key ?? '') ?? (await county.as(key));
  clients.set(key ?? '', client);
  return client;
};

beforeAll(async () => {
  county = await startCounty();
  const { units, places } = county;
  await county.give('guide', guide, {
    kind: 'guide.publish',
    title: '冬季取暖补贴怎么领',
    gist: '低保户每户每年一次，到村里填一张表就行。',
    source: '县民政局〔2026〕8 号',
    validFrom: '2026-01-01',
  });
  const { gather, happen } = affairsIn(county, as, guide);
  const [farGathered, nearGathered] = [await gather(places.chengguan, 'farfield'), await gather(places.liuhe, 'field')];
  far = await happen(
    'farfield',
    'farclerk',
    units.works,
    places.farGrid,
    FAR_MARK,
    idOf('assignment', 'farfield'),
    farGathered,
  );
  // What forms were given is noted together, a quarter of a second after the first.
  await setTimeout(NOTED_MS);
  before = await shownToFar();
  near = await happen('field', 'clerk', units.water, places.grid, MARK, idOf('assignment', 'field'), nearGathered);
}, 120_000);
afterAll(() => county.stop());

const gathered = { campaigns: 'a', teams: 'a', members: 'a' };
/** How each role of the test county stands to what happened in the near township; to the far one only `*` helps. */
const standing: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  field: {
    suggestions: 'a',
    meetings: 's',
    households: 'as',
    visits: 'as',
    matters: 'as',
    assignments: 's',
    outreaches: 'as',
    studies: 's',
    sweeps: 'u',
    disputes: 'us',
    mediators: 'a',
    'hard-cases': 'a',
    talks: 'as',
    premises: 'a',
    ballots: 's',
    informants: 'a',
    'need-reports': 'as',
    labours: 'as',
    pairs: 'as',
    festivals: 'a',
    gifts: 'as',
    exceptions: 's',
  },
  clerk: {
    rotas: 'a',
    'reception-days': 'a',
    'hall-desks': 'a',
    tickets: 'a',
    dialogues: 'a',
    suggestions: 'a',
    meetings: 'as',
    'standing-groups': 'a',
    responsibilities: 'a',
    households: 'a',
    visits: 'a',
    matters: 'a',
    orders: 'a',
    'policy-changes': 'a',
    assignments: 'a',
    outreaches: 'a',
    studies: 'a',
    sweeps: 'au',
    disputes: 'au',
    mediators: 'a',
    'hard-cases': 'a',
    backlogs: 'a',
    talks: 'a',
    premises: 'a',
    informants: 'a',
    'need-reports': 'a',
    labours: 'a',
    pairs: 'a',
    papers: 'a',
    festivals: 'a',
    gifts: 'a',
    hotspots: 'a',
    reviews: 'as',
    ...gathered,
  },
  // Who handled the petition stands no nearer to its review than a stranger; the clerk of the hall asked for it.
  handler: {
    matters: 'u',
    'hard-cases': 'u',
    hotspots: 'u',
    orders: 'u',
    'policy-changes': 'u',
    papers: 'u',
    suggestions: 'u',
  },
  leader: { reviews: 'u' },
  head: {
    rotas: 'a',
    'reception-days': 'as',
    'hall-desks': 'as',
    tickets: 'a',
    dialogues: 'as',
    suggestions: 'a',
    meetings: 'as',
    'standing-groups': 'a',
    responsibilities: 'a',
    households: 'a',
    visits: 'a',
    matters: 'a',
    orders: 'a',
    'policy-changes': 'a',
    assignments: 'a',
    outreaches: 'a',
    studies: 'a',
    sweeps: 'au',
    disputes: 'au',
    mediators: 'a',
    'hard-cases': 'as',
    backlogs: 'a',
    talks: 'a',
    premises: 'a',
    ballots: 'a',
    informants: 'a',
    'need-reports': 'a',
    labours: 'a',
    pairs: 'a',
    papers: 'a',
    festivals: 'a',
    gifts: 'a',
    exceptions: 'a',
    hotspots: 'a',
    ...gathered,
  },
};

/** Routes for one's own affairs: what they are about follows from who asks. */
const own = /^(DELETE|POST|GET) \/api\/(account|session|sessions|occasions|owed|forms|notices|sync)(\/|$)/;
/** Routes that keep a household's or a matter's door; which records they open is told by the path. */
const kept =
  /\/api\/(households|visits|matters|assignments|labours|pairs|festivals|gifts|exceptions|campaigns|teams|members|outreaches|studies|talks|premises|informants|ballots|need-reports|meetings|standing-groups|responsibilities|suggestions|papers|orders|policy-changes|rotas|reception-days|hall-desks|tickets|dialogues|tip-offs|tip-circle|findings|sweeps|disputes|mediators|hard-cases|backlogs|hotspots|reviews)\/:id/;
/** A part's own doors: none of these roles' units has a part in either matter. */
const ofCoHandlers = /matters\/:id\/(answer|decline)-part$/;
/** What each writes of themselves, or issues in their own unit's name, whoever they are. */
const ofOneself = /(labours\/:id\/record|papers\/:id\/issue)$/;

const lineFor = (address: string) => {
  const line = expected.get(actionFor(address) ?? '');
  if (line === undefined) throw new Error(`${address} is not in the second table`);
  return line;
};

/** Whether the second table lets this role do what the route does to that township's record. */
function allowed(address: string, role: (typeof roles)[number], where: 'near' | 'far'): boolean {
  const letters = lineFor(address)[role];
  const family = kept.exec(address)?.[1];
  if (family === undefined || ofOneself.test(address)) return letters !== '-';
  if (ofCoHandlers.test(address)) return lets(letters, '');
  // Reviews of every township are kept by the county's own unit.
  const everywhere = family === 'reviews' && role === 'leader';
  return lets(letters, where === 'near' || everywhere ? (standing[role]?.[family] ?? '') : '');
}

const made =
  /^(?!.*tickets\/:id\/(register|join|call)$).*\/(register|record|make|call|grant|arrange|announce|open|check|charge|enrol|file|start|found|join|issue)$|hotspots\/:id\/raise$|tickets\/:id\/take$|(?<!(disputes|meetings)\/:id)\/hold$|(?<!(talks|dialogues|reviews)\/:id)\/ask$|(?<!studies\/:id)\/propose$/;

/** The path with the record's own id, or those of things every official may look at. */
function pathOf(address: string, of: Affairs): string {
  const path = address.slice(address.indexOf(' ') + 1);
  const fresh = made.test(path) ? newId() : undefined;
  const id = (): string => {
    if (path.startsWith('/api/households')) return fresh ?? of.household;
    if (path.startsWith('/api/visits') || path.includes('sign/')) return fresh ?? of.visit;
    if (path.startsWith('/api/matters')) return fresh ?? of.matter;
    if (path.startsWith('/api/orders')) return fresh ?? of.order;
    if (path.startsWith('/api/assignments')) return fresh ?? of.assignment;
    if (path.startsWith('/api/outreaches')) return fresh ?? of.outreach;
    if (path.startsWith('/api/informants')) return fresh ?? of.informant;
    if (/^(\/api\/ballots|\/ballot)\//.test(path)) return fresh ?? of.ballot;
    if (path.startsWith('/api/need-reports')) return fresh ?? of.needReport;
    if (path.includes('informant/')) return of.informant;
    if (path.includes('need-report/')) return of.needReport;
    if (path.startsWith('/api/guides')) return guide;
    if (path.startsWith('/api/talks')) return fresh ?? of.talk;
    if (path.startsWith('/api/studies')) return fresh ?? of.study;
    if (path.startsWith('/api/sweeps')) return of.sweep;
    if (path.includes('/disputes') || path.includes('/mediation')) return fresh ?? of.dispute;
    if (path.startsWith('/api/mediators')) return fresh ?? of.mediator;
    if (path.startsWith('/api/hard-cases')) return of.hardCase;
    if (path.includes('/backlogs')) return fresh ?? of.backlog;
    if (path.startsWith('/api/hotspots')) return fresh ?? of.hotspot;
    if (path.includes('receptions/')) return of.outreach;
    if (path.includes('reception-days/')) return fresh ?? of.reception;
    if (/\/rotas?\//.test(path)) return of.rota;
    if (path.includes('hall-desks/')) return fresh ?? of.hallDesk;
    if (/\/tickets?\//.test(path)) return fresh ?? of.ticket;
    if (path.includes('dialogues/')) return fresh ?? of.dialogue;
    if (path.startsWith('/api/labours')) return fresh ?? of.labour;
    if (/^(\/api)?\/pairs?\//.test(path)) return fresh ?? of.pair;
    if (path.startsWith('/api/festivals')) return fresh ?? of.festival;
    if (path.startsWith('/api/gifts')) return fresh ?? of.gift;
    if (path.startsWith('/api/papers')) return fresh ?? of.paper;
    if (path.startsWith('/api/exceptions')) return fresh ?? of.exception;
    if (path.startsWith('/api/reviews')) return fresh ?? of.review;
    if (path.startsWith('/api/campaigns')) return fresh ?? of.campaign;
    if (path.startsWith('/api/teams')) return fresh ?? of.team;
    if (path.startsWith('/api/members')) return fresh ?? of.member;
    if (path.startsWith('/api/tip-offs')) return fresh ?? of.tipOff;
    if (path.startsWith('/api/tip-circle')) return circleStream(county.county);
    if (path.startsWith('/api/suggestions')) return fresh ?? of.suggestion;
    if (path.startsWith('/api/meetings')) return fresh ?? of.meeting;
    // Its id follows from the matter and the unit: it stands there already, and is made again all the same.
    if (path.startsWith('/api/standing-groups')) return fresh ?? of.standingGroup;
    if (path.startsWith('/api/responsibilities')) return of.responsibility;
    if (path.startsWith('/api/areas')) return county.places.village;
    if (path.startsWith('/api/units')) return county.units.water;
    if (path.startsWith('/api/officials') || path.startsWith('/api/cards')) return county.id('waterhead');
    return newId();
  };
  const named: Readonly<Record<string, () => string>> = {
    id,
    visit: () => of.visit,
    number: () => of.number.replaceAll(' ', ''),
    official: () => county.id('field'),
    area: () => county.places.village,
    unit: () => county.units.water,
    name: () => policyKinds[0]!.name,
    day: () => '2026-11-20',
    month: () => '2026-11',
    check: () => 'household-contact',
    list: () => 'village-point',
    gap: () => 'village-group',
    code: () => 'six-visits',
    file: () => `${of.matter}.json`,
    photo: () => of.photo,
  };
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const value = named[name];
    if (value === undefined) throw new Error(`${address}: say here what :${name} stands for`);
    return encodeURIComponent(value());
  });
}

/** What a list needs to be asked with; the others are asked plainly. */
const asked = (path: string): string => {
  const { places, units } = county;
  const questions: Readonly<Record<string, string>> = {
    '/api/people': `q=${encodeURIComponent('欧阳')}`,
    '/api/search': `q=${encodeURIComponent('欧阳')}`,
    '/api/areas/search': `q=${encodeURIComponent('村')}`,
    '/api/units/search': `q=${encodeURIComponent('局')}`,
    '/api/officials/search': `q=${encodeURIComponent('王')}`,
    '/api/reception-days/figures/records': 'what=held',
    '/api/statistics/lines': 'period=year',
    '/print/cards': `unit=${units.liuhe}`,
    '/api/ledger': `township=${places.liuhe}&month=${new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)}`,
  };
  const question =
    questions[path] ?? (path.includes('ledger') && !path.includes('index') ? questions['/api/ledger'] : undefined);
  return question === undefined ? path : `${path}?${question}`;
};

/** A body the route's own schema lets in, about that township. */
function bodyFor(address: string, route: Route, of: Affairs): unknown {
  if (route.body === undefined) return {};
  const known = [county.units.water, of.resident];
  const good = fc
    .sample(valuesOf(route.body, known), { numRuns: 60, seed: SEED })
    .find((value) => route.body!.safeParse(value).success);
  const about = {
    ...(/households\/:id\/register|matters\/:id\/register|outreaches\/:id\/arrange|studies\/:id\/open|talks\/:id\/hold|premises\/:id|informants\/:id\/enrol|need-reports\/:id\/file|hotspots\/:id\/raise|suggestions\/:id\/file|reception-days\/:id\/announce|hall-desks\/:id\/open|dialogues\/:id\/announce/.test(
      address,
    )
      ? { area: of.area }
      : {}),
    ...(/(visits\/:id\/record|pairs\/:id\/make)/.test(address) ? { household: of.household } : {}),
    ...(/festivals\/:id\/open/.test(address) ? { area: of.area } : {}),
    ...(/gifts\/:id\/propose/.test(address) ? { household: of.household, festival: of.festival } : {}),
    ...(/assignments\/:id\/make/.test(address)
      ? {
          area: of === near ? county.places.village : county.places.farVillage,
          type: 'village',
          household: null,
          unit: null,
          official: county.id('waterhead'),
        }
      : {}),
    ...(/(campaigns|teams)\/:id\/(start|found)/.test(address) ? { area: of.area, parent: null } : {}),
    ...(/members\/:id\/join/.test(address) ? { team: of.team } : {}),
    ...(/policy-changes\/:id\/pass-over/.test(address) ? { matter: of.matter } : {}),
    ...(/orders\/:id\/issue/.test(address) ? { unit: county.units.water, matter: of.matter } : {}),
    ...(/disputes\/:id\/register/.test(address)
      ? { area: of.area, unit: of === near ? county.units.liuhe : county.units.chengguan }
      : {}),
    ...(/mediators\/:id\/(enrol|amend)|backlogs\/:id\/open/.test(address) ? { area: of.area } : {}),
    ...(/hard-cases\/:id\/(propose|adopt)/.test(address) ? { matter: of.matter } : {}),
    ...(/meetings\/:id\/call/.test(address) ? { unit: of === near ? county.units.liuhe : county.units.chengguan } : {}),
    ...(/standing-groups\/:id\/found/.test(address) ? { area: of.area } : {}),
    ...(/responsibilities\/:id\/assign/.test(address)
      ? { unit: of === near ? county.units.liuhe : county.units.chengguan, field: 'mass-work' }
      : {}),
    ...(/papers\/:id\/issue/.test(address)
      ? {
          subject: {
            kind: 'ledger',
            id: `2026-11_township_${of === near ? county.places.liuhe : county.places.chengguan}`,
          },
        }
      : {}),
    ...(/tickets\/:id\/take/.test(address) ? { desk: of.hallDesk } : {}),
    ...(/exceptions\/:id\/(ask|grant)/.test(address) ? { official: of.official } : {}),
    // A command's own name, as each device makes it: sent twice it would get the first one's answer.
    ...(kept.test(address) ? { expected: NEVER, command: newId() } : {}),
  };
  return { ...(good as object | undefined), ...about };
}

async function ask(client: Client, address: string, route: Route, of: Affairs): Promise<Answer> {
  const method = address.slice(0, address.indexOf(' '));
  const path = pathOf(address, of);
  if (method === 'GET') return await client.get(kept.test(address) ? path : asked(path));
  if (route.body === undefined) return await client.send(method, path);
  return await client.post(path, bodyFor(address, route, of));
}

const isAway = ({ status, body }: Answer): boolean =>
  (status === 404 && body?.refused === 'access.denied') || (status === 401 && body?.refused === 'access.sign-in');

/** A door kept shut says the same to all and nothing of what is behind it. */
function saysNothing({ body, status }: Answer, code: string): void {
  expect(body.refused, `${status} ${JSON.stringify(body).slice(0, 300)}`).toBe(code);
  expect(Object.keys(body as object).toSorted()).toEqual(['message', 'refused']);
}

/** Routes of everyone: pages and sign-in, where nobody is turned away at the door. */
const open = routes.filter(([, route]) => ['portal.use', 'session.open'].includes(route.action));
const closed = routes.filter(([, route]) => !['portal.use', 'session.open'].includes(route.action));
/** These change who may sign in, or the county itself: asked of whom the table refuses, and by their features' own tests. */
const harmful =
  /POST \/api\/(accounts|areas|units|officials|policies|webhooks|api-keys|organisation|households\/import|guides)/;

describe('every route', () => {
  test('[L1] takes its action from the second table as well', () => {
    for (const [address, route] of routes) expect(route.action, address).toBe(actionFor(address));
    expect(routes.filter(([address]) => !expected.has(actionFor(address) ?? ''))).toEqual([]);
    expect(closed.length).toBeGreaterThan(90);
  });

  test.each(closed)('[L1] %s: each role, inside and outside its area, and nobody', async (address, route) => {
    if (lineFor(address).anyone === '-') {
      const answer = await ask(await as(), address, route, near);
      expect(answer.status).toBe(401);
      saysNothing(answer, 'access.sign-in');
    }
    for (const role of roles) {
      const client = await as(role);
      for (const where of ['near', 'far'] as const) {
        const may = allowed(address, role, where);
        if (may && harmful.test(address)) continue;
        const answer = await ask(client, address, route, where === 'near' ? near : far);
        const story = `${role}, ${where}: ${answer.status} ${JSON.stringify(answer.body)?.slice(0, 300)}`;
        expect(answer.status, story).toBeLessThan(500);
        if (!may) {
          expect(answer.status, story).toBe(404);
          saysNothing(answer, 'access.denied');
        } else if (!own.test(address) && !address.endsWith('/signature')) {
          expect(isAway(answer), story).toBe(false);
          // What a command would do was weighed to the end: only the version stood in the way.
          if (kept.test(address) && isCommand(address)) expect(answer.body.refused, story).toBe('ledger.conflict');
          if (address.startsWith('GET')) expect(answer.status, story).toBeLessThan(300);
        }
      }
    }
  });

  test('[L1] what is open to everyone shows nobody what one household said', async () => {
    for (const [address, route] of open) {
      if (!address.startsWith('GET')) continue;
      for (const of of [near, far]) {
        const answer = await ask(await as(), address, route, of);
        expect(answer.status, address).toBeLessThan(500);
        const text = await textOf(answer);
        for (const mark of [MARK, FAR_MARK, PHONE, REPORTER_PHONE])
          expect(text.includes(mark), `${address} shows ${mark}`).toBe(false);
      }
    }
  });

  test('[L1] a record that is not there answers like one that may not be seen', async () => {
    const nowhere = {
      ...near,
      household: newId(),
      visit: newId(),
      matter: newId(),
      assignment: newId(),
      outreach: newId(),
      rota: newId(),
      reception: newId(),
      hallDesk: newId(),
      ticket: newId(),
      dialogue: newId(),
      study: newId(),
      sweep: newId(),
      dispute: newId(),
      mediator: newId(),
      hardCase: newId(),
      backlog: newId(),
      hotspot: newId(),
      talk: newId(),
      informant: newId(),
      ballot: newId(),
      needReport: newId(),
      labour: newId(),
      pair: newId(),
      festival: newId(),
      gift: newId(),
      paper: newId(),
      exception: newId(),
      review: newId(),
      campaign: newId(),
      team: newId(),
      member: newId(),
      tipOff: newId(),
      order: newId(),
      suggestion: newId(),
      meeting: newId(),
      standingGroup: newId(),
      responsibility: newId(),
    };
    for (const [address, route] of closed.filter(([a]) => kept.test(a) && !made.test(a))) {
      for (const role of roles) {
        if (allowed(address, role, 'far')) continue;
        const client = await as(role);
        const [missing, hidden] = [await ask(client, address, route, nowhere), await ask(client, address, route, far)];
        expect([missing.status, missing.body], `${address} as ${role}`).toEqual([hidden.status, hidden.body]);
      }
    }
  }, 90_000);
});

/** Lists, searches, figures, exports and prints: what is asked without naming a record. */
const lists = routes.filter(
  ([address, route]) =>
    address.startsWith('GET') &&
    !/:(id|official|area|unit|visit|number|file)/.test(address) &&
    route.action !== 'session.open',
);

async function textOf({ body, headers }: Answer): Promise<string> {
  if (body instanceof Uint8Array && (headers.get('content-type') ?? '').includes('sheet'))
    return JSON.stringify(await readExcel(Buffer.from(body)));
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** What one asker is shown in every list, with and without words to search for. Instants pass, so they are left out. */
async function shown(key: string): Promise<Map<string, string>> {
  const client = await as(key);
  const all = new Map<string, string>();
  for (const [address, route] of lists) {
    const path = asked(
      pathOf(address, {
        household: '',
        resident: '',
        visit: '',
        matter: '',
        number: '',
        code: '',
        area: '',
        assignment: '',
        outreach: '',
        rota: '',
        reception: '',
        hallDesk: '',
        ticket: '',
        dialogue: '',
        study: '',
        sweep: '',
        dispute: '',
        mediator: '',
        hardCase: '',
        backlog: '',
        hotspot: '',
        talk: '',
        informant: '',
        ballot: '',
        needReport: '',
        labour: '',
        pair: '',
        festival: '',
        gift: '',
        paper: '',
        exception: '',
        review: '',
        campaign: '',
        team: '',
        member: '',
        tipOff: '',
        suggestion: '',
        meeting: '',
        standingGroup: '',
        responsibility: '',
        official: '',
        photo: '',
        order: '',
      }),
    );
    const words = `q=${encodeURIComponent(MARK)}`;
    const sought = /[?&]q=/.test(path)
      ? path.replace(/q=[^&]*/, words)
      : `${path}${path.includes('?') ? '&' : '?'}${words}`;
    for (const question of route.query?.safeParse({ q: MARK }).success === true ? [path, sought] : [path]) {
      const answer = await client.get(question);
      expect(answer.status, `${question} as ${key}: ${JSON.stringify(answer.body).slice(0, 200)}`).not.toBe(422);
      const text = await textOf(answer);
      all.set(`${address} ${question}`, text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z|\d\d:\d\d/g, '…'));
    }
  }
  return all;
}

const farOnes = ['farfield', 'farclerk', 'farhead', 'otherhandler', 'administrator'];
const shownToFar = async (): Promise<Map<string, Map<string, string>>> => {
  const all = new Map<string, Map<string, string>>();
  for (const key of farOnes) all.set(key, await shown(key));
  return all;
};

describe('every list, search, figure, export and print', () => {
  test('[L1] shows another township’s officials nothing of what happened here, not even in a count', async () => {
    for (const [key, was] of before) {
      const is = await shown(key);
      for (const [question, text] of is) {
        const toAll = open.some(([address]) => question.startsWith(`${address} `));
        // A number is read out on the phone and stands on the public board; alone it opens nothing.
        for (const secret of [MARK, PHONE, REPORTER_PHONE, ...(toAll ? [] : [near.matter, near.visit, near.number])]) {
          // A page repeats the words one searched for.
          const searched = secret === MARK && question.includes('q=');
          expect(!searched && text.includes(secret), `${question} shows ${key} “${secret}”`).toBe(false);
        }
        // How complete the organisation is may be known to all who work in it; what residents said may not.
        // An administrator sees which phones there are: the asking itself made one.
        if (!toAll && !question.includes('coverage') && !question.includes('/api/sync/devices')) {
          expect(text, `${question} told ${key} that something happened`).toBe(was.get(question));
        }
      }
    }
  }, 90_000);

  test.each([
    ['GET /api/matters', 'matter'],
    ['GET /api/matters/export.csv', 'matter'],
    ['GET /api/matters/export.jsonl', 'matter'],
    ['GET /api/matters/export.xlsx', 'matter'],
    ['GET /api/ledger', 'matter'],
    ['GET /print/ledger', 'matter'],
    ['GET /api/statistics/records', 'matter'],
    ['GET /api/statistics/lines', 'matter'],
    ['GET /api/households', 'household'],
    ['GET /api/people', 'household'],
  ] as const)('[L1] %s shows it to those whose affair it is', async (address, what) => {
    for (const role of roles) {
      const may = lets(lineFor(address)[role], standing[role]?.[`${what}s`] ?? '');
      const text = await textOf(await (await as(role)).get(asked(address.slice(4))));
      expect(text.includes(MARK), `${address} as ${role}: ${text.slice(0, 200)}`).toBe(may);
    }
  });
});

describe('a key', () => {
  test('[L1] to a visit’s note opens that note and no other, and the reading is written down', async () => {
    const nobody = await as();
    const link = await (await as('field')).get(`/api/visits/${near.visit}/link`);
    const key = new URL(link.body.url as string).searchParams.get('k')!;
    const opened = await nobody.get(`/api/sign/${near.visit}?k=${key}`);
    expect(JSON.stringify(opened.body)).toContain(MARK);
    const wrong = await nobody.get(`/api/sign/${far.visit}?k=${key}`);
    expect(wrong.status).toBe(409);
    expect(Object.keys(wrong.body as object).toSorted()).toEqual(['message', 'refused']);
    const { body } = await (await as('clerk')).get(`/api/households/${near.household}/readings`);
    expect(body.readings[0]).toMatchObject({ reader: `resident:${near.visit}`, name: null });
  });

  test('[L1] to a matter’s progress opens that matter and no other', async () => {
    const nobody = await as();
    const post = (number: string, code: string) =>
      nobody.send('POST', '/progress', {
        body: new URLSearchParams({ number, code }),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    const admitted = await post(near.number, near.code);
    expect(admitted.status).toBe(303);
    const cookie = admitted.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const page = async (number: string) =>
      String((await nobody.send('GET', `/progress/${number.replaceAll(' ', '')}`, { headers: { cookie } })).body);
    expect(await page(near.number)).toContain(MARK);
    expect(await page(far.number)).not.toContain(FAR_MARK);
    const wrong = await post(far.number, near.code === far.code ? '000000' : near.code);
    expect(wrong.status).toBe(422);
    expect(String(wrong.body)).not.toContain(FAR_MARK);
  });
});

describe('reading a personal file', () => {
  const readings = async (): Promise<number> => {
    const [row] = await county.ledger.query<{ n: number }>(
      'test.readings',
      'select count(*)::int as n from read_audit where county = $1 and subject = any($2::uuid[])',
      [
        county.county,
        [
          near.household,
          near.matter,
          near.outreach,
          near.reception,
          near.ticket,
          near.dialogue,
          near.talk,
          near.informant,
          near.ballot,
          near.needReport,
          near.suggestion,
          near.dispute,
        ],
      ],
    );
    return row!.n;
  };

  test.each(routes.filter(([address]) => address.startsWith('GET') && kept.test(address)))(
    '[L1] %s is written down before it is shown',
    async (address, route) => {
      const unnoted: string[] = [];
      for (const role of roles) {
        const was = await readings();
        const answer = await ask(await as(role), address, route, near);
        const text = await textOf(answer);
        // Telephones, and what was written at the door, stand in nothing but a household's file.
        const personal = [PHONE, REPORTER_PHONE, `${MARK}落在屋檐`].some((secret) => text.includes(secret));
        const now = await readings();
        if (personal && now === was) unnoted.push(`${role} was shown a file and nobody will know`);
        if (answer.status === 404 && now !== was) unnoted.push(`${role} was refused and yet written down`);
      }
      expect(unnoted).toEqual([]);
    },
  );

  test('[L1] residents who ask are told who looked, when and at what', async () => {
    await (await as('field')).get(`/api/households/${near.household}`);
    const { body } = await (await as('clerk')).get(`/api/households/${near.household}/readings`);
    expect(body.readings[0]).toMatchObject({
      reader: county.id('field'),
      name: '王建军',
      unit: '柳河镇人民政府',
      what: '住户档案',
    });
    expect(Date.parse(body.readings[0].at)).toBeGreaterThan(Date.now() - 60_000);
  });
});
