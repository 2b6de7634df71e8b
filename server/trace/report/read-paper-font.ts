// Reads the font of papers from the repository, once for the life of the process.
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

const fontFile = new URL('../../../views/fonts/noto-sans-sc.ttf.br', import.meta.url);
let kept: Buffer | undefined;

/** TrueType bytes with Latin and Han characters. */
export function readPaperFont(): Buffer {
  kept ??= brotliDecompressSync(readFileSync(fontFile));
  return kept;
}
