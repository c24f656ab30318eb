import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../ledger/decider.ts';
import {
  type AreaCommand,
  type AreaState,
  type AssignmentFacts,
  type AssignmentState,
  type UnitCommand,
  type UnitState,
  levels,
} from './model.ts';
import { organisationPolicies } from './policies.ts';
import { AssignmentRules } from './model.ts';
import { yearsLater } from './rules/assignment.ts';
import { areas, assignments, officials, units } from './rules.ts';

const stamp = { actor: 'tester', at: '2026-01-05T02:00:00.000Z', version: 1 };

/** The facts the database would give, read from a world in memory. */
function areaFacts(world: ReadonlyMap<string, AreaState>, id: string, command: AreaCommand) {
  const state = world.get(id) ?? areas.initial;
  const parentId = command.kind === 'area.add' || command.kind === 'area.move' ? command.parent : state.parent;
  const parent = parentId === null ? undefined : world.get(parentId);
  const others = [...world].filter(([other, s]) => other !== id && s.stage === 'open').map(([, s]) => s);
  const name = command.kind === 'area.add' || command.kind === 'area.rename' ? command.name : state.name;
  const code = command.kind === 'area.add' ? command.code : state.code;
  return {
    parent: parent && { level: parent.level, chain: [...parent.above, parentId!], closed: parent.stage === 'closed' },
    nameTaken: others.some((s) => s.parent === parentId && s.name === name),
    codeTaken: others.some((s) => s.code === code),
    rootTaken: others.some((s) => s.parent === null),
    below: others.filter((s) => s.parent === id).length,
    inhabited: false,
  };
}

const idArb = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const areaCommands: fc.Arbitrary<readonly [string, AreaCommand]> = fc.tuple(
  idArb,
  fc.oneof(
    fc.record({
      kind: fc.constant('area.add' as const),
      parent: fc.option(idArb),
      type: fc.constantFrom('县', '镇', '村', '网格'),
      name: fc.constantFrom('甲', '乙', '丙'),
      code: fc.constantFrom('1', '2', '3', '4', '5', '6'),
    }),
    fc.record({ kind: fc.constant('area.rename' as const), name: fc.constantFrom('甲', '乙', '丁') }),
    fc.record({ kind: fc.constant('area.move' as const), parent: idArb }),
    fc.record({ kind: fc.constant('area.close' as const) }),
  ),
);

function runAreas(commands: readonly (readonly [string, AreaCommand])[]) {
  const world = new Map<string, AreaState>();
  const give = (id: string, command: AreaCommand) => {
    const state = world.get(id) ?? areas.initial;
    const decided = areas.decide(state, command, areaFacts(world, id, command));
    if (isRefusal(decided)) return decided;
    world.set(
      id,
      decided.reduce((s, e) => areas.evolve(s, e, stamp), state),
    );
    return undefined;
  };
  for (const [id, command] of commands) {
    if (give(id, command) !== undefined || command.kind !== 'area.move') continue;
    // As the move route does: what is below follows, level by level.
    const follow = (above: string): void => {
      for (const [child, s] of world) {
        if (s.parent !== above || s.stage !== 'open') continue;
        give(child, { kind: 'area.move', parent: above });
        follow(child);
      }
    };
    follow(id);
  }
  return { world, give };
}

