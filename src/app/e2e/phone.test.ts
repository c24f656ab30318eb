import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { PHONE, WIDE, picture } from '../../../tools/browser.ts';
import { ready, visit } from './hands.ts';
import { type Stage, openStage, watched } from './standing.ts';

/** What can happen to one phone (row B13), each in a real browser. */
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
beforeEach(() => {
  stage.front = () => undefined;
});
afterAll(() => stage.stop());

const household = async (head: string): Promise<string> => {
  const { county } = stage;
  const id = county.newId();
  const made = await (
    await county.as('clerk')
  ).post(`/api/households/${id}/register`, {
    area: county.places.grid,
    address: '二组 12 号',
    contact: county.id('field'),
    residents: [{ id: county.newId(), name: head, relation: '户主', bornYear: 1956 }],
  });
  expect(made.body).toMatchObject({ accepted: true });
  return id;
};

/** The room is open on this phone with everything it needs for a day without network. */
const opened = async (page: Page): Promise<void> => {
  await page.goto(`${stage.url}/field`);
  await ready(page);
};

const write = async (page: Page, head: string, note: string): Promise<void> => {
  await page.getByRole('link', { name: '今天' }).click();
  await visit(page, head, { note });
};

const notesOf = async (id: string): Promise<{ note: string; metAt: string }[]> =>
  (await (await stage.county.as('field')).get(`/api/households/${id}/visits`)).body.visits;

/** Every byte that this browser keeps for the room, as text: databases, their cells, and small settings. */
const kept = async (page: Page) =>
  await page.evaluate(async () => {
    const words: string[] = [];
    const databases = await indexedDB.databases();
    for (const { name } of databases) {
      const db = await new Promise<IDBDatabase>((done, failed) => {
        const opening = indexedDB.open(name!);
        opening.addEventListener('success', () => done(opening.result));
        opening.addEventListener('error', () => failed(opening.error!));
      });
      for (const store of db.objectStoreNames) {
        const cells = await new Promise<unknown[]>((done) => {
          const all = db.transaction(store).objectStore(store).getAll();
          all.addEventListener('success', () => done(all.result));
        });
        for (const cell of cells)
          words.push(cell instanceof Uint8Array ? new TextDecoder('utf-8').decode(cell) : JSON.stringify(cell));
      }
      db.close();
    }
    return {
      databases: databases.map(({ name }) => name!),
      cells: words.length,
      text: words.join('\n'),
      settings: JSON.stringify({ ...localStorage, ...sessionStorage }),
    };
  });

const FEW_MEGABYTES = 24_000_000;
/** A browser that gives the room little storage. @returns what gives it more */
async function little(context: BrowserContext, page: Page): Promise<() => Promise<void>> {
  const wire = await context.newCDPSession(page);
  await wire.send('Storage.overrideQuotaForOrigin', { origin: stage.url, quotaSize: FEW_MEGABYTES });
  return async () => {
    await wire.send('Storage.overrideQuotaForOrigin', { origin: stage.url });
  };
}

/** Pictures and videos take all that is left. */
const fill = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done) => {
      const opening = indexedDB.open('pictures', 1);
      opening.addEventListener('upgradeneeded', () =>
        opening.result.createObjectStore('picture', { autoIncrement: true }),
      );
      opening.addEventListener('success', () => done(opening.result));
    });
    const put = (size: number): Promise<boolean> =>
      new Promise((done) => {
        const writing = db.transaction('picture', 'readwrite');
        writing.objectStore('picture').put(crypto.getRandomValues(new Uint8Array(size)));
        writing.addEventListener('complete', () => done(true));
        writing.addEventListener('abort', () => done(false));
      });
    for (let size = 65_536; size >= 64; size = Math.floor(size / 4)) while (await put(size));
    db.close();
  });
test(
  '[B13] the storage is full while saving: the entry is not lost, the person is told what to do, and can do it',
  { timeout: 120_000 },
  async () => {
    const home = await household('满存户');
    const { page, context } = await stage.device(PHONE, 'field');
    await watched('phone-full', [page], async () => {
      const makeRoom = await little(context, page);
      await opened(page);
      await page.getByText('满存户').first().waitFor();
      await context.setOffline(true);
      await fill(page);
      await write(page, '满存户', '存不下的时候写的');
      await page.getByText('手机存满了，有 1 件只在这一页里。').waitFor();
      await picture(page, 'phone-full-today');
      await page.getByRole('link', { name: '怎么办' }).click();
      await page.getByText('只在这一页', { exact: true }).waitFor();
      await picture(page, 'phone-full');
      await page.getByRole('button', { name: '再存一次' }).click();
      await page.getByText('还是存不下').waitFor();
      // Closing the page now would lose it: the browser asks first.
      let asked = 0;
      page.on('dialog', (dialog) => {
        asked += 1;
        void dialog.dismiss();
      });
      await page.close({ runBeforeUnload: true });
      await expect.poll(() => asked).toBe(1);
      // Some room was made: it is kept, and outlives the page.
      await makeRoom();
      await page.getByRole('button', { name: '再存一次' }).click();
      await page.getByText('存好了').waitFor();
      await page.getByText('只在这一页', { exact: true }).waitFor({ state: 'detached' });
      await page.goto(`${stage.url}/field/unsent`);
      await page.getByText('满存户家：记一笔').waitFor();
      await context.setOffline(false);
      await page.getByRole('button', { name: '再试一次上传' }).click();
      await page.getByText('都传完了').first().waitFor();
    });
    expect((await notesOf(home)).map((v) => v.note)).toEqual(['存不下的时候写的']);
    await context.close();
  },
);

