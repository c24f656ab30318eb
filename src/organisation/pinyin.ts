import { pinyin } from 'pinyin-pro';

export interface Spelling {
  readonly pinyin: string;
  readonly initials: string;
}

/** How a name is found by typing letters: 东街村 → dongjiecun, djc. A person's name is read as a surname first. */
export function spell(name: string, of: 'place' | 'person' = 'place'): Spelling {
  const syllables = pinyin(name, {
    toneType: 'none',
    type: 'array',
    v: true,
    nonZh: 'consecutive',
    ...(of === 'person' ? { surname: 'head' as const } : {}),
  }).map((s) => s.toLowerCase().replace(/[^a-z0-9]/g, ''));
  return { pinyin: syllables.join(''), initials: syllables.map((s) => s[0] ?? '').join('') };
}
