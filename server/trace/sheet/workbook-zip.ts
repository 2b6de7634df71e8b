// The files inside a workbook that a reader asks for, unpacked within bounds.
import { strFromU8, unzipSync } from 'fflate';

export type ZippedFiles = (path: string) => string | undefined;

const mostFiles = 2_000;
const mostUnpacked = 64 * 1024 * 1024;

/** Parts of a workbook that hold words, numbers and formats; pictures, charts and macros are never unpacked. */
const wanted =
  /^\/?xl\/(workbook\.xml|sharedstrings\.xml|styles\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/i;

/** The text of each part by its path; undefined where the bytes are no zip, or more than a sheet of lots would ever hold. */
export function zippedFiles(zip: Buffer): ZippedFiles | undefined {
  let [count, sum] = [0, 0];
  try {
    const parts = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        if (!wanted.test(name)) return false;
        count += 1;
        sum += originalSize;
        // What says that it is smaller than it is comes out cut, for fflate unpacks no further than it says.
        if (count > mostFiles || sum > mostUnpacked) throw new TooMuch();
        return true;
      },
    });
    const byPath = new Map(Object.entries(parts).map(([name, part]) => [plainPath(name), part]));
    return (path) => {
      const part = byPath.get(plainPath(path));
      return part === undefined ? undefined : textOf(part);
    };
  } catch (error) {
    // fflate throws what is damaged, cut short or packed in ways no workbook is, each with a code.
    if (error instanceof TooMuch || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}

class TooMuch extends Error {}

function plainPath(path: string): string {
  return path.replace(/^\//, '').toLowerCase();
}

function textOf(part: Uint8Array): string {
  const wide =
    part[0] === 0xff && part[1] === 0xfe ? 'utf-16le' : part[0] === 0xfe && part[1] === 0xff ? 'utf-16be' : '';
  return wide === '' ? strFromU8(part).replace(/^\uFEFF/, '') : new TextDecoder(wide).decode(part);
}
