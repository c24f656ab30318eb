import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { PHONE, WIDE, picture } from '../../../tools/browser.ts';
import { dayOf } from '../../calendar/days.ts';
import { type Told, ready, visit } from './hands.ts';
import { type Stage, openStage, watched } from './standing.ts';

/**
 * The day that everything here is made for: no network from seven to six, twenty households in two villages, half a day
 * of labour, a colleague at one of the same doors; in the evening both phones find the network.
 */

// The clock of the server and of both phones, set forward through the day; between the steps it runs.
const RealDate = Date;
let ahead = 0;
class Shifted extends RealDate {
  constructor(...given: readonly unknown[]) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...(given as [number]));
  }
  static override now = (): number => RealDate.now() + ahead;
}
const day = dayOf(new RealDate().toISOString());
const at = (time: string): number => RealDate.parse(`${day}T${time}:00+08:00`);
const setClock = (time: string): void => {
  ahead = at(time) - RealDate.now();
};

/** The same clock in a browser; it outlives a reload. */
const clockOf = async (context: BrowserContext): Promise<void> => {
  await context.addInitScript(() => {
    const Real = Date;
    let off = Number(sessionStorage.getItem('ahead') ?? 0);
    class Shifted extends Real {
      constructor(...given: readonly unknown[]) {
        if (given.length === 0) super(Real.now() + off);
        else super(...(given as [number]));
      }
      static override now = (): number => Real.now() + off;
    }
    globalThis.Date = Shifted as DateConstructor;
    Object.assign(globalThis, {
      setAhead(ms: number) {
        off = ms;
        sessionStorage.setItem('ahead', String(ms));
      },
    });
  });
};
const tellTime = async (page: Page): Promise<void> =>
  page.evaluate((ms) => (globalThis as unknown as { setAhead(ms: number): void }).setAhead(ms), ahead);

type Door = readonly [village: 'first' | 'second', head: string, time: string, told: Told];
/** The day as it was planned by nobody: in the order of walking. */
const doors: readonly Door[] = [
  ['first', '陈秀英', '07:40', { note: '渠堵了快俩月，麦子浇不上。', needs: ['二组水渠堵了，浇不上地'], signs: true }],
  ['first', '刘大有', '08:00', { note: '问低保办到哪一步。', promise: '问清低保办到哪一步' }],
  ['first', '张桂兰', '08:20', {}],
  ['first', '李长贵', '08:40', { note: '路灯坏了三盏，晚上摸黑走。', needs: ['三组路灯坏了三盏'], signs: true }],
  ['first', '王秋菊', '09:00', { note: '都好，没有要办的。' }],
  ['first', '赵满仓', '09:20', { note: '粮卖了，价还行。', signs: true }],
  ['first', '孙玉梅', '09:40', { note: '水管冻裂了，厕所也漏。', needs: ['入户水管冻裂', '旱厕漏水'] }],
  ['first', '周得水', '10:00', { note: '想学嫁接。', promise: '请农技员来教嫁接' }],
  ['first', '吴桂花', '10:20', {}],
  ['first', '郑守田', '10:40', { note: '地界和邻居说不清。', needs: ['和邻居地界说不清'], signs: true }],
  ['first', '冯喜来', '11:00', { note: '儿子在外打工，都好。' }],
  ['second', '褚老栓', '11:20', { note: '桥栏杆断了，娃们上学危险。', needs: ['村口桥栏杆断了'], signs: true }],
  [
    'second',
    '卫春兰',
    '11:40',
    { note: '医保卡刷不了。', needs: ['医保卡在镇卫生院刷不了'], promise: '拿医保卡去镇上问' },
  ],
  ['second', '蒋有福', '12:00', { note: '羊病了两只。' }],
  ['second', '沈凤英', '12:20', {}],
  ['second', '韩立春', '12:40', { note: '自来水一天只来两个钟头。', needs: ['自来水一天只来两小时'], signs: true }],
  ['second', '杨改花', '13:00', { note: '养老金到账了，谢谢。' }],
  ['second', '朱福生', '13:20', { note: '搬到儿子家住了，老屋漏雨。' }],
  ['second', '秦明亮', '13:40', { note: '想贷款买拖拉机。', promise: '问农商行贷款要什么手续' }],
  ['second', '尤桂芝', '14:00', { note: '垃圾桶太远。', needs: ['垃圾桶离得太远'] }],
];
const SON = '朱志强';
const COLLEAGUE_AT = '陈秀英';
const COLLEAGUE_SAID = '孙子的学费还差一点。';

