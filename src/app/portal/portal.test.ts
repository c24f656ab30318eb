import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readNumber, sayNumber, writeNumber } from '../../matters/number.ts';
import { command } from '../county.ts';
import { type TestCounty, startCounty } from '../testing.ts';
import { type Phone, hidden, phone, ticketOf, wordsOf } from './testing.ts';

let county: TestCounty;
beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.stop());

let houses = 0;
/** A phone in a house of its own: limits by address do not meet between tests. */
const resident = (): Phone => phone(county, `10.1.0.${++houses}`);

const WORDS = '柳河村二组水渠堵了，浇不上地。渠堵了快俩月了，找过村里两回。';

async function file(at: Phone, more: Record<string, string> = {}) {
  const form = await at.get('/say');
  const page = await at.form('/say', {
    ...hidden(form),
    what: WORDS,
    township: county.places.liuhe,
    village: county.places.village,
    act: 'say',
    ...more,
  });
  return { page, ...ticketOf(page) };
}

async function matterOf(number: string): Promise<{
  id: string;
  official: string | null;
  channel: string;
  anonymous: boolean;
  score: number | null;
  status: string;
}> {
  const { rows } = await county.database.pool.query('select * from matter where number = $1', [number]);
  return rows[0];
}

/** The desk and the unit do their part: dispatched, taken, done. */
async function resolved(
  number: string,
  disposition: Record<string, string> = { disposition: 'solvable', cause: '渠道淤积，能清' },
): Promise<void> {
  const { id } = await matterOf(number);
  const clerk = await county.as('clerk');
  const handler = await county.as('handler');
  await clerk.post(`/api/matters/${id}/dispatch`, { unit: county.units.water });
  await handler.post(`/api/matters/${id}/acknowledge`, {
    leader: county.id('waterhead'),
    handler: county.id('handler'),
    measures: '安排挖机清淤',
  });
  await (await county.as('head')).post(`/api/matters/${id}/instruct`, { text: '内部批示：盯紧这件' });
  await handler.post(`/api/matters/${id}/dispose`, disposition);
  const done = await handler.post(`/api/matters/${id}/resolve`, { answer: '北渠清淤三百二十米，昨天下午已经通水。' });
  expect(done.body).toMatchObject({ accepted: true });
}

