import { accountRoutes } from '../accounts/api.ts';
import { accountPolicyKinds, accountRefusals } from '../accounts/model.ts';
import { SESSION_COOKIE } from '../accounts/model.ts';
import { accountRefusalsInEnglish } from '../accounts/refusals-english.ts';
import { actorOf, endSessionOfHash } from '../accounts/sessions.ts';
import type { Found } from '../accounts/setup.ts';
import { accountRecord } from '../accounts/tables.ts';
import { alikeRoutes } from '../alike/api.ts';
import { alikePolicies } from '../alike/model.ts';
import { ballotRoutes } from '../ballots/api.ts';
import { ballotPolicies, ballotRefusals } from '../ballots/model.ts';
import { ballotRefusalsInEnglish } from '../ballots/refusals-english.ts';
import { ballotRecord } from '../ballots/tables.ts';
import { burdenRoutes, formCalled } from '../burden/api.ts';
import { burdenPolicies } from '../burden/model.ts';
import { calendarPolicy } from '../calendar/policy.ts';
import { campaignRoutes } from '../campaigns/api.ts';
import { campaignRefusals } from '../campaigns/model.ts';
import { campaignRefusalsInEnglish } from '../campaigns/refusals-english.ts';
import { campaignRecords } from '../campaigns/tables.ts';
import { campaignPolicies } from '../campaigns/templates.ts';
import { cataloguePolicies } from '../catalogue/policy.ts';
import type { InEnglish, Sentences } from '../contract/refusals.ts';
import type { Routes } from '../contract/route.ts';
import { dialogueRoutes } from '../dialogues/api.ts';
import { dialoguePolicies, dialogueRefusals } from '../dialogues/model.ts';
import { dialogueRefusalsInEnglish } from '../dialogues/refusals-english.ts';
import { dialogueRecord } from '../dialogues/tables.ts';
import { disputeRoutes } from '../disputes/api.ts';
import { disputePolicies, disputeRefusals } from '../disputes/model.ts';
import { disputeRefusalsInEnglish } from '../disputes/refusals-english.ts';
import { disputeRecords } from '../disputes/tables.ts';
import { dutyRoutes } from '../duties/api.ts';
import { dutyPolicies, dutyRefusals } from '../duties/model.ts';
import { dutyRefusalsInEnglish } from '../duties/refusals-english.ts';
import { exceptionRecord } from '../duties/tables.ts';
import { festivalReasons, festivalRoutes } from '../festivals/api.ts';
import { festivalPolicies, festivalRefusals } from '../festivals/model.ts';
import { festivalRefusalsInEnglish } from '../festivals/refusals-english.ts';
import { festivalRecord, giftRecord } from '../festivals/tables.ts';
import { figureRoutes } from '../figures/api.ts';
import { hardCaseRoutes } from '../hard-cases/api.ts';
import { hardCasePolicies, hardCaseRefusals } from '../hard-cases/model.ts';
import { hardCaseRefusalsInEnglish } from '../hard-cases/refusals-english.ts';
import { hardCaseRecords } from '../hard-cases/tables.ts';
import { hotspotRoutes } from '../hotspots/api.ts';
import { hotspotPolicies, hotspotRefusals } from '../hotspots/model.ts';
import { hotspotRefusalsInEnglish } from '../hotspots/refusals-english.ts';
import { hotspotRecord } from '../hotspots/tables.ts';
import { informantRoutes } from '../informants/api.ts';
import { informantPolicies, informantRefusals } from '../informants/model.ts';
import { informantRefusalsInEnglish } from '../informants/refusals-english.ts';
import { informantRecord, needReportRecord } from '../informants/tables.ts';
import { interfaceRoutes } from '../interfaces/api.ts';
import { interfacePolicies, interfaceRefusals } from '../interfaces/model.ts';
import { interfaceRefusalsInEnglish } from '../interfaces/refusals-english.ts';
import { interfaceRecords } from '../interfaces/tables.ts';
import { labourRoutesOf } from '../labour/api.ts';
import { labourPolicies, labourRefusals } from '../labour/model.ts';
import { labourRefusalsInEnglish } from '../labour/refusals-english.ts';
import { labourRecord } from '../labour/tables.ts';
import type { AnyRecordType } from '../ledger/record.ts';
import { matterRoutes } from '../matters/api.ts';
import { openMattersFor } from '../matters/carried.ts';
import { matterReasons } from '../matters/looks.ts';
import { raisingPolicy } from '../matters/handling-model.ts';
import { matterRefusals } from '../matters/model.ts';
import { clockPolicy, matterPolicy, petitionPolicy } from '../matters/policy.ts';
import { matterRefusalsInEnglish } from '../matters/refusals-english.ts';
import { matterRecord } from '../matters/tables.ts';
import { orderRoutes } from '../orders/api.ts';
import { owedRoutes } from '../owed/api.ts';
import { orderPolicies, orderRefusals } from '../orders/model.ts';
import { orderRefusalsInEnglish } from '../orders/refusals-english.ts';
import { bulletinRecord, orderRecord } from '../orders/tables.ts';
import { meetingRoutes } from '../meetings/api.ts';
import { responsibilityRecord, standingGroupRecord } from '../meetings/group-tables.ts';
import { meetingPolicies, meetingRefusals } from '../meetings/model.ts';
import { meetingRefusalsInEnglish } from '../meetings/refusals-english.ts';
import { meetingRecord } from '../meetings/tables.ts';
import { noticeRoutes } from '../notices/api.ts';
import { noticePolicies, noticeRefusals } from '../notices/model.ts';
import { noticeRefusalsInEnglish } from '../notices/refusals-english.ts';
import { noticeRecords } from '../notices/tables.ts';
import { organisationRoutes } from '../organisation/api.ts';
import { organisationRefusals } from '../organisation/model.ts';
import { organisationPolicies } from '../organisation/policies.ts';
import { organisationRecords } from '../organisation/records.ts';
import { organisationRefusalsInEnglish } from '../organisation/refusals-english.ts';
import { outreachRoutes } from '../outreach/api.ts';
import { outreachPolicies, outreachRefusals } from '../outreach/model.ts';
import { outreachRefusalsInEnglish } from '../outreach/refusals-english.ts';
import { outreachRecord } from '../outreach/tables.ts';
import { pairReasons, pairRoutes } from '../pairs/api.ts';
import { pairPolicies, pairRefusals } from '../pairs/model.ts';
import { pairRefusalsInEnglish } from '../pairs/refusals-english.ts';
import { pairRecord } from '../pairs/tables.ts';
import { paperRoutesOf } from '../papers/api.ts';
import { type PaperSource, paperRefusals } from '../papers/model.ts';
import { ledgerPapers } from '../papers/of-ledger.ts';
import { paperRefusalsInEnglish } from '../papers/refusals-english.ts';
import { paperRecord } from '../papers/tables.ts';
import { paperPolicy } from '../papers/templates.ts';
import { policyRoutes } from '../policy/api.ts';
import { type PolicyKind, policyRefusals } from '../policy/model.ts';
import { policyRefusalsInEnglish } from '../policy/refusals-english.ts';
import { policyRecord } from '../policy/tables.ts';
import { policyChangeRoutes } from '../policy-changes/api.ts';
import { policyChangeRefusals } from '../policy-changes/model.ts';
import { policyChangeRefusalsInEnglish } from '../policy-changes/refusals-english.ts';
import { policyChangeRecord } from '../policy-changes/tables.ts';
import { premiseRoutes } from '../premises/api.ts';
import { premisePolicies, premiseRefusals } from '../premises/model.ts';
import { premiseRefusalsInEnglish } from '../premises/refusals-english.ts';
import { premiseRecord } from '../premises/tables.ts';
import { receptionRoutes } from '../reception/api.ts';
import { hallRoutes } from '../reception/hall/api.ts';
import { hallPolicies, hallRefusals } from '../reception/hall/model.ts';
import { hallRefusalsInEnglish } from '../reception/hall/refusals-english.ts';
import { hallDeskRecord, ticketRecord } from '../reception/hall/tables.ts';
import { receptionPolicies, receptionRefusals } from '../reception/model.ts';
import { receptionRefusalsInEnglish } from '../reception/refusals-english.ts';
import { receptionRecord, rotaRecord } from '../reception/tables.ts';
import { residentRoutes } from '../residents/api.ts';
import { householdRefusals, residentPolicies } from '../residents/model.ts';
import { householdRefusalsInEnglish } from '../residents/refusals-english.ts';
import { residentRecords } from '../residents/tables.ts';
import { reviewRoutes } from '../reviews/api.ts';
import { reviewPolicies, reviewRefusals } from '../reviews/model.ts';
import { reviewRefusalsInEnglish } from '../reviews/refusals-english.ts';
import { reviewRecord } from '../reviews/tables.ts';
import { routingRoutes } from '../routing/api.ts';
import { routeChangeRefusals } from '../routing/model.ts';
import { routeChangeRefusalsInEnglish } from '../routing/refusals-english.ts';
import { routeChangeRecord } from '../routing/tables.ts';
import { searchRoutes } from '../search/api.ts';
import { statisticsRoutes } from '../statistics/api.ts';
import { statisticsRefusals, statisticsRefusalsInEnglish } from '../statistics/english.ts';
import { statisticsPolicies } from '../statistics/model.ts';
import { studyRoutes } from '../studies/api.ts';
import { studyReportRoutes } from '../studies/print.ts';
import { studyReports } from './study-report.ts';
import { studyPolicies, studyRefusals } from '../studies/model.ts';
import { studyRefusalsInEnglish } from '../studies/refusals-english.ts';
import { studyRecord } from '../studies/tables.ts';
import { suggestionRoutes } from '../suggestions/api.ts';
import { suggestionPolicies, suggestionRefusals } from '../suggestions/model.ts';
import { suggestionRefusalsInEnglish } from '../suggestions/refusals-english.ts';
import { suggestionRecord } from '../suggestions/tables.ts';
import { syncRoutes } from '../sync/api.ts';
import { syncPolicies, syncRefusals } from '../sync/model.ts';
import { syncRefusalsInEnglish } from '../sync/refusals-english.ts';
import { talkRoutes } from '../talks/api.ts';
import { talkRefusals } from '../talks/model.ts';
import { talkRefusalsInEnglish } from '../talks/refusals-english.ts';
import { guideRecord, talkRecord } from '../talks/tables.ts';
import { tipOffRoutes } from '../tip-offs/api.ts';
import { tipOffPolicies, tipOffRefusals } from '../tip-offs/model.ts';
import { tipOffRefusalsInEnglish } from '../tip-offs/refusals-english.ts';
import { findingRecord, tipCircleRecord, tipOffRecord, tipReporterRecord } from '../tip-offs/tables.ts';
import { visitRoutesOf } from '../visits/api.ts';
import { visitPolicies, visitRefusals } from '../visits/model.ts';
import { visitRefusalsInEnglish } from '../visits/refusals-english.ts';
import { visitRecord } from '../visits/tables.ts';
import { disclosureRoutes } from './disclosure.ts';
import { portalRoutes } from './portal/routes.ts';
import { labourAsked } from './labour-asked.ts';

