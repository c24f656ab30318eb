/**
 * How a household lives, so that its people, its needs and what is said at its door fit together.
 * Used while telling only: no circumstance is handed over, because the system keeps no labels.
 */
const CIRCUMSTANCES = [
  'elder-alone', 'elder-couple', 'grandchildren', 'away', 'returned', 'grain', 'orchard', 'livestock', 'shop',
  'allowance', 'illness', 'disability', 'student', 'newborn', 'worker', 'driver', 'job-seeker', 'veteran', 'owner', 'retired',
] as const;
export type Circumstance = (typeof CIRCUMSTANCES)[number];

type Weights = readonly (readonly [Circumstance, number])[];

export const VILLAGE: Weights = [
  ['elder-alone', 7], ['elder-couple', 12], ['grandchildren', 11], ['away', 13], ['returned', 5], ['grain', 14],
  ['orchard', 6], ['livestock', 4], ['shop', 3], ['allowance', 5], ['illness', 4], ['disability', 3], ['student', 6],
  ['newborn', 3], ['worker', 5], ['driver', 3], ['job-seeker', 2], ['veteran', 1],
];

export const TOWN: Weights = [
  ['elder-alone', 5], ['elder-couple', 7], ['grandchildren', 3], ['away', 5], ['returned', 3], ['shop', 11],
  ['allowance', 3], ['illness', 4], ['disability', 2], ['student', 8], ['newborn', 5], ['worker', 16], ['driver', 4],
  ['job-seeker', 4], ['veteran', 1], ['owner', 14], ['retired', 9],
];

/** The service a circumstance may be registered for, with consent. */
export const SERVICE: Partial<Record<Circumstance, string>> = {
  'elder-alone': '独居老人关照', 'elder-couple': '高龄津贴代办', grandchildren: '留守儿童关爱', allowance: '低保救助',
  illness: '慢病随访', disability: '残疾人康复', student: '助学', newborn: '妇幼保健', 'job-seeker': '就业帮助', veteran: '优抚',
};