describe('说件事', () => {
  test('[C1] a form without a script and without a name becomes one matter with number, code and QR', async () => {
    const at = resident();
    const form = await at.get('/say');
    expect(form.text).toMatch(/<form method="post" action="\/say"/);
    const asked = await at.form('/say', {
      ...hidden(form),
      what: WORDS,
      township: county.places.liuhe,
      spot: '闸口',
      act: 'villages',
    });
    expect(asked.text).toContain('柳河村</option>');
    expect(asked.text).toContain(WORDS);
    expect(asked.text).toContain('value="闸口"');
    const fields = {
      ...hidden(asked),
      what: WORDS,
      township: county.places.liuhe,
      village: county.places.village,
      spot: '闸口',
      act: 'say',
    };
    const page = await at.form('/say', fields);
    const { number, code } = ticketOf(page);
    expect(readNumber(number)).toBe(number);
    expect(code).toMatch(/^\d{6}$/);
    expect(page.text).toContain('<svg');
    expect(wordsOf(page)).toMatch(/柳河镇人民政府.*(前|之内)把它转给/);
    expect(await matterOf(number)).toMatchObject({ channel: 'web', anonymous: true });
    const again = await at.form('/say', fields);
    expect(ticketOf(again)).toEqual({ number, code });
    const other = await at.form('/say', { ...fields, what: '回头又写了一件别的事' });
    expect(ticketOf(other).number).not.toBe(number);
  });

  test('[C1] errors stand at their fields and keep everything typed', async () => {
    const at = resident();
    const typed = {
      what: '渠',
      township: '',
      spot: '二组<北>',
      name: '陈秀英',
      phone: '一三九',
      confidential: 'yes',
      act: 'say',
    };
    const page = await at.form('/say', { ...hidden(await at.get('/say')), ...typed });
    expect(page.status).toBe(422);
    for (const field of ['what', 'township', 'phone']) {
      expect(page.text).toContain(`id="${field}-fault"`);
      expect(page.text).toMatch(
        new RegExp(`id="${field}"[^>]*aria-describedby="[^"]*${field}-fault"[^>]*aria-invalid="true"`),
      );
    }
    expect(page.text).toContain('二组&lt;北&gt;');
    expect(page.text).toContain('value="陈秀英"');
    expect(page.text).toContain('value="yes" checked');
  });

  test('a program that fills every field is let nothing through, and an address has its limit', async () => {
    const at = resident();
    expect((await file(at, { website: 'http://spam' })).page.status).toBe(422);
    for (let i = 0; i < 6; i++) expect((await file(at, { what: `第 ${i} 件事，路坏了` })).number).not.toBe('');
    const seventh = await file(at, { what: '第七件事，路坏了' });
    expect(seventh.page.status).toBe(429);
    expect(wordsOf(seventh.page)).toContain('过一分钟再试');
  });

  test('[A4] a scanned card shows who it is and opens a request addressed to that official', async () => {
    const at = resident();
    const card = await at.get(`/card/${county.id('field')}`);
    expect(wordsOf(card)).toContain('王建军');
    expect(card.text).toContain('href="tel:19000000001"');
    const link = /href="(\/say\?official=[^"]+)"/.exec(card.text)![1]!;
    const form = await at.get(link);
    expect(wordsOf(form)).toContain('写给 王建军');
    expect(form.text).toContain(`<option value="${county.places.village}" selected>`);
    const page = await at.form('/say', {
      ...hidden(form),
      what: WORDS,
      township: county.places.liuhe,
      village: county.places.village,
      act: 'say',
    });
    expect(await matterOf(ticketOf(page).number)).toMatchObject({ channel: 'card', official: county.id('field') });
    expect((await at.get(`/card/${county.newId()}`)).status).toBe(404);
  });
});

describe('查进度', () => {
  test('[C11] confirms and rates by number and code alone', async () => {
    const { number, code } = await file(resident(), { name: '陈秀英', phone: '19000001234' });
    await resolved(number);
    const at = resident();
    const seen = await at.form('/progress', {
      number: sayNumber(number).toLowerCase(),
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    });
    expect(seen.status).toBe(200);
    const words = wordsOf(seen);
    expect(words).toContain('水利局说办好了，请您看看');
    expect(words).toContain('安排挖机清淤');
    expect(words).not.toContain('内部批示');
    const done = await at.form(`/progress/${number}`, { ...hidden(seen), score: '5', words: '通水了', act: 'confirm' });
    expect(wordsOf(done)).toContain('这件事办完了');
    expect(await matterOf(number)).toMatchObject({ status: 'closed', score: 5 });
  });

  test('[C11] denies with a reason only; closed, it can be rated and opened again', async () => {
    const at = resident();
    const { number } = await file(at);
    await resolved(number);
    const seen = await at.get(`/progress/${number}`);
    const bare = await at.form(`/progress/${number}`, { ...hidden(seen), words: '', act: 'deny' });
    expect(bare.status).toBe(422);
    expect(bare.text).toContain('id="words-fault"');
    const denied = await at.form(`/progress/${number}`, { ...hidden(bare), words: '水只来了半天', act: 'deny' });
    expect(wordsOf(denied)).toContain('水利局正在办');
    expect(wordsOf(denied)).toContain('水只来了半天');
    await (
      await county.as('handler')
    ).post(`/api/matters/${(await matterOf(number)).id}/resolve`, { answer: '又清了一遍，水来足了，您再看看。' });
    await at.form(`/progress/${number}`, { ...hidden(await at.get(`/progress/${number}`)), act: 'confirm' });
    const closed = await at.get(`/progress/${number}`);
    expect(await matterOf(number)).toMatchObject({ status: 'closed', score: null });
    await at.form(`/progress/${number}`, { ...hidden(closed), score: '4', act: 'rate' });
    expect(await matterOf(number)).toMatchObject({ score: 4 });
    const again = await at.form(`/progress/${number}`, {
      ...hidden(await at.get(`/progress/${number}`)),
      again: '又堵了',
      act: 'reopen',
    });
    expect(wordsOf(again)).toContain('重新打开了这件事');
    expect(await matterOf(number)).toMatchObject({ status: 'handling' });
  });

  test('[C11] a wrong number and a wrong code answer alike, and guessing ends after ten tries', async () => {
    const { number, code } = await file(resident());
    const wrong = code === '000000' ? '000001' : '000000';
    const unknown = writeNumber('QH', '1701', 4_444);
    const strip = (text: string): string => text.replace(/value="[^"]*"/g, '');
    const a = await resident().form('/progress', { number, code: wrong });
    const b = await resident().form('/progress', { number: unknown, code: wrong });
    expect(a.status).toBe(b.status);
    expect(strip(a.text)).toBe(strip(b.text));
    expect(wordsOf(a)).toContain('对不上');
    for (let i = 0; i < 9; i++) await resident().form('/progress', { number, code: wrong });
    const late = await resident().form('/progress', { number, code });
    expect(late.status).toBe(429);
    expect(late.text).not.toContain('浇不上地');
  });

  test('[C11] the link in the QR code opens it and leaves the address; without a key nothing is shown', async () => {
    const { number, code, page } = await file(resident());
    expect(page.text).toContain('aria-label="扫这个码可以直接看进度"');
    const at = resident();
    const step = await at.only(`/p/${number}?c=${code}`);
    expect([step.status, step.headers.get('location')]).toEqual([303, `/progress/${number}`]);
    expect(step.headers.get('set-cookie')).toMatch(/Max-Age=7200.*HttpOnly/i);
    expect((await at.get(`/progress/${number}`)).text).toContain('浇不上地');
    expect((await resident().get(`/progress/${number}`)).text).not.toContain('浇不上地');
    const forger = resident();
    forger.cookies.set(`matter-${number}`, `${Date.now()}.${'0'.repeat(32)}`);
    expect((await forger.get(`/progress/${number}`)).text).not.toContain('浇不上地');
    await at.get(`/progress/${number}/leave`);
    expect((await at.get(`/progress/${number}`)).text).not.toContain('浇不上地');
  });
});