test(
  '[B13] a full phone that finds the network sends from the page what it could not keep',
  { timeout: 120_000 },
  async () => {
    const home = await household('满传户');
    const { page, context } = await stage.device(PHONE, 'field');
    await watched('phone-full-sent', [page], async () => {
      await little(context, page);
      await opened(page);
      await page.getByText('满传户').first().waitFor();
      await context.setOffline(true);
      await fill(page);
      await write(page, '满传户', '没存住，直接传的');
      await page.getByText('有 1 件只在这一页里').waitFor();
      await context.setOffline(false);
      await page.getByText('有 1 件只在这一页里').waitFor({ state: 'detached' });
      await expect.poll(async () => (await notesOf(home)).map((v) => v.note)).toEqual(['没存住，直接传的']);
    });
    await context.close();
  },
);

/** The page hears nothing but what the browser tells it: no pause longer than half a second ever ends. */
const deaf = (): void => {
  const set = globalThis.setTimeout;
  const short = (job: TimerHandler, ms = 0, ...given: unknown[]): number => (ms > 500 ? 0 : set(job, ms, ...given));
  globalThis.setTimeout = short as typeof setTimeout;
  globalThis.setInterval = (() => 0) as unknown as typeof setInterval;
};

test.each([
  ['the browser says that there is a line', 'online'],
  ['the person looks at the room again', 'visibilitychange'],
  ['any answer of the server arrives', 'answer'],
  ['nobody says anything: the line is looked for', 'nothing'],
] as const)(
  '[B13] a page opened without network sends what waits at once when %s',
  { timeout: 60_000 },
  async (_, sign) => {
    const head = `${sign}户`;
    const home = await household(head);
    const { page, context } = await stage.device(PHONE, 'field');
    await watched(`phone-at-once-${sign}`, [page], async () => {
      await opened(page);
      await page.getByText(head).first().waitFor();
      await context.setOffline(true);
      if (sign !== 'nothing') await context.addInitScript(deaf);
      await page.reload();
      await page.getByText('没有网络').first().waitFor();
      await write(page, head, '没有网的时候打开，再写的');
      await page.getByText('1 件存在本机').first().waitFor();
      // The last try that writing itself makes is over.
      await page.waitForTimeout(600);
      await context.setOffline(false);
      if (sign === 'online') await page.evaluate(() => dispatchEvent(new Event('online')));
      if (sign === 'visibilitychange') await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
      if (sign === 'answer') await page.getByRole('link', { name: '我的' }).click();
      const began = Date.now();
      await expect.poll(async () => (await notesOf(home)).length, { timeout: 8_000, interval: 50 }).toBe(1);
      expect(Date.now() - began).toBeLessThan(sign === 'nothing' ? 7_000 : 1_500);
      await page.getByText('1 件存在本机').first().waitFor({ state: 'detached' });
    });
    await context.close();
  },
);

/** The worker and page of a later build: another version of the same files. */
async function laterBuild(): Promise<Stage['front']> {
  const [worker, page] = await Promise.all(
    ['/field-sw.js', '/field'].map(async (path) => await (await fetch(stage.url + path)).text()),
  );
  const answers: Record<string, [string, string]> = {
    '/field-sw.js': [worker!.replace(/VERSION = '\w+'/, "VERSION = 'later'"), 'text/javascript'],
    '/field': [page!.replace('<head>', '<head><meta name="build" content="later">'), 'text/html; charset=utf-8'],
  };
  return (request) => {
    const answer = answers[new URL(request.url).pathname];
    return answer === undefined
      ? undefined
      : new Response(answer[0], { headers: { 'content-type': answer[1], 'cache-control': 'no-cache' } });
  };
}

