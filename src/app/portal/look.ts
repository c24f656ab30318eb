import { z } from 'zod';
import { ownPage } from '../../accounts/pages.ts';
import { LANGUAGE_COOKIE } from '../../language/saying.ts';
import { type Routes, raw, route } from '../../contract/route.ts';

const YEAR_S = 365 * 86_400;
/** No page to go to after signing in, but one whose look is chosen all the same. */
const SIGN_IN = '/sign-in';

export const switchTo = (what: 'type' | 'theme' | 'lang', value: string, path: string): string =>
  `/look?${new URLSearchParams({ [what]: value, to: path })}`;

export const lookRoutes = {
  'GET /look': route({
    action: 'portal.use',
    summary: 'Large type, dark colours and English, on and off',
    query: z.object({
      type: z.enum(['large', 'plain']).optional().catch(undefined),
      theme: z.enum(['dark', 'light']).optional().catch(undefined),
      lang: z.enum(['zh', 'en']).optional().catch(undefined),
      to: z.string().optional().catch(undefined),
    }),
    handle(desk, { query: { type, theme, lang, to } }) {
      if (type !== undefined) desk.setCookie('type', type === 'large' ? type : undefined, YEAR_S);
      if (theme !== undefined) desk.setCookie('theme', theme === 'dark' ? theme : undefined, YEAR_S);
      if (lang !== undefined) desk.setCookie(LANGUAGE_COOKIE, lang === 'en' ? lang : undefined, YEAR_S);
      return raw('text/html; charset=utf-8', '', {
        status: 303,
        headers: { location: (to === SIGN_IN ? to : ownPage(to)) ?? '/', 'cache-control': 'no-store' },
      });
    },
  }),
} satisfies Routes;
