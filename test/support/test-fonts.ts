// The one font that pages are laid out with in tests: the repository's own, whatever the machine has installed.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const packed = new URL('../../views/fonts/noto-sans-sc.ttf.br', import.meta.url);

/** Settings for fontconfig that know this font and no other; a browser gets them as FONTCONFIG_FILE. */
export function fontSettings(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bk-fonts-'));
  const fonts = join(folder, 'fonts');
  mkdirSync(fonts);
  writeFileSync(join(fonts, 'noto-sans-sc.ttf'), brotliDecompressSync(readFileSync(packed)));
  const file = join(folder, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?>\n<fontconfig><dir>${fonts}</dir><cachedir>${join(folder, 'cache')}</cachedir></fontconfig>\n`,
  );
  return file;
}
