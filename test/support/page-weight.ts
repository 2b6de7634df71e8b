// What a page costs a phone that was never here before: its own bytes and those of its stylesheets and scripts, packed as they are sent.
import { gzipSync } from 'node:zlib';
import type { TestServer } from './server.ts';

export type Weight = { readonly page: number; readonly files: number };

/** Weighs pages of one house; each file is asked for once. Bytes. */
export function openScales({ call }: Pick<TestServer, 'call'>): (html: string) => Promise<Weight> {
  const files = new Map<string, Promise<number>>();
  const weigh = async (path: string) =>
    (await (await call(path, { headers: { 'accept-encoding': 'gzip' } })).arrayBuffer()).byteLength;
  return async (html) => {
    const linked = [...html.matchAll(/(?:src|href)="(\/static\/[^"]+\.(?:js|css))"/g)].map((found) => found[1] ?? '');
    const sizes = [...new Set(linked)].map((path) => {
      const size = files.get(path) ?? weigh(path);
      files.set(path, size);
      return size;
    });
    const sum = (await Promise.all(sizes)).reduce((total, size) => total + size, 0);
    return { page: gzipSync(html).length, files: sum };
  };
}
