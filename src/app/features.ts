import { accountRoutes } from '../accounts/api.ts';
import { accountPolicyKinds, accountRefusals } from '../accounts/model.ts';
import { campaignRoutes } from '../campaigns/api.ts';
import { campaignRefusals } from '../campaigns/model.ts';
import { campaignPolicies } from '../campaigns/templates.ts';
import { campaignRecords } from '../campaigns/tables.ts';
import type { Found } from '../accounts/setup.ts';
import { accountRecord } from '../accounts/tables.ts';
import { calendarPolicy } from '../calendar/policy.ts';
import { cataloguePolicies } from '../catalogue/policy.ts';
import { dutyRoutes } from '../duties/api.ts';
import { dutyPolicies, dutyRefusals } from '../duties/model.ts';
import { exceptionRecord } from '../duties/tables.ts';
import type { Sentences } from '../contract/refusals.ts';
import type { Routes } from '../contract/route.ts';
import type { AnyRecordType } from '../ledger/record.ts';
import { figureRoutes } from '../figures/api.ts';
import { interfaceRoutes } from '../interfaces/api.ts';
import { interfacePolicies, interfaceRefusals } from '../interfaces/model.ts';
import { interfaceRecords } from '../interfaces/tables.ts';
import { organisationPolicies } from '../organisation/policies.ts';
import { organisationRefusals } from '../organisation/model.ts';
import { organisationRecords } from '../organisation/records.ts';
import { matterRoutes } from '../matters/api.ts';
import { matterRefusals } from '../matters/model.ts';
import { clockPolicy, matterPolicy } from '../matters/policy.ts';
import { matterRecord } from '../matters/tables.ts';
import { organisationRoutes } from '../organisation/api.ts';
import { residentRoutes } from '../residents/api.ts';
import { householdRefusals, residentPolicies } from '../residents/model.ts';
import { residentRecords } from '../residents/tables.ts';
import { syncRoutes } from '../sync/api.ts';
import { syncPolicies, syncRefusals } from '../sync/model.ts';
import { actorOf, endSessionOfHash } from '../accounts/sessions.ts';
import { SESSION_COOKIE } from '../accounts/model.ts';
import { openMattersFor } from '../matters/carried.ts';
import { visitRoutesOf } from '../visits/api.ts';
import { matterReasons } from '../matters/looks.ts';
import { visitPolicies, visitRefusals } from '../visits/model.ts';
import { visitRecord } from '../visits/tables.ts';
import { outreachRoutes } from '../outreach/api.ts';
import { outreachPolicies, outreachRefusals } from '../outreach/model.ts';
import { outreachRecord } from '../outreach/tables.ts';
import { studyRoutes } from '../studies/api.ts';
import { studyPolicies, studyRefusals } from '../studies/model.ts';
import { studyRecord } from '../studies/tables.ts';
import { talkRoutes } from '../talks/api.ts';
import { talkRefusals } from '../talks/model.ts';
import { guideRecord, talkRecord } from '../talks/tables.ts';
import { premiseRoutes } from '../premises/api.ts';
import { premisePolicies, premiseRefusals } from '../premises/model.ts';
import { premiseRecord } from '../premises/tables.ts';
import { informantRoutes } from '../informants/api.ts';
import { informantPolicies, informantRefusals } from '../informants/model.ts';
import { informantRecord, needReportRecord } from '../informants/tables.ts';
import { searchRoutes } from '../search/api.ts';
import { policyRoutes } from '../policy/api.ts';
import { type PolicyKind, policyRefusals } from '../policy/model.ts';
import { policyRecord } from '../policy/tables.ts';
import { disclosureRoutes } from './disclosure.ts';
import { labourRoutes } from '../labour/api.ts';
import { labourPolicies, labourRefusals } from '../labour/model.ts';
import { labourRecord } from '../labour/tables.ts';
import { pairReasons, pairRoutes } from '../pairs/api.ts';
import { pairPolicies, pairRefusals } from '../pairs/model.ts';
import { pairRecord } from '../pairs/tables.ts';
import { festivalReasons, festivalRoutes } from '../festivals/api.ts';
import { festivalPolicies, festivalRefusals } from '../festivals/model.ts';
import { festivalRecord, giftRecord } from '../festivals/tables.ts';
import { burdenRoutes } from '../burden/api.ts';
import { burdenPolicies } from '../burden/model.ts';
import { portalRoutes } from './portal/routes.ts';