// Counted here, from the day as it is written above, and nowhere in the product.
const needs = doors.flatMap(([, , , told]) => told.needs ?? []);
const promises = doors.flatMap(([, head, , { promise }]) => (promise === undefined ? [] : [[promise, head] as const]));
const closed = doors.filter(([, , , { note }]) => note === undefined).map(([, head]) => head);
const signed = doors.filter(([, , , { signs }]) => signs === true).map(([, head]) => head);
/** Whoever was met, where they live in the evening. */
const met = doors.filter(([, , , { note }]) => note !== undefined).map(([, head]) => (head === '朱福生' ? SON : head));
const NEIGHBOURS = { first: ['何未访', '吕未访'], second: ['施未访'] };

let stage: Stage;
beforeAll(async () => {
  setClock('06:30');
  globalThis.Date = Shifted as DateConstructor;
  stage = await openStage();
}, 120_000);
afterAll(async () => {
  await stage.stop();
  globalThis.Date = RealDate;
});

const households = new Map<string, string>();
async function people(): Promise<void> {
  const { county } = stage;
  const { village, otherVillage, grid, otherGrid } = county.places;
  for (const [who, area] of [
    ['field', otherVillage],
    ['otherfield', village],
  ] as const)
    await county.give('assignment', county.newId(), {
      kind: 'assignment.make',
      official: county.id(who),
      type: 'village',
      area,
      household: null,
      unit: null,
      role: '综合联村干部',
      since: '2025-01-01',
    });
  const clerk = await county.as('clerk');
  const all = [
    ...doors.map(([where, head]) => [where, head] as const),
    ['second', SON] as const,
    ...NEIGHBOURS.first.map((head) => ['first', head] as const),
    ...NEIGHBOURS.second.map((head) => ['second', head] as const),
  ];
  await Promise.all(
    all.map(async ([where, head], i) => {
      const household = county.newId();
      households.set(head, household);
      const made = await clerk.post(`/api/households/${household}/register`, {
        area: where === 'first' ? grid : otherGrid,
        address: `${i + 1} 号`,
        contact: county.id('field'),
        residents: [{ id: county.newId(), name: head, relation: '户主', bornYear: 1956 }],
      });
      expect(made.body).toMatchObject({ accepted: true });
    }),
  );
}

