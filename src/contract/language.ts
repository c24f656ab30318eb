import { AsyncLocalStorage } from 'node:async_hooks';
import { LANGUAGE_COOKIE, type Language, hear } from '../language/saying.ts';

const spoken = new AsyncLocalStorage<Language>();
hear(() => spoken.getStore());

/** The language a request asks for by its cookie. Nobody is guessed at by what their browser was bought with. */
export const languageOf = ({ cookie }: { cookie: (name: string) => string | undefined }): Language =>
  cookie(LANGUAGE_COOKIE) === 'en' ? 'en' : 'zh';

/** Runs in a language whatever answers one request. */
export const speaking = <T>(wanted: Language, answer: () => T): T => spoken.run(wanted, answer);