/*
 * Everything the house is made of. A feature that is not named here does not exist. Alphabetical by feature, but for
 * the rule documents.
 */

/** Every kind of rule document, in the order the rules page lists them: what the rest rests on first. */
export const policyKinds: readonly PolicyKind[] = [
  calendarPolicy,
  ...cataloguePolicies,
  clockPolicy,
  matterPolicy,
  petitionPolicy,
  ...reviewPolicies,
  raisingPolicy,
  ...orderPolicies,
  ...noticePolicies,
  ...organisationPolicies,
  ...accountPolicyKinds,
  ...residentPolicies,
  ...visitPolicies,
  ...outreachPolicies,
  ...disputePolicies,
  ...hardCasePolicies,
  ...statisticsPolicies,
  ...receptionPolicies,
  ...hallPolicies,
  ...dialoguePolicies,
  ...studyPolicies,
  ...premisePolicies,
  ...informantPolicies,
  ...suggestionPolicies,
  ...syncPolicies,
  ...tipOffPolicies,
  ...campaignPolicies,
  ...ballotPolicies,
  ...labourPolicies,
  ...pairPolicies,
  ...festivalPolicies,
  ...meetingPolicies,
  ...burdenPolicies,
  ...dutyPolicies,
  ...alikePolicies,
  ...hotspotPolicies,
  paperPolicy,
  ...interfacePolicies,
];

