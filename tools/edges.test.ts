import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * Who may import whom: the walls of the house. A feature leans on the foundation and on the words (`model.ts`) of
 * other features; it does not reach into another's rules, tables or screens, and nothing reaches into `app`.
 */
const src = resolve(import.meta.dirname, '../src');

/** Below all features: they know nothing of the work. */
const foundation = new Set(['language', 'ledger', 'calendar', 'access', 'contract', 'policy', 'catalogue', 'storage']);
/** Put everything together, so they may see everything. */
const composers = new Set(['app', 'bench', 'demo']);
/** What a feature may take of the storage: the shape of a database, not its ways. */
const storageShapes = new Set(['database.ts']);

/** Agreed exceptions: who, what, and why. A line here is a decision; one that is no longer used fails. */
const agreed: readonly { readonly from: RegExp; readonly to: RegExp; readonly why: string }[] = [
  {
    from: /^(alike|figures|hotspots|search|statistics)\//,
    to: /^matters\/(counted|queries|tables|present|text)\.ts$/,
    why: 'look-alikes, hot spots, figures and the search are questions put to the matters’ own read tables, filtered and said in the same way',
  },
  {
    from: /^hotspots\//,
    to: /^alike\/score\.ts$/,
    why: 'a topic is what look-alikes make together: there is one way to tell how alike two matters are',
  },
  {
    from: /^search\/api\.ts$/,
    to: /^residents\/print\.ts$/,
    why: 'a whole telephone number is looked up by its print, made in one way only',
  },
  {
    from: /^(alike|figures|hotspots|interfaces|meetings|owed|search|suggestions|tip-offs)\//,
    to: /^matters\/(number|ticket)\.ts$/,
    why: 'how a matter’s number is made, read and said belongs to its words',
  },
  {
    from: /^(dialogues|hard-cases|orders|reception)\/(desk\/|print\.ts$)/,
    to: /^matters\/number-words\.ts$/,
    why: 'a matter’s number is said in one way on every page',
  },
  {
    from: /^reviews\/(tables|api)\.ts$/,
    to: /^matters\/(petition-facts|petition-page|english|number-words)\.ts$/,
    why: 'a document of a review is numbered, listed and shown in one way with those of its matter',
  },
  {
    from: /^(disputes|matters|meetings|orders|papers|reviews)\//,
    to: /^register\/numbers\.ts$/,
    why: 'whichever act gives a paper, it is numbered and listed in one way',
  },
  {
    from: /^interfaces\/oidc\.ts$/,
    to: /^accounts\/(sign-in|pages)\.ts$/,
    why: 'signing in elsewhere ends in the same session and on the same page',
  },
  {
    from: /^campaigns\/(api|import)\.ts$/,
    to: /^organisation\/import\/(layout|xlsx)\.ts$/,
    why: 'a file people bring is read, and given back with its faults, in one way',
  },
  {
    from: /^campaigns\/(figures|counting)\.ts$/,
    to: /^duties\/(rules|tables|periods)\.ts$/,
    why: 'what a campaign asks is counted by the duties’ engine, not a second time',
  },
  {
    from: /^reception\/(draft|figures)\.ts$/,
    to: /^duties\/(rules|tables|periods)\.ts$/,
    why: 'what a reception day owes is reckoned by the duties’ engine, not a second time',
  },
  {
    from: /^meetings\/api\.ts$/,
    to: /^duties\/periods\.ts$/,
    why: 'a week, a ten-day part or a quarter is cut out of the calendar in one way',
  },
  {
    from: /^(pairs|festivals)\//,
    to: /^visits\/(rules|tables)\.ts$/,
    why: 'who of a household may sign, and who lives there, is asked at the door in one way only',
  },
  {
    from: /^(disputes|labour|pairs|festivals)\/field\//,
    to: /^visits\/field\/glass-over\.tsx$/,
    why: 'there is one sheet of glass to sign on',
  },
  {
    from: /^orders\/print\.ts$/,
    to: /^figures\/print\.ts$/,
    why: 'a bulletin for the printer looks like every other sheet of the county',
  },
  {
    from: /^papers\/(of-ledger|of-acts|dossier)\.ts$/,
    to: /^(figures\/(ledger|ledger-print|ledger-sheet|print)|matters\/(present|number-words))\.ts$/,
    why: 'a ledger and a matter’s story say the same on paper as on the screen',
  },
  {
    from: /^(hard-cases|labour|reception|statistics)\/(print|sheet)\.ts$/,
    to: /^figures\/print\.ts$/,
    why: 'a sheet for the printer looks like every other sheet of the county',
  },
  {
    from: /^statistics\//,
    to: /^figures\/categories\.ts$/,
    why: 'a category is named and put under its first level in one way in all figures',
  },
  {
    from: /^[a-z-]+\/field\//,
    to: /^app\/field\/(parts\.tsx|carried\.ts|sheet\.tsx|find-place\.tsx|outbox\.ts|hand\.ts|drafts\.ts|place\.ts)$/,
    why: 'the phone’s shared parts: what waits to be sent and what was begun belong to the room as a whole',
  },
];

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

