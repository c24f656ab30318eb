import { addDays } from '../../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../../ledger/decider.ts';
import type { MemberCommand, MemberEvent, MemberFacts, MemberRole, MemberState, Stay } from '../model.ts';

/** An official's time in teams: where, as what, from when to when. A transfer keeps what was before (row A6; J1, J4). */
export const members: Decider<MemberState, MemberCommand, MemberEvent, MemberFacts> = {
  initial: { official: '', stays: [] },

  evolve(state, event) {
    switch (event.kind) {
      case 'member.joined': {
        const { official, team, role, since } = event;
        return {
          official,
          stays: [...state.stays, { team, role, since, until: null, reason: null }],
          undo: { kind: 'member.leave', until: addDays(since, -1), reason: '录入有误，撤销' },
        };
      }
      case 'member.transferred': {
        const { team, role, since, reason } = event;
        return {
          official: state.official,
          stays: [...closed(state.stays, addDays(since, -1), null), { team, role, since, until: null, reason }],
        };
      }
      case 'member.left':
        return { official: state.official, stays: closed(state.stays, event.until, event.reason) };
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    const now = current(state);
    if (command.kind === 'member.join') {
      if (now !== undefined) return refuse('member.in-team');
      const { official, team, role, since } = command;
      if (state.official !== '' && state.official !== official) return refuse('member.other', 'official');
      if (!facts.officialAtWork) return refuse('member.no-official', 'official');
      const last = state.stays.at(-1);
      if (last !== undefined && last.until !== null && since <= last.until) return refuse('member.early', 'since');
      return misplaced(role, since, facts) ?? [{ kind: 'member.joined', official, team, role, since }];
    }
    if (now === undefined) return refuse('member.missing');
    if (command.kind === 'member.leave') {
      // Left on the day before joining, it never was: that is how a mistake is taken back.
      if (command.until < addDays(now.since, -1)) return refuse('member.early', 'until');
      return [{ kind: 'member.left', until: command.until, reason: command.reason }];
    }
    const { team, role, since, reason } = command;
    if (team === now.team && role === now.role) return refuse('member.unchanged', 'team');
    if (since < now.since) return refuse('member.early', 'since');
    return misplaced(role, since, facts) ?? [{ kind: 'member.transferred', team, role, since, reason }];
  },
};

/** Where the official is now, if anywhere. */
export const current = ({ stays }: MemberState): Stay | undefined => stays.findLast((s) => s.until === null);

const closed = (stays: readonly Stay[], until: string, reason: string | null): readonly Stay[] =>
  stays.map((s) => (s.until === null ? { ...s, until, reason: reason ?? s.reason } : s));

function misplaced(role: MemberRole, since: string, { team, doubled, led }: MemberFacts): Refusal | undefined {
  if (team === undefined || team.ended) return refuse('member.no-team', 'team');
  if (since < team.since || (team.until !== null && since > team.until)) return refuse('member.outside', 'since');
  if (doubled) return refuse('member.doubled', 'team');
  return role === 'leader' && led ? refuse('member.led', 'role') : undefined;
}
