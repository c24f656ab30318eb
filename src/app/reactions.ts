import type { Reaction } from '../ledger/ledger.ts';

/**
 * What follows from what: an event in one feature that causes a command in another.
 * Reading this file is reading how the county works.
 */
export const reactions: Reaction = () => [];
