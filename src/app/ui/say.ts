import { LANGUAGE_COOKIE, type Language, type Values, filled } from '../../contract/saying.ts';

/** The language this device chose, for the whole life of the page: choosing another one loads it anew. */
export const language: Language = new RegExp(`(?:^|; )${LANGUAGE_COOKIE}=en(?:;|$)`).test(
  globalThis.document?.cookie ?? '',
)
  ? 'en'
  : 'zh';

/**
 * Says a room's sentences in the language of this device. A sentence without its English does not compile.
 * Each folder of screens keeps its own `english.ts`: `export const t = sayingBy({ 派单: 'Dispatch' })`.
 * @param english by the Chinese sentence
 */
export const sayingBy =
  <S extends string>(english: Readonly<Record<S, string>>) =>
  (sentence: S, values: Values = {}): string =>
    filled(language === 'en' ? english[sentence] : sentence, values);
