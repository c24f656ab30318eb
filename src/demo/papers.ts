import type { Actor, Role, Standing } from '../access/model.ts';
import { dayOf } from '../calendar/days.ts';
import type { Desk } from '../contract/route.ts';
import { idOf } from '../ledger/ids.ts';
import { isRefusal } from '../ledger/decider.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Policies } from '../ledger/record.ts';
import type { Vault } from '../ledger/vault.ts';
import { issue, kept } from '../papers/issue.ts';
import { ledgerPapers } from '../papers/of-ledger.ts';
import type { RegisteredRow } from '../register/numbers.ts';
import type { Database } from '../storage/database.ts';

/**
 * Papers of the demo county. Their acts gave them; the newest of each kind is drawn as in life, so that it opens at once, and
 * the clerk issues the month's ledger.
 * @returns how many events that were
 */
export async function issuePapers(
  system: { ledger: Ledger; vault: Vault; database: Database },
  county: number,
  policies: Policies,
): Promise<number> {
  const drawer = {
    county,
    query: system.ledger.query,
    ledger: system.ledger,
    vault: system.vault,
    policies,
    now: new Date().toISOString(),
  };
  const rows = await system.ledger.query<RegisteredRow>(
    'demo.papers',
    'select distinct on (kind) * from served_paper where county = $1 order by kind, issued_at desc, paper',
    [county],
  );
  let events = 0;
  for (const row of rows) if ((await kept(drawer, row)) !== undefined) events += 1;
  const actor = await actorOf(system.ledger, county, 'clerk');
  if (actor === undefined) return events;
  const desk = { ...drawer, actor, pool: system.database.pool, db: system.database.kysely } as unknown as Desk;
  const [place] = actor.standings.flatMap(({ areas }) => areas);
  const month = dayOf(drawer.now).slice(0, 7);
  const about = place === undefined ? month : `${month}_township_${place}`;
  const verdict = await issue(desk, ledgerPapers, idOf('demo paper', about), about, {});
  if (isRefusal(verdict)) throw new Error(`the demo county's ledger was refused as a paper: ${verdict.refused}`);
  return events + 2;
}

async function actorOf(
  ledger: Ledger,
  county: number,
  login: string,
): Promise<Extract<Actor, { kind: 'official' }> | undefined> {
  const rows = await ledger.query<{ official: string; name: string; role: Role; unit: string; area: string | null }>(
    'demo.actor',
    `select o.id as official, o.name, p.role, p.unit, p.area
       from account a join official o on o.county = a.county and o.id = a.official
       join post p on p.county = o.county and p.official = o.id
      where a.county = $1 and a.login = $2 and p.until is null`,
    [county, login],
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  const standings: Standing[] = rows.map(({ role, unit, area }) => ({
    role,
    unit,
    areas: area === null ? [] : [area],
  }));
  return { kind: 'official', id: first.official, name: first.name, standings };
}