describe('areas', () => {
  test('[A1] whatever is commanded, what is open is one tree with exactly one path for each', () => {
    fc.assert(
      fc.property(fc.array(areaCommands, { maxLength: 60 }), (commands) => {
        const { world } = runAreas(commands);
        const open = [...world].filter(([, s]) => s.stage === 'open');
        expect(open.filter(([, s]) => s.parent === null).length).toBeLessThanOrEqual(1);
        for (const [id, s] of open) {
          const path: string[] = [];
          for (let at = s.parent; at !== null; at = world.get(at)!.parent) {
            path.unshift(at);
            expect(world.get(at)!.stage).toBe('open');
            expect(path).not.toContain(id);
          }
          expect(s.above).toEqual(path);
          expect(s.level).toBe(levels[path.length]);
        }
        const names = open.map(([, s]) => `${s.parent}/${s.name}`);
        expect(new Set(names).size).toBe(names.length);
        const codes = open.map(([, s]) => s.code);
        expect(new Set(codes).size).toBe(codes.length);
      }),
      { numRuns: 500 },
    );
  });

  test('[A1] every accepted change of a lone area can be undone to what was seen before', () => {
    fc.assert(
      fc.property(fc.array(areaCommands, { maxLength: 40 }), areaCommands, (commands, [id, command]) => {
        const { world, give } = runAreas(commands);
        const before = world.get(id);
        if (before === undefined || give(id, command) !== undefined) return;
        const undo = world.get(id)!.undo!;
        if (before.stage === 'closed') return expect(undo.kind).toBe('area.close');
        expect(give(id, undo)).toBeUndefined();
        const { undo: _, ...now } = world.get(id)!;
        const { undo: __, ...was } = before;
        expect(now).toEqual(was);
      }),
      { numRuns: 500 },
    );
  });

  test('[A1] an area with open ones below, or with households, is not closed', () => {
    const open: AreaState = {
      ...areas.initial,
      stage: 'open',
      parent: 'x',
      above: ['x'],
      level: 'township',
      name: '柳河镇',
      type: '镇',
      code: '1',
    };
    const facts = {
      parent: undefined,
      nameTaken: false,
      codeTaken: false,
      rootTaken: true,
      below: 0,
      inhabited: false,
    };
    expect(areas.decide(open, { kind: 'area.close' }, { ...facts, below: 1 })).toEqual({ refused: 'area.has-below' });
    expect(areas.decide(open, { kind: 'area.close' }, { ...facts, inhabited: true })).toEqual({
      refused: 'area.inhabited',
    });
    expect(areas.decide(open, { kind: 'area.close' }, facts)).toEqual([{ kind: 'area.closed' }]);
  });
});

describe('units', () => {
  test('[A1] no sequence of moves makes a circle', () => {
    const moves = fc.array(fc.tuple(idArb, fc.option(idArb)), { maxLength: 60 });
    fc.assert(
      fc.property(moves, (given) => {
        const world = new Map<string, UnitState>();
        const up = (id: string | null): string[] => (id === null ? [] : [id, ...up(world.get(id)!.parent)]);
        for (const [id, parent] of given) {
          const state = world.get(id) ?? units.initial;
          const command: UnitCommand =
            state.stage === 'none'
              ? { kind: 'unit.add', parent, type: 'department', name: id, area: 'root' }
              : { kind: 'unit.move', parent, area: 'root' };
          const known = parent === null || world.has(parent);
          const facts = {
            parentPath: parent !== null && known ? up(parent) : undefined,
            areaOpen: true,
            nameTaken: false,
            codeTaken: false,
            below: 0,
            officials: 0,
            atWork: [],
            self: id,
          };
          const decided = units.decide(state, command, facts);
          if (!isRefusal(decided))
            world.set(
              id,
              decided.reduce((s, e) => units.evolve(s, e, stamp), state),
            );
        }
        for (const id of world.keys()) expect(up(id).length).toBeLessThanOrEqual(world.size);
      }),
    );
  });
});

