/** Who is bound to which place and household, with the few gaps a coverage check is there to find. */
import { at, dateOf } from './days.ts';
import type { Geography, Grid, Village } from './geography.ts';
import { type HouseholdContext, householdAt } from './households.ts';
import type { Assignment, AssignmentRole, Official } from './model.ts';
import type { Organisation, Staff } from './organisation.ts';
import { Random } from './random.ts';

const DEPARTMENT_GAP = 48;
const GRID_GAP = 250;

/** The two officials who care for a village. */
const pairOf = (organisation: Organisation, village: Village): readonly [Official, Official] => {
  const { field } = organisation.townships[village.township.index] as Staff;
  const v = village.township.villages.indexOf(village);
  return [field[2 * v] as Official, field[2 * v + 1] as Official];
};

const caretakers = new WeakMap<Grid, Official>();

/** A grid's official, alternately one of the village's two. */
export const caretakerOf = (organisation: Organisation, grid: Grid): Official => {
  let official = caretakers.get(grid);
  if (official === undefined) {
    official = pairOf(organisation, grid.village)[grid.village.grids.indexOf(grid) % 2 === 0 ? 0 : 1];
    caretakers.set(grid, official);
  }
  return official;
};

const numberOf = (grid: Grid): number => grid.village.township.index * 125 + grid.village.township.grids.indexOf(grid);
const numbers = new WeakMap<Grid, boolean>();
/** Six grids of the county lost their official to a transfer and have not been given another. */
export const isLeft = (grid: Grid): boolean => {
  let left = numbers.get(grid);
  if (left === undefined) numbers.set(grid, (left = numberOf(grid) % GRID_GAP === 137));
  return left;
};

/** Beside the left grids, one household in four hundred was never given a contact. */
const isForgotten = (index: number): boolean => index % 397 === 113;

export const contactOf =
  (organisation: Organisation) =>
  (index: number, grid: Grid): string | undefined =>
    isLeft(grid) || isForgotten(index) ? undefined : caretakerOf(organisation, grid).id;

export function* assign(
  context: HouseholdContext & { readonly untilDay: number },
  geography: Geography,
  organisation: Organisation,
  townships: readonly number[],
): Generator<Assignment> {
  const random = new Random(context.seed, 'assignments');
  const began = context.fromDay - 400;
  const from = dateOf(began);
  let sequence = 0;
  const link = (official: Official, role: AssignmentRole, target: Assignment['target'], to?: string): Assignment => ({
    id: random.uuid(at(began, 9) + sequence++),
    official: official.id,
    role,
    target,
    from,
    ...(to === undefined ? {} : { to }),
  });
  const transferred = dateOf(context.untilDay - 41);
  const departments = Object.values(organisation.departments);
  let villages = 0;
  for (const township of geography.townships) {
    const staff = organisation.townships[township.index] as Staff;
    for (const [v, village] of township.villages.entries()) {
      const target = { area: village.area.id };
      yield link(staff.officials[v % 6] as Official, '包村领导', target);
      for (const official of pairOf(organisation, village)) yield link(official, '包村干部', target);
      const { field } = departments[(villages * 7) % departments.length] as Staff;
      if (villages++ % DEPARTMENT_GAP !== 31) yield link(field[v % field.length] as Official, '部门包村', target);
      for (const grid of village.grids)
        yield link(
          caretakerOf(organisation, grid),
          '网格员',
          { area: grid.area.id },
          isLeft(grid) ? transferred : undefined,
        );
    }
  }
  for (const t of townships)
    for (const grid of geography.townships[t]?.grids ?? [])
      for (let index = grid.first; index < grid.first + grid.households; index++) {
        if (isForgotten(index)) continue;
        const { id } = householdAt(context, index, grid);
        yield link(caretakerOf(organisation, grid), '联户', { household: id }, isLeft(grid) ? transferred : undefined);
      }
}
