import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';

const require_ = createRequire(import.meta.url);
/** Browsers of the machine, in order of preference; without one the browser from npm is unpacked. */
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where pictures go: outside the checkout, for people to look at. */
const artifacts = process.env['MINQING_ARTIFACTS'] ?? join(tmpdir(), 'minqing-screens');

/** A real browser: the machine's own, else the one that came with npm, which needs nothing installed. */
export async function launchBrowser(): Promise<Browser> {
  const own = INSTALLED.find((path) => existsSync(path));
  // A bare machine speaks no language, and its browser then calls a file with a Chinese name “download”.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  if (own !== undefined) return await chromium.launch({ executablePath: own, args: ['--no-sandbox'], env });
  const { default: packaged, inflate } = await import('@sparticuz/chromium');
  const bin = join(dirname(require_.resolve('@sparticuz/chromium')), '../../bin');
  const executablePath = await packaged.executablePath(bin);
  // The package unpacks its system libraries and fonts only on the cloud it is made for; a bare machine needs both:
  // without any font all text has no size. Its own arguments squeeze everything into one process, which falls over.
  const [libraries, fonts] = await Promise.all(['al2023', 'fonts'].map((part) => inflate(join(bin, `${part}.tar.br`))));
  return await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    env: {
      ...env,
      FONTCONFIG_FILE: fontsOf([fonts!, shippedFonts()]),
      LD_LIBRARY_PATH: [join(libraries!, 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
    },
  });
}

const shippedFonts = (): string => join(dirname(require_.resolve('@fontsource/noto-sans-sc/package.json')), 'files');

/** A list of fonts for a machine that has none, Chinese ones among them. @returns the list's file */
function fontsOf(folders: readonly string[]): string {
  const own = mkdtempSync(join(tmpdir(), 'minqing-fonts-'));
  const file = join(own, 'fonts.conf');
  const folded = folders.map((folder) => `<dir>${folder}</dir>`).join('');
  const usual = ['sans-serif', 'serif', 'monospace', 'system-ui'].map(
    (name) =>
      `<alias><family>${name}</family><prefer><family>Noto Sans SC</family><family>Open Sans</family></prefer></alias>`,
  );
  writeFileSync(
    file,
    `<?xml version="1.0"?><fontconfig>${folded}<cachedir>${own}</cachedir>${usual.join('')}</fontconfig>`,
  );
  return file;
}

export const PHONE = { width: 390, height: 844 } as const;
export const WIDE = { width: 1440, height: 900 } as const;

/** A device of its own, with a Chinese font even where the machine has none. */
export async function newDevice(browser: Browser, size: { width: number; height: number }): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const fonts = shippedFonts();
  await context.route('**/__fonts/*.woff2', (route) =>
    route.fulfill({
      body: readFileSync(join(fonts, route.request().url().split('/').at(-1)!)),
      contentType: 'font/woff2',
    }),
  );
  return context;
}

/** Keeps a picture of the page for people to judge. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(artifacts, { recursive: true });
  await page.addStyleTag({
    content: `@font-face { font-family: 'Noto Sans SC'; src: url('/__fonts/noto-sans-sc-chinese-simplified-400-normal.woff2') format('woff2'); }`,
  });
  await page.evaluate(() => document.fonts.ready);
  const file = join(artifacts, `${name}.png`);
  await page.screenshot({ path: `${file}.part.png` });
  renameSync(`${file}.part.png`, file);
}
