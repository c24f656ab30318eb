/** The demo county: from a seed and a day to a plan of places, people and a year of what happened. */
import { assign, contactOf } from './assignments.ts';
import { dayOf, endOfStory, iso, startOf } from './days.ts';
import { type Township, layOut } from './geography.ts';
import { householdAt } from './households.ts';
import { type LifeContext, TownshipLife } from './life.ts';
import type { Assignment, Happening, Household, MatterStory, Plan, PlanRequest } from './model.ts';
import { staff } from './organisation.ts';
import { COUNTY, TOLD } from './words/places.ts';

/** One matter in so many of the other townships is told beside the one told whole: about 200 a year. */
const SAMPLE = 48;

/**
 * The plan of 清河县. The same seed, day and scale give the same plan to the byte; the township's plan is
 * the county's, less the other townships' households and all but a sample of their matters.
 * @throws RangeError when `today` is neither a day nor an instant
 */
export const generate = ({ seed, today, scale }: PlanRequest): Plan => {
  const until = endOfStory(today);
  const untilDay = dayOf(until);
  const fromDay = untilDay - 365;
  const geography = layOut(seed);
  const organisation = staff(seed, geography);
  const context: LifeContext = { seed, fromDay, untilDay, until, organisation, contactOf: contactOf(organisation) };
  const whole = geography.townships.filter(({ name }) => scale === 'county' || name === TOLD);
  const sampled = geography.townships.filter((township) => !whole.includes(township));

  return {
    county: COUNTY,
    from: iso(startOf(fromDay)),
    until: iso(until),
    areas: geography.areas,
    units: organisation.units,
    officials: organisation.officials,
    faces: organisation.faces,

    assignments: (): Generator<Assignment> =>
      assign(
        context,
        geography,
        organisation,
        whole.map(({ index }) => index),
      ),

    *households(): Generator<Household> {
      for (const township of whole)
        for (const grid of township.grids)
          for (let index = grid.first; index < grid.first + grid.households; index++) {
            const { circumstance: _, ...household } = householdAt(context, index, grid);
            yield household;
          }
    },

    *happenings(): Generator<Happening> {
      const lives = whole.map((township) => new TownshipLife(context, township));
      const samples = sampled.map((township) => sample(context, township));
      for (let day = fromDay; day <= untilDay; day++) {
        const happenings = [...lives.flatMap((life) => life.day(day)), ...samples.flatMap((matters) => matters(day))];
        yield* happenings.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
      }
    },
  };
};

/** A township's desk with all but one matter in {@link SAMPLE} left out. */
const sample = (context: LifeContext, township: Township): ((day: number) => MatterStory[]) => {
  const life = new TownshipLife(context, township);
  return (day) => [...life.matters(day, (n) => (day * 7 + township.index * 5 + n * 13) % SAMPLE === 0)];
};
