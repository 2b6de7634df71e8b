// A zip of the files of a workbook, written part by part where a library would not write what a test needs.
import { strToU8, zipSync } from 'fflate';

export type SheetFiles = Readonly<Record<string, string>>;

export function workbookOf(files: SheetFiles): Buffer {
  return Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])), { level: 0 }),
  );
}
