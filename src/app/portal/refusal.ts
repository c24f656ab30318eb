import { language } from '../../language/saying.ts';
import { matterRefusals } from '../../matters/model.ts';
import { matterRefusalsInEnglish } from '../../matters/refusals-english.ts';
import { reviewRefusals } from '../../reviews/model.ts';
import { reviewRefusalsInEnglish } from '../../reviews/refusals-english.ts';

const chinese: Readonly<Record<string, string>> = { ...matterRefusals, ...reviewRefusals };
const english: Readonly<Record<string, string>> = { ...matterRefusalsInEnglish, ...reviewRefusalsInEnglish };

/** What a refusal of a matter or its review says to the resident, in the language of the page; undefined for any other. */
export const refusalSaid = (code: string): string | undefined => (language() === 'en' ? english : chinese)[code];