describe('超期公示', () => {
  test('[C14] lists what is overdue with its reason, and no word of the resident', async () => {
    const id = county.newId();
    const told = {
      subject: '金银花地里的秘密水井',
      body: '井房隔壁就是我家',
      spot: '老槐树下第三户',
      name: '欧阳秀英',
      phone: '19000005678',
    };
    const long = new Date(Date.now() - 40 * 86_400_000).toISOString();
    const at = async (given: { kind: string } & Record<string, unknown>, actor: string, when = long) =>
      command(county.ledger, county.county, 'matter', id, given, { at: when, actor, once: given.kind });
    const { number } = (await at(
      {
        kind: 'matter.register',
        channel: 'phone',
        subject: told.subject,
        body: told.body,
        spot: told.spot,
        area: county.places.village,
        reporter: { name: told.name, phone: told.phone },
      },
      county.id('clerk'),
    )) as { number: string };
    await at({ kind: 'matter.dispatch', unit: county.units.water }, county.id('clerk'));
    const before = wordsOf(await resident().get('/overdue'));
    expect(before).toContain('还没有说明原因');
    await at(
      { kind: 'matter.explain-delay', reason: `欧阳秀英（190 0000 5678）家门口的路窄，挖机进不去` },
      county.id('handler'),
      new Date().toISOString(),
    );
    const page = await resident().get('/overdue');
    const words = wordsOf(page);
    for (const shown of [sayNumber(number), '水利局', '柳河镇', '晚了', '挖机进不去']) expect(words).toContain(shown);
    for (const word of [...Object.values(told), '秀英', '5678', '柳河村', county.id('handler'), id])
      expect(page.text).not.toContain(word);
    expect(wordsOf(await resident().get('/'))).toContain('1 件超期');
  });
});

