import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { portalRoutes } from '../portal/routes.ts';
import type { DemoStage } from './standing.ts';

/**
 * Every page of the product, as the code itself names them, and for each an address of the demo county to look at. A
 * page that is added stands in its room's list at once, and has no address until somebody gives it one here.
 */
const here = (file: string): string => readFileSync(join(import.meta.dirname, '..', file), 'utf8');
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, path]) => path!);

/** What the portal answers with that is not a page of its own. */
const NO_PAGES: Readonly<Record<string, string>> = {
  '/portal.css': 'the look',
  '/portal.js': 'the script',
  '/hall.css': 'the look of the hall’s screen',
  '/hall.js': 'its script',
  '/ballot.js': 'the script of a ballot',
  '/look': 'sets a cookie and goes back',
  '/places': 'villages for the script',
  '/p/:number': 'opens a matter and goes to its page',
  '/progress/:number/photos/:photo': 'a picture',
  '/progress/:number/leave': 'forgets the code and goes home',
  '/tip-off/:number/leave': 'forgets the code and goes home',
};

/** The pages of each room, by the pattern of their address. */
export const patterns = {
  portal: [
    ...Object.keys(portalRoutes)
      .flatMap((name) => (name.startsWith('GET ') ? [name.slice(4)] : []))
      .filter((path) => NO_PAGES[path] === undefined),
    '/sign-in',
  ],
  desk: found(here('desk/router.tsx'), /\bpage\(\s*'([^']+)'/g).map((path) =>
    path === '/' ? '/desk' : `/desk${path}`,
  ),
  field: found(here('field/room.tsx'), /^ {2}'(\/field[^']*)':/gm),
} as const;
export type RoomName = keyof typeof patterns;

export interface Visited {
  readonly pattern: string;
  readonly address: string;
  /** Who looks at it: a sign-in name of the demo county; on the portal nobody. */
  readonly who: string | undefined;
}

