import { type Decider, refuse } from '../../ledger/decider.ts';
import { type AreaCommand, type AreaEvent, type AreaFacts, type AreaState, areaTypes, levels } from '../model.ts';

/** One tree of areas: county, township, village, grid, in this order and without a step left out (row A1). */
export const areas: Decider<AreaState, AreaCommand, AreaEvent, AreaFacts> = {
  initial: { stage: 'none', parent: null, above: [], level: 'county', type: '', name: '', code: '' },

  evolve(state, event) {
    switch (event.kind) {
      case 'area.added': {
        const { kind: _, ...fields } = event;
        return { ...fields, stage: 'open', undo: { kind: 'area.close' } };
      }
      case 'area.renamed':
        return {
          ...state,
          name: event.name,
          type: event.type,
          undo: { kind: 'area.rename', name: state.name, type: state.type },
        };
      case 'area.moved':
        return {
          ...state,
          parent: event.parent,
          above: event.above,
          ...(state.parent === null ? {} : { undo: { kind: 'area.move', parent: state.parent } }),
        };
      case 'area.closed': {
        const { parent, type, name, code } = state;
        return { ...state, stage: 'closed', undo: { kind: 'area.add', parent, type, name, code } };
      }
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'area.add') return add(state, command, facts);
    if (state.stage === 'none') return refuse('area.missing');
    if (state.stage === 'closed') return refuse('area.closed');
    switch (command.kind) {
      case 'area.rename': {
        const type = command.type ?? state.type;
        if (command.name === state.name && type === state.type) return refuse('area.unchanged');
        if (!areaTypes[state.level].includes(type)) return refuse('area.wrong-type', 'type');
        if (facts.nameTaken) return refuse('area.name-taken', 'name');
        return [{ kind: 'area.renamed', name: command.name, type }];
      }
      case 'area.move': {
        const { parent } = facts;
        if (state.parent === null) return refuse('area.root-fixed');
        if (parent === undefined || parent.closed) return refuse('area.no-parent', 'parent');
        if (levels[levels.indexOf(parent.level) + 1] !== state.level) return refuse('area.wrong-level', 'parent');
        if (command.parent === state.parent && parent.chain.join() === state.above.join())
          return refuse('area.unchanged');
        if (facts.inhabited) return refuse('area.inhabited');
        if (facts.nameTaken) return refuse('area.name-taken', 'parent');
        return [{ kind: 'area.moved', parent: command.parent, above: parent.chain }];
      }
      case 'area.close':
        if (facts.below > 0) return refuse('area.has-below');
        if (facts.inhabited) return refuse('area.inhabited');
        return [{ kind: 'area.closed' }];
    }
  },
};

function add(
  state: AreaState,
  command: AreaCommand & { kind: 'area.add' },
  facts: AreaFacts,
): ReturnType<typeof areas.decide> {
  if (state.stage === 'open') return refuse('area.exists');
  const { parent, name, type, code } = command;
  if (parent === null && facts.rootTaken) return refuse('area.root-taken', 'parent');
  if (parent !== null && (facts.parent === undefined || facts.parent.closed)) return refuse('area.no-parent', 'parent');
  const level = facts.parent === undefined ? 'county' : levels[levels.indexOf(facts.parent.level) + 1];
  // What was closed is known elsewhere by its level; it comes back as what it was.
  if (level === undefined || (state.stage === 'closed' && level !== state.level))
    return refuse('area.wrong-level', 'parent');
  if (!areaTypes[level].includes(type)) return refuse('area.wrong-type', 'type');
  if (facts.nameTaken) return refuse('area.name-taken', 'name');
  if (facts.codeTaken) return refuse('area.code-taken', 'code');
  return [{ kind: 'area.added', parent, above: facts.parent?.chain ?? [], level, type, name, code }];
}
