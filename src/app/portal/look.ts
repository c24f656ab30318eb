import { z } from 'zod';
import { ownPage } from '../../accounts/pages.ts';
import { type Desk, type Routes, raw, route } from '../../contract/route.ts';

/** How this phone wants to see the pages. Kept in cookies, so that it holds without a script. */
export interface Look {
  readonly large: boolean;
  readonly dark: boolean;
}

const YEAR_S = 365 * 86_400;

export const lookOf = (desk: Desk): Look => ({
  large: desk.cookie('type') === 'large',
  dark: desk.cookie('theme') === 'dark',
});

export const switchTo = (what: 'type' | 'theme', value: string, path: string): string =>
  `/look?${new URLSearchParams({ [what]: value, to: path })}`;

export const lookRoutes = {
  'GET /look': route({
    action: 'portal.use',
    summary: 'Large type and dark colours, on and off',
    query: z.object({
      type: z.enum(['large', 'plain']).optional().catch(undefined),
      theme: z.enum(['dark', 'light']).optional().catch(undefined),
      to: z.string().optional().catch(undefined),
    }),
    handle(desk, { query: { type, theme, to } }) {
      if (type !== undefined) desk.setCookie('type', type === 'large' ? type : undefined, YEAR_S);
      if (theme !== undefined) desk.setCookie('theme', theme === 'dark' ? theme : undefined, YEAR_S);
      return raw('text/html; charset=utf-8', '', {
        status: 303,
        headers: { location: ownPage(to) ?? '/', 'cache-control': 'no-store' },
      });
    },
  }),
} satisfies Routes;
