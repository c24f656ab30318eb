import type { Actor, Role, Standing } from '../access/model.ts';
import type { Desk } from '../contract/route.ts';
import { idOf } from '../ledger/ids.ts';
import { isRefusal } from '../ledger/decider.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Policies } from '../ledger/record.ts';
import type { Vault } from '../ledger/vault.ts';
import { issue, prepare } from '../papers/issue.ts';
import { matterPapers } from '../papers/of-matter.ts';
import type { Database } from '../storage/database.ts';

/** How many papers each of the people one can sign in as has issued, and of how many newest matters they are chosen. */
const EACH = 4;
const AMONG = 40;
/** What nobody has said yet in a matter, for the papers that ask it. */
const WRITTEN = { 政策依据: '《信访工作条例》和有关政策规定。' };

/**
 * Papers of the demo county: issued as in life by who handles the matters, so that the register, a matter's page and its
 * file have something to show.
 * @returns how many
 */
export async function issuePapers(
  system: { ledger: Ledger; vault: Vault; database: Database },
  county: number,
  policies: Policies,
): Promise<number> {
  let issued = 0;
  for (const login of ['handler', 'clerk']) {
    const actor = await actorOf(system.ledger, county, login);
    if (actor === undefined) continue;
    const desk = {
      county,
      actor,
      pool: system.database.pool,
      query: system.ledger.query,
      ledger: system.ledger,
      vault: system.vault,
      policies,
      now: new Date().toISOString(),
    } as unknown as Desk;
    const units = actor.standings.flatMap(({ unit }) => unit ?? []);
    const areas = actor.standings.flatMap(({ areas: own }) => own);
    const rows = await system.ledger.query<{ id: string }>(
      'demo.papers',
      `select id from matter where county = $1 and (unit = any($2::uuid[]) or township = any($3::uuid[]))
        order by registered_at desc, id limit ${AMONG}`,
      [county, units, areas],
    );
    let own = 0;
    for (const { id } of rows) {
      if (own === EACH) break;
      const kind = (await matterPapers.fitting(desk, id)).find((one) => one !== 'not-accepted');
      if (kind === undefined) continue;
      const asked = { paperKind: kind, subject: { kind: 'matter', id }, fields: WRITTEN };
      const ready = await prepare(desk, [matterPapers], asked);
      // Whoever is not named cannot be written to.
      if (isRefusal(ready) || ready.open.length > 0) continue;
      const verdict = await issue(desk, [matterPapers], idOf('demo paper', id), asked, {});
      if (isRefusal(verdict)) throw new Error(`a paper of the demo county was refused: ${verdict.refused}`);
      own += 1;
    }
    issued += own;
  }
  return issued;
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
