/** The languages of the product's own sentences. What people wrote stays as they wrote it. */
export type Language = 'zh' | 'en';

export const LANGUAGE_COOKIE = 'lang';

/** Values put into a sentence at `{name}`. */
export type Values = Readonly<Record<string, string | number>>;

/** Puts values into the holes of a sentence; a hole without a value stays. */
export const filled = (sentence: string, values: Values): string =>
  sentence.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
