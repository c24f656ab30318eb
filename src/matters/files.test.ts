import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import writeExcel from 'write-excel-file/node';
import { type FileRow, rowsOfMessages } from './files.ts';
import { LINE, readMessage } from './import.ts';

const folder = mkdtempSync(join(tmpdir(), 'minqing-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
async function all(path: string): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for await (const row of rowsOfMessages(path)) rows.push(row);
  return rows;
}
const read = (rows: readonly FileRow[]) => rows.map((row) => readMessage(row, row[LINE]));

describe('files of messages', () => {
  test('[L4] whatever stands in it, each line of a jsonl file is its own row: good ones are kept, broken ones reported with their line', async () => {
    const line = fc.oneof(
      fc
        .record({
          id: fc.stringMatching(/^[0-9]{1,9}$/),
          subject: fc.constant('路灯不亮'),
          sent_at: fc.constant('2019-04-25 09:32:09'),
        })
        .map((o) => ({ text: JSON.stringify(o), good: true })),
      fc.constantFrom('{"id": "7", "subj', '[1,2]', 'null', '"文字"', '{}').map((text) => ({ text, good: false })),
      fc.constant({ text: '', good: undefined }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), fc.constantFrom('\n', '\r\n'), async (lines, end) => {
        const messages = read(await all(written('any.jsonl', lines.map(({ text }) => text).join(end))));
        const wanted = lines.flatMap(({ good }, i) => (good === undefined ? [] : [{ line: i + 1, good }]));
        expect(messages.map((m) => !('message' in m))).toEqual(wanted.map(({ good }) => good));
        expect(messages.filter((m) => 'message' in m).map((m) => m.line)).toEqual(
          wanted.filter(({ good }) => !good).map((w) => w.line),
        );
        for (const [i, message] of messages.entries())
          if (lines[wanted[i]!.line - 1]!.text.endsWith('subj'))
            expect(message).toMatchObject({ message: expect.stringContaining('JSON') });
      }),
      { numRuns: 60 },
    );
  });

  test('[L4] a csv is read in UTF-8 and in GB18030, quotes and line breaks within a cell included, each row with its line', async () => {
    const text =
      '留言编号,留言主题,留言时间,留言详情\r\n1,路灯不亮,2019/4/25 9:32:09,"六盏灯\n坏了五盏，""真的"""\r\n2,公交站太远,2019/4/26,走不动\r\n';
    const files = [written('utf8.csv', `\uFEFF${text}`), written('gb.csv', gb18030(text))];
    for (const path of files) {
      const rows = await all(path);
      expect(rows.map((row) => row[LINE])).toEqual([2, 4]);
      expect(read(rows)).toMatchObject([
        { id: '1', subject: '路灯不亮', body: '六盏灯\n坏了五盏，"真的"', sentAt: '2019-04-25T01:32:09.000Z' },
        { id: '2', subject: '公交站太远' },
      ]);
    }
  });

  test('[L4] a spreadsheet’s dates are the board’s local times, its empty rows are passed over', async () => {
    const path = join(folder, 'board.xlsx');
    const cell = (value: string) => ({ value, type: String });
    await writeExcel(
      [
        ['留言编号', '留言主题', '留言时间'].map(cell),
        [
          cell('1'),
          cell('路灯不亮'),
          { value: new Date('2019-04-25T09:32:00Z'), type: Date, format: 'yyyy-mm-dd hh:mm' },
        ],
        [null, null, null],
        [cell('2'), cell('公交站太远'), cell('2018-4-24 9:5:3')],
      ],
      {},
    ).toFile(path);
    const rows = await all(path);
    expect(rows.map((row) => row[LINE])).toEqual([2, 4]);
    expect(read(rows)).toMatchObject([{ sentAt: '2019-04-25T01:32:00.000Z' }, { sentAt: '2018-04-24T01:05:03.000Z' }]);
  });

  test('[L4] another kind of file is refused in words', async () => {
    await expect(all(written('board.doc', 'x'))).rejects.toThrow('只能读');
    await expect(all(join(folder, 'nothing.jsonl'))).rejects.toThrow('ENOENT');
  });
});

/** Node decodes GB18030 but does not encode it: the table is had by decoding every pair of bytes. */
function gb18030(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, readonly number[]>();
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++)
      if (low !== 0x7f) table.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  return Uint8Array.from(
    [...text].flatMap((character) => (character < '\x80' ? [character.charCodeAt(0)] : table.get(character)!)),
  );
}