test(
  '[B13] [B1] [B2] [B4] [B6] a day in two villages without network from seven to six, a colleague at one of the same doors: nothing lost, nothing doubled, each sees what became of each thing, the head who was reached, who was not and what was promised',
  { timeout: 120_000 },
  async () => {
    expect([doors.length, needs.length, closed.length]).toEqual([20, 9, 3]);
    const { county, url } = stage;
    await people();
    const first = await stage.device(PHONE, 'field');
    const second = await stage.device(PHONE, 'otherfield');
    const desk = await stage.device(WIDE, 'head');
    const { page } = first;
    for (const { context } of [first, second, desk]) await clockOf(context);
    await watched('day', [page, second.page, desk.page], async () => {
      // Half past six, at home: both phones take the day along.
      for (const phone of [first, second]) {
        await phone.page.goto(`${url}/field`);
        await tellTime(phone.page);
        await phone.page.reload();
        await phone.page.getByText('陈秀英').first().waitFor();
        await ready(phone.page);
      }
      await page.waitForFunction(async () => (await (await fetch('/api/labours/mine')).json()) !== undefined);

      // Seven: no network from here on. The room opens all the same, and knows whom to see.
      setClock('07:00');
      for (const phone of [first, second]) {
        await phone.context.setOffline(true);
        await tellTime(phone.page);
        await phone.page.reload();
        await phone.page.getByText('没有网络').first().waitFor();
        await phone.page.getByText('陈秀英').first().waitFor();
      }
      await picture(page, 'day-seven');

      // Twenty doors in two villages.
      for (const [, head, time, told] of doors) {
        setClock(time);
        await tellTime(page);
        await visit(page, head, told);
        // A colleague stands at the first of them the same morning.
        if (head !== COLLEAGUE_AT) continue;
        setClock('07:55');
        await tellTime(second.page);
        await visit(second.page, COLLEAGUE_AT, { note: COLLEAGUE_SAID, signs: true });
      }
      await page
        .getByText(`${doors.length + signed.length} 件存在本机`)
        .first()
        .waitFor();
      await picture(page, 'day-noon');

      // Half a day of labour; and the phone is shut and opened again.
      setClock('17:30');
      await tellTime(page);
      await page.goto(`${url}/field/labour/write`);
      await page.getByRole('button', { name: '下午' }).click();
      await page.getByRole('button', { name: '清淤渠道' }).click();
      await page.keyboard.type('35');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('0.5 天等村里确认').waitFor();
      const all = doors.length + signed.length + 1;
      await page.reload();
      await page.getByText(`${all} 件存在本机`).first().waitFor();
      await page.goto(`${url}/field/household/${households.get(COLLEAGUE_AT)!}`);
      await page.getByText('渠堵了快俩月').first().waitFor();
      await picture(page, 'day-household');

      // At the town hall meanwhile: old Zhu is registered with his son, and his own house as empty.
      const clerk = await county.as('clerk');
      const moved = await clerk.post(`/api/households/${households.get('朱福生')!}/amend`, { moved: true });
      expect(moved.body).toMatchObject({ accepted: true });

      // Six: the network is back. The first answer gets lost on its way, as happens at the edge of a signal.
      setClock('18:00');
      let lost = 0;
      stage.front = async (request) => {
        if (lost > 0 || new URL(request.url).pathname !== '/api/sync/commands') return undefined;
        lost += 1;
        await county.app.fetch(request);
        return new Response('{}', { status: 502 });
      };
      await tellTime(page);
      await page.goto(`${url}/field/unsent`);
      await page.getByText('已存本机').first().waitFor();
      await picture(page, 'day-waiting');
      await first.context.setOffline(false);
      await page.getByText('1 件被退回').first().waitFor();
      expect(lost).toBe(1);
      await tellTime(second.page);
      await second.page.goto(`${url}/field/unsent`);
      await second.context.setOffline(false);
      await second.page.getByText('都传完了').first().waitFor();

      // Each thing by name: the one that came back says why and what to do, and can be done.
      const back = page.locator('.row', { hasText: '朱福生家：记一笔' });
      await back.getByText('被退回').waitFor();
      await back.getByText('没有找到这一户，或者已经搬走。请重新选择。').waitFor();
      await picture(page, 'day-refused');
      await back.getByRole('link', { name: '改一改再交' }).click();
      await page.getByRole('button', { name: '换一家' }).click();
      await page.getByRole('searchbox').fill('zzq');
      await page.getByRole('button', { name: `${SON}家` }).click();
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByRole('link', { name: '先不签' }).click();
      await page.goto(`${url}/field/unsent`);
      await page.getByText('都传完了').first().waitFor();
      const shown = await page.locator('.row .tag').allTextContents();
      expect(shown).toEqual(Array.from({ length: all }, () => '已受理'));
      await picture(page, 'day-evening');
      expect(await second.page.locator('.row .tag').allTextContents()).toEqual(['已受理', '已受理']);
      // Every matter by its number, in the words it was said in.
      const numbers = await page.locator('.became li').allInnerTexts();
      expect(numbers.map((line) => line.split('\n').at(-1)).toSorted()).toEqual(needs.toSorted());
      const { rows } = await county.database.pool.query<{ number: string; subject: string }>(
        'select number, subject from matter where county = $1',
        [county.county],
      );
      const flat = (text: string): string => text.replace(/\s/g, '');
      expect(numbers.map(flat).toSorted()).toEqual(rows.map((r) => flat(r.number + r.subject)).toSorted());

      // Each phone knows the other's visit.
      for (const phone of [first, second]) {
        await phone.page.goto(`${url}/field/household/${households.get(COLLEAGUE_AT)!}`);
        await phone.page.getByText(COLLEAGUE_SAID).first().waitFor();
        await phone.page.getByText('渠堵了快俩月').first().waitFor();
      }

      // The township head, at the desk.
      await desk.page.goto(`${url}/desk/going/reached`);
      await tellTime(desk.page);
      await desk.page.reload();
      await desk.page.getByText(`走到 ${met.length} 户，没见到 ${closed.length} 户`).waitFor();
      await desk.page
        .getByText(`签字 ${signed.length} 户，带回 ${needs.length} 件事，答应 ${promises.length} 件。`)
        .waitFor();
      await picture(desk.page, 'day-head');
      const table = async (n: number): Promise<string[][]> =>
        await Promise.all(
          (await desk.page.locator('table').nth(n).locator('tbody tr').all()).map((row) =>
            row.locator('td').allInnerTexts(),
          ),
        );
      const village = (where: Door[0]): string[] => {
        const of = doors.filter(([there]) => there === where).map(([, , , told]) => told);
        const at_ = of.filter(({ note }) => note !== undefined).length;
        // Old Zhu's house is empty now, his son's has taken its place.
        const households_ = of.length + NEIGHBOURS[where].length;
        const made = of.filter(({ promise }) => promise !== undefined).length;
        const raised = of.reduce((n, told) => n + (told.needs?.length ?? 0), 0);
        return [`${at_} / ${households_}`, String(of.length - at_), String(raised), String(made)];
      };
      expect((await table(0)).toSorted()).toEqual(
        [
          ['北渠村', ...village('second')],
          ['柳河村', ...village('first')],
        ].toSorted(),
      );
      expect((await table(1)).map(([who]) => who).toSorted()).toEqual(closed.map((head) => `${head}家`).toSorted());
      expect((await table(2)).map(([what, whose]) => `${what} ${whose}`).toSorted()).toEqual(
        promises.map(([what, head]) => `${what} ${head}家`).toSorted(),
      );
      const reached = await table(3);
      expect(reached.map(([who]) => who).toSorted()).toEqual(met.map((head) => `${head}家`).toSorted());
      expect(reached.find(([who]) => who === `${COLLEAGUE_AT}家`)![2]).toBe('王建军、赵小兰');
    });

    // Nothing lost, nothing doubled: the ledger itself, counted apart from every table.
    const count = async (kind: string): Promise<number> =>
      Number(
        (
          await county.database.pool.query<{ n: string }>(
            'select count(*) as n from event where county = $1 and kind = $2',
            [county.county, kind],
          )
        ).rows[0]!.n,
      );
    const kinds = ['visit.recorded', 'need.raised', 'matter.registered', 'visit.countersigned', 'labour.recorded'];
    expect(await Promise.all(kinds.map(count))).toEqual([
      doors.length + 1,
      needs.length,
      needs.length,
      signed.length + 1,
      1,
    ]);
    const field = await county.as('field');
    const seen = (await field.get(`/api/households/${households.get(COLLEAGUE_AT)!}/visits`)).body.visits;
    expect(seen.map((v: { note: string; metAt: string }) => [v.note, v.metAt.slice(11, 16)]).toSorted()).toEqual([
      [COLLEAGUE_SAID, '23:55'],
      ['渠堵了快俩月，麦子浇不上。', '23:40'],
    ]);
    expect((await field.get('/api/labours/mine')).body).toMatchObject({
      waiting: 0.5,
      entries: [{ part: 'afternoon', day }],
    });
  },
);