/** Everything the house is made of. A feature that is not named here does not exist. */
export const policyKinds: readonly PolicyKind[] = [
  calendarPolicy,
  ...cataloguePolicies,
  clockPolicy,
  matterPolicy,
  ...organisationPolicies,
  ...accountPolicyKinds,
  ...residentPolicies,
  ...visitPolicies,
  ...outreachPolicies,
  ...studyPolicies,
  ...premisePolicies,
  ...informantPolicies,
  ...syncPolicies,
  ...campaignPolicies,
  ...labourPolicies,
  ...pairPolicies,
  ...festivalPolicies,
  ...burdenPolicies,
  ...dutyPolicies,
  ...interfacePolicies,
];

export const records: readonly AnyRecordType[] = [
  policyRecord(policyKinds),
  ...organisationRecords,
  accountRecord,
  ...residentRecords,
  visitRecord,
  ...campaignRecords,
  labourRecord,
  pairRecord,
  festivalRecord,
  giftRecord,
  exceptionRecord,
  matterRecord,
  outreachRecord,
  studyRecord,
  guideRecord,
  talkRecord,
  premiseRecord,
  informantRecord,
  needReportRecord,
  ...interfaceRecords,
];

/**
 * Every way in.
 * @param found makes the county at the first set-up
 */
export const routesOf = (found: Found) =>
  ({
    ...accountRoutes(found),
    ...policyRoutes(policyKinds),
    ...organisationRoutes,
    ...disclosureRoutes,
    ...residentRoutes,
    ...visitRoutesOf([matterReasons, pairReasons], [festivalReasons]),
    ...campaignRoutes,
    ...labourRoutes,
    ...pairRoutes,
    ...festivalRoutes,
    ...burdenRoutes(() => records),
    ...dutyRoutes,
    // Before the matters: an export's address would be read as a matter's id.
    ...figureRoutes,
    ...matterRoutes,
    ...outreachRoutes,
    ...studyRoutes,
    ...talkRoutes,
    ...premiseRoutes,
    ...informantRoutes,
    ...portalRoutes,
    ...searchRoutes,
    ...syncRoutes({
      policies: ['visits', 'residents', 'calendar', 'sync'],
      matters: openMattersFor,
      async looks(desk, households) {
        // The matters go along themselves; a phone finds their reasons by the same rule.
        const [pairs, festival] = await Promise.all([pairReasons(desk, households), festivalReasons(desk, households)]);
        return { reasons: Object.fromEntries(pairs), festival: Object.fromEntries(festival) };
      },
      routes: () => everyRoute(found),
      sentences: () => sentences,
      cookie: SESSION_COOKIE,
      actorOf,
      endSession: endSessionOfHash,
    }),
    ...interfaceRoutes(() => everyRoute(found)),
  }) satisfies Routes;
/** Every route with its types: what the screens' client is typed by. */
export type AppRoutes = ReturnType<typeof routesOf>;
/** The same, for the description of them all: its type must not depend on itself. */
const everyRoute = (found: Found): Routes => routesOf(found) as Routes;

export const sentences: Sentences = {
  'setup.needed': '系统还没有设置好。请打开启动时打印的设置链接，先完成首次设置。',
  ...policyRefusals,
  ...organisationRefusals,
  ...accountRefusals,
  ...householdRefusals,
  ...visitRefusals,
  ...syncRefusals,
  ...campaignRefusals,
  ...labourRefusals,
  ...pairRefusals,
  ...festivalRefusals,
  ...dutyRefusals,
  ...matterRefusals,
  ...outreachRefusals,
  ...studyRefusals,
  ...talkRefusals,
  ...premiseRefusals,
  ...informantRefusals,
  ...interfaceRefusals,
};