test(
  '[B13] a new version waits for a touch: the old one still uploads, and what is unsent outlives the update',
  { timeout: 120_000 },
  async () => {
    const home = await household('换版户');
    const { page, context } = await stage.device(PHONE, 'field');
    await watched('phone-update', [page], async () => {
      await opened(page);
      await page.getByText('换版户').first().waitFor();
      await page.reload();
      await page.getByText('换版户').first().waitFor();
      const later = await laterBuild();
      let closed = false;
      stage.front = (request) =>
        closed && new URL(request.url).pathname === '/api/sync/commands'
          ? Response.json({ refused: 'server.error' }, { status: 503 })
          : later(request);
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/field'))!.update());
      await page.getByRole('button', { name: '新版本，点一下更新' }).waitFor();
      await picture(page, 'phone-update');
      expect(await page.locator('meta[name=build]').count()).toBe(0);
      await write(page, '换版户', '旧版本传上去的');
      await expect.poll(async () => (await notesOf(home)).map((v) => v.note)).toEqual(['旧版本传上去的']);
      closed = true;
      await write(page, '换版户', '更新以后才传的');
      await page.getByText('1 件存在本机').first().waitFor();
      await page.getByRole('button', { name: '新版本，点一下更新' }).click();
      await page.locator('meta[name=build]').waitFor({ state: 'attached' });
      await page.getByText('1 件存在本机').first().waitFor();
      closed = false;
      await page.goto(`${stage.url}/field/unsent`);
      await page.getByText('都传完了').first().waitFor();
      // Nothing of the old build stays behind.
      expect(await page.evaluate(() => caches.keys())).toEqual(['field-later']);
    });
    expect((await notesOf(home)).map((v) => v.note).toSorted()).toEqual(
      ['更新以后才传的', '旧版本传上去的'].toSorted(),
    );
    await context.close();
  },
);

