// Runs TypeScript as it stands: what the compiler makes of it is kept under a hash of every source file, and made anew when one changes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

const root = fileURLToPath(new URL('..', import.meta.url));
const keep = join(root, 'node_modules/.cache/bright-kitchen');
const sourceFolders = ['server', 'inference', 'views', 'samples'];
/** What is started by its path: the programs, and every thread and process of ours. */
const isEntry = (path) => /^server\/(main|cli|worker)\.ts$|-worker\.ts$|^inference\/worker\.ts$/.test(path);
const builtAs = 'bright-kitchen: the kept folder this process runs from';
/** Of other versions of the source; a server that runs from one has used it when it started. */
const keptForMs = 30 * 24 * 3600_000;

/** Imports a source file given by its URL. What is not an entry of ours, or cannot be kept, is read by tsx each time. */
export async function runSource(href) {
  const path = relative(root, fileURLToPath(href)).split('\\').join('/');
  const folder = isEntry(path) ? await builtFolder() : undefined;
  const built = folder === undefined ? undefined : join(folder, path.replace(/\.ts$/, '.mjs'));
  if (built !== undefined && existsSync(built)) return import(pathToFileURL(built).href);
  const { register } = await import('tsx/esm/api');
  register();
  return import(href);
}

/** Threads run from the folder their process runs from, whatever is edited meanwhile. */
async function builtFolder() {
  const known = getEnvironmentData(builtAs);
  if (known !== undefined) return known;
  process.setSourceMapsEnabled(true);
  const folder = await build();
  if (folder !== undefined) setEnvironmentData(builtAs, folder);
  return folder;
}

async function build() {
  const sources = readSources();
  const folder = join(keep, keyOf(sources));
  try {
    if (existsSync(folder)) utimesSync(folder, new Date(), new Date());
    else await compile(sources.map(({ path }) => path).filter(isEntry), folder);
    return folder;
  } catch (error) {
    // A folder that may not be written, or a source that does not compile: tsx runs it, and names the fault with its place.
    if (!('code' in error || 'errors' in error)) throw error;
    return undefined;
  }
}

function readSources() {
  return sourceFolders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split('\\').join('/'))
      .sort()
      .map((path) => ({ path, text: readFileSync(join(root, path)) })),
  );
}

function keyOf(sources) {
  const hash = createHash('sha256').update(root).update(process.version);
  for (const file of ['package-lock.json', 'tsconfig.json', 'inference/run-source.mjs'])
    hash.update(readFileSync(join(root, file)));
  for (const { path, text } of sources) hash.update(`\n${path} ${text.length}\n`).update(text);
  return hash.digest('hex').slice(0, 32);
}

/** Written aside and renamed: two that start at once both find it whole. */
async function compile(entries, folder) {
  // The compiler that tsx brings: one version of it reads the source, whoever asks.
  const { build: bundle, stop } = createRequire(import.meta.resolve('tsx'))('esbuild');
  mkdirSync(keep, { recursive: true });
  const aside = `${folder}.${process.pid}`;
  await bundle({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: aside,
    outbase: '.',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    keepNames: true,
    // A third of the bytes, which each start reads: the maps lead back to the source as it stands.
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: true,
    // The sources lie beside it; the maps are read at each start.
    sourcesContent: false,
    logLevel: 'silent',
    plugins: [{ name: 'where a source file lies', setup: keepPlaces }],
  }).finally(stop);
  try {
    renameSync(aside, folder);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  for (const name of readdirSync(keep)) {
    const old = join(keep, name);
    if (statSync(old).mtimeMs < Date.now() - keptForMs) rmSync(old, { recursive: true, force: true });
  }
}

/** `import.meta.url` stays the address of the source file: what lies beside it is found from there. */
function keepPlaces({ onLoad }) {
  onLoad({ filter: /\.tsx?$/ }, ({ path }) => ({
    contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
    loader: path.endsWith('x') ? 'tsx' : 'ts',
  }));
}
