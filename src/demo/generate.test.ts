import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { DEFAULT_TREE } from '../catalogue/default-tree.ts';
import { generate } from './generate.ts';
import { fault } from './legal.ts';
import type { MatterStory, Plan, VisitHappening } from './model.ts';
import { CATEGORIES } from './words/categories.ts';
import * as handling from './words/handling.ts';
import { STORIES } from './words/stories/index.ts';
import { DOOR_TALKS } from './words/visits.ts';

const TODAY = '2026-11-28';
const county = generate({ seed: 'qinghe', today: TODAY, scale: 'county' });
const township = generate({ seed: 'qinghe', today: TODAY, scale: 'township' });

const digest = (plan: Plan): string => {
  const hash = createHash('sha256');
  const put = (value: unknown): unknown => hash.update(JSON.stringify(value)).update('\n');
  put([plan.county, plan.from, plan.until, plan.areas, plan.units, plan.officials, plan.faces]);
  for (const value of plan.assignments()) put(value);
  for (const value of plan.households()) put(value);
  for (const value of plan.happenings()) put(value);
  return hash.digest('hex');
};

/** Every sentence of a happening. */
const texts = function* (value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* texts(inner);
};
const BROKEN = /[{}]|undefined|null|NaN|\[object|。。|，，|：：|，。/;

/** One walk over the county's year, which several tests look at. */
const year = (() => {
  const counts = {
    visits: 0,
    matters: 0,
    needs: 0,
    broken: [] as string[],
    faults: [] as string[],
    disorder: 0,
    doubled: 0,
    late: 0,
  };
  const kinds = new Map<string, number>();
  const subjects = new Set<string>();
  const categories = new Set<string>();
  const contacts = new Map<string, number>();
  const byWeekday = [0, 0, 0, 0, 0, 0, 0];
  const raised = new Map<string, string>();
  const ids = new Set<string>();
  let last = '';
  const visit = (one: VisitHappening): void => {
    counts.visits++;
    contacts.set(one.contact, (contacts.get(one.contact) ?? 0) + 1);
    byWeekday[new Date(Date.parse(one.at) + 8 * 3_600_000).getUTCDay()]!++;
    for (const need of one.needs) raised.set(need.matter, one.id);
    kinds.set(`signed ${one.signed?.as}`, (kinds.get(`signed ${one.signed?.as}`) ?? 0) + 1);
    if (one.signed !== undefined && (one.signed.at <= one.at || one.signed.at > county.until)) counts.late++;
  };
  const matter = (one: MatterStory): void => {
    counts.matters++;
    subjects.add(one.subject);
    categories.add(one.category);
    const wrong = fault(one);
    if (wrong !== undefined) counts.faults.push(`${one.subject}: ${wrong}`);
    if (one.visit !== undefined) {
      // A need's matter follows its visit, and names it.
      if (raised.get(one.id) === one.visit) counts.needs++;
      raised.delete(one.id);
    }
    for (const { kind } of one.steps) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const end = one.steps.at(-1);
    if (end !== undefined && end.at > county.until) counts.late++;
  };
  for (const happening of county.happenings()) {
    if (happening.at < last || happening.at > county.until || happening.at < county.from) counts.disorder++;
    last = happening.at;
    if (ids.has(happening.id)) counts.doubled++;
    ids.add(happening.id);
    for (const text of texts(happening)) if (BROKEN.test(text) && counts.broken.length < 20) counts.broken.push(text);
    if (happening.kind === 'visit') visit(happening);
    else matter(happening);
  }
  return { ...counts, kinds, subjects, categories, contacts, byWeekday, orphans: raised.size };
})();

describe('the demo county is the same every time', () => {
  test('same seed, day and scale: the same plan to the byte', () => {
    expect(digest(generate({ seed: 'qinghe', today: TODAY, scale: 'township' }))).toBe(digest(township));
  });

  test('another seed or day: another plan', () => {
    expect(digest(generate({ seed: 'other', today: TODAY, scale: 'township' }))).not.toBe(digest(township));
    expect(digest(generate({ seed: 'qinghe', today: '2026-11-27', scale: 'township' }))).not.toBe(digest(township));
  });

  test('the township is a part of the county: its places, people and households are the county’s', () => {
    expect(township.areas).toEqual(county.areas);
    expect(township.officials).toEqual(county.officials);
    const whole = new Map([...county.households()].map((household) => [household.id, JSON.stringify(household)]));
    for (const household of township.households()) expect(JSON.stringify(household)).toBe(whole.get(household.id));
  });

  test('any day and instant can be today, and nothing happens after it', () => {
    const instant = fc.date({ min: new Date('2024-06-01'), max: new Date('2030-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 8 }), instant, (seed, today) => {
        const plan = generate({ seed, today: today.toISOString(), scale: 'township' });
        for (const happening of plan.happenings()) {
          expect(happening.at <= plan.until).toBe(true);
          if (happening.kind === 'matter') expect(fault(happening)).toBeUndefined();
        }
      }),
      { numRuns: 4 },
    );
    expect(() => generate({ seed: 'qinghe', today: 'tomorrow', scale: 'county' })).toThrow(RangeError);
  });
});

describe('places and people', () => {
  const level = (name: string): number => county.areas.filter((area) => area.level === name).length;

  test('[A1] twelve townships, 240 villages, 1,500 grids, and every household on exactly one path', () => {
    expect([level('county'), level('township'), level('village'), level('grid')]).toEqual([1, 12, 240, 1_500]);
    const byId = new Map(county.areas.map((area) => [area.id, area]));
    expect(byId.size).toBe(county.areas.length);
    expect(new Set(county.areas.map(({ code }) => code)).size).toBe(county.areas.length);
    const seen = new Set<string>();
    const addresses = new Set<string>();
    let residents = 0;
    for (const household of county.households()) {
      seen.add(household.id);
      addresses.add(household.address);
      residents += household.residents.length;
      const path: string[] = [];
      for (let area = byId.get(household.grid); area !== undefined; area = byId.get(area.parent ?? ''))
        path.push(area.level);
      expect(path).toEqual(['grid', 'village', 'township', 'county']);
    }
    expect(seen.size).toBe(40_000);
    expect(addresses.size).toBe(40_000);
    expect(residents / 40_000).toBeGreaterThan(2.7);
    expect(residents / 40_000).toBeLessThan(3.3);
  });

  test('sixty units, 1,200 officials, no id or number twice, one face for each role', () => {
    expect(county.units.filter(({ parent }) => parent === undefined)).toHaveLength(60);
    expect(county.officials).toHaveLength(1_200);
    expect(new Set(county.officials.map(({ id }) => id)).size).toBe(1_200);
    expect(new Set(county.officials.map(({ phone }) => phone)).size).toBe(1_200);
    const byId = new Map(county.officials.map((official) => [official.id, official]));
    for (const [role, id] of Object.entries(county.faces)) expect(byId.get(id)?.roles).toContain(role);
  });

  test('[A3] nearly every household has a contact official, and the few gaps are there to be found', () => {
    const households = [...county.households()];
    const gaps = households.filter(({ contact }) => contact === undefined).length;
    expect(gaps).toBeGreaterThan(50);
    expect(gaps).toBeLessThan(600);
    const linked = new Map<string, string>();
    for (const { role, target, official, to } of county.assignments())
      if (role === '联户' && to === undefined && 'household' in target) linked.set(target.household, official);
    for (const { id, contact } of households) expect(linked.get(id)).toBe(contact);
  });

  test('adults alone head households, and a consented need is one resident’s', () => {
    for (const { residents, needs } of township.households()) {
      expect(2025 - (residents[0]?.birthYear ?? 2025)).toBeGreaterThanOrEqual(18);
      for (const need of needs) expect(residents.map(({ id }) => id)).toContain(need.resident);
    }
  });

  test('ids are version 7 and phones are in the range that is no one’s', () => {
    for (const { id, phone, residents } of township.households()) {
      for (const one of [id, ...residents.map((resident) => resident.id)])
        expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      if (phone !== undefined) expect(phone).toMatch(/^1900000\d{4}$/);
    }
  });
});

describe('a year', () => {
  test('about 100,000 visits and 18,000 matters, in time order, each id once, none after today', () => {
    expect(year.visits).toBeGreaterThan(92_000);
    expect(year.visits).toBeLessThan(108_000);
    expect(year.matters).toBeGreaterThan(16_500);
    expect(year.matters).toBeLessThan(19_500);
    expect({ disorder: year.disorder, doubled: year.doubled, late: year.late }).toEqual({
      disorder: 0,
      doubled: 0,
      late: 0,
    });
  });

  test('no text has an unfilled slot or a broken joint', () => expect(year.broken).toEqual([]));

  test('every story’s steps are in a legal order', () => expect(year.faults).toEqual([]));

  test('[B2] each need of a visit becomes exactly one matter that names the visit', () => {
    expect(year.needs).toBeGreaterThan(5_500);
    expect(year.orphans).toBe(0);
  });

  test('every fault a real year has is there', () => {
    for (const kind of [
      'return',
      'adjudicate',
      'ask-extension',
      'grant-extension',
      'refuse-extension',
      'suspend',
      'resume',
      'explain-delay',
      'instruct',
      'deny',
      'call-back',
      'reopen',
      'rate',
      'signed declined',
      'signed undefined',
    ])
      expect(year.kinds.get(kind) ?? 0, kind).toBeGreaterThan(50);
    expect(year.contacts.get('not-at-home')).toBeGreaterThan(5_000);
  });

  test('weekends are quieter than weekdays', () => {
    const [sunday, , tuesday, , , , saturday] = year.byWeekday as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    expect(sunday * 2).toBeLessThan(tuesday);
    expect(saturday * 2).toBeLessThan(tuesday);
  });

  test('the small scale tells one township whole and some 200 matters of the rest', () => {
    const told = township.areas.find(({ name }) => name === '柳河镇')?.code ?? '';
    const codeOf = new Map(township.areas.map(({ id, code }) => [id, code]));
    const matters = [...township.happenings()].filter(({ kind }) => kind === 'matter') as MatterStory[];
    const elsewhere = matters.filter(({ area }) => codeOf.get(area)?.startsWith(told) !== true);
    expect(elsewhere.length).toBeGreaterThan(120);
    expect(elsewhere.length).toBeLessThan(320);
    expect(elsewhere.every(({ household }) => household === undefined)).toBe(true);
    expect(matters.length - elsewhere.length).toBeGreaterThan(1_300);
  });
});

describe('the corpus', () => {
  test('[C2] its categories are third-level categories of the default tree', () => {
    const names = new Map(DEFAULT_TREE.categories.map(({ id, name }) => [id, name]));
    for (const [name, id] of Object.entries(CATEGORIES)) expect(names.get(id), id).toBe(name);
  });

  test('is wide enough: stories, categories, door talks', () => {
    expect(STORIES.length).toBeGreaterThanOrEqual(120);
    expect(new Set(STORIES.map(({ category }) => category)).size).toBeGreaterThanOrEqual(40);
    expect(DOOR_TALKS.length).toBeGreaterThanOrEqual(80);
    expect(year.categories.size).toBe(Object.keys(CATEGORIES).length);
  });

  test('labels no one: none of the words that the red lines rule out', () => {
    const corpus = [...texts(STORIES), ...texts(DOOR_TALKS), ...texts(handling)].join('\n');
    expect(corpus).not.toMatch(
      /稳控|劝返|重点人员|缠访|闹访|非访|上访户|钉子户|刁民|息访|贫困户|五保户|信教|思想动态|身份证号/,
    );
  });

  test('each story stands in order: as many answers as bodies, or answers that fit any', () => {
    for (const { subject, body, answer, category } of STORIES) {
      expect(subject.length, category).toBeGreaterThanOrEqual(body.length);
      expect(answer.length, category).toBeGreaterThan(0);
    }
  });
});
