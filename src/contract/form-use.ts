import { rules } from '../access/table.ts';
import { addDays, dayOf, weekday } from '../calendar/days.ts';
import type { Query } from '../ledger/record.ts';
import type { Desk } from './route.ts';

/** Forms come in many at once; they are noted together, this long after the first. A crash loses no more than that. */
const TOGETHER_MS = 250;
/** Longer than this a form was not filled in but left lying open. */
const LONGEST_S = 3_600;

interface Use {
  readonly county: number;
  readonly print: string;
  readonly week: string;
  readonly role: string;
  readonly form: string;
  readonly fields: number;
  readonly seconds: number | null;
  readonly giver: string;
}

const waiting = new WeakMap<Query, Use[]>();

/** How many fields of a form were filled in: each value at any depth, empty ones aside. */
export function filledIn(value: unknown): number {
  if (value === undefined || value === null || value === '') return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + filledIn(item), 0);
  if (typeof value === 'object') return Object.values(value).reduce<number>((sum, item) => sum + filledIn(item), 0);
  return 1;
}

/**
 * Notes that an official gave a form, for the burden page (row B12): in what role, how many fields, how long it was
 * open. Minutes and people are kept apart, and both under keyed prints; the figures are for groups only.
 */
export function noteUse(
  desk: Pick<Desk, 'county' | 'actor' | 'vault' | 'query' | 'now'>,
  { kind, ...fields }: { kind: string },
  command: string,
  seconds: number | undefined,
): void {
  const { actor, county, now, query, vault } = desk;
  // That somebody works on a tip-off is not told by the count of forms either.
  if (actor.kind !== 'official' || /^(tip-|finding)/.test(kind)) return;
  const role = actor.standings.find((s) => Object.hasOwn(rules[kind] ?? {}, s.role))?.role;
  if (role === undefined) return;
  const day = dayOf(now);
  const week = addDays(day, 1 - weekday(day));
  const use: Use = {
    county,
    print: vault.fingerprint(`form ${command}`),
    week,
    role,
    form: kind,
    fields: filledIn(fields),
    seconds: seconds === undefined || seconds > LONGEST_S ? null : seconds,
    giver: vault.fingerprint(`giver ${actor.id} ${week}`),
  };
  const held = waiting.get(query);
  if (held !== undefined) {
    held.push(use);
    return;
  }
  const uses = [use];
  waiting.set(query, uses);
  setTimeout(() => {
    waiting.delete(query);
    // What people did is done; that it could not be counted must not undo it.
    write(query, uses).catch(() => undefined);
  }, TOGETHER_MS).unref();
}

const write = (query: Query, uses: readonly Use[]): Promise<unknown> =>
  query(
    'contract.note-uses',
    `with u as (
       select * from jsonb_to_recordset($1::jsonb)
         as u(county int, print text, week date, role text, form text, fields int, seconds int, giver text)
     ), fresh as (
       insert into form_use (county, print, week, role, form, fields, seconds)
       select distinct on (county, print) county, print, week, role, form, fields, seconds from u
       on conflict do nothing
     )
     insert into form_giver (county, week, role, form, print, timed)
     select county, week, role, form, giver, bool_or(seconds is not null) from u group by 1, 2, 3, 4, 5
     on conflict (county, week, role, form, print) do update set timed = form_giver.timed or excluded.timed`,
    [JSON.stringify(uses)],
  );
