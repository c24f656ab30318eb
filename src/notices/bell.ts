import type { Pool } from 'pg';
import type { Carrier } from './ways.ts';

/** The way inside: a notice that is sent stands at the bell. Sent twice it stands there once. */
export const bellCarrier = (pool: Pool, county: number) =>
  ({
    way: 'in-app',
    ready: true,
    async send({ notices }, now) {
      await pool.query({
        name: 'notice.show',
        text: 'update notice set shown_at = coalesce(shown_at, $3) where county = $1 and id = any($2::uuid[])',
        values: [county, notices, now],
      });
      return { sent: true };
    },
  }) satisfies Carrier;
