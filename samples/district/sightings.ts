// The stills that the sample history shows, and where on them a head, a phone, a cigarette is.

/** x, y, width, height as fractions of the still, origin top left. */
type Box = readonly [number, number, number, number];

export type SampleStill = {
  /** A file of samples/history. */
  readonly file: string;
  readonly heads: readonly Box[];
  readonly shows: Partial<Record<'no_mask' | 'no_hat' | 'smoking' | 'phone', Box>>;
};

/** As samples/render/make.sh cuts the stills: without the clock and the name of the kitchen. */
const cut = { left: 90, top: 48, width: 1100, height: 620 };

export const sampleStills = {
  'dingxiang-prep': {
    file: 'dingxiang-prep.jpg',
    heads: [box(0.4704, 0.3162, 0.0709, 0.2086), box(0.7424, 0.3046, 0.0542, 0.1487)],
    shows: { no_mask: box(0.4704, 0.3162, 0.0709, 0.2086) },
  },
  'laojiefang-noodle': {
    file: 'laojiefang-noodle.jpg',
    heads: [box(0.2916, 0.1121, 0.1003, 0.2883)],
    shows: { smoking: box(0.3431, 0.3607, 0.0231, 0.0499) },
  },
  'sanwei-serving': {
    file: 'sanwei-serving.jpg',
    heads: [box(0.4503, 0.276, 0.0802, 0.237), box(0.7725, 0.2534, 0.0639, 0.171)],
    shows: { phone: box(0.5284, 0.5521, 0.0385, 0.1178), no_hat: box(0.4503, 0.276, 0.0802, 0.237) },
  },
  'dingxiang-hot': {
    file: 'dingxiang-hot.jpg',
    heads: [box(0.5038, 0.2178, 0.0656, 0.226), box(0.2932, 0.2239, 0.0505, 0.139)],
    shows: {},
  },
  'laojiefang-wash': {
    file: 'laojiefang-wash.jpg',
    heads: [box(0.3156, 0.3033, 0.0539, 0.1455), box(0.5978, 0.3032, 0.0834, 0.2348)],
    shows: {},
  },
  'sanwei-cold': {
    file: 'sanwei-cold.jpg',
    heads: [box(0.1902, 0.2854, 0.0783, 0.2131), box(0.718, 0.1248, 0.0931, 0.2964)],
    shows: {},
  },
} as const satisfies Record<string, SampleStill>;

export type StillName = keyof typeof sampleStills;

/** The still that shows a violation. */
export const stillOf = {
  no_mask: 'dingxiang-prep',
  no_hat: 'sanwei-serving',
  phone: 'sanwei-serving',
  smoking: 'laojiefang-noodle',
} as const satisfies Record<string, StillName>;

/** A box of the whole frame of 1280 × 720, as a box of what was cut out of it. */
function box(x: number, y: number, w: number, h: number): Box {
  const share = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
  return [
    share((x * 1280 - cut.left) / cut.width),
    share((y * 720 - cut.top) / cut.height),
    share((w * 1280) / cut.width),
    share((h * 720) / cut.height),
  ];
}