/** The address of every page, in the demo county; each record is one its reader may see. */
export async function visitedPages({
  system: { database, ledger },
  code: county,
  url,
}: DemoStage): Promise<Record<RoomName, Visited[]>> {
  const one = async (sql: string): Promise<string> => {
    const { rows } = await database.pool.query<{ value: string }>(`select (${sql})::text as value`);
    if (typeof rows[0]?.value !== 'string') throw new Error(`the demo county has nothing for: ${sql}`);
    return rows[0].value;
  };
  const key = async (record: string, id: string, of: (state: never) => string | undefined): Promise<string> => {
    const { state } = await ledger.read(county, record, id);
    const k = of(state as never);
    if (k === undefined) throw new Error(`the demo county's ${record} ${id} has no key`);
    return `k=${k}`;
  };
  const account = (login: string): string =>
    `(select official from account where login = '${login}' and state = 'open')`;
  const township = `(select a.id from area a join post p on p.area = a.id where p.official = ${account('clerk')} limit 1)`;

  const household = await one(`select id from household where township = ${township} order by id limit 1`);
  const mine = await one(`select id from household where contact = ${account('field')} order by id limit 1`);
  const visit = await one(
    `select id from visit where official = ${account('field')} and status = 'signed' order by met_at desc limit 1`,
  );
  const matter = await one(`select id from matter where township = ${township} and open order by due limit 1`);
  const number = await one(`select number from matter where id = '${matter}'`);
  const pair = await one(`select id from pair where status = 'lasting' and township = ${township} order by id limit 1`);
  const informant = await one(`select id from informant where active order by id limit 1`);
  const outreach = await one(`select id from outreach order by day desc, id limit 1`);
  const dispute = await one(`select id from dispute where status = 'agreed' order by id limit 1`);
  const hardCase = await one(
    `select id from hard_case where status = 'adopted' and ${account('field')} = any(team) order by own desc, id limit 1`,
  );
  const study = await one(`select id from study order by id limit 1`);
  const ticket = await one(`select id from ticket where status = 'waiting' order by id limit 1`);
  const ballot = await one(`select id from ballot where status = 'open' order by id limit 1`);
  const talk = await one(`select id from talk order by id limit 1`);
  const official = await one(`select ${account('field')}`);
  const k = {
    sign: await key('visit', visit, (state: { voucher?: { key: string } }) => state.voucher?.key),
    pair: await key('pair', pair, (state: { key?: string }) => state.key),
    mediation: await key(
      'dispute',
      dispute,
      (state: { mediation?: { parties: readonly { key?: string }[] } }) => state.mediation?.parties[1]?.key,
    ),
    informant: await key('informant', informant, (state: { key?: string }) => state.key),
  };
  const { state: told } = await ledger.read(county, 'matter', matter);
  const day = await one(`select to_char(max(met_at), 'YYYY-MM-DD') from visit where official = ${account('field')}`);

  const suggestion = await one('select number from suggestion where outcome is not null order by id limit 1');
  const { state: suggested } = await ledger.read<{ told: { code: string } }>(
    county,
    'suggestion',
    await one(`select id from suggestion where number = '${suggestion}'`),
  );
  const tipOff = await one('select number from tip_off order by id limit 1');
  const { state: tipped } = await ledger.read<{ code: string }>(
    county,
    'tip-off',
    await one(`select id from tip_off where number = '${tipOff}'`),
  );

  const filled: Readonly<Record<string, string>> = {
    '/progress/:number': `/p/${number}?c=${(told as { told: { code: string } }).told.code}`,
    '/progress/:number/readers': `/progress/${number}/readers`,
    '/card/:official': `/card/${official}`,
    '/sign/:visit': `/sign/${visit}?${k.sign}`,
    '/sign/:visit/readers': `/sign/${visit}/readers?${k.sign}`,
    '/pair/:id': `/pair/${pair}?${k.pair}`,
    '/mediation/:id': `/mediation/${dispute}?${k.mediation}`,
    '/ballot/:id': `/ballot/${ballot}`,
    '/informant/:id': `/informant/${informant}?${k.informant}`,
    '/need-report/:id': await householdReport(url, informant, k.informant),
    '/receptions/:id': `/receptions/${await one(`select id from outreach where day >= current_date and form = 'reception' order by day limit 1`)}`,
    '/reception-days/:id': `/reception-days/${await one(`select id from reception_day where day >= current_date and status = 'announced' order by day limit 1`)}`,
    '/hall/:area': `/hall/${await one('select area from hall_desk limit 1')}`,
    '/ticket/:id': `/ticket/${ticket}?${await key('ticket', ticket, (state: { key?: string }) => state.key)}`,
    '/dialogues/:id': `/dialogues/${await one(`select id from dialogue where status = 'published' limit 1`)}`,
    '/desk/reception/$id': `/desk/reception/${await one(`select id from reception_day where township = ${township} and status = 'ended' order by received desc limit 1`)}`,
    '/desk/reception/rotas/$id': `/desk/reception/rotas/${await one(`select id from rota where township = ${township} limit 1`)}`,
    '/desk/reception/hall/$id': `/desk/reception/hall/${await one(`select desk from ticket where status in ('called', 'serving') limit 1`)}`,
    '/desk/reception/dialogues/$id': `/desk/reception/dialogues/${await one(`select id from dialogue where status = 'published' limit 1`)}`,
    '/suggestions/:number': `/p/${suggestion}?c=${suggested.told.code}`,
    '/tip-off/:number': `/p/${tipOff}?c=${tipped.code}`,
    '/desk/meetings/$id': `/desk/meetings/${await one(`select id from meeting where status = 'held' and template = 'weekly' order by day desc, id limit 1`)}`,
    '/desk/meetings/groups/$id': `/desk/meetings/groups/${await one('select id from standing_group order by id limit 1')}`,
    '/desk/suggestions/$id': `/desk/suggestions/${await one('select id from suggestion where outcome is not null order by id limit 1')}`,
    '/desk/tip-offs/$id': `/desk/tip-offs/${await one('select id from tip_off order by id limit 1')}`,
    '/desk/matters/$id': `/desk/matters/${matter}`,
    '/desk/households/$id': `/desk/households/${household}`,
    '/desk/campaigns/$id': `/desk/campaigns/${await one('select id from campaign order by id limit 1')}`,
    '/desk/teams/$id': `/desk/teams/${await one('select id from team order by parent nulls last, id limit 1')}`,
    '/desk/going/pairs/$id': `/desk/going/pairs/${pair}`,
    '/desk/going/festivals/$id': `/desk/going/festivals/${await one('select id from festival order by id limit 1')}`,
    '/desk/officials/$id': `/desk/officials/${official}`,
    '/desk/hotspots/$id': `/desk/hotspots/${await one('select id from hotspot order by id limit 1')}`,
    '/desk/orders/$id': `/desk/orders/${await one(`select id from given_order where status = 'open' order by due limit 1`)}`,
    '/desk/reviews/$id': `/desk/reviews/${await one(`select id from review order by open desc, asked_at desc, id limit 1`)}`,
    '/desk/papers/new': `/desk/papers/new?subject=matter&id=${await one(`select matter from served_paper where township = ${township} and record = 'matter' order by paper limit 1`)}`,
    '/desk/papers/$id': `/desk/papers/${await one(`select paper from served_paper where township = ${township} and record = 'matter' order by paper limit 1`)}`,
    '/desk/outreach/$id': `/desk/outreach/${outreach}`,
    '/desk/outreach/studies/$id': `/desk/outreach/studies/${study}`,
    '/desk/outreach/talks/$id': `/desk/outreach/talks/${talk}`,
    '/desk/outreach/policies/$id': `/desk/outreach/policies/${await one('select id from guide order by id limit 1')}`,
    '/desk/disputes/$id': `/desk/disputes/${dispute}`,
    '/desk/hard-cases/$id': `/desk/hard-cases/${hardCase}`,
    '/desk/hard-cases/campaigns/$id': `/desk/hard-cases/campaigns/${await one('select id from backlog order by id limit 1')}`,
    '/desk/ballots/$id': `/desk/ballots/${ballot}`,
    '/desk/ballots/$id/hall': `/desk/ballots/${ballot}/hall`,
    '/desk/ballots/$id/enter': `/desk/ballots/${ballot}/enter`,
    '/desk/ballots/$id/slips': `/desk/ballots/${ballot}/slips`,
    '/desk/ballots/$id/papers': `/desk/ballots/${ballot}/papers`,
    '/desk/premises/$area': `/desk/premises/${await one(`select id from area where parent = ${township} order by id limit 1`)}`,
    '/desk/policies/$name': '/desk/policies/matters',
    '/field/household/:id': `/field/household/${mine}`,
    '/field/write': `/field/write?household=${mine}`,
    '/field/sign/:visit': `/field/sign/${visit}`,
    '/field/visit/:id': `/field/visit/${visit}`,
    '/field/diary/week/:day': `/field/diary/week/${day}`,
    '/field/diary/month/:month': `/field/diary/month/${day.slice(0, 7)}`,
    '/field/matter/:id': `/field/matter/${await one(`select id from matter where official = ${account('field')} and open order by due limit 1`)}`,
    '/field/outreach/:id': `/field/outreach/${outreach}`,
    '/field/disputes/:id': `/field/disputes/${dispute}`,
    '/field/hard-cases/:id': `/field/hard-cases/${hardCase}`,
    '/field/studies/:id': `/field/studies/${study}`,
    '/field/talks/:id': `/field/talks/${talk}`,
  };
  const room = (name: RoomName, who: (pattern: string) => string | undefined): Visited[] =>
    patterns[name].flatMap((pattern) => {
      const address = filled[pattern] ?? (/[$:]/.test(pattern) ? undefined : pattern);
      return address === undefined ? [] : [{ pattern, address, who: who(pattern) }];
    });
  return {
    portal: room('portal', () => undefined),
    desk: room('desk', (pattern) => readerOf[pattern] ?? 'clerk'),
    field: room('field', (pattern) => readerOf[pattern] ?? 'field'),
  };
}

