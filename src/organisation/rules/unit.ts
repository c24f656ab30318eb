import { type Decider, refuse } from '../../ledger/decider.ts';
import type { UnitCommand, UnitEvent, UnitFacts, UnitState } from '../model.ts';

/** One tree of units: departments, township governments and enterprises, each with sections below (row A1). */
export const units: Decider<UnitState, UnitCommand, UnitEvent, UnitFacts> = {
  initial: {
    stage: 'none',
    parent: null,
    type: 'department',
    name: '',
    shortName: '',
    area: '',
    code: null,
    head: null,
    reception: null,
  },

  evolve(state, event) {
    switch (event.kind) {
      case 'unit.added': {
        const { kind: _, ...fields } = event;
        return { ...fields, stage: 'open', head: state.head, reception: state.reception, undo: { kind: 'unit.close' } };
      }
      case 'unit.renamed': {
        const { name, shortName } = state;
        return {
          ...state,
          name: event.name,
          shortName: event.shortName,
          undo: { kind: 'unit.rename', name, shortName },
        };
      }
      case 'unit.moved': {
        const { parent, area } = state;
        return { ...state, parent: event.parent, area: event.area, undo: { kind: 'unit.move', parent, area } };
      }
      case 'unit.led': {
        const { head, reception } = state;
        return { ...state, head: event.head, reception: event.reception, undo: { kind: 'unit.lead', head, reception } };
      }
      case 'unit.closed': {
        const { parent, type, name, shortName, area, code } = state;
        const again = { kind: 'unit.add' as const, parent, type, name, shortName, area };
        return { ...state, stage: 'closed', undo: code === null ? again : { ...again, code } };
      }
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'unit.add') {
      if (state.stage === 'open') return refuse('unit.exists');
      const wrong = misplaced(command.type, command, facts);
      if (wrong !== undefined) return wrong;
      if (facts.codeTaken) return refuse('unit.code-taken', 'code');
      const { parent, type, name, shortName, area, code } = command;
      return [{ kind: 'unit.added', parent, type, name, shortName: shortName ?? name, area, code: code ?? null }];
    }
    if (state.stage === 'none') return refuse('unit.missing');
    if (state.stage === 'closed') return refuse('unit.closed');
    switch (command.kind) {
      case 'unit.rename': {
        const { name } = command;
        const shortName = command.shortName ?? (state.shortName === state.name ? name : state.shortName);
        if (name === state.name && shortName === state.shortName) return refuse('unit.unchanged');
        if (facts.nameTaken) return refuse('unit.name-taken', 'name');
        return [{ kind: 'unit.renamed', name, shortName }];
      }
      case 'unit.move': {
        const { parent, area } = command;
        if (parent === state.parent && area === state.area) return refuse('unit.unchanged');
        const wrong = misplaced(state.type, command, facts);
        return wrong ?? [{ kind: 'unit.moved', parent, area }];
      }
      case 'unit.lead': {
        const { head, reception } = command;
        if (head === state.head && reception === state.reception) return refuse('unit.unchanged');
        if (head !== null && head !== state.head && !facts.atWork.includes(head))
          return refuse('unit.no-official', 'head');
        if (reception !== null && reception !== state.reception && !facts.atWork.includes(reception)) {
          return refuse('unit.no-official', 'reception');
        }
        return [{ kind: 'unit.led', head, reception }];
      }
      case 'unit.close':
        if (facts.below > 0) return refuse('unit.has-below');
        if (facts.officials > 0) return refuse('unit.has-officials');
        return [{ kind: 'unit.closed' }];
    }
  },
};

function misplaced(type: UnitState['type'], { parent }: { parent: string | null }, facts: UnitFacts) {
  if (type === 'section' && parent === null) return refuse('unit.section-parent', 'parent');
  if (parent !== null && facts.parentPath === undefined) return refuse('unit.no-parent', 'parent');
  if (facts.parentPath?.includes(facts.self) === true) return refuse('unit.circle', 'parent');
  if (!facts.areaOpen) return refuse('unit.no-area', 'area');
  if (facts.nameTaken) return refuse('unit.name-taken', 'name');
  return undefined;
}
