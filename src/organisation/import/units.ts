import { type UnitCommand, type UnitFacts, type UnitState, organisationRefusals } from '../model.ts';
import { units } from '../rules.ts';
import type { AreaBook } from './areas.ts';
import { type Draft, type Found, type Run, Shelf, isFound, knownDraft, newDraft, only } from './draft.ts';
import { type LineOf, layout, unitTypeIn } from './layout.ts';
import type { OfficialBook } from './officials.ts';

export type UnitDraft = Draft<UnitState, UnitCommand>;

/** The units of the county and of the file. */
export class UnitBook {
  readonly byId = new Map<string, UnitDraft>();
  readonly #run: Run;
  readonly #areas: AreaBook;
  readonly #byCode = new Map<string, UnitDraft>();
  readonly #byName = new Shelf<UnitDraft>();
  readonly #taken = new Map<LineOf<'units'>, UnitDraft>();

  constructor(run: Run, areas: AreaBook, known: readonly { id: string; state: UnitState }[]) {
    this.#run = run;
    this.#areas = areas;
    for (const unit of known) this.#enter(knownDraft('unit', unit));
  }

  /** Takes the rows in, parents before children; a circle of parents finds no parent and is reported. */
  take(lines: readonly LineOf<'units'>[]): void {
    const named = new Shelf<LineOf<'units'>>();
    for (const line of lines) {
      named.add(line.text.name, line);
      if (line.text.code !== '') named.add(line.text.code, line);
    }
    const started = new Set<LineOf<'units'>>();
    const drafts = new Set<UnitDraft>();
    const take = (line: LineOf<'units'>): void => {
      if (started.has(line)) return;
      started.add(line);
      if (line.text.parent !== '') named.get(line.text.parent).forEach(take);
      const draft = this.#takeLine(line, drafts);
      if (draft === undefined) return;
      drafts.add(draft);
      this.#taken.set(line, draft);
    };
    lines.forEach(take);
  }

  /** Who leads a unit is known only after the officials are. */
  takeHeads(officials: OfficialBook): void {
    for (const [line, unit] of this.#taken) {
      const named = (field: 'head' | 'reception'): string | null => {
        if (line.text[field] === '') return unit.state[field];
        const found = officials.find(line.text[field], '', unit.id);
        if (isFound(found)) return found.id;
        this.#run.fault(line, field, `单位已导入，但${found.why}`);
        return unit.state[field];
      };
      const [head, reception] = [named('head'), named('reception')];
      if (head === unit.state.head && reception === unit.state.reception) continue;
      const atWork = [head, reception].filter((o) => o !== null);
      this.#run.attempt(unit, units, [{ kind: 'unit.lead', head, reception }], {
        ...this.#facts(unit, undefined, ''),
        atWork,
      });
    }
  }

  find(text: string): Found<UnitDraft> {
    const byCode = this.#byCode.get(text);
    return byCode?.state.stage === 'open' ? byCode : only(this.#open(text), '单位', '填单位代码');
  }

  /** The unit and everything above it. */
  pathOf(unit: UnitDraft): UnitDraft[] {
    const path: UnitDraft[] = [];
    for (
      let at: UnitDraft | undefined = unit;
      at !== undefined && !path.includes(at);
      at = this.byId.get(at.state.parent ?? '')
    )
      path.push(at);
    return path;
  }

  #enter(draft: UnitDraft): void {
    this.byId.set(draft.id, draft);
    if (draft.state.code !== null) this.#byCode.set(draft.state.code, draft);
    if (draft.state.stage === 'open') this.#byName.add(draft.state.name, draft);
  }

  #open(name: string): UnitDraft[] {
    return this.#byName.get(name).filter((u) => u.state.name === name && u.state.stage === 'open');
  }

  #takeLine(line: LineOf<'units'>, before: ReadonlySet<UnitDraft>): UnitDraft | undefined {
    const run = this.#run;
    const { code, name, shortName } = line.text;
    const parent = line.text.parent === '' ? undefined : this.find(line.text.parent);
    if (parent !== undefined && !isFound(parent)) return run.fault(line, 'parent', parent.why);
    const type = unitTypeIn(line.text.type);
    if (type === undefined) return run.fault(line, 'type', `没有这种类别，请填：${layout.units.columns.type.hint}。`);
    const area = this.#areas.find(line.text.area);
    if (!isFound(area)) return run.fault(line, 'area', area.why);

    const parentId = parent?.id ?? null;
    const same = (u: UnitDraft): boolean => u.state.parent === parentId && (code === '' || u.state.code === null);
    const found = this.#byCode.get(code) ?? this.#open(name).find(same);
    if (found?.state.stage === 'closed') return run.fault(line, 'name', organisationRefusals['unit.closed']);
    if (found !== undefined && before.has(found))
      return run.fault(line, code === '' ? 'name' : 'code', '和前面的行重复，请核对。');
    const draft: UnitDraft =
      found ??
      newDraft('unit', code === '' ? run.id('unit', parentId ?? '', name) : run.id('unit', code), units.initial);

    const short = shortName === '' ? {} : { shortName };
    const { state } = draft;
    const commands: UnitCommand[] = [];
    if (found === undefined) {
      commands.push({
        kind: 'unit.add',
        parent: parentId,
        type,
        name,
        area: area.id,
        ...short,
        ...(code === '' ? {} : { code }),
      });
    } else {
      if (state.type !== type) return run.fault(line, 'type', '和系统里的类别不同。单位的类别不能改，请核对。');
      if (state.parent !== parentId || state.area !== area.id)
        commands.push({ kind: 'unit.move', parent: parentId, area: area.id });
      if (state.name !== name || (shortName !== '' && state.shortName !== shortName))
        commands.push({ kind: 'unit.rename', name, ...short });
    }
    const refused = run.attempt(draft, units, commands, this.#facts(draft, parent, name));
    if (refused !== undefined)
      return run.refused(line, refused, { parent: 'parent', area: 'area', name: 'name' }, 'name');
    this.#enter(draft);
    return draft;
  }

  #facts(draft: UnitDraft, parent: UnitDraft | undefined, name: string): UnitFacts {
    return {
      parentPath: parent && this.pathOf(parent).map((u) => u.id),
      areaOpen: true,
      nameTaken: this.#open(name).some((u) => u.state.parent === (parent?.id ?? null) && u.id !== draft.id),
      codeTaken: false,
      below: 0,
      officials: 0,
      atWork: [],
      self: draft.id,
    };
  }
}