const files = (readdirSync(src, { recursive: true }) as string[])
  .map((file) => file.split(sep).join('/'))
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'));

/** Every import between files of `src`, static and dynamic. */
export function edgesOf(file: string, text: string): Edge[] {
  const found = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s([^;]*?)from\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"](\.[^'"]+)['"]/g,
    ),
  ];
  return found.map(([, clause, named, called, plain]) => {
    const to = relative(src, resolve(src, dirname(file), (named ?? called ?? plain)!))
      .split(sep)
      .join('/');
    return { from: file, to, typesOnly: clause !== undefined && onlyTypes(clause) };
  });
}

const onlyTypes = (clause: string): boolean =>
  clause.trimStart().startsWith('type ') ||
  (clause.includes('{') &&
    clause
      .replace(/^[^{]*\{|\}[^}]*$/g, '')
      .split(',')
      .every((name) => name.trim() === '' || name.trim().startsWith('type ')));

const folderOf = (file: string): string => file.split('/')[0]!;
const isTest = (file: string): boolean => /\.test\.tsx?$|(^|\/)testing\.ts$/.test(file);
const isScreen = (file: string): boolean => /^[a-z-]+\/(desk|field)\//.test(file);

/** Why an import is not allowed; undefined when it is. */
export function fault({ from, to, typesOnly }: Edge): string | undefined {
  const [mine, theirs] = [folderOf(from), folderOf(to)];
  if (mine === theirs || composers.has(mine) || isTest(from)) return undefined;
  if (agreed.some((line) => line.from.test(from) && line.to.test(to))) return undefined;
  if (theirs === 'app') {
    if (isScreen(from) && (to.startsWith('app/ui/') || (typesOnly && to === 'app/features.ts'))) return undefined;
    return 'nothing imports the app';
  }
  if (composers.has(theirs)) return `nothing imports ${theirs}`;
  if (theirs === 'storage') {
    return mine === 'ledger' || (storageShapes.has(to.slice('storage/'.length)) && typesOnly)
      ? undefined
      : 'a feature knows no more of the storage than its shape';
  }
  if (foundation.has(theirs)) return undefined;
  if (foundation.has(mine)) return `${mine} is below the features and knows none of them`;
  // Another feature's words: its model, and the same in English.
  return to === `${theirs}/model.ts` || to === `${theirs}/english.ts`
    ? undefined
    : `of ${theirs} a feature may import model.ts and english.ts only`;
}

const edges = files.flatMap((file) => edgesOf(file, readFileSync(join(src, file), 'utf8')));

