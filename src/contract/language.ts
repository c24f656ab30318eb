import { AsyncLocalStorage } from 'node:async_hooks';
import type { Desk, Routes } from './route.ts';
import { LANGUAGE_COOKIE, type Language, type Values, filled } from './saying.ts';

const spoken = new AsyncLocalStorage<Language>();

/** The language of the request that is being answered; Chinese where nobody chose. */
export const language = (): Language => spoken.getStore() ?? 'zh';

/** What stands in `<html lang>`. */
export const languageTag = (): string => (language() === 'en' ? 'en' : 'zh-CN');

export const languageOf = (desk: Pick<Desk, 'cookie'>): Language =>
  desk.cookie(LANGUAGE_COOKIE) === 'en' ? 'en' : 'zh';

/** Runs in a language whatever answers one request. */
export const speaking = <T>(wanted: Language, answer: () => T): T => spoken.run(wanted, answer);

/** Routes whose pages follow the language their reader chose. */
export function bilingual<R extends Routes>(routes: R): R {
  return Object.fromEntries(
    Object.entries(routes).map(([address, route]) => [
      address,
      { ...route, handle: (desk: Desk, sent: never) => speaking(languageOf(desk), () => route.handle(desk, sent)) },
    ]),
  ) as R;
}

/**
 * Says sentences in the language of the request. A sentence without its English does not compile.
 * @param english by the Chinese sentence
 */
export const sayingBy =
  <S extends string>(english: Readonly<Record<S, string>>) =>
  (sentence: S, values: Values = {}): string =>
    filled(language() === 'en' ? english[sentence] : sentence, values);
