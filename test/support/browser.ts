// A real browser for the tests of pages: Debian's Chromium, with its calls home switched off.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { fontSettings } from './test-fonts.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const phone = { width: 390, height: 844 } as const;
export const desk = { width: 1440, height: 900 } as const;

/** `camera`: a raw video file that stands before every camera a page opens. */
export function openBrowser({ camera }: { readonly camera?: string } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    env: { ...process.env, FONTCONFIG_FILE: fontSettings() },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(camera === undefined
        ? []
        : [
            '--use-fake-ui-for-media-stream',
            '--use-fake-device-for-media-stream',
            `--use-file-for-fake-video-capture=${camera}`,
          ]),
    ],
  });
}

export type Visit = { readonly page: Page; readonly complaints: string[]; readonly close: () => Promise<void> };

/** A person with a browser of their own; `complaints` gathers script errors and broken rules of the content policy. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: desk, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  return { page, complaints, close: () => context.close() };
}

/** Signs in as one of the sample people by pressing their name. */
export async function enterAs(page: Page, base: string, login: string): Promise<void> {
  await page.goto(`${base}/sign-in`);
  const entered = page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.locator(`form:has(input[name=login][value="${login}"]) button`).click();
  await entered;
  // At the first sign-in the steps of the role come before its day.
  if (new URL(page.url()).pathname === '/welcome') await page.locator('main .btn.main').click();
}

/** What axe finds seriously wrong with the page, as `rule: element`. */
export function accessibilityFaults(page: Page): Promise<string[]> {
  return axeFaults(page, { impacts: ['serious', 'critical'], more: [] });
}

/** Whatever axe finds, however small, with targets under 24 px among it. */
export function everyAccessibilityFault(page: Page): Promise<string[]> {
  return axeFaults(page, { impacts: everyImpact, more: ['target-size'] });
}

/** What hangs on colours alone: enough for a page that was looked at whole in other colours. */
export function colourFaults(page: Page): Promise<string[]> {
  return axeFaults(page, { impacts: everyImpact, more: [], only: ['color-contrast', 'link-in-text-block'] });
}

const everyImpact = ['minor', 'moderate', 'serious', 'critical'];

type AxeAsked = {
  readonly impacts: readonly string[];
  readonly more: readonly string[];
  readonly only?: readonly string[];
};

async function axeFaults(page: Page, asked: AxeAsked): Promise<string[]> {
  // Evaluated through the debugger, which the content policy does not bind.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axeSource);
  return page.evaluate(async ({ impacts, more, only }) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: (options: object) => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run({
      resultTypes: ['violations'],
      ...(only && { runOnly: { type: 'rule', values: only } }),
      rules: {
        // A node of a drawn chain shortens the name that its label says whole.
        ...(only ? {} : { 'label-content-name-mismatch': { enabled: false } }),
        ...Object.fromEntries(more.map((rule) => [rule, { enabled: true }])),
      },
    });
    return violations
      .filter(({ impact }) => impacts.includes(impact))
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, asked);
}

/**
 * Pixels by which the page is wider than the window: 0 on a sound page. Measured as it stands and with every letter set
 * wider, as the widest usual fonts do (DejaVu Sans is a tenth wider than ours): no page may hang on a font's measure.
 */
export async function sidewaysOverflow(page: Page): Promise<number> {
  const measure = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const asItStands = await measure();
  await page.evaluate(() => {
    const wide = new CSSStyleSheet();
    wide.replaceSync('* { letter-spacing: .06em !important }');
    document.adoptedStyleSheets = [wide];
  });
  const widened = await measure();
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
  return Math.max(asItStands, widened);
}

/** Primary acts on the page that are lower than a thumb needs, as `text: height`. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'main .btn.main, main button[type=submit], main .tabs a, main input:not([type=hidden], [type=checkbox], [type=radio], .hide)',
      ),
    ]
      .map((element) => ({ element, height: element.getBoundingClientRect().height }))
      .filter(({ element, height }) => height > 0 && height < 43.5 && element.checkVisibility())
      .map(
        ({ element, height }) =>
          `${(element.textContent || element.getAttribute('name') || '').trim().slice(0, 40)}: ${height}`,
      ),
  );
}
