// The six cameras of the sample district, each playing a clip of our own renderer as if it were live.
import type { PlaceName } from './places.ts';

export type SampleCamera = {
  readonly place: string;
  readonly placeEn: string;
  /** A file of samples/clips. */
  readonly clip: string;
  readonly sampleEverySeconds: number;
};

export const restaurantCameras = {
  dingxiang: [
    { place: '热灶间', placeEn: 'Hot line', clip: 'dingxiang-hot.mp4', sampleEverySeconds: 6 },
    { place: '切配间', placeEn: 'Cutting area', clip: 'dingxiang-prep.mp4', sampleEverySeconds: 6 },
  ],
  laojiefang: [
    { place: '面档', placeEn: 'Noodle station', clip: 'laojiefang-noodle.mp4', sampleEverySeconds: 6 },
    { place: '洗消间', placeEn: 'Wash-up', clip: 'laojiefang-wash.mp4', sampleEverySeconds: 6 },
  ],
  sanwei: [
    { place: '出餐口', placeEn: 'Serving line', clip: 'sanwei-serving.mp4', sampleEverySeconds: 6 },
    { place: '凉菜间', placeEn: 'Cold dishes', clip: 'sanwei-cold.mp4', sampleEverySeconds: 6 },
  ],
} as const satisfies Partial<Record<PlaceName, readonly SampleCamera[]>>;
