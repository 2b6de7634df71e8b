// Lookouts as tests set them: a zone over the left half of the picture, watched at all hours.
import type { Lookout } from '../../server/kitchen/camera/lookout.ts';

export function lookoutOf(part: Partial<Lookout> = {}): Lookout {
  return {
    id: 'l1',
    rule: 'person',
    name: '冷库门口',
    points: [
      [0, 0],
      [0.5, 0],
      [0.5, 1],
      [0, 1],
    ],
    when: 'always',
    leastPx: 20,
    holdSeconds: 2,
    againMinutes: 10,
    setBy: 'shop',
    ...part,
  };
}
