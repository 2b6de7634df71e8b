// A pack as models/train/from_verdicts.py writes it loads like any other; the training itself runs outside (npm run bench:learn).
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describePack, openPacks } from '../../inference/pack.ts';

const models = fileURLToPath(new URL('../../models', import.meta.url));
const script = readFileSync(join(models, 'train/from_verdicts.py'), 'utf8');

it('a set of packs with a tuned classifier loads, and says what it was tuned on and how it was measured', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bk-candidate-'));
  for (const name of readdirSync(models).filter((file) => /\.(json|onnx)$/.test(file)))
    copyFileSync(join(models, name), join(folder, name));
  const path = join(folder, 'kitchen-heads.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const line = {
    set: 'judged boxes, kitchens held out',
    violation: 'no_mask',
    threshold: 0.94,
    pictures: 30,
    positives: 24,
  };
  const measured = [{ ...line, recall: 1, recallCi95: [0.862, 1], ci95: [0.862, 1], before: { ...line, recall: 0.9 } }];
  const base = { name: manifest['name'], version: manifest['version'], sha256: manifest['sha256'] };
  const data = [{ source: 'judged frames of this house', digest: '41e45fd3f897'.padEnd(64, '0'), verdicts: 170 }];
  const version = `${String(manifest['version'])}+judged.41e45fd3`;
  writeFileSync(path, JSON.stringify({ ...manifest, version, measured, provenance: { base, data, seed: 1 } }));
  const packs = await openPacks(folder);
  const tuned = packs.map(describePack).find(({ name }) => name === 'kitchen-heads');
  await Promise.all(packs.map(({ model }) => model.release()));
  expect(tuned).toMatchObject({ version, measured, provenance: { data } });
  // The fields above are those that the script writes.
  for (const field of ['"before": old', '"base": {', '+judged.', '"digest": data["digest"]'])
    expect(script).toContain(field);
});
