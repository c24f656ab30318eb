import { loadDemo } from '../demo/load.ts';
import { fingerprint, rebuild } from '../ledger/rebuild.ts';
import { type Report, round, say, timed } from './figures.ts';
import { inFolder, inHouseOf } from './house.ts';

/** Makes all read tables of the demo county again; quick takes one township's year. Rows are compared before and after. */
export const run = (quick: boolean): Promise<Report> =>
  inFolder((folder) =>
    inHouseOf(folder, async ({ database, system }) => {
      const { ledger } = system;
      say('making the demo county');
      const { county } = await loadDemo({ ...system, database }, { full: !quick });
      const before = await fingerprint(database.pool, ledger, county);
      const policies = await system.freshPolicies(county);
      say('rebuilding');
      const { seconds, result: events } = await timed(() => rebuild(database.pool, ledger, county, policies));
      const after = await fingerprint(database.pool, ledger, county);
      const differed = Object.keys(before).filter((table) => before[table] !== after[table]);
      if (differed.length > 0) say(`not the same: ${differed.join(', ')}`);
      return {
        events,
        events_per_s: Math.round(events / seconds),
        equal: differed.length === 0,
        seconds: round(seconds),
      };
    }),
  );
