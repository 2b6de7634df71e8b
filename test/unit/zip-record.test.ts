// A zip put together by hand is a zip to others.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { intoZip } from '../../server/kitchen/write-files.ts';

const python = '/usr/bin/python3';

it('another program reads every file of a zip back, Han names and empty files too', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'bk-zip-')), 'deep', 'out.zip');
  const zip = intoZip(path);
  zip.add('README.md', Buffer.from('# 已审核\n'));
  zip.add('labels/空.txt', Buffer.alloc(0));
  zip.add('images/train/a.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xd9]));
  expect(zip.finish()).toBe(readFileSync(path).length);
  const script = `import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps({i.filename: z.read(i).hex() for i in z.infolist()}))`;
  const read = JSON.parse(execFileSync(python, ['-c', script, path], { encoding: 'utf8' })) as Record<string, string>;
  expect(read).toEqual({
    'README.md': Buffer.from('# 已审核\n').toString('hex'),
    'labels/空.txt': '',
    'images/train/a.jpg': 'ffd8ffd9',
  });
});
