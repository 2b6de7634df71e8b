// Which packs' tables judge a frame: those that looked at it, also after a swap, also when some of them had nothing to watch.
import { describe, expect, it } from 'vitest';
import type { ModelPack, PackName } from '../../../inference/types.ts';
import { packsOfReading } from '../../../server/kitchen/frame/reading-packs.ts';
import { eyePack } from '../../support/kitchen-cast.ts';

const pack = (name: string, manifestSha256: string): ModelPack => ({ ...eyePack, name, manifestSha256 });
const told = ({ name, version, sha256, manifestSha256 = '' }: ModelPack): PackName => ({
  name,
  version,
  sha256,
  manifestSha256,
});

const heads = pack('heads', '1');
const coats = pack('coats', '1');
const newHeads = pack('heads', '2');
const now = [newHeads, coats];
const before = [heads, coats];
const eye = { packs: now, formerPacks: [before] };

describe('a frame is judged by the tables of', () => {
  it('the packs that looked, though those that watch for nothing did not look', () => {
    expect(packsOfReading(eye, { packs: now.map(told) })).toBe(now);
    expect(packsOfReading(eye, { packs: [told(newHeads)] })).toBe(now);
  });

  it('the packs before a swap when they saw it, told apart by their manifest', () => {
    expect(packsOfReading(eye, { packs: [told(heads)] })).toBe(before);
    expect(packsOfReading(eye, { packs: before.map(told) })).toBe(before);
  });

  it('today where nobody knows better', () => {
    expect(packsOfReading(eye, { packs: [told(pack('heads', '9'))] })).toBe(now);
    expect(packsOfReading({ packs: now }, { packs: before.map(told) })).toBe(now);
  });
});
