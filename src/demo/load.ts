import { hashPassword } from '../accounts/passwords.ts';
import { openedAccount } from '../accounts/tables.ts';
import { type Role, roleNames } from '../access/model.ts';
import { dayOf } from '../calendar/days.ts';
import type { History, Ledger } from '../ledger/ledger.ts';
import type { Vault } from '../ledger/vault.ts';
import { issuePapers } from './papers.ts';
import type { Policies } from '../ledger/record.ts';
import type { Database } from '../storage/database.ts';
import { reviewOfficials } from './ballots.ts';
import { goDown } from './go-down.ts';
import { petitionsGoUp } from './petitions.ts';
import { settleDisputes } from './hard-cases.ts';
import { raiseTogether } from './together.ts';
import { generate } from './generate.ts';
import { usesOf } from './going.ts';
import { voices } from './voices.ts';
import { handleAmongUnits } from './handle.ts';
import type { VisitHappening } from './model.ts';
import { MADE_AT, Maker } from './maker.ts';
import { receive } from './receive.ts';

/** Sign-in names of the demo county's faces: the role itself. */
export const DEMO_PASSWORD = 'qinghe-demo-2026';

export interface DemoSignIn {
  readonly role: Role;
  readonly roleName: string;
  readonly name: string;
  readonly login: string;
}

export interface Loaded {
  readonly county: number;
  readonly events: number;
  readonly households: number;
  readonly visits: number;
  readonly matters: number;
  readonly signIns: readonly DemoSignIn[];
}

const BATCH = 400;

/**
 * Fills a fresh database with the demo county. Everything goes through the same rules as in life, in memory, and is
 * then taken into the ledger in batches; a step the rules refuse is a fault of the plan and throws.
 */
export async function loadDemo(
  system: { ledger: Ledger; vault: Vault; policies: (county: number) => Promise<Policies>; database: Database },
  options: {
    full: boolean;
    today?: string;
    seed?: string;
    progress?: (done: number, of: number, what: string) => void;
  },
): Promise<Loaded> {
  const { ledger, database } = system;
  const plan = generate({
    seed: options.seed ?? 'qinghe',
    today: options.today ?? dayOf(new Date().toISOString()),
    scale: options.full ? 'county' : 'township',
  });
  const county = Number(plan.county.code);
  const desk = plan.units.find((u) => u.name.includes('群众工作部'));
  if (desk === undefined) throw new Error('the demo county has no unit for mass work');
  await database.pool.query('insert into county values ($1, $2, $3, $4, $5) on conflict do nothing', [
    county,
    plan.county.name,
    plan.county.prefix,
    desk.id,
    MADE_AT,
  ]);
  const policies = await system.policies(county);
  const maker = new Maker(county, plan, policies, desk.id);

  let events = 0;
  let waiting: History[] = [];
  let taking: Promise<unknown> = Promise.resolve();
  const expected = options.full ? 480_000 : 60_000;
  const flush = async (what: string): Promise<void> => {
    // The next batch is made while the database takes this one.
    await taking;
    const batch = waiting;
    waiting = [];
    taking = ledger.take(county, batch);
    taking.catch(() => undefined);
    options.progress?.(Math.min(events, expected), expected, what);
  };
  const add = async (history: History, what: string): Promise<void> => {
    events += history.events.length;
    waiting.push(history);
    if (waiting.length >= BATCH) await flush(what);
  };

  for (const history of maker.organisation()) await add(history, '机构和人员');
  const hash = await hashPassword(DEMO_PASSWORD);
  const signIns: DemoSignIn[] = [];
  for (const [role, official] of Object.entries(plan.faces) as [Role, string][]) {
    await add(openedAccount({ county, official, login: role, hash, at: MADE_AT }), '账号');
    signIns.push({
      role,
      roleName: roleNames[role],
      name: plan.officials.find((o) => o.id === official)!.name,
      login: role,
    });
  }
  for (const history of maker.campaigns()) await add(history, '活动和工作队');
  let households = 0;
  for (const household of plan.households()) {
    households += 1;
    await add(maker.household(household), '住户');
  }
  for (const history of maker.exceptions()) await add(history, '请假');
  let visits = 0;
  let matters = 0;
  const met: VisitHappening[] = [];
  for (const happening of plan.happenings()) {
    if (happening.kind === 'visit') {
      visits += 1;
      await add(maker.visit(happening), '走访');
      if (happening.contact === 'met') met.push(happening);
    } else {
      matters += 1;
      await add(maker.matter(happening), '诉求');
    }
  }
  for (const history of maker.going(met)) await add(history, '走村入户');
  await flush('收尾');
  await taking;
  for (const [series, next] of maker.counters) {
    await database.pool.query('insert into counter values ($1, $2, $3) on conflict do nothing', [county, series, next]);
  }
  events += await goDown(ledger, county, plan);
  events += await petitionsGoUp(ledger, county, plan);
  events += await voices(ledger, county, plan);
  events += await handleAmongUnits(ledger, policies, county, plan);
  events += await receive(ledger, county, plan, policies);
  events += await settleDisputes(ledger, county, plan);
  events += await raiseTogether(ledger, county, plan);
  events += await reviewOfficials(ledger, database.pool, county, plan);
  const uses = JSON.stringify(usesOf({ today: dayOf(plan.until), met }));
  const rows =
    'jsonb_to_recordset($2) as u(print text, week date, role text, form text, fields int, seconds int, giver text)';
  await database.pool.query(
    `insert into form_use select $1::int, print, week, role, form, fields, seconds from ${rows} on conflict do nothing`,
    [county, uses],
  );
  await database.pool.query(
    `insert into form_giver select distinct $1::int, week, role, form, giver, true from ${rows} on conflict do nothing`,
    [county, uses],
  );
  // Whoever serves it first tells the officials what happened in the last days, as if they had been away.
  await database.pool.query(`insert into notice_cursor (county, name, seq, mark) values ($1, 'follow', 0, '')`, [
    county,
  ]);
  events += await issuePapers(system, county, policies);
  await database.pool.query('analyze');
  return { county, events, households, visits, matters, signIns };
}
