/** What one role gave of one form in one week. */
export interface Cell {
  readonly week: string;
  readonly role: string;
  readonly form: string;
  readonly forms: number;
  readonly fields: number;
  /** Forms whose time was measured, and their seconds together. */
  readonly timed: number;
  readonly seconds: number;
  /** Different people who gave it, and of them those with a measured time. */
  readonly givers: number;
  readonly timers: number;
}

export interface FormBurden {
  readonly form: string;
  /** Each for one person who gives it, in one week. */
  readonly forms: number;
  readonly fields: number;
  /** Null where too few devices measured. */
  readonly minutes: number | null;
}

export interface RoleBurden {
  readonly role: string;
  readonly forms: readonly FormBurden[];
  /** Kinds of forms left out because too few people gave them in any week. */
  readonly hidden: number;
}

/**
 * What each form costs one person in one week, by role. A week in which fewer than `group` people gave a form is left
 * out of it, and minutes are said only where `group` people's devices measured them; no sum is given from which what
 * was left out could be told.
 */
export function burdenOf(cells: readonly Cell[], group: number): RoleBurden[] {
  const roles = Map.groupBy(cells, (c) => c.role);
  return [...roles]
    .map(([role, of]) => {
      const forms = [...Map.groupBy(of, (c) => c.form)];
      const shown = forms.flatMap(([form, all]) => {
        const enough = all.filter((c) => c.givers >= group);
        if (enough.length === 0) return [];
        const people = sum(enough, (c) => c.givers);
        const measured = enough.filter((c) => c.timers >= group);
        const perForm = measured.length === 0 ? null : sum(measured, (c) => c.seconds) / sum(measured, (c) => c.timed);
        const each = sum(enough, (c) => c.forms) / people;
        return [
          {
            form,
            forms: each,
            fields: sum(enough, (c) => c.fields) / people,
            minutes: perForm === null ? null : (perForm * each) / 60,
          },
        ];
      });
      shown.sort((a, b) => b.fields - a.fields || (a.form < b.form ? -1 : 1));
      return { role, forms: shown, hidden: forms.length - shown.length };
    })
    .toSorted((a, b) => (a.role < b.role ? -1 : 1));
}

const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0);
