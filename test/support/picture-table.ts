// Looks at pictures with the camera check and keeps count of what it says, for tests that measure shares.
import sharp from 'sharp';
import { checkFrame } from '../../inference/frame-check.ts';
import { decodePixels, openPicture, type Pixels, resizePixels } from '../../inference/image.ts';
import { smallCopy, smallSide } from '../../inference/small-copy.ts';
import { cameraFaults, type MakeFault, seeded } from './camera-faults.ts';

export function openPictureTable() {
  const rows = new Map<string, { looked: number; found: number }>();
  const chosen = (row: RegExp) => [...rows].filter(([name]) => row.test(name)).map(([, tally]) => tally);

  async function look(row: string, bytes: Buffer): Promise<'sound' | 'faulty'> {
    const isSound = await isSoundPicture(bytes);
    const tally = rows.get(row) ?? { looked: 0, found: 0 };
    rows.set(row, { looked: tally.looked + 1, found: tally.found + (isSound ? 0 : 1) });
    return isSound ? 'sound' : 'faulty';
  }

  return {
    look,
    /** Every kind of fault at three strengths, made of a sound picture; nothing of one that is called faulty before. */
    async makeFaults(bytes: Buffer, seed: number): Promise<void> {
      const pixels = await decodePixels(await openPicture(bytes));
      // A portrait of 66 × 92 pixels is no camera's picture, and a picture called faulty before proves nothing.
      if (Math.min(pixels.width, pixels.height) < 150 || !(await isSoundPicture(bytes))) return;
      for (const [name, make] of Object.entries<MakeFault>(cameraFaults)) {
        for (const strength of [0, 0.5, 1]) {
          await look(`made ${name}, strength ${strength}`, await sent(await make(pixels, strength, seeded(seed))));
        }
      }
    },
    looked: (row: RegExp) => chosen(row).reduce((sum, { looked }) => sum + looked, 0),
    /** How many of the rows' pictures were called faulty, 0 to 1. */
    share: (row: RegExp) =>
      chosen(row).reduce((sum, { found }) => sum + found, 0) / chosen(row).reduce((sum, { looked }) => sum + looked, 0),
    print(): void {
      const lines = [...rows]
        .sort()
        .map(
          ([row, { looked, found }]) =>
            `${row.padEnd(36)}${String(looked).padStart(6)}${((100 * found) / looked).toFixed(1).padStart(8)} %`,
        );
      process.stdout.write(`${'camera check says fault'.padEnd(36)}${'of'.padStart(6)}\n${lines.join('\n')}\n`);
    },
  };
}

/** What the scene pack looks at, and so what the camera check gets of a larger picture. */
const sceneInput = { width: 640, height: 384 } as const;

async function isSoundPicture(bytes: Buffer): Promise<boolean> {
  const pixels = await decodePixels(await openPicture(bytes));
  const fitted = Math.min(sceneInput.width / pixels.width, sceneInput.height / pixels.height);
  // A model gets a small picture enlarged; the check never does.
  const ratio = fitted <= 1 ? fitted : Math.min(1, smallSide / Math.max(pixels.width, pixels.height));
  const side = (length: number) => Math.max(1, Math.round(length * ratio));
  const seen = await resizePixels(pixels, side(pixels.width), side(pixels.height));
  return checkFrame(smallCopy(seen)).check.ok;
}

/** As a camera sends it: through JPEG. */
async function sent({ data, width, height }: Pixels): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer();
}
