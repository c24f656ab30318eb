import { pinyin } from 'pinyin-pro';

/** What a name can be typed as: `zhangguilan` and `zgl`. */
export interface Letters {
  readonly pinyin: string;
  readonly initials: string;
}

/** Names repeat within a county, and an import asks for them by the ten thousand. */
const held = new Map<string, Letters>();
const HELD = 50_000;

/** A surname is read the way surnames are (单 shan, 仇 qiu), ü is typed as v. */
export function lettersOf(name: string): Letters {
  const known = held.get(name);
  if (known !== undefined) return known;
  const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true }).map((s) =>
    s.toLowerCase().replace(/[^a-z0-9]/g, ''),
  );
  const letters = {
    pinyin: syllables.join('').slice(0, 200),
    initials: syllables
      .map((s) => s.slice(0, 1))
      .join('')
      .slice(0, 60),
  };
  if (held.size >= HELD) held.clear();
  held.set(name, letters);
  return letters;
}
