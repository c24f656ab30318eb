import {
  type AssignmentCommand,
  type AssignmentFacts,
  type AssignmentRules,
  type AssignmentState,
  type AssignmentType,
  assignmentTypeNames,
  assignmentTypes,
} from '../model.ts';
import { assignments } from '../rules.ts';
import type { AreaBook } from './areas.ts';
import { type Draft, type Found, type Run, Shelf, isFound, knownDraft, newDraft, only } from './draft.ts';
import { BAD_DAY, type LineOf, dayIn } from './layout.ts';
import type { OfficialBook, OfficialDraft } from './officials.ts';
import type { UnitBook, UnitDraft } from './units.ts';

type AssignmentDraft = Draft<AssignmentState, AssignmentCommand>;
type Binding = Pick<AssignmentState, 'official' | 'type' | 'role' | 'area' | 'household' | 'unit'>;
export interface KnownHousehold {
  readonly id: string;
  readonly village: string | null;
  readonly head: string;
}

const types = new Map<string, AssignmentType>(assignmentTypes.map((t) => [assignmentTypeNames[t], t]));
const keyOf = (b: Binding): string => [b.official, b.type, b.role, b.area, b.household, b.unit].join();

/** The assignments of the county and of the file. */
export class AssignmentBook {
  readonly byId = new Map<string, AssignmentDraft>();
  readonly #running = new Map<string, AssignmentDraft>();
  readonly #villages = new Shelf<string>();
  readonly #departments = new Shelf<string>();
  readonly #households = new Shelf<{ id: string }>();
  readonly #run: Run;
  readonly #books: { areas: AreaBook; units: UnitBook; officials: OfficialBook };
  readonly #rules: AssignmentRules;

  constructor(
    run: Run,
    books: { areas: AreaBook; units: UnitBook; officials: OfficialBook },
    rules: AssignmentRules,
    known: readonly { id: string; state: AssignmentState }[],
    households: readonly KnownHousehold[],
  ) {
    this.#run = run;
    this.#books = books;
    this.#rules = rules;
    for (const one of known) this.#enter(knownDraft('assignment', one));
    for (const h of households) this.#households.add(`${h.village}/${h.head}`, { id: h.id });
  }

  take(lines: readonly LineOf<'assignments'>[]): void {
    for (const line of lines) this.#takeLine(line);
  }

  #enter(draft: AssignmentDraft): void {
    this.byId.set(draft.id, draft);
    const { stage, type, unit, area } = draft.state;
    if (stage !== 'running') return;
    this.#running.set(keyOf(draft.state), draft);
    if (type !== 'department' || unit === null || area === null) return;
    this.#villages.add(unit, area);
    this.#departments.add(this.#townshipOf(area), unit);
  }

  #takeLine(line: LineOf<'assignments'>): void {
    const run = this.#run;
    const { text } = line;
    const official = this.#books.officials.find(text.official, text.phone);
    if (!isFound(official)) return run.fault(line, 'official', official.why);
    const type = types.get(text.type);
    if (type === undefined) return run.fault(line, 'type', `没有这种类型，请填：${[...types.keys()].join('、')}。`);
    const since = dayIn(text.since);
    if (since === undefined) return run.fault(line, 'since', BAD_DAY);
    const until = text.until === '' ? undefined : dayIn(text.until);
    if (text.until !== '' && until === undefined) return run.fault(line, 'until', BAD_DAY);
    const target = this.#targetOf(type, text.target);
    if (!isFound(target)) return run.fault(line, 'target', target.why);
    const department = type === 'department' ? this.#departmentOf(official, text.unit) : undefined;
    if (department !== undefined && !isFound(department)) return run.fault(line, 'unit', department.why);

    const unit = department?.id ?? target.unit;
    const make = {
      official: official.id,
      type,
      area: target.area,
      household: target.household,
      unit,
      role: text.role,
      since,
    };
    const id = run.id('assignment', keyOf(make), since);
    const running = this.#running.get(keyOf(make));
    const draft: AssignmentDraft =
      this.byId.get(id) ?? (running?.state.since === since ? running : newDraft('assignment', id, assignments.initial));
    const commands: AssignmentCommand[] = draft.state.stage === 'none' ? [{ kind: 'assignment.make', ...make }] : [];
    if (until !== undefined && draft.state.stage !== 'ended')
      commands.push({ kind: 'assignment.end', until, reason: '导入表注明已结束' });
    const refused = run.attempt(draft, assignments, commands, this.#facts(make, running !== undefined));
    const at = {
      official: 'official',
      area: 'target',
      household: 'target',
      unit: type === 'department' ? 'unit' : 'target',
      until: 'until',
    } as const;
    if (refused !== undefined) return run.refused(line, refused, at, 'target');
    this.#enter(draft);
  }

  #facts(make: Binding, doubled: boolean): AssignmentFacts {
    const { areas, units } = this.#books;
    const area = make.area ?? '';
    const unit = make.unit ?? '';
    const suits = this.#rules.matching.find((m) => m.class === this.#rules.classes[unit])?.need;
    const need = this.#rules.needs[area];
    return {
      officialAtWork: true,
      areaLevel: areas.byId.get(area)?.state.level,
      areas: [],
      householdKnown: make.household !== null,
      unitType: units.byId.get(unit)?.state.type,
      doubled,
      villagesOfDepartment: this.#villages.others(unit, area),
      departmentsInTownship: this.#departments.others(this.#townshipOf(area), unit),
      mismatch: suits !== undefined && need !== undefined && suits !== need,
      rules: this.#rules,
    };
  }

  #townshipOf(area: string): string {
    return this.#books.areas.byId.get(area)?.state.parent ?? '';
  }

  #targetOf(type: AssignmentType, text: string): Found<Pick<Binding, 'area' | 'household' | 'unit'>> {
    const nothing = { area: null, household: null, unit: null };
    const { areas, units } = this.#books;
    if (type === 'household') {
      const cut = text.search(/[/／][^/／]*$/);
      if (cut < 0) return { why: '户请写成“村名/户主姓名”。' };
      const village = areas.find(text.slice(0, cut));
      if (!isFound(village)) return village;
      const found = only(
        this.#households.get(`${village.id}/${text.slice(cut + 1).trim()}`),
        '住户',
        '先在住户里核对户主姓名',
      );
      return isFound(found) ? { ...nothing, household: found.id } : found;
    }
    const area = areas.find(text);
    if (isFound(area)) return { ...nothing, area: area.id };
    const unit = type === 'contact-point' ? units.find(text) : area;
    return isFound(unit) ? { ...nothing, unit: unit.id } : area;
  }

  #departmentOf(official: OfficialDraft, text: string): Found<UnitDraft> {
    const { units } = this.#books;
    if (text !== '') return units.find(text);
    const own = units.byId.get(official.state.unit);
    const department = own && units.pathOf(own).find((u) => u.state.type === 'department');
    return department ?? { why: '这位干部不在部门里，请填写部门。' };
  }
}
