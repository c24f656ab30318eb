import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Trouble, Waiting } from '../ui/states.tsx';
import { NotHere } from './not-here.tsx';
import { Shell } from './shell.tsx';

/** An address keeps what a list was filtered by: words only, whatever was typed into it. */
const words = (search: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );

const root = createRootRoute({ component: Shell, notFoundComponent: NotHere });

const page = <P extends string>(path: P, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component, validateSearch: words });

const routeTree = root.addChildren([
  page(
    '/',
    lazyRouteComponent(() => import('./today-page.tsx'), 'TodayPage'),
  ),
  page(
    '/matters',
    lazyRouteComponent(() => import('../../matters/desk/list.tsx'), 'MatterList'),
  ),
  page(
    '/matters/$id',
    lazyRouteComponent(() => import('../../matters/desk/matter.tsx'), 'MatterScreen'),
  ),
  page(
    '/alike',
    lazyRouteComponent(() => import('../../matters/desk/inbox-alike.tsx'), 'AlikeScreen'),
  ),
  page(
    '/hotspots',
    lazyRouteComponent(() => import('../../hotspots/desk/list.tsx'), 'Hotspots'),
  ),
  page(
    '/hotspots/$id',
    lazyRouteComponent(() => import('../../hotspots/desk/hotspot.tsx'), 'HotspotScreen'),
  ),
  page(
    '/notices',
    lazyRouteComponent(() => import('../../notices/desk/notices.tsx'), 'Notices'),
  ),
  page(
    '/phones',
    lazyRouteComponent(() => import('../../sync/desk/phones.tsx'), 'PhonesScreen'),
  ),
  page(
    '/households/$id',
    lazyRouteComponent(() => import('../../residents/desk/household.tsx'), 'HouseholdScreen'),
  ),
  page(
    '/search',
    lazyRouteComponent(() => import('../../search/desk/search.tsx'), 'SearchPage'),
  ),
  page(
    '/register',
    lazyRouteComponent(() => import('../../matters/desk/register.tsx'), 'Register'),
  ),
  page(
    '/call-backs',
    lazyRouteComponent(() => import('../../matters/desk/call-backs.tsx'), 'CallBacks'),
  ),
  page(
    '/orders',
    lazyRouteComponent(() => import('../../orders/desk/list.tsx'), 'Orders'),
  ),
  page(
    '/orders/figures',
    lazyRouteComponent(() => import('../../orders/desk/figures.tsx'), 'OrderFigures'),
  ),
  page(
    '/orders/check',
    lazyRouteComponent(() => import('../../orders/desk/check.tsx'), 'MonthlyCheck'),
  ),
  page(
    '/orders/bulletins',
    lazyRouteComponent(() => import('../../orders/desk/bulletins.tsx'), 'Bulletins'),
  ),
  page(
    '/routing',
    lazyRouteComponent(() => import('../../routing/desk/catalogue.tsx'), 'RoutingCatalogueScreen'),
  ),
  page(
    '/routing/bounces',
    lazyRouteComponent(() => import('../../routing/desk/bounces.tsx'), 'Bounces'),
  ),
  page(
    '/routing/policies',
    lazyRouteComponent(() => import('../../policy-changes/desk/changes.tsx'), 'PolicyChanges'),
  ),
  page(
    '/orders/$id',
    lazyRouteComponent(() => import('../../orders/desk/order.tsx'), 'OrderScreen'),
  ),
  page(
    '/ledger',
    lazyRouteComponent(() => import('../../figures/desk/month.tsx'), 'Month'),
  ),
  page(
    '/statistics',
    lazyRouteComponent(() => import('../../figures/desk/leader.tsx'), 'Leader'),
  ),
  page(
    '/statistics/detail',
    lazyRouteComponent(() => import('../../statistics/desk/statistics.tsx'), 'Statistics'),
  ),
  page(
    '/statistics/lines',
    lazyRouteComponent(() => import('../../statistics/desk/lines.tsx'), 'Lines'),
  ),
  page(
    '/statistics/records',
    lazyRouteComponent(() => import('../../figures/desk/records.tsx'), 'Records'),
  ),
  page(
    '/campaigns',
    lazyRouteComponent(() => import('../../campaigns/desk/list.tsx'), 'Campaigns'),
  ),
  page(
    '/campaigns/$id',
    lazyRouteComponent(() => import('../../campaigns/desk/campaign.tsx'), 'CampaignScreen'),
  ),
  page(
    '/teams',
    lazyRouteComponent(() => import('../../campaigns/desk/teams.tsx'), 'Teams'),
  ),
  page(
    '/teams/$id',
    lazyRouteComponent(() => import('../../campaigns/desk/team.tsx'), 'TeamScreen'),
  ),
  page(
    '/team-gaps',
    lazyRouteComponent(() => import('../../campaigns/desk/gaps.tsx'), 'TeamGaps'),
  ),
  page(
    '/team-import',
    lazyRouteComponent(() => import('../../campaigns/desk/import.tsx'), 'TeamImport'),
  ),
  page(
    '/going',
    lazyRouteComponent(() => import('../../labour/desk/totals.tsx'), 'LabourTotals'),
  ),
  page(
    '/going/reached',
    lazyRouteComponent(() => import('../../visits/desk/reached.tsx'), 'Reached'),
  ),
  page(
    '/going/first',
    lazyRouteComponent(() => import('../../visits/desk/first.tsx'), 'First'),
  ),
  page(
    '/going/pairs',
    lazyRouteComponent(() => import('../../pairs/desk/pairs.tsx'), 'Pairs'),
  ),
  page(
    '/going/pairs/$id',
    lazyRouteComponent(() => import('../../pairs/desk/pairs.tsx'), 'PairScreen'),
  ),
  page(
    '/going/festivals',
    lazyRouteComponent(() => import('../../festivals/desk/festivals.tsx'), 'Festivals'),
  ),
  page(
    '/going/festivals/$id',
    lazyRouteComponent(() => import('../../festivals/desk/festivals.tsx'), 'FestivalScreen'),
  ),
  page(
    '/going/burden',
    lazyRouteComponent(() => import('../../burden/desk/burden.tsx'), 'Burden'),
  ),
  page(
    '/duties',
    lazyRouteComponent(() => import('../../duties/desk/progress.tsx'), 'Duties'),
  ),
  page(
    '/duties/mine',
    lazyRouteComponent(() => import('../../duties/desk/mine.tsx'), 'MyDuties'),
  ),
  page(
    '/duties/led',
    lazyRouteComponent(() => import('../../duties/desk/progress.tsx'), 'LedDuties'),
  ),
  page(
    '/duties/exceptions',
    lazyRouteComponent(() => import('../../duties/desk/exceptions.tsx'), 'DutyExceptions'),
  ),
  page(
    '/duties/rates',
    lazyRouteComponent(() => import('./rates-page.tsx'), 'RatesPage'),
  ),
  page(
    '/suggestions',
    lazyRouteComponent(() => import('../../suggestions/desk/list.tsx'), 'Suggestions'),
  ),
  page(
    '/suggestions/$id',
    lazyRouteComponent(() => import('../../suggestions/desk/suggestion.tsx'), 'SuggestionScreen'),
  ),
  page(
    '/tip-offs',
    lazyRouteComponent(() => import('../../tip-offs/desk/list.tsx'), 'TipOffs'),
  ),
  page(
    '/tip-offs/$id',
    lazyRouteComponent(() => import('../../tip-offs/desk/tip-off.tsx'), 'TipOffScreen'),
  ),
  page(
    '/findings',
    lazyRouteComponent(() => import('../../tip-offs/desk/findings.tsx'), 'Findings'),
  ),
  page(
    '/meetings',
    lazyRouteComponent(() => import('../../meetings/desk/list.tsx'), 'Meetings'),
  ),
  page(
    '/meetings/regularity',
    lazyRouteComponent(() => import('../../meetings/desk/regularity.tsx'), 'MeetingRegularity'),
  ),
  page(
    '/meetings/groups',
    lazyRouteComponent(() => import('../../meetings/desk/groups.tsx'), 'StandingGroups'),
  ),
  page(
    '/meetings/groups/$id',
    lazyRouteComponent(() => import('../../meetings/desk/groups.tsx'), 'StandingGroupScreen'),
  ),
  page(
    '/meetings/responsibility',
    lazyRouteComponent(() => import('../../meetings/desk/responsibility.tsx'), 'Responsibilities'),
  ),
  page(
    '/meetings/$id',
    lazyRouteComponent(() => import('../../meetings/desk/meeting.tsx'), 'MeetingScreen'),
  ),
  page(
    '/organisation',
    lazyRouteComponent(() => import('../../organisation/desk/trees.tsx'), 'Trees'),
  ),
  page(
    '/officials',
    lazyRouteComponent(() => import('../../organisation/desk/officials.tsx'), 'Officials'),
  ),
  page(
    '/officials/$id',
    lazyRouteComponent(() => import('../../organisation/desk/official.tsx'), 'OfficialScreen'),
  ),
  page(
    '/coverage',
    lazyRouteComponent(() => import('../../organisation/desk/coverage.tsx'), 'Coverage'),
  ),
  page(
    '/import',
    lazyRouteComponent(() => import('../../organisation/desk/import.tsx'), 'Import'),
  ),
  page(
    '/papers',
    lazyRouteComponent(() => import('../../papers/desk/register.tsx'), 'PaperRegister'),
  ),
  page(
    '/papers/new',
    lazyRouteComponent(() => import('../../papers/desk/compose.tsx'), 'Compose'),
  ),
  page(
    '/papers/$id',
    lazyRouteComponent(() => import('../../papers/desk/paper.tsx'), 'PaperScreen'),
  ),
  page(
    '/outreach',
    lazyRouteComponent(() => import('../../outreach/desk/list.tsx'), 'Outreaches'),
  ),
  page(
    '/outreach/studies',
    lazyRouteComponent(() => import('../../studies/desk/list.tsx'), 'Studies'),
  ),
  page(
    '/outreach/studies/$id',
    lazyRouteComponent(() => import('../../studies/desk/study.tsx'), 'StudyScreen'),
  ),
  page(
    '/outreach/talks',
    lazyRouteComponent(() => import('../../talks/desk/list.tsx'), 'Talks'),
  ),
  page(
    '/outreach/talks/$id',
    lazyRouteComponent(() => import('../../talks/desk/talk.tsx'), 'TalkScreen'),
  ),
  page(
    '/outreach/policies/$id',
    lazyRouteComponent(() => import('../../talks/desk/guide.tsx'), 'GuideScreen'),
  ),
  page(
    '/outreach/$id',
    lazyRouteComponent(() => import('../../outreach/desk/outreach.tsx'), 'OutreachScreen'),
  ),
  page(
    '/disputes',
    lazyRouteComponent(() => import('../../disputes/desk/list.tsx'), 'Disputes'),
  ),
  page(
    '/disputes/sweeps',
    lazyRouteComponent(() => import('../../disputes/desk/sweeps.tsx'), 'Sweeps'),
  ),
  page(
    '/disputes/mediators',
    lazyRouteComponent(() => import('../../disputes/desk/mediators.tsx'), 'Mediators'),
  ),
  page(
    '/disputes/$id',
    lazyRouteComponent(() => import('../../disputes/desk/dispute.tsx'), 'DisputeScreen'),
  ),
  page(
    '/hard-cases',
    lazyRouteComponent(() => import('../../hard-cases/desk/list.tsx'), 'HardCases'),
  ),
  page(
    '/hard-cases/backlog',
    lazyRouteComponent(() => import('../../hard-cases/desk/backlog.tsx'), 'Backlog'),
  ),
  page(
    '/hard-cases/campaigns',
    lazyRouteComponent(() => import('../../hard-cases/desk/backlog.tsx'), 'Backlogs'),
  ),
  page(
    '/hard-cases/campaigns/$id',
    lazyRouteComponent(() => import('../../hard-cases/desk/campaign.tsx'), 'CampaignScreen'),
  ),
  page(
    '/hard-cases/$id',
    lazyRouteComponent(() => import('../../hard-cases/desk/case.tsx'), 'HardCaseScreen'),
  ),
  page(
    '/reception',
    lazyRouteComponent(() => import('../../reception/desk/days.tsx'), 'ReceptionDays'),
  ),
  page(
    '/reception/rotas',
    lazyRouteComponent(() => import('../../reception/desk/rotas.tsx'), 'Rotas'),
  ),
  page(
    '/reception/rotas/$id',
    lazyRouteComponent(() => import('../../reception/desk/rotas.tsx'), 'RotaScreen'),
  ),
  page(
    '/reception/figures',
    lazyRouteComponent(() => import('../../reception/desk/figures.tsx'), 'ReceptionFigures'),
  ),
  page(
    '/reception/records',
    lazyRouteComponent(() => import('../../reception/desk/figures.tsx'), 'ReceptionRecords'),
  ),
  page(
    '/reception/hall',
    lazyRouteComponent(() => import('../../reception/desk/hall.tsx'), 'Hall'),
  ),
  page(
    '/reception/hall/figures',
    lazyRouteComponent(() => import('../../reception/desk/hall-figures.tsx'), 'HallFigures'),
  ),
  page(
    '/reception/hall/records',
    lazyRouteComponent(() => import('../../reception/desk/hall-figures.tsx'), 'HallRecords'),
  ),
  page(
    '/reception/hall/$id',
    lazyRouteComponent(() => import('../../reception/desk/hall-desk.tsx'), 'HallDesk'),
  ),
  page(
    '/reception/dialogues',
    lazyRouteComponent(() => import('../../dialogues/desk/list.tsx'), 'Dialogues'),
  ),
  page(
    '/reception/dialogues/$id',
    lazyRouteComponent(() => import('../../dialogues/desk/dialogue.tsx'), 'DialogueScreen'),
  ),
  page(
    '/reception/$id',
    lazyRouteComponent(() => import('../../reception/desk/day.tsx'), 'ReceptionDay'),
  ),
  page(
    '/ballots',
    lazyRouteComponent(() => import('../../ballots/desk/ballots.tsx'), 'Ballots'),
  ),
  page(
    '/ballots/$id',
    lazyRouteComponent(() => import('../../ballots/desk/ballot.tsx'), 'BallotScreen'),
  ),
  page(
    '/ballots/$id/hall',
    lazyRouteComponent(() => import('../../ballots/desk/running.tsx'), 'BallotHall'),
  ),
  page(
    '/ballots/$id/enter',
    lazyRouteComponent(() => import('../../ballots/desk/running.tsx'), 'BallotEntry'),
  ),
  page(
    '/ballots/$id/slips',
    lazyRouteComponent(() => import('../../ballots/desk/running.tsx'), 'BallotSlips'),
  ),
  page(
    '/ballots/$id/papers',
    lazyRouteComponent(() => import('../../ballots/desk/running.tsx'), 'BallotPapers'),
  ),
  page(
    '/premises',
    lazyRouteComponent(() => import('../../premises/desk/coverage.tsx'), 'PremisesCoverage'),
  ),
  page(
    '/premises/informants',
    lazyRouteComponent(() => import('../../informants/desk/informants.tsx'), 'Informants'),
  ),
  page(
    '/premises/$area',
    lazyRouteComponent(() => import('../../premises/desk/place.tsx'), 'PremisesOfPlace'),
  ),
  page(
    '/reviews',
    lazyRouteComponent(() => import('../../reviews/desk/list.tsx'), 'Reviews'),
  ),
  page(
    '/reviews/$id',
    lazyRouteComponent(() => import('../../reviews/desk/review.tsx'), 'ReviewScreen'),
  ),
  page(
    '/policies',
    lazyRouteComponent(() => import('../../policy/desk/list.tsx'), 'Policies'),
  ),
  page(
    '/policies/calendar',
    lazyRouteComponent(() => import('../../policy/desk/calendar.tsx'), 'CalendarScreen'),
  ),
  page(
    '/policies/clocks',
    lazyRouteComponent(() => import('../../policy/desk/clocks.tsx'), 'Clocks'),
  ),
  page(
    '/policies/notices',
    lazyRouteComponent(() => import('../../notices/desk/hours.tsx'), 'NoticeHours'),
  ),
  page(
    '/policies/duties',
    lazyRouteComponent(() => import('../../duties/desk/templates.tsx'), 'DutyTemplates'),
  ),
  page(
    '/policies/$name',
    lazyRouteComponent(() => import('../../policy/desk/document.tsx'), 'Document'),
  ),
  page(
    '/system',
    lazyRouteComponent(() => import('../../accounts/desk/system.tsx'), 'System'),
  ),
  page(
    '/system/webhooks',
    lazyRouteComponent(() => import('../../interfaces/desk/webhooks.tsx'), 'Webhooks'),
  ),
  page(
    '/system/keys',
    lazyRouteComponent(() => import('../../interfaces/desk/keys.tsx'), 'Keys'),
  ),
  page(
    '/system/notices',
    lazyRouteComponent(() => import('../../notices/desk/ways.tsx'), 'NoticeWays'),
  ),
  page(
    '/account',
    lazyRouteComponent(() => import('../../accounts/desk/account.tsx'), 'AccountScreen'),
  ),
]);

export const router = createRouter({
  routeTree,
  basepath: '/desk',
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: () => (
    <main className="page">
      <Waiting />
    </main>
  ),
  defaultErrorComponent: ({ error, reset }) => (
    <main className="page">
      <Trouble error={error} again={reset} />
    </main>
  ),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