describe('the walls of the house', () => {
  test('each feature keeps to the foundation, its own files and other features’ words', () => {
    expect(edges.length).toBeGreaterThan(500);
    const faults = edges.flatMap((edge) => {
      const why = fault(edge);
      return why === undefined ? [] : [`${edge.from} → ${edge.to}: ${why}`];
    });
    expect(faults).toEqual([]);
  });

  test('every import leads to a file', () => {
    const known = new Set(files);
    expect(
      edges.filter(({ to }) => /\.tsx?$/.test(to) && !to.startsWith('..') && !known.has(to) && !to.endsWith('.d.ts')),
    ).toEqual([]);
  });

  test('features do not stand in a circle', () => {
    const leansOn = new Map<string, Set<string>>();
    for (const { from, to, typesOnly } of edges) {
      const [mine, theirs] = [folderOf(from), folderOf(to)];
      if (mine === theirs || to.startsWith('..') || composers.has(mine) || composers.has(theirs) || isTest(from))
        continue;
      // A foundation may name a shape of what it serves, and a screen that of what it shows, without leaning on it.
      if (typesOnly && ((foundation.has(mine) && foundation.has(theirs)) || isScreen(from))) continue;
      leansOn.set(mine, (leansOn.get(mine) ?? new Set()).add(theirs));
    }
    expect(circleIn(leansOn)).toBeUndefined();
  });

  test('no agreed exception outlives its use', () => {
    const idle = agreed.filter(({ from, to }) => !edges.some((edge) => from.test(edge.from) && to.test(edge.to)));
    expect(idle.map(({ why }) => why)).toEqual([]);
  });

  test('what is not allowed would be found', () => {
    const edge = (from: string, to: string, typesOnly = false): Edge => ({ from, to, typesOnly });
    expect(fault(edge('visits/api.ts', 'residents/model.ts'))).toBeUndefined();
    expect(fault(edge('visits/api.ts', 'residents/tables.ts'))).toContain('model.ts and english.ts only');
    expect(fault(edge('visits/api.ts', 'app/server.ts'))).toContain('app');
    expect(fault(edge('visits/field/page.tsx', 'app/ui/form.tsx'))).toBeUndefined();
    expect(fault(edge('visits/field/page.tsx', 'app/features.ts'))).toContain('app');
    expect(fault(edge('visits/field/page.tsx', 'app/features.ts', true))).toBeUndefined();
    expect(fault(edge('visits/field/page.tsx', 'matters/desk/matter.tsx'))).toContain('model.ts and english.ts only');
    expect(fault(edge('ledger/ledger.ts', 'matters/model.ts'))).toContain('below');
    expect(fault(edge('matters/tables.ts', 'storage/cluster.ts'))).toContain('storage');
    expect(
      circleIn(
        new Map([
          ['a', new Set(['b'])],
          ['b', new Set(['c'])],
          ['c', new Set(['a'])],
        ]),
      ),
    ).toEqual(['a', 'b', 'c', 'a']);
  });

  test('imports of every form are seen, types told from values', () => {
    const text = `import type { A } from './a.ts';
import { type B, type C } from './b.ts';
import { type D, e } from './c.ts';
import './d.ts';
export { f } from './e.ts';
const g = await import('./f.ts');
import {
  type H,
  i,
} from '../calendar/days.ts';`;
    expect(edgesOf('visits/x.ts', text).map(({ to, typesOnly }) => [to, typesOnly])).toEqual([
      ['visits/a.ts', true],
      ['visits/b.ts', true],
      ['visits/c.ts', false],
      ['visits/d.ts', false],
      ['visits/e.ts', false],
      ['visits/f.ts', false],
      ['calendar/days.ts', false],
    ]);
  });
});

/** The first circle found, as a walk that ends where it began. */
function circleIn(leansOn: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  const walk = (at: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(at)) return [...way.slice(way.indexOf(at)), at];
    if (done.has(at)) return undefined;
    for (const next of leansOn.get(at) ?? []) {
      const circle = walk(next, [...way, at]);
      if (circle !== undefined) return circle;
    }
    done.add(at);
    return undefined;
  };
  return [...leansOn.keys()].map((start) => walk(start, [])).find((circle) => circle !== undefined);
}
