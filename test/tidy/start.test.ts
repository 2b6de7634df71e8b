// What a start reads before it listens: nothing that only some servers ever use.
import { expect, it } from 'vitest';
import { type Source, sources } from './sources.ts';

const whenUsed = [
  'aws4fetch',
  '@simplewebauthn/server',
  'bull',
  'bwip-js/node',
  'file-type',
  'nodemailer',
  'onnxruntime-node',
  'pdfkit',
  'pkijs',
  'sharp',
  'undici',
  'write-excel-file/node',
];

it('a start reads no library for models, pictures, codes to print, passkeys, Redis, mail, time stamps or workbooks', () => {
  const files = new Map(sources(/^(server|inference|views)\/.*\.tsx?$/).map((file) => [file.path, file]));
  const read = new Set<string>();
  const packages = new Set<string>();
  const open = ['server/main.ts'];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const file = files.get(path);
    if (file === undefined || read.has(path)) continue;
    read.add(path);
    for (const name of readAtOnce(file)) {
      if (name.startsWith('.')) open.push(new URL(name, `file:///${path}`).pathname.slice(1));
      else packages.add(name);
    }
  }
  expect(read.size).toBeGreaterThan(300);
  expect(packages).toContain('hono');
  expect(whenUsed.filter((name) => packages.has(name))).toEqual([]);
});

/** What a file imports before it runs; types are gone by then. */
function readAtOnce({ text }: Source): string[] {
  return [...text.matchAll(/^(?:import|export)\b(?! type)[^;]*?from '([^']+)'/gms)].map((match) => match[1] ?? '');
}