export const records: readonly AnyRecordType[] = [
  accountRecord,
  ballotRecord,
  ...campaignRecords,
  dialogueRecord,
  ...disputeRecords,
  exceptionRecord,
  festivalRecord,
  giftRecord,
  ...hardCaseRecords,
  hotspotRecord,
  informantRecord,
  needReportRecord,
  ...interfaceRecords,
  labourRecord,
  matterRecord,
  bulletinRecord,
  orderRecord,
  meetingRecord,
  ...noticeRecords,
  ...organisationRecords,
  outreachRecord,
  pairRecord,
  paperRecord,
  policyRecord(policyKinds),
  policyChangeRecord,
  premiseRecord,
  receptionRecord,
  rotaRecord,
  hallDeskRecord,
  ticketRecord,
  ...residentRecords,
  reviewRecord,
  routeChangeRecord,
  responsibilityRecord,
  standingGroupRecord,
  studyRecord,
  suggestionRecord,
  guideRecord,
  talkRecord,
  findingRecord,
  tipCircleRecord,
  tipOffRecord,
  tipReporterRecord,
  visitRecord,
];

/** Papers that no act of a record gives. */
const paperSources: readonly PaperSource[] = [ledgerPapers];

/** How a version of the house differs from this one: a test plays an older one, that knows fewer words. */
export interface Version {
  /** Which state of the words it knows. */
  readonly words: number;
  routes(all: Routes): Routes;
}

