import type { KeyObject } from 'node:crypto';
import { clear } from '../../ballots/urn.ts';
import { dayOf } from '../../calendar/days.ts';
import { askSweeps } from '../../disputes/ask.ts';
import { deliverWebhooks } from '../../interfaces/deliver.ts';
import { checkpoint, sealCounty } from '../../ledger/seal.ts';
import { takeUpDue } from '../../matters/recheck.ts';
import { forgetMatters } from '../../matters/retention.ts';
import { sweepPhotos } from '../../matters/photos.ts';
import { erasePapers } from '../../papers/erase.ts';
import { drawGiven } from '../../papers/issue.ts';
import { endConsents, forgetHouseholds } from '../../residents/retention.ts';
import { refreshStaleWords } from '../../search/words.ts';
import { type CarrierSettings, carriersOf } from '../../notices/carriers.ts';
import { followEvents } from '../../notices/follow.ts';
import { sendDue } from '../../notices/outbox.ts';
import { forgetRefused } from '../../sync/deferred.ts';
import type { SyncPolicy } from '../../sync/model.ts';
import { noticeRules } from '../notices.ts';
import type { System } from '../system.ts';

/** A pass that sealed so many probably left some: the next one follows at once. */
const BACKLOG = 2_000;
/** Papers are drawn as their acts give them, so many in one pass; older ones when somebody opens them. */
const PAPERS_AT_ONCE = 20;
const PAPER_DAYS = 2;

/** One thing done over and over: soon again while there was something to do, seldom while there is not. */
interface Chore {
  /** What it is called when it fails. */
  readonly what: string;
  readonly busyMs: number;
  readonly idleMs: number;
  /** @returns how much was done; `'more'` when the next pass should follow at once */
  pass(county: number): Promise<number | 'more'>;
}

/**
 * What a serving process does besides answering: it seals what was committed and signs the chain's end once a day,
 * delivers to webhooks, tells people what they should know, and does what a day brings (sweeps to return, consents that end, words to search by). Any number of processes
 * may do so on one database: each chore is one at a time by lock, or the same whoever does it.
 */
export function startBackground(
  system: System,
  key: KeyObject,
  ways: CarrierSettings,
  say: (text: string) => void,
): { stop(): Promise<void> } {
  const running = chores(system, key, ways).map((chore) => repeat(chore, system, say));
  return {
    async stop() {
      await Promise.all(running.map((chore) => chore.stop()));
    },
  };
}

function chores(system: System, key: KeyObject, ways: CarrierSettings): Chore[] {
  const { pool } = system.database;
  /** The day each county's checkpoint was last seen to stand, and its daily work was last done. */
  const signed = new Map<number, string>();
  const tidied = new Map<number, string>();
  return [
    {
      what: '封存台账',
      busyMs: 300,
      idleMs: 2_000,
      async pass(county) {
        const count = await sealCounty(pool, county);
        // A day's checkpoint should cover all that was there when the day began.
        if (count >= BACKLOG) return 'more';
        const now = new Date().toISOString();
        const day = dayOf(now);
        if (signed.get(county) !== day) {
          await checkpoint(pool, county, day, now, key);
          const { rows } = await pool.query('select from checkpoint where county = $1 and day = $2', [county, day]);
          // A chain without an event has no end to sign yet.
          if (rows.length > 0) signed.set(county, day);
        }
        return count;
      },
    },
    {
      what: '推送',
      busyMs: 500,
      idleMs: 5_000,
      pass: async (county) => (await deliverWebhooks(system, county)).delivered,
    },
    {
      what: '通知',
      busyMs: 500,
      idleMs: 5_000,
      async pass(county) {
        const carriers = carriersOf(ways, county);
        const { notices } = await followEvents(system, county, noticeRules, carriers);
        const { sent } = await sendDue(system, county, carriers);
        return notices + sent;
      },
    },
    {
      what: '文书',
      busyMs: 1_000,
      idleMs: 15_000,
      async pass(county) {
        const drawer = {
          county,
          query: system.ledger.query,
          ledger: system.ledger,
          vault: system.vault,
          policies: await system.policies(county),
          now: new Date().toISOString(),
        };
        return await drawGiven(drawer, PAPERS_AT_ONCE, PAPER_DAYS);
      },
    },
    {
      what: '办理升级前存下的',
      busyMs: 1_000,
      idleMs: 60_000,
      pass: (county) => system.decideDeferred(county),
    },
    {
      what: '每日整理',
      busyMs: 60_000,
      idleMs: 10 * 60_000,
      async pass(county) {
        const now = new Date().toISOString();
        const day = dayOf(now);
        if (tidied.get(county) !== day) {
          // A pass takes so many; what is left comes back with the next, before the day counts as done.
          while ((await takeUpDue(system.ledger, county, now)) > 0);
          const policies = await system.policies(county);
          await askSweeps(system.ledger, policies, county, now);
          await endConsents(system.ledger, county, day, now);
          await forgetHouseholds(system.ledger, policies, county, day, now);
          await forgetMatters(system.ledger, county, now);
          await clear(pool, county);
          await erasePapers(system.ledger.query, county);
          await forgetRefused(system.ledger.query, county, policies.get<SyncPolicy>('sync'), now);
          await sweepPhotos(system.ledger.query, county, now);
          tidied.set(county, day);
        }
        await refreshStaleWords(pool, county, now);
        return 0;
      },
    },
  ];
}

function repeat(chore: Chore, system: System, say: (text: string) => void): { stop(): Promise<void> } {
  let pause = chore.busyMs;
  let stopped = false;
  let wake: (() => void) | undefined;
  const run = async (): Promise<void> => {
    while (!stopped) {
      try {
        let done = 0;
        let more = false;
        for (const { county } of await system.counties()) {
          const count = await chore.pass(county);
          if (count === 'more') more = true;
          else done += count;
        }
        pause = more ? 0 : done > 0 ? chore.busyMs : Math.min(Math.max(pause, chore.busyMs) * 2, chore.idleMs);
      } catch (error) {
        pause = chore.idleMs;
        if (!stopped) say(`${chore.what}时出错，稍后再试：${error instanceof Error ? error.message : String(error)}`);
      }
      await new Promise<void>((resolve) => {
        if (stopped) return resolve();
        const timer = setTimeout(resolve, pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const running = run();
  return {
    async stop() {
      stopped = true;
      wake?.();
      await running;
    },
  };
}
