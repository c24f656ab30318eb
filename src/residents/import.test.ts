import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeExcel from 'write-excel-file/node';
import { type Client, type TestCounty, startCounty } from '../app/testing.ts';

let county: TestCounty;
let administrator: Client;
beforeAll(async () => {
  county = await startCounty();
  administrator = await county.as('administrator');
});
afterAll(() => county.stop());

const heading = ['户主', '与户主关系', '姓名', '出生年份', '电话', '村/社区', '网格', '门牌', '联系干部'];
const family = [
  ['张桂兰', '户主', '张桂兰', '1944', '13800000001', '柳河村', '柳河村第一网格', '1 号', '王建军'],
  // Merged cells: a row without 户主 belongs to the household above.
  ['', '子', '张强', '1970-05-01', '', '', '', '', ''],
  ['李秀英', '户主', '李秀英', '1950', '0311-88880000', '北渠村', '', '7 号', ''],
];
async function send(name: string, bytes: BlobPart) {
  const form = new FormData();
  form.set('file', new File([bytes], name));
  return await administrator.send('POST', '/api/households/import', { body: form });
}
const csv = (rows: readonly (readonly string[])[]): string => rows.map((r) => r.join(',')).join('\r\n');

describe('a list of households', () => {
  test('[L4] is taken in from csv and again does nothing; from xlsx it is the same list', async () => {
    const first = await send('户.csv', `\uFEFF${csv([heading, ...family])}`);
    expect(first.body).toMatchObject({ taken: 2, known: 0, leftOut: 0, faults: [] });
    expect((await send('户.csv', csv([heading, ...family]))).body).toMatchObject({ taken: 0, known: 2 });

    const sheet = await writeExcel([heading, ...family].map((r) => r.map((value) => ({ value })))).toBuffer();
    expect((await send('户.xlsx', new Uint8Array(sheet))).body).toMatchObject({ taken: 0, known: 2, leftOut: 0 });

    const clerk = await county.as('clerk');
    const { households } = (await clerk.get('/api/households?q=zgl')).body;
    expect(households).toMatchObject([
      { head: '张桂兰', villageName: '柳河村', gridName: '柳河村第一网格', residents: 2, contactName: '王建军' },
    ]);
    const whole = (await clerk.get(`/api/households/${households[0].id}`)).body;
    expect(whole.residents).toMatchObject([
      { name: '张桂兰', hasPhone: true },
      { name: '张强', relation: '子', bornYear: 1970, hasPhone: false },
    ]);
    const { phones } = (await clerk.get(`/api/households/${households[0].id}/phones`)).body;
    expect(phones).toMatchObject([{ name: '张桂兰', phone: '13800000001' }]);
  });

  test('[L4] tells every fault by its cell and takes the other households', async () => {
    const rows = [
      ['赵一', '户主', '赵一', '19五0', '1380000', '柳河村', '柳河村第一网格', '21 号', '王建军'],
      ['钱二', '户主', '钱二', '', '', '无此村', '', '22 号', ''],
      ['孙三', '户主', '孙三', '', '', '柳河村', '柳河村第九网格', '', '查无此人'],
      ['周五', '户主', '', '', '', '柳河村', '', '24 号', ''],
      ['吴六', '户主', '吴六', '', '', '柳河村', '', '25 号', ''],
      ['张桂兰', '户主', '张桂兰', '', '', '柳河村', '', '26 号', ''],
      ['吴六', '女', '吴小六', '', '', '柳河村', '', '25 号', ''],
    ];
    const { body } = await send('户.csv', csv([heading, ...rows]));
    expect(body).toMatchObject({ taken: 2, leftOut: 5 });
    expect(body.faults.map((f: { row: number; column: string; value: string }) => [f.row, f.column, f.value])).toEqual([
      [2, '出生年份', '19五0'],
      [2, '电话', '1380000'],
      [3, '村/社区', '无此村'],
      [4, '门牌', ''],
      [4, '网格', '柳河村第九网格'],
      [4, '联系干部', '查无此人'],
      [5, '姓名', ''],
      [8, '户主', '吴六'],
    ]);
  });

  test('a file that is no list says what to do', async () => {
    expect(await send('户.csv', '姓名,电话\r\n张三,1')).toMatchObject({
      status: 422,
      body: { refused: 'import.header', field: 'file' },
    });
    expect(await send('户.xlsx', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))).toMatchObject({
      status: 422,
      body: { refused: 'import.file' },
    });
    expect(
      (await (await county.as('clerk')).send('POST', '/api/households/import', { body: new FormData() })).status,
    ).toBe(404);
  });
});