describe('这个月', () => {
  test('the figures of the first page are counts of one month’s matters', async () => {
    const { rows } = await county.database.pool.query<{ first_answered_at: Date | null; status: string }>(
      `select first_answered_at, status from matter
        where to_char(registered_at at time zone 'Asia/Shanghai', 'YYMM') 
            = to_char(now() at time zone 'Asia/Shanghai', 'YYMM')`,
    );
    const shown = [...(await resident().get('/')).text.matchAll(/<div><b>(\d+)<\/b>/g)].map(([, n]) => Number(n));
    expect(shown).toEqual([
      rows.length,
      rows.filter((r) => r.first_answered_at !== null || r.status === 'closed').length,
      rows.filter((r) => r.status === 'closed').length,
    ]);
    expect(shown[0]).toBeGreaterThan(shown[1]!);
    expect(shown[2]).toBeGreaterThan(0);
  });
});

describe('找干部', () => {
  test('shows a village’s board with work phones, and finds by name or pinyin', async () => {
    const at = resident();
    const board = await at.get(`/officials?township=${county.places.liuhe}&village=${county.places.village}`);
    expect(wordsOf(board)).toContain('王建军');
    expect(board.text).toContain('href="tel:19000000001"');
    expect(wordsOf(board)).not.toContain('赵小兰');
    for (const q of ['王建', 'wangjian', 'WJJ'])
      expect(wordsOf(await at.get(`/officials?q=${encodeURIComponent(q)}`))).toContain('王建军');
    expect(wordsOf(await at.get('/officials?q=%25'))).toContain('没有找到“%”');
  });

  test('a village is found by name or letters for those who have a script', async () => {
    for (const q of ['柳河村', 'liuhec', 'lhc']) {
      const { places } = JSON.parse((await resident().get(`/places?q=${encodeURIComponent(q)}`)).text) as {
        places: { id: string }[];
      };
      expect(places.map((p) => p.id)).toContain(county.places.village);
    }
  });
});

describe('走访记录', () => {
  test('[B2] the household reads the note on its own phone, declines it, and signs once it is right', async () => {
    const [household, adult, child, visit] = [county.newId(), county.newId(), county.newId(), county.newId()];
    const born = (age: number): number => new Date().getFullYear() - age;
    await county.give('household', household, {
      kind: 'household.register',
      area: county.places.grid,
      address: '7 号',
      contact: county.id('field'),
      residents: [
        { id: adult, name: '张桂兰', relation: '户主', bornYear: born(70) },
        { id: child, name: '张小宝', relation: '孙子', bornYear: born(8) },
      ],
    });
    const field = await county.as('field');
    const recorded = await field.post(`/api/visits/${visit}/record`, {
      household,
      contact: 'met',
      note: '水渠堵了，稻田进不了水。',
      needs: [{ words: '清一清水渠' }],
      promises: [],
      metAt: new Date().toISOString(),
      withWhom: [],
    });
    expect(recorded.body).toMatchObject({ accepted: true });
    const { pathname, search } = new URL((await field.get(`/api/visits/${visit}/link`)).body.url);
    const at = resident();
    const note = await at.get(`${pathname}${search}`);
    expect(wordsOf(note)).toContain('王建军来过');
    for (const shown of ['稻田进不了水', '清一清水渠', '张桂兰']) expect(wordsOf(note)).toContain(shown);
    expect(wordsOf(note)).not.toContain('张小宝');
    expect(note.headers.get('cache-control')).toBe('no-store');
    const declined = await at.form(pathname, {
      ...hidden(note),
      by: adult,
      comment: '不光水渠，路也坏了',
      act: 'decline',
    });
    expect(wordsOf(declined)).toContain('张桂兰没有认可');
    await field.post(`/api/visits/${visit}/correct`, { note: '水渠堵了，稻田进不了水；门前的路也坏了。' });
    const again = await at.get(
      new URL((await field.get(`/api/visits/${visit}/link`)).body.url).href.replace('http://localhost:8080', ''),
    );
    const nobody = await at.form(pathname, { ...hidden(again), act: 'agree', by: '' });
    expect(nobody.text).toContain('id="by-fault"');
    const signed = await at.form(pathname, { ...hidden(again), by: adult, act: 'agree' });
    expect(wordsOf(signed)).toContain('张桂兰认可了');
    expect((await at.get(`${pathname}?k=${'x'.repeat(32)}`)).status).toBe(404);
    expect((await at.get('/sign/nothing')).status).toBe(404);
  });
});

