// What can be measured of a frame in colour beside what packs look for: drawn zones, people's upper bodies and their heads.

/** A part of a frame as `cells` × `cells` means of colour: three bytes a cell, row by row, base64. */
export interface ColourPatch {
  readonly cells: number;
  readonly rgb: string;
}

/** What is to be measured beside what the packs look for. */
export interface MeasureAsk {
  readonly zones: readonly {
    readonly id: string;
    readonly box: readonly [x: number, y: number, w: number, h: number];
  }[];
  /** Colours of people's upper bodies. */
  readonly torsos: 'wanted' | 'not-wanted';
  /** Colours of heads, hats and hair among them. */
  readonly heads?: 'wanted';
}

export interface Measured {
  readonly zones: readonly (ColourPatch & { readonly id: string })[];
  /** `of`: index of the person among the detections. */
  readonly torsos: readonly (ColourPatch & { readonly of: number })[];
  readonly heads?: readonly (ColourPatch & { readonly of: number })[];
}

/** Undefined for what is no patch of ours. */
export function bytesOf({ rgb, cells }: ColourPatch): Uint8Array | undefined {
  const bytes = Buffer.from(rgb, 'base64');
  return bytes.length === cells * cells * 3 ? bytes : undefined;
}
