// The page for integrators, run as it stands: every command against a server just started, and what it prints beside it.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signatureOf } from '../../server/trace/subscription/webhook.ts';
import { blocksOf, examplesOf, printsAsWritten } from '../support/document.ts';
import { type ServerProcess, startServer } from '../support/process.ts';

const page = 'docs/integrators.md';
const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = examplesOf(page);
const mark = '\u001e';

let server: ServerProcess;
let printed: string[] = [];

beforeAll(async () => {
  server = await startServer();
  // One shell for the whole page, as its reader has one.
  const script = examples.map(({ command }) => `${command}\nprintf '%s' '${mark}'\n`).join('');
  const environment = { ...process.env, BASE: server.url, DATA_DIR: server.dataDir };
  const { stdout } = await promisify(execFile)('bash', ['-e', '-c', script], { cwd: root, env: environment });
  printed = stdout.split(mark);
}, 300_000);
afterAll(() => server?.end('SIGTERM'));

describe('the page for integrators', () => {
  it('has commands for every door it describes', () => {
    expect(examples.length).toBeGreaterThan(12);
    expect(examples.every(({ prints }) => prints !== undefined)).toBe(true);
  });

  it.each(examples.map((example, index) => ({ ...example, index })))(
    'line $line prints what stands below it',
    ({ prints = '', index }) => {
      const found = printed[index] ?? '';
      if (!printsAsWritten(prints, found)) expect(found).toBe(prints);
    },
  );

  it('its receiver takes a delivery as it is signed, and no other', async () => {
    const [receiver] = blocksOf(page).filter(({ language }) => language === 'js');
    const { isGenuine } = (await import(`data:text/javascript,${encodeURIComponent(receiver?.text ?? '')}`)) as {
      isGenuine(header: string, body: string, token: string, nowSeconds: number): boolean;
    };
    const now = Date.UTC(2026, 10, 30, 8);
    const header = signatureOf('a token of sixteen', '{"type":"EPCISQueryDocument"}', now);
    const at = now / 1_000;
    expect(isGenuine(header, '{"type":"EPCISQueryDocument"}', 'a token of sixteen', at)).toBe(true);
    expect(isGenuine(header, '{"type":"EPCISDocument"}', 'a token of sixteen', at)).toBe(false);
    expect(isGenuine(header, '{"type":"EPCISQueryDocument"}', 'another token here', at)).toBe(false);
    expect(isGenuine(header, '{"type":"EPCISQueryDocument"}', 'a token of sixteen', at + 301)).toBe(false);
  });
});
