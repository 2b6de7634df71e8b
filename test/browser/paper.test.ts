// Pages as they look: on paper, where nothing of a chain may be cut, and on the screen beside the pictures that were kept.
import type { Browser } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareLook, otherChromium, takeLook } from '../looks/look.ts';
import { lookedAt, looksInShort } from '../looks/pages.ts';
import { openBrowser, visit } from '../support/browser.ts';
import { openSampleSite, type SampleSite } from '../support/sample-site.ts';

let browser: Browser;
let site: SampleSite;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSampleSite(), openBrowser()]);
}, 240_000);

afterAll(async () => {
  await browser.close();
  site.close();
});

type Paper = { readonly text: string; readonly pages: readonly string[]; readonly wide: number };

/** A page printed on A4. `wide`: pixels by which it is wider than the sheet. */
async function printed(path: string, login?: string): Promise<Paper> {
  const { page, close } = await visit(browser, login === undefined ? {} : site.signedIn(login));
  await page.goto(`${site.base}${path}`);
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  const sheets = await getDocumentProxy(new Uint8Array(pdf));
  const { text } = await extractText(sheets);
  const first = await sheets.getPage(1);
  const [, , width = 0] = first.view;
  // What a reader sees of the sheet, measured with the width of the sheet as the window.
  await page.emulateMedia({ media: 'print' });
  const margins = width > 700 ? 24 : 32;
  await page.setViewportSize({ width: Math.round(((width / 72) * 25.4 - margins) * (96 / 25.4)), height: 900 });
  const wide = await page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    const rights = [...document.querySelectorAll('main *')]
      .filter((element) => element.checkVisibility() && element.closest('.hide') === null)
      .map((element) => element.getBoundingClientRect().right);
    return Math.max(0, Math.round(Math.max(...rights) - edge));
  });
  await close();
  return { text: plain(text.join('')), pages: text, wide };
}

/** A font gives a radical and the letter of its shape one glyph, and so a PDF may name either. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '');
}

// Of the long form (npm run soak) alone.
const large = process.env['SOAK'] === 'on' ? ['A07'] : [];

const lot = (batch: string) => encodeURIComponent(`https://id.gs1.org/01/06912345002028/10/${batch}`);

describe('on paper', { timeout: 60_000 }, () => {
  it('a chain ends nowhere short of the table: every holder after the lot asked for is drawn, and stands in the table', async () => {
    const { text, wide } = await printed(`/trace?code=${lot('B14')}&zoom=200`, 'inspector');
    for (const holder of ['北岸冷链配送中心', '鼎香小馆（荷塘路店）', '老街坊面馆'])
      expect(text.split(plain(holder)).length - 1, holder).toBeGreaterThanOrEqual(2);
    expect(text).toContain('下游2');
    expect(wide).toBe(0);
  });

  it.each(large)(
    'the chain of %s, too large for a sheet, is printed as its list, so that letters can be read',
    async (batch) => {
      const { text, wide } = await printed(`/trace?code=${lot(batch)}`, 'inspector');
      expect(text).toContain('下游5');
      expect(text.split('老街坊面馆').length - 1).toBeGreaterThanOrEqual(4);
      expect(wide).toBe(0);
    },
  );

  it('a recall has its chain, every holder and every answer, on sheets that are all turned one way', async () => {
    const { text, pages, wide } = await printed(
      `/recalls/${site.ask("SELECT public_id FROM recall WHERE state = 'open'")}`,
      'inspector',
    );
    for (const said of ['货去了哪里', '受影响的持有方', '三味中央厨房', '未回复']) expect(text).toContain(said);
    expect(pages[0]?.length).toBeGreaterThan(100);
    expect(wide).toBe(0);
  });

  it('a kitchen’s record fits the sheet and leaves out what can only be pressed', async () => {
    const { text, wide } = await printed('/records/6912345000406');
    expect(text).toContain(plain('鼎香小馆（荷塘路店）'));
    expect(text).toContain('近一年');
    expect(wide).toBe(0);
  });
});

describe('on the screen', { timeout: 60_000 }, () => {
  it.each(looksInShort)('%s looks as it was kept', async (name) => {
    const looked = lookedAt.find((each) => each.name === name);
    if (looked === undefined) throw new Error(`${name} is none of the pages.`);
    const compared = await compareLook(name, await takeLook(browser, site, looked));
    const other = otherChromium(browser);
    if (other === undefined) expect(compared).toMatchObject({ verdict: 'same' });
    else process.stdout.write(`${name}: ${other}\n`);
  });
});
