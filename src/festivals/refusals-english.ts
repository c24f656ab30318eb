import type { InEnglish } from '../contract/refusals.ts';
import type { festivalRefusals } from './model.ts';

export const festivalRefusalsInEnglish: InEnglish<typeof festivalRefusals> = {
  'festival.exists': 'This round of festival visits has begun already.',
  'festival.unknown': 'This round of festival visits was not found.',
  'festival.area-unknown': 'There is no such area, or it is closed. Please choose again.',
  'festival.group-unknown': 'There is no such group to visit. Choose from the list; an administrator keeps it.',
  'festival.days': 'The round has to begin before the festival. Please check both dates.',
  'festival.source-twice': 'The same source of money is written twice. Please put both into one line.',
  'festival.closed': 'This round of festival visits has ended.',
  'gift.exists': 'This gift was proposed already.',
  'gift.unknown': 'This gift was not found.',
  'gift.household-unknown': 'This household was not found or has moved away. Please choose again.',
  'gift.outside': 'This household is not in the area of this round.',
  'gift.source-unknown': 'This round has no such source of money. Choose from the list.',
  'gift.nothing': 'Write down money, goods or both.',
  'gift.doubled': 'This household already has a gift from the same source in this round.',
  'gift.own-approval': 'You cannot approve a gift you proposed yourself. Somebody else has to.',
  'gift.over-limit':
    'It goes beyond what this source has and cannot be approved. Choose another source or a smaller amount.',
  'gift.reason-missing': 'Please write in a sentence why it is not approved.',
  'gift.not-approved': 'It is not approved yet and cannot be handed over. Wait for the approval.',
  'gift.decided': 'This gift was decided on already.',
  'gift.approver-hands-over': 'Whoever approved it cannot hand it over. Somebody else has to.',
  'gift.not-visited':
    'The visit is not recorded yet. Record a visit where somebody was met, then note the gift as handed over.',
  'gift.not-of-household': 'Only somebody registered in this household can sign for it. Choose from the list.',
  'gift.not-adult': 'A minor cannot sign for the family. Please find an adult.',
  'gift.settled': 'This gift was handed over or settled already.',
};
