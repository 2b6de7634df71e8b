// Reads one picture file for the command line: a reading, or a clear refusal.

import { readFile, stat } from 'node:fs/promises';
import { pictureLimits } from './image.ts';
import { PictureRefusal, type PictureRefusalCode } from './picture-refusal.ts';
import type { ClassifiedFrame, ClassifyOptions, Detector } from './types.ts';

export interface FileRefusal {
  readonly fault: { readonly code: PictureRefusalCode | 'unreadable'; readonly detail: string };
}

export async function classifyFile(
  detector: Pick<Detector, 'classify'>,
  path: string,
  options: ClassifyOptions = {},
): Promise<ClassifiedFrame | FileRefusal> {
  const bytes = await readPicture(path);
  if (!Buffer.isBuffer(bytes)) return bytes;
  try {
    return await detector.classify(bytes, options);
  } catch (cause) {
    if (cause instanceof PictureRefusal) return { fault: { code: cause.code, detail: cause.message } };
    throw cause;
  }
}

async function readPicture(path: string): Promise<Buffer | FileRefusal> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { fault: { code: 'unreadable', detail: 'It is not a file.' } };
    if (found.size > pictureLimits.maxBytes) {
      return { fault: { code: 'too_large', detail: `The file has more than ${pictureLimits.maxBytes} bytes.` } };
    }
    return await readFile(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    return { fault: { code: 'unreadable', detail: `The file cannot be read (${code}).` } };
  }
}
