import { Role, roleName } from '../access/model.ts';
import { addDays, dayOf, weekday } from '../calendar/days.ts';
import { type Routes, route } from '../contract/route.ts';
import { agreed, type AskedTwice, type Asking, faultsOf, formsOf } from './facts.ts';
import { type Cell, burdenOf } from './measure.ts';
import type { BurdenPolicy } from './model.ts';
import { fieldName, formName, recordName, t } from './english.ts';
import { fieldNames, formNames, recordNames } from './words.ts';

/** Called as people call it; what has no name yet by its own word. */
const called = <K extends string>(names: Readonly<Record<K, string>>, name: (key: K) => string, key: string): string =>
  Object.hasOwn(names, key) ? name(key as K) : key;
/** A form, by the kind of its command. */
export const formCalled = (form: string): string => called(formNames, formName, form);

/** @param records every kind of record there is: their commands are the forms; composed by the app */
export const burdenRoutes = (records: () => readonly Asking[]) =>
  ({
    'GET /api/burden': route({
      action: 'burden.read',
      summary: 'What forms ask of each role in a week, measured from use for groups only; and which form asks twice',
      async handle(desk) {
        const { group, weeks } = desk.policies.get<BurdenPolicy>('burden');
        const today = dayOf(desk.now);
        const from = addDays(today, 1 - weekday(today) - 7 * weeks);
        const cells = await desk.query<Cell>(
          'burden.cells',
          `with u as (
             select week, role, form, count(*)::int as forms, sum(fields)::int as fields, count(seconds)::int as timed,
                    coalesce(sum(seconds), 0)::float8 as seconds
               from form_use where county = $1 and week >= $2::date group by 1, 2, 3
           ), g as (
             select week, role, form, count(*)::int as givers, (count(*) filter (where timed))::int as timers
               from form_giver where county = $1 and week >= $2::date group by 1, 2, 3
           )
           select week, role, form, forms, fields, timed, seconds, givers, timers from u join g using (week, role, form)`,
          [desk.county, from],
        );
        const forms = formsOf(records());
        const sizes = new Map(forms.map((f) => [f.kind, f.fields.length]));
        const { faults, kept } = faultsOf(forms, agreed);
        const line = (f: AskedTwice) => ({
          form: f.form,
          name: formCalled(f.form),
          field: f.field,
          fieldName: called(fieldNames, fieldName, f.field),
          known: f.known,
          record: f.record === undefined ? null : called(recordNames, recordName, f.record),
        });
        return {
          from,
          group,
          weeks,
          roles: burdenOf(cells, group).map(({ role, forms: of, hidden }) => ({
            role,
            name: roleName(Role.parse(role)),
            forms: of.map(({ form, ...each }) => ({
              form,
              name: formCalled(form),
              ...each,
              asks: sizes.get(form) ?? null,
            })),
            fields: of.reduce((sum, f) => sum + f.fields, 0),
            minutes: of.some((f) => f.minutes !== null) ? of.reduce((sum, f) => sum + (f.minutes ?? 0), 0) : null,
            hidden,
          })),
          twice: faults.map(line),
          agreed: kept.map((k) => ({ ...line(k), why: t(k.why) })),
          all: { forms: forms.length, fields: forms.reduce((sum, f) => sum + f.fields.length, 0) },
        };
      },
    }),
  }) satisfies Routes;
