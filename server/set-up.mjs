// Installs what the program needs before any of it can be imported: npm's packages, a compiler for them, ffmpeg.
// Plain JavaScript, and nothing but Node's own modules: it runs when there is nothing else yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules/.installed-from');

/** Everything `npm start` needs. Prints to stderr alone, so that a command's answer stays clean. */
export function setUp() {
  refuseOldNode();
  installPackages();
  findFfmpeg();
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(
    `Bright Kitchen needs Node.js 20.19 or later; this is ${process.versions.node}. Install a newer one from nodejs.org.`,
  );
}

function installPackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.versions.modules)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  installDebian(['python3', 'make', 'g++'], (name) => !onPath(name), 'to compile the database driver');
  say('Installing packages (once, about two minutes) …');
  // npm 10 does not know allowScripts: the variable keeps onnxruntime from downloading parts for graphics cards.
  const environment = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  // Not `npm ci`: it refuses a lock file that lacks other platforms' optional binaries, which some registries do not serve.
  // Every version is pinned, and --no-save keeps the lock file as it is.
  const result = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--include=dev'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0)
    stop('npm could not install the packages: its reason stands above. Mend it and run npm start again.');
  writeFileSync(stamp, wanted);
}

function findFfmpeg() {
  if (process.env['FFMPEG_PATH'] || existsSync(join(root, 'node_modules/ffmpeg-static/ffmpeg')) || onPath('ffmpeg'))
    return;
  installDebian(['ffmpeg'], () => true, 'to read cameras');
  if (!onPath('ffmpeg')) {
    say('ffmpeg is missing, so cameras cannot be read. Type this, then start again:\n  sudo apt-get install ffmpeg');
  }
}

/** Installs those of `names` that are missing with apt-get where this user may; says nothing when none is. */
export function installDebian(names, missing, reason) {
  const wanted = names.filter(missing);
  if (wanted.length === 0 || process.getuid?.() !== 0 || !onPath('apt-get')) return;
  say(`Installing ${wanted.join(', ')} ${reason} …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...words) =>
    spawnSync('apt-get', words, { env: environment, stdio: ['ignore', 'ignore', 2] }).status === 0;
  if (!apt('install', '-y', '--no-install-recommends', ...wanted)) {
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...wanted);
  }
}

/** Whether a program of this name is on the PATH. */
export function onPath(name) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function stop(text) {
  say(text);
  process.exit(1);
}
