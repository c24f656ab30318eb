import { expect, test } from 'vitest';
import { Queue } from './queue.ts';

/** A job that stays until it is let go, and says when it began. */
function jobs(queue: Queue) {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const put = (name: string, place?: 'first' | 'last'): Promise<string> =>
    queue.take(
      () =>
        new Promise<string>((done, failed) => {
          begun.push(name);
          ends.set(name, (error) => (error === undefined ? done(name) : failed(error)));
        }),
      place,
    );
  return { begun, put, end: (name: string, error?: Error) => ends.get(name)!(error) };
}

test('so many run as may; what goes on with something begun comes before what has not begun', async () => {
  const queue = new Queue(() => 1);
  const { begun, put, end } = jobs(queue);
  const a = put('a');
  const b = put('b');
  const c = put('a, part 2', 'first');
  expect(begun).toEqual(['a']);
  expect(queue.wanted).toBe(true);
  end('a');
  await a;
  await expect.poll(() => begun).toEqual(['a', 'a, part 2']);
  end('a, part 2');
  await c;
  await expect.poll(() => begun).toEqual(['a', 'a, part 2', 'b']);
  end('b');
  expect(await b).toBe('b');
  expect(queue.wanted).toBe(false);
});

test('one that fails holds up nobody, and says so to whoever gave it', async () => {
  const queue = new Queue(() => 1, 1);
  const { begun, put, end } = jobs(queue);
  const a = put('a');
  const b = put('b');
  end('a', new Error('the line broke'));
  await expect(a).rejects.toThrow('the line broke');
  await expect.poll(() => begun).toEqual(['a', 'b']);
  end('b');
  expect(await b).toBe('b');
});

test('fewer may run from now on: those that run end, and only then the next begins', async () => {
  let atOnce = 2;
  const queue = new Queue(() => atOnce);
  const { begun, put, end } = jobs(queue);
  const [a, b, c] = [put('a'), put('b'), put('c')];
  expect(begun).toEqual(['a', 'b']);
  atOnce = 1;
  end('a');
  await a;
  expect(begun).toEqual(['a', 'b']);
  end('b');
  await b;
  await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
  end('c');
  await c;
});
