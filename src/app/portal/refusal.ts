import { language } from '../../language/saying.ts';
import { matterRefusals } from '../../matters/model.ts';
import { matterRefusalsInEnglish } from '../../matters/refusals-english.ts';

/** What a matter's refusal says to the resident, in the language of the page; undefined for one that is not a matter's. */
export const refusalSaid = (code: string): string | undefined =>
  (language() === 'en' ? matterRefusalsInEnglish : (matterRefusals as Readonly<Record<string, string>>))[
    code as keyof typeof matterRefusals
  ];
