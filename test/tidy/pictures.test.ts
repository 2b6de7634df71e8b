// Pictures leave by one door: who reads stored bytes is a short list with reasons, and nothing else sends a picture.
import { expect, it } from 'vitest';
import { sources } from './sources.ts';

const product = sources(/^(server|inference|views)\/.*\.tsx?$/);

/** Who may read what is stored, and why none of it is a picture that somebody then sees. */
const readers: Readonly<Record<string, string>> = {
  'server/sight/show-picture.ts': 'the door: every picture that is seen comes through it',
  'server/kitchen/picture/old-picture-store.ts': 'asks a file for its size',
  'server/kitchen/sample/look-back.ts': 'hands a kept frame to the eye',
  'server/kitchen/shadow/look-at-judged.ts': 'hands a judged picture to the process apart',
  'server/kitchen/learning/learn-from-verdicts.ts': 'hands a judged picture to the process apart, and reads a model',
  'server/kitchen/learning/tuned-pack.ts': 'reads a manifest and its model',
  'server/kitchen/pack/try-thresholds.ts': 'reads a manifest',
  'server/commands/doctor.ts': 'reads back what it wrote',
  'server/kitchen/pack/add-pack-set.ts': 'reads models and manifests',
  'server/kitchen/pack/open-active-packs.ts': 'reads manifests',
  'server/kitchen/pack/lay-out-packs.ts': 'reads models and manifests',
  'server/kitchen/pack/check-packs.ts': 'compares a hash',
  'server/kitchen/pack/pack-manifest-store.ts': 'reads a manifest',
  'server/kitchen/dataset/check-judged.ts': 'compares a hash',
  'server/oversight/complaint/check-complaint.ts': 'compares a hash',
  'server/trace/evidence/evidence-bundle-store.ts':
    'reads documents, papers and reports; photos are given to it as they may be seen',
  'server/trace/capture/check-captured.ts': 'compares a hash',
  'server/proof/check-files.ts': 'compares a hash',
  'server/proof/replay-captures.ts': 'reads documents',
  'server/trace/report/check-recall-report.ts': 'compares a hash',
  'server/trace/lot/lab-test-routes.tsx':
    'sends a laboratory report that is a PDF; a photo of one goes through the door',
  'server/trace/report/recall-report-routes.tsx': 'sends a report, which holds no picture',
};

it('stored bytes are read only where a reason is written down', () => {
  const reading = product
    .filter(({ text }) => /\bblobs\b[\s\S]{0,2}\.(get|bring|pathOf)\(|readFileSync\([^)]*blob/.test(text))
    .map(({ path }) => path);
  const unknown = reading.filter((path) => readers[path] === undefined && !handsOn.includes(path));
  expect(unknown).toEqual([]);
  expect(Object.keys(readers).filter((path) => !reading.includes(path))).toEqual([]);
});

/** Codes and labels, drawn from letters and numbers. */
const drawn = ['server/trace/lot/label-routes.tsx'];

/** These ask for the place of a file: the eye opens it there, and answers with boxes. */
const handsOn = [
  'server/kitchen/camera/camera-store.ts',
  'server/kitchen/shop/upload-camera.ts',
  'server/store/blobs.ts',
];

it('only one file sends a picture, and only one makes what it sends', () => {
  const said = (pattern: RegExp) => product.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
  expect(
    said(/'content-type'[^\n]*image\/|image\/(jpeg|png|webp)'\s*\}/).filter((path) => path.startsWith('server/')),
  ).toEqual(['server/sight/send-picture.ts', ...drawn].sort());
  expect(said(/as ShownPicture\b/)).toEqual(['server/sight/show-picture.ts']);
  expect(said(/from '[./]*sight\/blur\.ts'|from '\.\/blur\.ts'/)).toEqual(['server/sight/show-picture.ts']);
  expect(said(/from '[./]*sight\/show-picture\.ts'/).filter((path) => path.startsWith('server/kitchen/'))).toEqual([
    'server/kitchen/desk/open-flag-frame.ts',
    'server/kitchen/evidence/export-verdict.ts',
    'server/kitchen/evidence/verdict-bundle-store.ts',
    'server/kitchen/picture/show-kitchen-picture.ts',
  ]);
});
