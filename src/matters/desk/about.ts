import type { Field, Values } from '../../app/ui/form.tsx';
import { several } from '../../app/ui/several.tsx';
import { t } from './english.ts';

/** Which officials a matter complains of: when it is taken in, and put right later. @param named those it says now */
export const aboutField = (
  named: readonly { readonly id: string; readonly name: string }[] = [],
  asked?: (values: Values) => boolean,
): Field =>
  several({
    name: 'about',
    label: t('反映的是谁'),
    hint: t('写上以后，他看不到这件事，也不能办、不能回访'),
    sort: 'officials',
    placeholder: t('打名称、拼音或首字母'),
    named,
    optional: 'unsaid',
    ...(asked === undefined ? {} : { asked }),
  });
