import type { Way } from './model.ts';

/** One message on its way out: whole, with nothing left to look up. */
export interface Message {
  /** The same however often it is sent: a receiver can tell a second one by it. */
  readonly id: string;
  /** An address, or a telephone number, or the official whose bell it is. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The notices it carries: more than one in a digest. */
  readonly notices: readonly string[];
}

/** How sending went: it is on its way, or why not and whether another try could help. */
export type Outcome =
  | { readonly sent: true }
  | { readonly sent: false; readonly fault: string; readonly final: boolean };

/** What became of a message that was sent, as the other side tells it. */
export interface Receipt {
  readonly id: string;
  readonly delivered: boolean;
  readonly at: string;
  readonly fault?: string;
}

/** A way to reach somebody. */
export interface Carrier {
  readonly way: Way;
  /** Whether it is set up here; what is not is not queued for. */
  readonly ready: boolean;
  send(message: Message, now: string): Promise<Outcome>;
  /** Hands over what came back, each until `take` says that it was noted. */
  receipts?(take: (receipt: Receipt) => Promise<void>): Promise<void>;
}

export type Carriers = Readonly<Record<Exclude<Way, 'in-app'>, Carrier>>;

/** A way nobody has set up. */
export const unready = (way: Exclude<Way, 'in-app'>): Carrier => ({
  way,
  ready: false,
  send: () => Promise.resolve({ sent: false, fault: '还没有设置', final: false }),
});
