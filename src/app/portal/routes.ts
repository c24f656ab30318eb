import { type Routes, route } from '../../contract/route.ts';
import { script, style } from './assets.ts';
import { ballotPages } from './ballot.ts';
import { dialoguePages } from './dialogues.ts';
import { doneRoutes } from './done.ts';
import { hallPages } from './hall.ts';
import { helpRoutes } from './help.ts';
import { homeRoutes } from './home.ts';
import { informantPageRoutes } from './informant.ts';
import { lookRoutes } from './look.ts';
import { officialRoutes } from './officials.ts';
import { overdueRoutes } from './overdue.ts';
import { lookUpRoutes, progressRoutes } from './progress.ts';
import { receptionDayPages } from './reception-days.ts';
import { receptionRoutes } from './receptions.ts';
import { readerRoutes } from './readers.ts';
import { mediationPageRoutes } from './mediation.ts';
import { pairPageRoutes } from './pair.ts';
import { sayRoutes } from './say.ts';
import { signPageRoutes } from './sign.ts';
import { suggestRoutes } from './suggest.ts';
import { tipOffPageRoutes } from './tip-off.ts';
import { textsRoutes } from './texts.ts';

/** The resident's phone: pages written here and whole without a script, and two small files that make them quicker. */
export const portalRoutes = {
  ...homeRoutes,
  ...sayRoutes,
  ...suggestRoutes,
  ...tipOffPageRoutes,
  ...lookUpRoutes,
  ...officialRoutes,
  ...overdueRoutes,
  ...receptionRoutes,
  ...receptionDayPages,
  ...hallPages,
  ...dialoguePages,
  ...ballotPages,
  ...doneRoutes,
  ...helpRoutes,
  ...progressRoutes,
  ...signPageRoutes,
  ...informantPageRoutes,
  ...readerRoutes,
  ...mediationPageRoutes,
  ...pairPageRoutes,
  ...textsRoutes,
  ...lookRoutes,
  'GET /portal.css': route({ action: 'portal.use', summary: 'The look of the portal', handle: style.serve }),
  'GET /portal.js': route({
    action: 'portal.use',
    summary: 'What makes the portal’s forms quicker',
    handle: script.serve,
  }),
} satisfies Routes;
