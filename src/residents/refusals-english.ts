import type { InEnglish } from '../contract/refusals.ts';
import type { householdRefusals } from './model.ts';

export const householdRefusalsInEnglish: InEnglish<typeof householdRefusals> = {
  'household.exists': 'This household is registered already.',
  'household.unknown': 'This household was not found.',
  'household.area-unknown': 'There is no such grid, or it is closed. Please choose again.',
  'household.official-unknown': 'There is no such official, or they have left. Please choose again.',
  'household.kept': 'It has to be kept still, or something is not finished; it cannot be removed yet.',
  'resident.twice': 'This person is in the household already.',
  'resident.unknown': 'This person is not in the household, or has moved away.',
  'resident.too-many': 'A household has 30 people at most.',
  'resident.need-unknown': 'There is no such service. Choose from the list; an administrator keeps it.',
  'resident.needs-missing': 'Say which services were agreed to.',
  'resident.consent-over': 'The consent’s last day has passed. Choose a day after today.',
  'resident.consent-too-long': 'The consent is for too long. Choose an earlier day; they can be asked again then.',
  'import.file': 'The file cannot be read. Use .xlsx or .csv (UTF-8 or GB18030).',
  'import.header':
    'The heading does not fit. Use these columns: 户主、与户主关系、姓名、出生年份、电话、村/社区、网格、门牌、联系干部.',
};
