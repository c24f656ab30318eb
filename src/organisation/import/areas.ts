import { type AreaCommand, type AreaState, levelNames, levels, organisationRefusals } from '../model.ts';
import { areas } from '../rules.ts';
import { type Draft, type Found, type Run, Shelf, knownDraft, newDraft, only } from './draft.ts';
import { type LineOf, levelIn, typeOf } from './layout.ts';

export type AreaDraft = Draft<AreaState, AreaCommand>;

/** The areas of the county and of the file, as the rows that name them find them. */
export class AreaBook {
  readonly byId = new Map<string, AreaDraft>();
  readonly #run: Run;
  readonly #byCode = new Map<string, AreaDraft>();
  /** By name, and by parent's name and name: there are ten thousand 第一网格. */
  readonly #byName = new Shelf<AreaDraft>();
  readonly #siblings = new Map<string, string>();
  #root: string | undefined;

  constructor(run: Run, known: readonly { id: string; state: AreaState }[]) {
    this.#run = run;
    // What is closed comes first, so that an open area with the same code stands in its place.
    const closedFirst = known.toSorted((a, b) => Number(a.state.stage === 'open') - Number(b.state.stage === 'open'));
    const drafts = closedFirst.map((area) => knownDraft<AreaState, AreaCommand>('area', area));
    for (const draft of drafts) this.byId.set(draft.id, draft);
    for (const draft of drafts) this.#enter(draft);
  }

  /** Takes the rows in, parents before children whatever their order in the file. */
  take(lines: readonly LineOf<'areas'>[]): void {
    const waiting = new Map<string, LineOf<'areas'>>();
    for (const line of lines) {
      const first = waiting.get(line.text.code);
      if (first === undefined) waiting.set(line.text.code, line);
      else this.#run.fault(line, 'code', `和第 ${first.row} 行的代码重复，请核对。`);
    }
    const started = new Set<string>();
    const take = (code: string): AreaDraft | undefined => {
      const line = waiting.get(code);
      if (line === undefined || started.has(code)) return this.#byCode.get(code);
      started.add(code);
      const above = line.text.parent;
      if (above === '') return this.#takeLine(line, undefined);
      const parent = take(above);
      if (parent !== undefined) return this.#takeLine(line, parent);
      return this.#run.fault(
        line,
        'parent',
        waiting.has(above) ? '上级这一行有误，请先改正上级。' : '没有这个上级代码，请核对或先补上级。',
      );
    };
    for (const code of waiting.keys()) take(code);
  }

  /** Finds by code, by name, or by a path such as 城关镇/东街村. */
  find(text: string): Found<AreaDraft> {
    const byCode = this.#byCode.get(text);
    if (byCode?.state.stage === 'open') return byCode;
    const names = text.split(/[/／>]/).map((s) => s.trim());
    const fits = this.#byName.get(names.slice(-2).join('/')).filter((d) => {
      const path = [...d.state.above.map((a) => this.byId.get(a)?.state.name), d.state.name];
      return names.every((name, i) => path.at(i - names.length) === name);
    });
    return only(fits, '区划', '写成“乡镇/村”或区划代码');
  }

  #enter(draft: AreaDraft): void {
    const { code, name, parent, stage } = draft.state;
    this.byId.set(draft.id, draft);
    this.#byCode.set(code, draft);
    if (stage !== 'open') return;
    this.#byName.add(name, draft);
    this.#byName.add(`${this.byId.get(parent ?? '')?.state.name ?? ''}/${name}`, draft);
    this.#siblings.set(`${parent ?? ''}/${name}`, draft.id);
    if (parent === null) this.#root = draft.id;
  }

  #takeLine(line: LineOf<'areas'>, parent: AreaDraft | undefined): AreaDraft | undefined {
    const run = this.#run;
    const { code, name, level: levelText, type: typeText } = line.text;
    const level = parent === undefined ? 'county' : levels[levels.indexOf(parent.state.level) + 1];
    if (level === undefined) return run.fault(line, 'parent', organisationRefusals['area.wrong-level']);
    if (levelText !== '' && levelIn(levelText) !== level) {
      return run.fault(line, 'level', `按上级代码推定是${levelNames[level]}一级，请核对级别或上级代码。`);
    }
    const found = this.#byCode.get(code);
    const type = typeText === '' ? (found?.state.type ?? typeOf(name, level)) : typeText;
    const draft: AreaDraft = found ?? newDraft('area', run.id('area', code), areas.initial);
    const parentId = parent?.id ?? null;
    const facts = {
      parent: parent && {
        level: parent.state.level,
        chain: [...parent.state.above, parent.id],
        closed: parent.state.stage !== 'open',
      },
      nameTaken: (this.#siblings.get(`${parentId ?? ''}/${name}`) ?? draft.id) !== draft.id,
      codeTaken: false,
      rootTaken: this.#root !== undefined && this.#root !== draft.id,
      below: 0,
      inhabited: false,
    };
    const columns = { name: 'name', type: 'type', parent: 'parent', code: 'code' } as const;
    if (found === undefined) {
      const refused = run.attempt(draft, areas, [{ kind: 'area.add', parent: parentId, type, name, code }], facts);
      if (refused !== undefined) return run.refused(line, refused, columns, 'name');
      this.#enter(draft);
      return draft;
    }
    const was = found.state;
    if (was.stage === 'closed') run.fault(line, 'code', organisationRefusals['area.closed']);
    else if (was.parent !== parentId) run.fault(line, 'parent', '和系统里的上级不同。要调整隶属，请在“区划”里移动。');
    else if (was.name !== name || was.type !== type) {
      const refused = run.attempt(draft, areas, [{ kind: 'area.rename', name, type }], facts);
      if (refused !== undefined) run.refused(line, refused, columns, 'name');
      else {
        this.#siblings.delete(`${parentId ?? ''}/${was.name}`);
        this.#enter(found);
      }
    }
    return found;
  }
}