/**
 * Every way in.
 * @param found makes the county at the first set-up
 */
export const routesOf = (found: Found, version?: Version) =>
  ({
    ...disclosureRoutes,
    ...portalRoutes,

    ...accountRoutes(found),
    ...alikeRoutes,
    ...ballotRoutes,
    ...burdenRoutes(() => records),
    ...campaignRoutes,
    ...dialogueRoutes,
    ...disputeRoutes,
    ...dutyRoutes,
    ...festivalRoutes,
    // The one place where order matters: before the matters, or an export's address would be read as a matter's id.
    ...figureRoutes,
    ...statisticsRoutes,
    ...hardCaseRoutes,
    ...hotspotRoutes,
    ...informantRoutes,
    ...interfaceRoutes(() => everyRoute(found)),
    ...labourRoutesOf(labourAsked),
    ...matterRoutes,
    ...orderRoutes,
    ...owedRoutes,
    ...meetingRoutes,
    ...noticeRoutes,
    ...organisationRoutes,
    ...outreachRoutes,
    ...pairRoutes,
    ...paperRoutesOf(paperSources),
    ...policyRoutes(policyKinds),
    ...policyChangeRoutes,
    ...premiseRoutes,
    ...receptionRoutes,
    ...hallRoutes,
    ...residentRoutes,
    ...reviewRoutes,
    ...routingRoutes,
    ...searchRoutes,
    ...studyRoutes,
    ...studyReportRoutes(studyReports),
    ...suggestionRoutes,
    ...syncRoutes({
      policies: ['visits', 'residents', 'calendar', 'sync'],
      matters: openMattersFor,
      async looks(desk, households) {
        // The matters go along themselves; a phone finds their reasons by the same rule.
        const [pairs, festival] = await Promise.all([pairReasons(desk, households), festivalReasons(desk, households)]);
        return { reasons: Object.fromEntries(pairs), festival: Object.fromEntries(festival) };
      },
      routes: () => (version === undefined ? everyRoute(found) : version.routes(everyRoute(found))),
      ...(version === undefined ? {} : { known: version.words }),
      sentences: () => sentences,
      nameOf: formCalled,
      cookie: SESSION_COOKIE,
      actorOf,
      endSession: endSessionOfHash,
    }),
    ...talkRoutes,
    ...tipOffRoutes,
    ...visitRoutesOf([matterReasons, pairReasons], [festivalReasons]),
  }) satisfies Routes;
