import type { AreaState, AssignmentRules, AssignmentState, OfficialState, UnitState } from '../model.ts';
import { AreaBook } from './areas.ts';
import { AssignmentBook, type KnownHousehold } from './assignments.ts';
import { type Draft, Run } from './draft.ts';
import { type Fault, type Part, type SheetData, layout, parts, readPart } from './layout.ts';
import { OfficialBook } from './officials.ts';
import { UnitBook } from './units.ts';

/** What the county has already. */
export interface Known {
  readonly areas: readonly { id: string; state: AreaState }[];
  readonly units: readonly { id: string; state: UnitState }[];
  readonly officials: readonly { id: string; state: OfficialState }[];
  readonly assignments: readonly { id: string; state: AssignmentState }[];
  readonly households: readonly KnownHousehold[];
}

export interface Count {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly faulty: number;
}

export interface Plan {
  /** Records that are new, parents first. */
  readonly additions: readonly Draft[];
  /** Records that are there and get commands. */
  readonly changes: readonly Draft[];
  readonly faults: readonly Fault[];
  readonly counts: Readonly<Record<Part, Count>>;
}

/**
 * What an organisation file would change, without doing it (rows A1, A3). Pure: the same file on the same
 * county gives the same plan, and on the county it was taken into it gives an empty one. Each row goes
 * through the rules a person at the screen goes through; a row that breaks one is reported, the others are taken.
 */
export function importOrganisation(
  sheets: readonly SheetData[],
  known: Known,
  rules: AssignmentRules,
  of: { county: number; actor: string; at: string; today: string },
): Plan {
  const run = new Run(of);
  const read = {
    areas: readPart(sheets, 'areas'),
    units: readPart(sheets, 'units'),
    officials: readPart(sheets, 'officials'),
    assignments: readPart(sheets, 'assignments'),
  };
  for (const part of parts) run.faults.push(...read[part].faults);

  const areas = new AreaBook(run, known.areas);
  areas.take(read.areas.lines);
  const units = new UnitBook(run, areas, known.units);
  units.take(read.units.lines);
  const officials = new OfficialBook(run, areas, units, known.officials);
  officials.take(read.officials.lines);
  units.takeHeads(officials);
  const assignments = new AssignmentBook(run, { areas, units, officials }, rules, known.assignments, known.households);
  assignments.take(read.assignments.lines);

  const drafts: Record<Part, Draft[]> = {
    areas: [...areas.byId.values()],
    units: [...units.byId.values()],
    officials: [...officials.all],
    assignments: [...assignments.byId.values()],
  };
  const isNew = (d: Draft): boolean => !d.known && d.events.length > 0;
  const isChanged = (d: Draft): boolean => d.commands.length > 0;
  const countOf = (part: Part): Count => {
    const early = new Set(read[part].faults.map((f) => f.row));
    const faulty = new Set(run.faults.filter((f) => f.sheet === layout[part].sheet).map((f) => f.row));
    return {
      rows: read[part].lines.length + early.size,
      added: drafts[part].filter(isNew).length,
      changed: drafts[part].filter(isChanged).length,
      faulty: faulty.size,
    };
  };
  const all = parts.flatMap((part) => drafts[part]);
  return {
    additions: all.filter(isNew),
    changes: all.filter(isChanged),
    faults: run.faults.toSorted((a, b) => a.sheet.localeCompare(b.sheet) || a.row - b.row),
    counts: {
      areas: countOf('areas'),
      units: countOf('units'),
      officials: countOf('officials'),
      assignments: countOf('assignments'),
    },
  };
}
