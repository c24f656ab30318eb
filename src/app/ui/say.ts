import { LANGUAGE_COOKIE, type Language, language as spoken, sayingBy } from '../../language/saying.ts';

export { sayingBy };

/** The language this device chose, for the whole life of the page: choosing another one loads it anew. */
export const language: Language = spoken();

const YEAR_S = 365 * 86_400;

/**
 * Chooses a language for every room on this device and for what the server says to it, and loads the page in it.
 * A cookie, not the device's storage: the server reads it, and the page before its first word.
 */
export function speak(chosen: Language): void {
  const age = chosen === 'en' ? YEAR_S : 0;
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `${LANGUAGE_COOKIE}=${chosen}; path=/; max-age=${age}; samesite=lax${secure}`;
  location.reload();
}
