import { type Decider, refuse } from '../ledger/decider.ts';
import type { AccountCommand, AccountEvent, AccountFacts, AccountState } from './model.ts';

const MAX_PASSKEYS = 10;

export const accounts: Decider<AccountState, AccountCommand, AccountEvent, AccountFacts> = {
  initial: { state: 'none', official: '', login: '', hash: undefined, mustChange: false, passkeys: [], openedAt: '' },

  evolve(state, event, { at }) {
    switch (event.kind) {
      case 'account.opened':
        return {
          state: 'open',
          official: event.official,
          login: event.login,
          hash: event.personal?.hash,
          mustChange: event.mustChange,
          passkeys: [],
          openedAt: at,
        };
      case 'account.password-set':
        return { ...state, hash: event.personal?.hash, mustChange: false };
      case 'account.password-reset':
        return { ...state, hash: event.personal?.hash, mustChange: true };
      case 'account.passkey-added':
        return { ...state, passkeys: [...state.passkeys, { ...event.passkey, addedAt: at }] };
      case 'account.passkey-dropped':
        return { ...state, passkeys: state.passkeys.filter((p) => p.id !== event.id) };
      case 'account.closed':
        // Opened again, the account begins with a fresh password: nothing of the old way in comes back.
        return { ...state, state: 'closed', hash: undefined, passkeys: [] };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'account.open') {
      if (!facts.officialKnown) return refuse('account.no-official', 'official');
      if (state.state === 'open') return refuse('account.exists');
      if (facts.loginTaken) return refuse('account.login-taken', 'login');
      const { official, login, mustChange, hash } = command;
      return [{ kind: 'account.opened', official, login, mustChange, personal: { hash } }];
    }
    if (state.state !== 'open') return refuse('account.not-open');
    switch (command.kind) {
      case 'account.set-password':
        return [{ kind: 'account.password-set', personal: { hash: command.hash } }];
      case 'account.reset':
        return [{ kind: 'account.password-reset', personal: { hash: command.hash } }];
      case 'account.add-passkey':
        if (state.passkeys.some((p) => p.id === command.passkey.id)) return refuse('passkey.known');
        if (state.passkeys.length >= MAX_PASSKEYS) return refuse('passkey.too-many');
        return [{ kind: 'account.passkey-added', passkey: command.passkey }];
      case 'account.drop-passkey':
        if (!state.passkeys.some((p) => p.id === command.id)) return refuse('passkey.unknown');
        return [{ kind: 'account.passkey-dropped', id: command.id }];
      case 'account.close':
        // Somebody must stay who can open accounts.
        if (facts.own) return refuse('account.own');
        return [{ kind: 'account.closed' }];
    }
  },
};
