/**
 * The happenings unrolled: visits, signatures and every step of every matter in one order of time, the
 * order in which a ledger would have heard of them. Only what is still to come is kept in memory.
 */
import type { Happening, MatterStory, Step, VisitHappening } from './model.ts';

export type Moment =
  | { readonly at: string; readonly kind: 'visit'; readonly visit: VisitHappening }
  | { readonly at: string; readonly kind: 'sign'; readonly visit: VisitHappening }
  | { readonly at: string; readonly kind: 'register'; readonly matter: MatterStory }
  | { readonly at: string; readonly kind: 'step'; readonly matter: MatterStory; readonly step: Step };

/** What is to come of one happening: its next moment and the ones after it. */
interface Thread {
  next: Moment;
  readonly rest: Iterator<Moment>;
}

function* threadOf(happening: Happening): Generator<Moment> {
  if (happening.kind === 'visit') {
    yield { at: happening.at, kind: 'visit', visit: happening };
    if (happening.signed !== undefined) yield { at: happening.signed.at, kind: 'sign', visit: happening };
    return;
  }
  yield { at: happening.at, kind: 'register', matter: happening };
  for (const step of happening.steps) yield { at: step.at, kind: 'step', matter: happening, step };
}

/** A binary heap, soonest first. */
class Pending {
  readonly #heap: Thread[] = [];

  soonest(): Thread | undefined {
    return this.#heap[0];
  }

  add(thread: Thread): void {
    const heap = this.#heap;
    let i = heap.push(thread) - 1;
    for (let up = (i - 1) >> 1; i > 0 && this.#before(i, up); i = up, up = (i - 1) >> 1) this.#swap(i, up);
  }

  /** Moves the soonest thread to its next moment, or takes it out at its end. */
  advance(): void {
    const heap = this.#heap;
    const first = heap[0] as Thread;
    const { done, value } = first.rest.next();
    if (done === true) {
      const last = heap.pop() as Thread;
      if (heap.length > 0) heap[0] = last;
    } else first.next = value;
    for (let i = 0; ;) {
      let least = i;
      for (const down of [2 * i + 1, 2 * i + 2]) if (down < heap.length && this.#before(down, least)) least = down;
      if (least === i) return;
      this.#swap(i, least);
      i = least;
    }
  }

  #before(i: number, j: number): boolean {
    return (this.#heap[i] as Thread).next.at < (this.#heap[j] as Thread).next.at;
  }

  #swap(i: number, j: number): void {
    [this.#heap[i], this.#heap[j]] = [this.#heap[j] as Thread, this.#heap[i] as Thread];
  }
}

/** @param happenings ordered by `at`, as a plan gives them */
export function* moments(happenings: Iterable<Happening>): Generator<Moment> {
  const pending = new Pending();
  const until = function* (at: string | undefined): Generator<Moment> {
    for (
      let first = pending.soonest();
      first !== undefined && (at === undefined || first.next.at < at);
      first = pending.soonest()
    ) {
      yield first.next;
      pending.advance();
    }
  };
  for (const happening of happenings) {
    yield* until(happening.at);
    const rest = threadOf(happening);
    // What happens now is told at once: a visit before the matter it raised, even in one instant.
    yield rest.next().value as Moment;
    const { done, value } = rest.next();
    if (done !== true) pending.add({ next: value, rest });
  }
  yield* until(undefined);
}
