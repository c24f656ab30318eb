import { randomUUID } from 'node:crypto';
import { connect } from '../storage/database.ts';

/**
 * What the database gives without HTTP, access, rules and presenters: clients that each begin, insert one event and
 * one row of a read table, and commit, through the same driver with named statements. A process of its own, as the
 * server is. Arguments: database configuration (JSON), clients, seconds. Prints transactions a second.
 */
const [config = '{}', clients = '16', seconds = '5'] = process.argv.slice(2);
const COUNTY = 1;
const at = new Date().toISOString();
const data = { by: 'unit', note: true };
const id = randomUUID();

const database = await connect(JSON.parse(config) as object);
const until = performance.now() + Number(seconds) * 1000;
let done = 0;
const began = performance.now();
await Promise.all(
  Array.from({ length: Number(clients) }, async () => {
    const client = await database.pool.connect();
    try {
      while (performance.now() < until) {
        const stream = randomUUID();
        await client.query({ name: 'y.begin', text: 'begin' });
        await client.query({
          name: 'y.event',
          text: `insert into event (county, stream, version, record, kind, data, actor, at, recorded_at, command)
                 values ($1, $2, 1, 'matter', 'matter.progressed', $3, $4, $5, $5, $6)`,
          values: [COUNTY, stream, data, id, at, id],
        });
        await client.query({
          name: 'y.row',
          text: `insert into matter (county, id, number, channel, procedure, subject, area, unit, dispatched, anonymous,
                   status, open, received_at, registered_at, due, paused, returns, reopenings, unreached, return_asked, to_tell)
                 values ($1, $2, $3, 'phone', 'order', $4, $5, $5, true, false, 'handling', true, $6, $6, $6, false, 0, 0, 0, false, '{}')`,
          values: [COUNTY, stream, stream, '村里的路灯坏了半个月没有人修', id, at],
        });
        await client.query({ name: 'y.commit', text: 'commit' });
        done += 1;
      }
    } finally {
      client.release();
    }
  }),
);
process.stdout.write(`${done / ((performance.now() - began) / 1000)}\n`);
await database.close();
