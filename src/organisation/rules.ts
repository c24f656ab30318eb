/** The four deciders of the organisation, one file each. */
export { areas } from './rules/area.ts';
export { assignments } from './rules/assignment.ts';
export { officials } from './rules/official.ts';
export { units } from './rules/unit.ts';
