import type { InEnglish } from '../contract/refusals.ts';
import type { visitRefusals } from './model.ts';

export const visitRefusalsInEnglish: InEnglish<typeof visitRefusals> = {
  'visit.exists': 'This visit was recorded already.',
  'visit.unknown': 'This visit was not found.',
  'visit.household-unknown': 'This household was not found or has moved away. Please choose again.',
  'visit.needs-without-contact':
    'Nobody was met or spoken to, so nothing can be asked for in their name. Visit again, then record it.',
  'visit.promise-without-contact': 'You have not spoken, so nothing can be promised. Visit again, then record it.',
  'visit.explained-without-contact': 'You have not spoken, so no policy can be recorded as explained.',
  'visit.note-missing': 'Please write what they said.',
  'visit.in-future': 'A visit cannot be later than now. Please check the phone’s clock.',
  'visit.promise-past': 'A promise cannot be for a day before the visit.',
  'visit.not-of-household': 'Only somebody registered in this household can sign. Choose from the list.',
  'visit.not-adult': 'A minor cannot sign for the family. Please find an adult.',
  'visit.nobody-met': 'You have not spoken, so there is nothing to sign.',
  'visit.own-signature': 'Whoever wrote it cannot sign it.',
  'visit.already-signed': 'They have signed. It needs signing again only when the text changes.',
  'visit.declined-stands':
    'They did not agree with this record. Change it and ask again, or let them sign by their own link.',
  'visit.signature-missing': 'Please let them sign on the screen.',
  'visit.code-missing': 'Enter the 6-digit code they read to you.',
  'visit.card-missing': 'Read the card or enter its number.',
  'visit.code-wrong': 'The code is wrong; ask them to look again. After 5 wrong codes another way is needed.',
  'visit.code-locked': 'The code was wrong 5 times and no longer works. Let them open the link, or sign on the screen.',
  'visit.key-wrong': 'The link is wrong. Ask the official who visited you to show the QR code again.',
  'visit.link-ended': 'The link is too old. Please ask the official who visited you.',
  'visit.proxy-by-hand': 'Somebody who signs for another signs on the screen; say who they are to the household.',
  'visit.proxy-official': 'An official cannot sign for a household. Ask a relative, a neighbour or the guardian.',
  'visit.withdrawn': 'This record was withdrawn.',
  'visit.signed-stands': 'The household has signed it; it cannot be withdrawn. Correct it and ask them again.',
  'visit.carries': 'Needs or promises came of this visit; it cannot be withdrawn. Correct the note instead.',
  'visit.not-the-writer': 'Only whoever wrote this record can change it.',
  'visit.promise-unknown': 'There is no such promise.',
  'visit.promise-kept': 'This promise is recorded as kept already.',
};
