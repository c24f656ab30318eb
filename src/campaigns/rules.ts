/** The five deciders of teams and campaigns, one file each. */
export { campaigns } from './rules/campaign.ts';
export { forms } from './rules/form.ts';
export { members } from './rules/member.ts';
export { occasions } from './rules/occasion.ts';
export { teams } from './rules/team.ts';
