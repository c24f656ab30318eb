import { expect, test } from 'vitest';
import { rules } from '../../access/table.ts';
import { MatterCommand } from '../model.ts';
import { actsFor } from './acts.ts';
import type { Matter } from './queries.ts';

const matter = {
  id: 'm',
  version: 3,
  unit: 'u',
  unitName: '水利局',
  category: null,
  disposition: null,
  reporter: { name: '陈秀英', phone: null, anonymous: false, confidential: false, shown: true },
  four: { leader: null, handler: null, leaderId: null, handlerId: null, measures: null, due: '2026-12-02' },
  clock: { due: '2026-12-02T15:59:59.999Z', remaining: { late: true, text: '超 1 天' } },
  returnAsked: { from: '水利局', betterUnit: 'c', betterUnitName: '城管局', reason: '不归我们管' },
  extensionAsked: { days: 7, reason: '挖机调去抢险', by: '李强' },
  toTell: ['extension'],
  parts: [
    { place: 0, unit: 'w', unitName: '住建局', task: '修路', state: 'asked', mine: true },
    { place: 1, unit: 'd', unitName: '财政局', task: '出钱', state: 'declined', mine: false, betterUnit: null },
    { place: 2, unit: 'e', unitName: '林业局', task: '移树', state: 'answered', mine: false },
  ],
  about: [],
  papers: [{ version: 2, name: '处理意见书', number: '〔2026〕3 号', correctable: true }],
  raisings: [{ to: '州联席会议', state: 'asked' }],
  changes: [{ id: 'c', policy: '《河道管理条例》', what: '可以清了', source: '县政府〔2026〕9 号' }],
} as unknown as Matter;

/** What an official may do to a matter that is there already. */
const kinds = MatterCommand.options
  .map((option) => option.shape.kind.value)
  .filter(
    (kind) =>
      Object.keys(rules[kind] ?? {}).some((who) => who !== 'resident' && who !== 'anyone') &&
      kind !== 'matter.register',
  );

test('[C4] whatever the server lets an official do, the desk has a form for', () => {
  for (const kind of kinds) expect(actsFor({ ...matter, can: [kind] }, []), kind).not.toHaveLength(0);
});

test('[C4] nothing is offered that the server does not allow', () => {
  expect(actsFor({ ...matter, can: [] }, [])).toEqual([]);
  expect(actsFor({ ...matter, can: ['matter.tell'] }, []).map(({ kind }) => kind)).toEqual(['matter.tell']);
});

test('[C5] the button says until when an extension goes', () => {
  const [grant] = actsFor({ ...matter, can: ['matter.decide-extension'] }, []);
  expect(grant!.consequence({})).toBe('同意延期 7 天，约到 12 月 9 日');
  expect(grant!.fixed).toEqual({ grant: true });
});

test('[C11] a call-back that was not chosen promises nothing', () => {
  const [act] = actsFor({ ...matter, can: ['matter.call-back'] }, []);
  expect(act!.consequence({})).toBe('先选群众怎么说');
  expect(act!.consequence({ outcome: 'confirmed' })).toBe('群众认可，销号');
  expect(act!.initial).toBeUndefined();
});
