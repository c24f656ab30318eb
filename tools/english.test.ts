import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const HAN = /\p{Script=Han}/u;

/** The folders whose screens speak two languages. */
const folders = ['src/*/desk', 'src/*/field', 'src/app/ui'];
/** Words that stay Chinese, each with its reason: what they hold is data or a sign to look for, not something said. */
const stays: readonly { readonly file: string; readonly words: RegExp; readonly why: string }[] = [
  { file: 'src/organisation/desk/words.ts', words: /./, why: 'kinds of areas, as they are written into the record' },
  {
    file: 'src/organisation/desk/area-detail.tsx',
    words: /^综合联村干部$/,
    why: 'a role, as it is written into the record',
  },
  { file: 'src/visits/field/route.ts', words: /./, why: 'figures in the names of groups, to walk them in order' },
  { file: 'src/search/desk/find.ts', words: /^(名称|原文)$/, why: 'how the server says it was found' },
  { file: 'src/matters/desk/row.tsx', words: /今天\|today/, why: 'the word for today in either language' },
  { file: 'src/matters/desk/dispatch-form.tsx', words: /^信访程序$/, why: 'which procedure it is' },
  { file: 'src/duties/desk/mine.tsx', words: /^次$/, why: 'the measure of a rule document' },
  {
    file: 'src/duties/field/mine.tsx',
    words: /^[次一二三四五六日]$/,
    why: 'the measure of a rule document; weekdays in Chinese only',
  },
  { file: 'src/campaigns/desk/import.tsx', words: /xlsx$/, why: 'the name of a file whose sheets are Chinese' },
  { file: 'src/app/ui/other-language.tsx', words: /^中文$/, why: 'the way back to Chinese is written in Chinese' },
  {
    file: 'src/app/field/engine.ts',
    words: /手机$|电脑$|^微信$/,
    why: 'what a phone calls itself when it is registered: kept as it was said',
  },
  { file: 'src/app/ui/time.ts', words: /^[年月]$/, why: 'the heading of a month, in either language' },
];
const mayStay = (found: string): boolean =>
  stays.some(({ file, words }) => found.startsWith(`${file}:`) && words.test(found.slice(found.indexOf(' ') + 1)));

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [part: string]: unknown;
}
const isNode = (part: unknown): part is Node =>
  typeof part === 'object' && part !== null && typeof (part as { type?: unknown }).type === 'string';

/** What the dictionaries in a file can say. */
function sentencesOf(file: string): string[] {
  if (!existsSync(file)) return [];
  const keys: string[] = [];
  const walk = (node: Node, inside: boolean): void => {
    const within = inside || (node.type === 'CallExpression' && (node['callee'] as Node)['name'] === 'sayingBy');
    if (within && node.type === 'Property') {
      const key = node['key'] as Node;
      keys.push(String(key['name'] ?? key['value']));
    }
    for (const part of Object.values(node))
      for (const child of Array.isArray(part) ? part : [part]) if (isNode(child)) walk(child, within);
  };
  walk(parseAst(readFileSync(file, 'utf8'), { lang: file.endsWith('x') ? 'tsx' : 'ts' }) as unknown as Node, false);
  return keys;
}

/** Chinese in literals, templates and the text of elements that nobody puts into the reader's language. */
function unsaid(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found: string[] = [];
  const said = sentencesOf(join(root, dirname(file), 'english.ts')).concat(sentencesOf(join(root, file)));
  const walk = (node: Node): void => {
    if (node.type === 'CallExpression') {
      const { callee, arguments: given } = node as unknown as { callee: Node; arguments: Node[] };
      if (callee['name'] === 'sayingBy') return;
      if (callee['name'] === 't') return given.slice(1).forEach(walk);
    }
    if (node.type.startsWith('TS') && node.type.endsWith('Type')) return;
    const words =
      node.type === 'Literal' || node.type === 'JSXText'
        ? node['value']
        : node.type === 'TemplateElement'
          ? (node['value'] as { cooked: string }).cooked
          : node.type === 'Identifier'
            ? node['name']
            : undefined;
    // A table of names is said where it is looked up, `t(names[key])`: its words stand in the dictionary.
    if (typeof words === 'string' && HAN.test(words) && !said.includes(words))
      found.push(`${file}:${text.slice(0, node.start).split('\n').length} ${words.trim()}`);
    for (const part of Object.values(node)) {
      if (Array.isArray(part)) part.filter(isNode).forEach(walk);
      else if (isNode(part)) walk(part);
    }
  };
  walk(parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' }) as unknown as Node);
  return found;
}

const screens = folders
  .flatMap((folder) => globSync(`${folder}/*.{ts,tsx}`, { cwd: root }))
  .filter((file) => !/(\.test\.ts|\/english\.ts|\/testing\.ts)$/.test(file));

describe('the screens', () => {
  test('[L11] say nothing in Chinese alone', () => {
    expect(screens.length).toBeGreaterThan(90);
    const found = screens.flatMap(unsaid);
    expect(found.filter((one) => !mayStay(one))).toEqual([]);
  });
});

describe('the dictionaries', () => {
  const names = (sentence: string): string[] =>
    [...new Set([...sentence.matchAll(/\{(\w+)/g)].map(([, name]) => name!))].toSorted();
  // What a room says may be made elsewhere: names in a feature's model, groups in its presenters.
  const said = globSync('src/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !/english\.ts$|\.test\.ts$/.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'"))
    .join('\n');
  const dictionaries = globSync('src/{*,app/{ui,desk,field},*/desk,*/field}/english.ts', { cwd: root });

  test.each(dictionaries)('[L11] %s: no Chinese left, the same values in both, nothing that nobody says', (file) => {
    const ast = parseAst(readFileSync(join(root, file), 'utf8'), { lang: 'ts' }) as unknown as Node;
    let entries = 0;
    const unused: string[] = [];
    const walk = (node: Node): void => {
      if (node.type === 'Property') {
        const { key, value } = node as unknown as { key: Node; value: Node };
        const chinese = String(key['name'] ?? key['value']);
        if (HAN.test(chinese)) {
          const english = String(value['value']);
          entries++;
          expect(english).not.toMatch(HAN);
          expect(names(english), chinese).toEqual(names(chinese));
          if (!said.includes(chinese)) unused.push(chinese);
        }
      }
      for (const part of Object.values(node)) {
        if (Array.isArray(part)) part.filter(isNode).forEach(walk);
        else if (isNode(part)) walk(part);
      }
    };
    walk(ast);
    expect(entries).toBeGreaterThan(0);
    expect(unused).toEqual([]);
  });
});
