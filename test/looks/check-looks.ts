// What `npm run check:looks` runs: pictures of forty pages beside the kept ones; `-- --write` keeps them anew.
import { openBrowser } from '../support/browser.ts';
import { openSampleSite } from '../support/sample-site.ts';
import { compareLook, keepLook, otherChromium, takeLook } from './look.ts';
import { lookedAt } from './pages.ts';

const [, , ...words] = process.argv;
const write = words.includes('--write');
const only = words.filter((word) => !word.startsWith('--'));
const chosen = lookedAt.filter(({ name }) => only.length === 0 || only.includes(name));

const site = await openSampleSite();
const browser = await openBrowser();
let others = 0;
const other = write ? undefined : otherChromium(browser);
if (other !== undefined) process.stdout.write(`Differences may be the browser's alone (${other}).\n`);
try {
  for (const looked of chosen) {
    const taken = await takeLook(browser, site, looked).catch((error: Error) => error);
    if (taken instanceof Error) {
      others += 1;
      process.stdout.write(`NO PAGE  ${taken.message}\n`);
      continue;
    }
    if (write) keepLook(browser, looked.name, taken);
    const { verdict, share } = await compareLook(looked.name, taken);
    if (verdict !== 'same') others += 1;
    process.stdout.write(
      `${verdict === 'same' ? 'as kept' : 'OTHER  '}  ${(share * 100).toFixed(3)} %  ${looked.name}\n`,
    );
  }
} finally {
  await browser.close();
  site.close();
}
if (others > 0) {
  process.stdout.write(
    `${others} of ${chosen.length} pages look otherwise than they did: see test/.out/looks (kept, now, difference). ` +
      'If it is meant so, keep them anew: npm run check:looks -- --write NAME…\n',
  );
  process.exitCode = 1;
} else process.stdout.write(`${chosen.length} pages look as they did.\n`);
// The server in memory has timers of its own.
process.exit();
