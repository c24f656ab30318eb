import { Worker } from 'node:worker_threads';
import type { Paper } from '../model.ts';
import type { CaseFile } from './file.ts';

export type Job =
  | { readonly kind: 'pdf'; readonly paper: Paper }
  | { readonly kind: 'svg'; readonly paper: Paper; readonly seal: boolean }
  | { readonly kind: 'file'; readonly file: CaseFile };

export interface Drawn {
  readonly pdf: Uint8Array | undefined;
  /** A picture for each page. */
  readonly svg: readonly string[];
  readonly pages: number;
  /** Characters no face has, each once: they stand as 〓 in a PDF. */
  readonly lacking: readonly string[];
}

interface Waiting {
  resolve(drawn: Drawn): void;
  reject(error: Error): void;
}
type Said = { number: number; drawn: Drawn } | { number: number; failed: string };

let worker: Worker | undefined;
let last = 0;
const waiting = new Map<number, Waiting>();

/** The thread is there from the first paper on, and ends with the process. */
function hand(): Worker {
  if (worker !== undefined) return worker;
  const made = new Worker(new URL('./worker.ts', import.meta.url));
  made.unref();
  made.on('message', (said: Said) => {
    const asked = waiting.get(said.number);
    waiting.delete(said.number);
    if (waiting.size === 0) made.unref();
    if ('failed' in said) asked?.reject(new Error(said.failed));
    else asked?.resolve(said.drawn);
  });
  const broken = (error: Error): void => {
    if (worker === made) worker = undefined;
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  made.on('error', broken);
  made.on('exit', (code) => broken(new Error(`the drawing thread ended with ${code}`)));
  return (worker = made);
}

/** Has a job done by the drawing thread. */
export function drawn(job: Job): Promise<Drawn> {
  return new Promise((resolve, reject) => {
    const number = ++last;
    waiting.set(number, { resolve, reject });
    const thread = hand();
    thread.ref();
    thread.postMessage({ number, job }, []);
  });
}
