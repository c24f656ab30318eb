import { expect, test } from 'vitest';
import { type Found, linesOf } from './find.ts';

const nothing: Found = { q: '水', suggestions: [], matters: [], people: [], places: [], officials: [], units: [] };

test('[L10] every hit is one line that leads to its page; what was found by its own name gives no reason', () => {
  const lines = linesOf({
    ...nothing,
    matters: [
      {
        id: 'm',
        number: 'QH 2611 0001 5',
        subject: '水渠堵塞',
        statusName: '办理中',
        place: '柳河镇',
        unit: null,
        why: { how: '同音', excerpt: null },
      },
    ],
    people: [{ id: 'r', name: '张桂兰', why: '名称', household: 'h', address: '1 组 3 号', village: '柳河村' }],
    units: [{ id: 'u', name: '水利局', why: '首字母' }],
  });
  expect(lines.map(({ group, title, detail, note, to }) => ({ group, title, detail, note, to }))).toEqual([
    {
      group: '诉求',
      title: '水渠堵塞',
      detail: 'QH 2611 0001 5　柳河镇　办理中',
      note: '同音',
      to: { to: '/matters/$id', params: { id: 'm' }, search: {} },
    },
    { group: '居民', title: '张桂兰', detail: '柳河村　1 组 3 号', note: '', to: { href: '/field/household/h' } },
    {
      group: '单位',
      title: '水利局',
      detail: '',
      note: '首字母',
      to: { to: '/organisation', search: { tree: 'units', id: 'u' } },
    },
  ]);
  expect(linesOf(nothing)).toEqual([]);
});
