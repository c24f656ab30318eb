import { ballotRefusals } from '../../ballots/model.ts';
import { ballotRefusalsInEnglish } from '../../ballots/refusals-english.ts';
import { commonRefusals } from '../../contract/refusals.ts';
import { commonInEnglish } from '../../contract/refusals-english.ts';
import { disputeRefusals } from '../../disputes/model.ts';
import { disputeRefusalsInEnglish } from '../../disputes/refusals-english.ts';
import { informantRefusals } from '../../informants/model.ts';
import { informantRefusalsInEnglish } from '../../informants/refusals-english.ts';
import { language } from '../../language/saying.ts';
import { matterRefusals } from '../../matters/model.ts';
import { matterRefusalsInEnglish } from '../../matters/refusals-english.ts';
import { reviewRefusals } from '../../reviews/model.ts';
import { reviewRefusalsInEnglish } from '../../reviews/refusals-english.ts';
import { pairRefusals } from '../../pairs/model.ts';
import { pairRefusalsInEnglish } from '../../pairs/refusals-english.ts';
import { suggestionRefusals } from '../../suggestions/model.ts';
import { suggestionRefusalsInEnglish } from '../../suggestions/refusals-english.ts';
import { tipOffRefusals } from '../../tip-offs/model.ts';
import { tipOffRefusalsInEnglish } from '../../tip-offs/refusals-english.ts';
import { visitRefusals } from '../../visits/model.ts';
import { visitRefusalsInEnglish } from '../../visits/refusals-english.ts';

const chinese: Readonly<Record<string, string>> = {
  ...commonRefusals,
  ...ballotRefusals,
  ...disputeRefusals,
  ...informantRefusals,
  ...matterRefusals,
  ...pairRefusals,
  ...reviewRefusals,
  ...suggestionRefusals,
  ...tipOffRefusals,
  ...visitRefusals,
};
const english: Readonly<Record<string, string>> = {
  ...commonInEnglish,
  ...ballotRefusalsInEnglish,
  ...disputeRefusalsInEnglish,
  ...informantRefusalsInEnglish,
  ...matterRefusalsInEnglish,
  ...reviewRefusalsInEnglish,
  ...pairRefusalsInEnglish,
  ...suggestionRefusalsInEnglish,
  ...tipOffRefusalsInEnglish,
  ...visitRefusalsInEnglish,
};

/** What a refusal says to the resident, in the language of the page; undefined for one no resident meets. */
export const refusalSaid = (code: string): string | undefined => (language() === 'en' ? english : chinese)[code];