/** Every route with its types: what the screens' client is typed by. */
export type AppRoutes = ReturnType<typeof routesOf>;
/** The same, for the description of them all: its type must not depend on itself. */
const everyRoute = (found: Found): Routes => routesOf(found) as Routes;

const refusals = {
  'setup.needed': '系统还没有设置好。请打开启动时打印的设置链接，先完成首次设置。',
  ...accountRefusals,
  ...ballotRefusals,
  ...campaignRefusals,
  ...dialogueRefusals,
  ...disputeRefusals,
  ...dutyRefusals,
  ...festivalRefusals,
  ...hardCaseRefusals,
  ...statisticsRefusals,
  ...hotspotRefusals,
  ...informantRefusals,
  ...interfaceRefusals,
  ...labourRefusals,
  ...matterRefusals,
  ...orderRefusals,
  ...meetingRefusals,
  ...noticeRefusals,
  ...organisationRefusals,
  ...outreachRefusals,
  ...pairRefusals,
  ...paperRefusals,
  ...policyRefusals,
  ...policyChangeRefusals,
  ...premiseRefusals,
  ...receptionRefusals,
  ...hallRefusals,
  ...householdRefusals,
  ...reviewRefusals,
  ...routeChangeRefusals,
  ...studyRefusals,
  ...suggestionRefusals,
  ...syncRefusals,
  ...talkRefusals,
  ...tipOffRefusals,
  ...visitRefusals,
};
/** What a refusal says, by its code. */
export const sentences: Sentences = refusals;
export const sentencesInEnglish: InEnglish<typeof refusals> = {
  'setup.needed': 'The system is not set up yet. Open the link it printed when it started.',
  ...accountRefusalsInEnglish,
  ...ballotRefusalsInEnglish,
  ...campaignRefusalsInEnglish,
  ...dialogueRefusalsInEnglish,
  ...disputeRefusalsInEnglish,
  ...dutyRefusalsInEnglish,
  ...festivalRefusalsInEnglish,
  ...hardCaseRefusalsInEnglish,
  ...statisticsRefusalsInEnglish,
  ...hotspotRefusalsInEnglish,
  ...informantRefusalsInEnglish,
  ...interfaceRefusalsInEnglish,
  ...labourRefusalsInEnglish,
  ...matterRefusalsInEnglish,
  ...orderRefusalsInEnglish,
  ...meetingRefusalsInEnglish,
  ...noticeRefusalsInEnglish,
  ...organisationRefusalsInEnglish,
  ...outreachRefusalsInEnglish,
  ...pairRefusalsInEnglish,
  ...paperRefusalsInEnglish,
  ...policyRefusalsInEnglish,
  ...policyChangeRefusalsInEnglish,
  ...premiseRefusalsInEnglish,
  ...receptionRefusalsInEnglish,
  ...hallRefusalsInEnglish,
  ...householdRefusalsInEnglish,
  ...reviewRefusalsInEnglish,
  ...routeChangeRefusalsInEnglish,
  ...studyRefusalsInEnglish,
  ...suggestionRefusalsInEnglish,
  ...syncRefusalsInEnglish,
  ...talkRefusalsInEnglish,
  ...tipOffRefusalsInEnglish,
  ...visitRefusalsInEnglish,
};