/** Whose work a page is, where it is not a clerk's at the desk or an official's in the field. */
const readerOf: Readonly<Record<string, string>> = {
  '/desk/reviews/$id': 'leader',
  '/desk/tip-offs': 'inspector',
  '/desk/tip-offs/$id': 'inspector',
  '/desk/ballots/$id': 'inspector',
  '/desk/ballots/$id/hall': 'inspector',
  '/desk/ballots/$id/enter': 'inspector',
  '/desk/ballots/$id/slips': 'inspector',
  '/desk/ballots/$id/papers': 'inspector',
  '/desk/orders/$id': 'inspector',
  '/desk/orders/check': 'inspector',
  '/desk/orders/figures': 'leader',
  '/desk/routing/policies': 'leader',
  '/desk/system': 'administrator',
  '/desk/system/notices': 'administrator',
  '/desk/system/webhooks': 'administrator',
  '/desk/system/keys': 'administrator',
  '/desk/import': 'administrator',
  '/desk/team-import': 'administrator',
  '/desk/duties/exceptions': 'head',
  '/desk/duties/led': 'leader',
  '/desk/duties/rates': 'head',
  '/desk/going/reached': 'head',
  '/desk/going/first': 'head',
  // A campaign of the county is the county's.
  '/desk/hard-cases': 'leader',
  '/desk/hard-cases/$id': 'leader',
  '/desk/hard-cases/backlog': 'leader',
  '/desk/hard-cases/campaigns': 'leader',
  '/desk/hard-cases/campaigns/$id': 'leader',
  '/desk/disputes/sweeps': 'leader',
  // A study is its author's.
  '/field/studies/:id': 'head',
};

/** What an informant reports for a household, as that household opens it: the demo county's reports are all of places. */
async function householdReport(url: string, informant: string, key: string): Promise<string> {
  const page = await (await fetch(`${url}/informant/${informant}?${key}`)).text();
  const area = /<option value="([^"]+)"/.exec(page)?.[1] ?? '';
  const said = { k: key.slice(2), about: 'household', area, words: '水管冻裂了，要人来接一下', act: 'file' };
  const answer = await fetch(`${url}/informant/${informant}`, { method: 'POST', body: new URLSearchParams(said) });
  const link = /\/need-report\/[^"?]+\?k=[\w-]+/.exec(await answer.text())?.[0];
  if (link === undefined) throw new Error('the report for a household was not taken');
  return link;
}