describe('every page', () => {
  const pages = [
    '/',
    '/say',
    '/progress',
    '/officials',
    '/overdue',
    '/help',
    `/card/00000000-0000-4000-8000-000000000000`,
  ];

  test('[L11] says its language, names every field, can be large and dark without a script', async () => {
    const at = resident();
    const { number } = await file(at);
    await resolved(number);
    for (const path of [...pages, `/progress/${number}`]) {
      const { text } = await at.get(path);
      expect(text).toContain('<html lang="zh-CN">');
      expect(text).toContain('width=device-width');
      expect(text).not.toMatch(/<script>|\son\w+=|user-scalable|maximum-scale/);
      expect(text.match(/<h1/g)).toHaveLength(1);
      expect(text).toMatch(/<a class="skip" href="#main">/);
      const labelled = new Set([...text.matchAll(/<label[^>]* for="([^"]+)"/g)].map(([, id]) => id));
      for (const [tag, id] of text.matchAll(
        /<(?:input|select|textarea)(?! type="(?:hidden|checkbox|radio)")[^>]*? id="([^"]+)"[^>]*>/g,
      )) {
        expect(labelled, tag).toContain(id);
      }
      const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, `${path} ${ids.join(' ')}`).toBe(ids.length);
      for (const [, described] of text.matchAll(/aria-describedby="([^"]+)"/g))
        for (const id of described!.split(' ')) expect(ids).toContain(id);
    }
    const large = await at.get('/look?type=large&to=%2Fsay');
    expect(large.text).toContain('data-type="large"');
    expect(large.text).toContain('<h1>说件事</h1>');
    expect((await at.get('/look?theme=dark&to=%2F%2Fevil.example')).text).toContain('data-theme="dark"');
    expect((await at.get('/help')).text).toContain('data-type="large" data-theme="dark"');
  });

  test('[L11] ink on every ground passes WCAG AA in both themes', async () => {
    const css = (await resident().get('/portal.css')).text;
    const block = (selector: string): Record<string, string> =>
      Object.fromEntries(
        [
          ...css
            .slice(css.indexOf(selector))
            .split('}')[0]!
            .matchAll(/--([\w-]+):(#[0-9a-f]{6})/g),
        ].map(([, name, value]) => [name!, value!]),
      );
    const luminance = (hex: string): number => {
      const [r, g, b] = [1, 3, 5]
        .map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    for (const theme of [block(':root{'), block(":root[data-theme='dark']")]) {
      for (const [ink, ground] of [
        ['ink', 'paper'],
        ['ink', 'sheet'],
        ['ink-2', 'paper'],
        ['ink-2', 'sheet'],
        ['act', 'paper'],
        ['act', 'sheet'],
        ['seal', 'paper'],
        ['seal', 'sheet'],
        ['seal', 'seal-wash'],
        ['on-act', 'act'],
        ['on-yes', 'yes'],
        ['ink-2', 'act-wash'],
      ] as const) {
        const [light, dark] = [luminance(theme[ink]!), luminance(theme[ground]!)].toSorted((a, b) => b - a);
        expect((light! + 0.05) / (dark! + 0.05), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test('[C1] the first page with everything it needs is far below 90 KiB, old browsers get plain colours', async () => {
    const at = resident();
    const home = await at.get('/');
    const assets = [...home.text.matchAll(/(?:href|src)="(\/portal\.[^"]+)"/g)].map(([, path]) => path!);
    expect(assets).toHaveLength(2);
    let bytes = Buffer.byteLength(home.text);
    for (const path of assets) {
      const answer = await county.app.request(path, { headers: { 'accept-encoding': 'gzip' } });
      expect(answer.headers.get('content-encoding')).toBe('gzip');
      bytes += (await answer.arrayBuffer()).byteLength;
    }
    expect(bytes).toBeLessThan(25 * 1024);
    expect((await at.get('/portal.css')).text).toContain('color:#1f4e79;color:var(--act)');
  });
});
