// A zip put together by hand is read back from its own list of files.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { intoZip } from '../../../server/kitchen/dataset/write-files.ts';
import { readZip } from '../../support/zip-reader.ts';

it('every file of a zip is read back, Han names and empty files too, and the same files give the same bytes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bk-zip-'));
  const files: readonly [string, Buffer][] = [
    ['README.md', Buffer.from('# 已审核\n')],
    ['labels/空.txt', Buffer.alloc(0)],
    ['images/train/a.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
  ];
  const [first, second] = ['deep/one.zip', 'two.zip'].map((name) => {
    const zip = intoZip(join(folder, name));
    for (const [path, bytes] of files) zip.add(path, bytes);
    const size = zip.finish();
    const bytes = readFileSync(join(folder, name));
    expect(size).toBe(bytes.length);
    return bytes;
  });
  expect([...readZip(first!)]).toEqual(files);
  expect(second).toEqual(first);
});
