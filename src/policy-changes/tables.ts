import type { RecordType } from '../ledger/record.ts';
import {
  PolicyChangeCommand,
  type PolicyChangeCommand as Command,
  type PolicyChangeEvent,
  type PolicyChangeFacts,
  type PolicyChangeState,
} from './model.ts';
import { policyChanges } from './rules.ts';

export const policyChangeRecord: RecordType<PolicyChangeState, Command, PolicyChangeEvent, PolicyChangeFacts> = {
  name: 'policy-change',
  decider: policyChanges,
  commands: PolicyChangeCommand,
  tables: [{ name: 'policy_change', key: ['county', 'id'] }],
  async facts({ county, command, query }) {
    if (command.kind !== 'policy-change.pass-over') return { matter: undefined };
    const [matter] = await query<{ chain: string[]; unit: string; barred: boolean }>(
      'policy-change.matter',
      `select a.chain, m.unit, coalesce(m.disposition = 'not-permitted', false) as barred from matter m join area a on a.county = m.county and a.id = m.area
        where m.county = $1 and m.id = $2`,
      [county, command.matter],
    );
    return { matter };
  },
  reach: (_state, _command, facts) =>
    facts?.matter === undefined ? {} : { areas: facts.matter.chain, units: [facts.matter.unit] },
  rows: (county, id, state) =>
    state.status === 'none'
      ? {}
      : {
          policy_change: [
            {
              county,
              id,
              policy: state.policy,
              guide: state.guide ?? null,
              what: state.what,
              source: state.source,
              valid_from: state.validFrom,
              announced_at: state.announcedAt,
              announced_by: state.announcedBy,
              passed_over: state.passedOver.map(({ matter }) => matter),
            },
          ],
        },
};
