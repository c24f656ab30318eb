import { parentPort, workerData } from 'node:worker_threads';
import { Connection } from './http.ts';

/** Somebody who works while phones come: a thread of its own, so that the crowd's clients do not slow down its clock. */
const { port, cookie } = workerData as { port: number; cookie: string };
let over = false;
parentPort!.on('message', () => {
  over = true;
});
const connection = new Connection(port);
const took: number[] = [];
while (!over) {
  const began = performance.now();
  await connection.request('GET', '/api/visits/today', cookie);
  took.push((performance.now() - began) / 1000);
  await new Promise((next) => setTimeout(next, 5));
}
// A thread, not a window: it has no target.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort!.postMessage(took);
parentPort!.close();
process.exit(0);
