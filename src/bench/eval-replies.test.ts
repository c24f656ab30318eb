import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { evalReplies } from './eval-replies.ts';

const folder = mkdtempSync(join(tmpdir(), 'minqing-replies-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const marked = JSON.parse(readFileSync(new URL('./replies-marked.json', import.meta.url), 'utf8')) as {
  marks: { id: string; answered: 0 | 1; complete: 0 | 1; reasoned: 0 | 1; in_time: 0 | 1 }[];
};

const good = '二组水渠经现场查看是淤泥堵住，6 月 3 日已清淤通水，浇地有困难可以打水利站电话。';
const nothing = '您的留言收悉，已转有关部门调查处理，谢谢！';
const row = (id: string, reply: string, replied_at: string) =>
  JSON.stringify({
    id,
    user: 'U',
    subject: '二组水渠堵了',
    body: '浇不上地',
    sent_at: '2019-06-01 9:00:00',
    reply,
    replied_at,
  });

test('[C10] shares and agreement are what a plain count says', async () => {
  // The held-out half answered as the hand marked it, but for one reply that is marked otherwise on purpose.
  const half = marked.marks.slice(marked.marks.length / 2);
  const lines = half.map(({ id, answered }, i) =>
    row(id, (answered === 1) === (i !== 0) ? good : nothing, '2019-06-16 23:59:59'),
  );
  lines.push(row('another', good, '2019-06-17 00:00:00'));
  const file = join(folder, 'answered.jsonl');
  writeFileSync(file, lines.join('\n'));
  const figures = await evalReplies(['--file', file, '--marks', join(folder, 'marks.jsonl')]);
  const told = half.map(({ answered }, i) => (answered === 1) === (i !== 0));
  const yes = told.filter(Boolean).length + 1;
  const agreeing = half.flatMap(({ answered, complete, reasoned }, i) =>
    [answered, complete, reasoned].map((mark) => (mark === 1) === told[i]),
  );
  expect(figures).toEqual({
    replies: half.length + 1,
    answered: yes / (half.length + 1),
    complete: yes / (half.length + 1),
    reasoned: yes / (half.length + 1),
    in_time: half.length / (half.length + 1),
    agreement: agreeing.filter(Boolean).length / agreeing.length,
  });
  const out = readFileSync(join(folder, 'marks.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(out).toHaveLength(half.length + 1);
  expect(out.at(-1)).toMatchObject({ id: 'another', in_time: false, due: '2019-06-16T15:59:59.999Z' });
  await expect(evalReplies(['--file', join(folder, 'marks.jsonl')])).rejects.toThrow('line 1');
});

test('[C10] a file without marked replies has no agreement; the marks by hand are ids and yes or no, and no words', async () => {
  const file = join(folder, 'other.jsonl');
  writeFileSync(file, row('another', good, '2019-06-02 10:00'));
  expect((await evalReplies(['--file', file])).agreement).toBeNull();
  expect(marked.marks).toHaveLength(60);
  expect(new Set(marked.marks.map(({ id }) => id)).size).toBe(60);
  for (const { id, ...marks } of marked.marks) {
    expect(id).toMatch(/^\d+$/);
    expect(Object.values(marks).every((mark) => mark === 0 || mark === 1)).toBe(true);
  }
});

const given = process.env['EVAL_ANSWERED'] ?? '';
test.skipIf(!existsSync(given))(
  '[C10] on answers really given, program and hand agree as far as measured',
  async () => {
    const { agreement } = await evalReplies(['--file', given]);
    expect(agreement).toBeGreaterThan(0.85);
  },
);
