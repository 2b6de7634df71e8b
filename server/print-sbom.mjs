// Prints the software bill of materials (CycloneDX 1.5) of what a server runs with: every package of the lock file but those for tests.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const { name, version } = lock.packages[''];

/** `node_modules/a/node_modules/@b/c` is the package `@b/c`. */
function componentOf([at, { version: locked, license, integrity }]) {
  const called = at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const purl = `pkg:npm/${called.replace('@', '%40')}@${locked}`;
  return {
    'bom-ref': `${at} ${locked}`,
    type: 'library',
    name: called,
    version: locked,
    purl,
    ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
    hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') }],
  };
}

const bill = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  serialNumber: `urn:uuid:${randomUUID()}`,
  version: 1,
  metadata: { timestamp: new Date().toISOString(), component: { type: 'application', name, version } },
  components: Object.entries(lock.packages)
    .filter(([at, { dev }]) => at !== '' && dev !== true)
    .map(componentOf),
};
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);
