import type { Recorded } from '../ledger/decider.ts';
import { idOf } from '../ledger/ids.ts';
import type { History } from '../ledger/ledger.ts';
import type { Query, RecordType } from '../ledger/record.ts';
import {
  AccountCommand,
  type AccountCommand as Command,
  type AccountEvent,
  type AccountFacts,
  type AccountState,
  accountStream,
} from './model.ts';
import { accounts } from './rules.ts';

export interface AccountTables {
  account: {
    county: number;
    id: string;
    official: string;
    login: string;
    state: 'open' | 'closed';
    must_change: boolean;
    passkeys: { id: string; name: string; addedAt: string }[];
    opened_at: string;
  };
  /** Organisation's, joined on read. */
  official: { county: number; id: string; name: string; title: string; unit: string; retired: boolean };
  unit: { county: number; id: string; name: string };
}

export const accountRecord: RecordType<AccountState, Command, AccountEvent, AccountFacts> = {
  name: 'account',
  decider: accounts,
  commands: AccountCommand,
  tables: [{ name: 'account', key: ['county', 'id'] }],
  async facts({ county, stream, state, command, actor, query }) {
    const own = actor === state.official;
    if (command.kind !== 'account.open') return { officialKnown: true, loginTaken: false, own };
    const [found] = await query<{ official_known: boolean; login_taken: boolean }>(
      'account.facts',
      `select exists (select from official where county = $1 and id = $2 and not retired) as official_known,
              exists (select from account where county = $1 and login = $3 and state = 'open' and id <> $4) as login_taken`,
      [county, command.official, command.login, stream],
    );
    return {
      officialKnown: found!.official_known && stream === accountStream(command.official),
      loginTaken: found!.login_taken,
      own,
    };
  },
  reach: (state, command) => ({ officials: [command?.kind === 'account.open' ? command.official : state.official] }),
  rows: (county, stream, state) => ({
    account:
      state.state === 'none'
        ? []
        : [
            {
              county,
              id: stream,
              official: state.official,
              login: state.login,
              state: state.state,
              must_change: state.mustChange,
              passkeys: state.passkeys.map(({ id, name, addedAt }) => ({ id, name, addedAt })),
              opened_at: state.openedAt,
            },
          ],
  }),
};

/** The open account with this login. */
export async function accountByLogin(query: Query, county: number, login: string): Promise<string | undefined> {
  const [row] = await query<{ id: string }>(
    'account.by-login',
    `select id from account where county = $1 and login = $2 and state = 'open'`,
    [county, login],
  );
  return row?.id;
}

/** Whether anyone can sign in at all; if not, the system waits for its first set-up. */
export async function anyAccount(query: Query): Promise<boolean> {
  const [row] = await query<{ any: boolean }>('account.any', 'select exists (select from account) as any', []);
  return row!.any;
}

/** An account as a finished history, for the demo county and tests: open, with a password that may stay. */
export function openedAccount(given: {
  county: number;
  official: string;
  login: string;
  hash: string;
  at: string;
}): History {
  const { county, official, login, hash, at } = given;
  const stream = accountStream(official);
  const opened: Recorded<AccountEvent> = {
    kind: 'account.opened',
    official,
    login,
    mustChange: false,
    personal: { hash },
    stamp: { actor: 'system:import', at, version: 1 },
  };
  return { county, id: idOf('account.open', stream), record: 'account', stream, events: [opened] };
}
