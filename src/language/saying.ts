/** The languages of the product's own sentences. What people wrote stays as they wrote it. */
export type Language = 'zh' | 'en';

/** Holds the choice where the server's pages and answers, and the rooms' own scripts, both read it. */
export const LANGUAGE_COOKIE = 'lang';

/** What a device chose, out of its cookies; Chinese where nobody chose. */
const chosenIn = (cookies: string): Language =>
  new RegExp(`(?:^|; )${LANGUAGE_COOKIE}=en(?:;|$)`).test(cookies) ? 'en' : 'zh';

/** The language of this page, for its whole life; on the server there is none. */
const ofPage: Language = chosenIn(globalThis.document?.cookie ?? '');
let spoken: () => Language | undefined = () => undefined;

/** Tells what to ask for the language of the moment: on the server, the request that is being answered. */
export const hear = (ask: () => Language | undefined): void => {
  spoken = ask;
};

/** The language to speak now: that of the request being answered, or of the page. */
export const language = (): Language => spoken() ?? ofPage;

/** What stands in `<html lang>`. */
export const languageTag = (): string => (language() === 'en' ? 'en' : 'zh-CN');

/** Values put into a sentence at `{name}`; one that is empty leaves nothing. */
export type Values = Readonly<Record<string, string | number | null | undefined>>;

/**
 * Puts values into the holes of a sentence; a hole without a value stays. English says one thing otherwise than two:
 * `{n} {n|day|days}` gives "1 day", "2 days". Chinese is set without spaces: the one beside a hole parts Chinese from
 * a number or a Latin word, and goes where the value turns out to be Chinese: 12 月 5 日 + 前 is 12 月 5 日前. Before a
 * value that ends the phrase it stays: 文号 水利局信处 1 号.
 */
export const filled = (sentence: string, values: Values): string =>
  sentence.replace(
    /( ?)\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}( ?)/g,
    (
      hole: string,
      before: string,
      name: string,
      one: string | undefined,
      many: string | undefined,
      after: string,
      at: number,
    ) => {
      if (!(name in values)) return hole;
      const value = values[name] ?? '';
      const said = one === undefined ? String(value) : Number(value) === 1 ? one : many!;
      const [left, right] = [sentence[at - 1], sentence[at + hole.length]];
      const parts = (a: string | undefined, b: string | undefined): boolean => !(isHan(a) && isHan(b));
      const within = isHan(right);
      return `${within && !parts(left, said[0]) ? '' : before}${said}${parts(said.at(-1), right) ? after : ''}`;
    },
  );
const isHan = (letter: string | undefined): boolean => letter !== undefined && /\p{Script=Han}/u.test(letter);

/**
 * Names things in the language of the moment. One without its English name does not compile.
 * @param chinese by the word the records use
 * @param english the same
 */
export const namingBy =
  <K extends string>(chinese: Readonly<Record<K, string>>, english: Readonly<Record<NoInfer<K>, string>>) =>
  (word: K): string =>
    (language() === 'en' ? english : chinese)[word];

/**
 * Says sentences in the language of the moment. A sentence without its English does not compile.
 * Every folder keeps its own `english.ts`: `export const t = sayingBy({ 派单: 'Dispatch' })`.
 * @param english by the Chinese sentence
 */
export const sayingBy =
  <S extends string>(english: Readonly<Record<S, string>>) =>
  (sentence: S, values: Values = {}): string =>
    filled(language() === 'en' ? english[sentence] : sentence, values);
