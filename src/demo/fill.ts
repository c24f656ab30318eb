/** Gives the word for a slot; the same slot asked again in one story must get the same word. */
export type Slot = (name: string) => string;

const cut = new Map<string, readonly string[]>();

/** Puts words into `{slots}`. Even parts are text, odd parts are names of slots. */
export const fill = (pattern: string, slot: Slot): string => {
  let parts = cut.get(pattern);
  if (parts === undefined) {
    parts = pattern.split(/[{}]/);
    cut.set(pattern, parts);
  }
  if (parts.length === 1) return pattern;
  let text = '';
  for (let i = 0; i < parts.length; i++) text += i % 2 === 0 ? parts[i] : slot(parts[i] as string);
  return text;
};

/** Remembers each slot's word for as long as one story is told; an unknown slot is a mistake in the corpus. */
export const remembering = (words: Readonly<Record<string, () => string>>): Slot => {
  const known = new Map<string, string>();
  return (name) => {
    let word = known.get(name);
    if (word === undefined) {
      const find = words[name];
      if (find === undefined) throw new Error(`no words for the slot {${name}}`);
      word = find();
      known.set(name, word);
    }
    return word;
  };
};
