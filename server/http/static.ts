// Serves our own stylesheet, icons and scripts, and the few files of others that we pin, from memory.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import type { Env } from '../deps.ts';
import { type Packed, packedFile } from './compress.ts';
import { Problem } from './problem.ts';

const folder = fileURLToPath(new URL('../../views/static', import.meta.url));
const modules = createRequire(import.meta.url);

/** Files of packages, under the name they are served as. */
const vendored: Readonly<Record<string, string>> = {
  'vendor/leaflet.js': modules.resolve('leaflet/dist/leaflet.js'),
  'vendor/leaflet.css': modules.resolve('leaflet/dist/leaflet.css'),
  'vendor/htmx.min.js': modules.resolve('htmx.org/dist/htmx.min.js'),
  // The plain script is in the package but not among its exports.
  'vendor/simplewebauthn.js': join(
    dirname(modules.resolve('@simplewebauthn/browser')),
    '../dist/bundle/index.umd.min.js',
  ),
  'vendor/zxing_reader.wasm': modules.resolve('zxing-wasm/reader/zxing_reader.wasm'),
  // The plain script is in the package but not among its exports.
  'vendor/zxing-reader.js': join(
    dirname(modules.resolve('zxing-wasm/reader/zxing_reader.wasm')),
    '../iife/reader/index.js',
  ),
};

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/** `scope`: the address a service worker looks after. */
type StaticFile = {
  /** As whoever asks can read it. */
  readonly sent: (accepts: string | undefined) => Promise<Packed>;
  readonly type: string;
  readonly hash: string;
  readonly scope: string | undefined;
};

const workerScopes: Readonly<Record<string, string>> = {
  'receive-worker.js': '/receive',
  'visit-worker.js': '/visits',
  'diner-worker.js': '/',
};

export function staticRoutes(): Hono<Env> {
  const files = loadFiles();
  const app = new Hono<Env>();
  app.get('/static/*', async (c) => {
    // A name is looked up in the list made at start: no request reaches the file system.
    const file = files.get(c.req.path.slice('/static/'.length));
    if (file === undefined) throw new Problem('not_found');
    c.header('cache-control', 'public, max-age=300');
    // A worker may look after pages above its own folder only when its server says which.
    if (file.scope !== undefined) c.header('service-worker-allowed', file.scope);
    const { bytes, packing } = await file.sent(c.req.header('accept-encoding'));
    const tag = packing === undefined ? `"${file.hash}"` : `"${file.hash}-${packing}"`;
    c.header('etag', tag);
    c.header('vary', 'accept-encoding');
    if (c.req.header('if-none-match') === tag) return c.body(null, 304);
    if (packing !== undefined) c.header('content-encoding', packing);
    return c.body(bytes, 200, { 'content-type': file.type });
  });
  return app;
}

function loadFiles(): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const name of readdirSync(folder)) {
    if (extname(name) in types) files.set(name, load(name, join(folder, name)));
  }
  for (const [name, path] of Object.entries(vendored)) files.set(name, load(name, path));
  return files;
}

function load(name: string, path: string): StaticFile {
  const bytes = Uint8Array.from(readFileSync(path));
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  return {
    sent: packedFile(bytes),
    hash,
    type: types[extname(name)] ?? 'application/octet-stream',
    scope: workerScopes[name],
  };
}