test(
  '[B13] a rescue file leaves one phone and is taken in by another phone and by the desk, in its owner’s name, once',
  { timeout: 120_000 },
  async () => {
    const home = await household('救急户');
    const broken = await stage.device(PHONE, 'field');
    const helper = await stage.device(PHONE, 'otherfield');
    const desk = await stage.device(WIDE, 'administrator');
    await watched('phone-rescue', [broken.page, helper.page, desk.page], async () => {
      const { page, context } = broken;
      await opened(page);
      await page.getByText('救急户').first().waitFor();
      await context.setOffline(true);
      await write(page, '救急户', '手机快没电了');
      await page.goto(`${stage.url}/field/unsent`);
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name: '导出救急文件' }).click();
      const file = await (await coming).path();
      const words = await readFile(file, 'utf8');
      expect(words).not.toContain('手机快没电了');
      const chosen = { name: 'minqing.json', mimeType: 'application/json', buffer: Buffer.from(words) };

      await opened(helper.page);
      await helper.page.goto(`${stage.url}/field/unsent`);
      await helper.page.getByLabel('选救急文件').setInputFiles(chosen);
      await helper.page.getByText('王建军的 1 件：受理 1 件，没有受理 0 件。').waitFor();
      await picture(helper.page, 'phone-rescue-helper');
      await desk.page.goto(`${stage.url}/desk/phones`);
      await desk.page.getByLabel('选文件').setInputFiles(chosen);
      await desk.page.getByText('王建军的 1 件：受理 1 件，没有受理 0 件。').waitFor();
      await picture(desk.page, 'phone-rescue-desk');
      const other = { ...chosen, buffer: Buffer.from(words.replace(/"box":"..../, '"box":"AAAA')) };
      await desk.page.getByLabel('选文件').setInputFiles(other);
      await desk.page.getByText('这份救急文件打不开').waitFor();
      // The phone lives on after all: it learns that all is done.
      await context.setOffline(false);
      await page.getByRole('button', { name: '再试一次上传' }).click();
      await page.getByText('都传完了').first().waitFor();
    });
    expect((await notesOf(home)).map((v) => v.note)).toEqual(['手机快没电了']);
    for (const { context } of [broken, helper, desk]) await context.close();
  },
);

test.each([365, -365])(
  '[B13] a phone whose clock is %i days off: the page works, the note lies on the right day, the person is told',
  { timeout: 120_000 },
  async (days) => {
    const head = days > 0 ? '快钟户' : '慢钟户';
    const home = await household(head);
    const { page, context } = await stage.device(PHONE, 'field');
    await context.addInitScript((off) => {
      const Right = Date;
      class Wrong extends Right {
        constructor(...given: [] | [number | string]) {
          if (given.length === 0) super(Right.now() + off);
          else super(...(given as [number]));
        }
        static override now = (): number => Right.now() + off;
      }
      globalThis.Date = Wrong as DateConstructor;
    }, days * 86_400_000);
    await watched(`phone-clock-${days}`, [page], async () => {
      await opened(page);
      await page.getByText(head).first().waitFor();
      expect(await page.evaluate(() => new Date().getFullYear())).not.toBe(new Date().getFullYear());
      await context.setOffline(true);
      await write(page, head, '钟不准的时候写的');
      // Closed and opened again: the clock that ran on is gone.
      await page.goto(`${stage.url}/field/diary`);
      await page.getByText('钟不准的时候写的').first().waitFor();
      await context.setOffline(false);
      await page.goto(`${stage.url}/field/unsent`);
      await page.getByText('都传完了').first().waitFor();
      await page.goto(`${stage.url}/field/me`);
      await page.getByText('手机时间差了 365 天').waitFor();
      await picture(page, 'phone-clock');
    });
    const [visit] = await notesOf(home);
    expect(Math.abs(Date.parse(visit!.metAt) - Date.now())).toBeLessThan(120_000);
    await context.close();
  },
);

test(
  '[B13] the room asks the browser to keep its storage, and says what the answer was',
  { timeout: 90_000 },
  async () => {
    for (const promised of [true, false]) {
      const { page, context } = await stage.device(PHONE, 'field');
      await context.addInitScript((answer) => {
        const storage = Object.getPrototypeOf(navigator.storage) as StorageManager;
        storage.persisted = async () => false;
        storage.persist = async () => {
          document.documentElement.dataset['asked'] = 'yes';
          return answer;
        };
      }, promised);
      await watched('phone-persist', [page], async () => {
        await opened(page);
        await page.locator('html[data-asked=yes]').waitFor({ state: 'attached' });
        await page.getByRole('link', { name: '我的' }).click();
        const said = promised ? '浏览器答应不自动清理这些资料。' : '浏览器没有答应一直留着这些资料';
        await page.getByText(said).waitFor();
        expect(await page.getByText(said).count()).toBe(1);
      });
      await context.close();
    }
  },
);

test(
  '[B13] locked while its page was closed, the phone wipes itself when it is opened again, and says why',
  { timeout: 120_000 },
  async () => {
    const { page, context } = await stage.device(PHONE, 'otherfield');
    await watched('phone-locked-closed', [page], async () => {
      await opened(page);
      const device = await page.evaluate(
        (official) => localStorage.getItem(`device:${official}`),
        stage.county.id('otherfield'),
      );
      await page.goto('about:blank');
      const admin = await stage.county.as('administrator');
      expect((await admin.post(`/api/sync/devices/${device}/lock`, {})).body).toMatchObject({ locked: true });
      await page.goto(`${stage.url}/field`);
      await page.getByText('这台手机已被锁定').waitFor();
      expect(await kept(page)).toMatchObject({ databases: [], cells: 0, text: '' });
      await expect
        .poll(async () => {
          const { devices } = (await admin.get('/api/sync/devices')).body as {
            devices: { id: string; wipedAt: string | null }[];
          };
          return devices.find((d) => d.id === device)!.wipedAt;
        })
        .not.toBeNull();
    });
    await context.close();
  },
);

// The last: locking ends the session that the tests of this official share.
test(
  '[B13] locked from elsewhere, the phone wipes itself: no database, no cell, no setting of it is left in the browser',
  { timeout: 120_000 },
  async () => {
    await household('要清除户');
    const { page, context } = await stage.device(PHONE, 'field');
    const second = await context.newPage();
    await watched('phone-locked', [page, second], async () => {
      await opened(page);
      await page.getByText('要清除户').first().waitFor();
      await second.goto(`${stage.url}/field/me`);
      await second.getByText('存了住户资料的手机').waitFor();
      await context.setOffline(true);
      await write(page, '要清除户', '还没传的一笔');
      const before = await kept(page);
      expect(before.databases).toEqual([`minqing-${stage.county.id('field')}`]);
      expect(before.cells).toBeGreaterThan(4);
      // At rest nothing of it can be read, neither names nor what was written.
      for (const word of ['要清除户', '还没传的一笔', '二组 12 号', '王建军'])
        expect(before.text + before.settings).not.toContain(word);
      const device = await page.evaluate(
        (official) => localStorage.getItem(`device:${official}`),
        stage.county.id('field'),
      );
      expect(device).toMatch(/^[0-9a-f-]{36}$/);
      const admin = await stage.county.as('administrator');
      expect((await admin.post(`/api/sync/devices/${device}/lock`, {})).body).toMatchObject({ locked: true });
      await context.setOffline(false);
      await page.getByText('这台手机已被锁定').waitFor();
      // Nor does another page of the room go on showing what it had.
      await second.getByText('这台手机已被锁定').waitFor();
      await picture(page, 'phone-locked');
      const after = await kept(page);
      expect(after).toMatchObject({ databases: [], cells: 0, text: '' });
      expect(after.settings).not.toContain(device!);
      expect(after.settings).not.toContain(stage.county.id('field'));
      const { devices } = (await admin.get('/api/sync/devices')).body as {
        devices: { id: string; wipedAt: string | null }[];
      };
      expect(devices.find((d) => d.id === device)!.wipedAt).not.toBeNull();
    });
    await context.close();
  },
);
