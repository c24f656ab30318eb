import { parentPort } from 'node:worker_threads';
import type { Job, Drawn } from './workshop.ts';
import { draw } from './draw.ts';

/** The thread that draws: unpacking fonts and setting pages never stops the server from answering. */
parentPort!.on('message', ({ number, job }: { number: number; job: Job }) => {
  try {
    const drawn: Drawn = draw(job);
    parentPort!.postMessage({ number, drawn }, []);
  } catch (error) {
    parentPort!.postMessage(
      { number, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      [],
    );
  }
});
