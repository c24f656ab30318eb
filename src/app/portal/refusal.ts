import { language } from '../../language/saying.ts';
import { matterRefusals } from '../../matters/model.ts';
import { matterRefusalsInEnglish } from '../../matters/refusals-english.ts';
import { reviewRefusals } from '../../reviews/model.ts';
import { reviewRefusalsInEnglish } from '../../reviews/refusals-english.ts';
import { suggestionRefusals } from '../../suggestions/model.ts';
import { suggestionRefusalsInEnglish } from '../../suggestions/refusals-english.ts';
import { tipOffRefusals } from '../../tip-offs/model.ts';
import { tipOffRefusalsInEnglish } from '../../tip-offs/refusals-english.ts';

const chinese: Readonly<Record<string, string>> = {
  ...matterRefusals,
  ...reviewRefusals,
  ...suggestionRefusals,
  ...tipOffRefusals,
};
const english: Readonly<Record<string, string>> = {
  ...matterRefusalsInEnglish,
  ...reviewRefusalsInEnglish,
  ...suggestionRefusalsInEnglish,
  ...tipOffRefusalsInEnglish,
};

/** What a refusal says to the resident, in the language of the page; undefined for one no resident meets. */
export const refusalSaid = (code: string): string | undefined => (language() === 'en' ? english : chinese)[code];