describe('officials', () => {
  const register = {
    kind: 'official.register' as const,
    name: '王建军',
    title: '干事',
    unit: 'u',
    phone: '19000000001',
  };
  const facts = { unitOpen: true, areaOpen: true };
  const after = (...commands: Parameters<typeof officials.decide>[1][]) =>
    commands.reduce((state, command) => {
      const decided = officials.decide(state, command, facts);
      if (isRefusal(decided)) throw new Error(decided.refused);
      return decided.reduce((s, e) => officials.evolve(s, e, stamp), state);
    }, officials.initial);
  const post = {
    kind: 'official.give-post' as const,
    role: 'clerk' as const,
    unit: 'u',
    area: 'a',
    title: '',
    since: '2026-01-01',
  };

  test('[A1] a post ended by mistake is given back in its place', () => {
    const given = after(register, post);
    const ended = after(register, post, { kind: 'official.end-post', place: 1, until: '2026-02-01' });
    const back = after(register, post, { kind: 'official.end-post', place: 1, until: '2026-02-01' }, ended.undo!);
    expect(back.posts).toEqual(given.posts);
  });

  test('[A1] a retired official comes back with the posts held before', () => {
    const retired = after(register, post, { kind: 'official.retire', until: '2026-03-01' });
    expect(retired.stage).toBe('retired');
    expect(after(register, post, { kind: 'official.retire', until: '2026-03-01' }, retired.undo!).posts).toEqual(
      after(register, post).posts,
    );
  });

  test('[A1] the same post is not held twice, and a clerk has an area', () => {
    expect(officials.decide(after(register, post), post, facts)).toEqual({ refused: 'official.post-doubled' });
    expect(officials.decide(after(register), { ...post, area: null }, facts)).toEqual({
      refused: 'official.post-area',
      field: 'area',
    });
  });
});

describe('assignments', () => {
  const rules = AssignmentRules.parse(organisationPolicies[0]!.standard.document);
  const facts: AssignmentFacts = {
    officialAtWork: true,
    areaLevel: 'village',
    areas: [],
    householdKnown: false,
    unitType: 'department',
    doubled: false,
    villagesOfDepartment: 0,
    departmentsInTownship: 0,
    mismatch: false,
    rules,
  };
  const make = {
    kind: 'assignment.make' as const,
    official: 'o',
    type: 'department' as const,
    area: 'v',
    household: null,
    unit: 'd',
    role: '部门包村',
    since: '2026-01-01',
  };
  const made = (
    decided: ReturnType<typeof assignments.decide>,
    from: AssignmentState = assignments.initial,
  ): AssignmentState => {
    if (isRefusal(decided)) throw new Error(decided.refused);
    return decided.reduce((s, e) => assignments.evolve(s, e, stamp), from);
  };
  const running = made(assignments.decide(assignments.initial, make, facts));

  test('[A3] a department stays three years; leaving earlier needs a reason', () => {
    expect(running.lockedUntil).toBe('2029-01-01');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2500 }), fc.boolean(), (days, withReason) => {
        const until = new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);
        const decided = assignments.decide(
          running,
          { kind: 'assignment.end', until, ...(withReason ? { reason: '机构改革' } : {}) },
          facts,
        );
        const early = until < '2029-01-01';
        expect(isRefusal(decided)).toBe(early && !withReason);
      }),
    );
  });

  test('[A3] the matching rule is broken only with a reason, the numbers never', () => {
    expect(assignments.decide(assignments.initial, make, { ...facts, mismatch: true })).toEqual({
      refused: 'assignment.mismatch',
      field: 'reason',
    });
    expect(
      isRefusal(assignments.decide(assignments.initial, { ...make, reason: '村里请求' }, { ...facts, mismatch: true })),
    ).toBe(false);
    expect(assignments.decide(assignments.initial, make, { ...facts, villagesOfDepartment: 3 })).toEqual({
      refused: 'assignment.department-full',
      field: 'unit',
    });
    expect(assignments.decide(assignments.initial, make, { ...facts, departmentsInTownship: 3 })).toEqual({
      refused: 'assignment.township-full',
      field: 'area',
    });
  });

  test('[A3] an ending can be taken back, with the lock as it was', () => {
    const ended = made(
      assignments.decide(running, { kind: 'assignment.end', until: '2026-06-01', reason: '机构改革' }, facts),
      running,
    );
    const { undo: _, ...back } = made(assignments.decide(ended, ended.undo!, facts), ended);
    const { undo: __, ...was } = running;
    expect(back).toEqual(was);
  });

  test('[A3] three years from 29 February end with February', () => {
    expect(yearsLater('2028-02-29', 3)).toBe('2031-02-28');
    expect(yearsLater('2028-02-29', 4)).toBe('2032-02-29');
  });
});
