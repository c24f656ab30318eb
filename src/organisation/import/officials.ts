import { type Role, roleNames } from '../../access/model.ts';
import { type OfficialCommand, type OfficialState, type Post, organisationRefusals } from '../model.ts';
import { officials } from '../rules.ts';
import type { AreaBook } from './areas.ts';
import { type Draft, type Found, type Run, Shelf, isFound, knownDraft, newDraft, only } from './draft.ts';
import { BAD_DAY, type LineOf, dayIn } from './layout.ts';
import type { UnitBook, UnitDraft } from './units.ts';

export type OfficialDraft = Draft<OfficialState, OfficialCommand>;

const roles = new Map(Object.entries(roleNames).map(([role, name]) => [name, role as Role]));

/** The officials of the county and of the file. One line of the file stands for one post. */
export class OfficialBook {
  readonly all = new Set<OfficialDraft>();
  readonly #run: Run;
  readonly #areas: AreaBook;
  readonly #units: UnitBook;
  readonly #byCode = new Map<string, OfficialDraft>();
  readonly #byName = new Shelf<OfficialDraft>();
  /** Who has had a line in this file, and the phone it gave. */
  readonly #phones = new Map<OfficialDraft, string>();

  constructor(run: Run, areas: AreaBook, units: UnitBook, known: readonly { id: string; state: OfficialState }[]) {
    this.#run = run;
    this.#areas = areas;
    this.#units = units;
    for (const one of known) this.#enter(knownDraft('official', one));
  }

  take(lines: readonly LineOf<'officials'>[]): void {
    for (const line of lines) this.#takeLine(line);
  }

  /** Finds by name, among those of the same name by phone, then by unit. */
  find(name: string, phone: string, unit?: string): Found<OfficialDraft> {
    const fits = this.#working(name).filter((o) => phone === '' || o.state.phone === phone);
    return only(
      fits.length > 1 && unit !== undefined ? fits.filter((o) => o.state.unit === unit) : fits,
      '干部',
      '填写电话区分',
    );
  }

  #enter(draft: OfficialDraft): void {
    this.all.add(draft);
    if (draft.state.code !== null) this.#byCode.set(draft.state.code, draft);
    this.#byName.add(draft.state.name, draft);
  }

  #working(name: string): OfficialDraft[] {
    return this.#byName.get(name).filter((o) => o.state.stage === 'working' && o.state.name === name);
  }

  #takeLine(line: LineOf<'officials'>): void {
    const run = this.#run;
    const { code, name, phone, role: roleText } = line.text;
    const unit = this.#units.find(line.text.unit);
    if (!isFound(unit)) return run.fault(line, 'unit', unit.why);
    if (!/^[0-9+\- ]{0,20}$/.test(phone)) return run.fault(line, 'phone', '电话只能是数字和短横，请改正。');
    const role = roles.get(roleText);
    if (roleText !== '' && role === undefined)
      return run.fault(line, 'role', `没有这个角色，请填：${[...roles.keys()].join('、')}。`);
    const area = line.text.area === '' ? undefined : this.#areas.find(line.text.area);
    if (area !== undefined && !isFound(area)) return run.fault(line, 'area', area.why);
    const since = line.text.since === '' ? run.today : dayIn(line.text.since);
    if (since === undefined) return run.fault(line, 'since', BAD_DAY);

    const found = this.#known(line, unit);
    if (found?.state.stage === 'retired') return run.fault(line, 'name', organisationRefusals['official.retired']);
    if (found !== undefined && code === '' && phone !== '' && (this.#phones.get(found) || phone) !== phone) {
      return run.fault(line, 'phone', `同一单位有两位“${name}”而电话不同。是同一人请统一电话，不是请填工号区分。`);
    }
    const id = code === '' ? run.id('official', unit.id, name) : run.id('official', code);
    const draft: OfficialDraft = found ?? newDraft('official', id, officials.initial);

    const commands = this.#whoTheyAre(line, unit, found);
    const areaId = area?.id ?? null;
    const holds = (p: Post): boolean => p.role === role && p.unit === unit.id && p.area === areaId;
    if (role !== undefined && !draft.state.posts.some(holds)) {
      commands.push({ kind: 'official.give-post', role, unit: unit.id, area: areaId, title: line.text.title, since });
    }
    const refused = run.attempt(draft, officials, commands, { unitOpen: true, areaOpen: true });
    if (refused !== undefined) return run.refused(line, refused, { area: 'area', unit: 'unit' }, 'role');
    this.#phones.set(draft, phone);
    this.#enter(draft);
  }

  #known(line: LineOf<'officials'>, unit: UnitDraft): OfficialDraft | undefined {
    const { code, name, phone } = line.text;
    if (code !== '') return this.#byCode.get(code);
    const alike = this.#working(name);
    return alike.find((o) => o.state.unit === unit.id) ?? alike.find((o) => phone !== '' && o.state.phone === phone);
  }

  /** The first line about an official says who they are; further lines only add posts. */
  #whoTheyAre(line: LineOf<'officials'>, unit: UnitDraft, found: OfficialDraft | undefined): OfficialCommand[] {
    const { code, name, title, phone } = line.text;
    if (found === undefined) {
      return [{ kind: 'official.register', name, title, unit: unit.id, phone, ...(code === '' ? {} : { code }) }];
    }
    if (this.#phones.has(found)) return [];
    const { state } = found;
    const changed = {
      ...(state.name === name ? {} : { name }),
      ...(title === '' || state.title === title ? {} : { title }),
      ...(phone === '' || state.phone === phone ? {} : { phone }),
      ...(state.unit === unit.id ? {} : { unit: unit.id }),
    };
    return Object.keys(changed).length === 0 ? [] : [{ kind: 'official.amend', ...changed }];
  }
}
