import { addDays } from '../../calendar/days.ts';
import { type Decider, type Refusal, refuse } from '../../ledger/decider.ts';
import type { PlaceKind, TeamCommand, TeamEvent, TeamFacts, TeamPlace, TeamState } from '../model.ts';

/** Teams and their groups: beside the organisation tree, for a period, with places (row A6; J1, 2:E3). */
export const teams: Decider<TeamState, TeamCommand, TeamEvent, TeamFacts> = {
  initial: {
    stage: 'none',
    parent: null,
    name: '',
    purpose: '',
    area: '',
    chain: [],
    campaign: null,
    since: '',
    until: null,
    places: [],
  },

  evolve(state, event) {
    switch (event.kind) {
      case 'team.founded': {
        const { kind: _, ...fields } = event;
        return {
          ...fields,
          stage: 'open',
          places: state.places,
          undo: { kind: 'team.end', until: addDays(event.since, -1) },
        };
      }
      case 'team.amended': {
        const { name, purpose, campaign } = state;
        return {
          ...state,
          name: event.name,
          purpose: event.purpose,
          campaign: event.campaign,
          undo: { kind: 'team.amend', name, purpose, campaign },
        };
      }
      case 'team.place-taken': {
        const { place, target, since } = event;
        const others = state.places.filter((p) => !(holds(p, event) && p.since === since));
        return {
          ...state,
          places: [...others, { place, target, since, until: null }],
          undo: { kind: 'team.leave-place', place, target, until: addDays(since, -1) },
        };
      }
      case 'team.place-left': {
        const { place, target, until } = event;
        const left = state.places.find((p) => holds(p, event) && p.until === null);
        if (left === undefined) return state;
        return {
          ...state,
          places: state.places.map((p) => (p === left ? { ...p, until } : p)),
          undo: { kind: 'team.take-place', place, target, since: left.since },
        };
      }
      case 'team.ended': {
        const { parent, name, purpose, area, campaign, since, until } = state;
        return {
          ...state,
          stage: 'ended',
          until: event.until,
          undo: { kind: 'team.found', parent, name, purpose, area, campaign, since, until },
        };
      }
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'team.found') return found(state, command, facts);
    if (state.stage === 'none') return refuse('team.missing');
    if (state.stage === 'ended') return refuse('team.ended');
    switch (command.kind) {
      case 'team.amend': {
        const { name = state.name, purpose = state.purpose, campaign = state.campaign } = command;
        if (name === state.name && purpose === state.purpose && campaign === state.campaign)
          return refuse('team.unchanged');
        if (facts.nameTaken) return refuse('team.name-taken', 'name');
        if (campaign !== null && !facts.campaignKnown) return refuse('team.no-campaign', 'campaign');
        return [{ kind: 'team.amended', name, purpose, campaign }];
      }
      case 'team.take-place': {
        const { place, target, since } = command;
        if (facts.placeChain === undefined) return refuse('team.no-place', 'target');
        if (!facts.placeChain.includes(state.area)) return refuse('team.place-outside', 'target');
        if (state.places.some((p) => holds(p, command) && (p.until === null || p.until >= since)))
          return refuse('team.place-taken', 'target');
        if (since < state.since || (state.until !== null && since > state.until))
          return refuse('member.outside', 'since');
        return [{ kind: 'team.place-taken', place, target, since }];
      }
      case 'team.leave-place': {
        const { place, target, until } = command;
        const held = state.places.find((p) => holds(p, command) && p.until === null);
        if (held === undefined) return refuse('team.place-not-taken', 'target');
        // Left on the day before it was taken, it never was: that is how a mistake is taken back.
        if (until < addDays(held.since, -1)) return refuse('team.ends-early', 'until');
        return [{ kind: 'team.place-left', place, target, until }];
      }
      case 'team.end':
        if (command.until < addDays(state.since, -1)) return refuse('team.ends-early', 'until');
        if (facts.below > 0) return refuse('team.has-groups');
        return [{ kind: 'team.ended', until: command.until }];
    }
  },
};

function found(
  state: TeamState,
  command: Extract<TeamCommand, { kind: 'team.found' }>,
  facts: TeamFacts,
): TeamEvent[] | Refusal {
  if (state.stage === 'open') return refuse('team.exists');
  const { parent, name, purpose, area, campaign, since, until } = command;
  if (facts.chain.length === 0 || facts.chain.length > 2) return refuse('team.no-area', 'area');
  if (until !== null && until < since) return refuse('team.ends-early', 'until');
  if (parent !== null) {
    const above = facts.parent;
    if (above === undefined || above.ended) return refuse('team.no-parent', 'parent');
    if (above.parent !== null) return refuse('team.group-in-group', 'parent');
    if (!facts.chain.includes(above.chain.at(-1)!)) return refuse('team.outside', 'area');
    if (since < above.since) return refuse('team.outside', 'since');
    if (above.until !== null && (until === null || until > above.until)) return refuse('team.outside', 'until');
  }
  if (facts.nameTaken) return refuse('team.name-taken', 'name');
  if (campaign !== null && !facts.campaignKnown) return refuse('team.no-campaign', 'campaign');
  return [{ kind: 'team.founded', parent, name, purpose, area, chain: facts.chain, campaign, since, until }];
}

const holds = (held: TeamPlace, { place, target }: { place: PlaceKind; target: string }): boolean =>
  held.place === place && held.target === target;
