import { setImmediate } from 'node:timers/promises';
import type { CategoryTree, RoutingCatalogue } from '../catalogue/model.ts';
import { type Model, type Proposal, add, learn, propose } from '../catalogue/proposal.ts';
import { categoryTags, findRoute } from '../catalogue/routes.ts';
import { pathOf, wordsOfTree } from '../catalogue/tree.ts';
import type { Policies, Query } from '../ledger/record.ts';
import { t } from './english.ts';

/** How many of the latest decisions are learned from; older ones describe another county. */
const LATEST = 3_000;
/** Decisions learned in one go before other requests get their turn. */
const STRETCH = 200;

export interface Proposed {
  readonly id: string;
  readonly name: string;
  /** 0 to 1: how often a proposal as sure as this has been right. */
  readonly confidence: number;
  /** Words of the text, or the rule, that speak for it. */
  readonly because: readonly string[];
}

export interface Proposals {
  readonly categories: readonly Proposed[];
  readonly units: readonly Proposed[];
}

interface Learned {
  readonly tree: CategoryTree;
  categories: Model;
  units: Model;
  upTo: string;
  seen: number;
}

/** What each process has learned so far. It is derived: another process, or this one after a restart, learns the same again. */
const learned = new Map<number, Promise<Learned>>();

/**
 * Proposes category and unit for a text, learned from what people of this county decided before, and from the
 * catalogue's own words while nothing was decided (rows C2, C4; ORG-13: a place's own level first). A person decides.
 */
export async function proposalsFor(
  query: Query,
  policies: Policies,
  county: number,
  matter: { subject: string; body: string; chain: readonly string[]; category?: string | undefined },
): Promise<Proposals> {
  const tree = policies.get<CategoryTree>('categories');
  const routing = policies.get<RoutingCatalogue>('routing');
  const model = await upToDate(query, county, tree);
  const text = { subject: matter.subject, body: matter.body };
  const categories = propose(model.categories, text, 3);
  const chosen = matter.category ?? categories[0]?.label;
  const tags = chosen === undefined ? [] : categoryTags(tree, chosen);
  const fromPractice = model.units.examples === 0 ? [] : propose(model.units, { ...text, tags }, 3);

  const level = matter.chain.length >= 3 ? 'village' : matter.chain.length === 2 ? 'township' : 'county';
  const rule =
    chosen === undefined ? undefined : findRoute(routing, tree, chosen, { level, areas: matter.chain.toReversed() });
  const named = rule === undefined ? [] : await unitsOfKind(query, county, rule.unit, matter.chain);
  const names = new Map(
    (
      await query<{ id: string; name: string }>(
        'proposals.units',
        'select id, short_name as name from unit where county = $1 and id = any($2::uuid[]) and not closed',
        [county, [...fromPractice.map((p) => p.label), ...named]],
      )
    ).map((row) => [row.id, row.name]),
  );
  const units: Proposed[] = fromPractice.flatMap((p) => {
    const name = names.get(p.label);
    return name === undefined ? [] : [{ id: p.label, name, confidence: round(p.confidence), because: plain(p, tree) }];
  });
  // The catalogue speaks where practice does not: it is asked first only while little was decided.
  for (const id of named) {
    if (units.some((u) => u.id === id) || names.get(id) === undefined) continue;
    const because = [
      t('派单目录：{category} → {unit}', { category: pathOf(tree, rule!.category), unit: rule!.unit.name }),
    ];
    const confidence =
      categories[0] === undefined || matter.category !== undefined ? 0.7 : round(categories[0].confidence * 0.7);
    units.push({ id, name: names.get(id)!, confidence, because });
  }
  return {
    categories: categories.map((p) => ({
      id: p.label,
      name: pathOf(tree, p.label),
      confidence: round(p.confidence),
      because: plain(p, tree),
    })),
    units: units.toSorted((a, b) => b.confidence - a.confidence).slice(0, 3),
  };
}

const round = (n: number): number => Math.round(n * 100) / 100;

/** Signs of the learner's own as words a person can read. */
const plain = (p: Proposal, tree: CategoryTree): string[] =>
  p.because.map((word) =>
    word.startsWith('category:') ? t('类别是“{category}”', { category: pathOf(tree, word.slice(9)) }) : word,
  );

interface Decision {
  decided_at: string;
  category: string | null;
  decided_unit: string | null;
  text: string;
}

async function upToDate(query: Query, county: number, tree: CategoryTree): Promise<Learned> {
  const known = await learned.get(county);
  const fresh = known === undefined || known.tree !== tree || known.seen > 2 * LATEST;
  const base = fresh
    ? { tree, categories: learn([], wordsOfTree(tree, 2)), units: learn([]), upTo: '1970-01-01T00:00:00.000Z', seen: 0 }
    : known;
  const going = takeIn(query, county, base);
  learned.set(county, going);
  going.catch(() => learned.delete(county));
  return await going;
}

async function takeIn(query: Query, county: number, model: Learned): Promise<Learned> {
  const decisions = await query<Decision>(
    'proposals.decisions',
    `select * from (
       select m.decided_at, m.category, m.decided_unit, t.text
         from matter m join matter_text t using (county, id)
        where m.county = $1 and m.decided_at > $2 order by m.decided_at desc limit ${LATEST}
     ) d order by decided_at`,
    [county, model.upTo],
  );
  for (const [n, { category, decided_unit, text }] of decisions.entries()) {
    const end = text.indexOf('\n');
    const words = { subject: end < 0 ? text : text.slice(0, end), body: end < 0 ? '' : text.slice(end + 1) };
    const second = category === null ? undefined : labelOf(model.tree, category);
    if (second !== undefined) add(model.categories, { text: words, label: second });
    if (decided_unit !== null) {
      add(model.units, {
        text: { ...words, tags: category === null ? [] : categoryTags(model.tree, category) },
        label: decided_unit,
      });
    }
    if (n % STRETCH === STRETCH - 1) await setImmediate();
  }
  model.upTo = decisions.at(-1)?.decided_at ?? model.upTo;
  model.seen += decisions.length;
  return model;
}

/** The second level is what people at a desk tell apart; a third-level decision counts for its parent. */
const labelOf = (tree: CategoryTree, category: string): string | undefined => {
  const byId = new Map(tree.categories.map((c) => [c.id, c]));
  let at = byId.get(category);
  while (at?.parent !== undefined && byId.get(at.parent)?.parent !== undefined) at = byId.get(at.parent);
  return at?.id;
};

/** Units of a kind: by the code the organisation gave them, else by name; the township's own where the rule says so. */
async function unitsOfKind(
  query: Query,
  county: number,
  unit: { kind: string; name: string },
  chain: readonly string[],
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    'proposals.kind',
    `select id from unit
      where county = $1 and not closed and parent is null
        and (code = $2 or name like '%' || $3 or ($2 in ('township', 'village') and kind = 'township' and area = any($4::uuid[])))
      order by code = $2 desc nulls last, length(name) limit 1`,
    [county, unit.kind, unit.name, [...chain]],
  );
  return rows.map((row) => row.id);
}
