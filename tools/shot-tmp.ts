import { launchBrowser, newDevice, PHONE, WIDE } from './browser.ts';
const url = 'http://127.0.0.1:8971';
const browser = await launchBrowser();
const shots: [string, string, string, 'phone' | 'wide', (p: any) => Promise<void>][] = JSON.parse(process.argv[2]!).map((s: any) => s);
for (const [name, role, path, size, act] of shots as any) {
  const ctx = await newDevice(browser, size === 'phone' ? PHONE : WIDE);
  const page = await ctx.newPage();
  page.on('pageerror', (e) => console.log(name, 'error', e.message));
  const r = await ctx.request.post(`${url}/api/session`, { data: { login: role, password: 'qinghe-demo-2026' } });
  if (!r.ok()) console.log(name, r.status(), await r.text());
  await page.goto(url + path);
  await page.waitForTimeout(1500);
  if (act) { for (const sel of String(act).split('|')) { await page.locator(sel).first().click(); await page.waitForTimeout(800); } }
  await page.addStyleTag({ content: `@font-face { font-family: 'Noto Sans SC'; src: url('/__fonts/noto-sans-sc-chinese-simplified-400-normal.woff2') format('woff2'); }` });
  await page.evaluate(() => document.fonts.ready); await page.waitForTimeout(400);
  await page.screenshot({ path: `/tmp/dd/${name}.png`, fullPage: size === 'phone' });
  await ctx.close();
}
await browser.close();
