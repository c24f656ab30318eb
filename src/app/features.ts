import { accountPolicyKinds, accountRefusals } from '../accounts/model.ts';
import { accountRecord } from '../accounts/tables.ts';
import { calendarPolicy } from '../calendar/policy.ts';
import type { Sentences } from '../contract/refusals.ts';
import type { Routes } from '../contract/route.ts';
import type { AnyRecordType } from '../ledger/record.ts';
import { organisationPolicies } from '../organisation/policies.ts';
import { organisationRefusals } from '../organisation/model.ts';
import { organisationRecords } from '../organisation/records.ts';
import { matterRoutes } from '../matters/api.ts';
import { matterRefusals } from '../matters/model.ts';
import { clockPolicy, matterPolicy } from '../matters/policy.ts';
import { matterRecord } from '../matters/tables.ts';
import { policyRoutes } from '../policy/api.ts';
import { type PolicyKind, policyRefusals } from '../policy/model.ts';
import { policyRecord } from '../policy/tables.ts';

/** Everything the house is made of. A feature that is not named here does not exist. */
export const policyKinds: readonly PolicyKind[] = [
  calendarPolicy,
  clockPolicy,
  matterPolicy,
  ...organisationPolicies,
  ...accountPolicyKinds,
];

export const records: readonly AnyRecordType[] = [
  policyRecord(policyKinds),
  ...organisationRecords,
  accountRecord,
  matterRecord,
];

export const routes = { ...policyRoutes(policyKinds), ...matterRoutes } satisfies Routes;
/** Every route with its types: what the screens' client is typed by. */
export type AppRoutes = typeof routes;

export const sentences: Sentences = {
  ...policyRefusals,
  ...organisationRefusals,
  ...accountRefusals,
  ...matterRefusals,
};
