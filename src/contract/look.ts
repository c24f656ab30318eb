import type { Desk } from './route.ts';

/** How this phone wants to see the pages. Kept in cookies, so that it holds without a script. */
export interface Look {
  readonly large: boolean;
  readonly dark: boolean;
}

export const lookOf = (desk: Pick<Desk, 'cookie'>): Look => ({
  large: desk.cookie('type') === 'large',
  dark: desk.cookie('theme') === 'dark',
});
