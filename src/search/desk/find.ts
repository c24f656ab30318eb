import { useEffect, useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { t } from './english.ts';

interface Named {
  readonly id: string;
  readonly name: string;
  readonly why: string;
}
export interface FoundMatter {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly statusName: string;
  readonly place: string;
  readonly unit: string | null;
  readonly why: {
    readonly how: string;
    readonly excerpt: { readonly before: string; readonly hit: string; readonly after: string } | null;
  };
}
export interface Found {
  readonly q: string;
  readonly suggestions: readonly string[];
  readonly matters: readonly FoundMatter[];
  readonly people: readonly (Named & {
    readonly household: string;
    readonly address: string;
    readonly village: string | null;
  })[];
  readonly places: readonly (Named & { readonly kind: string; readonly parent: string | null })[];
  readonly officials: readonly (Named & { readonly title: string; readonly unit: string | null })[];
  readonly units: readonly Named[];
}

/** Somebody who types on does not wait for what they no longer want. */
const PAUSE_MS = 120;

export interface Finding {
  readonly found: Found | undefined;
  readonly error: Error | undefined;
  /** What is shown answers what was typed before. */
  readonly behind: boolean;
}

/**
 * Searches as somebody types: a moment after the last key, and the question before is broken off. What was found
 * last stays until the next answer is there, so that the list does not flicker.
 */
export function useFind(typed: string): Finding {
  const q = typed.trim();
  const [last, setLast] = useState<{ readonly q: string; readonly found?: Found; readonly error?: Error }>({ q: '' });
  useEffect(() => {
    if (q === '') return setLast({ q: '' });
    const broken = new AbortController();
    const timer = setTimeout(() => {
      ask<Found>('GET /api/search', { query: { q }, signal: broken.signal }).then(
        (found) => setLast({ q, found }),
        (error: unknown) => {
          if (!broken.signal.aborted) setLast({ q, error: error as Error });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      broken.abort();
    };
  }, [q]);
  return { found: q === '' ? undefined : last.found, error: last.error, behind: last.q !== q };
}

/** A page of this room, or an address outside it. */
export type Place =
  | { readonly to: string; readonly params?: Record<string, string>; readonly search?: Record<string, string> }
  | { readonly href: string };

/** One line of the list: what it says and where it leads. */
export interface Line {
  readonly key: string;
  readonly group: string;
  readonly title: string;
  readonly detail: string;
  readonly note: string;
  readonly excerpt: FoundMatter['why']['excerpt'];
  readonly to: Place;
}

const joined = (...words: readonly (string | null | undefined)[]): string =>
  words.filter((w) => w != null && w !== '').join('　');
/** Found by its own name needs no reason; another way is told in the reader's language. */
const ways = ['编号', '拼音', '同音', '部分相同', '首字母', '代码', '电话'] as const;
const unlessName = (why: string): string => {
  const way = ways.find((one) => one === why);
  return way === undefined ? '' : t(way);
};

/** At the counter a household's file is read and corrected at the desk; everyone else reads it in the field room. */
const householdPage = (id: string, atCounter: boolean): Place =>
  atCounter ? { to: '/households/$id', params: { id }, search: {} } : { href: `/field/household/${id}` };

/** Everything found in the order of the list: one list for the arrow keys, its groups only for the eye. */
export function linesOf(found: Found, atCounter = false): Line[] {
  const line = (
    group: string,
    id: string,
    title: string,
    detail: string,
    why: string,
    to: Place,
    excerpt: Line['excerpt'] = null,
  ): Line => ({
    key: `${group} ${id}`,
    group,
    title,
    detail,
    note: unlessName(why),
    excerpt,
    to,
  });
  return [
    ...found.matters.map((m) =>
      line(
        t('诉求'),
        m.id,
        m.subject,
        joined(m.number, m.place, m.unit, m.statusName),
        m.why.how,
        { to: '/matters/$id', params: { id: m.id }, search: {} },
        m.why.excerpt,
      ),
    ),
    ...found.people.map((p) =>
      line(t('居民'), p.id, p.name, joined(p.village, p.address), p.why, householdPage(p.household, atCounter)),
    ),
    ...found.officials.map((o) =>
      line(t('干部'), o.id, o.name, joined(o.unit, o.title), o.why, { to: '/officials/$id', params: { id: o.id } }),
    ),
    ...found.places.map((a) =>
      line(t('地方'), a.id, a.name, joined(a.parent, a.kind), a.why, {
        to: '/organisation',
        search: { tree: 'areas', id: a.id },
      }),
    ),
    ...found.units.map((u) =>
      line(t('单位'), u.id, u.name, '', u.why, { to: '/organisation', search: { tree: 'units', id: u.id } }),
    ),
  ];
}
