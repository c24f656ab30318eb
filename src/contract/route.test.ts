import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import type { Action } from '../access/table.ts';
import { type AnswerOf, type BodyOf, type Routes, route } from './route.ts';

const handle = () => ({ done: true });

// Checked by the compiler: when a line below compiles, the directive above it is unused, and that is an error.
// @ts-expect-error a route names what the access table must allow
const actionless: Routes = { 'GET /api/secret': { summary: 'Nobody said who may', handle } };
// @ts-expect-error the same through the maker of routes
const made = route({ summary: 'Nobody said who may', handle });
// @ts-expect-error an action that the table does not know is nobody's
const unknown = route({ action: 'matter.burn', summary: 'No such action', handle });
// @ts-expect-error an address has a method
const methodless: Routes = { '/api/secret': { action: 'matter.read', summary: 'How is it asked for', handle } };

describe('a route', () => {
  test('[L1] without an action, or with an unknown one, does not compile', () => {
    // What runs here is only that the four were made; what is proved is that each needed its directive.
    expect([actionless, made, unknown, methodless]).toHaveLength(4);
    expectTypeOf<{ action: 'matter.burn' }>().not.toExtend<{ action: Action }>();
    expectTypeOf<{ action: 'matter.read' }>().toExtend<{ action: Action }>();
  });

  test('tells its client the types of what goes in and comes out', () => {
    const one = route({
      action: 'matter.read',
      summary: 'One',
      body: z.object({ n: z.int() }),
      handle: (_desk, { body }) => ({ twice: body.n * 2 }),
    });
    expectTypeOf<BodyOf<typeof one>>().toEqualTypeOf<{ n: number }>();
    expectTypeOf<AnswerOf<typeof one>>().toEqualTypeOf<{ twice: number }>();
    expect(one.action).toBe('matter.read');
  });
});
