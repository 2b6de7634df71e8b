// The enlarged part beside the frame.
import { describe, expect, it } from 'vitest';
import { cropWindow } from '../../../views/kitchen/picture/picture.tsx';

describe('the desk', () => {
  it('the enlarged part stays inside the picture and is never enlarged more than four times', () => {
    const window = cropWindow({ href: '', width: 1280, height: 720, box: [0.98, 0.98, 0.01, 0.01] });
    expect(window).toEqual({ left: 1176, top: 642, width: 104, height: 78 });
  });

  it('the enlarged part is larger than in the frame, however large the box, and shows its upper part', () => {
    for (const [width, height] of [
      [960, 540],
      [1920, 1080],
      [640, 480],
    ] as const) {
      const window = cropWindow({ href: '', width, height, box: [0.1, 0.1, 0.6, 0.85] });
      // The frame is at most 960 px wide on the page, the enlarged part 416.
      expect(416 / window.width / (960 / width)).toBeGreaterThanOrEqual(1.49);
      expect(window.top).toBeCloseTo(0.1 * height, 0);
    }
  });
});
